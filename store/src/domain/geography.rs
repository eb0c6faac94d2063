//! Countries and their states. They do not change while the store runs, so they are kept in memory
//! and no query waits for them.

use crate::infra::text::folded;
use serde::Deserialize;
use storefront_rules::text::trim;
use storefront_rules::validate::State;

const DATA: &str = include_str!("../../data/geography.json");

/// The codes of two letters, each with that of three.
const ALPHA3: &str = include_str!("../../data/alpha3.tsv");

/// A country the store delivers to.
#[derive(Clone, Debug)]
pub(crate) struct Country {
    /// Id of the country.
    pub id: i32,
    /// ISO 3166-1 alpha-2 code.
    pub code: String,
    /// ISO 3166-1 alpha-3 code; empty for the few territories that have none.
    pub alpha3: String,
    /// English name.
    pub name: String,
    /// Number of its first state; the others follow one by one.
    pub first_state_id: i32,
    /// States or provinces; empty where addresses have none to choose from.
    pub states: Vec<State>,
}

impl Country {
    /// The states with their numbers.
    pub(crate) fn numbered_states(&self) -> impl Iterator<Item = (i32, &State)> {
        (self.first_state_id..).zip(&self.states)
    }
}

/// Every country.
#[derive(Debug)]
pub(crate) struct Geography {
    countries: Vec<Country>,
}

#[derive(Deserialize)]
struct Data {
    countries: Vec<CountryData>,
}

#[derive(Deserialize)]
struct CountryData {
    code: String,
    name: String,
    states: Vec<StateData>,
}

#[derive(Deserialize)]
struct StateData {
    name: String,
    abbreviation: String,
}

impl Geography {
    /// Reads the built-in table.
    ///
    /// # Errors
    /// When the table is not the JSON it should be.
    pub(crate) fn load() -> Result<Self, serde_json::Error> {
        let data: Data = serde_json::from_str(DATA)?;
        let mut next_state_id = 1;
        let countries = (1..).zip(data.countries).map(|(id, country)| {
            let states: Vec<State> = country.states.into_iter().map(state).collect();
            let first_state_id = next_state_id;
            next_state_id += i32::try_from(states.len()).unwrap_or(0);
            let mut codes = ALPHA3.lines().filter_map(|line| line.split_once('\t'));
            let alpha3 = codes.find(|(code, _)| *code == country.code);
            Country {
                id,
                alpha3: alpha3.map_or_else(String::new, |(_, code)| code.to_owned()),
                code: country.code,
                name: country.name,
                first_state_id,
                states,
            }
        });
        Ok(Self {
            countries: countries.collect(),
        })
    }

    /// All countries, by English name.
    #[must_use]
    pub(crate) fn countries(&self) -> &[Country] {
        &self.countries
    }

    /// The country of this code, in any letter case.
    #[must_use]
    pub(crate) fn find(&self, code: &str) -> Option<&Country> {
        let code = trim(code);
        self.countries
            .iter()
            .find(|country| country.code.eq_ignore_ascii_case(code))
    }

    /// The country of this English name, whatever its case and accents.
    #[must_use]
    pub(crate) fn named(&self, name: &str) -> Option<&Country> {
        let name = folded(name);
        let mut countries = self.countries.iter();
        countries.find(|country| folded(&country.name) == name)
    }
}

fn state(data: StateData) -> State {
    State {
        name: data.name,
        abbreviation: data.abbreviation,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::infra::text::decomposed;
    use icu_normalizer::DecomposingNormalizerBorrowed;
    use storefront_rules::validate::find_state;

    /// A name as people write it: as it is, in capitals, in small letters, without accents, with accents apart
    /// from their letters, and with the signs of a keyboard.
    fn spellings(name: &str) -> Vec<String> {
        let apart = DecomposingNormalizerBorrowed::new_nfd().normalize(name);
        let is_accent = |c: &char| matches!(c, '\u{300}'..='\u{36f}');
        let bare: String = apart.chars().filter(|c| !is_accent(c)).collect();
        vec![
            name.to_owned(),
            name.to_uppercase(),
            name.to_lowercase(),
            apart.to_uppercase(),
            apart.into_owned(),
            bare.replace('’', "'").replace('&', "and"),
            format!(" {name}\u{200b}"),
        ]
    }

    #[test]
    fn every_country_is_found_however_its_name_is_written() {
        let geography = Geography::load().expect("the table");
        for country in geography.countries() {
            for name in spellings(&country.name) {
                let found = geography.named(&name).map(|found| &found.code);
                assert_eq!(found, Some(&country.code), "{name}");
            }
        }
        for name in [
            "Curacao",
            "Cote d'Ivoire",
            "Turkiye",
            "REUNION",
            "Aland Islands",
        ] {
            assert!(geography.named(name).is_some(), "{name}");
        }
        for name in ["", " ", "Atlantis"] {
            assert!(geography.named(name).is_none(), "{name}");
        }
    }

    #[test]
    fn every_state_is_found_however_its_name_is_written() {
        let geography = Geography::load().expect("the table");
        for country in geography.countries() {
            for state in &country.states {
                for name in spellings(&state.name) {
                    let found = find_state(&country.states, &name, &decomposed);
                    assert_eq!(found, Some(state), "{}: {name}", country.code);
                }
            }
        }
    }
}
