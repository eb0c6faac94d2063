//! What the sign-up form is made of.

use super::json::Json;
use super::{Api, ApiError, Captcha, Country, form_fields, geography};
use storefront_rules::validate::State;
use storefront_rules::{Field, PasswordRules};

/// The definitions a store has configured for opening an account.
#[derive(Clone, Debug, Default)]
pub struct SignUpForm {
    /// Fields of the account form, in order.
    pub account: Vec<Field>,
    /// Fields of the address form, in order.
    pub address: Vec<Field>,
    /// The store's rules for passwords.
    pub passwords: PasswordRules,
    /// The captcha to solve, when the store asks for one.
    pub captcha: Option<Captcha>,
    /// Address of the store's privacy policy.
    pub privacy_policy: Option<String>,
    /// Whether a newsletter is offered, and then whether the store has it ticked.
    pub newsletter: Option<bool>,
    /// The countries the store knows, in its order.
    pub countries: Vec<Country>,
    /// The states of the country asked about; `None` when the store does not know that country.
    pub states: Option<Vec<State>>,
    /// The customer who is signed in already, if one is.
    pub customer: Option<i32>,
}

impl Api {
    /// Everything the sign-up form needs, in one request (`form.graphql`); with the states of
    /// `country`.
    ///
    /// # Errors
    /// Any [`ApiError`]; [`ApiError::Unreadable`] when the store tells no settings.
    pub async fn sign_up_form(&self, country: &str) -> Result<SignUpForm, ApiError> {
        let variables = Json::object(&[
            ("countries", Some(true.into())),
            ("country", Some(country.into())),
        ]);
        let data = self.run_first("Form", variables).await?;
        let settings = data.at(&["site", "settings"]);
        if settings.is_null() {
            return Err(ApiError::Unreadable);
        }
        let fields = settings.get("formFields");
        let newsletter = settings.get("newsletter");
        let (countries, states) = geography(&data);
        Ok(SignUpForm {
            account: form_fields::fields(&fields.get("customer")),
            address: form_fields::fields(&fields.get("shippingAddress")),
            passwords: form_fields::passwords(&settings),
            captcha: form_fields::captcha(&settings),
            privacy_policy: settings.at(&["privacy", "privacyPolicyUrl"]).text(),
            newsletter: newsletter
                .get("showNewsletterSignup")
                .is_true()
                .then(|| newsletter.get("newsletterCheckedByDefault").is_true()),
            countries,
            states,
            customer: data.at(&["customer", "entityId"]).int(),
        })
    }
}
