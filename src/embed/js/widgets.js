// The elements whose inside is wasm: fetched by the loader when the first of them is on the page.
// Fetches the wasm when one is near the viewport, and hands the theme's fallback over to the widget
// and back. All of it is plain DOM; nothing here knows a field.

import { boot, catalogue } from "./wasm.js";

/**
 * What the registry (`src/embed/registry.rs`) says of each element, by the name behind `account-`: the
 * `operation` of its first query with `variables`, and `from`, those it takes of its configuration;
 * `parameters` of the page's address that it takes, and the names they have in its configuration.
 */
const ELEMENTS = __ELEMENTS__;

/** The documents of the first queries, by operation. */
const QUERIES = __QUERIES__;

/** Events whose default a listener may prevent. */
const CANCELABLE = __CANCELABLE__;

/** What the loader hands over of page.js, of which one copy is enough. */
let page;

/**
 * The builds of the widget, the lightest first: `glue` and `wasm`, each with its integrity, and the
 * `elements` in it; the last has all.
 */
const BUNDLES = __BUNDLES__;

/** Those that a theme has on every page, as in its footer: they do not make a page fetch a larger bundle. */
const SITE_WIDE = __SITE_WIDE__;

/** A password stays out of everything but the form it was typed into, shown or not. */
const SECRET = "[type=password],[data-account-secret]";

/** Every widget on the page, by its element. */
const widgets = new Map();

/** The promises of the started bundles. */
const started = new Map();

/**
 * Starts the lightest bundle that has every element of the page, once. One that a theme has on every page
 * takes part in it where it is in that bundle, and otherwise starts the lightest that has it.
 */
function start(name) {
  const has = ({ elements }, name) => elements?.includes(name) ?? true;
  const names = Array.from(widgets.values(), ({ name }) => name).filter((name) => !SITE_WIDE.includes(name));
  const common = BUNDLES.find((bundle) => names.every((name) => has(bundle, name)));
  const bundle = has(common, name) ? common : BUNDLES.find((bundle) => has(bundle, name));
  if (!started.has(bundle)) {
    const booted = load(bundle).catch((error) => {
      started.delete(bundle);
      throw error;
    });
    started.set(bundle, booted);
  }
  return started.get(bundle);
}

async function load({ glue: file, wasm }) {
  const glue = await boot(page.importModule(file), wasm);
  glue.onPanic((place) => {
    for (const widget of widgets.values()) if (widget.glue === glue) widget.crash(place);
  });
  return glue;
}

/** The style sheet for shadow roots, into which those of the document do not reach. */
let sheet;

/** Brings the style sheet into the shadow root that `element` is in, if it is in one. */
async function bringStyle(element) {
  const root = element.getRootNode();
  if (!("adoptedStyleSheets" in root) || root === document) return;
  try {
    sheet ??= fetch(new URL("account.css", import.meta.url)).then(async (response) => new CSSStyleSheet().replace(await response.text()));
    root.adoptedStyleSheets = [...new Set([...root.adoptedStyleSheets, await sheet])];
  } catch {
    // Without it the element is plain, and can be used.
    sheet = undefined;
  }
}

/**
 * The answer to the element's first query that whatever rendered the page put there. Taken only where nobody is
 * signed in: a page may come from a cache, and the store alone tells who is.
 */
function answerInPage(name, variables) {
  const script = document.querySelector(`script[type="application/json"][data-account-answer="${name}"]`);
  if (!script) return undefined;
  try {
    const { data, errors } = JSON.parse(script.textContent);
    const asked = JSON.parse(script.dataset.variables ?? "{}");
    const isOurs = Object.entries(variables).every(([name, value]) => (asked[name] || "") === (value || ""));
    if (!data || data.customer || errors || !isOurs) return undefined;
  } catch {
    return undefined;
  }
  return Promise.resolve(new Response(script.textContent));
}

/** Asks for what the element needs first while the wasm is still on its way. */
function firstAnswer(config) {
  const { operation, variables, from } = ELEMENTS[config.element];
  const configured = Object.entries(from ?? {}).map(([name, key]) => [name, config[key] ?? ""]);
  const all = { ...variables, ...Object.fromEntries(configured) };
  const inPage = answerInPage(config.element, all);
  if (inPage) return { operation, answer: inPage, isFromPage: true };
  const answer = page.ask(config, QUERIES[operation], all, AbortSignal.timeout(page.DEADLINE));
  // The widget handles a failure when it asks; until then, avoid an unhandled rejection.
  answer.catch(() => {});
  return { operation, answer, isFromPage: false };
}

/** How far from the window an element is fetched, in CSS pixels. */
const NEAR = 300;

/** Whether an element is shown and near the window, without the frame that an observer waits for. */
function isNear(element) {
  const [box] = element.getClientRects();
  return box && box.top < innerHeight + NEAR && box.bottom > -NEAR;
}

/** Whether there is something in an element to be seen: a template for a slot is not. */
const hasFallback = (element) => element.querySelector(":scope > :not(template)") !== null;

/** What tells that a shopper is about to use an element. */
const TOUCHES = ["pointerdown", "focusin", "input"];

/** Calls `start` when it is time by the attribute `load`; returns what calls that off. */
function schedule(load, element, start) {
  const isLater = load === "idle" || load === "interaction";
  if (load === "eager" || (!isLater && isNear(element))) {
    // Once every element of the page is known: they are fetched in one bundle.
    let isOff = false;
    queueMicrotask(() => isOff || start());
    return () => (isOff = true);
  }
  if (load === "idle") {
    // Safari has no idle callbacks.
    const [wait, stop] = window.requestIdleCallback ? [requestIdleCallback, cancelIdleCallback] : [setTimeout, clearTimeout];
    const id = wait(() => start());
    return () => stop(id);
  }
  // What holds nothing cannot be touched.
  if (load === "interaction" && hasFallback(element)) {
    const over = new AbortController();
    const begin = () => {
      over.abort();
      start();
    };
    for (const touch of TOUCHES) element.addEventListener(touch, begin, { signal: over.signal });
    return () => over.abort();
  }
  const observer = new IntersectionObserver(
    (entries) => {
      if (!entries.some((entry) => entry.isIntersecting)) return;
      observer.disconnect();
      start();
    },
    { rootMargin: `${NEAR}px` },
  );
  observer.observe(element);
  return () => observer.disconnect();
}

/** What the page's address carried for an element, as an emailed link does: for the element's configuration. */
let carried;

/** Reads `parameters` of the page's address, if all of them are there. */
function readAddress(parameters) {
  const { searchParams } = new URL(location.href);
  const found = Object.entries(parameters).map(([name, key]) => [key, searchParams.get(name)]);
  if (found.every(([, value]) => value)) carried = Object.fromEntries(found);
  return carried;
}

/** Takes them out of the address bar, where they are for everybody to see. */
function hideAddress(parameters) {
  const url = new URL(location.href);
  for (const name of Object.keys(parameters)) url.searchParams.delete(name);
  history.replaceState(history.state, "", url);
}

const controls = (root) =>
  Array.from(root.querySelectorAll("input[name],select[name],textarea[name]"));

/**
 * Copies what stands in the controls of `from` to those of the same name in `to`: from a fallback
 * what was touched, secrets too, and from the widget all but secrets.
 */
async function carry(from, to, isFallback) {
  // The stage is inside the element that the fallback is in; its own controls give nothing.
  const given = controls(from).filter((control) => !to.contains(control));
  const sources = given.filter((c) => (isFallback ? page.isTouched(c) : !c.matches(SECRET)));
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

/** What the theme has for the slots of a form: the nodes of each `<template data-account-slot>`, by its name. */
function slotted(element) {
  const templates = Array.from(element.querySelectorAll("template[data-account-slot]"));
  return new Map(templates.map((t) => [t.dataset.accountSlot, { template: t, nodes: Array.from(t.content.childNodes) }]));
}

/** One element and what became of it. */
class Widget {
  constructor(element, name) {
    this.element = element;
    this.name = name;
    this.fallback = document.createDocumentFragment();
    this.slots = slotted(element);
    // A fallback that was posted, or that came back from the store with errors, is in use.
    this.isLeft = () => !element.isConnected || this.isPosted;
    element.addEventListener("submit", this);
    if (element.querySelector("[aria-invalid=true]")) return;
    const { load } = page.configuration(element, name);
    this.unschedule = schedule(load, element, () => {
      this.load().catch((error) => page.report(element, "not_loaded", error));
    });
  }

  handleEvent(event) {
    if (!this.stage?.contains(event.target)) this.isPosted = true;
  }

  async load() {
    const { name } = this;
    const { parameters } = ELEMENTS[name];
    const config = { ...page.configuration(this.element, name), element: name };
    if (parameters) Object.assign(config, readAddress(parameters));
    // What the shopper chose in the fallback goes before what the theme set.
    config["chosen-country"] =
      this.element.querySelector("select[autocomplete$=country]")?.value || config.country;
    const first = config.token ? firstAnswer(config) : undefined;
    const [glue, words] = await Promise.all([start(name), catalogue(config.lang), bringStyle(this.element)]);
    if (this.isLeft()) return;
    this.glue = glue;
    this.stage = document.createElement("div");
    this.stage.className = "sfa";
    this.stage.hidden = hasFallback(this.element);
    this.element.append(this.stage);
    try {
      this.mounted = glue.mount(this, this.stage, config, first, words);
    } catch (error) {
      this.stage.remove();
      page.report(this.element, "config", error);
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
    const { parameters } = ELEMENTS[this.name];
    if (parameters && carried) hideAddress(parameters);
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
    page.report(this.element, "crashed", `stopped at ${place}`);
    if (this.fallback) this.fallBack();
  }

  emit(name, detail) {
    // A link is good for one password.
    if (name === "password-changed") carried = undefined;
    return page.emit(this.element, name, detail, CANCELABLE.includes(name));
  }

  /** Called by the widget: whether the fallback that it is about to take the place of has a control of this name. */
  hasControl(name) {
    return controls(this.element).some((control) => control.name === name && !this.stage?.contains(control));
  }

  /** Called by the widget: moves the theme's nodes for this slot into `place`, listeners and all. */
  fillSlot(name, place) {
    place.append(...(this.slots.get(name)?.nodes ?? []));
  }

  /** Called by the widget: the document of one of the first queries. */
  documentOf(operation) {
    return QUERIES[operation];
  }

  leave(url) {
    location.assign(url);
  }

  /** Takes everything out again; the theme's fallback is back where it was. */
  remove() {
    this.unschedule?.();
    this.element.removeEventListener("submit", this);
    this.mounted?.free();
    this.mounted = undefined;
    for (const { template, nodes } of this.slots.values()) template.content.append(...nodes);
    if (this.stage?.isConnected || this.stage?.parentNode) this.stage.replaceWith(this.fallback ?? "");
  }
}

/** Takes over the loader's functions. */
export function install(functions) {
  page = functions;
}

/** Puts the element called `account-{name}` into its place; harmless when it is there. */
export function mount(element, name) {
  if (!widgets.has(element)) widgets.set(element, new Widget(element, name));
}

/** Takes it out again. */
export function unmount(element) {
  widgets.get(element)?.remove();
  widgets.delete(element);
}
