//! The V2 Customers API, by the names of customers.v2.yml, and geography: the same rows as V3's,
//! under the older names.

mod addresses;
mod customers;
mod geography;
mod groups;
mod store;

use super::Routes;
use super::problem::InV2;
use super::query::Params;
use crate::infra::select::{PageRequest, Position};
use axum::Json;
use axum::extract::FromRequestParts;
use axum::http::request::Parts;
use serde::{Deserialize, Serialize, Serializer};
use utoipa::ToSchema;
use utoipa_axum::routes;

/// What V2 answers: JSON, or what is wrong.
type Answer<T> = Result<Json<T>, InV2>;

/// Everything below `/v2`.
pub(crate) fn routes() -> Routes {
    Routes::new()
        .routes(routes!(
            customers::list,
            customers::create,
            customers::remove_all
        ))
        .routes(routes!(customers::count))
        .routes(routes!(
            customers::show,
            customers::update,
            customers::remove
        ))
        .routes(routes!(customers::validate))
        .routes(routes!(
            addresses::list,
            addresses::create,
            addresses::remove_all
        ))
        .routes(routes!(addresses::count))
        .routes(routes!(
            addresses::show,
            addresses::update,
            addresses::remove
        ))
        .routes(routes!(groups::list, groups::create))
        .routes(routes!(groups::count))
        .routes(routes!(groups::show, groups::update, groups::remove))
        .routes(routes!(geography::countries))
        .routes(routes!(geography::count_countries))
        .routes(routes!(geography::all_states))
        .routes(routes!(geography::count_all_states))
        .routes(routes!(geography::country))
        .routes(routes!(geography::states))
        .routes(routes!(geography::count_states))
        .routes(routes!(geography::state))
        .routes(routes!(store::time))
        .routes(routes!(store::show))
        .routes(routes!(store::list_hooks))
}

/// How many there are.
#[derive(Debug, Serialize, ToSchema)]
struct Count {
    count: i64,
}

/// A decimal, which V2 writes as a text and takes as either.
#[derive(Deserialize, ToSchema)]
#[serde(untagged)]
enum Decimal {
    Text(String),
    Number(f64),
}

impl Decimal {
    /// The number; none when it is a text that is none.
    fn number(&self) -> Option<f64> {
        match self {
            Self::Text(text) => text
                .trim()
                .parse()
                .ok()
                .filter(|number: &f64| number.is_finite()),
            Self::Number(number) => Some(*number),
        }
    }
}

impl Serialize for Decimal {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Text(text) => serializer.serialize_str(text),
            Self::Number(number) => serializer.serialize_str(&format!("{number:.4}")),
        }
    }
}

/// Where a sub-resource is.
#[derive(Debug, Serialize, ToSchema)]
struct Link {
    url: String,
    resource: String,
}

/// `page` and `limit` where they are documented and there are no pages: of no use, but not taken for
/// just anything.
struct Unpaged;

impl<S: Send + Sync> FromRequestParts<S> for Unpaged {
    type Rejection = InV2;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, InV2> {
        let Ok(mut params) = Params::from_request_parts(parts, state).await;
        paging(&mut params);
        params.check()?;
        Ok(Self)
    }
}

/// `page` and `limit`: V2 has no cursors.
fn paging(params: &mut Params) -> PageRequest {
    let PageRequest { limit, position } = params.paging();
    let position = match position {
        Position::Page(_) => position,
        Position::After(_) | Position::Before(_) => Position::Page(1),
    };
    PageRequest { limit, position }
}
