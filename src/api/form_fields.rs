//! Form fields as the storefront's GraphQL has them: definitions and values read, values written.

use super::json::Json;
use storefront_rules::{BuiltIn, Choice, Date, Field, FieldId, FieldType, PasswordRules, Secret};
use storefront_rules::{Value, Values};

/// reCAPTCHA v2 as the store has set it up.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Captcha {
    /// The site's public key.
    pub site_key: String,
}

/// The captcha of `site.settings`, when forms must carry its answer.
pub(super) fn captcha(settings: &Json) -> Option<Captcha> {
    let captcha = settings.get("reCaptcha");
    let is_asked = captcha.get("isEnabledOnStorefront").is_true();
    let site_key = captcha.get("siteKey").text().filter(|_| is_asked)?;
    Some(Captcha { site_key })
}

/// The rules for passwords in `site.settings`; none where it tells none.
pub(super) fn passwords(settings: &Json) -> PasswordRules {
    let json = settings.at(&["customers", "passwordComplexitySettings"]);
    let count = |key| json.get(key).natural().unwrap_or(0);
    let is = |key| json.get(key).is_true();
    PasswordRules {
        minimum_password_length: count("minimumPasswordLength"),
        require_lower_case: is("requireLowerCase"),
        require_upper_case: is("requireUpperCase"),
        require_numbers: is("requireNumbers"),
        minimum_numbers: count("minimumNumbers"),
        require_special_characters: is("requireSpecialCharacters"),
        minimum_special_characters: count("minimumSpecialCharacters"),
    }
}

/// The fields of one form, in the store's order; those of a kind that came after this version
/// are left out.
pub(super) fn fields(json: &Json) -> Vec<Field> {
    json.list().filter_map(|json| field(&json)).collect()
}

fn field(json: &Json) -> Option<Field> {
    let text = |key| json.get(key).text();
    let natural = |key| json.get(key).natural();
    let number = |key| json.get(key).number();
    let date = |key| text(key).and_then(|timestamp| Date::from_utc(&timestamp).ok());
    let choice = |json: Json| {
        Some(Choice {
            id: json.get("entityId").int()?,
            label: json.get("label").text()?,
        })
    };
    let options = || json.get("options").list().filter_map(choice).collect();
    let max_length = || natural("maxLength");
    let kind = match text("__typename")?.as_str() {
        "TextFormField" => FieldType::Text {
            default: text("defaultText"),
            max_length: max_length(),
        },
        "MultilineTextFormField" => FieldType::MultilineText {
            default: text("defaultText"),
            rows: natural("rows").unwrap_or(0),
        },
        "NumberFormField" => FieldType::Number {
            default: number("defaultNumber"),
            min: number("minNumber"),
            max: number("maxNumber"),
            max_length: max_length(),
        },
        "DateFormField" => FieldType::Date {
            default: date("defaultDate"),
            min: date("minDate"),
            max: date("maxDate"),
        },
        "CheckboxesFormField" => FieldType::Checkboxes { options: options() },
        "RadioButtonsFormField" => FieldType::RadioButtons { options: options() },
        "PicklistFormField" => FieldType::Picklist {
            choose_prefix: text("choosePrefix")?,
            options: options(),
        },
        "PicklistOrTextFormField" => FieldType::PicklistOrText {
            picklist_prefix: text("picklistPrefix")?,
            max_length: max_length(),
        },
        "PasswordFormField" => FieldType::Password {
            max_length: max_length(),
        },
        _ => return None,
    };
    Some(Field {
        id: FieldId(json.get("entityId").int()?),
        label: text("label")?,
        sort_order: json.get("sortOrder").int().unwrap_or(i32::MAX),
        required: json.get("isRequired").is_true(),
        is_built_in: json.get("isBuiltIn").is_true(),
        kind,
    })
}

/// A customer's values of custom fields. One of a type that came after this version is left out.
pub(super) fn values(json: &Json) -> Values {
    let value = |json: Json| Some((FieldId(json.get("entityId").int()?), value(&json)?));
    json.list().filter_map(value).collect()
}

fn value(json: &Json) -> Option<Value> {
    let text = |key| json.get(key).text();
    Some(match text("__typename")?.as_str() {
        "TextFormFieldValue" => Value::Text(text("text")?),
        "MultilineTextFormFieldValue" => Value::MultilineText(text("multilineText")?),
        "NumberFormFieldValue" => Value::Number(json.get("number").number()?),
        "DateFormFieldValue" => {
            Value::Date(Date::from_utc(&json.at(&["date", "utc"]).text()?).ok()?)
        }
        "CheckboxesFormFieldValue" => {
            let ids = json.get("valueEntityIds");
            Value::Checkboxes(ids.list().filter_map(|id| id.int()).collect())
        }
        "MultipleChoiceFormFieldValue" => Value::MultipleChoice(json.get("valueEntityId").int()?),
        "PasswordFormFieldValue" => Value::Password(Secret::new(text("password")?)),
        _ => return None,
    })
}

/// `values`, with an empty answer to each custom field of `fields` that has none, where its type has
/// such a thing: the store takes the whole of them, and clears what was answered before.
pub(super) fn emptied(fields: &[Field], values: &Values) -> Values {
    let mut answers = values.clone();
    for field in fields.iter().filter(|field| !field.is_built_in) {
        if let Some(empty) = Value::empty(&field.kind)
            && !answers.contains_key(&field.id)
        {
            answers.insert(field.id, empty);
        }
    }
    answers
}

/// The custom values as `CustomerFormFieldsInput`, each in the list of its type; `None` when
/// there are none.
pub(super) fn input(values: &Values) -> Option<Json> {
    let lists = [
        "texts",
        "multilineTexts",
        "numbers",
        "dates",
        "checkboxes",
        "multipleChoices",
        "passwords",
    ];
    let custom: Vec<_> = values
        .iter()
        .filter(|(id, _)| BuiltIn::from_id(**id).is_none())
        .map(|(id, value)| item(*id, value))
        .collect();
    let list = |name: &'static str| {
        let mut items = custom.iter().filter(|(of, _)| *of == name).peekable();
        items.peek()?;
        Some(Json::list_of(items.map(|(_, item)| item.clone())))
    };
    (!custom.is_empty()).then(|| Json::object(&lists.map(|name| (name, list(name)))))
}

/// The list a custom value belongs in, and the item it makes there.
fn item(id: FieldId, value: &Value) -> (&'static str, Json) {
    let (list, key, value): (_, _, Json) = match value {
        Value::Text(text) => ("texts", "text", text.as_str().into()),
        Value::MultilineText(text) => ("multilineTexts", "multilineText", text.as_str().into()),
        Value::Number(number) => ("numbers", "number", (*number).into()),
        Value::Date(date) => ("dates", "date", date.to_utc().as_str().into()),
        Value::Checkboxes(ids) => (
            "checkboxes",
            "fieldValueEntityIds",
            Json::list_of(ids.iter().map(|id| (*id).into())),
        ),
        Value::MultipleChoice(id) => ("multipleChoices", "fieldValueEntityId", (*id).into()),
        Value::Password(secret) => ("passwords", "password", secret.expose().into()),
    };
    let item = Json::object(&[("fieldEntityId", Some(id.0.into())), (key, Some(value))]);
    (list, item)
}
