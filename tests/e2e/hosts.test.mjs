// Every element and state in other people's style sheets, light and dark, on a desktop and on a telephone.

import { after, before } from "node:test";
import { HOSTS, dress, faults, styleOf } from "./hosts.mjs";
import { addressesOf, serveSpecimens } from "./specimens.mjs";
import { assert, suite, violationsOf } from "./support.mjs";

const journey = suite();
let specimens;
before(async () => {
  specimens = await serveSpecimens();
});
after(() => specimens.close());

/** For all states on a busy machine, in milliseconds. */
const timeout = 600_000;

/** States in which every part is to be seen once, for axe. */
const KEY_STATES = ["sign-up:errors", "sign-in:empty", "profile:saved", "addresses:selected", "center:customer", "consent:some-granted"];

const sheets = Object.fromEntries(await Promise.all(Object.entries(HOSTS).map(async ([name, host]) => [name, await styleOf(host)])));

for (const { scheme, width, height } of [
  { scheme: "light", width: 1280, height: 900 },
  { scheme: "light", width: 390, height: 800 },
  { scheme: "dark", width: 1280, height: 900 },
  { scheme: "dark", width: 390, height: 800 },
]) {
  journey(`every state looks right in every host, ${scheme}, ${width} pixels wide`, { viewport: { width, height }, colorScheme: scheme, reducedMotion: "reduce", allow: [/404/], timeout }, async ({ page }) => {
    const wrong = new Map();
    for (const address of await addressesOf(page, specimens, "")) {
      await specimens.show(page, address);
      const { searchParams } = new URL(address);
      const state = `${searchParams.get("element")}:${searchParams.get("state")}`;
      for (const [name, host] of Object.entries(HOSTS)) {
        // A sheet behind ours wins where both are as specific.
        await dress(page, { sheet: sheets[name], host, scheme, isBehind: scheme === "light" });
        for (const words of await page.evaluate(faults)) {
          const what = `${name}: ${words}`;
          wrong.set(what, [...(wrong.get(what) ?? []), state]);
        }
        // What axe looks at does not depend on the width.
        if (width < 1280 && KEY_STATES.includes(state)) {
          for (const words of await violationsOf(page, ".sfa")) wrong.set(`${name}: axe: ${words.slice(0, 300)}`, [state]);
        }
      }
    }
    const lines = Array.from(wrong, ([what, states]) => `${what} (${states.slice(0, 3).join(", ")}${states.length > 3 ? ` and ${states.length - 3} more` : ""})`);
    assert.deepEqual(lines, []);
  });
}
