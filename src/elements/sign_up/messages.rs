//! Texts of `<account-sign-up>` alone.

crate::i18n::messages! {
    SECTION_ACCOUNT = "sign_up.section.account": "Your account",
    SECTION_ADDRESS = "sign_up.section.address": "Your address",
    SECTION_MORE = "sign_up.section.more": "More about you",
    STEP = "sign_up.step": "Step {value} of {total}",
    SIGN_UP_SUBMIT = "sign_up.submit": "Create account",
    SIGN_UP_SENDING = "sign_up.sending": "Creating your account…",
    SIGN_UP_DONE = "sign_up.done": "Your account is ready",
    SIGN_UP_DONE_SIGNED_IN = "sign_up.done.signed_in": "You are signed in.",
    SIGN_UP_DONE_SIGN_IN = "sign_up.done.sign_in": "Sign in with your email address and password to continue.",
    ALREADY_SIGNED_IN = "sign_up.already": "You are already signed in",
    NEWSLETTER = "newsletter": "Email me news and offers",
}
