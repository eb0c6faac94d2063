//! A local store: the storefront endpoints that a shopper's browser speaks, and a demo theme, on
//! SQLite.
//!
//! Persistence and the store's own operations know nothing of HTTP; `graphql`, `rest`
//! and `theme` are three ways into the same operations.

pub mod address_book;
mod admin;
pub mod apps;
mod attributes;
pub mod captcha;
pub mod change_password;
mod clock;
pub mod consent;
mod crowd;
pub mod customers;
pub mod db;
mod demo;
mod embed;
pub mod form_fields;
pub mod geography;
mod graphql;
mod http;
pub mod judge;
mod local_path;
pub mod lockout;
mod mail;
mod new_password;
pub mod one_time;
mod openapi;
pub mod passwordless;
pub mod passwords;
mod patterns;
pub mod profile;
mod random;
mod records;
pub mod reset_password;
mod rest;
pub mod sessions;
pub mod settings;
pub mod sign_in;
pub mod sign_up;
pub mod subscribers;
mod theme;
mod throttle;
pub mod tokens;
mod v2;
mod v3;
mod webhooks;
pub mod words;

use axum::Router;
use axum::extract::connect_info::IntoMakeServiceWithConnectInfo;
use db::{Db, Place};
use rusqlite::Connection;
use serde_json::Value;
use std::net::SocketAddr;
use std::path::PathBuf;
use std::sync::Arc;
use storefront_rules::{BuiltIn, Field};

pub use crowd::add_crowd;
pub use demo::{FillError, fill_address_book};
pub use graphql::sdl;

/// How to open a store.
#[derive(Clone, Debug)]
pub struct Config {
    /// Where the database lives.
    pub place: Place,
    /// Whether an empty database is filled with a demo shop's forms and customers.
    pub demo: bool,
    /// Where the widget's files lie.
    pub embed: PathBuf,
    /// Where style sheets of other people lie, for the themes that stand on them.
    pub themes: PathBuf,
    /// Settings to lay over those kept; see [`settings::Settings`]. The further key `form_fields`
    /// replaces the definitions of both forms.
    pub settings: Option<Value>,
    /// Whether shoppers reach the store by https, through a proxy. Cookies and origins follow.
    pub https: bool,
    /// Where shoppers reach the store, such as `https://shop.example`: mailed links lead there.
    pub origin: String,
}

/// Why a store did not open.
#[derive(Debug, thiserror::Error)]
pub enum OpenError {
    /// The database failed.
    #[error(transparent)]
    Db(#[from] db::Error),
    /// The settings are not what they should be.
    #[error(transparent)]
    Settings(#[from] settings::Error),
    /// No password can be hashed.
    #[error(transparent)]
    Passwords(#[from] passwords::Error),
    /// The built-in table of countries is broken.
    #[error("the table of countries: {0}")]
    Geography(serde_json::Error),
    /// The configured account form lets nobody sign in.
    #[error(
        "the customer form needs the built-in required fields EmailAddress (1, text) and Password (2, password)"
    )]
    NoSignIn,
}

impl From<serde_json::Error> for OpenError {
    fn from(error: serde_json::Error) -> Self {
        Self::Db(error.into())
    }
}

/// An open store; clones share it.
#[derive(Clone)]
pub struct Store(Arc<Parts>);

/// What a store is made of.
pub struct Parts {
    db: Db,
    geography: geography::Geography,
    passwords: passwords::Passwords,
    tokens: tokens::Tokens,
    captcha: captcha::Captcha,
    patterns: patterns::Patterns,
    embed: embed::Embed,
    themes: PathBuf,
    throttle: throttle::Throttle,
    access: admin::access::Access,
    password_checks: throttle::Attempts<i64>,
    https: bool,
    origin: String,
    is_demo: bool,
}

impl std::ops::Deref for Store {
    type Target = Parts;
    fn deref(&self) -> &Parts {
        &self.0
    }
}

impl Store {
    /// Opens the store: migrates its database, fills it when it is empty, and applies the settings.
    ///
    /// # Errors
    /// [`OpenError`].
    pub async fn open(config: Config) -> Result<Self, OpenError> {
        let db = Db::open(&config.place)?;
        let passwords = passwords::Passwords::new()?;
        let (changes, demo) = (config.settings, config.demo);
        let prepared = db
            .write(move |connection| prepare(connection, changes, demo))
            .await?;
        let store = Self(Arc::new(Parts {
            db,
            geography: geography::Geography::load().map_err(OpenError::Geography)?,
            passwords,
            tokens: tokens::Tokens::new(&prepared.storefront_token),
            captcha: captcha::Captcha::new(&prepared.captcha),
            patterns: patterns::Patterns::default(),
            embed: embed::Embed::new(config.embed),
            themes: config.themes,
            throttle: throttle::Throttle::new(prepared.settings.throttle.attempts_per_minute),
            access: admin::access::Access::new(
                &prepared.settings.store_hash,
                &prepared.settings.api,
            ),
            password_checks: throttle::Attempts::new(
                prepared.settings.api.password_checks_per_minute,
            ),
            https: config.https,
            origin: config.origin.trim_end_matches('/').to_owned(),
            is_demo: demo,
        }));
        if prepared.was_empty && demo {
            demo::add_customers(&store).await?;
        }
        Ok(store)
    }
}

impl Store {
    /// Writes a whole copy of the database to a file that must not exist yet, while the store runs.
    ///
    /// # Errors
    /// [`db::Error`].
    pub async fn back_up(&self, to: PathBuf) -> Result<(), db::Error> {
        self.db.back_up(to).await
    }
}

/// What the database says of the store that opens.
struct Prepared {
    was_empty: bool,
    storefront_token: Vec<u8>,
    captcha: Vec<u8>,
    settings: settings::Settings,
}

/// Brings settings, definitions and secrets up to date.
fn prepare(
    connection: &Connection,
    changes: Option<Value>,
    demo: bool,
) -> Result<Prepared, OpenError> {
    let was_empty = !form_fields::are_defined(connection)?;
    if was_empty {
        let forms = if demo {
            settings::merge(connection, &demo::settings())?;
            demo::definitions()
        } else {
            form_fields::platform_defaults()
        };
        define(connection, &forms)?;
    }
    if let Some(mut changes) = changes {
        let forms = changes
            .as_object_mut()
            .and_then(|map| map.remove("form_fields"));
        settings::merge(connection, &changes)?;
        if let Some(forms) = forms {
            define(connection, &serde_json::from_value(forms)?)?;
        }
    }
    Ok(Prepared {
        was_empty,
        storefront_token: random::secret(connection, "storefront_token")?,
        captcha: random::secret(connection, "captcha")?,
        settings: settings::load(connection)?,
    })
}

fn define(connection: &Connection, forms: &form_fields::Definitions) -> Result<(), OpenError> {
    let required = |which: BuiltIn, fits: fn(&Field) -> bool| {
        let mut fields = forms.customer.iter();
        fields.any(|field| field.built_in() == Some(which) && field.required && fits(field))
    };
    let is_text = |field: &Field| matches!(field.kind, storefront_rules::FieldType::Text { .. });
    let is_password =
        |field: &Field| matches!(field.kind, storefront_rules::FieldType::Password { .. });
    if !required(BuiltIn::EmailAddress, is_text) || !required(BuiltIn::Password, is_password) {
        return Err(OpenError::NoSignIn);
    }
    form_fields::replace(connection, form_fields::Form::Customer, &forms.customer)?;
    form_fields::replace(connection, form_fields::Form::Address, &forms.address)?;
    Ok(())
}

/// Everything the store serves. Begins to deliver webhooks. Attempts are counted by the address that
/// the connection comes from, which the listener tells: see [`service`].
pub fn router(store: Store) -> Router {
    webhooks::deliver(store.clone());
    let schema = graphql::schema(store.clone());
    let dynamic = Router::new()
        .merge(graphql::routes(&schema))
        .merge(rest::routes())
        .merge(theme::routes(&store, &schema))
        .merge(admin::routes(&store))
        .fallback(theme::not_found)
        .with_state(store.clone())
        .layer(
            tower_http::compression::CompressionLayer::new()
                .br(true)
                .gzip(true),
        );
    Router::new()
        .nest_service("/embed", embed::files(&store.embed))
        .nest_service(
            "/themes",
            tower_http::services::ServeDir::new(&store.themes),
        )
        .fallback_service(dynamic)
        .layer(axum::middleware::from_fn(http::log))
}

/// The same for a listener, which is asked who the other side of each connection is.
pub fn service(store: Store) -> IntoMakeServiceWithConnectInfo<Router, SocketAddr> {
    router(store).into_make_service_with_connect_info()
}
