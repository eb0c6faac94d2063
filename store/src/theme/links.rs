//! Links that sign a shopper in: mailed ones, and those that an app makes.

use super::failure::Failure;
use super::form::{Form, value};
use super::sign_in;
use super::view::{Page, Query};
use crate::domain::Store;
use crate::domain::account::passwordless;
use crate::domain::sessions::customer_login::{self, LoginError};
use crate::domain::sessions::{self, email_token};
use crate::infra::http;
use crate::infra::safe_redirect::{ACCOUNT, destination};
use askama::Template;
use axum::extract::{ConnectInfo, Path, State};
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use std::net::SocketAddr;

/// A mailed link leads to a button: programs that look into mail follow links, and must not spend
/// its token.
#[derive(Template)]
#[template(path = "passwordless.html")]
struct Passwordless {
    page: Page,
    secret: String,
    redirect_to: String,
}

pub(super) fn show_mailed(query: &Query, page: Page) -> Result<Response, Failure> {
    let template = Passwordless {
        secret: query.get("t").unwrap_or_default().to_owned(),
        redirect_to: destination(query.get("redirect_to").unwrap_or_default()).to_owned(),
        page,
    };
    let mut response = Page::show(&template.page.nonce, StatusCode::OK, &template)?;
    http::keep_url_here(&mut response);
    Ok(response)
}

pub(super) async fn follow_mailed(
    store: &Store,
    headers: &HeaderMap,
    query: &Query,
    form: &Form,
) -> Result<Response, Failure> {
    let error = match passwordless::sign_in(store, value(form, "t").to_owned()).await {
        Ok(started) => {
            let to = destination(value(form, "redirect_to"));
            return Ok(sign_in::welcome(store, &started, to));
        }
        Err(
            passwordless::Error::Db(error)
            | passwordless::Error::Link(email_token::Error::Db(error)),
        ) => {
            return Err(error.into());
        }
        Err(
            error @ (passwordless::Error::MustReset
            | passwordless::Error::Link(
                email_token::Error::NotValid
                | email_token::Error::Expired
                | email_token::Error::Used,
            )),
        ) => error.to_string(),
    };
    let status = StatusCode::UNPROCESSABLE_ENTITY;
    sign_in::show_instead(store, headers, query, status, &error).await
}

/// `HEAD /login/token/{jwt}`: programs that look at a link before they follow it do not use it up.
pub(super) async fn keep_token() -> Response {
    let mut response = StatusCode::METHOD_NOT_ALLOWED.into_response();
    let get = HeaderValue::from_static("GET");
    response.headers_mut().insert(header::ALLOW, get);
    http::keep_url_here(&mut response);
    response
}

/// `GET /login/token/{jwt}`: the platform's Customer Login.
pub(super) async fn follow_token(
    State(store): State<Store>,
    ConnectInfo(peer): ConnectInfo<SocketAddr>,
    Path(token): Path<String>,
    headers: HeaderMap,
) -> Result<Response, Failure> {
    let mut response = match customer_login::sign_in(&store, token, peer.ip(), sessions::start)
        .await
    {
        Ok((started, to)) => sign_in::welcome(&store, &started, to.as_deref().unwrap_or(ACCOUNT)),
        Err(LoginError::Refused(refusal)) => {
            tracing::warn!(reason = refusal.code(), "a sign-in token was refused");
            let error = "This sign-in link does not work. Sign in here instead.";
            let (query, status) = (Query::read(None), StatusCode::FORBIDDEN);
            sign_in::show_instead(&store, &headers, &query, status, error).await?
        }
        Err(error @ LoginError::Db(_)) => return Err(error.into()),
    };
    http::keep_url_here(&mut response);
    Ok(response)
}
