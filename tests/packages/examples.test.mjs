// Each project of examples/, with the packed package installed: built, and driven in a browser against the local store.

import { cp, mkdir, readFile, writeFile } from "node:fs/promises";
import path from "node:path";
import { after, before, test } from "node:test";
import { brotliCompressSync } from "node:zlib";
import { ROOT, assert, launch, startStore, until } from "../e2e/support.mjs";
import { OWN, element, named } from "../e2e/account.mjs";
import { PASSWORD, fill, necessary, submit, taken } from "../e2e/form.mjs";
import { run, serve, start, workplace } from "./support.mjs";

const ACCOUNT = { client_id: "office", client_secret: "at least thirty-two bytes of it!", token: "sixteen or more!", scope: "modify" };

const EXAMPLES = ["html", "react", "vue", "svelte", "server", "turbo"];

/** The page that has what each ships, between these marks. */
const PAGE = path.join(ROOT, "examples/README.md");
const START = "<!-- generated: sizes -->";
const END = "<!-- end of generated -->";

let store;
let browser;
let place;
let token;
let installing;
const shipped = [];

before(async () => {
  const settings = { api: { accounts: [ACCOUNT] }, privacy: { cookie_consent_enabled: true } };
  place = await workplace();
  store = await startStore({ settings });
  browser = await launch();
  const page = await (await fetch(`${store.url}/login.php`)).text();
  token = /token="([^"]+)"/.exec(page)[1];
  installing = install();
});

/** One example's packages after the other, while the browser drives those before. */
async function install() {
  for (const name of EXAMPLES) await place.example(name).catch(() => {});
}

after(async () => {
  await installing;
  await Promise.all([store?.stop(), browser?.close(), place?.remove()]);
});

/** What each example ships until its form is there, in kB as brotli makes them. */
function table(rows) {
  const kilobytes = (bytes) => (bytes / 1000).toFixed(1);
  const lines = rows.map(({ name, js, css, wasm }) => `| ${[name, kilobytes(js), kilobytes(css), kilobytes(wasm)].join(" | ")} |`);
  return ["| example | JavaScript | CSS | WebAssembly |", "|---|---|---|---|", ...lines].join("\n");
}

const compressed = new Map();

/** Notes what a page ships: gives a function that ends the counting. */
function count(page, name) {
  const answers = [];
  page.on("response", (answer) => answers.push(answer));
  return async () => {
    const bytes = { name, js: 0, css: 0, wasm: 0 };
    for (const answer of answers) {
      const kind = path.extname(new URL(answer.url()).pathname).slice(1);
      if (!(kind in bytes) || kind === "name" || !answer.ok()) continue;
      const body = await answer.body();
      const key = `${answer.url()} ${body.length}`;
      if (!compressed.has(key)) compressed.set(key, brotliCompressSync(body).length);
      bytes[kind] += compressed.get(key);
    }
    shipped.push(bytes);
  };
}

/** A page of its own; fails on any error in the console. */
async function visit(url, use) {
  const context = await browser.newContext({ baseURL: url, locale: "en-GB", viewport: { width: 1000, height: 800 } });
  context.setDefaultTimeout(15_000);
  const errors = [];
  context.on("console", (message) => message.type() === "error" && errors.push(message.text()));
  context.on("weberror", (error) => errors.push(String(error.error())));
  try {
    await use(await context.newPage(), context).catch((error) => {
      throw new Error(`${error.message}\nErrors in the console: ${errors.join("\n")}`, { cause: error });
    });
    assert.deepEqual(errors, [], "the console has errors");
  } finally {
    await context.close();
  }
}

async function signIn(page, email = "jun@example.com") {
  const form = element(page, "sign-in");
  await named(form, OWN.email).fill(email);
  await named(form, OWN.password).fill(PASSWORD);
  await form.locator(".sfa-submit [type=submit]").click();
}

/** Adds files that must pass, or fail where they say so, under the example's strict types. */
async function checkTypes(folder, name) {
  const checks = path.join(ROOT, "tests/packages/types", name);
  await mkdir(path.join(folder, "src"), { recursive: true });
  await cp(checks, path.join(folder, "src"), { recursive: true });
  await run(folder, "npm run types --silent");
}

const environment = () => ({ STORE: store.url, VITE_STOREFRONT_TOKEN: token, STOREFRONT_TOKEN: token });

test("plain HTML: the copied files and printed tags open an account, and cookies are asked about", async () => {
  const folder = await place.example("html");
  await run(folder, "npm run build --silent", environment());
  const server = await serve(path.join(folder, "public"), store.url);
  try {
    await visit(server.url, async (page) => {
      const counted = count(page, "html");
      await page.goto("/");
      await taken(page);
      await counted();
      await page.getByRole("button", { name: "Reject all" }).click();
      await page.locator("[data-consent-banner]").waitFor({ state: "hidden" });
      await fill(page, necessary());
      const returned = page.waitForEvent("load");
      await submit(page);
      await returned;
      assert.ok(await customerOf(page), "somebody is signed in");
    });
  } finally {
    server.stop();
  }
});

/** Who is signed in, as the store tells the page. */
const customerOf = (page) =>
  page.evaluate(async (token) => {
    const response = await fetch("/graphql", {
      method: "POST",
      headers: { "content-type": "application/json", authorization: `Bearer ${token}` },
      body: JSON.stringify({ query: "{ customer { entityId } }" }),
    });
    return (await response.json()).data.customer;
  }, token);

test("React: a shopper signs up and in, in the development server and as built", async () => {
  const folder = await place.example("react");
  await checkTypes(folder, "react");
  const dev = await start(folder, "node_modules/.bin/vite --host 127.0.0.1 --port PORT --strictPort", environment());
  try {
    await visit(dev.url, async (page) => {
      await page.goto("/");
      await taken(page);
    });
  } finally {
    dev.stop();
  }
  await run(folder, "npm run build --silent", environment());
  const server = await start(folder, "node_modules/.bin/vite preview --host 127.0.0.1 --port PORT --strictPort", environment());
  try {
    await visit(server.url, async (page) => {
      const counted = count(page, "react");
      await page.goto("/");
      await taken(page);
      await counted();
      assert.equal(await page.locator("account-sign-up").getAttribute("class"), "form");
      await fill(page, necessary());
      await submit(page);
      await page.getByRole("status").getByText(/Welcome, customer \d+/).waitFor();
    });
    await visit(server.url, async (page) => {
      await page.goto("/");
      await page.getByRole("button", { name: "Sign in" }).click();
      await named(element(page, "sign-in"), OWN.email).waitFor();
      await signIn(page);
      await page.getByRole("status").getByText("You are signed in").waitFor();
    });
    await visit(server.url, async (page) => {
      await page.goto("/");
      await page.getByRole("button", { name: "Nothing" }).click();
      // As a framework does that makes the element first, and sets what it knows later.
      await page.evaluate(() => document.querySelector("main").append(document.createElement("account-sign-in")));
      await page.evaluate((token) => Object.assign(document.querySelector("account-sign-in"), { token, returnTo: "/there" }), token);
      await named(element(page, "sign-in"), OWN.email).waitFor();
      const returnTo = () => page.locator("account-sign-in").getAttribute("return-to");
      assert.equal(await returnTo(), "/there");
      await page.locator("account-sign-in").evaluate((element) => (element.returnTo = null));
      assert.equal(await returnTo(), null);
    });
    await visit(server.url, leavesNothing({ show: "Sign up", hide: "Nothing", name: "sign-up" }));
  } finally {
    server.stop();
  }
});

/** Shows the element called `account-{name}` and takes it away a hundred times, by the page's own buttons: nothing may be left of it. */
const leavesNothing = ({ show, hide, name }) => async (page, context) => {
  const tag = page.locator(`account-${name}`);
  const button = (label) => page.getByRole("button", { name: label, exact: true });
  async function cycle(times) {
    for (let index = 0; index < times; index++) {
      await button(show).click();
      await tag.locator(".sfa form").waitFor();
      await button(hide).click();
      await tag.waitFor({ state: "detached" });
    }
  }
  const session = await context.newCDPSession(page);
  await session.send("Performance.enable");
  const held = async () => {
    // Twice: what the first finds dead lets more die.
    for (let index = 0; index < 2; index++) await session.send("HeapProfiler.collectGarbage");
    const { metrics } = await session.send("Performance.getMetrics");
    const value = (name) => metrics.find((metric) => metric.name === name).value;
    return { nodes: value("Nodes"), listeners: value("JSEventListeners") };
  };
  const open = new Set();
  const wasm = [];
  page.on("request", (request) => {
    open.add(request);
    if (request.url().endsWith(".wasm")) wasm.push(request.url());
  });
  for (const end of ["requestfinished", "requestfailed"]) page.on(end, (request) => open.delete(request));
  await page.goto("/");
  await button(hide).click();
  await cycle(5);
  const before = await held();
  await cycle(100);
  const after = await held();
  // One form is some hundred nodes: a leak of one each time would be thousands.
  assert.ok(after.nodes - before.nodes < 100, `nodes: ${before.nodes}, then ${after.nodes}`);
  assert.ok(after.listeners - before.listeners < 20, `listeners: ${before.listeners}, then ${after.listeners}`);
  await until(() => open.size === 0, "no request under way");
  assert.equal(wasm.length, 1, "the WebAssembly is fetched once");
};

for (const [name, title] of [["vue", "Vue"], ["svelte", "Svelte"]]) {
  test(`${title}: a shopper signs in, in the development server and as built`, async () => {
    const folder = await place.example(name);
    await checkTypes(folder, name);
    await run(folder, "npm run build --silent", environment());
    for (const command of ["node_modules/.bin/vite", "node_modules/.bin/vite preview"]) {
      const server = await start(folder, `${command} --host 127.0.0.1 --port PORT --strictPort`, environment());
      try {
        await visit(server.url, async (page) => {
          const counted = count(page, name);
          await page.goto("/");
          await named(element(page, "sign-in"), OWN.email).waitFor();
          if (command.endsWith("preview")) await counted();
          assert.equal(await page.locator("account-sign-in").getAttribute("class"), "form");
          await signIn(page);
          await page.getByRole("status").getByText("You are signed in").waitFor();
          assert.equal(await page.locator("account-sign-in").count(), 0);
        });
        if (command.endsWith("preview")) await visit(server.url, leavesNothing({ show: "Show", hide: "Hide", name: "sign-in" }));
      } finally {
        server.stop();
      }
    }
  });
}

/** A private token for a server, as the Management API makes it. */
async function privateToken() {
  const response = await fetch(`${store.url}/stores/local/v3/storefront/api-token-private`, {
    method: "POST",
    headers: { "x-auth-token": ACCOUNT.token, "content-type": "application/json" },
    body: JSON.stringify({
      channel_id: 1,
      expires_at: Math.floor(Date.now() / 1000) + 3600,
      scopes: ["Unauthenticated", "Customer"],
    }),
  });
  const { data } = await response.json();
  return data.token;
}

test("a server renders the form with its first answer, and keeps the shopper's token to itself", async () => {
  const folder = await place.example("server");
  await checkTypes(folder, "server");
  // As for development, so that React says what it does not like.
  await run(folder, "npm run build --silent", { NODE_ENV: "development" });
  const env = { STORE: store.url, STOREFRONT_PRIVATE_TOKEN: await privateToken(), NODE_ENV: "development" };
  const server = await start(folder, "node dist/server.js", env);
  try {
    await visit(server.url, async (page, context) => {
      const counted = count(page, "server, as for development");
      const operations = [];
      const answers = [];
      page.on("response", async (response) => {
        if (!response.url().endsWith("/graphql")) return;
        operations.push(/(?:query|mutation) (\w+)/.exec(response.request().postDataJSON().query)[1]);
        answers.push(await response.text().catch(() => ""));
      });
      await page.goto("/");
      await taken(page);
      await counted();
      assert.ok(!operations.includes("SignUpForm"), `asked: ${operations}`);
      await fill(page, necessary());
      await submit(page);
      await page.waitForURL("**/account");
      const navigation = page.locator("account-center .sfa nav");
      await navigation.waitFor();
      const cookies = await context.cookies();
      const cookie = cookies.find(({ name }) => name === "customer_token");
      assert.ok(cookie?.httpOnly && cookie.value, "a cookie that no script can read");
      assert.ok(answers.length && answers.every((text) => !text.includes(cookie.value)), "no answer has the token");
      await page.getByRole("button", { name: "Sign out" }).click();
      await named(page.locator("account-center .sfa"), OWN.email).waitFor();
      await until(async () => !(await context.cookies()).some(({ name }) => name === "customer_token"), "the cookie gone");
    });
  } finally {
    server.stop();
  }
});

test("Turbo: a visit, the way back and a page from its cache show an element that works", async () => {
  const folder = await place.example("turbo");
  await run(folder, "npm run build --silent", environment());
  const server = await serve(path.join(folder, "public"), store.url);
  try {
    await visit(server.url, async (page) => {
      const counted = count(page, "turbo");
      const form = element(page, "sign-in");
      await page.goto("/about.html");
      await page.evaluate(() => (window.isSamePage = true));
      await page.getByRole("link", { name: "Sign in" }).click();
      await named(form, OWN.email).waitFor();
      await counted();
      await named(form, OWN.email).fill("typed@example.com");
      await page.getByRole("link", { name: "Who we are" }).click();
      await page.getByRole("heading", { name: "Who we are" }).waitFor();
      await page.goBack();
      await named(form, OWN.email).waitFor();
      await page.goForward();
      await page.getByRole("heading", { name: "Who we are" }).waitFor();
      // A visit by a link shows what is in the cache until the page is there.
      await page.getByRole("link", { name: "Sign in" }).click();
      await named(form, OWN.email).waitFor();
      assert.equal(await page.locator("account-sign-in .sfa").count(), 1, "one form, no copy of it");
      assert.ok(await page.evaluate(() => window.isSamePage), "Turbo changed the pages");
      await signIn(page);
      await page.waitForURL("**/about.html");
    });
  } finally {
    server.stop();
  }
});

test("examples/README.md has what each example ships, within a tenth; UPDATE_SIZES=1 writes it", async () => {
  const page = await readFile(PAGE, "utf8");
  const [before, rest] = page.split(START);
  const [known, after] = rest.split(END);
  const numbers = (text) => Array.from(text.matchAll(/\d+\.\d/g), Number);
  const [written, measured] = [numbers(known), numbers(table(shipped))];
  assert.equal(measured.length, 3 * EXAMPLES.length, "every example must have run");
  if (process.env.UPDATE_SIZES === "1") return writeFile(PAGE, `${before}${START}\n${table(shipped)}\n${END}${after}`);
  assert.equal(written.length, measured.length);
  const isNear = (size, index) => Math.abs(size - written[index]) <= Math.max(written[index] / 10, 0.2);
  assert.ok(measured.every(isNear), `now they ship\n${table(shipped)}`);
});

test("esbuild: the bundled script finds its files in the copied folder", async () => {
  const folder = await place.example("server");
  await writeFile(path.join(folder, "page.js"), 'import "storefront-account";\nimport "storefront-account";\n');
  await run(folder, "npx esbuild page.js --bundle --splitting --format=esm --minify --outdir=public");
  const tags = await run(folder, "npx storefront-account copy public/embed");
  const body = `<body><script type="module" src="/page.js"></script><account-sign-in token="${token}" lang="de"></account-sign-in></body>`;
  await writeFile(path.join(folder, "public/index.html"), `<!doctype html><html lang="en"><link rel="icon" href="data:,">${tags}${body}`);
  const server = await serve(path.join(folder, "public"), store.url);
  try {
    // The script tag stands beside the bundle: the first of them defines the elements.
    await visit(server.url, async (page) => {
      await page.goto("/");
      await element(page, "sign-in").getByRole("button", { name: "Anmelden" }).waitFor();
    });
    const alone = tags.replace(/<script.*/, "");
    await writeFile(path.join(folder, "public/index.html"), `<!doctype html><html lang="en"><link rel="icon" href="data:,">${alone}${body}`);
    await visit(server.url, async (page) => {
      await page.goto("/");
      await element(page, "sign-in").getByRole("button", { name: "Anmelden" }).waitFor();
    });
  } finally {
    server.stop();
  }
});

test("from a CDN, with a folder for the version, everything is fetched by CORS and checked", async () => {
  const folder = await place.example("html");
  const version = "account/1.2.3";
  const cdn = await serve(path.join(folder, "upload"), undefined, {
    "access-control-allow-origin": "*",
    "cache-control": "public, max-age=31536000, immutable",
  });
  const command = `npx storefront-account copy upload/${version} --base ${cdn.url}/${version} --elements sign-in`;
  const tags = await run(folder, command);
  await mkdir(path.join(folder, "public"), { recursive: true });
  const html = `<!doctype html><html lang="de"><link rel="icon" href="data:,">${tags}<account-sign-in token="${token}"></account-sign-in>`;
  await writeFile(path.join(folder, "public/index.html"), html);
  const server = await serve(path.join(folder, "public"), store.url);
  try {
    await visit(server.url, async (page) => {
      const fetched = [];
      page.on("response", (response) => fetched.push(response.url()));
      await page.goto("/");
      await element(page, "sign-in").getByRole("button", { name: "Anmelden" }).waitFor();
      const files = fetched.filter((url) => url.startsWith(cdn.url));
      assert.ok(files.length >= 6 && files.every((url) => url.startsWith(`${cdn.url}/${version}/`)), files.join());
      assert.ok(fetched.includes(`${server.url}/graphql`), "the store is asked on the page's origin");
      assert.equal(new Set(files).size, files.length, "nothing is fetched twice");
    });
  } finally {
    server.stop();
    cdn.stop();
  }
});
