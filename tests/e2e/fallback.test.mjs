// The theme's own form: it works alone, hands over what was typed, and comes back when needed.

import { SIGN_UP, assert, suite } from "./support.mjs";
import {
  NAME,
  arrived,
  assertFormData,
  control,
  everything,
  fill,
  formData,
  necessary,
  open,
  plain,
  savedAddress,
  taken,
  widget,
  withAnswer,
} from "./form.mjs";

const journey = suite();

const PLAIN = "form[action*=save_new_account]";
const send = (page) => page.locator(`${PLAIN} > [type=submit]`).click();

/** A response that waits until it is let go. */
async function hold(page, pattern) {
  let release;
  const held = new Promise((resolve) => (release = resolve));
  await page.route(pattern, async (route) => {
    await held;
    await route.fallback();
  });
  return release;
}

/** Notes every event of the widget in window.heard. */
const hear = (page) =>
  page.addInitScript(() => {
    window.heard = [];
    for (const name of ["ready", "signed-up", "signed-in", "error"]) {
      document.addEventListener(`account:${name}`, (event) => window.heard.push([name, event.detail]));
    }
  });

const heard = (page, name) =>
  page.waitForFunction((wanted) => window.heard.find(([known]) => known === wanted)?.[1], name);

const WASM = "**/embed/*.wasm";
/** The element, and that of the page that its form leads to. */
const NO_WASM = [/integrity attribute/, /<account-(sign-up|center)>: /, /ERR_FAILED/];

journey("without JavaScript the theme's form signs up with every kind of answer", { javaScriptEnabled: false }, async ({ page }) => {
  await page.goto(SIGN_UP);
  const answers = everything();
  await fill(page, answers, plain);
  await send(page);
  await arrived(page);
  const shown = await page.locator("main").innerText();
  for (const words of [answers.email, "4.5", "1988-04-17", "日本語", "Weekday evenings", "2030-03-31"]) {
    assert.ok(shown.includes(words), words);
  }
});

journey("without JavaScript a refused form keeps the values, says what is wrong and drops the passwords", { javaScriptEnabled: false, allow: [/422/] }, async ({ page }) => {
  await page.goto(SIGN_UP);
  const { pin, gate, password, ...answers } = { ...everything(), email: "maria@example.com", cups: "41" };
  await fill(page, { pin, gate, password, ...answers }, plain);
  const posted = page.waitForResponse((response) => response.request().method() === "POST");
  await send(page);
  assert.equal((await posted).status(), 422);
  await page.getByRole("heading", { name: "There is a problem" }).waitFor();
  await assertFormData(page, answers, PLAIN);
  for (const field of ["pin", "gate", "password"]) assert.equal(await plain(page, field).inputValue(), "");
  const line = page.locator(".problem a").first();
  assert.ok((await plain(page, "cups").getAttribute("aria-invalid")) === "true");
  assert.match(await page.title(), /^Error:/);
  assert.ok(await line.getAttribute("href"));
});

journey("what is typed before the script comes stands in the widget, with the focus and the caret", async ({ page }) => {
  const release = await hold(page, WASM);
  await page.goto(SIGN_UP);
  const answers = everything();
  await fill(page, answers, plain);
  await plain(page, "line1").evaluate((input) => {
    input.focus();
    input.setSelectionRange(2, 9);
  });
  release();
  await taken(page);
  await assertFormData(page, answers);
  await page.waitForFunction((name) => document.activeElement?.name === name, NAME.line1);
  assert.deepEqual(
    await control(page, "line1").evaluate((input) => [input === document.activeElement, input.selectionStart, input.selectionEnd]),
    [true, 2, 9],
  );
  assert.ok(await page.locator(PLAIN).isHidden());
  assert.equal(await plain(page, "password").inputValue(), "", "a password is in one form alone");
  await widget(page).locator(".sfa-submit [type=submit]").click();
  await arrived(page);
  assert.match(await savedAddress(page), /California/);
});

for (const [field, value] of [["email", undefined], ["language", "2"], ["kitchen", undefined], ["country", undefined]]) {
  journey(`the focus on ${field} is kept when the widget takes over`, async ({ page }) => {
    const release = await hold(page, WASM);
    await page.goto(SIGN_UP);
    await plain(page, field, value).focus();
    release();
    await taken(page);
    await page.waitForFunction(
      ([name, wanted]) => document.activeElement?.name === name && (wanted === null || document.activeElement.value === wanted),
      [NAME[field], value ?? null],
    );
  });
}

journey("the theme's nodes stay where they are, so that a framework that owns them can take them out", async ({ page }) => {
  await page.goto(SIGN_UP);
  await taken(page);
  const left = await page.evaluate(() => {
    const element = document.querySelector("account-sign-up");
    const form = element.querySelector("form[action*=save_new_account]");
    const late = document.createElement("p");
    late.textContent = "put here by a framework";
    element.insertBefore(late, form);
    const isShown = late.checkVisibility();
    element.removeChild(form);
    element.removeChild(late);
    return { isShown, children: element.children.length };
  });
  assert.deepEqual(left, { isShown: false, children: 1 });
  await fill(page, necessary());
  await widget(page).locator(".sfa-submit [type=submit]").click();
  await arrived(page);
});

for (const [what, copy] of [
  ["as a router keeps it", (element) => element.replaceWith(element.cloneNode(true))],
  ["as markup", ({ parentNode }) => {
    const html = parentNode.innerHTML;
    parentNode.innerHTML = html;
  }],
]) {
  journey(`a copy of the page, ${what}, has a widget of its own`, async ({ page }) => {
    await open(page);
    await page.evaluate(`(${copy})(document.querySelector("account-sign-up"))`);
    await page.locator("account-sign-up").scrollIntoViewIfNeeded();
    await taken(page);
    assert.equal(await page.locator("account-sign-up .sfa[slot]").count(), 1);
    await fill(page, necessary());
    await widget(page).locator(".sfa-submit [type=submit]").click();
    await arrived(page);
  });
}

journey("a shopper who has not touched the form keeps the focus elsewhere", async ({ page }) => {
  const release = await hold(page, WASM);
  await page.goto(SIGN_UP);
  await page.locator("#nl_email").focus();
  release();
  await taken(page);
  assert.equal(await page.evaluate(() => document.activeElement.id), "nl_email");
});

journey("the country chosen in the theme's form decides the states of the widget", async ({ page }) => {
  // Held with the script: the choice is made before the first query.
  const release = await hold(page, "**/embed/account.js");
  await page.goto(SIGN_UP, { waitUntil: "commit" });
  await plain(page, "country").selectOption("CA");
  await plain(page, "state").fill("Ontario");
  release();
  await taken(page);
  await control(page, "state").and(page.locator("select")).waitFor();
  await assertFormData(page, { country: "CA", state: "Ontario" });
});

journey("a country chosen after the first query left still gets its states", async ({ page }) => {
  const release = await hold(page, WASM);
  await page.goto(SIGN_UP);
  await plain(page, "country").selectOption("AU");
  await plain(page, "state").fill("Victoria");
  release();
  await taken(page);
  await control(page, "state").and(page.locator("select")).waitFor();
  await assertFormData(page, { country: "AU", state: "Victoria" });
});

journey("a form that is being sent when the script comes is left alone", { skip: { webkit: "it gives up what is on its way as soon as a form is sent" } }, async ({ page }) => {
  const release = await hold(page, WASM);
  let released = false;
  await page.route("**/login.php?action=save_new_account", async (route) => {
    const wasm = page.waitForResponse(WASM);
    release();
    await wasm;
    released = true;
    await route.fallback();
  });
  await page.goto(SIGN_UP);
  await fill(page, necessary(), plain);
  await send(page);
  await arrived(page);
  assert.ok(released);
});

journey("without the wasm the theme's form stays, says so to the page, and signs up", { allow: NO_WASM }, async ({ page }) => {
  await hear(page);
  await page.route(WASM, (route) => route.abort());
  await page.goto(SIGN_UP);
  assert.equal((await (await heard(page, "error")).jsonValue()).code, "not_loaded");
  assert.ok(await plain(page, "email").isVisible());
  await fill(page, necessary(), plain);
  await send(page);
  await arrived(page);
});

journey("without the glue script the theme's form stays", { allow: NO_WASM }, async ({ page }) => {
  await hear(page);
  await page.route(/embed\/sign-up-\w+\.js/, (route) => route.abort());
  await page.goto(SIGN_UP);
  await heard(page, "error");
  assert.ok(await plain(page, "email").isVisible());
});

journey("wasm that fails before the glue is there is reported once, and not as an unhandled rejection", { allow: NO_WASM }, async ({ page }) => {
  await hear(page);
  await page.route(WASM, (route) => route.abort());
  await page.route(/embed\/sign-up-\w+\.js/, async (route) => {
    await new Promise((resolve) => setTimeout(resolve, 500));
    await route.continue();
  });
  await page.goto(SIGN_UP);
  await heard(page, "error");
  assert.ok(await plain(page, "email").isVisible());
});

journey("wasm that was tampered with is not run", { allow: [...NO_WASM, /integrity|digest/i] }, async ({ page }) => {
  await hear(page);
  await page.route(WASM, async (route) => {
    const response = await route.fetch();
    const body = Buffer.concat([await response.body(), Buffer.from([0, 2, 1, 0])]);
    await route.fulfill({ response, body });
  });
  await page.goto(SIGN_UP);
  await heard(page, "error");
  assert.ok(await plain(page, "email").isVisible());
});

journey("under a policy without 'wasm-unsafe-eval' the theme's form stays and account:error tells", { allow: [/account-sign-up/, /Content Security Policy|CSP|unsafe-eval/i] }, async ({ page }) => {
  await hear(page);
  await page.route("**/login.php?action=create_account", async (route) => {
    const response = await route.fetch();
    const headers = response.headers();
    const policy = headers["content-security-policy"];
    assert.ok(policy.includes("'wasm-unsafe-eval'"));
    headers["content-security-policy"] = policy.replace(" 'wasm-unsafe-eval'", "");
    await route.fulfill({ response, headers });
  });
  await page.goto(SIGN_UP);
  assert.equal((await (await heard(page, "error")).jsonValue()).code, "not_loaded");
  assert.ok(await plain(page, "email").isVisible());
  assert.ok(await widget(page).isHidden());
});

journey("a store that cannot answer the first query leaves the theme's form in place", { allow: [/500/] }, async ({ page }) => {
  await hear(page);
  await page.route("**/graphql", (route) => route.fulfill({ status: 500, body: "<h1>Oops</h1>" }));
  await withAnswer(page);
  await page.goto(SIGN_UP);
  assert.equal((await (await heard(page, "error")).jsonValue()).code, "unexpected");
  assert.ok(await plain(page, "email").isVisible());
  await fill(page, necessary(), plain);
  await send(page);
  await arrived(page);
});

journey("when the wasm breaks down the theme's form returns with what was typed, passwords excepted", { allow: [/account-sign-up/, /account-center/, /digest|integrity/] }, async ({ page }) => {
  await hear(page);
  // A panic cannot be had by honest means; this keeps what the wasm would call.
  await page.route("**/login.php?action=create_account", async (route) => {
    const response = await route.fetch();
    const html = await response.text();
    await route.fulfill({ response, body: html.replace(/(widgets-\w+\.js" integrity=")[^"]+/, "$1") });
  });
  await page.route("**/embed/widgets-*.js", async (route) => {
    const response = await route.fetch();
    const code = await response.text();
    assert.ok(code.includes(".onPanic("));
    await route.fulfill({ response, body: code.replace(".onPanic(", ".onPanic(window.panic=") });
  });
  await open(page);
  const { pin, gate, password, ...answers } = everything();
  await fill(page, { pin, gate, password, ...answers });
  await page.evaluate(() => window.panic("src/somewhere.rs:1:2"));
  await plain(page, "email").waitFor();
  assert.equal(await widget(page).count(), 0);
  await assertFormData(page, answers, PLAIN);
  for (const field of ["pin", "gate", "password"]) assert.equal(await plain(page, field).inputValue(), "");
  const detail = await (await heard(page, "error")).jsonValue();
  assert.equal(detail.code, "crashed");
  assert.ok(!JSON.stringify(detail).includes(answers.email));
  await fill(page, { pin, gate, password }, plain);
  await send(page);
  await arrived(page);
});

journey("a form that came back from the store with errors stays the theme's", { allow: [...NO_WASM, /422/] }, async ({ page }) => {
  await hear(page);
  await page.route(WASM, (route) => route.abort());
  await page.goto(SIGN_UP);
  await heard(page, "error");
  await page.unroute(WASM);
  const { password, ...answers } = { ...necessary(), zip: "9410" };
  await fill(page, { password, ...answers }, plain);
  const fetched = [];
  page.on("request", (request) => fetched.push(new URL(request.url()).pathname));
  await send(page);
  await page.getByRole("heading", { name: "There is a problem" }).waitFor();
  await page.waitForFunction(() => window.StorefrontAccount);
  assert.ok(!fetched.includes("/graphql"), "the widget does not start");
  await assertFormData(page, answers, PLAIN);
  assert.ok((await formData(page, PLAIN))[NAME.zip]);
});

/** The browser brings the page back as it was left. Playwright switches the cache of such pages off; this is what a page sees of it. */
const bringBack = (page) => page.evaluate(() => dispatchEvent(new PageTransitionEvent("pageshow", { persisted: true })));

/** Puts a newsletter whose fallback shows a customer's address into the home page, as the theme wrote it for them. */
const withPersonal = (page, attributes) =>
  page.route(/\/(\?.*)?$/, async (route) => {
    if (route.request().resourceType() !== "document") return route.fallback();
    const response = await route.fetch();
    const html = (await response.text()).replace(/<link rel="(modulepreload|preload)"[^>]*>/g, "");
    return route.fulfill({ response, body: html.replace(/<account-newsletter[^]*?token="([^"]*)"[^]*?<\/account-newsletter>/,
      `<account-newsletter token="$1" ${attributes}><p>jun@example.com gets the newsletter</p></account-newsletter>`) });
  });

const personal = (page) => page.getByText("jun@example.com");

journey("a page that is brought back shows no fallback that was made for a customer, and the element comes when it is near", async ({ page }) => {
  await withPersonal(page, `load="interaction"`);
  await page.goto("/");
  await page.waitForLoadState("networkidle");
  assert.ok(await personal(page).isVisible());
  await bringBack(page);
  assert.ok(await personal(page).isHidden());
  await page.locator("account-newsletter").scrollIntoViewIfNeeded();
  await page.locator('account-newsletter .sfa [name="nl_email"]').waitFor();
  assert.ok(await personal(page).isHidden());
});

journey("a page that is brought back and that was made for a guest keeps its fallback", async ({ page }) => {
  await withPersonal(page, `load="interaction" customer=""`);
  await page.goto("/");
  await page.waitForLoadState("networkidle");
  await bringBack(page);
  assert.ok(await personal(page).isVisible());
});

journey("a page that is brought back without WebAssembly is made anew, and shows no fallback of a customer until then", { allow: [/account-newsletter/, /integrity attribute/, /ERR_FAILED/] }, async ({ page }) => {
  await page.route(WASM, (route) => route.abort());
  await withPersonal(page, `load="eager"`);
  const failed = page.waitForEvent("console", (message) => /account-newsletter/.test(message.text()));
  await page.goto("/");
  await failed;
  assert.ok(await personal(page).isVisible());
  await page.evaluate(() => (window.isOld = true));
  await bringBack(page);
  assert.ok(await personal(page).isHidden());
  await page.waitForFunction(() => !window.isOld);
  assert.ok(await personal(page).isVisible(), "as the store makes it now");
});
