//! What a customer may see and change of themselves.

use super::documents::{self, attribute, profile as wire, update_customer};
use super::form_fields::{fields, form_fields_input, values, with_empty_values};
use super::mutation::{MutationError, settle};
use super::settings::{captcha, password_rules};
use super::{Api, ApiError, Captcha, id};
use storefront_rules::{BuiltIn, Field, PasswordRules, Value, Values};

/// A customer as the store knows them, with the fields they are asked.
#[derive(Clone, Debug, Default)]
pub struct Profile {
    /// The customer's id; `None` for a guest, who has no values.
    pub customer: Option<i32>,
    /// Names, company and phone: the address form's own fields, in its order.
    pub person: Vec<Field>,
    /// Fields of the account form, in order.
    pub account: Vec<Field>,
    /// What the store has of each, built-in and custom fields alike.
    pub values: Values,
    /// The name of the customer's group, if they are in one.
    pub group: Option<String>,
    /// Whether the customer has the newsletter.
    pub is_subscribed: bool,
    /// Where the privacy policy stands.
    pub policy_url: Option<String>,
    /// The store's rules for passwords.
    pub passwords: PasswordRules,
    /// The captcha to solve, when the store asks for one.
    pub captcha: Option<Captcha>,
}

/// An attribute that the store has given the customer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Attribute {
    /// The merchant's name for it.
    pub name: String,
    /// Its value.
    pub value: String,
}

/// The built-in fields that are the customer's own.
const OWN: [BuiltIn; 5] = [
    BuiltIn::FirstName,
    BuiltIn::LastName,
    BuiltIn::CompanyName,
    BuiltIn::Phone,
    BuiltIn::EmailAddress,
];

fn is_own(field: &Field) -> bool {
    field.built_in().is_some_and(|field| OWN.contains(&field))
}

impl Api {
    /// The customer who is signed in and the fields they are asked, in one request
    /// (`profile.graphql`).
    ///
    /// # Errors
    /// Any [`ApiError`]; [`ApiError::Unreadable`] when the store tells no settings.
    pub async fn profile(&self) -> Result<Profile, ApiError> {
        let data = self.run_first::<documents::Profile>("Profile", wire::Variables {});
        let data = data.await?;
        let settings = data.site.settings.ok_or(ApiError::Unreadable)?;
        let person = fields(settings.form_fields.shipping_address).into_iter();
        let person = person.filter(is_own).map(Field::of_customer).collect();
        let mut account = fields(settings.form_fields.customer);
        account.retain(|field| !field.is_built_in || is_own(field));
        let mut profile = Profile {
            person,
            account,
            policy_url: settings.privacy.and_then(|p| p.privacy_policy_url),
            passwords: password_rules(settings.customers),
            captcha: captcha(settings.re_captcha),
            ..Profile::default()
        };
        if let Some(customer) = data.customer {
            profile.customer = Some(id(customer.entity_id));
            profile.group = customer.customer_group_name;
            profile.is_subscribed = customer.is_subscribed_to_newsletter;
            profile.values = values(customer.form_fields);
            for (field, text) in [
                (BuiltIn::FirstName, customer.first_name),
                (BuiltIn::LastName, customer.last_name),
                (BuiltIn::CompanyName, customer.company),
                (BuiltIn::Phone, customer.phone),
                (BuiltIn::EmailAddress, customer.email),
            ] {
                profile.values.insert(field.id(), Value::Text(text));
            }
        }
        Ok(profile)
    }

    /// Puts `values` in the place of what the store has of `fields`. The store validates every required
    /// custom field each time, so all of them are sent, also those that stay as they are. A value that
    /// is gone goes as an empty one where its type has such a thing, and is left out otherwise.
    ///
    /// # Errors
    /// [`MutationError`].
    pub async fn update_customer(
        &self,
        fields: &[Field],
        values: &Values,
        captcha: Option<&str>,
    ) -> Result<(), MutationError> {
        let text = |field: BuiltIn| {
            let is_asked = fields.iter().any(|of| of.id == field.id());
            is_asked.then(|| values.text(field).unwrap_or_default().to_owned())
        };
        let custom = form_fields_input(&with_empty_values(fields, values));
        let variables = update_customer::Variables {
            input: update_customer::UpdateCustomerInput {
                first_name: text(BuiltIn::FirstName),
                last_name: text(BuiltIn::LastName),
                email: text(BuiltIn::EmailAddress),
                phone: text(BuiltIn::Phone),
                company: text(BuiltIn::CompanyName),
                // Without this input the store keeps the custom values; an empty one clears them.
                form_fields: Some(custom.unwrap_or_default()),
            },
            captcha: captcha.map(|token| update_customer::ReCaptchaV2Input {
                token: token.to_owned(),
            }),
        };
        let data = self.run::<documents::UpdateCustomer>("UpdateCustomer", variables);
        settle(data.await?.customer.update_customer.errors)
    }

    /// The attribute of this id; `None` where the customer has none.
    ///
    /// # Errors
    /// Any [`ApiError`].
    pub async fn attribute(&self, id: i32) -> Result<Option<Attribute>, ApiError> {
        let variables = attribute::Variables { id: i64::from(id) };
        let data = self.run::<documents::Attribute>("Attribute", variables);
        let customer = data.await?.customer;
        let attribute = customer.map(|customer| customer.attributes.attribute);
        Ok(attribute.and_then(|attribute| {
            Some(Attribute {
                name: attribute.name,
                value: attribute.value?,
            })
        }))
    }
}
