//! `GET /customer/current.jwt`: who is signed in, told to an app.

use crate::domain::sessions::current_customer::{self, CurrentError};
use crate::domain::{Store, browser};
use crate::infra::http;
use crate::infra::problem::ProblemDetails;
use axum::extract::{RawQuery, State};
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Response};

pub(super) async fn show(
    State(store): State<Store>,
    RawQuery(query): RawQuery,
    headers: HeaderMap,
) -> Result<Response, ProblemDetails> {
    let query = query.unwrap_or_default();
    let client_id = form_urlencoded::parse(query.as_bytes())
        .find(|(name, _)| name == "app_client_id")
        .map(|(_, value)| value)
        .unwrap_or_default();
    let customer_id = browser::signed_in(&store, &headers)
        .await
        .map_err(|error| ProblemDetails::internal(&error))?;
    let token = current_customer::current_customer(&store, &client_id, customer_id)
        .await
        .map_err(|error| match error {
            CurrentError::UnknownApp => {
                ProblemDetails::new(StatusCode::BAD_REQUEST, error.to_string())
            }
            CurrentError::Guest => ProblemDetails::new(StatusCode::NOT_FOUND, error.to_string()),
            CurrentError::Db(_) | CurrentError::Signing(_) => ProblemDetails::internal(&error),
        })?;
    let headers = [
        (header::CONTENT_TYPE, "application/jwt"),
        http::NO_STORE,
        http::NO_SNIFF,
    ];
    Ok((headers, token).into_response())
}
