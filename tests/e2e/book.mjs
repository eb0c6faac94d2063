// The address book, as these journeys use it.

import { NAME } from "./form.mjs";
import { element, named, send } from "./account.mjs";
import { assert, clickAgain } from "./support.mjs";

export const BOOK = "/account.php?action=address_book";

/** What the widget shows. */
export const book = (page) => element(page, "addresses");

/** The addresses that are in the document. */
export const rows = (page) => book(page).locator(".sfa-address");

/** The address that has `text` in it. */
export const row = (page, text) => rows(page).filter({ hasText: text });

/** Opens the address book of who is signed in and waits for the widget. */
export async function openBook(page, query = "") {
  await page.goto(BOOK + query);
  await add(page).waitFor();
}

export const add = (page) => book(page).getByRole("button", { name: "Add an address" });

/** The button that gives each address a box to select it. */
export const select = (page) => book(page).getByRole("button", { name: "Select addresses" });

/** A control of the form that is open. */
export const field = (page, name) => named(book(page), NAME[name]);

/** Fills in the form that is open. */
export async function answer(page, answers) {
  for (const [name, value] of Object.entries(answers)) {
    const control = field(page, name);
    if ((await control.evaluate((node) => node.localName)) === "select") await control.selectOption(value);
    else await control.fill(value);
  }
}

export const save = (page) => send(book(page)).click();

/** Presses a button of an address. */
export const press = (address, words) => clickAgain(address.getByRole("button", { name: new RegExp(`^${words} ?:`) }));

/** The polite line. */
export const announced = (page, words) => book(page).locator(".sfa-toast-text", { hasText: words }).waitFor();

export const BERLIN = { country: "DE", firstName: "Jürgen", lastName: "Groß", line1: "Straße des 17. Juni 135", zip: "10623", city: "Berlin" };

/** Adds an address by the widget and waits until the store has it. */
export async function addAddress(page, answers) {
  await add(page).click();
  await answer(page, answers);
  await save(page);
  await announced(page, "Address added.");
}

/** What the store has in the book of who is signed in, by the theme's own page. */
export async function kept(page) {
  const response = await page.request.get(`${BOOK}&script=off`);
  assert.equal(response.status(), 200);
  const html = await response.text();
  return Array.from(html.matchAll(/<li class="address">([\s\S]*?)<\/li>/g), ([, item]) =>
    item.replace(/<p class="address__changes">[\s\S]*/, "").replace(/<[^>]+>/g, " ").replace(/\s+/g, " ").trim(),
  );
}

/** The lines of an address, without the chip in the last. */
export const linesOf = (row) => row.locator(".sfa-address-line").evaluateAll((lines) => lines.map((line) => line.firstChild.textContent));
