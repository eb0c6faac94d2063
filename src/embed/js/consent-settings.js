// The settings of cookies, fetched when they are wanted.

import start, { openConsent } from "consent-glue";
import { integrityOfStyle, locate, putLink, timeout } from "./page.js";
import { boot, catalogue } from "./wasm.js";

const page = { locate, timeout };

/** Longest wait for the style, in milliseconds. */
const STYLE_TIMEOUT = 3000;

/** The style on its way, or there. */
let stylesheet;

/** Fetches the style. Without it the settings are plain, and can be used. @returns {Promise<void>} */
function style() {
  const [name, built] = __CONSENT_STYLE__;
  const href = locate(name);
  const integrity = integrityOfStyle(built);
  return new Promise((resolve) => {
    const onerror = () => {
      stylesheet = undefined;
      resolve();
    };
    putLink({ rel: "stylesheet", href, integrity, crossOrigin: "anonymous", onload: resolve, onerror });
    setTimeout(resolve, STYLE_TIMEOUT);
  });
}

/** The host of a URL, if it is another than the page's. */
function otherHost(url) {
  try {
    const { host } = new URL(url, document.baseURI);
    return host === location.host ? undefined : host;
  } catch {
    return undefined;
  }
}

/** What of the page needs each category, or runs under it: the name that `data-consent-name` gives it, or its host. */
function services() {
  const found = new Map();
  const marked = "[data-consent],[data-consented]";
  for (const gate of /** @type {NodeListOf<HTMLScriptElement | HTMLIFrameElement>} */ (document.querySelectorAll(marked))) {
    const { consent, consented, consentName, src } = gate.dataset;
    const name = consentName ?? otherHost(gate.src || src);
    for (const category of name ? (consent ?? consented).split(/\s+/) : []) {
      found.set(category, (found.get(category) ?? new Set()).add(name));
    }
  }
  return Object.fromEntries([...found].map(([category, names]) => [category, [...names].join(", ")]));
}

/**
 * Opens the settings below `element`; `consent` is told what comes of them. `settings` is as
 * `embed::open_consent` has it. Gives what closes them.
 */
export async function open(consent, element, settings) {
  stylesheet ??= style();
  const started = boot(page, { default: start }, __CONSENT_WASM__);
  const [words] = await Promise.all([catalogue(page, settings), started, stylesheet]);
  const stage = document.createElement("div");
  stage.className = "sfa";
  element.append(stage);
  const panel = openConsent(consent, stage, { ...settings, services: services() }, words);
  return () => {
    stage.remove();
    // It cannot go while it is calling.
    setTimeout(() => panel.free());
  };
}
