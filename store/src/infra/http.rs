//! What every way into the store shares: bodies, headers, the log.

use crate::infra::rate_limit::RateLimited;
use axum::body::{Body, to_bytes};
use axum::extract::{MatchedPath, Request};
use axum::http::{HeaderMap, HeaderName, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use reqwest::Url;
use serde::Serialize;
use std::time::Duration;
use tracing::Span;

/// Largest body that a storefront sends, in bytes.
pub(crate) const BODY_LIMIT: usize = 64 * 1024;

/// How much of a body that is too large is read before the answer, so that a client which is still
/// sending gets to see it.
const DRAIN_LIMIT: usize = 4 * 1024 * 1024;

/// Nothing a shopper's browser or a proxy may keep.
pub(crate) const NO_STORE: (HeaderName, &str) = (header::CACHE_CONTROL, "no-store");

/// The content type is the one that is said.
pub(crate) const NO_SNIFF: (HeaderName, &str) = (header::X_CONTENT_TYPE_OPTIONS, "nosniff");

/// What is said where the store failed; why is in the log.
pub(crate) const INTERNAL_ERROR: &str = "The store failed to answer. Try again in a moment.";

/// Why a body is not read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub(crate) enum BodyError {
    /// It is declared to be something else.
    #[error("The body must be JSON: send 'Content-Type: application/json'.")]
    NotJson,
    /// It has more bytes than these, or it broke off.
    #[error("The body is larger than {0} bytes, or it broke off.")]
    TooLarge(usize),
}

impl BodyError {
    pub(crate) const fn status(self) -> StatusCode {
        match self {
            Self::NotJson => StatusCode::UNSUPPORTED_MEDIA_TYPE,
            Self::TooLarge(_) => StatusCode::PAYLOAD_TOO_LARGE,
        }
    }
}

/// Reads a whole body of at most `limit` bytes.
pub(crate) async fn read_body(body: Body, limit: usize) -> Result<Vec<u8>, BodyError> {
    let bytes = to_bytes(body, DRAIN_LIMIT).await;
    let bytes = bytes.map_err(|_| BodyError::TooLarge(limit))?;
    if bytes.len() > limit {
        return Err(BodyError::TooLarge(limit));
    }
    Ok(bytes.to_vec())
}

/// Whether the body is declared to be JSON.
pub(crate) fn check_json(headers: &HeaderMap) -> Result<(), BodyError> {
    if is_content_type(headers, "application/json") {
        Ok(())
    } else {
        Err(BodyError::NotJson)
    }
}

/// The text of a header, when it is one.
pub(crate) fn text(headers: &HeaderMap, name: HeaderName) -> Option<&str> {
    headers.get(name)?.to_str().ok()
}

/// Whether a text is the URL of something that is served by https or http, as it stands: parsers drop line
/// ends and spaces around.
pub(crate) fn is_web_url(text: &str) -> bool {
    let is_plain = !text.contains(|c: char| c.is_whitespace() || c.is_control());
    let url = Url::parse(text);
    is_plain && url.is_ok_and(|url| matches!(url.scheme(), "https" | "http") && url.has_host())
}

/// Whether the body is declared to be of this media type.
pub(crate) fn is_content_type(headers: &HeaderMap, wanted: &str) -> bool {
    text(headers, header::CONTENT_TYPE)
        .and_then(|value| value.split(';').next())
        .is_some_and(|value| value.trim().eq_ignore_ascii_case(wanted))
}

/// Says when to try again, in seconds: `Retry-After`, and `X-Retry-After`, which some clients of the platform
/// read instead, and without which they try again at once and for ever.
pub(crate) fn retry_after(response: &mut Response, why: RateLimited) {
    let headers = response.headers_mut();
    let seconds = HeaderValue::from(why.seconds);
    headers.insert(header::RETRY_AFTER, seconds.clone());
    headers.insert(HeaderName::from_static("x-retry-after"), seconds);
}

/// JSON that nobody keeps.
pub(crate) fn json(status: StatusCode, body: &impl Serialize) -> Response {
    let headers = [
        (header::CONTENT_TYPE, "application/json; charset=utf-8"),
        NO_STORE,
        NO_SNIFF,
    ];
    // Text keys and plain values alone: nothing of it can fail.
    let body = serde_json::to_vec(body).unwrap_or_default();
    (status, headers, body).into_response()
}

/// Has the browser tell no other site the URL of this page, which carries a token. It is not
/// `no-referrer`: with that, a browser calls the origin of the page's own form `null`.
pub(crate) fn keep_url_here(response: &mut Response) {
    let headers = response.headers_mut();
    let same_origin = HeaderValue::from_static("same-origin");
    headers.insert(header::REFERRER_POLICY, same_origin);
}

/// What the log calls a request: its method and the route that it met. The path itself may name a shopper or
/// carry a token, and so may the query, the headers and the body.
pub(crate) fn span(request: &Request) -> Span {
    let route = request.extensions().get::<MatchedPath>();
    let route = route.map_or("none", MatchedPath::as_str);
    tracing::info_span!("request", method = %request.method(), route)
}

/// Logs that a request was answered.
pub(crate) fn log(response: &Response, latency: Duration, _: &Span) {
    let ms = u64::try_from(latency.as_millis()).unwrap_or(u64::MAX);
    tracing::info!(status = response.status().as_u16(), ms, "answered");
}
