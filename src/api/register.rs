//! Opening an account.

use super::json::Json;
use super::mutation::{Mutation, MutationError};
use super::{Api, Document, addresses, form_fields};
use storefront_rules::{BuiltIn, Secret, Value, Values};

const REGISTER_CUSTOMER: Mutation = Mutation {
    document: Document {
        operation: "RegisterCustomer",
        text: include_str!("register_customer.graphql"),
    },
    result: "registerCustomer",
};

/// A sign-up that passed validation, ready to be sent.
#[derive(Clone, Debug)]
pub struct Registration {
    /// E-mail address of the account.
    pub email: String,
    /// Password of the account.
    pub password: Secret,
    /// Values of the account form's own fields.
    pub account: Values,
    /// Values of the address form.
    pub address: Values,
    /// Whether the address form's values make an address, or only name the customer.
    pub with_address: bool,
    /// The captcha's answer, when there was one to solve.
    pub captcha: Option<String>,
}

impl Api {
    /// Opens an account and gives the new customer's id, where the store tells it; signing in is a
    /// request of its own.
    ///
    /// # Errors
    /// [`MutationError::Rejected`] with the field each refusal belongs to, as far as the store says.
    pub async fn register(
        &self,
        registration: &Registration,
    ) -> Result<Option<i32>, MutationError> {
        let captcha = registration.captcha.as_deref();
        let result = self.change(&REGISTER_CUSTOMER, input(registration), captcha);
        Ok(result.await?.at(&["customer", "entityId"]).int())
    }
}

fn input(registration: &Registration) -> Json {
    let values = &registration.address;
    let text = |field: BuiltIn| match values.get(&field.id()) {
        Some(Value::Text(text)) => Some(Json::from(text.as_str())),
        Some(_) | None => None,
    };
    // The schema wants these; a store whose form leaves one out gets an empty text.
    let must = |field| Some(text(field).unwrap_or_else(|| "".into()));
    let address = registration.with_address;
    let address = address.then(|| addresses::input(values, None));
    Json::object(&[
        ("email", Some(registration.email.as_str().into())),
        ("password", Some(registration.password.expose().into())),
        ("firstName", must(BuiltIn::FirstName)),
        ("lastName", must(BuiltIn::LastName)),
        ("phone", text(BuiltIn::Phone)),
        ("company", text(BuiltIn::CompanyName)),
        ("address", address),
        ("formFields", form_fields::input(&registration.account)),
    ])
}
