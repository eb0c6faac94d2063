// axe in every state, and the ways in which people see a page. Pictures go to tests/e2e/output.

import { copyFile, mkdir } from "node:fs/promises";
import path from "node:path";
import { OUTPUT, ROOT, assert, assertAccessible, freshEmail, picture, suite } from "./support.mjs";
import { openAccount } from "./account.mjs";
import { ASKING, banner, button, dialog } from "./cookies.mjs";
import { control, everything, fill, intercept, open, problems, submit, submitButton, summary, widget } from "./form.mjs";

const journey = suite();
const askingJourney = suite(ASKING);

const LOOKS = {
  light: { query: "", options: { colorScheme: "light" } },
  dark: { query: "", options: { colorScheme: "dark" } },
  rtl: { query: "&lang=ar&dir=rtl", options: { colorScheme: "light" } },
};

for (const [look, { query, options }] of Object.entries(LOOKS)) {
  journey(`every state is accessible, ${look}`, { ...options, allow: [/ERR_INTERNET_DISCONNECTED/] }, async ({ page, context }) => {
    await open(page, query);
    assert.equal(await page.evaluate(() => getComputedStyle(document.querySelector(".sfa")).direction), look === "rtl" ? "rtl" : "ltr");
    await assertAccessible(page, "empty");
    await picture(page, `${look}-empty`);

    await submit(page);
    await problems(page);
    await assertAccessible(page, "errors");
    await picture(page, `${look}-errors`);

    // Not the password of the demo's customers: after a lost answer the widget tries to sign in.
    const answers = { ...everything(), password: "Another-horse-8" };
    await fill(page, answers);
    await summary(page).waitFor({ state: "hidden" });
    await assertAccessible(page, "filled");

    await context.setOffline(true);
    await submit(page);
    await problems(page);
    await assertAccessible(page, "offline");
    await picture(page, `${look}-offline`);
    await context.setOffline(false);

    await control(page, "email").fill("maria@example.com");
    await submit(page);
    await summary(page).locator("li a").nth(1).waitFor();
    await assertAccessible(page, "refused");
    await picture(page, `${look}-refused`);

    await control(page, "email").fill(answers.email);
    let release;
    const held = new Promise((resolve) => (release = resolve));
    await intercept(page, "RegisterCustomer", async (route) => {
      await held;
      await route.fallback();
    });
    await submit(page);
    await page.waitForFunction(() => document.querySelector("account-sign-up [aria-disabled=true]"));
    await assertAccessible(page, "sending");
    await picture(page, `${look}-sending`);

    await page.evaluate(() => document.addEventListener("account:signed-up", (event) => event.preventDefault()));
    release();
    await widget(page).locator(".sfa-title").waitFor();
    await assertAccessible(page, "done");
    await picture(page, `${look}-done`);
  });

  journey(`the theme's own form is accessible, also when it was refused, ${look}`, { ...options, allow: [/422/] }, async ({ page }) => {
    await page.route("**/embed/account.js", (route) => route.fulfill({ contentType: "text/javascript", body: "" }));
    await page.goto(`/login.php?action=create_account${query}`);
    await assertAccessible(page, "the theme's form");
    await page.locator("form[action*=save_new_account] > [type=submit]").click();
    await page.locator(".problem").waitFor();
    await assertAccessible(page, "the theme's form, refused");
  });
}

/** How far the page is wider than its window. */
const excess = (page) => page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);

for (const query of ["", "&lang=ar&dir=rtl"]) {
  for (const size of ["100%", "200%"]) {
    journey(`at 320 px with text at ${size} nothing has to be scrolled sideways${query && ", right to left"}`, { viewport: { width: 320, height: 640 } }, async ({ page }) => {
      await open(page, query);
      await page.evaluate((wanted) => (document.documentElement.style.fontSize = wanted), size);
      await submit(page);
      await problems(page);
      await picture(page, `narrow-${size.replace("%", "")}${query && "-rtl"}`);
      assert.ok((await excess(page)) <= 0, `the page is ${await excess(page)} px too wide`);
      const cut = await widget(page).evaluate((root) =>
        Array.from(root.querySelectorAll("input, select, textarea, button, label, a"))
          .filter((node) => node.getClientRects().length > 0)
          .map((node) => [node.outerHTML.slice(0, 60), node.getBoundingClientRect()])
          .filter(([, box]) => box.left < -0.5 || box.right > document.documentElement.clientWidth + 0.5)
          .map(([html]) => html),
      );
      assert.deepEqual(cut, [], "nothing stands outside");
    });
  }
}

journey("what is pressed is 24 px in both directions at least", { viewport: { width: 320, height: 640 } }, async ({ page }) => {
  await open(page);
  await submit(page);
  await problems(page);
  const small = await widget(page).evaluate((root) =>
    Array.from(root.querySelectorAll("input, select, textarea, button, .sfa-summary a"))
      .filter((node) => node.getClientRects().length > 0)
      .map((node) => [node.outerHTML.slice(0, 80), node.getBoundingClientRect()])
      .filter(([, box]) => box.width < 24 || box.height < 23.9)
      .map(([html]) => html),
  );
  assert.deepEqual(small, []);
});

journey("in forced colours the controls, the errors and the focus can be told apart", { forcedColors: "active" }, async ({ page }) => {
  await open(page);
  assert.ok(await page.evaluate(() => matchMedia("(forced-colors: active)").matches));
  await submit(page);
  await problems(page);
  const edge = (locator) => locator.evaluate((node) => [getComputedStyle(node).borderTopStyle, getComputedStyle(node).borderTopWidth]);
  for (const locator of [control(page, "email"), submitButton(page), summary(page)]) {
    const [style, width] = await edge(locator);
    assert.ok(style !== "none" && parseFloat(width) >= 1, `${style} ${width}`);
  }
  await page.keyboard.press("Tab");
  assert.notEqual(await page.evaluate(() => getComputedStyle(document.activeElement).outlineStyle), "none");
  await assertAccessible(page, "forced colours");
  await picture(page, "forced-colours");
});

journey("with reduced motion nothing moves", { reducedMotion: "reduce" }, async ({ page }) => {
  await open(page);
  assert.ok(await page.evaluate(() => matchMedia("(prefers-reduced-motion: reduce)").matches));
  await submit(page);
  await problems(page);
  const moving = await widget(page).evaluate((root) =>
    Array.from(root.querySelectorAll("*"))
      .filter((node) => {
        const style = getComputedStyle(node);
        const lasts = (times) => times.split(",").some((time) => parseFloat(time) > 0.01);
        return lasts(style.transitionDuration) || (style.animationName !== "none" && lasts(style.animationDuration));
      })
      .map((node) => node.outerHTML.slice(0, 60)),
  );
  assert.deepEqual(moving, []);
});

journey("the headings of the page go down step by step", async ({ page }) => {
  await open(page);
  const levels = await page.locator("main :is(h1,h2,h3,h4)").evaluateAll((all) => all.filter((h) => h.offsetParent).map((h) => Number(h.localName[1])));
  assert.deepEqual(levels, [1, 2, 2], "the page, the account, the address");
});

journey("the picture for README shows a filled form with two errors", { viewport: { width: 1000, height: 1200 }, colorScheme: "light", deviceScaleFactor: 1 }, async ({ page }) => {
  await open(page);
  await fill(page, { ...everything(), email: "zoe@example.com", cups: "400", zip: "9410" });
  await submit(page);
  assert.equal((await problems(page)).length, 2);
  await page.evaluate(() => window.scrollTo(0, 0));
  await picture(page, "sign-up", { fullPage: false });
  if (process.env.UPDATE_SCREENSHOT === "1") {
    await mkdir(path.join(ROOT, "docs"), { recursive: true });
    await copyFile(path.join(OUTPUT, "sign-up.png"), path.join(ROOT, "docs/sign-up.png"));
  }
});

for (const [script, options] of /** @type {[string, any][]} */ ([["with the widget", {}], ["without JavaScript", { javaScriptEnabled: false }]])) {
  journey(`the theme's pages of an account are accessible, ${script}`, { ...options, allow: [/422/] }, async ({ page, browser, store }) => {
    await openAccount(page, freshEmail());
    const cookies = await page.context().cookies();
    // axe needs scripts: what a browser without them shows is looked at in one that has them.
    const viewer = await browser.newContext({ baseURL: store.url });
    await viewer.addCookies(cookies);
    const eyes = await viewer.newPage();
    if (options.javaScriptEnabled === false) {
      await eyes.route("**/embed/account.js", (route) => route.fulfill({ contentType: "text/javascript", body: "" }));
    }
    const details = "/account.php?action=account_details";
    for (const path of [details, "/account.php", "/login.php", "/login.php?action=reset_password", "/login.php?action=change_password&c=1&t=x", "/_outbox"]) {
      await eyes.goto(path);
      await eyes.locator("main h1").waitFor();
      await eyes.waitForLoadState("networkidle");
      await assertAccessible(eyes, path);
    }
    await picture(eyes, `theme-${script.replaceAll(" ", "-")}`);
    await viewer.close();
  });
}

journey("a wrong answer to the theme's own forms of an account is said accessibly", { allow: [/422/] }, async ({ page }) => {
  await page.route("**/embed/account.js", (route) => route.fulfill({ contentType: "text/javascript", body: "" }));
  await page.goto("/login.php");
  await page.locator("#login_email").fill("nobody@example.com");
  await page.locator("main").getByRole("button", { name: "Sign in" }).click();
  await page.getByRole("heading", { name: "There is a problem" }).waitFor();
  await assertAccessible(page, "sign-in, refused");
  await page.goto("/login.php?action=reset_password");
  await page.locator("main form [type=submit]").click();
  await page.getByRole("heading", { name: "There is a problem" }).waitFor();
  await assertAccessible(page, "reset, refused");
  await openAccount(page, freshEmail());
  await page.goto("/account.php?action=account_details");
  await page.getByLabel("First name").fill("");
  await page.getByRole("button", { name: "Save changes" }).click();
  await page.getByRole("heading", { name: "There is a problem" }).waitFor();
  await assertAccessible(page, "details, refused");
});

askingJourney("the question about cookies is not printed", { skip: { firefox: "WebDriver BiDi has no other medium than the screen", webkit: "WebDriver has no other medium than the screen" } }, async ({ page }) => {
  await page.goto("/");
  await banner(page).waitFor();
  await page.emulateMedia({ media: "print" });
  assert.equal(await banner(page).evaluate((node) => getComputedStyle(node).display), "none");
});

askingJourney("the page behind a dialog stays where it is", { viewport: { width: 800, height: 400 }, skip: { oldest: "without :has() it scrolls" } }, async ({ page }) => {
  await page.goto("/");
  await button(page, "Settings").click();
  await dialog(page).waitFor();
  const before = await page.evaluate(() => scrollY);
  await page.mouse.move(4, 4);
  await page.mouse.wheel(0, 500);
  await page.keyboard.press("PageDown");
  await page.evaluate(() => new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve))));
  assert.equal(await page.evaluate(() => scrollY), before);
  assert.ok(await page.evaluate(() => document.documentElement.scrollHeight > innerHeight), "there is something to scroll");
});
