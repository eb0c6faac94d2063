// Builds the pages of the bench: one script each, as their frameworks' own tools make it.

import { fileURLToPath } from "node:url";
import { svelte } from "@sveltejs/vite-plugin-svelte";
import { build } from "vite";
import solid from "vite-plugin-solid";

const here = (path) => fileURLToPath(new URL(path, import.meta.url));

const PAGES = {
  plain: { entry: "pages/plain.js", plugins: [] },
  solid: { entry: "pages/solid.jsx", plugins: [solid()] },
  svelte: { entry: "pages/svelte.js", plugins: [svelte({ configFile: false })] },
  react: { entry: "pages/react.jsx", plugins: [] },
};

for (const [name, { entry, plugins }] of Object.entries(PAGES)) {
  await build({
    configFile: false,
    root: here("."),
    logLevel: "warn",
    plugins,
    esbuild: name === "react" ? { jsx: "automatic" } : {},
    server: { fs: { strict: false } },
    build: {
      outDir: here(`dist/${name}`),
      emptyOutDir: true,
      modulePreload: false,
      target: "es2022",
      rollupOptions: { input: here(entry), output: { entryFileNames: "page.js", inlineDynamicImports: true } },
    },
  });
}
