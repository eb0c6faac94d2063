// Every language says what English says, without a browser: the files of locales/, and the question about cookies.

import assert from "node:assert/strict";
import { test } from "node:test";
import { localeOf } from "../../src/embed/js/locale.js";
import { CATALOGUES, ENGLISH, LANGUAGES, SAME, namesIn, read } from "./messages.mjs";

/** Calls `check` with each text of each language, what it is, its plural category if it has one, and its English. */
function forEachText(check) {
  for (const [language, catalogue] of Object.entries(CATALOGUES)) {
    for (const [key, entry] of Object.entries(catalogue)) {
      const english = ENGLISH.get(key) ?? [];
      const forms = typeof entry === "string" ? [[undefined, entry]] : Object.entries(entry);
      for (const [category, text] of forms) check(text, { what: `${language}: ${key} ${category ?? ""}`, language, key, category, english });
    }
  }
}

/** The question about cookies, by language. */
const BANNERS = Object.fromEntries(namesIn("src/embed/js/banner", ".html").map((language) => [language, read(`src/embed/js/banner/${language}.html`)]));
const wordsOf = (banner) => Array.from(banner.matchAll(/>([^<>\n]*\S)</g), ([, text]) => text);
const { en: ENGLISH_BANNER, ...TRANSLATED_BANNERS } = BANNERS;

/** Words of English that none of these languages has. */
const ENGLISH_WORDS = /\b(the|your|with|and|sign|choose|enter|address|account (?:for|with))\b/i;

test("a language file has every message once, in the order of English", () => {
  for (const [language, catalogue] of Object.entries(CATALOGUES)) {
    const keys = Object.keys(catalogue);
    assert.deepEqual([...ENGLISH.keys()].filter((key) => !keys.includes(key)), [], `${language}.json lacks these; they are shown in English`);
    assert.deepEqual(keys.filter((key) => !ENGLISH.has(key)), [], `no message has these keys of ${language}.json`);
    assert.deepEqual(keys, [...ENGLISH.keys()], `the order of ${language}.json`);
    for (const key of keys) assert.equal(read(`locales/${language}.json`).split(`\n  "${key}":`).length, 2, `lines of ${language}.json that begin ${key}`);
  }
});

test("a text that counts has the plural forms that Intl has for its language", () => {
  for (const [language, catalogue] of Object.entries(CATALOGUES)) {
    const wanted = new Intl.PluralRules(language).resolvedOptions().pluralCategories.toSorted();
    for (const [key, { length }] of ENGLISH) {
      const entry = catalogue[key];
      if (length === 1) assert.equal(typeof entry, "string", `${language}: ${key} is one text`);
      else assert.deepEqual(Object.keys(entry).sort(), wanted, `${language}: the forms of ${key}`);
    }
  }
});

test("a translation has the places of its English; a form for one number alone may leave the number out", () => {
  const placesOf = (text) => [...new Set(Array.from(text.matchAll(/\{(\w*)\}/g), ([, name]) => name))].sort();
  const numbers = Array.from({ length: 200 }, (_, index) => index);
  forEachText((text, { what, language, category, english }) => {
    const rules = new Intl.PluralRules(language);
    const isSingle = category && numbers.filter((number) => rules.select(number) === category).length === 1;
    const wanted = placesOf(english.join(""));
    const places = placesOf(isSingle && wanted.includes("count") ? `${text}{count}` : text);
    assert.deepEqual(places, wanted, `${what}: ${text}`);
    assert.ok(!/[{}]/.test(text.replace(/\{\w+\}/g, "")), `${what}: ${text}`);
  });
});

test("every text says something, and nothing is English but what is the same there", () => {
  const same = {};
  forEachText((text, { what, language, key, english }) => {
    assert.equal(text, text.trim(), what);
    assert.notEqual(text, "", what);
    assert.doesNotMatch(text, ENGLISH_WORDS, what);
    if (english.includes(text)) (same[key] ??= []).push(language);
  });
  assert.deepEqual(same, SAME);
});

test("no text leaves the gender of the shopper to brackets", () => {
  forEachText((text, { what }) => assert.doesNotMatch(text, /\p{L}\(-?\p{L}{1,2}\)/u, what));
  for (const [language, banner] of Object.entries(TRANSLATED_BANNERS)) assert.doesNotMatch(banner, /\p{L}\(-?\p{L}{1,2}\)/u, `banner/${language}.html`);
});

test("what is going on and what is done are told apart, and one button has one word", () => {
  const wordsIn = (text) => text.replace(/[\s.。…]+$/u, "");
  for (const [language, catalogue] of Object.entries(CATALOGUES)) {
    assert.notEqual(wordsIn(catalogue["sign_in.sending"]), wordsIn(catalogue["sign_in.done"]), language);
    assert.notEqual(wordsIn(catalogue["sign_up.sending"]), wordsIn(catalogue["sign_up.done"]), language);
    assert.equal(catalogue["profile.edit"], catalogue.edit, `${language}: the button that changes details, and the one that changes an address`);
  }
});

test("quotes, apostrophes and spaces are those of print", () => {
  const texts = [];
  forEachText((text, { what, language }) => texts.push([text, what, language]));
  for (const [language, banner] of Object.entries(TRANSLATED_BANNERS)) for (const text of wordsOf(banner)) texts.push([text, `banner/${language}.html`, language]);
  for (const [text, what, language] of texts) {
    assert.doesNotMatch(text, /["'`]|\.\.\.| {2}/, `${what}: ${text}`);
    if (language === "fr") assert.doesNotMatch(text, /[^\u202f][;:!?»]|«[^\u202f]/, `${what}: a narrow no-break space is missing: ${text}`);
    if (/^(ja|zh)/.test(language)) assert.doesNotMatch(text, /\p{Script=Han}[,;:!?()]|[,;:!?()]\p{Script=Han}/u, `${what}: ${text}`);
  }
});

test("in Arabic, what is filled in keeps the direction of its own language", () => {
  for (const text of JSON.stringify(CATALOGUES.ar).match(/.?\{(label|value)\}.?/g)) assert.match(text, /^\u2068\{\w+\}\u2069$/);
});

test("the question about cookies is there in every language, with the parts of English", () => {
  assert.deepEqual(Object.keys(TRANSLATED_BANNERS), LANGUAGES);
  const partsOf = (banner) => banner.replace(/>[^<>\n]*\S</g, "><").replace(/aria-label="[^"]+"/, "");
  const english = wordsOf(ENGLISH_BANNER);
  assert.ok(english.length > 10 && ENGLISH_BANNER.includes("data-consent-do"));
  for (const [language, banner] of Object.entries(TRANSLATED_BANNERS)) {
    assert.equal(partsOf(banner), partsOf(ENGLISH_BANNER), language);
    const words = wordsOf(banner);
    assert.deepEqual(words.filter((text) => english.includes(text) || ENGLISH_WORDS.test(text)), [], `English in banner/${language}.html`);
    const { "consent.reject": reject, "consent.accept": accept, privacy, retry } = CATALOGUES[language];
    for (const text of [reject, accept, privacy, retry]) assert.ok(words.includes(text), `banner/${language}.html says “${text}”, as locales/${language}.json`);
  }
});

test("a page's language takes the file of its language and script, of its region where there is one", () => {
  const taken = {
    de: "de", "de-CH": "de", "DE-at": "de", "ar-EG": "ar", "fr-CA": "fr", "es-MX": "es",
    pt: "pt-BR", "pt-BR": "pt-BR", "pt-PT": "pt-BR",
    zh: "zh-CN", "zh-CN": "zh-CN", "zh-SG": "zh-CN", "zh-Hans": "zh-CN", "zh-Hans-HK": "zh-CN",
    "zh-TW": undefined, "zh-HK": undefined, "zh-Hant": undefined, "zh-Hant-CN": undefined,
    "es-419": "es", "de-CH-1996": "de", en: undefined, "en-DE": undefined, tr: undefined,
  };
  for (const [language, locale] of Object.entries(taken)) assert.equal(localeOf(language, LANGUAGES), locale, language);
  for (const language of ["de_DE", "", undefined]) assert.throws(() => localeOf(language, LANGUAGES));
  assert.equal(localeOf("pt-PT", ["pt-BR", "pt-PT"]), "pt-PT");
  assert.equal(localeOf("zh-HK", ["zh-CN", "zh-TW"]), "zh-TW");
});

test("docs/languages.md tells every language, and the words of its buttons", () => {
  const rows = Array.from(read("docs/languages.md").matchAll(/^\| `([\w-]+)` \| (.+) \|$/gm), ([, language, cells]) => ({ language, cells: cells.split(" | ") }));
  assert.deepEqual(rows.map(({ language }) => language).sort(), LANGUAGES);
  for (const { language, cells } of rows) {
    const words = CATALOGUES[language];
    assert.deepEqual(cells.slice(2), [words.sign_in, words["sign_up.instead"], words["profile.submit"], words["addresses.add"]], language);
  }
});
