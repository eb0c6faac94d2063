// The browser's side of consent: events go to the reducer, and the page follows the state that comes
// out. Until somebody decides, only the essential is granted. A page has one consent, so this module has
// one state. Only the settings are wasm.

import {
  KEY,
  LISTENERS,
  answered,
  bodlLoaded,
  bodlUpdated,
  chosen,
  denied,
  has as isGranted,
  pressed,
  queried,
  recognized,
  reduce,
  send,
  settingsFailed,
  started,
  unsent,
} from "./consent/reducer.js";
import { ATTRIBUTES } from "./attributes.js";
import { showBanner } from "./banner.js";
import { DEADLINE, NO_TOKEN, ask, configuration, emit, importModule, isTouched, report, storefront, tellNoToken, timeout, toJson } from "./page.js";
import { parseConfig, words } from "./consent/config.js";
import { clearCookies, obey, ran } from "./gates.js";

/** The consent elements of the page, the newest last: the one that counts. */
const elements = new Set();

/** That one, its banner, and the theme's link to the privacy policy. */
let current;
let banner;
let link;

/** As the reducer has it. @type {any} */
let state = { granted: [] };

/** The decision as JSON, where it could not be put into the browser's storage. */
let unsaved;

/** Aborts the decision on its way to the store; the queue of requests; the timer of the next attempt. */
let sending;
let requests = Promise.resolve();
let timer;

/** Whether the settings are open, or on their way; what closes them. */
let isOpen;
let close;

/** What takes the listeners away. */
let stop;

const has = (category) => isGranted(state, category);

/** For gates that come into the page later. */
const observer = new MutationObserver(() => obey(has, notRun));

/** A script that waited cannot be run. */
const notRun = (code, error) => current && report(current, code, error);

function dispatch(event, detail) {
  if (!current) return;
  const saved = read();
  const { mode } = state;
  state = reduce({
    ...state,
    saved,
    now: Date.now(),
    id: Math.random(),
    sending,
    ran,
    // What is hidden holds nothing that a shopper would lose.
    isDirty: [...document.querySelectorAll("input,select,textarea,[contenteditable]")].some((control) => control.getClientRects().length && isTouched(control)),
  }, event, detail);
  const { effects } = state;
  if (state.saved !== saved) save(state.saved);
  if (state.mode !== mode && banner) showBanner(banner, state.mode);
  for (const name of Object.keys(effects)) EFFECTS[name](effects[name]);
  if (!state.isReady) return;
  clearCookies(denied(state.granted).flatMap((category) => words(state[`${category}-cookies`] ?? "")));
  // Whoever is told by an event knows before anything runs.
  obey(has, notRun);
}

/** How the page runs the reducer's effects. */
const EFFECTS = {
  // What the page has to mend is for the console too.
  emit: ([name, detail]) => (detail.code === "config" ? report(current, detail.code, detail) : emit(current, name, detail)),
  abort: () => sending?.abort(),
  // One decision after the other, in all tabs.
  send() {
    requests = requests
      .then(() => navigator.locks.request(KEY, post))
      // No locks without https, or where storage is blocked.
      .catch(post);
  },
  query,
  retry(seconds) {
    timer = setTimeout(dispatch, seconds * 1000, send);
  },
  reload: () => location.reload(),
};

/** What is saved, whatever it is worth. */
function read() {
  try {
    const saved = JSON.parse(unsaved ?? localStorage[KEY]);
    if (Array.isArray(saved?.granted) && saved.at > 0) return saved;
  } catch {
    // No storage, or what is in it is not JSON.
  }
}

function save(decision) {
  unsaved = toJson(decision ?? null);
  try {
    if (decision) localStorage[KEY] = unsaved;
    else delete localStorage[KEY];
    unsaved = undefined;
  } catch {
    // No storage: it holds for this page.
  }
}

/** The codes of HTTP statuses, as in `src/api/error.rs`, and what the developer of the page can do about the first. */
const CODES = { 401: "config", 403: "forbidden", 429: "throttled" };
const CURE = "the store refuses the token: set `token` to a storefront token of this store and channel that has not run out";

/** Who is there, and the privacy's settings, as the store says. Throws a code and a message. */
async function askStore(config, signal) {
  let code = "offline";
  try {
    const response = await ask(config, __PRIVACY_QUERY__, undefined, signal);
    const { ok, status } = response;
    if (!ok) {
      code = CODES[status] ?? "unexpected";
      throw status === 401 ? CURE : `status ${status}`;
    }
    code = "unreadable";
    const { data, errors } = await response.json();
    if (errors && !data) {
      code = "refused";
      throw errors[0];
    }
    return [data.customer, data.site.settings.privacy];
  } catch (error) {
    throw { code: signal.aborted ? "timed_out" : code, message: error.message ?? error };
  }
}

/** Sends the saved decision, as that of whom the page was made for. */
async function post() {
  clearTimeout(timer);
  const config = state;
  const decision = unsent({ ...config, saved: read() });
  if (!decision || !current) return;
  const { id, wanted, revision, source } = decision;
  const number = (category) => Number(config.numbers[category]);
  // Nothing else aborts it: a decision is sent although the element goes.
  const request = (sending = new AbortController());
  const { signal } = request;
  setTimeout(() => request.abort(), DEADLINE);
  let response = {};
  let failure;
  try {
    // Since the page was made, somebody may have signed in or out elsewhere.
    if ((config.customer ?? true) !== true) {
      const [customer] = await askStore(config, signal);
      dispatch(recognized, customer?.entityId ?? "");
    }
    if (read()?.id === id) {
      response = await fetch(storefront(config, "api/storefront/consent"), {
        method: "POST",
        credentials: "same-origin",
        keepalive: true,
        headers: {
          "content-type": "application/json",
          "x-consent-revision": revision,
          "x-consent-locale": config.lang ?? "",
          "x-consent-source": source,
        },
        body: toJson({ allow: wanted.map(number), deny: denied(wanted).map(number) }),
        signal,
      });
      // A page is no answer of the store's: a firewall's, or the way in to a network.
      if (/^\s*</.test(await response.text())) response = {};
    }
  } catch (error) {
    // Offline or timed out: treated like an empty response. The codes of the browser's own errors are numbers.
    if (typeof error.code === "string") failure = error;
  }
  sending = undefined;
  dispatch(answered, { id, response, failure });
}

/** Asks the store whether it asks about cookies; its link to the policy comes with it, unless the theme has one. */
async function query() {
  const element = current;
  const { signal } = stop;
  let isAsking;
  try {
    const [, { cookieConsentEnabled, privacyPolicyUrl }] = await askStore(state, timeout());
    isAsking = cookieConsentEnabled;
    const { href, protocol } = new URL(privacyPolicyUrl ?? "about:", location.href);
    if (link && !link.href && /^https?:$/.test(protocol)) {
      link.href = href;
      link.hidden = false;
    }
  } catch (error) {
    if (!signal.aborted) report(element, error.code ?? "unreadable", error);
  }
  if (!signal.aborted) dispatch(queried, isAsking);
}

/** Opens the settings; where they cannot be had, the question itself. */
async function open() {
  if (isOpen || !state.revision) return;
  const element = current;
  const { signal } = stop;
  isOpen = true;
  try {
    // On a page where nothing was asked the link is not known yet.
    const linked = link && !link.href && query();
    const module = await importModule(__CONSENT_SETTINGS__);
    await linked;
    const shut = await module.open({ closed, decided }, element, { ...state, policy: link?.href });
    if (signal.aborted) shut();
    else close = shut;
  } catch (error) {
    if (signal.aborted) return;
    closed();
    report(element, "not_loaded", error);
    dispatch(settingsFailed);
  }
}

/** Called by the settings. */
function closed() {
  close?.();
  close = isOpen = undefined;
}

/** Called by the settings. */
function decided(wanted) {
  closed();
  dispatch(chosen, wanted);
}

function click(event) {
  // The target of an event inside a shadow root is its host, for those who listen outside.
  const button = event.composedPath().find((node) => node.matches?.("[data-consent-do],[data-account-open=consent]"));
  if (!button) return;
  event.preventDefault();
  const what = button.dataset.consentDo ?? "settings";
  if (what === "settings") open();
  else dispatch(pressed, what);
}

/** What the loader holds of a consent element. */
export class Consent {
  constructor(element) {
    this.element = element;
    // The page's next body may be there before its last one is taken out.
    if (current?.isConnected) report(element, "config", "takes the place of another one; a page can have only one");
    this.attributes = new MutationObserver(() => element === current && follow(element));
    this.attributes.observe(element, { attributeFilter: ATTRIBUTES });
    elements.add(element);
    follow(element);
  }

  remove() {
    this.attributes.disconnect();
    elements.delete(this.element);
    if (current === this.element) follow([...elements].pop());
  }
}

/** Lets `element` be the one that counts, or none, as its attributes have it now. */
function follow(element) {
  if (current) letGo();
  // Nobody can ask or take back any more, so nothing is granted.
  if (!element) return obey(has, notRun);
  try {
    start(element);
  } catch (error) {
    // A token may still come.
    timer = error === NO_TOKEN ? tellNoToken(element) : setTimeout(report, 0, element, "config", error);
  }
}

function letGo() {
  current = undefined;
  state = { granted: [] };
  stop.abort();
  observer.disconnect();
  clearTimeout(timer);
  closed();
  if (banner) showBanner(banner);
}

function start(element) {
  current = element;
  stop = new AbortController();
  banner = element.querySelector("[data-consent-banner]");
  // It may be a copy of one that was shown.
  if (banner) showBanner(banner);
  link = element.querySelector("[data-consent-policy]");
  state = {
    ...parseConfig(configuration(element, "consent")),
    gpc: navigator.globalPrivacyControl === true,
    mode: "",
    granted: [],
  };
  addEventListener("click", click, stop);
  for (const [type, event] of Object.entries(LISTENERS)) addEventListener(type, (detail) => dispatch(event, detail), stop);
  observer.observe(document, { childList: true, subtree: true });
  const bodl = window.bodlEvents?.consent;
  const { signal } = stop;
  try {
    bodl?.loaded?.((told) => signal.aborted || dispatch(bodlLoaded, told));
    bodl?.updated?.((told) => signal.aborted || dispatch(bodlUpdated, told));
  } catch {
    // The store's own script is broken; what is saved here holds.
  }
  // By then the store's script has reported what it already knows.
  const begin = () => signal.aborted || dispatch(started, window.bodlEvents);
  // Behind what takes elements away that left in the same task.
  queueMicrotask(() => queueMicrotask(begin));
}

/** What a page may ask of it. */
export const consent = Object.freeze({ has, open });
