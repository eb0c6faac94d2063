//! The sign-in page, and signing out.

use super::failure::Failure;
use super::first_answer::{FirstAnswer, FirstAnswers};
use super::form::{Form, redirect, value};
use super::view::{Embedded, FormError, Page, Query};
use crate::domain::account::sign_in;
use crate::domain::sessions::{self, Started};
use crate::domain::{Store, browser};
use crate::infra::assets::Bundle;
use crate::infra::safe_redirect::{ACCOUNT, destination};
use askama::Template;
use axum::http::{HeaderMap, StatusCode};
use axum::response::Response;
use serde_json::json;
use storefront_rules::Secret;

#[derive(Template)]
#[template(path = "sign_in.html")]
struct SignIn {
    page: Page,
    embedded: Embedded,
    redirect_to: String,
    /// What was done before the shopper came here.
    notice: &'static str,
    /// What went wrong before the shopper came here; the form itself is fresh.
    errors: Vec<FormError>,
    refused: Option<Refused>,
    first_answer: Option<FirstAnswer>,
}

/// A form that came in vain.
struct Refused {
    email: String,
    message: String,
    /// The page offers the link to choose a new password.
    must_reset: bool,
}

impl Refused {
    fn new(email: &str, message: impl Into<String>) -> Self {
        Self {
            email: email.to_owned(),
            message: message.into(),
            must_reset: false,
        }
    }
}

/// What a page that leads here wants said, by its name in the query.
fn notice(query: &Query) -> &'static str {
    match query.get("notice") {
        Some("password_changed") => "Your password is changed. Sign in with the new one.",
        Some(_) | None => "",
    }
}

pub(super) async fn show(
    store: &Store,
    first_answers: &FirstAnswers,
    headers: &HeaderMap,
    query: &Query,
    page: Page,
) -> Result<Response, Failure> {
    let redirect_to = destination(query.get("redirect_to").unwrap_or_default());
    let template = SignIn {
        embedded: Embedded::new(store, headers, query, Bundle::SignIn)?,
        redirect_to: redirect_to.to_owned(),
        notice: notice(query),
        errors: Vec::new(),
        refused: None,
        first_answer: FirstAnswer::new(store, first_answers, &page, "sign-in", json!({})).await,
        page,
    };
    answer(StatusCode::OK, &template)
}

/// The page for a shopper whom a link should have signed in.
pub(super) async fn show_instead(
    store: &Store,
    headers: &HeaderMap,
    query: &Query,
    status: StatusCode,
    error: &str,
) -> Result<Response, Failure> {
    let template = SignIn {
        page: Page::new(store, headers, query).await?,
        embedded: Embedded::new(store, headers, query, Bundle::SignIn)?,
        redirect_to: ACCOUNT.to_owned(),
        notice: "",
        errors: vec![FormError::new("", error)],
        refused: None,
        first_answer: None,
    };
    answer(status, &template)
}

fn answer(status: StatusCode, template: &SignIn) -> Result<Response, Failure> {
    Page::show(&template.page.nonce, status, template)
}

pub(super) async fn check(
    store: &Store,
    headers: &HeaderMap,
    query: &Query,
    form: &Form,
) -> Result<Response, Failure> {
    let email = value(form, "login_email");
    let password = Secret::new(value(form, "login_pass"));
    let redirect_to = destination(value(form, "redirect_to"));
    let refused = match sign_in::sign_in(store, email.to_owned(), password, sessions::start).await {
        Ok(started) => return Ok(welcome(store, &started, redirect_to)),
        Err(sign_in::Error::InvalidCredentials) => Refused::new(
            email,
            "No account has this email address and password. Check both.",
        ),
        Err(sign_in::Error::MustReset) => Refused {
            must_reset: true,
            ..Refused::new(
                email,
                "Your password is right, but this store asks you to choose a new one first.",
            )
        },
        Err(error @ sign_in::Error::LockedOut(_)) => Refused::new(email, error.to_string()),
        Err(error @ (sign_in::Error::Db(_) | sign_in::Error::Passwords(_))) => {
            return Err(error.into());
        }
    };
    let template = SignIn {
        page: Page::new(store, headers, query).await?,
        embedded: Embedded::new(store, headers, query, Bundle::SignIn)?,
        redirect_to: redirect_to.to_owned(),
        notice: "",
        errors: Vec::new(),
        refused: Some(refused),
        // A form that came back with an error stays.
        first_answer: None,
    };
    answer(StatusCode::UNPROCESSABLE_ENTITY, &template)
}

/// Hands over the session and goes on.
pub(super) fn welcome(store: &Store, started: &Started, to: &str) -> Response {
    let mut response = redirect(to);
    browser::set_cookie(&mut response, &browser::session_cookie(store, started));
    response
}

pub(super) async fn sign_out(store: &Store, headers: &HeaderMap) -> Result<Response, Failure> {
    if let Some(token) = browser::session_token(headers) {
        sign_in::sign_out(store, token).await?;
    }
    let mut response = redirect("/");
    browser::set_cookie(&mut response, &browser::no_session_cookie(store));
    Ok(response)
}
