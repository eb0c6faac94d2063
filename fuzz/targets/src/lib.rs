//! What must hold for any input, of the rules and of the store: one function a target, which panics where it
//! does not hold. cargo-fuzz calls them with what libFuzzer makes (`fuzz/fuzz_targets`); `cargo test` with the
//! seeds and with changed ones (`tests/inputs.rs`), on any toolchain.

#![allow(
    clippy::expect_used,
    clippy::panic,
    clippy::unwrap_used,
    reason = "a target says what it finds by failing"
)]

mod addresses;
mod fields;
mod graphql;
mod request;
mod shop;
mod text;
mod tokens;

pub use addresses::addresses;
pub use fields::fields;
pub use graphql::graphql;
pub use request::{storefront, v2, v3, webhooks};
pub use text::text;
pub use tokens::tokens;

/// One target.
pub type Target = fn(&[u8]);

/// Every target, by the name of its file in `fuzz/fuzz_targets` and of its folder in `fuzz/seeds`.
pub const TARGETS: [(&str, Target); 9] = [
    ("addresses", addresses),
    ("fields", fields),
    ("graphql", graphql),
    ("storefront", storefront),
    ("text", text),
    ("tokens", tokens),
    ("v2", v2),
    ("v3", v3),
    ("webhooks", webhooks),
];
