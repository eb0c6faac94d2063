//! Texts of `<account-sign-in>` alone.

crate::i18n::messages! {
    SIGNED_IN = "sign_in.done": "You are signed in",
}
