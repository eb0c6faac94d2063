//! The countries of a store and their states.

use super::documents::{self, shared};
use super::{Api, ApiError};
use storefront_rules::validate::State;

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
        let country = country.to_owned();
        let data = self
            .run::<documents::States>("States", documents::states::Variables { country })
            .await?;
        Ok(states(data.geography.countries).unwrap_or_default())
    }
}

/// The countries of a store.
pub(super) fn countries(countries: Option<Vec<shared::CountryName>>) -> Vec<Country> {
    let countries = countries.unwrap_or_default().into_iter();
    let country = |country: shared::CountryName| Country {
        code: country.code,
        name: country.name,
    };
    countries.map(country).collect()
}

/// The states of the country that was asked about; `None` when the store does not know it.
pub(super) fn states(selected: Option<Vec<shared::CountryStates>>) -> Option<Vec<State>> {
    let country = selected.unwrap_or_default().into_iter().next()?;
    let states = country.states_or_provinces.into_iter();
    let state = |state: shared::CountryStatesStatesOrProvinces| State {
        name: state.name,
        abbreviation: state.abbreviation,
    };
    Some(states.map(state).collect())
}
