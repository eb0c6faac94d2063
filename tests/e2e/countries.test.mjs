// The address form in twenty-six countries, held against libaddressinput's own data: the columns of
// rules/data/address_formats.tsv as Google wrote them, read here without a line of our Rust.

import { readFileSync } from "node:fs";
import path from "node:path";
import { ROOT, assert, freshEmail, suite, until } from "./support.mjs";
import { openAccount } from "./account.mjs";
import { add, answer, book, field, openBook, save } from "./book.mjs";

const journey = suite();

const COUNTRIES = "US CA GB IE DE FR ES IT NL CH SE PL JP KR CN TW HK SG IN AU NZ BR MX AE ZA FI".split(" ");

/** A postal code that is none of the country's. */
const BAD = "@@";

const layouts = new Map(
  readFileSync(path.join(ROOT, "rules/data/address_formats.tsv"), "utf8")
    .split("\n")
    .filter((line) => line && !line.startsWith("#"))
    .map((line) => line.split("\t"))
    .map(([code, fmt, lfmt, , require, , zip, zipex]) => [code, { fmt, lfmt, require, zip, zipex }]),
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

journey("order, what is required, postal codes and states in twenty-six countries", async ({ page }) => {
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
  assert.equal(table.length, 26);
  console.table(table);
});
