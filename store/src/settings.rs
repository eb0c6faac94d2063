//! What a merchant sets for the whole store.

use crate::db;
use rusqlite::{Connection, OptionalExtension};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use storefront_rules::PasswordRules;

/// The store's settings, as they are kept and as a settings file writes them.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Settings {
    /// Name of the shop.
    pub store_name: String,
    /// The store's id in URLs of the platform.
    pub store_hash: String,
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
}

/// Protection against robots (`ReCaptchaSettings` of the Storefront schema).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct ReCaptcha {
    /// Whether sign-up asks for a token.
    pub enabled: bool,
    /// The public key a page renders the check with.
    pub site_key: String,
}

/// Cookies and the policy about them (`PrivacySettings` of the Storefront schema).
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Privacy {
    /// Whether shoppers are asked before cookies are set.
    pub cookie_consent_enabled: bool,
    /// Where the privacy policy stands.
    pub privacy_policy_url: Option<String>,
}

/// The newsletter (`NewsletterSettings` of the Storefront schema).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Newsletter {
    /// Whether forms offer it.
    pub show_signup: bool,
    /// Whether its box is ticked beforehand.
    pub checked_by_default: bool,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            store_name: "Fern & Kettle".to_owned(),
            store_hash: "local".to_owned(),
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
        }
    }
}

impl Default for ReCaptcha {
    fn default() -> Self {
        Self {
            enabled: false,
            site_key: "local-site-key".to_owned(),
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
pub fn load(connection: &Connection) -> Result<Settings, db::Error> {
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
/// [`db::Error::Json`] when a key is unknown or a value has the wrong type.
pub fn merge(connection: &Connection, changes: &Value) -> Result<(), db::Error> {
    let mut settings = serde_json::to_value(load(connection)?)?;
    lay_over(&mut settings, changes);
    let settings: Settings = serde_json::from_value(settings)?;
    connection.execute(
        "INSERT INTO settings (id, value) VALUES (1, ?1)
         ON CONFLICT (id) DO UPDATE SET value = excluded.value",
        [serde_json::to_string(&settings)?],
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
