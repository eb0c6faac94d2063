// The loader: defines the elements and obeys consent. What is behind the other elements it fetches
// when one is on the page.

import { Consent, consent } from "./consent.js";
import * as page from "./page.js";
import { importModule, report } from "./page.js";

/** Every element of the page that is looked after, and the consent among them. */
const mounted = new Map();

/** widgets.js on its way, and there. */
let loading;
let widgets;

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

if (!window.StorefrontAccount) {
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
    customElements.define(
      `account-${name}`,
      class extends HTMLElement {
        connectedCallback() {
          mount(this, name);
        }
        disconnectedCallback() {
          // A move is a disconnection and a connection: what was typed shall survive it.
          queueMicrotask(() => this.isConnected || unmount(this));
        }
      },
    );
  }
  for (const element of document.querySelectorAll("[data-account]")) mount(element);
}
