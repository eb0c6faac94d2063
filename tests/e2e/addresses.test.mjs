// The address book, by mouse and keyboard, in one tab and in two, with a store that fails.

import { assert, assertAccessible, freshEmail, picture, suite, until } from "./support.mjs";
import { intercept, operations } from "./form.mjs";
import { errorMessages, element, openAccount, openDetails, signIn } from "./account.mjs";
import { API, OFFICE } from "./office.mjs";
import { BERLIN, add, addAddress, announced, answer, book, field, kept, linesOf, openBook, press, row, rows, select, save } from "./book.mjs";

const journey = suite({ settings: { api: API } });

/** A customer of their own with the address of the sign-up and one in Berlin. */
async function begin(page) {
  const email = freshEmail();
  await openAccount(page, email);
  await openBook(page);
  await addAddress(page, BERLIN);
  return email;
}

const focusOf = (page) => page.evaluate(() => document.activeElement?.getAttribute("aria-label") ?? document.activeElement?.textContent ?? "");

/** Waits for the focus to be on what is called so: it moves once the document has taken a change in. */
const focused = (page, name, what) => until(async () => name.test(await focusOf(page)), what);

journey("an address is added, changed and deleted, and the store has it so", async ({ page }) => {
  await page.addInitScript(() => {
    window.heard = [];
    for (const name of ["added", "updated", "deleted"]) document.addEventListener(`account:address-${name}`, (event) => window.heard.push([name, Object.keys(event.detail).join()]));
  });
  await begin(page);
  assert.deepEqual(await linesOf(row(page, "Jürgen")), ["Jürgen Groß", "Straße des 17. Juni 135", "10623 Berlin", "Germany"]);
  assert.equal((await kept(page)).length, 2);

  await press(row(page, "Jürgen"), "Change");
  assert.equal(await field(page, "city").inputValue(), "Berlin");
  await answer(page, { city: "Potsdam", zip: "14467", company: "Kessel & Söhne" });
  await save(page);
  await announced(page, "Address saved.");
  assert.match((await kept(page))[1], /Kessel &#?\w+; Söhne/);
  await focused(page, /Jürgen Groß/, "the focus on what was changed");

  await press(row(page, "Jürgen"), "Delete");
  await row(page, "Jürgen").waitFor({ state: "detached" });
  assert.equal((await kept(page)).length, 2, "there is time to think");
  await until(async () => (await kept(page)).length === 1, "the deletion");
  assert.deepEqual(await page.evaluate(() => window.heard), [["added", "addressId"], ["updated", "addressId"], ["deleted", "addressId"]]);
});

journey("every custom answer of an address is kept, and can be taken away", async ({ page }) => {
  await openAccount(page, freshEmail());
  await openBook(page);
  const answers = { doorbell: "Groß / 尾", notes: "Ring twice.\nMind the cat.", floor: "-2", from: "2030-03-31", building: "1", gate: "1234#" };
  await add(page).click();
  await answer(page, { ...BERLIN, ...answers });
  await book(page).getByRole("checkbox").first().check();
  await save(page);
  await announced(page, "Address added.");
  await page.reload();
  await press(row(page, "Jürgen"), "Change");
  for (const [name, value] of Object.entries(answers)) assert.equal(await field(page, name).inputValue(), value, name);
  for (const name of Object.keys(answers)) {
    if (name === "building") await field(page, name).selectOption("");
    else await field(page, name).fill("");
  }
  await save(page);
  await announced(page, "Address saved.");
  await page.reload();
  await press(row(page, "Jürgen"), "Change");
  for (const name of Object.keys(answers)) assert.equal(await field(page, name).inputValue(), "", name);
});

journey("what the form lacks is named beside its field, and a postal code as the country has it", async ({ page }) => {
  await openAccount(page, freshEmail());
  await openBook(page);
  await add(page).click();
  await answer(page, { ...BERLIN, zip: "SW1A 1AA", firstName: "" });
  await save(page);
  const lines = await errorMessages(book(page));
  assert.equal(lines.length, 2, lines.join());
  assert.match(lines.join(), /Enter a first name.*Postal code must look like 26133/);
  assert.equal(await field(page, "zip").getAttribute("aria-invalid"), "true");
  assert.equal(await field(page, "city").inputValue(), "Berlin");
});

journey("adding an address that is already there says so, and does not add it twice", async ({ page }) => {
  await begin(page);
  await add(page).click();
  await answer(page, BERLIN);
  await save(page);
  await announced(page, "You already have this address.");
  assert.equal(await rows(page).count(), 2);
  await focused(page, /Jürgen Groß/, "the focus on what is there");
  assert.equal((await kept(page)).length, 2);
});

journey("undo by the button and by the keyboard brings everything back, and the focus with it", async ({ page }) => {
  await begin(page);
  await press(row(page, "Jürgen"), "Delete");
  await focused(page, /Ada King/, "the focus on the one that stays");
  await book(page).getByRole("button", { name: "Undo" }).click();
  await row(page, "Jürgen").waitFor();
  await focused(page, /Jürgen/, "the focus on what is back");
  await press(row(page, "Jürgen"), "Delete");
  await row(page, "Jürgen").waitFor({ state: "detached" });
  await page.keyboard.press("Control+z");
  await row(page, "Jürgen").waitFor();
  assert.equal((await kept(page)).length, 2);
});

journey("a deletion is undone from another view of the account, and finished when the page is left", async ({ page }) => {
  const email = freshEmail();
  await openAccount(page, email);
  await openBook(page);
  await addAddress(page, BERLIN);
  await openDetails(page, "#account/addresses");
  const center = element(page, "center");
  const jürgen = center.locator(".sfa-address", { hasText: "Jürgen" });
  await press(jürgen, "Delete");
  await center.getByRole("link", { name: "Your details" }).click();
  await center.getByRole("button", { name: "Undo" }).click();
  await center.getByRole("link", { name: "Your addresses" }).click();
  await jürgen.waitFor();
  await press(jürgen, "Delete");
  await jürgen.waitFor({ state: "detached" });
  await page.goto("/");
  await until(async () => (await kept(page)).length === 1, "the deletion, although the page was left");
});

journey("signing out carries out a deletion that could still be undone", async ({ page }) => {
  const email = await begin(page);
  await openDetails(page, "#account/addresses");
  const center = element(page, "center");
  await press(center.locator(".sfa-address", { hasText: "Jürgen" }), "Delete");
  await center.getByRole("button", { name: "Sign out" }).click();
  await center.locator("[name=login_pass]").waitFor();
  assert.equal(await center.getByRole("button", { name: "Undo" }).count(), 0, "nothing of the account stays");
  await signIn(page, email);
  assert.equal((await kept(page)).length, 1);
});

journey("an address that is found by a search of its own is searched for no more once another is added", async ({ page }) => {
  await signIn(page, "maria@example.com");
  await openBook(page);
  await book(page).getByRole("searchbox").fill("harbour");
  await addAddress(page, { ...BERLIN, firstName: "Mei" });
  await focused(page, /Mei Groß/, "the focus on what is new");
  await press(row(page, "Mei"), "Delete");
  await page.goto("/");
});

journey("where the theme wants a question, nothing is deleted before it is answered", async ({ page }) => {
  await page.route("**/account.php?action=address_book", async (route) => {
    const response = await route.fetch();
    const body = (await response.text()).replace("<account-addresses", '<account-addresses delete="confirm"');
    await route.fulfill({ response, body });
  });
  await begin(page);
  await press(row(page, "Jürgen"), "Delete");
  const dialog = page.getByRole("dialog", { name: "Delete 1 address?" });
  await dialog.getByText("Jürgen Groß").waitFor();
  await assertAccessible(page, "the question");
  await page.setViewportSize({ width: 1000, height: 400 });
  const top = await page.evaluate(() => scrollY);
  await page.mouse.move(20, 20);
  await page.mouse.wheel(0, top > 100 ? -100 : 100);
  await page.keyboard.press("End");
  await page.evaluate(() => new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve))));
  assert.equal(await page.evaluate(() => scrollY), top, "the page behind the question stays where it is");
  await page.keyboard.press("Escape");
  await focused(page, /Jürgen/, "the focus back");
  assert.equal((await kept(page)).length, 2);
  await press(row(page, "Jürgen"), "Delete");
  await dialog.getByRole("button", { name: "Delete" }).click();
  await until(async () => (await kept(page)).length === 1, "the deletion");
});

journey("by the keyboard alone: add, select, delete, take back", async ({ page }) => {
  await openAccount(page, freshEmail());
  await openBook(page);
  await add(page).focus();
  await page.keyboard.press("Enter");
  await focused(page, /Add an address/, "the focus on the form");
  await field(page, "firstName").focus();
  for (const text of ["Mei", "Lin", "", "", null, "5 Long Road"]) {
    if (text === null) continue;
    await page.keyboard.type(text);
    await page.keyboard.press("Tab");
  }
  // Country, line 1, the button of line 2, town, state, code: by their labels from here.
  await answer(page, { country: "US", line1: "5 Long Road", city: "Salem", state: "Oregon", zip: "97301" });
  await field(page, "zip").press("Enter");
  await announced(page, "Address added.");
  assert.equal(await rows(page).getByRole("checkbox").count(), 0, "no boxes before they are wanted");
  await select(page).focus();
  await page.keyboard.press("Enter");
  await row(page, "Mei").getByRole("checkbox").focus();
  await page.keyboard.press("Space");
  const remove = book(page).getByRole("button", { name: "Delete 1 address" });
  await remove.focus();
  await page.keyboard.press("Enter");
  await row(page, "Mei").waitFor({ state: "detached" });
  await page.keyboard.press("Control+z");
  await row(page, "Mei").waitFor();
});

journey("the country changes and what is no longer valid is told and taken out", async ({ page }) => {
  await openAccount(page, freshEmail());
  await openBook(page);
  await press(rows(page).first(), "Change");
  assert.equal(await field(page, "state").inputValue(), "Illinois");
  await field(page, "country").focus();
  await field(page, "country").selectOption("AU");
  await book(page).getByText("“Illinois” was removed: it is not in Australia.").waitFor();
  assert.equal(await page.evaluate(() => document.activeElement.localName), "select");
  assert.equal(await field(page, "city").inputValue(), "Springfield");
});

journey("one address in two tabs: the later is shown both versions and decides", async ({ page, context }) => {
  await begin(page);
  const other = await context.newPage();
  await openBook(other);
  await press(row(page, "Jürgen"), "Change");
  await press(row(other, "Jürgen"), "Change");
  await answer(other, { line1: "Unter den Linden 1" });
  await save(other);
  await announced(other, "Address saved.");
  await answer(page, { line1: "Kurfürstendamm 2" });
  await save(page);
  const here = row(page, "Jürgen");
  await here.getByText("Changed somewhere else").waitFor();
  await assertAccessible(page, "two versions");
  const versions = await here.locator(".sfa-address-versions").innerText();
  assert.match(versions, /Kurfürstendamm 2[\s\S]*Unter den Linden 1/);
  assert.match((await kept(page))[1], /Unter den Linden/);
  await press(here, "Save what you entered");
  await announced(page, "Address saved.");
  assert.match((await kept(page))[1], /Kurfürstendamm/);
});

journey("deleted in one tab while the other edits: told, and nothing typed is lost", async ({ page, context }) => {
  await begin(page);
  await press(row(page, "Jürgen"), "Change");
  const other = await context.newPage();
  await openBook(other);
  await press(row(other, "Jürgen"), "Delete");
  await other.goto("/");
  await until(async () => (await kept(page)).length === 1, "the deletion");
  await answer(page, { line1: "Kurfürstendamm 2" });
  await save(page);
  const here = row(page, "Jürgen");
  await here.getByText("was deleted somewhere else").waitFor();
  await press(here, "Add it as a new address");
  await announced(page, "Address added.");
  assert.match((await kept(page))[1], /Kurfürstendamm/);
});

journey("changed in one tab and deleted in the other: it stays, and is shown as it is", async ({ page, context }) => {
  await begin(page);
  const other = await context.newPage();
  await openBook(other);
  await press(row(other, "Jürgen"), "Change");
  await answer(other, { line1: "Unter den Linden 1" });
  await save(other);
  await announced(other, "Address saved.");
  await select(page).click();
  await row(page, "Jürgen").getByRole("checkbox").check();
  await book(page).getByRole("button", { name: "Delete 1 address" }).click();
  await row(page, "Unter den Linden 1").getByText("Not deleted").waitFor({ timeout: 15_000 });
  assert.equal((await kept(page)).length, 2);
});

journey("the store is killed while it saves: kept here, tried again, there once", { allow: [/ERR_/, /Failed to load/] }, async ({ page, store }) => {
  await begin(page);
  await add(page).click();
  await answer(page, { ...BERLIN, line1: "Kurfürstendamm 2" });
  // The change arrives, and its answer does not.
  await intercept(page, "AddCustomerAddress", async (route) => {
    await route.fetch();
    await store.kill();
    await route.abort("connectionreset");
  });
  await save(page);
  const here = row(page, "Kurfürstendamm 2");
  await here.getByText("Not saved.").waitFor();
  await page.unroute("**/graphql");
  await store.start();
  await press(here, "Try again");
  await until(async () => (await here.getByText("Not saved.").count()) === 0, "the change");
  assert.equal((await kept(page)).filter((address) => address.includes("Kurfürstendamm")).length, 1, "nothing double");
  assert.equal(await row(page, "Kurfürstendamm 2").count(), 1);
});

journey("an address that the store's office gave a name of 255 characters is changed and saved", async ({ page }) => {
  const email = await begin(page);
  const found = await page.request.get(`/stores/local/v3/customers?email:in=${encodeURIComponent(email)}&include=addresses`, { headers: OFFICE });
  const [{ addresses }] = (await found.json()).data;
  const { id } = addresses.find(({ city }) => city === "Berlin");
  const longest = `Groß ${"x".repeat(250)}`;
  const changed = await page.request.put("/stores/local/v3/customers/addresses", { headers: OFFICE, data: [{ id, last_name: longest }] });
  assert.equal(changed.status(), 200);
  await openBook(page);
  await press(row(page, "Jürgen"), "Change");
  await answer(page, { line1: "Kurfürstendamm 2" });
  await save(page);
  await announced(page, "Address saved.");
  assert.ok((await kept(page)).some((address) => address.includes(longest) && address.includes("Kurfürstendamm 2")));
});

/** A double click of a hand that shakes: the pointer moves by two pixels. */
async function doubleClick({ mouse }, button) {
  await button.scrollIntoViewIfNeeded();
  const { x, y, width, height } = await button.boundingBox();
  await mouse.move(x + width / 2, y + height / 2);
  await mouse.down();
  await mouse.up();
  await mouse.move(x + width / 2 + 2, y + height / 2 + 1);
  await mouse.down({ clickCount: 2 });
  await mouse.up({ clickCount: 2 });
}

journey("two clicks make one request, and press nothing that stands there then", { skip: { webkit: "by WebDriver its two clicks are further apart than those of a double click" } }, async ({ page }) => {
  await begin(page);
  const sent = operations(page);
  await add(page).click();
  await answer(page, { ...BERLIN, line1: "Kurfürstendamm 2" });
  await doubleClick(page, book(page).locator(".sfa-submit [type=submit]"));
  await announced(page, "Address added.");
  assert.equal(sent.filter((name) => name === "AddCustomerAddress").length, 1);
  assert.equal(await book(page).locator("form").count(), 0, "no form was opened by the second click");
});

journey("a store that throttles is not asked again too early, and the shopper sees how long to wait", { allow: [/429/] }, async ({ page }) => {
  await begin(page);
  const sent = operations(page);
  await intercept(page, "UpdateCustomerAddress", (route) => route.fulfill({ status: 429, headers: { "retry-after": "2" }, body: "" }));
  await press(row(page, "Jürgen"), "Change");
  await answer(page, { line1: "Kurfürstendamm 2" });
  await save(page);
  const here = row(page, "Kurfürstendamm 2");
  await here.getByText(/Too many attempts\. Wait [12] second/).waitFor();
  await press(here, "Try again");
  assert.equal(sent.filter((name) => name === "UpdateCustomerAddress").length, 1, "not before the time is over");
  await here.getByText("You can try again now.").waitFor();
  await page.unroute("**/graphql");
  await press(here, "Try again");
  await announced(page, "Address saved.");
  assert.match((await kept(page))[1], /Kurfürstendamm/);
});

journey("an answer that never comes ends with the deadline, offline keeps the draft, and the page asks before it is left", { allow: [/ERR_INTERNET_DISCONNECTED/] }, async ({ page, context }) => {
  await begin(page);
  await press(row(page, "Jürgen"), "Change");
  await answer(page, { line1: "Kurfürstendamm 2" });
  await intercept(page, "UpdateCustomerAddress", () => {});
  await save(page);
  const here = row(page, "Kurfürstendamm 2");
  await here.getByText("Saving…").waitFor();
  await here.getByText("took too long").waitFor({ timeout: 25_000 });
  await page.unroute("**/graphql");
  await context.setOffline(true);
  await press(here, "Try again");
  await here.getByText("You seem to be offline").waitFor();
  await context.setOffline(false);
  let asked = false;
  page.on("dialog", async (dialog) => {
    asked = dialog.type() === "beforeunload";
    await dialog.dismiss();
  });
  await page.goto("/").catch(() => {});
  assert.ok(asked, "asked before leaving");
  await press(here, "Try again");
  await announced(page, "Address saved.");
  assert.match((await kept(page))[1], /Kurfürstendamm/);
});

journey("a field that the store refuses brings the form back with all that was typed", async ({ page }) => {
  await begin(page);
  await intercept(page, "UpdateCustomerAddress", (route) =>
    route.fulfill({ json: { data: { customer: { updateCustomerAddress: { address: null, errors: [{ __typename: "ValidationError", message: "There is no such code.", path: ["input", "data", "postalCode"] }] } } } } }),
  );
  await press(row(page, "Jürgen"), "Change");
  await answer(page, { line1: "Kurfürstendamm 2" });
  await save(page);
  const lines = await errorMessages(book(page));
  assert.deepEqual(lines, ["There is no such code."]);
  assert.equal(await field(page, "line1").inputValue(), "Kurfürstendamm 2");
  assert.equal(await field(page, "zip").getAttribute("aria-invalid"), "true");
});

journey("a book of sixty is searched, chosen, sorted, and reached to its end", async ({ page }) => {
  await signIn(page, "maria@example.com");
  await openBook(page);
  await book(page).getByText("60 addresses").waitFor();
  const search = book(page).getByRole("searchbox");
  const first = await rows(page).first().getAttribute("aria-label");
  await search.fill(first.split(",")[1].trim().toUpperCase());
  await book(page).getByText(/^\d+ addresse?s? of 60$/).waitFor();
  assert.equal(await rows(page).first().getAttribute("aria-label"), first);
  await book(page).getByRole("button", { name: "Show all addresses" }).click();
  await until(async () => (await rows(page).count()) === 60, "all of them");
  assert.equal(await rows(page).last().getAttribute("aria-posinset"), "60");
  const countries = book(page).getByLabel("Country", { exact: true });
  await countries.selectOption({ index: 1 });
  const chosen = await countries.evaluate((select) => select.selectedOptions[0].text);
  for (const text of await rows(page).locator(".sfa-address-lines").allInnerTexts()) assert.ok(text.includes(chosen), text);
  await picture(page, "addresses");
});

journey("three books on one page have ids of their own and tell of one session", async ({ page }) => {
  await openAccount(page, freshEmail());
  await openBook(page);
  await page.evaluate(() => {
    const first = document.querySelector("account-addresses");
    for (const _ of [2, 3]) {
      const element = document.createElement("account-addresses");
      for (const { name, value } of first.attributes) element.setAttribute(name, value);
      first.after(element);
    }
  });
  await until(async () => (await page.locator("account-addresses .sfa-address").count()) === 3, "three lists");
  for (const button of (await page.getByRole("button", { name: "Add an address" }).all()).reverse()) await button.click();
  await until(async () => (await page.locator("account-addresses form").count()) === 3, "three forms");
  const ids = await page.locator("account-addresses [id]").evaluateAll((all) => all.map((node) => node.id));
  assert.equal(new Set(ids).size, ids.length);
  await assertAccessible(page, "three books");
});
