// The address follows the country, and what was typed survives it.

import { assert, suite, until } from "./support.mjs";
import {
  NAME,
  arrived,
  assertFormData,
  control,
  fieldOf,
  fill,
  formData,
  intercept,
  necessary,
  open,
  operations,
  problems,
  savedAddress,
  submit,
  widget,
} from "./form.mjs";

const journey = suite();

const label = async (page, field) =>
  (await fieldOf(page, field).locator("label").first().evaluate((node) => {
    const copy = node.cloneNode(true);
    for (const hidden of copy.querySelectorAll("[hidden]")) hidden.remove();
    return copy.textContent.trim();
  }));

const notice = (page) => widget(page).locator(".sfa-hint");

const states = (page) =>
  control(page, "state").evaluate((node) => Array.from(node.options ?? [], (option) => option.text));

const choose = (page, code) => control(page, "country").selectOption(code);

/** The fields of the address proper, in the order in which they are seen. */
const order = (page) =>
  widget(page)
    .locator(".sfa-address-fields [name]")
    .evaluateAll((all) => all.filter((node) => node.offsetParent).map((node) => /\[(\d+)\]$/.exec(node.name)[1]));

const hasFocus = (page, field) =>
  page.evaluate((name) => document.activeElement?.getAttribute("name") === name, NAME[field]);

journey("from the United States to Germany the state goes, the code is called postal code and nothing else is touched", async ({ page }) => {
  await open(page);
  assert.equal(await label(page, "zip"), "ZIP code");
  assert.equal(await label(page, "state"), "State");
  const answers = necessary();
  const { state, country, ...rest } = answers;
  assert.ok(state && country);
  await fill(page, { ...rest, zip: "10115", city: "Berlin" });
  await choose(page, "DE");
  await control(page, "state").waitFor({ state: "hidden" });
  assert.equal(await label(page, "zip"), "Postal code");
  await assertFormData(page, { ...rest, zip: "10115", city: "Berlin", country: "DE" });
  assert.deepEqual(await order(page), ["8", "9", "13", "10"], "postal code before town");
  await submit(page);
  await arrived(page);
  assert.match(await savedAddress(page), /10115 Berlin|Berlin.*10115/);
});

journey("a state that is not in the new country is taken out with a notice and the focus stays on the country", async ({ page }) => {
  await open(page);
  await fill(page, necessary());
  await control(page, "country").focus();
  await choose(page, "CA");
  await until(async () => (await states(page)).includes("Ontario"), "the provinces");
  assert.equal(await label(page, "state"), "Province");
  assert.equal(await control(page, "state").inputValue(), "");
  assert.equal((await notice(page).textContent()).trim(), "“California” was removed: it is not in Canada.");
  assert.equal(await notice(page).getAttribute("role"), "status");
  assert.ok(await hasFocus(page, "country"));
  assert.ok(!(await states(page)).includes("California"));
  await submit(page);
  const lines = await problems(page);
  assert.ok(lines.some((line) => line === "Choose an option for “Province”"), lines.join());
  assert.ok(lines.some((line) => line.startsWith("Postal code must look like")), lines.join());
});

journey("a postal code goes with a notice where addresses have none, and is not sent", async ({ page }) => {
  await open(page);
  const answers = necessary();
  await fill(page, answers);
  await choose(page, "HK");
  await control(page, "zip").waitFor({ state: "hidden" });
  await until(async () => /“94103” was removed: addresses in Hong Kong.* have no postal code\./.test(await notice(page).textContent()), "the notice");
  assert.deepEqual((await formData(page))[NAME.zip] ?? [""], [""]);
  await choose(page, "US");
  await control(page, "zip").waitFor();
  assert.equal(await control(page, "zip").inputValue(), "", "what was said to be gone does not come back");
  assert.equal((await notice(page).textContent()).trim(), "", "the notice is of the last change alone");
});

journey("the states of a country are asked for once", async ({ page }) => {
  await open(page);
  const sent = operations(page);
  for (const code of ["CA", "US", "CA"]) {
    await choose(page, code);
    const wanted = code === "US" ? "California" : "Ontario";
    await until(async () => (await states(page)).includes(wanted), `the states of ${code}`);
  }
  assert.deepEqual(sent, ["States"]);
});

journey("a state typed while the list is on its way is chosen from the list when it comes", async ({ page }) => {
  let release;
  const held = new Promise((resolve) => (release = resolve));
  await intercept(page, "States", async (route) => {
    await held;
    await route.fallback();
  });
  await open(page);
  await choose(page, "CA");
  await control(page, "state").and(page.locator("input")).waitFor();
  await control(page, "state").pressSequentially("ontario");
  release();
  await control(page, "state").and(page.locator("select")).waitFor();
  assert.equal(await control(page, "state").inputValue(), "Ontario");
  await until(() => hasFocus(page, "state"), "the focus to stay in the state");
});

journey("states that arrive late take neither the focus nor a letter from whoever types elsewhere", async ({ page }) => {
  let release;
  const held = new Promise((resolve) => (release = resolve));
  await intercept(page, "States", async (route) => {
    await held;
    await route.fallback();
  });
  await open(page);
  await choose(page, "CA");
  await control(page, "line1").pressSequentially("1 Rideau");
  release();
  await control(page, "state").and(page.locator("select")).waitFor();
  await page.keyboard.type(" Street");
  assert.equal(await control(page, "line1").inputValue(), "1 Rideau Street");
  assert.ok(await hasFocus(page, "line1"));
});

journey("of two countries chosen in haste the states of the last one count", async ({ page }) => {
  let release;
  const held = new Promise((resolve) => (release = resolve));
  await intercept(page, "States", async (route) => {
    if (route.request().postDataJSON().variables.country === "CA") await held;
    await route.fallback();
  });
  await open(page);
  await choose(page, "CA");
  await choose(page, "AU");
  await until(async () => (await states(page)).includes("Queensland"), "the states of Australia");
  const late = page.waitForResponse((response) => response.request().postDataJSON()?.variables?.country === "CA");
  release();
  await late;
  assert.ok((await states(page)).includes("Queensland"));
  assert.ok(!(await states(page)).includes("Ontario"));
});

journey("without the list of states, the state is typed and the store validates it", { allow: [/ERR_FAILED/] }, async ({ page }) => {
  await intercept(page, "States", (route) => route.abort());
  await open(page);
  await fill(page, necessary());
  await choose(page, "CA");
  await control(page, "state").and(page.locator("input")).waitFor();
  await fill(page, { state: "Ontario", zip: "K1A 0B1", city: "Ottawa" });
  await submit(page);
  await arrived(page);
  assert.match(await savedAddress(page), /Ontario/);
});

journey("an address in Japan is asked for from the large to the small in Japanese, the other way round in English", async ({ page }) => {
  await open(page, "&lang=ja&country=JP");
  const large = await order(page);
  await open(page, "&country=JP");
  const small = await order(page);
  // The town is no part of the country's own layout; the store asks for it all the same.
  assert.deepEqual(large, ["13", "12", "10", "8", "9"], "postal code, prefecture, town, street");
  assert.deepEqual(small, ["8", "9", "10", "12", "13"], "street, town, prefecture, postal code");
  assert.equal(await label(page, "state"), "Prefecture");
});

journey("a change of order keeps what was typed and the countries are called as the shopper's language does", async ({ page }) => {
  await open(page, "&lang=de");
  const texts = { firstName: "Zoë", line1: "Hauptstr. 1", line2: "Hinterhaus", city: "Wien", zip: "10100" };
  await fill(page, texts);
  assert.equal(await control(page, "country").locator("option[value=AT]").textContent(), "Österreich");
  for (const code of ["AT", "JP", "GB", "BR", "DE"]) {
    await choose(page, code);
    await until(async () => (await widget(page).locator(".sfa-address-fields").getAttribute("data-account-country")) === code, code);
    await assertFormData(page, { ...texts, country: code });
  }
});
