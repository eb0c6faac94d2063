//! How the form of an element meets the store: what fails is told to the theme, and who signs in again
//! goes on.

use super::{AccountEvent, ElementContext};
use crate::api::{ApiError, MutationError};
use crate::forms::{ErrorTarget, Form};
use crate::session::AuthState;
use crate::ui::dom;
use leptos::prelude::*;
use storefront_rules::{BuiltIn, Field, FieldType};

/// One attempt to send a form.
#[derive(Clone, Copy)]
pub struct FormContext {
    context: ElementContext,
    form: Form,
    /// The session's epoch when the form was sent.
    epoch: u32,
}

impl FormContext {
    /// The attempt that begins now.
    #[must_use]
    pub fn new(context: ElementContext, form: Form) -> Self {
        Self {
            context,
            form,
            epoch: context.session.epoch(),
        }
    }

    /// The request failed.
    pub fn fail(self, error: ApiError) {
        if error != ApiError::Cancelled {
            self.context.emit(AccountEvent::Failed(error.clone()));
        }
        self.form.fail(error);
    }

    /// The change was not made: says why, or waits for the shopper to sign in again. What the store
    /// says of the password belongs to `password`.
    pub fn reject(self, error: MutationError, password: ErrorTarget) {
        match error {
            MutationError::Api(error) => self.fail(error),
            MutationError::Rejected(errors) => self.form.reject(errors, password),
            MutationError::NotSignedIn => self.interrupt(),
            // No form that is sent so is about an address.
            MutationError::NoSuchAddress => self.fail(ApiError::Unreadable),
        }
    }

    /// The store says that nobody is signed in. Once the shopper has signed in again, or if they
    /// already have, the form is sent again.
    pub fn interrupt(self) {
        self.form.interrupt();
        if self.is_current() {
            self.context.session.expire();
        }
    }

    /// Whether nobody has signed in or out since the form was sent.
    #[must_use]
    pub fn is_current(self) -> bool {
        self.context.session.epoch() == self.epoch
    }
}

/// Sends the interrupted `form` again once `customer` has signed in again.
pub fn resume_after_sign_in(context: ElementContext, form: Form, customer: i32) {
    Effect::new(move |_| {
        if form.is_interrupted() && context.session.auth() == AuthState::SignedIn(customer) {
            dom::defer(move || form.submit());
        }
    });
}

/// A field of the platform's own that no store configures, in a form of the platform's own.
#[must_use]
pub fn own_field(id: BuiltIn, label: String) -> Field {
    let kind = match id {
        BuiltIn::Password | BuiltIn::CurrentPassword | BuiltIn::ConfirmPassword => {
            FieldType::Password { max_length: None }
        }
        BuiltIn::EmailAddress
        | BuiltIn::FirstName
        | BuiltIn::LastName
        | BuiltIn::CompanyName
        | BuiltIn::Phone
        | BuiltIn::AddressLine1
        | BuiltIn::AddressLine2
        | BuiltIn::City
        | BuiltIn::Country
        | BuiltIn::State
        | BuiltIn::Zip
        | BuiltIn::ReceiveMarketingEmails => FieldType::Text {
            default: None,
            max_length: None,
        },
    };
    Field {
        id: id.id(),
        label,
        sort_order: 0,
        required: true,
        is_built_in: true,
        kind,
    }
}
