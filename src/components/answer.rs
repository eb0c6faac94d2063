//! Answers as they are shown where they are not asked for.

use crate::i18n::{I18n, Message};
use crate::state::Texts;
use storefront_rules::{Field, Kind};

/// An answer in words: labels for ids, and nothing of a password.
pub(super) fn in_words(i18n: I18n, field: &Field, texts: &Texts) -> String {
    if texts.is_empty() {
        return i18n.text(Message::NoAnswer);
    }
    match &field.kind {
        Kind::Password { .. } => "••••••••".to_owned(),
        Kind::Date { .. } => texts
            .first()
            .and_then(|day| day.parse().ok())
            .map(|day| i18n.date(day))
            .unwrap_or_default(),
        Kind::Checkboxes { options }
        | Kind::RadioButtons { options }
        | Kind::Picklist { options, .. } => {
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
        Kind::Text { .. }
        | Kind::MultilineText { .. }
        | Kind::Number { .. }
        | Kind::PicklistOrText { .. } => texts.first().cloned().unwrap_or_default(),
    }
}
