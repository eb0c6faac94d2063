// The registry: every element with its component, bundle, first query, attributes and events.
//
// Two programs read this file, each with an `elements!` of its own. The widget (`names.rs`) makes names and the
// `match` that finds a component of it. xtask (`xtask/src/registry.rs`) makes data of it: the loader's tables, the
// bundles, `account.d.ts`, `custom-elements.json` and the tables in `docs/` and README.
//
// A new element is an entry here, its folder, its specimen and its page in `docs/elements/`.
// `cargo xtask docs` writes the tables anew.

elements! {
    // Cargo features, each a build of the widget. The lightest comes first; the last has every element.
    bundles { "sign-in", "sign-up", "account" }

    // What the widget reads: NAME = "attribute": type, default. The default is a text, `none` or `required`.
    attributes {
        /// The storefront token that the theme is given.
        TOKEN = "token": Text, required;
        /// The storefront; `graphql` is looked for below it.
        ENDPOINT = "endpoint": Url, "/";
        /// The widget's language. Without it, the nearest `lang` in the page counts. See [languages](languages.md).
        LANG = "lang": Language, "en";
        /// When the element is fetched: `visible`, when it is near the window; `eager`, at once; `idle`, when the page has nothing else to do; `interaction`, when the shopper first touches its fallback, for a newsletter in a footer.
        LOAD = "load": OneOf("visible", "eager", "idle", "interaction"), "visible";
        /// The classes that the parts carry: ours, those of Cornerstone or of Bootstrap 5, or none. See [theming](theming.md).
        APPEARANCE = "appearance": OneOf("default", "cornerstone", "bootstrap", "none"), "default";
        /// Where to go on once signed in. On `account-center`, where a new customer goes.
        RETURN_TO = "return-to": OwnUrl, none;
        /// Where a guest signs in.
        SIGN_IN_URL = "sign-in-url": OwnUrl, "/login.php";
        /// Where a guest opens an account.
        SIGN_UP_URL = "sign-up-url": OwnUrl, "/login.php?action=create_account";
        /// Where the link for a lost password leads, in a new tab.
        RESET_URL = "reset-url": OwnUrl, "/login.php?action=reset_password";
        /// `offer` where the store sends links that sign in (`/login.php?action=passwordless_login`).
        PASSWORDLESS = "passwordless": OneOf("omit", "offer"), "omit";
        /// Ids of the customer attributes to show, like `12,15`. They are shown by their names and never asked for.
        ATTRIBUTES = "attributes": Ids, none;
        /// `undo` gives eight seconds to take a deletion back. `confirm` asks before, and so does a store with a captcha.
        DELETE = "delete": OneOf("undo", "confirm"), "undo";
        /// Shows only the addresses with these names, like the V3 API's `name:in`: exact, separated by commas.
        NAME = "name": List, none;
        /// Shows only the addresses of these companies, like the V3 API's `company:in`: exact, separated by commas.
        COMPANY = "company": List, none;
        /// `omit` leaves out the reminders of an abandoned cart.
        CART_REMINDERS = "cart-reminders": OneOf("offer", "omit"), "offer";
        /// The country chosen at first.
        COUNTRY = "country": Country, none;
        /// `omit` leaves the address out.
        ADDRESS = "address": OneOf("ask", "omit"), "ask";
        /// `steps` asks one thing after the other: the account, the address, the rest.
        LAYOUT = "layout": OneOf("page", "steps"), "page";
        /// Where reCAPTCHA's script is, if not at Google, for example at recaptcha.net.
        CAPTCHA_SRC = "captcha-src": Url, none;
    }

    // What the loader's own elements read (`js/consent.js`).
    loader_attributes {
        /// The customer's id, empty for a guest: `customer="{{customer.id}}"`. Without it, a sign-out by the theme's own link is not noticed.
        CUSTOMER = "customer": Text, none;
        /// What is asked about; the rest is denied.
        CATEGORIES = "categories": List, "functional analytics targeting";
        /// The numbers of the store's endpoint, which public documents give differently.
        NUMBERS = "numbers": List, "functional=2 analytics=1 targeting=3";
        /// How many days a decision lasts; at least 182.
        DAYS = "days": Number, "182";
        /// A name for the wording. With another one, or with other categories, the question is asked again; other words or styles do not ask again.
        TEXT_ID = "text-id": Text, none;
        /// A name for the privacy policy. With another one, the question is asked again.
        POLICY_ID = "policy-id": Text, none;
        /// Names of first-party cookies (of path `/`) to clear when `functional` is withdrawn.
        FUNCTIONAL_COOKIES = "functional-cookies": List, none;
        /// Names of first-party cookies (of path `/`) to clear when `analytics` is withdrawn, like `_ga _ga_*`.
        ANALYTICS_COOKIES = "analytics-cookies": List, none;
        /// Names of first-party cookies (of path `/`) to clear when `targeting` is withdrawn.
        TARGETING_COOKIES = "targeting-cookies": List, none;
    }

    // What elements tell the page: NAME = "name behind account:": type of `detail` in TypeScript.
    events {
        /// The widget has taken the fallback's place. On `account-consent`: what was decided before is in force.
        READY = "ready": "Record<string, never>";
        /// A customer has a session. On `account-sign-in`, `preventDefault()` keeps the shopper from being sent to `return-to`.
        SIGNED_IN = "signed-in": "Record<string, never>", cancelable;
        /// The session has ended because the shopper signed out.
        SIGNED_OUT = "signed-out": "Record<string, never>";
        /// The account is open. `preventDefault()` keeps the shopper from being sent to `return-to`.
        SIGNED_UP = "signed-up": "{ customerId?: number; signedIn: boolean }", cancelable;
        /// The store has saved the changes.
        PROFILE_SAVED = "profile-saved": "{ customerId: number }";
        /// The store has a new address. Not fired when it had that address already.
        ADDRESS_ADDED = "address-added": "{ addressId: number }";
        /// The store has saved the change.
        ADDRESS_UPDATED = "address-updated": "{ addressId: number }";
        /// The store has deleted the address: eight seconds after the shopper did, where that can be undone.
        ADDRESS_DELETED = "address-deleted": "{ addressId: number }";
        /// The store has the new password, changed or chosen by an emailed link.
        PASSWORD_CHANGED = "password-changed": "Record<string, never>";
        /// Other cookies are allowed than before: decided here, in another tab, or in the store's own banner.
        CONSENT_CHANGED = "consent-changed": "{ allow: ConsentCategory[]; deny: ConsentCategory[]; changed: ConsentCategory[] }";
        /// The store has subscribed or unsubscribed the shopper.
        SUBSCRIPTION_CHANGED = "subscription-changed": "{ mailing: \"newsletter\" | \"cart-reminders\"; subscribed: boolean }";
        /// Something failed. `message` is for developers, `code` is one of `config`, `not_loaded`, `crashed`, or of a failed request: `offline`, `timed_out`, `throttled`, `expired`, `forbidden`, `invalid_credentials`, `refused`, `unexpected`, `unreadable`.
        ERROR = "error": "{ code: string; message?: string }";
    }

    // What every element has.
    common {
        attributes: [TOKEN, ENDPOINT, LANG, APPEARANCE],
        events: [READY, ERROR],
    }

    // The elements whose inside is WebAssembly. `bundle` is the lightest that has the element. `first_query` is a document
    // of `src/api/` and its variables: `Config`, what the element is configured with, or `PageSize`, the rules' own.
    elements {
        /// Opens an account with the fields the store has configured, of every kind, and signs the shopper in.
        SignUp = "sign-up" {
            bundle: "sign-up",
            component: crate::elements::sign_up::SignUp,
            first_query: "sign_up_form" [("country", Config("chosen-country"))],
            attributes: [LOAD, RETURN_TO, SIGN_IN_URL, COUNTRY, ADDRESS, LAYOUT, CAPTCHA_SRC],
            events: [SIGNED_UP, SIGNED_IN],
        }

        /// Signs in and out; sends a link when the password is lost, or one that signs in.
        SignIn = "sign-in" {
            bundle: "sign-in",
            component: crate::elements::sign_in::SignIn,
            first_query: "session" [],
            attributes: [LOAD, RETURN_TO, SIGN_UP_URL, RESET_URL, PASSWORDLESS, CAPTCHA_SRC],
            events: [SIGNED_IN, SIGNED_OUT],
        }

        /// Changes the password, or sets a new one by an emailed link.
        Password = "password" {
            bundle: "sign-in",
            component: crate::elements::password::Password,
            first_query: "session" [],
            attributes: [LOAD, SIGN_IN_URL, SIGN_UP_URL, RESET_URL, PASSWORDLESS, CAPTCHA_SRC],
            events: [PASSWORD_CHANGED, SIGNED_IN],
            // Parameters of the page's address that the element takes, and what it is configured with by them.
            url_parameters: [("c", "reset-customer"), ("t", "reset-token")],
        }

        /// Shows and changes everything the store asks a customer for.
        Profile = "profile" {
            bundle: "account",
            component: crate::elements::profile::Profile,
            first_query: "profile" [],
            attributes: [LOAD, SIGN_IN_URL, SIGN_UP_URL, RESET_URL, PASSWORDLESS, ATTRIBUTES, CAPTCHA_SRC],
            events: [PROFILE_SAVED, SIGNED_IN],
        }

        /// An address book: searches, adds, changes, deletes and undoes, with one address or ten thousand.
        Addresses = "addresses" {
            bundle: "account",
            component: crate::elements::addresses::Addresses,
            first_query: "address_book" [("country", Config("country")), ("first", PageSize)],
            attributes: [
                LOAD, SIGN_IN_URL, SIGN_UP_URL, RESET_URL, PASSWORDLESS, COUNTRY, DELETE, NAME, COMPANY, CAPTCHA_SRC,
            ],
            events: [ADDRESS_ADDED, ADDRESS_UPDATED, ADDRESS_DELETED, SIGNED_IN],
        }

        /// Subscribes to the newsletter and to reminders of an abandoned cart, or unsubscribes, with one click each; by email address without an account.
        Newsletter = "newsletter" {
            bundle: "sign-in",
            component: crate::elements::newsletter::Newsletter,
            first_query: "newsletter" [],
            attributes: [LOAD, SIGN_IN_URL, RESET_URL, PASSWORDLESS, CART_REMINDERS, CAPTCHA_SRC],
            events: [SUBSCRIPTION_CHANGED, SIGNED_IN],
            // A theme has it on every page, as in its footer: it does not make a page fetch a larger bundle.
            site_wide: true,
        }

        /// The whole account under one navigation; a guest signs in or up there.
        Center = "center" {
            bundle: "account",
            component: crate::elements::center::Center,
            first_query: "profile" [],
            attributes: [
                LOAD, RETURN_TO, SIGN_IN_URL, RESET_URL, PASSWORDLESS, COUNTRY, ADDRESS, LAYOUT, ATTRIBUTES, DELETE, NAME, COMPANY,
                CART_REMINDERS, CAPTCHA_SRC,
            ],
            events: [
                SIGNED_UP, SIGNED_IN, SIGNED_OUT, PROFILE_SAVED, ADDRESS_ADDED, ADDRESS_UPDATED, ADDRESS_DELETED,
                PASSWORD_CHANGED, SUBSCRIPTION_CHANGED,
            ],
        }
    }

    // The elements that the loader does itself. `bundle` is what it fetches when the shopper wants more.
    loader_elements {
        /// Asks about cookies, and lets shoppers change their mind at any time.
        Consent = "consent" {
            bundle: "consent",
            attributes: [
                CUSTOMER, CATEGORIES, NUMBERS, DAYS, TEXT_ID, POLICY_ID, FUNCTIONAL_COOKIES, ANALYTICS_COOKIES,
                TARGETING_COOKIES,
            ],
            events: [CONSENT_CHANGED],
        }
    }
}
