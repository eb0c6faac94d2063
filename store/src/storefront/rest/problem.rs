//! What is wrong with a request (RFC 9457).

use crate::infra::http;
use crate::infra::rate_limit::RateLimited;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use serde_json::{Map, Value, json};

/// Why a request was not carried out.
pub(crate) struct ProblemDetails {
    status: StatusCode,
    title: String,
    /// When it may be sent again.
    wait: Option<RateLimited>,
    /// What is wrong with which field, by the name the request gave it.
    pub(super) errors: Map<String, Value>,
}

impl ProblemDetails {
    pub(super) fn new(status: StatusCode, title: impl Into<String>) -> Self {
        Self {
            status,
            title: title.into(),
            wait: None,
            errors: Map::new(),
        }
    }

    /// Logs what went wrong inside and says that something did.
    pub(super) fn internal(error: &dyn std::error::Error) -> Self {
        tracing::error!(%error, "a request failed");
        Self::new(
            StatusCode::INTERNAL_SERVER_ERROR,
            "The store failed to answer. Try again in a moment.",
        )
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

impl IntoResponse for ProblemDetails {
    fn into_response(self) -> Response {
        let mut body = json!({
            "status": self.status.as_u16(),
            "title": self.title,
            "type": "about:blank",
        });
        if let (false, Some(body)) = (self.errors.is_empty(), body.as_object_mut()) {
            body.insert("errors".to_owned(), Value::Object(self.errors));
        }
        let mut response = http::json(self.status, &body);
        if let Some(why) = self.wait {
            http::retry_after(&mut response, why);
        }
        response
    }
}
