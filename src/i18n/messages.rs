//! Every text, with its English.

macro_rules! messages {
    ($($(#[$doc:meta])* $name:ident = $key:literal: $english:literal,)*) => {
        /// One text a shopper may read. `{name}` marks a place to fill in; `|` parts the singular
        /// from the plural where a message takes a `count`.
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        #[allow(missing_docs, reason = "each variant's text is its description")]
        pub enum Message { $($(#[$doc])* $name,)* }

        impl Message {
            /// Every message.
            pub const ALL: &[Self] = &[$(Self::$name,)*];

            /// The message's key in a locale file.
            #[must_use]
            pub const fn key(self) -> &'static str {
                match self { $(Self::$name => $key,)* }
            }

            /// The message in English.
            #[must_use]
            pub const fn english(self) -> &'static str {
                match self { $(Self::$name => $english,)* }
            }
        }
    };
}

messages! {
    SectionAccount = "sign_up.section.account": "Your account",
    SectionAddress = "sign_up.section.address": "Your address",
    SignUpSubmit = "sign_up.submit": "Create account",
    SignUpSending = "sign_up.sending": "Creating your account…",
    SignUpDone = "sign_up.done": "Your account is ready",
    SignUpDoneSignedIn = "sign_up.done.signed_in": "You are signed in.",
    SignUpDoneSignIn = "sign_up.done.sign_in": "Sign in with your e-mail address and password to go on.",
    SignUpContinue = "sign_up.continue": "Continue",
    AlreadySignedIn = "sign_up.already": "You are signed in already",
    SignIn = "sign_in": "Sign in",
    SignInInstead = "sign_in.instead": "Sign in instead",
    EmailInUse = "sign_up.email_in_use": "An account with this e-mail address exists already",
    Newsletter = "newsletter": "Send me news and offers by e-mail",
    PrivacyPolicy = "privacy": "Privacy policy",
    Optional = "optional": "(optional)",
    NoAnswer = "no_answer": "No answer",
    ShowPassword = "password.show": "Show password",
    HidePassword = "password.hide": "Hide password",
    Show = "show": "Show",
    Hide = "hide": "Hide",
    PasswordShown = "password.shown": "Your password is shown",
    PasswordHidden = "password.hidden": "Your password is hidden",
    PasswordRules = "password.rules": "Your password needs:",
    PasswordLength = "password.length": "{count} character or more|{count} characters or more",
    PasswordLowerCase = "password.lower_case": "a lower-case letter",
    PasswordUpperCase = "password.upper_case": "a capital letter",
    PasswordNumbers = "password.numbers": "a number|{count} numbers",
    PasswordSpecialCharacters = "password.special": "a special character such as ! or ?|{count} special characters such as ! or ?",
    Met = "password.met": "done",
    Unmet = "password.unmet": "still missing",

    Problem = "problem": "There is a problem",
    ErrorPrefix = "error_prefix": "Error:",
    Missing = "violation.missing": "{label}: an answer is needed",
    NotTaken = "violation.not_taken": "{label}: this store does not take this answer",
    TooLong = "violation.too_long": "{label} must have {count} character or fewer|{label} must have {count} characters or fewer",
    ForbiddenCharacters = "violation.forbidden_characters": "{label} must not include < or >",
    NotANumber = "violation.not_a_number": "{label} must be a number, like 42 or 3.5",
    TooSmall = "violation.too_small": "{label} must be {value} or more",
    TooLarge = "violation.too_large": "{label} must be {value} or less",
    NotADate = "violation.not_a_date": "{label} must be a real date",
    TooEarly = "violation.too_early": "{label} must be {value} or later",
    TooLate = "violation.too_late": "{label} must be {value} or earlier",
    UnknownOption = "violation.unknown_option": "{label}: choose one from the list",
    NotAnEmail = "violation.not_an_email": "Enter an e-mail address like name@example.com",
    PasswordMismatch = "violation.password_mismatch": "The two passwords must be the same",
    WeakPassword = "violation.weak_password": "{label} needs {value}",
    NotAPostalCode = "violation.not_a_postal_code": "{label} must look like {value}",

    StateCleared = "state.cleared": "“{value}” was removed: it is not in {country}.",
    PostalCodeCleared = "postal.cleared": "“{value}” was removed: addresses in {country} have no postal code.",
    StateArea = "state.area": "Area",
    StateCounty = "state.county": "County",
    StateDepartment = "state.department": "Department",
    StateDistrict = "state.district": "District",
    StateDoSi = "state.do_si": "Province or city",
    StateEmirate = "state.emirate": "Emirate",
    StateIsland = "state.island": "Island",
    StateOblast = "state.oblast": "Oblast",
    StateParish = "state.parish": "Parish",
    StatePrefecture = "state.prefecture": "Prefecture",
    StateProvince = "state.province": "Province",
    StateState = "state.state": "State",
    ChooseState = "state.choose": "Choose",
    PostalEircode = "postal.eircode": "Eircode",
    PostalPin = "postal.pin": "PIN code",
    PostalCode = "postal.code": "Postal code",
    PostalZip = "postal.zip": "ZIP code",
    CityDistrict = "city.district": "District",
    CityPostTown = "city.post_town": "Town or city",
    CitySuburb = "city.suburb": "Suburb",

    Loading = "loading": "Loading…",
    Retry = "retry": "Try again",
    UseStoreForm = "fallback": "Use the store’s simple form",
    LoadFailed = "load_failed": "The form could not be loaded",
    NotSent = "not_sent": "Nothing is lost: what you entered is still here.",
    Offline = "error.offline": "You seem to be offline. Check your connection, then try again.",
    TimedOut = "error.timed_out": "The store took too long to answer. Try again.",
    Throttled = "error.throttled": "Too many attempts. Wait {count} second, then try again.|Too many attempts. Wait {count} seconds, then try again.",
    Expired = "error.expired": "This page has been open for too long. Reload it, or use the store’s simple form.",
    Forbidden = "error.forbidden": "The store does not take this form from this page.",
    Unexpected = "error.unexpected": "The store answered with an error (status {value}). Try again.",
    Unreadable = "error.unreadable": "The store’s answer could not be read. Try again.",

    Captcha = "captcha": "Security check",
    CaptchaLoading = "captcha.loading": "Loading the security check…",
    CaptchaMissing = "captcha.missing": "Complete the security check",
    CaptchaFailed = "captcha.failed": "The security check could not be loaded, perhaps because your browser or network blocks {value}.",
}
