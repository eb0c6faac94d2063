//! `login` and `logout`.

use super::customer::{self, CustomerObject};
use super::{Asker, coded, internal, store};
use crate::domain::account::sign_in;
use crate::domain::browser;
use crate::domain::sessions::lockout::LockedOut;
use async_graphql::{Context, Error, ErrorExtensions, Result, SimpleObject};
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
/// Header of the answer that opens or ends a session.
pub(super) const SET_COOKIE: &str = "set-cookie";

pub(super) async fn login(
    ctx: &Context<'_>,
    email: String,
    password: String,
) -> Result<LoginResult> {
    let store = store(ctx)?;
    let started = sign_in::sign_in(store, email, Secret::new(password))
        .await
        .map_err(|error| refusal(&error))?;
    ctx.append_http_header(SET_COOKIE, browser::session_cookie(store, &started));
    Ok(LoginResult {
        result: SUCCESS.to_owned(),
        customer: customer::find(store, started.customer_id).await?,
    })
}

/// The words of a refused sign-in, with the platform's code for it.
fn refusal(error: &sign_in::Error) -> Error {
    match error {
        sign_in::Error::InvalidCredentials => coded(error.to_string(), "INVALID_CREDENTIALS"),
        sign_in::Error::MustReset => coded(error.to_string(), "RESET_PASSWORD_REQUIRED"),
        sign_in::Error::LockedOut(LockedOut { seconds }) => {
            coded(error.to_string(), "THROTTLED_LOGIN").extend_with(|_, extensions| {
                extensions.set("retryAfterSeconds", *seconds);
            })
        }
        sign_in::Error::Db(_) | sign_in::Error::Passwords(_) => internal(error),
    }
}

pub(super) async fn logout(ctx: &Context<'_>) -> Result<LogoutResult> {
    let store = store(ctx)?;
    if let Some(token) = ctx.data::<Asker>()?.token.clone() {
        let ended = sign_in::sign_out(store, token).await;
        ended.map_err(|error| internal(&error))?;
    }
    ctx.append_http_header(SET_COOKIE, browser::no_session_cookie(store));
    Ok(LogoutResult {
        result: SUCCESS.to_owned(),
    })
}
