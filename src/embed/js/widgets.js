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

/** What a widget is in, among what the page put into the element. */
const STAGE = ".sfa[slot]";

/** A password stays out of everything but the form it was typed into, shown or not. */
const SECRET = "[type=password],[data-account-secret]";

/** Every widget on the page, by its element. */
const widgets = new Map();

/** The promises of the started bundles. */
const started = new Map();

/** The glue of WebAssembly that has stopped. Only a page made anew has it again: a module is made once. */
const stopped = new WeakSet();

/**
 * Starts the lightest bundle that has every element of the page, once. One that a theme has on every page
 * takes part in it where it is in that bundle, and otherwise starts the lightest that has it.
 */
function start(name) {
  const has = ({ elements }, name) => elements?.includes(name) ?? true;
  const names = [...widgets.values()].map(({ name }) => name).filter((name) => !SITE_WIDE.includes(name));
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
  const glue = await boot(page, page.importModule(file), wasm);
  const stop = (why) => {
    // A panic ends in a trap.
    if (stopped.has(glue)) return;
    stopped.add(glue);
    for (const widget of widgets.values()) widget.crash(glue, why);
  };
  glue.onPanic(stop);
  watchTraps([file, wasm], stop);
  return glue;
}

/** Calls `stop` with the message of a trap in one of these files: of memory that has run out no panic tells, only an uncaught error. */
function watchTraps(files, stop) {
  const places = files.map(([name]) => page.locate(name));
  const hear = (error) => {
    if (error instanceof WebAssembly.RuntimeError && places.some((place) => error.stack.includes(place))) stop(error.message);
  };
  addEventListener("error", ({ error }) => hear(error));
  addEventListener("unhandledrejection", ({ reason }) => hear(reason));
}

/** The style sheet for shadow roots, into which those of the document do not reach. */
let sheet;

async function fetchStyle() {
  const response = await fetch(page.locate("./account.css"));
  if (!response.ok) throw response.status;
  return new CSSStyleSheet().replace(await response.text());
}

/** Brings the style sheet into the shadow root that `element` is in, if it is in one. */
async function bringStyle(element) {
  const root = element.getRootNode();
  if (!("adoptedStyleSheets" in root) || root === document) return;
  try {
    sheet ??= fetchStyle();
    const loaded = await sheet;
    root.adoptedStyleSheets = [...new Set([...root.adoptedStyleSheets, loaded])];
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
  /** @type {HTMLScriptElement | null} */
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
  const answer = page.ask(config, QUERIES[operation], all);
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
const hasFallback = (element) => element.querySelector(`:scope > :not(template, ${STAGE})`) !== null;

/** Whether it is seen. */
const showsFallback = (element) => hasFallback(element) && slotOf(element).name !== SHOWN;

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
  if (load === "interaction" && showsFallback(element)) {
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

const controls = (root) => [...root.querySelectorAll("input[name],select[name],textarea[name]")];

const isPublic = (control) => !control.matches(SECRET);

const isCountry = (control) => control.autocomplete.endsWith("country");

/** Copies what stands in the controls `sources` to those of the same name that `to` finds; `settled` waits for what a country changes. */
async function carry(sources, to, settled) {
  // The country goes first: it decides what the other controls of an address are.
  for (const source of [...sources].sort((a, b) => isCountry(b) - isCountry(a))) {
    let changed = false;
    for (const target of to()) {
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
      if (isCountry(source)) await settled?.();
    }
  }
}

/** The value of the option that `text` names, by value or by label. */
function option(select, text) {
  const wanted = text.trim().toLowerCase();
  const options = [...select.options];
  const found =
    options.find((o) => o.value === text) ??
    options.find((o) => [o.value, o.text].some((known) => known.trim().toLowerCase() === wanted));
  return found?.value;
}

/** What the theme has for the slots of a form: the nodes of each `<template data-account-slot>`, by its name. */
function slotted(element) {
  const templates = [...element.querySelectorAll("template[data-account-slot]")];
  return new Map(templates.map((t) => [t.dataset.accountSlot, { template: t, nodes: [...t.content.childNodes] }]));
}

/** The slot's name while a widget is shown. */
const SHOWN = "account";

/** The slot of a widget that cannot be used yet: no shadow root has one of this name, so it is not shown. */
const WAITING = "waiting";

/** The slot in the shadow root of each element. Without a name it shows what the page put into the element. */
const shownBy = new WeakMap();

/**
 * The slot of `element`. The fallback may belong to a framework, which must find its nodes where it left them: the slot
 * hides them in their place, and also what the framework puts beside them later.
 */
function slotOf(element) {
  if (!shownBy.has(element)) {
    const slot = document.createElement("slot");
    element.attachShadow({ mode: "open" }).append(slot);
    shownBy.set(element, slot);
  }
  return shownBy.get(element);
}

/** Elements whose fallback was made for another customer than is there now: it must not come back. */
const outdated = new WeakSet();

/** Whether the storefront is on the page's own origin; not where its endpoint is no URL, of which the wasm tells. */
function isOwn(config) {
  try {
    return page.isOwn(config);
  } catch {
    return false;
  }
}

/**
 * Whom `view` is for: a customer, or a guest. What was typed is handed on between views for the same one alone; a customer
 * whose session has ended is nobody's same.
 */
function audience({ mounted }) {
  if (!mounted) return undefined;
  return mounted.isForCustomer() ? mounted.customerId() : "guest";
}

/** Longest time between the clicks of a double click, in milliseconds, as most systems have it. */
const DOUBLE_CLICK = 500;

/** How far the pointer may move between them, in pixels: Windows allows 4, GTK 5. */
const SHAKE = 5;

/**
 * Ignores the second click of a double click where what was pressed first is gone: it meant that, and not what is there now.
 * Safari counts clicks of each element alone, so `detail` does not tell.
 */
function ignoreStrayClicks(stage) {
  let press;
  const isStray = ({ timeStamp, screenX, screenY }) =>
    press?.target.isConnected === false &&
    timeStamp - press.timeStamp < DOUBLE_CLICK &&
    Math.hypot(screenX - press.screenX, screenY - press.screenY) <= SHAKE;
  stage.addEventListener("mousedown", (event) => {
    const { target, timeStamp, screenX, screenY } = event;
    if (!isStray(event)) press = { target, timeStamp, screenX, screenY };
  });
  const check = (event) => {
    if (event.detail === 0 || !isStray(event)) return;
    event.preventDefault();
    event.stopPropagation();
  };
  stage.addEventListener("click", check, true);
}

/** The wasm's side of an element, and what the wasm calls. */
class View {
  constructor(widget, glue) {
    this.widget = widget;
    this.glue = glue;
    this.audienceBefore = widget.shown && audience(widget.shown);
    this.stage = document.createElement("div");
    this.stage.className = "sfa";
    this.stage.slot = WAITING;
    ignoreStrayClicks(this.stage);
  }

  controls() {
    return controls(this.stage);
  }

  /** It can be used now. */
  ready() {
    this.widget.take(this);
  }

  /** It cannot help: the page's own form comes back, unless another view is shown. */
  fallBack() {
    if (this.isSpare()) this.widget.discard(this);
    else this.widget.fallBack();
  }

  /** Whether it was to take the place of a view that can be used. */
  isSpare() {
    return this.widget.shown !== undefined && this.widget.shown !== this;
  }

  /** Another customer than the page was made for is there, or none. */
  forgetFallback() {
    outdated.add(this.widget.element);
  }

  emit(name, detail) {
    if (name === "error" && this.isSpare()) this.widget.discard(this);
    return this.widget.emit(name, detail);
  }

  report(code, message) {
    if (this.isSpare()) this.widget.discard(this);
    page.report(this.widget.element, code, message);
  }

  /** Whether what it is about to take the place of has a control of this name. */
  hasControl(name) {
    const { widget } = this;
    return widget.shown !== this && widget.lastControls().some((control) => control.name === name);
  }

  /** The page's function that finds addresses, if it has one. */
  addressLookup() {
    return window.StorefrontAccount.addressLookup;
  }

  /** Moves the theme's nodes for this slot of a form into `place`, listeners and all. Copies stay, for copies of the page. */
  fillSlot(name, place) {
    const slot = this.widget.slotted.get(name);
    if (!slot) return;
    if (slot.template.content.contains(slot.nodes[0])) {
      slot.template.content.replaceChildren(...slot.nodes.map((node) => node.cloneNode(true)));
    }
    place.append(...slot.nodes);
  }

  /** The document of one of the first queries. */
  documentOf(operation) {
    return QUERIES[operation];
  }

  leave(url) {
    location.assign(url);
  }

  remove() {
    this.mounted?.free();
    this.mounted = undefined;
    this.stage.remove();
  }
}

/** How often an element with new attributes looks whether it can start anew, in milliseconds. */
const BUSY_POLL = 250;

/** One element and what became of it. */
class Widget {
  constructor(element, name, slot) {
    this.element = element;
    this.name = name;
    this.slot = slot;
    // A copy of a page, as a router keeps it, has what the widget drew, but not the widget.
    for (const drawn of element.querySelectorAll(`:scope > ${STAGE}`)) drawn.remove();
    this.slotted = slotted(element);
    element.addEventListener("submit", this);
    // A fallback that came back from the store with errors is in use.
    if (element.querySelector("[aria-invalid=true]")) return;
    this.observer = new MutationObserver((records) => this.change(records));
    this.observer.observe(element, { attributeFilter: page.ATTRIBUTES, attributeOldValue: true });
    this.schedule();
  }

  /** A fallback that is being sent keeps the page, by the browser or by the theme's own script. */
  handleEvent(event) {
    // The widget's own forms are never posted, also where the wasm has stopped before it could say so.
    if (event.target.closest(STAGE)) event.preventDefault();
    else this.isPosted = true;
  }

  isLeft() {
    return !this.element.isConnected || this.isPosted;
  }

  configuration() {
    return page.configuration(this.element, this.name);
  }

  /** Starts when it is time, and not without a token. */
  schedule() {
    this.unschedule?.();
    const { token, load } = this.configuration();
    if (token) {
      this.unschedule = schedule(load, this.element, () => this.start());
      return;
    }
    const timer = page.tellNoToken(this.element);
    this.unschedule = () => clearTimeout(timer);
  }

  /** Attributes were set or removed. */
  change(records) {
    const before = new Map();
    for (const { attributeName, oldValue } of records) if (!before.has(attributeName)) before.set(attributeName, oldValue);
    const names = [...before.keys()].filter((name) => this.element.getAttribute(name) !== before.get(name));
    if (names.length === 0 || this.isLeft()) return;
    if (!this.isStarted) return this.schedule();
    const { token } = this.configuration();
    if (!token) return;
    const isTokenAlone = names.every((name) => name === "token");
    if (isTokenAlone && this.shown && !this.round) this.shown.mounted?.setToken(token);
    else this.restart();
  }

  /** Starts anew, once nothing is under way or unsaved that would be lost by it. */
  restart() {
    this.unschedule?.();
    if (this.shown?.mounted?.isBusy()) {
      const timer = setTimeout(() => this.restart(), BUSY_POLL);
      this.unschedule = () => clearTimeout(timer);
    } else {
      this.start();
    }
  }

  /**
   * The page was kept while the shopper was elsewhere: nothing of a customer is shown before the store was asked. What is
   * unsaved is shown again as it was to the same customer; else the element starts anew.
   */
  async revisit() {
    const { shown } = this;
    if (!shown) return this.forgetFallback();
    // What has stopped still shows what it did, and cannot say whose that is.
    if (!shown.mounted) return location.reload();
    if (!shown.mounted.isForCustomer()) return;
    shown.stage.slot = WAITING;
    const isKept = shown.mounted.isBusy() && (await this.isSignedIn(shown));
    if (this.shown !== shown || this.isLeft()) return;
    if (isKept) {
      shown.stage.slot = SHOWN;
      return;
    }
    this.unschedule?.();
    const copy = ({ name, type, value, checked, autocomplete, localName }) => ({ name, type, value, checked, autocomplete, localName });
    const kept = { audience: audience(shown), controls: shown.controls().filter(isPublic).map(copy) };
    this.drop();
    this.kept = kept;
    this.start();
  }

  /** What a page that was kept has in it may be another person's by now: it is hidden, and the element starts when it is time. */
  forgetFallback() {
    const { element, slot } = this;
    // One in use has no observer; a guest's page has nothing of a person.
    if (this.isLeft() || !this.observer || !showsFallback(element) || this.configuration().customer === "") return;
    outdated.add(element);
    slot.name = SHOWN;
    if (this.isStarted) this.start();
    else this.schedule();
  }

  /** Whether the customer of `view` is still the one who is signed in. */
  async isSignedIn(view) {
    try {
      const response = await firstAnswer({ ...this.configuration(), element: this.name }).answer;
      const { data } = await response.json();
      return data.customer.entityId === view.mounted.customerId();
    } catch {
      return false;
    }
  }

  /** The page is left. The browser keeps what stands in the page's own form, and has it there again when a guest comes back. */
  leave() {
    const { shown } = this;
    if (shown && audience(shown) === "guest") carry(shown.controls().filter(isPublic), () => this.fallbackControls());
  }

  start() {
    this.isStarted = true;
    const round = (this.round = {});
    const isOver = () => this.isLeft() || this.round !== round;
    this.load(isOver).catch((error) => isOver() || this.giveUp("not_loaded", error));
  }

  /** It cannot start. */
  giveUp(code, wrong) {
    page.report(this.element, code, wrong);
    if (outdated.has(this.element)) location.reload();
  }

  async load(isOver) {
    const { element, name } = this;
    const { parameters } = ELEMENTS[name];
    const config = { ...this.configuration(), element: name };
    if (parameters) Object.assign(config, readAddress(parameters));
    // What the shopper chose goes before what the theme set.
    const chosen = this.kept ? undefined : this.lastControls().find(isCountry)?.value;
    config["chosen-country"] = chosen || config.country;
    const first = isOwn(config) ? firstAnswer(config) : undefined;
    const [glue, words] = await Promise.all([start(name), catalogue(page, config), bringStyle(element)]);
    if (isOver()) return;
    if (stopped.has(glue)) return this.giveUp("crashed", "stopped before: only the page made anew has it again");
    this.coming?.remove();
    const view = new View(this, glue);
    element.append(view.stage);
    this.coming = view;
    try {
      view.mounted = glue.mount(view, view.stage, config, first, words);
    } catch (error) {
      this.discard(view);
      page.report(element, "config", error);
      return;
    }
    // Nothing better is there to be shown meanwhile.
    if (this.slot.name === SHOWN ? !this.shown : !hasFallback(element)) this.show(view);
  }

  /** Shows `view` in the place of what was there. */
  show(view) {
    if (this.shown) this.shown.stage.slot = WAITING;
    view.stage.slot = SHOWN;
    this.slot.name = SHOWN;
  }

  /** `view` can be used: it gets what was typed, and the place. */
  async take(view) {
    if (this.isLeft() || view !== this.coming) return;
    await carry(this.typed(view), () => view.controls(), () => new Promise((resolve) => setTimeout(resolve)));
    if (this.isLeft() || view !== this.coming) return;
    // A password is in one form alone.
    for (const control of this.fallbackControls()) if (!isPublic(control)) control.value = "";
    const gone = this.shown;
    const focused = this.element.contains(document.activeElement) && document.activeElement;
    this.show(view);
    this.shown = view;
    this.coming = this.kept = this.round = undefined;
    if (focused && !view.stage.contains(focused)) refocus(focused, view.controls());
    gone?.remove();
    const { parameters } = ELEMENTS[this.name];
    if (parameters && carried) hideAddress(parameters);
    this.emit("ready", {});
  }

  /** Lets go of a view that never was shown, once the wasm has returned from its call. */
  discard(view) {
    if (this.coming === view) this.coming = this.round = undefined;
    setTimeout(() => view.remove());
  }

  /** The controls of what the next view takes the place of. */
  lastControls() {
    return this.shown?.controls() ?? this.kept?.controls ?? this.fallbackControls();
  }

  /** What `view` takes over: of a view for the same shopper all but secrets, of the fallback what was touched, secrets too. */
  typed(view) {
    const isSame = (before) => before !== undefined && before === audience(view);
    if (this.shown) return isSame(view.audienceBefore) ? this.shown.controls().filter(isPublic) : [];
    if (this.kept) return isSame(this.kept.audience) ? this.kept.controls : [];
    return this.slot.name === SHOWN ? [] : this.fallbackControls().filter(page.isTouched);
  }

  /** The controls of the fallback. */
  fallbackControls() {
    return controls(this.element).filter((control) => !control.closest(STAGE));
  }

  /** The theme's own form comes back, with what was typed. */
  async fallBack() {
    const { element, slot, shown } = this;
    if (outdated.has(element)) return location.reload();
    if (slot.name !== SHOWN || !hasFallback(element)) return;
    await carry(shown?.controls().filter(isPublic) ?? [], () => this.fallbackControls());
    slot.name = "";
    this.drop();
  }

  /** The wasm behind `glue` is gone and must not be called any more. */
  crash(glue, why) {
    const { shown, coming } = this;
    const views = [shown, coming].filter((view) => view?.glue === glue);
    if (views.length === 0) return;
    for (const view of views) view.mounted = undefined;
    page.report(this.element, "crashed", `stopped: ${why}`);
    if (coming && !views.includes(shown)) this.discard(coming);
    else if (!outdated.has(this.element)) this.fallBack();
  }

  emit(name, detail) {
    // A link is good for one password.
    if (name === "password-changed") carried = undefined;
    return page.emit(this.element, name, detail, CANCELABLE.includes(name));
  }

  /** Takes out what the wasm has drawn. */
  drop() {
    this.round = undefined;
    this.shown?.remove();
    this.coming?.remove();
    this.shown = this.coming = undefined;
  }

  /** Takes everything out again; the theme's fallback is back where it was. */
  remove() {
    this.unschedule?.();
    this.observer?.disconnect();
    this.element.removeEventListener("submit", this);
    this.drop();
    for (const { template, nodes } of this.slotted.values()) template.content.replaceChildren(...nodes);
    if (!outdated.has(this.element)) this.slot.name = "";
  }
}

/** Puts the focus where it was in the form that just went, caret and all. */
function refocus(before, controls) {
  const same = (c) => c.name === before.name && (c.value === before.value || c.type === "text");
  const named = controls.filter((c) => c.name === before.name);
  const now = named.find(same) ?? named[0];
  if (!now) return;
  now.focus({ preventScroll: true });
  try {
    now.setSelectionRange(before.selectionStart, before.selectionEnd);
  } catch {
    // Not every control has a caret.
  }
}

/** Takes over the loader's functions. */
export function install(functions) {
  page = functions;
  addEventListener("pagehide", () => {
    for (const widget of widgets.values()) widget.leave();
  });
  addEventListener("pageshow", ({ persisted }) => {
    if (persisted) for (const widget of widgets.values()) widget.revisit();
  });
}

/** Puts the element called `account-{name}` into its place; harmless when it is there. */
export function mount(element, name) {
  if (widgets.has(element)) return;
  let slot;
  try {
    slot = slotOf(element);
  } catch (error) {
    // Some tags can have no shadow root (DOM, 4.8), and others have one of their own.
    page.report(element, "config", `${error.message} Use a div that has no shadow root.`);
    return;
  }
  widgets.set(element, new Widget(element, name, slot));
}

/** Takes it out again. */
export function unmount(element) {
  widgets.get(element)?.remove();
  widgets.delete(element);
}
