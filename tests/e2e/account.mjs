// The pages and elements of an account, as these journeys use them.

import { assert, until } from "./support.mjs";
import { NAME, PASSWORD } from "./form.mjs";

export const SIGN_IN = "/login.php";
export const DETAILS = "/account.php?action=account_details";
export const FORGOTTEN = "/login.php?action=reset_password";

/** Names of the controls on the account's own pages. */
export const OWN = {
  email: "login_email",
  password: "login_pass",
  firstName: "account_firstname",
  lastName: "account_lastname",
  company: "account_companyname",
  phone: "account_phone",
  current: "FormField[1][24]",
  fresh: "FormField[1][2]",
};

/** What the widget shows in the element called `account-{name}`. */
export const element = (page, name) => page.locator(`account-${name} .sfa`);

/** A control of an element, by its name. */
export const named = (root, name) => root.locator(`[name="${name}"]`);

/** Signs in as the theme's own form does, without showing it. */
export async function signIn(page, email, password = PASSWORD) {
  const { origin } = new URL(await baseOf(page));
  const response = await page.request.post("/login.php?action=check_login", {
    form: { login_email: email, login_pass: password, redirect_to: "/account.php" },
    headers: { origin, "sec-fetch-site": "same-origin" },
    maxRedirects: 0,
  });
  assert.equal(response.status(), 303, `signs in as ${email}`);
}

/** The origin that the page's relative addresses lead to. */
async function baseOf(page) {
  if (page.url() === "about:blank") await page.goto("/");
  return page.url();
}

/** Opens an account of its own, by the theme's form, and is signed in. */
export async function openAccount(page, email) {
  const { origin } = new URL(await baseOf(page));
  const address = { 4: "Ada", 5: "King", 6: "", 7: "", 8: "1 Main Street", 9: "", 10: "Springfield", 11: "US", 12: "Illinois", 13: "62701" };
  const form = { "FormField[1][1]": email, "FormField[1][2]": PASSWORD, "FormField[1][29]": "1985-12-10", "FormField[1][31]": "0" };
  for (const [id, value] of Object.entries(address)) form[`FormField[2][${id}]`] = value;
  const headers = { origin, "sec-fetch-site": "same-origin" };
  const response = await page.request.post("/login.php?action=save_new_account", { form, headers, maxRedirects: 0 });
  assert.equal(response.status(), 303, `opens an account for ${email}`);
}

/** Opens the sign-in page and waits for the widget. */
export async function openSignIn(page, query = "") {
  await page.goto(SIGN_IN + query);
  await named(element(page, "sign-in"), OWN.email).waitFor();
}

/** Opens the details of who is signed in and waits for the widget. */
export async function openDetails(page, fragment = "") {
  await page.goto(DETAILS + fragment);
  await element(page, "center").locator("nav").waitFor();
}

/** The button that brings the form of the profile, where the profile is on show. */
export const editButton = (page, name = "center") => element(page, name).getByRole("button", { name: "Edit", exact: true });

/** Has the form of the profile on show: it is there at first where the theme's form was. */
export async function edit(page) {
  const control = detail(page, "firstName");
  await editButton(page).or(control).waitFor();
  if (await editButton(page).isVisible()) await editButton(page).click();
  await control.waitFor();
}

/** Opens the form for the details of who is signed in. */
export async function editDetails(page) {
  await openDetails(page);
  await edit(page);
}

/** What the profile on show says of a field, by its label. */
export const answer = (page, label) => {
  const term = element(page, "center").locator("dt", { hasText: new RegExp(`^${label}$`) });
  return term.locator("xpath=following-sibling::dd[1]");
};

/** A control of the profile on show: by its name without a number, else by the field's. */
export const detail = (page, field, value) => {
  const name = OWN[field] && field !== "email" && field !== "password" ? OWN[field] : NAME[field];
  const which = value === undefined ? "" : `[value="${value}"]`;
  return element(page, "center").locator(`.sfa-center-view:not([hidden]) [name="${name}"]${which}`);
};

/** The button that sends the form on show. */
export const send = (root) => root.locator("form:visible .sfa-submit [type=submit]");

/** Saves the profile and waits for the word that it is saved. */
export async function save(page) {
  await send(element(page, "center")).click();
  await element(page, "center").getByText("Your changes are saved.").waitFor();
}

/** Fills in the sign-in form of `root` and sends it. */
export async function enter(root, email, password = PASSWORD) {
  await named(root, OWN.email).fill(email);
  await named(root, OWN.password).fill(password);
  await send(root).click();
}

/** The lines of the summary of `root`, once it is there. */
export async function errorMessages(root) {
  const summary = root.locator(".sfa-summary:visible");
  await summary.waitFor();
  return summary.locator("li").allTextContents();
}

/** The newest mail to `email` in the demo shop's outbox: its words and the address of its link. */
export async function mailTo(context, email) {
  const page = await context.newPage();
  try {
    return await until(async () => {
      await page.goto("/_outbox");
      const mail = page.locator("article", { hasText: `To ${email}` }).first();
      if ((await mail.count()) === 0) return undefined;
      return { text: await mail.innerText(), link: await mail.locator("a").getAttribute("href") };
    }, `a mail to ${email}`);
  } finally {
    await page.close();
  }
}

/** The path and query of a mail's link, on the origin that the journey is on. */
export const pathOf = (link) => {
  const url = new URL(link);
  return url.pathname + url.search;
};
