// reCAPTCHA v2, loaded when a form needs it and once for the page (or the theme's own copy of it).
/** @type {Promise<void> | undefined} */
let loading;

const load = (src) =>
  (loading ??= /** @type {Promise<void>} */ (new Promise((resolve, reject) => {
    if (window.grecaptcha?.render) return resolve(undefined);
    const script = document.createElement("script");
    // A nonce CSP lets a script add another only with the nonce of the page.
    script.nonce = /** @type {HTMLScriptElement} */ (document.querySelector("script[nonce]"))?.nonce ?? "";
    script.src = src;
    script.async = true;
    script.onload = () => (window.grecaptcha?.ready ? window.grecaptcha.ready(resolve) : reject());
    script.onerror = reject;
    setTimeout(reject, 15000);
    document.head.append(script);
  })).catch((error) => {
    loading = undefined;
    throw error;
  }));

/**
 * Renders the captcha into `container`. `onToken` gets the answer, or undefined when it ran out.
 * Resolves to a function that resets it; rejects when the script cannot be had.
 */
export async function render(container, siteKey, src, language, onToken) {
  const url = new URL(src, document.baseURI);
  url.searchParams.set("render", "explicit");
  url.searchParams.set("hl", language);
  await load(url);
  const id = window.grecaptcha.render(container, {
    sitekey: siteKey,
    callback: (token) => onToken(token),
    "expired-callback": () => onToken(),
    "error-callback": () => onToken(),
  });
  return () => window.grecaptcha.reset(id);
}

/** The host a script comes from, to name it to a shopper whose browser blocks it. */
export const host = (src) => new URL(src, document.baseURI).host;
