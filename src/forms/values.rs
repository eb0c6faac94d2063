//! Values as they stand in the controls of a form, as they pass, and as they are shown.

use crate::i18n::{I18n, Message, plain_number};
use storefront_rules::{BuiltIn, Field, FieldInput, FieldInputs, FieldType, Secret, Value, Values};

/// The strings in the controls of a field: one for most, one for each ticked box, none where there is
/// no value.
pub type FieldValues = Vec<String>;

/// What stands in the controls of a field whose value is `value`.
#[must_use]
pub fn field_values(value: &Value) -> FieldValues {
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
pub fn default_values(kind: &FieldType) -> FieldValues {
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
    value.as_ref().map(field_values).unwrap_or_default()
}

/// The password given to a built-in field; empty when none was.
#[must_use]
pub fn secret_of(values: &Values, field: BuiltIn) -> Secret {
    match values.get(&field.id()) {
        Some(Value::Password(secret)) => secret.clone(),
        Some(_) | None => Secret::new(""),
    }
}

/// What stands in the controls of `field`, written as [`field_values`] writes a value, so that the two
/// can be compared.
#[must_use]
pub(super) fn typed_values(inputs: &FieldInputs, field: &Field) -> FieldValues {
    let values = match inputs.get(&field.id) {
        Some(FieldInput::Strings(values) | FieldInput::Plain(values)) => normalized(values.clone()),
        Some(FieldInput::Typed(_)) | None => Vec::new(),
    };
    if is_number(field) {
        return with_points(values);
    }
    values
}

/// What stands in the controls of `field`, as it is to be validated: a number that is what the store has was not
/// typed, and a point in it stands before decimals.
#[must_use]
pub(super) fn input(values: FieldValues, field: &Field, saved: Option<&FieldValues>) -> FieldInput {
    match saved {
        Some(saved) if is_number(field) && with_points(normalized(values.clone())) == *saved => {
            FieldInput::Plain(saved.clone())
        }
        Some(_) | None => FieldInput::Strings(values),
    }
}

const fn is_number(field: &Field) -> bool {
    matches!(field.kind, FieldType::Number { .. })
}

fn with_points(numbers: FieldValues) -> FieldValues {
    numbers.into_iter().map(|n| n.replace(',', ".")).collect()
}

/// Without what is empty, with the line ends of a value, as a form posts others, and ticked boxes in one
/// order, as the store may have another.
#[must_use]
pub fn normalized(values: FieldValues) -> FieldValues {
    let mut normalized = FieldValues::new();
    for value in values {
        let value = value.trim().replace('\r', "");
        if !value.is_empty() {
            // The standard library's sort is 3 kB of code, and the boxes are few.
            let place = normalized.iter().position(|other| *other > value);
            normalized.insert(place.unwrap_or(normalized.len()), value);
        }
    }
    normalized
}

/// Values in words, where they are not asked for: labels for ids, and nothing of a password.
#[must_use]
pub fn describe_values(i18n: I18n, field: &Field, values: &FieldValues) -> String {
    if values.is_empty() {
        return i18n.text(Message::NO_ANSWER);
    }
    match &field.kind {
        FieldType::Password { .. } => "••••••••".to_owned(),
        FieldType::Date { .. } => values
            .first()
            .and_then(|day| day.parse().ok())
            .map(|day| i18n.date(day))
            .unwrap_or_default(),
        FieldType::Checkboxes { options }
        | FieldType::RadioButtons { options }
        | FieldType::Picklist { options, .. } => {
            let labels = values.iter().filter_map(|id| {
                let option = options.iter().find(|o| o.id.to_string() == *id);
                option.map(|option| option.label.as_str())
            });
            let labels: Vec<&str> = labels.collect();
            labels.join(", ")
        }
        FieldType::Text { .. }
        | FieldType::MultilineText { .. }
        | FieldType::Number { .. }
        | FieldType::PicklistOrText { .. } => values.first().cloned().unwrap_or_default(),
    }
}

#[cfg(all(test, not(target_arch = "wasm32")))]
mod tests {
    use super::*;
    use storefront_rules::FieldId;

    fn strings(values: &[&str]) -> FieldValues {
        values.iter().map(|value| (*value).to_owned()).collect()
    }

    fn number() -> Field {
        Field {
            id: FieldId(28),
            label: "How many".to_owned(),
            sort_order: 0,
            required: false,
            is_built_in: false,
            kind: FieldType::Number {
                default: None,
                min: None,
                max: None,
                max_length: None,
            },
        }
    }

    #[test]
    fn values_that_differ_in_white_space_and_order_alone_are_the_same() {
        let typed = normalized(strings(&[" 2", "1 ", "", "a\r\nb"]));
        assert_eq!(typed, strings(&["1", "2", "a\nb"]));
    }

    #[test]
    fn a_number_with_a_comma_is_the_one_with_a_point() {
        let inputs = FieldInputs::from([(FieldId(28), FieldInput::from("4,5"))]);
        assert_eq!(typed_values(&inputs, &number()), strings(&["4.5"]));
    }

    #[test]
    fn a_number_that_the_store_has_was_not_typed() {
        let saved = strings(&["1.125"]);
        let plain = FieldInput::Plain(saved.clone());
        for same in ["1.125", " 1.125 ", "1,125"] {
            assert_eq!(input(strings(&[same]), &number(), Some(&saved)), plain);
        }
        for (typed, saved) in [("1.126", Some(&saved)), ("1.125", None)] {
            let input = input(strings(&[typed]), &number(), saved);
            assert_eq!(input, FieldInput::from(typed));
        }
    }

    #[test]
    fn a_field_without_an_input_has_no_values() {
        assert!(typed_values(&FieldInputs::new(), &number()).is_empty());
    }
}
