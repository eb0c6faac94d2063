// axe in every state of every element, as the specimen page shows them.

import { after, before } from "node:test";
import { addressesOf, serveSpecimens } from "./specimens.mjs";
import { assert, assertAccessible, suite } from "./support.mjs";

const journey = suite();
let specimens;
before(async () => {
  specimens = await serveSpecimens();
});
after(() => specimens.close());

/** For all states on a busy machine, in milliseconds. */
const timeout = 300_000;

for (const [look, query] of Object.entries({ light: "", "dark and from right to left": "scheme=dark&lang=ar&dir=rtl" })) {
  journey(`every state of every element is accessible, ${look}`, { allow: [/404/], timeout }, async ({ page }) => {
    for (const address of await addressesOf(page, specimens, query)) {
      await specimens.show(page, address);
      await assertAccessible(page, address);
      const seen = await page.locator("#stage [hidden]").evaluateAll((nodes) => nodes.filter((node) => node.checkVisibility()).length);
      assert.equal(seen, 0, `${address}: something hidden can be seen`);
    }
  });
}

journey("on a page from right to left every line of an address stands on the right", { allow: [/404/] }, async ({ page }) => {
  const [address] = (await addressesOf(page, specimens, "lang=ar&dir=rtl")).filter((address) => /addresses/.test(address) && /list/.test(address));
  await specimens.show(page, address);
  const sides = await page.locator(".sfa-address-line").evaluateAll((lines) => lines.map((line) => getComputedStyle(line).textAlign));
  assert.ok(sides.length > 2);
  assert.deepEqual([...new Set(sides)], ["right"]);
});

journey("no state is wider than 320 pixels", { viewport: { width: 320, height: 600 }, allow: [/404/], timeout }, async ({ page }) => {
  for (const address of await addressesOf(page, specimens, "lang=de")) {
    await specimens.show(page, address);
    const excess = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
    assert.ok(excess <= 0, `${address}: ${excess} pixels too wide`);
  }
});
