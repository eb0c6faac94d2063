//! The fields of the plain form, made from their definitions.

use super::form::Form as Sent;
use super::view::FormError;
use crate::domain::form_fields::Form;
use crate::domain::geography::Geography;
use crate::domain::validation::FieldError;
use std::collections::BTreeMap;
use storefront_rules::{
    BuiltIn, Choice, Field, FieldId, FieldInput, FieldInputs, FieldType, Value,
};

/// A field as the page shows it.
pub(super) struct FieldView {
    pub(super) id: String,
    pub(super) name: String,
    pub(super) label: String,
    pub(super) optional: bool,
    pub(super) hint: String,
    /// What is wrong with the answer; empty when nothing is.
    pub(super) error: String,
    /// The page offers to sign in beside the error.
    pub(super) offers_sign_in: bool,
    pub(super) control: Control,
}

/// How a field is answered.
pub(super) enum Control {
    Input(Input),
    Lines {
        rows: u32,
        value: String,
    },
    List {
        prefix: String,
        options: Vec<OptionView>,
        autocomplete: &'static str,
    },
    Group {
        kind: &'static str,
        options: Vec<OptionView>,
    },
    /// A box on its own, with the option's text beside it.
    Box {
        option: OptionView,
    },
}

/// An `<input>`; empty attributes are left out.
pub(super) struct Input {
    pub(super) kind: &'static str,
    pub(super) value: String,
    pub(super) autocomplete: &'static str,
    pub(super) inputmode: &'static str,
    pub(super) min: String,
    pub(super) max: String,
    /// Whether it is read from left to right in every language: a number, a code, an email address.
    pub(super) is_left_to_right: bool,
}

/// One thing to choose.
pub(super) struct OptionView {
    pub(super) id: String,
    pub(super) value: String,
    pub(super) label: String,
    pub(super) chosen: bool,
}

impl FieldView {
    /// A field for a new password, by name.
    pub(super) fn new_password(name: &str, label: &str, hint: String) -> Self {
        Self {
            id: name.to_owned(),
            name: name.to_owned(),
            label: label.to_owned(),
            optional: false,
            hint,
            error: String::new(),
            offers_sign_in: false,
            control: Control::Input(Input {
                kind: "password",
                value: String::new(),
                autocomplete: "new-password",
                inputmode: "",
                min: String::new(),
                max: String::new(),
                is_left_to_right: true,
            }),
        }
    }

    /// The ids of what describes the field, for `aria-describedby`.
    pub(super) fn described_by(&self) -> String {
        let hint = (!self.hint.is_empty()).then(|| format!("{}-hint", self.id));
        let error = (!self.error.is_empty()).then(|| format!("{}-error", self.id));
        [hint, error]
            .into_iter()
            .flatten()
            .collect::<Vec<_>>()
            .join(" ")
    }
}

/// What stands in the form when the page is shown.
pub(super) struct Filled<'a> {
    /// What the shopper sent, or what is kept of them; `None` in a form that nobody has filled in.
    pub(super) answers: Option<&'a FieldInputs>,
    /// The country chosen beforehand.
    pub(super) country: &'a str,
    /// Whether the box for marketing emails is ticked beforehand.
    pub(super) wants_marketing: bool,
    pub(super) field_errors: &'a [FieldError],
    pub(super) geography: &'a Geography,
}

/// The id that a field has in the page.
pub(super) fn id_of(field: FieldId) -> String {
    format!("fallback-{}", field.0)
}

impl Filled<'_> {
    pub(super) fn view(&self, form: Form, field: &Field) -> FieldView {
        let refusal = self.field_errors.iter().find(|r| r.field == field.id);
        FieldView {
            id: id_of(field.id),
            name: format!("FormField[{}][{}]", group(form), field.id.0),
            label: field.label.clone(),
            optional: !field.required,
            hint: hint(field).to_owned(),
            error: refusal.map(|r| r.message.clone()).unwrap_or_default(),
            offers_sign_in: false,
            control: self.control(field),
        }
    }

    fn control(&self, field: &Field) -> Control {
        let text = |default: Option<String>| self.text(field, default);
        let input = |kind, default| Input {
            kind,
            value: text(default),
            autocomplete: autocomplete(field),
            inputmode: "",
            min: String::new(),
            max: String::new(),
            is_left_to_right: matches!(
                field.built_in(),
                Some(BuiltIn::EmailAddress | BuiltIn::Phone | BuiltIn::Zip)
            ),
        };
        match &field.kind {
            FieldType::Text { default, .. } => {
                Control::Input(input(text_type(field), default.clone()))
            }
            FieldType::PicklistOrText { .. } => Control::Input(input("text", None)),
            FieldType::MultilineText { default, rows } => Control::Lines {
                rows: (*rows).clamp(2, 20),
                value: text(default.clone()),
            },
            FieldType::Number { default, .. } => Control::Input(Input {
                inputmode: "decimal",
                is_left_to_right: true,
                ..input("text", default.map(|number| number.to_string()))
            }),
            FieldType::Date { default, min, max } => {
                let day = |day: &Option<storefront_rules::Date>| {
                    day.map(|day| day.to_string()).unwrap_or_default()
                };
                Control::Input(Input {
                    min: day(min),
                    max: day(max),
                    ..input("date", default.map(|day| day.to_string()))
                })
            }
            FieldType::Password { .. } => Control::Input(Input {
                // A password is never sent back into a page.
                value: String::new(),
                ..input("password", None)
            }),
            FieldType::Checkboxes { options } => match options.as_slice() {
                [option] => Control::Box {
                    option: self.option(field, 0, option),
                },
                _ => self.group(field, "checkbox", options),
            },
            FieldType::RadioButtons { options } => self.group(field, "radio", options),
            FieldType::Picklist {
                choose_prefix,
                options,
            } => Control::List {
                prefix: choose_prefix.clone(),
                autocomplete: autocomplete(field),
                options: if field.built_in() == Some(BuiltIn::Country) {
                    self.countries(field)
                } else {
                    self.options(field, options)
                },
            },
        }
    }

    fn group(&self, field: &Field, kind: &'static str, options: &[Choice]) -> Control {
        let options = self.options(field, options);
        Control::Group { kind, options }
    }

    fn options(&self, field: &Field, options: &[Choice]) -> Vec<OptionView> {
        let options = options.iter().enumerate();
        options
            .map(|(place, option)| self.option(field, place, option))
            .collect()
    }

    fn option(&self, field: &Field, place: usize, option: &Choice) -> OptionView {
        let value = option.id.to_string();
        let chosen = match self.answers {
            Some(_) => self.texts(field).contains(&value),
            None => {
                field.built_in() == Some(BuiltIn::ReceiveMarketingEmails) && self.wants_marketing
            }
        };
        OptionView {
            // The summary's link leads to the field's own id: the first option bears it.
            id: match place {
                0 => id_of(field.id),
                _ => format!("{}-{value}", id_of(field.id)),
            },
            label: option.label.clone(),
            value,
            chosen,
        }
    }

    fn countries(&self, field: &Field) -> Vec<OptionView> {
        let chosen = self.text(field, Some(self.country.to_owned()));
        let countries = self.geography.countries().iter();
        countries
            .map(|country| OptionView {
                id: String::new(),
                value: country.code.clone(),
                label: country.name.clone(),
                chosen: country.code.eq_ignore_ascii_case(&chosen),
            })
            .collect()
    }

    fn text(&self, field: &Field, default: Option<String>) -> String {
        match self.answers {
            Some(_) => self.texts(field).first().cloned().unwrap_or_default(),
            None => default.unwrap_or_default(),
        }
    }

    fn texts(&self, field: &Field) -> &[String] {
        match self.answers.and_then(|answers| answers.get(&field.id)) {
            Some(FieldInput::Strings(texts) | FieldInput::Plain(texts)) => texts,
            Some(FieldInput::Typed(_)) | None => &[],
        }
    }
}

/// The answers of one group of a form that was sent: `FormField[group][id]`, as the platform's forms
/// name them.
pub(super) fn answers_of(sent: &Sent, form: Form) -> FieldInputs {
    let prefix = format!("FormField[{}][", group(form));
    let mut texts: BTreeMap<FieldId, Vec<String>> = BTreeMap::new();
    for (name, value) in sent {
        let id = name
            .strip_prefix(&prefix)
            .and_then(|rest| rest.strip_suffix(']'))
            .and_then(|id| id.parse().ok());
        if let Some(id) = id {
            texts.entry(FieldId(id)).or_default().push(value.clone());
        }
    }
    let texts = texts.into_iter();
    texts
        .map(|(id, texts)| (id, FieldInput::Strings(texts)))
        .collect()
}

/// A kept value as a form's control holds it; nothing of a password.
pub(super) fn as_sent(value: &Value) -> FieldInput {
    FieldInput::Plain(match value {
        Value::Text(text) | Value::MultilineText(text) => vec![text.clone()],
        Value::Number(number) => vec![number.to_string()],
        Value::Date(date) => vec![date.to_string()],
        Value::Checkboxes(ids) => ids.iter().map(ToString::to_string).collect(),
        Value::MultipleChoice(id) => vec![id.to_string()],
        Value::Password(_) => Vec::new(),
    })
}

/// An answer to a field of which `kept` is known: what the form itself put there was not typed.
pub(super) fn answer_to(kept: Option<&Value>, answer: FieldInput) -> FieldInput {
    match (kept.map(as_sent), answer) {
        (Some(FieldInput::Plain(kept)), FieldInput::Strings(texts)) if kept == texts => {
            FieldInput::Plain(texts)
        }
        (_, answer) => answer,
    }
}

/// The field_errors in the order of the page; those of fields that the page does not have, last.
pub(super) fn listed<'a>(
    views: impl IntoIterator<Item = &'a FieldView>,
    field_errors: &[FieldError],
) -> Vec<FormError> {
    let views: Vec<&str> = views.into_iter().map(|view| view.id.as_str()).collect();
    let mut listed: Vec<(usize, FormError)> = field_errors
        .iter()
        .map(|refusal| {
            let id = id_of(refusal.field);
            match views.iter().position(|view| *view == id) {
                Some(place) => (place, FormError::new(id, &refusal.message)),
                None => (views.len(), FormError::new("", &refusal.message)),
            }
        })
        .collect();
    listed.sort_by_key(|(place, _)| *place);
    listed.into_iter().map(|(_, error)| error).collect()
}

/// Adds an error to a field whose value is valid and yet refused.
pub(super) fn add_error<'a>(
    views: impl IntoIterator<Item = &'a mut FieldView>,
    field: BuiltIn,
    message: &str,
) -> FormError {
    let id = id_of(field.id());
    if let Some(view) = views.into_iter().find(|view| view.id == id) {
        message.clone_into(&mut view.error);
    }
    FormError::new(id, message)
}

const fn group(form: Form) -> u8 {
    match form {
        Form::Customer => 1,
        Form::Address => 2,
    }
}

const fn hint(field: &Field) -> &'static str {
    match (field.built_in(), &field.kind) {
        (Some(BuiltIn::State), _) => {
            "The full name, for example California. Leave it empty where there is none."
        }
        (Some(_) | None, _) => "",
    }
}

const fn text_type(field: &Field) -> &'static str {
    match field.built_in() {
        Some(BuiltIn::EmailAddress) => "email",
        Some(BuiltIn::Phone) => "tel",
        Some(_) | None => "text",
    }
}

/// The tokens of the HTML standard by which browsers and password managers fill a form in.
const fn autocomplete(field: &Field) -> &'static str {
    match field.built_in() {
        Some(BuiltIn::EmailAddress) => "email",
        Some(BuiltIn::Password | BuiltIn::ConfirmPassword) => "new-password",
        Some(BuiltIn::CurrentPassword) => "current-password",
        Some(BuiltIn::FirstName) => "given-name",
        Some(BuiltIn::LastName) => "family-name",
        Some(BuiltIn::CompanyName) => "organization",
        Some(BuiltIn::Phone) => "tel",
        Some(BuiltIn::AddressLine1) => "address-line1",
        Some(BuiltIn::AddressLine2) => "address-line2",
        Some(BuiltIn::City) => "address-level2",
        Some(BuiltIn::Country) => "country",
        Some(BuiltIn::State) => "address-level1",
        Some(BuiltIn::Zip) => "postal-code",
        Some(BuiltIn::ReceiveMarketingEmails) => "",
        // A custom password is no account's password: managers must not offer one.
        None => match field.kind {
            FieldType::Password { .. } => "off",
            FieldType::Text { .. }
            | FieldType::MultilineText { .. }
            | FieldType::Number { .. }
            | FieldType::Date { .. }
            | FieldType::Checkboxes { .. }
            | FieldType::RadioButtons { .. }
            | FieldType::Picklist { .. }
            | FieldType::PicklistOrText { .. } => "",
        },
    }
}
