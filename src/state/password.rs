//! Changing the password, and choosing a new one by an e-mailed link.

use super::form::{Section, Target};
use super::plain_form::{FormSpec, PlainForm, own_field};
use super::scope::{AccountEvent, ElementContext};
use super::texts::secret_of;
use crate::api::{MutationError, ResetLink};
use crate::i18n::Message;
use crate::watched::Watched;
use storefront_rules::{BuiltIn, PasswordRules};

/// What has become of a password. Cheap to copy; lives as long as the element.
#[derive(Clone, Copy, Default, PartialEq, Eq, Debug)]
pub enum PasswordStep {
    /// The new one is asked for.
    #[default]
    Open,
    /// The store has taken the new one.
    Changed,
    /// The e-mailed link does not count; its reason stands in the form's summary.
    LinkRefused,
}

/// A form for the present and the new password; `step` hears what became of it.
#[must_use]
pub(crate) fn change_form(
    scope: &ElementContext,
    passwords: PasswordRules,
    step: Watched<PasswordStep>,
) -> PlainForm {
    let text = |message| scope.i18n.text(message);
    let current = own_field(BuiltIn::CurrentPassword, text(Message::CURRENT_PASSWORD));
    let new = own_field(BuiltIn::Password, text(Message::NEW_PASSWORD));
    let spec = FormSpec {
        fields: vec![(Section::Account, current), (Section::Account, new)],
        passwords,
        captcha: None,
    };
    let api = scope.api.clone();
    PlainForm::new(scope, spec, move |form, values| {
        let api = api.clone();
        async move {
            let current = secret_of(&values, BuiltIn::CurrentPassword);
            let new = secret_of(&values, BuiltIn::Password);
            match api.change_password(&current, &new).await {
                Ok(()) => {
                    form.notify(AccountEvent::PasswordChanged);
                    step.set(PasswordStep::Changed);
                }
                Err(error) => {
                    form.reject(error, Target::Field(BuiltIn::CurrentPassword.id()));
                }
            }
        }
    })
}

/// A form for the new password that `link` allows; `step` hears what became of it.
#[must_use]
pub(crate) fn reset_form(
    scope: &ElementContext,
    passwords: PasswordRules,
    link: ResetLink,
    step: Watched<PasswordStep>,
) -> PlainForm {
    let new = own_field(BuiltIn::Password, scope.i18n.text(Message::NEW_PASSWORD));
    let spec = FormSpec {
        fields: vec![(Section::Password, new)],
        passwords,
        captcha: None,
    };
    let api = scope.api.clone();
    PlainForm::new(scope, spec, move |form, values| {
        let (api, link) = (api.clone(), link.clone());
        async move {
            let new = secret_of(&values, BuiltIn::Password);
            match api.reset_password(&link, &new).await {
                Ok(()) => {
                    form.notify(AccountEvent::PasswordChanged);
                    step.set(PasswordStep::Changed);
                }
                Err(error) => {
                    if let MutationError::Rejected(rejection) = &error
                        && rejection.password.is_some()
                    {
                        step.set(PasswordStep::LinkRefused);
                    }
                    form.reject(error, Target::Form);
                }
            }
        }
    })
}
