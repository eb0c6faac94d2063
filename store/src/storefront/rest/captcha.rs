//! The captcha of this store, in the place of Google's.

use super::body::read;
use crate::domain::{Store, captcha};
use crate::infra::http;
use crate::infra::problem::ProblemDetails;
use axum::body::Body;
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Response};
use serde_json::{Value, json};

/// The script that stands for Google's.
pub(super) async fn script() -> Response {
    let headers = [
        (header::CONTENT_TYPE, "text/javascript; charset=utf-8"),
        (header::CACHE_CONTROL, "no-cache"),
        http::NO_SNIFF,
    ];
    (headers, captcha::SCRIPT).into_response()
}

/// Gives a page a token for whoever ticks the box.
pub(super) async fn issue_token(
    State(store): State<Store>,
    headers: HeaderMap,
    body: Body,
) -> Result<Response, ProblemDetails> {
    let _: Value = read(&store, &headers, body).await?;
    let token = store.captcha.issue();
    let token = token.map_err(|error| ProblemDetails::internal(&error))?;
    let answer = json!({ "token": token, "expires_in": captcha::LIFETIME });
    Ok(http::json(StatusCode::OK, &answer))
}
