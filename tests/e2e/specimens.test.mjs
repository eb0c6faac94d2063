// axe in every state of every element, as the specimen page shows them.

import { after, before } from "node:test";
import { LANGUAGES } from "../js/messages.mjs";
import { addressesOf, serveSpecimens } from "./specimens.mjs";
import { assertFits, outside } from "./fits.mjs";
import { assert, assertAccessible, direction, suite } from "./support.mjs";

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

// 1280 by 1024 pixels at 400 % (WCAG 1.4.10), and twice the text there (1.4.4).
journey("at 400 % nothing has to be scrolled sideways in any state, nor with text at 200 %", { viewport: { width: 320, height: 256 }, allow: [/404/], timeout }, async ({ page }) => {
  const wide = [];
  for (const address of await addressesOf(page, specimens, "lang=de")) {
    await specimens.show(page, address);
    for (const size of ["100%", "200%"]) {
      await page.evaluate((size) => (document.documentElement.style.fontSize = size), size);
      wide.push(...(await outside(page.locator("#stage"))).map((node) => `${address}, text at ${size}: ${node}`));
    }
  }
  assert.deepEqual(wide, []);
});

/** States with the most words of each element. */
const WORDY = ["addresses:many", "addresses:selected", "addresses:deleted", "center:customer", "newsletter:reminders", "password:errors", "profile:incomplete", "profile:conflict", "sign-in:locked-out", "sign-up:step-errors"];

for (const language of LANGUAGES) {
  journey(`${language}: every element fits into 320 pixels`, { viewport: { width: 320, height: 568 }, allow: [/404/], timeout }, async ({ page }) => {
    const addresses = await addressesOf(page, specimens, `lang=${language}&dir=${direction(language)}`);
    const state = (address) => ["element", "state"].map((name) => new URL(address).searchParams.get(name)).join(":");
    const wordy = addresses.filter((address) => WORDY.includes(state(address)));
    assert.equal(wordy.length, WORDY.length);
    for (const address of wordy) {
      await specimens.show(page, address);
      await assertFits(page.locator("#stage"), address);
    }
  });
}

journey("whoever asks for more contrast reads everything in the colour of the text", { contrast: "more", allow: [/404/] }, async ({ page }) => {
  const [address] = (await addressesOf(page, specimens, "")).filter((address) => /addresses/.test(address) && /list/.test(address));
  await specimens.show(page, address);
  const colours = await page.locator("#stage").evaluate((stage) => {
    const style = (selector) => getComputedStyle(stage.querySelector(selector));
    return { text: style(".sfa-address-lines").color, border: style(".sfa-address").borderTopColor, fact: style(".sfa-facts-name").color, chip: style(".sfa-chip").color };
  });
  const { text, ...others } = colours;
  for (const [what, colour] of Object.entries(others)) assert.equal(colour, text, what);
});
