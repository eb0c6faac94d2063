// What stands in each document for the browser's own debugger: it keeps the objects that Playwright holds handles of,
// calls functions, and collects what happens in the document until it is asked. Runs in the page, before all scripts
// of the page; has no imports, and takes from the page what the page could change later.

/** Where a document has its agent. */
export const AGENT = "__webkitAgent";

/** The agent of the document `documentId`, which the page `pageId` shows. Runs in the page. */
function install(name, documentId, pageId, { bindings, isOffline, hasCompany }) {
  const { setTimeout, clearTimeout, JSON, Map, Promise, String, fetch, Request, Headers, XMLHttpRequest } = window;
  const { stringify } = JSON;
  const objects = new Map();
  let lastObject = 0;
  let events = [];
  let hasContent = document.readyState !== "loading";
  let isLoaded = document.readyState === "complete";

  const hold = (value) => {
    const objectId = `${documentId}:${++lastObject}`;
    objects.set(objectId, value);
    return objectId;
  };

  /** A value as the protocol has it: by value, or with a handle where it is an object. */
  const remote = (value, isByValue) => {
    const type = typeof value;
    if (value === undefined) return { type };
    if (isByValue) return { type, value };
    if (value === null) return { type: "object", subtype: "null", value };
    if (type === "number" && (!Number.isFinite(value) || Object.is(value, -0))) {
      return { type, unserializableValue: Object.is(value, -0) ? "-0" : String(value) };
    }
    if (type === "bigint") return { type, unserializableValue: `${value}n` };
    if (type === "symbol") return { type, objectId: hold(value) };
    if (type !== "object" && type !== "function") return { type, value };
    const subtype = value instanceof Node ? "node" : Array.isArray(value) ? "array" : value instanceof Error ? "error" : undefined;
    return { type, subtype, objectId: hold(value) };
  };

  const exception = (error) => {
    if (!(error instanceof Error) && typeof error?.stack !== "string") return { value: error };
    return { text: String(error), stack: String(error.stack ?? "").split("\n").filter(Boolean).map((line) => `    at ${line}`).join("\n") };
  };

  /** What has happened since this was asked last, as text. Lets go of the objects that are `disposed` of. */
  const report = (disposed = [], outcome) => {
    for (const objectId of disposed) objects.delete(objectId);
    const told = { documentId, url: location.href, hasContent, isLoaded, events, outcome };
    events = [];
    return stringify(told);
  };

  /** Calls `run`, and gives the outcome to `done`, or to a later report where it takes longer than this turn. */
  const call = (callId, run, args, isByValue, done) => {
    let isDone = false;
    const late = setTimeout(() => {
      isDone = true;
      done(report());
    }, 10);
    const settle = (outcome) => {
      if (isDone) return void events.push({ kind: "settled", callId, outcome });
      isDone = true;
      clearTimeout(late);
      done(report([], outcome));
    };
    const values = args.map(({ objectId, value, unserializableValue }) => {
      if (objectId) return objects.get(objectId);
      return unserializableValue === undefined ? value : Number(unserializableValue);
    });
    new Promise((resolve) => resolve(run(...values))).then(
      (value) => settle({ result: remote(value, isByValue) }),
      (error) => settle({ exceptionDetails: exception(error) }),
    );
  };

  // Playwright calls functions by `eval`, which a page's policy forbids: what it will evaluate is there already, as code.
  const sources = new Map();
  const know = (source, value) => {
    for (const text of [source, `(${source})`]) sources.set(text, value);
  };
  const own = window.eval;
  window.eval = (text) => (sources.has(text) ? sources.get(text)() : own(text));

  const log = (type, text) => events.push({ kind: "console", type, text });
  for (const type of ["log", "info", "warn", "error", "debug"]) {
    const own = console[type];
    console[type] = (...args) => {
      log(type, args.map(String).join(" "));
      own.apply(console, args);
    };
  }
  const uncaught = (error, message) => events.push({ kind: "error", message: error instanceof Error ? String(error) : message, stack: String(error?.stack ?? "") });
  addEventListener("error", (event) => event instanceof ErrorEvent && uncaught(event.error, event.message));
  addEventListener("unhandledrejection", ({ reason }) => uncaught(reason, String(reason)));
  addEventListener("securitypolicyviolation", ({ violatedDirective, blockedURI, sample, sourceFile, lineNumber }) => {
    log("error", `the content security policy refuses ${blockedURI} ${sample} by ${violatedDirective} (${sourceFile}:${lineNumber})`);
  });
  document.addEventListener("DOMContentLoaded", () => (hasContent = true), { once: true });
  addEventListener("load", () => (isLoaded = true), { once: true });

  // Where there are several pages, their requests are marked for the proxy. Where there is one, they stay as the page
  // makes them.
  let isMarking = hasCompany;
  const isMarked = (url) => isMarking && new URL(url, document.baseURI).origin === location.origin;
  window.fetch = function (input, init) {
    const isRequest = input instanceof Request;
    if (!isMarked(isRequest ? input.url : input)) return fetch.call(this, input, init);
    if (init?.headers || !isRequest) {
      const headers = new Headers(init?.headers);
      headers.set("x-webkit-page", pageId);
      return fetch.call(this, input, { ...init, headers });
    }
    input.headers.set("x-webkit-page", pageId);
    return fetch.call(this, input, init);
  };
  const { open } = XMLHttpRequest.prototype;
  XMLHttpRequest.prototype.open = function (...args) {
    open.apply(this, args);
    if (isMarked(args[1])) this.setRequestHeader("x-webkit-page", pageId);
  };
  const mark = () => (isMarking = true);

  for (const binding of bindings) window[binding] = (payload) => events.push({ kind: "binding", name: binding, payload });

  const setOnline = (isOnline) => {
    Object.defineProperty(navigator, "onLine", { value: isOnline, configurable: true });
    dispatchEvent(new Event(isOnline ? "online" : "offline"));
  };
  if (isOffline) Object.defineProperty(navigator, "onLine", { value: false, configurable: true });

  const agent = { documentId, call, report, know, setOnline, mark, remote };
  Object.defineProperty(window, name, { value: agent });
}

/** The script that installs an agent; `state` is the context's: `bindings`, `isOffline`, `hasCompany`. */
export const agentScript = ({ documentId, pageId, state }) => `(${install})(${[AGENT, documentId, pageId, state].map((value) => JSON.stringify(value)).join()});`;
