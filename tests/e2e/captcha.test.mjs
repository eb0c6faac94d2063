// A store that asks for a captcha.

import { SIGN_UP, assert, clickAgain, suite, until } from "./support.mjs";
import { arrived, assertFormData, control, fill, necessary, open, operations, plain, problems, submit, summary, widget } from "./form.mjs";
import { BERLIN, add, announced, answer, book, kept, openBook, press, row, save as saveAddress } from "./book.mjs";
import { FORGOTTEN, errorMessages, detail, element, mailTo, edit, editDetails, named, save, send, signIn } from "./account.mjs";

const journey = suite({ settings: { recaptcha: { enabled: true } } });

const box = (page, root = widget(page)) => root.getByLabel("I’m not a robot");

async function solve(page, root) {
  const token = page.waitForResponse("**/_captcha/token");
  await box(page, root).check();
  await (await token).finished();
}

journey("a captcha that is not solved is a problem that leads to it", async ({ page }) => {
  await open(page);
  await box(page).waitFor();
  const sent = operations(page);
  await fill(page, necessary());
  await submit(page);
  assert.deepEqual(await problems(page), ["Complete the security check"]);
  await summary(page).getByRole("link").click();
  assert.ok(await page.evaluate(() => document.activeElement.matches(".sfa-captcha")));
  assert.deepEqual(sent, []);
  await solve(page);
  await summary(page).waitFor({ state: "hidden" });
});

journey("a captcha that is solved goes with the form", async ({ page }) => {
  await open(page);
  await fill(page, necessary());
  await solve(page);
  await submit(page);
  await arrived(page);
});

journey("a captcha counts once: after a refusal it is to be solved again", async ({ page }) => {
  await open(page);
  const answers = necessary();
  await fill(page, { ...answers, email: "maria@example.com" });
  await solve(page);
  await submit(page);
  await problems(page);
  assert.equal(await box(page).isChecked(), false);
  await fill(page, { email: answers.email });
  await submit(page);
  assert.ok((await problems(page)).includes("Complete the security check"));
  await solve(page);
  await submit(page);
  await arrived(page);
});

journey("a captcha that is blocked is named, can be tried again, and leaves the store's simple form", { allow: [/ERR_FAILED/] }, async ({ page }) => {
  await page.route("**/_captcha/api.js*", (route) => route.abort(), { times: 2 });
  await open(page);
  const failed = widget(page).locator(".sfa-captcha [role=alert]");
  await failed.waitFor();
  const { host } = new URL(page.url());
  assert.equal(
    await failed.textContent(),
    `The security check could not be loaded, perhaps because your browser or network blocks ${host}.`,
  );
  const again = page.waitForRequest("**/_captcha/api.js*");
  await widget(page).getByRole("button", { name: "Try again" }).click();
  await again;
  await failed.waitFor();
  await clickAgain(widget(page).getByRole("button", { name: "Try again" }));
  await box(page).waitFor();
  await failed.waitFor({ state: "detached" });
  await fill(page, necessary());
  await solve(page);
  await submit(page);
  await arrived(page);
});

journey("with the captcha blocked the store's simple form comes back with what was typed", { allow: [/ERR_FAILED/] }, async ({ page }) => {
  await page.route("**/_captcha/api.js*", (route) => route.abort());
  await open(page);
  const { password, ...answers } = necessary();
  await fill(page, { password, ...answers });
  await widget(page).getByRole("button", { name: "Use the store’s simple form" }).click();
  await plain(page, "email").waitFor();
  await assertFormData(page, answers, "form[action*=save_new_account]");
  assert.equal(await plain(page, "password").inputValue(), "");
});

journey("two elements share one captcha script and have a check each", async ({ page }) => {
  const scripts = [];
  page.on("request", (request) => {
    if (request.url().includes("/_captcha/api.js")) scripts.push(request.url());
  });
  await page.goto(SIGN_UP);
  await page.evaluate(() => {
    const first = document.querySelector("account-sign-up");
    first.before(first.cloneNode(false));
  });
  await page.waitForFunction(() => document.querySelectorAll(".captcha").length === 2);
  assert.equal(scripts.length, 1);
  assert.equal(await control(page, "email").count(), 2);
});

/** Ticks the box in an element of an account. */
async function tick(page, root) {
  const token = page.waitForResponse("**/_captcha/token");
  await root.locator("form:visible").getByLabel("I’m not a robot").check();
  await (await token).finished();
}

journey("each save of a profile takes a captcha of its own", async ({ page }) => {
  await signIn(page, "jun@example.com");
  await editDetails(page);
  const center = element(page, "center");
  await detail(page, "firstName").fill("June");
  await send(center).click();
  assert.deepEqual(await errorMessages(center), ["Complete the security check"]);
  await tick(page, center);
  await save(page);
  await edit(page);
  await detail(page, "firstName").fill("Jun");
  await send(center).click();
  assert.deepEqual(await errorMessages(center), ["Complete the security check"], "the first one is spent");
  await tick(page, center);
  await save(page);
});

journey("a captcha goes with the request for a link", async ({ page, context }) => {
  await page.goto(FORGOTTEN);
  const password = element(page, "password");
  await named(password, "email").fill("amina@example.com");
  await tick(page, password);
  await send(password).click();
  await password.getByText("Check your email").waitFor();
  await mailTo(context, "amina@example.com");
});

journey("an address takes a captcha to be added and another to be deleted, which is asked about before", async ({ page }) => {
  await signIn(page, "jun@example.com");
  await openBook(page);
  const before = (await kept(page)).length;
  await add(page).click();
  await answer(page, BERLIN);
  await saveAddress(page);
  assert.deepEqual(await errorMessages(book(page)), ["Complete the security check"]);
  await solve(page, book(page).locator("form"));
  await saveAddress(page);
  await announced(page, "Address added.");
  assert.equal(await book(page).getByRole("checkbox").count(), 0, "one captcha deletes one address");
  await press(row(page, "Jürgen"), "Delete");
  const dialog = page.getByRole("dialog");
  await dialog.getByRole("button", { name: "Delete" }).click();
  await dialog.getByText("Complete the security check").waitFor();
  await solve(page, dialog);
  await dialog.getByRole("button", { name: "Delete" }).click();
  await until(async () => (await kept(page)).length === before, "the deletion");
});
