// When an element starts, and what it need not ask for because the page brought it along.

import { SIGN_UP, assert, freshEmail, suite } from "./support.mjs";
import { control, open, operationOf, taken, widget, withAnswer } from "./form.mjs";
import { OWN, element, named, openAccount } from "./account.mjs";

const journey = suite();

/** The operations that the page sends from now on. */
function operations(page) {
  const sent = [];
  page.on("request", (request) => {
    if (request.url().endsWith("/graphql")) sent.push(operationOf(request));
  });
  return sent;
}

const states = (page) => control(page, "state").locator("option").count();

journey("an answer in the page spares the query, and who is there is asked for", async ({ page }) => {
  const sent = operations(page);
  const asked = page.waitForRequest((request) => request.url().endsWith("/graphql"));
  await open(page);
  await asked;
  assert.deepEqual(sent, ["Session"]);
  assert.ok((await states(page)) > 50, "the states of the country are there");
});

journey("a page for a guest that a customer is given, as from a cache, says that they are signed in", async ({ page, browser, store }) => {
  const guest = await browser.newContext({ baseURL: store.url });
  const answer = await (await guest.request.get(SIGN_UP)).text();
  await guest.close();
  await openAccount(page, freshEmail());
  await page.route(/action=create_account/, async (route) => {
    // The token and the policy are those of this page.
    const response = await route.fetch();
    const html = await response.text();
    const script = /<script type="application\/json" data-account-answer[^]*?<\/script>/.exec(answer)[0];
    return route.fulfill({ response, body: html.replace("</main>", `${script}</main>`) });
  });
  const sent = operations(page);
  await page.goto(SIGN_UP);
  await widget(page).getByText("You are already signed in").waitFor();
  assert.ok(!sent.includes("SignUpForm"), sent.join());
});

const UNFIT = {
  "tells of a customer": (script) => script.replace('"customer":null', '"customer":{"entityId":1}'),
  "is for another country": (script) => script.replace("&quot;US&quot;", "&quot;DE&quot;").replace("&#34;US&#34;", "&#34;DE&#34;"),
  "has errors": (script) => script.replace('{"data"', '{"errors":[{"message":"No."}],"data"'),
  "lacks a part, as that of an older query may": (script) => script.replace('"geography":', '"place":'),
  "cannot be read": (script) => script.replace('{"data"', '{"data'),
};

for (const [what, change] of Object.entries(UNFIT)) {
  journey(`an answer in the page that ${what} is not used`, async ({ page }) => {
    const sent = operations(page);
    await withAnswer(page, (script) => {
      const changed = change(script);
      assert.notEqual(changed, script);
      return changed;
    });
    await open(page);
    assert.equal(sent[0], "SignUpForm");
  });
}

/** Puts `load` on the newsletter in the footer. */
const withLoad = (page, load) =>
  page.route(/\/(\?.*)?$/, async (route) => {
    if (route.request().resourceType() !== "document") return route.fallback();
    const response = await route.fetch();
    const preload = /<link rel="(modulepreload|preload)"[^>]*>/g;
    const html = (await response.text()).replace(preload, "").replace("<account-newsletter", `<account-newsletter load="${load}"`);
    return route.fulfill({ response, body: html });
  });

const fetchedOf = (page) => {
  const fetched = [];
  page.on("request", (request) => fetched.push(new URL(request.url()).pathname));
  return { wasm: () => fetched.filter((path) => path.endsWith(".wasm")).length };
};

journey("a newsletter that waits to be touched costs the page nothing before, and what is typed is taken over", async ({ page }) => {
  await withLoad(page, "interaction");
  const fetched = fetchedOf(page);
  await page.goto("/");
  await page.locator("account-newsletter").scrollIntoViewIfNeeded();
  await page.waitForLoadState("networkidle");
  assert.equal(fetched.wasm(), 0);
  await page.locator("#nl_email").pressSequentially("typed@example.com");
  const email = named(element(page, "newsletter"), "nl_email");
  await email.waitFor();
  await page.waitForFunction((name) => document.activeElement.name === name, "nl_email");
  assert.equal(await email.inputValue(), "typed@example.com");
  assert.equal(fetched.wasm(), 1);
});

for (const load of ["eager", "idle"]) {
  journey(`an element far below comes without being near with load="${load}"`, async ({ page }) => {
    await withLoad(page, load);
    await page.setViewportSize({ width: 390, height: 500 });
    await page.goto("/");
    await named(element(page, "newsletter"), "nl_email").waitFor({ state: "attached" });
  });
}

journey("a value of load that there is not is named", { allow: [/load must be one of/] }, async ({ page }) => {
  await withLoad(page, "someday");
  await page.goto("/");
  const told = page.waitForEvent("console", (message) => /load must be one of: visible, eager, idle, interaction/.test(message.text()));
  await page.locator("account-newsletter").scrollIntoViewIfNeeded();
  await told;
  assert.ok(await page.locator("#nl_email").isVisible(), "the fallback stays");
});

journey("the sign-in form has its answer in the page too", async ({ page }) => {
  const sent = operations(page);
  await page.goto("/login.php");
  await named(element(page, "sign-in"), OWN.email).waitFor();
  await page.waitForLoadState("networkidle");
  assert.deepEqual(sent, ["Session"], "once, to ask who is there");
});

for (const [what, blocked] of Object.entries({ "throws": "throw new TypeError('blocked')", "gives nothing": "return undefined" })) {
  journey(`where a page's fetch ${what} for the store, the element starts without a fallback and can be tried again`, async ({ page }) => {
    await page.addInitScript(`{
      const { fetch } = window;
      window.fetch = (resource, options) => {
        if (!window.isMended && String(resource.url ?? resource).includes("/graphql")) { ${blocked}; }
        return fetch(resource, options);
      };
    }`);
    await page.route(/action=create_account/, async (route) => {
      const response = await route.fetch();
      const html = (await response.text()).replace(/<script type="application\/json" data-account-answer[^]*?<\/script>/, "");
      return route.fulfill({ response, body: html.replace(/(<account-sign-up[^>]*>)[^]*(<\/account-sign-up>)/, "$1$2") });
    });
    await page.goto(SIGN_UP);
    const again = widget(page).getByRole("button", { name: "Try again" });
    await again.waitFor();
    await page.evaluate(() => Object.assign(window, { isMended: true }));
    await again.click();
    await taken(page);
  });
}

journey("where a page's fetch gives what can only be awaited, the element starts", async ({ page }) => {
  await page.addInitScript(() => {
    const { fetch } = window;
    window.fetch = (...all) => {
      const answer = fetch(...all);
      // A promise without the rest of what promises have.
      return Object.assign(answer, { catch: undefined, finally: undefined });
    };
  });
  await withAnswer(page);
  await page.goto(SIGN_UP);
  await taken(page);
});

journey("without an answer in the page the element asks the store", async ({ page }) => {
  const sent = operations(page);
  await withAnswer(page);
  await page.goto(SIGN_UP);
  await taken(page);
  assert.deepEqual(sent, ["SignUpForm"]);
});
