// How consent changes, as a pure function: a state and an event give the next state, and in it the
// effects that the page has to run. Everything that this depends on is part of the state, so that every
// case can be tested without a browser; see tests/js. consent.js has the browser's side.

/** What is asked about, by the platform's names. */
export const CATEGORIES = ["functional", "analytics", "targeting"];

/** Name of the decision in the browser's storage, and of the lock around sending it to the store. */
export const KEY = "account-consent";

/** Wait before a failed request is sent again, in seconds, where the store names none. */
const RETRY_AFTER = 30;

const DAY = 86_400_000;

/**
 * A decision, as the browser saves it.
 *
 * @typedef {object} Decision
 * @property {string} revision which wording and categories it is about
 * @property {number} at when, by the browser's clock
 * @property {boolean} gpc whether the browser sent Global Privacy Control then
 * @property {"guest"|"customer"|"both"} of whose it is: a customer's goes at sign-out, and what a
 *   guest decided and the account has taken over stays
 * @property {string[]} granted what is granted now
 * @property {string[]} [wanted] what will be granted once the store has it; with `source` and `id`
 */

/**
 * What the theme configures (config.js), and:
 *
 * @typedef {object} State
 * @property {string[]} categories what the theme asks about
 * @property {string} revision of the theme's wording and categories
 * @property {number|string} days how long a decision holds
 * @property {string|number|true} [customer] id of who is signed in, or `true` for somebody who has come
 *   since; empty where nobody is, and nothing where the theme does not tell
 * @property {boolean} gpc whether the browser sends Global Privacy Control
 * @property {string[]} granted what the page may do beyond the essential
 * @property {string} mode which parts of the banner are shown, in words; empty hides it
 * @property {boolean} [isReady] whether the saved decision is applied: from then on changes are announced
 * @property {boolean} [isTold] whether the store's own script has told what the store has
 *
 * Looked up anew for every event:
 * @property {Decision} [saved] what is in the browser's storage, whatever it is worth
 * @property {number} now the browser's clock
 * @property {number} id a random number for a new decision
 * @property {unknown} [sending] the request that is under way, if there is one
 * @property {Iterable<string>} ran categories of the scripts that have run
 * @property {boolean} isDirty whether the shopper has typed something into the page
 *
 * What the page has to do once, after it has saved `saved` and shown `mode`:
 * @property {Effects} effects
 *
 * @typedef {object} Effects
 * @property {true} [send] sends the saved decision, after those that are on their way
 * @property {true} [abort] aborts the request that is under way: what it sends no longer holds
 * @property {number} [retry] sends again, in so many seconds
 * @property {true} [query] asks the store whether it asks about cookies
 * @property {true} [reload] loads the page anew
 * @property {[name: string, detail: object]} [emit] tells the page
 */

/** Whether the question is asked; only an answer closes it. */
const isAsked = ({ mode }) => mode.startsWith("ask");

/** Whether the page may do what `category` stands for. */
export const has = (state, category) => category === "essential" || state.granted.includes(category);

/** What is denied where no more than this is granted, whether the theme asks about it or not. */
export const denied = (granted) => CATEGORIES.filter((category) => !granted.includes(category));

const isSame = (a, b) => denied(a).join() === denied(b).join();

/** What the store's own script calls granted. */
const bodlGranted = ({ categories }, told) =>
  categories.filter((category) => told?.[category === "targeting" ? "advertising" : category] === true);

/** Whether the saved decision is from before the customer came: it is not theirs, and not sent as theirs. */
const isGuests = (state) => state.customer && state.saved.of === "guest";

/** The decision to send: one that the store does not have yet, and may have. */
export const unsent = (state) => state.saved?.wanted && !isGuests(state) && state.saved;

// What follows changes the draft of the next state that `reduce` made.

/** Saves a new decision. */
function save(draft, decision, of = draft.customer ? "customer" : "guest") {
  const { revision, now, gpc } = draft;
  draft.saved = { revision, at: now, gpc, of, ...decision };
}

/** Sends what the store does not have yet; an event too: the network is back, or a retry is due. */
export function send(draft) {
  if (draft.saved?.wanted) draft.effects.send = true;
}

/** The decision in force, if there is one: about this wording, and not too old. */
function inForce(draft) {
  const { saved, now } = draft;
  if (saved?.revision !== draft.revision) return undefined;
  // The clock was ahead when it was saved: its time begins now.
  if (saved.at > now + DAY) draft.saved = { ...saved, at: now };
  return saved.at > now - draft.days * DAY ? saved : undefined;
}

/** Grants what the decision in force does, and nothing else; gives that decision. */
function apply(draft) {
  const before = draft.granted;
  const decision = inForce(draft);
  // Global Privacy Control is about being tracked, which the functional is not for.
  const isAllowed = (category) => category === "functional" || !draft.gpc || decision.gpc;
  draft.granted = draft.categories.filter((category) => decision?.granted.includes(category) && isAllowed(category));
  const changed = draft.categories.filter((category) => before.includes(category) !== draft.granted.includes(category));
  if (draft.isReady && changed.length) {
    // Copies: whoever is told may change them.
    draft.effects.emit = ["consent-changed", { allow: [...draft.granted], deny: denied(draft.granted), changed }];
    if (!before.every((category) => has(draft, category))) offerReload(draft);
  }
  return decision;
}

/** Only a new page stops a script that runs. It is not offered where it would lose what is typed. */
function offerReload(draft) {
  if (![...draft.ran].every((category) => has(draft, category))) draft.mode = draft.isDirty ? "running" : "reload";
  return draft.mode;
}

/** Decides: `wanted` is granted and nothing else. */
function decide(draft, wanted, source, of) {
  const { saved, id, sending } = draft;
  // The same again, while it is on its way.
  if (sending && saved?.wanted && isSame(saved.wanted, wanted)) return;
  // What is denied is denied at once; what is granted waits until the store has it.
  const granted = wanted.filter((category) => has(draft, category));
  save(draft, { id, granted, wanted, source }, of);
  // Otherwise the older request could reach the store last.
  draft.effects.abort = draft.effects.send = true;
  draft.mode = "";
  apply(draft);
}

/**
 * The shopper decides; an event too: the settings are saved. To take something back is a withdrawal,
 * wherever it is done.
 */
export function chosen(draft, wanted, source = "settings") {
  decide(draft, wanted, draft.granted.every((category) => wanted.includes(category)) ? source : "withdrawal");
}

/** When Global Privacy Control is newly on, saves what it leaves granted as the decision. */
function honourGpc(draft) {
  if (!draft.gpc || draft.saved?.gpc) return false;
  decide(draft, draft.granted, "gpc");
  draft.mode = "gpc";
  return true;
}

/**
 * A customer is there. What the guest decided goes to a new account, and to one that has no decision,
 * which only the store's own script can tell; without it only a refusal does.
 */
function signIn(draft, source, hasBodl) {
  draft.customer ||= true;
  const decision = inForce(draft);
  if (decision?.of !== "guest") return;
  const wanted = decision.wanted ?? decision.granted;
  const isUnknown = draft.isTold || (wanted.length && !hasBodl);
  if (source === "signup" || !isUnknown) decide(draft, wanted, source, "both");
  // Granted by a guest and not sent: the customer is asked.
  else if (decision.wanted) draft.saved = undefined;
}

// The events. Of a detail that is an `Event` or a `Response` only the fields are read.

/** The element is on the page: what is saved is applied. Without a decision the store says whether to ask. */
export function started(draft, hasBodl) {
  if (draft.customer === "") signedOut(draft);
  apply(draft);
  if (draft.customer) signIn(draft, "merge", hasBodl);
  draft.isReady = true;
  draft.effects.emit = ["ready", {}];
  if (!inForce(draft)) draft.effects.query = true;
  else if (!honourGpc(draft)) send(draft);
}

/** The store has said whether it asks about cookies. */
export function queried(draft, isAsking) {
  if (isAsking && !draft.mode && !inForce(draft) && !honourGpc(draft)) draft.mode = "ask";
}

/** The shopper has pressed a button of the theme. */
export function pressed(draft, button) {
  const source = isAsked(draft) ? "banner" : undefined;
  if (button === "accept") chosen(draft, draft.categories, source);
  else if (button === "reject") chosen(draft, [], source);
  else if (button === "retry") send(draft);
  else if (button === "reload" && offerReload(draft) === "reload") draft.effects.reload = true;
  else if (button === "close" && !isAsked(draft)) draft.mode = "";
}

/** The settings cannot be loaded: the question stands in for them, and can be closed like them. */
export function settingsFailed(draft) {
  if (!isAsked(draft)) draft.mode = "settings ask";
}

/**
 * The store has said who is there, before a decision is sent: the customer of this id, or nobody. Where the page was made
 * for somebody else, the decision is not theirs: they are asked.
 */
export function recognized(draft, customer) {
  // As the theme writes it, the id is text.
  if (customer == draft.customer) return;
  draft.customer = customer;
  draft.saved = undefined;
  apply(draft);
  draft.mode = customer ? "ask account" : "ask";
}

/**
 * The store has answered the request with decision `id`; an empty response: it could not be reached. `failure`, a code and a
 * message, says why it was not sent.
 */
export function answered(draft, { id, failure, response: { ok, status, headers } }) {
  const { wanted, source, ...decision } = draft.saved ?? {};
  // Somebody has decided otherwise since; that is sent next.
  if (decision.id !== id) return;
  if (ok) {
    const hasFailed = draft.mode === "failed";
    draft.saved = { ...decision, granted: wanted };
    if (hasFailed) draft.mode = "";
    apply(draft);
    if (hasFailed) offerReload(draft);
    return;
  }
  let code = "refused";
  if (/^4(?!08|29)/.test(status)) {
    // The store does not take it, now or later: nothing is granted that it has no record of.
    draft.saved = undefined;
    draft.mode = code;
  } else {
    code = status === 429 ? "throttled" : status ? "unexpected" : "offline";
    draft.mode = "failed";
    const wait = headers?.get("retry-after");
    const until = (Date.parse(wait) - Date.parse(headers?.get("date"))) / 1000;
    // A page that has to be mended first does not ask again and again.
    if (failure?.code !== "config") draft.effects.retry = Math.min(Math.max(Number(wait) || until || RETRY_AFTER, 1), 3600);
  }
  draft.effects.emit = ["error", failure ?? { code }];
}

/** The shopper has decided in the store's own banner. */
export function bodlUpdated(draft, told, gpc = draft.gpc) {
  draft.isTold = true;
  save(draft, { gpc, granted: bodlGranted(draft, told) });
  draft.mode = "";
  apply(draft);
}

/** The store's own script tells what the store has. */
export function bodlLoaded(draft, told) {
  // Nobody can say whether Global Privacy Control was on when it was decided.
  if (!draft.saved) return bodlUpdated(draft, told, false);
  draft.isTold = true;
  const decision = inForce(draft);
  if (!decision || (decision.wanted && !isGuests(draft))) return;
  const granted = bodlGranted(draft, told);
  const wanted = decision.wanted ?? decision.granted;
  const isAgreed = isSame(wanted, granted);
  if (!decision.wanted && isAgreed) return;
  // Decided once as a guest and once with the account, or on two devices: the stricter counts.
  decide(draft, granted.filter((category) => wanted.includes(category)), "merge");
  if (draft.customer && !isAgreed) draft.mode = "merged";
}

/** Nobody is signed in (any more): what was decided with the account stays with the account. */
export function signedOut(draft) {
  const { saved } = draft;
  draft.customer = "";
  if (saved?.of === "customer") {
    // It can no longer be sent as theirs.
    if (saved.wanted) draft.mode = "refused";
    draft.saved = undefined;
  }
  if (saved?.of === "both") draft.saved = { ...saved, of: "guest" };
  apply(draft);
}

/** Events of the window, by their names: of the browser, and of the other elements. */
export const LISTENERS = {
  "account:signed-up": (draft, { detail }) => detail.signedIn && signIn(draft, "signup"),
  "account:signed-in"(draft) {
    // What the account has is told by the next page.
    draft.customer = true;
  },
  "account:signed-out": signedOut,
  /** Another tab has decided, or signed out. */
  storage(draft, { key }) {
    // A page with another wording asks for itself.
    const { revision } = draft.saved ?? draft;
    const isOurs = (key ?? KEY) === KEY && revision === draft.revision;
    if (isOurs && apply(draft) && /^(ask|failed)/.test(draft.mode)) draft.mode = "";
  },
  /** The page comes back by the browser's history, as it was when it was left. */
  pageshow: (draft, { persisted }) => persisted && apply(draft),
  online: send,
};

/**
 * The next state after an event.
 *
 * @param {State} state stays as it is
 * @param {(draft: State, detail: unknown) => void} event one of the above
 * @param {unknown} [detail] what belongs to the event
 * @returns {State}
 */
export function reduce(state, event, detail) {
  const draft = { ...state, effects: {} };
  event(draft, detail);
  return draft;
}
