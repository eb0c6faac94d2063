//! `site.settings`.

use super::errors::internal;
use super::form_fields::FormFields;
use super::scalars::{Long, int};
use crate::domain::{Store, settings};
use crate::infra::db;
use async_graphql::{Object, Result, SimpleObject};

/// What the merchant has set.
pub(super) struct Settings(settings::Settings);

pub(super) async fn load(store: &Store) -> Result<Settings> {
    let settings = store.db.read(settings::load).await;
    settings
        .map(Settings)
        .map_err(|error: db::Error| internal(&error))
}

#[Object]
impl Settings {
    /// Name of the shop.
    async fn store_name(&self) -> &str {
        &self.0.store_name
    }

    /// The store's id in the platform's URLs.
    async fn store_hash(&self) -> &str {
        &self.0.store_hash
    }

    /// Protection against robots.
    async fn re_captcha(&self) -> ReCaptchaSettings {
        ReCaptchaSettings {
            site_key: self.0.recaptcha.site_key.clone(),
            is_enabled_on_storefront: self.0.recaptcha.enabled,
            is_enabled_on_checkout: false,
            failed_login_lockout_duration_seconds: (self.0.sign_in.lockout_after > 0)
                .then(|| Long(self.0.sign_in.lockout_seconds.into())),
        }
    }

    /// About accounts.
    async fn customers(&self) -> Option<CustomersSettings> {
        let rules = &self.0.password_rules;
        Some(CustomersSettings {
            password_complexity_settings: Some(PasswordComplexitySettings {
                minimum_password_length: int(rules.minimum_password_length),
                require_lower_case: rules.require_lower_case,
                require_upper_case: rules.require_upper_case,
                require_numbers: rules.require_numbers,
                minimum_numbers: int(rules.minimum_numbers),
                require_special_characters: rules.require_special_characters,
                minimum_special_characters: int(rules.minimum_special_characters),
            }),
        })
    }

    /// Definitions of the forms' fields.
    async fn form_fields(&self) -> FormFields {
        FormFields
    }

    /// Cookies and the policy about them.
    async fn privacy(&self) -> Option<PrivacySettings> {
        let privacy = self.0.privacy_in_force();
        Some(PrivacySettings {
            cookie_consent_enabled: privacy.cookie_consent_enabled,
            privacy_policy_url: privacy.privacy_policy_url,
        })
    }

    /// The newsletter.
    async fn newsletter(&self) -> NewsletterSettings {
        NewsletterSettings {
            show_newsletter_signup: self.0.newsletter.show_signup,
            newsletter_checked_by_default: self.0.newsletter.checked_by_default,
        }
    }
}

/// Protection against robots.
#[derive(SimpleObject)]
struct ReCaptchaSettings {
    /// The public key a page renders the check with.
    site_key: String,
    /// Whether opening an account, changing it, and asking for a new password need a token.
    is_enabled_on_storefront: bool,
    /// Whether checkout asks for a token.
    is_enabled_on_checkout: bool,
    /// How long a customer is locked out who failed to sign in too often; null when they never are.
    failed_login_lockout_duration_seconds: Option<Long>,
}

/// About accounts.
#[derive(SimpleObject)]
struct CustomersSettings {
    /// What a password must have.
    password_complexity_settings: Option<PasswordComplexitySettings>,
}

/// What a password must have.
#[derive(SimpleObject)]
struct PasswordComplexitySettings {
    /// Fewest characters.
    minimum_password_length: i32,
    /// Whether a lower-case letter is required.
    require_lower_case: bool,
    /// Whether an upper-case letter is required.
    require_upper_case: bool,
    /// Whether digits are required.
    require_numbers: bool,
    /// How many digits, when they are required.
    minimum_numbers: i32,
    /// Whether special characters are required.
    require_special_characters: bool,
    /// How many special characters, when they are required.
    minimum_special_characters: i32,
}

/// Cookies and the policy about them.
#[derive(SimpleObject)]
struct PrivacySettings {
    /// Whether shoppers are asked before cookies are set.
    cookie_consent_enabled: bool,
    /// Where the privacy policy stands.
    privacy_policy_url: Option<String>,
}

/// The newsletter.
#[derive(SimpleObject)]
struct NewsletterSettings {
    /// Whether forms offer it.
    show_newsletter_signup: bool,
    /// Whether its box is ticked beforehand.
    newsletter_checked_by_default: bool,
}
