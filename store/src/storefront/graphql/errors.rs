//! What goes wrong: errors of a whole query, and those that are part of the schema.

use crate::infra::http;
use async_graphql::{ErrorExtensions, Interface, SimpleObject};

/// Logs what went wrong inside and says that something did.
pub(super) fn internal(error: &dyn std::error::Error) -> async_graphql::Error {
    tracing::error!(%error, "a query failed");
    coded(http::INTERNAL_ERROR, "INTERNAL")
}

/// An error of the whole query, with a code for programs.
pub(super) fn coded(message: impl Into<String>, code: &'static str) -> async_graphql::Error {
    async_graphql::Error::new(message).extend_with(|_, extensions| extensions.set("code", code))
}

macro_rules! errors {
    ($($(#[$doc:meta])* $name:ident,)*) => {
        $(
            $(#[$doc])*
            #[derive(SimpleObject)]
            pub(super) struct $name {
                /// What went wrong and what to do about it.
                pub(super) message: String,
            }
        )*

        /// What went wrong.
        #[derive(Interface)]
        #[graphql(name = "Error", field(name = "message", ty = "&String", desc = "What went wrong and what to do about it."))]
        #[allow(dead_code, reason = "the schema needs the interface; answers carry unions")]
        #[allow(clippy::enum_variant_names, reason = "the schema's own names")]
        pub(super) enum ErrorInterface {
            $($name($name),)*
            ValidationError(ValidationError),
        }
    };
}

errors! {
    /// The cart does not exist, or belongs to another customer.
    CartUnassignInaccessibleError,
    /// The request has a session.
    CartUnassignNotAllowedError,
    /// Another account has this email address.
    EmailAlreadyInUseError,
    /// The store opens no accounts.
    AccountCreationDisabledError,
    /// The account was not opened.
    CustomerRegistrationError,
    /// The customer no longer exists.
    CustomerDoesNotExistError,
    /// Nobody is signed in.
    CustomerNotLoggedInError,
    /// The password, or the link in its place, is not right.
    CustomerPasswordError,
    /// The account was not changed.
    UnexpectedUpdateCustomerError,
    /// The customer has no such address.
    AddressDoesNotExistError,
    /// The address was not added.
    CustomerAddressCreationError,
    /// The address was not changed.
    CustomerAddressUpdateError,
    /// The address was not deleted.
    CustomerAddressDeletionError,
    /// The email address is not valid.
    CreateSubscriberEmailInvalidError,
    /// The first name is not valid.
    CreateSubscriberFirstNameInvalidError,
    /// The last name is not valid.
    CreateSubscriberLastNameInvalidError,
    /// This email address is subscribed already.
    CreateSubscriberAlreadyExistsError,
    /// The store failed.
    CreateSubscriberUnexpectedError,
    /// The email address is not valid.
    RemoveSubscriberEmailInvalidError,
    /// The store failed.
    RemoveSubscriberUnexpectedError,
}

/// A value that is not valid.
#[derive(SimpleObject)]
pub(super) struct ValidationError {
    /// Where in the arguments it was given.
    pub(super) path: Vec<String>,
    /// What went wrong and what to do about it.
    pub(super) message: String,
}
