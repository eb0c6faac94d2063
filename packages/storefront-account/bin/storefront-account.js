#!/usr/bin/env node
// Copies the files that a page loads, and prints the tags that load them.

import { cp, mkdir, readFile, readdir } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";

const HELP = `storefront-account COMMAND

  copy FOLDER [--base URL] [--elements NAMES]   copies the files to FOLDER, and prints the tags for a page
  tags [--base URL] [--elements NAMES]          prints the tags alone

  --base URL        where the page finds the files; /embed/ without it
  --elements NAMES  the elements of the page, as in sign-up,consent: adds preloads for them`;

const EMBED = fileURLToPath(new URL("../embed/", import.meta.url));

/** What is wrong with the command, in words for whoever typed it. */
class UsageError extends Error {}

const manifest = async () => JSON.parse(await readFile(`${EMBED}manifest.json`, "utf8"));

/** The names in `list`, each of which is an element. */
function elementsIn(list, { bundles }) {
  const known = [...new Set(Object.values(bundles).flatMap(({ elements }) => elements ?? [])), "consent"];
  const names = list.split(",").map((name) => name.trim().replace(/^account-/, "")).filter(Boolean);
  const unknown = names.find((name) => !known.includes(name));
  if (unknown) throw new UsageError(`there is no element "${unknown}"; there are ${known.join(", ")}`);
  return names;
}

/** The lightest bundle that has all elements of `names`, if there is one to fetch. */
function bundleFor(names, { entry, files }) {
  const widgets = names.filter((name) => name !== "consent");
  const decisive = widgets.filter((name) => !entry.siteWide.includes(name));
  const wanted = decisive.length ? decisive : widgets;
  if (!wanted.length) return undefined;
  const weight = ({ wasm }) => files[wasm].bytes;
  return Object.values(entry.bundles)
    .filter(({ elements }) => wanted.every((name) => elements?.includes(name)))
    .sort((a, b) => weight(a) - weight(b))[0];
}

/** The tags for a page that has the elements of `names`, and finds the files at `base`: what is needed first, first. */
function tags(base, names, { entry, files }) {
  const integrity = (file) => `integrity="${files[file].integrity}"`;
  // Integrity of another origin's style sheet is checked with CORS alone.
  const cors = /^(https?:)?\/\//.test(base) ? ' crossorigin="anonymous"' : "";
  const style = (file) => `<link rel="stylesheet" href="${base}${file}" ${integrity(file)}${cors}>`;
  const lines = [];
  if (!names.length || names.some((name) => name !== "consent")) lines.push(style(entry.style));
  if (names.includes("consent")) lines.push(style(entry.consentStyle));
  const bundle = bundleFor(names, { entry, files });
  if (bundle) {
    // Browsers check no integrity here; the loader does when it takes the file.
    lines.push(
      `<link rel="preload" as="fetch" type="application/wasm" crossorigin="anonymous" href="${base}${bundle.wasm}">`,
    );
    for (const file of [entry.widgets, bundle.glue]) {
      lines.push(`<link rel="modulepreload" href="${base}${file}" ${integrity(file)}>`);
    }
  }
  lines.push(`<script type="module" src="${base}${entry.script}" ${integrity(entry.script)}></script>`);
  return lines.join("\n");
}

async function copy(folder) {
  await mkdir(folder, { recursive: true });
  await cp(EMBED, folder, { recursive: true });
  const { length } = (await readdir(EMBED, { recursive: true, withFileTypes: true })).filter((entry) => entry.isFile());
  console.error(`copied ${length} files to ${folder}`);
}

async function run(args) {
  const options = { base: { type: "string", default: "/embed/" }, elements: { type: "string", default: "" }, help: { type: "boolean" } };
  const { values, positionals } = parseArgs({ args, options, allowPositionals: true });
  const [command, folder, ...rest] = positionals;
  if (values.help || !command) return console.log(HELP);
  if (command !== "copy" && command !== "tags") throw new UsageError(`there is no command "${command}"`);
  if (command === "copy" && !folder) throw new UsageError("copy needs a folder, as in: storefront-account copy public/embed");
  if (rest.length || (command === "tags" && folder)) throw new UsageError(`"${rest[0] ?? folder}" is one word too many`);
  const facts = await manifest();
  const names = elementsIn(values.elements, facts.entry);
  if (command === "copy") await copy(folder);
  console.log(tags(values.base.replace(/\/?$/, "/"), names, facts));
}

try {
  await run(process.argv.slice(2));
} catch (error) {
  const isUsage = error instanceof UsageError || error.code?.startsWith("ERR_PARSE_ARGS");
  console.error(`storefront-account: ${error.message}${isUsage ? "\n\n" + HELP : ""}`);
  process.exitCode = 1;
}
