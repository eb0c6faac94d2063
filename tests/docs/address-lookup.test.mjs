// The examples of docs/address-lookup.md, against made-up answers of the shape that the services document.

import assert from "node:assert/strict";
import { test } from "node:test";
import { PAGES } from "./markdown.mjs";

const { snippets } = PAGES.find(({ file }) => file === "docs/address-lookup.md");
const { signal } = new AbortController();

/** Runs the example that names `host`; gives its function. `answers` are what its requests get, by a part of their address. */
function lookup(host, answers) {
  const { code } = snippets.find(({ code }) => code.includes(host));
  const window = { StorefrontAccount: /** @type {any} */ ({}) };
  const asked = [];
  const fetch = async (url, options) => {
    asked.push([String(url), options]);
    const [, answer] = Object.entries(answers).find(([part]) => String(url).includes(part));
    return new Response(JSON.stringify(answer));
  };
  new Function("window", "fetch", code)(window, fetch);
  return { find: window.StorefrontAccount.addressLookup, asked };
}

test("the example of Google Places gives suggestions, and the address of the one that is chosen", async () => {
  const component = (type, longText, shortText = longText) => ({ types: [type], longText, shortText });
  const { find, asked } = lookup("places.googleapis.com", {
    ":autocomplete": { suggestions: [{ placePrediction: { placeId: "p1", text: { text: "1 Harbour Street, San Francisco" } } }, { queryPrediction: {} }] },
    "/p1": { addressComponents: [component("street_number", "1"), component("route", "Harbour Street"), component("locality", "San Francisco"), component("administrative_area_level_1", "California", "CA"), component("postal_code", "94103"), component("country", "United States", "US")] },
  });
  const suggestions = await find({ query: "1 har", country: "US", signal });
  assert.deepEqual(suggestions.map(({ label }) => label), ["1 Harbour Street, San Francisco"]);
  assert.deepEqual(JSON.parse(asked[0][1].body).includedRegionCodes, ["US"]);
  assert.deepEqual(await suggestions[0].address({ signal }), { address1: "1 Harbour Street", city: "San Francisco", stateOrProvince: "California", postalCode: "94103", countryCode: "US" });
  assert.ok(asked.every(([, options]) => options.signal === signal));
});

test("the example of Loqate gives addresses, leaves containers out, and is quiet about errors", async () => {
  const answers = {
    Find: { Items: [{ Id: "a", Type: "Address", Text: "1 Harbour Street", Description: "London SW1" }, { Id: "c", Type: "Postcode" }] },
    Retrieve: { Items: [{ Company: "", Line1: "1 Harbour Street", Line2: "", City: "London", ProvinceName: "", PostalCode: "SW1A 1AA", CountryIso2: "GB" }] },
  };
  const { find } = lookup("api.addressy.com", answers);
  const [only, ...others] = await find({ query: "1 har", country: "GB", signal });
  assert.equal(only.label, "1 Harbour Street, London SW1");
  assert.deepEqual(others, []);
  assert.equal((await only.address({ signal })).postalCode, "SW1A 1AA");
  const broken = lookup("api.addressy.com", { Find: { Items: [{ Error: "2", Description: "Unknown key" }] } });
  assert.deepEqual(await broken.find({ query: "1 har", country: "GB", signal }), []);
});
