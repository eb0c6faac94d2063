// The loader: defines the elements, fetches the wasm when one is near the viewport, and hands the
// theme's fallback over to the widget and back. All of it is plain DOM; nothing here knows a field.

/**
 * What is inside each element, by the name behind `account-`: the first query of each and its
 * variables.
 */
const KINDS = {
  "sign-up": [__FORM_QUERY__, ({ "chosen-country": country = "" }) => ({ countries: true, country })],
  "sign-in": [__SESSION_QUERY__],
  password: [__SESSION_QUERY__],
  profile: [__FORM_QUERY__, () => ({ profile: true })],
  addresses: [__FORM_QUERY__, ({ country = "" }) => ({ addresses: true, countries: true, country, first: 50 })],
  center: [__FORM_QUERY__, () => ({ profile: true })],
};

/**
 * The builds of the widget, the lightest first: `glue` and `wasm`, each with its integrity, and the
 * `elements` in it; the last has all.
 */
const BUNDLES = __BUNDLES__;

/** Languages with a file in locales/; English is in the wasm. */
const LOCALES = ["ar", "de"];

/** Longest wait for the first query, in milliseconds; the widget's own requests have the same. */
const DEADLINE = 20000;

/** A password stays out of everything but the form it was typed into, shown or not. */
const SECRET = "[type=password],.account-password__input";

const here = import.meta.url;

/** Every widget on the page, by its element. */
const widgets = new Map();

/** The promises of the started bundles. */
const started = new Map();

/** Starts the lightest bundle that has every element of the page, once. */
function start() {
  const kinds = Array.from(widgets.values(), ({ kind }) => kind);
  const bundle = BUNDLES.find(({ elements }) => kinds.every((k) => elements?.includes(k) ?? true));
  if (!started.has(bundle)) {
    const booted = boot(bundle).catch((error) => {
      started.delete(bundle);
      throw error;
    });
    started.set(bundle, booted);
  }
  return started.get(bundle);
}

async function boot({ glue: [glueName, glueIntegrity], wasm: [wasmName, wasmIntegrity] }) {
  const glueUrl = new URL(glueName, here).href;
  const nonce = document.querySelector("script[nonce]")?.nonce;
  if (!document.querySelector(`link[rel=modulepreload][href$="${glueName.slice(1)}"]`)) {
    // import() takes no integrity of its own; a preload's holds for the module too.
    const link = document.createElement("link");
    Object.assign(link, { rel: "modulepreload", href: glueUrl, integrity: glueIntegrity });
    if (nonce) link.nonce = nonce;
    document.head.append(link);
  }
  const code = fetch(new URL(wasmName, here), { integrity: wasmIntegrity });
  const glue = await import(glueUrl);
  await glue.default({ module_or_path: code });
  glue.onPanic((place) => {
    for (const widget of widgets.values()) if (widget.glue === glue) widget.crash(place);
  });
  return glue;
}

/** The configuration of an element: the page's JSON, the kind's own part of it, the attributes. */
function configuration(element, kind) {
  const page = document.querySelector("script#account-config[type='application/json']");
  let json = {};
  try {
    json = JSON.parse(page?.textContent ?? "{}");
  } catch (error) {
    report(element, "config", `#account-config is not JSON: ${error.message}`);
  }
  const attributes = Array.from(element.attributes, ({ name, value }) => [name, value]);
  const lang = element.closest("[lang]")?.lang;
  return { lang, ...json, ...json[kind], ...Object.fromEntries(attributes), base: document.baseURI };
}

/** Asks for what the element needs first while the wasm is still on its way. */
function firstQuery(config) {
  const { kind, query, endpoint = "/", token, base } = config;
  const answer = fetch(new URL("graphql", new URL(endpoint, base)), {
    method: "POST",
    credentials: "same-origin",
    headers: { "content-type": "application/json", authorization: `Bearer ${token}` },
    body: JSON.stringify({ query, variables: KINDS[kind][1]?.(config) }),
    signal: AbortSignal.timeout(DEADLINE),
  });
  // The widget hears of a failure when it asks; until then it is nobody's unhandled rejection.
  answer.catch(() => {});
  return answer;
}

/** The customer and the token that an e-mailed link to choose a new password carried. */
let resetLink;

/** Reads such a link. */
function readResetLink() {
  const { searchParams } = new URL(location.href);
  const [customer, token] = ["c", "t"].map((name) => searchParams.get(name));
  if (customer && token) resetLink = { "reset-customer": customer, "reset-token": token };
  return resetLink;
}

/** Takes it out of the address bar, where it is for everybody to see. */
function hideResetLink() {
  const url = new URL(location.href);
  for (const name of ["c", "t"]) url.searchParams.delete(name);
  history.replaceState(history.state, "", url);
}

/** The catalogue of a language, or undefined for English and where it cannot be had. */
async function catalogue(language = "en") {
  const tag = language.toLowerCase();
  const locale = LOCALES.find((known) => tag === known || tag.startsWith(`${known}-`));
  if (!locale) return undefined;
  try {
    const response = await fetch(new URL(`locales/${locale}.json`, here));
    return response.ok ? await response.json() : undefined;
  } catch {
    return undefined;
  }
}

function emit(element, name, detail, cancelable) {
  const event = new CustomEvent(`account:${name}`, {
    bubbles: true,
    composed: true,
    cancelable,
    detail: Object.freeze(detail),
  });
  return element.dispatchEvent(event);
}

/** Tells the developer (console) and the page (event) what is wrong with which element. */
function report(element, code, message) {
  console.error(`<${element.localName}>: ${message}`);
  emit(element, "error", { code, message });
}

const controls = (root) =>
  Array.from(root.querySelectorAll("input[name],select[name],textarea[name]"));

/** Whether a control holds something else than the page gave it: what nobody touched may be old. */
const isTouched = (c) =>
  c.options
    ? c.selectedIndex !== Math.max(0, Array.from(c.options).findIndex((o) => o.defaultSelected))
    : c.checked !== c.defaultChecked || c.value !== c.defaultValue;

/**
 * Copies what stands in the controls of `from` to those of the same name in `to`: from a fallback
 * what was touched, secrets too, and from the widget all but secrets.
 */
async function carry(from, to, isFallback) {
  // The stage is inside the element that the fallback is in; its own controls give nothing.
  const given = controls(from).filter((control) => !to.contains(control));
  const sources = given.filter((c) => (isFallback ? isTouched(c) : !c.matches(SECRET)));
  // The country goes first: it decides what the other controls of an address are.
  const isCountry = (control) => control.autocomplete.endsWith("country");
  sources.sort((a, b) => isCountry(b) - isCountry(a));
  for (const source of sources) {
    let changed = false;
    for (const target of controls(to)) {
      if (target.name !== source.name) continue;
      if (source.type === "checkbox" || source.type === "radio") {
        const isOnly = source.type === "checkbox" && target.name.endsWith("[25]");
        if (target.value !== source.value && !isOnly) continue;
        changed ||= target.checked !== source.checked;
        target.checked = source.checked;
      } else {
        const value = target.localName === "select" ? option(target, source.value) : source.value;
        if (value === undefined || target.value === value) continue;
        target.value = value;
        changed = true;
      }
      if (!changed) continue;
      target.dispatchEvent(new Event("input", { bubbles: true }));
      target.dispatchEvent(new Event("change", { bubbles: true }));
      if (isCountry(source)) await new Promise((resolve) => setTimeout(resolve));
    }
  }
}

/** The value of the option that `text` names, by value or by label. */
function option(select, text) {
  const wanted = text.trim().toLowerCase();
  const options = Array.from(select.options);
  const found =
    options.find((o) => o.value === text) ??
    options.find((o) => [o.value, o.text].some((known) => known.trim().toLowerCase() === wanted));
  return found?.value;
}

/** One element and what became of it. */
class Widget {
  constructor(element, kind) {
    this.element = element;
    this.kind = kind;
    this.fallback = document.createDocumentFragment();
    // A fallback that was posted, or that came back from the store with errors, is in use.
    this.isLeft = () => !element.isConnected || this.isPosted;
    element.addEventListener("submit", this);
    if (element.querySelector("[aria-invalid=true]")) return;
    this.observer = new IntersectionObserver(
      (entries) => {
        if (!entries.some((entry) => entry.isIntersecting)) return;
        this.observer.disconnect();
        this.load().catch((error) => report(element, "not_loaded", error.message ?? String(error)));
      },
      { rootMargin: "300px" },
    );
    this.observer.observe(element);
  }

  handleEvent(event) {
    if (!this.stage?.contains(event.target)) this.isPosted = true;
  }

  async load() {
    const { kind } = this;
    const config = { ...configuration(this.element, kind), kind, query: KINDS[kind][0] };
    if (kind === "password") Object.assign(config, readResetLink());
    // What the shopper chose in the fallback goes before what the theme set.
    config["chosen-country"] =
      this.element.querySelector("select[autocomplete$=country]")?.value || config.country;
    const first = config.token ? firstQuery(config) : undefined;
    const [glue, words] = await Promise.all([start(), catalogue(config.lang)]);
    if (this.isLeft()) return;
    this.glue = glue;
    this.stage = document.createElement("div");
    this.stage.className = "account";
    this.stage.hidden = this.element.childElementCount > 0;
    this.element.append(this.stage);
    try {
      this.mounted = glue.mount(this, this.stage, config, first, words);
    } catch (error) {
      this.stage.remove();
      report(this.element, "config", String(error));
    }
  }

  /** Called by the widget when it can be used. */
  async ready() {
    if (this.isLeft()) return;
    if (this.stage.hidden) {
      await carry(this.element, this.stage, true);
      const focused = this.element.contains(document.activeElement) && document.activeElement;
      for (const node of Array.from(this.element.childNodes)) {
        if (node !== this.stage) this.fallback.append(node);
      }
      this.stage.hidden = false;
      if (focused) this.refocus(focused);
    }
    if (this.kind === "password" && resetLink) hideResetLink();
    this.emit("ready", {});
  }

  /** Puts the focus where it was in the form that just went, caret and all. */
  refocus(before) {
    const same = (c) => c.name === before.name && (c.value === before.value || c.type === "text");
    const named = controls(this.stage).filter((c) => c.name === before.name);
    const now = named.find(same) ?? named[0];
    if (!now) return;
    now.focus({ preventScroll: true });
    try {
      now.setSelectionRange(before.selectionStart, before.selectionEnd);
    } catch {
      // Not every control has a caret.
    }
  }

  /**
   * Called by the widget when another customer, or none, is there than the page was made for: the
   * theme's form may hold what is theirs alone, and must not come back.
   */
  forgetFallback() {
    this.fallback = undefined;
  }

  /** Called by the widget when it cannot help: the theme's own form comes back. */
  async fallBack() {
    if (!this.fallback) return location.reload();
    if (!this.fallback.hasChildNodes()) return;
    await carry(this.stage, this.fallback, false);
    this.stage.replaceWith(this.fallback);
    this.mounted?.free();
    this.mounted = undefined;
  }

  /** The wasm is gone and must not be called any more. */
  crash(place) {
    this.mounted = undefined;
    report(this.element, "crashed", `stopped at ${place}`);
    if (this.fallback) this.fallBack();
  }

  emit(name, detail) {
    if (name === "password-changed") resetLink = undefined;
    return emit(this.element, name, detail, true);
  }

  leave(url) {
    location.assign(url);
  }

  /** Takes everything out again; the theme's fallback is back where it was. */
  remove() {
    this.observer?.disconnect();
    this.element.removeEventListener("submit", this);
    this.mounted?.free();
    this.mounted = undefined;
    if (this.stage?.isConnected || this.stage?.parentNode) this.stage.replaceWith(this.fallback ?? "");
  }
}

function mount(element, kind = element.dataset.account ?? element.localName.slice(8)) {
  if (widgets.has(element)) return;
  if (!Object.hasOwn(KINDS, kind)) return report(element, "config", `there is no "${kind}"`);
  widgets.set(element, new Widget(element, kind));
}

function unmount(element) {
  widgets.get(element)?.remove();
  widgets.delete(element);
}

if (!window.StorefrontAccount) {
  window.StorefrontAccount = Object.freeze({ version: __VERSION__, mount, unmount });
  for (const kind of Object.keys(KINDS)) {
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
