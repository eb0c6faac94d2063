// What means harm: whatever reaches an element is text, takes no name of ours, and leads nobody away.

import { readFile } from "node:fs/promises";
import path from "node:path";
import { EMBED, ROOT, assert, freshEmail, suite } from "./support.mjs";
import { PASSWORD } from "./form.mjs";
import { OWN, element, named, openAccount, openDetails, send, signIn } from "./account.mjs";

const journey = suite();

/** Ways to make a script of text. Each would call `hacked`. */
const VECTORS = [
  "<script>hacked()</script>",
  "</script><script>hacked()</script>",
  '<script type="module">hacked()</script>',
  "<img src=x onerror=hacked()>",
  '"><img src=x onerror=hacked()>',
  "' onfocus=hacked() autofocus tabindex=1 x='",
  '" onmouseover="hacked()" style="position:fixed;inset:0',
  "<svg onload=hacked()>",
  "<svg><script>hacked()</script></svg>",
  "<svg><animate onbegin=hacked() attributeName=x dur=1s>",
  "<svg><use href=\"data:image/svg+xml,<svg id='x' xmlns='http://www.w3.org/2000/svg'><script>hacked()</script></svg>#x\">",
  "<math><mtext><table><mglyph><style><!--</style><img title=\"--&gt;&lt;img src=x onerror=hacked()&gt;\">",
  "<noscript><p title=\"</noscript><img src=x onerror=hacked()>\">",
  "<template><img src=x onerror=hacked()></template>",
  "<form><math><mtext></form><form><mglyph><style></math><img src onerror=hacked()>",
  "<iframe srcdoc=\"<script>parent.hacked()</script>\"></iframe>",
  "<object data=\"javascript:hacked()\"></object>",
  "<a href=\"javascript:hacked()\">Continue</a>",
  "javascript:hacked()",
  "java\tscript:hacked()",
  "data:text/html,<script>hacked()</script>",
  "<details open ontoggle=hacked()>",
  "<input onfocus=hacked() autofocus>",
  "<textarea></textarea><img src=x onerror=hacked()>",
  "<style>@import'javascript:hacked()';</style>",
  "<base href=\"https://evil.example/\">",
  "&lt;img src=x onerror=hacked()&gt;",
  "&#60;img src=x onerror=hacked()&#62;",
  "\\u003cimg src=x onerror=hacked()\\u003e",
  "\u003cimg src=x onerror=hacked()\u003e\u2028",
  "{{constructor.constructor('hacked()')()}}${hacked()}",
  "%3Cimg%20src=x%20onerror=hacked()%3E",
];

/** Texts of the store that a shopper reads. Everything else in an answer has a shape that the elements look at. */
const READ = /^(label|message|choosePrefix|picklistPrefix|firstName|lastName|company|address1|address2|city|stateOrProvince|phone|storeName|name|text|multilineText|defaultText|privacyPolicyUrl)$/;

/** A copy of an answer in which every text is a vector, each in its turn. */
function poisoned(answer, next) {
  if (Array.isArray(answer)) return answer.map((each) => poisoned(each, next));
  if (answer === null || typeof answer !== "object") return answer;
  return Object.fromEntries(Object.entries(answer).map(([key, value]) => [key, typeof value === "string" && READ.test(key) ? next() : poisoned(value, next)]));
}

const rounds = () => {
  let turn = 0;
  return () => VECTORS[turn++ % VECTORS.length];
};

/** What the elements make their views of. */
const TAGS = "a article b br button dd details dialog div dl dt fieldset form h1 h2 h3 hr i img input label legend li nav ol option p section select slot small span strong summary svg path table textarea ul".split(" ");

/** Puts `markup` into a page of the store's origin, whose policy forbids nothing and reports what the shop's would forbid. */
async function openPage(page, markup) {
  const shop = await page.request.get("/login.php");
  const token = /token="([^"]+)"/.exec(await shop.text())[1];
  const policy = "script-src 'nonce-ours' 'wasm-unsafe-eval'; object-src 'none'; base-uri 'none'; img-src 'self' data:; style-src 'self' 'nonce-ours'";
  await page.route("**/hostile?*", (route) =>
    route.fulfill({
      headers: { "content-type": "text/html; charset=utf-8", "content-security-policy-report-only": policy },
      body: `<!doctype html><html lang="en"><title>Hostile</title><link rel="stylesheet" href="/embed/account.css"><script nonce="ours" type="module" src="/embed/account.js"></script><main>${markup.replaceAll("TOKEN", token)}</main>`,
    }),
  );
  await page.addInitScript(() => {
    Object.assign(window, { hacks: [], reports: [], ended: 0, hacked: () => /** @type {any} */ (window).hacks.push(new Error().stack) });
    for (const name of ["account:ready", "account:error"]) document.addEventListener(name, () => (/** @type {any} */ (window).ended += 1));
    document.addEventListener("securitypolicyviolation", ({ violatedDirective, blockedURI, sample }) => /** @type {any} */ (window).reports.push([violatedDirective, blockedURI, sample].join(" ")));
  });
  const query = VECTORS.map((vector, place) => `${["redirect_to", "return_to", "next", "lang", "email", "t", "c", "token"][place % 8]}=${encodeURIComponent(vector)}`).join("&");
  await page.goto(`/hostile?${query}#${encodeURIComponent(VECTORS[3])}`);
}

/** Nothing ran, nothing would have been forbidden, and no markup of the vectors is in the page. */
async function assertHarmless(page) {
  const seen = await page.evaluate((tags) => {
    const nodes = Array.from(document.querySelectorAll(".sfa, .sfa *"));
    const { hacks, reports } = /** @type {any} */ (window);
    const attributes = nodes.flatMap((node) => Array.from(node.attributes, ({ name }) => name));
    const links = nodes.filter((node) => node.matches("a[href],[action],[formaction],[src]"));
    return {
      hacks,
      reports,
      strangers: nodes.map((node) => node.localName).filter((name) => !tags.includes(name)),
      handlers: attributes.filter((name) => name.startsWith("on") || name === "style" || name === "srcdoc"),
      leads: links.map((node) => new URL(node.getAttribute("href") ?? node.getAttribute("src") ?? node.getAttribute("action"), document.baseURI).origin).filter((origin) => origin !== location.origin),
    };
  }, TAGS);
  assert.deepEqual(seen, { hacks: [], reports: [], strangers: [], handlers: [], leads: [] });
}

/** Every text of the widget, by its key, is a vector. */
async function messages() {
  const keys = Object.keys(JSON.parse(await readFile(path.join(ROOT, "locales/de.json"), "utf8")));
  return JSON.stringify(Object.fromEntries(keys.map((key, place) => [key, VECTORS[place % VECTORS.length]]))).replaceAll("<", "\\u003c");
}

/** Every element, with vectors in the attributes that take any text; and every other attribute once, with one that it does not take. */
async function markup() {
  const { modules } = JSON.parse(await readFile(path.join(EMBED, "custom-elements.json"), "utf8"));
  const escape = (text) => text.replaceAll("&", "&amp;").replaceAll('"', "&quot;");
  const next = rounds();
  const elements = modules[0].declarations.filter(({ tagName }) => tagName !== "account-consent");
  const FREE = ["lang", "name", "company"];
  const free = elements.map(({ tagName }) => `<${tagName} token="TOKEN" load="eager" ${FREE.map((name) => `${name}="${escape(next())}"`).join(" ")}></${tagName}>`);
  const others = new Map(elements.flatMap(({ tagName, attributes }) => attributes.map(({ name }) => /** @type {const} */ ([name, tagName]))));
  for (const name of ["token", "load", ...FREE]) others.delete(name);
  const each = Array.from(others, ([name, tag]) => `<${tag} token="TOKEN" load="eager" ${name}="${escape(next())}"></${tag}>`);
  return `<script nonce="ours" type="application/json" id="account-config">{"messages":${await messages()}}</script>${free.join("")}${each.join("")}`;
}

/** Has the store answer in vectors, and refuse whatever is sent. */
async function poison(page) {
  const next = rounds();
  await page.route("**/graphql", async (route) => {
    const { query } = route.request().postDataJSON();
    const mutation = /mutation (\w+)/.exec(query)?.[1];
    if (mutation) {
      const errors = VECTORS.map((message, place) => ({ message, path: ["input", ["email", "address", "firstName", "data"][place % 4]], extensions: { code: next() } }));
      return route.fulfill({ json: { errors } });
    }
    const response = await route.fetch();
    if (!response.ok()) return route.fulfill({ response });
    return route.fulfill({ json: poisoned(await response.json(), next) });
  });
}

for (const who of ["a guest", "a customer"]) {
  journey(`whatever the store, the theme and the address bar say is text for ${who}`, { allow: [/account-/, /Report Only|report-only/i] }, async ({ page }) => {
    if (who === "a customer") {
      await openAccount(page, freshEmail());
      await openDetails(page);
    }
    await poison(page);
    await openPage(page, await markup());
    const expected = who === "a customer" ? "account-addresses .sfa-address" : "account-sign-up .sfa form";
    await page.locator(expected).first().waitFor();
    await page.waitForLoadState("networkidle");
    await assertHarmless(page);
    const shown = await page.locator("main").evaluate((main) => main.textContent);
    const asShown = (vector) => vector.replaceAll(/[{]\w+[}]/g, "");
    assert.deepEqual(VECTORS.filter((vector) => !shown.includes(asShown(vector))), [], "is shown as it is");
    for (const form of await page.locator(".sfa form:visible").all()) await form.evaluate((node) => /** @type {HTMLFormElement} */ (node).requestSubmit());
    await page.waitForLoadState("networkidle");
    await assertHarmless(page);
  });
}

journey("JSON and markup that pollute prototypes or take the names of ours change nothing", { allow: [/there is no "/] }, async ({ page }) => {
  const loaded = [];
  await page.route("**/evil/**", (route) => {
    loaded.push(route.request().url());
    return route.fulfill({ contentType: "text/javascript", body: "hacked()" });
  });
  const { entry } = JSON.parse(await readFile(path.join(EMBED, "manifest.json"), "utf8"));
  const pollution = '{"polluted":"yes","token":"polluted","lang":"de","return-to":"/evil/"}';
  const config = `{"__proto__":${pollution},"constructor":{"prototype":${pollution}},"messages":{"__proto__":{"sign_in":"polluted"}},"sign-in":{"__proto__":${pollution},"messages":{"constructor":{"prototype":${pollution}}}}}`;
  await openPage(
    page,
    `<img id="StorefrontAccount" alt=""><form name="StorefrontAccount"><input name="version"><input name="consent"></form>
    <a id="StorefrontAccountFiles" href="/evil/one.js"></a><a id="StorefrontAccountFiles" name="./${entry.widgets}" href="/evil/widgets.js"></a>
    <form name="bodlEvents"><input name="consent"></form><form name="grecaptcha"><input name="render"></form>
    <div id="account-config">{"return-to":"/evil/"}</div><script nonce="ours" type="text/plain" id="account-config">{"return-to":"/evil/"}</script>
    <script nonce="ours" type="application/json" id="account-config">${config}</script>
    <script nonce="ours" type="application/json" data-account-answer="sign-in">{"__proto__":{"data":{"customer":${pollution}}}}</script>
    ${["__proto__", "constructor", "toString", "hasOwnProperty"].map((name) => `<div data-account="${name}" token="TOKEN"></div>`).join("")}
    <account-sign-in token="TOKEN" load="eager"><form name="closest"><input name="closest"><input name="login_email"></form></account-sign-in>`,
  );
  await named(element(page, "sign-in"), OWN.email).waitFor();
  assert.equal(await send(element(page, "sign-in")).innerText(), "Sign in");
  assert.equal(await page.evaluate(() => /** @type {any} */ ({}).polluted), undefined);
  assert.equal(await page.evaluate(() => typeof window.StorefrontAccount.mount), "function");
  assert.deepEqual(loaded, [], "no script of theirs is fetched");
  await assertHarmless(page);
  await signIn(page, "jun@example.com");
  await page.evaluate(() => dispatchEvent(new PageTransitionEvent("pageshow", { persisted: true })));
  assert.equal(await page.evaluate(() => window.StorefrontAccount.consent.has("targeting")), false);
});

/** Addresses that are elsewhere, or are made to look as if they were not. */
const ELSEWHERE = [
  ...["https://evil.example/", "//evil.example/", "/\\evil.example/", "\\\\evil.example/", "/\t/evil.example/", "\t//evil.example/", "/\n/evil.example", "https:/evil.example", "https:evil.example"],
  ...["http://127.0.0.1@evil.example/", "///evil.example", "/..//evil.example", "//evil%E3%80%82example", "javascript:hacked()", "java\nscript:hacked()", "data:text/html,<p>evil</p>", "blob:https://evil.example/1"],
];

journey("no attribute and no parameter leads a shopper to another origin", { allow: [/account-sign-in/, /account-center/, /Report Only|report-only/i] }, async ({ page, store }) => {
  const left = [];
  const escape = (text) => text.replaceAll("&", "&amp;").replaceAll('"', "&quot;");
  const attributes = ["return-to", "sign-up-url", "reset-url"];
  await openPage(page, ELSEWHERE.map((address, place) => `<account-sign-in token="TOKEN" load="eager" ${attributes[place % 3]}="${escape(address)}"></account-sign-in>`).join(""));
  await page.waitForFunction((count) => /** @type {any} */ (window).ended === count, ELSEWHERE.length);
  await assertHarmless(page);
  for (const address of ELSEWHERE) {
    const parameters = Object.fromEntries(["redirect_to", "redirect_url", "return_to", "next"].map((name) => [name, address]));
    const response = await page.request.post(`/login.php?action=check_login&${new URLSearchParams(parameters)}`, {
      form: { login_email: "jun@example.com", login_pass: PASSWORD, ...parameters },
      headers: { origin: store.url, "sec-fetch-site": "same-origin" },
      maxRedirects: 0,
    });
    assert.equal(response.status(), 303);
    assert.equal(new URL(response.headers().location, store.url).origin, store.url, `${address} leads to ${response.headers().location}`);
  }
  assert.deepEqual(left, []);
});
