// What npm gets: the files, what they weigh on an importer, what editors read, and the command.

import { mkdir, readFile, readdir, stat, writeFile } from "node:fs/promises";
import path from "node:path";
import { after, before, test } from "node:test";
import { createHash } from "node:crypto";
import { createRequire } from "node:module";
import Ajv from "ajv";
import { publint } from "publint";
import { formatMessage } from "publint/utils";
import languages from "vscode-html-languageservice";
import { ROOT, assert } from "../e2e/support.mjs";
import { TARBALL, failure, run, workplace } from "./support.mjs";

const { TextDocument, getLanguageService, newHTMLDataProvider } = languages;

const HERE = path.join(ROOT, "tests/packages");

let place;
let folder;
let installed;

before(async () => {
  place = await workplace();
  folder = await place.example("html");
  installed = path.join(folder, "node_modules/storefront-account");
});

after(() => place?.remove());

const json = async (name) => JSON.parse(await readFile(path.join(installed, name), "utf8"));

test("the tarball has the files of contents.txt, and no others", async () => {
  const listed = (await run(HERE, `tar -tzf ${TARBALL}`)).trim().split("\n");
  // A hash is that of the content, and the content changes.
  const names = listed.map((name) => name.replace(/^package\//, "").replace(/-[0-9a-f]{8}\./, "-{hash}."));
  const expected = (await readFile(path.join(HERE, "contents.txt"), "utf8")).trim().split("\n");
  assert.deepEqual(names.sort(), expected);
});

test("each link in a page of the package leads to a file of the package", async () => {
  const pages = (await readdir(installed, { recursive: true })).filter((name) => name.endsWith(".md"));
  assert.ok(pages.includes("docs/elements/sign-up.md"), pages.join());
  const broken = [];
  for (const page of pages) {
    const text = (await readFile(path.join(installed, page), "utf8")).replaceAll(/```[^]*?```|`[^`\n]*`/g, "");
    for (const [, link] of text.matchAll(/\]\(([^)#\s]+)/g)) {
      const isThere = /^[a-z]+:/.test(link) || (await stat(path.join(installed, path.dirname(page), link)).catch(() => undefined));
      if (!isThere) broken.push(`${page}: ${link}`);
    }
  }
  assert.deepEqual(broken, []);
});

test("publint finds nothing", async () => {
  const { messages, pkg } = await publint({ pkgDir: installed, strict: true });
  assert.deepEqual(messages.map((message) => formatMessage(message, pkg)), []);
});

test("are the types wrong? finds nothing", async () => {
  const styles = ["account.css", "account.layered.css", "consent.css"];
  const command = `node_modules/.bin/attw ${TARBALL} --profile esm-only --exclude-entrypoints ${styles.join(" ")}`;
  // What it finds it says, and ends with 1.
  await run(HERE, command);
});

test("custom-elements.json is a manifest of schema 2.1.0", async () => {
  const schema = createRequire(import.meta.url)("custom-elements-manifest/schema.json");
  const manifest = await json("custom-elements.json");
  const validate = new Ajv({ strict: false }).compile(schema);
  assert.ok(validate(manifest), JSON.stringify(validate.errors, null, 2));
  assert.equal(manifest.schemaVersion, "2.1.0");
  const [{ path: module, declarations }] = manifest.modules;
  assert.equal(module, "index.js");
  const signUp = declarations.find(({ tagName }) => tagName === "account-sign-up");
  const returnTo = signUp.members.find(({ name }) => name === "returnTo");
  assert.deepEqual([returnTo.attribute, returnTo.reflects], ["return-to", true]);
});

test("Visual Studio Code completes elements, attributes and values", async () => {
  const data = newHTMLDataProvider("account", await json("vscode.html-custom-data.json"));
  const service = getLanguageService({ useDefaultDataProvider: false, customDataProviders: [data] });
  const complete = (text) => {
    const document = TextDocument.create("file:///page.html", "html", 1, text);
    const position = document.positionAt(text.indexOf("|") === -1 ? text.length : text.indexOf("|"));
    return service.doComplete(document, position, service.parseHTMLDocument(document)).items.map(({ label }) => label);
  };
  assert.ok(complete("<").includes("account-sign-up"));
  assert.ok(complete("<account-sign-up ").includes("return-to"));
  assert.ok(complete('<account-sign-up layout="').includes("steps"));
});

test("the manifest has the integrity of each file that is copied", async () => {
  const { files } = await json("embed/manifest.json");
  assert.ok(files["account.js"], "account.js among them");
  for (const [name, { integrity, bytes }] of Object.entries(files)) {
    const content = await readFile(path.join(installed, "embed", name));
    assert.equal(content.length, bytes, name);
    assert.equal(`sha256-${createHash("sha256").update(content).digest("base64")}`, integrity, name);
  }
});

test("a server imports the package, and nothing happens", async () => {
  const script = 'await import("storefront-account"); await import("storefront-account/react"); console.log(typeof StorefrontAccount)';
  assert.equal((await run(folder, ["node", "--input-type=module", "--eval", script])).trim(), "undefined");
});

test("the command copies the files, and prints the tags in the order of need", async () => {
  const printed = await run(folder, "npx storefront-account copy shop/embed --base /static --elements sign-up,newsletter,consent");
  const { files } = await json("embed/manifest.json");
  const copied = (await readdir(path.join(folder, "shop/embed"), { recursive: true })).length;
  assert.equal(copied, (await readdir(path.join(installed, "embed"), { recursive: true })).length);
  const lines = printed.trim().split("\n");
  const addresses = lines.map((line) => /(?:href|src)="\/static\/([^"]+)"/.exec(line)[1]);
  const kinds = addresses.map((name) => name.replace(/-[0-9a-f]{8}/, ""));
  assert.deepEqual(kinds, ["account.css", "consent.css", "sign-up.wasm", "widgets.js", "sign-up.js", "account.js"]);
  for (const [index, name] of addresses.entries()) {
    assert.ok((await stat(path.join(folder, "shop/embed", name))).isFile());
    if (!name.endsWith(".wasm")) assert.ok(lines[index].includes(`integrity="${files[name].integrity}"`), name);
  }
  const elsewhere = await run(folder, "npx storefront-account tags --base https://cdn.example/account/");
  assert.match(elsewhere, /^<link rel="stylesheet" href="https:\/\/cdn\.example\/account\/account\.css" .* crossorigin="anonymous">\n<script/);
});

test("the command copies the partials into a Stencil theme, and leaves what the theme has changed", async () => {
  const theme = path.join(place.folder, "theme");
  const partial = (name) => path.join(theme, "templates/components/storefront-account", `${name}.html`);
  const words = (name) => readFile(partial(name), "utf8");
  await mkdir(path.join(theme, "templates"), { recursive: true });
  await run(folder, `npx storefront-account stencil ${theme} --language de`);
  assert.equal(await words("banner"), await readFile(path.join(installed, "embed/banner/de.html"), "utf8"));
  const { version } = await json("package.json");
  assert.match(await words("head"), new RegExp(`src="/content/storefront-account/${version}/account.js"`));
  const names = await readdir(path.dirname(partial("head")));
  assert.deepEqual(names.sort(), ["addresses", "banner", "head", "password", "profile", "sign-in", "sign-up"].map((name) => `${name}.html`));
  await writeFile(partial("banner"), "our own words");
  await run(folder, `npx storefront-account stencil ${theme}`);
  assert.equal(await words("banner"), "our own words");
  await run(folder, `npx storefront-account stencil ${theme} --force`);
  assert.equal(await words("banner"), await readFile(path.join(installed, "embed/banner/en.html"), "utf8"));
});

for (const [words, message] of [
  ["", /storefront-account COMMAND/],
  ["copy", /copy needs a folder/],
  ["tags --elements sign-out", /there is no element "sign-out"; there are .*sign-up/],
  ["tags shop", /"shop" is one word too many/],
  ["tags --force", /tags has no option --force/],
  ["stencil", /stencil needs the folder of a theme/],
  ["stencil nowhere", /there is no folder "templates" in "nowhere"/],
  ["stencil . --language tlh", /there is no language "tlh"; there are ar, de, en/],
  ["publish", /there is no command "publish"/],
  ["tags --bass x", /Unknown option '--bass'/],
]) {
  test(`"storefront-account ${words}" says what is wrong`, async () => {
    const { code, output } = await failure(folder, `npx storefront-account ${words}`.trim());
    assert.equal(code, words ? 1 : 0);
    assert.match(output, message);
  });
}
