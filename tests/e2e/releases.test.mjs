// Pages written for earlier releases work with this one.

import { readFile, readdir } from "node:fs/promises";
import path from "node:path";
import { ROOT, assert, suite, until } from "./support.mjs";
import { PASSWORD, control, fill, necessary, widget } from "./form.mjs";
import { OWN, editButton, element, enter, named, send } from "./account.mjs";
import { BERLIN, add, answer, field, press, row, save } from "./book.mjs";
import { ASKING } from "./cookies.mjs";

const journey = suite(ASKING);

const FOLDER = path.join(ROOT, "tests/fixtures/releases");

const PAGES = (await readdir(FOLDER)).filter((name) => name.endsWith(".html"));

for (const file of PAGES.sort()) {
  journey(`a page written for ${path.basename(file, ".html")} works`, async ({ page }) => {
    const html = await readFile(path.join(FOLDER, file), "utf8");
    const shop = await (await page.request.get("/login.php")).text();
    const token = /token="([^"]+)"/.exec(shop)[1];
    await page.route("**/written-for", (route) => route.fulfill({ contentType: "text/html", body: html.replaceAll("TOKEN", token) }));
    await page.goto("/written-for");
    const heard = () => page.evaluate(() => /** @type {any} */ (window).heard);
    const has = async (tag, name) => (await heard()).find(([of, event]) => of === tag && event === name);
    for (const name of ["sign-up", "sign-in", "profile", "password", "addresses", "center"]) {
      await until(() => has(`account-${name}`, "ready"), name);
    }
    await until(() => has("div", "ready"), "the newsletter");
    await page.locator("#late .sfa").waitFor();
    assert.match(await page.evaluate(() => window.StorefrontAccount.version), /^\d+\.\d+\.\d+/);
    await element(page, "sign-in").getByRole("button", { name: "Log in" }).waitFor();

    await page.getByRole("button", { name: "Accept all" }).click();
    await page.waitForFunction(() => /** @type {any} */ (window).counted);
    assert.ok(await page.evaluate(() => window.StorefrontAccount.consent.has("analytics")));
    assert.deepEqual((await has("account-consent", "consent-changed"))[2].allow, ["analytics"]);

    const submit = widget(page).getByRole("button", { name: "Join us" });
    assert.match(await submit.getAttribute("class"), /\bshop-button\b/);
    const look = await submit.evaluate((button) => [getComputedStyle(button).backgroundColor, getComputedStyle(button).borderRadius]);
    assert.deepEqual(look, ["rgb(90, 20, 120)", "9px"], "the theme's tokens");
    assert.equal(await control(page, "country").inputValue(), "CA");
    const { state: _, ...answers } = necessary();
    await fill(page, { ...answers, country: "CA", zip: "M5H 2N2" });
    await fill(page, { state: "Ontario" });
    await widget(page).locator("[name=terms]").check();
    await submit.click();
    const [, , detail] = await until(() => has("account-sign-up", "signed-up"), "the account");
    assert.equal(detail.signedIn, true);

    const profile = element(page, "profile");
    await editButton(page, "profile").click();
    await named(profile, OWN.firstName).fill("Zoë-Marie");
    await send(profile).click();
    const saved = await until(() => has("account-profile", "profile-saved"), "the profile");
    assert.equal(saved[2].customerId, detail.customerId);

    const password = element(page, "password");
    await named(password, OWN.current).fill(PASSWORD);
    await named(password, OWN.fresh).fill("Another-horse-8");
    await send(password).click();
    await until(() => has("account-password", "password-changed"), "the password");

    const { line1: _line1, zip: _zip, city: _city, ...name } = BERLIN;
    await add(page).click();
    await answer(page, { ...name, country: "GB" });
    await field(page, "line1").pressSequentially("harbour");
    await page.getByRole("option", { name: "1 Harbour Street, Bristol" }).click();
    await until(async () => (await field(page, "city").inputValue()) === "Bristol", "the address that was looked up");
    await save(page);
    const added = await until(() => has("account-addresses", "address-added"), "the address");
    await press(row(page, "Bristol"), "Delete");
    await page.getByRole("dialog", { name: "Delete 1 address?" }).getByRole("button", { name: "Delete" }).click();
    const deleted = await until(() => has("account-addresses", "address-deleted"), "the deletion");
    assert.equal(deleted[2].addressId, added[2].addressId);

    await element(page, "center").getByRole("button", { name: "Sign out" }).click();
    await until(() => has("account-center", "signed-out"), "the end of the session");
    await enter(element(page, "sign-in"), answers.email, "Another-horse-8");
    await until(() => has("account-sign-in", "signed-in"), "a session");

    await page.evaluate(() => window.StorefrontAccount.unmount(document.querySelector("#late")));
    assert.equal(await page.locator("#late .sfa").count(), 0);
    assert.deepEqual((await heard()).filter(([, event]) => event === "error"), []);
  });
}
