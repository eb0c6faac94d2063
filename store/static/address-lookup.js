// A made-up service that finds addresses, on pages whose address says `?lookup`. A shop has a real one in its place
// (docs/address-lookup.md).

const ADDRESSES = [
  { address1: "1 Harbour Street", city: "San Francisco", stateOrProvince: "California", postalCode: "94103", countryCode: "US" },
  { address1: "12 Harbour View Terrace", address2: "Flat 3", city: "Half Moon Bay", stateOrProvince: "California", postalCode: "94019", countryCode: "US" },
  { address1: "9 Queen Street West", city: "Toronto", stateOrProvince: "Ontario", postalCode: "M5H 2N2", countryCode: "CA" },
  { address1: "221B Baker Street", city: "London", postalCode: "NW1 6XE", countryCode: "GB" },
  { address1: "Marktstraße 12", city: "Köln", postalCode: "50667", countryCode: "DE" },
  { address1: "Hafenstraße 4", city: "Hamburg", postalCode: "20359", countryCode: "DE" },
];

const labelOf = ({ address1, city, postalCode }) => `${address1}, ${city} ${postalCode}`;

if (new URLSearchParams(location.search).has("lookup")) {
  window.StorefrontAccount.addressLookup = async ({ query }) => {
    const words = query.toLowerCase().split(/\s+/);
    const found = ADDRESSES.filter((address) => words.every((word) => labelOf(address).toLowerCase().includes(word)));
    // The whole address is asked for when it is chosen, as services have it.
    return found.map((address) => ({ label: labelOf(address), address: async () => address }));
  };
}
