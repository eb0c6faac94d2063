//! A shopper's account for any storefront theme, as HTML elements.
//!
//! How a tag in a page becomes a component: the loader (`embed/js`) finds the tag, fetches a build of this
//! crate and calls [`embed::mount`], which reads the attributes, finds the element by its name, and mounts
//! its component (`elements`) with what it works with: the store (`api`), who is signed in (`session`), the
//! words (`i18n`). The component composes forms (`forms`) and the kit (`ui`).
//!
//! `embed → elements → {forms, session} → {api, ui, i18n} → rules` (read `→` as "uses"); no other arrows.
//! `tests/architecture.rs` holds that.

#![allow(
    unreachable_pub,
    reason = "Leptos makes the props of every component `pub`, whatever the component is"
)]
#![cfg_attr(
    not(feature = "account"),
    allow(
        dead_code,
        unused_imports,
        reason = "a partial build leaves out what only other elements use"
    )
)]

pub mod api;
pub mod elements;
pub mod embed;
pub mod forms;
pub mod i18n;
pub mod session;
pub mod ui;
