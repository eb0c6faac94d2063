// The demo shop's sign-up form, as these journeys use it.

import { SIGN_UP, assert, freshEmail } from "./support.mjs";

const account = (id) => `FormField[1][${id}]`;
const address = (id) => `FormField[2][${id}]`;

/** Names of the controls; the same in the widget and in the theme's own form. */
export const NAME = {
  email: account(1),
  password: account(2),
  newsletter: account(25),
  nickname: account(26),
  kitchen: account(27),
  cups: account(28),
  birth: account(29),
  likes: account(30),
  language: account(31),
  heard: account(32),
  pin: account(33),
  firstName: address(4),
  lastName: address(5),
  company: address(6),
  phone: address(7),
  line1: address(8),
  line2: address(9),
  city: address(10),
  country: address(11),
  state: address(12),
  zip: address(13),
  doorbell: address(34),
  notes: address(35),
  floor: address(36),
  from: address(37),
  days: address(38),
  nobody: address(39),
  building: address(40),
  gate: address(41),
};

export const PASSWORD = "Correct-horse-7";

/** An answer to every field; checkboxes and radio buttons by the ids of their options. */
export const everything = () => ({
  email: freshEmail(),
  password: PASSWORD,
  nickname: "Zoë O’Neill-Åkesson",
  kitchen: "Small, bright.\nTwo kettles.",
  cups: "4.5",
  birth: "1988-04-17",
  likes: ["0", "2"],
  language: "2",
  heard: "3",
  pin: "4711-geheim",
  firstName: "Zoë",
  lastName: "O’Neill",
  company: "Kettle & Söhne",
  phone: "+1 415 555 0100",
  country: "US",
  line1: "1 Harbour Street",
  line2: "Flat 2",
  city: "San Francisco",
  state: "California",
  zip: "94103",
  doorbell: "O’Neill / 尾",
  notes: "Ring twice.\nMind the cat.",
  floor: "-2",
  from: "2030-03-31",
  days: ["1"],
  nobody: "1",
  building: "1",
  gate: "1234#",
});

/** Only what must be answered. */
export const necessary = () => {
  const { email, password, birth, language, firstName, lastName, phone, ...rest } = everything();
  const { country, line1, city, state, zip } = rest;
  return {
    ...{ email, password, birth, language, firstName, lastName, phone },
    ...{ country, line1, city, state, zip },
  };
};

export const widget = (page) => page.locator("account-sign-up .sfa");

/** A control of the widget's form. Of a group: the one with this value. */
export const control = (page, field, value) =>
  within(widget(page), field, value);

/** A control of the theme's own form. */
export const plain = (page, field, value) =>
  within(page.locator("form[action*=save_new_account]"), field, value);

function within(root, field, value) {
  assert.ok(NAME[field], `the form has no ${field}`);
  const which = value === undefined ? "" : `[value="${value}"]`;
  return root.locator(`[name="${NAME[field]}"]${which}`);
}

/** Opens the sign-up page and waits for the widget to take over. */
export async function open(page, query = "") {
  await page.goto(SIGN_UP + query);
  await taken(page);
}

/** Waits for the widget to have the page. */
export async function taken(page) {
  await widget(page).locator("form").waitFor();
}

/** Fills in the fields of `answers` by mouse and keyboard, in the widget or elsewhere (`at`). */
export async function fill(page, answers, at = control) {
  for (const [field, answer] of Object.entries(answers)) {
    if (Array.isArray(answer)) {
      for (const value of answer) await at(page, field, value).check();
    } else if (field === "language" || field === "nobody") {
      await at(page, field, answer).check();
    } else {
      const target = at(page, field);
      if ((await target.evaluate((node) => node.localName)) === "select") {
        await target.selectOption(answer);
      } else {
        await target.fill(answer);
      }
    }
  }
}

/** The values of the named controls now, as the form would post them. */
export const formData = (page, root = "account-sign-up .sfa form") =>
  page.locator(root).evaluate((form) => {
    const found = {};
    for (const [name, value] of new FormData(form)) (found[name] ??= []).push(value);
    return found;
  });

/** `answers` as `formData` gives them. */
export function asPosted(answers) {
  const entries = Object.entries(answers);
  return Object.fromEntries(entries.map(([field, answer]) => [NAME[field], [answer].flat()]));
}

/** Asserts that the form holds everything of `answers`. */
export async function assertFormData(page, answers, root) {
  const now = await formData(page, root);
  const posted = asPosted(answers);
  // A form normalizes line ends to CR LF when it is read.
  const plainEnds = (texts) => texts?.map((text) => text.replaceAll("\r\n", "\n"));
  for (const [name, value] of Object.entries(posted)) {
    assert.deepEqual(plainEnds(now[name]), value, name);
  }
}

export const submitButton = (page) => widget(page).locator(".sfa-submit [type=submit]");
export const submit = (page) => submitButton(page).click();

export const summary = (page) => widget(page).locator(".sfa-summary");

/** Waits for the summary and gives its lines. */
export async function problems(page) {
  await summary(page).waitFor();
  return summary(page).locator("li").allTextContents();
}

/** A field with all that belongs to it. */
export const fieldOf = (page, field) =>
  widget(page).locator(".sfa-field", { has: page.locator(`[name="${NAME[field]}"]`) });

/** The error beside a field's control. */
export const errorOf = (page, field) => fieldOf(page, field).locator(".sfa-error");

/** The words of the error beside a field, without the hidden "Error:". */
export const errorWords = async (page, field) =>
  (await errorOf(page, field).textContent()).replace(/^Error:\s*/, "");

/** Signed up: on the account page that return-to names. */
export const arrived = (page) => page.waitForURL("**/account.php");

/** What the store has saved as the only address of whoever is signed in, read where no widget takes the page over. */
export async function savedAddress(page) {
  await page.goto("/account.php?script=off");
  return page.locator(".address").innerText();
}

/** The GraphQL operations that the page sends, by name, from now on. */
export function operations(page) {
  const names = [];
  page.on("request", (request) => {
    if (new URL(request.url()).pathname !== "/graphql") return;
    names.push(operationOf(request));
  });
  return names;
}

export const operationOf = (request) =>
  /\b(?:query|mutation)\s+(\w+)/.exec(request.postDataJSON().query)?.[1];

/** Lets `answer(route)` answer every request of one GraphQL operation. */
export const intercept = (page, operation, answer) =>
  page.route("**/graphql", (route) =>
    operationOf(route.request()) === operation ? answer(route) : route.fallback(),
  );

const ANSWER = /<script type="application\/json" data-account-answer[^>]*>([^]*?)<\/script>/;

/** Takes the first answer out of the page, or changes what it is: then what the page says of the shopper, too. */
export const withAnswer = (page, /** @type {(script: string) => string} */ change = () => "") =>
  page.route(/\/login\.php/, async (route) => {
    if (route.request().resourceType() !== "document" || route.request().method() !== "GET") return route.fallback();
    const response = await route.fetch();
    return route.fulfill({ response, body: (await response.text()).replace(ANSWER, change) });
  });

/** Answers to the platform's own fields only. */
export function freshAnswers() {
  const { email, password, firstName, lastName, line1, city, state, zip } = everything();
  return { email, password, firstName, lastName, line1, city, state, zip };
}
