// From the navigation to a sign-up form that can be used, for two builds in turn: cold, over slow 4G (1.6 Mbit/s, 150 ms),
// with the processor slowed 4 times. Not a test: `node bench/ready.mjs BEFORE AFTER 7`. Each build is
// `STORE_BIN:EMBED`, a store and the `dist/embed` it serves. Prints medians and their ratio.

import { spawn } from "node:child_process";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { SIGN_UP, launch } from "../tests/e2e/support.mjs";

const [before, after, rounds = "7"] = process.argv.slice(2);
const median = (numbers) => numbers.toSorted((a, b) => a - b)[Math.floor(numbers.length / 2)];

async function start(build) {
  const [binary, embed] = build.split(":");
  const folder = await mkdtemp(path.join(tmpdir(), "storefront-bench-"));
  const settings = path.join(folder, "settings.json");
  await writeFile(settings, JSON.stringify({ privacy: { cookie_consent_enabled: false } }));
  const child = spawn(binary, ["--data", path.join(folder, "data"), "--demo", "--embed", embed, "--settings", settings, "--port", "0"]);
  const url = await new Promise((resolve, reject) => {
    const hear = (chunk) => {
      const found = /http:\/\/[\w.:]+/.exec(chunk);
      if (found) resolve(found[0]);
    };
    child.stdout.on("data", hear);
    child.stderr.on("data", hear);
    child.once("exit", () => reject(new Error(`${binary} ended`)));
  });
  return { url, stop: () => child.kill("SIGKILL") && rm(folder, { recursive: true, force: true }) };
}

/** Milliseconds until the form takes what is typed: the widget is there, and its first input. */
async function ready(browser, url) {
  const context = await browser.newContext();
  const page = await context.newPage();
  const client = await context.newCDPSession(page);
  await client.send("Network.enable");
  await client.send("Network.emulateNetworkConditions", {
    offline: false,
    latency: 150,
    downloadThroughput: (1.6 * 1024 * 1024) / 8,
    uploadThroughput: (750 * 1024) / 8,
  });
  await client.send("Emulation.setCPUThrottlingRate", { rate: 4 });
  await page.addInitScript(() => {
    const look = () => {
      const input = document.querySelector("account-sign-up .sfa form input:not([type=hidden])");
      if (input?.getBoundingClientRect().height > 0) window.readyAt = performance.now();
      else requestAnimationFrame(look);
    };
    requestAnimationFrame(look);
  });
  await page.goto(url + SIGN_UP);
  const handle = await page.waitForFunction(() => window.readyAt, undefined, { timeout: 60_000 });
  const time = await handle.jsonValue();
  await context.close();
  return time;
}

const stores = await Promise.all([start(before), start(after)]);
const browser = await launch();
const times = [[], []];
for (let round = 0; round < Number(rounds); round += 1) {
  for (const [place, store] of stores.entries()) times[place].push(await ready(browser, store.url));
}
await browser.close();
await Promise.all(stores.map((store) => store.stop()));
for (const [place, name] of ["before", "after"].entries()) {
  const rounded = times[place].map(Math.round);
  console.log(`${name}: median ${Math.round(median(times[place]))} ms of ${rounded.join(", ")}`);
}
console.log(`after / before: ${(median(times[1]) / median(times[0])).toFixed(2)}`);
