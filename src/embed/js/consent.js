// Consent to cookies: asked in the theme's own markup, kept, written to the store, and obeyed. Until
// somebody decided everything but the essential is denied. Only the settings are wasm.

import { showBanner } from "./banner.js";
import { clearCookies, obey, ran } from "./gates.js";
import { DEADLINE, ask, configuration, emit, importModule, isTouched, report, storefront } from "./page.js";

/** What is asked about, by the platform's names. */
const CATEGORIES = ["functional", "analytics", "targeting"];

/** By these numbers the storefront's endpoint knows them, unless the theme says otherwise. */
const NUMBERS = "functional=2 analytics=1 targeting=3";

/** Shortest life of a decision, grant or refusal, in days. */
const DAYS = 182;

const DAY = 86_400_000;

/** Name of the decision in the browser's storage, and of the lock around writing it to the store. */
const KEY = "account-consent";

/** Wait before a failed write is tried again, in seconds, where the store names none. */
const PAUSE = 30;

/** The consent element of the page. */
let current;

/**
 * A decision, as the browser keeps it.
 *
 * @typedef {object} Decision
 * @property {string} revision which wording and categories it is about
 * @property {number} at when, by the browser's clock
 * @property {boolean} gpc whether the browser sent Global Privacy Control then
 * @property {"guest"|"customer"|"both"} of whose it is: at sign-out a customer's goes, and what a
 *   guest decided and the account has taken over stays
 * @property {string[]} granted what is granted now
 * @property {string[]} [wanted] what will be once the store has it; with `source` and `id`
 */

const words = (text) => String(text).split(/[\s,]+/).filter(Boolean);

/** What Global Privacy Control leaves of a decision. */
const harmless = (decision) => (decision?.granted ?? []).filter((category) => category === "functional");

const isSame = (a, b) => a.length === b.length && a.every((category) => b.includes(category));

/** FNV-1a, in hexadecimal digits: tells wordings apart and keeps no secret. */
function hash(text) {
  let value = 0x811c9dc5;
  for (const character of text) value = Math.imul(value ^ character.codePointAt(0), 0x01000193);
  return (value >>> 0).toString(16);
}

/** What a theme configured, read; throws what is wrong, in words or as the URL's own error. */
function settings(element) {
  const config = configuration(element, "consent");
  const asked = words(config.categories ?? CATEGORIES);
  const unknown = asked.find((category) => !CATEGORIES.includes(category));
  if (unknown) throw `categories: there is no "${unknown}"`;
  const pairs = words(config.numbers ?? NUMBERS).map((pair) => pair.split("="));
  const numbers = CATEGORIES.map((category) => Number(pairs.find(([name]) => name === category)?.[1]));
  if (!numbers.every((number) => number > 0 && number % 1 === 0) || new Set(numbers).size < 3) {
    throw `numbers must be like "${NUMBERS}"`;
  }
  const days = Number(config.days ?? DAYS);
  if (!(days >= DAYS)) throw `days must be ${DAYS} or more`;
  if (!config.token) throw "token is missing";
  storefront(config, "");
  return { ...config, asked, numbers, days };
}

export class Consent {
  #element;
  #banner;
  #config;
  /** The theme's link to the privacy policy. */
  #link;
  #revision;
  /** Whether the browser sends Global Privacy Control. */
  #gpc = navigator.globalPrivacyControl === true;
  #isCustomer;
  #stop = new AbortController();
  #observer;
  /** What is granted beyond the essential. */
  #granted = new Set();
  /** The decision, where it could not be put into the browser's storage. */
  #kept;
  /** Which parts of the banner are shown. */
  #mode;
  /** What takes back the decision on its way to the store; the writes before it; the next try. */
  #sending;
  #writes = Promise.resolve();
  #timer;
  /** Whether what is kept is obeyed by now: from then on every change is told. */
  #isReady;
  /** Whether the store's own script told what it has. */
  #isTold;
  /** Whether the settings are open, or on their way; what closes them. */
  #isOpen;
  #close;

  constructor(element) {
    this.#element = element;
    this.#banner = element.querySelector("[data-consent-banner]");
    try {
      if (current) throw "the page has another one";
      this.#config = settings(element);
    } catch (error) {
      report(element, "config", error);
      return;
    }
    current = this;
    const { asked, "text-id": text, "policy-id": policy } = this.#config;
    this.#link = element.querySelector("[data-consent-policy]");
    this.#revision = hash([[...asked].sort(), text, policy].join());
    this.#isCustomer = !!this.#config.customer;
    this.#listen();
    this.#start();
  }

  has = (category) => category === "essential" || this.#granted.has(category);

  #listen() {
    const { signal } = this.#stop;
    const on = (target, event, run) => target.addEventListener(event, run, { signal });
    on(document, "click", (event) => {
      const button = event.target.closest?.("[data-consent-do],[data-account-open=consent]");
      if (!button) return;
      event.preventDefault();
      this.#act(button.dataset.consentDo ?? "settings");
    });
    // Another tab has decided, or signed out.
    on(window, "storage", ({ key }) => {
      // A page made with another wording asks and obeys for itself.
      const isOther = (this.#read()?.revision ?? this.#revision) !== this.#revision;
      if ((key ?? KEY) !== KEY || isOther) return;
      if (this.#sync() && /ask|failed/.test(this.#mode)) this.#show();
    });
    on(window, "pageshow", ({ persisted }) => persisted && this.#sync());
    on(window, "online", () => this.#write());
    on(document, "account:signed-up", ({ detail }) => detail.signedIn && this.#enter("signup"));
    // What the account has is told by the next page.
    on(document, "account:signed-in", () => (this.#isCustomer = true));
    on(document, "account:signed-out", () => this.#leave());
    // Gates that come into the page later.
    this.#observer = new MutationObserver(() => obey(this.has));
    this.#observer.observe(document, { childList: true, subtree: true });
  }

  async #start() {
    const events = window.bodlEvents?.consent;
    try {
      events?.loaded?.((told) => this.#hear(told));
      events?.updated?.((told) => this.#hear(told, true));
    } catch {
      // The store's own script is broken; what is kept here holds.
    }
    // What the store's script knows already, it tells by now.
    await null;
    if (this.#config.customer === "") this.#leave();
    this.#sync();
    if (this.#isCustomer) this.#enter();
    const decision = this.#decision();
    this.#isReady = true;
    emit(this.#element, "ready", {});
    // Whoever listens knows before anything runs.
    obey(this.has);
    if (!decision) return this.#ask();
    if (this.#gpc && !decision.gpc) this.#honour(decision);
    else this.#write();
  }

  /** The decision in force, if there is one: of this wording, and not too old. */
  #decision() {
    const decision = this.#read();
    if (decision?.revision !== this.#revision) return undefined;
    const age = Date.now() - decision.at;
    // By a clock that was ahead when it was kept: its time begins now.
    if (age < -DAY) this.#keep({ ...decision, at: Date.now() });
    return age < this.#config.days * DAY ? decision : undefined;
  }

  /** What is kept, whatever it is worth. */
  #read() {
    try {
      const kept = JSON.parse(this.#kept ?? localStorage.getItem(KEY));
      if (Array.isArray(kept?.granted) && kept.at > 0) return kept;
    } catch {
      // No storage, or what is in it is not JSON.
    }
  }

  #keep(decision) {
    this.#kept = JSON.stringify(decision ?? null);
    try {
      if (decision) localStorage.setItem(KEY, this.#kept);
      else localStorage.removeItem(KEY);
      this.#kept = undefined;
    } catch {
      // No storage: it holds for this page.
    }
  }

  /** Obeys what is kept; gives the decision in force. */
  #sync() {
    const decision = this.#decision();
    this.#grant(this.#gpc && !decision?.gpc ? harmless(decision) : (decision?.granted ?? []));
    return decision;
  }

  /** Lets these categories through and no others. */
  #grant(categories) {
    const { asked } = this.#config;
    const before = this.#granted;
    this.#granted = new Set(asked.filter((category) => categories.includes(category)));
    const changed = asked.filter((category) => before.has(category) !== this.#granted.has(category));
    const denied = CATEGORIES.filter((category) => !this.#granted.has(category));
    clearCookies(denied.flatMap((category) => words(this.#config[`${category}-cookies`] ?? "")));
    if (!this.#isReady) return;
    if (changed.length) emit(this.#element, "consent-changed", { allow: [...this.#granted], deny: denied, changed });
    obey(this.has);
    if (changed.some((category) => before.has(category))) this.#offerReload();
  }

  /** A script that runs is stopped by a new page alone; what is being typed goes before. */
  #offerReload() {
    if ([...ran].every(this.has)) return false;
    const isDirty = Array.from(document.querySelectorAll("input,select,textarea")).some(isTouched);
    this.#show(isDirty ? "running" : "reload");
    return !isDirty;
  }

  /** Decides: `wanted` is granted and nothing else. `of` is whose decision it is; see `Decision`. */
  #decide(wanted, source, of) {
    // The same again, while it is on its way.
    const before = this.#read();
    if (this.#sending && before?.wanted && isSame(before.wanted, wanted)) return;
    // What is denied is denied at once; what is granted waits until the store has it.
    const granted = wanted.filter(this.has);
    this.#keep({ ...this.#mark(of), id: Math.random(), granted, wanted, source });
    // Sent after it, this could be overtaken by it.
    this.#sending?.abort();
    this.#show();
    this.#write();
    this.#grant(granted);
  }

  /** What every decision has. */
  #mark(of = this.#isCustomer ? "customer" : "guest") {
    return { revision: this.#revision, at: Date.now(), gpc: this.#gpc, of };
  }

  /** Writes what the store does not have yet, one decision after the other in all tabs. */
  #write() {
    if (!this.#read()?.wanted) return;
    const send = () => this.#send();
    this.#writes = this.#writes
      .then(() => navigator.locks.request(KEY, send))
      // No locks without https, or where storage is blocked.
      .catch(send);
  }

  async #send() {
    clearTimeout(this.#timer);
    const sent = this.#read();
    if (!sent?.wanted || this.#stop.signal.aborted || this.#isOfBefore(sent)) return;
    const number = (category) => this.#config.numbers[CATEGORIES.indexOf(category)];
    const denied = CATEGORIES.filter((category) => !sent.wanted.includes(category));
    // No other reason: a decision is written although the element goes.
    const sending = (this.#sending = new AbortController());
    setTimeout(() => sending.abort(), DEADLINE);
    let answer;
    try {
      answer = await fetch(storefront(this.#config, "api/storefront/consent"), {
        method: "POST",
        credentials: "same-origin",
        keepalive: true,
        headers: {
          "content-type": "application/json",
          "x-consent-revision": sent.revision,
          "x-consent-locale": this.#config.lang ?? "",
          "x-consent-source": sent.source,
        },
        body: JSON.stringify({ allow: sent.wanted.map(number), deny: denied.map(number) }),
        signal: sending.signal,
      });
    } catch {
      // Offline, or too late: as an answer of no use.
    }
    this.#sending = undefined;
    if (this.#stop.signal.aborted) return;
    // Somebody has decided otherwise since; that is written next.
    const { wanted, source, ...kept } = this.#read() ?? {};
    if (kept.id !== sent.id) return;
    const status = answer?.status ?? 0;
    if (answer?.ok) {
      this.#keep({ ...kept, granted: wanted });
      const hasFailed = this.#mode === "failed";
      if (hasFailed) this.#show();
      this.#sync();
      if (hasFailed) this.#offerReload();
    } else if (/^4(?!08|29)/.test(status)) {
      // The store does not take it, now or later: nothing is granted that it has no record of.
      this.#keep();
      this.#show("refused");
      emit(this.#element, "error", { code: "refused" });
    } else {
      const seconds = Number(answer?.headers.get("retry-after")) || PAUSE;
      this.#timer = setTimeout(() => this.#write(), Math.min(seconds, 3600) * 1000);
      this.#show("failed");
      emit(this.#element, "error", { code: status === 429 ? "throttled" : status ? "unexpected" : "offline" });
    }
  }

  /** Asks, if the store wants it. */
  async #ask() {
    const isAsking = await this.#learn();
    if (this.#stop.signal.aborted || !isAsking || this.#decision()) return;
    if (this.#gpc && !this.#read()?.gpc) this.#honour();
    else this.#show("ask");
  }

  /** Whether the store asks; its link to the policy, unless the theme has one, is filled on the way. */
  async #learn() {
    let isAsking;
    try {
      const answer = await ask(this.#config, __PRIVACY_QUERY__, undefined, AbortSignal.timeout(DEADLINE));
      const { cookieConsentEnabled, privacyPolicyUrl } = (await answer.json()).data.site.settings.privacy;
      isAsking = cookieConsentEnabled;
      const { href, protocol } = new URL(privacyPolicyUrl ?? "about:", this.#config.base);
      if (this.#link && !this.#link.href && /^https?:$/.test(protocol)) {
        this.#link.href = href;
        this.#link.hidden = false;
      }
    } catch (error) {
      report(this.#element, "not_loaded", error);
    }
    return isAsking;
  }

  /** Global Privacy Control is on, and was not when the shopper decided. */
  #honour(decision) {
    this.#decide(harmless(decision), "gpc");
    this.#show("gpc");
  }

  /** The store's own script tells what it has, or what its own banner was just told. */
  #hear(told, isNew) {
    const bodl = (category) => told?.[category === "targeting" ? "advertising" : category] === true;
    const granted = this.#config.asked.filter(bodl);
    const kept = this.#read();
    this.#isTold = true;
    if (isNew || !kept) {
      // Nobody can say whether Global Privacy Control was on when it was decided.
      this.#keep({ ...this.#mark(), gpc: isNew && this.#gpc, granted });
      this.#show();
      this.#sync();
      return;
    }
    const decision = this.#decision();
    if (!decision || (decision.wanted && !this.#isOfBefore(decision))) return;
    const wanted = decision.wanted ?? decision.granted;
    const isAgreed = isSame(wanted, granted);
    if (!decision.wanted && isAgreed) return;
    // Decided once as a guest and once with the account, or on two devices: the stricter counts.
    this.#decide(granted.filter((category) => wanted.includes(category)), "merge");
    if (this.#isCustomer && !isAgreed) this.#show("merged");
  }

  /** Whether a decision is from before the customer came: it is not theirs, and not sent as theirs. */
  #isOfBefore(decision) {
    return this.#isCustomer && decision.of === "guest";
  }

  /**
   * A customer is there. What the guest decided goes to a new account, and to one that has no decision;
   * where that is not known, a refusal alone.
   */
  #enter(source = "merge") {
    this.#isCustomer = true;
    const decision = this.#decision();
    if (decision?.of !== "guest") return;
    const wanted = decision.wanted ?? decision.granted;
    const isUnknown = this.#isTold || (wanted.length && !window.bodlEvents);
    if (source === "signup" || !isUnknown) this.#decide(wanted, source, "both");
    // Granted by a guest and not sent: the customer is asked.
    else if (decision.wanted) this.#keep();
  }

  /** Nobody is signed in (any more): what was decided with the account stays with the account. */
  #leave() {
    this.#isCustomer = false;
    const kept = this.#read();
    if (kept?.of === "customer") this.#keep();
    else if (kept?.of === "both") this.#keep({ ...kept, of: "guest" });
    this.#sync();
  }

  /** Does what a button of the theme says. */
  #act(what) {
    const isAsked = this.#mode === "ask";
    const decide = (wanted) => this.#decide(wanted, this.#source(wanted, isAsked ? "banner" : "settings"));
    if (what === "accept") decide(this.#config.asked);
    else if (what === "reject") decide([]);
    else if (what === "settings") this.open();
    else if (what === "retry") this.#write();
    else if (what === "reload" && this.#offerReload()) location.reload();
    else if (what === "close" && !isAsked) this.#show();
  }

  /** What led to a decision: a withdrawal is one wherever it is made. */
  #source(wanted, otherwise) {
    return [...this.#granted].some((category) => !wanted.includes(category)) ? "withdrawal" : otherwise;
  }

  /** Shows the parts of the theme's banner that are for `mode`; no mode hides it. */
  #show(mode) {
    this.#mode = mode;
    if (this.#banner) showBanner(this.#banner, mode);
  }

  /** Opens the settings; where they cannot be had, the question itself. */
  async open() {
    if (this.#isOpen) return;
    this.#isOpen = true;
    const { asked: categories, lang } = this.#config;
    try {
      // On a page where nothing was asked the link is not known yet.
      const isLinked = !this.#link || this.#link.href;
      const [module] = await Promise.all([importModule(__CONSENT_SETTINGS__), isLinked || this.#learn()]);
      const settings = { categories, lang, policy: this.#link?.href, granted: [...this.#granted], gpc: this.#gpc };
      this.#close = await module.open(this, this.#element, settings);
      if (this.#stop.signal.aborted) this.closed();
    } catch (error) {
      this.closed();
      report(this.#element, "not_loaded", error);
      this.#show("ask");
    }
  }

  /** Called by the settings. */
  decided(granted) {
    this.closed();
    this.#decide(granted, this.#source(granted, "settings"));
  }

  /** Called by the settings. */
  closed() {
    this.#close?.();
    this.#close = this.#isOpen = undefined;
  }

  remove() {
    if (current !== this) return;
    current = undefined;
    this.#granted.clear();
    this.#stop.abort();
    this.#observer.disconnect();
    clearTimeout(this.#timer);
    this.closed();
    this.#show();
  }
}

/** What a page may ask of it. */
export const consent = Object.freeze({
  has: (category) => category === "essential" || !!current?.has(category),
  open: () => current?.open(),
});
