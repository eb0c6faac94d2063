//! `/countries` and their states, by the names of geography.v2.yml.

use super::paging::paging;
use super::response::{Count, Link, Response};
use crate::domain::Store;
use crate::domain::geography::Country;
use crate::infra::problem::ProblemDetails;
use crate::infra::select::{PageRequest, Position};
use crate::infra::text::folded;
use crate::management::path_id::{IdV2, Ids};
use crate::management::problem::ProblemBody;
use crate::management::query::Params;
use axum::Json;
use axum::extract::State;
use serde::Serialize;
use storefront_rules::validate::State as Province;
use utoipa::ToSchema;

/// A country.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct CountryResponse {
    id: i32,
    country: String,
    country_iso2: String,
    country_iso3: String,
    states: Link,
}

/// A state of a country.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct StateResponse {
    id: i32,
    state: String,
    state_abbreviation: String,
    country_id: i32,
}

fn respond(store: &Store, country: &Country) -> CountryResponse {
    let resource = format!("/countries/{}/states", country.id);
    let hash = &store.store_hash;
    CountryResponse {
        id: country.id,
        country: country.name.clone(),
        country_iso2: country.code.clone(),
        country_iso3: country.alpha3.clone(),
        states: Link {
            url: format!("{}/stores/{hash}/v2{resource}", store.origin),
            resource,
        },
    }
}

fn respond_state(country: &Country, (id, state): (i32, &Province)) -> StateResponse {
    StateResponse {
        id,
        state: state.name.clone(),
        state_abbreviation: state.abbreviation.clone(),
        country_id: country.id,
    }
}

fn states_of(country: &Country) -> impl Iterator<Item = StateResponse> {
    country
        .numbered_states()
        .map(|state| respond_state(country, state))
}

/// The rows of a numbered page.
fn cut<T>(rows: impl Iterator<Item = T>, paging: PageRequest) -> Vec<T> {
    let Position::Page(page) = paging.position else {
        return Vec::new();
    };
    let limit = paging.limit as usize;
    rows.skip((page.saturating_sub(1) as usize).saturating_mul(limit))
        .take(limit)
        .collect()
}

fn find(store: &Store, id: i64) -> Result<&Country, ProblemDetails> {
    let mut countries = store.geography.countries().iter();
    countries
        .find(|country| i64::from(country.id) == id)
        .ok_or_else(ProblemDetails::not_found)
}

fn count(number: usize) -> Json<Count> {
    let count = i64::try_from(number).unwrap_or(i64::MAX);
    Json(Count { count })
}

fn is(wanted: Option<&String>, own: &str) -> bool {
    wanted.is_none_or(|wanted| *wanted == folded(own))
}

/// Lists countries.
#[utoipa::path(get, path = "/countries", tag = "V2 Geography", operation_id = "v2GetCountries",
    params(
        ("page" = Option<u32>, Query, description = "Page, from 1."),
        ("limit" = Option<u32>, Query, description = "Rows of a page, 50, at most 250."),
        ("country" = Option<String>, Query, description = "English name."),
        ("country_iso2" = Option<String>, Query, description = "Code of two letters."),
        ("country_iso3" = Option<String>, Query, description = "Code of three letters."),
    ),
    responses((status = 200, body = Vec<CountryResponse>), (status = 400, body = Vec<ProblemBody>)))]
pub(super) async fn countries(
    State(store): State<Store>,
    mut params: Params,
) -> Response<Vec<CountryResponse>> {
    let mut wanted = |name: &str| params.text(name).as_deref().map(folded);
    let (name, iso2) = (wanted("country"), wanted("country_iso2"));
    let iso3 = wanted("country_iso3");
    let paging = paging(&mut params);
    params.check()?;
    let countries = store.geography.countries().iter().filter(|country| {
        is(name.as_ref(), &country.name)
            && is(iso2.as_ref(), &country.code)
            && is(iso3.as_ref(), &country.alpha3)
    });
    let countries = cut(countries, paging).into_iter();
    Ok(Json(
        countries.map(|country| respond(&store, country)).collect(),
    ))
}

/// Counts countries.
#[utoipa::path(get, path = "/countries/count", tag = "V2 Geography", operation_id = "v2GetCountriesCount",
    responses((status = 200, body = Count)))]
pub(super) async fn count_countries(State(store): State<Store>) -> Json<Count> {
    count(store.geography.countries().len())
}

/// Lists the states of all countries.
#[utoipa::path(get, path = "/countries/states", tag = "V2 Geography", operation_id = "v2GetStates",
    params(("page" = Option<u32>, Query, description = "Page, from 1."),
        ("limit" = Option<u32>, Query, description = "Rows of a page, 50, at most 250.")),
    responses((status = 200, body = Vec<StateResponse>), (status = 400, body = Vec<ProblemBody>)))]
pub(super) async fn all_states(
    State(store): State<Store>,
    mut params: Params,
) -> Response<Vec<StateResponse>> {
    let paging = paging(&mut params);
    params.check()?;
    let countries = store.geography.countries().iter();
    Ok(Json(cut(countries.flat_map(states_of), paging)))
}

/// Counts the states of all countries.
#[utoipa::path(get, path = "/countries/states/count", tag = "V2 Geography", operation_id = "v2GetStatesCount",
    responses((status = 200, body = Count)))]
pub(super) async fn count_all_states(State(store): State<Store>) -> Json<Count> {
    let countries = store.geography.countries().iter();
    count(countries.map(|country| country.states.len()).sum())
}

/// Shows a country.
#[utoipa::path(get, path = "/countries/{country_id}", tag = "V2 Geography", operation_id = "v2GetCountry",
    params(("country_id" = i64, Path, description = "Id of the country.")),
    responses((status = 200, body = CountryResponse), (status = 404, body = Vec<ProblemBody>)))]
pub(super) async fn country(
    State(store): State<Store>,
    IdV2(id): IdV2,
) -> Response<CountryResponse> {
    Ok(Json(respond(&store, find(&store, id)?)))
}

/// Lists the states of a country.
#[utoipa::path(get, path = "/countries/{country_id}/states", tag = "V2 Geography", operation_id = "v2GetCountryStates",
    params(("country_id" = i64, Path, description = "Id of the country."),
        ("state" = Option<String>, Query, description = "Name."),
        ("state_abbreviation" = Option<String>, Query, description = "Abbreviation."),
        ("page" = Option<u32>, Query, description = "Page, from 1."),
        ("limit" = Option<u32>, Query, description = "Rows of a page, 50, at most 250.")),
    responses((status = 200, body = Vec<StateResponse>), (status = 404, body = Vec<ProblemBody>)))]
pub(super) async fn states(
    State(store): State<Store>,
    IdV2(id): IdV2,
    mut params: Params,
) -> Response<Vec<StateResponse>> {
    let mut wanted = |name: &str| params.text(name).as_deref().map(folded);
    let (name, short) = (wanted("state"), wanted("state_abbreviation"));
    let paging = paging(&mut params);
    params.check()?;
    let states = states_of(find(&store, id)?).filter(|state| {
        is(name.as_ref(), &state.state) && is(short.as_ref(), &state.state_abbreviation)
    });
    Ok(Json(cut(states, paging)))
}

/// Counts the states of a country.
#[utoipa::path(get, path = "/countries/{country_id}/states/count", tag = "V2 Geography", operation_id = "v2GetCountryStatesCount",
    params(("country_id" = i64, Path, description = "Id of the country.")),
    responses((status = 200, body = Count), (status = 404, body = Vec<ProblemBody>)))]
pub(super) async fn count_states(State(store): State<Store>, IdV2(id): IdV2) -> Response<Count> {
    Ok(count(find(&store, id)?.states.len()))
}

/// Shows a state of a country.
#[utoipa::path(get, path = "/countries/{country_id}/states/{state_id}", tag = "V2 Geography", operation_id = "v2GetCountryState",
    params(("country_id" = i64, Path, description = "Id of the country."),
        ("state_id" = i64, Path, description = "Id of the state.")),
    responses((status = 200, body = StateResponse), (status = 404, body = Vec<ProblemBody>)))]
pub(super) async fn state(
    State(store): State<Store>,
    Ids(country, id): Ids,
) -> Response<StateResponse> {
    let mut states = states_of(find(&store, country)?);
    let state = states.find(|state| i64::from(state.id) == id);
    Ok(Json(state.ok_or_else(ProblemDetails::not_found)?))
}
