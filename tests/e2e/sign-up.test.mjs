// A shopper opens an account: the way it goes well, and each way the form says no.

import { assert, suite, freshEmail, until } from "./support.mjs";
import {
  NAME,
  arrived,
  assertFormData,
  control,
  errorOf,
  errorWords,
  everything,
  fieldOf,
  fill,
  formData,
  intercept,
  necessary,
  open,
  operations,
  problems,
  submit,
  submitButton,
  summary,
  widget,
} from "./form.mjs";
import { signIn } from "./account.mjs";

const journey = suite();

const CUSTOMER = `{
  customer {
    email firstName lastName company phone isSubscribedToNewsletter
    formFields { ...Value }
    addresses { edges { node {
      firstName lastName company phone address1 address2 city stateOrProvince countryCode postalCode
      formFields { ...Value }
    } } }
  }
}
fragment Value on CustomerFormFieldValue {
  entityId
  ... on TextFormFieldValue { text }
  ... on MultilineTextFormFieldValue { multilineText }
  ... on NumberFormFieldValue { number }
  ... on DateFormFieldValue { date { utc } }
  ... on CheckboxesFormFieldValue { valueEntityIds values }
  ... on MultipleChoiceFormFieldValue { valueEntityId value }
}`;

/** What the store knows of the customer who is signed in. */
async function customer(context, store, token) {
  const answer = await context.request.post("/graphql", {
    headers: { authorization: `Bearer ${token}`, origin: store.url },
    data: { query: CUSTOMER },
  });
  const { data, errors } = await answer.json();
  assert.equal(errors, undefined);
  return data.customer;
}

const token = (page) => page.locator("account-sign-up").getAttribute("token");

for (const timezoneId of ["Pacific/Kiritimati", "Pacific/Pago_Pago"]) {
  journey(`a shopper in ${timezoneId} answers every field and all of it arrives`, { timezoneId }, async ({ page, context, store }) => {
    await open(page);
    const answers = everything();
    const key = await token(page);
    await fill(page, answers);
    await control(page, "newsletter").check();
    await submit(page);
    await arrived(page);

    await page.getByRole("heading", { name: "Hello, Zoë" }).waitFor();
    await page.goto("/account.php?script=off");
    const shown = await page.locator("main").innerText();
    for (const words of [
      answers.email,
      answers.nickname,
      "4.5",
      "1988-04-17",
      "Green tea, Herbs & <b>bold</b> blends",
      "日本語",
      "Your shop window",
      "Kettle & Söhne",
      "+1 415 555 0100",
      "2030-03-31",
      "Weekday evenings",
      "Leave it at the door",
      "Mind the cat.",
    ]) {
      assert.ok(shown.includes(words), `the account page shows ${words}`);
    }
    assert.ok(!shown.includes(answers.pin), "a password field is not shown");

    const known = await customer(context, store, key);
    const { formFields, addresses, ...person } = known;
    assert.deepEqual(person, {
      email: answers.email,
      firstName: "Zoë",
      lastName: "O’Neill",
      company: "Kettle & Söhne",
      phone: "+1 415 555 0100",
      isSubscribedToNewsletter: true,
    });
    const value = (fields, id) => fields.find((field) => field.entityId === id);
    assert.equal(value(formFields, 26).text, answers.nickname);
    assert.equal(value(formFields, 27).multilineText.replaceAll("\r\n", "\n"), answers.kitchen);
    assert.equal(value(formFields, 28).number, 4.5);
    assert.match(value(formFields, 29).date.utc, /^1988-04-17T00:00:00/);
    assert.deepEqual(value(formFields, 30).valueEntityIds, [0, 2]);
    assert.equal(value(formFields, 31).valueEntityId, 2);
    assert.equal(value(formFields, 32).value, "Your shop window");
    assert.ok(value(formFields, 33), "the PIN is kept");

    assert.equal(addresses.edges.length, 1);
    const { formFields: extra, ...address } = addresses.edges[0].node;
    assert.deepEqual(address, {
      firstName: "Zoë",
      lastName: "O’Neill",
      company: "Kettle & Söhne",
      phone: "+1 415 555 0100",
      address1: "1 Harbour Street",
      address2: "Flat 2",
      city: "San Francisco",
      stateOrProvince: "California",
      countryCode: "US",
      postalCode: "94103",
    });
    assert.equal(value(extra, 34).text, answers.doorbell);
    assert.equal(value(extra, 35).multilineText.replaceAll("\r\n", "\n"), answers.notes);
    assert.equal(value(extra, 36).number, -2);
    assert.match(value(extra, 37).date.utc, /^2030-03-31T00:00:00/);
    assert.deepEqual(value(extra, 38).valueEntityIds, [1]);
    assert.equal(value(extra, 39).valueEntityId, 1);
    assert.equal(value(extra, 40).valueEntityId, 1);
    assert.ok(value(extra, 41), "the gate code is kept");
  });
}

journey("an account with only what is necessary has no newsletter and no answers it was not given", async ({ page, context, store }) => {
  await open(page);
  const key = await token(page);
  await fill(page, necessary());
  await submit(page);
  await arrived(page);
  const known = await customer(context, store, key);
  assert.equal(known.isSubscribedToNewsletter, false);
  assert.deepEqual(known.formFields.map((field) => field.entityId).sort(), [29, 31]);
  assert.equal(known.company, "");
});

journey("an empty form is refused with a summary that has the focus and leads to each field", async ({ page }) => {
  await open(page);
  const sent = operations(page);
  await submit(page);
  const lines = await problems(page);
  await page.waitForFunction(() => document.activeElement?.matches(".sfa-summary"));

  const asked = ["email", "password", "birth", "language", "firstName", "lastName", "line1", "city", "state", "zip"];
  assert.equal(lines.length, asked.length, lines.join("\n"));
  const links = summary(page).getByRole("link");
  for (const [place, field] of asked.entries()) {
    assert.equal(await errorWords(page, field), lines[place], `${field}: the words beside the field`);
    const target = await control(page, field).first().getAttribute("id");
    await links.nth(place).click();
    assert.equal(await page.evaluate(() => document.activeElement.id), target, `the link to ${field}`);
  }
  const described = await control(page, "email").evaluate((input) =>
    input.getAttribute("aria-describedby").split(" ").map((id) => document.getElementById(id)?.textContent).join(),
  );
  assert.ok(described.includes(lines[0]), "the control is described by its error");
  assert.equal(await control(page, "email").getAttribute("aria-invalid"), "true");
  assert.equal(await control(page, "nickname").getAttribute("aria-invalid"), null);
  assert.deepEqual(sent, [], "nothing was sent");
  assert.equal(await page.evaluate(() => location.hash), "", "the page's address stays");
});

journey("each answer that does not count is named in its own words and nothing else is lost", async ({ page }) => {
  await open(page);
  const sent = operations(page);
  const wrong = {
    ...necessary(),
    email: "maria.example.com",
    password: "lowercase",
    cups: "41",
    floor: "two",
    zip: "9410",
    nickname: "x".repeat(41),
  };
  await fill(page, wrong);
  await submit(page);
  const lines = await problems(page);
  for (const [field, words] of Object.entries({
    email: "Enter an email address like name@example.com",
    password: "Password needs a capital letter",
    nickname: "What should we call you? must have 40 characters or fewer",
    cups: "Cups of tea a day must be 40 or less",
    floor: "Floor must be a number, like 42 or 3.5",
    zip: "ZIP code must look like 95014",
  })) {
    assert.equal(await errorWords(page, field), words);
    assert.ok(lines.includes(words), `the summary says: ${words}`);
  }
  assert.equal(lines.length, 6, lines.join("\n"));
  await assertFormData(page, wrong);
  assert.deepEqual(sent, []);
});

journey("a number may not be below its least", async ({ page }) => {
  await open(page);
  await fill(page, { ...necessary(), floor: "-4" });
  await submit(page);
  assert.deepEqual(await problems(page), ["Floor must be -3 or more"]);
});

journey("31 February, typed into the date field, is not a date", { locale: "en-US" }, async ({ page }) => {
  await open(page);
  const { birth, ...rest } = necessary();
  assert.ok(birth);
  await fill(page, rest);
  // Into its first part, the month.
  await control(page, "birth").click({ position: { x: 18, y: 20 } });
  await page.keyboard.type("02311988");
  assert.ok(await control(page, "birth").evaluate((input) => input.validity.badInput), "it was typed");
  await submit(page);
  assert.deepEqual(await problems(page), ["Date of birth must be a real date"]);
});

journey("a day after the last is refused with that day in words", async ({ page }) => {
  await open(page);
  await fill(page, { ...necessary(), birth: "2011-01-01" });
  await submit(page);
  const [line, ...others] = await problems(page);
  assert.match(line, /^Date of birth must be .*(31|December).* or earlier$/);
  assert.deepEqual(others, []);
});

journey("the checklist of the password follows what is typed", async ({ page }) => {
  await open(page);
  const rules = widget(page).locator(".sfa-checklist li");
  const met = () => rules.evaluateAll((all) => all.map((rule) => rule.matches(".sfa-checklist-item-met")));
  assert.deepEqual(await met(), [false, false, false, false]);
  const password = control(page, "password");
  await password.pressSequentially("kettle");
  assert.deepEqual(await met(), [false, true, false, false]);
  await password.pressSequentially("S7");
  assert.deepEqual(await met(), [true, true, true, true]);
  assert.match(await rules.first().textContent(), /8 characters or more.*done/);
  await password.fill("K");
  assert.match(await rules.first().textContent(), /still missing/);
});

journey("a password is shown on request, announced, and hidden while it is sent", async ({ page }) => {
  await open(page);
  const password = control(page, "password");
  assert.equal(await password.getAttribute("type"), "password");
  const field = fieldOf(page, "password");
  await field.getByRole("button", { name: "Show password" }).click();
  assert.equal(await password.getAttribute("type"), "text");
  assert.equal(await field.locator("[role=status]").textContent(), "Your password is shown");
  let during;
  await intercept(page, "RegisterCustomer", async (route) => {
    during = await password.getAttribute("type");
    await route.fallback();
  });
  await fill(page, necessary());
  await submit(page);
  await arrived(page);
  assert.equal(during, "password");
});

journey("an email address that is in use offers to sign in instead", async ({ page }) => {
  await open(page);
  const answers = { ...necessary(), email: "Maria@example.com" };
  await fill(page, answers);
  await submit(page);
  await problems(page);
  assert.equal(await errorWords(page, "email"), "There is already an account with this email address");
  await assertFormData(page, answers);
  await summary(page).getByRole("link", { name: "Sign in instead" }).click();
  await page.waitForURL("**/login.php");
  await page.getByRole("heading", { name: "Sign in" }).waitFor();
});

journey("after a refusal an edited email address loses the error and signs up", async ({ page }) => {
  await open(page);
  await fill(page, { ...necessary(), email: "maria@example.com" });
  await submit(page);
  await problems(page);
  await control(page, "email").fill(freshEmail());
  await errorOf(page, "email").waitFor({ state: "hidden" });
  await submit(page);
  await arrived(page);
});

journey("an error goes as soon as its answer is mended, and changes with it", async ({ page }) => {
  await open(page);
  await fill(page, { ...necessary(), cups: "41", zip: "9410" });
  await submit(page);
  assert.equal((await problems(page)).length, 2);
  await control(page, "cups").fill("-1");
  await until(async () => (await errorWords(page, "cups")) === "Cups of tea a day must be 0 or more", "the other error");
  await control(page, "cups").fill("4");
  await errorOf(page, "cups").waitFor({ state: "hidden" });
  assert.deepEqual(await problems(page), ["ZIP code must look like 95014"]);
  assert.equal(await control(page, "cups").getAttribute("aria-invalid"), null);
  await control(page, "zip").fill("94103");
  await summary(page).waitFor({ state: "hidden" });
});

journey("a field that was not refused is not validated while it is typed", async ({ page }) => {
  await open(page);
  await fill(page, { ...necessary(), zip: "9410" });
  await submit(page);
  await problems(page);
  await control(page, "cups").fill("410");
  await control(page, "cups").blur();
  assert.ok(await errorOf(page, "cups").isHidden());
});

journey("two clicks on the button send one registration", async ({ page }) => {
  await open(page);
  const sent = operations(page);
  await intercept(page, "RegisterCustomer", async (route) => {
    // The store takes its time, so that the second click meets a form on its way.
    await page.waitForFunction(() => document.querySelector("[aria-disabled=true]"));
    await submitButton(page).click({ force: true });
    await control(page, "email").press("Enter");
    await route.fallback();
  });
  await fill(page, necessary());
  await submitButton(page).dblclick({ force: true });
  await arrived(page);
  assert.equal(sent.filter((name) => name === "RegisterCustomer").length, 1, sent.join());
  assert.equal(sent.filter((name) => name === "Login").length, 1, sent.join());
});

journey("values that a password manager sets without any event are sent", async ({ page }) => {
  await open(page);
  const answers = necessary();
  const { language, ...texts } = answers;
  await page.evaluate(
    ([values, radio]) => {
      const form = document.querySelector("account-sign-up .sfa form");
      for (const [name, value] of Object.entries(values)) form.elements.namedItem(name).value = value;
      form.querySelector(`[name="${radio.name}"][value="${radio.value}"]`).checked = true;
    },
    [
      Object.fromEntries(Object.entries(texts).map(([field, value]) => [NAME[field], value])),
      { name: NAME.language, value: language },
    ],
  );
  await submit(page);
  await arrived(page);
  assert.ok((await page.locator("main").innerText()).includes(answers.email));
});

journey("password managers find the fields by their tokens, and leave the other secrets alone", async ({ page }) => {
  await open(page);
  const tokens = async (field) => (await control(page, field).getAttribute("autocomplete")).split(" ").at(-1);
  assert.equal(await tokens("email"), "email");
  assert.equal(await tokens("password"), "new-password");
  assert.equal(await tokens("pin"), "off");
  assert.equal(await tokens("firstName"), "given-name");
  assert.equal(await tokens("country"), "country");
  assert.equal(await tokens("zip"), "postal-code");
});

journey("the newsletter is not ticked before the shopper ticks it", async ({ page }) => {
  await open(page);
  assert.equal(await control(page, "newsletter").isChecked(), false);
  assert.equal((await formData(page))[NAME.newsletter], undefined);
});

journey("a shopper who is signed in already is told so and asked for nothing", async ({ page }) => {
  await signIn(page, "jun@example.com");
  await page.goto("/login.php?action=create_account");
  await widget(page).getByText("You are already signed in").waitFor();
  assert.equal(await widget(page).locator("form").count(), 0);
  await widget(page).getByRole("link", { name: "Continue" }).click();
  await arrived(page);
});

journey("a date is marked while nothing stands in it, not while it is typed in part", async ({ page }) => {
  await open(page);
  const birth = control(page, "birth");
  const isMarked = (mark) => until(async () => ((await birth.getAttribute("data-account-empty")) === "true") === mark, `the mark ${mark ? "set" : "gone"}`);
  await isMarked(true);
  await birth.fill("1988-04-17");
  await isMarked(false);
  await birth.fill("");
  await isMarked(true);
  await birth.focus();
  await page.keyboard.press("4");
  await control(page, "email").focus();
  await isMarked(false);
});

journey("a pick list looks like the inputs beside it, with an arrow", async ({ page }) => {
  await open(page);
  const look = (field) =>
    control(page, field).evaluate((node) => {
      const { appearance, backgroundColor, backgroundImage, borderColor, borderRadius, color, fontSize } = getComputedStyle(node);
      return { own: [appearance, backgroundImage], alike: [backgroundColor, borderColor, borderRadius, color, fontSize, node.offsetHeight] };
    });
  const [list, input] = [await look("state"), await look("zip")];
  assert.deepEqual(list.alike, input.alike);
  assert.equal(list.own[0], "none");
  assert.match(list.own[1], /gradient/);
});
