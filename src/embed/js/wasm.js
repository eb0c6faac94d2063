// The fetching of WebAssembly, and of the words that go into it.

import { locate, timeout } from "./page.js";

/** Languages with a file in locales/; English is in the wasm. */
const LOCALES = ["ar", "de"];

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

/** The catalogue of a language, or undefined for English and where it cannot be had. */
export async function catalogue(language = "en") {
  const tag = language.toLowerCase();
  const locale = LOCALES.find((known) => tag === known || tag.startsWith(`${known}-`));
  if (!locale) return undefined;
  try {
    const response = await get(`./locales/${locale}.json`);
    return response.ok ? await response.json() : undefined;
  } catch {
    return undefined;
  }
}
