//! What the components of fields have in common.

use crate::forms::{ErrorTarget, FieldValues, Form, Section};
use crate::i18n::Message;
use crate::ui::{Control, FieldLabel, FieldLink, error_id};
use leptos::prelude::*;
use storefront_rules::{BuiltIn, Field};

/// A field in a form.
#[derive(Clone)]
pub struct FieldProps {
    /// The form it is in.
    pub form: Form,
    /// Which of the platform's forms it belongs to.
    pub section: Section,
    /// Its definition.
    pub field: Field,
    /// What its controls start with.
    pub values: FieldValues,
    /// A link beside its label.
    pub aside: Option<FieldLink>,
}

impl FieldProps {
    /// The field `field` of `form`, as the form has it at first.
    pub(super) fn new(form: Form, section: Section, field: Field) -> Self {
        Self {
            values: form.initial(field.id),
            aside: None,
            form,
            section,
            field,
        }
    }

    /// The id of its control.
    pub(super) fn id(&self) -> String {
        self.form.field_id(self.field.id)
    }

    /// The name of its control.
    pub(super) fn name(&self) -> String {
        self.section.control_name(self.field.id)
    }

    /// The one text that its control starts with, if there is any.
    pub(super) fn value(&self) -> Option<String> {
        self.values.first().cloned()
    }

    /// Whether there is an error about it.
    pub(super) fn has_error(&self) -> bool {
        let target = ErrorTarget::Field(self.field.id);
        self.form.error(target).is_some()
    }

    fn required(&self) -> Signal<bool> {
        let (form, field) = (self.form, StoredValue::new(self.field.clone()));
        Signal::derive(move || {
            let required = field.try_with_value(|field| form.is_required(field));
            required.unwrap_or_default()
        })
    }

    /// What stands above its control.
    pub(super) fn label(&self) -> FieldLabel {
        let (form, field) = (self.form, StoredValue::new(self.field.clone()));
        let id = self.field.id;
        let target = ErrorTarget::Field(id);
        let text = Signal::derive(move || {
            let label = field.try_with_value(|field| form.label(field));
            label.unwrap_or_default()
        });
        FieldLabel {
            text,
            optional: form.i18n.text(Message::OPTIONAL),
            required: self.required(),
            error: Signal::derive(move || {
                let error = form.error(target)?;
                Some(form.message(&error, Some(id)))
            }),
            error_prefix: form.i18n.text(Message::ERROR_PREFIX),
            on_leave: UnsyncCallback::new(move |()| form.left(id)),
        }
    }

    /// What ties its control to the label, to the part of the page with the id `hint`, and to its error.
    pub(super) fn control(&self, hint: Option<String>) -> Control {
        let (form, id) = (self.form, self.field.id);
        let target = ErrorTarget::Field(id);
        let error_id = error_id(&self.id());
        let with_error = match &hint {
            Some(hint) => format!("{hint} {error_id}"),
            None => error_id,
        };
        let invalid = Signal::derive(move || form.error(target).is_some());
        Control {
            id: self.id(),
            name: self.name(),
            autocomplete: self.autocomplete(),
            described_by: Signal::derive(move || {
                if invalid.get() {
                    Some(with_error.clone())
                } else {
                    hint.clone()
                }
            }),
            invalid,
            required: self.required(),
            on_edit: UnsyncCallback::new(move |()| form.edited(Some(id))),
        }
    }

    /// Its token for autofill (HTML, 4.10.18.7), if it has one.
    fn autocomplete(&self) -> Option<String> {
        let token = match self.field.built_in()? {
            BuiltIn::EmailAddress if self.section == Section::SignIn => {
                return Some("username".to_owned());
            }
            BuiltIn::EmailAddress => return Some("email".to_owned()),
            BuiltIn::Password | BuiltIn::ConfirmPassword => return Some("new-password".to_owned()),
            BuiltIn::CurrentPassword => return Some("current-password".to_owned()),
            BuiltIn::ReceiveMarketingEmails => return None,
            BuiltIn::FirstName => "given-name",
            BuiltIn::LastName => "family-name",
            BuiltIn::CompanyName => "organization",
            BuiltIn::Phone => "tel",
            BuiltIn::AddressLine1 => "address-line1",
            BuiltIn::AddressLine2 => "address-line2",
            BuiltIn::City => "address-level2",
            BuiltIn::Country => "country",
            BuiltIn::State => "address-level1",
            BuiltIn::Zip => "postal-code",
        };
        let section = self.form.id("section");
        Some(format!("section-{section} shipping {token}"))
    }
}
