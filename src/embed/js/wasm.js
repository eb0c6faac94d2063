// The fetching of WebAssembly, and of the words that go into it. `page` is what this needs of page.js: widgets.js has it from the loader.

import { localeOf } from "./locale.js";

/** Longest wait for a file, in milliseconds: a slow line needs its time for WebAssembly. */
const DEADLINE = 60000;

/** Async, for a `fetch` that the page has patched may throw or give anything. */
const get = async ({ locate, timeout }, name, options) =>
  fetch(locate(name), { signal: timeout(DEADLINE), ...options });

/** Starts a build of the widget from its glue and `[name, integrity]` of its WebAssembly. */
export async function boot(page, glue, [name, integrity]) {
  const code = get(page, name, { integrity });
  // `start` handles a failure; until the glue is there, avoid an unhandled rejection.
  code.catch(() => {});
  const { default: start, ...rest } = await glue;
  await start({ module_or_path: code });
  return rest;
}

/** What an element says instead of English: the words of its language, where they can be had, and over them those of the theme. */
export async function catalogue(page, { lang, messages }) {
  let words;
  try {
    const locale = localeOf(lang, __LOCALES__);
    const response = locale && (await get(page, `./locales/${locale}.json`));
    if (response?.ok) words = await response.json();
  } catch {
    // There is no such language, or no way to its file.
  }
  return { ...words, ...messages };
}
