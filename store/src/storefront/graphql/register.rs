//! `customer.registerCustomer`.

use super::context::{RequestContext, store};
use super::customer::{self, CustomerObject};
use super::errors::{
    AccountCreationDisabledError, CustomerRegistrationError, EmailAlreadyInUseError,
    ValidationError, internal,
};
use super::inputs::{
    AddCustomerAddressInput, AddressAt, CustomerFormFieldsInput, ReCaptchaV2Input, put, read,
    validation_errors,
};
use crate::domain::account::sign_up::{self, Error, SignUp, Source};
use crate::domain::validation::Part;
use async_graphql::{Context, InputObject, Result, SimpleObject, Union};
use std::net::IpAddr;
use storefront_rules::{BuiltIn, FieldInputs, Secret, Value};

pub(super) async fn register(
    ctx: &Context<'_>,
    captcha: Option<ReCaptchaV2Input>,
    input: RegisterCustomerInput,
) -> Result<RegisterCustomerResult> {
    let store = store(ctx)?;
    let token = captcha.map(|captcha| captcha.token);
    match sign_up::sign_up(
        store,
        input.into_sign_up(token, ctx.data::<RequestContext>()?.peer),
    )
    .await
    {
        Ok(id) => Ok(RegisterCustomerResult {
            customer: customer::find(store, id).await?,
            errors: Vec::new(),
        }),
        Err(error) => Ok(RegisterCustomerResult {
            customer: None,
            errors: errors_of(error)?,
        }),
    }
}

/// What came of it.
#[derive(SimpleObject)]
pub(super) struct RegisterCustomerResult {
    /// The new customer.
    customer: Option<CustomerObject>,
    /// Why no account was opened; empty when one was.
    errors: Vec<RegisterCustomerError>,
}

/// Why no account was opened.
#[derive(Union)]
enum RegisterCustomerError {
    EmailAlreadyInUse(EmailAlreadyInUseError),
    AccountCreationDisabled(AccountCreationDisabledError),
    CustomerRegistration(CustomerRegistrationError),
    Validation(ValidationError),
}

fn errors_of(error: Error) -> Result<Vec<RegisterCustomerError>> {
    use RegisterCustomerError as E;
    Ok(match error {
        Error::Refused(field_errors) => {
            validation_errors(field_errors, AddressAt::Property("address"))
                .map(E::Validation)
                .collect()
        }
        Error::EmailTaken => vec![E::EmailAlreadyInUse(EmailAlreadyInUseError {
            message: sign_up::EMAIL_TAKEN.to_owned(),
        })],
        Error::Disabled => vec![E::AccountCreationDisabled(AccountCreationDisabledError {
            message: sign_up::DISABLED.to_owned(),
        })],
        Error::Captcha(refusal) => vec![E::CustomerRegistration(CustomerRegistrationError {
            message: refusal.to_string(),
        })],
        Error::Db(_) | Error::Passwords(_) => return Err(internal(&error)),
    })
}

/// What an account is opened with.
#[derive(InputObject)]
pub(super) struct RegisterCustomerInput {
    /// First name.
    first_name: String,
    /// Last name.
    last_name: String,
    /// The address the customer will sign in with.
    email: String,
    /// The password.
    password: String,
    /// Phone.
    phone: Option<String>,
    /// Company.
    company: Option<String>,
    /// The first address of the address book.
    address: Option<AddCustomerAddressInput>,
    /// Answers to custom fields of the account form.
    form_fields: Option<CustomerFormFieldsInput>,
}

impl RegisterCustomerInput {
    fn into_sign_up(self, captcha: Option<String>, peer: IpAddr) -> SignUp {
        let mut unreadable = Vec::new();
        let mut account = read(Part::Account, self.form_fields, &mut unreadable);
        put(&mut account, BuiltIn::EmailAddress, Some(self.email));
        account.insert(
            BuiltIn::Password.id(),
            Value::Password(Secret::new(self.password)).into(),
        );
        let mut person = FieldInputs::new();
        put(&mut person, BuiltIn::FirstName, Some(self.first_name));
        put(&mut person, BuiltIn::LastName, Some(self.last_name));
        put(&mut person, BuiltIn::CompanyName, self.company);
        put(&mut person, BuiltIn::Phone, self.phone);
        let address = self
            .address
            .map(|address| address.into_answers(&mut unreadable));
        SignUp {
            source: Source::GraphQl,
            account,
            person,
            address,
            unreadable,
            accepts_marketing: None,
            captcha,
            peer: Some(peer),
        }
    }
}
