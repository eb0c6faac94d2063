//! Changing the password, and choosing a new one by an emailed link.

use crate::api::{MutationError, ResetLink};
use crate::elements::shared::{AccountEvent, ElementContext, FormContext, own_field};
use crate::forms::{ErrorTarget, Form, FormDefinition, Section, secret_of};
use crate::i18n::Message;
use leptos::prelude::*;
use storefront_rules::{BuiltIn, PasswordRules};

/// What has become of a password.
#[derive(Clone, Copy, Default, PartialEq, Eq, Debug)]
pub(super) enum PasswordStep {
    /// The new one is asked for.
    #[default]
    Open,
    /// The store has taken the new one.
    Changed,
    /// The emailed link does not count; its reason stands in the form's summary.
    LinkRefused,
}

/// A form for the present and the new password; `step` hears what became of it.
#[must_use]
pub(super) fn change_form(
    context: ElementContext,
    passwords: PasswordRules,
    step: RwSignal<PasswordStep>,
) -> Form {
    let text = |message| context.i18n.text(message);
    let current = own_field(BuiltIn::CurrentPassword, text(Message::CURRENT_PASSWORD));
    let new = own_field(BuiltIn::Password, text(Message::NEW_PASSWORD));
    let form = context.form(FormDefinition {
        fields: vec![(Section::Account, current), (Section::Account, new)],
        passwords,
        ..FormDefinition::default()
    });
    // The new password of an attempt that the store may have taken although no answer came.
    let lost_attempt = StoredValue::new(None);
    form.on_submit(move |values| {
        let attempt = FormContext::new(context, form);
        let api = context.api();
        async move {
            let Some(api) = api else {
                return;
            };
            let current = secret_of(&values, BuiltIn::CurrentPassword);
            let new = secret_of(&values, BuiltIn::Password);
            let mut known = current;
            // Where the store took it, the password before is wrong now, and the new one changes into itself.
            let result = loop {
                let result = api.change_password(&known, &new).await;
                let may_be_taken = lost_attempt.try_get_value().flatten().as_ref() == Some(&new);
                if known == new || !may_be_taken || !is_password_refused(&result) {
                    break result;
                }
                known = new.clone();
            };
            match result {
                Ok(()) => {
                    context.emit(AccountEvent::PasswordChanged);
                    step.set(PasswordStep::Changed);
                }
                Err(error) => {
                    if matches!(&error, MutationError::Api(error) if error.is_uncertain()) {
                        lost_attempt.set_value(Some(new));
                    }
                    attempt.reject(error, ErrorTarget::Field(BuiltIn::CurrentPassword.id()));
                }
            }
        }
    });
    form
}

/// A form for the new password that `link` allows; `step` hears what became of it.
#[must_use]
pub(super) fn reset_form(
    context: ElementContext,
    passwords: PasswordRules,
    link: ResetLink,
    step: RwSignal<PasswordStep>,
) -> Form {
    let new = own_field(BuiltIn::Password, context.i18n.text(Message::NEW_PASSWORD));
    let form = context.form(FormDefinition {
        fields: vec![(Section::Password, new)],
        passwords,
        ..FormDefinition::default()
    });
    form.on_submit(move |values| {
        let attempt = FormContext::new(context, form);
        let (api, link) = (context.api(), link.clone());
        async move {
            let Some(api) = api else {
                return;
            };
            let new = secret_of(&values, BuiltIn::Password);
            match api.reset_password(&link, &new).await {
                Ok(()) => {
                    context.emit(AccountEvent::PasswordChanged);
                    step.set(PasswordStep::Changed);
                }
                result => {
                    if is_password_refused(&result) {
                        step.set(PasswordStep::LinkRefused);
                    }
                    if let Err(error) = result {
                        attempt.reject(error, ErrorTarget::Form);
                    }
                }
            }
        }
    });
    form
}

/// Whether the store refused the password, or the link that stands for one.
fn is_password_refused(result: &Result<(), MutationError>) -> bool {
    matches!(result, Err(MutationError::Rejected(errors)) if errors.password.is_some())
}
