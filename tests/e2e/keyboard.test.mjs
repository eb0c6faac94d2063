// A shopper with nothing but a keyboard. Nothing here may use the pointer.

import { SIGN_UP, assert, freshEmail, suite, until } from "./support.mjs";
import { NAME, PASSWORD, arrived, control, everything, formData, problems, taken } from "./form.mjs";
import { OWN, element, named, openAccount } from "./account.mjs";

const journey = suite();

const focused = (page) =>
  page.evaluate(() => {
    const { name, type, value, id, className, localName } = document.activeElement;
    const style = getComputedStyle(document.activeElement);
    const isVisible = style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2;
    return { name, type, value, id, className, localName, isVisible };
  });

/** Goes on by Tab until the control of `field` has the focus. */
async function tabTo(page, field) {
  for (let steps = 0; steps < 40; steps += 1) {
    await page.keyboard.press("Tab");
    const now = await focused(page);
    if (now.name === NAME[field]) {
      assert.ok(now.isVisible, `the focus on ${field} can be seen`);
      return;
    }
  }
  assert.fail(`Tab does not lead to ${field}`);
}

/** Goes on by Tab until a button of these words has the focus. */
async function tabToButton(page, words) {
  for (let steps = 0; steps < 40; steps += 1) {
    await page.keyboard.press("Tab");
    const text = await page.evaluate(() => document.activeElement.textContent);
    if (text === words) return;
  }
  assert.fail(`Tab does not lead to ${words}`);
}

async function start(page) {
  await page.goto(SIGN_UP);
  await taken(page);
  await page.keyboard.press("Tab");
  assert.equal(await page.evaluate(() => document.activeElement.textContent), "Skip to content");
  await page.keyboard.press("Enter");
}

journey("every field is answered and the form is sent by the keyboard alone, in the order of the form", async ({ page }) => {
  await start(page);
  const answers = everything();
  const type = async (field, text = answers[field]) => {
    await tabTo(page, field);
    await page.keyboard.type(text);
  };
  await type("email");
  await type("password");
  await type("nickname");
  await type("kitchen");
  await type("cups");
  // The same day in every order of its parts. WebKit does not go on to the next part by itself.
  await type("birth", "1");
  await page.keyboard.press("ArrowRight");
  await page.keyboard.type("1");
  await page.keyboard.press("ArrowRight");
  await page.keyboard.type("1988");
  await tabTo(page, "likes");
  await page.keyboard.press("Space");
  await page.keyboard.press("Tab");
  await page.keyboard.press("Tab");
  await page.keyboard.press("Space");
  await tabTo(page, "language");
  await page.keyboard.press("Space");
  await page.keyboard.press("ArrowDown");
  await type("heard", "Sea");
  await type("pin");
  await type("firstName");
  await type("lastName");
  await type("company");
  await type("phone");
  await tabTo(page, "country");
  await type("line1");
  await tabToButton(page, "Add a flat, floor or building");
  await page.keyboard.press("Enter");
  await until(async () => (await focused(page)).name === NAME.line2, "the focus on the second line");
  await page.keyboard.type(answers.line2);
  await type("city");
  await type("state", "Calif");
  await type("zip");
  await type("doorbell");
  await type("notes");
  await type("floor");
  await tabTo(page, "from");
  await tabTo(page, "days");
  await tabTo(page, "nobody");
  await page.keyboard.press("ArrowDown");
  await type("building", "Fl");
  await type("gate");
  await tabTo(page, "newsletter");
  await page.keyboard.press("Space");
  const now = await formData(page);
  assert.deepEqual(now[NAME.birth], ["1988-01-01"]);
  assert.deepEqual(now[NAME.likes], ["0", "2"]);
  assert.deepEqual(now[NAME.language], ["1"]);
  assert.deepEqual(now[NAME.heard], ["2"]);
  assert.deepEqual(now[NAME.state], ["California"]);
  assert.deepEqual(now[NAME.building], ["1"]);
  assert.deepEqual(now[NAME.nobody], ["0"]);
  await tabToButton(page, "Create account");
  await page.keyboard.press("Enter");
  await arrived(page);
  assert.ok((await page.locator("main").innerText()).includes(answers.email));
});

journey("from the summary of a refused form the keyboard leads to the field and back to sending", async ({ page }) => {
  await start(page);
  await tabTo(page, "email");
  await page.keyboard.press("Enter");
  await problems(page);
  await page.waitForFunction(() => document.activeElement?.matches(".sfa-summary"));
  await page.keyboard.press("Tab");
  await page.keyboard.press("Tab");
  assert.equal(await page.evaluate(() => document.activeElement.textContent), "Choose a password");
  await page.keyboard.press("Enter");
  assert.equal((await focused(page)).name, NAME.password);
  await page.keyboard.type("Correct-horse-7");
  await until(async () => (await problems(page)).every((line) => line !== "Choose a password"), "the error to go");
});

journey("a password is shown and hidden by the keyboard and the focus stays on its button", async ({ page }) => {
  await start(page);
  await tabTo(page, "password");
  await page.keyboard.type("secret");
  await page.keyboard.press("Tab");
  await page.keyboard.press("Space");
  assert.equal(await control(page, "password").getAttribute("type"), "text");
  assert.equal(await page.evaluate(() => document.activeElement.ariaPressed), "true");
  assert.equal(await page.evaluate(() => document.activeElement.textContent), "Show password", "the name stays");
  await page.keyboard.press("Space");
  assert.equal(await control(page, "password").getAttribute("type"), "password");
  assert.equal(await control(page, "password").inputValue(), "secret");
});

journey("another country chosen by the keyboard keeps the focus where it is", async ({ page }) => {
  await start(page);
  await tabTo(page, "firstName");
  await page.keyboard.type("Zoë");
  await tabTo(page, "country");
  await page.keyboard.type("Germany");
  await until(async () => (await control(page, "state").isHidden()), "the state to go");
  assert.equal((await focused(page)).name, NAME.country);
  assert.equal(await control(page, "firstName").inputValue(), "Zoë");
});

/** Goes on by Tab until the control called `name` has the focus. */
async function tabToName(page, name) {
  for (let steps = 0; steps < 60; steps += 1) {
    await page.keyboard.press("Tab");
    const now = await focused(page);
    if (now.name === name) {
      assert.ok(now.isVisible, `the focus on ${name} can be seen`);
      return;
    }
  }
  assert.fail(`Tab does not lead to ${name}`);
}

journey("signing in, saving the profile, changing the password and signing out need no pointer", async ({ page }) => {
  const email = freshEmail();
  await openAccount(page, email);
  await page.context().clearCookies();
  await page.goto("/login.php?redirect_to=/account.php?action=account_details");
  await named(element(page, "sign-in"), OWN.email).waitFor();
  await tabToName(page, OWN.email);
  await page.keyboard.type(email);
  await tabToName(page, OWN.password);
  await page.keyboard.type(PASSWORD);
  await page.keyboard.press("Enter");
  await element(page, "center").locator("nav").waitFor();

  await tabToName(page, OWN.firstName);
  await page.keyboard.press("Control+A");
  await page.keyboard.type("Augusta");
  await page.keyboard.press("Enter");
  await element(page, "center").getByText("Your changes are saved.").waitFor();

  for (let steps = 0; steps < 60; steps += 1) {
    await page.keyboard.press("Shift+Tab");
    if ((await page.evaluate(() => document.activeElement.textContent)) === "Change password") break;
  }
  await page.keyboard.press("Enter");
  await page.waitForFunction(() => document.activeElement.matches("h2"));
  await tabToName(page, OWN.current);
  await page.keyboard.type(PASSWORD);
  await tabToName(page, OWN.fresh);
  await page.keyboard.type("Another-horse-8");
  await page.keyboard.press("Enter");
  await element(page, "center").getByText("Your password has been changed").waitFor();

  for (let steps = 0; steps < 60; steps += 1) {
    await page.keyboard.press("Shift+Tab");
    if (await page.evaluate(() => document.activeElement.matches(".sfa-sign-out"))) break;
  }
  await page.keyboard.press("Enter");
  await named(element(page, "center"), OWN.email).waitFor();
  assert.ok(await page.evaluate(() => document.activeElement.matches("h2")), "the heading has the focus");
});

journey("the question about unsaved changes is answered by the keyboard, and Escape stays", async ({ page }) => {
  await openAccount(page, freshEmail());
  await page.goto("/account.php?action=account_details");
  await element(page, "center").locator("nav").waitFor();
  await tabToName(page, OWN.firstName);
  await page.keyboard.type("x");
  await element(page, "center").locator(".sfa-sign-out").focus();
  await page.keyboard.press("Enter");
  await page.locator("dialog[open]").waitFor();
  assert.equal(await page.evaluate(() => document.activeElement.textContent), "Stay here");
  await page.keyboard.press("Escape");
  assert.equal(await page.locator("dialog[open]").count(), 0);
  assert.ok(await page.evaluate(() => document.activeElement.matches(".sfa-sign-out")), "the focus is back");
  assert.match(await named(element(page, "center"), OWN.firstName).inputValue(), /x/);
});
