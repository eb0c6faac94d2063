// What a screen reader is given of every state of every element, as the specimen page shows them: roles, names, values,
// in the order of the page. `tests/e2e/aria` keeps it; UPDATE_ARIA=1 writes it anew, and the difference is read.

import { after, before } from "node:test";
import { mkdir, readFile, readdir, rm, writeFile } from "node:fs/promises";
import path from "node:path";
import { addressesOf, serveSpecimens } from "./specimens.mjs";
import { ROOT, assert, suite } from "./support.mjs";

const KEPT = path.join(ROOT, "tests/e2e/aria");

const journey = suite();
let specimens;
before(async () => {
  specimens = await serveSpecimens();
});
after(() => specimens.close());

/** The file of each element: its states by name, each with its tree. */
async function files(page) {
  const found = new Map();
  for (const address of await addressesOf(page, specimens, "")) {
    await specimens.show(page, address);
    const { element, state } = Object.fromEntries(new URL(address).searchParams);
    const tree = await page.locator("#stage").ariaSnapshot();
    const file = `${element}.yml`;
    found.set(file, `${found.get(file) ?? ""}# ${state}\n${tree}\n\n`);
  }
  return found;
}

journey("every state is told to screen readers as it is kept; UPDATE_ARIA=1 keeps it", { allow: [/404/], timeout: 300_000 }, async ({ page }) => {
  const found = await files(page);
  if (process.env.UPDATE_ARIA === "1") {
    await rm(KEPT, { recursive: true, force: true });
    await mkdir(KEPT);
    for (const [file, text] of found) await writeFile(path.join(KEPT, file), text);
  }
  assert.deepEqual(await readdir(KEPT), [...found.keys()].sort());
  for (const [file, text] of found) assert.equal(text, await readFile(path.join(KEPT, file), "utf8"), file);
});
