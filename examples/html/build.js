// Puts the files of the package into public/embed, and its tags into the page.

import { execFileSync } from "node:child_process";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";

mkdirSync("public", { recursive: true });
const tags = execFileSync("npx", ["storefront-account", "copy", "public/embed", "--elements", "sign-up,consent"], { encoding: "utf8" });
const page = readFileSync("index.html", "utf8");
const banner = readFileSync("node_modules/storefront-account/embed/banner/en.html", "utf8")
  .replace("{{settings.storefront_api.token}}", "{token}")
  .replace(' customer="{{customer.id}}"', "");
const token = process.env.STOREFRONT_TOKEN ?? "";
writeFileSync(
  "public/index.html",
  page.replace("<!-- tags -->", tags.trim()).replace("<!-- banner -->", banner).replaceAll("{token}", token),
);
