//! Bodies: one item or a list of them, read by type, with the path of what is wrong.

use crate::infra::http;
use crate::infra::json::{self, NullRule};
use crate::infra::problem::ProblemDetails;
use axum::extract::{FromRequest, Request};
use serde::de::DeserializeOwned;

/// Largest body taken, in bytes.
const LIMIT: usize = 1024 * 1024;

/// Properties that may be null; of all others null is refused, as the specification has it.
const NULLABLE: NullRule = NullRule::Only(&["channel_ids", "order_id"]);

/// What V2 itself writes as null may come back besides.
const NULLABLE_V2: NullRule = NullRule::Only(&["channel_ids", "order_id", "form_fields"]);

/// A JSON body.
pub(crate) struct Json<T>(pub(crate) T);

/// A JSON body of objects whose every property may be null.
pub(crate) struct Nullable<T>(pub(crate) T);

impl<T: DeserializeOwned, S: Send + Sync> FromRequest<S> for Json<T> {
    type Rejection = ProblemDetails;

    async fn from_request(request: Request, _: &S) -> Result<Self, ProblemDetails> {
        read(request, NULLABLE).await.map(Self)
    }
}

impl<T: DeserializeOwned, S: Send + Sync> FromRequest<S> for Nullable<T> {
    type Rejection = ProblemDetails;

    async fn from_request(request: Request, _: &S) -> Result<Self, ProblemDetails> {
        read(request, NullRule::ByType).await.map(Self)
    }
}

async fn read<T: DeserializeOwned>(request: Request, nulls: NullRule) -> Result<T, ProblemDetails> {
    http::check_json(request.headers())?;
    let bytes = http::read_body(request.into_body(), LIMIT).await?;
    json::from_slice(&bytes, nulls)
        .map_err(|error| ProblemDetails::invalid(error.path(), error.to_string()))
}

impl<T> Json<Vec<T>> {
    /// The items, if they are not more than `limit`.
    pub(crate) fn at_most(self, limit: usize) -> Result<Vec<T>, ProblemDetails> {
        if self.0.len() > limit {
            return Err(ProblemDetails::too_many_items(limit));
        }
        Ok(self.0)
    }
}

/// The V2 way to say what is wrong with a body.
pub(crate) struct JsonV2<T>(pub(crate) T);

impl<T: DeserializeOwned, S: Send + Sync> FromRequest<S> for JsonV2<T> {
    type Rejection = super::problem::InV2;

    async fn from_request(request: Request, _: &S) -> Result<Self, Self::Rejection> {
        Ok(Self(read(request, NULLABLE_V2).await?))
    }
}
