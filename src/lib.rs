//! A shopper's account for any storefront theme, as HTML elements.
//!
//! `rules ← api ← state ← components ← embed` (read `←` as "is used by"); no other arrows.

#[cfg(feature = "store")]
pub mod api;
pub mod components;
pub mod i18n;
pub mod state;

pub mod embed;
#[cfg(feature = "scripted")]
pub mod specimen;
mod watched;
