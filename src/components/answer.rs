//! Answers as they are shown where they are not asked for.

use crate::i18n::{I18n, Message};
use crate::state::FieldValues;
use storefront_rules::{Field, FieldType};

/// An answer in words: labels for ids, and nothing of a password.
pub(super) fn in_words(i18n: I18n, field: &Field, texts: &FieldValues) -> String {
    if texts.is_empty() {
        return i18n.text(Message::NO_ANSWER);
    }
    match &field.kind {
        FieldType::Password { .. } => "••••••••".to_owned(),
        FieldType::Date { .. } => texts
            .first()
            .and_then(|day| day.parse().ok())
            .map(|day| i18n.date(day))
            .unwrap_or_default(),
        FieldType::Checkboxes { options }
        | FieldType::RadioButtons { options }
        | FieldType::Picklist { options, .. } => {
            let labels = texts.iter().filter_map(|id| {
                let option = options.iter().find(|o| o.id.to_string() == *id);
                option.map(|option| option.label.as_str())
            });
            let mut words = String::new();
            for label in labels {
                if !words.is_empty() {
                    words.push_str(", ");
                }
                words.push_str(label);
            }
            words
        }
        FieldType::Text { .. }
        | FieldType::MultilineText { .. }
        | FieldType::Number { .. }
        | FieldType::PicklistOrText { .. } => texts.first().cloned().unwrap_or_default(),
    }
}
