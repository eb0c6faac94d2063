// Contact sheets: every state of every element, one picture for each host. For the eye; nothing is asserted.
//
//   node tests/e2e/shots.mjs [HOST…]      `light`, `dark` and a width in pixels may stand among the hosts

import { mkdir, writeFile } from "node:fs/promises";
import path from "node:path";
import { HOSTS, dress, styleOf } from "./hosts.mjs";
import { addressesOf, serveSpecimens } from "./specimens.mjs";
import { OUTPUT, launch } from "./support.mjs";

const words = process.argv.slice(2);
const hosts = words.filter((word) => word in HOSTS);
const schemes = words.filter((word) => word === "light" || word === "dark");
const width = Number(words.find((word) => /^\d+$/.test(word)) ?? 700);

/** A thumbnail's width in the sheet, in pixels. */
const THUMBNAIL = 330;

const folder = path.join(OUTPUT, "shots");
await mkdir(folder, { recursive: true });
const specimens = await serveSpecimens();
const browser = await launch();
try {
  for (const colorScheme of schemes.length ? schemes : ["light"]) {
    const context = await browser.newContext({ viewport: { width, height: 700 }, colorScheme: /** @type {"light" | "dark"} */ (colorScheme), reducedMotion: "reduce" });
    const page = await context.newPage();
    const addresses = await addressesOf(page, specimens, "");
    const names = hosts.length ? hosts : Object.keys(HOSTS);
    const shots = new Map(names.map((name) => [name, []]));
    const sheets = Object.fromEntries(await Promise.all(names.map(async (name) => [name, await styleOf(HOSTS[name])])));
    for (const address of addresses) {
      const { searchParams } = new URL(address);
      const state = `${searchParams.get("element")}: ${searchParams.get("state")}`;
      await specimens.show(page, address);
      for (const name of names) {
        await dress(page, { sheet: sheets[name], host: HOSTS[name], scheme: colorScheme, isBehind: true });
        const picture = await page.screenshot({ clip: await clip(page), fullPage: true });
        shots.get(name).push([state, picture.toString("base64")]);
      }
    }
    for (const [name, pictures] of shots) {
      const figures = pictures.map(([state, picture]) => `<figure><img src="data:image/png;base64,${picture}"><figcaption>${state}</figcaption></figure>`);
      const html = `<!doctype html><title>${name}</title><style>body{columns:${THUMBNAIL}px;font:14px sans-serif;margin:8px;background:#ccc}figure{break-inside:avoid;margin:0 0 8px;background:#fff}img{width:100%;display:block}figcaption{padding:2px 4px}</style>${figures.join("")}`;
      const file = path.join(folder, `${name}-${colorScheme}-${width}`);
      await writeFile(`${file}.html`, html);
      const sheet = await context.newPage();
      await sheet.setViewportSize({ width: 2100, height: 1200 });
      await sheet.setContent(html);
      await sheet.screenshot({ path: `${file}.png`, fullPage: true });
      await sheet.close();
      console.log(`${file}.png`);
    }
    await context.close();
  }
} finally {
  await browser.close();
  specimens.close();
}

/** The part of the page that the state is in: the stage, or the window where a dialog or the question is open. */
async function clip(page) {
  return page.evaluate(() => {
    const stage = document.querySelector("#stage");
    if (stage.querySelector("dialog[open], .sfa-consent:not([hidden])")) return { x: 0, y: scrollY, width: innerWidth, height: innerHeight };
    const { x, y, width, height } = stage.getBoundingClientRect();
    return { x: Math.max(0, x - 8), y: y + scrollY - 8, width: width + 16, height: Math.min(Math.max(height, 20) + 16, 1600) };
  });
}
