// Signing in and out, in one tab and in several, and a session that ends under the shopper.

import { assert, freshEmail, suite, until } from "./support.mjs";
import { PASSWORD, arrived, everything, intercept, open, fill, submit } from "./form.mjs";
import { DETAILS, OWN, answer, edit, editButton, editDetails, errorMessages, detail, element, enter, named, openAccount, openDetails, openSignIn, save, send, signIn } from "./account.mjs";

const journey = suite({ settings: { sign_in: { lockout_after: 3, lockout_seconds: 300 } } });

const center = (page) => element(page, "center");

journey("sign up, sign out, sign in, change every field of the profile, reload, see them", async ({ page }) => {
  await open(page);
  const answers = everything();
  await fill(page, answers);
  await submit(page);
  await arrived(page);

  await editDetails(page);
  for (const field of ["email", "firstName", "lastName", "company", "phone", "nickname", "cups", "birth", "heard", "pin"]) {
    assert.equal(await detail(page, field).inputValue(), answers[field], field);
  }
  await center(page).getByRole("button", { name: "Sign out" }).click();
  await named(center(page), OWN.email).waitFor();
  assert.ok(!(await center(page).innerText()).includes("Kettle & Söhne"), "nothing of the account stays");
  await enter(center(page), answers.email, answers.password);
  await edit(page);

  const changed = {
    ...{ email: freshEmail(), firstName: "Zoé", lastName: "Åkesson", company: "Çay A.Ş.", phone: "+90 212 000 00 00" },
    ...{ nickname: "Z.", kitchen: "Large.\nOne kettle.", cups: "0", birth: "1999-12-31", heard: "1", pin: "0815" },
  };
  for (const [field, value] of Object.entries(changed)) {
    const control = detail(page, field);
    if ((await control.evaluate((node) => node.localName)) === "select") await control.selectOption(value);
    else await control.fill(value);
  }
  await detail(page, "likes", "0").uncheck();
  await detail(page, "likes", "3").check();
  await detail(page, "language", "1").check();
  await save(page);
  assert.equal(await answer(page, "First name").innerText(), "Zoé");
  assert.equal(await detail(page, "firstName").count(), 0, "the form is put away");
  await editDetails(page);
  for (const [field, value] of Object.entries(changed)) {
    assert.equal(await detail(page, field).inputValue(), value, field);
  }
  assert.deepEqual(
    await Promise.all(["0", "1", "2", "3"].map((value) => detail(page, "likes", value).isChecked())),
    [false, false, true, true],
  );
  assert.ok(await detail(page, "language", "1").isChecked());

  await center(page).getByRole("button", { name: "Sign out" }).click();
  await named(center(page), OWN.email).waitFor();
  await enter(center(page), changed.email, answers.password);
  await editButton(page).waitFor();
});

journey("a change that is put away leaves what the store has", async ({ page }) => {
  await openAccount(page, freshEmail());
  await editDetails(page);
  await detail(page, "firstName").fill("Augusta");
  await center(page).getByRole("button", { name: "Cancel" }).click();
  assert.equal(await answer(page, "First name").innerText(), "Ada");
  assert.equal(await page.evaluate(() => document.activeElement.textContent), "Edit", "the focus is where the form was opened");
  assert.equal(await center(page).getByRole("textbox").count(), 0, "nothing asks to be filled in");
  const asked = [];
  page.on("dialog", (dialog) => {
    asked.push(dialog.type());
    return dialog.accept();
  });
  await edit(page);
  assert.equal(await detail(page, "firstName").inputValue(), "Ada");
  await page.reload();
  assert.deepEqual(asked, [], "nothing is unsaved");
});

journey("every optional answer can be taken away again", async ({ page }) => {
  await open(page);
  const answers = everything();
  await fill(page, answers);
  await submit(page);
  await arrived(page);
  await editDetails(page);
  const texts = ["company", "phone", "nickname", "kitchen", "cups", "pin"];
  for (const field of texts) await detail(page, field).fill("");
  await detail(page, "heard").selectOption("");
  for (const value of answers.likes) await detail(page, "likes", value).uncheck();
  await save(page);
  await editDetails(page);
  for (const field of [...texts, "heard"]) assert.equal(await detail(page, field).inputValue(), "", field);
  assert.equal(await center(page).locator("input[type=checkbox]:checked").count(), 0);
  assert.equal(await detail(page, "birth").inputValue(), answers.birth, "what must be answered stays");
});

for (const timezoneId of ["Pacific/Kiritimati", "Pacific/Pago_Pago"]) {
  journey(`a date stays the same day in ${timezoneId}`, { timezoneId }, async ({ page, browser, store }) => {
    const email = freshEmail();
    await openAccount(page, email);
    await editDetails(page);
    assert.equal(await detail(page, "birth").inputValue(), "1985-12-10");
    await detail(page, "birth").fill("2000-02-29");
    await save(page);
    await editDetails(page);
    assert.equal(await detail(page, "birth").inputValue(), "2000-02-29");
    const elsewhere = await browser.newContext({ baseURL: store.url, timezoneId: "UTC" });
    const other = await elsewhere.newPage();
    await signIn(other, email);
    await editDetails(other);
    assert.equal(await detail(other, "birth").inputValue(), "2000-02-29");
    await elsewhere.close();
  });
}

journey("the right pair signs in, says so and goes on to where the shopper wanted to be", async ({ page }) => {
  await page.addInitScript(() => document.addEventListener("account:signed-in", (event) => sessionStorage.setItem("heard", JSON.stringify(event.detail))));
  await openSignIn(page, "?redirect_to=/account.php?action=account_details");
  await enter(element(page, "sign-in"), "jun@example.com");
  await page.waitForURL((url) => url.pathname + url.search === DETAILS);
  assert.equal(await page.evaluate(() => sessionStorage.getItem("heard")), "{}", "with nothing personal");
});

for (const target of ["https://evil.example/", "//evil.example/", "/\\evil.example/", "javascript:alert(1)"]) {
  journey(`nobody is sent to ${target}`, async ({ page }) => {
    await openSignIn(page, `?redirect_to=${encodeURIComponent(target)}`);
    await enter(element(page, "sign-in"), "jun@example.com");
    await arrived(page);
  });
}

journey("an unknown address and a wrong password are told in the same words, and neither field is blamed", async ({ page }) => {
  const told = [];
  for (const email of ["amina@example.com", "nobody@example.com"]) {
    await openSignIn(page);
    await enter(element(page, "sign-in"), email, "Not-the-password-1");
    told.push(await errorMessages(element(page, "sign-in")));
    assert.equal(await element(page, "sign-in").locator("[aria-invalid]").count(), 0);
    assert.equal(await named(element(page, "sign-in"), OWN.email).inputValue(), email);
  }
  assert.deepEqual(told[0], told[1]);
  assert.deepEqual(told[0], ["The email address or the password is wrong"]);
});

journey("too many failures lock the address out for a time that is shown, known or not", async ({ page }) => {
  for (const email of ["locked@example.com", freshEmail()]) {
    await openSignIn(page);
    for (let attempt = 0; attempt < 3; attempt += 1) {
      await enter(element(page, "sign-in"), email, `Not-the-password-${attempt}`);
      await errorMessages(element(page, "sign-in"));
    }
    await enter(element(page, "sign-in"), email);
    const wait = element(page, "sign-in").getByText(/Too many attempts\. Wait [45] minutes/);
    await wait.waitFor();
  }
});

journey("signing in and out in one tab changes the other at once", async ({ page, context }) => {
  const email = freshEmail();
  await openAccount(page, email);
  const other = await context.newPage();
  await openDetails(page);
  await openDetails(other);
  await center(page).getByRole("button", { name: "Sign out" }).click();
  await named(center(other), OWN.email).waitFor();
  assert.equal(await editButton(other).count(), 0);
  await enter(center(other), email);
  await editButton(page).waitFor();
  await editButton(other).waitFor();
});

journey("one answer changed in two tabs is decided by the shopper, another is taken in", async ({ page, context }) => {
  await openAccount(page, freshEmail());
  const other = await context.newPage();
  await editDetails(page);
  await editDetails(other);
  await detail(other, "firstName").fill("Grace");
  await detail(other, "company").fill("Navy");
  await save(other);
  await detail(page, "firstName").fill("Augusta");
  await send(center(page)).click();
  await center(page).getByRole("heading", { name: "Changed somewhere else" }).waitFor();
  assert.ok(await page.evaluate(() => document.activeElement.matches("h2")), "the question has the focus");
  await center(page).getByRole("button", { name: "Keep mine: Augusta" }).click();
  await center(page).getByText("Your changes are saved.").waitFor();
  await editDetails(other);
  assert.equal(await detail(other, "firstName").inputValue(), "Augusta");
  assert.equal(await detail(other, "company").inputValue(), "Navy", "not lost");
});

journey("a session that ended on another device is taken up again in mid-edit, and nothing is lost", async ({ page, browser, store }) => {
  const email = freshEmail();
  await openAccount(page, email);
  await editDetails(page);
  await detail(page, "firstName").fill("Augusta");
  await detail(page, "cups").fill("7");
  const device = await browser.newContext({ baseURL: store.url });
  await signIn(await device.newPage(), email);
  await device.close();
  await send(center(page)).click();
  const again = center(page).getByRole("heading", { name: "You are no longer signed in" });
  await again.waitFor();
  assert.ok(await again.evaluate((node) => node === document.activeElement));
  assert.equal(await detail(page, "firstName").inputValue(), "Augusta");
  const notice = center(page).locator(".sfa-notice:visible");
  assert.equal(await named(notice, OWN.email).inputValue(), email);
  await named(notice, OWN.password).fill(PASSWORD);
  await send(notice).click();
  await center(page).getByText("Your changes are saved.").waitFor();
  await again.waitFor({ state: "detached" });
  await editDetails(page);
  assert.equal(await detail(page, "firstName").inputValue(), "Augusta");
  assert.equal(await detail(page, "cups").inputValue(), "7");
});

journey("a store that was away for a while is tried again and the session is still there", { allow: [/ERR_/] }, async ({ page, store }) => {
  await openAccount(page, freshEmail());
  await editDetails(page);
  await detail(page, "firstName").fill("Augusta");
  await store.kill();
  await send(center(page)).click();
  assert.match((await errorMessages(center(page)))[0], /offline/);
  assert.equal(await detail(page, "firstName").inputValue(), "Augusta");
  await store.start();
  await center(page).getByRole("button", { name: "Try again" }).click();
  await center(page).getByText("Your changes are saved.").waitFor();
});

journey("two clicks save once", async ({ page }) => {
  await openAccount(page, freshEmail());
  await editDetails(page);
  let requests = 0;
  await intercept(page, "UpdateCustomer", async (route) => {
    requests += 1;
    await new Promise((resolve) => setTimeout(resolve, 200));
    await route.fallback();
  });
  await detail(page, "firstName").fill("Augusta");
  await send(center(page)).dblclick();
  await center(page).getByText("Your changes are saved.").waitFor();
  assert.equal(requests, 1);
});

journey("the browser asks before a page with something unsaved is left, and only then", { skip: { firefox: "a reload by WebDriver BiDi asks nothing" } }, async ({ page }) => {
  await openAccount(page, freshEmail());
  await editDetails(page);
  const asked = [];
  page.on("dialog", (dialog) => {
    asked.push(dialog.type());
    return dialog.accept();
  });
  await page.reload();
  assert.deepEqual(asked, []);
  await edit(page);
  await detail(page, "firstName").fill("Augusta");
  await page.reload();
  assert.deepEqual(asked, ["beforeunload"]);
});

journey("the views of the center are deep links, move the focus and keep what was typed", async ({ page }) => {
  await openAccount(page, freshEmail());
  await openDetails(page, "#account/password");
  await named(center(page), OWN.current).waitFor();
  await center(page).getByRole("link", { name: "Your details" }).click();
  await edit(page);
  await detail(page, "firstName").fill("Augusta");
  assert.equal(new URL(page.url()).hash, "#account/profile");
  await center(page).getByRole("link", { name: "Change password" }).click();
  assert.equal(await page.evaluate(() => document.activeElement.textContent), "Change password");
  await page.goBack();
  await detail(page, "firstName").waitFor();
  assert.equal(await detail(page, "firstName").inputValue(), "Augusta");
});

/** The browser brings the page back as it was left. Playwright switches the cache of such pages off; this is what a page sees of it. */
const bringBack = (page) => page.evaluate(() => dispatchEvent(new PageTransitionEvent("pageshow", { persisted: true })));

journey("a page that is brought back shows nothing of a customer who has signed out meanwhile", async ({ page, context }) => {
  const email = freshEmail();
  await openAccount(page, email);
  await openDetails(page);
  await center(page).getByText(email).first().waitFor();
  await context.clearCookies();
  let release;
  const held = new Promise((resolve) => (release = resolve));
  await page.route("**/graphql", async (route) => {
    await held;
    await route.fallback();
  });
  await bringBack(page);
  assert.equal(await page.getByText(email).filter({ visible: true }).count(), 0, "before the store was asked");
  release();
  await named(center(page), OWN.password).waitFor();
  assert.equal(await page.locator("account-center .sfa[slot]").count(), 1);
  assert.ok(!(await page.locator("account-center").innerText()).includes(email));
});

journey("a page that is brought back keeps what the customer was typing", async ({ page }) => {
  await openAccount(page, freshEmail());
  await openDetails(page);
  await edit(page);
  await detail(page, "firstName").fill("Augusta");
  await bringBack(page);
  await detail(page, "firstName").waitFor();
  assert.equal(await detail(page, "firstName").inputValue(), "Augusta");
});

journey("three elements on a page share one session and have ids of their own", async ({ page }) => {
  await openSignIn(page);
  await page.evaluate(() => {
    const first = document.querySelector("account-sign-in");
    for (const kind of ["profile", "password", "sign-in"]) {
      const element = document.createElement(`account-${kind}`);
      element.setAttribute("token", first.getAttribute("token"));
      document.querySelector("main").append(element);
    }
  });
  await element(page, "profile").getByText("Sign in to see and change your details.").waitFor();
  await page.evaluate(() => document.addEventListener("account:signed-in", (event) => event.preventDefault()));
  await enter(element(page, "sign-in").first(), "jun@example.com");
  await editButton(page, "profile").click();
  await named(element(page, "profile"), OWN.firstName).waitFor();
  await named(element(page, "password"), OWN.current).waitFor();
  await element(page, "sign-in").nth(1).getByText("You are signed in").waitFor();
  const ids = await page.evaluate(() => Array.from(document.querySelectorAll(".sfa [id]"), (node) => node.id));
  assert.equal(new Set(ids).size, ids.length);
});

journey("an answer from before a sign-out shows nothing of the customer", async ({ page, context }) => {
  await openAccount(page, freshEmail());
  const other = await context.newPage();
  await openDetails(other);
  let release;
  const held = new Promise((resolve) => (release = resolve));
  let isFirst = true;
  await page.route("**/graphql", async (route) => {
    const response = await route.fetch();
    if (isFirst) {
      isFirst = false;
      await held;
    }
    await route.fulfill({ response });
  });
  await page.goto(DETAILS);
  await page.waitForFunction(() => document.querySelector("account-center .sfa"));
  await center(other).getByRole("button", { name: "Sign out" }).click();
  await named(center(other), OWN.email).waitFor();
  release();
  await named(center(page), OWN.email).waitFor();
  assert.equal(await editButton(page).count(), 0);
});

journey("the theme's form of a customer who signed out does not come back", { allow: [/401/, /refuses the token/] }, async ({ page }) => {
  const email = freshEmail();
  await openAccount(page, email);
  await openDetails(page);
  await center(page).getByRole("button", { name: "Sign out" }).click();
  await named(center(page), OWN.email).waitFor();
  await intercept(page, "Login", (route) => route.fulfill({ status: 401, body: "{}" }));
  await enter(center(page), email);
  await center(page).getByRole("button", { name: "Use the store’s simple form" }).click();
  await page.waitForURL((url) => url.pathname === "/login.php");
  assert.ok(!(await page.locator("main").innerText()).includes(email), "the page is made anew");
});

journey("an old page brings no old answers back", async ({ page, context }) => {
  await openAccount(page, freshEmail());
  let release;
  const held = new Promise((resolve) => (release = resolve));
  await page.route("**/embed/*.wasm", async (route) => {
    await held;
    await route.fallback();
  });
  await page.goto(DETAILS);
  await page.locator("[name=account_lastname]").fill("Lovelace");
  const other = await context.newPage();
  await editDetails(other);
  await detail(other, "firstName").fill("Augusta");
  await save(other);
  await page.unroute("**/graphql");
  release();
  await center(page).locator("nav").waitFor();
  assert.equal(await detail(page, "lastName").inputValue(), "Lovelace", "what was typed");
  await save(page);
  await editDetails(other);
  assert.equal(await detail(other, "firstName").inputValue(), "Augusta");
  assert.equal(await detail(other, "lastName").inputValue(), "Lovelace");
});

journey("a page fetches the build that has its elements, and no other", async ({ page }) => {
  const fetched = [];
  page.on("request", (request) => {
    const name = /\/embed\/([a-z-]+)-\w+\.(?:js|wasm)$/.exec(new URL(request.url()).pathname)?.[1];
    if (name) fetched.push(name);
  });
  for (const [path, bundle, ready] of [
    ["/login.php?action=create_account", "sign-up", "account-sign-up .sfa form"],
    ["/login.php", "sign-in", "account-sign-in .sfa form"],
    ["/login.php?action=reset_password", "sign-in", "account-password .sfa form"],
  ]) {
    fetched.length = 0;
    await page.goto(path);
    await page.locator(ready).waitFor();
    assert.deepEqual(new Set(fetched), new Set(["widgets", bundle]), path);
  }
  await signIn(page, "jun@example.com");
  fetched.length = 0;
  await openDetails(page);
  assert.deepEqual(new Set(fetched), new Set(["widgets", "account"]));
  // A theme has it in the footer of every page, where it uses the bundle that the page already has.
  await page.evaluate(() => {
    const newsletter = document.createElement("account-newsletter");
    for (const { name, value } of document.querySelector("account-center").attributes) newsletter.setAttribute(name, value);
    document.body.append(newsletter);
    newsletter.scrollIntoView();
  });
  await page.locator("account-newsletter button").first().waitFor();
  assert.deepEqual(new Set(fetched), new Set(["widgets", "account"]));
});

journey("without JavaScript the theme's forms sign in, change the profile and sign out", { javaScriptEnabled: false, allow: [/422/] }, async ({ page }) => {
  const email = freshEmail();
  await openAccount(page, email);
  await page.goto(DETAILS);
  await page.getByLabel("First name").fill("Augusta");
  await page.getByLabel("Cups of tea a day").fill("41");
  await page.getByRole("button", { name: "Save changes" }).click();
  await page.getByRole("heading", { name: "There is a problem" }).waitFor();
  assert.equal(await page.getByLabel("First name").inputValue(), "Augusta");
  await page.getByLabel("Cups of tea a day").fill("4");
  await page.getByRole("button", { name: "Save changes" }).click();
  await page.getByText("Your changes are saved.").waitFor();
  assert.equal(await page.getByLabel("First name").inputValue(), "Augusta");
  await page.getByRole("navigation", { name: "Account" }).getByRole("button", { name: "Sign out" }).click();
  await page.goto("/login.php");
  await page.locator("#login_email").fill(email);
  await page.locator("#login_pass").fill("Not-the-password-1");
  await page.locator("main").getByRole("button", { name: "Sign in" }).click();
  await page.getByRole("heading", { name: "There is a problem" }).waitFor();
  assert.equal(await page.locator("#login_email").inputValue(), email);
  await page.locator("#login_pass").fill(PASSWORD);
  await page.locator("main").getByRole("button", { name: "Sign in" }).click();
  await arrived(page);
});

journey("what is typed into the theme's forms before the script comes stands in the widget", async ({ page }) => {
  let release;
  const held = new Promise((resolve) => (release = resolve));
  await page.route("**/embed/*.wasm", async (route) => {
    await held;
    await route.fallback();
  });
  await page.goto("/login.php");
  await page.locator("#login_email").fill("jun@example.com");
  await page.locator("#login_pass").fill(PASSWORD);
  release();
  await named(element(page, "sign-in"), OWN.email).waitFor();
  assert.equal(await named(element(page, "sign-in"), OWN.email).inputValue(), "jun@example.com");
  assert.equal(await named(element(page, "sign-in"), OWN.password).inputValue(), PASSWORD);
  await send(element(page, "sign-in")).click();
  await arrived(page);
});

const NOT_STORED = "it gives back nothing of a page that says `no-store`, as the demo's do";

journey("what a guest typed is there when they come back to the page, but not the password", { skip: { firefox: NOT_STORED } }, async ({ page }) => {
  await openSignIn(page);
  await named(element(page, "sign-in"), OWN.email).fill("typed@example.com");
  await named(element(page, "sign-in"), OWN.password).fill(PASSWORD);
  await page.goto("/");
  await page.goBack();
  await named(element(page, "sign-in"), OWN.email).waitFor();
  assert.equal(await named(element(page, "sign-in"), OWN.email).inputValue(), "typed@example.com");
  assert.equal(await named(element(page, "sign-in"), OWN.password).inputValue(), "");
  assert.deepEqual(await page.evaluate(() => [localStorage.length, sessionStorage.length]), [0, 0], "the browser has it, and no storage");
});

journey("of somebody who signed in, nothing that they typed is there when they come back", async ({ page }) => {
  const email = freshEmail();
  await openAccount(page, email);
  await page.context().clearCookies();
  await openSignIn(page);
  await enter(element(page, "sign-in"), email);
  await page.waitForURL((url) => url.pathname !== "/login.php");
  await page.context().clearCookies();
  await page.goBack();
  await named(element(page, "sign-in"), OWN.email).waitFor();
  assert.equal(await named(element(page, "sign-in"), OWN.email).inputValue(), "");
});

for (const direction of ["ltr", "rtl"]) {
  journey(`on a phone the current view is in sight among the links, and the page stays where it is, ${direction}`, { viewport: { width: 390, height: 320 } }, async ({ page }) => {
    await openAccount(page, freshEmail());
    await openDetails(page, `&dir=${direction}#account/newsletter`);
    const link = (name) => center(page).locator("nav").getByRole("link", { name, exact: true });
    const isInSight = (name) =>
      link(name).evaluate((node) => {
        const [link, row] = [node, node.closest("ul")].map((node) => node.getBoundingClientRect());
        return link.left > row.left - 1 && link.right < row.right + 1;
      });
    assert.ok(await center(page).locator("nav ul").evaluate((list) => list.scrollWidth > list.clientWidth), "there is no room for all links");
    await until(() => isInSight("Newsletter"), "the link of the view that is shown at first");
    assert.equal(await page.evaluate(() => scrollY), 0);
    for (const [fragment, name] of [["profile", "Your details"], ["newsletter", "Newsletter"]]) {
      await page.evaluate((fragment) => (location.hash = `#account/${fragment}`), fragment);
      await until(() => isInSight(name), `the link to ${fragment}`);
    }
  });
}
