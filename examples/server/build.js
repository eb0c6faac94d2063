// Builds the server and the script of its pages, and copies the files of the elements beside it, with their tags.

import { execFileSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import { build } from "esbuild";

const common = { bundle: true, format: "esm", jsx: "automatic", logLevel: "warning" };
await build({ ...common, entryPoints: ["src/server.tsx"], outfile: "dist/server.js", platform: "node", packages: "external" });
await build({
  ...common,
  entryPoints: ["src/client.tsx"],
  outdir: "dist/public",
  minify: true,
  define: { "process.env.NODE_ENV": JSON.stringify(process.env.NODE_ENV ?? "production") },
});
const tags = execFileSync("npx", ["storefront-account", "copy", "dist/public/embed", "--elements", "sign-up"], { encoding: "utf8" });
writeFileSync("dist/tags.html", tags);
