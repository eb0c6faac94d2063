//! `customer.addCustomerAddress`, `customer.updateCustomerAddress`, `customer.deleteCustomerAddress`.

use super::context::{RequestContext, store};
use super::customer::CustomerAddress;
use super::errors::{
    AddressDoesNotExistError, CustomerAddressCreationError, CustomerAddressDeletionError,
    CustomerAddressUpdateError, CustomerNotLoggedInError, ValidationError, internal,
};
use super::inputs::{
    AddCustomerAddressInput, AddressAt, CustomerFormFieldsInput, ReCaptchaV2Input, put, read,
    validation_errors,
};
use super::passwords::NOT_SIGNED_IN;
use crate::domain::addresses::changes::{self, Change, Error, NO_ADDRESS, NewAddress};
use crate::domain::validation::Part;
use async_graphql::{Context, InputObject, Result, SimpleObject, Union};
use storefront_rules::{BuiltIn, FieldInputs};

/// Which address is to be other than it was, and how.
#[derive(InputObject)]
pub(super) struct UpdateCustomerAddressInput {
    /// Id of the address.
    address_entity_id: i32,
    /// What is to be other than it was.
    data: UpdateCustomerAddressDataInput,
}

/// What of an address is to be other than it was.
#[derive(InputObject)]
struct UpdateCustomerAddressDataInput {
    /// First name.
    first_name: Option<String>,
    /// Last name.
    last_name: Option<String>,
    /// Street and number.
    address1: Option<String>,
    /// Flat, floor, building.
    address2: Option<String>,
    /// Town or city.
    city: Option<String>,
    /// Company.
    company: Option<String>,
    /// ISO 3166-1 alpha-2 code of the country.
    country_code: Option<String>,
    /// Full name of the state.
    state_or_province: Option<String>,
    /// Phone.
    phone: Option<String>,
    /// Postal code.
    postal_code: Option<String>,
    /// Answers to all custom fields of the address form.
    form_fields: Option<CustomerFormFieldsInput>,
}

impl UpdateCustomerAddressDataInput {
    fn into_change(self, captcha: Option<String>) -> Change {
        let mut unreadable = Vec::new();
        let custom = self
            .form_fields
            .map(|fields| read(Part::Address, Some(fields), &mut unreadable));
        let mut own = FieldInputs::new();
        put(&mut own, BuiltIn::FirstName, self.first_name);
        put(&mut own, BuiltIn::LastName, self.last_name);
        put(&mut own, BuiltIn::CompanyName, self.company);
        put(&mut own, BuiltIn::Phone, self.phone);
        put(&mut own, BuiltIn::AddressLine1, self.address1);
        put(&mut own, BuiltIn::AddressLine2, self.address2);
        put(&mut own, BuiltIn::City, self.city);
        put(&mut own, BuiltIn::Country, self.country_code);
        put(&mut own, BuiltIn::State, self.state_or_province);
        put(&mut own, BuiltIn::Zip, self.postal_code);
        Change {
            own,
            custom,
            unreadable,
            captcha,
        }
    }
}

/// Which address is to be deleted.
#[derive(InputObject)]
pub(super) struct DeleteCustomerAddressInput {
    /// Id of the address.
    address_entity_id: i32,
}

/// What came of it.
#[derive(SimpleObject)]
pub(super) struct AddCustomerAddressResult {
    /// The address as it is kept.
    address: Option<CustomerAddress>,
    /// Why no address was added; empty when it is in the book.
    errors: Vec<AddCustomerAddressError>,
}

/// What came of it.
#[derive(SimpleObject)]
pub(super) struct UpdateCustomerAddressResult {
    /// The address as it is now.
    address: Option<CustomerAddress>,
    /// Why the address was not changed; empty when it was.
    errors: Vec<UpdateCustomerAddressError>,
}

/// What came of it.
#[derive(SimpleObject)]
pub(super) struct DeleteCustomerAddressResult {
    /// Why nothing was deleted; empty when the address is gone.
    errors: Vec<DeleteCustomerAddressError>,
}

/// Why an address was not added.
#[derive(Union)]
enum AddCustomerAddressError {
    CustomerNotLoggedIn(CustomerNotLoggedInError),
    CustomerAddressCreation(CustomerAddressCreationError),
    Validation(ValidationError),
}

/// Why an address was not changed.
#[derive(Union)]
enum UpdateCustomerAddressError {
    CustomerNotLoggedIn(CustomerNotLoggedInError),
    AddressDoesNotExist(AddressDoesNotExistError),
    CustomerAddressUpdate(CustomerAddressUpdateError),
    Validation(ValidationError),
}

/// Why an address was not deleted.
#[derive(Union)]
enum DeleteCustomerAddressError {
    CustomerNotLoggedIn(CustomerNotLoggedInError),
    CustomerAddressDeletion(CustomerAddressDeletionError),
}

/// The id of the customer who is signed in.
fn signed_in_customer(ctx: &Context<'_>) -> Result<std::result::Result<i64, Error>> {
    Ok(ctx
        .data::<RequestContext>()?
        .customer_id
        .ok_or(Error::NoCustomer))
}

fn not_signed_in() -> CustomerNotLoggedInError {
    CustomerNotLoggedInError {
        message: NOT_SIGNED_IN.to_owned(),
    }
}

pub(super) async fn add(
    ctx: &Context<'_>,
    captcha: Option<ReCaptchaV2Input>,
    input: AddCustomerAddressInput,
) -> Result<AddCustomerAddressResult> {
    use AddCustomerAddressError as E;
    let mut unreadable = Vec::new();
    let new = NewAddress {
        answers: input.into_answers(&mut unreadable),
        unreadable,
        captcha: captcha.map(|captcha| captcha.token),
    };
    let added = match signed_in_customer(ctx)? {
        Ok(customer) => changes::add(store(ctx)?, customer, new).await,
        Err(error) => Err(error),
    };
    let errors = match added {
        Ok(outcome) => {
            return Ok(AddCustomerAddressResult {
                address: Some(CustomerAddress(outcome.into_address())),
                errors: Vec::new(),
            });
        }
        Err(Error::Refused(field_errors)) => validation_errors(field_errors, AddressAt::Input)
            .map(E::Validation)
            .collect(),
        Err(Error::Captcha(refusal)) => {
            vec![E::CustomerAddressCreation(CustomerAddressCreationError {
                message: refusal.to_string(),
            })]
        }
        Err(Error::NoCustomer) => vec![E::CustomerNotLoggedIn(not_signed_in())],
        // An address that is added has no number before.
        Err(error @ (Error::NoAddress | Error::Db(_))) => return Err(internal(&error)),
    };
    Ok(AddCustomerAddressResult {
        address: None,
        errors,
    })
}

pub(super) async fn update(
    ctx: &Context<'_>,
    captcha: Option<ReCaptchaV2Input>,
    input: UpdateCustomerAddressInput,
) -> Result<UpdateCustomerAddressResult> {
    use UpdateCustomerAddressError as E;
    let id = input.address_entity_id.into();
    let change = input.data.into_change(captcha.map(|captcha| captcha.token));
    let updated = match signed_in_customer(ctx)? {
        Ok(customer) => changes::update(store(ctx)?, customer, id, change).await,
        Err(error) => Err(error),
    };
    let errors = match updated {
        Ok(outcome) => {
            return Ok(UpdateCustomerAddressResult {
                address: Some(CustomerAddress(outcome.into_address())),
                errors: Vec::new(),
            });
        }
        Err(Error::Refused(field_errors)) => {
            validation_errors(field_errors, AddressAt::Property("data"))
                .map(E::Validation)
                .collect()
        }
        Err(Error::NoAddress) => vec![E::AddressDoesNotExist(AddressDoesNotExistError {
            message: NO_ADDRESS.to_owned(),
        })],
        Err(Error::Captcha(refusal)) => {
            vec![E::CustomerAddressUpdate(CustomerAddressUpdateError {
                message: refusal.to_string(),
            })]
        }
        Err(Error::NoCustomer) => vec![E::CustomerNotLoggedIn(not_signed_in())],
        Err(error @ Error::Db(_)) => return Err(internal(&error)),
    };
    Ok(UpdateCustomerAddressResult {
        address: None,
        errors,
    })
}

pub(super) async fn delete(
    ctx: &Context<'_>,
    captcha: Option<ReCaptchaV2Input>,
    input: DeleteCustomerAddressInput,
) -> Result<DeleteCustomerAddressResult> {
    use DeleteCustomerAddressError as E;
    let id = input.address_entity_id.into();
    let token = captcha.map(|captcha| captcha.token);
    let deleted = match signed_in_customer(ctx)? {
        Ok(customer) => changes::delete(store(ctx)?, customer, id, token).await,
        Err(error) => Err(error),
    };
    let failed = |message: String| {
        vec![E::CustomerAddressDeletion(CustomerAddressDeletionError {
            message,
        })]
    };
    let errors = match deleted {
        Ok(()) => Vec::new(),
        Err(Error::NoAddress) => failed(NO_ADDRESS.to_owned()),
        Err(Error::Captcha(refusal)) => failed(refusal.to_string()),
        Err(Error::NoCustomer) => vec![E::CustomerNotLoggedIn(not_signed_in())],
        // Nothing is filled in to delete an address.
        Err(error @ (Error::Refused(_) | Error::Db(_))) => return Err(internal(&error)),
    };
    Ok(DeleteCustomerAddressResult { errors })
}
