// Every case of consent, without a browser: what a state and an event lead to. That the page does what
// the reducer says is for tests/e2e/consent.test.mjs.

import assert from "node:assert/strict";
import { test } from "node:test";
import { parseConfig, words } from "../../src/embed/js/consent/config.js";
import {
  LISTENERS,
  answered,
  bodlLoaded,
  bodlUpdated,
  chosen,
  denied,
  has,
  pressed,
  queried,
  recognized,
  reduce,
  send,
  settingsFailed,
  signedOut,
  started,
  unsent,
} from "../../src/embed/js/consent/reducer.js";

const NOW = Date.UTC(2026, 0, 1);
const DAY = 24 * 60 * 60 * 1000;
const ALL = ["functional", "analytics", "targeting"];
const OPTIONS = { token: "token", base: "https://shop.example/" };
const CONFIG = parseConfig(OPTIONS);

function freeze(value) {
  if (value && typeof value === "object" && !Object.isFrozen(value) && !(value instanceof Response)) {
    Object.values(Object.freeze(value)).forEach(freeze);
  }
  return value;
}

/** A page before anything happened, `state` laid over it. All that goes into the reducer is frozen. */
class Page {
  /** What the last event had the page do. @type {any} */
  effects;

  constructor(/** @type {object} */ state = {}) {
    /** @type {any} */
    this.state = { ...CONFIG, gpc: false, granted: [], mode: "", now: NOW, id: 1, ran: [], isDirty: false, ...state };
  }

  /** Dispatches an event, with what the page looks up again in `found`; returns its effects. */
  on(event, detail, found) {
    const before = freeze({ ...this.state, id: this.state.id + 1, ...found });
    this.state = reduce(before, event, freeze(detail));
    return this.state.effects;
  }

  /** The store answers the request with the saved decision. */
  answer(status, headers) {
    const response = status ? new Response(null, { status, headers }) : {};
    return this.on(answered, { id: this.state.saved?.id, response });
  }
}

/** A page that is ready. `told` is what the store's own script tells before. */
function visit(/** @type {object} */ state = {}, /** @type {{ hasBodl?: boolean, told?: any }} */ { hasBodl = false, told } = {}) {
  const page = new Page(state);
  if (told) page.on(bodlLoaded, told);
  page.effects = page.on(started, hasBodl || !!told);
  return page;
}

/** A page that asks. */
function asked(/** @type {object} */ state = {}) {
  const page = visit(state);
  page.on(queried, true);
  return page;
}

/** What is saved of a decision that the store has. */
const saved = (granted, changes) => ({ revision: CONFIG.revision, at: NOW - DAY, gpc: false, of: "guest", id: 0, granted, ...changes });

/** What is saved of a decision that the store does not have yet. */
const unsentOf = (wanted, changes) => saved([], { wanted, source: "banner", ...changes });

const signedUp = LISTENERS["account:signed-up"];
const signedIn = LISTENERS["account:signed-in"];

// First visit

test("nothing but the essential is granted before anybody decides", () => {
  const { state, effects } = visit();
  assert.deepEqual(["essential", ...ALL, "no-such-thing"].filter((category) => has(state, category)), ["essential"]);
  assert.deepEqual(effects, { emit: ["ready", {}], query: true });
  assert.equal(state.mode, "");
});

test("the question is asked where the store says so, and only there", () => {
  const page = visit();
  page.on(queried, undefined);
  assert.equal(page.state.mode, "");
  page.on(queried, false);
  assert.equal(page.state.mode, "");
  page.on(queried, true);
  assert.equal(page.state.mode, "ask");
});

test("a decision that was made while the store was asked is not asked about again", () => {
  const page = visit();
  page.on(queried, true, { saved: saved([]) });
  assert.equal(page.state.mode, "");
});

test("the store's answer does not take away what the banner says", () => {
  const page = visit({ mode: "refused" });
  page.on(queried, true);
  assert.equal(page.state.mode, "refused");
});

test("with a decision in force nothing is asked for and nothing sent", () => {
  const { state, effects } = visit({ saved: saved(["analytics"]) });
  assert.deepEqual(effects, { emit: ["ready", {}] });
  assert.deepEqual(state.granted, ["analytics"]);
});

test("what was decided before is no news: changes are announced from ready on", () => {
  const page = new Page({});
  assert.deepEqual(page.on(bodlLoaded, { analytics: true }), {});
  assert.deepEqual(page.state.granted, ["analytics"]);
  assert.deepEqual(page.on(started), { emit: ["ready", {}] });
  assert.equal(page.on(bodlUpdated, {}).emit[0], "consent-changed");
});

// Accept, reject, settings

test("a grant is sent first and granted when the store has it", () => {
  const page = asked();
  const effects = page.on(pressed, "accept");
  assert.deepEqual(effects, { send: true, abort: true });
  assert.deepEqual(page.state.granted, []);
  assert.equal(page.state.mode, "");
  const { id } = page.state;
  assert.deepEqual(page.state.saved, {
    revision: CONFIG.revision, at: NOW, gpc: false, of: "guest", id, granted: [], wanted: ALL, source: "banner",
  });
  assert.deepEqual(page.answer(200), { emit: ["consent-changed", { allow: ALL, deny: [], changed: ALL }] });
  assert.deepEqual(page.state.granted, ALL);
  assert.deepEqual(page.state.saved, { revision: CONFIG.revision, at: NOW, gpc: false, of: "guest", id, granted: ALL });
});

test("a refusal needs no more than a grant, and tells nothing new", () => {
  const page = asked();
  assert.deepEqual(page.on(pressed, "reject"), { send: true, abort: true });
  assert.deepEqual(page.state.saved.wanted, []);
  assert.deepEqual(page.answer(204), {});
  assert.deepEqual(page.state.saved.granted, []);
});

test("the source says where a decision was made, and of a withdrawal that it is one", () => {
  for (const [name, start, event, detail, source] of /** @type {any[][]} */ ([
    ["asked, accepted", {}, pressed, "accept", "banner"],
    ["asked, rejected", {}, pressed, "reject", "banner"],
    ["asked, settings saved", {}, chosen, ["analytics"], "settings"],
    ["not asked, accepted", { saved: saved([]) }, pressed, "accept", "settings"],
    ["all granted, rejected", { saved: saved(ALL) }, pressed, "reject", "withdrawal"],
    ["all granted, one taken back", { saved: saved(ALL) }, chosen, ["functional", "targeting"], "withdrawal"],
    ["one granted, one more", { saved: saved(["analytics"]) }, chosen, ["analytics", "functional"], "settings"],
    ["one granted, another instead", { saved: saved(["analytics"]) }, chosen, ["functional"], "withdrawal"],
  ])) {
    const page = asked(start);
    page.on(event, detail);
    assert.equal(page.state.saved.source, source, name);
  }
});

test("what is denied is denied at once, what is granted beside it waits", () => {
  const page = visit({ saved: saved(["functional", "analytics"]) });
  const effects = page.on(chosen, ["functional", "targeting"]);
  assert.deepEqual(page.state.granted, ["functional"]);
  assert.deepEqual(effects.emit, [
    "consent-changed",
    { allow: ["functional"], deny: ["analytics", "targeting"], changed: ["analytics"] },
  ]);
  page.answer(200);
  assert.deepEqual(page.state.granted, ["functional", "targeting"]);
});

test("whoever is told of a change cannot change what is granted", () => {
  const page = asked();
  page.on(pressed, "accept");
  const { emit } = page.answer(200);
  emit[1].allow.push("essential");
  emit[1].changed.length = 0;
  assert.deepEqual(page.state.granted, ALL);
});

test("the same decision twice is one, while it is on its way", () => {
  const page = asked();
  page.on(pressed, "accept");
  const first = page.state.saved;
  assert.deepEqual(page.on(pressed, "accept", { sending: {} }), {});
  assert.equal(page.state.saved, first);
  // Not under way any more: the shopper wants it sent.
  assert.deepEqual(page.on(pressed, "accept", { sending: undefined }), { send: true, abort: true });
  assert.notEqual(page.state.saved.id, first.id);
});

test("another decision takes the place of the one that is on its way", () => {
  const page = asked();
  page.on(pressed, "accept");
  const { id } = page.state.saved;
  assert.deepEqual(page.on(pressed, "reject", { sending: {} }), { send: true, abort: true });
  // The store got the first in spite of that.
  page.on(answered, { id, response: new Response(null, { status: 200 }) });
  assert.deepEqual(page.state.granted, []);
  assert.deepEqual(page.state.saved.wanted, []);
  page.answer(200);
  assert.deepEqual(page.state.saved.granted, []);
  assert.equal(page.state.saved.wanted, undefined);
});

test("close leaves a message and never the question", () => {
  for (const mode of ["gpc", "merged", "failed", "refused", "reload", "running"]) {
    const page = visit({ saved: saved([]) });
    page.on(pressed, "close", { mode });
    assert.equal(page.state.mode, "", mode);
  }
  const page = asked();
  page.on(pressed, "close");
  assert.equal(page.state.mode, "ask");
});

test("a button that nobody knows does nothing", () => {
  for (const button of ["", "settings", "toString", "__proto__"]) {
    const page = asked();
    const before = page.state;
    assert.deepEqual(page.on(pressed, button), {}, button);
    assert.deepEqual({ ...page.state, id: 0 }, { ...before, id: 0 }, button);
  }
});

test("where the settings cannot be loaded the question stands in for them, and closes like them unless it was asked", () => {
  const page = visit({ saved: saved(ALL) });
  page.on(settingsFailed);
  assert.equal(page.state.mode, "settings ask");
  assert.deepEqual(page.state.granted, ALL);
  page.on(pressed, "close");
  assert.equal(page.state.mode, "");
  page.on(settingsFailed);
  page.on(pressed, "reject");
  assert.deepEqual([page.state.saved.wanted, page.state.mode], [[], ""]);

  for (const mode of ["ask", "ask account"]) {
    const page = visit({ mode });
    page.on(settingsFailed);
    page.on(pressed, "close");
    assert.equal(page.state.mode, mode);
  }
});

test("what is not asked about is not granted", () => {
  const { categories, revision } = parseConfig({ ...OPTIONS, categories: "analytics" });
  const page = asked({ categories, revision });
  page.on(pressed, "accept");
  assert.deepEqual(page.state.saved.wanted, ["analytics"]);
  page.answer(200);
  assert.deepEqual(page.state.granted, ["analytics"]);
  page.on(LISTENERS.pageshow, { persisted: true }, { saved: { ...page.state.saved, granted: [...ALL, "essential"] } });
  assert.deepEqual(page.state.granted, ["analytics"]);
});

// The store's answer

test("a failed request leaves the grant denied, says so, and is sent again when the store says", () => {
  for (const [status, headers, code, seconds] of [
    [500, {}, "unexpected", 30],
    [503, { "retry-after": "7" }, "unexpected", 7],
    [408, {}, "unexpected", 30],
    [429, { "retry-after": "1" }, "throttled", 1],
    [429, { "retry-after": "100000" }, "throttled", 3600],
    [429, { "retry-after": "Thu, 01 Jan 2026 00:00:00 GMT" }, "throttled", 30],
    [429, { "retry-after": "Thu, 01 Jan 2026 00:05:00 GMT", date: "Thu, 01 Jan 2026 00:00:00 GMT" }, "throttled", 300],
    [429, { "retry-after": "Thu, 01 Jan 2026 00:00:00 GMT", date: "Thu, 01 Jan 2026 00:05:00 GMT" }, "throttled", 1],
    [304, {}, "unexpected", 30],
    [0, {}, "offline", 30],
  ]) {
    const page = asked();
    page.on(pressed, "accept");
    const before = page.state.saved;
    assert.deepEqual(page.answer(status, headers), { retry: seconds, emit: ["error", { code }] }, String(status));
    assert.equal(page.state.mode, "failed");
    assert.equal(page.state.saved, before);
    assert.deepEqual(page.state.granted, []);
  }
});

test("a decision that was not sent because the page's token is refused is kept for the next page, and the page is told", () => {
  const page = asked();
  page.on(pressed, "accept");
  const before = page.state.saved;
  const failure = { code: "config", message: "the store refuses the token" };
  assert.deepEqual(page.on(answered, { id: before.id, failure, response: {} }), { emit: ["error", failure] });
  assert.equal(page.state.mode, "failed");
  assert.equal(page.state.saved, before);
  assert.deepEqual(page.on(answered, { id: before.id, failure: { code: "unexpected" }, response: {} }), { retry: 30, emit: ["error", { code: "unexpected" }] });
});

test("a failed request is sent again by its button, by the network and by the next page", () => {
  const page = asked();
  page.on(pressed, "accept");
  page.answer(500);
  assert.deepEqual(page.on(pressed, "retry"), { send: true });
  assert.deepEqual(page.on(LISTENERS.online, {}), { send: true });
  assert.deepEqual(page.on(send), { send: true });
  const next = visit({ saved: page.state.saved });
  assert.deepEqual(next.effects, { emit: ["ready", {}], send: true });
  assert.deepEqual(next.state.granted, []);
});

test("there is nothing to send when the store has it", () => {
  for (const start of [{}, { saved: saved(ALL) }]) {
    const page = visit(start);
    assert.deepEqual(page.on(pressed, "retry"), {});
    assert.deepEqual(page.on(LISTENERS.online, {}), {});
    assert.ok(!unsent(page.state));
  }
});

test("when a failed request gets through its message goes", () => {
  const page = asked();
  page.on(pressed, "accept");
  page.answer(500);
  page.answer(200);
  assert.equal(page.state.mode, "");
  assert.deepEqual(page.state.granted, ALL);
});

test("what the store refuses is neither saved nor granted, and said", () => {
  for (const status of [400, 401, 403, 404, 422, 499]) {
    const page = asked();
    page.on(pressed, "accept");
    assert.deepEqual(page.answer(status), { emit: ["error", { code: "refused" }] }, String(status));
    assert.equal(page.state.saved, undefined);
    assert.equal(page.state.mode, "refused");
    assert.deepEqual(page.state.granted, []);
  }
});

test("an answer to a decision that is gone changes nothing", () => {
  for (const status of [200, 400, 500]) {
    const page = visit({ saved: saved([]) });
    assert.deepEqual(page.on(answered, { id: 99, response: new Response(null, { status }) }), {});
    assert.deepEqual(page.state.saved, saved([]));
    assert.equal(page.state.mode, "");
  }
});

// A decision's life

test("a decision holds as long as the theme says, by a clock that may be off", () => {
  for (const [name, age, days, holds] of /** @type {any[][]} */ ([
    ["new", 0, 182, true],
    ["last day", 182 * DAY - 1, 182, true],
    ["over", 182 * DAY, 182, false],
    ["longer by the theme", 300 * DAY, "365", true],
    ["over by the theme", 365 * DAY, "365", false],
    ["saved a little ahead", -DAY, 182, true],
  ])) {
    const before = saved(ALL, { at: NOW - age });
    const { state, effects } = visit({ saved: before, days });
    assert.deepEqual(state.granted, holds ? ALL : [], name);
    assert.equal(effects.query, holds ? undefined : true, name);
    assert.equal(state.saved, before, name);
  }
});

test("the time of a decision by a clock that was ahead begins when that is found out", () => {
  const page = visit({ saved: saved(ALL, { at: NOW + 365 * DAY }) });
  assert.deepEqual(page.state.granted, ALL);
  assert.deepEqual(page.state.saved, saved(ALL, { at: NOW }));
  const later = (days) => visit({ saved: page.state.saved, now: NOW + days * DAY }).state.granted;
  assert.deepEqual(later(181), ALL);
  assert.deepEqual(later(182), []);
});

test("a decision about another wording does not hold, and is asked again", () => {
  const page = asked({ saved: saved(ALL, { revision: "other" }) });
  assert.deepEqual(page.state.granted, []);
  assert.equal(page.state.mode, "ask");
});

// Withdrawal

test("after a withdrawal the page is offered anew where something still runs", () => {
  for (const [ran, isDirty, mode] of [
    [[], false, ""],
    [["functional", "essential"], false, ""],
    [["analytics"], false, "reload"],
    [["functional", "analytics"], true, "running"],
  ]) {
    const page = visit({ saved: saved(["functional", "analytics"]), ran, isDirty });
    page.on(chosen, ["functional"]);
    assert.equal(page.state.mode, mode, `${ran} ${isDirty}`);
  }
});

test("what runs is no reason to offer the page anew when more is granted", () => {
  // Targeting was taken back earlier on this page.
  const page = visit({ saved: saved(["functional"]), ran: ["functional", "targeting"] });
  page.on(chosen, ["functional", "analytics"]);
  page.answer(200);
  assert.deepEqual(page.state.granted, ["functional", "analytics"]);
  assert.equal(page.state.mode, "");
});

test("a reload is not done over what was typed since it was offered", () => {
  const page = visit({ saved: saved(ALL), ran: ["analytics"] });
  page.on(pressed, "reject");
  assert.equal(page.state.mode, "reload");
  assert.deepEqual(page.on(pressed, "reload", { isDirty: true }), {});
  assert.equal(page.state.mode, "running");
  assert.deepEqual(page.on(pressed, "reload", { isDirty: false }), { reload: true });
});

test("nothing is loaded anew where nothing was offered", () => {
  const page = visit({ saved: saved(ALL), ran: ["analytics"] });
  assert.deepEqual(page.on(pressed, "reload"), {});
});

test("a withdrawal that could not be sent offers the page anew when it could", () => {
  const page = visit({ saved: saved(ALL), ran: ["analytics"] });
  page.on(chosen, ["functional", "targeting"]);
  page.answer(503);
  assert.equal(page.state.mode, "failed");
  page.answer(200);
  assert.equal(page.state.mode, "reload");
});

// Global Privacy Control

test("who sends Global Privacy Control has said no, and is not asked", () => {
  const page = visit({ gpc: true });
  assert.equal(page.effects.query, true);
  assert.deepEqual(page.on(queried, true), { send: true, abort: true });
  assert.equal(page.state.mode, "gpc");
  assert.deepEqual([page.state.saved.wanted, page.state.saved.source, page.state.saved.gpc], [[], "gpc", true]);
});

test("where the store does not ask, Global Privacy Control needs no decision", () => {
  const page = visit({ gpc: true });
  assert.deepEqual(page.on(queried, false), {});
  assert.equal(page.state.saved, undefined);
});

test("Global Privacy Control takes back an earlier grant before anything runs, except the functional", () => {
  const { state, effects } = visit({ gpc: true, saved: saved(ALL) });
  assert.deepEqual(state.granted, ["functional"]);
  assert.deepEqual(state.saved.wanted, ["functional"]);
  assert.equal(state.saved.source, "gpc");
  assert.equal(state.mode, "gpc");
  assert.deepEqual(effects, { emit: ["ready", {}], send: true, abort: true });
});

test("a grant in spite of Global Privacy Control stands", () => {
  const page = asked({ gpc: true });
  page.answer(200);
  page.on(chosen, ALL);
  page.answer(200);
  assert.deepEqual(page.state.granted, ALL);
  const next = visit({ gpc: true, saved: page.state.saved });
  assert.deepEqual(next.state.granted, ALL);
  assert.equal(next.state.mode, "");
  assert.deepEqual(next.effects, { emit: ["ready", {}] });
});

test("Global Privacy Control that was switched off again leaves the decision as it is", () => {
  const { state } = visit({ gpc: false, saved: saved(["functional"], { gpc: true }) });
  assert.deepEqual(state.granted, ["functional"]);
  assert.equal(state.mode, "");
});

test("Global Privacy Control goes before what an account granted without it", () => {
  const { state } = visit({ gpc: true, customer: "7" }, { told: { functional: true, analytics: true, advertising: true } });
  assert.deepEqual(state.granted, ["functional"]);
  assert.deepEqual([state.saved.wanted, state.saved.of, state.mode], [["functional"], "customer", "gpc"]);
});

test("an old decision with Global Privacy Control is asked about like any other when it is over", () => {
  const page = asked({ gpc: true, saved: saved([], { gpc: true, at: NOW - 200 * DAY }) });
  assert.equal(page.state.mode, "ask");
});

// Guests and customers

test("whose a decision is follows from who is signed in", () => {
  for (const [customer, of] of [[undefined, "guest"], ["", "guest"], ["7", "customer"], [7, "customer"]]) {
    const page = asked({ customer });
    page.on(pressed, "accept");
    assert.equal(page.state.saved.of, of, String(customer));
  }
  const page = asked();
  page.on(signedIn, {});
  page.on(pressed, "accept");
  assert.equal(page.state.saved.of, "customer");
});

test("at sign-out a customer's decision goes, a guest's stays, and what was both is the guest's again", () => {
  for (const [of, left] of [["customer", undefined], ["guest", "guest"], ["both", "guest"]]) {
    for (const isTheme of [true, false]) {
      const page = visit({ customer: isTheme ? "" : "7", saved: saved(["analytics"], { of }) });
      if (!isTheme) page.on(signedOut, {});
      assert.equal(page.state.saved?.of, left, of);
      assert.deepEqual(page.state.granted, left ? ["analytics"] : [], of);
    }
  }
});

test("a page that does not tell who is signed in takes nothing away", () => {
  const { state } = visit({ saved: saved(ALL, { of: "customer" }) });
  assert.deepEqual(state.granted, ALL);
});

test("sign-out tells the page what is denied from now on, and offers it anew", () => {
  const page = visit({ customer: "7", saved: saved(["analytics"], { of: "customer" }), ran: ["analytics"] });
  assert.deepEqual(page.on(LISTENERS["account:signed-out"], {}), {
    emit: ["consent-changed", { allow: [], deny: ALL, changed: ["analytics"] }],
  });
  assert.equal(page.state.mode, "reload");
  page.on(chosen, ["functional"]);
  assert.equal(page.state.saved.of, "guest");
});

test("a decision that the account no longer gets because of a sign-out is said not to count", () => {
  for (const isTheme of [true, false]) {
    const page = visit({ customer: isTheme ? "" : "7", saved: unsentOf(ALL, { of: "customer" }) });
    if (!isTheme) page.on(signedOut, {});
    assert.deepEqual([page.state.saved, page.state.mode], [undefined, "refused"]);
    page.on(queried, true);
    assert.equal(page.state.mode, "refused");
  }
});

test("a decision is that of whom the page was made for, or they are asked anew", () => {
  for (const [customer, found, mode] of /** @type {any[][]} */ ([
    ["", "", undefined],
    ["7", 7, undefined],
    [7, 7, undefined],
    ["", 7, "ask account"],
    ["7", 9, "ask account"],
    ["7", "", "ask"],
  ])) {
    const page = asked({ customer });
    page.on(pressed, "accept");
    const decision = page.state.saved;
    page.on(recognized, found);
    const name = `${customer || "a guest"}, ${found || "nobody"}`;
    assert.equal(page.state.saved, mode ? undefined : decision, name);
    assert.equal(page.state.mode, mode ?? "", name);
    page.answer(200);
    assert.deepEqual(page.state.granted, mode ? [] : ALL, name);
    if (!mode) continue;
    page.on(pressed, "reject");
    assert.deepEqual([page.state.saved.of, page.state.saved.source], [found ? "customer" : "guest", "banner"], name);
    page.on(recognized, found);
    assert.deepEqual(page.state.saved.wanted, [], name);
  }
});

test("what the guest before was granted is not the customer's who is found", () => {
  const page = visit({ customer: "", saved: saved(ALL), ran: ["analytics"] });
  page.on(chosen, ["analytics"]);
  const { emit } = page.on(recognized, 7);
  assert.deepEqual(emit, ["consent-changed", { allow: [], deny: ALL, changed: ["analytics"] }]);
  assert.equal(page.state.mode, "ask account");
});

test("a new account takes over what the guest decided, granted or denied, sent or not", () => {
  for (const [before, wanted] of [[saved(ALL), ALL], [saved([]), []], [unsentOf(ALL), ALL]]) {
    const page = visit({ saved: before });
    assert.deepEqual(page.on(signedUp, { detail: { signedIn: true } }), { send: true, abort: true });
    assert.deepEqual([page.state.saved.wanted, page.state.saved.source, page.state.saved.of], [wanted, "signup", "both"]);
    assert.deepEqual(page.state.granted, before.granted, "what is granted already stays so meanwhile");
    assert.ok(unsent(page.state));
  }
});

test("an account that was opened without signing in takes over nothing", () => {
  const page = visit({ saved: saved(ALL) });
  assert.deepEqual(page.on(signedUp, { detail: { signedIn: false } }), {});
  assert.deepEqual(page.state.saved, saved(ALL));
});

test("an account takes over nothing from a guest who has not decided, nor from another customer", () => {
  for (const before of [undefined, saved(ALL, { of: "customer" }), saved(ALL, { of: "both" }), saved(ALL, { revision: "other" })]) {
    const page = visit({ saved: before });
    assert.deepEqual(page.on(signedUp, { detail: { signedIn: true } }), {});
    assert.deepEqual(page.state.saved, before);
  }
});

test("who signs in is asked by the next page, which knows what the account has", () => {
  const page = visit({ saved: saved(["analytics"]) });
  assert.deepEqual(page.on(signedIn, {}), {});
  assert.deepEqual(page.state.saved, saved(["analytics"]));
  assert.deepEqual(page.state.granted, ["analytics"]);
});

test("an account gets a guest's grant only where the store's own script shows that it has no decision", () => {
  for (const [name, before, options, wanted] of [
    ["grant, known", saved(ALL), { hasBodl: true }, ALL],
    ["grant, not known", saved(ALL), {}, undefined],
    ["refusal, known", saved([]), { hasBodl: true }, []],
    ["refusal, not known", saved([]), {}, []],
    ["unsent refusal, not known", unsentOf([]), {}, []],
    ["unsent grant, known", unsentOf(ALL), { hasBodl: true }, ALL],
    ["the account agrees", saved(["functional"]), { told: { functional: true } }, undefined],
  ]) {
    const { state, effects } = visit({ customer: "7", saved: before }, options);
    assert.deepEqual(state.saved.wanted, wanted, name);
    assert.equal(state.saved.of, wanted ? "both" : "guest", name);
    assert.equal(state.saved.source, wanted && "merge", name);
    assert.equal(effects.send, wanted && true, name);
    assert.deepEqual(state.granted, before.granted, name);
  }
});

test("a guest's grant that was not sent is never sent in a customer's session", () => {
  for (const customer of ["7", 7, true]) assert.ok(!unsent({ customer, saved: unsentOf(ALL) }), String(customer));
  assert.ok(unsent({ customer: "", saved: unsentOf(ALL) }));
  assert.ok(unsent({ customer: "7", saved: unsentOf(ALL, { of: "customer" }) }));
  assert.ok(unsent({ customer: "7", saved: unsentOf(ALL, { of: "both" }) }));

  const page = visit({ saved: unsentOf(ALL) });
  page.on(signedIn, {});
  assert.ok(!unsent(page.state));
});

test("a customer is asked where a guest's grant was not sent and nobody knows what the account has", () => {
  const page = asked({ customer: "7", saved: unsentOf(ALL) });
  assert.equal(page.state.saved, undefined);
  assert.equal(page.state.mode, "ask");
  assert.deepEqual(page.state.granted, []);
});

// The store's own script

test("what the store has is taken over where nothing is saved here", () => {
  const told = { event_id: "1", functional: true, analytics: false, advertising: true };
  const page = visit({}, { told });
  assert.deepEqual(page.state.granted, ["functional", "targeting"]);
  assert.deepEqual(page.effects, { emit: ["ready", {}] });
  assert.deepEqual(page.state.saved, {
    revision: CONFIG.revision, at: NOW, gpc: false, of: "guest", granted: ["functional", "targeting"],
  });
});

test("what cannot be read in the store's own script grants nothing", () => {
  for (const told of [{ functional: "yes", analytics: 1, targeting: true }, [], "functional"]) {
    assert.deepEqual(visit({}, { told }).state.granted, [], JSON.stringify(told));
  }
  const page = visit({ saved: saved(ALL) });
  page.on(bodlUpdated, null);
  assert.deepEqual(page.state.granted, []);
});

test("the store's own banner is believed, and nothing sent that it sent", () => {
  const page = asked({ gpc: true, saved: unsentOf(ALL, { revision: "other" }) });
  page.on(queried, true);
  const effects = page.on(bodlUpdated, { analytics: true });
  assert.deepEqual(effects, { emit: ["consent-changed", { allow: ["analytics"], deny: ["functional", "targeting"], changed: ["analytics"] }] });
  assert.equal(page.state.mode, "");
  assert.deepEqual(page.state.saved, {
    revision: CONFIG.revision, at: NOW, gpc: true, of: "guest", granted: ["analytics"],
  });
});

test("of two decisions the stricter counts, and a customer is told so", () => {
  const bodl = (granted) => ({
    functional: granted.includes("functional"),
    analytics: granted.includes("analytics"),
    advertising: granted.includes("targeting"),
  });
  for (const [name, customer, before, told, wanted, mode, granted] of [
    ["both alike", "7", saved(["functional"]), ["functional"], undefined, "", ["functional"]],
    ["in another order", "7", saved(["analytics", "functional"]), ["functional", "analytics"], undefined, "", ["functional", "analytics"]],
    ["the account is stricter", "7", saved(["functional", "analytics"]), ["functional"], ["functional"], "merged", []],
    ["the guest is stricter", "7", saved(["functional"]), ALL, ["functional"], "merged", []],
    ["each in its way", "7", saved(["functional", "analytics"]), ["analytics", "targeting"], ["analytics"], "merged", []],
    ["the guest's is not sent", "7", unsentOf(["analytics"]), ["analytics"], ["analytics"], "", []],
    ["the guest's is not sent and wider", "7", unsentOf(ALL), ["analytics"], ["analytics"], "merged", []],
    ["another device, as a guest", undefined, saved(["analytics"]), [], [], "", []],
    ["the customer's own is on its way", "7", unsentOf(ALL, { of: "customer" }), [], ALL, "", []],
    ["a guest's own is on its way", undefined, unsentOf(ALL), [], ALL, "", []],
  ]) {
    const { state } = visit({ customer, saved: before }, { told: bodl(told) });
    assert.deepEqual(state.saved.wanted, wanted, name);
    assert.equal(state.mode, mode, name);
    assert.deepEqual(state.granted, granted, name);
    if (wanted && before.wanted !== wanted) assert.equal(state.saved.of, customer ? "customer" : "guest", name);
  }
});

test("what the store has does not renew a decision that is over or about another wording", () => {
  for (const before of [saved(ALL, { at: NOW - 200 * DAY }), saved(ALL, { revision: "other" })]) {
    const { state, effects } = visit({ saved: before }, { told: { analytics: true } });
    assert.equal(state.saved, before);
    assert.deepEqual(state.granted, []);
    assert.equal(effects.query, true);
  }
});

// Other tabs, and pages from the browser's history

test("another tab's decision is followed, and its question closed", () => {
  for (const [mode, left] of [["ask", ""], ["ask account", ""], ["failed", ""], ["gpc", "gpc"], ["merged", "merged"]]) {
    const page = visit();
    const effects = page.on(LISTENERS.storage, { key: "account-consent" }, { mode, saved: saved(["analytics"]) });
    assert.deepEqual(effects.emit[1].allow, ["analytics"]);
    assert.equal(page.state.mode, left, mode);
  }
});

test("a sign-out in another tab is followed, and the question stays", () => {
  for (const key of ["account-consent", null]) {
    const page = visit({ saved: saved(ALL) });
    page.on(LISTENERS.storage, { key }, { saved: undefined, mode: "ask" });
    assert.deepEqual(page.state.granted, [], String(key));
    assert.equal(page.state.mode, "ask");
  }
});

test("what another tab saved elsewhere, or for another wording, is not followed", () => {
  const page = visit({ saved: saved(ALL) });
  assert.deepEqual(page.on(LISTENERS.storage, { key: "cart" }, { saved: undefined }), {});
  assert.deepEqual(page.state.granted, ALL);
  assert.deepEqual(page.on(LISTENERS.storage, { key: "account-consent" }, { saved: saved([], { revision: "other" }) }), {});
  assert.deepEqual(page.state.granted, ALL);
});

test("a page that comes back by the browser's history obeys what was decided since", () => {
  const page = visit({ saved: saved(ALL) });
  page.on(LISTENERS.pageshow, { persisted: false }, { saved: saved([]) });
  assert.deepEqual(page.state.granted, ALL);
  page.on(LISTENERS.pageshow, { persisted: true });
  assert.deepEqual(page.state.granted, []);
});

test("an event changes nothing in the state that it was given", () => {
  // Every state and detail of these tests is frozen; this is the proof that it is.
  const page = new Page({ saved: saved(ALL) });
  assert.throws(() => page.on((state) => state.categories.push("other")), TypeError);
  assert.throws(() => page.on((state) => (state.saved.granted.length = 0)), TypeError);
  const before = freeze({ ...page.state });
  const after = reduce(before, started);
  assert.equal(before.isReady, undefined);
  assert.equal(after.isReady, true);
});

// What a theme configures

test("what a theme leaves out has the platform's values", () => {
  const { categories, numbers, days, revision, token } = CONFIG;
  assert.deepEqual(categories, ALL);
  assert.deepEqual(ALL.map((category) => Number(numbers[category])), [2, 1, 3]);
  assert.equal(Number(days), 182);
  assert.match(revision, /^[0-9a-f]+$/);
  assert.equal(token, "token");
});

test("a configuration that cannot be used is named", () => {
  for (const [options, message] of /** @type {any[][]} */ ([
    [{ categories: "analytics spying" }, /^categories/],
    [{ numbers: "1 2 3" }, /^numbers/],
    [{ numbers: "functional=1 analytics=1 targeting=2" }, /^numbers/],
    [{ numbers: "functional=1 analytics=2" }, /^numbers/],
    [{ numbers: "functional=1 analytics=2 targeting=0" }, /^numbers/],
    [{ numbers: "functional=1 analytics=2 targeting=2.5" }, /^numbers/],
    [{ numbers: "functional=1 analytics=2 targeting=x" }, /^numbers/],
    [{ days: "30" }, /^days/],
    [{ days: "soon" }, /^days/],
    [{ token: "" }, /token/],
    [{ endpoint: "http://" }, /URL/],
    [{ endpoint: "https://elsewhere.example/" }, /^attribute endpoint leads to another origin/],
    [{ endpoint: "//elsewhere.example/" }, /^attribute endpoint leads to another origin/],
  ])) {
    assert.throws(() => parseConfig({ ...OPTIONS, ...options }), (/** @type {any} */ error) => message.test(error.message ?? error), JSON.stringify(options));
  }
});

test("a theme may set everything, in attributes or in JSON", () => {
  const numbers = (options) => ALL.map((category) => Number(parseConfig({ ...OPTIONS, numbers: options }).numbers[category]));
  assert.deepEqual(numbers("functional=7, analytics=8,targeting=9"), [7, 8, 9]);
  assert.deepEqual(parseConfig({ ...OPTIONS, categories: "targeting, analytics" }).categories, ["targeting", "analytics"]);
  assert.deepEqual(parseConfig({ ...OPTIONS, categories: ["analytics"] }).categories, ["analytics"]);
  assert.equal(Number(parseConfig({ ...OPTIONS, days: 365 }).days), 365);
  assert.deepEqual([words(" a  b,c "), words("")], [["a", "b", "c"], []]);
});

test("a revision changes with the question's meaning and with nothing else", () => {
  const revision = (options) => parseConfig({ ...OPTIONS, ...options }).revision;
  assert.equal(revision({ categories: "targeting analytics functional" }), CONFIG.revision);
  assert.equal(revision({ class: "otherwise", days: "365", lang: "de" }), CONFIG.revision);
  for (const options of [{ categories: "analytics" }, { "text-id": "2" }, { "policy-id": "2" }]) {
    assert.notEqual(revision(options), CONFIG.revision, JSON.stringify(options));
  }
  // Decisions that shoppers have made are about this one.
  assert.equal(CONFIG.revision, "3be426c7");
});

test("what is denied is all that is not granted, asked about or not", () => {
  assert.deepEqual(denied([]), ALL);
  assert.deepEqual(denied(["analytics", "other"]), ["functional", "targeting"]);
});
