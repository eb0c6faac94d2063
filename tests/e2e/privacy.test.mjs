// Nothing personal and no secret stays where it does not belong: in addresses, in the browser's storage, in events, in the console,
// in the log of the store.

import { assert, suite } from "./support.mjs";
import { PASSWORD, arrived, everything, fill, open, submit } from "./form.mjs";
import { OWN, detail, editDetails, element, enter, named, openDetails, openSignIn, save, send } from "./account.mjs";
import { ASKING, asked, button, settled } from "./cookies.mjs";
import { BERLIN, addAddress, openBook } from "./book.mjs";

const journey = suite(ASKING);

const FRESH = "Another-horse-8";
const AUGUSTA = "Augusta-Adélaïde";

/** Keeps what an event tells, in the browser's session storage, as it goes on from page to page. */
function hear() {
  const NAMES = ["ready", "signed-in", "signed-out", "signed-up", "profile-saved", "address-added", "password-changed", "consent-changed", "error"];
  for (const name of NAMES) document.addEventListener(`account:${name}`, ({ detail }) => console.info(`EVENT ${name} ${JSON.stringify(detail)}`));
}

/** What the page has in every storage that it can read. */
async function stored() {
  const databases = await indexedDB.databases();
  const keys = "caches" in window ? await caches.keys() : [];
  return JSON.stringify([{ ...localStorage }, { ...sessionStorage }, databases, keys, document.cookie, window.name, history.state]);
}

journey("after a whole life of an account nothing of it is in addresses, storage, events, the console and the log", async ({ page, context, store }) => {
  const traces = { addresses: [], storage: [], console: [], log: [] };
  for (const stream of [store.child.stdout, store.child.stderr]) stream.on("data", (chunk) => traces.log.push(String(chunk)));
  context.on("request", (request) => traces.addresses.push(request.url(), request.headers().referer ?? ""));
  context.on("console", (message) => traces.console.push(message.text()));
  await context.addInitScript(hear);
  const keep = async () => traces.storage.push(await page.evaluate(stored));

  await asked(page);
  await button(page, "Accept all").click();
  await settled(page);
  await open(page);
  const answers = everything();
  await fill(page, answers);
  await submit(page);
  await arrived(page);
  await keep();
  await editDetails(page);
  await detail(page, "firstName").fill(AUGUSTA);
  await save(page);
  await keep();
  await openBook(page);
  await addAddress(page, BERLIN);
  await keep();
  await openDetails(page, "#account/password");
  const center = element(page, "center");
  await named(center, OWN.current).fill(answers.password);
  await named(center, OWN.fresh).fill(FRESH);
  await send(center).click();
  await center.getByText("Your password has been changed").waitFor();
  const token = await page.locator("account-center").getAttribute("token");
  const cookies = await context.cookies();
  await keep();
  await center.getByRole("button", { name: "Sign out" }).click();
  await named(center, OWN.email).waitFor();
  await keep();
  await openSignIn(page);
  await enter(element(page, "sign-in"), answers.email, "Not-the-password-1");
  await element(page, "sign-in").locator(".sfa-summary").waitFor();
  await enter(element(page, "sign-in"), answers.email, FRESH);
  await arrived(page);
  await keep();

  const events = traces.console.filter((line) => line.startsWith("EVENT"));
  for (const name of ["signed-up", "signed-in", "signed-out", "profile-saved", "address-added", "password-changed", "consent-changed", "error"]) {
    assert.ok(events.some((line) => line.startsWith(`EVENT ${name} `)), `account:${name} was heard`);
  }
  const { email, firstName, lastName, company, phone, line1, city, zip, nickname, pin, gate, doorbell } = answers;
  const personal = { email, firstName, lastName, company, phone, line1, city, zip, nickname, pin, gate, doorbell, AUGUSTA, ...BERLIN, country: undefined };
  const session = cookies.filter(({ httpOnly }) => httpOnly).map(({ name, value }) => [name, value]);
  assert.ok(session.length > 0, "there is a session");
  const secrets = { password: PASSWORD, fresh: FRESH, wrong: "Not-the-password-1", token, ...Object.fromEntries(session) };
  for (const [place, found] of Object.entries(traces)) {
    const text = found.join("\n");
    const all = [text, decodeURIComponent(text.replaceAll(/%(?![0-9a-f]{2})/gi, "%25"))].join("\n");
    for (const [what, value] of Object.entries({ ...personal, ...secrets })) {
      if (value) assert.ok(!all.includes(value), `${what} is in the ${place}: ${all.slice(Math.max(0, all.indexOf(value) - 80), all.indexOf(value) + 80)}`);
    }
  }
});
