//! Why there is no page to show.

use crate::infra::http;
use crate::infra::rate_limit::RateLimited;
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};

/// Why there is no page to show.
pub(super) enum Failure {
    /// Another site's page sent the form.
    OtherSite,
    /// The form is larger than any of ours.
    TooLarge,
    /// No form of ours looks like that.
    BadRequest,
    /// Too many forms came from the same address of the network.
    RateLimited(RateLimited),
    /// The store failed; logged already.
    Internal,
}

impl<E: std::error::Error> From<E> for Failure {
    fn from(error: E) -> Self {
        tracing::error!(%error, "a page failed");
        Self::Internal
    }
}

impl IntoResponse for Failure {
    fn into_response(self) -> Response {
        let too_many;
        let (status, text) = match &self {
            Self::OtherSite => (
                StatusCode::FORBIDDEN,
                "This form was sent from another site. Open the page here and send it again.",
            ),
            Self::TooLarge => (
                StatusCode::PAYLOAD_TOO_LARGE,
                "The form is too large. Shorten your answers and send it again.",
            ),
            Self::BadRequest => (
                StatusCode::BAD_REQUEST,
                "This is not a form of this store. Open the page here and send it again.",
            ),
            Self::RateLimited(why) => {
                too_many = why.to_string();
                (StatusCode::TOO_MANY_REQUESTS, too_many.as_str())
            }
            Self::Internal => (StatusCode::INTERNAL_SERVER_ERROR, http::INTERNAL_ERROR),
        };
        let headers = [
            (header::CONTENT_TYPE, "text/plain; charset=utf-8"),
            http::NO_STORE,
            http::NO_SNIFF,
        ];
        let mut response = (status, headers, text.to_owned()).into_response();
        if let Self::RateLimited(why) = self {
            http::retry_after(&mut response, why);
        }
        response
    }
}
