// The loader: defines the elements and obeys consent. What is behind the other elements it fetches
// when one is on the page.

import { Consent, consent } from "./consent.js";
import { DEADLINE, ask, configuration, emit, importModule, isTouched, report } from "./page.js";

/** The elements that widgets.js knows, by the name behind `account-`. */
const KINDS = "sign-up sign-in password profile addresses newsletter center".split(" ");

/** Every element of the page that is looked after, and the consent among them. */
const mounted = new Map();

/** widgets.js on its way, and there. */
let loading;
let widgets;

async function load() {
  const module = await importModule(__WIDGETS__);
  module.install({ DEADLINE, ask, configuration, emit, importModule, isTouched, report });
  widgets = module;
}

function mount(element, kind = element.dataset.account ?? element.localName.slice(8)) {
  if (mounted.has(element)) return;
  if (kind === "consent") {
    mounted.set(element, new Consent(element));
    return;
  }
  if (!KINDS.includes(kind)) return report(element, "config", `there is no "${kind}"`);
  mounted.set(element, undefined);
  if (widgets) return widgets.mount(element, kind);
  loading ??= load();
  loading.then(
    () => mounted.has(element) && widgets.mount(element, kind),
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
  window.StorefrontAccount = Object.freeze({ version: __VERSION__, mount, unmount, consent });
  for (const kind of [...KINDS, "consent"]) {
    customElements.define(
      `account-${kind}`,
      class extends HTMLElement {
        connectedCallback() {
          mount(this, kind);
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
