import { fileURLToPath } from "node:url";

export default {
  entry: "./src/main.js",
  output: { path: fileURLToPath(new URL("public", import.meta.url)), clean: true },
  // The WebAssembly is fetched when an element needs it, one file of several.
  performance: { maxAssetSize: 1_000_000 },
};
