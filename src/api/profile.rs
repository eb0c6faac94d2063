//! What a customer may see and change of themselves.

use super::json::Json;
use super::mutation::{Mutation, MutationError};
use super::{Api, ApiError, Captcha, Document, form_fields};
use storefront_rules::{BuiltIn, Field, PasswordRules, Value, Values};

const UPDATE_CUSTOMER: Mutation = Mutation {
    document: Document {
        operation: "UpdateCustomer",
        text: include_str!("update_customer.graphql"),
    },
    result: "updateCustomer",
};

const ATTRIBUTE: Document = Document {
    operation: "Attribute",
    text: include_str!("attribute.graphql"),
};

/// A customer as the store knows them, with the fields they are asked.
#[derive(Clone, Debug, Default)]
pub struct Profile {
    /// The customer's id; `None` for a guest, who has no values.
    pub customer: Option<i32>,
    /// Names, company and phone: the address form's own fields, in its order.
    pub person: Vec<Field>,
    /// Fields of the account form, in order.
    pub account: Vec<Field>,
    /// What the customer answered, built-in and custom fields alike.
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

/// The built-in fields that are the customer's own, and their properties in the API.
const OWN: [(BuiltIn, &str); 5] = [
    (BuiltIn::FirstName, "firstName"),
    (BuiltIn::LastName, "lastName"),
    (BuiltIn::CompanyName, "company"),
    (BuiltIn::Phone, "phone"),
    (BuiltIn::EmailAddress, "email"),
];

impl Api {
    /// The customer who is signed in and the fields they are asked, in one request
    /// (`form.graphql`).
    ///
    /// # Errors
    /// Any [`ApiError`]; [`ApiError::Unreadable`] when the store tells no settings.
    pub async fn profile(&self) -> Result<Profile, ApiError> {
        let variables = Json::object(&[("profile", Some(true.into()))]);
        let data = self.run_first("Form", variables).await?;
        let (customer, settings) = (data.get("customer"), data.at(&["site", "settings"]));
        if settings.is_null() {
            return Err(ApiError::Unreadable);
        }
        let fields = settings.get("formFields");
        let is_own = |field: &Field| OWN.iter().any(|(own, _)| Some(*own) == field.built_in());
        let mut person = form_fields::fields(&fields.get("shippingAddress"));
        person.retain(is_own);
        let mut account = form_fields::fields(&fields.get("customer"));
        account.retain(|field| !field.is_built_in || is_own(field));
        let mut values = form_fields::values(&customer.get("formFields"));
        for (field, key) in OWN {
            if let Some(text) = customer.get(key).text() {
                values.insert(field.id(), Value::Text(text));
            }
        }
        Ok(Profile {
            customer: customer.get("entityId").int(),
            person,
            account,
            values,
            group: customer.get("customerGroupName").text(),
            is_subscribed: customer.get("isSubscribedToNewsletter").is_true(),
            policy_url: settings.at(&["privacy", "privacyPolicyUrl"]).text(),
            passwords: form_fields::passwords(&settings),
            captcha: form_fields::captcha(&settings),
        })
    }

    /// Puts `values` in the place of what the customer answered to `fields`. The store judges every
    /// required custom field each time, so all of them are sent, also those that stay as they are.
    /// An answer that is gone goes as an empty one where its type has such a thing, and is left out
    /// otherwise.
    ///
    /// # Errors
    /// [`MutationError`].
    pub async fn update_customer(
        &self,
        fields: &[Field],
        values: &Values,
        captcha: Option<&str>,
    ) -> Result<(), MutationError> {
        let is_asked = |id| fields.iter().any(|field| field.id == id);
        let mut properties: Vec<(&str, Option<Json>)> = Vec::new();
        for (field, key) in OWN {
            if is_asked(field.id()) {
                let text = match values.get(&field.id()) {
                    Some(Value::Text(text)) => text.as_str(),
                    Some(_) | None => "",
                };
                properties.push((key, Some(text.into())));
            }
        }
        let answers = form_fields::emptied(fields, values);
        // Without a list the store leaves custom answers as they are; an empty one clears them.
        let custom = form_fields::input(&answers).unwrap_or_else(|| Json::object(&[]));
        properties.push(("formFields", Some(custom)));
        let input = Json::object(&properties);
        self.change(&UPDATE_CUSTOMER, input, captcha)
            .await
            .map(drop)
    }

    /// The attribute of this id; `None` where the customer has none.
    ///
    /// # Errors
    /// Any [`ApiError`].
    pub async fn attribute(&self, id: i32) -> Result<Option<Attribute>, ApiError> {
        let variables = Json::object(&[("id", Some(id.into()))]);
        let data = self.run(&ATTRIBUTE, variables).await?;
        let json = data.at(&["customer", "attributes", "attribute"]);
        let (name, value) = (json.get("name").text(), json.get("value").text());
        Ok(name
            .zip(value)
            .map(|(name, value)| Attribute { name, value }))
    }
}
