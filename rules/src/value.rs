//! Answers, before and after validation.

use crate::date::Date;
use crate::field::Kind;
use crate::password::Secret;
use serde::{Deserialize, Serialize};

/// A typed answer to one field; which variant belongs to which [`Kind`] is the
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
    /// The answer to a field of `kind` that says nothing; `None` where the type has no such value.
    #[must_use]
    pub fn empty(kind: &Kind) -> Option<Self> {
        Some(match kind {
            Kind::Text { .. } | Kind::PicklistOrText { .. } => Self::Text(String::new()),
            Kind::MultilineText { .. } => Self::MultilineText(String::new()),
            Kind::Checkboxes { .. } => Self::Checkboxes(Vec::new()),
            Kind::Password { .. } => Self::Password(Secret::new("")),
            Kind::Number { .. }
            | Kind::Date { .. }
            | Kind::RadioButtons { .. }
            | Kind::Picklist { .. } => return None,
        })
    }
}

/// What came in for one field, not yet believed.
#[derive(Clone, Debug, PartialEq)]
pub enum Answer {
    /// The strings of a form control: one for most, any number for checkboxes, none when absent.
    Texts(Vec<String>),
    /// A value that an API typed already; it may still be of the wrong type for its field.
    Typed(Value),
}

impl From<&str> for Answer {
    fn from(text: &str) -> Self {
        Self::Texts(vec![text.to_owned()])
    }
}

impl From<String> for Answer {
    fn from(text: String) -> Self {
        Self::Texts(vec![text])
    }
}

impl From<Value> for Answer {
    fn from(value: Value) -> Self {
        Self::Typed(value)
    }
}

impl Answer {
    /// The single text of this answer, white space around it removed; empty when there is none.
    #[must_use]
    pub fn text(&self) -> &str {
        match self {
            Self::Texts(texts) => texts.first().map_or("", |text| text.trim()),
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
