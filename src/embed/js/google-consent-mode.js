// Google Consent Mode v2, for pages with Google's tags: a script of its own, to stand before them.
// It denies every signal, has the tags wait a moment for what the shopper decided on an earlier page,
// and tells them of each decision.

const SIGNALS = {
  functional: ["functionality_storage", "personalization_storage"],
  analytics: ["analytics_storage"],
  targeting: ["ad_storage", "ad_user_data", "ad_personalization"],
};

/** @type {(...command: unknown[]) => void} */
function gtag() {
  // Google's tags read the arguments object itself.
  (window.dataLayer ??= []).push(arguments);
}

/** Tells all seven signals; `command` is `default` or `update`. */
function signal(command, has, more) {
  const state = { security_storage: "granted", ...more };
  for (const [category, signals] of Object.entries(SIGNALS)) {
    for (const name of signals) state[name] = has(category) ? "granted" : "denied";
  }
  gtag("consent", command, state);
}

signal("default", () => false, { wait_for_update: 500 });
for (const type of ["account:ready", "account:consent-changed"]) {
  document.addEventListener(type, (event) => {
    if (/** @type {Element} */ (event.composedPath()[0]).matches("account-consent,[data-account=consent]")) {
      signal("update", window.StorefrontAccount.consent.has);
    }
  });
}
