import { svelte } from "@sveltejs/vite-plugin-svelte";
import { defineConfig } from "vite";

// The store answers on the origin of the page, and takes its requests for those of its own pages.
const target = process.env.STORE ?? "http://127.0.0.1:4000";
const store = { target, changeOrigin: true, headers: { origin: target } };
const proxy = { "/graphql": store, "/api": store };

export default defineConfig({
  plugins: [svelte({ configFile: false })],
  server: { proxy },
  preview: { proxy },
});
