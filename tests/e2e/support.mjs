// What every journey stands on: a store of its own, one browser a file, one context a test.

import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync } from "node:fs";
import { mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import path from "node:path";
import { after, before, test } from "node:test";
import { fileURLToPath } from "node:url";
import { ENGINE, NOISE, lacking, launch } from "./engines.mjs";

const ROOT = fileURLToPath(new URL("../../", import.meta.url));
export const OUTPUT = path.join(ROOT, "tests/e2e/output");
export const STORE_BIN = process.env.STORE_BIN ?? path.join(ROOT, "target/debug/storefront-store");
export const EMBED = process.env.EMBED ?? path.join(ROOT, "dist/embed");

/** Longest wait for anything to happen in the page; a test of this suite is done in 1 to 4 s. */
const TIMEOUT = 10_000;

/** The page under test. */
export const SIGN_UP = "/login.php?action=create_account";

const READY = /^storefront-store: listening on (http:\/\/\S+)/m;

/**
 * Starts the real store on a free port, in a directory of its own. `settings` is laid over the
 * store's settings; `form_fields` in it replaces both forms. It asks about cookies if they say so.
 */
export async function startStore({ settings = {} } = {}) {
  for (const [file, cure] of [
    [STORE_BIN, "cargo build -p storefront-store"],
    [path.join(EMBED, "manifest.json"), "cargo xtask build"],
  ]) {
    assert.ok(existsSync(file), `there is no ${file}; run: ${cure}`);
  }
  const folder = await mkdtemp(path.join(tmpdir(), "storefront-e2e-"));
  const options = ["--data", path.join(folder, "data"), "--demo", "--embed", EMBED];
  const file = path.join(folder, "settings.json");
  await writeFile(file, JSON.stringify({ privacy: { cookie_consent_enabled: false }, ...settings }));
  options.push("--settings", file);
  const store = { url: undefined, child: undefined, data: path.join(folder, "data") };
  store.start = async () => {
    const port = store.url ? new URL(store.url).port : "0";
    const child = spawn(STORE_BIN, [...options, "--port", port], {
      stdio: ["ignore", "pipe", "pipe"],
    });
    store.child = child;
    let said = "";
    store.url = await new Promise((resolve, reject) => {
      const late = setTimeout(() => reject(new Error(`the store does not start:\n${said}`)), 30_000);
      const hear = (chunk) => {
        said += chunk;
        const url = READY.exec(said)?.[1];
        if (!url) return;
        clearTimeout(late);
        resolve(url);
      };
      child.stdout.on("data", hear);
      child.stderr.on("data", hear);
      child.once("exit", (code) => reject(new Error(`the store ended (${code}):\n${said}`)));
    });
  };
  /** Ends the store at once, as a power cut would. */
  store.kill = async () => {
    if (store.child.exitCode !== null || store.child.signalCode !== null) return;
    const gone = once(store.child, "exit");
    store.child.kill("SIGKILL");
    await gone;
  };
  store.stop = async () => {
    await store.kill();
    await rm(folder, { recursive: true, force: true });
  };
  await store.start();
  return store;
}

export { launch };

/**
 * A file's store and browser. Gives `journey(name, [options,] run)`: a test in a context of its
 * own, which fails on any error in the console that `options.allow` does not name, and where it takes
 * more than `options.timeout` milliseconds. `options.skip` says why an engine cannot do it, by the
 * engine's name. The other options are the context's.
 */
export function suite(storeOptions) {
  let store;
  let browser;
  before(async () => {
    [store, browser] = await Promise.all([startStore(storeOptions), launch()]);
  });
  after(async () => {
    await Promise.all([store?.stop(), browser?.close()]);
  });
  return function journey(name, options, run) {
    if (typeof options === "function") [options, run] = [{}, options];
    const { allow = [], timeout = 90_000, skip = {}, ...contextOptions } = options;
    test(name, { timeout, skip: skip[ENGINE] ?? lacking(contextOptions) }, async () => {
      const context = await browser.newContext({
        baseURL: store.url,
        locale: "en-GB",
        viewport: { width: 1000, height: 800 },
        ...contextOptions,
      });
      context.setDefaultTimeout(TIMEOUT);
      const consoleErrors = [];
      const report = (text) => {
        if (![...allow, ...NOISE].some((known) => known.test(text))) consoleErrors.push(text);
      };
      // Violations of the content security policy are among them.
      context.on("console", (message) => {
        if (message.type() === "error") report(message.text());
      });
      context.on("weberror", (error) => report(String(error.error())));
      try {
        await run({ page: await context.newPage(), context, store, browser });
        assert.deepEqual(consoleErrors, [], "the console has errors");
      } finally {
        await context.close();
      }
    });
  };
}

/** Counts up, so that no two tests open an account for the same address. */
let number = 0;
export const freshEmail = () => `shopper-${process.pid}-${++number}@example.com`;

/** Waits until `check` gives something true; for what lies outside the page. */
export async function until(check, what) {
  const end = Date.now() + TIMEOUT;
  for (;;) {
    const found = await check();
    if (found) return found;
    assert.ok(Date.now() < end, `timed out waiting for ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

/** `dir` of a page in a language. */
export const direction = (language) => (language === "ar" ? "rtl" : "ltr");

let clicks = 0;

/**
 * Clicks at another point of the button than the last time. Of two quick clicks at one point, the elements ignore the second where
 * what the first one pressed is gone.
 */
export const clickAgain = (button) => button.click({ position: { x: 4 + 8 * (++clicks % 3), y: 8 } });

const axeSource = readFile(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

/** Violations of WCAG 2.2 AA and of axe's best practices in the page as it stands, or in `within` it. */
export async function violationsOf(page, within) {
  await page.evaluate(await axeSource);
  const { violations, passes } = await page.evaluate((within) =>
    window.axe.run(within ?? document, {
      runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
      resultTypes: ["violations"],
    }), within,
  );
  assert.ok(passes.length > (within ? 3 : 10), "axe looked at nothing");
  return violations.map(
    (v) => `${v.id}: ${v.help}\n  ${v.nodes.map((n) => `${n.target}: ${n.failureSummary}`).join("\n  ")}`,
  );
}

/** Fails on any of them in the page as it stands. */
export async function assertAccessible(page, state) {
  const words = await violationsOf(page);
  assert.equal(words.join("\n"), "", `accessibility, ${state}`);
}

/** Keeps a picture of the page. */
export async function picture(page, name, options = {}) {
  await mkdir(OUTPUT, { recursive: true });
  // To hide the caret, Playwright puts a style into the page, which its policy may forbid.
  await page.screenshot({ path: path.join(OUTPUT, `${name}.png`), fullPage: true, caret: ENGINE === "firefox" ? "initial" : "hide", ...options });
}

export { ROOT, assert };
