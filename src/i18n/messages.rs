//! Every text, with its English.

macro_rules! messages {
    ($($(#[$cfg:meta])? $name:ident = $key:literal: $english:literal,)*) => {
        /// One text a shopper may read. `{name}` marks a place to fill in; `|` parts the singular
        /// from the plural where a message takes a `count`. A build has those of its own elements.
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        #[allow(missing_docs, reason = "each variant's text is its description")]
        pub enum Message { $($(#[$cfg])? $name,)* }

        impl Message {
            /// Every message.
            pub const ALL: &[Self] = &[$($(#[$cfg])? Self::$name,)*];

            /// The message's key in a locale file.
            #[must_use]
            pub const fn key(self) -> &'static str {
                match self { $($(#[$cfg])? Self::$name => $key,)* }
            }

            /// The message in English.
            #[must_use]
            pub const fn english(self) -> &'static str {
                match self { $($(#[$cfg])? Self::$name => $english,)* }
            }
        }
    };
}

messages! {
    #[cfg(feature = "sign-up")]
    SectionAccount = "sign_up.section.account": "Your account",
    #[cfg(feature = "sign-up")]
    SectionAddress = "sign_up.section.address": "Your address",
    SignUpSubmit = "sign_up.submit": "Create account",
    #[cfg(feature = "sign-up")]
    SignUpSending = "sign_up.sending": "Creating your account…",
    #[cfg(feature = "sign-up")]
    SignUpDone = "sign_up.done": "Your account is ready",
    #[cfg(feature = "sign-up")]
    SignUpDoneSignedIn = "sign_up.done.signed_in": "You are signed in.",
    #[cfg(feature = "sign-up")]
    SignUpDoneSignIn = "sign_up.done.sign_in": "Sign in with your e-mail address and password to go on.",
    Continue = "continue": "Continue",
    AlreadySignedIn = "sign_up.already": "You are signed in already",
    SignIn = "sign_in": "Sign in",
    SignInInstead = "sign_in.instead": "Sign in instead",
    EmailInUse = "sign_up.email_in_use": "An account with this e-mail address exists already",
    #[cfg(feature = "sign-up")]
    Newsletter = "newsletter": "Send me news and offers by e-mail",
    #[cfg(feature = "sign-up")]
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

    #[cfg(feature = "sign-in")]
    Email = "email": "E-mail address",
    #[cfg(feature = "sign-in")]
    Password = "password": "Password",
    #[cfg(feature = "sign-in")]
    CurrentPassword = "password.current": "Current password",
    #[cfg(feature = "sign-in")]
    NewPassword = "password.new": "New password",
    #[cfg(feature = "sign-in")]
    SigningIn = "sign_in.sending": "Signing in…",
    #[cfg(feature = "sign-in")]
    SignedIn = "sign_in.done": "You are signed in",
    #[cfg(feature = "sign-in")]
    SignOut = "sign_out": "Sign out",
    #[cfg(feature = "sign-in")]
    SignUpInstead = "sign_up.instead": "Create an account",
    #[cfg(feature = "sign-in")]
    PasswordForgotten = "reset.wanted": "Forgot your password?",
    #[cfg(feature = "sign-in")]
    ResetTitle = "reset.title": "Choose a new password",
    #[cfg(feature = "sign-in")]
    ResetWords = "reset.words": "Enter the e-mail address of your account. We send you a link to choose a new password.",
    #[cfg(feature = "sign-in")]
    ResetSubmit = "reset.submit": "Send me the link",
    #[cfg(feature = "sign-in")]
    ForcedResetTitle = "reset.forced.title": "A new password is needed",
    #[cfg(feature = "sign-in")]
    ForcedResetWords = "reset.forced.words": "Before you can sign in, the store asks you to choose a new password. We send you a link to do that.",
    #[cfg(feature = "sign-in")]
    ResetSent = "reset.sent": "If there is an account for {value}, a link to choose a new password is on its way.",
    #[cfg(feature = "sign-in")]
    SignInLinkWanted = "link.wanted": "E-mail me a link to sign in",
    #[cfg(feature = "sign-in")]
    SignInLinkTitle = "link.title": "Sign in by e-mail",
    #[cfg(feature = "sign-in")]
    SignInLinkWords = "link.words": "Enter the e-mail address of your account. We send you a link that signs you in.",
    #[cfg(feature = "sign-in")]
    SignInLinkSubmit = "link.submit": "Send me the link to sign in",
    #[cfg(feature = "sign-in")]
    SignInLinkSent = "link.sent": "If there is an account for {value}, a link that signs you in is on its way.",
    #[cfg(feature = "sign-in")]
    Sending = "mail.sending": "Sending…",
    #[cfg(feature = "sign-in")]
    MailSent = "mail.sent": "Check your e-mail",
    #[cfg(feature = "sign-in")]
    MailMissing = "mail.missing": "Nothing there? Look into your spam folder, or check the address.",
    #[cfg(feature = "sign-in")]
    SendAgain = "mail.again": "Send it again",
    #[cfg(feature = "sign-in")]
    BackToSignIn = "sign_in.back": "Back to sign in",
    #[cfg(feature = "sign-in")]
    SessionEnded = "session.ended": "You are no longer signed in",
    #[cfg(feature = "sign-in")]
    SessionEndedWords = "session.ended.words": "Sign in again to go on. Nothing you entered is lost.",
    #[cfg(feature = "sign-in")]
    PasswordChanged = "password.changed": "Your password is changed",
    #[cfg(feature = "sign-in")]
    PasswordChangedSignIn = "password.changed.sign_in": "Sign in with your new password.",
    #[cfg(feature = "sign-in")]
    PasswordSubmit = "password.submit": "Save the new password",
    #[cfg(feature = "sign-in")]
    Saving = "saving": "Saving…",
    #[cfg(feature = "sign-in")]
    NewLink = "reset.new_link": "Send me a new link",

    #[cfg(feature = "account")]
    Account = "account": "Your account",
    #[cfg(feature = "account")]
    Profile = "profile": "Your details",
    #[cfg(feature = "account")]
    PasswordView = "account.password": "Change password",
    #[cfg(feature = "account")]
    ProfileOfGuest = "profile.guest": "Sign in to see and change your details.",
    #[cfg(feature = "account")]
    ProfileSubmit = "profile.submit": "Save changes",
    #[cfg(feature = "account")]
    Saved = "profile.saved": "Your changes are saved.",
    #[cfg(feature = "account")]
    ProfileIncomplete = "profile.incomplete": "The store needs more from you",
    #[cfg(feature = "account")]
    ProfileIncompleteWords = "profile.incomplete.words": "It has added questions since you opened your account, and saves no change before they are answered:",
    #[cfg(feature = "account")]
    AskedAnew = "profile.asked_anew": "The store has changed its questions. Check your answers, then save again.",
    #[cfg(feature = "account")]
    Group = "profile.group": "Customer group",
    #[cfg(feature = "account")]
    Conflicts = "profile.conflicts": "Changed elsewhere meanwhile",
    #[cfg(feature = "account")]
    ConflictsWords = "profile.conflicts.words": "These answers were also changed on another device or in another tab. Choose which to keep.",
    #[cfg(feature = "account")]
    KeepMine = "profile.conflicts.mine": "Keep mine: {value}",
    #[cfg(feature = "account")]
    TakeTheirs = "profile.conflicts.theirs": "Use the other: {value}",
    #[cfg(feature = "sign-in")]
    Unsaved = "unsaved": "You have unsaved changes",
    #[cfg(feature = "sign-in")]
    UnsavedWords = "unsaved.words": "They are lost when you sign out.",
    #[cfg(feature = "sign-in")]
    Stay = "unsaved.stay": "Stay here",
    #[cfg(feature = "sign-in")]
    SignOutAnyway = "unsaved.leave": "Sign out anyway",

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

    #[cfg(feature = "sign-up")]
    StateCleared = "state.cleared": "“{value}” was removed: it is not in {country}.",
    #[cfg(feature = "sign-up")]
    PostalCodeCleared = "postal.cleared": "“{value}” was removed: addresses in {country} have no postal code.",
    #[cfg(feature = "sign-up")]
    StateArea = "state.area": "Area",
    #[cfg(feature = "sign-up")]
    StateCounty = "state.county": "County",
    #[cfg(feature = "sign-up")]
    StateDepartment = "state.department": "Department",
    #[cfg(feature = "sign-up")]
    StateDistrict = "state.district": "District",
    #[cfg(feature = "sign-up")]
    StateDoSi = "state.do_si": "Province or city",
    #[cfg(feature = "sign-up")]
    StateEmirate = "state.emirate": "Emirate",
    #[cfg(feature = "sign-up")]
    StateIsland = "state.island": "Island",
    #[cfg(feature = "sign-up")]
    StateOblast = "state.oblast": "Oblast",
    #[cfg(feature = "sign-up")]
    StateParish = "state.parish": "Parish",
    #[cfg(feature = "sign-up")]
    StatePrefecture = "state.prefecture": "Prefecture",
    #[cfg(feature = "sign-up")]
    StateProvince = "state.province": "Province",
    #[cfg(feature = "sign-up")]
    StateState = "state.state": "State",
    #[cfg(feature = "sign-up")]
    ChooseState = "state.choose": "Choose",
    #[cfg(feature = "sign-up")]
    PostalEircode = "postal.eircode": "Eircode",
    #[cfg(feature = "sign-up")]
    PostalPin = "postal.pin": "PIN code",
    #[cfg(feature = "sign-up")]
    PostalCode = "postal.code": "Postal code",
    #[cfg(feature = "sign-up")]
    PostalZip = "postal.zip": "ZIP code",
    #[cfg(feature = "sign-up")]
    CityDistrict = "city.district": "District",
    #[cfg(feature = "sign-up")]
    CityPostTown = "city.post_town": "Town or city",
    #[cfg(feature = "sign-up")]
    CitySuburb = "city.suburb": "Suburb",

    Loading = "loading": "Loading…",
    Retry = "retry": "Try again",
    UseStoreForm = "fallback": "Use the store’s simple form",
    LoadFailed = "load_failed": "The form could not be loaded",
    NotSent = "not_sent": "Nothing is lost: what you entered is still here.",
    Offline = "error.offline": "You seem to be offline. Check your connection, then try again.",
    TimedOut = "error.timed_out": "The store took too long to answer. Try again.",
    Throttled = "error.throttled": "Too many attempts. Wait {count} second, then try again.|Too many attempts. Wait {count} seconds, then try again.",
    ThrottledMinutes = "error.throttled.minutes": "Too many attempts. Wait {count} minute, then try again.|Too many attempts. Wait {count} minutes, then try again.",
    ThrottledNoMore = "error.throttled.over": "You can try again now.",
    #[cfg(feature = "sign-in")]
    InvalidCredentials = "error.invalid_credentials": "The e-mail address or the password is not right",
    #[cfg(feature = "sign-in")]
    ResetRequired = "error.reset_required": "The store asks you to choose a new password before you sign in.",
    Expired = "error.expired": "This page has been open for too long. Reload it, or use the store’s simple form.",
    Forbidden = "error.forbidden": "The store does not take this form from this page.",
    Unexpected = "error.unexpected": "The store answered with an error (status {value}). Try again.",
    Unreadable = "error.unreadable": "The store’s answer could not be read. Try again.",

    Captcha = "captcha": "Security check",
    CaptchaLoading = "captcha.loading": "Loading the security check…",
    CaptchaMissing = "captcha.missing": "Complete the security check",
    CaptchaFailed = "captcha.failed": "The security check could not be loaded, perhaps because your browser or network blocks {value}.",
}
