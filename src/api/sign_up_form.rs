//! What the sign-up form is made of.

use super::documents::{self, sign_up_form as wire};
use super::form_fields::fields;
use super::geography::{countries, states};
use super::settings::{captcha, password_rules};
use super::{Api, ApiError, Captcha, Country, id};
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
    /// Everything the sign-up form needs, in one request (`sign_up_form.graphql`); with the states of
    /// `country`.
    ///
    /// # Errors
    /// Any [`ApiError`]; [`ApiError::Unreadable`] when the store tells no settings.
    pub async fn sign_up_form(&self, country: &str) -> Result<SignUpForm, ApiError> {
        let variables = wire::Variables {
            country: Some(country.to_owned()),
        };
        let data = self.run_first::<documents::SignUpForm>("SignUpForm", variables);
        form(data.await?)
    }
}

fn form(data: wire::ResponseData) -> Result<SignUpForm, ApiError> {
    let settings = data.site.settings.ok_or(ApiError::Unreadable)?;
    let newsletter = settings.newsletter;
    let countries = countries(data.geography.countries);
    let states = states(data.geography.selected);
    let privacy = settings.privacy;
    Ok(SignUpForm {
        account: fields(settings.form_fields.customer),
        address: fields(settings.form_fields.shipping_address),
        passwords: password_rules(settings.customers),
        captcha: captcha(settings.re_captcha),
        privacy_policy: privacy.and_then(|privacy| privacy.privacy_policy_url),
        newsletter: newsletter
            .show_newsletter_signup
            .then_some(newsletter.newsletter_checked_by_default),
        countries,
        states,
        customer: data.customer.map(|customer| id(customer.entity_id)),
    })
}

#[cfg(all(test, not(target_arch = "wasm32")))]
mod tests {
    use super::*;
    use storefront_rules::{BuiltIn, FieldType};

    const FORM: &str = include_str!("../../tests/fixtures/sign_up_form.json");

    fn read(text: &str) -> Result<SignUpForm, ApiError> {
        super::super::read(text).and_then(form)
    }

    #[test]
    fn the_stores_definitions_are_read_in_its_order() -> Result<(), ApiError> {
        let form = read(FORM)?;
        let first = form.account.first().and_then(Field::built_in);
        assert_eq!(first, Some(BuiltIn::EmailAddress));
        assert_eq!(form.countries.len(), 10);
        assert!(form.states.is_some_and(|states| !states.is_empty()));
        assert_eq!(form.customer, None);
        let has = |is: fn(&FieldType) -> bool| form.account.iter().any(|f| is(&f.kind));
        assert!(has(|kind| matches!(kind, FieldType::Date { .. })));
        assert!(has(|kind| matches!(kind, FieldType::Checkboxes { .. })));
        Ok(())
    }

    #[test]
    fn a_field_of_a_type_that_came_later_is_left_out() -> Result<(), ApiError> {
        let before = read(FORM)?.account.len();
        let later = FORM.replacen("\"DateFormField\"", "\"HologramFormField\"", 1);
        assert_eq!(read(&later)?.account.len() + 1, before);
        Ok(())
    }

    #[test]
    fn a_store_without_settings_cannot_be_read() {
        let text = r#"{"data":{"customer":null,"site":{"settings":null},"geography":{"countries":[],"selected":[]}}}"#;
        assert_eq!(read(text).err(), Some(ApiError::Unreadable));
    }
}
