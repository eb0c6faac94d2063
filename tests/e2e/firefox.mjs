// Firefox as Debian ships it, driven by Playwright over WebDriver BiDi, which tells nothing of the bodies of requests
// and knows no offline. So each context's requests go by a proxy of its own, and what a journey hears, holds, and
// answers is what passes there.

import { firefox } from "playwright-core";
import { forward, startProxy } from "./proxy.mjs";

/** Events of a page and of a context that the proxy gives. */
const EVENTS = ["request", "response", "requestfailed", "requestfinished"];

/** Kinds of requests, by the `Sec-Fetch-Dest` that Firefox sends. */
const KINDS = { document: "document", iframe: "document", style: "stylesheet", script: "script", image: "image", font: "font" };

/**
 * The preferences that stand for what a context's options ask of the system, which WebDriver BiDi cannot ask for; none where they
 * ask for nothing.
 * @param {import("playwright-core").BrowserContextOptions} options
 */
function preferencesOf({ colorScheme, contrast, forcedColors, reducedMotion }) {
  return Object.fromEntries([
    ...(colorScheme === "dark" ? [["layout.css.prefers-color-scheme.content-override", 0]] : []),
    // A user's own colours, always: `forced-colors`.
    ...(forcedColors === "active" ? [["browser.display.document_color_use", 2]] : []),
    ...(contrast === "more" ? [["layout.css.prefers-contrast.enabled", true], ["ui.prefersContrast", 1]] : []),
    ...(reducedMotion === "reduce" ? [["ui.prefersReducedMotion", 1]] : []),
  ]);
}

const start = (preferences = {}) =>
  firefox.launch({
    channel: "moz-firefox",
    executablePath: process.env.FIREFOX ?? "/usr/bin/firefox-esr",
    firefoxUserPrefs: {
      ...preferences,
      // What a cache answers does not pass the proxy.
      "browser.cache.disk.enable": false,
      "browser.cache.memory.enable": false,
      // A connection that the proxy ends is a failure, and nothing to try again unasked.
      "network.http.request.max-attempts": 1,
      "network.proxy.allow_hijacking_localhost": true,
    },
  });

export async function launchFirefox() {
  const browser = await start();
  await mendFill(browser);
  const open = browser.newContext.bind(browser);
  browser.newContext = async (options = {}) => {
    const traffic = new Traffic(options.baseURL);
    const proxy = await startProxy((request) => traffic.answer(request));
    const preferences = preferencesOf(options);
    // Preferences are a browser's and not a context's.
    const own = Object.keys(preferences).length > 0 ? await start(preferences) : undefined;
    const settings = { ...options, proxy: { server: `http://127.0.0.1:${proxy.port}` } };
    const context = await (own ? own.newContext(settings) : open(settings));
    context.on("close", () => {
      proxy.close();
      own?.close();
    });
    traffic.attach(context);
    return context;
  };
  browser.newPage = async (options) => {
    const context = await browser.newContext(options);
    const page = await context.newPage();
    page.on("close", () => context.close());
    return page;
  };
  return browser;
}

/** An e-mail field tells no selection, so Playwright's text comes behind what stands in it: there it is typed over. */
async function mendFill(browser) {
  const page = await browser.newPage();
  const locators = Object.getPrototypeOf(page.locator("input"));
  await page.close();
  const { fill } = locators;
  locators.fill = async function (value, options) {
    await fill.call(this, value, options);
    if (!(await this.evaluate((control, value) => control.type === "email" && control.value !== value, value, options))) return;
    await this.press("ControlOrMeta+a", options);
    await this.press("Delete", options);
    if (value) await fill.call(this, value, options);
  };
}

/** A glob of Playwright's as a pattern for a whole URL. */
function globbed(glob, base) {
  const isWhole = /^(\*|\w+:)/.test(glob);
  const text = isWhole ? glob : new URL(glob, base).href;
  const escaped = text.replace(/[.+^${}()|[\]\\?]/g, "\\$&");
  return new RegExp(`^${escaped.replace(/\*\*|\*/g, (stars) => (stars === "**" ? ".*" : "[^/]*"))}$`);
}

/** Says of a URL whether `matcher` means it: a glob, a pattern, or a function. */
function matching(matcher, base) {
  if (typeof matcher === "function") return (url) => matcher(new URL(url));
  const pattern = matcher instanceof RegExp ? matcher : globbed(matcher, base);
  return (url) => pattern.test(url);
}

const named = (headers) => {
  const all = {};
  for (const { name, value } of headers) all[name] = name in all ? `${all[name]}\n${value}` : value;
  return all;
};

const listed = (headers) => Object.entries(headers).flatMap(([name, values]) => String(values).split("\n").map((value) => ({ name, value })));

/** A request as a journey reads it: as much of Playwright's as the journeys ask for. */
class Request {
  constructor(raw) {
    this.raw = raw;
    this.error = null;
    this.all = named(raw.headers);
  }
  url = () => this.raw.url;
  method = () => this.raw.method;
  headers = () => this.all;
  allHeaders = async () => this.all;
  resourceType = () => KINDS[this.all["sec-fetch-dest"]] ?? "fetch";
  isNavigationRequest = () => this.resourceType() === "document";
  postData = () => (this.raw.body.length ? this.raw.body.toString() : null);
  postDataJSON = () => JSON.parse(this.postData());
  failure = () => this.error && { errorText: this.error };
}

/** A response as a journey reads it. */
class Response {
  constructor(raw, request) {
    this.raw = raw;
    this.asked = request;
  }
  url = () => this.asked.url();
  request = () => this.asked;
  finished = async () => null;
  status = () => this.raw.status;
  ok = () => this.raw.status >= 200 && this.raw.status < 300;
  headers = () => named(this.raw.headers);
  text = async () => this.raw.body.toString();
  json = async () => JSON.parse(this.raw.body.toString());
  body = async () => this.raw.body;
}

/** A request that waits for a journey to say what becomes of it. */
class Route {
  constructor(request) {
    this.asked = request;
    this.decided = new Promise((decide) => (this.decide = decide));
  }
  request = () => this.asked;
  fallback = async (changes = {}) => this.decide({ kind: "fallback", changes });
  continue = async (changes = {}) => this.decide({ kind: "continue", changes });
  abort = async () => this.decide({ kind: "abort" });
  async fetch(changes = {}) {
    return new Response(await forward(changed(this.asked.raw, changes)), this.asked);
  }
  async fulfill({ response, status, headers, contentType, body, json, path }) {
    const { readFile } = await import("node:fs/promises");
    const content = json === undefined ? (path ? await readFile(path) : body) : JSON.stringify(json);
    const all = { ...response?.headers(), ...headers };
    const kind = contentType ?? (json === undefined ? path?.endsWith(".js") && "text/javascript" : "application/json");
    if (kind) all["content-type"] = kind;
    this.decide({
      kind: "fulfill",
      raw: { status: status ?? response?.status() ?? 200, headers: listed(all), body: Buffer.from(content ?? (await response?.body()) ?? "") },
    });
  }
}

const changed = (raw, /** @type {any} */ { url, method, headers, postData }) => ({
  ...raw,
  url: url ?? raw.url,
  method: method ?? raw.method,
  headers: headers ? listed(headers) : raw.headers,
  body: postData === undefined ? raw.body : Buffer.from(typeof postData === "string" ? postData : JSON.stringify(postData)),
});

/** What passes between a context and the servers, and what the journeys have to say of it. */
class Traffic {
  #base;
  #context;
  #isOffline = false;
  /** What is to be asked of each request, the newest first. */
  #routes = [];
  /** Whoever listens, by the event. */
  #listeners = Object.fromEntries(EVENTS.map((event) => [event, []]));

  constructor(base) {
    this.#base = base;
  }

  attach(context) {
    this.#context = context;
    this.#take(context);
    const open = context.newPage.bind(context);
    context.newPage = async () => {
      const page = await open();
      this.#take(page);
      return page;
    };
    context.setOffline = async (isOffline) => {
      this.#isOffline = isOffline;
      const tell = (isOffline) => {
        Object.defineProperty(navigator, "onLine", { configurable: true, value: !isOffline });
        dispatchEvent(new Event(isOffline ? "offline" : "online"));
      };
      await Promise.all(context.pages().map((page) => page.evaluate(tell, isOffline)));
    };
  }

  /** Puts itself where a page's or a context's own routes and events are. */
  #take(target) {
    target.route = async (matcher, run, { times = Infinity } = {}) => {
      this.#routes.unshift({ target, matcher, isMeant: matching(matcher, this.#base), run, times });
    };
    target.unroute = async (matcher, run) => {
      const isIt = (route) => route.target === target && String(route.matcher) === String(matcher) && (!run || route.run === run);
      this.#routes = this.#routes.filter((route) => !isIt(route));
    };
    target.unrouteAll = async () => {
      this.#routes = this.#routes.filter((route) => route.target !== target);
    };
    const { on, off, waitForEvent } = target;
    target.on = (event, run) => {
      if (!EVENTS.includes(event)) return on.call(target, event, run);
      this.#listeners[event].push({ target, run });
      return target;
    };
    target.off = (event, run) => {
      if (!EVENTS.includes(event)) return off.call(target, event, run);
      this.#listeners[event] = this.#listeners[event].filter((listener) => listener.run !== run);
      return target;
    };
    const awaited = (event, isIt, timeout = 10_000) =>
      new Promise((resolve, reject) => {
        const late = setTimeout(() => {
          target.off(event, hear);
          reject(new Error(`no such ${event} within ${timeout} ms`));
        }, timeout);
        const hear = async (value) => {
          if (!(await isIt(value))) return;
          clearTimeout(late);
          target.off(event, hear);
          resolve(value);
        };
        target.on(event, hear);
      });
    target.waitForEvent = (event, options) =>
      EVENTS.includes(event) ? awaited(event, options?.predicate ?? (() => true), options?.timeout) : waitForEvent.call(target, event, options);
    const wanted = (matcher) => {
      if (typeof matcher === "function") return matcher;
      const isMeant = matching(matcher, this.#base);
      return (value) => isMeant(value.url());
    };
    target.waitForRequest = (matcher, options) => awaited("request", wanted(matcher), options?.timeout);
    target.waitForResponse = (matcher, options) => awaited("response", wanted(matcher), options?.timeout);
  }

  /** The page that a request is from, as far as its `Referer` tells. */
  #pageOf(request) {
    const pages = this.#context.pages();
    const from = request.headers().referer;
    const likely = pages.filter((page) => page.url().split("#")[0] === from);
    return (likely.length === 1 ? likely : pages).at(-1);
  }

  #isOf(target, request) {
    return target === this.#context || this.#context.pages().length === 1 || target === this.#pageOf(request);
  }

  #tell(event, request, value = request) {
    for (const { target, run } of [...this.#listeners[event]]) {
      if (this.#isOf(target, request)) run(value);
    }
  }

  /** What becomes of a request of the browser; nothing ends its connection. */
  async answer(raw) {
    const request = new Request(raw);
    this.#tell("request", request);
    const answer = await this.#decide(request);
    if (!answer || this.#isOffline || raw.gone.aborted) {
      request.error = "NS_ERROR_NET_RESET";
      this.#tell("requestfailed", request);
      return undefined;
    }
    this.#tell("response", request, new Response(answer, request));
    this.#tell("requestfinished", request);
    return answer;
  }

  async #decide(original) {
    if (this.#isOffline) return undefined;
    let request = original;
    for (const entry of [...this.#routes]) {
      if (entry.times < 1 || !entry.isMeant(request.url()) || !this.#isOf(entry.target, request)) continue;
      entry.times -= 1;
      const route = new Route(request);
      const decision = await Promise.race([route.decided, Promise.resolve(entry.run(route, request)).then(() => route.decided), gone(request.raw.gone)]);
      if (decision.kind === "fulfill") return decision.raw;
      if (decision.kind === "abort") return undefined;
      request = new Request(changed(request.raw, decision.changes));
      if (decision.kind === "continue") break;
    }
    return forward(request.raw).catch(() => undefined);
  }
}

/** Decides that nothing is answered once nobody waits any more. */
const gone = (signal) => new Promise((resolve) => signal.addEventListener("abort", () => resolve({ kind: "abort" }), { once: true }));
