//! `customer.updateCustomer`.

use super::context::{RequestContext, store};
use super::customer::{self, CustomerObject};
use super::errors::{
    CustomerDoesNotExistError, CustomerNotLoggedInError, EmailAlreadyInUseError,
    UnexpectedUpdateCustomerError, ValidationError, internal,
};
use super::inputs::{
    AddressAt, CustomerFormFieldsInput, ReCaptchaV2Input, put, read, validation_errors,
};
use super::passwords::NOT_SIGNED_IN;
use crate::domain::account::profile::{self, Change, Error};
use crate::domain::passwords::change_password;
use crate::domain::validation::Part;
use async_graphql::{Context, InputObject, Result, SimpleObject, Union};
use storefront_rules::{BuiltIn, FieldInputs};

/// What is to be other than it was.
#[derive(InputObject)]
pub(super) struct UpdateCustomerInput {
    /// First name.
    first_name: Option<String>,
    /// Last name.
    last_name: Option<String>,
    /// The address the customer signs in with.
    email: Option<String>,
    /// Phone.
    phone: Option<String>,
    /// Company.
    company: Option<String>,
    /// Answers to all custom fields of the account form.
    form_fields: Option<CustomerFormFieldsInput>,
}

impl UpdateCustomerInput {
    fn into_change(self, captcha: Option<String>) -> Change {
        let mut unreadable = Vec::new();
        let custom = self
            .form_fields
            .map(|fields| read(Part::Account, Some(fields), &mut unreadable));
        let mut account = FieldInputs::new();
        put(&mut account, BuiltIn::EmailAddress, self.email);
        let mut person = FieldInputs::new();
        put(&mut person, BuiltIn::FirstName, self.first_name);
        put(&mut person, BuiltIn::LastName, self.last_name);
        put(&mut person, BuiltIn::CompanyName, self.company);
        put(&mut person, BuiltIn::Phone, self.phone);
        Change {
            account,
            person,
            custom,
            unreadable,
            password: None,
            captcha,
        }
    }
}

/// What came of it.
#[derive(SimpleObject)]
pub(super) struct UpdateCustomerResult {
    /// The customer as they are now.
    customer: Option<CustomerObject>,
    /// Why nothing was changed; empty when all of it was.
    errors: Vec<UpdateCustomerError>,
}

/// Why an account was not changed.
#[derive(Union)]
enum UpdateCustomerError {
    Unexpected(UnexpectedUpdateCustomerError),
    EmailAlreadyInUse(EmailAlreadyInUseError),
    Validation(ValidationError),
    CustomerDoesNotExist(CustomerDoesNotExistError),
    CustomerNotLoggedIn(CustomerNotLoggedInError),
}

pub(super) async fn update(
    ctx: &Context<'_>,
    captcha: Option<ReCaptchaV2Input>,
    input: UpdateCustomerInput,
) -> Result<UpdateCustomerResult> {
    let store = store(ctx)?;
    let refused = |errors| UpdateCustomerResult {
        customer: None,
        errors,
    };
    let Some(id) = ctx.data::<RequestContext>()?.customer_id else {
        let message = NOT_SIGNED_IN.to_owned();
        let error = CustomerNotLoggedInError { message };
        return Ok(refused(vec![UpdateCustomerError::CustomerNotLoggedIn(
            error,
        )]));
    };
    let change = input.into_change(captcha.map(|captcha| captcha.token));
    match profile::update(store, id, change).await {
        Ok(_) => Ok(UpdateCustomerResult {
            customer: customer::find(store, id).await?,
            errors: Vec::new(),
        }),
        Err(error) => Ok(refused(errors_of(error)?)),
    }
}

fn errors_of(error: Error) -> Result<Vec<UpdateCustomerError>> {
    use UpdateCustomerError as E;
    Ok(match error {
        Error::Refused(field_errors) => validation_errors(field_errors, AddressAt::Input)
            .map(E::Validation)
            .collect(),
        Error::EmailTaken => vec![E::EmailAlreadyInUse(EmailAlreadyInUseError {
            message: profile::EMAIL_TAKEN.to_owned(),
        })],
        Error::Captcha(refusal) => vec![E::Unexpected(UnexpectedUpdateCustomerError {
            message: refusal.to_string(),
        })],
        Error::NoCustomer => vec![E::CustomerDoesNotExist(CustomerDoesNotExistError {
            message: change_password::Error::NoCustomer.to_string(),
        })],
        // No password is changed this way.
        Error::Db(_) | Error::Password(_) => return Err(internal(&error)),
    })
}
