// The pictures of the docs: one state of each element, as the specimen page shows it, and an account in the demo shop for README.
//
//   cargo xtask shots docs      look at what changed before you commit it

import { mkdir, writeFile } from "node:fs/promises";
import path from "node:path";
import { serveSpecimens } from "./specimens.mjs";
import { ROOT, assert, launch, startStore } from "./support.mjs";

/** The state that says most of each element, and how much of it says what it is, in CSS pixels. */
const STATES = {
  "sign-in": ["wrong", 480],
  password: ["errors", 480],
  profile: ["saved", 330],
  addresses: ["selected", 520],
  newsletter: ["customer", 480],
  center: ["customer", 520],
  consent: ["banner", 480],
};

/** As wide as a page of docs, in CSS pixels. */
const WIDTH = 560;

/** A picture weighs no more than this, in bytes. */
const MOST = 60_000;

const folder = path.join(ROOT, "docs/pictures");
await mkdir(folder, { recursive: true });
const [specimens, store, browser] = [await serveSpecimens(), await startStore(), await launch()];
try {
  const page = await browser.newPage({ viewport: { width: WIDTH, height: 700 }, reducedMotion: "reduce" });
  for (const [element, [state, height]] of Object.entries(STATES)) {
    await specimens.show(page, `${specimens.origin}/?element=${element}&state=${state}`);
    await save(element, await page.screenshot({ clip: await clip(page, height), fullPage: true }));
  }
  await save("account", await account());
} finally {
  await Promise.all([browser.close(), store.stop()]);
  specimens.close();
}

async function save(name, picture) {
  assert.ok(picture.length <= MOST, `${name}: ${picture.length} bytes`);
  await writeFile(path.join(folder, `${name}.png`), picture);
  console.log(`docs/pictures/${name}.png: ${picture.length} bytes`);
}

/** The account of a demo customer, with the address book open. */
async function account() {
  const page = await browser.newPage({ baseURL: store.url, viewport: { width: 900, height: 560 }, reducedMotion: "reduce" });
  await page.goto("/login.php");
  const form = page.locator("account-sign-in .sfa form");
  await form.locator("[name=login_email]").fill("jun@example.com");
  await form.locator("[name=login_pass]").fill("Correct-horse-7");
  await form.locator("[type=submit]").click();
  await page.waitForURL(/account\.php/);
  await page.locator("account-center").getByRole("link", { name: "Your addresses" }).click();
  await page.locator(".sfa-address").first().waitFor();
  await page.mouse.click(5, 5);
  return page.screenshot();
}

/** The part of the page that the state is in: the stage, or the question about cookies. */
function clip(page, most) {
  return page.evaluate((most) => {
    const shown = document.querySelector(".sfa-consent:not([hidden])") ?? document.querySelector("#stage");
    const { x, y, width, height } = shown.getBoundingClientRect();
    // Behind the question is the list of states.
    const edge = shown.id ? 8 : 0;
    return { x: Math.max(0, x - edge), y: y + scrollY - edge, width: width + 2 * edge, height: Math.min(height + 2 * edge, most) };
  }, most);
}
