// axe in every state of every element, as the specimen page shows them.

import { createServer } from "node:http";
import { readFile } from "node:fs/promises";
import path from "node:path";
import { after, before } from "node:test";
import { ROOT, assert, assertAccessible, suite } from "./support.mjs";

const journey = suite();

/** For all states on a busy machine, in milliseconds. */
const timeout = 300_000;

const TYPES = { ".html": "text/html", ".js": "text/javascript", ".css": "text/css", ".wasm": "application/wasm" };

let server;

before(async () => {
  server = createServer(async (request, response) => {
    const { pathname } = new URL(request.url, "http://specimens");
    const file = path.join(ROOT, "dist", pathname === "/" ? "index.html" : path.normalize(pathname));
    try {
      const body = await readFile(file);
      response.writeHead(200, { "content-type": TYPES[path.extname(file)] ?? "application/octet-stream" });
      response.end(body);
    } catch {
      response.writeHead(404).end();
    }
  });
  await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
});

after(() => server.close());

/** Every state's address on the specimen page. */
async function addressesOf(page, query) {
  await page.goto(`http://127.0.0.1:${server.address().port}/?${query}`);
  const states = page.locator("#states a");
  await states.first().waitFor();
  const addresses = await states.evaluateAll((links) => links.map((link) => link.href));
  assert.ok(addresses.length > 40, `only ${addresses.length} states`);
  return addresses;
}

/** Goes to a state and waits until the page has reached it, by the steps that a shopper would take. */
async function show(page, address) {
  await page.goto(address);
  const come = page.waitForFunction(() => document.querySelector(`#stage ${document.documentElement.dataset.sign}`));
  await come.catch(() => assert.fail(`${address} was not reached`));
}

for (const [look, query] of Object.entries({ light: "", dark: "scheme=dark", rtl: "lang=ar&dir=rtl" })) {
  journey(`every state of every element is accessible, ${look}`, { allow: [/404/], timeout }, async ({ page }) => {
    for (const address of await addressesOf(page, query)) {
      await show(page, address);
      await assertAccessible(page, address);
      const seen = await page.locator("#stage [hidden]").evaluateAll((nodes) => nodes.filter((node) => node.checkVisibility()).length);
      assert.equal(seen, 0, `${address}: something hidden can be seen`);
    }
  });
}

journey("no state is wider than 320 pixels", { viewport: { width: 320, height: 600 }, allow: [/404/], timeout }, async ({ page }) => {
  for (const address of await addressesOf(page, "lang=de")) {
    await show(page, address);
    const excess = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
    assert.ok(excess <= 0, `${address}: ${excess} pixels too wide`);
  }
});
