//! What a merchant sets for the whole store.

mod api;

use crate::infra::db;
use rusqlite::{Connection, OptionalExtension};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use std::collections::HashSet;
use storefront_rules::{Category, PasswordRules, Secret};

pub(crate) use api::{Account, Api, Scope};

/// Fewest bytes of an app's secret: HS256 wants a key as long as its hash (RFC 7518, 3.2).
const APP_SECRET_LENGTH: usize = 32;

/// Fewest bytes of an API account's token.
const TOKEN_LENGTH: usize = 16;

/// Fewest days that a decision about cookies is kept: nobody is asked again within six months.
const CONSENT_DAYS: u32 = 182;

/// The store's settings, as they are kept and as a settings file writes them.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub(crate) struct Settings {
    /// Name of the shop.
    pub store_name: String,
    /// The store's id in URLs of the platform.
    pub store_hash: String,
    /// ISO 4217 code of the store's currency.
    pub currency_code: String,
    /// Where a shopper turns who cannot use a form.
    pub contact_email: String,
    /// ISO 3166-1 alpha-2 code of the country chosen beforehand in address forms.
    pub default_country: String,
    /// Whether shoppers may open accounts.
    pub account_creation_enabled: bool,
    /// What a password must have.
    pub password_rules: PasswordRules,
    /// Protection against robots.
    pub recaptcha: ReCaptcha,
    /// Cookies and the policy about them.
    pub privacy: Privacy,
    /// The newsletter.
    pub newsletter: Newsletter,
    /// Signing in.
    pub sign_in: SignIn,
    /// How long a shopper stays signed in.
    pub sessions: Sessions,
    /// Forgotten passwords.
    pub passwords: Passwords,
    /// Protection against floods.
    pub throttle: Throttle,
    /// Apps that may ask who is signed in and may sign customers in.
    pub apps: Vec<App>,
    /// The V2 and V3 Customers APIs.
    pub api: Api,
    /// What the storefront's channel has otherwise than the store.
    pub channel: Channel,
}

/// Protection against robots (`ReCaptchaSettings` of the Storefront schema).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub(crate) struct ReCaptcha {
    /// Whether opening an account, changing it, and asking for a new password need a token.
    pub enabled: bool,
    /// The public key a page renders the check with.
    pub site_key: String,
}

/// Cookies and the policy about them (`PrivacySettings` of the Storefront schema).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub(crate) struct Privacy {
    /// Whether shoppers are asked before cookies are set. Without it, no decision is taken.
    pub cookie_consent_enabled: bool,
    /// Where the privacy policy stands.
    pub privacy_policy_url: Option<String>,
    /// How long a guest's decision is kept in their browser, grant or refusal, in days; 182 at least.
    pub consent_days: u32,
    /// The numbers that `POST /api/storefront/consent` knows the categories by.
    pub consent_numbers: ConsentNumbers,
}

/// The numbers of the categories of cookies on the storefront. Public copies of consent.sf.yml
/// contradict each other (1, 2, 3 for analytics, functional, targeting here; 2, 3, 4 for functional,
/// analytics, targeting elsewhere), so no other part of the program knows them.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub(crate) struct ConsentNumbers {
    /// Cookies that count visits.
    pub analytics: i64,
    /// Cookies that make more of a page.
    pub functional: i64,
    /// Cookies that follow shoppers for advertising.
    pub targeting: i64,
}

impl ConsentNumbers {
    /// The category that is known by `number`.
    #[must_use]
    pub(crate) fn category(&self, number: i64) -> Option<Category> {
        if number == self.functional {
            Some(Category::Functional)
        } else if number == self.analytics {
            Some(Category::Analytics)
        } else if number == self.targeting {
            Some(Category::Targeting)
        } else {
            None
        }
    }
}

/// What a channel has otherwise than the store; what it does not say it inherits.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub(crate) struct Channel {
    /// Whether shoppers are asked before cookies are set.
    pub cookie_consent_enabled: Option<bool>,
    /// Where the privacy policy stands.
    pub privacy_policy_url: Option<String>,
    /// The group of guests.
    pub guest_customer_group_id: Option<i64>,
    /// The group of new customers.
    pub default_customer_group_id: Option<i64>,
    /// Whether customers of every channel may sign in here. On by default.
    pub refuses_global_logins: bool,
}

/// The newsletter (`NewsletterSettings` of the Storefront schema).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub(crate) struct Newsletter {
    /// Whether forms offer it.
    pub show_signup: bool,
    /// Whether its box is ticked beforehand.
    pub checked_by_default: bool,
}

/// Signing in: what follows on failures, and the way in without a password.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub(crate) struct SignIn {
    /// Failures with one email address that lock it out; 0 for never.
    pub lockout_after: u32,
    /// How long it is locked out, in seconds.
    pub lockout_seconds: u32,
    /// How long after the latest failure all of them are forgotten, in seconds.
    pub failures_forgotten_after_seconds: u32,
    /// Whether shoppers may have a link mailed to them that signs them in.
    pub passwordless: bool,
}

/// How long a shopper stays signed in.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub(crate) struct Sessions {
    /// From signing in, in seconds.
    pub lifetime_seconds: u32,
}

/// Forgotten passwords.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub(crate) struct Passwords {
    /// How long a mailed link to choose a new one works, in seconds.
    pub reset_seconds: u32,
}

/// Protection against floods.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub(crate) struct Throttle {
    /// How often a minute one address of the network may try what has to do with passwords and new
    /// accounts; 0 for any number of times. Read when the store opens.
    pub attempts_per_minute: u32,
}

/// An app as its API account names it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct App {
    /// Public name.
    pub client_id: String,
    /// The key that its tokens are signed with, at least 32 bytes.
    pub client_secret: Secret,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            store_name: "Fern & Kettle".to_owned(),
            store_hash: "local".to_owned(),
            currency_code: "USD".to_owned(),
            contact_email: "help@fernandkettle.example".to_owned(),
            default_country: "US".to_owned(),
            account_creation_enabled: true,
            password_rules: PasswordRules {
                minimum_password_length: 8,
                require_lower_case: true,
                require_upper_case: true,
                require_numbers: true,
                minimum_numbers: 1,
                require_special_characters: false,
                minimum_special_characters: 0,
            },
            recaptcha: ReCaptcha::default(),
            privacy: Privacy::default(),
            newsletter: Newsletter::default(),
            sign_in: SignIn::default(),
            sessions: Sessions::default(),
            passwords: Passwords::default(),
            throttle: Throttle::default(),
            apps: Vec::new(),
            api: Api::default(),
            channel: Channel::default(),
        }
    }
}

impl Settings {
    /// The app of this client id.
    #[must_use]
    pub(crate) fn app(&self, client_id: &str) -> Option<&App> {
        self.apps.iter().find(|app| app.client_id == client_id)
    }

    /// Cookies and the policy about them, as the storefront's channel has them.
    #[must_use]
    pub(crate) fn privacy_in_force(&self) -> Privacy {
        let mut privacy = self.privacy.clone();
        if let Some(enabled) = self.channel.cookie_consent_enabled {
            privacy.cookie_consent_enabled = enabled;
        }
        if let Some(url) = &self.channel.privacy_policy_url {
            privacy.privacy_policy_url = Some(url.clone());
        }
        privacy
    }

    fn check(&self) -> Result<(), Error> {
        let mut tokens = HashSet::new();
        let mut clients = HashSet::new();
        for account in &self.api.accounts {
            let id = &account.client_id;
            if account.client_secret.expose().len() < APP_SECRET_LENGTH {
                return Err(Error::ShortSecret(id.clone()));
            }
            if account.token.expose().len() < TOKEN_LENGTH || !tokens.insert(account.token.expose())
            {
                return Err(Error::Token(id.clone()));
            }
            if id.is_empty() || !clients.insert(id) {
                return Err(Error::NotUnique(id.clone()));
            }
        }
        let mut ids = HashSet::new();
        for app in &self.apps {
            let id = app.client_id.clone();
            if app.client_secret.expose().len() < APP_SECRET_LENGTH {
                return Err(Error::ShortSecret(id));
            }
            if id.is_empty() || !ids.insert(id.clone()) {
                return Err(Error::NotUnique(id));
            }
        }
        let ConsentNumbers {
            analytics,
            functional,
            targeting,
        } = self.privacy.consent_numbers;
        if HashSet::from([analytics, functional, targeting]).len() < 3 {
            return Err(Error::ConsentNumbers);
        }
        if self.privacy.consent_days < CONSENT_DAYS {
            return Err(Error::ConsentDays);
        }
        Ok(())
    }
}

impl Default for SignIn {
    fn default() -> Self {
        Self {
            lockout_after: 5,
            lockout_seconds: 900,
            failures_forgotten_after_seconds: 900,
            passwordless: false,
        }
    }
}

impl Default for Sessions {
    fn default() -> Self {
        Self {
            lifetime_seconds: 14 * 24 * 60 * 60,
        }
    }
}

impl Default for Passwords {
    fn default() -> Self {
        Self {
            reset_seconds: 60 * 60,
        }
    }
}

impl Default for Throttle {
    fn default() -> Self {
        Self {
            attempts_per_minute: 600,
        }
    }
}

/// Why settings were not taken.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// A key is unknown, a value has the wrong type, or the database failed.
    #[error(transparent)]
    Db(#[from] db::Error),
    /// An app's secret can be guessed.
    #[error(
        "settings: the client_secret of the app '{0}' needs at least {APP_SECRET_LENGTH} bytes"
    )]
    ShortSecret(String),
    /// An app has no client id, or another has it too.
    #[error("settings: the client_id '{0}' is empty or used twice")]
    NotUnique(String),
    /// An API account's token can be guessed, or another has it too.
    #[error(
        "settings: the token of the API account '{0}' needs at least {TOKEN_LENGTH} bytes, and no other account may have it"
    )]
    Token(String),
    /// Two categories of cookies have one number.
    #[error("settings: privacy.consent_numbers must differ from each other")]
    ConsentNumbers,
    /// People would be asked again too soon.
    #[error("settings: privacy.consent_days must be {CONSENT_DAYS} or more")]
    ConsentDays,
}

impl Default for ReCaptcha {
    fn default() -> Self {
        Self {
            enabled: false,
            site_key: "local-site-key".to_owned(),
        }
    }
}

impl Default for Privacy {
    fn default() -> Self {
        Self {
            cookie_consent_enabled: false,
            privacy_policy_url: None,
            consent_days: CONSENT_DAYS,
            consent_numbers: ConsentNumbers::default(),
        }
    }
}

impl Default for ConsentNumbers {
    fn default() -> Self {
        Self {
            analytics: 1,
            functional: 2,
            targeting: 3,
        }
    }
}

impl Default for Newsletter {
    fn default() -> Self {
        Self {
            show_signup: true,
            checked_by_default: false,
        }
    }
}

/// The settings as they stand; the defaults where none were kept.
///
/// # Errors
/// [`db::Error`].
pub(crate) fn load(connection: &Connection) -> Result<Settings, db::Error> {
    let kept: Option<String> = connection
        .query_row("SELECT value FROM settings WHERE id = 1", [], |row| {
            row.get(0)
        })
        .optional()?;
    Ok(match kept {
        Some(json) => serde_json::from_str(&json)?,
        None => Settings::default(),
    })
}

/// Lays `changes` over the settings, key by key, and keeps the result.
///
/// # Errors
/// [`Error`].
pub(crate) fn merge(connection: &Connection, changes: &Value) -> Result<(), Error> {
    let mut settings = serde_json::to_value(load(connection)?).map_err(db::Error::from)?;
    lay_over(&mut settings, changes);
    let settings: Settings = serde_json::from_value(settings).map_err(db::Error::from)?;
    settings.check()?;
    save(connection, &settings)?;
    Ok(())
}

/// Has the channel inherit where it named a group that is no more.
///
/// # Errors
/// [`db::Error`].
pub(crate) fn forget_group(connection: &Connection, id: i64) -> Result<(), db::Error> {
    let mut settings = load(connection)?;
    let channel = &mut settings.channel;
    let mut is_named = false;
    for group in [
        &mut channel.default_customer_group_id,
        &mut channel.guest_customer_group_id,
    ] {
        is_named |= group.take_if(|group| *group == id).is_some();
    }
    if is_named {
        save(connection, &settings)?;
    }
    Ok(())
}

fn save(connection: &Connection, settings: &Settings) -> Result<(), db::Error> {
    connection.execute(
        "INSERT INTO settings (id, value) VALUES (1, ?1)
         ON CONFLICT (id) DO UPDATE SET value = excluded.value",
        [serde_json::to_string(settings)?],
    )?;
    Ok(())
}

fn lay_over(base: &mut Value, changes: &Value) {
    match (base, changes) {
        (Value::Object(base), Value::Object(changes)) => {
            for (key, change) in changes {
                lay_over(base.entry(key.as_str()).or_insert(Value::Null), change);
            }
        }
        (base, change) => *base = change.clone(),
    }
}
