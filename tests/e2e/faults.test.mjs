// What a shopper meets when something fails: every element with every fault, on the wire, in the browser and in the element itself.
// The table in docs/reliability.md is what this finds.

import { readFile, writeFile } from "node:fs/promises";
import path from "node:path";
import { after, test } from "node:test";
import { ROOT, SIGN_UP, assert, clickAgain, suite, until } from "./support.mjs";
import { NAME, PASSWORD, arrived, fill, necessary, plain, taken } from "./form.mjs";
import { DETAILS, OWN, SIGN_IN, edit, element, enter, named, openAccount, openDetails, openSignIn, send } from "./account.mjs";
import * as book from "./book.mjs";
import { ASKING, asked, banner, button, cookie, kept } from "./cookies.mjs";
import { WIRE, startProxy } from "./fault-proxy.mjs";
import { OFFICE } from "./office.mjs";

const PAGE = path.join(ROOT, "docs/reliability.md");

const proxy = await startProxy();
after(() => proxy.close());
const journey = suite(ASKING);

const FRESH = "Another-horse-8";
const CONFIRM = "FormField[1][3]";

/** How many records the V3 API has at `at`. */
const countOf = async (page, at) => (await (await page.request.get(`/stores/local/v3/${at}`, { headers: OFFICE })).json()).data.length;

const customersOf = (page, { email }) => countOf(page, `customers?email:in=${encodeURIComponent(email)}`);

/** Fills in controls by their names. */
async function type(root, values) {
  for (const [name, value] of Object.entries(values)) await named(root, name).fill(value);
}

/** Whether the controls hold what was typed, or all of it but passwords. */
async function holds(root, values, isWithPasswords) {
  for (const [name, value] of Object.entries(values)) {
    const control = named(root, name);
    if ((await control.count()) === 0) return false;
    const isExpected = isWithPasswords || (await control.getAttribute("type")) !== "password";
    if (isExpected && (await control.inputValue()) !== value) return false;
  }
  return true;
}

/** A form of named controls. */
const ofNames = (root, values) => ({
  root,
  values,
  fill: (page, who) => type(root(page), values(who)),
  send: (page) => send(root(page)).click(),
});

/** The theme's own form for a new account. */
const PLAIN_SIGN_UP = "form[action*=save_new_account]";

/** The theme's own form for the details and the password, and how it ends. */
const DETAILS_FORM = "form[action*=update_account]";
const savedByTheme = (page) => page.locator(".notice", { hasText: "Your changes are saved." }).waitFor();

/** What says that something is wrong. */
const notices = (root) => root.locator(".sfa-summary:visible li, .sfa-notice:visible h2");
const center = (page) => element(page, "center");
const newsletter = (page) => element(page, "newsletter");

/**
 * How each element is driven. `request` is the one that the faults meet. `open` brings the form, `fill` types `values` into it, `send`
 * sends it, `notice` then says what is wrong, `kept` tells whether all that was typed is still there, `done` waits for the end as the
 * shopper sees it, and `count` is how many records the store has of what was sent. `plain` is the theme's own form, `elsewhere` what
 * the element shows when another tab has done the same, and `signsInWith` the password that counts afterwards.
 */
const ELEMENTS = {
  "account-sign-up": {
    request: /mutation RegisterCustomer/,
    root: (page) => element(page, "sign-up"),
    async open(page) {
      await page.goto(SIGN_UP);
      await taken(page);
    },
    fill: (page, { answers }) => fill(page, answers),
    send: (page) => send(element(page, "sign-up")).click(),
    values: ({ answers: { language, ...answers } }) => Object.fromEntries(Object.entries(answers).map(([field, value]) => [NAME[field], value])),
    done: arrived,
    count: customersOf,
    plain: { path: SIGN_UP, form: PLAIN_SIGN_UP, fill: (page, { answers }) => fill(page, answers, plain) },
    signsInWith: PASSWORD,
    elsewhere: (page) => element(page, "sign-up").getByText("You are already signed in"),
  },
  "account-sign-in": {
    request: /mutation Login/,
    isKnown: true,
    ...ofNames((page) => element(page, "sign-in"), ({ email }) => ({ [OWN.email]: email, [OWN.password]: PASSWORD })),
    open: (page) => openSignIn(page),
    done: arrived,
    count: customersOf,
    plain: { path: SIGN_IN, form: "form[action*=check_login]" },
    elsewhere: (page) => element(page, "sign-in").getByText("You are signed in"),
  },
  "account-newsletter": {
    request: /mutation Subscribe/,
    ...ofNames(newsletter, ({ email }) => ({ nl_email: email })),
    async open(page) {
      await page.goto("/");
      await page.locator("account-newsletter").scrollIntoViewIfNeeded();
      await newsletter(page).locator("form").waitFor();
    },
    done: (page) => newsletter(page).getByText("You will now get the newsletter").waitFor(),
    count: (page, { email }) => countOf(page, `customers/subscribers?email=${encodeURIComponent(email)}`),
    plain: { path: "/", form: "form[action*=subscribe]", done: (page) => page.getByRole("heading", { name: "Thank you" }).waitFor() },
  },
  "account-profile": {
    request: /mutation UpdateCustomer\b/,
    isKnown: true,
    isSignedIn: true,
    ...ofNames(center, () => ({ [OWN.firstName]: "Augusta", [OWN.company]: "Kettle" })),
    async open(page) {
      await openDetails(page);
      await edit(page);
    },
    done: (page) => center(page).getByText("Your changes are saved.").waitFor(),
    count: (page, { email }) => countOf(page, `customers?email:in=${encodeURIComponent(email)}&company:in=Kettle`),
    plain: { path: DETAILS, form: DETAILS_FORM, done: savedByTheme },
  },
  "account-addresses": {
    request: /mutation AddCustomerAddress/,
    isKnown: true,
    isSignedIn: true,
    root: book.book,
    async open(page) {
      await book.openBook(page);
      await book.add(page).click();
    },
    values: () => Object.fromEntries(Object.entries(book.BERLIN).map(([field, value]) => [NAME[field], value])),
    fill: (page) => book.answer(page, book.BERLIN),
    send: book.save,
    notice: (page) => book.row(page, "Jürgen").locator(".sfa-error, .sfa-status"),
    kept: (page) => book.row(page, book.BERLIN.line1).isVisible(),
    done: (page) => book.announced(page, "Address added."),
    async count(page, who) {
      const { data } = await (await page.request.get(`/stores/local/v3/customers?email:in=${encodeURIComponent(who.email)}&include=addresses`, { headers: OFFICE })).json();
      return data[0].addresses.filter(({ address1 }) => address1 === book.BERLIN.line1).length;
    },
    plain: {
      path: book.BOOK,
      form: "form[action*=add_shipping_address]",
      open: (page) => page.getByRole("link", { name: "Add an address" }).click(),
      async fill(page) {
        const form = page.locator("form[action*=add_shipping_address]");
        const { country, ...texts } = book.BERLIN;
        await named(form, NAME.country).selectOption(country);
        await type(form, Object.fromEntries(Object.entries(texts).map(([field, value]) => [NAME[field], value])));
      },
      done: (page) => page.waitForURL(/notice=saved/),
    },
  },
  "account-password": {
    request: /mutation ChangePassword/,
    isKnown: true,
    isSignedIn: true,
    ...ofNames(center, () => ({ [OWN.current]: PASSWORD, [OWN.fresh]: FRESH })),
    async open(page) {
      await openDetails(page, "#account/password");
      await named(center(page), OWN.current).waitFor();
    },
    done: (page) => center(page).getByText("Your password has been changed").waitFor(),
    async count(page, { email }) {
      const answers = await Promise.all([PASSWORD, FRESH].map((password) => page.request.post("/stores/local/v3/customers/validate-credentials", { headers: OFFICE, data: { email, password } })));
      const [old, fresh] = await Promise.all(answers.map(async (answer) => (await answer.json()).is_valid));
      return [old, fresh].join() === "false,true" ? 1 : 0;
    },
    plain: { path: DETAILS, form: DETAILS_FORM, more: { [CONFIRM]: FRESH }, done: savedByTheme },
    signsInWith: FRESH,
  },
  "account-consent": {
    request: /POST \/api\/storefront\/consent/,
    isAsked: true,
    root: banner,
    values: () => ({}),
    open: (page) => asked(page),
    fill: async () => {},
    send: (page) => button(page, "Accept all").click(),
    notice: (page) => banner(page).locator("p[data-consent-when]:visible").first(),
    kept: async (page) => (await kept(page)).wanted.length === 3,
    done: (page) => page.waitForFunction(() => window.StorefrontAccount.consent.has("targeting")),
    count: async (page) => ((await cookie(page.context()))?.length === 3 ? 1 : 0),
  },
};

const DAY = 24 * 60 * 60 * 1000;
const FIVE_MINUTES = 300_000;

/** A fault that requests meet: `times` of them, or each one until the shopper is told. */
const onWire = (run, times = Infinity) => ({ wire: { run, times } });

/** 429 with this `Retry-After`: five minutes. The question about cookies has no such wait for the shopper. */
const throttled = (retryAfter) => ({
  ...onWire(WIRE.status(429, () => ({ "retry-after": retryAfter() }))),
  mend: (page, { isAsked }) => isAsked || page.clock.runFor(FIVE_MINUTES),
});

const installClock = (page) => page.clock.install();

/**
 * Each group is one journey: the first attempt meets the first fault, the next one the second, and the last one goes through.
 * `prepare` comes before the page is opened, `arm` before the form is sent, `during` while the request is under way, and `mend` before
 * the next attempt.
 */
const FAULTS = [
  {
    prepare: installClock,
    steps: {
      "Offline, and back": { arm: (page) => page.context().setOffline(true), mend: (page) => page.context().setOffline(false) },
      "The request never reaches the store": onWire(WIRE.resetBefore),
      "Status 500": onWire(WIRE.status(500)),
      "Status 503": onWire(WIRE.status(503)),
      "Status 429 with seconds in `Retry-After`": throttled(() => FIVE_MINUTES / 1000),
      "Status 429 with a date in `Retry-After`": throttled(() => new Date(Date.now() + FIVE_MINUTES).toUTCString()),
      "No answer for 20 seconds": { ...onWire(WIRE.never), during: (page) => page.clock.runFor(20_000) },
      "The device sleeps for a night while the request is under way": { ...onWire(WIRE.never), during: (page) => page.clock.fastForward(DAY / 3) },
    },
  },
  { steps: { "A firewall answers in the store’s place, with status 200": onWire(WIRE.page) } },
  { steps: { "The store has it, and the answer is lost": onWire(WIRE.resetAfter) } },
  { steps: { "The answer is lost, and the browser sends the request again by itself": onWire(WIRE.resetAfter, 1) } },
  { steps: { "The connection breaks in the middle of the answer": onWire(WIRE.halfBody) } },
  { steps: { "The answer takes its time, and has the wrong content type": { ...onWire(WIRE.held, 1), during: sentTwice } } },
  {
    prepare: (page) => page.clock.install({ time: Date.now() + DAY }),
    steps: { "The browser’s clock is a day ahead, then a day behind": { arm: (page) => page.clock.setSystemTime(Date.now() - DAY) } },
  },
  { prepare: (page) => page.addInitScript(blockStorage), steps: { "Storage is blocked": {} } },
  { prepare: (page) => page.addInitScript(fillStorage), steps: { "Storage is full": {} } },
  { steps: { "Another tab has done the same": { arm: inAnotherTab } } },
  { run: broughtBack, steps: { "The page comes back by the browser’s history": {} } },
  { prepare: (page) => page.addInitScript(catchMemory), run: trapped, steps: { "WebAssembly traps while the shopper types": {} } },
  { wasm: WIRE.status(404), run: withoutWasm, steps: { "WebAssembly cannot be fetched, or is not what it should be": {} } },
];

/** What was found: the rows of the table. */
const found = [];

for (const [tag, what] of Object.entries(ELEMENTS)) {
  for (const { prepare, wasm, steps, run = attempts } of FAULTS) {
    const names = Object.keys(steps);
    // Whatever fails is in the console; what the shopper makes of it is in the table.
    journey(`${tag}: ${names.join("; ")}`, { baseURL: proxy.url, allow: [/./] }, async ({ page, store }) => {
      proxy.target = store.url;
      proxy.fault = wasm && meeting(WASM, wasm);
      await page.addInitScript(() => document.addEventListener("account:error", () => { window.hasFailed = true; }));
      const who = await shopper(page, what);
      await prepare?.(page);
      const rows = await run(page, who, what, steps);
      const count = await what.count(page, who);
      names.forEach((name, place) => found.push({ name, tag, count, ...rows[place] }));
    });
  }
}

const WASM = /GET \/embed\/\S+\.wasm/;

/** A fault for the requests that match. */
const meeting = (matches, run, times = Infinity) => ({ matches, run, times, met: 0 });

/** Somebody of their own; a customer, signed in, or asked about cookies where the element wants that. */
async function shopper(page, /** @type {any} */ { isKnown, isSignedIn, isAsked }) {
  const answers = necessary();
  if (isKnown) await openAccount(page, answers.email);
  if (isKnown && !isSignedIn) await page.context().clearCookies();
  const { origin } = new URL(proxy.url);
  if (!isAsked) await page.request.post("/api/storefront/consent", { headers: { origin }, data: { allow: [], deny: [1, 2, 3] } });
  return { email: answers.email, answers };
}

/**
 * Fills the element in and sends it, again after each fault; gives what the shopper sees of each, once they are at the end all the
 * same. Where another attempt is not offered or does not help, the end was reached before: they sign in.
 */
async function attempts(page, who, what, steps) {
  const rows = [];
  await what.open(page);
  await what.fill(page, who);
  const faults = Object.values(steps).map(({ wire }) => wire && meeting(what.request, wire.run, wire.times));
  proxy.fault = faults.shift();
  for (const { wire, arm, during, mend } of Object.values(steps)) {
    const message = await arm?.(page, what, who);
    if (message) return [{ sees: message, isKept: true }];
    await (rows.length ? retry(page, what) : what.send(page));
    if (wire) await until(() => proxy.fault.met, "the request");
    await during?.(page);
    const sees = await outcome(page, what);
    const isKept = !sees || (await (what.kept?.(page) ?? holds(what.root(page), what.values(who), true)));
    rows.push({ sees, isKept });
    if (!sees) return rows;
    if (!(await another(page, what).isVisible())) {
      if (what.signsInWith) await signInAnew(page, who, what);
      return rows;
    }
    // The element may make the next attempt by itself, once this fault is over.
    proxy.fault = faults.length ? faults.shift() : meeting(what.request, WIRE.pass);
    await mend?.(page, what);
  }
  await retry(page, what);
  await until(() => proxy.fault.met, "the last request");
  if (!what.signsInWith) await what.done(page);
  else rows[0].afterwards = await outcome(page, what);
  if (rows[0].afterwards) await signInAnew(page, who, what);
  return rows;
}

/** It was done, and nobody could say so: it holds. */
async function signInAnew(page, { email }, { signsInWith }) {
  await page.context().clearCookies();
  await openSignIn(page);
  await enter(element(page, "sign-in"), email, signsInWith);
  await arrived(page);
}

/** The words that tell of a fault, or nothing where the shopper has reached the end. */
async function outcome(page, what) {
  const notice = (what.notice?.(page) ?? notices(what.root(page))).first();
  const ends = [notice.waitFor().then(() => false), what.done(page).then(() => true)];
  if (await Promise.any(ends)) return "";
  return notice.evaluate((node) => {
    const copy = /** @type {Element} */ (node.cloneNode(true));
    for (const button of copy.querySelectorAll("button")) button.remove();
    return copy.textContent.replaceAll(/\s+/g, " ").trim();
  });
}

/** The button for another attempt. */
const another = (page, what) => what.root(page).getByRole("button", { name: /^Try again/ });

/** Tries again by that button, unless the element has done so by itself. */
const retry = (page, what) => Promise.any([clickAgain(another(page, what)), until(() => proxy.fault.met, "another attempt")]);

/** The element's WebAssembly traps, and the theme's own form leads to the end. The question about cookies has none. */
async function trapped(page, who, what) {
  await what.open(page);
  await what.fill(page, who);
  if (!what.plain) {
    await what.send(page);
    return [{ sees: await outcome(page, what), isKept: true }];
  }
  await what.root(page).locator("form:visible").evaluate((form) => {
    new Uint8Array(/** @type {any} */ (window).memory.buffer).fill(255);
    /** @type {HTMLFormElement} */ (form).requestSubmit();
  });
  return [await finishPlainly(page, who, what)];
}

/** The element cannot start, for two reasons, and the theme's own form leads to the end. Of the question about cookies only the settings cannot. */
async function withoutWasm(page, who, what) {
  if (!what.plain) {
    await what.open(page);
    await button(page, "Settings").click();
    await page.waitForFunction(() => window.hasFailed);
    await what.send(page);
    await what.done(page);
    return [{ sees: "The question, without its settings", isKept: true }];
  }
  const { path, open } = what.plain;
  await page.goto(path);
  if (!open) await fillPlainly(page, who, what);
  await page.waitForFunction(() => window.hasFailed);
  proxy.fault = meeting(WASM, ({ answer }) => answer(200, { "content-type": "application/wasm" }, "no wasm"));
  await page.reload();
  // Where the form is behind a link there is nothing to type into yet.
  if (!open) await fillPlainly(page, who, what);
  const { sees, isKept } = await finishPlainly(page, who, what);
  return [{ sees, isKept: isKept || Boolean(open) }];
}

/** The element has stopped: the theme's own form is there, with what was typed, and leads to the end. */
async function finishPlainly(page, who, what) {
  const { form, open, done = what.done } = what.plain;
  const own = page.locator(form);
  await page.waitForFunction(() => window.hasFailed);
  await until(async () => (await what.root(page).count()) === 0, "the element to go");
  const isKept = (await own.isVisible()) && (await holds(own, what.values(who), false));
  await open?.(page);
  await fillPlainly(page, who, what);
  await own.locator("[type=submit]").click();
  await done(page);
  return { sees: "The theme’s own form", isKept };
}

function fillPlainly(page, who, what) {
  const { form, fill, more } = what.plain;
  return fill ? fill(page, who) : type(page.locator(form), { ...what.values(who), ...more });
}

/** Presses the button again while the request is under way. */
async function sentTwice(page) {
  for (const button of await page.locator(".sfa [type=submit][aria-disabled=true]:visible").all()) await button.dispatchEvent("click");
  proxy.fault.release();
}

function blockStorage() {
  for (const name of ["localStorage", "sessionStorage"]) {
    Object.defineProperty(window, name, {
      get() {
        throw new DOMException("blocked", "SecurityError");
      },
    });
  }
}

function fillStorage() {
  for (let length = 2 ** 23; length >= 1; length /= 2) {
    try {
      localStorage.setItem(`full-${length}`, "x".repeat(length));
    } catch {
      // Half of it may find room.
    }
  }
}

/** Does the same in another tab; gives what this one then says, where it has noticed. */
async function inAnotherTab(page, what, who) {
  const other = await page.context().newPage();
  await what.open(other);
  await what.fill(other, who);
  await what.send(other);
  await what.done(other);
  await other.close();
  if (what.isAsked) {
    await banner(page).waitFor({ state: "hidden" });
    return "The question goes";
  }
  return what.elsewhere?.(page).innerText();
}

/** The page is left and comes back as it was. Playwright switches the cache of such pages off; this is what a page sees of it. */
async function broughtBack(page, who, what) {
  await what.open(page);
  await what.fill(page, who);
  await page.evaluate(() => dispatchEvent(new PageTransitionEvent("pageshow", { persisted: true })));
  await page.waitForLoadState("networkidle");
  const isKept = await holds(what.root(page), what.values(who), false);
  if (!isKept) await what.open(page);
  await what.fill(page, who);
  await what.send(page);
  return [{ sees: await outcome(page, what), isKept }];
}

/** Finds the memory of the WebAssembly, for `trapped`. */
function catchMemory() {
  const { instantiateStreaming } = WebAssembly;
  WebAssembly.instantiateStreaming = async (...args) => {
    const made = await instantiateStreaming(...args);
    const memory = Object.values(made.instance.exports).find((each) => each instanceof WebAssembly.Memory);
    Object.assign(window, { memory });
    return made;
  };
}

/** The rows of the table, those of elements that do the same in one. */
function table() {
  const rows = new Map();
  for (const { name, tag, sees, afterwards, isKept, count } of found) {
    const end = afterwards ? `${sees}<br>After *Try again*: ${afterwards}` : sees;
    const row = [end || "Nothing of it", isKept ? "yes" : "no", count === 1 ? "yes" : "no"].join(" | ");
    const key = JSON.stringify([name, row]);
    rows.set(key, [...(rows.get(key) ?? []), tag]);
  }
  const all = Object.keys(ELEMENTS).length;
  const order = FAULTS.flatMap(({ steps }) => Object.keys(steps));
  const lines = Array.from(rows, ([key, tags]) => {
    const [name, row] = JSON.parse(key);
    return { place: order.indexOf(name), line: `| ${name} | ${tags.length === all ? "all" : tags.map((tag) => `\`${tag.slice(8)}\``).join(", ")} | ${row} |` };
  });
  const sorted = lines.sort((a, b) => a.place - b.place).map(({ line }) => line);
  return ["| what fails | element | what the shopper sees | kept | done once |", "|---|---|---|---|---|", ...sorted].join("\n");
}

test("docs/reliability.md has what the journeys found; UPDATE_RELIABILITY=1 writes it", async () => {
  const page = await readFile(PAGE, "utf8");
  const cells = Object.keys(ELEMENTS).length * FAULTS.flatMap(({ steps }) => Object.keys(steps)).length;
  assert.equal(found.length, cells, "every journey must have run");
  const [before, rest] = page.split("<!-- generated: faults -->\n");
  const [, after] = rest.split("<!-- end of generated -->");
  const fresh = `${before}<!-- generated: faults -->\n${table()}\n<!-- end of generated -->${after}`;
  if (process.env.UPDATE_RELIABILITY === "1") await writeFile(PAGE, fresh);
  else assert.equal(page, fresh);
});
