// What every page of the bench needs of the store: the queries that the widget sends, and their answers as plain fields.

import signUpForm from "../../dist/embed/queries/sign-up.graphql?raw";
import addressBook from "../../dist/embed/queries/addresses.graphql?raw";

const { token } = document.querySelector("#app").dataset;

async function ask(query, variables) {
  const response = await fetch("/graphql", {
    method: "POST",
    headers: { "content-type": "application/json", authorization: `Bearer ${token}` },
    body: JSON.stringify({ query, variables }),
  });
  const { data } = await response.json();
  return data;
}

/** The answer to the first query, where the page brought it along. */
function inPage() {
  const script = document.querySelector("script[data-account-answer]");
  return script && JSON.parse(script.textContent).data;
}

const TYPES = { Text: "text", PicklistOrText: "text", Number: "text", Date: "date", MultilineText: "textarea", Picklist: "select", Checkboxes: "checkbox", RadioButtons: "radio", Password: "password" };

/** A field of the store as a page shows it. `country` and `state` depend on each other. */
function field(group, definition) {
  const { __typename, entityId, label, isRequired, options = [], choosePrefix = "" } = definition;
  const own = { 1: "email", 2: "password", 11: "country", 12: "state" }[entityId];
  return {
    name: `FormField[${group}][${entityId}]`,
    id: `f${group}-${entityId}`,
    kind: own ?? TYPES[__typename.replace("FormField", "")] ?? "text",
    label,
    isRequired,
    prefix: choosePrefix,
    options: options.map(({ entityId, label }) => ({ value: String(entityId), label })),
  };
}

const isAsked = ({ entityId, isBuiltIn }) => !(isBuiltIn && [23, 24, 25].includes(entityId));

/** Everything the sign-up form is made of. */
export async function load() {
  const data = inPage() ?? (await ask(signUpForm, { country: "US" }));
  const { formFields } = data.site.settings;
  const fields = (group, definitions) => definitions.filter(isAsked).map((definition) => field(group, definition));
  return {
    account: fields(1, formFields.customer),
    address: fields(2, formFields.shippingAddress),
    countries: data.geography.countries.map(({ code, name }) => ({ value: code, label: name })),
    states: names(data.geography.selected),
  };
}

const names = ([country]) => (country?.statesOrProvinces ?? []).map(({ name }) => ({ value: name, label: name }));

/** The states of a country. */
export async function statesOf(country) {
  const query = "query States($country:String!){geography{countries(filters:{code:$country}){statesOrProvinces{name abbreviation}}}}";
  const data = await ask(query, { country });
  return names(data.geography.countries);
}

const EMAIL = /^[^\s@]+@[^\s@]+\.[^\s@]+$/;

/** What is wrong with a value, in words; nothing where it counts. */
export function wrong({ kind, label, isRequired }, value) {
  const isEmpty = Array.isArray(value) ? value.length === 0 : !value?.trim();
  if (isEmpty) return isRequired ? `${label}: this is required` : "";
  if (kind === "email" && !EMAIL.test(value)) return "Enter an email address like name@example.com";
  if (kind === "password" && value.length < 7) return "Use at least 7 characters";
  return "";
}

/** A page of the address book: the lines of each address. */
export async function loadBook() {
  const { customer } = await ask(addressBook, { country: "US", first: 50 });
  return customer.addresses.edges.map(({ node }) => ({
    id: node.entityId,
    name: `${node.firstName} ${node.lastName}`,
    lines: [node.company, node.address1, node.address2, `${node.city}, ${node.stateOrProvince} ${node.postalCode}`, node.countryCode, node.phone].filter(Boolean),
  }));
}
