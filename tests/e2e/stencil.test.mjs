// A page of a Stencil theme, as docs/performance.md has it, rendered by the platform's own renderer.

import { readFile } from "node:fs/promises";
import path from "node:path";
import Paper from "@bigcommerce/stencil-paper";
import { ROOT, assert, suite } from "./support.mjs";
import { control, operationOf } from "./form.mjs";

const journey = suite();

/** The template in the docs, without its front matter, which the platform reads. */
async function documented() {
  const docs = await readFile(path.join(ROOT, "docs/performance.md"), "utf8");
  const [, template] = /```html\n---\ngql:[^]*?\n---\n([^]*?)```/.exec(docs);
  return template;
}

/** What the front matter's query gives a page. */
async function frontMatter(store, token) {
  const text = await readFile(path.join(ROOT, "dist/embed/queries/sign-up.graphql"), "utf8");
  const query = text.trim().replace("($country:String)", "").replace("$country", '"US"');
  assert.ok(!query.includes("$country"), query);
  const headers = { "content-type": "application/json", authorization: `Bearer ${token}` };
  const response = await fetch(`${store.url}/graphql`, { method: "POST", headers, body: JSON.stringify({ query }) });
  return response.json();
}

journey("a Stencil page that brings the first answer along is not asked for it", async ({ page, store }) => {
  const html = await (await fetch(`${store.url}/login.php`)).text();
  const token = /token="([^"]+)"/.exec(html)[1];
  const gql = await frontMatter(store, token);
  gql.data.site.settings.formFields.customer[0].label = "Email </script><script>document.title = 'hit'</script>";
  const paper = new Paper({}, {}, { getTemplates: async () => ({}), getTranslations: async () => ({}) }, "handlebars-v4");
  const rendered = await paper.renderString(await documented(), { gql, settings: { storefront_api: { token } } });
  await page.route("**/login.php?action=create_account", async (route) => {
    const response = await route.fetch();
    const body = (await response.text()).replace(/<script type="application\/json" data-account-answer[^]*?<\/script>/, "").replace(/<account-sign-up[^]*<\/account-sign-up>/, rendered);
    return route.fulfill({ response, body });
  });
  const sent = [];
  page.on("request", (request) => request.url().endsWith("/graphql") && sent.push(operationOf(request)));
  await page.goto("/login.php?action=create_account");
  await control(page, "email").waitFor();
  assert.ok(!sent.includes("SignUpForm"), sent.join());
  assert.ok((await control(page, "state").locator("option").count()) > 50);
  assert.notEqual(await page.title(), "hit");
});
