// The pages of the docs, as their tests read them.

import { readFileSync, readdirSync } from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";

export const ROOT = fileURLToPath(new URL("../../", import.meta.url));

export const read = (file) => readFileSync(path.join(ROOT, file), "utf8");

/** The files below `folder` whose names end so, from the root of the project. */
export const filesBelow = (folder, ending) =>
  readdirSync(path.join(ROOT, folder), { recursive: true })
    .map((name) => path.posix.join(folder, name))
    .filter((name) => name.endsWith(ending));

const FENCE = /^( *)```([\w-]*)[^\n]*\n([^]*?)^\1```$/gm;

/** A page: its `text` without code, its `headings` as anchors, its `links`, and its `snippets` with their languages. */
function page(file) {
  const whole = read(file);
  const snippets = Array.from(whole.matchAll(FENCE), ([, indent, language, code]) => ({
    language,
    code: code.replaceAll(new RegExp(`^${indent}`, "gm"), ""),
  }));
  const text = whole.replaceAll(FENCE, "");
  const prose = text.replaceAll(/`[^`\n]*`/g, (code) => code.replaceAll(/[[\]()<>]/g, ""));
  const links = Array.from(prose.matchAll(/\]\(([^)\s]+)\)|(?:src|href)="([^"]+)"/g), ([, link, attribute]) => link ?? attribute);
  return { file, whole, text, headings: anchors(text), links, snippets, code: Array.from(text.matchAll(/`([^`\n]+)`/g), ([, code]) => code) };
}

/** The anchors of the headings, as GitHub and mdBook name them. */
function anchors(text) {
  const seen = new Map();
  return Array.from(text.matchAll(/^#+ (.+)$/gm), ([, heading]) => {
    const words = heading.replaceAll(/[`*]|\[|\]\([^)]*\)/g, "").toLowerCase();
    const name = words.replaceAll(/[^\p{L}\p{N}\s_-]/gu, "").trim().replaceAll(" ", "-");
    const times = seen.get(name) ?? 0;
    seen.set(name, times + 1);
    return times ? `${name}-${times}` : name;
  });
}

const OTHERS = readdirSync(ROOT).filter((name) => name.endsWith(".md"));

/** Pages beside what they speak of. */
const BESIDE = ["examples/README.md", "store/ARCHITECTURE.md", "packages/stencil/README.md", "packages/storefront-account/README.md"];

export const PAGES = [...OTHERS, ...filesBelow("docs", ".md"), ...BESIDE].map(page);

/** What `cargo xtask help` prints, and the names of the steps of `cargo xtask test`. */
export const HELP = /HELP: &str = "([^]*?)\n";/.exec(read("xtask/src/cli.rs"))[1];
export const STEPS = Array.from(read("xtask/src/checks.rs").matchAll(/^ {8}name: "([\w-]+)"/gm), ([, name]) => name);
