// The browsers that the journeys run in.

import { chromium } from "playwright-core";
import { launchFirefox } from "./firefox.mjs";
import { aged } from "./oldest.mjs";
import { webkit } from "./webkit/index.mjs";

/** The one of this run. */
export const ENGINE = process.env.BROWSER ?? "chromium";

const launchChromium = () =>
  chromium.launch({
    executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
    args: [
      "--headless",
      "--no-sandbox",
      "--disable-gpu",
      "--disable-quic",
      "--no-first-run",
      "--disable-background-networking",
      "--disable-component-update",
      "--disable-sync",
    ],
  });

const LAUNCH = {
  chromium: launchChromium,
  firefox: launchFirefox,
  oldest: () => aged(launchChromium),
  webkit: webkit.launch,
};

/**
 * What this run's browser says in the console of what is no error: Firefox, of requests that a page leaves behind, and of the
 * style that Playwright puts into a page to take a picture of it.
 */
export const NOISE =
  ENGINE === "firefox"
    ? [/NetworkError when attempting to fetch resource/, /The operation was aborted/, /inline style .*sha256-YjaKGiklmzC6wjXA513HAMmzus8VE61XCOT\+SmwNZWA=/]
    : [];

export const launch = () => LAUNCH[ENGINE]();

/** Why this run's browser cannot have a context with these options, if so. */
export function lacking({ javaScriptEnabled = true, forcedColors = "none" }) {
  if (ENGINE === "firefox" && !javaScriptEnabled) return "WebDriver BiDi cannot switch scripts off";
  if (ENGINE === "webkit" && forcedColors === "active") return "WebKitGTK has no forced colours";
  if (ENGINE === "oldest" && !javaScriptEnabled) return "without scripts no browser is older than another";
  return undefined;
}
