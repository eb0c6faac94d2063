//! What a text for shoppers is, and the texts that forms and several elements share. Those of one element
//! are in its own `messages.rs`.

/// One text a shopper may read, with its key in the locale files and its English. `{name}` marks a
/// place to fill in; `|` parts the singular from the plural where a message takes a `count`.
///
/// Each is a constant, so that a build holds those of its own elements alone.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Message {
    /// The message's key in a locale file.
    pub key: &'static str,
    /// The message in English.
    pub english: &'static str,
}

/// Defines messages as constants of [`Message`], and `MESSAGES`, the list of them.
macro_rules! messages {
    ($($name:ident = $key:literal: $english:literal,)*) => {
        impl $crate::i18n::Message {
            $(
                #[doc = $english]
                pub const $name: Self = Self { key: $key, english: $english };
            )*
        }

        /// Every message that is defined here.
        pub const MESSAGES: &[$crate::i18n::Message] = &[$($crate::i18n::Message::$name,)*];
    };
}

pub(crate) use messages;

messages! {
    SIGN_IN = "sign_in": "Sign in",
    SIGN_IN_INSTEAD = "sign_in.instead": "Sign in instead",
    EMAIL_IN_USE = "sign_up.email_in_use": "There is already an account with this email address",
    PRIVACY_POLICY = "privacy": "Privacy policy",
    OPTIONAL = "optional": "(optional)",
    NO_ANSWER = "no_answer": "No answer",
    SHOW_PASSWORD = "password.show": "Show password",
    PASSWORD_SHOWN = "password.shown": "Your password is shown",
    PASSWORD_HIDDEN = "password.hidden": "Your password is hidden",
    PASSWORD_RULES = "password.rules": "Your password needs:",
    PASSWORD_LENGTH = "password.length": "{count} character or more|{count} characters or more",
    PASSWORD_LOWER_CASE = "password.lower_case": "a lower-case letter",
    PASSWORD_UPPER_CASE = "password.upper_case": "a capital letter",
    PASSWORD_NUMBERS = "password.numbers": "a number|{count} numbers",
    PASSWORD_SPECIAL_CHARACTERS = "password.special": "a special character such as ! or ?|{count} special characters such as ! or ?",
    MET = "password.met": "done",
    UNMET = "password.unmet": "still missing",
    EMAIL = "email": "Email address",
    SAVING = "saving": "Saving…",
    CONFLICTS = "profile.conflicts": "Changed somewhere else",
    CANCEL = "cancel": "Cancel",
    PROBLEM = "problem": "There is a problem",
    ERROR_PREFIX = "error_prefix": "Error:",
    MISSING = "violation.missing": "Fill in “{label}”",
    MISSING_CHOICE = "violation.missing.choice": "Choose an option for “{label}”",
    MISSING_EMAIL = "violation.missing.email": "Enter your email address",
    MISSING_PASSWORD = "violation.missing.password": "Enter your password",
    MISSING_NEW_PASSWORD = "violation.missing.new_password": "Choose a password",
    MISSING_FIRST_NAME = "violation.missing.first_name": "Enter a first name",
    MISSING_LAST_NAME = "violation.missing.last_name": "Enter a last name",
    MISSING_STREET = "violation.missing.street": "Enter a street and a number",
    MISSING_COUNTRY = "violation.missing.country": "Choose a country",
    NOT_TAKEN = "violation.not_taken": "The store does not accept this answer to “{label}”",
    TOO_LONG = "violation.too_long": "{label} must have {count} character or fewer|{label} must have {count} characters or fewer",
    FORBIDDEN_CHARACTERS = "violation.forbidden_characters": "{label} must not include < or >",
    NOT_ANUMBER = "violation.not_a_number": "{label} must be a number, like 42 or 3.5",
    TOO_SMALL = "violation.too_small": "{label} must be {value} or more",
    TOO_LARGE = "violation.too_large": "{label} must be {value} or less",
    NOT_ADATE = "violation.not_a_date": "{label} must be a real date",
    TOO_EARLY = "violation.too_early": "{label} must be {value} or later",
    TOO_LATE = "violation.too_late": "{label} must be {value} or earlier",
    UNKNOWN_OPTION = "violation.unknown_option": "Choose an option from the list for “{label}”",
    NOT_AN_EMAIL = "violation.not_an_email": "Enter an email address like name@example.com",
    PASSWORD_MISMATCH = "violation.password_mismatch": "The two passwords must be the same",
    WEAK_PASSWORD = "violation.weak_password": "{label} needs {value}",
    NOT_APOSTAL_CODE = "violation.not_a_postal_code": "{label} must look like {value}",
    STATE_CLEARED = "state.cleared": "“{value}” was removed: it is not in {country}.",
    POSTAL_CODE_CLEARED = "postal.cleared": "“{value}” was removed: addresses in {country} have no postal code.",
    STATE_AREA = "state.area": "Area",
    STATE_COUNTY = "state.county": "County",
    STATE_DEPARTMENT = "state.department": "Department",
    STATE_DISTRICT = "state.district": "District",
    STATE_DO_SI = "state.do_si": "Province or city",
    STATE_EMIRATE = "state.emirate": "Emirate",
    STATE_ISLAND = "state.island": "Island",
    STATE_OBLAST = "state.oblast": "Oblast",
    STATE_PARISH = "state.parish": "Parish",
    STATE_PREFECTURE = "state.prefecture": "Prefecture",
    STATE_PROVINCE = "state.province": "Province",
    STATE_STATE = "state.state": "State",
    ADDRESS_SUGGESTIONS = "address.suggestions": "Suggested addresses",
    SUGGESTIONS_FOUND = "address.found": "{count} address found. Press the down arrow key to choose it.|{count} addresses found. Press the down arrow key to choose one.",
    ADDRESS_FILLED_IN = "address.filled_in": "The address is filled in. Check it.",
    LINE2_WANTED = "line2.wanted": "Add a flat, floor or building",
    CHOOSE_STATE = "state.choose": "Choose",
    POSTAL_EIRCODE = "postal.eircode": "Eircode",
    POSTAL_PIN = "postal.pin": "PIN code",
    POSTAL_CODE = "postal.code": "Postal code",
    POSTAL_ZIP = "postal.zip": "ZIP code",
    CITY_DISTRICT = "city.district": "District",
    CITY_POST_TOWN = "city.post_town": "Town or city",
    CITY_SUBURB = "city.suburb": "Suburb",
    LOADING = "loading": "Loading…",
    RETRY = "retry": "Try again",
    CONTINUE_STEP = "step.continue": "Continue",
    BACK_STEP = "step.back": "Back",
    USE_STORE_FORM = "fallback": "Use the store’s simple form",
    LOAD_FAILED = "load_failed": "The form could not be loaded",
    NOT_SENT = "not_sent": "Nothing is lost: what you entered is still here.",
    OFFLINE = "error.offline": "You seem to be offline. Check your connection, then try again.",
    TIMED_OUT = "error.timed_out": "The store took too long to answer. Try again.",
    THROTTLED = "error.throttled": "Too many attempts. Wait {count} second, then try again.|Too many attempts. Wait {count} seconds, then try again.",
    THROTTLED_MINUTES = "error.throttled.minutes": "Too many attempts. Wait {count} minute, then try again.|Too many attempts. Wait {count} minutes, then try again.",
    THROTTLED_NO_MORE = "error.throttled.over": "You can try again now.",
    INVALID_CREDENTIALS = "error.invalid_credentials": "The email address or the password is wrong",
    RESET_REQUIRED = "error.reset_required": "The store asks you to choose a new password before you sign in.",
    EXPIRED = "error.expired": "This page has been open for too long. Reload it, or use the store’s simple form.",
    FORBIDDEN = "error.forbidden": "The store does not accept this form from this page.",
    UNEXPECTED = "error.unexpected": "The store answered with an error (status {value}). Try again.",
    UNREADABLE = "error.unreadable": "The store’s answer could not be read. Try again.",
    CAPTCHA = "captcha": "Security check",
    CAPTCHA_LOADING = "captcha.loading": "Loading the security check…",
    CAPTCHA_MISSING = "captcha.missing": "Complete the security check",
    CAPTCHA_FAILED = "captcha.failed": "The security check could not be loaded, perhaps because your browser or network blocks {value}.",
    SWITCH_ON = "switch.on": "On",
    SWITCH_OFF = "switch.off": "Off",
    CONSENT_TITLE = "consent.title": "Cookie settings",
}
