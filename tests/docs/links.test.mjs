// Every link of the docs leads somewhere, and every page can be found.

import assert from "node:assert/strict";
import { existsSync, statSync } from "node:fs";
import path from "node:path";
import { test } from "node:test";
import { PAGES, ROOT, filesBelow, read } from "./markdown.mjs";

/** Most bytes of README: what is read in three minutes. */
const README_BYTES = 8 * 1024;

/** Most bytes of a picture. */
const PICTURE_BYTES = 100_000;

const isElsewhere = (link) => /^[a-z]+:/.test(link);

for (const { file, links, headings } of PAGES) {
  test(`every link in ${file} leads to a file and a heading that exist`, () => {
    const broken = links.filter((link) => !isElsewhere(link)).filter((link) => {
      const [target, anchor] = link.split("#");
      const found = target ? path.join(path.dirname(file), target) : file;
      if (!existsSync(path.join(ROOT, found))) return true;
      if (!anchor) return false;
      const known = target ? PAGES.find((page) => page.file === found)?.headings : headings;
      return !known?.includes(anchor);
    });
    assert.deepEqual(broken, []);
  });
}

test("each page of docs/ is in the table of contents of the site once", () => {
  const { links } = PAGES.find(({ file }) => file === "docs/SUMMARY.md");
  const inSummary = links.map((link) => path.posix.join("docs", link)).filter((name) => name.startsWith("docs/"));
  const pages = filesBelow("docs", ".md").filter((name) => name !== "docs/SUMMARY.md");
  assert.equal(new Set(inSummary).size, inSummary.length);
  assert.deepEqual(pages.filter((name) => !inSummary.includes(name)), []);
});

test("every link in a page of the site leads to a page or to a file of the site", () => {
  const [, listed] = /SOURCES: [^=]*= \[([^]*?)\];/.exec(read("xtask/src/site.rs"));
  const sources = Array.from(listed.matchAll(/"([^"]+)"/g), ([, name]) => name);
  const contents = PAGES.find(({ file }) => file === "docs/SUMMARY.md").links.map((link) => path.posix.join("docs", link));
  /** A folder has no page, and a page that is not in the contents is not made. */
  const isThere = (name) => {
    if (name.endsWith(".md")) return contents.includes(name);
    return sources.some((source) => `${name}/`.startsWith(`${source}/`)) && statSync(path.join(ROOT, name)).isFile();
  };
  const broken = PAGES.filter(({ file }) => contents.includes(file)).flatMap(({ file, links }) => {
    const targets = links.filter((link) => !isElsewhere(link)).map((link) => link.split("#")[0]).filter(Boolean);
    return targets.filter((target) => !isThere(path.posix.join(path.posix.dirname(file), target))).map((target) => `${file}: ${target}`);
  });
  assert.deepEqual(broken, []);
});

test("README is short, and has the two commands and a picture", () => {
  const readme = read("README.md");
  assert.ok(Buffer.byteLength(readme) <= README_BYTES, `${Buffer.byteLength(readme)} bytes`);
  for (const words of ["cargo xtask serve", "cargo xtask test", "![", "<!-- generated: elements -->"]) assert.ok(readme.includes(words), words);
});

test("pictures are light, and each is shown somewhere", () => {
  const shown = new Set(PAGES.flatMap(({ file, links }) => links.map((link) => path.posix.join(path.posix.dirname(file), link))));
  for (const picture of [...filesBelow("docs", ".png"), ...filesBelow("docs", ".svg")]) {
    assert.ok(shown.has(picture), `${picture} is shown nowhere`);
    const { size } = statSync(path.join(ROOT, picture));
    assert.ok(size <= PICTURE_BYTES, `${picture}: ${size} bytes`);
  }
});
