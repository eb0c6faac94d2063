// What a theme can rely on: events, attributes, several elements, the loader.

import { SIGN_UP, assert, suite, until } from "./support.mjs";
import { arrived, control, everything, fill, intercept, necessary, open, operations, plain, problems, submit, taken, widget, withAnswer } from "./form.mjs";

const journey = suite();

/** Notes every event of the widget, with the element it came from, in window.heard. */
const hear = (page) =>
  page.addInitScript(() => {
    window.heard = [];
    for (const name of ["ready", "signed-up", "signed-in", "error"]) {
      document.addEventListener(`account:${name}`, (event) => {
        window.heard.push({ name, detail: event.detail, from: event.target.localName, bubbles: event.bubbles });
      });
    }
  });

const heard = (page) => page.evaluate(() => window.heard);

/** Changes the sign-up page on its way to the browser. */
const rewrite = (page, change) =>
  page.route("**/login.php?action=create_account", async (route) => {
    const response = await route.fetch();
    await route.fulfill({ response, body: change(await response.text()) });
  });

journey("account:ready, account:signed-in and account:signed-up are heard in order, with ids and nothing personal", async ({ page }) => {
  await hear(page);
  await open(page);
  await page.evaluate(() => document.addEventListener("account:signed-up", (event) => event.preventDefault()));
  const answers = everything();
  await fill(page, answers);
  await submit(page);
  await widget(page).getByRole("heading", { name: "Your account is ready" }).waitFor();
  const events = await heard(page);
  assert.deepEqual(events.map((event) => event.name), ["ready", "signed-in", "signed-up"]);
  assert.ok(events.every((event) => event.bubbles && event.from === "account-sign-up"));
  const { detail } = events[2];
  assert.deepEqual(Object.keys(detail).sort(), ["customerId", "signedIn"]);
  assert.ok(Number.isInteger(detail.customerId) && detail.customerId > 0);
  assert.equal(detail.signedIn, true);
  const all = JSON.stringify(events);
  for (const secret of [answers.email, answers.firstName, answers.lastName, answers.phone, answers.password, answers.line1]) {
    assert.ok(!all.includes(secret), secret);
  }
  assert.equal(new URL(page.url()).search, new URL(SIGN_UP, page.url()).search, "preventDefault keeps the page");
  assert.ok(await page.evaluate(() => document.activeElement.matches(".sfa-title")), "the end has the focus");
  await widget(page).getByRole("link", { name: "Continue" }).click();
  await arrived(page);
});

journey("account:error tells a code and nothing personal", { allow: [/500/] }, async ({ page }) => {
  await hear(page);
  await intercept(page, "RegisterCustomer", (route) => route.fulfill({ status: 500, body: "" }));
  await open(page);
  const answers = necessary();
  await fill(page, answers);
  await submit(page);
  await problems(page);
  assert.deepEqual((await heard(page)).at(-1), { name: "error", detail: { code: "unexpected" }, from: "account-sign-up", bubbles: true });
});

for (const [attribute, value] of [
  ["return-to", "https://evil.example/"],
  ["return-to", "//evil.example/"],
  ["return-to", "javascript:alert(1)"],
  ["sign-in-url", "https://evil.example/login"],
  ["endpoint", "https://api.example/"],
  ["address", "perhaps"],
]) {
  journey(`${attribute}="${value}" is refused by name and the theme's form stays`, { allow: [/account-sign-up/] }, async ({ page }) => {
    await hear(page);
    await rewrite(page, (html) => {
      const without = html.replace(new RegExp(` ${attribute}="[^"]*"`), "");
      return without.replace("<account-sign-up", `<account-sign-up ${attribute}="${value}"`);
    });
    await page.goto(SIGN_UP);
    const { detail } = await until(async () => (await heard(page)).find(({ name }) => name === "error"), "account:error");
    assert.equal(detail.code, "config");
    assert.ok(detail.message.includes(attribute), detail.message);
    assert.ok(await plain(page, "email").isVisible());
    assert.equal(await widget(page).count(), 0);
  });
}

journey("an element without a token says what it waits for", { allow: [/account-sign-up/] }, async ({ page }) => {
  await page.clock.install();
  await hear(page);
  await rewrite(page, (html) => html.replace(/<account-sign-up token="[^"]*"/, "<account-sign-up"));
  await page.goto(SIGN_UP);
  await page.clock.runFor(10_000);
  const { detail } = await until(async () => (await heard(page)).find(({ name }) => name === "error"), "account:error");
  assert.match(detail.message, /token/);
});

journey("the page's JSON configures the elements and an attribute goes before it", async ({ page }) => {
  await rewrite(page, (html) =>
    html
      .replace(/ return-to="[^"]*"/, "")
      .replace(/ country="[^"]*"/, ' country="AU"')
      .replace("<account-sign-up", '<script type="application/json" id="account-config">{"country":"DE","sign-up":{"address":"omit","return-to":"/?welcome"}}</script><account-sign-up'),
  );
  await open(page);
  assert.equal(await control(page, "line1").count(), 0, "the address is left out");
  await fill(page, (({ email, password, birth, language, firstName, lastName }) => ({ email, password, birth, language, firstName, lastName }))(everything()));
  await submit(page);
  await page.waitForURL("**/?welcome");
  await page.goto("/account.php?script=off");
  await page.getByText("No address yet.").waitFor();
});

/** Adds elements like the page's own, without a fallback. */
const add = (page, count) =>
  page.evaluate((wanted) => {
    const first = document.querySelector("account-sign-up");
    for (let n = 0; n < wanted; n += 1) first.before(first.cloneNode(false));
  }, count);

// High enough for all three to be near: what is far below is not loaded.
journey("three elements on a page have ids of their own and work on their own", { viewport: { width: 1000, height: 9000 } }, async ({ page }) => {
  await page.goto(SIGN_UP);
  await taken(page);
  await add(page, 2);
  await page.waitForFunction(() => document.querySelectorAll("account-sign-up .sfa form").length === 3);
  const ids = await page.evaluate(() => Array.from(document.querySelectorAll("[id]"), (node) => node.id));
  assert.deepEqual(ids.filter((id, place) => ids.indexOf(id) !== place), []);
  const loose = await page.evaluate(() =>
    Array.from(document.querySelectorAll("account-sign-up [for], account-sign-up [aria-labelledby]"), (node) => node.getAttribute("for") ?? node.getAttribute("aria-labelledby")).filter((id) => !document.getElementById(id)),
  );
  assert.deepEqual(loose, []);
  const middle = page.locator("account-sign-up").nth(1);
  await middle.locator("[type=submit]").last().click();
  await middle.locator(".sfa-summary").waitFor();
  assert.equal(await page.locator(".sfa-summary:visible").count(), 1);
});

journey("in a shadow root the element has its style, and the summary leads to its fields", async ({ page }) => {
  await page.goto(SIGN_UP);
  await taken(page);
  await page.evaluate(() => {
    const host = document.createElement("div");
    const element = document.querySelector("account-sign-up").cloneNode(false);
    document.querySelector("main").replaceChildren(host);
    host.attachShadow({ mode: "open" }).append(element);
  });
  const button = page.locator("account-sign-up [type=submit]");
  await button.waitFor();
  const ground = await button.evaluate((node) => getComputedStyle(node).backgroundColor);
  assert.equal(ground, "rgb(31, 92, 67)", "the shop's own green");
  await button.click();
  await page.locator(".sfa-summary a").first().click();
  const name = await page.evaluate(() => document.activeElement.shadowRoot.activeElement.name);
  assert.equal(name, "FormField[1][1]");
});

journey("an element that is removed leaves nothing behind: its form is back and its request is called off", async ({ page }) => {
  await page.addInitScript(() => {
    window.signals = [];
    const { fetch } = window;
    window.fetch = (resource, options) => {
      window.signals.push(options?.signal ?? /** @type {Request} */ (resource).signal);
      return fetch(resource, options);
    };
  });
  await open(page);
  await fill(page, necessary());
  await intercept(page, "RegisterCustomer", () => {
    // Never answered, so the request stays open.
  });
  await submit(page);
  await page.waitForFunction(() => document.querySelector("[aria-disabled=true]"));
  const left = await page.evaluate(async () => {
    const element = document.querySelector("account-sign-up");
    const before = window.signals.at(-1).aborted;
    element.remove();
    await new Promise((resolve) => setTimeout(resolve));
    window.removed = element;
    const children = Array.from(element.children, (child) => child.className);
    return { before, children, after: window.signals.at(-1).aborted };
  });
  assert.deepEqual(left, { before: false, children: ["form"], after: true });
  assert.equal(await page.locator(".sfa").count(), 0);
  await page.evaluate(() => document.querySelector("main > div").append(window.removed));
  await page.locator("account-sign-up").scrollIntoViewIfNeeded();
  await taken(page);
});

journey("an element that is moved keeps what was typed", async ({ page }) => {
  await open(page);
  await fill(page, { email: "typed@example.com" });
  await page.evaluate(() => document.querySelector("main").append(document.querySelector("account-sign-up")));
  await page.evaluate(() => new Promise((resolve) => setTimeout(resolve)));
  assert.equal(await control(page, "email").inputValue(), "typed@example.com");
});

journey("the script loaded twice is harmless", async ({ page }) => {
  await hear(page);
  await rewrite(page, (html) => {
    const again = html.replace(/<script type="module" src="\/embed\/account.js"([^>]*)><\/script>/, (tag, rest) => `${tag}<script type="module" src="/embed/account.js?again"${rest}></script>`);
    assert.notEqual(again, html);
    return again;
  });
  await page.goto(SIGN_UP);
  await taken(page);
  assert.equal(await widget(page).locator("form").count(), 1);
  assert.deepEqual((await heard(page)).map(({ name }) => name), ["ready"]);
});

journey("<div data-account> works as the element does, also mounted by the page", async ({ page }) => {
  await rewrite(page, (html) =>
    html.replace("<account-sign-up", '<div data-account="sign-up"').replace("</account-sign-up>", "</div>"),
  );
  await page.goto(SIGN_UP);
  await page.locator("[data-account] .sfa form").waitFor();
  await page.evaluate(() => {
    const first = document.querySelector("[data-account]");
    const late = document.createElement("div");
    for (const name of ["token", "lang"]) late.setAttribute(name, first.getAttribute(name));
    late.id = "late";
    first.before(late);
    window.StorefrontAccount.mount(late, "sign-up");
    window.StorefrontAccount.mount(late, "sign-up");
  });
  await page.locator("#late .sfa form").waitFor();
  assert.equal(await page.locator("#late form").count(), 1);
  await page.evaluate(() => window.StorefrontAccount.unmount(document.querySelector("#late")));
  assert.equal(await page.locator("#late").evaluate((late) => late.childElementCount), 0);
  assert.match(await page.evaluate(() => window.StorefrontAccount.version), /^\d+\.\d+\.\d+$/);
});

journey("until the form can be used there is one query, and every file is fetched once", async ({ page, context }) => {
  const client = await context.newCDPSession(page);
  await client.send("Network.enable");
  const fetched = [];
  client.on("Network.requestWillBeSent", ({ request }) => fetched.push(`${request.method} ${new URL(request.url).pathname}`));
  const sent = operations(page);
  await withAnswer(page);
  await open(page);
  assert.deepEqual(sent, ["SignUpForm"]);
  // The browser complains of a preload that was not used some seconds after the page was loaded;
  // a second fetch of the same file shows at once.
  for (const kind of [/^GET \/embed\/sign-up-\w+\.wasm$/, /^GET \/embed\/sign-up-\w+\.js$/, /^GET \/embed\/account\.js$/, /^GET \/embed\/account\.css$/, /^POST \/graphql$/]) {
    assert.equal(fetched.filter((each) => kind.test(each)).length, 1, `${kind}: ${fetched.join(", ")}`);
  }
  assert.ok(!fetched.some((each) => each.includes("locales/")), "English needs no catalogue");
  const hits = await page.evaluate(() => performance.getEntriesByType("resource").filter((entry) => entry.name.endsWith(".wasm")).length);
  assert.equal(hits, 1);
});

journey("the wasm and the first query are under way together", async ({ page }) => {
  // Each waits until the other was asked for; in a chain neither would ever come.
  const asked = { wasm: Promise.withResolvers?.() ?? deferred(), query: Promise.withResolvers?.() ?? deferred() };
  await page.route("**/embed/*.wasm", async (route) => {
    asked.wasm.resolve();
    await asked.query.promise;
    await route.fallback();
  });
  await intercept(page, "SignUpForm", async (route) => {
    asked.query.resolve();
    await asked.wasm.promise;
    await route.fallback();
  });
  await withAnswer(page);
  await open(page);
});

function deferred() {
  const made = {};
  made.promise = new Promise((resolve) => (made.resolve = resolve));
  return made;
}

journey("an element far below the fold is not loaded before it comes near", async ({ page }) => {
  const fetched = [];
  page.on("request", (request) => fetched.push(new URL(request.url()).pathname));
  await rewrite(page, (html) => html.replace("<account-sign-up", `${"<p>Long page</p>".repeat(120)}<account-sign-up`));
  await page.goto(SIGN_UP);
  await page.waitForFunction(() => window.StorefrontAccount);
  await page.evaluate(() => new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve))));
  assert.ok(!fetched.includes("/graphql"), fetched.join());
  await page.locator("account-sign-up").scrollIntoViewIfNeeded();
  await taken(page);
  assert.ok(fetched.includes("/graphql"));
});

journey("the page's security policy has nothing unsafe in it but the wasm", async ({ page }) => {
  const response = await page.goto(SIGN_UP);
  const policy = response.headers()["content-security-policy"];
  assert.match(policy, /script-src 'nonce-[\w-]+' 'wasm-unsafe-eval';/);
  assert.ok(!policy.includes("'unsafe-"), policy);
  await taken(page);
  assert.equal(await page.locator("[style]").count(), 0, "no inline style");
});

journey("a language with a catalogue is spoken, an unknown one is English", async ({ page }) => {
  await open(page, "&lang=de");
  const german = await widget(page).locator(".sfa-submit [type=submit]").textContent();
  assert.notEqual(german, "Create account");
  await open(page, "&lang=xx-Qaaa");
  assert.equal(await widget(page).locator(".sfa-submit [type=submit]").textContent(), "Create account");
});
