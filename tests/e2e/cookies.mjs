// A shop that asks about cookies, and pages with something that waits for the answer.

import { API, OFFICE } from "./office.mjs";
import { assert, until } from "./support.mjs";

/** A store that asks. */
export const ASKING = {
  settings: {
    privacy: { cookie_consent_enabled: true, privacy_policy_url: "/privacy" },
    api: API,
  },
};

export const banner = (page) => page.locator("[data-consent-banner]");
export const button = (page, name) => banner(page).getByRole("button", { name, exact: true });
export const dialog = (page) => page.getByRole("dialog", { name: "Cookie settings" });
export const toggle = (page, name) => dialog(page).getByRole("switch", { name });

/** What waits for consent: a name, which is what is asked of the store, and the markup around it. */
const GATES = {
  "functional.js": (at) => `<script type="text/plain" data-consent="functional" src="${at}"></script>`,
  "analytics.js": (at) => `<script type="text/plain" data-consent="analytics" src="${at}"></script>`,
  "targeting.js": (at) => `<script type="text/plain" data-consent="targeting" src="${at}" async></script>`,
  "both.js": (at) => `<script type="text/plain" data-consent="analytics targeting" src="${at}"></script>`,
  "unknown.js": (at) => `<script type="text/plain" data-consent="measuring" src="${at}"></script>`,
  "nothing.js": (at) => `<script type="text/plain" data-consent src="${at}"></script>`,
  "module.js": (at) => `<script type="text/plain" data-consent="analytics" data-type="module" src="${at}"></script>`,
  "essential.js": (at) => `<script type="text/plain" data-consent="essential" src="${at}"></script>`,
  "frame.html": (at) => `<iframe title="A video" data-consent="functional" data-src="${at}"></iframe>`,
};

/** Puts everything that waits into every page of `context`, changed by `change`; gives the log of what was asked for. */
export async function withGates(context, change) {
  const asked = [];
  await context.route("**/_gated/*", (route) => {
    const name = new URL(route.request().url()).pathname.split("/").pop();
    asked.push(name);
    const contentType = name.endsWith(".js") ? "text/javascript" : "text/html";
    const body = name.endsWith(".js") ? `(window.ran ??= []).push(${JSON.stringify(name)})` : "<!doctype html><title>Video</title>";
    return route.fulfill({ contentType, body });
  });
  await withMarkup(context, Object.entries(GATES).map(([name, markup]) => markup(`/_gated/${name}`)).join("\n"), change);
  return asked;
}

/** Puts `markup` at the end of every page, its scripts with the page's nonce, and `policy` at the end of its policy. */
export async function withMarkup(context, markup, change = (html) => html, policy = "") {
  await context.route(/\/(login\.php|account\.php|privacy)?(\?[^/]*)?$/, async (route) => {
    if (route.request().method() !== "GET" || route.request().resourceType() !== "document") return route.fallback();
    const response = await route.fetch({ maxRedirects: 0 });
    if (response.status() !== 200) return route.fulfill({ response });
    const html = await response.text();
    const nonce = /nonce="([^"]+)"/.exec(html)?.[1];
    const body = change(html).replace("</body>", `${markup.replaceAll("<script", `<script nonce="${nonce}"`)}</body>`);
    const headers = response.headers();
    headers["content-security-policy"] += `; frame-src 'self'; ${policy}`;
    return route.fulfill({ response, headers, body });
  });
}

/** Every request for the store's consent, as it is sent. */
export function writes(page) {
  const sent = [];
  page.on("request", (request) => {
    if (!request.url().endsWith("/api/storefront/consent")) return;
    const { allow, deny } = request.postDataJSON();
    sent.push({ allow, deny, source: request.headers()["x-consent-source"], revision: request.headers()["x-consent-revision"] });
  });
  return sent;
}

/** What is kept in the browser. */
export const kept = (page) => page.evaluate(() => JSON.parse(localStorage.getItem("account-consent")));

/** What the store keeps for a guest: the names granted, or undefined. */
export async function cookie(context) {
  const cookies = await context.cookies();
  const value = cookies.find(({ name }) => name === "SHOP_CONSENT")?.value;
  return value?.split(".")[3].split("-").filter(Boolean);
}

/** What the store keeps for a customer, by the V3 API: the names granted, or undefined while there is no decision, or no customer. */
export async function record(page, email) {
  const at = `/stores/local/v3/customers`;
  const found = await (await page.request.get(`${at}?email:in=${encodeURIComponent(email)}`, { headers: OFFICE })).json();
  if (!found.data.length) return undefined;
  const consent = await (await page.request.get(`${at}/${found.data[0].id}/consent`, { headers: OFFICE })).json();
  return consent.decided_at && consent.allow.filter((category) => category !== "essential");
}

/** Waits until the browser has what the store has. */
export const settled = (page) => until(async () => {
  const decision = await kept(page);
  return decision && !decision.wanted;
}, "the store to have the decision");

/** Opens a page and waits for the question. */
export async function asked(page, path = "/") {
  await page.goto(path);
  await button(page, "Accept all").waitFor();
}

/** Opens a page on which nothing is asked, and waits until that is certain. */
export async function unasked(page, path = "/") {
  await page.addInitScript(() => {
    document.addEventListener("account:ready", ({ target }) => {
      if (target.localName === "account-consent") window.isConsentReady = true;
    });
  });
  await page.goto(path);
  await page.waitForFunction(() => window.isConsentReady);
  await page.waitForLoadState("networkidle");
  assert.ok(await banner(page).isHidden(), "nothing is asked");
}
