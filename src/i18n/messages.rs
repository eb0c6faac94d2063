//! Every text, with its English.

macro_rules! messages {
    ($(#[$cfg:meta] { $($name:ident = $key:literal: $english:literal,)* })*) => {
        /// One text a shopper may read. `{name}` marks a place to fill in; `|` parts the singular
        /// from the plural where a message takes a `count`. A build has those of its own elements.
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        #[allow(missing_docs, reason = "each variant's text is its description")]
        pub enum Message { $($(#[$cfg] $name,)*)* }

        impl Message {
            /// Every message.
            pub const ALL: &[Self] = &[$($(#[$cfg] Self::$name,)*)*];

            /// The message's key in a locale file.
            #[must_use]
            pub const fn key(self) -> &'static str {
                match self { $($(#[$cfg] Self::$name => $key,)*)* }
            }

            /// The message in English.
            #[must_use]
            pub const fn english(self) -> &'static str {
                match self { $($(#[$cfg] Self::$name => $english,)*)* }
            }
        }
    };
}

messages! {
    #[cfg(feature = "sign-up")] {
        SectionAccount = "sign_up.section.account": "Your account",
        SectionAddress = "sign_up.section.address": "Your address",
    }
    #[cfg(feature = "store")] {
        SignUpSubmit = "sign_up.submit": "Create account",
    }
    #[cfg(feature = "sign-up")] {
        SignUpSending = "sign_up.sending": "Creating your account…",
        SignUpDone = "sign_up.done": "Your account is ready",
        SignUpDoneSignedIn = "sign_up.done.signed_in": "You are signed in.",
        SignUpDoneSignIn = "sign_up.done.sign_in": "Sign in with your e-mail address and password to go on.",
    }
    #[cfg(feature = "store")] {
        Continue = "continue": "Continue",
        AlreadySignedIn = "sign_up.already": "You are signed in already",
        SignIn = "sign_in": "Sign in",
        SignInInstead = "sign_in.instead": "Sign in instead",
        EmailInUse = "sign_up.email_in_use": "An account with this e-mail address exists already",
    }
    #[cfg(feature = "sign-up")] {
        Newsletter = "newsletter": "Send me news and offers by e-mail",
    }
    #[cfg(any(feature = "sign-up", feature = "consent", feature = "newsletter"))] {
        PrivacyPolicy = "privacy": "Privacy policy",
    }
    #[cfg(feature = "store")] {
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
    }
    #[cfg(feature = "plain-form")] {
        Email = "email": "E-mail address",
    }
    #[cfg(feature = "sign-in")] {
        Password = "password": "Password",
        CurrentPassword = "password.current": "Current password",
        NewPassword = "password.new": "New password",
        SigningIn = "sign_in.sending": "Signing in…",
        SignedIn = "sign_in.done": "You are signed in",
        SignOut = "sign_out": "Sign out",
        SignUpInstead = "sign_up.instead": "Create an account",
        PasswordForgotten = "reset.wanted": "Forgot your password?",
        ResetTitle = "reset.title": "Choose a new password",
        ResetWords = "reset.words": "Enter the e-mail address of your account. We send you a link to choose a new password.",
        ResetSubmit = "reset.submit": "Send me the link",
        ForcedResetTitle = "reset.forced.title": "A new password is needed",
        ForcedResetWords = "reset.forced.words": "Before you can sign in, the store asks you to choose a new password. We send you a link to do that.",
        ResetSent = "reset.sent": "If there is an account for {value}, a link to choose a new password is on its way.",
        SignInLinkWanted = "link.wanted": "E-mail me a link to sign in",
        SignInLinkTitle = "link.title": "Sign in by e-mail",
        SignInLinkWords = "link.words": "Enter the e-mail address of your account. We send you a link that signs you in.",
        SignInLinkSubmit = "link.submit": "Send me the link to sign in",
        SignInLinkSent = "link.sent": "If there is an account for {value}, a link that signs you in is on its way.",
        Sending = "mail.sending": "Sending…",
        MailSent = "mail.sent": "Check your e-mail",
        MailMissing = "mail.missing": "Nothing there? Look into your spam folder, or check the address.",
        SendAgain = "mail.again": "Send it again",
        BackToSignIn = "sign_in.back": "Back to sign in",
        SessionEnded = "session.ended": "You are no longer signed in",
        SessionEndedWords = "session.ended.words": "Sign in again to go on. Nothing you entered is lost.",
        PasswordChanged = "password.changed": "Your password is changed",
        PasswordChangedSignIn = "password.changed.sign_in": "Sign in with your new password.",
        PasswordSubmit = "password.submit": "Save the new password",
    }
    #[cfg(feature = "plain-form")] {
        Saving = "saving": "Saving…",
    }
    #[cfg(feature = "sign-in")] {
        NewLink = "reset.new_link": "Send me a new link",
    }
    #[cfg(feature = "account")] {
        Account = "account": "Your account",
        Profile = "profile": "Your details",
        PasswordView = "account.password": "Change password",
        ProfileOfGuest = "profile.guest": "Sign in to see and change your details.",
        ProfileSubmit = "profile.submit": "Save changes",
        Saved = "profile.saved": "Your changes are saved.",
        ProfileIncomplete = "profile.incomplete": "The store needs more from you",
        ProfileIncompleteWords = "profile.incomplete.words": "It has added questions since you opened your account, and saves no change before they are answered:",
        AskedAnew = "profile.asked_anew": "The store has changed its questions. Check your answers, then save again.",
        Group = "profile.group": "Customer group",
    }
    #[cfg(feature = "addresses")] {
        Conflicts = "profile.conflicts": "Changed elsewhere meanwhile",
    }
    #[cfg(feature = "account")] {
        ConflictsWords = "profile.conflicts.words": "These answers were also changed on another device or in another tab. Choose which to keep.",
        KeepMine = "profile.conflicts.mine": "Keep mine: {value}",
        TakeTheirs = "profile.conflicts.theirs": "Use the other: {value}",
    }
    #[cfg(feature = "sign-in")] {
        Unsaved = "unsaved": "You have unsaved changes",
        UnsavedWords = "unsaved.words": "They are lost when you sign out.",
        Stay = "unsaved.stay": "Stay here",
        SignOutAnyway = "unsaved.leave": "Sign out anyway",
    }
    #[cfg(feature = "addresses")] {
        Addresses = "addresses": "Your addresses",
        AddressesOfGuest = "addresses.guest": "Sign in to see and change your addresses.",
        AddAddress = "addresses.add": "Add an address",
        EditAddress = "addresses.edit": "Change the address",
        AddressSubmit = "addresses.submit": "Save the address",
    }
    #[cfg(any(feature = "addresses", feature = "consent"))] {
        Cancel = "cancel": "Cancel",
    }
    #[cfg(feature = "addresses")] {
        SearchAddresses = "addresses.search": "Search by name, company, street, town or postal code",
        FilterCountry = "addresses.country": "Country",
        FilterCompany = "addresses.company": "Company",
        FilterKind = "addresses.kind": "Kind",
        AnyOf = "addresses.any": "All",
        Residential = "addresses.kind.residential": "Homes",
        Commercial = "addresses.kind.commercial": "Businesses",
        SortBy = "addresses.sort": "Order",
        SortOldest = "addresses.sort.oldest": "Oldest first",
        SortNewest = "addresses.sort.newest": "Newest first",
        SortName = "addresses.sort.name": "By name",
        SortCompany = "addresses.sort.company": "By company",
        SortCity = "addresses.sort.city": "By town",
        SortCountry = "addresses.sort.country": "By country",
        AddressCount = "addresses.count": "{count} address|{count} addresses",
        AddressesFound = "addresses.found": "{count} address of {value}|{count} addresses of {value}",
        AddressesSearching = "addresses.searching": "{count} address found so far, looking through all {value}…|{count} addresses found so far, looking through all {value}…",
        NoAddresses = "addresses.none": "There is no address yet.",
        NoneFound = "addresses.none_found": "No address is like that.",
        ShowAll = "addresses.all": "Show all addresses",
        Edit = "edit": "Change",
        Delete = "delete": "Delete",
        SelectAddress = "addresses.select": "Select {value}",
        SelectShown = "addresses.select.shown": "Select all shown",
        SelectNone = "addresses.select.none": "Select none",
        DeleteSelected = "addresses.delete.selected": "Delete {count} address|Delete {count} addresses",
        DeleteQuestion = "addresses.delete.question": "Delete {count} address?|Delete {count} addresses?",
        AddressAdded = "addresses.added": "The address is added.",
        AddressSaved = "addresses.saved": "The address is saved.",
        AddressKnown = "addresses.known": "You already have this address.",
        AddressDeleted = "addresses.deleted": "{count} address is deleted. Ctrl+Z brings it back.|{count} addresses are deleted. Ctrl+Z brings them back.",
        AddressOver = "addresses.over": "The address is deleted.",
        Undo = "undo": "Undo",
        Undone = "addresses.undone": "Nothing was deleted.",
        AddressNotSaved = "addresses.not_saved": "Not saved.",
        AddressNotDeleted = "addresses.not_deleted": "Not deleted.",
        AddressSignIn = "addresses.sign_in": "Sign in again, then it is done.",
        Discard = "discard": "Discard",
        AddressGone = "addresses.gone": "This address was deleted elsewhere meanwhile. What you entered is still here.",
        AddAnew = "addresses.add_anew": "Add it as a new address",
        Yours = "addresses.conflict.mine": "What you entered",
        Theirs = "addresses.conflict.theirs": "What the store has now",
        KeepYours = "addresses.conflict.keep_mine": "Save what you entered",
        KeepTheirs = "addresses.conflict.keep_theirs": "Keep what the store has",
        NotDeletedAsChanged = "addresses.not_deleted.changed": "Not deleted: it was changed elsewhere meanwhile. This is what it is now.",
        AddressIncomplete = "addresses.incomplete": "Incomplete. The store now asks for: {value}",
        Complete = "addresses.complete": "Complete",
        IncompleteCount = "addresses.incomplete.count": "{count} address lacks something that the store asks for by now.|{count} addresses lack something that the store asks for by now.",
        ShowIncomplete = "addresses.incomplete.show": "Show these alone",
        RowsBefore = "addresses.before": "Show the addresses before these",
        RowsAfter = "addresses.after": "Show the addresses after these",
        LoadingMore = "addresses.loading": "Loading more addresses…",
        MoreFailed = "addresses.loading_failed": "The rest of the addresses could not be loaded.",
    }
    #[cfg(feature = "store")] {
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
    }
    #[cfg(feature = "address-form")] {
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
        Line2Wanted = "line2.wanted": "Add a flat, floor or building",
        ChooseState = "state.choose": "Choose",
        PostalEircode = "postal.eircode": "Eircode",
        PostalPin = "postal.pin": "PIN code",
        PostalCode = "postal.code": "Postal code",
        PostalZip = "postal.zip": "ZIP code",
        CityDistrict = "city.district": "District",
        CityPostTown = "city.post_town": "Town or city",
        CitySuburb = "city.suburb": "Suburb",
    }
    #[cfg(feature = "store")] {
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
    }
    #[cfg(feature = "sign-in")] {
        InvalidCredentials = "error.invalid_credentials": "The e-mail address or the password is not right",
        ResetRequired = "error.reset_required": "The store asks you to choose a new password before you sign in.",
    }
    #[cfg(feature = "store")] {
        Expired = "error.expired": "This page has been open for too long. Reload it, or use the store’s simple form.",
        Forbidden = "error.forbidden": "The store does not take this form from this page.",
        Unexpected = "error.unexpected": "The store answered with an error (status {value}). Try again.",
        Unreadable = "error.unreadable": "The store’s answer could not be read. Try again.",
        Captcha = "captcha": "Security check",
        CaptchaLoading = "captcha.loading": "Loading the security check…",
        CaptchaMissing = "captcha.missing": "Complete the security check",
        CaptchaFailed = "captcha.failed": "The security check could not be loaded, perhaps because your browser or network blocks {value}.",
    }
    #[cfg(any(feature = "account", feature = "consent"))] {
        ConsentTitle = "consent.title": "Cookie settings",
    }
    #[cfg(feature = "consent")] {
        ConsentIntro = "consent.intro": "You decide what this shop may use in your browser beyond what it needs to work. You can change your mind here at any time.",
        ConsentGpc = "consent.gpc": "Your browser sends the Global Privacy Control signal. It is honoured: nothing is on that you have not switched on yourself.",
        ConsentEssential = "consent.essential": "Essential",
        ConsentAlwaysOn = "consent.always_on": "(always on)",
        ConsentEssentialAbout = "consent.essential.about": "Your cart, signing in, security. The shop does not work without.",
        ConsentFunctional = "consent.functional": "Functional",
        ConsentFunctionalAbout = "consent.functional.about": "Remembers your choices and shows extras such as videos and chats.",
        ConsentAnalytics = "consent.analytics": "Analytics",
        ConsentAnalyticsAbout = "consent.analytics.about": "Counts visits and shows how the shop is used.",
        ConsentTargeting = "consent.targeting": "Advertising",
        ConsentTargetingAbout = "consent.targeting.about": "Follows what you look at, to show you advertising that fits, here and elsewhere.",
        ConsentOn = "consent.on": "On",
        ConsentOff = "consent.off": "Off",
        ConsentReject = "consent.reject": "Reject all",
        ConsentAccept = "consent.accept": "Accept all",
        ConsentSave = "consent.save": "Save my choices",
    }
    #[cfg(feature = "account")] {
        NewsletterView = "newsletter.title": "Newsletter",
    }
    #[cfg(feature = "newsletter")] {
        Subscribe = "newsletter.subscribe": "Subscribe to the newsletter",
        Unsubscribe = "newsletter.unsubscribe": "Unsubscribe",
        NewsletterIsOn = "newsletter.on": "You have the newsletter at {value}.",
        NewsletterIsOff = "newsletter.off": "You do not have the newsletter. It would come to {value}.",
        Subscribed = "newsletter.subscribed": "Done. From now on the newsletter comes to {value}.",
        Unsubscribed = "newsletter.unsubscribed": "Done. The newsletter no longer comes to {value}.",
        CartReminders = "cart_reminders": "Reminders of a cart you left",
        CartRemindersWords = "cart_reminders.words": "Reminders tell you once of a cart you left full. They are not the newsletter: you can have one without the other.",
        CartRemindersOn = "cart_reminders.on": "Remind me of my cart",
        CartRemindersOff = "cart_reminders.off": "No reminders",
        CartRemindersAreOn = "cart_reminders.are_on": "Done. Reminders of your cart may come to {value}.",
        CartRemindersAreOff = "cart_reminders.are_off": "Done. No reminders of your cart come to {value}.",
    }
}
