//! What a store has set up for every form.

use super::documents::shared;
use storefront_rules::PasswordRules;

/// reCAPTCHA v2 as the store has set it up.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Captcha {
    /// The site's public key.
    pub site_key: String,
}

/// The captcha, when forms must carry its token.
pub(super) fn captcha(settings: shared::ReCaptcha) -> Option<Captcha> {
    settings.is_enabled_on_storefront.then_some(Captcha {
        site_key: settings.site_key,
    })
}

/// The rules for passwords; the platform's own where the store has none.
pub(super) fn password_rules(customers: Option<shared::PasswordRules>) -> PasswordRules {
    let rules = customers.and_then(|customers| customers.password_complexity_settings);
    let Some(rules) = rules else {
        return PasswordRules::default();
    };
    let count = |count: i64| u32::try_from(count).unwrap_or(0);
    PasswordRules {
        minimum_password_length: count(rules.minimum_password_length),
        require_lower_case: rules.require_lower_case,
        require_upper_case: rules.require_upper_case,
        require_numbers: rules.require_numbers,
        minimum_numbers: count(rules.minimum_numbers),
        require_special_characters: rules.require_special_characters,
        minimum_special_characters: count(rules.minimum_special_characters),
    }
}
