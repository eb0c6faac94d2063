//! What is wrong with a request, for everything that answers in JSON (RFC 9457).

use super::http::{self, BodyError};
use super::rate_limit::RateLimited;
use super::{db, password_hash};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use serde_json::{Map, Value, json};

/// Where the platform explains statuses.
const TYPE: &str = "https://developer.bigcommerce.com/api-docs/getting-started/api-status-codes";

/// Why a request was not carried out.
#[derive(Debug)]
pub(crate) struct ProblemDetails {
    pub(crate) status: StatusCode,
    pub(crate) title: String,
    /// What is wrong where: by the name of a field, or by a dotted path such as `0.email`.
    pub(crate) errors: Map<String, Value>,
    /// When the request may be sent again.
    wait: Option<RateLimited>,
}

impl ProblemDetails {
    pub(crate) fn new(status: StatusCode, title: impl Into<String>) -> Self {
        Self {
            status,
            title: title.into(),
            errors: Map::new(),
            wait: None,
        }
    }

    /// Logs what went wrong inside and says that something did.
    pub(crate) fn internal(error: &dyn std::error::Error) -> Self {
        tracing::error!(%error, "a request failed");
        Self::new(StatusCode::INTERNAL_SERVER_ERROR, http::INTERNAL_ERROR)
    }

    /// The response with a `body` that says the same in another form.
    pub(crate) fn into_response_with(self, body: &Value) -> Response {
        let mut response = http::json(self.status, body);
        if let Some(why) = self.wait {
            http::retry_after(&mut response, why);
        }
        response
    }
}

impl IntoResponse for ProblemDetails {
    fn into_response(self) -> Response {
        let body = json!({
            "status": self.status.as_u16(), "title": self.title, "type": TYPE, "errors": self.errors,
        });
        self.into_response_with(&body)
    }
}

impl From<RateLimited> for ProblemDetails {
    fn from(why: RateLimited) -> Self {
        Self {
            wait: Some(why),
            ..Self::new(StatusCode::TOO_MANY_REQUESTS, why.to_string())
        }
    }
}

impl From<BodyError> for ProblemDetails {
    fn from(error: BodyError) -> Self {
        Self::new(error.status(), error.to_string())
    }
}

impl From<db::Error> for ProblemDetails {
    fn from(error: db::Error) -> Self {
        Self::internal(&error)
    }
}

impl From<rusqlite::Error> for ProblemDetails {
    fn from(error: rusqlite::Error) -> Self {
        Self::internal(&error)
    }
}

impl From<password_hash::Error> for ProblemDetails {
    fn from(error: password_hash::Error) -> Self {
        Self::internal(&error)
    }
}
