// Measures the sign-up form beside honest small ones of the same form in other frameworks, which ask the same query:
// `node run.mjs [ROUNDS] [PROFILE]`, by `cargo xtask bench`. A fresh browser for each page, the pages in turn; medians.
// Writes the table and the plot into docs/.

import { execFileSync } from "node:child_process";
import { readFile, writeFile } from "node:fs/promises";
import { cpus, loadavg } from "node:os";
import { launch, startStore } from "../tests/e2e/support.mjs";
import { plot } from "./plot.mjs";
import { PAGES, serve } from "./site.mjs";

const ROUNDS = Number(process.argv[2] ?? 5);

/** Slow 4G as Lighthouse has it: latency in milliseconds, bytes a second. */
const SLOW_4G = { offline: false, latency: 562.5, downloadThroughput: (1474.56 * 1024) / 8, uploadThroughput: (675 * 1024) / 8 };

const PROFILES = {
  phone: { title: "slow 4G, the processor slowed 4 times", network: SLOW_4G, rate: 4 },
  desktop: { title: "desktop, the network of this machine", network: undefined, rate: 1 },
};

/** Notes when the form is there, when a country chosen has its states, and what the page did meanwhile. */
function observe() {
  const noted = { long: [], shift: 0 };
  window.noted = noted;
  new PerformanceObserver((list) => noted.long.push(...list.getEntries().map(({ duration }) => duration))).observe({ type: "longtask", buffered: true });
  new PerformanceObserver((list) => list.getEntries().forEach(({ value }) => (noted.shift += value))).observe({ type: "layout-shift", buffered: true });
  const timer = setInterval(() => {
    const country = document.querySelector("select[name='FormField[2][11]'], #f2-11");
    const state = document.querySelector("select[name='FormField[2][12]'], #f2-12");
    if (!noted.form) {
      if (!(country?.options.length > 1)) return;
      noted.form = performance.now();
      // React listens to what goes around its own setter.
      Object.getOwnPropertyDescriptor(HTMLSelectElement.prototype, "value").set.call(country, "CA");
      country.dispatchEvent(new Event("change", { bubbles: true }));
    } else if (state && Array.from(state.options).some(({ value }) => value === "Ontario")) {
      clearInterval(timer);
      requestAnimationFrame(() => setTimeout(() => (noted.usable = performance.now())));
    }
  }, 10);
}

/** Milliseconds from a key to the frame after it. */
const keystroke = (page) =>
  page.evaluate(async () => {
    const field = document.querySelector("[name='FormField[2][4]'], #f2-4");
    const painted = () => new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve)));
    const times = [];
    for (const text of ["A", "Ad", "Ada"]) {
      await painted();
      const start = performance.now();
      Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, "value").set.call(field, text);
      field.dispatchEvent(new Event("input", { bubbles: true }));
      await painted();
      times.push(performance.now() - start);
    }
    return times.toSorted((a, b) => a - b)[1];
  });

/** MB of the renderer that holds most: no other browser is open. */
function largestRenderer() {
  const processes = execFileSync("ps", ["-eo", "rss,args"], { encoding: "utf8" }).split("\n");
  const renderers = processes.filter((line) => line.includes("--type=renderer"));
  return Math.max(...renderers.map((line) => Number.parseInt(line, 10))) / 1024;
}

async function measure(url, { network, rate }) {
  const browser = await launch();
  try {
    const context = await browser.newContext({ viewport: { width: 390, height: 844 } });
    const page = await context.newPage();
    const client = await context.newCDPSession(page);
    await client.send("Network.enable");
    await client.send("Performance.enable");
    if (network) await client.send("Network.emulateNetworkConditions", network);
    await client.send("Emulation.setCPUThrottlingRate", { rate });
    let bytes = 0;
    client.on("Network.loadingFinished", ({ encodedDataLength }) => (bytes += encodedDataLength));
    await page.addInitScript(observe);
    const usable = async () => {
      await page.goto(url, { waitUntil: "commit" });
      await page.waitForFunction(() => window.noted?.usable, undefined, { timeout: 60_000, polling: 200 });
      return page.evaluate(() => ({ ...window.noted, paint: performance.getEntriesByName("first-contentful-paint")[0]?.startTime ?? 0 }));
    };
    const cold = await usable();
    const weight = bytes;
    const { metrics } = await client.send("Performance.getMetrics");
    const metric = (wanted) => metrics.find(({ name }) => name === wanted).value * 1000;
    const key = await keystroke(page);
    await client.send("HeapProfiler.collectGarbage");
    const memory = largestRenderer();
    const warm = await usable();
    return {
      kB: weight / 1000,
      paint: cold.paint,
      form: cold.form,
      usable: cold.usable,
      states: cold.usable - cold.form,
      warm: warm.usable,
      blocking: cold.long.reduce((sum, duration) => sum + duration - 50, 0),
      longest: Math.max(0, ...cold.long),
      script: metric("ScriptDuration"),
      layout: metric("LayoutDuration") + metric("RecalcStyleDuration"),
      main: metric("TaskDuration"),
      key,
      memory,
      shift: cold.shift,
    };
  } finally {
    await browser.close();
  }
}

const median = (numbers) => numbers.toSorted((a, b) => a - b)[Math.floor(numbers.length / 2)];

/** What the columns are called, and their digits. */
const COLUMNS = {
  kB: ["bytes, kB", 0],
  paint: ["first paint", 0],
  form: ["form", 0],
  usable: ["usable", 0],
  warm: ["usable, warm", 0],
  states: ["country to states", 0],
  blocking: ["blocking", 0],
  longest: ["longest task", 0],
  script: ["script", 0],
  layout: ["style and layout", 0],
  main: ["main thread", 0],
  key: ["key to paint", 1],
  memory: ["process, MB", 0],
  shift: ["layout shift", 3],
};

const store = await startStore();
const site = await serve(store.url);
const chosen = Object.entries(PROFILES).filter(([name]) => !process.argv[3] || process.argv[3] === name);
const found = new Map();
const load = loadavg()[0];
try {
  for (const [profile, conditions] of chosen) {
    const runs = Object.fromEntries(Object.keys(PAGES).map((name) => [name, []]));
    for (let round = 0; round < ROUNDS; round += 1) {
      for (const name of Object.keys(PAGES)) {
        runs[name].push(await measure(`${site.url}/${name}`, conditions));
        if (process.env.VERBOSE) console.log(name, JSON.stringify(runs[name].at(-1)));
      }
      console.log(`${profile}: round ${round + 1} of ${ROUNDS}`);
    }
    found.set(profile, runs);
  }
} finally {
  site.close();
  await store.stop();
}

const cell = (runs, column) => {
  const [, digits] = COLUMNS[column];
  return median(runs.map((run) => run[column])).toFixed(digits);
};
const spread = (runs) => {
  const times = runs.map(({ usable }) => Math.round(usable)).toSorted((a, b) => a - b);
  return `${times[0]} to ${times.at(-1)}`;
};
const parts = chosen.map(([profile, { title }]) => {
  const runs = found.get(profile);
  const names = Object.keys(PAGES);
  const head = `| | ${names.map((name) => PAGES[name].title).join(" | ")} |\n|---|${"--:|".repeat(names.length)}`;
  const rows = Object.entries(COLUMNS).map(([column, [title]]) => `| ${title} | ${names.map((name) => cell(runs[name], column)).join(" | ")} |`);
  rows.splice(4, 0, `| usable, lowest to highest | ${names.map((name) => spread(runs[name])).join(" | ")} |`);
  return `### ${title[0].toUpperCase()}${title.slice(1)}\n\n${head}\n${rows.join("\n")}\n`;
});
const date = new Date().toISOString().slice(0, 10);
const machine = `${cpus().length} cores (${cpus()[0].model.trim()}), load ${load.toFixed(1)} at the start, Node ${process.version}`;
const text = `Medians of ${ROUNDS} rounds on ${date}; ${machine}. Times in milliseconds.\n\n${parts.join("\n")}`;
const file = new URL("../docs/performance.md", import.meta.url);
const docs = await readFile(file, "utf8");
const generated = /(<!-- generated: bench -->\n)[^]*?(<!-- end of generated -->)/;
await writeFile(file, docs.replace(generated, (_, begin, end) => `${begin}${text}${end}`));
const phone = found.get("phone");
if (phone) {
  const bars = Object.keys(PAGES).map((name) => ({ title: PAGES[name].title, times: phone[name].map(({ usable }) => usable), median: median(phone[name].map(({ usable }) => usable)) }));
  await writeFile(new URL("../docs/performance.svg", import.meta.url), plot(`Usable after, ms (${PROFILES.phone.title}, cold)`, bars));
}
console.log(text);
