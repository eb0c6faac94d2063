// Appearances: whose classes the parts carry, and what that does.

import { after, before } from "node:test";
import { readFile } from "node:fs/promises";
import path from "node:path";
import { HOSTS, dress, faults, styleOf } from "./hosts.mjs";
import { addressesOf, serveSpecimens } from "./specimens.mjs";
import { ROOT, assert, assertAccessible, picture, suite } from "./support.mjs";
import { SIGN_IN, element } from "./account.mjs";
import { withMarkup } from "./cookies.mjs";

const journey = suite();

let specimens;
before(async () => {
  specimens = await serveSpecimens();
});
after(() => specimens.close());

/** What a theme's rules decide of a part. */
const PROPERTIES = ["backgroundColor", "borderTopColor", "borderTopWidth", "borderTopLeftRadius", "color", "fontSize", "fontWeight", "lineHeight", "paddingTop", "paddingLeft"];

/** Whether the first part that `selector` finds looks like a node of the theme's own with the same markup. */
async function assertLikeOwn(page, selector) {
  const [ours, theirs] = await page.evaluate(
    ([selector, properties]) => {
      const part = document.querySelector(`.sfa ${selector}`);
      const own = document.createElement(part.localName);
      own.className = part.className;
      for (const name of ["type", "rows"]) if (part.hasAttribute(name)) own.setAttribute(name, part.getAttribute(name));
      document.querySelector("main").append(own);
      const look = (node) => Object.fromEntries(properties.map((name) => [name, getComputedStyle(node)[name]]));
      const looks = [look(part), look(own)];
      own.remove();
      return looks;
    },
    [selector, PROPERTIES],
  );
  assert.deepEqual(ours, theirs, selector);
}

journey("with the appearance of Bootstrap, buttons and controls are Bootstrap's own", { reducedMotion: "reduce", allow: [/404/] }, async ({ page }) => {
  await page.goto(`${specimens.origin}/?element=sign-up&state=empty&appearance=bootstrap`);
  await page.locator("form .btn-primary").waitFor();
  await dress(page, { sheet: await styleOf(HOSTS.bootstrap), host: HOSTS.bootstrap, scheme: "light", isBehind: false });
  for (const selector of [".btn-primary", ".form-control", ".form-select", ".form-label", "textarea.form-control", ".form-check-input"]) await assertLikeOwn(page, selector);
  const [first, last] = await Promise.all(["FormField[2][4]", "FormField[2][5]"].map((name) => page.locator(`[name="${name}"]`).boundingBox()));
  assert.equal(first.y, last.y, "names share a row");
});

journey("with the appearance of Cornerstone, parts carry its classes", { allow: [/404/] }, async ({ page }) => {
  await page.goto(`${specimens.origin}/?element=sign-up&state=empty&appearance=cornerstone`);
  await page.locator("form .button--primary").waitFor();
  for (const selector of [".form-field > .form-label", ".form-input", ".form-select", ".form-row.form-row--half", "input.form-checkbox + .form-label", ".form-actions > .button.button--primary"]) {
    assert.ok(await page.locator(`.sfa ${selector}`).count(), selector);
  }
  for (const part of ["input", "label", "button-primary", "field"]) assert.equal(await page.locator(`.sfa-${part}`).count(), 0, part);
});

journey("without an appearance, no part has a class but what only screen readers hear", { allow: [/404/] }, async ({ page }) => {
  await page.goto(`${specimens.origin}/?element=sign-up&state=empty&appearance=none`);
  await page.locator("form [type=submit]").waitFor();
  const classes = await page.locator(".sfa [class]").evaluateAll((nodes) => Array.from(new Set(nodes.flatMap((node) => Array.from(node.classList)))));
  assert.deepEqual(classes, ["sfa-hidden"]);
  assert.ok(await page.getByText("Show password").first().isVisible(), "the button has words");
});

journey("a theme adds classes to parts, and what is no text in its map is left out", async ({ page, context }) => {
  const classes = { "button-primary": "mine wide", input: "  ", label: 7, nothing: "else", text: null };
  await withMarkup(context, `<script type="application/json" id="account-config">${JSON.stringify({ classes })}</script>`);
  await page.goto(SIGN_IN);
  const button = element(page, "sign-in").locator("[type=submit]");
  await button.waitFor();
  assert.equal(await button.getAttribute("class"), "sfa-button-primary mine wide");
  assert.equal((await element(page, "sign-in").locator("label").first().getAttribute("class")).trim(), "sfa-label");
});

journey("every class that an element carries is a public part", { allow: [/404/], timeout: 300_000 }, async ({ page }) => {
  const docs = await readFile(path.join(ROOT, "docs/theming.md"), "utf8");
  const known = new Set(Array.from(docs.matchAll(/^\| `([a-z-]+)` \|/gm), ([, name]) => `sfa-${name}`));
  const found = new Set();
  for (const address of await addressesOf(page, specimens, "")) {
    await specimens.show(page, address);
    for (const name of await page.locator(".sfa [class]").evaluateAll((nodes) => nodes.flatMap((node) => Array.from(node.classList)))) found.add(name);
  }
  found.delete("sfa");
  assert.ok(found.size > 50, `only ${found.size} parts`);
  assert.deepEqual(Array.from(found).filter((name) => !known.has(name)), []);
});

journey("the style sheets can stand in any order", { reducedMotion: "reduce", allow: [/404/] }, async ({ page }) => {
  for (const state of ["sign-up&state=errors", "consent&state=some-granted", "addresses&state=confirm", "consent&state=banner"]) {
    await specimens.show(page, `${specimens.origin}/?element=${state}`);
    const look = () =>
      page.evaluate(() =>
        Array.from(document.querySelectorAll(".sfa, .sfa *"), (node) => {
          const { width, height } = node.getBoundingClientRect();
          const { backgroundColor, color, borderTopColor } = getComputedStyle(node);
          return [node.className, width, height, backgroundColor, color, borderTopColor].join();
        }),
      );
    const before = await look();
    await page.evaluate(() => {
      const sheets = Array.from(document.querySelectorAll("link[href*='style/']")).reverse();
      // A link that is moved fetches its sheet again.
      const loaded = (sheet) => new Promise((resolve) => sheet.addEventListener("load", resolve, { once: true }));
      return Promise.all(sheets.map((sheet) => {
        const isLoaded = loaded(sheet);
        document.head.append(sheet);
        return isLoaded;
      }));
    });
    assert.deepEqual(await look(), before, state);
    assert.deepEqual(await page.evaluate(faults), [], state);
  }
});

journey("in its layer the style sheet gives way to the weakest rule of a theme", async ({ page, context }) => {
  await context.route("**/embed/account.css", async (route) => route.fulfill({ response: await route.fetch({ url: route.request().url().replace("account.css", "account.layered.css") }) }));
  await page.goto(SIGN_IN);
  const button = element(page, "sign-in").locator(".sfa-button-primary");
  await button.waitFor();
  const radius = () => button.evaluate((node) => getComputedStyle(node).borderTopLeftRadius);
  assert.equal(await radius(), "8px", "as the shop's token has it");
  await page.evaluate(() => {
    const sheet = new CSSStyleSheet();
    sheet.replaceSync("button { border-radius: 3px }");
    document.adoptedStyleSheets = [sheet];
  });
  assert.equal(await radius(), "3px");
});

journey("a theme's containers of Cornerstone's names are left alone", { allow: [/404/] }, async ({ page }) => {
  await specimens.show(page, `${specimens.origin}/?element=sign-up&state=empty`);
  const widths = await page.evaluate(() => {
    const names = ["account account--fixed", "account-body", "account-content", "account-list", "account-heading"];
    return names.map((name) => {
      const node = Object.assign(document.createElement("div"), { className: name, textContent: "x" });
      document.querySelector("main").append(node);
      const plain = Object.assign(document.createElement("div"), { textContent: "x" });
      document.querySelector("main").append(plain);
      return [node.offsetWidth, plain.offsetWidth];
    });
  });
  for (const [ours, plain] of widths) assert.equal(ours, plain);
});

/** What the elements of the demo shop are like in each of its themes. */
const THEMES = { own: ".sfa-button-primary", dark: ".sfa-button-primary", tailwind: ".sfa-button-primary", foundation: ".button.button--primary" };

for (const [theme, primary] of Object.entries(THEMES)) {
  journey(`the demo shop keeps its theme from page to page: ${theme}`, async ({ page }) => {
    await page.goto(`${SIGN_IN}?theme=${theme}`);
    await element(page, "sign-in").locator(primary).waitFor();
    await assertAccessible(page, `the sign-in page, ${theme}`);
    await page.goto("/login.php?action=create_account");
    await element(page, "sign-up").locator(primary).waitFor();
    assert.equal(await page.locator("html").getAttribute("data-theme"), theme);
    await assertAccessible(page, `the sign-up page, ${theme}`);
    await picture(page, `theme-${theme}`);
    if (primary.startsWith(".sfa")) assert.deepEqual(await page.evaluate(faults), []);
  });
}
