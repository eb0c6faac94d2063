//! The sign-in page, and signing out.

use super::view::{Complaint, Page, Query};
use super::{Failure, Form, redirect, value};
use crate::{Store, http, sign_in};
use askama::Template;
use axum::http::{HeaderMap, StatusCode};
use axum::response::Response;
use storefront_rules::Secret;

/// Where a shopper goes who has just signed in and came from nowhere in particular.
const ACCOUNT: &str = "/account.php";

#[derive(Template)]
#[template(path = "sign_in.html")]
struct SignIn {
    page: Page,
    complaints: Vec<Complaint>,
    email: String,
    redirect_to: String,
}

pub(super) fn show(query: &Query, page: Page) -> Result<Response, Failure> {
    let redirect_to = destination(query.get("redirect_to").unwrap_or_default()).to_owned();
    answer(page, StatusCode::OK, Vec::new(), String::new(), redirect_to)
}

fn answer(
    page: Page,
    status: StatusCode,
    complaints: Vec<Complaint>,
    email: String,
    redirect_to: String,
) -> Result<Response, Failure> {
    let nonce = page.nonce.clone();
    let template = SignIn {
        page,
        complaints,
        email,
        redirect_to,
    };
    Page::show(&nonce, status, &template)
}

pub(super) async fn check(
    store: &Store,
    headers: &HeaderMap,
    query: &Query,
    form: &Form,
) -> Result<Response, Failure> {
    let email = value(form, "login_email").to_owned();
    let password = Secret::new(value(form, "login_pass"));
    let redirect_to = destination(value(form, "redirect_to"));
    match sign_in::sign_in(store, email.clone(), password).await {
        Ok(started) => Ok(welcome(store, &started, redirect_to)),
        Err(sign_in::Error::InvalidCredentials) => {
            let complaint = Complaint {
                target: "login_email".to_owned(),
                message: "No account has this email address and password. Check both.".to_owned(),
            };
            let page = Page::new(store, headers, query).await?;
            let status = StatusCode::UNPROCESSABLE_ENTITY;
            answer(page, status, vec![complaint], email, redirect_to.to_owned())
        }
        Err(error @ (sign_in::Error::Db(_) | sign_in::Error::Passwords(_))) => Err(error.into()),
    }
}

/// Hands over the session and goes on.
pub(super) fn welcome(store: &Store, started: &sign_in::Started, to: &str) -> Response {
    let mut response = redirect(to);
    http::set_cookie(&mut response, &http::session_cookie(store, &started.token));
    response
}

/// Where a customer goes who has just opened an account.
pub(super) fn welcome_new(store: &Store, started: &sign_in::Started) -> Response {
    welcome(store, started, ACCOUNT)
}

pub(super) async fn sign_out(store: &Store, headers: &HeaderMap) -> Result<Response, Failure> {
    if let Some(token) = http::session_token(headers) {
        sign_in::sign_out(store, token).await?;
    }
    let mut response = redirect("/");
    http::set_cookie(&mut response, &http::no_session_cookie(store));
    Ok(response)
}

/// The path to go on to: one of this store's, whatever the query says. `//host`, `/\host` and
/// control characters would lead a browser elsewhere.
fn destination(wanted: &str) -> &str {
    let inside = wanted.starts_with('/')
        && !wanted.starts_with("//")
        && !wanted.contains('\\')
        && wanted.bytes().all(|b| b.is_ascii_graphic());
    if inside { wanted } else { ACCOUNT }
}
