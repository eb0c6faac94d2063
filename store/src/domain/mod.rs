//! The shop: its rows and what is done with them. It knows nothing of the APIs and pages that ask.
//!
//! A folder is a thing that the platform has. In it, `records.rs` lists and saves rows for the
//! Management APIs; the other files are what shoppers do.

pub(crate) mod addresses;
pub(crate) mod api_accounts;
pub(crate) mod attributes;
pub(crate) mod browser;
pub(crate) mod captcha;
pub(crate) mod consent;
pub(crate) mod customers;
pub(crate) mod form_fields;
pub(crate) mod geography;
pub(crate) mod groups;
pub(crate) mod hooks;
pub(crate) mod mail;
pub(crate) mod messages;
pub(crate) mod passwords;
#[cfg(test)]
mod plan_tests;
pub(crate) mod postal_code;
pub(crate) mod sessions;
pub(crate) mod settings;
pub(crate) mod subscribers;
pub(crate) mod validation;

use crate::infra::db::{self, Db};
use crate::infra::rate_limit::{Attempts, Throttle};
use crate::infra::{assets, password_hash};
use std::path::PathBuf;
use std::sync::Arc;

/// An open store; clones share it.
#[derive(Clone)]
pub struct Store(Arc<Parts>);

/// What a store is made of.
pub struct Parts {
    pub(crate) db: Db,
    pub(crate) geography: geography::Geography,
    pub(crate) passwords: password_hash::Passwords,
    pub(crate) tokens: sessions::storefront_token::Tokens,
    pub(crate) captcha: captcha::Captcha,
    pub(crate) patterns: postal_code::Patterns,
    pub(crate) api_accounts: api_accounts::ApiAccounts,
    pub(crate) throttle: Throttle,
    pub(crate) password_checks: Attempts<i64>,
    /// The files of the widget.
    pub(crate) assets: assets::Assets,
    /// Where style sheets of other people lie, for the themes that stand on them.
    pub(crate) themes: PathBuf,
    /// The store's id in URLs of the platform.
    pub(crate) store_hash: String,
    /// Whether shoppers reach the store by https.
    pub(crate) https: bool,
    /// Where shoppers reach the store, without a slash at the end.
    pub(crate) origin: String,
    /// Whether it is the demo shop.
    pub(crate) is_demo: bool,
}

impl std::ops::Deref for Store {
    type Target = Parts;
    fn deref(&self) -> &Parts {
        &self.0
    }
}

impl From<Parts> for Store {
    fn from(parts: Parts) -> Self {
        Self(Arc::new(parts))
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
