//! Bodies of requests that the store's own pages make.

use crate::domain::{Store, browser};
use crate::infra::http;
use crate::infra::json::{self, NullRule};
use crate::infra::problem::ProblemDetails;
use axum::body::Body;
use axum::http::{HeaderMap, StatusCode};
use serde::de::DeserializeOwned;

/// Reads the JSON body of a request that one of the store's own pages made.
pub(super) async fn read<T: DeserializeOwned>(
    store: &Store,
    headers: &HeaderMap,
    body: Body,
) -> Result<T, ProblemDetails> {
    let body = body_of_own_page(store, headers, body).await?;
    parse(headers, &body)
}

/// The body of a request that one of the store's own pages made.
pub(super) async fn body_of_own_page(
    store: &Store,
    headers: &HeaderMap,
    body: Body,
) -> Result<Vec<u8>, ProblemDetails> {
    let body = http::read_body(body, http::BODY_LIMIT).await;
    if !browser::is_same_origin(store, headers) {
        return Err(ProblemDetails::new(
            StatusCode::FORBIDDEN,
            "Only pages of this store may send this request.",
        ));
    }
    Ok(body?)
}

/// Reads a JSON body.
pub(super) fn parse<T: DeserializeOwned>(
    headers: &HeaderMap,
    body: &[u8],
) -> Result<T, ProblemDetails> {
    http::check_json(headers)?;
    json::from_slice(body, NullRule::ByType).map_err(|error| {
        let mut problem = ProblemDetails::new(
            StatusCode::BAD_REQUEST,
            "The body is not the expected JSON object.",
        );
        let path = match error.path() {
            "" => "body",
            path => path,
        };
        let message = error.to_string().into();
        problem.errors.insert(path.to_owned(), message);
        problem
    })
}
