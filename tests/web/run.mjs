// Runs the component tests in headless Chromium: `node run.mjs cargo test …`.
//
// wasm-bindgen's own runner serves the page. With NO_HEADLESS it leaves the browser to us, which we need: its server
// (tiny_http 0.12) never reads the fifth connection that a browser keeps open, and then the page does not load. A proxy
// with few connections, each for one request, stands between them.

import { spawn } from "node:child_process";
import { Agent, createServer, request } from "node:http";
import { chromium } from "playwright-core";

/** Longest time without a test that ends, in milliseconds. */
const DEADLINE = 180_000;

/** Starts the runner; returns where its page is. */
async function serve([command, ...options]) {
  const environment = { ...process.env, NO_HEADLESS: "1", WASM_BINDGEN_TEST_ADDRESS: "127.0.0.1:0" };
  const runner = spawn(command, options, { env: environment, stdio: ["ignore", "pipe", "inherit"], detached: true });
  // The runner is a child of cargo: the group ends with us.
  process.on("exit", () => {
    try {
      process.kill(-runner.pid);
    } catch {
      // It is over.
    }
  });
  return new Promise((resolve, reject) => {
    let said = "";
    runner.stdout.on("data", (chunk) => {
      said += chunk;
      const url = /available at (http:\/\/\S+)/.exec(said)?.[1];
      if (url) resolve(url);
    });
    runner.on("exit", (code) => reject(new Error(`the runner ended (${code})\n${said}`)));
  });
}

/** A server that asks `origin`, for a browser. */
async function proxy(origin) {
  const agent = new Agent({ maxSockets: 2 });
  const server = createServer((asked, answer) => {
    const passed = request(origin + asked.url, { agent, headers: { host: new URL(origin).host } }, (response) => {
      answer.writeHead(response.statusCode, response.headers);
      response.pipe(answer);
    });
    passed.on("error", (error) => answer.destroy(error));
    passed.end();
  });
  await new Promise((resolve) => server.listen(0, "127.0.0.1", () => resolve(undefined)));
  return `http://127.0.0.1:${/** @type {import("node:net").AddressInfo} */ (server.address()).port}/`;
}

const url = await proxy(await serve(/** @type {[string, ...string[]]} */ (process.argv.slice(2))));
const browser = await chromium.launch({ executablePath: process.env.CHROMIUM, args: ["--headless", "--no-sandbox", "--disable-gpu", "--disable-quic"] });
const page = await browser.newPage();
const noted = [];
page.on("console", (message) => message.type() === "error" && noted.push(message.text()));
page.on("pageerror", (error) => noted.push(String(error)));
await page.goto(url);

let shown = 0;
let changed = Date.now();
let text = "";
while (!/^test result: .*$/m.test(text) && Date.now() - changed < DEADLINE) {
  await new Promise((resolve) => setTimeout(resolve, 100));
  text = await page.locator("#output").textContent();
  if (text.length > shown) {
    process.stdout.write(text.slice(shown));
    [shown, changed] = [text.length, Date.now()];
  }
}
const passed = /^test result: ok/m.test(text);
if (!passed) console.log(`\nthe page said:\n${noted.join("\n")}`);
await browser.close();
process.exit(passed ? 0 : 1);
