//! Changes, and the one place that splits their errors into those of a field, those of the form and
//! the one that says nobody is signed in.

use super::documents::{
    add_customer_address, change_password, delete_customer_address, register_customer,
    request_reset_password, reset_password, subscribe, unsubscribe, update_customer,
    update_customer_address,
};
use super::error::{ApiError, FieldError, UserErrors};
use storefront_rules::{BuiltIn, FieldId};

/// Why nothing was changed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum MutationError {
    /// The request failed.
    Api(ApiError),
    /// Nobody is signed in any more.
    NotSignedIn,
    /// The customer has no such address, or no more.
    NoSuchAddress,
    /// The store refused.
    Rejected(UserErrors),
}

impl From<ApiError> for MutationError {
    fn from(error: ApiError) -> Self {
        Self::Api(error)
    }
}

/// An error of a mutation, as every document has it.
pub(super) enum UserError {
    /// Nobody is signed in.
    NotSignedIn,
    /// There is no such address.
    NoSuchAddress,
    /// The email address has an account.
    EmailInUse,
    /// About the email address.
    Email(String),
    /// About the password or the link that stands for it.
    Password(String),
    /// About what the path of the input leads to.
    Validation(String, Vec<String>),
    /// About the whole.
    Form(String),
    /// It is as was asked for.
    None,
    /// A type of error that came after this version, which has no words here.
    Unknown,
}

/// The errors of each document's result.
macro_rules! user_errors {
    ($($errors:path { $($error:pat => $user_error:expr,)* })*) => {$(
        impl From<$errors> for UserError {
            fn from(error: $errors) -> Self {
                use $errors::*;
                match error { $($error => $user_error,)* }
            }
        }
    )*};
}

user_errors! {
    register_customer::RegisterCustomerCustomerRegisterCustomerErrors {
        EmailAlreadyInUseError(_) => Self::EmailInUse,
        AccountCreationDisabledError(error) => Self::Form(error.message),
        CustomerRegistrationError(error) => Self::Form(error.message),
        ValidationError(error) => Self::Validation(error.message, error.path),
        Unknown => Self::Unknown,
    }
    update_customer::UpdateCustomerCustomerUpdateCustomerErrors {
        UnexpectedUpdateCustomerError(error) => Self::Form(error.message),
        EmailAlreadyInUseError(_) => Self::EmailInUse,
        ValidationError(error) => Self::Validation(error.message, error.path),
        CustomerDoesNotExistError(error) => Self::Form(error.message),
        CustomerNotLoggedInError(_) => Self::NotSignedIn,
        Unknown => Self::Unknown,
    }
    add_customer_address::AddCustomerAddressCustomerAddCustomerAddressErrors {
        CustomerAddressCreationError(error) => Self::Form(error.message),
        CustomerNotLoggedInError(_) => Self::NotSignedIn,
        ValidationError(error) => Self::Validation(error.message, error.path),
        Unknown => Self::Unknown,
    }
    update_customer_address::UpdateCustomerAddressCustomerUpdateCustomerAddressErrors {
        AddressDoesNotExistError(_) => Self::NoSuchAddress,
        CustomerAddressUpdateError(error) => Self::Form(error.message),
        CustomerNotLoggedInError(_) => Self::NotSignedIn,
        ValidationError(error) => Self::Validation(error.message, error.path),
        Unknown => Self::Unknown,
    }
    delete_customer_address::DeleteCustomerAddressCustomerDeleteCustomerAddressErrors {
        CustomerAddressDeletionError(error) => Self::Form(error.message),
        CustomerNotLoggedInError(_) => Self::NotSignedIn,
        Unknown => Self::Unknown,
    }
    change_password::ChangePasswordCustomerChangePasswordErrors {
        ValidationError(error) => Self::Validation(error.message, error.path),
        CustomerDoesNotExistError(error) => Self::Form(error.message),
        CustomerPasswordError(error) => Self::Password(error.message),
        CustomerNotLoggedInError(_) => Self::NotSignedIn,
        Unknown => Self::Unknown,
    }
    request_reset_password::RequestResetPasswordCustomerRequestResetPasswordErrors {
        ValidationError(error) => Self::Validation(error.message, error.path),
        Unknown => Self::Unknown,
    }
    reset_password::ResetPasswordCustomerResetPasswordErrors {
        ValidationError(error) => Self::Validation(error.message, error.path),
        CustomerPasswordError(error) => Self::Password(error.message),
        Unknown => Self::Unknown,
    }
    subscribe::SubscribeNewsletterSubscribeErrors {
        CreateSubscriberAlreadyExistsError => Self::None,
        CreateSubscriberEmailInvalidError(error) => Self::Email(error.message),
        // A name is not asked for here: one that the store does not take is no fault of the shopper.
        CreateSubscriberFirstNameInvalidError => Self::Unknown,
        CreateSubscriberLastNameInvalidError => Self::Unknown,
        CreateSubscriberUnexpectedError(error) => Self::Form(error.message),
        Unknown => Self::Unknown,
    }
    unsubscribe::UnsubscribeNewsletterUnsubscribeErrors {
        RemoveSubscriberEmailInvalidError(error) => Self::Email(error.message),
        RemoveSubscriberUnexpectedError(error) => Self::Form(error.message),
        Unknown => Self::Unknown,
    }
}

/// Whether the store did what a mutation with these errors asked for.
pub(super) fn settle<E: Into<UserError>>(errors: Vec<E>) -> Result<(), MutationError> {
    settle_all(errors.into_iter().map(Into::into).collect())
}

fn settle_all(errors: Vec<UserError>) -> Result<(), MutationError> {
    let mut rejected = UserErrors::default();
    let mut is_unknown = false;
    for error in errors {
        let email = BuiltIn::EmailAddress.id();
        match error {
            UserError::NotSignedIn => return Err(MutationError::NotSignedIn),
            UserError::NoSuchAddress => return Err(MutationError::NoSuchAddress),
            UserError::EmailInUse => rejected.fields.push((email, FieldError::EmailInUse)),
            UserError::Email(message) => {
                rejected.fields.push((email, FieldError::Message(message)));
            }
            UserError::Password(message) => rejected.password = Some(message),
            UserError::Validation(message, path) => match field_of(&path) {
                Some(id) => rejected.fields.push((id, FieldError::Message(message))),
                None => rejected.form.push(message),
            },
            UserError::Form(message) => rejected.form.push(message),
            UserError::None => {}
            UserError::Unknown => is_unknown = true,
        }
    }
    if rejected != UserErrors::default() {
        Err(MutationError::Rejected(rejected))
    } else if is_unknown {
        Err(MutationError::Api(ApiError::Unreadable))
    } else {
        Ok(())
    }
}

/// The field a `ValidationError.path` points at: the last segment that names a property of the
/// input or is the id of a custom field.
fn field_of(path: &[String]) -> Option<FieldId> {
    path.iter().rev().find_map(|segment| {
        let built_in = match segment.as_str() {
            "email" => BuiltIn::EmailAddress,
            "password" | "newPassword" => BuiltIn::Password,
            "currentPassword" => BuiltIn::CurrentPassword,
            "firstName" => BuiltIn::FirstName,
            "lastName" => BuiltIn::LastName,
            "company" => BuiltIn::CompanyName,
            "phone" => BuiltIn::Phone,
            "address1" => BuiltIn::AddressLine1,
            "address2" => BuiltIn::AddressLine2,
            "city" => BuiltIn::City,
            "countryCode" => BuiltIn::Country,
            "stateOrProvince" => BuiltIn::State,
            "postalCode" => BuiltIn::Zip,
            number => return number.parse().ok().map(FieldId),
        };
        Some(built_in.id())
    })
}

#[cfg(all(test, not(target_arch = "wasm32")))]
mod tests {
    use super::*;

    fn path(segments: &[&str]) -> Vec<String> {
        segments.iter().map(|s| (*s).to_owned()).collect()
    }

    #[test]
    fn an_error_belongs_to_the_field_that_its_path_leads_to() {
        let city = path(&["input", "address", "city"]);
        assert_eq!(field_of(&city), Some(BuiltIn::City.id()));
        let custom = path(&["input", "formFields", "28"]);
        assert_eq!(field_of(&custom), Some(FieldId(28)));
        assert_eq!(field_of(&path(&["input"])), None);
    }

    #[test]
    fn whoever_is_not_signed_in_hears_of_nothing_else() {
        let errors = vec![UserError::Form("no".to_owned()), UserError::NotSignedIn];
        assert_eq!(settle_all(errors), Err(MutationError::NotSignedIn));
    }

    #[test]
    fn an_error_of_a_type_that_came_later_is_one_all_the_same() {
        let unreadable = Err(MutationError::Api(ApiError::Unreadable));
        assert_eq!(settle_all(vec![UserError::Unknown]), unreadable);
        assert_eq!(settle_all(vec![UserError::None]), Ok(()));
    }
}
