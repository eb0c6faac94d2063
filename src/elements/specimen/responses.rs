//! What a scripted store answers in several states.

use crate::api::{ApiError, Scripted};

/// The answer of a store with every kind of field, taken from the local store's demo data.
pub const SIGN_UP_FORM: &str = include_str!("../../../tests/fixtures/sign_up_form.json");

/// The store's answer to what the profile is made of, for `customer`, the JSON of one, or `null`.
#[must_use]
pub fn form_of_customer(customer: &str) -> String {
    SIGN_UP_FORM.replacen(
        r#""customer": null"#,
        &format!(r#""customer": {customer}"#),
        1,
    )
}

/// An answer to a sign-in that worked.
pub const SIGNED_IN: &str = r#"{"data":{"login":{"customer":{"entityId":7}}}}"#;

/// What a script answers to operations.
pub(crate) type Responses = Vec<(&'static str, Scripted)>;

pub(super) fn body(text: &str) -> Scripted {
    Scripted::Body(text.to_owned())
}

pub(super) const fn offline() -> Scripted {
    Scripted::Error(ApiError::Offline)
}
