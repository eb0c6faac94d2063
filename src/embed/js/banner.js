// The theme's banner, as the loader and the specimen page show it.

/** Shows the parts of `banner` that are for `mode`; no mode hides it. */
export function showBanner(banner, mode) {
  for (const part of banner.querySelectorAll("[data-consent-when]")) {
    part.hidden = !part.dataset.consentWhen.split(" ").includes(mode);
  }
  banner.hidden = !mode;
  // What has the focus is not covered (WCAG 2.4.11); the style sheet leaves room for it.
  if (mode) document.activeElement?.scrollIntoView({ block: "nearest" });
}
