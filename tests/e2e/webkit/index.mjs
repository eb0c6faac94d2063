// Debian's WebKitGTK as one of the browsers that the journeys run in. `webkit.launch()` gives Playwright's own
// `Browser`: every locator, wait and route is Playwright's. Only what lies below it is ours, see `browser.mjs`.

import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { firefox } from "playwright-core";
import { MINI_BROWSER, isInstalled } from "./driver.mjs";

const BROWSER = fileURLToPath(new URL("browser.mjs", import.meta.url));

/** What has to be on the machine, with the package of Debian and Ubuntu that has it. */
const NEEDED = { WebKitWebDriver: "webkit2gtk-driver", Xvfb: "xvfb", xdotool: "xdotool" };

async function launch(options = {}) {
  const missing = Object.entries(NEEDED).flatMap(([program, name]) => (isInstalled(program) ? [] : [name]));
  if (!existsSync(MINI_BROWSER)) missing.push("webkit2gtk-driver");
  if (missing.length) throw new Error(`WebKit needs more of this machine; run: apt-get install ${[...new Set(missing)].join(" ")}`);
  // Playwright speaks this protocol with the Firefox that it builds; `browser.mjs` answers in that one's place.
  return firefox.launch({ ...options, executablePath: BROWSER });
}

export const webkit = { launch };
