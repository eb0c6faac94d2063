// Nothing moves when an element takes its place (Core Web Vitals: a shift of 0.1 is good; here, half of that).

import { assert, freshEmail, suite } from "./support.mjs";
import { SIGN_IN, openAccount } from "./account.mjs";

const journey = suite();

const PAGES = { "sign-in": [SIGN_IN], "sign-up": ["/login.php?action=create_account"], addresses: ["/account.php?action=address_book", true], center: ["/account.php?action=account_details", true] };

/** Takes the fallback out of the page's own markup. */
const withoutFallback = (context, name) =>
  context.route(/\.php/, async (route) => {
    if (route.request().resourceType() !== "document") return route.fallback();
    const response = await route.fetch({ maxRedirects: 0 });
    const html = (await response.text()).replace(new RegExp(`(<account-${name}[^>]*>)[\\s\\S]*?(</account-${name}>)`), "$1$2");
    return route.fulfill({ response, body: html });
  });

/** How much moved until the element was there and nothing more was fetched. */
async function shiftOf(page, path, name) {
  await page.addInitScript(() => {
    window.shift = 0;
    new PerformanceObserver((list) => {
      for (const entry of list.getEntries()) if (!entry.hadRecentInput) window.shift += entry.value;
    }).observe({ type: "layout-shift", buffered: true });
  });
  const session = await page.context().newCDPSession(page);
  await session.send("Network.enable");
  await session.send("Network.emulateNetworkConditions", { offline: false, latency: 100, downloadThroughput: 250_000, uploadThroughput: 100_000 });
  await page.goto(path);
  await page.locator(`account-${name} > .sfa:not([hidden]) :is(form, [role=feed], dl)`).first().waitFor({ state: "attached", timeout: 30_000 });
  await page.waitForLoadState("networkidle");
  return page.evaluate(() => window.shift);
}

for (const [name, [path, isOfCustomer]] of Object.entries(PAGES)) {
  for (const has of ["a fallback", "no fallback"]) {
    journey(`nothing moves when <account-${name}> comes, with ${has}`, async ({ page, context }) => {
      if (isOfCustomer) await openAccount(page, freshEmail());
      if (has === "no fallback") await withoutFallback(context, name);
      const shift = await shiftOf(page, path, name);
      assert.ok(shift < 0.05, `moved by ${shift.toFixed(3)}`);
    });
  }
}
