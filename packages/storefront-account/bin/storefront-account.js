#!/usr/bin/env node
// Copies the files that a page loads, and prints the tags that load them; copies the partials of a Stencil theme.

import { cp, mkdir, readFile, readdir, stat, writeFile } from "node:fs/promises";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";

const HELP = `storefront-account COMMAND

  copy FOLDER [--base URL] [--elements NAMES]   copies the files to FOLDER, and prints the tags for a page
  tags [--base URL] [--elements NAMES]          prints the tags alone
  stencil THEME [--language NAME] [--force]     copies the partials into the Stencil theme in the folder THEME

  --base URL        where the page finds the files; /embed/ without it
  --elements NAMES  the elements of the page, as in sign-up,consent: adds preloads for them
  --language NAME   the language of the question about cookies, as in de; en without it
  --force           replaces partials in the theme that have another text`;

/** The commands: what the folder behind each is, if it has one, and its options. */
const COMMANDS = {
  copy: { folder: "a folder, as in: storefront-account copy public/embed", options: ["base", "elements"] },
  tags: { options: ["base", "elements"] },
  stencil: { folder: "the folder of a theme, as in: storefront-account stencil .", options: ["language", "force"] },
};

const EMBED = fileURLToPath(new URL("../embed/", import.meta.url));

/** Where partials stand, here and in a theme. */
const PARTIALS = "templates/components/storefront-account";
const STENCIL = fileURLToPath(new URL("../stencil/", import.meta.url));

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

/** The question about cookies in this language. */
async function banner(language) {
  const known = (await readdir(`${EMBED}banner`)).filter((file) => file.endsWith(".html")).map((file) => path.basename(file, ".html"));
  if (!known.includes(language)) throw new UsageError(`there is no language "${language}"; there are ${known.join(", ")}`);
  return readFile(`${EMBED}banner/${language}.html`, "utf8");
}

/** Copies the partials into a theme. One that is there with another text stays as it is, but with `force`: its words may be the theme's own. */
async function copyPartials(theme, language, force) {
  const partials = new Map([["banner.html", await banner(language)]]);
  const templates = await stat(path.join(theme, "templates")).catch(() => undefined);
  if (!templates?.isDirectory()) throw new UsageError(`there is no folder "templates" in "${theme}": name the folder of a Stencil theme`);
  for (const name of await readdir(path.join(STENCIL, PARTIALS))) {
    partials.set(name, await readFile(path.join(STENCIL, PARTIALS, name), "utf8"));
  }
  const target = path.join(theme, PARTIALS);
  await mkdir(target, { recursive: true });
  const kept = [];
  for (const [name, text] of partials) {
    const file = path.join(target, name);
    const now = await readFile(file, "utf8").catch(() => text);
    if (now === text || force) await writeFile(file, text);
    else kept.push(name);
  }
  console.error(`copied ${partials.size - kept.length} files to ${target}`);
  if (kept.length) console.error(`kept ${kept.join(", ")}: the text there is another one; --force replaces it`);
}

async function run(args) {
  const text = { type: "string" };
  const flag = { type: "boolean" };
  const options = { base: text, elements: text, language: text, force: flag, help: flag };
  const { values, positionals } = parseArgs({ args, options, allowPositionals: true });
  const [name, ...words] = positionals;
  if (values.help || !name) return console.log(HELP);
  if (!Object.hasOwn(COMMANDS, name)) throw new UsageError(`there is no command "${name}"`);
  const command = COMMANDS[name];
  const [folder, ...rest] = command.folder ? words : [undefined, ...words];
  if (command.folder && !folder) throw new UsageError(`${name} needs ${command.folder}`);
  if (rest.length) throw new UsageError(`"${rest[0]}" is one word too many`);
  const foreign = Object.keys(values).find((option) => !command.options.includes(option));
  if (foreign) throw new UsageError(`${name} has no option --${foreign}`);
  if (name === "stencil") return copyPartials(folder, values.language ?? "en", values.force);
  const facts = await manifest();
  const names = elementsIn(values.elements ?? "", facts.entry);
  if (name === "copy") await copy(folder);
  console.log(tags((values.base ?? "/embed/").replace(/\/?$/, "/"), names, facts));
}

try {
  await run(process.argv.slice(2));
} catch (error) {
  const isUsage = error instanceof UsageError || error.code?.startsWith("ERR_PARSE_ARGS");
  console.error(`storefront-account: ${error.message}${isUsage ? "\n\n" + HELP : ""}`);
  process.exitCode = 1;
}
