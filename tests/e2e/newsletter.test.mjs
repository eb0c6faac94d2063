// The newsletter: the sign-up's box, as the store has it, and <account-newsletter> for guests and customers.

import { assert, assertAccessible, freshEmail, picture, suite } from "./support.mjs";
import { control, intercept, open } from "./form.mjs";
import { DETAILS, element, openAccount } from "./account.mjs";
import { ASKING } from "./cookies.mjs";
import { OFFICE } from "./office.mjs";

const { api } = ASKING.settings;
const journey = suite({ settings: { api, newsletter: { checked_by_default: true } } });

const newsletter = (page) => element(page, "newsletter");
const email = (page) => newsletter(page).locator("[name=nl_email]");
const button = (root, name) => root.getByRole("button", { name, exact: true });

/** What the store keeps of a subscriber, by the V3 API. */
async function consents(page, address) {
  const found = await page.request.get(`/stores/local/v3/customers/subscribers?email=${encodeURIComponent(address)}`, { headers: OFFICE });
  return (await found.json()).data[0]?.consents;
}

/** Opens the shop window and goes to its end: the element is fetched when it is near. */
async function openFooter(page) {
  await page.goto("/");
  await page.locator("account-newsletter").scrollIntoViewIfNeeded();
  await newsletter(page).locator("form").waitFor();
}

journey("the newsletter is ticked where the store has it ticked, and can be taken back", async ({ page }) => {
  await open(page);
  const box = control(page, "newsletter");
  assert.equal(await box.isChecked(), true);
  await box.uncheck();
  assert.equal(await box.isChecked(), false);
});

journey("a guest has the newsletter, and no longer, with one click each", async ({ page }) => {
  const address = freshEmail();
  await openFooter(page);
  await email(page).fill(address);
  await button(newsletter(page), "Subscribe to the newsletter").click();
  await newsletter(page).getByText(`now get the newsletter at ${address}`).waitFor();
  assert.deepEqual(await consents(page, address), ["marketing_newsletter"]);
  await assertAccessible(page, "subscribed");
  await picture(page, "newsletter");
  await button(newsletter(page), "Unsubscribe").click();
  await newsletter(page).getByText(`no longer get the newsletter at ${address}`).waitFor();
  assert.deepEqual(await consents(page, address), []);
});

journey("a known address and an unknown one are told the same", async ({ page }) => {
  const told = async (address, name) => {
    await openFooter(page);
    await email(page).fill(address);
    await button(newsletter(page), name).click();
    const words = newsletter(page).locator("p.sfa-title");
    await words.waitFor();
    return (await words.innerText()).replace(address, "…");
  };
  const address = freshEmail();
  const first = await told(address, "Subscribe to the newsletter");
  assert.equal(await told(address, "Subscribe to the newsletter"), first);
  assert.equal(await told(freshEmail(), "Unsubscribe"), await told(address, "Unsubscribe"));
});

journey("reminders of a cart are asked for on their own", async ({ page }) => {
  const address = freshEmail();
  await openFooter(page);
  await email(page).fill(address);
  await button(newsletter(page), "Remind me of my cart").click();
  await newsletter(page).getByText("You may now get cart reminders").waitFor();
  assert.deepEqual(await consents(page, address), ["abandoned_cart"]);
  await button(newsletter(page), "Subscribe to the newsletter").click();
  await newsletter(page).getByText("You will now get the newsletter").waitFor();
  await button(newsletter(page), "No reminders").click();
  await newsletter(page).getByText("You will no longer get cart reminders").waitFor();
  assert.deepEqual(await consents(page, address), ["marketing_newsletter"]);
});

journey("what was typed into the theme's form is taken over", async ({ page, context }) => {
  let release;
  const held = new Promise((resolve) => (release = resolve));
  await context.route("**/embed/sign-in-*.wasm", async (route) => {
    await held;
    await route.continue();
  });
  await page.goto("/");
  await page.locator("#nl_email").scrollIntoViewIfNeeded();
  await page.locator("#nl_email").fill("typed@example.com");
  release();
  await email(page).waitFor();
  assert.equal(await email(page).inputValue(), "typed@example.com");
});

journey("nothing is lost when the store cannot be reached", { allow: [/ERR_FAILED/] }, async ({ page }) => {
  await openFooter(page);
  let isFirst = true;
  await intercept(page, "Subscribe", (route) => {
    if (!isFirst) return route.continue();
    isFirst = false;
    return route.abort();
  });
  await email(page).fill(freshEmail());
  await button(newsletter(page), "Subscribe to the newsletter").click();
  await button(newsletter(page), "Try again").click();
  await newsletter(page).getByText("You will now get the newsletter").waitFor();
});

journey("a customer sees the state in the account and turns it without typing", async ({ page }) => {
  const address = freshEmail();
  await openAccount(page, address);
  await page.goto(`${DETAILS}#account/newsletter`);
  const center = element(page, "center");
  const toggle = center.getByRole("switch", { name: /^Newsletter/ });
  await toggle.waitFor();
  assert.equal(await toggle.isChecked(), false);
  await assertAccessible(page, "the newsletter in the account");
  await toggle.click();
  await center.getByText(`You will now get the newsletter at ${address}`).waitFor();
  assert.ok(await toggle.evaluate((node) => node === document.activeElement), "the focus stays");
  assert.deepEqual(await consents(page, address), ["marketing_newsletter"]);
  await page.reload();
  await toggle.waitFor();
  assert.equal(await toggle.isChecked(), true);
  await toggle.click();
  await center.getByText(`You will no longer get the newsletter at ${address}`).waitFor();
  assert.deepEqual(await consents(page, address), []);
});

journey("a customer is not asked for the address anywhere", async ({ page }) => {
  await openAccount(page, freshEmail());
  await openFooter(page);
  await newsletter(page).getByRole("switch").waitFor();
  assert.equal(await newsletter(page).getByRole("textbox").count(), 0);
});
