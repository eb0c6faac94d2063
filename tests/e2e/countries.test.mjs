// Addresses of thirty-one countries and territories. The form is held against libaddressinput's own data: the columns
// of rules/data/address_formats.tsv as Google wrote them, read here without a line of our Rust. What the labels say
// and how a saved address is shown is in tests/fixtures/addresses.json, written by hand.

import { readFileSync } from "node:fs";
import path from "node:path";
import { isDeepStrictEqual } from "node:util";
import { ROOT, assert, freshEmail, suite, until } from "./support.mjs";
import { openAccount } from "./account.mjs";
import { BOOK, add, announced, answer, book, field, linesOf, openBook, row, save } from "./book.mjs";
import { CATALOGUES } from "../js/messages.mjs";

const journey = suite();

const ADDRESSES = JSON.parse(readFileSync(path.join(ROOT, "tests/fixtures/addresses.json"), "utf8"));

const COUNTRIES = ADDRESSES.map(({ code }) => code);

/** A postal code that is none of the country's. */
const BAD = "@@";

const layouts = new Map(
  readFileSync(path.join(ROOT, "rules/data/address_formats.tsv"), "utf8")
    .split("\n")
    .filter((line) => line && !line.startsWith("#"))
    .map((line) => line.split("\t"))
    .map(([code, fmt, lfmt, , require, zip, zipex]) => [code, { fmt, lfmt, require, zip, zipex }]),
);

const states = new Map(
  JSON.parse(readFileSync(path.join(ROOT, "store/data/geography.json"), "utf8")).countries.map(({ code, states }) => [code, states.map(({ name }) => name)]),
);

const FIELDS = { A: ["line1", "line2"], C: ["city"], S: ["state"], Z: ["zip"] };

/** What the country's format says the form is, for a reader of English. */
function wanted(code) {
  const { fmt, lfmt, require, zip, zipex } = layouts.get(code);
  const letters = Array.from((lfmt || fmt).matchAll(/%([ACSZ])/g), ([, letter]) => letter);
  if (!letters.includes("C")) {
    // The platform wants a city everywhere: it stands on the larger side of the street.
    const street = letters.indexOf("A");
    const isLargeFirst = letters.includes("S") && letters.indexOf("S") < street;
    letters.splice(street + (isLargeFirst ? 0 : 1), 0, "C");
  }
  if (!letters.includes("S") && states.get(code).length > 0) letters.push("S");
  return {
    order: [...new Set(letters)].flatMap((letter) => FIELDS[letter]),
    state: !letters.includes("S") ? "none" : states.get(code).length > 0 ? "list" : "text",
    isStateRequired: letters.includes("S") && require.includes("S"),
    isCodeRequired: require.includes("Z"),
    zip,
    zipex,
  };
}

/** What the form is. */
const found = (page) =>
  book(page).locator("form").evaluate((form) => {
    const names = { 8: "line1", 9: "line2", 10: "city", 12: "state", 13: "zip" };
    const parts = Array.from(form.querySelectorAll("[data-account-part]")).filter((part) => !part.hidden);
    const order = parts.map((part) => names[part.dataset.accountPart]);
    const control = (id) => form.querySelector(`[name="FormField[2][${id}]"]`);
    const isRequired = (id) => control(id).ariaRequired === "true";
    const state = control(12);
    return {
      order,
      state: !order.includes("state") ? "none" : state.options ? "list" : "text",
      isStateRequired: order.includes("state") && isRequired(12),
      isCodeRequired: order.includes("zip") && isRequired(13),
      options: Array.from(state.options ?? [], ({ value }) => value).filter(Boolean),
    };
  });

journey("order, what is required, postal codes and states in thirty-one countries", async ({ page }) => {
  await openAccount(page, freshEmail());
  await openBook(page);
  await add(page).click();
  await answer(page, { firstName: "Ada", lastName: "King", line1: "1 Main Street", city: "Town" });
  const table = [];
  for (const code of COUNTRIES) {
    const { zip, zipex, ...form } = wanted(code);
    await field(page, "country").selectOption(code);
    await until(async () => (await found(page)).state === form.state, `${code}: a state that is ${form.state}`);
    const { options, ...is } = await found(page);
    assert.deepEqual(is, form, code);
    if (form.state === "list") assert.deepEqual(options, states.get(code), `${code}: its states, untranslated`);

    const problem = field(page, "zip");
    const isWrong = () => problem.evaluate((node) => node.ariaInvalid === "true");
    if (form.order.includes("zip")) {
      await field(page, "zip").fill(BAD);
      // One thing is left out, so that nothing is sent.
      await field(page, "line1").fill("");
      await save(page);
      if (zip) {
        await until(isWrong, `${code}: ${BAD} is refused`);
        await field(page, "zip").fill(zipex);
        await until(async () => !(await isWrong()), `${code}: ${zipex} counts`);
      }
      await field(page, "zip").fill("");
      await save(page);
      await until(async () => (await isWrong()) === form.isCodeRequired, `${code}: no code ${form.isCodeRequired ? "is refused" : "counts"}`);
    }
    table.push({ code, order: form.order.join(" "), state: `${form.state}${form.isStateRequired ? "*" : ""}`, code_: zip ? `${zipex}${form.isCodeRequired ? "*" : ""}` : "none" });
  }
  assert.equal(table.length, 31);
  console.table(table);
});

/** What the labels of these fields say, once they are those of the country: it draws some of them anew. */
async function assertLabels(page, labels, what) {
  let found;
  const read = async () => {
    found = {};
    for (const name of Object.keys(labels)) {
      const label = field(page, name).locator("xpath=ancestor::*[@data-account-part][1]").locator("label");
      found[name] = (await label.innerText()).replace(/\s+/g, " ").trim();
    }
    return isDeepStrictEqual(found, labels);
  };
  await until(read, what).catch(() => assert.deepEqual(found, labels, what));
}

/** The lines of the address in this street, with the country. */

journey("an address of each country is labelled, kept and shown as that country does, for readers of English and its own", { timeout: 180_000 }, async ({ page }) => {
  await openAccount(page, freshEmail());
  await openBook(page);
  for (const { code, answers, labels, lines } of ADDRESSES) {
    await add(page).click();
    await answer(page, { country: code, ...answers });
    await assertLabels(page, labels, `${code}: labels`);
    await save(page);
    await announced(page, "Address added.");
    assert.deepEqual(await linesOf(row(page, answers.line1)), lines, `${code}: lines`);
  }
  await page.reload();
  await add(page).waitFor();
  for (const { code, answers, lines } of ADDRESSES) assert.deepEqual(await linesOf(row(page, answers.line1)), lines, `${code}: lines, as the store has them`);

  const languages = new Set(ADDRESSES.flatMap(({ own }) => own?.language ?? []));
  for (const language of languages) {
    await page.goto(`${BOOK}&lang=${language}`);
    await book(page).getByRole("button", { name: CATALOGUES[language]["addresses.add"], exact: true }).click();
    for (const { code, answers, own } of ADDRESSES.filter(({ own }) => own?.language === language)) {
      await field(page, "country").selectOption(code);
      await assertLabels(page, own.labels, `${code} in ${language}: labels`);
      assert.deepEqual(await linesOf(row(page, answers.line1)), own.lines, `${code} in ${language}: lines`);
    }
  }
  assert.equal(languages.size, 10);
});
