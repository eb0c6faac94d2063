//! What an app and the store tell each other in tokens signed with the app's secret: who is signed
//! in (the platform's Current Customer), and whom to sign in (its Customer Login).

use super::Started;
use crate::domain::settings::{self, Settings};
use crate::domain::{Store, customers, sessions};
use crate::infra::safe_redirect::is_local;
use crate::infra::{clock, db, random};
use jsonwebtoken::{Algorithm, DecodingKey, EncodingKey, Header, Validation, decode, encode};
use rusqlite::Connection;
use serde::{Deserialize, Serialize};
use std::net::IpAddr;

/// How long it counts that a customer is signed in, in seconds.
const STATEMENT_LIFETIME: i64 = 15 * 60;

/// How old a token to sign in with may be, in seconds.
const LOGIN_LIFETIME: i64 = 30;

/// How far the app's clock may be ahead, in seconds.
const SKEW: i64 = 5;

/// Longest token taken, in bytes.
const TOKEN_LENGTH: usize = 4096;

/// Longest `jti` taken, in bytes.
const ID_LENGTH: usize = 255;

/// The number of this store's only channel.
const CHANNEL: i64 = 1;

/// Why nothing is said of who is signed in.
#[derive(Debug, thiserror::Error)]
pub(crate) enum CurrentError {
    /// No app has this client id.
    #[error("Name an app of this store: ?app_client_id=…")]
    UnknownApp,
    /// Nobody is signed in.
    #[error("Nobody is signed in.")]
    Guest,
    /// The store failed.
    #[error(transparent)]
    Db(#[from] db::Error),
    /// The signature cannot be made.
    #[error("signing: {0}")]
    Signing(#[from] jsonwebtoken::errors::Error),
}

/// The claims of current_customer.yml.
#[derive(Serialize)]
struct CurrentCustomer<'a> {
    customer: Named<'a>,
    iss: &'static str,
    sub: &'a str,
    iat: i64,
    exp: i64,
    version: u8,
    aud: &'a str,
    application_id: &'a str,
    store_hash: &'a str,
    operation: &'static str,
}

#[derive(Serialize)]
struct Named<'a> {
    id: i64,
    email: &'a str,
    /// A number as text, as the platform writes it; 0 without a group.
    group_id: String,
}

/// A token that tells the app of this client id who is signed in.
///
/// # Errors
/// [`CurrentError`].
pub(crate) async fn current_customer(
    store: &Store,
    client_id: &str,
    customer_id: Option<i64>,
) -> Result<String, CurrentError> {
    let (settings, customer) = store
        .db
        .read(move |connection| {
            let customer = match customer_id {
                Some(id) => customers::find(connection, id)?,
                None => None,
            };
            Ok::<_, db::Error>((settings::load(connection)?, customer))
        })
        .await?;
    let app = settings.app(client_id).ok_or(CurrentError::UnknownApp)?;
    let customer = customer.ok_or(CurrentError::Guest)?;
    let now = clock::now();
    let claims = CurrentCustomer {
        customer: Named {
            id: customer.id,
            email: &customer.email,
            group_id: customer.group.map_or(0, |(id, _)| id).to_string(),
        },
        iss: "bc/apps",
        sub: &settings.store_hash,
        iat: now,
        exp: now + STATEMENT_LIFETIME,
        version: 1,
        aud: &app.client_id,
        application_id: &app.client_id,
        store_hash: &settings.store_hash,
        operation: "current_customer",
    };
    let key = EncodingKey::from_secret(app.client_secret.expose().as_bytes());
    Ok(encode(&Header::new(Algorithm::HS256), &claims, &key)?)
}

/// Why a token signs nobody in. Logged by its code; the shopper is told that it does not work.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Refusal {
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

impl Refusal {
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
    Refused(Refusal),
    /// The store failed.
    #[error(transparent)]
    Db(#[from] db::Error),
}

impl From<Refusal> for LoginError {
    fn from(refusal: Refusal) -> Self {
        Self::Refused(refusal)
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

/// Signs in the customer whom an app names to whoever asks from the address `peer`. Returns where
/// they are to go on, if the app says so: a path of this store.
///
/// # Errors
/// [`LoginError`].
pub(crate) async fn sign_in(
    store: &Store,
    token: String,
    peer: IpAddr,
) -> Result<(Started, Option<String>), LoginError> {
    let settings = store.db.read(settings::load).await;
    let settings = settings.map_err(|error: db::Error| error)?;
    let login = read(&settings, &token)?;
    check(&settings, &login, peer)?;
    store
        .db
        .write(move |connection| enter(connection, login))
        .await
}

/// Begins the session of the customer whom a token that counts names.
fn enter(connection: &Connection, login: Login) -> Result<(Started, Option<String>), LoginError> {
    let customer = customers::find(connection, login.customer_id)?;
    let customer = customer.ok_or(Refusal::NoCustomer)?;
    if customer.must_reset {
        return Err(Refusal::MustReset.into());
    }
    spend(connection, &login)?;
    let started = sessions::start(connection, customer.id)?;
    Ok((started, login.redirect_to))
}

/// Reads a token that one of the apps signed: each key opens what names its own app as the issuer.
fn read(settings: &Settings, token: &str) -> Result<Login, Refusal> {
    if token.len() > TOKEN_LENGTH {
        return Err(Refusal::TooLong);
    }
    settings
        .apps
        .iter()
        .find_map(|app| {
            let mut rules = Validation::new(Algorithm::HS256);
            rules.leeway = 0;
            rules.validate_aud = false;
            rules.set_issuer(&[&app.client_id]);
            rules.set_required_spec_claims(&["iss"]);
            let key = DecodingKey::from_secret(app.client_secret.expose().as_bytes());
            decode::<Login>(token, &key, &rules).ok()
        })
        .map(|token| token.claims)
        .ok_or(Refusal::NotSigned)
}

fn check(settings: &Settings, login: &Login, peer: IpAddr) -> Result<(), Refusal> {
    let now = clock::now();
    let peer = peer.to_canonical();
    let is_peer = |ip: &String| ip.parse().is_ok_and(|ip: IpAddr| ip.to_canonical() == peer);
    let refusals = [
        (login.operation != "customer_login", Refusal::OtherOperation),
        (login.store_hash != settings.store_hash, Refusal::OtherStore),
        (
            login.channel_id.is_some_and(|id| id != CHANNEL),
            Refusal::OtherChannel,
        ),
        (login.iat < now - LOGIN_LIFETIME, Refusal::TooOld),
        (login.iat > now + SKEW, Refusal::NotYet),
        (
            login.jti.is_empty() || login.jti.len() > ID_LENGTH,
            Refusal::NoId,
        ),
        (
            login.request_ip.as_ref().is_some_and(|ip| !is_peer(ip)),
            Refusal::OtherAddress,
        ),
        (
            login.redirect_to.as_ref().is_some_and(|to| !is_local(to)),
            Refusal::LeadsAway,
        ),
    ];
    let found = refusals.into_iter().find(|(is_refused, _)| *is_refused);
    found.map_or(Ok(()), |(_, refusal)| Err(refusal))
}

/// Notes that a token was used, until it is too old anyway.
fn spend(connection: &Connection, login: &Login) -> Result<(), LoginError> {
    let now = clock::now();
    let spent = || -> Result<usize, rusqlite::Error> {
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
    match spent().map_err(db::Error::from)? {
        0 => Err(Refusal::Used.into()),
        _ => Ok(()),
    }
}
