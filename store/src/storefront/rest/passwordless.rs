//! `POST /login.php?action=passwordless_login`: asks for a link that signs in. It stands
//! before the theme, which has the other actions of this path; the answer is JSON.

use super::body::{body_of_own_page, parse};
use crate::domain::Store;
use crate::domain::account::passwordless::{self, RequestError};
use crate::infra::http;
use crate::infra::problem::ProblemDetails;
use crate::infra::safe_redirect::destination;
use axum::body::Body;
use axum::extract::{ConnectInfo, Request, State};
use axum::http::{HeaderMap, Method, StatusCode};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use serde::Deserialize;
use serde_json::json;
use std::net::SocketAddr;

/// The body, as JSON or as a form.
#[derive(Default, Deserialize)]
#[serde(default)]
struct LinkRequest {
    email: String,
    redirect_url: String,
}

/// Answers the request that asks for a link, and lets all others through.
pub(crate) async fn passwordless_login(
    State(store): State<Store>,
    ConnectInfo(peer): ConnectInfo<SocketAddr>,
    request: Request,
    next: Next,
) -> Response {
    if !is_passwordless_login(&request) {
        return next.run(request).await;
    }
    let (parts, body) = request.into_parts();
    self::request(&store, peer, &parts.headers, body)
        .await
        .into_response()
}

fn is_passwordless_login(request: &Request) -> bool {
    let uri = request.uri();
    let query = uri.query().unwrap_or_default();
    let mut pairs = form_urlencoded::parse(query.as_bytes());
    let action = pairs.find(|(name, _)| name == "action");
    request.method() == Method::POST
        && uri.path() == "/login.php"
        && action.is_some_and(|(_, action)| action == "passwordless_login")
}

async fn request(
    store: &Store,
    peer: SocketAddr,
    headers: &HeaderMap,
    body: Body,
) -> Result<Response, ProblemDetails> {
    let body = body_of_own_page(store, headers, body).await?;
    let asked = if http::is_content_type(headers, "application/x-www-form-urlencoded") {
        let mut asked = LinkRequest::default();
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
    store.rate_limits.check_attempt(peer.ip())?;
    let destination = destination(&asked.redirect_url).to_owned();
    passwordless::request(store, asked.email, destination)
        .await
        .map_err(|error| match error {
            RequestError::Off => ProblemDetails::new(StatusCode::NOT_FOUND, error.to_string()),
            RequestError::NotAnEmail => {
                ProblemDetails::new(StatusCode::UNPROCESSABLE_ENTITY, error.to_string())
            }
            RequestError::Db(_) => ProblemDetails::internal(&error),
        })?;
    // The same for everyone: what was sent, if anything, is for the mailbox to know.
    let answer = json!({ "expiry": passwordless::LIFETIME, "sent_email": "sign_in" });
    Ok(http::json(StatusCode::OK, &answer))
}
