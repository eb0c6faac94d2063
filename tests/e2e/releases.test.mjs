// Pages written for earlier releases work with this one.

import { readFile, readdir } from "node:fs/promises";
import path from "node:path";
import { ROOT, assert, suite, until } from "./support.mjs";
import { control, fill, necessary, widget } from "./form.mjs";
import { ASKING } from "./cookies.mjs";

const journey = suite(ASKING);

const FOLDER = path.join(ROOT, "tests/fixtures/releases");

for (const file of (await readdir(FOLDER)).sort()) {
  journey(`a page written for ${path.basename(file, ".html")} works`, async ({ page }) => {
    const html = await readFile(path.join(FOLDER, file), "utf8");
    const shop = await (await page.request.get("/login.php")).text();
    const token = /token="([^"]+)"/.exec(shop)[1];
    await page.route("**/written-for", (route) => route.fulfill({ contentType: "text/html", body: html.replaceAll("TOKEN", token) }));
    await page.goto("/written-for");
    const heard = () => page.evaluate(() => /** @type {any} */ (window).heard);
    const has = async (tag, name) => (await heard()).find(([of, event]) => of === tag && event === name);
    await until(() => has("account-sign-up", "ready"), "the sign-up");
    await until(() => has("div", "ready"), "the newsletter");

    await page.getByRole("button", { name: "Accept all" }).click();
    await page.waitForFunction(() => /** @type {any} */ (window).counted);
    assert.deepEqual((await has("account-consent", "consent-changed"))[2].allow, ["analytics"]);

    const submit = widget(page).getByRole("button", { name: "Create account" });
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
    assert.equal((await heard()).filter(([, name]) => name === "error").length, 0);
  });
}
