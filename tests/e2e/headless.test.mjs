// A headless storefront: the server of docs/headless.md, as it stands there, between the elements and the store.

import { spawn } from "node:child_process";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { EMBED, ROOT, assert, suite, until } from "./support.mjs";
import { PASSWORD } from "./form.mjs";
import { freePort } from "./free-port.mjs";

/** The first snippet in this language on a page of the docs that begins so. */
async function snippet(page, language, start) {
  const docs = await readFile(path.join(ROOT, "docs", page), "utf8");
  const snippets = Array.from(docs.matchAll(/^```(\w+)\n([^]*?)^```$/gm), ([, known, code]) => ({ known, code }));
  const found = snippets.find(({ known, code }) => known === language && code.startsWith(start));
  assert.ok(found, `${page} has no ${language} that begins with ${start}`);
  return found.code;
}

const SETTINGS = JSON.parse(await snippet("customers-apis.md", "json", "{ \"api\""));
const [ACCOUNT] = SETTINGS.api.accounts;

const journey = suite({ settings: SETTINGS });

async function privateToken(store) {
  const response = await fetch(`${store.url}/stores/local/v3/storefront/api-token-private`, {
    method: "POST",
    headers: { "x-auth-token": ACCOUNT.token, "content-type": "application/json" },
    body: JSON.stringify({ channel_id: 1, expires_at: Math.floor(Date.now() / 1000) + 3600, scopes: ["Unauthenticated", "Customer"] }),
  });
  return (await response.json()).data.token;
}

/** Starts the server of the docs; gives its origin, and what stops it. */
async function startServer(store) {
  const code = await snippet("headless.md", "js", "import { createServer }");
  const port = await freePort();
  const folder = await mkdtemp(path.join(tmpdir(), "headless-"));
  const file = path.join(folder, "server.mjs");
  await writeFile(file, code.replace("listen(3000,", `listen(${port},`));
  const env = { ...process.env, STORE: store.url, PRIVATE_TOKEN: await privateToken(store) };
  const server = spawn(process.execPath, [file], { env, stdio: "inherit" });
  const origin = `http://127.0.0.1:${port}`;
  await until(() => fetch(origin).catch(() => undefined), "the server of the docs");
  return {
    origin,
    async stop() {
      server.kill();
      await rm(folder, { recursive: true });
    },
  };
}

const PAGE = `<!doctype html><html lang="en"><title>Headless</title>
  <script type="module" src="/embed/account.js"></script>
  <account-center token="from-your-server" endpoint="/" return-to="/account"></account-center>`;

journey("the elements sign in, read and sign out through the server of the docs, which keeps the shopper's token", async ({ page, store, context }) => {
  const server = await startServer(store);
  try {
    await page.route(`${server.origin}/embed/**`, (route) => {
      const { pathname } = new URL(route.request().url());
      return route.fulfill({ path: path.join(EMBED, pathname.slice("/embed/".length)) });
    });
    await page.route(`${server.origin}/account`, (route) => route.fulfill({ contentType: "text/html", body: PAGE }));
    await page.goto(`${server.origin}/account`);
    const form = page.locator("account-center .sfa form");
    await form.locator("[name=login_email]").fill("jun@example.com");
    await form.locator("[name=login_pass]").fill(PASSWORD);
    const answered = page.waitForResponse((response) => response.request().postData()?.includes("mutation Login"));
    await form.locator("[type=submit]").click();
    assert.ok(!(await (await answered).text()).includes("customerAccessToken"), "the token stays with the server");
    await page.getByText("jun@example.com").first().waitFor();
    const session = async () => (await context.cookies()).find(({ name }) => name === "shopper");
    assert.equal((await session()).httpOnly, true);
    await page.reload();
    await page.getByText("jun@example.com").first().waitFor();
    await page.getByRole("button", { name: "Sign out" }).click();
    await until(async () => !(await session()), "the cookie to go");
    await form.locator("[name=login_email]").waitFor();
    await page.close();
  } finally {
    await server.stop();
  }
});

journey("the server of the docs acts for no other site", async ({ store }) => {
  const server = await startServer(store);
  try {
    const body = JSON.stringify({ query: "{ customer { entityId } }" });
    const response = await fetch(`${server.origin}/graphql`, { method: "POST", headers: { "sec-fetch-site": "cross-site" }, body });
    assert.equal(response.status, 403);
  } finally {
    await server.stop();
  }
});
