//! Texts of `<account-password>` alone.

crate::i18n::messages! {
    CURRENT_PASSWORD = "password.current": "Current password",
    NEW_PASSWORD = "password.new": "New password",
    PASSWORD_CHANGED = "password.changed": "Your password has been changed",
    PASSWORD_CHANGED_SIGN_IN = "password.changed.sign_in": "Sign in with your new password.",
    PASSWORD_SUBMIT = "password.submit": "Save the new password",
    NEW_LINK = "reset.new_link": "Send me a new link",
}
