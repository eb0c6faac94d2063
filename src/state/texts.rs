//! Answers as they stand in the controls of a form, and as they are taken out of what passed.

use crate::i18n::plain_number;
use storefront_rules::FieldType;
use storefront_rules::Secret;
use storefront_rules::{BuiltIn, Value, Values};

/// The texts that stand in the controls of a field: one for most, one for each ticked box, none
/// where there is no answer.
pub type FieldValues = Vec<String>;

/// What stands in the controls of a field that was answered with `value`.
#[must_use]
pub fn texts(value: &Value) -> FieldValues {
    match value {
        Value::Text(text) | Value::MultilineText(text) => vec![text.clone()],
        Value::Number(number) => vec![plain_number(*number)],
        Value::Date(date) => vec![date.to_string()],
        Value::Checkboxes(ids) => ids.iter().map(ToString::to_string).collect(),
        Value::MultipleChoice(id) => vec![id.to_string()],
        Value::Password(secret) => vec![secret.expose().to_owned()],
    }
}

/// What stands in the controls of a field when the form is opened for the first time.
#[must_use]
pub fn default_texts(kind: &FieldType) -> FieldValues {
    let value = match kind {
        FieldType::Text { default, .. } => default.clone().map(Value::Text),
        FieldType::MultilineText { default, .. } => default.clone().map(Value::MultilineText),
        FieldType::Number { default, .. } => default.map(Value::Number),
        FieldType::Date { default, .. } => default.map(Value::Date),
        FieldType::Checkboxes { .. }
        | FieldType::RadioButtons { .. }
        | FieldType::Picklist { .. }
        | FieldType::PicklistOrText { .. }
        | FieldType::Password { .. } => None,
    };
    value.as_ref().map(texts).unwrap_or_default()
}

/// The text given to a built-in field; empty when none was.
#[must_use]
pub(super) fn text_of(values: &Values, field: BuiltIn) -> String {
    match values.get(&field.id()) {
        Some(Value::Text(text)) => text.clone(),
        Some(_) | None => String::new(),
    }
}

/// The password given to a built-in field; empty when none was.
#[must_use]
pub(super) fn secret_of(values: &Values, field: BuiltIn) -> Secret {
    match values.get(&field.id()) {
        Some(Value::Password(secret)) => secret.clone(),
        Some(_) | None => Secret::new(""),
    }
}
