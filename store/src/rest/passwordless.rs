//! `POST /login.php?action=passwordless_login`: asks for a link that signs in. The theme hands it
//! over; the answer is JSON, as the platform's is.

use super::{Problem, body_of_own_page, parse};
use crate::local_path::destination;
use crate::passwordless::{self, RequestError};
use crate::{Store, http};
use axum::body::Body;
use axum::http::{HeaderMap, StatusCode};
use axum::response::Response;
use serde::Deserialize;
use serde_json::json;
use std::net::SocketAddr;

/// The body, as JSON or as a form.
#[derive(Default, Deserialize)]
#[serde(default)]
struct Asked {
    email: String,
    redirect_url: String,
}

pub(crate) async fn request(
    store: &Store,
    peer: SocketAddr,
    headers: &HeaderMap,
    body: Body,
) -> Result<Response, Problem> {
    let body = body_of_own_page(store, headers, body).await?;
    let asked = if http::is_content_type(headers, "application/x-www-form-urlencoded") {
        let mut asked = Asked::default();
        for (name, value) in form_urlencoded::parse(&body) {
            match name.as_ref() {
                "email" => asked.email = value.into_owned(),
                "redirect_url" => asked.redirect_url = value.into_owned(),
                _ => {}
            }
        }
        asked
    } else {
        parse(headers, &body)?
    };
    store.throttle.admit(peer.ip())?;
    let destination = destination(&asked.redirect_url).to_owned();
    passwordless::request(store, asked.email, destination)
        .await
        .map_err(|error| match error {
            RequestError::Off => Problem::new(StatusCode::NOT_FOUND, error.to_string()),
            RequestError::NotAnEmail => {
                Problem::new(StatusCode::UNPROCESSABLE_ENTITY, error.to_string())
            }
            RequestError::Db(_) => Problem::internal(&error),
        })?;
    // The same for everyone: what was sent, if anything, is for the mailbox to know.
    let answer = json!({ "expiry": passwordless::LIFETIME, "sent_email": "sign_in" });
    Ok(http::json(StatusCode::OK, &answer))
}
