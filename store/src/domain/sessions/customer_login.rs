//! Customer Login: a token signed with an app's secret that names whom to sign in (customer_login.yml).

use super::Start;
use crate::domain::settings::{self, Settings};
use crate::domain::{Store, customers};
use crate::infra::safe_redirect::is_local;
use crate::infra::{clock, db, jwt, random};
use rusqlite::Connection;
use serde::Deserialize;
use std::net::IpAddr;

/// How old a token to sign in with may be, in seconds.
const LOGIN_LIFETIME: i64 = 30;

/// How far the app's clock may be ahead, in seconds.
const SKEW: i64 = 5;

/// Longest token taken, in bytes.
const TOKEN_LENGTH: usize = 4096;

/// Longest `jti` taken, in bytes.
const ID_LENGTH: usize = 255;

/// Why a token signs nobody in. Logged by its code; the shopper is told that it does not work.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum TokenError {
    /// It is longer than any of ours.
    TooLong,
    /// No app signed it with HS256, or a claim is missing or of the wrong type.
    NotSigned,
    /// It is for something else than signing in.
    OtherOperation,
    /// It is for another store.
    OtherStore,
    /// It is for another channel.
    OtherChannel,
    /// It was made too long ago.
    TooOld,
    /// It is made only later.
    NotYet,
    /// Its id is empty or too long.
    NoId,
    /// It is for another address of the network.
    OtherAddress,
    /// It leads out of the store.
    LeadsAway,
    /// There is no such customer.
    NoCustomer,
    /// The customer must choose a new password first.
    MustReset,
    /// It was used before.
    Used,
}

impl TokenError {
    /// The code in the log.
    #[must_use]
    pub(crate) const fn code(self) -> &'static str {
        match self {
            Self::TooLong => "too_long",
            Self::NotSigned => "not_signed",
            Self::OtherOperation => "other_operation",
            Self::OtherStore => "other_store",
            Self::OtherChannel => "other_channel",
            Self::TooOld => "too_old",
            Self::NotYet => "not_yet",
            Self::NoId => "no_id",
            Self::OtherAddress => "other_address",
            Self::LeadsAway => "leads_away",
            Self::NoCustomer => "no_customer",
            Self::MustReset => "must_reset",
            Self::Used => "used",
        }
    }
}

/// Why nobody was signed in.
#[derive(Debug, thiserror::Error)]
pub(crate) enum LoginError {
    /// The token does not count.
    #[error("{}", .0.code())]
    Refused(TokenError),
    /// The store failed.
    #[error(transparent)]
    Db(#[from] db::Error),
}

impl From<TokenError> for LoginError {
    fn from(error: TokenError) -> Self {
        Self::Refused(error)
    }
}

/// The claims of customer_login.yml.
#[derive(Deserialize)]
struct Login {
    iss: String,
    iat: i64,
    jti: String,
    operation: String,
    store_hash: String,
    customer_id: i64,
    channel_id: Option<i64>,
    redirect_to: Option<String>,
    request_ip: Option<String>,
}

/// Signs in the customer whom an app names to whoever asks from the address `peer`; `start` keeps them
/// signed in. Returns where they are to go on, if the app says so: a path of this store.
///
/// # Errors
/// [`LoginError`].
pub(crate) async fn sign_in<T: Send + 'static>(
    store: &Store,
    token: String,
    peer: IpAddr,
    start: Start<T>,
) -> Result<(T, Option<String>), LoginError> {
    let settings = store.db.read(settings::load).await;
    let settings = settings.map_err(|error: db::Error| error)?;
    let login = read(&settings, &token)?;
    check(&settings, &login, peer)?;
    store
        .db
        .write(move |connection| enter(connection, login, start))
        .await
}

/// Begins the session of the customer whom a token that counts names.
fn enter<T>(
    connection: &Connection,
    login: Login,
    start: Start<T>,
) -> Result<(T, Option<String>), LoginError> {
    let customer = customers::find(connection, login.customer_id)?;
    let customer = customer.ok_or(TokenError::NoCustomer)?;
    if customer.must_reset {
        return Err(TokenError::MustReset.into());
    }
    if !customers::may_sign_in(connection, customer.id)? {
        return Err(TokenError::OtherChannel.into());
    }
    consume(connection, &login)?;
    Ok((start(connection, customer.id)?, login.redirect_to))
}

/// Reads a token that one of the apps signed: each key opens what names its own app as the issuer.
fn read(settings: &Settings, token: &str) -> Result<Login, TokenError> {
    if token.len() > TOKEN_LENGTH {
        return Err(TokenError::TooLong);
    }
    settings
        .apps
        .iter()
        .find_map(|app| {
            let mut validation = jwt::validation(&["iss"]);
            validation.validate_aud = false;
            validation.set_issuer(&[&app.client_id]);
            let key = jwt::Key::new(app.client_secret.expose().as_bytes());
            key.read(token, &validation).ok()
        })
        .ok_or(TokenError::NotSigned)
}

fn check(settings: &Settings, login: &Login, peer: IpAddr) -> Result<(), TokenError> {
    let now = clock::now();
    let peer = peer.to_canonical();
    let is_peer = |ip: &String| ip.parse().is_ok_and(|ip: IpAddr| ip.to_canonical() == peer);
    let errors = [
        (
            login.operation != "customer_login",
            TokenError::OtherOperation,
        ),
        (
            login.store_hash != settings.store_hash,
            TokenError::OtherStore,
        ),
        (
            login
                .channel_id
                .is_some_and(|id| id != customers::CHANNEL_ID),
            TokenError::OtherChannel,
        ),
        (login.iat < now - LOGIN_LIFETIME, TokenError::TooOld),
        (login.iat > now + SKEW, TokenError::NotYet),
        (
            login.jti.is_empty() || login.jti.len() > ID_LENGTH,
            TokenError::NoId,
        ),
        (
            login.request_ip.as_ref().is_some_and(|ip| !is_peer(ip)),
            TokenError::OtherAddress,
        ),
        (
            login.redirect_to.as_ref().is_some_and(|to| !is_local(to)),
            TokenError::LeadsAway,
        ),
    ];
    let found = errors.into_iter().find(|(is_met, _)| *is_met);
    found.map_or(Ok(()), |(_, error)| Err(error))
}

/// Notes that a token was used, until it is too old anyway.
fn consume(connection: &Connection, login: &Login) -> Result<(), LoginError> {
    let now = clock::now();
    let consumed = || -> Result<usize, rusqlite::Error> {
        connection.execute("DELETE FROM login_token_ids WHERE expires_at < ?1", [now])?;
        connection.execute(
            "INSERT INTO login_token_ids (id_hash, expires_at) VALUES (?1, ?2)
             ON CONFLICT (id_hash) DO NOTHING",
            (
                random::sha256(&format!("{}\n{}", login.iss, login.jti)),
                login.iat + LOGIN_LIFETIME,
            ),
        )
    };
    match consumed().map_err(db::Error::from)? {
        0 => Err(TokenError::Used.into()),
        _ => Ok(()),
    }
}
