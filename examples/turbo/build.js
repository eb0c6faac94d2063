// Puts the pages and the style sheet beside the script.

import { copyFileSync, readFileSync, writeFileSync } from "node:fs";

const token = process.env.STOREFRONT_TOKEN ?? "";
for (const page of ["index.html", "about.html"]) {
  writeFileSync(`public/${page}`, readFileSync(`src/${page}`, "utf8").replaceAll("{token}", token));
}
copyFileSync("node_modules/storefront-account/embed/account.css", "public/account.css");
