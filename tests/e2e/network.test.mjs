// What goes wrong between the page and the store, and that nothing is lost by it.

import { assert, clickAgain, freshEmail, startStore, suite } from "./support.mjs";
import {
  arrived,
  assertFormData,
  control,
  everything,
  fill,
  intercept,
  necessary,
  open,
  operations,
  plain,
  problems,
  submit,
  summary,
  widget,
  withAnswer,
} from "./form.mjs";

const journey = suite();

const KEPT = "Nothing is lost: what you entered is still here.";
const retry = (page) => clickAgain(summary(page).getByRole("button", { name: "Try again" }));

/** Fills the form in, sends it, and expects one problem in these words with everything kept. */
async function refused(page, words, /** @type {object} */ answers = necessary()) {
  await open(page);
  await fill(page, answers);
  await submit(page);
  const [line, ...others] = await problems(page);
  assert.deepEqual(others, []);
  assert.ok(line.startsWith(words), line);
  await page.waitForFunction(() => document.activeElement?.matches(".sfa-summary"));
  await assertFormData(page, answers);
  return line;
}

journey("offline the form says so and keeps everything, and goes through once the network is back", { allow: [/ERR_INTERNET_DISCONNECTED/] }, async ({ page, context }) => {
  await open(page);
  const answers = everything();
  await fill(page, answers);
  await context.setOffline(true);
  await submit(page);
  const [line] = await problems(page);
  assert.ok(line.includes("You seem to be offline"), line);
  assert.ok(line.includes(KEPT), line);
  await assertFormData(page, answers);
  await retry(page);
  await page.waitForFunction(() => document.activeElement?.matches(".sfa-summary"));
  await context.setOffline(false);
  await retry(page);
  await arrived(page);
  assert.ok((await page.locator("main").innerText()).includes(answers.email));
});

journey("when the answer to a sign-up is lost, trying again finds the account and signs in", { allow: [/ERR_FAILED/] }, async ({ page }) => {
  let isLost = false;
  await intercept(page, "RegisterCustomer", async (route) => {
    if (isLost) return route.fallback();
    isLost = true;
    const { data } = await (await route.fetch()).json();
    assert.ok(data.customer.registerCustomer.customer.entityId, "the store took it");
    await route.abort();
  });
  const answers = necessary();
  const line = await refused(page, "You seem to be offline", answers);
  assert.ok(line.includes(KEPT));
  await retry(page);
  await arrived(page);
  assert.ok((await page.locator("main").innerText()).includes(answers.email));
});

journey("a lost answer does not open somebody else's account, nor one with another password", { allow: [/ERR_FAILED/] }, async ({ page }) => {
  let isLost = false;
  await intercept(page, "RegisterCustomer", (route) => {
    if (isLost) return route.fallback();
    isLost = true;
    return route.abort();
  });
  await refused(page, "You seem to be offline", { ...necessary(), email: "maria@example.com", password: "Wrong-horse-8" });
  await retry(page);
  await summary(page).getByText("There is already an account with this email address").waitFor();
});

journey("the shopper gets the newsletter although the answer to the sign-up was lost", { allow: [/ERR_FAILED/] }, async ({ page }) => {
  let isLost = false;
  await intercept(page, "RegisterCustomer", async (route) => {
    if (isLost) return route.fallback();
    isLost = true;
    await route.fetch();
    await route.abort();
  });
  await open(page);
  await fill(page, necessary());
  await control(page, "newsletter").check();
  const sent = operations(page);
  await submit(page);
  await problems(page);
  await retry(page);
  await arrived(page);
  assert.ok(sent.includes("Subscribe"), sent.join());
});

journey("429 says how many seconds to wait", { allow: [/429/] }, async ({ page }) => {
  await intercept(page, "RegisterCustomer", (route) => route.fulfill({ status: 429, headers: { "retry-after": "7" }, body: "" }));
  await refused(page, "Too many attempts. Wait 7 seconds, then try again.");
});

journey("429 without a time says a guess", { allow: [/429/] }, async ({ page }) => {
  await intercept(page, "RegisterCustomer", (route) => route.fulfill({ status: 429, body: "" }));
  const line = await refused(page, "Too many attempts. Wait ");
  assert.match(line, /Wait [1-9]\d* seconds/);
});

journey("an HTML page with status 500 is told apart and can be tried again", { allow: [/500/] }, async ({ page }) => {
  let isOver = false;
  await intercept(page, "RegisterCustomer", (route) =>
    isOver ? route.fallback() : route.fulfill({ status: 500, contentType: "text/html", body: "<h1>Internal error</h1>" }),
  );
  const line = await refused(page, "The store answered with an error (status 500). Try again.");
  assert.ok(!line.includes("Internal error"));
  isOver = true;
  await retry(page);
  await arrived(page);
});

for (const [what, body] of [
  ["no JSON", "<html>"],
  ["an empty answer", ""],
  ["JSON of another kind", '"yes"'],
  ["cut off", '{"data":{"customer":{"regis'],
]) {
  journey(`an answer that cannot be read (${what}) is not taken for an account`, async ({ page }) => {
    await intercept(page, "RegisterCustomer", (route) => route.fulfill({ status: 200, contentType: "application/json", body }));
    await refused(page, "The store’s answer could not be read. Try again.");
  });
}

journey("an answer that tells neither a customer nor an error is not taken for an account", async ({ page }) => {
  for (const body of ['{"data":{"customer":{"registerCustomer":null}}}', '{"data":null}', "{}"]) {
    await page.unrouteAll();
    await intercept(page, "RegisterCustomer", (route) => route.fulfill({ status: 200, contentType: "application/json", body }));
    await refused(page, "The store’s answer could not be read. Try again.");
  }
});

journey("an error of the whole request is shown in the store's own words, as text", async ({ page }) => {
  const message = "The kettle is <b>cold</b> today.";
  await intercept(page, "RegisterCustomer", (route) => route.fulfill({ status: 200, contentType: "application/json", body: JSON.stringify({ errors: [{ message }] }) }));
  await refused(page, message);
  assert.equal(await summary(page).locator("b").count(), 0);
});

journey("what the store refuses by path stands on its field, the rest in the summary", async ({ page }) => {
  const errors = [
    { __typename: "ValidationError", message: "This town is closed.", path: ["input", "address", "city"] },
    { __typename: "ValidationError", message: "No such card.", path: ["input", "formFields", "passwords", "33"] },
    { __typename: "CustomerRegistrationError", message: "Come back tomorrow." },
  ];
  await intercept(page, "RegisterCustomer", (route) =>
    route.fulfill({ json: { data: { customer: { registerCustomer: { customer: null, errors } } } } }),
  );
  await open(page);
  await fill(page, everything());
  await submit(page);
  const lines = await problems(page);
  for (const { message } of errors) assert.ok(lines.some((line) => line.startsWith(message)), message);
  await widget(page).locator(".sfa-error", { hasText: "This town is closed." }).waitFor();
  await summary(page).getByRole("link", { name: "This town is closed." }).click();
  assert.equal(await control(page, "city").evaluate((node) => node === document.activeElement), true);
  await control(page, "city").fill("Oakland");
  await widget(page).locator(".sfa-error", { hasText: "This town is closed." }).waitFor({ state: "hidden" });
});

for (const [status, words] of /** @type {[number, string][]} */ ([[401, "This page has been open for too long."], [403, "The store does not accept this form from this page."]])) {
  journey(`${status} offers the store's simple form, which has the values, passwords excepted`, { allow: [new RegExp(String(status)), /allowed_cors_origins/] }, async ({ page }) => {
    await intercept(page, "RegisterCustomer", (route) => route.fulfill({ status, body: "" }));
    const { pin, gate, password, ...answers } = everything();
    await refused(page, words, { pin, gate, password, ...answers });
    await summary(page).getByRole("button", { name: "Use the store’s simple form" }).click();
    await plain(page, "email").waitFor();
    await assertFormData(page, answers, "form[action*=save_new_account]");
    for (const field of ["pin", "gate", "password"]) assert.equal(await plain(page, field).inputValue(), "");
    await fill(page, { password }, plain);
    await page.locator("form[action*=save_new_account] > [type=submit]").click();
    await arrived(page);
  });
}

/** Has the sign-up page carry a token that the store did not make. */
async function forge(page, { hasAnswer }) {
  await page.route("**/login.php?action=create_account", async (route) => {
    const response = await route.fetch();
    const body = (await response.text()).replace(/token="[^"]+"/, 'token="forged.token.here"');
    await route.fulfill({ response, body: hasAnswer ? body : body.replace(/<script type="application.json" data-account-answer[^]*?<.script>/, "") });
  });
  await page.addInitScript(() => document.addEventListener("account:error", (event) => (window.failed = event.detail)));
  await page.goto("/login.php?action=create_account");
  assert.equal(await page.waitForFunction(() => window.failed?.code).then((code) => code.jsonValue()), "config");
}

const FORGED = { allow: [/401/, /account-sign-up/] };

for (const [page, hasAnswer] of [["a page", false], ["a page with the first answer", true]]) {
  journey(`a forged token in ${page} is refused by the store, and the simple form takes over`, FORGED, async ({ page }) => {
    await forge(page, { hasAnswer });
    await plain(page, "email").waitFor();
    await fill(page, necessary(), plain);
    await page.locator("form[action*=save_new_account] > [type=submit]").click();
    await arrived(page);
  });
}

journey("a token that has run out is taken anew from the page, and the shopper hears nothing of it", { allow: [/401/] }, async ({ page }) => {
  // The page as it stood open overnight; asked for again, it has a token that counts.
  let times = 0;
  await page.route("**/login.php?action=create_account", async (route) => {
    const response = await route.fetch();
    const body = await response.text();
    times += 1;
    await route.fulfill({ response, body: times > 1 ? body : body.replace(/token="[^"]+"/, 'token="run.out.token"') });
  });
  await open(page);
  await fill(page, necessary());
  await submit(page);
  await arrived(page);
  assert.equal(times, 2, "the page was asked for once more");
});

journey("an account whose sign-in fails says so and leads to signing in", { allow: [/500/] }, async ({ page }) => {
  await intercept(page, "Login", (route) => route.fulfill({ status: 500, body: "" }));
  await open(page);
  await fill(page, necessary());
  await submit(page);
  await widget(page).getByRole("heading", { name: "Your account is ready" }).waitFor();
  await widget(page).getByRole("link", { name: "Sign in" }).click();
  await page.waitForURL("**/login.php");
});

journey("a subscription that fails does not hold up the account", { allow: [/ERR_FAILED/] }, async ({ page }) => {
  await intercept(page, "Subscribe", (route) => route.abort());
  await open(page);
  await fill(page, necessary());
  await control(page, "newsletter").check();
  await submit(page);
  await arrived(page);
});

journey("an element without a fallback says why it is empty and loads when asked again", { allow: [/500/] }, async ({ page }) => {
  let isOver = false;
  await intercept(page, "SignUpForm", (route) => (isOver ? route.fallback() : route.fulfill({ status: 500, body: "" })));
  await withAnswer(page);
  await page.goto("/login.php?action=create_account");
  await page.evaluate(() => {
    const old = document.querySelector("account-sign-up");
    const bare = old.cloneNode(false);
    old.replaceWith(bare);
  });
  await widget(page).getByText("The form could not be loaded").waitFor();
  assert.match(await widget(page).innerText(), /status 500/);
  isOver = true;
  await widget(page).getByRole("button", { name: "Try again" }).click();
  await widget(page).locator("form").waitFor();
});

journey("a store killed in mid-request and started again takes the sign-up at the next try", { allow: [/ERR_/] }, async ({ page, browser }) => {
  const store = await startStore();
  const context = await browser.newContext({ baseURL: store.url });
  context.setDefaultTimeout(15_000);
  try {
    const victim = await context.newPage();
    await open(victim);
    const answers = { ...necessary(), email: freshEmail() };
    await fill(victim, answers);
    await intercept(victim, "RegisterCustomer", async (route) => {
      const cut = route.fetch().catch(() => {});
      await store.kill();
      await cut;
      await route.abort();
    });
    await submit(victim);
    const [line] = await problems(victim);
    assert.ok(line.includes(KEPT), line);
    await assertFormData(victim, answers);
    await victim.unrouteAll();
    await retry(victim);
    await victim.waitForFunction(() => document.activeElement?.matches(".sfa-summary"));
    await store.start();
    await retry(victim);
    await arrived(victim);
    assert.ok((await victim.locator("main").innerText()).includes(answers.email));
  } finally {
    await context.close();
    await store.stop();
  }
  assert.ok(page);
});
