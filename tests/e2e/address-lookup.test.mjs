// Addresses from a function of the page, suggested while the first line is typed.

import { assert, assertAccessible, suite, until } from "./support.mjs";
import { arrived, assertFormData, control, fill, necessary, open, savedAddress, submit, widget } from "./form.mjs";

const journey = suite();

const HARBOUR = { address1: "1 Harbour Street", address2: "Flat 2", city: "San Francisco", stateOrProvince: "California", postalCode: "94103", countryCode: "US" };
const QUEEN = { company: "Kettles Ltd", address1: "9 Queen Street", city: "Toronto", stateOrProvince: "Ontario", postalCode: "M5H 2N2", countryCode: "CA" };

/** Opens the sign-up with a function that finds these two, and notes what it is asked. */
async function openWithLookup(page) {
  await page.addInitScript(([harbour, queen]) => {
    window.asked = [];
    document.addEventListener("DOMContentLoaded", () => {
      if (!window.StorefrontAccount) return;
      window.StorefrontAccount.addressLookup = async ({ query, country, signal }) => {
        const entry = { query, country, isAborted: false };
        window.asked.push(entry);
        signal.addEventListener("abort", () => (entry.isAborted = true));
        if (window.held) await window.held;
        if (window.fails) throw new Error("the service is down");
        return window.answer ?? [
          { label: "1 Harbour Street, San Francisco", address: harbour },
          { label: "<img src=x onerror=alert(1)> 9 Queen Street", address: async ({ signal }) => (signal.aborted ? undefined : queen) },
          { label: "", address: harbour },
          { address: harbour },
          null,
        ];
      };
    });
  }, [HARBOUR, QUEEN]);
  await open(page);
}

const asked = (page) => page.evaluate(() => window.asked);
const list = (page) => widget(page).getByRole("listbox", { name: "Suggested addresses" });
const options = (page) => list(page).getByRole("option");

async function type(page, text) {
  await control(page, "line1").click();
  await control(page, "line1").pressSequentially(text);
}

journey("an address is chosen with the keyboard, put into its lines, changed and saved", async ({ page }) => {
  await openWithLookup(page);
  const { line1, city, state, zip, country, ...rest } = necessary();
  await fill(page, rest);
  await type(page, "har");
  await options(page).first().waitFor();
  assert.deepEqual(await options(page).allTextContents(), ["1 Harbour Street, San Francisco", "<img src=x onerror=alert(1)> 9 Queen Street"]);
  const line = control(page, "line1");
  assert.equal(await line.getAttribute("aria-expanded"), "true");
  assert.equal(await line.getAttribute("aria-activedescendant"), null);
  await assertAccessible(page, "suggested addresses");
  await page.keyboard.press("ArrowUp");
  await page.keyboard.press("ArrowDown");
  const active = await line.getAttribute("aria-activedescendant");
  assert.equal(await page.locator(`[id="${active}"]`).getAttribute("aria-selected"), "true");
  await page.setViewportSize({ width: 320, height: 256 });
  await page.keyboard.press("ArrowDown");
  const box = await options(page).nth(1).boundingBox();
  assert.ok(box.y >= 0 && box.y + box.height <= 256, "the option that the keyboard is at is in view");
  await page.setViewportSize({ width: 1000, height: 800 });
  await page.keyboard.press("ArrowUp");
  await page.keyboard.press("Enter");
  await list(page).waitFor({ state: "hidden" });
  await assertFormData(page, { line1: HARBOUR.address1, line2: HARBOUR.address2, city: HARBOUR.city, state: HARBOUR.stateOrProvince, zip: HARBOUR.postalCode, country: "US" });
  assert.ok(await control(page, "line2").isVisible(), "a folded line that has something in it is unfolded");
  await widget(page).getByText("The address is filled in. Check it.").waitFor({ state: "attached" });
  await line.fill("2 Harbour Street");
  await submit(page);
  await arrived(page);
  assert.match(await savedAddress(page), /2 Harbour Street/);
});

journey("an address of another country brings its country and state, asked for when it is chosen", async ({ page }) => {
  await openWithLookup(page);
  await type(page, "queen");
  await options(page).nth(1).click();
  await until(async () => (await control(page, "city").inputValue()) === QUEEN.city, "the address");
  await control(page, "state").and(page.locator("select")).waitFor();
  await assertFormData(page, { country: "CA", line1: QUEEN.address1, state: "Ontario", zip: QUEEN.postalCode, company: QUEEN.company });
  assert.ok(await control(page, "line1").evaluate((line) => line === document.activeElement), "the focus stays, in whatever order the country has its lines");
});

journey("nothing is asked before three letters, and once for what is typed in one go", async ({ page }) => {
  await openWithLookup(page);
  await control(page, "line1").focus();
  await control(page, "line1").evaluate((line) => {
    for (const text of ["1", "1 h", "1 ha", "1 har", "1 harb"]) {
      line.value = text;
      line.dispatchEvent(new Event("input", { bubbles: true }));
    }
  });
  await options(page).first().waitFor();
  await control(page, "line1").fill("1 h");
  await list(page).waitFor({ state: "hidden" });
  await control(page, "line1").fill("1 harbour");
  await options(page).first().waitFor();
  assert.deepEqual((await asked(page)).map(({ query, country }) => [query, country]), [["1 harb", "US"], ["1 harbour", "US"]]);
});

journey("a question that something else is typed after is aborted, and its answer is not shown", async ({ page }) => {
  await openWithLookup(page);
  await page.evaluate(() => {
    window.held = new Promise((resolve) => (window.release = resolve));
  });
  await type(page, "har");
  await until(async () => (await asked(page)).length === 1, "the first question");
  await type(page, "b");
  await until(async () => (await asked(page))[0].isAborted, "the first question to be aborted");
  await until(async () => (await asked(page)).length === 2, "the second question");
  await page.keyboard.press("Tab");
  await until(async () => (await asked(page))[1].isAborted, "the second question to be aborted");
  await page.evaluate(() => window.release());
  assert.ok(await list(page).isHidden());
});

journey("an address that comes late is filled in all the same, but not over what was typed meanwhile", async ({ page }) => {
  await openWithLookup(page);
  await page.evaluate((queen) => {
    const held = new Promise((resolve) => (window.release = resolve));
    window.answer = [{ label: "Queen Street", address: () => held.then(() => queen) }];
  }, QUEEN);
  await type(page, "queen");
  await options(page).first().click();
  await page.keyboard.press("Tab");
  await control(page, "city").fill("Ottawa");
  await page.evaluate(() => window.release());
  await until(async () => (await control(page, "zip").inputValue()) === QUEEN.postalCode, "the address");
  await assertFormData(page, { line1: QUEEN.address1, city: "Ottawa", country: "CA" });
});

journey("what an address leaves out stays, and what its country does not have goes", async ({ page }) => {
  await openWithLookup(page);
  const { state, zip, city } = necessary();
  await fill(page, { country: "US", state, zip, city });
  await page.evaluate(() => (window.answer = [
    { label: "here", address: { address1: "2 Main Street", countryCode: "US" } },
    { label: "there", address: { address1: "8 Queen's Road", city: "Central", countryCode: "HK" } },
  ]));
  await type(page, "street");
  await options(page).first().click();
  await assertFormData(page, { line1: "2 Main Street", state, zip, city });
  await control(page, "line1").fill("queen");
  await options(page).nth(1).click();
  await assertFormData(page, { line1: "8 Queen's Road", city: "Central", country: "HK" });
  assert.equal(await control(page, "zip").inputValue(), "");
});

journey("what the browser fills in is no question", async ({ page }) => {
  await openWithLookup(page);
  await control(page, "email").focus();
  await control(page, "line1").evaluate((line) => {
    line.value = "1 Harbour Street";
    line.dispatchEvent(new Event("input", { bubbles: true }));
    line.dispatchEvent(new Event("change", { bubbles: true }));
  });
  await type(page, " ha");
  await options(page).first().waitFor();
  assert.deepEqual((await asked(page)).map(({ query }) => query), ["1 Harbour Street ha"]);
});

journey("Escape closes the list, and what was typed stays", async ({ page }) => {
  await openWithLookup(page);
  await type(page, "har");
  await options(page).first().waitFor();
  await page.keyboard.press("Escape");
  await list(page).waitFor({ state: "hidden" });
  assert.equal(await control(page, "line1").inputValue(), "har");
  assert.equal(await control(page, "line1").getAttribute("aria-expanded"), "false");
});

for (const [what, setUp] of [
  ["fails", () => (window.fails = true)],
  ["answers with something else", () => (window.answer = { label: "no list" })],
]) {
  journey(`a function that ${what} is not the shopper's concern`, async ({ page }) => {
    await openWithLookup(page);
    await page.evaluate(setUp);
    await type(page, "har");
    await until(async () => (await asked(page)).length === 1, "the question");
    assert.ok(await list(page).isHidden());
    await fill(page, necessary());
    await submit(page);
    await arrived(page);
  });
}

journey("without a function the line is a text field like the others", async ({ page }) => {
  await open(page);
  assert.equal(await control(page, "line1").getAttribute("role"), null);
  assert.equal(await list(page).count(), 0);
});

journey("the demo shop has a made-up service to try it with", async ({ page }) => {
  await open(page, "&lookup");
  await type(page, "harb");
  await options(page).first().click();
  await until(async () => (await control(page, "zip").inputValue()) === "94103", "the address");
});
