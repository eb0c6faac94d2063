// Changing a password, losing one, and the ways back in.

import { assert, freshEmail, suite } from "./support.mjs";
import { PASSWORD, arrived } from "./form.mjs";
import { FORGOTTEN, OWN, errorMessages, element, enter, mailTo, named, openAccount, openDetails, openSignIn, pathOf, send, signIn } from "./account.mjs";

const journey = suite();

const FRESH = "Another-horse-8";
const center = (page) => element(page, "center");
const password = (page) => element(page, "password");

/** Asks for a link and follows it from the outbox. */
async function followReset(page, context, email) {
  await page.goto(FORGOTTEN);
  await named(password(page), "email").fill(email);
  await send(password(page)).click();
  await password(page).getByText("Check your email").waitFor();
  const { link } = await mailTo(context, email);
  await page.goto(pathOf(link));
  await named(password(page), "password").waitFor();
  return link;
}

journey("a change asks for the present password, shows the store's rules and ends the other sessions", async ({ page, browser, store }) => {
  const email = freshEmail();
  await openAccount(page, email);
  await openDetails(page, "#account/password");
  await named(center(page), OWN.current).fill("Not-the-password-1");
  await named(center(page), OWN.fresh).fill(FRESH);
  assert.equal(await center(page).locator(".sfa-checklist-item-met").count(), 4, "every rule is met");
  await send(center(page)).click();
  assert.match((await errorMessages(center(page)))[0], /current password/i);
  assert.equal(await named(center(page), OWN.current).getAttribute("aria-invalid"), "true");
  assert.equal(await named(center(page), OWN.fresh).inputValue(), FRESH, "what was typed stays");

  const cookies = await page.context().cookies();
  await named(center(page), OWN.current).fill(PASSWORD);
  await send(center(page)).click();
  await center(page).getByText("Your password has been changed").waitFor();
  assert.equal(await named(center(page), OWN.fresh).inputValue(), "");
  const copy = await browser.newContext({ baseURL: store.url });
  await copy.addCookies(cookies);
  const thief = await copy.newPage();
  await thief.goto("/account.php");
  assert.match(thief.url(), /login\.php/, "a copy of the session from before is worth nothing");
  await copy.close();
  await page.goto("/account.php");
  assert.doesNotMatch(page.url(), /login\.php/, "this one goes on");
});

journey("a lost password is replaced by an emailed link, which counts once and leaves the address bar", async ({ page, browser, store }) => {
  const email = freshEmail();
  await openAccount(page, email);
  const device = await browser.newContext({ baseURL: store.url });
  const link = await followReset(await device.newPage(), device, email);
  const [guest] = device.pages();
  assert.equal(new URL(guest.url()).search, "?action=change_password", "the token is gone from the address");
  await named(password(guest), "password").fill("short");
  await send(password(guest)).click();
  await errorMessages(password(guest));
  await named(password(guest), "password").fill(FRESH);
  await send(password(guest)).click();
  await password(guest).getByRole("heading", { name: "Your password has been changed" }).waitFor();

  await page.goto("/account.php");
  assert.match(page.url(), /login\.php/, "the session from before has ended");

  await guest.goto(pathOf(link));
  await named(password(guest), "password").fill("Third-horse-9");
  await send(password(guest)).click();
  assert.match((await errorMessages(password(guest)))[0], /used already/);
  await password(guest).getByRole("button", { name: "Send me a new link" }).click();
  await named(password(guest), "email").waitFor();

  await openSignIn(guest);
  await enter(element(guest, "sign-in"), email, FRESH);
  await arrived(guest);
  await device.close();
});

journey("a link that was never sent has another error than one that was used", async ({ page }) => {
  await page.goto("/login.php?action=change_password&c=1&t=not-a-token");
  await named(password(page), "password").fill(FRESH);
  await send(password(page)).click();
  assert.match((await errorMessages(password(page)))[0], /not valid/);
});

journey("asking for a link is answered alike for a known and an unknown address", async ({ page }) => {
  const told = [];
  for (const email of ["amina@example.com", "nobody@example.com"]) {
    await page.goto(FORGOTTEN);
    await named(password(page), "email").fill(email);
    await send(password(page)).click();
    await password(page).getByText("Check your email").waitFor();
    told.push((await password(page).innerText()).replaceAll(email, "…"));
  }
  assert.equal(told[0], told[1]);
});

journey("a shopper who must choose a new password is taken straight to it and can then sign in", async ({ page, context }) => {
  await openSignIn(page);
  await enter(element(page, "sign-in"), "reset@example.com");
  await element(page, "sign-in").getByRole("heading", { name: "A new password is needed" }).waitFor();
  assert.equal(await named(element(page, "sign-in"), "email").inputValue(), "reset@example.com");
  await send(element(page, "sign-in")).click();
  await element(page, "sign-in").getByText("Check your email").waitFor();
  const { link } = await mailTo(context, "reset@example.com");
  await page.goto(pathOf(link));
  await named(password(page), "password").fill(FRESH);
  await send(password(page)).click();
  await password(page).getByRole("link", { name: "Sign in" }).click();
  await named(element(page, "sign-in"), OWN.email).waitFor();
  await enter(element(page, "sign-in"), "reset@example.com", FRESH);
  await arrived(page);
});

journey("a link that signs in is emailed, works once and is not used up by just opening it", { allow: [/422/] }, async ({ page, context }) => {
  const email = freshEmail();
  await openAccount(page, email);
  await page.context().clearCookies();
  await openSignIn(page);
  await named(element(page, "sign-in"), OWN.email).fill(email);
  await element(page, "sign-in").getByRole("button", { name: "Email me a link to sign in" }).click();
  await send(element(page, "sign-in")).click();
  await element(page, "sign-in").getByText("Check your email").waitFor();
  const { link } = await mailTo(context, email);
  await page.request.get(pathOf(link));
  await page.goto(pathOf(link));
  await page.locator("main").getByRole("button", { name: "Sign in" }).click();
  await arrived(page);
  await page.context().clearCookies();
  await page.goto(pathOf(link));
  await page.locator("main").getByRole("button", { name: "Sign in" }).click();
  assert.equal(new URL(page.url()).pathname, "/login.php", "it counted once");
});

journey("without JavaScript a password is lost and found by the theme's forms", { javaScriptEnabled: false, allow: [/422/] }, async ({ page, context }) => {
  const email = freshEmail();
  await openAccount(page, email);
  await context.clearCookies();
  await page.goto("/login.php");
  await page.getByRole("link", { name: "Forgot your password?" }).click();
  await page.locator("main form [name=email]").fill(email);
  await page.locator("main form [type=submit]").click();
  await page.getByText("If there is an account for that address").waitFor();
  const { link } = await mailTo(context, email);
  await page.goto(pathOf(link));
  await page.locator("main [name=password]").fill(FRESH);
  await page.locator("main [name=password_confirm]").fill(FRESH);
  await page.locator("main form [type=submit]").click();
  await page.getByText("Your password is changed").waitFor();
  await signIn(page, email, FRESH);
});
