//! What a store has set up for every form.

use super::documents::{address_book, profile, session, sign_up_form};
use storefront_rules::PasswordRules;

/// reCAPTCHA v2 as the store has set it up.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Captcha {
    /// The site's public key.
    pub site_key: String,
}

/// The captcha, when forms must carry its token.
pub(super) trait ToCaptcha {
    fn captcha(self) -> Option<Captcha>;
}

/// The rules for passwords and the captcha, as each document has them.
macro_rules! settings {
    ($($captcha:path, $customers:path;)*) => {$(
        impl ToCaptcha for $captcha {
            fn captcha(self) -> Option<Captcha> {
                self.is_enabled_on_storefront.then_some(Captcha {
                    site_key: self.site_key,
                })
            }
        }

        impl From<$customers> for PasswordRules {
            fn from(customers: $customers) -> Self {
                let Some(rules) = customers.password_complexity_settings else {
                    return Self::default();
                };
                let count = |count: i64| u32::try_from(count).unwrap_or(0);
                Self {
                    minimum_password_length: count(rules.minimum_password_length),
                    require_lower_case: rules.require_lower_case,
                    require_upper_case: rules.require_upper_case,
                    require_numbers: rules.require_numbers,
                    minimum_numbers: count(rules.minimum_numbers),
                    require_special_characters: rules.require_special_characters,
                    minimum_special_characters: count(rules.minimum_special_characters),
                }
            }
        }
    )*};
}

settings! {
    session::SessionSiteSettingsReCaptcha, session::SessionSiteSettingsCustomers;
    sign_up_form::SignUpFormSiteSettingsReCaptcha, sign_up_form::SignUpFormSiteSettingsCustomers;
    profile::ProfileSiteSettingsReCaptcha, profile::ProfileSiteSettingsCustomers;
    address_book::AddressBookSiteSettingsReCaptcha, address_book::AddressBookSiteSettingsCustomers;
}
