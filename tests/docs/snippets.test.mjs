// Every snippet of the docs is what it says: it parses, and what it names exists.

import assert from "node:assert/strict";
import { existsSync } from "node:fs";
import path from "node:path";
import { test } from "node:test";
import { transformSync } from "esbuild";
import { buildSchema, parse, validate } from "graphql";
import { HELP, PAGES, ROOT, STEPS, filesBelow, read } from "./markdown.mjs";

const EMBED = process.env.EMBED ?? "dist/embed";
const { modules } = JSON.parse(read(`${EMBED}/custom-elements.json`));
const ELEMENTS = new Map(modules[0].declarations.map(({ tagName, attributes }) => [tagName, new Map(attributes.map((a) => [a.name, a.type.text]))]));
const ERROR = modules[0].declarations[0].events.find(({ name }) => name === "account:error");
const FILES = Object.keys(JSON.parse(read(`${EMBED}/manifest.json`)).files);
const SCRIPTS = filesBelow("src/embed/js", ".js").map(read).join("\n") + filesBelow("src", ".rs").map(read).join("\n");
const STYLES = filesBelow("style", ".css").map(read).join("\n");
const PARTS = read("docs/theming.md");
const SCHEMA = buildSchema(read("schema.graphql"));
const STORE = filesBelow("store/src", ".rs").map(read).join("\n");

/** Attributes that any element of HTML has. */
const GLOBAL = /^(id|class|hidden|lang|dir|title|slot|data-.*|aria-.*|role|tabindex)$/;

/** What stands for a value that only the reader knows, or that Handlebars fills in. */
const isOpen = (value) => /[…{]/.test(value);

const camelCase = (name) => name.replaceAll(/-(\w)/g, (_, letter) => letter.toUpperCase());

/** What is wrong with a snippet: a sentence for each thing. */
const CHECKS = {
  json: (code) => void JSON.parse(code),
  js: (code) => script(code, "js"),
  jsx: (code) => script(code, "jsx"),
  ts: (code) => script(code, "ts"),
  tsx: (code) => script(code, "tsx"),
  graphql: (code) => validate(SCHEMA, parse(code)).map(({ message }) => message),
  html,
  vue: html,
  svelte: html,
  css(code) {
    transformSync(code, { loader: "css", logLevel: "silent" });
    return [...tokens(code), ...classes(code)];
  },
  sh: (code) => code.replaceAll("\\\n", " ").split("\n").flatMap((line) => command(line.replace(/ +# .*/, ""))),
  // A header of HTTP: `Name: value`.
  http: (code) => code.trim().split("\n").filter((line) => !/^[\w-]+: .+/.test(line)),
  // Not checked: a drawing, a list of folders, what a program prints, a server's configuration.
  mermaid: () => [],
  "": () => [],
  text: () => [],
  nginx: () => [],
};

function script(code, /** @type {import("esbuild").Loader} */ loader) {
  transformSync(code, { loader, format: "esm", logLevel: "silent" });
}

function tokens(code) {
  const named = code.match(/--sfa-[\w-]+/g) ?? [];
  return named.filter((token) => !STYLES.includes(token)).map((token) => `there is no token ${token}`);
}

function classes(code) {
  const named = code.match(/\.sfa-[\w-]+/g) ?? [];
  return named.filter((name) => !PARTS.includes(`| \`${name.slice(5)}\` |`)).map((name) => `there is no part ${name}`);
}

function html(code) {
  const found = [];
  for (const [, tag, rest] of code.matchAll(/<([a-z][\w-]*)((?:\s+[\w-]+(?:=(?:"[^"]*"|'[^']*'))?)*)\s*>/g)) {
    const attributes = Array.from(rest.matchAll(/([\w-]+)(?:=(?:"([^"]*)"|'([^']*)'))?/g), ([, name, double, single]) => [name, double ?? single ?? ""]);
    const named = attributes.find(([name]) => name === "data-account")?.[1];
    const known = ELEMENTS.get(named ? `account-${named}` : tag);
    if (!known && (tag.startsWith("account-") || named)) found.push(`there is no <${tag}>`);
    for (const [name, value] of attributes) {
      if (/^data-(account|consent|variables)/.test(name) && !SCRIPTS.includes(name) && !SCRIPTS.includes(camelCase(name.slice(5)))) found.push(`nothing reads ${name}`);
      if (/^(href|src)$/.test(name)) found.push(...file(value));
      if (!known || GLOBAL.test(name)) continue;
      if (!known.has(name)) found.push(`<${tag}> has no attribute ${name}`);
      const values = known.get(name)?.match(/^"[^"]*"( \| "[^"]*")*$/);
      if (values && !isOpen(value) && !values[0].includes(`"${value}"`)) found.push(`${name} is not one of ${values[0]}`);
    }
  }
  for (const [, json] of code.matchAll(/<script type="application\/json"[^>]*>([^]*?)<\/script>/g)) {
    const text = json.replaceAll(/\{\{[^}]*\}\}/g, "x");
    if (!text.includes("…")) JSON.parse(text);
  }
  return found;
}

/** A file of the embed must be in its manifest; `{hash}` stands for any. */
function file(url) {
  if (!url.startsWith("/embed/")) return [];
  const [before, after = ""] = url.slice("/embed/".length).split("{hash}");
  const isThere = FILES.some((name) => (url.includes("{hash}") ? name.startsWith(before) && name.endsWith(after) : name === before));
  return isThere ? [] : [`there is no file ${url}`];
}

/** What is wrong with a line of a shell that names commands of this project. */
function command(line) {
  const words = line.match(/'[^']*'|\S+/g) ?? [];
  const at = (...names) => names.every((name, index) => words[index] === name);
  const options = words.filter((word) => /^--\w/.test(word)).map((word) => word.split("=")[0]);
  if (at("cargo", "xtask")) {
    const [, , name, ...rest] = words;
    if (name === undefined) return [];
    if (!new RegExp(`^  ${name}\\b`, "m").test(HELP) && name !== "help") return [`there is no command ${name}`];
    const steps = name === "test" ? rest.slice(0, rest.concat("--").indexOf("--")).filter((word) => !word.startsWith("-")) : [];
    return [
      ...steps.filter((step) => !STEPS.includes(step)).map((step) => `there is no step ${step}`),
      ...options.filter((option) => !HELP.includes(option)).map((option) => `cargo xtask has no option ${option}`),
    ];
  }
  if (at("cargo") && /^(test|run|build)$/.test(words[1])) {
    const name = words[words.indexOf("-p") + 1];
    const example = words[words.indexOf("--example") + 1];
    const isKnown = ["storefront-store", "storefront-rules", "storefront-xtask", "storefront-fuzz-targets"].includes(name);
    return [
      ...(words.includes("-p") && !isKnown ? [`there is no package ${name}`] : []),
      ...(words.includes("--example") && !existsSync(path.join(ROOT, `store/examples/${example}.rs`)) ? [`there is no example ${example}`] : []),
    ];
  }
  if (at("storefront-store")) {
    return options.filter((option) => !new RegExp(`\\b${option.slice(2).replaceAll("-", "_")}:`).test(STORE)).map((option) => `storefront-store has no option ${option}`);
  }
  if (at("node")) return words[1].endsWith(".mjs") && !words[1].includes("*") && !existsSync(path.join(ROOT, words[1])) ? [`there is no ${words[1]}`] : [];
  return [];
}

for (const { file, snippets, code } of PAGES) {
  snippets.forEach(({ language, code }, index) => {
    test(`${file}: snippet ${index + 1} (${language || "no language"}) is what it says`, () => {
      assert.ok(Object.hasOwn(CHECKS, language), `no check for the language "${language}"`);
      assert.deepEqual(CHECKS[language](code) ?? [], [], code);
    });
  });

  test(`${file}: commands, tokens and elements in the text exist`, () => {
    const wrong = code.flatMap((words) => [...command(words.replace(/^\w+=\S+ /, "")), ...tokens(words.replace("--sfa-…", "")), ...html(words.replace(/^<([\w-]+)>$/, "<$1>"))]);
    // The changelog and the notes on upgrading name what is gone.
    assert.deepEqual(/CHANGELOG|upgrading/.test(file) ? [] : wrong, []);
  });
}

test("the workflows run commands that exist", () => {
  for (const file of filesBelow(".github/workflows", ".yml")) {
    const commands = Array.from(read(file).matchAll(/\brun: (.+)/g), ([, line]) => line);
    assert.ok(commands.length > 0, file);
    assert.deepEqual(commands.flatMap(command), [], file);
  }
});

test("a tag publishes all files of a release", () => {
  const workflow = read(".github/workflows/package.yml");
  for (const words of ["cargo xtask release --files", "path: dist/release/", "gh release create"]) assert.ok(workflow.includes(words), words);
});

test("troubleshooting has every code of account:error", () => {
  const codes = ERROR.description.match(/`[a-z_]+`/g).filter((code) => !["`message`", "`code`"].includes(code));
  const page = read("docs/troubleshooting.md");
  assert.deepEqual(codes.filter((code) => !page.includes(`\n| ${code} |`)), []);
});
