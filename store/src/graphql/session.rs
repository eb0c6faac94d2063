//! `login` and `logout`.

use super::customer::{self, CustomerObject};
use super::{Asker, internal, store};
use crate::{http, sign_in};
use async_graphql::{Context, Error, Result, SimpleObject};
use storefront_rules::Secret;

/// What came of signing in.
#[derive(SimpleObject)]
pub(super) struct LoginResult {
    /// "success".
    #[graphql(deprecation = "The customer says more.")]
    result: String,
    /// The customer who is signed in now.
    customer: Option<CustomerObject>,
}

/// What came of signing out.
#[derive(SimpleObject)]
pub(super) struct LogoutResult {
    /// "success".
    result: String,
}

const SUCCESS: &str = "success";
const SET_COOKIE: &str = "set-cookie";

pub(super) async fn login(
    ctx: &Context<'_>,
    email: String,
    password: String,
) -> Result<LoginResult> {
    let store = store(ctx)?;
    let started = sign_in::sign_in(store, email, Secret::new(password))
        .await
        .map_err(|error| match error {
            sign_in::Error::InvalidCredentials => Error::new(error.to_string()),
            sign_in::Error::Db(_) | sign_in::Error::Passwords(_) => internal(&error),
        })?;
    ctx.append_http_header(SET_COOKIE, http::session_cookie(store, &started.token));
    Ok(LoginResult {
        result: SUCCESS.to_owned(),
        customer: customer::find(store, started.customer_id).await?,
    })
}

pub(super) async fn logout(ctx: &Context<'_>) -> Result<LogoutResult> {
    let store = store(ctx)?;
    if let Some(token) = ctx.data::<Asker>()?.token.clone() {
        let ended = sign_in::sign_out(store, token).await;
        ended.map_err(|error| internal(&error))?;
    }
    ctx.append_http_header(SET_COOKIE, http::no_session_cookie(store));
    Ok(LogoutResult {
        result: SUCCESS.to_owned(),
    })
}
