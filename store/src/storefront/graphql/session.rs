//! `login`, `loginWithCustomerLoginJwt` and `logout`.

use super::cart::{Cart, CartUnassignResult};
use super::context::{Carrier, RequestContext, store};
use super::customer::{self, CustomerObject};
use super::errors::{coded, internal};
use super::scalars::DateTime;
use crate::domain::account::sign_in;
use crate::domain::browser;
use crate::domain::sessions::access_token::{self, AccessToken};
use crate::domain::sessions::customer_login::{self, LoginError};
use crate::domain::sessions::lockout::LockedOut;
use crate::domain::sessions::{self, Started};
use crate::infra::safe_redirect::ACCOUNT;
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
    /// The customer's cart: null, for this store has none.
    cart: Option<Cart>,
    /// What a server keeps for the shopper. Null for all others: a browser has its session cookie.
    customer_access_token: Option<CustomerAccessToken>,
}

/// What came of signing in with a token of an app.
#[derive(SimpleObject)]
pub(super) struct LoginWithCustomerLoginJwtResult {
    /// Where the shopper is to go on: a path of this store.
    redirect_to: String,
    /// The customer who is signed in now.
    customer: Option<CustomerObject>,
    /// The customer's cart: null, for this store has none.
    cart: Option<Cart>,
    /// What a server keeps for the shopper. Null for all others: a browser has its session cookie.
    customer_access_token: Option<CustomerAccessToken>,
}

/// What came of signing out.
#[derive(SimpleObject)]
pub(super) struct LogoutResult {
    /// "success".
    result: String,
    /// What became of the cart.
    cart_unassign_result: CartUnassignResult,
}

/// What a server sends as `X-Bc-Customer-Access-Token` to speak for a customer.
#[derive(SimpleObject)]
struct CustomerAccessToken {
    /// The token.
    value: String,
    /// When it ends.
    expires_at: DateTime,
}

impl From<AccessToken> for CustomerAccessToken {
    fn from(token: AccessToken) -> Self {
        Self {
            value: token.value,
            expires_at: DateTime::from_seconds(token.expires_at),
        }
    }
}

const SUCCESS: &str = "success";
/// Header of the answer that opens or ends a session.
pub(super) const SET_COOKIE: &str = "set-cookie";

/// A customer who has just signed in, and what a server is handed for it.
struct SignedIn {
    customer: Option<CustomerObject>,
    token: Option<CustomerAccessToken>,
}

impl SignedIn {
    /// In a browser: the answer sets the cookie.
    async fn by_cookie(ctx: &Context<'_>, started: &Started) -> Result<Self> {
        let store = store(ctx)?;
        ctx.append_http_header(SET_COOKIE, browser::session_cookie(store, started));
        Ok(Self {
            customer: customer::find(store, started.customer_id).await?,
            token: None,
        })
    }

    /// At a server.
    async fn by_token(ctx: &Context<'_>, token: AccessToken) -> Result<Self> {
        Ok(Self {
            customer: customer::find(store(ctx)?, token.customer_id).await?,
            token: Some(token.into()),
        })
    }
}

pub(super) async fn login(
    ctx: &Context<'_>,
    email: String,
    password: String,
) -> Result<LoginResult> {
    let (store, password) = (store(ctx)?, Secret::new(password));
    let signed_in = match ctx.data::<RequestContext>()?.carrier {
        Carrier::Cookie(_) => {
            let started = sign_in::sign_in(store, email, password, sessions::start).await;
            SignedIn::by_cookie(ctx, &started.map_err(|error| failure(&error))?).await?
        }
        Carrier::AccessToken(_) => {
            let token = sign_in::sign_in(store, email, password, access_token::issue).await;
            SignedIn::by_token(ctx, token.map_err(|error| failure(&error))?).await?
        }
    };
    Ok(LoginResult {
        result: SUCCESS.to_owned(),
        customer: signed_in.customer,
        cart: None,
        customer_access_token: signed_in.token,
    })
}

pub(super) async fn login_with_jwt(
    ctx: &Context<'_>,
    jwt: String,
) -> Result<LoginWithCustomerLoginJwtResult> {
    let (store, context) = (store(ctx)?, ctx.data::<RequestContext>()?);
    let peer = context.peer;
    let (signed_in, redirect_to) = match context.carrier {
        Carrier::Cookie(_) => {
            let started = customer_login::sign_in(store, jwt, peer, sessions::start).await;
            let (started, to) = started.map_err(|error| jwt_failure(&error))?;
            (SignedIn::by_cookie(ctx, &started).await?, to)
        }
        Carrier::AccessToken(_) => {
            let token = customer_login::sign_in(store, jwt, peer, access_token::issue).await;
            let (token, to) = token.map_err(|error| jwt_failure(&error))?;
            (SignedIn::by_token(ctx, token).await?, to)
        }
    };
    Ok(LoginWithCustomerLoginJwtResult {
        redirect_to: redirect_to.unwrap_or_else(|| ACCOUNT.to_owned()),
        customer: signed_in.customer,
        cart: None,
        customer_access_token: signed_in.token,
    })
}

/// Why nobody was signed in, with the platform's code for it.
fn failure(error: &sign_in::Error) -> Error {
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

fn jwt_failure(error: &LoginError) -> Error {
    match error {
        LoginError::Refused(why) => {
            tracing::warn!(reason = why.code(), "a sign-in token was refused");
            let message = "This sign-in link does not work. Sign in with your password instead.";
            coded(message, "INVALID_CUSTOMER_LOGIN_JWT")
        }
        LoginError::Db(_) => internal(error),
    }
}

pub(super) async fn logout(ctx: &Context<'_>) -> Result<LogoutResult> {
    let store = store(ctx)?;
    let context = ctx.data::<RequestContext>()?;
    let ended = match context.carrier.clone() {
        Carrier::Cookie(None) | Carrier::AccessToken(None) => Ok(()),
        Carrier::Cookie(Some(token)) => sign_in::sign_out(store, token).await,
        Carrier::AccessToken(Some(token)) => {
            let revoke = move |connection: &_| access_token::revoke(connection, &token);
            store.db.write(revoke).await
        }
    };
    ended.map_err(|error| internal(&error))?;
    if matches!(context.carrier, Carrier::Cookie(_)) {
        ctx.append_http_header(SET_COOKIE, browser::no_session_cookie(store));
    }
    Ok(LogoutResult {
        result: SUCCESS.to_owned(),
        cart_unassign_result: CartUnassignResult::default(),
    })
}
