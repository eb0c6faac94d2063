//! The program: opens a store and serves all that there is of it.

#[cfg(test)]
mod work_tests;

use crate::dev::demo;
use crate::domain::api_accounts::ApiAccounts;
use crate::domain::captcha::Captcha;
use crate::domain::customers;
use crate::domain::form_fields::{self, Form};
use crate::domain::geography::Geography;
use crate::domain::postal_code::PostalCodePatterns;
use crate::domain::rate_limits::RateLimits;
use crate::domain::settings::{self, Settings};
use crate::domain::storefront_token::Tokens;
use crate::domain::{Parts, Store};
use crate::infra::assets::{self, Assets};
use crate::infra::db::{self, Db, Location};
use crate::infra::{http, password_hash, random};
use crate::storefront::{graphql, rest};
use crate::theme::{self, FirstAnswers};
use crate::{management, webhooks};
use axum::Router;
use axum::extract::connect_info::IntoMakeServiceWithConnectInfo;
use axum::middleware::from_fn_with_state;
use rusqlite::Connection;
use serde_json::Value;
use std::net::SocketAddr;
use std::path::PathBuf;
use std::sync::Arc;
use storefront_rules::{BuiltIn, Field, FieldType};
use tower_http::compression::CompressionLayer;
use tower_http::services::ServeDir;
use tower_http::trace::TraceLayer;

/// How to open a store.
#[derive(Clone, Debug)]
pub struct Config {
    /// Where the database lives.
    pub place: Location,
    /// Whether an empty database is filled with a demo shop's forms and customers.
    pub demo: bool,
    /// Where the widget's files lie.
    pub embed: PathBuf,
    /// Where style sheets of other people lie, for the themes that stand on them.
    pub themes: PathBuf,
    /// Settings to lay over those kept; README says which there are. The further key `form_fields`
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
    Passwords(#[from] password_hash::Error),
    /// The built-in table of countries is broken.
    #[error("the table of countries: {0}")]
    Geography(serde_json::Error),
    /// The configured account form lets nobody sign in.
    #[error(
        "the customer form needs the built-in required fields EmailAddress (1, text) and Password (2, password)"
    )]
    NoSignIn,
}

impl From<demo::Error> for OpenError {
    fn from(error: demo::Error) -> Self {
        match error {
            demo::Error::Db(error) => Self::Db(error),
            demo::Error::Passwords(error) => Self::Passwords(error),
        }
    }
}

impl From<serde_json::Error> for OpenError {
    fn from(error: serde_json::Error) -> Self {
        Self::Db(error.into())
    }
}

/// Opens the store: migrates its database, fills it when it is empty, and applies the settings.
///
/// # Errors
/// [`OpenError`].
pub async fn open(config: Config) -> Result<Store, OpenError> {
    install_tls();
    let db = Db::open(&config.place)?;
    let (changes, demo) = (config.settings, config.demo);
    let prepared = db
        .write(move |connection| prepare(connection, changes, demo))
        .await?;
    let settings = prepared.settings;
    let store = Store::from(Parts {
        db,
        geography: Geography::load().map_err(OpenError::Geography)?,
        passwords: password_hash::Passwords::new()?,
        tokens: Tokens::new(&prepared.storefront_token),
        captcha: Captcha::new(&prepared.captcha),
        postal_code_patterns: PostalCodePatterns::default(),
        api_accounts: ApiAccounts::new(&settings.api),
        rate_limits: RateLimits::new(&settings),
        assets: Arc::new(Assets::new(config.embed)),
        themes: config.themes,
        store_hash: settings.store_hash,
        https: config.https,
        origin: config.origin.trim_end_matches('/').to_owned(),
        is_demo: demo,
    });
    if prepared.was_empty && demo {
        demo::add_customers(&store).await?;
    }
    Ok(store)
}

/// Has this process's HTTP clients encrypt by ring, which builds in seconds. [`open`] does it; who needs a client
/// earlier does it first.
pub fn install_tls() {
    // The second time there is one already: the same.
    let _ = rustls::crypto::ring::default_provider().install_default();
}

/// What the database says of the store that opens.
struct Prepared {
    was_empty: bool,
    storefront_token: Vec<u8>,
    captcha: Vec<u8>,
    settings: Settings,
}

/// Brings settings, definitions and secrets up to date.
fn prepare(
    connection: &Connection,
    changes: Option<Value>,
    demo: bool,
) -> Result<Prepared, OpenError> {
    for table in ["customers", "subscribers"] {
        customers::update_keys(connection, table)?;
    }
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
    let is_text = |field: &Field| matches!(field.kind, FieldType::Text { .. });
    let is_password = |field: &Field| matches!(field.kind, FieldType::Password { .. });
    if !required(BuiltIn::EmailAddress, is_text) || !required(BuiltIn::Password, is_password) {
        return Err(OpenError::NoSignIn);
    }
    form_fields::replace(connection, Form::Customer, &forms.customer)?;
    form_fields::replace(connection, Form::Address, &forms.address)?;
    Ok(())
}

/// Everything the store serves. Attempts are counted by the address that the connection comes from, which the
/// listener tells: see [`service`].
pub fn router(store: Store) -> Router {
    let schema = graphql::schema(store.clone());
    let first_answers = {
        let schema = schema.clone();
        FirstAnswers::new(move |document, variables| {
            let schema = schema.clone();
            async move { graphql::answer_to_guest(&schema, document, variables).await }
        })
    };
    let pages = theme::routes(&store, first_answers)
        // The platform has this endpoint among its pages.
        .layer(from_fn_with_state(store.clone(), rest::passwordless_login));
    let dynamic = Router::new()
        .merge(graphql::routes(&schema))
        .merge(rest::routes())
        .merge(pages)
        .merge(management::routes(&store))
        .fallback(theme::not_found)
        .with_state(store.clone())
        .layer(
            TraceLayer::new_for_http()
                .make_span_with(http::span)
                .on_response(http::log),
        )
        .layer(CompressionLayer::new().br(true).gzip(true));
    Router::new()
        .nest_service("/embed", assets::files(Arc::clone(&store.assets)))
        .nest_service("/themes", ServeDir::new(&store.themes))
        .fallback_service(dynamic)
}

/// The same for a listener, which is asked who the other side of each connection is. Begins to deliver webhooks.
pub fn service(store: Store) -> IntoMakeServiceWithConnectInfo<Router, SocketAddr> {
    webhooks::deliver(store.clone());
    router(store).into_make_service_with_connect_info()
}
