// The settings of cookies, fetched when they are wanted.

import start, { openConsent } from "consent-glue";
import { boot, catalogue } from "./wasm.js";

/**
 * Opens the settings in `stage`; `consent` is told what comes of them. `settings` is as
 * `embed::open_consent` has it. Gives what closes them.
 */
export async function open(consent, stage, settings) {
  const [, words] = await Promise.all([boot({ default: start }, __CONSENT_WASM__), catalogue(settings.lang)]);
  const panel = openConsent(consent, stage, settings, words);
  return () => panel.free();
}
