// The theme's banner, as the loader and the specimen page show it.

/** Tells the style sheet how high the banner is: so much room it keeps at the end of the page. */
const size = new ResizeObserver(([{ target }]) => {
  document.documentElement.style.setProperty("--sfa-consent-block", `${/** @type {HTMLElement} */ (target).offsetHeight}px`);
});

/** Shows the parts of `banner` that are for `mode`, or for one of its words; no mode hides it. */
export function showBanner(banner, mode) {
  for (const part of banner.querySelectorAll("[data-consent-when]")) {
    part.hidden = !part.dataset.consentWhen.split(" ").some((when) => ` ${mode} `.includes(` ${when} `));
  }
  banner.hidden = !mode;
  size.observe(banner);
  // What has the focus is not covered (WCAG 2.4.11); the style sheet leaves room for it.
  if (mode) document.activeElement?.scrollIntoView({ block: "nearest" });
}
