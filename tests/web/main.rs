//! The widget's parts in a real browser: components against a scripted store, and the transport
//! against a `fetch` that answers to order.
#![cfg(target_arch = "wasm32")]
#![allow(
    clippy::panic,
    clippy::unwrap_used,
    missing_docs,
    unreachable_pub,
    reason = "a test says what it finds by failing; the runner wants its modules public"
)]

use wasm_bindgen_test::wasm_bindgen_test_configure;

wasm_bindgen_test_configure!(run_in_browser);

pub mod addresses;
pub mod center;
pub mod config;
pub mod consent;
pub mod locales;
pub mod newsletter;
pub mod password;
pub mod profile;
pub mod rules;
pub mod sign_in;
pub mod sign_up;
pub mod specimens;
pub mod support;
pub mod transport;
