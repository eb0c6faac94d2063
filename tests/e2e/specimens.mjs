// The specimen page, served from `dist/`.

import { createServer } from "node:http";
import { readFile } from "node:fs/promises";
import path from "node:path";
import { ROOT, assert } from "./support.mjs";

const DIST = process.env.SPECIMENS ?? path.join(ROOT, "dist");

const TYPES = { ".html": "text/html", ".js": "text/javascript", ".css": "text/css", ".wasm": "application/wasm" };

/** Serves the specimen page until it is closed. */
export async function serveSpecimens() {
  const server = createServer(async (request, response) => {
    const { pathname } = new URL(request.url, "http://specimens");
    const file = path.join(DIST, pathname === "/" ? "index.html" : path.normalize(pathname));
    try {
      const body = await readFile(file);
      response.writeHead(200, { "content-type": TYPES[path.extname(file)] ?? "application/octet-stream" });
      response.end(body);
    } catch {
      response.writeHead(404).end();
    }
  });
  await new Promise((resolve) => server.listen(0, "127.0.0.1", () => resolve(undefined)));
  return {
    origin: `http://127.0.0.1:${/** @type {import("node:net").AddressInfo} */ (server.address()).port}`,
    close: () => server.close(),
    /** Goes to a state and waits until the page has reached it, by the steps that a shopper would take. */
    async show(page, address) {
      await page.goto(address);
      const come = page.waitForFunction(() => document.querySelector(`#stage ${document.documentElement.dataset.sign}`));
      await come.catch(() => assert.fail(`${address} was not reached`));
    },
  };
}

/** Every state's address on the specimen page. */
export async function addressesOf(page, specimens, query) {
  await page.goto(`${specimens.origin}/?${query}`);
  const states = page.locator("#states a");
  await states.first().waitFor();
  const addresses = await states.evaluateAll((links) => links.map((link) => link.href));
  assert.ok(addresses.length > 40, `only ${addresses.length} states`);
  return addresses;
}
