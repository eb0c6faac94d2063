// What every part of the loader needs: the page's configuration, events, requests.

/** Longest wait for an answer of the store, in milliseconds; the wasm's own requests have the same. */
export const DEADLINE = 20000;

/** How long an element without a token waits before it tells, in milliseconds. */
const TOKEN_WAIT = 5000;

/** What it tells then. */
export const NO_TOKEN = "waits for its attribute token; #account-config may have it, too";

const here = import.meta.url;

/**
 * Where a bundler has put the loader's files, by name: the npm package says so, before the loader runs (`packages/storefront-account/`).
 * An element of that id is no property of the window's own.
 */
const moved = () => (Object.hasOwn(globalThis, "StorefrontAccountFiles") ? globalThis.StorefrontAccountFiles : undefined);

/** The address of the file of this name below the loader's folder, or wherever a bundler has put it. */
export const locate = (name) => moved()?.[name] ?? new URL(name, here).href;

/** What the file must be. A bundler may have made a style sheet smaller. */
export const integrityOfStyle = (integrity) => (moved() ? "" : integrity);

/** Aborts after so many milliseconds, or when an answer of the store is overdue. `AbortSignal.timeout` is younger than the oldest browsers that run the widget. */
export function timeout(milliseconds = DEADLINE) {
  const controller = new AbortController();
  setTimeout(() => controller.abort(), milliseconds);
  return controller.signal;
}

/** Puts a link with these properties into the page. */
export function putLink(properties) {
  const link = Object.assign(document.createElement("link"), properties);
  const nonce = /** @type {HTMLScriptElement} */ (document.querySelector("script[nonce]"))?.nonce;
  if (nonce) link.nonce = nonce;
  document.head.append(link);
}

/** Imports the module of this name below the loader's folder if it is what `integrity` says. @param {BuiltFile} file */
export function importModule([name, integrity]) {
  const href = locate(name);
  // A bundler's own import().
  if (typeof href === "function") return href();
  if (!document.querySelector(`link[rel=modulepreload][href$="${name.slice(1)}"]`)) {
    // import() takes no integrity of its own; a preload's holds for the module too.
    putLink({ rel: "modulepreload", href, integrity });
  }
  return import(href);
}

/** The page's JSON that cannot be parsed, once that was told. */
let unreadable;

/** The configuration of an element: the page's JSON, the part of it for elements of this name, the attributes. */
export function configuration(element, name) {
  const text = document.querySelector("script#account-config[type='application/json']")?.textContent ?? "{}";
  let json = {};
  try {
    json = JSON.parse(text);
  } catch (error) {
    if (text !== unreadable) report(element, "config", `#account-config: ${error.message}`);
    unreadable = text;
  }
  const attributes = Object.fromEntries([...element.attributes].map(({ name, value }) => [name, value]));
  const messages = { ...json.messages, ...json[name]?.messages };
  // Not the page's `<base>`, which may lead to where its pictures are.
  return { lang: element.closest("[lang]")?.lang, ...json, ...json[name], ...attributes, messages, base: location.href };
}

/** A URL below the storefront that the element is configured for. */
export const storefront = ({ endpoint = "/", base }, path) => new URL(path, new URL(endpoint, base));

/** Whether it is on the page's own origin, where the shopper's session is. Throws where the endpoint is no URL. */
export const isOwn = (config) => storefront(config, "").origin === new URL(config.base).origin;

/** `value` as JSON. Old libraries give arrays a `toJSON` that makes text of them: it does not count here. */
export const toJson = (value) =>
  JSON.stringify(value, function (key) {
    return this[key];
  });

/** Sends a document to the storefront's GraphQL endpoint. Async, for a `fetch` that the page has patched may throw or give anything. */
export const ask = async (config, query, variables, signal = timeout()) =>
  fetch(storefront(config, "graphql"), {
    method: "POST",
    credentials: "same-origin",
    headers: { "content-type": "application/json", authorization: `Bearer ${config.token}` },
    body: JSON.stringify({ query, variables }),
    signal,
  });

export function emit(element, name, detail, cancelable) {
  return element.dispatchEvent(
    new CustomEvent(`account:${name}`, { bubbles: true, composed: true, cancelable, detail: Object.freeze(detail) }),
  );
}

/** Tells the developer (console) and the page (event) what is wrong, an error or words, with which element. */
export function report(element, code, wrong) {
  const message = wrong.message ?? String(wrong);
  console.error(`<${element.localName}>: ${message}`);
  emit(element, "error", { code, message });
}

/** Tells later that `element` has no token: until then it may come. Gives the timer. */
export const tellNoToken = (element) => setTimeout(report, TOKEN_WAIT, element, "config", NO_TOKEN);

/**
 * Whether a control holds something else than the page gave it. Of what is edited in place nobody knows that: any text counts.
 * In a pick list where the page chose nothing, the browser has chosen the first.
 */
export const isTouched = (c) =>
  c.isContentEditable
    ? c.textContent.trim() !== ""
    : c.options
      ? [...c.options].some((o, index) => o.selected !== o.defaultSelected && (index > 0 || c.multiple || c.size > 1))
      : c.checked !== c.defaultChecked || c.value !== c.defaultValue;
