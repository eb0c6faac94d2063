// The fetching of WebAssembly, and of the words that go into it.

import { localeOf } from "./locale.js";
import { locate, timeout } from "./page.js";

/** Longest wait for a file, in milliseconds: a slow line needs its time for WebAssembly. */
const DEADLINE = 60000;

const get = (name, options) =>
  fetch(locate(name), { signal: timeout(DEADLINE), ...options });

/** Starts a build of the widget from its glue and `[name, integrity]` of its WebAssembly. */
export async function boot(glue, [name, integrity]) {
  const code = get(name, { integrity });
  // `start` handles a failure; until the glue is there, avoid an unhandled rejection.
  code.catch(() => {});
  const { default: start, ...rest } = await glue;
  await start({ module_or_path: code });
  return rest;
}

/** The words of a language; undefined for English, which is in the wasm, and where they cannot be had. */
async function wordsOf(language) {
  const locale = localeOf(language, __LOCALES__);
  if (!locale) return undefined;
  try {
    const response = await get(`./locales/${locale}.json`);
    return response.ok ? await response.json() : undefined;
  } catch {
    return undefined;
  }
}

/** What an element says instead of English: the words of its language, and over them those of the theme. */
export const catalogue = async ({ lang, messages }) => ({ ...(await wordsOf(lang)), ...messages });
