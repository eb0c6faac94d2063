// How the elements look in their own style: where things stand, how large they are, and what stands out.

import { after, before } from "node:test";
import { element, openAccount } from "./account.mjs";
import { ASKING, banner } from "./cookies.mjs";
import { everything, fill, intercept, open, submit, submitButton } from "./form.mjs";
import { addressesOf, serveSpecimens } from "./specimens.mjs";
import { assert, freshEmail, suite } from "./support.mjs";

const journey = suite();
const askingJourney = suite(ASKING);
let specimens;
before(async () => {
  specimens = await serveSpecimens();
});
after(() => specimens.close());

const allow = [/404/];
const window = (width, height = 800) => ({ viewport: { width, height }, allow });

/** Brings a state of an element, by `element:state`. */
async function show(page, name) {
  const state = (address) => ["element", "state"].map((part) => new URL(address).searchParams.get(part)).join(":");
  const address = (await addressesOf(page, specimens, "")).find((address) => state(address) === name);
  assert.ok(address, `there is no state ${name}`);
  await specimens.show(page, address);
}

/** The boxes of everything that fits `selector`, on the stage of the specimen page. */
const boxes = (page, selector) =>
  page.locator(`#stage ${selector}`).evaluateAll((nodes) => nodes.filter((node) => node.checkVisibility()).map((node) => node.getBoundingClientRect().toJSON()));

const ground = (locator) => locator.evaluate((node) => getComputedStyle(node).backgroundColor);

journey("only what a view is for has the ground of a primary button", window(1280), async ({ page }) => {
  await show(page, "sign-in:empty");
  const primary = await ground(page.locator("#stage [type=submit]"));
  for (const [state, buttons] of [["addresses:list", ".sfa-address button"], ["profile:customer", "button"], ["center:customer", ".sfa-navigation button"], ["sign-in:empty", "button:not([type=submit])"]]) {
    await show(page, state);
    const others = await page.locator(`#stage ${buttons}`).all();
    assert.ok(others.length > 0, state);
    for (const button of others) assert.notEqual(await ground(button), primary, `${state}: ${await button.textContent()}`);
  }
});

journey("where there is room, first and last name share a row", window(600), async ({ page }) => {
  await show(page, "sign-up:empty");
  const [first] = await boxes(page, "[autocomplete~=given-name]");
  const [last] = await boxes(page, "[autocomplete~=family-name]");
  assert.equal(Math.round(first.top), Math.round(last.top));
});

journey("at 960 pixels two addresses stand beside each other", window(960), async ({ page }) => {
  await show(page, "addresses:list");
  const cards = await boxes(page, ".sfa-address");
  assert.equal(cards[0].top, cards[1].top);
  assert.ok(cards[1].left >= cards[0].right);
});

journey("the account's navigation stands beside its view on a desktop, and is one row on a phone", window(1280), async ({ page }) => {
  await openAccount(page, freshEmail());
  await page.goto("/account.php");
  const center = element(page, "center");
  const navigation = await center.locator(".sfa-navigation-list").boundingBox();
  const view = await center.locator(".sfa-navigation ~ *").first().boundingBox();
  assert.ok(navigation.x + navigation.width <= view.x, `${navigation.x + navigation.width} and ${view.x}`);
  await page.setViewportSize({ width: 390, height: 800 });
  const tops = await center.locator(".sfa-navigation-link").evaluateAll((links) => links.map((link) => Math.round(link.getBoundingClientRect().top)));
  assert.equal(new Set(tops).size, 1);
});

journey("a button that is busy keeps its width", {}, async ({ page }) => {
  await open(page);
  await intercept(page, "RegisterCustomer", () => new Promise(() => {}));
  const width = async () => (await submitButton(page).boundingBox()).width;
  const before = await width();
  await fill(page, everything());
  await submit(page);
  await page.waitForFunction(() => document.querySelector("account-sign-up [type=submit][aria-disabled=true]"));
  assert.equal(await width(), before);
});

for (const [state, status] of [["addresses:saved", ".sfa-toast-text"], ["addresses:refused", ".sfa-toast-text"], ["profile:saved", ".sfa-status"]]) {
  journey(`what became of a change is in sight on a phone: ${state}`, window(390, 600), async ({ page }) => {
    await show(page, state);
    const message = page.locator(`#stage ${status}:not(:empty)`);
    await message.waitFor();
    const { y, height } = await message.boundingBox();
    assert.ok(y >= 0 && y + height <= 600, `from ${y} to ${y + height}`);
  });
}

journey("a password's field is as wide as the others, and its rules wait for the focus", window(900), async ({ page }) => {
  await show(page, "sign-up:empty");
  const [email] = await boxes(page, "[type=email]");
  const [password] = await boxes(page, ".sfa-password-input");
  assert.equal(password.width, email.width);
  assert.deepEqual(await boxes(page, ".sfa-checklist"), []);
  await page.locator("#stage .sfa-password-input").first().focus();
  await page.locator("#stage .sfa-checklist").first().waitFor();
});

for (const width of [320, 390, 900]) {
  journey(`the button to sign in is as wide as its fields, ${width} pixels`, window(width), async ({ page }) => {
    await show(page, "sign-in:empty");
    const [field] = await boxes(page, "[type=email]");
    const [button] = await boxes(page, "[type=submit]");
    assert.equal(Math.round(button.width), Math.round(field.width));
  });
}

askingJourney("the room at the end of the page is that of the question", { viewport: { width: 1280, height: 800 } }, async ({ page }) => {
  await page.goto("/");
  await banner(page).waitFor();
  const room = () =>
    page.evaluate(() => {
      const { height } = document.querySelector("[data-consent-banner]").getBoundingClientRect();
      return Math.abs(parseFloat(getComputedStyle(document.documentElement, "::after").blockSize) - height);
    });
  await page.waitForFunction(() => getComputedStyle(document.documentElement).getPropertyValue("--sfa-consent-block"));
  assert.ok((await room()) <= 2, `${await room()} pixels off`);
});

journey("a button of any kind changes under the pointer", window(1280), async ({ page }) => {
  for (const [state, button] of [["sign-in:empty", "[type=submit]"], ["sign-in:empty", ".sfa-actions button"], ["addresses:list", ".sfa-address button"]]) {
    await show(page, state);
    const target = page.locator(`#stage ${button}`).first();
    const look = () => target.evaluate((node) => ["backgroundColor", "color", "textDecorationThickness", "textDecorationLine", "borderTopColor"].map((name) => getComputedStyle(node)[name]).join());
    const before = await look();
    await target.hover();
    await page.waitForFunction(() => document.getAnimations().every(({ playState }) => playState === "finished"));
    assert.notEqual(await look(), before, `${state}, ${button}`);
  }
});
