//! Texts of `<account-center>` alone.

crate::i18n::messages! {
    ACCOUNT = "account": "Your account",
    PROFILE = "profile": "Your details",
    PASSWORD_VIEW = "account.password": "Change password",
}
