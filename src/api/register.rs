//! Opening an account.

use super::documents::{self, register_customer as wire};
use super::form_fields::form_fields_input;
use super::mutation::{MutationError, settle};
use super::{Api, id};
use storefront_rules::{BuiltIn, Secret, Values};

/// A sign-up that passed validation, ready to be sent.
#[derive(Clone, Debug)]
pub struct Registration {
    /// Email address of the account.
    pub email: String,
    /// Password of the account.
    pub password: Secret,
    /// Values of the account form's own fields.
    pub account: Values,
    /// Values of the address form.
    pub address: Values,
    /// Whether the address form's values make an address, or only name the customer.
    pub with_address: bool,
    /// The captcha's token, when there was one to solve.
    pub captcha: Option<String>,
}

impl Api {
    /// Opens an account and gives the new customer's id, where the store tells it; signing in is a
    /// request of its own.
    ///
    /// # Errors
    /// [`MutationError::Rejected`] with the field each error belongs to, as far as the store says.
    pub async fn register(
        &self,
        registration: &Registration,
    ) -> Result<Option<i32>, MutationError> {
        let variables = wire::Variables {
            input: input(registration),
            captcha: registration
                .captcha
                .clone()
                .map(|token| wire::ReCaptchaV2Input { token }),
        };
        let data = self.run::<documents::RegisterCustomer>("RegisterCustomer", variables);
        let result = data.await?.customer.register_customer;
        settle(result.errors)?;
        Ok(result.customer.map(|customer| id(customer.entity_id)))
    }
}

fn input(registration: &Registration) -> wire::RegisterCustomerInput {
    let values = &registration.address;
    let text = |field| values.text(field).map(str::to_owned);
    // The schema wants these; a store whose form leaves one out gets an empty text.
    let must = |field| text(field).unwrap_or_default();
    let address = registration
        .with_address
        .then(|| wire::AddCustomerAddressInput {
            first_name: must(BuiltIn::FirstName),
            last_name: must(BuiltIn::LastName),
            address1: must(BuiltIn::AddressLine1),
            address2: text(BuiltIn::AddressLine2),
            city: must(BuiltIn::City),
            company: text(BuiltIn::CompanyName),
            country_code: must(BuiltIn::Country),
            state_or_province: text(BuiltIn::State),
            phone: text(BuiltIn::Phone),
            postal_code: text(BuiltIn::Zip),
            form_fields: form_fields_input(values),
        });
    wire::RegisterCustomerInput {
        first_name: must(BuiltIn::FirstName),
        last_name: must(BuiltIn::LastName),
        email: registration.email.clone(),
        password: registration.password.expose().to_owned(),
        phone: text(BuiltIn::Phone),
        company: text(BuiltIn::CompanyName),
        address,
        form_fields: form_fields_input(&registration.account),
    }
}
