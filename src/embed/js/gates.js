// Scripts and frames that wait for consent.

const GATES = "script[type='text/plain'][data-consent],iframe[data-consent][data-src]";

/** The categories of the scripts that have run: nothing can take them back but a page made anew. */
export const ran = new Set();

/** Scripts on their way that an inline script behind them waits for. */
const pending = new Set();

/** Scripts that the page's own policy does not let run. */
const refused = new WeakSet();

/** Makes scripts of text for pages that require Trusted Types. */
let policy;

/**
 * The text of a script, as the page's policy wants it. Whoever wrote the page wrote the text: it is no more and no less
 * trusted than the markup around it.
 */
function trusted(text) {
  const { trustedTypes } = /** @type {any} */ (window);
  if (!trustedTypes) return text;
  policy ??= trustedTypes.createPolicy("storefront-account", { createScript: (text) => text });
  return policy.createScript(text);
}

/** Whether the document is guarded. */
let isGuarded;

/**
 * From the first script on that is let through, nothing writes over the page any more: neither that script nor what it does later.
 * Without `open`, `close` does nothing. What the parser comes upon while it is at work writes where it stands, and may.
 */
function guard() {
  if (isGuarded) return;
  isGuarded = true;
  // The page may have a function of its own on `document`.
  for (const owner of [Document.prototype, document]) {
    for (const name of ["open", "write", "writeln"]) {
      if (!Object.hasOwn(owner, name)) continue;
      const before = owner[name];
      owner[name] = function (...all) {
        // What the parser runs before the document is loaded.
        const isParsers = document.readyState === "loading" && document.currentScript?.matches(":not([data-consented])");
        if (this !== document || isParsers) return before.apply(this, all);
        console.error(`document.${name} after a script that waited for consent would empty the page`, ...all);
        return document;
      };
    }
  }
}

/**
 * Lets through what `has` grants, scripts in the page's order, and empties the frames of what it does not. `notRun` hears
 * why a script cannot be run: a code of `account:error`, and words.
 */
export function obey(has, notRun) {
  let isHeld = false;
  for (const gate of /** @type {NodeListOf<HTMLScriptElement | HTMLIFrameElement>} */ (document.querySelectorAll(GATES))) {
    const categories = gate.dataset.consent.split(/\s+/);
    const isOpen = categories.every(has);
    if (gate.localName === "script") {
      if (!isOpen || refused.has(gate)) continue;
      // Not the `async` property: it is true for every script of a type that the parser did not run.
      const isAsync = gate.hasAttribute("async");
      isHeld ||= !gate.src && pending.size > 0;
      try {
        if (isAsync || !isHeld) run(gate, categories, isAsync, notRun, () => obey(has, notRun));
      } catch (error) {
        refused.add(gate);
        notRun("config", error);
      }
    } else if (isOpen ? gate.getAttribute("src") !== gate.dataset.src : gate.hasAttribute("src")) {
      // Another frame: this one may come back by the browser's history with what was in it.
      const frame = /** @type {HTMLIFrameElement} */ (gate.cloneNode());
      if (isOpen) frame.src = gate.dataset.src;
      else frame.removeAttribute("src");
      gate.replaceWith(frame);
    }
  }
}

function run(gate, categories, isAsync, notRun, then) {
  // A script runs when it is put into the document; one that stands there is never looked at again. A
  // copy of one that has not run is a script that has not run.
  const script = gate.cloneNode();
  script.text = trusted(gate.text);
  script.removeAttribute("data-consent");
  script.dataset.consented = gate.dataset.consent;
  script.type = gate.dataset.type ?? "";
  script.nonce = gate.nonce;
  script.async = isAsync;
  for (const category of categories) ran.add(category);
  script.addEventListener("securitypolicyviolation", ({ disposition, violatedDirective }) => {
    if (disposition === "enforce") notRun("config", `${violatedDirective} forbids a script that waited for consent`);
  });
  // A script of another type does not run, and would never fire `load` or `error`.
  if (script.src && !isAsync && !script.noModule && /^$|^module|javascript$/.test(script.type)) pending.add(script);
  for (const end of ["load", "error"]) {
    script.addEventListener(end, () => {
      if (end === "error") notRun("not_loaded", `could not load ${script.src}`);
      if (pending.delete(script)) then();
    });
  }
  guard();
  gate.replaceWith(script);
}

/** Lets the cookies of these names run out; a `*` at the end stands for anything. */
export function clearCookies(names) {
  const isMeant = (cookie) =>
    names.some((name) => (name.endsWith("*") ? cookie.startsWith(name.slice(0, -1)) : cookie === name));
  const labels = location.hostname.split(".");
  // A cookie goes only by the domain it was set for: none, this one, or one above it.
  const domains = labels.map((_, index) => `;domain=${labels.slice(index).join(".")}`);
  for (const pair of document.cookie.split("; ")) {
    const [cookie] = pair.split("=");
    if (!isMeant(cookie)) continue;
    for (const domain of ["", ...domains]) document.cookie = `${cookie}=;max-age=0;path=/${domain}`;
  }
}
