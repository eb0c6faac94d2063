// What many shoppers leave behind in the store, and a long stay in a page. Not a test: `node bench/soak.mjs [SHOPPERS] [TURNS]`
// after `cargo xtask build` and `cargo build --release -p storefront-store`, with STORE_BIN=target/release/storefront-store.
// SHOPPERS come to the store; the page changes its view TURNS times, and mounts an element as often.

import { readFile, readdir } from "node:fs/promises";
import { request } from "playwright-core";
import { openAccount, DETAILS } from "../tests/e2e/account.mjs";
import { PASSWORD } from "../tests/e2e/form.mjs";
import { assert, launch, startStore } from "../tests/e2e/support.mjs";

const [SHOPPERS = 2000, TURNS = 1000] = process.argv.slice(2).map(Number);

/** How many shop at the same time. */
const AT_ONCE = 8;

/** How often is measured. */
const SAMPLES = 10;

const WHO = "customer { entityId firstName email addresses(first: 50) { edges { node { entityId } } } }";
const BERLIN = { firstName: "Ada", lastName: "King", address1: "Unter den Linden 1", city: "Berlin", countryCode: "DE", postalCode: "10117" };

const errors = (type) => `errors { __typename ... on ${type} { message } ... on ValidationError { message path } }`;
const ADD = `mutation ($input: AddCustomerAddressInput!) { customer { addCustomerAddress(input: $input) { address { entityId } ${errors("CustomerAddressCreationError")} } } }`;
const CHANGE = `mutation ($input: UpdateCustomerAddressInput!) { customer { updateCustomerAddress(input: $input) { ${errors("CustomerAddressUpdateError")} } } }`;
const DELETE = `mutation ($input: DeleteCustomerAddressInput!) { customer { deleteCustomerAddress(input: $input) { errors { __typename } } } }`;
const RENAME = `mutation ($input: UpdateCustomerInput!) { customer { updateCustomer(input: $input) { ${errors("UnexpectedUpdateCustomerError")} } } }`;
const SUBSCRIBE = `mutation ($input: CreateSubscriberInput!) { newsletter { subscribe(input: $input) { errors { __typename } } } }`;

/** What one shopper does, with cookies of their own: ten requests or so. */
async function shop(url, number) {
  const context = await request.newContext({ baseURL: url });
  const page = { url: () => url, request: context };
  const email = `soak-${number}@example.com`;
  try {
    await openAccount(page, email);
    const html = await (await context.get(DETAILS)).text();
    const [, token] = html.match(/ token="([^"]+)"/) ?? [];
    assert.ok(token, "the page has a token");
    const ask = async (query, input) => {
      const response = await context.post("/graphql", {
        headers: { authorization: `Bearer ${token}`, origin: url, "sec-fetch-site": "same-origin" },
        data: { query, variables: { input } },
      });
      const text = await response.text();
      assert.equal(response.status(), 200, text);
      assert.ok(!/"errors":\[\{/.test(text), text);
      return JSON.parse(text).data;
    };
    await ask(`{ ${WHO} }`);
    const { customer } = await ask(ADD, { ...BERLIN });
    const { entityId } = customer.addCustomerAddress.address;
    await ask(CHANGE, { addressEntityId: entityId, data: { city: "Potsdam" } });
    await ask(RENAME, { firstName: `Ada ${number}` });
    await ask(SUBSCRIBE, { email, firstName: "Ada" });
    await ask(DELETE, { addressEntityId: entityId });
    await ask(`mutation { logout { result } }`);
    await ask(`mutation { login(email: ${JSON.stringify(email)}, password: ${JSON.stringify(PASSWORD)}) { customer { entityId } } }`);
    await ask(`{ ${WHO} }`);
  } finally {
    await context.dispose();
  }
}

/** MB of memory, open descriptors and threads of a process. */
async function ofProcess(pid) {
  const status = await readFile(`/proc/${pid}/status`, "utf8");
  const number = (name) => Number(new RegExp(`^${name}:\\s+(\\d+)`, "m").exec(status)[1]);
  return { megabytes: number("VmRSS") / 1024, descriptors: (await readdir(`/proc/${pid}/fd`)).length, threads: number("Threads") };
}

const row = (...cells) => console.log(`| ${cells.map((cell) => (typeof cell === "number" && !Number.isInteger(cell) ? cell.toFixed(1) : cell)).join(" | ")} |`);

async function soakStore() {
  const store = await startStore({ settings: { throttle: { attempts_per_minute: 0 } } });
  try {
    row("shoppers", "memory (MB)", "descriptors", "threads");
    row("---", "---", "---", "---");
    for (let done = 0; done <= SHOPPERS; done += SHOPPERS / SAMPLES) {
      const { megabytes, descriptors, threads } = await ofProcess(store.child.pid);
      row(done, megabytes, descriptors, threads);
      if (done === SHOPPERS) break;
      const numbers = Array.from({ length: SHOPPERS / SAMPLES }, (_, index) => done + index);
      const one = async () => {
        for (let number = numbers.shift(); number !== undefined; number = numbers.shift()) await shop(store.url, number);
      };
      await Promise.all(Array.from({ length: AT_ONCE }, one));
    }
  } finally {
    await store.stop();
  }
}

/** What a page holds, after what nobody needs is gone. */
async function ofPage(client) {
  await client.send("HeapProfiler.collectGarbage");
  const { metrics } = await client.send("Performance.getMetrics");
  const metric = (name) => metrics.find((each) => each.name === name).value;
  return [metric("JSHeapUsedSize") / 2 ** 20, metric("Nodes"), metric("JSEventListeners"), metric("Documents")];
}

const VIEWS = ["addresses", "newsletter", "password", "profile"];

/** What happens in the page, by its name. */
const TURN = {
  /** Every view of the account in turn. */
  async "view changes"(page, number) {
    const view = VIEWS[number % VIEWS.length];
    await page.evaluate((view) => (location.hash = `account/${view}`), view);
    await page.locator(`account-center a[aria-current][href="#account/${view}"]`).waitFor();
  },
  /** One more element comes and goes. */
  async mounts(page) {
    await page.evaluate(async () => {
      const element = document.createElement("account-newsletter");
      element.setAttribute("load", "eager");
      element.setAttribute("token", document.querySelector("account-center").getAttribute("token"));
      const ready = new Promise((resolve) => element.addEventListener("account:ready", resolve));
      document.querySelector("main").append(element);
      await ready;
      element.remove();
    });
  },
};

async function soakPage() {
  const [store, browser] = await Promise.all([startStore({ settings: { throttle: { attempts_per_minute: 0 } } }), launch()]);
  try {
    const context = await browser.newContext({ baseURL: store.url });
    const page = await context.newPage();
    await openAccount(page, "soak@example.com");
    await page.goto(DETAILS);
    await page.locator("account-center a[aria-current]").waitFor();
    const client = await context.newCDPSession(page);
    await client.send("Performance.enable");
    row("in the page", "JavaScript (MB)", "nodes", "listeners", "documents");
    row("---", "---", "---", "---", "---");
    for (const [what, turn] of Object.entries(TURN)) {
      for (let done = 0; done <= TURNS; done++) {
        if (done % (TURNS / SAMPLES) === 0) row(`${done} ${what}`, ...(await ofPage(client)));
        if (done < TURNS) await turn(page, done);
      }
    }
  } finally {
    await Promise.all([store.stop(), browser.close()]);
  }
}

await soakStore();
console.log();
await soakPage();
