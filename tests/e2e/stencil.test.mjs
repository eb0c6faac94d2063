// Pages of a Stencil theme with the files of packages/stencil/, rendered by the platform's own renderer. The theme is
// tests/e2e/stencil/: as little as has Cornerstone's pages, in which docs/stencil.md puts the lines.

import { readFile } from "node:fs/promises";
import path from "node:path";
import Paper from "@bigcommerce/stencil-paper";
import { EMBED, ROOT, assert, freshEmail, suite, until } from "./support.mjs";
import { DETAILS, openAccount } from "./account.mjs";
import { PASSWORD, control, fill, necessary, operationOf } from "./form.mjs";

const journey = suite();

const THEME = path.join(ROOT, "tests/e2e/stencil");
const PACKAGE = path.join(ROOT, "packages/stencil");

const { version } = JSON.parse(await readFile(path.join(EMBED, "manifest.json"), "utf8"));

/** Where a theme has the embed: WebDAV's folder for files of one's own. */
const FILES = `/content/storefront-account/${version}/`;

/** What `storefront-account stencil` copies from elsewhere. */
const BANNER = "components/storefront-account/banner";

/** How Stencil CLI finds the partials of a template: one that it does not find is not there. */
const PARTIAL = /\{\{>\s*([\w|\-@'"/]+)[^{]*?}}/g;

const URLS = {
  auth: { login: "/login.php", create_account: "/login.php?action=create_account", forgot_password: "/login.php?action=reset_password", check_login: "/login.php?action=check_login", save_new_account: "/login.php?action=save_new_account" },
  account: { index: "/account.php", update_action: "/account.php?action=update_account", add_address: "/account.php?action=add_shipping_address" },
};

const source = (name) => {
  if (name === BANNER) return readFile(path.join(EMBED, "banner/en.html"), "utf8");
  const folder = name.startsWith("components/storefront-account/") ? path.join(PACKAGE, "templates") : THEME;
  return readFile(path.join(folder, `${name}.html`), "utf8");
};

/** A page's template with its partials, and theirs, beside those that are `found` already. */
async function assemble(name, found) {
  if (name in found) return found;
  found[name] = await source(name);
  for (const [, partial] of found[name].matchAll(PARTIAL)) await assemble(partial, found);
  return found;
}

/** What the front matter's query gives a page. */
async function frontMatter(name, store, token) {
  const text = await readFile(path.join(PACKAGE, `front-matter/${name}.yml`), "utf8");
  const [, query] = /^---\ngql: '([^']+)'\n---\n$/.exec(text);
  const headers = { "content-type": "application/json", authorization: `Bearer ${token}` };
  const response = await fetch(`${store.url}/graphql`, { method: "POST", headers, body: JSON.stringify({ query }) });
  const gql = await response.json();
  assert.ok(gql.data, JSON.stringify(gql));
  return gql;
}

async function render(template, context, nonce, partials) {
  const assembler = { getTemplates: (name, process) => assemble(name, { ...partials }).then(process), getTranslations: async () => ({}) };
  const paper = new Paper({}, {}, assembler, "handlebars-v4", console, "info", { security: { nonce } });
  await paper.loadTheme(template, "en");
  return paper.render(template, context);
}

/**
 * Puts a Stencil page in the place of the store's at `address`, under the store's own policy, and serves the embed where a
 * theme has it. `change` may change what the page is rendered with, and `partials` are there in place of others.
 */
async function serve(page, store, address, template, /** @type {{ answer?: string, change?: (context: any) => void, partials?: object }} */ { answer, change = () => {}, partials } = {}) {
  await page.route(`**${FILES}**`, (route) => {
    const { pathname } = new URL(route.request().url());
    return route.fulfill({ path: path.join(EMBED, pathname.slice(FILES.length)) });
  });
  await page.route((url) => url.pathname + url.search === address, async (route) => {
    if (route.request().method() !== "GET") return route.continue();
    const response = await route.fetch();
    const token = /token="([^"]+)"/.exec(await response.text())[1];
    const [, nonce] = /'nonce-([^']+)'/.exec(response.headers()["content-security-policy"]);
    const context = { locale_name: "en", urls: URLS, settings: { storefront_api: { token }, account_creation_enabled: true }, head: { title: "Stencil" }, forms: { create_account: { account_fields: [{ type: "email", name: "FormField[1][1]", label: "Email" }] } } };
    if (answer) context.gql = await frontMatter(answer, store, token);
    change(context);
    return route.fulfill({ response, body: (await render(template, context, nonce, partials)).replaceAll("<script>", `<script nonce="${nonce}">`) });
  });
}

/** @type {[address: string, template: string]} */
const CREATE_ACCOUNT = ["/login.php?action=create_account", "pages/auth/create-account"];
/** @type {[address: string, template: string]} */
const LOGIN = ["/login.php", "pages/auth/login"];

/** The operations that the page asks the store. */
function operations(page) {
  const sent = [];
  page.on("request", (request) => request.url().endsWith("/graphql") && sent.push(operationOf(request)));
  return sent;
}

/** Signs a demo customer in on the Stencil page. */
async function signIn(page, store) {
  await serve(page, store, ...LOGIN, { answer: "login" });
  await page.goto(LOGIN[0]);
  const form = page.locator("account-sign-in .sfa form");
  await form.locator("[name=login_email]").fill("jun@example.com");
  await form.locator("[name=login_pass]").fill(PASSWORD);
  await form.locator("[type=submit]").click();
  await page.waitForURL("**/account.php");
}

journey("create-account.html opens an account, and looks like Cornerstone", async ({ page, store }) => {
  await serve(page, store, ...CREATE_ACCOUNT, { answer: "create-account" });
  const sent = operations(page);
  await page.goto(CREATE_ACCOUNT[0]);
  await control(page, "state").waitFor();
  assert.ok(!sent.includes("SignUpForm"), sent.join());
  assert.ok((await control(page, "email").getAttribute("class")).includes("form-input"));
  await fill(page, necessary());
  await page.locator("account-sign-up .sfa form [type=submit]").click();
  await page.waitForURL("**/account.php");
});

journey("a label of the store does not end the script that the front matter's answer stands in", async ({ page, store }) => {
  const change = ({ gql }) => (gql.data.site.settings.formFields.customer[0].label = "Email </script><script>document.title = 'hit'</script>");
  await serve(page, store, ...CREATE_ACCOUNT, { answer: "create-account", change });
  await page.goto(CREATE_ACCOUNT[0]);
  await control(page, "email").waitFor();
  assert.notEqual(await page.title(), "hit");
});

journey("without front matter the element asks the store itself", async ({ page, store }) => {
  await serve(page, store, ...CREATE_ACCOUNT);
  const sent = operations(page);
  await page.goto(CREATE_ACCOUNT[0]);
  await control(page, "email").waitFor();
  assert.ok(sent.includes("SignUpForm"), sent.join());
});

journey("login.html signs in with the answer of its front matter", async ({ page, store }) => {
  await signIn(page, store);
  await page.goto("/");
  await page.goto(LOGIN[0]);
  assert.equal(await page.locator("script[data-account-answer=sign-in]").count(), 1);
});

journey("edit.html changes the details, and the password beside them", async ({ page, store }) => {
  await openAccount(page, freshEmail());
  await serve(page, store, DETAILS, "pages/account/edit");
  await page.goto(DETAILS);
  const profile = page.locator("account-profile");
  await profile.getByLabel("First name").fill("Zoë");
  await profile.getByRole("button", { name: "Save changes" }).click();
  await profile.getByText("Your changes are saved.").waitFor();
  await page.locator("account-password").getByLabel("Current password").waitFor();
});

journey("addresses.html shows the address book, and deletes with undo", async ({ page, store }) => {
  await signIn(page, store);
  await serve(page, store, "/account.php?action=address_book", "pages/account/addresses");
  await page.goto("/account.php?action=address_book");
  const book = page.locator("account-addresses");
  await book.getByRole("button", { name: /^Delete/ }).first().click();
  await book.getByRole("button", { name: "Undo" }).click();
  await book.getByText("Nothing was deleted.").waitFor();
});

journey("a script of Script Manager does what head.html does", async ({ page, store }) => {
  const docs = await readFile(path.join(ROOT, "docs/stencil.md"), "utf8");
  const [, head] = /```html\n(<script>\n[^]*?)```/.exec(docs);
  // Script Manager puts the page's nonce into scripts.
  const partials = { "components/storefront-account/head": head.replace("<script type=\"module\"", "$& nonce=\"{{nonce}}\"") };
  await serve(page, store, ...LOGIN, { partials });
  await page.goto(LOGIN[0]);
  const email = page.locator("account-sign-in .sfa [name=login_email]");
  await email.waitFor();
  assert.ok((await email.getAttribute("class")).includes("form-input"));
  await page.waitForFunction(() => Array.from(document.styleSheets).some(({ href }) => href?.endsWith("/account.css")));
});

journey("without scripts the theme's own form is there", { javaScriptEnabled: false }, async ({ page, store }) => {
  await serve(page, store, ...LOGIN);
  await page.goto(LOGIN[0]);
  await page.locator("[name=login_email]").fill("jun@example.com");
  await page.locator("[name=login_pass]").fill(PASSWORD);
  await page.getByRole("button", { name: "Sign in" }).click();
  await page.waitForURL("**/account.php");
});

const asking = suite({ settings: { privacy: { cookie_consent_enabled: true } } });

asking("the layout asks about cookies, and the store gets the answer", async ({ page, store, context }) => {
  await serve(page, store, ...LOGIN);
  await page.goto(LOGIN[0]);
  await page.locator("account-sign-in .sfa form").waitFor();
  await page.getByRole("button", { name: "Reject all" }).click();
  await page.locator("[data-consent-banner]").waitFor({ state: "hidden" });
  await until(async () => (await context.cookies()).some(({ name }) => name === "SHOP_CONSENT"), "the store's cookie");
});
