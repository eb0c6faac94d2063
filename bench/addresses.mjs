// How the address book behaves with 10, 1,000 and 10,000 addresses, beside a plain list of the same
// data in the same run. Not a test: `node bench/addresses.mjs` after `cargo xtask build` and
// `cargo build --release -p storefront-store`, with STORE_BIN=target/release/storefront-store; prints medians of ROUNDS rounds.

import { execFileSync } from "node:child_process";
import { STORE_BIN, launch, startStore } from "../tests/e2e/support.mjs";
import { openAccount } from "../tests/e2e/account.mjs";
import { BOOK } from "../tests/e2e/book.mjs";

const ROUNDS = Number(process.argv[2] ?? 5);
const COUNTS = [10, 1000, 10000];

const median = (numbers) => numbers.toSorted((a, b) => a - b)[Math.floor(numbers.length / 2)];

/** Milliseconds from a key to the frame after it, over some words. */
const typing = (page, selector) =>
  page.evaluate(async (selector) => {
    const search = document.querySelector(selector);
    const painted = () => new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve)));
    const times = [];
    for (const word of ["r", "ro", "roa", "road", ""]) {
      await painted();
      const start = performance.now();
      search.value = word;
      search.dispatchEvent(new Event("input", { bubbles: true }));
      await painted();
      times.push(performance.now() - start);
    }
    return times.toSorted((a, b) => a - b)[2];
  }, selector);

/** MB that the page's own process holds, and nodes of its document. */
async function memory(page) {
  const client = await page.context().newCDPSession(page);
  await client.send("HeapProfiler.collectGarbage");
  const processes = execFileSync("ps", ["-eo", "rss,args"], { encoding: "utf8" }).split("\n");
  const renderers = processes.filter((line) => line.includes("--type=renderer"));
  const megabytes = Math.max(...renderers.map((line) => Number.parseInt(line, 10))) / 1024;
  return { megabytes, nodes: await page.evaluate(() => document.querySelectorAll("*").length) };
}

async function widget(page, count) {
  await page.goto(BOOK);
  await page.locator("account-addresses .sfa .sfa-address").first().waitFor();
  const first = await page.evaluate(() => window.firstRow);
  const last = await page.evaluate(async (count) => {
    const start = performance.now();
    const isThere = () => document.querySelector(`[aria-posinset="${count}"]`)?.getBoundingClientRect().top < innerHeight;
    while (!isThere()) {
      scrollTo(0, document.documentElement.scrollHeight);
      await new Promise((resolve) => requestAnimationFrame(resolve));
    }
    return performance.now() - start;
  }, count);
  const key = await typing(page, "account-addresses input[type=search]");
  return { first, last, key, ...(await memory(page)) };
}

/** A list of everything, as one writes it without a library. */
async function plain(page) {
  await page.goto(`${BOOK}&script=off`);
  const token = await page.locator("account-addresses").getAttribute("token");
  const found = await page.evaluate(async (token) => {
    const begun = performance.now();
    const main = document.querySelector("main");
    main.textContent = "";
    const search = main.appendChild(document.createElement("input"));
    search.id = "plain";
    const list = main.appendChild(document.createElement("ul"));
    const rows = [];
    const query = `query($after: String) { customer { addresses(first: 50, after: $after) { pageInfo { hasNextPage endCursor }
      edges { node { entityId firstName lastName company address1 address2 city stateOrProvince postalCode countryCode phone } } } } }`;
    let after = null;
    let first;
    do {
      const response = await fetch("/graphql", { method: "POST", headers: { "content-type": "application/json", authorization: `Bearer ${token}` }, body: JSON.stringify({ query, variables: { after } }) });
      const { edges, pageInfo } = (await response.json()).data.customer.addresses;
      for (const { node } of edges) {
        const item = document.createElement("li");
        const parts = [`${node.firstName} ${node.lastName}`, node.company, node.address1, node.address2, `${node.city}, ${node.stateOrProvince ?? ""} ${node.postalCode ?? ""}`, node.countryCode, node.phone];
        for (const part of parts.filter(Boolean)) item.appendChild(document.createElement("div")).textContent = part;
        for (const label of ["Change", "Delete"]) item.appendChild(document.createElement("button")).textContent = label;
        list.append(item);
        rows.push([item, parts.join(" ").toLowerCase()]);
      }
      first ??= performance.now() - begun;
      after = pageInfo.hasNextPage ? pageInfo.endCursor : undefined;
    } while (after);
    list.lastElementChild.scrollIntoView();
    await new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve)));
    search.addEventListener("input", () => {
      for (const [item, text] of rows) item.hidden = !text.includes(search.value);
    });
    return { first, last: performance.now() - begun };
  }, token);
  const key = await typing(page, "#plain");
  return { ...found, key, ...(await memory(page)) };
}

const store = await startStore();
const browser = await launch();
try {
  const table = [];
  for (const count of COUNTS) {
    const context = await browser.newContext({ baseURL: store.url, viewport: { width: 1000, height: 800 } });
    await context.addInitScript(() => {
      const observer = new MutationObserver(() => {
        if (window.firstRow || !document.querySelector("account-addresses .sfa:not([hidden]) .sfa-address")) return;
        requestAnimationFrame(() => (window.firstRow ??= performance.now()));
      });
      observer.observe(document, { childList: true, subtree: true, attributes: true, attributeFilter: ["hidden"] });
    });
    // A page of its own each time: what the one before leaves behind is not this one's.
    const fresh = async (measure) => {
      const page = await context.newPage();
      try {
        return await measure(page);
      } finally {
        await page.close();
      }
    };
    const email = `many-${count}@example.com`;
    await fresh((page) => openAccount(page, email));
    execFileSync(STORE_BIN, ["addresses", "--data", store.data, "--email", email, "--count", String(count - 1)]);
    const rounds = { widget: [], plain: [] };
    for (let round = 0; round < ROUNDS; round += 1) {
      rounds.widget.push(await fresh((page) => widget(page, count)));
      rounds.plain.push(await fresh(plain));
    }
    for (const [list, measured] of Object.entries(rounds)) {
      const of = (name, digits = 0) => Number(median(measured.map((m) => m[name])).toFixed(digits));
      table.push({ addresses: count, list, "first row ms": of("first"), "last row ms": of("last"), "key to paint ms": of("key", 1), "process MB": of("megabytes"), nodes: of("nodes") });
    }
    await context.close();
  }
  console.table(table);
} finally {
  await Promise.all([store.stop(), browser.close()]);
}
