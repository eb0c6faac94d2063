//! Changes, and the one place that splits their errors into those of a field, those of the form and
//! the one that says nobody is signed in.

use super::error::{ApiError, FieldError, UserErrors};
use super::json::Json;
use super::{Api, Document};
use storefront_rules::{BuiltIn, FieldId};

/// A mutation below `customer` with the variables `input` and, where it takes one, `captcha`.
pub(super) struct Mutation {
    /// Its document.
    pub(super) document: Document,
    /// The field below `customer` that holds what came of it.
    pub(super) result: &'static str,
}

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

impl Api {
    /// Sends a mutation and gives its result.
    pub(super) async fn change(
        &self,
        mutation: &Mutation,
        input: Json,
        captcha: Option<&str>,
    ) -> Result<Json, MutationError> {
        let captcha = captcha.map(|token| Json::object(&[("token", Some(token.into()))]));
        let variables = Json::object(&[("input", Some(input)), ("captcha", captcha)]);
        let data = self.run(&mutation.document, variables).await;
        let result = data
            .map_err(MutationError::Api)?
            .at(&["customer", mutation.result]);
        if result.is_null() {
            return Err(MutationError::Api(ApiError::Unreadable));
        }
        settle(&result).map(|()| result)
    }
}

/// Whether the store did what a mutation with this result asked for.
pub(super) fn settle(result: &Json) -> Result<(), MutationError> {
    let mut rejection = UserErrors::default();
    for error in result.get("errors").list() {
        // A type of error that came after this version has no words, but a name.
        let name = error.get("__typename").text().unwrap_or_default();
        let message = error.get("message").text().unwrap_or_else(|| name.clone());
        let path: Vec<String> = error.get("path").list().filter_map(|s| s.text()).collect();
        match &*name {
            "CustomerNotLoggedInError" => return Err(MutationError::NotSignedIn),
            "AddressDoesNotExistError" => return Err(MutationError::NoSuchAddress),
            "EmailAlreadyInUseError" => {
                let email = BuiltIn::EmailAddress.id();
                rejection.fields.push((email, FieldError::EmailInUse));
            }
            "CustomerPasswordError" => rejection.password = Some(message),
            // It is as was asked for.
            "CreateSubscriberAlreadyExistsError" => {}
            "CreateSubscriberEmailInvalidError" | "RemoveSubscriberEmailInvalidError" => {
                let email = BuiltIn::EmailAddress.id();
                rejection.fields.push((email, FieldError::Message(message)));
            }
            _ => match field_of(&path) {
                Some(id) => rejection.fields.push((id, FieldError::Message(message))),
                None => rejection.form.push(message),
            },
        }
    }
    if rejection == UserErrors::default() {
        Ok(())
    } else {
        Err(MutationError::Rejected(rejection))
    }
}

/// The field a `ValidationError.path` points at: the last segment that names a property of the
/// input or is the number of a custom field.
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
