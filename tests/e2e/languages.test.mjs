// Every language in the page: what it says, that it fits, and a theme's own words over it.

import { readFile } from "node:fs/promises";
import path from "node:path";
import { CATALOGUES, ENGLISH, LANGUAGES, SAME } from "../js/messages.mjs";
import { EMBED, SIGN_UP, assert, direction, suite } from "./support.mjs";
import { element, named, openAccount } from "./account.mjs";
import { ASKING, banner, button } from "./cookies.mjs";
import { assertFits } from "./fits.mjs";
import { NAME, control, open, submit, summary, taken, widget } from "./form.mjs";

const journey = suite();
const askingJourney = suite(ASKING);

/** The narrowest window that everything fits into (WCAG 1.4.10). */
const NARROW = { viewport: { width: 320, height: 568 } };

/** Messages that the demo store's own labels say too. */
const LABELS = ["email", "password", "addresses.country"];

/** The pattern of an English text with its places filled in. */
const pattern = (text) => new RegExp(`^${text.replace(/[.*+?^$()[\]\\|]/g, "\\$&").replace("{count}", "\\d+").replace(/\{\w+\}/g, ".+")}$`);

/** Those of `texts` that are English and not so in `language`. */
function english(texts, language) {
  const messages = [...ENGLISH].filter(([key]) => !LABELS.includes(key) && !SAME[key]?.includes(language));
  const patterns = messages.flatMap(([, forms]) => forms).map(pattern);
  return texts.filter((text) => patterns.some((pattern) => pattern.test(text)));
}

/** What `root` says, piece by piece: in text, and to assistive technology alone. Countries are the browser's: Iceland is “Island” in German. */
const textsOf = (root) =>
  root.evaluate((root) => {
    const texts = [];
    const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
    while (walker.nextNode()) {
      if (!walker.currentNode.parentElement.closest("[autocomplete~=country]")) texts.push(walker.currentNode.nodeValue.trim());
    }
    for (const node of root.querySelectorAll("[aria-label]")) texts.push(node.getAttribute("aria-label"));
    return texts.filter(Boolean);
  });

/** The name of a country in a language, as the page's browser has it. */
const countryName = (page, language, code) =>
  page.evaluate(([language, code]) => new Intl.DisplayNames(language, { type: "region" }).of(code), [language, code]);

for (const language of LANGUAGES) {
  const words = CATALOGUES[language];

  journey(`${language}: the sign-up is in the language, errors and countries too, and fits into 320 pixels`, NARROW, async ({ page }) => {
    await open(page, `&lang=${language}&dir=${direction(language)}`);
    await widget(page).getByRole("button", { name: words["sign_up.submit"], exact: true }).waitFor();
    await control(page, "country").locator("option", { hasText: await countryName(page, language, "DE") }).waitFor({ state: "attached" });
    await assertFits(widget(page), "the form");
    await submit(page);
    await summary(page).getByText(words["violation.missing.email"]).waitFor();
    await assertFits(widget(page), "the form with its errors");
    const texts = await textsOf(widget(page));
    assert.ok(texts.length > 50, "the form says something");
    assert.deepEqual(english(texts, language), []);
  });

  askingJourney(`${language}: the question about cookies and the settings are in the language and fit into 320 pixels`, NARROW, async ({ page }) => {
    const question = await readFile(path.join(EMBED, `banner/${language}.html`), "utf8");
    const inner = /<section[^]*<\/section>/.exec(question)[0];
    await page.route((url) => url.pathname === "/", async (route) => {
      const response = await route.fetch();
      const html = await response.text();
      await route.fulfill({ response, body: html.replace(/<section[^>]*data-consent-banner[^]*?<\/section>/, inner) });
    });
    await page.goto(`/?lang=${language}&dir=${direction(language)}`);
    await button(page, words["consent.accept"]).waitFor();
    await button(page, words["consent.reject"]).waitFor();
    assert.deepEqual(english(await textsOf(banner(page)), language), []);
    await assertFits(banner(page), "the question");
    const { height } = await banner(page).boundingBox();
    assert.ok(height <= 0.4 * NARROW.viewport.height, `the question is ${height} high`);
    await banner(page).locator("[data-consent-do=settings]").click();
    const settings = page.getByRole("dialog", { name: words["consent.title"], exact: true });
    await settings.getByRole("button", { name: words["consent.save"], exact: true }).waitFor();
    assert.deepEqual(english(await textsOf(settings), language), []);
    await assertFits(settings, "the settings");
    const apart = await settings.getByRole("switch").evaluateAll((switches) =>
      switches.map((control) => {
        const [word, own] = [control.previousElementSibling, control].map((node) => node.getBoundingClientRect());
        return Math.round(word.top + word.height / 2 - own.top - own.height / 2);
      }));
    assert.deepEqual(apart, [0, 0, 0], "a switch and the word for its state are in one line");
    const widths = await settings.evaluate((node) => [node.scrollWidth, node.clientWidth]);
    assert.ok(widths[0] <= widths[1], `what the settings say is ${widths.join(" in ")} wide`);
  });
}

/** Puts a configuration of the page into the sign-up page, or into what `pattern` names. */
const configure = (page, configuration, pattern = /** @type {string | ((url: URL) => boolean)} */ (`**${SIGN_UP}*`)) =>
  page.route(pattern, async (route) => {
    const response = await route.fetch();
    const script = `<script type="application/json" id="account-config">${JSON.stringify(configuration)}</script>`;
    await route.fulfill({ response, body: (await response.text()).replace("</head>", `${script}</head>`) });
  });

journey("a theme's own words stand over those of the language, for all elements or for one kind", async ({ page }) => {
  await configure(page, {
    messages: { "sign_up.submit": "Für alle", "sign_up.section.address": "Wohin?" },
    "sign-up": { messages: { "sign_up.submit": "Los geht’s", "password.length": { one: "{count} Buchstabe", other: "ab {count} Buchstaben" } } },
  });
  await open(page, "&lang=de");
  await widget(page).getByRole("button", { name: "Los geht’s", exact: true }).waitFor();
  await widget(page).getByText("Wohin?").waitFor();
  await control(page, "password").fill("A");
  await widget(page).getByText(/ab \d+ Buchstaben/).waitFor();
  await widget(page).getByText(CATALOGUES.de["sign_up.section.account"], { exact: true }).waitFor();
});

journey("a theme's own words stand over English, and what it does not say is English", async ({ page }) => {
  await configure(page, { "sign-up": { messages: { "sign_up.submit": "Join us" } } });
  await open(page);
  await widget(page).getByRole("button", { name: "Join us", exact: true }).waitFor();
  await widget(page).getByText("Your address", { exact: true }).waitFor();
  await page.evaluate(() => document.querySelector("account-sign-up").setAttribute("lang", "fr"));
  await widget(page).getByText(CATALOGUES.fr["sign_up.section.address"], { exact: true }).waitFor();
  assert.ok(await widget(page).getByRole("button", { name: "Join us", exact: true }).isVisible(), "and in every language");
});

journey("words that are none do no harm", async ({ page }) => {
  await configure(page, { messages: "Join us", "sign-up": { messages: { "sign_up.submit": 7, "password.length": null, nothing: "there" } } });
  await page.goto(SIGN_UP);
  await taken(page);
  await widget(page).getByRole("button", { name: ENGLISH.get("sign_up.submit")[0], exact: true }).waitFor();
});

askingJourney("a theme's own words stand in the settings of cookies, too", async ({ page }) => {
  await configure(page, { consent: { messages: { "consent.save": "Keep it so" } } }, (url) => url.pathname === "/");
  await page.goto("/");
  await button(page, "Settings").click();
  await page.getByRole("dialog", { name: "Cookie settings" }).getByRole("button", { name: "Keep it so", exact: true }).waitFor();
});

journey("Chinese of Taiwan is not served the simplified file", async ({ page }) => {
  const asked = [];
  page.on("request", (request) => asked.push(request.url()));
  await open(page, "&lang=zh-Hant-TW");
  await widget(page).getByRole("button", { name: ENGLISH.get("sign_up.submit")[0], exact: true }).waitFor();
  assert.ok(!asked.some((url) => url.includes("locales/")), asked.join());
});

/**
 * Does to the page what translators built into browsers do, now and whenever it changes: each text node is put away, and an element
 * with the translation stands there.
 */
const translate = (page) =>
  page.evaluate(() => {
    const isTranslated = (node) => node.parentElement?.closest("[data-translated], script, style, textarea, select");
    const replace = (root) => {
      const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
      const texts = [];
      while (walker.nextNode()) texts.push(walker.currentNode);
      for (const text of texts) {
        if (!text.data.trim() || isTranslated(text)) continue;
        const font = document.createElement("font");
        font.dataset.translated = "";
        font.textContent = text.data;
        text.replaceWith(font);
      }
    };
    replace(document.body);
    new MutationObserver((changes) => {
      for (const { addedNodes, target, type } of changes) {
        if (type === "characterData") replace(target.parentNode ?? target);
        for (const node of addedNodes) if (node.isConnected) replace(node.nodeType === Node.TEXT_NODE ? node.parentNode : node);
      }
    }).observe(document.body, { childList: true, characterData: true, subtree: true });
  });

journey("on a page that the browser translates, the sign-up says what is true now", async ({ page }) => {
  await open(page);
  await translate(page);
  await submit(page);
  const email = widget(page).locator(".sfa-field", { has: page.locator("[type=email]") }).locator(".sfa-error");
  await email.getByText(ENGLISH.get("violation.missing.email")[0]).waitFor();
  await control(page, "email").fill("x");
  await control(page, "password").fill("Abcdefg1");
  await email.getByText(ENGLISH.get("violation.not_an_email")[0]).waitFor();
  const checklist = widget(page).locator(".sfa-checklist-item");
  const [met] = ENGLISH.get("password.met");
  const states = await checklist.evaluateAll((items, met) => items.map((item) => [item.className.includes("item-met"), item.textContent.endsWith(met)]), met);
  assert.ok(states.length > 2);
  for (const [isMet, saysSo] of states) assert.equal(saysSo, isMet);
  await control(page, "country").selectOption("JP");
  await widget(page).getByText("Prefecture", { exact: true }).waitFor();
  assert.equal(await widget(page).getByText("State", { exact: true }).count(), 0);
});

journey("on a page that the browser translates, the newsletter's switch says whether it is on", async ({ page }) => {
  await openAccount(page, `translated-${Date.now()}@example.com`);
  await page.goto("/account.php#account/newsletter");
  const newsletter = element(page, "center");
  await newsletter.getByRole("switch").waitFor();
  await translate(page);
  for (const [word, message] of [["On", "newsletter.subscribed"], ["Off", "newsletter.unsubscribed"]]) {
    await newsletter.getByRole("switch").click();
    const words = ENGLISH.get(message)[0].split("{value}")[0];
    await newsletter.locator(".sfa-status", { hasText: words }).waitFor();
    assert.equal((await newsletter.locator(".sfa-switch-state").textContent()).trim(), word);
  }
});

journey("in Arabic a number, a code, an email address, a telephone number and a password are read from left to right", async ({ page }) => {
  const directions = (root, names) =>
    Promise.all(names.map((name) => named(root, name).evaluate((node) => [getComputedStyle(node).direction, getComputedStyle(node).textAlign])));
  await open(page, "&lang=ar&dir=rtl");
  const names = ["email", "cups", "zip", "phone", "password", "pin"].map((field) => NAME[field]);
  assert.deepEqual(await directions(widget(page), names), names.map(() => ["ltr", "right"]));
  const [[ownWay]] = await directions(widget(page), [NAME.firstName]);
  assert.equal(ownWay, "rtl", "prose goes the page's way");
  const label = widget(page).locator(`label[for="${await control(page, "email").getAttribute("id")}"] > span`).first();
  assert.equal(await label.evaluate((node) => getComputedStyle(node).direction), "ltr", "a label goes the way of its own language");
});
