//! The texts to search and what there is to choose among, kept up to date with the rows.

use super::address_row::{Key, Row, searched};
use crate::api::AddressType;
use crate::elements::shared::ElementConfig;
use crate::i18n::I18n;
use storefront_rules::{BuiltIn, Field};
use wasm_bindgen::prelude::wasm_bindgen;

#[wasm_bindgen(module = "/src/elements/addresses/index.js")]
extern "C" {
    type Index;
    #[wasm_bindgen(constructor)]
    fn new() -> Index;
    #[wasm_bindgen(method)]
    fn put(this: &Index, key: u32, text: &str);
    #[wasm_bindgen(method)]
    fn find(this: &Index, query: &str) -> Vec<u32>;
}

/// An order of the list.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Sort {
    /// The store's own.
    #[default]
    Oldest,
    /// The other way round.
    Newest,
    /// By the name of whoever is there.
    Name,
    /// By company.
    Company,
    /// By town or city.
    City,
    /// By the country's name in the shopper's language.
    Country,
}

impl Sort {
    /// Every order, with a name for it that a form can hold.
    pub const ALL: [(Self, &str); 6] = [
        (Self::Oldest, "oldest"),
        (Self::Newest, "newest"),
        (Self::Name, "name"),
        (Self::Company, "company"),
        (Self::City, "city"),
        (Self::Country, "country"),
    ];

    /// The order called `name`.
    #[must_use]
    pub fn named(name: &str) -> Self {
        let found = Self::ALL.iter().find(|(_, of)| *of == name);
        found.map_or(Self::Oldest, |(sort, _)| *sort)
    }
}

/// What the shopper looks for.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct AddressFilter {
    /// Words that an address has, in any part of it.
    pub words: String,
    /// The country, an ISO 3166-1 alpha-2 code; empty for any.
    pub country: String,
    /// The company; empty for any.
    pub company: String,
    /// What stands there.
    pub kind: Option<AddressType>,
    /// Those alone that lack an answer.
    pub is_incomplete: bool,
    /// The order.
    pub sort: Sort,
}

impl AddressFilter {
    /// Whether some addresses are left out.
    #[must_use]
    pub fn narrows(&self) -> bool {
        Self {
            sort: Sort::Oldest,
            ..self.clone()
        } != Self::default()
    }

    /// Leaves nothing out any more.
    pub fn clear(&mut self) {
        *self = Self {
            sort: self.sort,
            ..Self::default()
        };
    }

    /// Whether every address must be known to answer it.
    #[must_use]
    pub fn needs_all(&self) -> bool {
        self.narrows() || self.sort != Sort::Oldest
    }
}

/// The slice of the book that the theme shows: addresses of these names and companies, of any where
/// none are given (V3: `name:in`, `company:in`).
#[derive(Clone, Debug, Default)]
pub(super) struct Slice {
    names: Vec<String>,
    companies: Vec<String>,
}

impl Slice {
    pub(super) fn new(config: &ElementConfig) -> Self {
        Self {
            names: config.names.clone(),
            companies: config.companies.clone(),
        }
    }

    /// Whether it leaves addresses out.
    pub(super) const fn narrows(&self) -> bool {
        !self.names.is_empty() || !self.companies.is_empty()
    }

    pub(super) fn has(&self, row: &Row) -> bool {
        let company = row.text(BuiltIn::CompanyName);
        (self.names.is_empty() || self.names.contains(&row.name()))
            && (self.companies.is_empty() || self.companies.iter().any(|of| of == company))
    }
}

/// What there is to choose among, as far as the addresses are known.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Facets {
    /// ISO 3166-1 alpha-2 codes of their countries.
    pub countries: Vec<String>,
    /// Their companies; `None` once there are too many for a list.
    pub companies: Option<Vec<String>>,
    /// Whether some are homes and some are businesses.
    pub has_kinds: bool,
}

/// Most companies to choose among; where there are more, one is found sooner by searching.
const MOST_COMPANIES: usize = 50;

/// What the rows are sorted by.
pub(super) struct Sorting<'a> {
    /// The words of the shopper's language, and its order.
    pub(super) i18n: I18n,
    /// The name of a country by its code.
    pub(super) country: &'a dyn Fn(&str) -> String,
}

/// The texts to search and what there is to choose among, kept up to date with the rows.
pub(super) struct Catalogue {
    index: Index,
    kinds: [bool; 2],
    facets: Facets,
}

impl Catalogue {
    pub(super) fn new() -> Self {
        Self {
            index: Index::new(),
            kinds: [false; 2],
            facets: Facets {
                companies: Some(Vec::new()),
                ..Facets::default()
            },
        }
    }

    /// Takes in a row as it is now; `fields` are those of the address form. What the theme does not
    /// show is nothing to choose.
    pub(super) fn put(&mut self, key: Key, row: &mut Row, fields: &[Field], is_shown: bool) {
        row.is_incomplete = !row.missing(fields).is_empty();
        if let Ok(key) = u32::try_from(key) {
            self.index.put(key, &searched(row.values()));
        }
        if !is_shown {
            return;
        }
        let country = row.text(BuiltIn::Country);
        if !country.is_empty() && !self.facets.countries.iter().any(|of| of == country) {
            self.facets.countries.push(country.to_owned());
        }
        let company = row.text(BuiltIn::CompanyName);
        if let Some(companies) = &mut self.facets.companies
            && !company.is_empty()
            && !companies.iter().any(|of| of == company)
        {
            companies.push(company.to_owned());
            if companies.len() > MOST_COMPANIES {
                self.facets.companies = None;
            }
        }
        match row.kind {
            Some(AddressType::Residential) => self.kinds[0] = true,
            Some(AddressType::Commercial) => self.kinds[1] = true,
            None => {}
        }
        self.facets.has_kinds = self.kinds == [true, true];
    }

    pub(super) const fn facets(&self) -> &Facets {
        &self.facets
    }

    /// The keys of the rows that `filter` finds in `slice`, in its order.
    pub(super) fn find(
        &self,
        rows: &[Row],
        filter: &AddressFilter,
        slice: &Slice,
        by: &Sorting<'_>,
    ) -> Vec<Key> {
        let is_found = |key: &Key| {
            let Some(row) = rows.get(*key) else {
                return false;
            };
            let is = |wanted: &str, field| wanted.is_empty() || row.text(field) == wanted;
            row.is_listed()
                && slice.has(row)
                && is(&filter.country, BuiltIn::Country)
                && is(&filter.company, BuiltIn::CompanyName)
                && (filter.kind.is_none() || row.kind == filter.kind)
                && (!filter.is_incomplete || row.is_incomplete)
        };
        let mut found: Vec<Key> = if filter.words.trim().is_empty() {
            (0..rows.len()).filter(is_found).collect()
        } else {
            let keys = self.index.find(&filter.words).into_iter();
            keys.map(|key| key as Key).filter(is_found).collect()
        };
        let sorted = |text: &dyn Fn(&Row) -> String| {
            let texts = found.iter().filter_map(|key| rows.get(*key)).map(text);
            let order = by.i18n.order(texts.collect()).into_iter();
            order
                .filter_map(|place| found.get(place as usize).copied())
                .collect()
        };
        match filter.sort {
            Sort::Oldest => {
                // What the shopper just added is where they are.
                let is_first = |key: &Key| rows.get(*key).is_some_and(|row| row.is_first);
                let (first, rest): (Vec<Key>, Vec<Key>) = found.into_iter().partition(is_first);
                let first = first.into_iter().rev();
                return first.chain(rest).collect();
            }
            Sort::Newest => found.reverse(),
            Sort::Name => found = sorted(&Row::name),
            Sort::Company => found = sorted(&|row| row.text(BuiltIn::CompanyName).to_owned()),
            Sort::City => found = sorted(&|row| row.text(BuiltIn::City).to_owned()),
            Sort::Country => found = sorted(&|row| (by.country)(row.text(BuiltIn::Country))),
        }
        found
    }
}
