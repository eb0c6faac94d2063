//! `GET /api/storefront/form-fields`.

use crate::domain::{Store, form_fields, settings};
use crate::infra::problem::ProblemDetails;
use crate::infra::{db, http};
use axum::extract::{RawQuery, State};
use axum::http::StatusCode;
use axum::response::Response;
use serde_json::{Map, Value, json};
use storefront_rules::{BuiltIn, Choice, Field, FieldType, PasswordRules};

pub(super) async fn list(
    State(store): State<Store>,
    RawQuery(query): RawQuery,
) -> Result<Response, ProblemDetails> {
    let (definitions, settings) = store
        .db
        .read(|connection| {
            Ok::<_, db::Error>((form_fields::load(connection)?, settings::load(connection)?))
        })
        .await
        .map_err(|error| ProblemDetails::internal(&error))?;
    let wanted = wanted(query.as_deref().unwrap_or_default());
    let mut groups = Map::new();
    for (name, fields) in [
        ("customerAccount", &definitions.customer),
        ("shippingAddress", &definitions.address),
        ("billingAddress", &definitions.address),
    ] {
        if wanted.is_empty() || wanted.iter().any(|wanted| wanted == name) {
            let fields = fields
                .iter()
                .map(|f| described(f, &settings.password_rules));
            groups.insert(name.to_owned(), fields.collect());
        }
    }
    Ok(http::json(StatusCode::OK, &Value::Object(groups)))
}

/// The groups that the query asks for; none of them stands for all.
fn wanted(query: &str) -> Vec<String> {
    form_urlencoded::parse(query.as_bytes())
        .filter(|(key, _)| key == "filter")
        .flat_map(|(_, value)| value.split(',').map(str::to_owned).collect::<Vec<_>>())
        .filter(|name| !name.is_empty())
        .collect()
}

/// The name of a field in REST: built-in ones have words, custom ones their number.
pub(super) fn name(field: &Field) -> String {
    let built_in = match field.built_in() {
        Some(BuiltIn::EmailAddress) => Some("email"),
        Some(BuiltIn::Password) => Some("password"),
        Some(BuiltIn::FirstName) => Some("firstName"),
        Some(BuiltIn::LastName) => Some("lastName"),
        Some(BuiltIn::CompanyName) => Some("company"),
        Some(BuiltIn::Phone) => Some("phone"),
        Some(BuiltIn::AddressLine1) => Some("address1"),
        Some(BuiltIn::AddressLine2) => Some("address2"),
        Some(BuiltIn::City) => Some("city"),
        Some(BuiltIn::Country) => Some("countryCode"),
        Some(BuiltIn::State) => Some("stateOrProvince"),
        Some(BuiltIn::Zip) => Some("postalCode"),
        Some(BuiltIn::ReceiveMarketingEmails) => Some("acceptsMarketingEmails"),
        Some(BuiltIn::ConfirmPassword) => Some("confirmPassword"),
        Some(BuiltIn::CurrentPassword) => Some("currentPassword"),
        None => None,
    };
    built_in.map_or_else(|| format!("field_{}", field.id.0), str::to_owned)
}

fn described(field: &Field, rules: &PasswordRules) -> Value {
    let name = name(field);
    let mut description = json!({
        "id": name,
        "name": name,
        "custom": !field.is_built_in,
        "label": field.label,
        "required": field.required,
        "default": "",
    });
    let of_kind = of_kind(field, rules);
    if let (Some(description), Value::Object(of_kind)) = (description.as_object_mut(), of_kind) {
        let given = of_kind.into_iter().filter(|(_, value)| !value.is_null());
        description.extend(given);
    }
    description
}

/// What a field of this kind has besides what all have; null for what is not set.
fn of_kind(field: &Field, rules: &PasswordRules) -> Value {
    match &field.kind {
        FieldType::Text {
            default,
            max_length,
        } => json!({
            "type": "string", "fieldType": "text", "default": default, "maxLength": max_length,
        }),
        FieldType::MultilineText { default, rows } => json!({
            "type": "string", "fieldType": "multiline", "default": default,
            "options": { "rows": rows },
        }),
        FieldType::Number {
            default,
            min,
            max,
            max_length,
        } => json!({
            "type": "integer", "fieldType": "text", "maxLength": max_length,
            "default": default.map(|n| n.to_string()),
            "min": min.map(|n| n.to_string()), "max": max.map(|n| n.to_string()),
        }),
        FieldType::Date { default, min, max } => json!({
            "type": "date", "fieldType": "date", "default": default, "min": min, "max": max,
        }),
        FieldType::Checkboxes { options } => json!({
            "type": "array", "fieldType": "checkbox", "options": { "items": items(options) },
        }),
        FieldType::RadioButtons { options } => json!({
            "type": "array", "fieldType": "radio", "options": { "items": items(options) },
        }),
        FieldType::Picklist {
            choose_prefix,
            options,
        } => json!({
            "type": "array", "fieldType": "dropdown",
            "options": { "helperLabel": choose_prefix, "items": items(options) },
        }),
        // Neither a text nor a list until a country is chosen.
        FieldType::PicklistOrText { max_length, .. } => json!({ "maxLength": max_length }),
        FieldType::Password { max_length } => json!({
            "type": "string", "fieldType": "password", "secret": true, "maxLength": max_length,
            "requirements": (field.built_in() == Some(BuiltIn::Password))
                .then(|| requirements(rules)),
        }),
    }
}

fn items(options: &[Choice]) -> Vec<Value> {
    let item = |option: &Choice| json!({ "value": option.id.to_string(), "label": option.label });
    options.iter().map(item).collect()
}

/// The rules as far as this interface can say them: two patterns and a length.
fn requirements(rules: &PasswordRules) -> Value {
    let alpha = match (rules.require_lower_case, rules.require_upper_case) {
        (true, true) => Some("(?=.*[a-z])(?=.*[A-Z])"),
        (true, false) => Some("[a-z]"),
        (false, true) => Some("[A-Z]"),
        (false, false) => None,
    };
    json!({
        "alpha": alpha,
        "numeric": rules.require_numbers.then_some("[0-9]"),
        "minlength": rules.minimum_password_length,
        "description": format!(
            "Passwords must be at least {} characters long.", rules.minimum_password_length
        ),
    })
}
