// Cookies: asked fairly, kept truly, obeyed at once.

import { SIGN_UP, assert, assertAccessible, freshEmail, picture, suite, until } from "./support.mjs";
import { fill, necessary, open, submit, arrived, taken } from "./form.mjs";
import { openAccount, signIn } from "./account.mjs";
import { ASKING, asked, banner, button, cookie, dialog, kept, record, settled, toggle, unasked, withGates, withMarkup, writes } from "./cookies.mjs";

const journey = suite(ASKING);

/** A cookie for a domain that is not the page's: Firefox says that it takes none. */
const FOREIGN_COOKIE = [/rejected for invalid domain/];

const sorted = (names) => [...new Set(names)].sort();

journey("nothing that waits is asked for before it is granted, nor after it was taken back", async ({ page, context }) => {
  const log = await withGates(context);
  await asked(page);
  await page.waitForLoadState("networkidle");
  assert.deepEqual(sorted(log), ["essential.js"], "before a decision");
  await button(page, "Settings").click();
  await toggle(page, "Analytics").check();
  await dialog(page).getByRole("button", { name: "Save my choices" }).click();
  await settled(page);
  await page.waitForFunction(() => window.ran?.length === 3);
  assert.deepEqual(sorted(log), ["analytics.js", "essential.js", "module.js"], "one of three");

  log.length = 0;
  await unasked(page);
  await page.waitForFunction(() => window.ran?.length === 3);
  assert.deepEqual(sorted(log), ["analytics.js", "essential.js", "module.js"], "at the next visit");

  await page.getByRole("button", { name: "Cookie settings" }).click();
  await dialog(page).getByRole("button", { name: "Accept all" }).click();
  await page.waitForFunction(() => window.ran?.length === 6);
  const all = ["analytics.js", "both.js", "essential.js", "frame.html", "functional.js", "module.js", "targeting.js"];
  await until(() => sorted(log).length === all.length, "the frame");
  assert.deepEqual(sorted(log), all, "all but what no category is known for");
  assert.deepEqual(await page.evaluate(() => window.ran.slice().sort()), all.filter((name) => name.endsWith(".js")).sort(), "each runs once");

  await page.getByRole("button", { name: "Reject all cookies" }).click();
  await page.waitForFunction(() => !document.querySelector("iframe").hasAttribute("src"));
  await settled(page);
  log.length = 0;
  await unasked(page);
  assert.deepEqual(sorted(log), ["essential.js"], "after a reload");
});

journey("to accept and to reject are equals, and nothing is ticked", async ({ page }) => {
  await asked(page);
  const look = (name) =>
    button(page, name).evaluate((node) => {
      const { width, height } = node.getBoundingClientRect();
      const style = getComputedStyle(node);
      return [node.localName, Math.round(width), Math.round(height), style.fontSize, style.fontWeight, style.color, style.backgroundColor, style.borderColor];
    });
  assert.deepEqual(await look("Accept all"), await look("Reject all"));
  const settings = await look("Settings");
  assert.deepEqual(settings.slice(1, 3), (await look("Reject all")).slice(1, 3), "as large as these");
  await assertAccessible(page, "the question");
  await picture(page, "consent-question", { fullPage: false });
  await button(page, "Settings").click();
  await dialog(page).waitFor();
  const switches = dialog(page).getByRole("switch");
  assert.equal(await switches.count(), 3, "the essential has none");
  for (const control of await switches.all()) {
    assert.equal(await control.isChecked(), false);
    const { width, height } = await control.boundingBox();
    assert.ok(width >= 44 && height >= 44, `${width} x ${height}`);
  }
  const equal = await Promise.all(["Accept all", "Reject all"].map((name) => dialog(page).getByRole("button", { name }).boundingBox()));
  assert.deepEqual([equal[0].width, equal[0].height], [equal[1].width, equal[1].height]);
  await assertAccessible(page, "the settings");
  await picture(page, "consent-settings", { fullPage: false });
});

for (const [how, replace] of [
  ["as a router does", "document.body.replaceWith(document.body.cloneNode(true))"],
  ["as markup", "document.body.innerHTML = document.body.innerHTML"],
]) {
  journey(`the question is asked and obeyed on every page whose body is replaced, ${how}`, async ({ page }) => {
    await asked(page);
    for (let visit = 0; visit < 3; visit += 1) {
      await page.evaluate(replace);
      await button(page, "Settings").click();
      await dialog(page).getByRole("button", { name: "Cancel" }).click();
    }
    await page.evaluate(replace);
    await button(page, "Accept all").click();
    await banner(page).waitFor({ state: "hidden" });
    await page.waitForFunction(() => window.StorefrontAccount.consent.has("analytics"));
    await page.evaluate(replace);
    await page.waitForFunction(() => window.StorefrontAccount.consent.has("analytics"));
    assert.ok(await banner(page).isHidden());
  });
}

journey("a copy of a shown banner is hidden until the question is asked anew", async ({ page }) => {
  await asked(page);
  const isShown = await page.evaluate(() => {
    const { body } = document;
    body.replaceChildren(...body.cloneNode(true).childNodes);
    return document.querySelector("[data-consent-banner]").checkVisibility();
  });
  assert.equal(isShown, false);
  await button(page, "Accept all").click();
  await banner(page).waitFor({ state: "hidden" });
});

/** How a script that was let through may write over the page, then and later. */
const WRITING = {
  "by write": `document.write("<p>gone</p>");`,
  "by writeln": `document.writeln("<p>gone</p>");`,
  "by open, write and close": `document.open(); document.write("<p>gone</p>"); document.close();`,
  "later": `setTimeout(() => { document.write("<p>gone</p>"); window.isLater = true; });`,
  "by the prototype": `Document.prototype.write.call(document, "<p>gone</p>"); Document.prototype.open.call(document); Document.prototype.writeln.call(document, "<p>gone</p>");`,
  "and throws": `document.write("<p>gone</p>"); throw new Error("a broken script");`,
  "by a function of the page's own": `window.writeTheirs("<p>gone</p>");`,
};

for (const [how, text] of Object.entries(WRITING)) {
  journey(`a script that writes over the page when it is let through harms nothing else: ${how}`, { allow: [/would empty the page/, /a broken script/] }, async ({ page, context }) => {
    await withMarkup(context, `<script>const before = document.write; document.write = function (...all) { return before.apply(this, all); };
      window.writeTheirs = (text) => document.write(text);</script>
      <script type="text/plain" data-consent="analytics">${text}</script>
      <script type="text/plain" data-consent="analytics">setTimeout(() => { window.isLastRun = true; });</script>`);
    await asked(page);
    await button(page, "Accept all").click();
    await page.waitForFunction(() => window.isLastRun);
    assert.ok(await page.locator("main").isVisible());
    assert.equal(await page.getByText("gone").count(), 0);
  });
}

journey("after a script was let through, other documents can be written, and what the parser comes upon", async ({ page, context }) => {
  let parse;
  const parsed = new Promise((resolve) => (parse = resolve));
  await context.route("**/_late.js", async (route) => {
    await parsed;
    return route.fulfill({ contentType: "text/javascript", body: `document.write("<p>written by the page</p>")` });
  });
  await context.addInitScript(() => document.addEventListener("account:ready", ({ target }) => (target.localName === "account-consent" ? (window.isConsentReady = true) : 0)));
  await withMarkup(context, `<script type="text/plain" data-consent="essential">window.isRun = true;</script><p>The end</p><script src="/_late.js"></script>`, (html) =>
    html.replace(/<script type="module"/g, '<script async type="module"'));
  await page.goto("/", { waitUntil: "commit" });
  await page.waitForFunction(() => window.isRun);
  assert.equal(await page.evaluate(() => document.readyState), "loading");
  parse();
  await page.getByText("written by the page").waitFor();
  assert.equal(await page.evaluate(() => {
    const other = document.implementation.createHTMLDocument("");
    other.write("<p>theirs</p>");
    return other.body.textContent;
  }), "theirs");
});

const INLINE = `<script type="text/plain" data-consent="analytics">window.isRun = true;</script>`;
const TRUSTED_TYPES = "require-trusted-types-for 'script'; trusted-types";

journey("under Trusted Types a script that waited runs by the policy storefront-account", async ({ page, context }) => {
  await withMarkup(context, INLINE, undefined, `${TRUSTED_TYPES} storefront-account`);
  await asked(page);
  await button(page, "Accept all").click();
  await page.waitForFunction(() => window.isRun);
});

journey("a script that the page's Trusted Types do not let run is told once", { allow: [/storefront-account/, /Trusted Types policy/] }, async ({ page, context }) => {
  await withMarkup(context, INLINE, undefined, `${TRUSTED_TYPES} another`);
  await asked(page);
  await page.evaluate(() => {
    window.errors = [];
    document.addEventListener("account:error", ({ detail }) => window.errors.push(detail.code));
  });
  await button(page, "Accept all").click();
  await settled(page);
  await page.evaluate(() => document.body.append(document.createElement("p")));
  await page.waitForFunction(() => window.errors.length > 0);
  assert.deepEqual(await page.evaluate(() => [window.errors, window.isRun]), [["config"], undefined]);
});

/** What old libraries, and Prototype.js above all, do to what every script of a page shares. */
const PATCHES = {
  "Array.from takes no function": () => {
    Array.from = (/** @type {any} */ list) => {
      const copy = [];
      for (let index = 0; index < (list?.length ?? 0); index += 1) copy.push(list[index]);
      return copy;
    };
  },
  "arrays have a toJSON": () => {
    Object.assign(Array.prototype, { toJSON() { return `[${Array.prototype.map.call(this, (item) => JSON.stringify(item)).join(", ")}]`; } });
  },
  "all objects have a property more": () => {
    Object.assign(Object.prototype, { isPatched: true });
  },
  "what is nowhere cannot be removed": () => {
    Object.assign(HTMLElement.prototype, { remove() { /** @type {any} */ (this).parentNode.removeChild(this); } });
  },
  "all objects have a function more": () => {
    Object.assign(Object.prototype, { extend() { return this; } });
  },
};

for (const [what, patch] of Object.entries(PATCHES)) {
  journey(`where ${what}, sign-up starts, and consent is granted, sent and kept`, async ({ page, context }) => {
    await context.addInitScript(patch);
    const sent = [];
    page.on("request", (request) => request.url().endsWith("/api/storefront/consent") && sent.push(request.postData()));
    await asked(page, SIGN_UP);
    await taken(page);
    await button(page, "Accept all").click();
    await page.waitForFunction(() => window.StorefrontAccount.consent.has("analytics"));
    assert.deepEqual(sent.map((body) => JSON.parse(body)), [{ allow: [2, 1, 3], deny: [] }]);
    await unasked(page);
    assert.ok(await page.evaluate(() => window.StorefrontAccount.consent.has("analytics")));
  });
}

for (const base of ["https://cdn.example/", "/shop/"]) {
  journey(`<base href="${base}"> leads neither the question nor sign-up away from the store`, { allow: [/ERR_FAILED|404|cdn\.example/] }, async ({ page, context, store }) => {
    // A name that is looked up may take its time not to be found.
    await context.route("https://cdn.example/**", (route) => route.abort());
    await context.route(/\/login\.php/, async (route) => {
      const response = await route.fetch();
      const html = (await response.text()).replaceAll('="/embed/', `="${store.url}/embed/`).replace("<head>", `<head><base href="${base}">`);
      const headers = response.headers();
      delete headers["content-security-policy"];
      return route.fulfill({ headers, body: html });
    });
    await asked(page, SIGN_UP);
    assert.equal(await banner(page).getByRole("link").getAttribute("href"), `${store.url}/privacy`);
    await taken(page);
    await button(page, "Accept all").click();
    await settled(page);
    assert.equal((await cookie(context)).length, 3);
  });
}

/** Notes what `account:error` tells of the question, in window.errors. */
const hearErrors = (page) =>
  page.addInitScript(() => {
    window.errors = [];
    document.addEventListener("account:error", ({ detail }) => window.errors.push([detail.code, detail.message]));
  });

journey("a script that waited and cannot be run or loaded is told", { allow: [/account-consent/, /Content.Security.Policy|404|MIME type/i] }, async ({ page }) => {
  await hearErrors(page);
  await asked(page);
  await button(page, "Accept all").click();
  await settled(page);
  await page.evaluate(() => {
    for (const [text, src] of [["window.isRun = true"], ["", "https://blocked.example/count.js"], ["", "/none.js"]]) {
      const gate = document.createElement("script");
      Object.assign(gate, { type: "text/plain", text });
      gate.dataset.consent = "analytics";
      if (src) gate.src = src;
      if (src === "/none.js") gate.nonce = document.querySelector("script[nonce]").nonce;
      document.body.append(gate);
    }
  });
  await page.waitForFunction(() => window.errors.length === 3);
  const errors = (await page.evaluate(() => window.errors)).map(([code, message]) => `${code}: ${message}`).sort();
  assert.match(errors[0], /^config: script-src.* forbids a script that waited for consent$/);
  assert.deepEqual(errors.slice(1), [
    `not_loaded: could not load ${new URL(page.url()).origin}/none.js`,
    "not_loaded: could not load https://blocked.example/count.js",
  ]);
  assert.equal(await page.evaluate(() => window.isRun), undefined);
});

journey("a script that a policy only reports runs, and nothing is told", { allow: [/report.only/i] }, async ({ page, context }) => {
  await hearErrors(page);
  await context.route(/\/$/, async (route) => {
    const response = await route.fetch();
    const headers = { ...response.headers(), "content-security-policy-report-only": "script-src-elem 'none'" };
    return route.fulfill({ response, headers });
  });
  await asked(page);
  await button(page, "Accept all").click();
  await settled(page);
  await page.evaluate(() => {
    const gate = document.createElement("script");
    const nonce = document.querySelector("script[nonce]").nonce;
    Object.assign(gate, { type: "text/plain", text: "window.isRun = true", nonce });
    gate.dataset.consent = "analytics";
    document.addEventListener("securitypolicyviolation", ({ target }) => {
      if (/** @type {any} */ (target).dataset?.consented) window.isReported = true;
    });
    document.body.append(gate);
  });
  await page.waitForFunction(() => window.isRun && window.isReported);
  assert.deepEqual(await page.evaluate(() => window.errors), []);
});

journey("of two elements the newer one counts, and the older one again when that is gone", { allow: [/only one/] }, async ({ page }) => {
  await asked(page);
  await page.evaluate(() => {
    const first = document.querySelector("account-consent");
    const second = first.cloneNode(true);
    second.id = "second";
    first.after(second);
  });
  const second = page.locator("#second [data-consent-banner]");
  await second.waitFor();
  assert.equal(await page.locator("[data-consent-banner]:visible").count(), 1);
  await page.evaluate(() => document.querySelector("#second").remove());
  await button(page, "Accept all").click();
  await banner(page).waitFor({ state: "hidden" });
});

journey("in a shadow root the question is asked, obeyed and told to Google's tags", async ({ page, context }) => {
  await withMarkup(context, "", (html) =>
    html.replace("<head>", (head) => `${head}<script nonce="${/nonce="([^"]+)"/.exec(html)[1]}" src="/embed/google-consent-mode.js"></script>`));
  await asked(page);
  await page.evaluate(() => {
    const element = document.querySelector("account-consent");
    const host = document.createElement("div");
    element.replaceWith(host);
    host.attachShadow({ mode: "open" }).append(element);
  });
  await button(page, "Settings").click();
  await page.getByRole("dialog").getByRole("button", { name: "Cancel" }).click();
  await button(page, "Accept all").click();
  await page.waitForFunction(() => window.StorefrontAccount.consent.has("analytics"));
  assert.equal(await page.evaluate(() => window.dataLayer.slice(-1)[0][2].analytics_storage), "granted");
});

for (const seed of [1, 2, 3, 4]) {
  journey(`elements come, go and move in any order, and the newest asks once: ${seed}`, { allow: [/only one/] }, async ({ page }) => {
    await asked(page);
    const found = await page.evaluate(async (seed) => {
      // Mulberry32.
      const random = () => {
        seed = (seed + 0x6d2b79f5) | 0;
        let mixed = Math.imul(seed ^ (seed >>> 15), 1 | seed);
        mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
        return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
      };
      const pick = (/** @type {any[]} */ list) => list[Math.floor(random() * list.length)];
      let told = [];
      let queries = 0;
      document.addEventListener("account:ready", ({ target }) => told.push(target));
      const { fetch } = window;
      window.fetch = (resource, options) => {
        if (String(options?.body).includes("query Privacy")) queries += 1;
        return fetch(resource, options);
      };
      const first = document.querySelector("account-consent");
      const copy = first.cloneNode(true);
      const all = [first];
      // The elements that are looked after, in the order in which they came.
      let known = [first];
      const put = (element) => {
        pick([() => document.body.append(element), () => document.body.prepend(element)])();
        if (!known.includes(element)) known.push(element);
      };
      const steps = {
        add() {
          const element = copy.cloneNode(true);
          all.push(/** @type {Element} */ (element));
          put(element);
        },
        take: () => pick(all.filter((element) => element.isConnected))?.remove(),
        move() {
          const element = pick(all.filter((each) => each.isConnected));
          if (element) put(element);
        },
        bringBack() {
          const element = pick(all.filter((each) => !each.isConnected));
          if (element) put(element);
        },
      };
      for (let round = 0; round < 60; round += 1) {
        const [before] = known.slice(-1);
        told = [];
        queries = 0;
        const done = [];
        for (let count = 1 + Math.floor(random() * 5); count > 0; count -= 1) {
          const step = pick(Object.keys(steps));
          done.push(step);
          steps[step]();
        }
        // The next task, or the same one after all that waits in it.
        if (random() < 0.5) await new Promise((resolve) => setTimeout(resolve));
        else for (let turn = 0; turn < 8; turn += 1) await undefined;
        known = known.filter((element) => element.isConnected);
        const [newest] = known.slice(-1);
        const isFine = told.every((target) => target === newest) && told.length <= 1 && (newest === before || told.length === (newest ? 1 : 0));
        if (!isFine || queries !== told.length) return `round ${round}: ${done}: ready ${told.length}, queries ${queries}, of the newest: ${told.map((target) => target === newest)}`;
      }
      steps.add();
      known.slice(-1)[0].id = "newest";
      return "";
    }, seed);
    assert.equal(found, "");
    await page.locator("#newest [data-consent-banner]").waitFor();
    assert.equal(await page.locator("[data-consent-banner]:visible").count(), 1);
    await button(page.locator("#newest"), "Accept all").click();
    await page.waitForFunction(() => window.StorefrontAccount.consent.has("analytics"));
  });
}

journey("a class that the page gives the element leaves the settings open", async ({ page }) => {
  await asked(page);
  await button(page, "Settings").click();
  await dialog(page).waitFor();
  await page.evaluate(() => document.querySelector("account-consent").classList.add("theirs"));
  await page.evaluate(() => new Promise((resolve) => setTimeout(resolve)));
  assert.ok(await dialog(page).isVisible());
});

journey("an element whose attributes come late asks then", async ({ page, context }) => {
  await withMarkup(context, "", (html) => html.replace(/<account-consent([^>]*?) token="[^"]*"/, "<account-consent$1"));
  await page.goto("/");
  const token = /token="([^"]+)"/.exec(await (await page.request.get("/login.php")).text())[1];
  await page.waitForFunction(() => window.StorefrontAccount);
  assert.ok(await banner(page).isHidden());
  await page.evaluate((token) => document.querySelector("account-consent").setAttribute("token", token), token);
  await button(page, "Accept all").waitFor();
});

journey("Escape, scrolling, closing and waiting grant nothing", async ({ page }) => {
  const sent = writes(page);
  await asked(page);
  await page.keyboard.press("Escape");
  await page.mouse.wheel(0, 3000);
  await button(page, "Settings").click();
  await toggle(page, "Analytics").check();
  await page.keyboard.press("Escape");
  await dialog(page).waitFor({ state: "hidden" });
  await button(page, "Settings").click();
  assert.equal(await toggle(page, "Analytics").isChecked(), false, "closed is forgotten");
  await dialog(page).getByRole("button", { name: "Cancel" }).click();
  await page.mouse.click(500, 100);
  await page.reload();
  await button(page, "Accept all").waitFor();
  assert.deepEqual(sent, []);
  assert.equal(await kept(page), null);
});

journey("a refusal is kept, and a visit after it loads the loader and nothing more", { allow: [/404/] }, async ({ page, context, store }) => {
  const sent = writes(page);
  await asked(page, "/privacy");
  await button(page, "Reject all").click();
  await banner(page).waitFor({ state: "hidden" });
  await settled(page);
  assert.deepEqual(await cookie(context), []);
  assert.deepEqual(sent.map(({ allow, deny, source }) => [allow, deny, source]), [[[], [2, 1, 3], "banner"]]);
  assert.match(sent[0].revision, /^[0-9a-f]+$/);
  const requests = [];
  page.on("request", (request) => requests.push(request.url().replace(store.url, "")));
  await unasked(page, "/privacy");
  const ours = requests.filter((url) => url.startsWith("/embed/") || url.startsWith("/graphql") || url.startsWith("/api/"));
  assert.deepEqual(ours.sort(), ["/embed/account.js", "/embed/consent.css"]);
});

journey("what was granted is shown, and taken back with as many clicks as it was given", async ({ page, context }) => {
  await asked(page);
  await button(page, "Accept all").click();
  await settled(page);
  assert.deepEqual((await cookie(context)).sort(), ["analytics", "functional", "targeting"]);
  await page.reload();
  await page.getByRole("button", { name: "Cookie settings" }).click();
  for (const name of ["Functional", "Analytics", "Advertising"]) assert.ok(await toggle(page, name).isChecked(), name);
  await page.keyboard.press("Escape");
  const sent = writes(page);
  await page.getByRole("button", { name: "Reject all cookies" }).click();
  await settled(page);
  assert.deepEqual(await cookie(context), []);
  assert.deepEqual(sent.map(({ source }) => source), ["withdrawal"]);
});

journey("a page is told of each decision, and may ask", async ({ page }) => {
  await page.addInitScript(() => {
    window.heard = [];
    document.addEventListener("account:consent-changed", ({ detail, bubbles }) => window.heard.push({ ...detail, bubbles }));
  });
  await asked(page);
  const has = (category) => page.evaluate((category) => window.StorefrontAccount.consent.has(category), category);
  assert.equal(await has("analytics"), false);
  assert.equal(await has("essential"), true);
  await page.evaluate(() => window.StorefrontAccount.consent.open());
  await toggle(page, "Functional").check();
  await dialog(page).getByRole("button", { name: "Save my choices" }).click();
  await settled(page);
  assert.equal(await has("functional"), true);
  assert.equal(await has("no-such-thing"), false);
  assert.deepEqual(await page.evaluate(() => window.heard), [
    { allow: ["functional"], deny: ["analytics", "targeting"], changed: ["functional"], bubbles: true },
  ]);
  await unasked(page);
  assert.deepEqual(await page.evaluate(() => window.heard), [], "what was decided before is not told again");
  assert.equal(await has("functional"), true);
});

journey("two clicks make one request", async ({ page, context }) => {
  const sent = writes(page);
  await context.route("**/api/storefront/consent", async (route) => {
    await new Promise((resolve) => setTimeout(resolve, 300));
    await route.continue();
  });
  await asked(page);
  await button(page, "Accept all").evaluate((node) => {
    node.click();
    node.click();
  });
  await settled(page);
  assert.equal(sent.length, 1);
});

journey("a grant that could not be sent is denied meanwhile, kept, and sent again", { allow: [/500|ERR_FAILED/] }, async ({ page, context }) => {
  const log = await withGates(context);
  await context.route("**/api/storefront/consent", (route) => route.fulfill({ status: 500, body: "" }));
  await asked(page);
  await button(page, "Accept all").click();
  await banner(page).getByText("could not be sent").waitFor();
  assert.deepEqual(sorted(log), ["essential.js"], "denied meanwhile");
  await assertAccessible(page, "a decision that could not be sent");
  await page.reload();
  await banner(page).getByText("could not be sent").waitFor();
  assert.deepEqual(sorted(log), ["essential.js"], "and in the next page");
  await context.unroute("**/api/storefront/consent");
  await button(page, "Try again").click();
  await settled(page);
  await banner(page).waitFor({ state: "hidden" });
  await page.waitForFunction(() => window.ran?.length === 6);
  assert.equal((await cookie(context)).length, 3);
});

journey("a refusal is obeyed although it could not be sent, and sent when the network is back", { allow: [/ERR_/, /Load failed/] }, async ({ page, context }) => {
  const log = await withGates(context);
  await asked(page);
  await button(page, "Accept all").click();
  await page.waitForFunction(() => window.ran?.length === 6);
  await context.setOffline(true);
  await page.getByRole("button", { name: "Reject all cookies" }).click();
  await page.waitForFunction(() => !window.StorefrontAccount.consent.has("analytics"));
  await context.setOffline(false);
  await settled(page);
  assert.deepEqual(await cookie(context), []);
  log.length = 0;
  await unasked(page);
  assert.deepEqual(sorted(log), ["essential.js"]);
});

journey("a store that throttles is asked again when it says so", { allow: [/429/] }, async ({ page, context }) => {
  const sent = writes(page);
  let isFirst = true;
  await context.route("**/api/storefront/consent", (route) => {
    if (!isFirst) return route.continue();
    isFirst = false;
    return route.fulfill({ status: 429, headers: { "retry-after": "1" }, body: "" });
  });
  await asked(page);
  await button(page, "Accept all").click();
  await banner(page).getByText("could not be sent").waitFor();
  await settled(page);
  assert.equal(sent.length, 2);
  await banner(page).waitFor({ state: "hidden" });
});

journey("what the store does not take is not granted, and said", { allow: [/400/] }, async ({ page, context }) => {
  const log = await withGates(context);
  await context.route("**/api/storefront/consent", (route) => route.fulfill({ status: 400, body: "{}" }));
  await asked(page);
  await button(page, "Accept all").click();
  await banner(page).getByText("could not take your choice").waitFor();
  await assertAccessible(page, "a decision that the store does not take");
  assert.equal(await kept(page), null);
  assert.deepEqual(sorted(log), ["essential.js"]);
});

journey("where storage is blocked a decision holds for the page", async ({ page, context }) => {
  const log = await withGates(context);
  await page.addInitScript(() => {
    Object.defineProperty(window, "localStorage", {
      get() {
        throw new DOMException("blocked", "SecurityError");
      },
    });
  });
  await asked(page);
  await button(page, "Accept all").click();
  await page.waitForFunction(() => window.ran?.length === 6);
  assert.equal((await cookie(context)).length, 3);
  await page.getByRole("button", { name: "Reject all cookies" }).click();
  await page.waitForFunction(() => !window.StorefrontAccount.consent.has("analytics"));
  await until(async () => (await cookie(context)).length === 0, "the store to know");
  log.length = 0;
  // The store's own script tells what the store has: nothing is asked that was answered.
  await unasked(page);
  assert.deepEqual(sorted(log), ["essential.js"]);
});

/** The browser's clock, so many days from now. */
const clock = (context, days) =>
  context.addInitScript((days) => {
    const now = Date.now;
    Date.now = () => now() + Number(sessionStorage.days ?? days) * 24 * 60 * 60 * 1000;
  }, days);

journey("a clock that is a year off neither prolongs a grant nor asks anew while it stays so", async ({ page, context }) => {
  await withMarkup(context, "", (html) => html.replace(/<script[^>]*bodl\.js[^>]*><\/script>/, ""));
  await clock(context, 365);
  await asked(page);
  await button(page, "Accept all").click();
  await settled(page);
  await unasked(page);
  const at = (days) => page.evaluate((days) => { sessionStorage.days = days; }, days);
  // The clock is put right: the year ahead does not count.
  await at(0);
  await unasked(page);
  assert.ok((await kept(page)).at <= Date.now() + 1000, "its time begins now");
  await at(181);
  await unasked(page);
  await at(183);
  await asked(page);
  assert.equal(await page.evaluate(() => window.StorefrontAccount.consent.has("analytics")), false, "denied until decided again");
});

journey("tabs agree, and the last of two decisions at once is what the store has", { skip: { oldest: "the test itself waits for navigator.locks" } }, async ({ page, context }) => {
  const other = await context.newPage();
  const log = await withGates(context);
  await asked(page);
  await asked(other);
  await button(other, "Accept all").click();
  await banner(page).waitFor({ state: "hidden" });
  await page.waitForFunction(() => window.ran?.length === 6);
  log.length = 0;

  await context.route("**/api/storefront/consent", async (route) => {
    // The later decision would overtake the earlier one, if it could.
    const { allow } = route.request().postDataJSON();
    await new Promise((resolve) => setTimeout(resolve, allow.length ? 600 : 0));
    await route.continue();
  });
  await page.getByRole("button", { name: "Reject all cookies" }).click();
  await settled(page);
  await other.evaluate(() => window.StorefrontAccount.consent.open());
  await dialog(other).getByRole("button", { name: "Accept all" }).click();
  await page.getByRole("button", { name: "Reject all cookies" }).click();
  await settled(page);
  await until(async () => (await cookie(context)).length === 0, "the last decision");
  // Behind every write under way.
  await other.evaluate(() => navigator.locks.request("account-consent", () => undefined));
  assert.deepEqual(await cookie(context), []);
  assert.deepEqual((await kept(page)).granted, []);
  assert.equal(await other.evaluate(() => window.StorefrontAccount.consent.has("analytics")), false);
});

journey("a guest refuses, signs up, and is not asked on another device", async ({ page, browser, store }) => {
  // The page stays, so that what it sends can be seen.
  await page.addInitScript(() => document.addEventListener("account:signed-up", (event) => event.preventDefault()));
  await asked(page);
  await button(page, "Reject all").click();
  await settled(page);
  await open(page);
  const answers = necessary();
  await fill(page, answers);
  const sent = writes(page);
  await submit(page);
  await until(async () => (await record(page, answers.email))?.length === 0, "the account's record");
  assert.deepEqual(sent.map(({ allow, source }) => [allow, source]), [[[], "signup"]]);

  const device = await browser.newContext({ baseURL: store.url });
  const second = await device.newPage();
  await signIn(second, answers.email, answers.password);
  await unasked(second);
  assert.deepEqual((await kept(second)).granted, []);
  await device.close();
});

journey("a guest's decision goes to a new account although the page goes on at once", async ({ page }) => {
  await asked(page);
  await button(page, "Reject all").click();
  await settled(page);
  await open(page);
  const answers = necessary();
  await fill(page, answers);
  await submit(page);
  await arrived(page);
  await until(async () => (await record(page, answers.email))?.length === 0, "the account's record");
});

journey("the stricter of a guest's and an account's decision counts, and the shopper is told", async ({ page, browser, store }) => {
  const email = freshEmail();
  await openAccount(page, email);
  await asked(page);
  await button(page, "Settings").click();
  await toggle(page, "Functional").check();
  await dialog(page).getByRole("button", { name: "Save my choices" }).click();
  await until(async () => (await record(page, email))?.join() === "functional", "the account's record");

  const device = await browser.newContext({ baseURL: store.url });
  const log = await withGates(device);
  const second = await device.newPage();
  await asked(second);
  await button(second, "Settings").click();
  await toggle(second, "Functional").check();
  await toggle(second, "Analytics").check();
  await dialog(second).getByRole("button", { name: "Save my choices" }).click();
  await settled(second);
  await second.waitForFunction(() => window.ran?.length === 4);
  log.length = 0;
  const sent = writes(second);
  await signIn(second, email);
  await second.goto("/");
  await banner(second).getByText("The stricter of the two").waitFor();
  await assertAccessible(second, "two decisions made one");
  assert.ok(!log.includes("analytics.js"), "not even once");
  await settled(second);
  assert.deepEqual((await kept(second)).granted, ["functional"]);
  assert.deepEqual(sent.map(({ source }) => source), ["merge"]);
  assert.deepEqual(await record(second, email), ["functional"]);
  await button(second, "Close").click();
  await unasked(second);
  await device.close();
});

journey("a grant of a guest goes to a new account, and nothing of an account stays behind", async ({ page, context }) => {
  const email = freshEmail();
  await openAccount(page, email);
  await asked(page);
  await button(page, "Accept all").click();
  await settled(page);
  assert.equal((await record(page, email)).length, 3);
  assert.equal(await cookie(context), undefined);
  await page.getByRole("button", { name: "Sign out" }).first().click();
  await page.waitForURL((url) => url.pathname === "/" || url.pathname === "/login.php");
  await button(page, "Accept all").waitFor();
  assert.equal(await kept(page), null);
  // The guest decides for themselves, and that stays theirs.
  await button(page, "Reject all").click();
  await settled(page);
  await signIn(page, email);
  await page.goto("/");
  await banner(page).getByText("The stricter of the two").waitFor();
  assert.deepEqual((await kept(page)).granted, []);
});

journey("a page that was opened as a guest records nothing for the customer who signed in elsewhere, and asks them", async ({ page, context }) => {
  const email = freshEmail();
  await openAccount(page, email);
  await context.clearCookies();
  await asked(page);
  const sent = writes(page);
  await signIn(await context.newPage(), email);
  await button(page, "Accept all").click();
  await banner(page).getByText("You have signed in meanwhile").waitFor();
  await assertAccessible(page, "the customer is asked");
  assert.deepEqual([sent, await kept(page), await record(page, email), await cookie(context)], [[], null, undefined, undefined]);
  await page.keyboard.press("Escape");
  assert.ok(await button(page, "Close").isHidden(), "it waits for an answer");
  await button(page, "Reject all").click();
  await banner(page).waitFor({ state: "hidden" });
  await settled(page);
  assert.deepEqual(await record(page, email), []);
  assert.deepEqual(sent.map(({ allow, source }) => [allow, source]), [[[], "banner"]]);
  assert.equal((await kept(page)).of, "customer");
});

journey("a page that was opened as a customer's asks the guest who is there now", async ({ page, context }) => {
  const email = freshEmail();
  await openAccount(page, email);
  await asked(page);
  await (await context.newPage()).request.get("/login.php?action=logout");
  await context.clearCookies();
  await button(page, "Accept all").click();
  await button(page, "Accept all").waitFor();
  assert.ok(await banner(page).getByText("You have signed in meanwhile").isHidden());
  await until(async () => (await kept(page)) === null, "the decision to be dropped");
  await button(page, "Accept all").click();
  await settled(page);
  assert.equal((await cookie(context)).length, 3);
  assert.equal(await record(page, email), undefined);
});

journey("a decision waits while the store cannot say who is there", { allow: [/503/] }, async ({ page, context }) => {
  await asked(page);
  const sent = writes(page);
  await context.route("**/graphql", (route) => route.fulfill({ status: 503 }));
  await button(page, "Accept all").click();
  await banner(page).getByText("could not be sent").waitFor();
  assert.deepEqual(sent, []);
  await context.unroute("**/graphql");
  await button(page, "Try again").click();
  await settled(page);
  assert.equal((await cookie(context)).length, 3);
});

journey("a decision that does not reach the account before the sign-out is said not to count", { allow: [/503/] }, async ({ page, context }) => {
  const email = freshEmail();
  await openAccount(page, email);
  await context.route("**/api/storefront/consent", (route) => route.fulfill({ status: 503 }));
  await asked(page);
  await button(page, "Accept all").click();
  await banner(page).getByText("could not be sent").waitFor();
  await context.clearCookies();
  await page.reload();
  await banner(page).getByText("could not take your choice").waitFor();
  assert.equal(await kept(page), null);
});

journey("Global Privacy Control is honoured and said, and a later grant stands", async ({ page, context }) => {
  const log = await withGates(context);
  await context.addInitScript(() => Object.defineProperty(navigator, "globalPrivacyControl", { value: true }));
  const sent = writes(page);
  await page.goto("/");
  await banner(page).getByText("Global Privacy Control").waitFor();
  assert.ok(await button(page, "Accept all").isHidden(), "who said no is not asked");
  await assertAccessible(page, "Global Privacy Control");
  await settled(page);
  assert.deepEqual(sent.map(({ allow, source }) => [allow, source]), [[[], "gpc"]]);
  await unasked(page);
  await page.getByRole("button", { name: "Cookie settings" }).click();
  await dialog(page).getByText("We respect it").waitFor();
  await toggle(page, "Analytics").check();
  await dialog(page).getByRole("button", { name: "Save my choices" }).click();
  await settled(page);
  await unasked(page);
  await page.waitForFunction(() => window.ran?.includes("analytics.js"));
  assert.ok(!log.includes("targeting.js"));
});

/** From the next page on the browser sends Global Privacy Control. */
const withControl = (context) =>
  context.addInitScript(() => Object.defineProperty(navigator, "globalPrivacyControl", { value: true }));

journey("Global Privacy Control that comes after a grant takes it back before anything runs, and says so", async ({ page, context }) => {
  const log = await withGates(context);
  await asked(page);
  await button(page, "Accept all").click();
  await settled(page);
  await page.waitForFunction(() => window.ran?.length === 6);
  log.length = 0;
  await withControl(context);
  await page.reload();
  await banner(page).getByText("Global Privacy Control").waitFor();
  await settled(page);
  assert.deepEqual((await kept(page)).granted, ["functional"], "it is about being tracked");
  await until(() => log.length === 3, "what is left");
  await page.waitForFunction(() => window.ran?.length === 2);
  assert.deepEqual(sorted(log), ["essential.js", "frame.html", "functional.js"]);
});

journey("Global Privacy Control goes before what an account granted without it", async ({ page, browser, store }) => {
  const email = freshEmail();
  await openAccount(page, email);
  await asked(page);
  await button(page, "Accept all").click();
  await until(async () => (await record(page, email))?.length === 3, "the account's record");

  const device = await browser.newContext({ baseURL: store.url });
  const log = await withGates(device);
  const second = await device.newPage();
  await signIn(second, email);
  await withControl(device);
  log.length = 0;
  await second.goto("/");
  await banner(second).getByText("Global Privacy Control").waitFor();
  await settled(second);
  await until(() => log.length === 3, "what is left");
  await second.waitForFunction(() => window.ran?.length === 2);
  assert.deepEqual(sorted(log), ["essential.js", "frame.html", "functional.js"]);
  assert.deepEqual(await record(second, email), ["functional"]);
  await device.close();
});

journey("a guest's grant that is not sent yet is not sent as an account's", { allow: [/503/] }, async ({ page, browser, store }) => {
  const email = freshEmail();
  await openAccount(page, email);
  await asked(page);
  await button(page, "Reject all").click();
  await until(async () => (await record(page, email))?.length === 0, "the account's record");

  for (const hasEvents of [true, false]) {
    const device = await browser.newContext({ baseURL: store.url });
    const log = await withGates(device, (html) => (hasEvents ? html : html.replace(/<script[^>]*bodl\.js[^>]*><\/script>/, "")));
    const second = await device.newPage();
    let isBroken = true;
    await device.route("**/api/storefront/consent", (route) => (isBroken ? route.fulfill({ status: 503 }) : route.continue()));
    await asked(second);
    await button(second, "Accept all").click();
    await banner(second).getByText("could not be sent").waitFor();
    isBroken = false;
    const sent = writes(second);
    await signIn(second, email);
    log.length = 0;
    await second.goto("/");
    if (hasEvents) {
      await banner(second).getByText("The stricter of the two").waitFor();
      await settled(second);
    } else {
      await button(second, "Accept all").waitFor();
      assert.equal(await kept(second), null, "the customer is asked");
    }
    await second.waitForLoadState("networkidle");
    assert.ok(sent.every(({ allow }) => !allow.length), "nothing is granted for the account");
    assert.deepEqual(await record(second, email), []);
    assert.deepEqual(sorted(log), ["essential.js"]);
    await device.close();
  }
});

journey("what was taken back on another page does not come back by the browser's history", { allow: [/404/] }, async ({ page, context }) => {
  const log = await withGates(context);
  await asked(page);
  await button(page, "Accept all").click();
  await settled(page);
  await page.reload();
  await page.waitForFunction(() => window.ran?.length === 6);
  await page.goto("/privacy");
  await page.getByRole("button", { name: "Reject all cookies" }).click();
  await settled(page);
  log.length = 0;
  await page.goBack();
  await page.waitForFunction(() => window.ran?.includes("essential.js"));
  assert.equal(await page.evaluate(() => window.StorefrontAccount.consent.has("functional")), false);
  // A navigation of a frame would be under way by now.
  await page.evaluate(() => new Promise((resolve) => setTimeout(resolve, 100)));
  assert.ok(!log.includes("frame.html"));
});

journey("what was taken back on a page leaves nothing to go back to", { allow: [/404/] }, async ({ page, context }) => {
  const log = await withGates(context);
  await asked(page, "/privacy");
  await page.goto("/");
  await button(page, "Accept all").click();
  await until(() => log.includes("frame.html"), "the frame");
  await page.getByRole("button", { name: "Reject all cookies" }).click();
  await settled(page);
  log.length = 0;
  await page.goBack();
  assert.equal(new URL(page.url()).pathname, "/privacy");
  assert.ok(!log.includes("frame.html"));
});

journey("a refusal takes back a grant that is still on its way", { skip: { webkit: "it lets a request with keepalive go on that the page has taken back" } }, async ({ page, context }) => {
  await context.route("**/api/storefront/consent", async (route) => {
    // A grant is never answered.
    if (!route.request().postDataJSON().allow.length) await route.continue();
  });
  await asked(page);
  const given = page.waitForEvent("requestfailed");
  await button(page, "Accept all").click();
  await page.getByRole("button", { name: "Reject all cookies" }).click();
  await given;
  await settled(page);
  assert.deepEqual((await kept(page)).granted, []);
  assert.deepEqual(await cookie(context), []);
});

journey("a banner that comes late does not cover what has the focus", { skip: { oldest: "without :has() it stands in the flow and covers nothing" } }, async ({ page, context }) => {
  let ask;
  await context.route("**/graphql", (route) => {
    if (!route.request().postData().includes("privacyPolicyUrl")) return route.continue();
    ask = () => route.continue();
  });
  await page.goto("/");
  const focused = page.getByRole("button", { name: "Cookie settings" });
  await focused.focus();
  await until(() => ask, "the question to be asked for");
  await ask();
  await button(page, "Accept all").waitFor();
  await page.waitForFunction(() => {
    const { bottom } = document.activeElement.getBoundingClientRect();
    return bottom <= document.querySelector("[data-consent-banner]").getBoundingClientRect().top;
  });
  assert.ok(await focused.evaluate((node) => node === document.activeElement));
});

journey("a theme that shows every section does not show a banner that is over", async ({ page }) => {
  await asked(page);
  await button(page, "Reject all").click();
  await settled(page);
  await unasked(page);
  await page.evaluate(() => {
    const sheet = new CSSStyleSheet();
    sheet.replaceSync("section, p, button { display: block }");
    document.adoptedStyleSheets = [sheet];
  });
  assert.ok(await banner(page).isHidden());
});

journey("what the settings take back offers the page anew, also when it could not be sent at once", { allow: [/503/] }, async ({ page, context }) => {
  await withGates(context);
  await asked(page);
  await button(page, "Accept all").click();
  await page.waitForFunction(() => window.ran?.length === 6);
  let isBroken = true;
  await context.route("**/api/storefront/consent", (route) => (isBroken ? route.fulfill({ status: 503 }) : route.continue()));
  await page.getByRole("button", { name: "Cookie settings" }).click();
  await toggle(page, "Analytics").uncheck();
  await dialog(page).getByRole("button", { name: "Save my choices" }).click();
  await banner(page).getByText("could not be sent").waitFor();
  isBroken = false;
  await button(page, "Try again").click();
  await button(page, "Reload the page").click();
  await page.waitForFunction(() => window.ran?.length === 3);
});

journey("cookies go whichever way their category came to be denied", { allow: FOREIGN_COOKIE }, async ({ page, context, store }) => {
  await withMarkup(context, "", (html) => html.replace("<account-consent ", `<account-consent analytics-cookies="_ga" `));
  await context.addCookies([{ name: "_ga", value: "1", url: store.url }]);
  await asked(page);
  assert.ok((await context.cookies()).every(({ name }) => name !== "_ga"));
});

journey("only a question that means something else is asked again", async ({ page, context }) => {
  let attributes = "";
  await withMarkup(context, "", (html) => html.replace("<account-consent ", `<account-consent ${attributes} `).replace("Reject all", "Nothing, thanks"));
  await page.goto("/");
  await button(page, "Accept all").click();
  await settled(page);
  await unasked(page);
  attributes = `class="otherwise"`;
  await unasked(page);
  attributes = `text-id="2026-12"`;
  await asked(page);
  assert.equal(await page.evaluate(() => window.StorefrontAccount.consent.has("analytics")), false);
  attributes = `text-id="2026-12" categories="analytics"`;
  await button(page, "Accept all").click();
  await settled(page);
  await asked(page);
  await button(page, "Accept all").click();
  await settled(page);
  assert.deepEqual((await kept(page)).granted, ["analytics"], "what is not asked about is not granted");
  attributes = `text-id="2026-12" categories="analytics" policy-id="2"`;
  await asked(page);
});

journey("Google's tags are denied before they run and told of each decision", async ({ page, context }) => {
  const own = `<script type="text/plain" data-consent="analytics">window.told = window.dataLayer[window.dataLayer.length - 1][2].analytics_storage</script>`;
  await withMarkup(context, own, (html) => html.replace("<head>", (head) => `${head}<script nonce="${/nonce="([^"]+)"/.exec(html)[1]}" src="/embed/google-consent-mode.js"></script>`));
  const layer = () => page.evaluate(() => window.dataLayer.map((entry) => Array.from(/** @type {ArrayLike<any>} */ (entry))));
  await asked(page);
  const [first, ...updates] = await layer();
  assert.deepEqual(first.slice(0, 2), ["consent", "default"]);
  const { wait_for_update: wait, ...signals } = first[2];
  assert.ok(wait > 0);
  assert.deepEqual(Object.keys(signals).sort(), [
    "ad_personalization", "ad_storage", "ad_user_data", "analytics_storage",
    "functionality_storage", "personalization_storage", "security_storage",
  ]);
  assert.deepEqual(Object.entries(signals).filter(([, state]) => state === "granted"), [["security_storage", "granted"]]);
  assert.ok(updates.every(([, , state]) => state.analytics_storage === "denied"));
  await button(page, "Settings").click();
  await toggle(page, "Analytics").check();
  await dialog(page).getByRole("button", { name: "Save my choices" }).click();
  await settled(page);
  assert.equal(await page.evaluate(() => window.told), "granted", "before what waited runs");
  const last = (await layer()).at(-1);
  assert.equal(last[1], "update");
  assert.equal(last[2].analytics_storage, "granted");
  assert.equal(last[2].ad_storage, "denied");
  await unasked(page);
  assert.equal((await layer()).at(-1)[2].analytics_storage, "granted", "at the next visit");
  assert.equal(await page.evaluate(() => window.told), "granted", "before what waited runs");
});

journey("what is taken back loses its cookies, and the page is offered anew unless something is typed in it", { allow: FOREIGN_COOKIE }, async ({ page, context }) => {
  await withGates(context, (html) => html.replace("<account-consent ", `<account-consent analytics-cookies="_ga _ga_*" `));
  await asked(page);
  await button(page, "Accept all").click();
  await page.waitForFunction(() => window.ran?.length === 6);
  await page.evaluate(() => {
    for (const name of ["_ga", "_ga_123", "_gallery", "mine"]) document.cookie = `${name}=1;path=/`;
  });
  const names = async () => (await context.cookies()).map(({ name }) => name).filter((name) => name !== "SHOP_CONSENT").sort();
  await page.getByRole("textbox").first().fill("typed");
  await page.getByRole("button", { name: "Reject all cookies" }).click();
  await banner(page).getByText("until you leave it").waitFor();
  await assertAccessible(page, "something runs until the page is left");
  assert.ok(await button(page, "Reload the page").isHidden(), "never over a dirty form");
  assert.deepEqual(await names(), ["_gallery", "mine"]);
  await button(page, "Close").click();

  await settled(page);
  await page.reload();
  await page.getByRole("button", { name: "Cookie settings" }).click();
  await dialog(page).getByRole("button", { name: "Accept all" }).click();
  await page.waitForFunction(() => window.ran?.length === 6);
  await page.getByRole("button", { name: "Reject all cookies" }).click();
  await button(page, "Reload the page").waitFor();
  await assertAccessible(page, "a reload is offered");
  // Typed since: what was offered is no longer.
  const field = page.getByRole("textbox").first();
  await field.fill("typed");
  await button(page, "Reload the page").click();
  assert.equal(await field.inputValue(), "typed");
  await field.fill("");
  await settled(page);
});

for (const [what, markup, type] of /** @type {any[][]} */ ([
  ["a list of several", "<select multiple id='own'><option selected>1<option>2</select>", (page) => page.locator("#own").selectOption(["1", "2"])],
  ["text that is edited in place", "<div contenteditable id='own'></div>", (page) => page.locator("#own").fill("typed")],
])) {
  journey(`a reload is not offered over ${what}`, async ({ page, context }) => {
    await withMarkup(context, `${INLINE}${markup}`);
    await asked(page);
    await button(page, "Accept all").click();
    await page.waitForFunction(() => window.isRun);
    await page.getByRole("button", { name: "Reject all cookies" }).click();
    await button(page, "Reload the page").waitFor();
    await settled(page);
    await type(page);
    await button(page, "Reload the page").click();
    await banner(page).getByText("until you leave it").waitFor();
  });
}

journey("another banner of the store is believed", async ({ page, context }) => {
  await withMarkup(context, "", (html) =>
    html.replace(/<script[^>]*bodl\.js[^>]*><\/script>/, `<script nonce="${/nonce="([^"]+)"/.exec(html)[1]}">
      window.bodlEvents = { consent: { loaded() {}, updated(callback) { window.decide = callback; } } };
    </script>`));
  const sent = writes(page);
  await asked(page);
  await page.evaluate(() => window.decide({ event_id: "1", advertising: false, analytics: true, functional: "yes" }));
  await banner(page).waitFor({ state: "hidden" });
  assert.deepEqual((await kept(page)).granted, ["analytics"]);
  assert.deepEqual(sent, [], "the store has it from its own");
  await page.evaluate(() => window.decide(null));
  assert.deepEqual((await kept(page)).granted, [], "what cannot be read grants nothing");
});

journey("scripts run in the page's order, whatever takes its time or fails", { allow: [/404/, /could not load/] }, async ({ page, context }) => {
  const gate = (attributes, text = "") => `<script type="text/plain" data-consent="analytics" ${attributes}>${text}</script>`;
  await context.route("**/_ordered/*", async (route) => {
    const name = new URL(route.request().url()).pathname.split("/").pop();
    if (name === "slow") await new Promise((resolve) => setTimeout(resolve, 400));
    if (name === "lost") return route.fulfill({ status: 404 });
    return route.fulfill({ contentType: "text/javascript", body: `(window.ran ??= []).push("${name}")` });
  });
  const own = (name) => gate("", `(window.ran ??= []).push("${name}")`);
  await withMarkup(context, [
    own("first"), gate(`src="/_ordered/slow"`), own("behind slow"), gate(`src="/_ordered/quick"`),
    gate(`src="/_ordered/lost"`), own("behind lost"), gate(`src="/_ordered/never" nomodule`), gate(`src="/_ordered/never" data-type="text/template"`), gate(`src="/_ordered/async" async`), own("last"),
  ].join(""));
  await asked(page);
  await button(page, "Accept all").click();
  await page.waitForFunction(() => window.ran?.includes("last"));
  const ran = await page.evaluate(() => window.ran);
  assert.ok(ran.indexOf("async") < ran.indexOf("slow"), "what is async waits for nothing");
  assert.deepEqual(ran.filter((name) => name !== "async"), ["first", "slow", "behind slow", "quick", "behind lost", "last"]);
});

journey("what is taken back while it waits for its turn does not run", async ({ page, context }) => {
  let answer;
  await context.route("**/_ordered/*", (route) => {
    answer = () => route.fulfill({ contentType: "text/javascript", body: "window.ran = ['slow']" });
  });
  const gate = (attributes, text = "") => `<script type="text/plain" data-consent="analytics" ${attributes}>${text}</script>`;
  await withMarkup(context, gate(`src="/_ordered/slow"`) + gate("", "(window.ran ??= []).push('behind')"));
  await asked(page);
  await button(page, "Accept all").click();
  await until(() => answer, "the script to be asked for");
  await page.getByRole("button", { name: "Reject all cookies" }).click();
  await page.waitForFunction(() => !window.StorefrontAccount.consent.has("analytics"));
  await answer();
  await page.waitForFunction(() => window.ran);
  await page.evaluate(() => new Promise((resolve) => setTimeout(resolve)));
  assert.deepEqual(await page.evaluate(() => window.ran), ["slow"]);
});

journey("gates that come into the page later are obeyed too", async ({ page, context }) => {
  const log = await withGates(context);
  await asked(page);
  await button(page, "Accept all").click();
  await page.waitForFunction(() => window.ran?.length === 6);
  const add = () =>
    page.evaluate(() => {
      const script = document.createElement("script");
      Object.assign(script, { type: "text/plain", src: "/_gated/late.js" });
      script.nonce = document.querySelector("script[nonce]").nonce;
      script.dataset.consent = "analytics";
      document.body.append(script);
    });
  await add();
  await page.waitForFunction(() => window.ran.includes("late.js"));
  await page.getByRole("button", { name: "Reject all cookies" }).click();
  await page.waitForFunction(() => !window.StorefrontAccount.consent.has("analytics"));
  log.length = 0;
  await add();
  await settled(page);
  assert.deepEqual(log, []);
});

journey("what somebody else wrote into the browser's storage grants nothing and breaks nothing", async ({ page, context }) => {
  const log = await withGates(context);
  for (const kept of ["", "{", "null", "[]", "7", `{"granted":"analytics"}`, `{"granted":["analytics"],"at":1}`, `{"granted":["analytics"],"at":"now","revision":"x"}`, `{"granted":[{}],"at":1e999,"revision":{}}`]) {
    await context.addInitScript((kept) => localStorage.setItem("account-consent", kept), kept);
    await asked(page);
    assert.deepEqual(sorted(log), ["essential.js"], kept);
  }
});

journey("a configuration that cannot be used is named, and grants nothing", { allow: [/account-consent/] }, async ({ page, context }) => {
  let attribute = "";
  const log = await withGates(context, (html) => html.replace("<account-consent ", `<account-consent ${attribute} `));
  await page.addInitScript(() => document.addEventListener("account:error", ({ detail }) => { window.wrong = detail; }));
  for (attribute of [`numbers="1 2 3"`, `numbers="functional=1 analytics=1 targeting=2"`, `days="30"`, `days="soon"`, `categories="analytics spying"`, `endpoint="http://"`, `endpoint="https://elsewhere.example/"`]) {
    await page.goto("/");
    await page.waitForFunction(() => window.wrong);
    assert.equal(await page.evaluate(() => window.wrong.code), "config", attribute);
    assert.ok(await banner(page).isHidden());
    assert.deepEqual(sorted(log), [], "nothing runs, not even what is essential: its mark is not read");
  }
});

/** The answer of the store, by what `account:error` says of it. */
const ANSWERS = {
  "config: the store refuses the token: set `token` to a storefront token of this store and channel that has not run out": { status: 401, json: {} },
  "forbidden: status 403": { status: 403, body: "no" },
  "throttled: status 429": { status: 429, json: {} },
  "unexpected: status 502": { status: 502, body: "<h1>Bad gateway</h1>" },
  "refused: No.": { json: { data: null, errors: [{ message: "No." }] } },
};

journey("a token that the store does not take is told as a fault of the page, any other failure by its own code", { allow: [/account-consent/, /40[13]|429|502|ERR_FAILED|Failed to fetch|NetworkError|Load failed/] }, async ({ page, context }) => {
  const told = () => page.waitForFunction(() => window.wrong).then((wrong) => wrong.jsonValue());
  await page.addInitScript(() => document.addEventListener("account:error", ({ detail }) => { window.wrong = `${detail.code}: ${detail.message}`; }));
  await withMarkup(context, "", (html) => html.replace(/<account-consent([^>]*?) token="[^"]*"/, `<account-consent$1 token="nobody's"`));
  await page.goto("/");
  const [real] = Object.keys(ANSWERS);
  assert.equal(await told(), real, "by the store itself");
  let answer;
  await context.route("**/graphql", (route) =>
    route.request().postData().includes("query Privacy") ? (answer ? route.fulfill(answer) : route.abort()) : route.fallback(),
  );
  for (const [words, next] of Object.entries(ANSWERS)) {
    answer = next;
    await page.reload();
    assert.equal(await told(), words);
  }
  answer = { body: "<h1>Who are you?</h1>" };
  await page.reload();
  assert.match(await told(), /^unreadable: /);
  answer = undefined;
  await page.reload();
  assert.match(await told(), /^offline: /);
});

journey("a decision whose page has a token that the store does not take waits for the next page", { allow: [/account-consent/, /401/] }, async ({ page, context }) => {
  await asked(page);
  await context.route("**/graphql", (route) => route.fulfill({ status: 401, json: {} }));
  const sent = writes(page);
  const told = page.waitForEvent("console", (message) => /the store refuses the token/.test(message.text()));
  await button(page, "Reject all").click();
  await told;
  assert.deepEqual(sent, []);
  await context.unroute("**/graphql");
  await page.reload();
  await settled(page);
  assert.deepEqual(sent.map(({ allow }) => allow), [[]]);
});

journey("the numbers of the store are a setting", async ({ page, context }) => {
  await withMarkup(context, "", (html) => html.replace("<account-consent ", `<account-consent numbers="functional=1 analytics=2 targeting=3" `));
  const sent = writes(page);
  await asked(page);
  await button(page, "Settings").click();
  await toggle(page, "Functional").check();
  await dialog(page).getByRole("button", { name: "Save my choices" }).click();
  await settled(page);
  assert.deepEqual(sent.map(({ allow, deny }) => [allow, deny]), [[[1], [2, 3]]]);
});

journey("the policy's link is the store's, in the settings too, and no script", { allow: [/Invalid URL/, /cannot be parsed as a URL/] }, async ({ page, context }) => {
  let url = "https://shop.example/privacy";
  const answer = () => ({ data: { site: { settings: { privacy: { cookieConsentEnabled: true, privacyPolicyUrl: url } } } } });
  await context.route("**/graphql", (route) =>
    route.request().postData().includes("query Privacy") ? route.fulfill({ json: answer() }) : route.fallback(),
  );
  await asked(page);
  assert.equal(await banner(page).getByRole("link").getAttribute("href"), url);
  await button(page, "Reject all").click();
  await settled(page);
  await unasked(page);
  await page.getByRole("button", { name: "Cookie settings" }).click();
  assert.equal(await dialog(page).getByRole("link").getAttribute("href"), url);
  await page.evaluate(() => localStorage.clear());
  await context.clearCookies();
  for (url of ["javascript:alert(1)", "http://", null]) {
    await asked(page);
    assert.equal(await banner(page).getByRole("link").count(), 0, String(url));
  }
});

journey("an element that is taken out and put back asks nothing anew", async ({ page }) => {
  await asked(page);
  await button(page, "Accept all").click();
  await settled(page);
  const granted = await page.evaluate(async () => {
    const node = document.querySelector("account-consent");
    const place = node.parentNode;
    node.remove();
    await new Promise((resolve) => setTimeout(resolve));
    place.prepend(node);
    await new Promise((resolve) => setTimeout(resolve));
    return window.StorefrontAccount.consent.has("analytics");
  });
  assert.ok(granted);
  assert.ok(await banner(page).isHidden());
});

journey("by keyboard alone: asked, settings, switches, kept", async ({ page, context }) => {
  await asked(page);
  const focus = () => page.evaluate(() => document.activeElement.textContent.trim() || document.activeElement.name);
  const tabTo = async (wanted) => {
    for (let step = 0; step < 60; step += 1) {
      await page.keyboard.press("Tab");
      if ((await focus()) === wanted) return;
    }
    assert.fail(`Tab does not lead to ${wanted}`);
  };
  await tabTo("Reject all");
  await tabTo("Settings");
  await page.keyboard.press("Enter");
  await dialog(page).waitFor();
  await tabTo("analytics");
  await page.keyboard.press("Space");
  await tabTo("Save my choices");
  await page.keyboard.press("Enter");
  await settled(page);
  assert.deepEqual(await cookie(context), ["analytics"]);
  await tabTo("Cookie settings");
  await page.keyboard.press("Enter");
  await dialog(page).waitFor();
  await page.keyboard.press("Escape");
  await dialog(page).waitFor({ state: "hidden" });
  assert.equal(await focus(), "Cookie settings", "the focus goes back to where it came from");
});

for (const [what, viewport] of Object.entries({
  "a desktop": { width: 1000, height: 800 },
  "320 pixels": { width: 320, height: 568 },
  "400 per cent": { width: 320, height: 256 },
})) {
  journey(`what has the focus is never behind the question, at ${what}`, { viewport, allow: [/404/] }, async ({ page }) => {
    await asked(page, "/privacy");
    const [reject, accept] = await Promise.all(["Reject all", "Accept all"].map((name) => button(page, name).boundingBox()));
    assert.ok(reject.y === accept.y && reject.width === accept.width, "one is as easy to see as the other");
    const excess = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
    assert.ok(excess <= 0, `${excess} pixels too wide`);
    await picture(page, `consent-${viewport.width}x${viewport.height}`, { fullPage: false });
    const seen = new Set();
    for (let step = 0; step < 80; step += 1) {
      await page.keyboard.press("Tab");
      const found = await page.evaluate(async () => {
        // WebKit scrolls to a text field with the next frame.
        await new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)));
        const node = document.activeElement;
        if (node === document.body) return undefined;
        const { left, top, width, height } = node.getBoundingClientRect();
        // The whole of it may be larger than the window: some of it must be seen.
        const points = [0.1, 0.5, 0.9].map((part) => [left + width / 2, top + height * part]);
        const isSeen = points.some(([x, y]) => {
          const on = document.elementFromPoint(x, y);
          return on && (node.contains(on) || on.contains(node) || on.closest("label")?.control === node);
        });
        return { name: node.outerHTML.slice(0, 80), isSeen };
      });
      if (!found || seen.has(found.name)) break;
      seen.add(found.name);
      assert.ok(found.isSeen, `hidden: ${found.name}`);
    }
    assert.ok(seen.size > 10, `only ${seen.size} stops`);
  });
}

journey("the settings open where there is no WebAssembly as the question itself", { allow: [/404|integrity|account-consent/] }, async ({ page, context }) => {
  await context.route("**/embed/consent-*.wasm", (route) => route.fulfill({ status: 404, body: "" }));
  await asked(page);
  await button(page, "Reject all").click();
  await settled(page);
  await page.getByRole("button", { name: "Cookie settings" }).click();
  await button(page, "Accept all").waitFor();
  await assertAccessible(page, "the question in place of the settings");
  await button(page, "Close").click();
  await banner(page).waitFor({ state: "hidden" });
  assert.deepEqual((await kept(page)).granted, []);
  await page.getByRole("button", { name: "Cookie settings" }).click();
  await button(page, "Accept all").click();
  await settled(page);
  assert.equal((await cookie(context)).length, 3);
});

journey("settings that never come are given up, and the question itself is there", { allow: [/account-consent/] }, async ({ page, context }) => {
  await context.route("**/embed/consent-*.wasm", () => {});
  await page.addInitScript(() => {
    const { setTimeout } = window;
    Object.assign(window, { setTimeout: (run, time, ...rest) => setTimeout(run, time === 60_000 ? 1000 : time, ...rest) });
  });
  await asked(page);
  await button(page, "Reject all").click();
  await settled(page);
  await page.getByRole("button", { name: "Cookie settings" }).click();
  await button(page, "Accept all").waitFor();
});

journey("the settings without their style can be used", { allow: [/404/] }, async ({ page, context }) => {
  await context.route("**/embed/consent-settings-*.css", (route) => route.fulfill({ status: 404, body: "" }));
  await asked(page);
  await button(page, "Settings").click();
  await toggle(page, "Analytics").check();
  await dialog(page).getByRole("button", { name: "Save my choices" }).click();
  await settled(page);
  assert.deepEqual(await cookie(context), ["analytics"]);
});

journey("an element that goes leaves nothing behind, and <div data-account> is the same", async ({ page, context }) => {
  const log = await withGates(context, (html) => html.replaceAll("account-consent token", `div data-account="consent" token`).replace("</account-consent>", "</div>"));
  await asked(page);
  await button(page, "Accept all").click();
  await page.waitForFunction(() => window.ran?.length === 6);
  await page.evaluate(() => {
    const node = document.querySelector("[data-account=consent]");
    window.StorefrontAccount.unmount(node);
  });
  assert.equal(await page.evaluate(() => window.StorefrontAccount.consent.has("analytics")), false);
  assert.equal(await page.locator("iframe[data-consent]").getAttribute("src"), null, "what was granted is taken back");
  await page.getByRole("button", { name: "Cookie settings" }).click();
  assert.equal(await page.locator("dialog").count(), 0);
  assert.ok(log.length > 0);
});

journey("the settings name what of the page needs each category", async ({ page, context }) => {
  await withMarkup(
    context,
    `<script type="text/plain" data-consent="analytics" data-consent-name="Tea Counter" src="/none.js"></script>
     <iframe title="A video" data-consent="functional" data-src="https://videos.example/1"></iframe>
     <script type="text/plain" data-consent="targeting" src="https://[broken"></script>`,
  );
  await page.goto("/");
  await button(page, "Settings").click();
  await dialog(page).getByText("On this page: Tea Counter.").waitFor();
  await dialog(page).getByText("On this page: videos.example.").waitFor();
  assert.equal(await dialog(page).getByText("On this page").count(), 2, "and nothing where nothing is known");
});
