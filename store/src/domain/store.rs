//! The open store, which every request is given.

use super::api_accounts::ApiAccounts;
use super::captcha::Captcha;
use super::geography::Geography;
use super::postal_code::PostalCodePatterns;
use super::rate_limits::RateLimits;
use super::storefront_token::Tokens;
use crate::infra::assets::Assets;
use crate::infra::db::{self, Db};
use crate::infra::password_hash::Passwords;
use std::path::PathBuf;
use std::sync::Arc;

/// An open store; clones share it.
#[derive(Clone)]
pub struct Store(Arc<Parts>);

/// What a store is made of.
pub struct Parts {
    pub(crate) db: Db,
    pub(crate) geography: Geography,
    pub(crate) passwords: Passwords,
    pub(crate) tokens: Tokens,
    pub(crate) captcha: Captcha,
    pub(crate) postal_code_patterns: PostalCodePatterns,
    pub(crate) api_accounts: ApiAccounts,
    pub(crate) rate_limits: RateLimits,
    /// The files of the widget.
    pub(crate) assets: Arc<Assets>,
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
