// A browser context: a session of WebKitGTK with cookies, a screen and a proxy of its own, and a window a page. It says
// what Playwright hears of the network, and decides which page a request is from.

import { Screen, Session, pause } from "./driver.mjs";
import { isDocument, withScript, withoutScripts } from "./documents.mjs";
import { agentScript } from "./agent.mjs";
import { Page } from "./page.mjs";
import { forward, startProxy, valueOf, without } from "../proxy.mjs";

/** What Playwright calls the kinds of requests, by the `Sec-Fetch-Dest` that WebKit sends. */
const CAUSES = {
  audio: "TYPE_MEDIA",
  document: "TYPE_DOCUMENT",
  font: "TYPE_FONT",
  frame: "TYPE_SUBDOCUMENT",
  iframe: "TYPE_SUBDOCUMENT",
  image: "TYPE_IMAGE",
  manifest: "TYPE_WEB_MANIFEST",
  script: "TYPE_SCRIPT",
  style: "TYPE_STYLESHEET",
  video: "TYPE_MEDIA",
};

const PAGE = "x-webkit-page";

const withoutHash = (url) => url.split("#")[0];

export class Context {
  pages = new Map();
  #id;
  #screen;
  #send;
  #session;
  #proxy;
  #options = {};
  #viewport;
  #scripts = [];
  #bindings = [];
  #headers = [];
  #isIntercepted = false;
  #isOffline = false;
  #hasScripts = true;
  #focused;
  #cookiesToCome = [];
  #number = 0;
  /** The requests that Playwright decides on, with the function that takes its decision. */
  #held = new Map();
  #bodies = new Map();
  /** The page that was last told to do something: the likeliest to ask for what names no page. */
  #active;

  constructor(id, send) {
    this.#id = id;
    this.#send = send;
  }

  /** What a document's agent has to know of the context. */
  get state() {
    return { bindings: this.#bindings, isOffline: this.#isOffline, hasCompany: this.pages.size > 1 };
  }

  // What is set before there is a page.

  setLocaleOverride({ locale }) {
    this.#set("locale", locale);
  }

  setTimezoneOverride({ timezoneId }) {
    this.#set("timezone", timezoneId);
  }

  setColorScheme({ colorScheme }) {
    this.#set("isDark", colorScheme === "dark");
  }

  setReducedMotion({ reducedMotion }) {
    this.#set("isReducedMotion", reducedMotion === "reduce");
  }

  setForcedColors({ forcedColors }) {
    if (forcedColors === "active") throw new Error("WebKitGTK has no forced colours");
  }

  setContrast({ contrast }) {
    if (contrast === "more") throw new Error("WebKitGTK cannot be asked for more contrast");
  }

  #set(name, value) {
    if (this.#session && this.#options[name] !== value) throw new Error(`WebKitGTK takes ${name} only when it starts: give it to newContext()`);
    this.#options[name] = value;
  }

  setJavaScriptDisabled({ javaScriptDisabled }) {
    this.#hasScripts = !javaScriptDisabled;
  }

  setDefaultViewport({ viewport }) {
    if (viewport.deviceScaleFactor > 1) throw new Error("WebKitGTK shows one dot a pixel: leave deviceScaleFactor out");
    this.#viewport = viewport.viewportSize;
  }

  setInitScripts({ scripts }) {
    this.#scripts = scripts;
  }

  addBinding({ name }) {
    this.#bindings.push(name);
  }

  setRequestInterception({ enabled }) {
    this.#isIntercepted = enabled;
  }

  setExtraHTTPHeaders({ headers }) {
    this.#headers = headers;
  }

  async setOnlineOverride({ override }) {
    this.#isOffline = override === "offline";
    await Promise.all(Array.from(this.pages.values(), (page) => page.setOnline(!this.#isOffline)));
  }

  // Pages.

  async #open() {
    [this.#screen, this.#proxy] = await Promise.all([Screen.open(), startProxy((request) => this.#answer(request))]);
    this.#session = await Session.open({ ...this.#options, display: this.#screen.display, proxy: this.#proxy.port });
  }

  async newPage() {
    const isFirst = !this.#session;
    if (isFirst) await this.#open();
    const handle = isFirst ? await this.command(undefined, "GET", "/window") : (await this.command(undefined, "POST", "/window/new", { type: "window" })).handle;
    const window = await this.#screen.newWindow();
    const id = `${this.#id}-page-${++this.#number}`;
    const page = new Page({ id, handle, window, context: this, send: (method, params) => this.#send({ sessionId: id, method, params }) });
    await Promise.all(Array.from(this.pages.values(), (other) => other.mark()));
    this.pages.set(id, page);
    await this.focus(page);
    if (this.#viewport) await page.setViewport(this.#viewport);
    this.#send({ method: "Browser.attachedToTarget", params: { sessionId: id, targetInfo: { type: "page", targetId: id, browserContextId: this.#id } } });
    await page.start();
    return { targetId: id };
  }

  /** Closes a page; a browser's last window stays, since it ends with it. */
  async closePage(page) {
    page.stop();
    this.pages.delete(page.id);
    if (this.#focused === page) this.#focused = undefined;
    if (this.#active === page) this.#active = undefined;
    if (this.pages.size) await this.command(page.handle, "DELETE", "/window");
    this.#send({ method: "Browser.detachedFromTarget", params: { sessionId: page.id, targetId: page.id } });
  }

  async close() {
    for (const page of this.pages.values()) {
      page.stop();
      this.#send({ method: "Browser.detachedFromTarget", params: { sessionId: page.id, targetId: page.id } });
    }
    this.pages.clear();
    for (const decide of this.#held.values()) decide({});
    await this.#session?.close();
    this.#screen?.close();
    this.#proxy?.close();
  }

  command(handle, method, at, body) {
    return this.#session.command(handle, method, at, body);
  }

  /** Gives the keyboard to the page's window: in a window without it, nothing matches `:focus`. */
  async focus(page) {
    this.#active = page;
    if (this.#focused === page) return;
    this.#focused = page;
    await this.#screen.focus(page.window);
    for (let tries = 0; tries < 50; tries += 1) {
      if (await this.command(page.handle, "POST", "/execute/sync", { script: "return document.hasFocus()", args: [] })) return;
      await pause(10);
    }
  }

  /** Takes the page for the one that acts. */
  activate(page) {
    this.#active = page;
  }

  // Cookies: WebDriver has those of the page that a window shows.

  #pageWithCookies() {
    return Array.from(this.pages.values()).find((page) => page.url.startsWith("http"));
  }

  async getCookies() {
    const page = this.#pageWithCookies();
    if (!page) return { cookies: this.#cookiesToCome };
    const cookies = await this.command(page.handle, "GET", "/cookie");
    return { cookies: cookies.map(({ expiry, sameSite, ...cookie }) => ({ ...cookie, expires: expiry ?? -1, sameSite: sameSite ?? "None" })) };
  }

  async setCookies({ cookies }) {
    const page = this.#pageWithCookies();
    if (!page) return void this.#cookiesToCome.push(...cookies.map((cookie) => ({ path: "/", expires: -1, ...cookie })));
    for (const cookie of cookies) await this.#setCookie(page, cookie);
  }

  async #setCookie(page, { name, value, domain, url, path = "/", expires, httpOnly, secure, sameSite }) {
    const { hostname } = new URL(page.url);
    const host = (domain ?? new URL(url).hostname).replace(/^\./, "");
    if (!hostname.endsWith(host)) throw new Error(`WebKitGTK sets cookies for the page that it shows, ${hostname}, and not for ${host}`);
    const cookie = { name, value, path, httpOnly, secure, sameSite, expiry: expires > 0 ? Math.round(expires) : undefined };
    await this.command(page.handle, "POST", "/cookie", { cookie });
  }

  async clearCookies() {
    this.#cookiesToCome = [];
    const page = this.#pageWithCookies();
    if (page) await this.command(page.handle, "DELETE", "/cookie");
  }

  /** A document has come: cookies that were set before it can be kept now. */
  async keepCookies(page) {
    const cookies = this.#cookiesToCome;
    this.#cookiesToCome = [];
    for (const cookie of cookies) await this.#setCookie(page, cookie);
  }

  // The network.

  /** The page that a request is from: by its mark, by a navigation that was asked for, by its referrer, else the page that acts. */
  #pageOf({ url, headers }, isNavigation) {
    const pages = Array.from(this.pages.values());
    const marked = this.pages.get(valueOf(headers, PAGE));
    if (marked) return marked;
    const going = isNavigation && pages.find((page) => page.isGoingTo(url));
    if (going) return going;
    const referrer = valueOf(headers, "referer");
    const shown = pages.filter((page) => withoutHash(page.url) === referrer || withoutHash(page.nextUrl ?? "") === referrer);
    return shown.length === 1 ? shown[0] : (this.#active ?? pages[0]);
  }

  async #answer(request) {
    const destination = valueOf(request.headers, "sec-fetch-dest");
    const isNavigation = destination === "document";
    const page = this.#pageOf(request, isNavigation);
    const headers = this.#headers.reduce((all, header) => [...without(all, header.name.toLowerCase()), header], without(request.headers, PAGE));
    // The browser's own wish; Playwright hides it as well.
    if (!page || (destination === "image" && request.url.endsWith("/favicon.ico"))) return forward({ ...request, headers });
    const navigation = isNavigation ? page.navigationTo(request.url) : undefined;
    const requestId = `request-${++this.#number}`;
    const isIntercepted = this.#isIntercepted || page.isIntercepted;
    const tell = (name, params) => page.tell(`Network.${name}`, { requestId, ...params });
    const decision = isIntercepted
      ? new Promise((resolve) => {
          this.#held.set(requestId, resolve);
          // The page has given it up.
          request.gone.addEventListener("abort", () => resolve({}));
        })
      : { isResumed: true };
    tell("requestWillBeSent", {
      frameId: page.frameId,
      redirectedFrom: navigation?.redirectedFrom,
      postData: request.body.length ? request.body.toString("base64") : undefined,
      headers,
      isIntercepted,
      url: request.url,
      method: request.method,
      navigationId: navigation?.id,
      cause: destination === "empty" || !destination ? "TYPE_FETCH" : (CAUSES[destination] ?? "TYPE_OTHER"),
      internalCause: "TYPE_INTERNAL",
    });
    const response = await this.#responseTo({ ...request, headers }, await decision);
    this.#held.delete(requestId);
    if (!response || this.#isOffline || request.gone.aborted) {
      tell("requestFailed", { errorCode: request.gone.aborted ? "NS_BINDING_ABORTED" : "NS_ERROR_FAILURE" });
      if (navigation) page.abort(navigation.id, `the network failed: ${request.url}`);
      return undefined;
    }
    this.#bodies.set(requestId, response.body);
    const isRedirect = response.status >= 300 && response.status < 400 && response.status !== 304;
    tell("responseReceived", {
      fromCache: false,
      status: response.status,
      statusText: response.statusText,
      headers: response.headers,
      timing: { startTime: Date.now() * 1000 },
      fromServiceWorker: false,
    });
    if (navigation && isRedirect) page.redirect(navigation.id, requestId, new URL(valueOf(response.headers, "location"), request.url).href);
    else if (navigation && response.status === 204) page.abort(navigation.id, "there is no content");
    tell("requestFinished", { responseEndTime: Date.now() * 1000, transferSize: response.body.length, encodedBodySize: response.body.length, protocolVersion: "http/1.1" });
    return this.#prepared(response, navigation, page);
  }

  /** The response that Playwright decides on; undefined where the request fails. */
  async #responseTo(request, decision) {
    if (this.#isOffline) return undefined;
    if (decision.response) return decision.response;
    if (!decision.isResumed) return undefined;
    const { url = request.url, method = request.method, headers = request.headers, postData } = decision;
    const body = postData === undefined ? request.body : Buffer.from(postData, "base64");
    return forward({ url, method, headers, body }).catch(() => undefined);
  }

  /** The response as the browser gets it. */
  #prepared(response, navigation, page) {
    // What a cache answers, no proxy sees.
    const prepared = { ...response, headers: [...without(response.headers, "cache-control"), { name: "cache-control", value: "no-store" }] };
    if (!isDocument(response)) return prepared;
    const document = this.#hasScripts ? prepared : withoutScripts(prepared);
    if (!navigation) return document;
    const agent = agentScript({ documentId: navigation.id, pageId: page.id, state: this.state });
    const scripts = this.#hasScripts ? [...this.#scripts, ...page.initScripts].map(({ script }) => `;${script}`) : [];
    return withScript(document, [agent, ...scripts].join("\n"));
  }

  resumeRequest({ requestId, ...overrides }) {
    this.#held.get(requestId)?.({ isResumed: true, ...overrides });
  }

  fulfillRequest({ requestId, status, statusText, headers, base64body }) {
    const list = headers.flatMap(({ name, value }) =>
      name.toLowerCase() === "set-cookie" ? value.split("\n").map((one) => ({ name, value: one })) : [{ name, value }],
    );
    this.#held.get(requestId)?.({ response: { status, statusText, headers: list, body: Buffer.from(base64body ?? "", "base64") } });
  }

  abortRequest({ requestId }) {
    this.#held.get(requestId)?.({});
  }

  bodyOf({ requestId }) {
    const body = this.#bodies.get(requestId);
    return body ? { base64body: body.toString("base64") } : { evicted: true };
  }
}
