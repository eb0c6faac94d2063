//! A shopper's account for any storefront theme, as HTML elements.
//!
//! `rules ← api ← state ← components ← embed` (read `←` as "is used by"); no other arrows.

#![cfg_attr(
    not(feature = "account"),
    allow(
        dead_code,
        unused_imports,
        reason = "a partial build leaves out what only other elements use"
    )
)]

pub mod api;
pub mod components;
pub mod i18n;
pub mod state;

pub mod embed;
#[cfg(feature = "scripted")]
pub mod specimen;
mod watched;
