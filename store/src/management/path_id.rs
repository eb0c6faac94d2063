//! Ids in paths.

use super::problem::InV2;
use crate::infra::problem::ProblemDetails;
use axum::extract::{FromRequestParts, RawPathParams};
use axum::http::request::Parts;

/// The id at the end of a path, such as a customer's; what is no number names nothing.
pub(crate) struct Id(pub(crate) i64);

/// The ids of a customer and of something that is theirs, in V2.
pub(crate) struct Ids(pub(crate) i64, pub(crate) i64);

/// An id in a path of V2.
pub(crate) struct IdV2(pub(crate) i64);

/// All ids of a path but for the store's hash.
async fn ids<S: Send + Sync>(parts: &mut Parts, state: &S) -> Result<Vec<i64>, ProblemDetails> {
    let params = RawPathParams::from_request_parts(parts, state).await;
    let params = params.map_err(|_| ProblemDetails::not_found())?;
    let ids: Option<Vec<i64>> = params
        .iter()
        .filter(|(name, _)| *name != "store_hash")
        .map(|(_, text)| text.parse().ok())
        .collect();
    ids.ok_or_else(ProblemDetails::not_found)
}

impl<S: Send + Sync> FromRequestParts<S> for Id {
    type Rejection = ProblemDetails;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, ProblemDetails> {
        match ids(parts, state).await?.as_slice() {
            [id] => Ok(Self(*id)),
            _ => Err(ProblemDetails::not_found()),
        }
    }
}

impl<S: Send + Sync> FromRequestParts<S> for IdV2 {
    type Rejection = InV2;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, InV2> {
        let Id(id) = Id::from_request_parts(parts, state).await?;
        Ok(Self(id))
    }
}

impl<S: Send + Sync> FromRequestParts<S> for Ids {
    type Rejection = InV2;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, InV2> {
        match ids(parts, state).await?.as_slice() {
            [whose, what] => Ok(Self(*whose, *what)),
            _ => Err(ProblemDetails::not_found().into()),
        }
    }
}
