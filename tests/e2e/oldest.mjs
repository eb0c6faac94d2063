// Chromium with what the oldest browsers lack taken away (docs/browsers.md): Safari 15.4, Chrome 99, Firefox 98, all of
// March 2022 or before. No machine of today has them; what they have can be brought about.

/** What came later, and some that is older than they are and that a shop's page may have spoiled. */
const LATER = {
  AbortSignal: ["any", "timeout"],
  Array: ["fromAsync"],
  "Array.prototype": ["at", "findLast", "findLastIndex", "toReversed", "toSorted", "toSpliced", "with"],
  "Document.prototype": ["adoptedStyleSheets", "startViewTransition"],
  "ShadowRoot.prototype": ["adoptedStyleSheets"],
  "Element.prototype": ["setHTMLUnsafe", "getHTML", "moveBefore", "ariaInvalid", "ariaRequired"],
  "HTMLDialogElement.prototype": ["requestClose"],
  "HTMLElement.prototype": ["inert", "popover", "showPopover", "hidePopover", "togglePopover"],
  Intl: ["DurationFormat", "Segmenter"],
  Map: ["groupBy"],
  "Navigator.prototype": ["locks", "userActivation"],
  Object: ["groupBy"],
  Promise: ["try", "withResolvers"],
  Response: ["json"],
  "Set.prototype": ["difference", "intersection", "isDisjointFrom", "isSubsetOf", "isSupersetOf", "symmetricDifference", "union"],
  "String.prototype": ["isWellFormed", "replaceAll", "toWellFormed"],
  URL: ["canParse", "parse"],
  globalThis: ["cancelIdleCallback", "cookieStore", "navigation", "requestIdleCallback", "scheduler", "structuredClone", "Iterator", "URLPattern"],
};

/** Runs in the page, before anything else. */
function takeAway(later) {
  for (const [path, names] of Object.entries(later)) {
    const target = path.split(".").reduce((object, name) => object?.[name], globalThis);
    for (const name of names) if (target) delete target[name];
  }
  // The sheets are changed below, so they are not what their digest says.
  Object.defineProperty(HTMLLinkElement.prototype, "integrity", { value: "", writable: true });
  // An option that came later.
  const { DisplayNames } = Intl;
  Object.assign(Intl, {
    DisplayNames: class extends DisplayNames {
      constructor(languages, /** @type {any} */ { languageDisplay, ...options }) {
        super(languages, options);
      }
    },
  });
}

/** A style sheet as they read it: what they do not know makes a rule or a declaration go. */
const asRead = (css) => css.replaceAll("color-mix(", "unknown(").replaceAll(":has(", ":unknown(").replaceAll("@container", "@unknown").replaceAll("selector(:unknown(*))", "(unknown: unknown)");

/** Makes what `launch` gives one of the oldest. */
export async function aged(launch) {
  const browser = await launch();
  const open = browser.newContext.bind(browser);
  browser.newContext = async (options) => {
    const context = await open(options);
    await context.addInitScript(takeAway, LATER);
    await context.route(/\.css(\?|$)/, async (route) => {
      const response = await route.fetch();
      await route.fulfill({ response, body: asRead(await response.text()) });
    });
    return context;
  };
  return browser;
}
