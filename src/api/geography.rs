//! The countries of a store and their states.

use super::json::Json;
use super::{Api, ApiError, Document};
use storefront_rules::validate::State;

const STATES: Document = Document {
    operation: "States",
    text: include_str!("states.graphql"),
};

/// A country of the store.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Country {
    /// ISO 3166-1 alpha-2 code.
    pub code: String,
    /// The store's name for it.
    pub name: String,
}

impl Api {
    /// The states the store lists for `country`, an ISO 3166-1 alpha-2 code; none where the state
    /// is free text.
    ///
    /// # Errors
    /// Any [`ApiError`].
    pub async fn states(&self, country: &str) -> Result<Vec<State>, ApiError> {
        let variables = Json::object(&[("country", Some(country.into()))]);
        let data = self.run(&STATES, variables).await?;
        let countries = data.at(&["geography", "countries"]);
        Ok(countries
            .list()
            .flat_map(|country| states(&country))
            .collect())
    }
}

/// The countries of `form.graphql`, and the states of the one it asked about; `None` when the store
/// does not know that country.
pub(super) fn geography(data: &Json) -> (Vec<Country>, Option<Vec<State>>) {
    let geography = data.get("geography");
    let countries = geography.get("countries").list();
    let selected = geography.get("selected").list().next();
    (
        countries.filter_map(|country| read(&country)).collect(),
        selected.map(|country| states(&country)),
    )
}

fn read(json: &Json) -> Option<Country> {
    Some(Country {
        code: json.get("code").text()?,
        name: json.get("name").text()?,
    })
}

/// The states of one country.
fn states(country: &Json) -> Vec<State> {
    let states = country.get("statesOrProvinces");
    let state = |state: Json| {
        Some(State {
            name: state.get("name").text()?,
            abbreviation: state.get("abbreviation").text()?,
        })
    };
    states.list().filter_map(state).collect()
}
