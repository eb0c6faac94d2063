// The theme's banner, as the loader and the specimen page show it.

/** Shows the parts of `banner` that are for `mode`; no mode hides it. */
export function showBanner(banner, mode) {
  for (const part of banner.querySelectorAll("[data-consent-when]")) {
    part.hidden = !part.dataset.consentWhen.split(" ").includes(mode);
  }
  banner.hidden = !mode;
}
