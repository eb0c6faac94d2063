//! Answers, before and after validation.

use crate::date::Date;
use crate::field::FieldType;
use crate::password::Secret;
use serde::{Deserialize, Serialize};

/// A typed answer to one field; which variant belongs to which [`FieldType`] is the
/// platform's own pairing of `…FormField` and `…FormFieldInput`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "type", content = "value", rename_all = "snake_case")]
pub enum Value {
    /// To a text field, and to a pick list that became free text.
    Text(String),
    /// To a multi-line text field.
    MultilineText(String),
    /// To a number field.
    Number(f64),
    /// To a date field.
    Date(Date),
    /// To checkboxes: ids of the ticked options.
    Checkboxes(Vec<i32>),
    /// To radio buttons or a pick list: the id of the chosen option.
    MultipleChoice(i32),
    /// To a password field.
    Password(Secret),
}

impl Value {
    /// The empty answer to a field of `kind`; `None` where the type has no such value.
    #[must_use]
    pub fn empty(kind: &FieldType) -> Option<Self> {
        Some(match kind {
            FieldType::Text { .. } | FieldType::PicklistOrText { .. } => Self::Text(String::new()),
            FieldType::MultilineText { .. } => Self::MultilineText(String::new()),
            FieldType::Checkboxes { .. } => Self::Checkboxes(Vec::new()),
            FieldType::Password { .. } => Self::Password(Secret::new("")),
            FieldType::Number { .. }
            | FieldType::Date { .. }
            | FieldType::RadioButtons { .. }
            | FieldType::Picklist { .. } => return None,
        })
    }
}

/// What came in for one field, not yet validated.
#[derive(Clone, Debug, PartialEq)]
pub enum FieldInput {
    /// The strings of a form control: one for most, any number for checkboxes, none when absent.
    Strings(Vec<String>),
    /// The same as a program writes them, where a point always stands before decimals: what a form put into a
    /// control and nobody changed, or a number of a JSON document.
    Plain(Vec<String>),
    /// A value that an API typed already; it may still be of the wrong type for its field.
    Typed(Value),
}

impl From<&str> for FieldInput {
    fn from(text: &str) -> Self {
        Self::Strings(vec![text.to_owned()])
    }
}

impl From<String> for FieldInput {
    fn from(text: String) -> Self {
        Self::Strings(vec![text])
    }
}

impl From<Value> for FieldInput {
    fn from(value: Value) -> Self {
        Self::Typed(value)
    }
}

impl FieldInput {
    /// The single text of this answer, white space around it removed; empty when there is none.
    #[must_use]
    pub fn text(&self) -> &str {
        match self {
            Self::Strings(texts) | Self::Plain(texts) => {
                texts.first().map_or("", |text| text.trim())
            }
            Self::Typed(Value::Text(text) | Value::MultilineText(text)) => text.trim(),
            Self::Typed(
                Value::Number(_)
                | Value::Date(_)
                | Value::Checkboxes(_)
                | Value::MultipleChoice(_)
                | Value::Password(_),
            ) => "",
        }
    }
}
