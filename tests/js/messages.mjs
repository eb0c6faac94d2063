// The texts for shoppers, as the tests of languages read them: English from the sources, the others from locales/.

import { readFileSync, readdirSync } from "node:fs";

const ROOT = new URL("../../", import.meta.url);
export const read = (file) => readFileSync(new URL(file, ROOT), "utf8");

/** The names of the files of a kind in a folder, without their ending. */
export const namesIn = (folder, ending) =>
  readdirSync(new URL(folder, ROOT)).filter((name) => name.endsWith(ending)).map((name) => name.slice(0, -ending.length)).sort();

/** Where the English is, in the order of the language files. */
const SOURCES = [
  "i18n",
  ...["shared", "sign_up", "sign_in", "password", "profile", "addresses", "newsletter", "consent", "center"].map((name) => `elements/${name}`),
];

/** The English of each message: a text, or its singular and plural. */
export const ENGLISH = new Map(
  SOURCES.flatMap((source) => Array.from(read(`src/${source}/messages.rs`).matchAll(/^ +[A-Z\d_]+ = "([^"]+)": "(.+)",$/gm)))
    .map(([, key, text]) => [key, text.split("|")]),
);

export const LANGUAGES = namesIn("locales", ".json");
export const CATALOGUES = Object.fromEntries(LANGUAGES.map((language) => [language, JSON.parse(read(`locales/${language}.json`))]));

/** Texts that are the same in English and in these languages. */
export const SAME = {
  "optional": ["de"],
  "error_prefix": ["es"],
  "newsletter.title": ["de", "es", "fr", "it", "pl", "pt-BR"],
  "password": ["it"],
  "postal.eircode": ["de", "es", "fr", "it", "ja", "nl", "pl", "pt-BR"],
  "state.district": ["fr", "nl"],
  "state.oblast": ["de", "fr", "it", "nl", "pt-BR"],
  "state.province": ["fr"],
  "city.district": ["fr", "nl"],
};
