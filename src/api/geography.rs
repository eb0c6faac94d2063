//! The countries of a store and their states.

use super::documents::{self, address_book, sign_up_form, states};
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
            .run::<documents::States>("States", states::Variables { country })
            .await?;
        let countries = data.geography.countries.unwrap_or_default();
        let states = countries.into_iter().flat_map(|c| c.states_or_provinces);
        let state = |state: states::StatesGeographyCountriesStatesOrProvinces| State {
            name: state.name,
            abbreviation: state.abbreviation,
        };
        Ok(states.map(state).collect())
    }
}

/// The countries of a document, and the states of the one it asks about; `None` when the store does not
/// know that country.
pub(super) trait ToGeography {
    fn geography(self) -> (Vec<Country>, Option<Vec<State>>);
}

macro_rules! geography {
    ($($geography:path;)*) => {$(
        impl ToGeography for $geography {
            fn geography(self) -> (Vec<Country>, Option<Vec<State>>) {
                let countries = self.countries.unwrap_or_default().into_iter();
                let countries = countries.map(|country| Country {
                    code: country.code,
                    name: country.name,
                });
                let selected = self.selected.unwrap_or_default().into_iter().next();
                let states = selected.map(|country| {
                    let states = country.states_or_provinces.into_iter();
                    let states = states.map(|state| State {
                        name: state.name,
                        abbreviation: state.abbreviation,
                    });
                    states.collect()
                });
                (countries.collect(), states)
            }
        }
    )*};
}

geography! {
    sign_up_form::SignUpFormGeography;
    address_book::AddressBookGeography;
}
