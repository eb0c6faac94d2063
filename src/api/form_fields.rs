//! Form fields as the storefront's GraphQL has them: definitions and values read, values written.

use super::documents::shared;
use super::id;
use storefront_rules::{BuiltIn, Choice, Date, Field, FieldId, FieldType};
use storefront_rules::{Secret, Value, Values};

/// The fields of one form, in the store's order; those of a type that came after this version are left
/// out.
pub(super) fn fields(fields: Vec<shared::Field>) -> Vec<Field> {
    fields.into_iter().filter_map(field).collect()
}

/// A customer's values of custom fields. One of a type that came after this version is left out.
pub(super) fn values(values: Vec<shared::Value>) -> Values {
    values.into_iter().filter_map(value).collect()
}

fn length(length: Option<i64>) -> Option<u32> {
    length.and_then(|length| u32::try_from(length).ok())
}

fn number(number: Option<i64>) -> Option<f64> {
    number.map(|number| f64::from(id(number)))
}

fn day(timestamp: Option<String>) -> Option<Date> {
    timestamp.and_then(|timestamp| Date::from_utc(&timestamp).ok())
}

/// A definition, where its type is one that this version knows.
fn field(field: shared::Field) -> Option<Field> {
    macro_rules! options {
        ($field:ident) => {
            $field
                .options
                .into_iter()
                .map(|option| Choice {
                    id: id(option.entity_id),
                    label: option.label,
                })
                .collect()
        };
    }
    use shared::FieldOn as On;
    let kind = match field.on {
        On::TextFormField(f) => FieldType::Text {
            default: f.default_text,
            max_length: length(f.max_length),
        },
        On::MultilineTextFormField(f) => FieldType::MultilineText {
            default: f.default_text,
            rows: length(Some(f.rows)).unwrap_or(0),
        },
        On::NumberFormField(f) => FieldType::Number {
            default: f.default_number,
            min: number(f.min_number),
            max: number(f.max_number),
            max_length: length(f.max_length),
        },
        On::DateFormField(f) => FieldType::Date {
            default: day(f.default_date),
            min: day(f.min_date),
            max: day(f.max_date),
        },
        On::CheckboxesFormField(f) => FieldType::Checkboxes {
            options: options!(f),
        },
        On::RadioButtonsFormField(f) => FieldType::RadioButtons {
            options: options!(f),
        },
        On::PicklistFormField(f) => FieldType::Picklist {
            choose_prefix: f.choose_prefix,
            options: options!(f),
        },
        On::PicklistOrTextFormField(f) => FieldType::PicklistOrText {
            picklist_prefix: f.picklist_prefix,
            max_length: length(f.max_length),
        },
        On::PasswordFormField(f) => FieldType::Password {
            max_length: length(f.max_length),
        },
        On::Unknown => return None,
    };
    Some(Field {
        id: FieldId(id(field.entity_id)),
        sort_order: id(field.sort_order),
        required: field.is_required,
        is_built_in: field.is_built_in,
        kind,
        label: field.label,
    })
}

/// A value of a custom field, where its type is one that this version knows.
fn value(value: shared::Value) -> Option<(FieldId, Value)> {
    use shared::ValueOn as On;
    let field = FieldId(id(value.entity_id));
    let value = match value.on {
        On::TextFormFieldValue(v) => Value::Text(v.text),
        On::MultilineTextFormFieldValue(v) => Value::MultilineText(v.multiline_text),
        On::NumberFormFieldValue(v) => Value::Number(v.number),
        On::DateFormFieldValue(v) => Value::Date(Date::from_utc(&v.date.utc).ok()?),
        On::CheckboxesFormFieldValue(v) => {
            Value::Checkboxes(v.value_entity_ids.into_iter().map(id).collect())
        }
        On::MultipleChoiceFormFieldValue(v) => Value::MultipleChoice(id(v.value_entity_id)),
        On::PasswordFormFieldValue(v) => Value::Password(Secret::new(v.password)),
        On::Unknown => return None,
    };
    Some((field, value))
}

/// `values`, with an empty one for each custom field of `fields` that has none, where its type has such a
/// thing: the store takes the whole of them, and clears what was there before.
pub(super) fn with_empty_values(fields: &[Field], values: &Values) -> Values {
    let mut all = values.clone();
    for field in fields.iter().filter(|field| !field.is_built_in) {
        if let Some(empty) = Value::empty(&field.kind)
            && !all.contains_key(&field.id)
        {
            all.insert(field.id, empty);
        }
    }
    all
}

/// Custom values as an input of a mutation, each in the list of its type; `None` when there are none.
pub(super) fn form_fields_input(values: &Values) -> Option<shared::CustomerFormFieldsInput> {
    let mut input = shared::CustomerFormFieldsInput::default();
    let mut is_empty = true;
    for (field, value) in values {
        if BuiltIn::from_id(*field).is_some() {
            continue;
        }
        is_empty = false;
        let field_entity_id = i64::from(field.0);
        match value {
            Value::Text(text) => {
                let text = text.clone();
                let item = shared::TextFormFieldInput {
                    field_entity_id,
                    text,
                };
                input.texts.get_or_insert_default().push(item);
            }
            Value::MultilineText(text) => {
                let multiline_text = text.clone();
                let item = shared::MultilineTextFormFieldInput {
                    field_entity_id,
                    multiline_text,
                };
                input.multiline_texts.get_or_insert_default().push(item);
            }
            Value::Number(number) => {
                let number = *number;
                let item = shared::NumberFormFieldInput {
                    field_entity_id,
                    number,
                };
                input.numbers.get_or_insert_default().push(item);
            }
            Value::Date(date) => {
                let date = date.to_utc();
                let item = shared::DateFormFieldInput {
                    field_entity_id,
                    date,
                };
                input.dates.get_or_insert_default().push(item);
            }
            Value::Checkboxes(ids) => {
                let ids = ids.iter().map(|id| i64::from(*id));
                let item = shared::CheckboxesFormFieldInput {
                    field_entity_id,
                    field_value_entity_ids: ids.collect(),
                };
                input.checkboxes.get_or_insert_default().push(item);
            }
            Value::MultipleChoice(id) => {
                let item = shared::MultipleChoiceFormFieldInput {
                    field_entity_id,
                    field_value_entity_id: i64::from(*id),
                };
                input.multiple_choices.get_or_insert_default().push(item);
            }
            Value::Password(secret) => {
                let password = secret.expose().to_owned();
                let item = shared::PasswordFormFieldInput {
                    field_entity_id,
                    password,
                };
                input.passwords.get_or_insert_default().push(item);
            }
        }
    }
    (!is_empty).then_some(input)
}
