// The loader: defines the elements and obeys consent. What is behind the other elements it fetches
// when one is on the page.

import { ATTRIBUTES } from "./attributes.js";
import { Consent, consent } from "./consent.js";
import {
  ask,
  configuration,
  emit,
  importModule,
  isOwn,
  isTouched,
  locate,
  report,
  tellNoToken,
  timeout,
} from "./page.js";

/** Every element of the page that is looked after, and the consent among them. */
const mounted = new Map();

/** widgets.js on its way, and there. */
let loading;
let widgets;

/**
 * What widgets.js needs of page.js, of which one copy is enough. Not by `import *`: esbuild's helper for it fails where the page has
 * something on `Object.prototype`.
 */
const page = {
  ATTRIBUTES,
  ask,
  configuration,
  emit,
  importModule,
  isOwn,
  isTouched,
  locate,
  report,
  tellNoToken,
  timeout,
};

async function load() {
  const module = await importModule(__WIDGETS__);
  module.install(page);
  widgets = module;
}

function mount(element, name = element.dataset.account ?? element.localName.slice(8)) {
  if (mounted.has(element)) return;
  if (!__ELEMENTS__.includes(name)) return report(element, "config", `there is no "${name}"`);
  if (name === __CONSENT__) {
    mounted.set(element, new Consent(element));
    return;
  }
  mounted.set(element, undefined);
  if (widgets) return widgets.mount(element, name);
  loading ??= load();
  loading.then(
    () => mounted.has(element) && widgets.mount(element, name),
    (error) => {
      loading = undefined;
      mounted.delete(element);
      report(element, "not_loaded", error);
    },
  );
}

function unmount(element) {
  mounted.get(element)?.remove();
  mounted.delete(element);
  widgets?.unmount(element);
}

/** An element. Each has a property for every attribute of any of them (HTML, 2.6.1: reflecting). */
class AccountElement extends HTMLElement {
  connectedCallback() {
    for (const property of PROPERTIES.keys()) {
      // Set before the element had it.
      if (!Object.hasOwn(this, property)) continue;
      const value = this[property];
      delete this[property];
      this[property] = value;
    }
    mount(this, this.localName.slice(8));
  }

  disconnectedCallback() {
    // A move is a disconnection and a connection: what was typed shall survive it.
    queueMicrotask(() => this.isConnected || unmount(this));
  }
}

/** The attributes by their properties, but for those that every HTML element has something else under. */
const PROPERTIES = new Map(
  ATTRIBUTES.map((name) => /** @type {const} */ ([name.replace(/-./g, ([, letter]) => letter.toUpperCase()), name])).filter(
    ([property]) => !(property in HTMLElement.prototype),
  ),
);

for (const [property, name] of PROPERTIES) {
  Object.defineProperty(AccountElement.prototype, property, {
    enumerable: true,
    get() {
      return this.getAttribute(name);
    },
    set(value) {
      if (value === null || value === undefined) this.removeAttribute(name);
      else this.setAttribute(name, value);
    },
  });
}

// Not by `window.StorefrontAccount`: an element of the page may have that id.
if (!customElements.get(`account-${__CONSENT__}`)) {
  let addressLookup;
  window.StorefrontAccount = Object.freeze({
    version: __VERSION__,
    mount,
    unmount,
    consent,
    get addressLookup() {
      return addressLookup;
    },
    set addressLookup(lookup) {
      addressLookup = typeof lookup === "function" ? lookup : undefined;
    },
  });
  // Every element of the registry (`src/embed/registry.rs`), by the name behind `account-`.
  for (const name of __ELEMENTS__) {
    customElements.define(`account-${name}`, class extends AccountElement {});
  }
  for (const element of document.querySelectorAll("[data-account]")) mount(element);
}
