//! Numbers in paths.

use super::problem::{InV2, Problem};
use axum::extract::{FromRequestParts, RawPathParams};
use axum::http::request::Parts;

/// The number at the end of what a path names, such as a customer's; what is no number names
/// nothing.
pub(crate) struct Number(pub(crate) i64);

/// The numbers of a customer and of something that is theirs, in V2.
pub(crate) struct Numbers(pub(crate) i64, pub(crate) i64);

/// A number in a path of V2.
pub(crate) struct NumberV2(pub(crate) i64);

/// All numbers of a path but for the store's hash.
async fn numbers<S: Send + Sync>(parts: &mut Parts, state: &S) -> Result<Vec<i64>, Problem> {
    let params = RawPathParams::from_request_parts(parts, state).await;
    let params = params.map_err(|_| Problem::not_found())?;
    let numbers: Option<Vec<i64>> = params
        .iter()
        .filter(|(name, _)| *name != "store_hash")
        .map(|(_, text)| text.parse().ok())
        .collect();
    numbers.ok_or_else(Problem::not_found)
}

impl<S: Send + Sync> FromRequestParts<S> for Number {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Problem> {
        match numbers(parts, state).await?.as_slice() {
            [number] => Ok(Self(*number)),
            _ => Err(Problem::not_found()),
        }
    }
}

impl<S: Send + Sync> FromRequestParts<S> for NumberV2 {
    type Rejection = InV2;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, InV2> {
        let Number(number) = Number::from_request_parts(parts, state).await?;
        Ok(Self(number))
    }
}

impl<S: Send + Sync> FromRequestParts<S> for Numbers {
    type Rejection = InV2;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, InV2> {
        match numbers(parts, state).await?.as_slice() {
            [whose, what] => Ok(Self(*whose, *what)),
            _ => Err(Problem::not_found().into()),
        }
    }
}
