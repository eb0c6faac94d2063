// A page: one window of WebKitGTK. Carries out Playwright's commands for it, and tells what becomes of it: documents
// that come and go, what is logged, the calls that end. It hears of these from the document's agent, which it asks
// again and again, since WebDriver itself tells nothing.

import { AGENT, agentScript } from "./agent.mjs";
import { pause } from "./driver.mjs";
import { keyActions, mouseActions, wheelActions } from "./input.mjs";

/** Time between two questions to a document. */
const INTERVAL = 20;

/** The frame of MiniBrowser's window above the page. */
const TOOLBAR = 20;

/** The highest page that fits on the screen. */
const HIGHEST = 3000;

const UTILITY_WORLD = "__playwright_utility_world__";

const DESTROYED = "Execution context was destroyed, most likely because of a navigation.";

const isExpression = (source) => {
  try {
    // Only parsed, never called.
    return Boolean(new Function(`return (${source}\n);`));
  } catch {
    return false;
  }
};

/** What of the arguments of `utilityScript.evaluate` may be evaluated: its third, and functions anywhere in the others. */
function* sourcesIn(args) {
  if (typeof args[3]?.value === "string") yield args[3].value;
  const rest = [args];
  while (rest.length) {
    const value = rest.pop();
    if (typeof value === "string" && /=>|\bfunction\b/.test(value) && isExpression(value)) yield value;
    else if (value && typeof value === "object") rest.push(...Object.values(value));
  }
}

export class Page {
  url = "about:blank";
  nextUrl;
  initScripts = [];
  isIntercepted = false;
  #context;
  #send;
  #documentId;
  #hasContent = false;
  #isLoaded = false;
  #isStopped = false;
  #calls = new Map();
  /** Objects that Playwright is done with: the document is told with the next question. */
  #disposed = [];
  #decide;
  #number = 0;
  /** The navigation that is on its way, with the requests it has made. */
  #navigation;

  constructor({ id, handle, window, context, send }) {
    Object.assign(this, { id, handle, window });
    this.frameId = `${id}-frame`;
    this.#context = context;
    this.#send = send;
  }

  tell(method, params) {
    this.#send(method, params);
  }

  // Commands.

  #COMMANDS = {
    "Page.setInitScripts": ({ scripts }) => void (this.initScripts = scripts),
    "Page.setViewportSize": ({ viewportSize }) => viewportSize && this.setViewport(viewportSize),
    "Page.setCacheDisabled": () => {},
    "Page.setInterceptFileChooserDialog": () => {},
    "Page.setEmulatedMedia": (media) => this.#emulate(media),
    "Page.bringToFront": () => this.#context.focus(this),
    "Page.navigate": (params) => this.#navigate(params),
    "Page.reload": () => this.#reload(),
    "Page.goBack": () => this.#traverse("/back"),
    "Page.goForward": () => this.#traverse("/forward"),
    "Page.close": () => this.#context.closePage(this),
    "Page.handleDialog": (params) => this.#handleDialog(params),
    "Page.dispatchKeyEvent": (event) => this.#act(keyActions(event)),
    "Page.dispatchMouseEvent": (event) => this.#act(mouseActions(event)),
    "Page.dispatchWheelEvent": (event) => this.#act(wheelActions(event)),
    "Page.insertText": ({ text }) => this.#callFunction("(text) => void document.execCommand('insertText', false, text)", [{ value: text }]),
    "Page.adoptNode": (params) => this.#adopt(params),
    "Page.describeNode": () => ({ contentFrameId: undefined, ownerFrameId: this.frameId }),
    "Page.getContentQuads": (params) => this.#quads(params),
    "Page.scrollIntoViewIfNeeded": (params) => this.#scroll(params),
    "Page.screenshot": (params) => this.#screenshot(params),
    "Runtime.evaluate": ({ expression, returnByValue }) => this.#call(`() => (${expression.trim().replace(/;$/, "")}\n)`, [], returnByValue),
    "Runtime.callFunction": (params) => this.#callFunctionOf(params),
    "Runtime.getObjectProperties": (params) => this.#properties(params),
    "Runtime.disposeObject": ({ objectId }) => void this.#disposed.push(objectId),
    "Network.setRequestInterception": ({ enabled }) => void (this.isIntercepted = enabled),
    "Network.setExtraHTTPHeaders": ({ headers }) => headers.length && this.#context.setExtraHTTPHeaders({ headers }),
    "Network.resumeInterceptedRequest": (params) => this.#context.resumeRequest(params),
    "Network.fulfillInterceptedRequest": (params) => this.#context.fulfillRequest(params),
    "Network.abortInterceptedRequest": (params) => this.#context.abortRequest(params),
    "Network.getResponseBody": (params) => this.#context.bodyOf(params),
  };

  carryOut(method, params) {
    const command = this.#COMMANDS[method];
    if (!command) throw new Error(`WebKitGTK: ${method} is not supported`);
    return command(params);
  }

  #command(method, at, body) {
    return this.#context.command(this.handle, method, at, body);
  }

  #execute(script) {
    return this.#command("POST", "/execute/sync", { script, args: [] });
  }

  // The document.

  /** Tells of the empty document that a window opens with, and begins to ask. */
  async start() {
    this.tell("Page.frameAttached", { frameId: this.frameId });
    this.#commit({ documentId: `${this.id}-empty`, url: "about:blank" });
    await this.#install();
    await this.#ask();
    this.tell("Page.ready", {});
    void this.#listen();
  }

  stop() {
    this.#isStopped = true;
    this.#drop();
  }

  async #listen() {
    for (; !this.#isStopped; await pause(INTERVAL)) await this.#ask().catch(() => {});
  }

  /** Puts an agent into a document that did not come by the proxy with one. */
  async #install() {
    const documentId = `${this.id}-document-${++this.#number}`;
    const script = agentScript({ documentId, pageId: this.id, state: this.#context.state });
    await this.#execute(`if (!window.${AGENT}) { ${script} }`);
  }

  async #ask() {
    const disposed = JSON.stringify(this.#disposed.splice(0));
    const report = await this.#execute(`return window.${AGENT}?.report(${disposed}) ?? null`);
    if (report) await this.#take(JSON.parse(report));
    else await this.#install();
  }

  /** Tells what a report says. */
  async #take({ documentId, url, hasContent, isLoaded, events }) {
    if (this.#isStopped) return;
    if (documentId !== this.#documentId) {
      this.#commit({ documentId, url });
      if (url.startsWith("http")) await this.#context.keepCookies(this);
    } else if (url !== this.url) {
      this.url = url;
      this.tell("Page.sameDocumentNavigation", { frameId: this.frameId, url });
    }
    for (const event of events) this.#hear(event);
    if (hasContent && !this.#hasContent) {
      this.#hasContent = true;
      this.tell("Page.eventFired", { frameId: this.frameId, name: "DOMContentLoaded" });
    }
    if (isLoaded && !this.#isLoaded) {
      this.#isLoaded = true;
      this.tell("Page.eventFired", { frameId: this.frameId, name: "load" });
    }
  }

  #commit({ documentId, url }) {
    this.#drop();
    const isNavigation = documentId === this.#navigation?.id;
    Object.assign(this, { url, nextUrl: undefined });
    this.#documentId = documentId;
    this.#hasContent = false;
    this.#isLoaded = false;
    this.tell("Runtime.executionContextsCleared", {});
    this.tell("Page.navigationCommitted", { frameId: this.frameId, url, navigationId: isNavigation ? documentId : undefined, name: "" });
    if (isNavigation) this.#navigation = undefined;
    this.tell("Runtime.executionContextCreated", { executionContextId: `${documentId}-main`, auxData: { frameId: this.frameId } });
    this.tell("Runtime.executionContextCreated", { executionContextId: `${documentId}-utility`, auxData: { frameId: this.frameId, name: UTILITY_WORLD } });
  }

  /** Ends the calls of a document that is gone. */
  #drop() {
    for (const { reject } of this.#calls.values()) reject(new Error(DESTROYED));
    this.#calls.clear();
  }

  #hear({ kind, ...event }) {
    const executionContextId = `${this.#documentId}-main`;
    const location = { url: this.url, lineNumber: 0, columnNumber: 0 };
    if (kind === "settled") {
      this.#calls.get(event.callId)?.resolve(event.outcome);
      this.#calls.delete(event.callId);
    } else if (kind === "console") {
      this.tell("Runtime.console", { type: event.type, args: [{ type: "string", value: event.text }], executionContextId, location });
    } else if (kind === "error") {
      this.tell("Page.uncaughtError", { frameId: this.frameId, message: event.message, stack: event.stack, location });
    } else if (kind === "binding") {
      this.tell("Page.bindingCalled", { executionContextId, name: event.name, payload: event.payload });
    }
  }

  // Navigation.

  isGoingTo(url) {
    return this.#navigation?.nextUrl === url;
  }

  /** The navigation that a request for a document belongs to; begins one where the page does it by itself. */
  navigationTo(url) {
    if (!this.isGoingTo(url)) this.#begin(url);
    this.nextUrl = url;
    return this.#navigation;
  }

  #begin(url) {
    this.#navigation = { id: `${this.id}-navigation-${++this.#number}`, nextUrl: url.split("#")[0], redirectedFrom: undefined };
    this.tell("Page.navigationStarted", { frameId: this.frameId, navigationId: this.#navigation.id });
    return this.#navigation;
  }

  redirect(navigationId, requestId, url) {
    if (this.#navigation?.id === navigationId) Object.assign(this.#navigation, { nextUrl: url.split("#")[0], redirectedFrom: requestId });
  }

  abort(navigationId, errorText) {
    if (this.#navigation?.id !== navigationId) return;
    this.#navigation = undefined;
    this.nextUrl = undefined;
    this.tell("Page.navigationAborted", { frameId: this.frameId, navigationId, errorText });
  }

  async #navigate({ url }) {
    this.#context.activate(this);
    const isSameDocument = url.includes("#") && url.split("#")[0] === this.url.split("#")[0];
    if (!isSameDocument && !(await this.#mayLeave())) throw new Error(`${this.url} is not left`);
    const navigation = isSameDocument ? undefined : this.#begin(url);
    await this.#command("POST", "/url", { url });
    return { navigationId: navigation?.id };
  }

  async #reload() {
    this.#context.activate(this);
    if (await this.#mayLeave()) await this.#command("POST", "/refresh", {});
  }

  async #traverse(at) {
    this.#context.activate(this);
    await this.#command("POST", at, {});
    return { success: true };
  }

  // Dialogs.

  /** Asks before a page is left that wants it: WebKitGTK itself does not ask while WebDriver drives it. */
  async #mayLeave() {
    const { result } = await this.#call("() => !dispatchEvent(new Event('beforeunload', { cancelable: true }))", [], true);
    if (!result.value) return true;
    const decision = new Promise((resolve) => (this.#decide = resolve));
    this.tell("Page.dialogOpened", { dialogId: `${this.id}-dialog-${++this.#number}`, type: "beforeunload", message: "" });
    return decision;
  }

  #handleDialog({ accept }) {
    this.#decide(accept);
  }

  // Calls.

  /** Calls a function, given by its source, in the document. */
  async #call(source, args, isByValue = false) {
    const documentId = this.#documentId;
    const callId = ++this.#number;
    const settled = new Promise((resolve, reject) => this.#calls.set(callId, { resolve, reject }));
    settled.catch(() => {});
    const script = `
      const done = arguments[arguments.length - 1];
      const agent = window.${AGENT};
      if (agent?.documentId !== ${JSON.stringify(documentId)}) return done(null);
      agent.call(${callId}, (${source}\n), ${JSON.stringify(args)}, ${isByValue}, done);`;
    const text = await this.#command("POST", "/execute/async", { script, args: [] });
    if (!text) throw new Error(DESTROYED);
    const report = JSON.parse(text);
    if (report.outcome) {
      this.#calls.get(callId)?.resolve(report.outcome);
      this.#calls.delete(callId);
    }
    await this.#take(report);
    return settled;
  }

  #callFunction(source, args) {
    this.#context.activate(this);
    return this.#call(source, args, true);
  }

  /** Playwright's calls of functions in the page: `utilityScript.evaluate(isFunction, returnByValue, source, …)`. */
  #callFunctionOf({ functionDeclaration, args, returnByValue }) {
    const known = Array.from(new Set(sourcesIn(args)), (source) => {
      const value = isExpression(source) ? `(${source}\n)` : `{ ${source}\n }`;
      return `window.${AGENT}.know(${JSON.stringify(source)}, () => ${value});`;
    });
    return this.#call(`(...args) => { ${known.join("\n")} return (${functionDeclaration})(...args); }`, args, returnByValue);
  }

  async #properties({ objectId }) {
    const { result } = await this.#call(
      `(value) => JSON.stringify(Object.keys(value).map((name) => ({ name, value: window.${AGENT}.remote(value[name], false) })))`,
      [{ objectId }], true,
    );
    return { properties: JSON.parse(result.value) };
  }

  /** A handle of its own for the same node: the one that was given may be disposed of. */
  async #adopt({ objectId }) {
    const { result } = await this.#call("(node) => node", [{ objectId }]);
    return { remoteObject: result.subtype === "node" ? result : null };
  }

  async #quads({ objectId }) {
    const { result } = await this.#call(
      `(node) => [...node.getClientRects()].map(({ left, right, top, bottom }) => ({
        p1: { x: left, y: top }, p2: { x: right, y: top }, p3: { x: right, y: bottom }, p4: { x: left, y: bottom },
      }))`,
      [{ objectId }], true,
    );
    return { quads: result.value };
  }

  async #scroll({ objectId }) {
    const { result } = await this.#call(
      `(node) => {
        if (!node.isConnected) return "Node is detached from document";
        if (!node.getClientRects().length) return "Node does not have a layout object";
        const { top, bottom, left, right } = node.getBoundingClientRect();
        const isInside = top >= 0 && left >= 0 && bottom <= innerHeight && right <= innerWidth;
        if (!isInside) node.scrollIntoView({ block: "center", inline: "center", behavior: "instant" });
      }`,
      [{ objectId }], true,
    );
    if (result.value) throw new Error(result.value);
  }

  /** There are other pages now. */
  async mark() {
    await this.#execute(`window.${AGENT}?.mark()`);
  }

  async setOnline(isOnline) {
    await this.#execute(`window.${AGENT}?.setOnline(${isOnline})`);
  }

  // Input.

  async #act(actions) {
    await this.#context.focus(this);
    await this.#command("POST", "/actions", { actions });
    await this.#ask().catch(() => {});
  }

  // Looks.

  #emulate({ type, colorScheme, reducedMotion, forcedColors, contrast }) {
    if (type) throw new Error(`WebKitGTK cannot show a page as ${type}`);
    if (colorScheme) this.#context.setColorScheme({ colorScheme });
    if (reducedMotion) this.#context.setReducedMotion({ reducedMotion });
    if (forcedColors) this.#context.setForcedColors({ forcedColors });
    if (contrast) this.#context.setContrast({ contrast });
  }

  /** Makes the window so large that the page has this size. */
  async setViewport({ width, height }) {
    const inner = () => this.#execute("return [innerWidth, innerHeight]");
    let outer = { width, height: height + TOOLBAR };
    for (let tries = 0; tries < 20; tries += 1) {
      await this.#command("POST", "/window/rect", { x: 0, y: 0, ...outer });
      for (let looks = 0; looks < 5; looks += 1, await pause(10)) {
        const [innerWidth, innerHeight] = await inner();
        if (innerWidth === width && innerHeight === height) return;
      }
      const [innerWidth, innerHeight] = await inner();
      outer = { width: outer.width + width - innerWidth, height: outer.height + height - innerHeight };
    }
    throw new Error(`WebKitGTK opens no window of ${width} × ${height}`);
  }

  /** A picture of the window, which is made as high as what is asked for, or as the screen. */
  async #screenshot({ clip }) {
    const [width, height] = await this.#execute("return [innerWidth, innerHeight]");
    const isHigher = clip.height > height;
    if (isHigher) await this.setViewport({ width, height: Math.min(Math.ceil(clip.height), HIGHEST) });
    try {
      return { data: await this.#command("GET", "/screenshot") };
    } finally {
      if (isHigher) await this.setViewport({ width, height });
    }
  }
}
