// Attributes that come late, change, or are wrong, as a framework or the page's author gives them.

import { SIGN_UP, assert, suite, until } from "./support.mjs";
import { arrived, control, fill, intercept, necessary, open, operations, plain, problems, submit, taken, widget, withAnswer } from "./form.mjs";

const journey = suite();

/** Changes the sign-up page on its way to the browser. */
const rewrite = (page, change) =>
  page.route("**/login.php?action=create_account", async (route) => {
    const response = await route.fetch();
    await route.fulfill({ response, body: change(await response.text()) });
  });

const withoutToken = (html) => html.replace(/<account-sign-up token="[^"]*"/, "<account-sign-up");

/** A token of the store's, from another page of it. */
const tokenOf = async (page) => /token="([^"]+)"/.exec(await (await page.request.get("/login.php")).text())[1];

/** Notes the errors that the page hears, in window.errors. */
const hear = (page) =>
  page.addInitScript(() => {
    window.errors = [];
    document.addEventListener("account:error", ({ detail }) => window.errors.push(detail));
  });

const told = (page) => until(async () => (await page.evaluate(() => window.errors))[0], "account:error");

const set = (page, name, value) =>
  page.evaluate(([name, value]) => document.querySelector("account-sign-up").setAttribute(name, value), [name, value]);

journey("an element whose token comes late starts then, and says nothing before", async ({ page }) => {
  await hear(page);
  await rewrite(page, withoutToken);
  const sent = operations(page);
  await page.goto(SIGN_UP);
  await page.waitForFunction(() => "returnTo" in document.querySelector("account-sign-up"));
  assert.ok(await plain(page, "email").isVisible());
  assert.deepEqual(sent, []);
  await set(page, "token", await tokenOf(page));
  await taken(page);
  assert.deepEqual(await page.evaluate(() => window.errors), []);
});

journey("a property reflects its attribute, also where it was set before the script came", async ({ page }) => {
  const token = await tokenOf(page);
  await rewrite(page, (html) =>
    withoutToken(html).replace("</account-sign-up>", `</account-sign-up><script nonce="${/nonce="([^"]+)"/.exec(html)?.[1] ?? ""}">
      Object.assign(document.querySelector("account-sign-up"), { token: "${token}", returnTo: "/?early" });</script>`),
  );
  await page.goto(SIGN_UP);
  await taken(page);
  const reflected = await page.evaluate(() => {
    const element = document.querySelector("account-sign-up");
    const early = element.getAttribute("return-to");
    element.signInUrl = "/?sign-in";
    element.returnTo = null;
    return [early, element.getAttribute("sign-in-url"), element.hasAttribute("return-to"), element.returnTo, element.token];
  });
  assert.deepEqual(reflected, ["/?early", "/?sign-in", false, null, token]);
});

journey("a new language is spoken at once, and what was typed stays, passwords excepted", async ({ page }) => {
  await open(page);
  const { password, ...answers } = necessary();
  await fill(page, { ...answers, password });
  await set(page, "lang", "de");
  await widget(page).getByRole("button", { name: "Konto erstellen" }).waitFor();
  assert.equal(await page.locator("account-sign-up .sfa[slot]").count(), 1, "one widget at a time");
  assert.equal(await control(page, "email").inputValue(), answers.email);
  assert.equal(await control(page, "state").inputValue(), answers.state);
  assert.equal(await control(page, "password").inputValue(), "");
  await fill(page, { password });
  await submit(page);
  await arrived(page);
});

journey("an attribute that is set to what it was changes nothing", async ({ page }) => {
  await open(page);
  await fill(page, { password: "Correct-horse-7" });
  const sent = operations(page);
  await set(page, "return-to", await page.locator("account-sign-up").getAttribute("return-to"));
  await page.evaluate(() => document.querySelector("account-sign-up").classList.add("theirs"));
  await page.evaluate(() => new Promise((resolve) => setTimeout(resolve)));
  assert.deepEqual(sent, []);
  assert.equal(await control(page, "password").inputValue(), "Correct-horse-7");
});

journey("several attributes that change together start the element once", async ({ page }) => {
  await open(page);
  const sent = operations(page);
  await page.evaluate(() => {
    const element = document.querySelector("account-sign-up");
    element.lang = "de";
    element.country = "DE";
    element.address = "omit";
  });
  await control(page, "line1").waitFor({ state: "detached" });
  assert.equal(sent.length, 1, sent.join());
});

journey("a change waits for the request that is under way", async ({ page }) => {
  await open(page);
  let release;
  const held = new Promise((resolve) => (release = resolve));
  let isAsked;
  await intercept(page, "RegisterCustomer", async (route) => {
    isAsked = true;
    await held;
    await route.fallback();
  });
  await fill(page, necessary());
  await submit(page);
  await until(() => isAsked, "the request");
  await set(page, "lang", "de");
  release();
  await arrived(page);
});

journey("a new token is sent from then on, and the form stays as it is", { allow: [/401/] }, async ({ page }) => {
  await open(page);
  const answers = necessary();
  await fill(page, answers);
  const token = `${await tokenOf(page)}`;
  let sent;
  await intercept(page, "RegisterCustomer", (route) => {
    sent = route.request().headers().authorization;
    return route.fallback({ headers: { ...route.request().headers(), authorization: `Bearer ${token}` } });
  });
  await set(page, "token", "a-token-of-another-page");
  await submit(page);
  await arrived(page);
  assert.equal(sent, "Bearer a-token-of-another-page");
});

journey("a token that the store refuses is told to the page's author, and the theme's form stays", { allow: [/account-/, /401/] }, async ({ page }) => {
  await hear(page);
  await rewrite(page, (html) => html.replaceAll(/ token="[^"]*"/g, ' token="of-another-store"'));
  await page.goto(SIGN_UP);
  const error = await told(page);
  assert.equal(error.code, "config");
  assert.match(error.message, /token/);
  assert.ok(await plain(page, "email").isVisible());
});

journey("a token that the store no longer takes offers the theme's form with what was typed", { allow: [/401/] }, async ({ page }) => {
  await hear(page);
  await withAnswer(page);
  await open(page);
  const answers = necessary();
  await fill(page, answers);
  await page.route(/login\.php/, (route) => route.fulfill({ contentType: "text/html", body: "no element" }));
  await intercept(page, "RegisterCustomer", (route) => route.fulfill({ status: 401, body: "" }));
  await submit(page);
  await problems(page);
  assert.equal((await told(page)).code, "expired");
  await widget(page).locator(".sfa-summary button").click();
  await plain(page, "email").waitFor();
  assert.equal(await plain(page, "email").inputValue(), answers.email);
});

journey("a tag that can have no shadow root is named", { allow: [/shadow/i] }, async ({ page }) => {
  await hear(page);
  await open(page);
  await page.evaluate(() => {
    const list = document.createElement("ul");
    list.innerHTML = "<li data-account='sign-in' token='x'>Sign in</li>";
    document.querySelector("main").append(list);
    window.StorefrontAccount.mount(list.firstChild);
  });
  const error = await told(page);
  assert.equal(error.code, "config");
  assert.ok(await page.locator("li[data-account]").isVisible());
});
