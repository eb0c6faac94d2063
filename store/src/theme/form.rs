//! Forms that browsers send, and where they lead.

use super::failure::Failure;
use crate::domain::{Store, browser};
use crate::infra::http;
use axum::body::Body;
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Response};

/// What a form sent, in order; names may repeat.
pub(super) type Form = Vec<(String, String)>;

/// The first value of this name; empty without one.
pub(super) fn value<'a>(form: &'a Form, name: &str) -> &'a str {
    form.iter()
        .find(|(own, _)| own == name)
        .map_or("", |(_, value)| value)
}

/// Reads a form that one of the store's own pages sent.
pub(super) async fn read_form(
    store: &Store,
    headers: &HeaderMap,
    body: Body,
) -> Result<Form, Failure> {
    let body = http::read_body(body, http::BODY_LIMIT).await;
    if !browser::is_same_origin(store, headers) {
        return Err(Failure::OtherSite);
    }
    let body = body.map_err(|_| Failure::TooLarge)?;
    if !http::is_content_type(headers, "application/x-www-form-urlencoded") {
        return Err(Failure::BadRequest);
    }
    let form: Form = form_urlencoded::parse(&body).into_owned().collect();
    // The pages are UTF-8 and so is what they send; in another encoding names would be kept maimed.
    let is_maimed = form
        .iter()
        .any(|(_, value)| value.contains(char::REPLACEMENT_CHARACTER));
    let wrote_it = String::from_utf8_lossy(&body).contains("%EF%BF%BD");
    if is_maimed && !wrote_it {
        return Err(Failure::BadRequest);
    }
    Ok(form)
}

/// Leads the browser to another page.
pub(super) fn redirect(to: &str) -> Response {
    (
        StatusCode::SEE_OTHER,
        [(header::LOCATION, to.to_owned())],
        [http::NO_STORE],
    )
        .into_response()
}
