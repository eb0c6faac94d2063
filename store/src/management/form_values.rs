//! Answers to custom fields as the APIs write them: by the field's name, options by their labels.

use crate::domain::form_fields::records::FormValue;
use crate::domain::form_fields::{Owner, option_label};
use serde::{Deserialize, Serialize};
use storefront_rules::{Field, FieldInput, FieldType, Value};
use utoipa::ToSchema;

/// An answer to the custom field of this name.
#[derive(Clone, Debug, Deserialize, Serialize, ToSchema)]
pub(crate) struct FormField {
    /// Label of the field.
    pub(crate) name: String,
    /// The answer.
    pub(crate) value: FormFieldValue,
}

/// A text, a number, or the labels of ticked options. A day is a text like `2026-01-31`.
#[derive(Clone, Debug, Deserialize, Serialize, ToSchema)]
#[serde(untagged)]
pub(crate) enum FormFieldValue {
    /// A text, a day, or the label of the option chosen.
    Text(String),
    /// A number.
    Number(f64),
    /// Labels of the ticked options.
    List(Vec<String>),
}

/// An answer and whose it is: one of the two numbers.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub(crate) struct OwnedFormField {
    #[serde(skip_serializing_if = "Option::is_none")]
    customer_id: Option<i64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    address_id: Option<i64>,
    #[serde(flatten)]
    answer: FormField,
}

impl FormFieldValue {
    /// The answer to `field` as it is kept.
    pub(crate) fn of(field: &Field, value: &Value) -> Self {
        match value {
            Value::Text(text) | Value::MultilineText(text) => Self::Text(text.clone()),
            Value::Number(number) => Self::Number(*number),
            Value::Date(date) => Self::Text(date.to_string()),
            Value::Checkboxes(ids) => {
                let labels = ids.iter().map(|id| option_label(field, *id).to_owned());
                Self::List(labels.collect())
            }
            Value::MultipleChoice(id) => Self::Text(option_label(field, *id).to_owned()),
            Value::Password(secret) => Self::Text(secret.expose().to_owned()),
        }
    }

    /// What is to be validated; none when it is of no kind that `field` takes, or names no option.
    pub(crate) fn answer(&self, field: &Field) -> Option<FieldInput> {
        let id = |label: &String| {
            let mut options = field.kind.options().iter();
            options
                .find(|option| option.label == *label)
                .map(|option| option.id)
        };
        match (&field.kind, self) {
            (FieldType::Checkboxes { .. }, Self::List(labels)) => {
                let ids: Option<Vec<i32>> = labels.iter().map(id).collect();
                ids.map(|ids| Value::Checkboxes(ids).into())
            }
            (FieldType::Checkboxes { .. }, Self::Text(label)) if label.is_empty() => {
                Some(Value::Checkboxes(Vec::new()).into())
            }
            (FieldType::Checkboxes { .. }, Self::Text(label)) => {
                id(label).map(|id| Value::Checkboxes(vec![id]).into())
            }
            (FieldType::RadioButtons { .. } | FieldType::Picklist { .. }, Self::Text(label)) => {
                if label.is_empty() {
                    return Some("".into());
                }
                id(label).map(|id| Value::MultipleChoice(id).into())
            }
            (FieldType::Number { .. }, Self::Number(number)) => Some(Value::Number(*number).into()),
            (
                FieldType::Text { .. }
                | FieldType::MultilineText { .. }
                | FieldType::Number { .. }
                | FieldType::Date { .. }
                | FieldType::PicklistOrText { .. }
                | FieldType::Password { .. },
                Self::Text(text),
            ) => Some(FieldInput::Plain(vec![text.clone()])),
            (
                FieldType::Text { .. }
                | FieldType::MultilineText { .. }
                | FieldType::PicklistOrText { .. },
                Self::Number(number),
            ) => Some(number.to_string().into()),
            (_, Self::Number(_) | Self::List(_)) => None,
        }
    }
}

impl FormField {
    pub(crate) fn of(field: &Field, value: &Value) -> Self {
        Self {
            name: field.label.clone(),
            value: FormFieldValue::of(field, value),
        }
    }
}

impl OwnedFormField {
    pub(crate) fn new(owner: Owner, answer: FormField) -> Self {
        let (customer_id, address_id) = match owner {
            Owner::Customer(id) => (Some(id), None),
            Owner::Address(id) => (None, Some(id)),
        };
        Self {
            customer_id,
            address_id,
            answer,
        }
    }
}

impl From<FormValue> for OwnedFormField {
    fn from(row: FormValue) -> Self {
        Self::new(row.owner, FormField::of(&row.field, &row.value))
    }
}

/// The name that the APIs have for a kind of field.
pub(crate) const fn kind_name(kind: &FieldType) -> &'static str {
    match kind {
        FieldType::Text { .. } | FieldType::PicklistOrText { .. } => "text",
        FieldType::MultilineText { .. } => "multiline",
        FieldType::Number { .. } => "numbers",
        FieldType::Date { .. } => "date",
        FieldType::Checkboxes { .. } => "checkboxes",
        FieldType::RadioButtons { .. } => "radiobuttons",
        FieldType::Picklist { .. } => "picklist",
        FieldType::Password { .. } => "password",
    }
}

/// All of them.
pub(crate) const KIND_NAMES: [&str; 8] = [
    "checkboxes",
    "date",
    "multiline",
    "numbers",
    "password",
    "radiobuttons",
    "text",
    "picklist",
];
