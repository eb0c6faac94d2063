//! The shop: its rows and what is done with them. It knows nothing of the APIs and pages that ask.
//!
//! A folder is a thing that the platform has. In it, `records.rs` lists and saves rows for the
//! Management APIs; the other files are what shoppers do.

pub(crate) mod account;
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
pub(crate) mod rate_limits;
pub(crate) mod sessions;
pub(crate) mod settings;
mod store;
pub(crate) mod storefront_token;
pub(crate) mod subscribers;
pub(crate) mod validation;

pub(crate) use store::Parts;
pub use store::Store;
