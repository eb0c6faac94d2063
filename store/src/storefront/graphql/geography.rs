//! `geography`.

use super::context::store;
use crate::domain::geography;
use crate::infra::text::folded;
use async_graphql::{Context, InputObject, Object, Result, SimpleObject};

/// What a list of countries, or of states, counts as in a document's complexity: less than it can hold, so
/// that all of both can be asked for at once, and enough that they cannot be asked for many times.
const LIST_WEIGHT: usize = 25;

fn countries_weight(filters: Option<&CountryFiltersInput>) -> usize {
    let is_one = filters.is_some_and(|filters| filters.code.is_some() || filters.name.is_some());
    if is_one { 1 } else { LIST_WEIGHT }
}

/// Countries and their states.
pub(super) struct Geography;

/// Which countries.
#[derive(InputObject)]
struct CountryFiltersInput {
    /// Those of this name, whatever its case and accents.
    name: Option<String>,
    /// Those of this ISO 3166-1 alpha-2 code, in any letter case.
    code: Option<String>,
}

#[Object]
impl Geography {
    /// The countries that the store knows.
    #[graphql(complexity = "1 + countries_weight(filters.as_ref()) * child_complexity")]
    async fn countries(
        &self,
        ctx: &Context<'_>,
        filters: Option<CountryFiltersInput>,
    ) -> Result<Option<Vec<Country>>> {
        let (name, code) = filters.map_or((None, None), |f| (f.name, f.code));
        let (name, code) = (name.as_deref().map(folded), code.as_deref().map(folded));
        let is = |wanted: &Option<String>, own: &str| {
            let wanted = wanted.as_ref();
            wanted.is_none_or(|wanted| *wanted == folded(own))
        };
        let countries = store(ctx)?.geography.countries().iter();
        Ok(Some(
            countries
                .filter(|country| is(&name, &country.name) && is(&code, &country.code))
                .map(|country| Country(country.clone()))
                .collect(),
        ))
    }
}

/// A country.
struct Country(geography::Country);

#[Object]
impl Country {
    /// Id of the country.
    async fn entity_id(&self) -> i32 {
        self.0.id
    }

    /// ISO 3166-1 alpha-2 code.
    async fn code(&self) -> &str {
        &self.0.code
    }

    /// Name of the country.
    async fn name(&self) -> &str {
        &self.0.name
    }

    /// Its states; none where an address has none to choose from.
    #[graphql(complexity = "1 + LIST_WEIGHT * child_complexity")]
    async fn states_or_provinces(&self) -> Vec<StateOrProvince> {
        self.0
            .numbered_states()
            .map(|(entity_id, state)| StateOrProvince {
                entity_id,
                name: state.name.clone(),
                abbreviation: state.abbreviation.clone(),
            })
            .collect()
    }
}

/// A state or province.
#[derive(SimpleObject)]
struct StateOrProvince {
    /// Id of the state.
    entity_id: i32,
    /// Full name: what an address takes.
    name: String,
    /// Abbreviation, or empty.
    abbreviation: String,
}
