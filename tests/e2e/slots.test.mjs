// What a theme puts into a form: nodes of its own, in slots.

import { SIGN_UP, assert, assertAccessible, picture, suite } from "./support.mjs";
import { arrived, control, fill, necessary, submit, taken, widget } from "./form.mjs";

const journey = suite();

/** The sign-up page as a theme would have it: `inside` stands in the element, `attributes` on it. */
async function open(page, inside, attributes = "") {
  await page.route(`**${SIGN_UP}`, async (route) => {
    const response = await route.fetch();
    const html = await response.text();
    const body = html.replace(/<account-sign-up([^>]*)>/, `<account-sign-up$1 ${attributes}>${inside}`);
    assert.notEqual(body, html, "the page has the element");
    return route.fulfill({ response, body });
  });
  await page.goto(SIGN_UP);
  await taken(page);
}

const TERMS = `<template data-account-slot="before-submit">
  <fieldset><legend>Terms</legend><label id="own-terms"><input type="checkbox" name="terms" required> I agree to the terms</label></fieldset>
</template>`;

journey("what a theme has for a slot stands before the button, and its listeners are alive", async ({ page }) => {
  await page.addInitScript(() => {
    window.clicks = 0;
    // The page is parsed, and no module has run.
    document.addEventListener("readystatechange", () => {
      if (document.readyState !== "interactive") return;
      const { content } = document.querySelector("template[data-account-slot]");
      content.querySelector("label").addEventListener("click", () => (window.clicks += 1));
    });
  });
  await open(page, TERMS);
  const terms = widget(page).locator("#own-terms");
  await terms.waitFor();
  const isBefore = await terms.evaluate((node) => {
    const button = node.closest("form").querySelector(".sfa-submit");
    return Boolean(node.compareDocumentPosition(button) & Node.DOCUMENT_POSITION_FOLLOWING);
  });
  assert.ok(isBefore);
  await terms.click();
  assert.ok((await page.evaluate(() => window.clicks)) > 0);
  await assertAccessible(page, "a form with a slot");
  await picture(page, "slot");
});

journey("a copy of the element, as a router keeps of a page, has what is in the slots", async ({ page }) => {
  await open(page, TERMS);
  await page.evaluate(() => {
    const element = document.querySelector("account-sign-up");
    element.replaceWith(element.cloneNode(true));
  });
  await page.locator("account-sign-up").scrollIntoViewIfNeeded();
  await taken(page);
  await widget(page).locator("#own-terms").waitFor();
  assert.equal(await page.locator("[name=terms]").count(), 1);
});

journey("a form is not sent before a control in a slot has what it requires", async ({ page }) => {
  await open(page, TERMS);
  await fill(page, necessary());
  await submit(page);
  const box = widget(page).locator("[name=terms]");
  await page.waitForFunction(() => document.activeElement.name === "terms");
  assert.equal(new URL(page.url()).pathname, "/login.php", "nothing was sent");
  await box.check();
  await submit(page);
  await arrived(page);
});

journey("an element that goes gives the theme's nodes back, and takes them again", async ({ page }) => {
  await open(page, TERMS);
  await widget(page).locator("#own-terms").waitFor();
  const found = await page.evaluate(async () => {
    const element = document.querySelector("account-sign-up");
    const parent = element.parentNode;
    element.remove();
    await new Promise((resolve) => setTimeout(resolve));
    const given = element.querySelector("template").content.querySelectorAll("#own-terms").length;
    parent.append(element);
    return given;
  });
  assert.equal(found, 1);
  await widget(page).locator("#own-terms").waitFor();
  assert.equal(await page.locator("#own-terms").count(), 1);
});

journey("a sign-up in steps asks for one thing after the other and opens the account", async ({ page }) => {
  await open(page, "", 'layout="steps"');
  const step = widget(page).locator("section:visible");
  const go = widget(page).getByRole("button", { name: "Continue" });
  const answers = necessary();
  const { email, password, birth, language, ...address } = answers;
  assert.ok((await step.locator("input, select, textarea").count()) <= 8);
  await assertAccessible(page, "the first step");
  await picture(page, "step-1");
  await fill(page, { email, password });
  await page.keyboard.press("Enter");
  await step.getByRole("heading", { name: "Your address" }).waitFor();
  await fill(page, address);
  await widget(page).getByRole("button", { name: "Back" }).click();
  assert.equal(await control(page, "email").inputValue(), email);
  await go.click();
  assert.equal(await control(page, "zip").inputValue(), address.zip);
  await picture(page, "step-2");
  await go.click();
  await step.getByRole("heading", { name: "More about you" }).waitFor();
  await fill(page, { birth, language });
  await picture(page, "step-3");
  await submit(page);
  await arrived(page);
});
