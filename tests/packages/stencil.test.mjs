// The pages of examples/stencil, a theme in which the packed package has done what docs/stencil.md says, rendered by the platform's own renderer.

import { readFile, readdir } from "node:fs/promises";
import path from "node:path";
import { after, before, test } from "node:test";
import { pathToFileURL } from "node:url";
import { assert, freshEmail, suite, until } from "../e2e/support.mjs";
import { DETAILS, element, openAccount } from "../e2e/account.mjs";
import { PASSWORD, control, fill, necessary, operations } from "../e2e/form.mjs";
import { run, workplace } from "./support.mjs";

const journey = suite();

/** Where WebDAV's folder for files of one's own is in a shop. */
const CONTENT = "/content/";

/** Where the built theme has what goes into that folder. */
const UPLOADED = "storefront-account/";

const URLS = {
  auth: { login: "/login.php", create_account: "/login.php?action=create_account", forgot_password: "/login.php?action=reset_password", check_login: "/login.php?action=check_login", save_new_account: "/login.php?action=save_new_account" },
  account: { index: "/account.php", update_action: "/account.php?action=update_account", add_address: "/account.php?action=add_shipping_address" },
};

let place;
let folder;
let theme;
let stencil;

before(async () => {
  place = await workplace();
  folder = await place.example("stencil");
  await run(folder, "npm run build --silent");
  theme = path.join(folder, "dist/theme");
  stencil = await import(pathToFileURL(path.join(folder, "render.js")).href);
});

after(() => place?.remove());

/** docs/stencil.md as the package has it. */
const docs = () => readFile(path.join(folder, "node_modules/storefront-account/docs/stencil.md"), "utf8");

/** What the front matter's query gives a page. */
async function frontMatter(query, store, token) {
  const headers = { "content-type": "application/json", authorization: `Bearer ${token}` };
  const response = await fetch(`${store.url}/graphql`, { method: "POST", headers, body: JSON.stringify({ query }) });
  const gql = await response.json();
  assert.ok(gql.data, JSON.stringify(gql));
  return gql;
}

/**
 * Puts a page of the theme in the place of the store's at `address`, under the store's own policy, and serves what WebDAV has. The
 * page's query is asked if `asks`. `change` may change what the page is rendered with, and `partials` are there in place of others.
 */
async function serve(page, store, address, template, { asks = true, change = (_) => {}, partials = {} } = {}) {
  await page.route(`**${CONTENT}${UPLOADED}**`, (route) => {
    const { pathname } = new URL(route.request().url());
    return route.fulfill({ path: path.join(theme, pathname.slice(CONTENT.length)) });
  });
  await page.route((url) => url.pathname + url.search === address, async (route) => {
    if (route.request().method() !== "GET") return route.continue();
    const response = await route.fetch();
    const token = /token="([^"]+)"/.exec(await response.text())[1];
    const [, nonce] = /'nonce-([^']+)'/.exec(response.headers()["content-security-policy"]);
    const context = { locale_name: "en", urls: URLS, settings: { storefront_api: { token }, account_creation_enabled: true }, head: { title: "Stencil" }, forms: { create_account: { account_fields: [{ type: "email", name: "FormField[1][1]", label: "Email" }] } } };
    const query = asks && (await stencil.queryOf(template));
    if (query) context.gql = await frontMatter(query, store, token);
    change(context);
    const html = await stencil.render(template, context, { nonce, partials });
    return route.fulfill({ response, body: html.replaceAll("<script>", `<script nonce="${nonce}">`) });
  });
}

/** @type {[address: string, template: string]} */
const CREATE_ACCOUNT = ["/login.php?action=create_account", "pages/auth/create-account"];
/** @type {[address: string, template: string]} */
const LOGIN = ["/login.php", "pages/auth/login"];

/** Signs a demo customer in on the Stencil page. */
async function signIn(page, store) {
  await serve(page, store, ...LOGIN);
  await page.goto(LOGIN[0]);
  const form = page.locator("account-sign-in .sfa form");
  await form.locator("[name=login_email]").fill("jun@example.com");
  await form.locator("[name=login_pass]").fill(PASSWORD);
  await form.locator("[type=submit]").click();
  await page.waitForURL("**/account.php");
}

const linesOf = (text) => text.split("\n").map((line) => line.trim()).filter(Boolean);

/** Whether a line of a built page is one that docs/stencil.md has us put there. */
const isOurs = (line) => /components\/storefront-account|^<\/account-|^---$|^gql: /.test(line);

test("the theme has the lines that docs/stencil.md puts into its pages, and is as it was besides", async () => {
  const parts = (await docs()).matchAll(/^\*\*`(templates\/.+?)`\*\*[^]*?```html\n([^]*?)```/gm);
  const told = new Map(Array.from(parts, ([, file, lines]) => [file, lines]));
  const files = (await readdir(path.join(folder, "theme"), { recursive: true })).filter((name) => path.extname(name));
  const changed = [];
  for (const file of files) {
    const own = await readFile(path.join(folder, "theme", file), "utf8");
    const built = await readFile(path.join(theme, file), "utf8");
    if (built === own) continue;
    changed.push(file);
    assert.deepEqual(linesOf(built).filter((line) => !isOurs(line)), linesOf(own), file);
    let end = 0;
    for (const part of linesOf((told.get(file) ?? "").replaceAll("…", "\n"))) {
      const start = built.indexOf(part, end);
      assert.ok(start >= 0, `${file}: ${part} is not there, or not in its place`);
      end = start + part.length;
    }
  }
  assert.deepEqual(changed.sort(), [...told.keys()].sort());
});

journey("create-account.html opens an account, and looks like Cornerstone", async ({ page, store }) => {
  await serve(page, store, ...CREATE_ACCOUNT);
  const sent = operations(page);
  await page.goto(CREATE_ACCOUNT[0]);
  await control(page, "state").waitFor();
  assert.ok(!sent.includes("SignUpForm"), sent.join());
  assert.ok((await control(page, "email").getAttribute("class")).includes("form-input"));
  await fill(page, necessary());
  await page.locator("account-sign-up .sfa form [type=submit]").click();
  await page.waitForURL("**/account.php");
});

journey("create-account.html loads what the plain page loads: the files of the printed tags", async ({ page, store }) => {
  const tags = await run(folder, "npx storefront-account tags --elements sign-up,consent");
  const named = Array.from(tags.matchAll(/(?:href|src)="\/embed\/([^"]+)"/g), ([, name]) => name);
  const loaded = [];
  page.on("response", (response) => loaded.push(new URL(response.url()).pathname));
  await serve(page, store, ...CREATE_ACCOUNT);
  await page.goto(CREATE_ACCOUNT[0]);
  await control(page, "state").waitFor();
  const files = loaded.filter((name) => name.startsWith(CONTENT)).map((name) => path.basename(name));
  assert.deepEqual(files.sort(), named.sort());
});

journey("a label of the store does not end the script that the front matter's answer stands in", async ({ page, store }) => {
  const change = ({ gql }) => (gql.data.site.settings.formFields.customer[0].label = "Email </script><script>document.title = 'hit'</script>");
  await serve(page, store, ...CREATE_ACCOUNT, { change });
  await page.goto(CREATE_ACCOUNT[0]);
  await control(page, "email").waitFor();
  assert.notEqual(await page.title(), "hit");
});

journey("without front matter the element asks the store itself", async ({ page, store }) => {
  await serve(page, store, ...CREATE_ACCOUNT, { asks: false });
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
  const profile = element(page, "profile");
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
  const [, head] = /```html\n(<script>\n[^]*?)```/.exec(await docs());
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
