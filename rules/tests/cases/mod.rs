//! Answers and what becomes of them, the same in the store and in the browser.

use serde::Deserialize;
use storefront_rules::address::AddressRequirements;
use storefront_rules::text::Decompose;
use storefront_rules::validate::{State, validate_given};
use storefront_rules::{
    AddressFormat, BuiltIn, Context, Field, FieldId, FieldInputs, FieldType, PasswordRules, Value,
    Violation,
};

/// An answer to a field, and what is kept or why it is refused.
#[derive(Debug, Deserialize)]
struct Case {
    /// The platform's name of a field, or the kind of a merchant's own.
    field: String,
    country: Option<String>,
    #[serde(default)]
    states: Vec<String>,
    input: String,
    /// As text; empty where there is nothing to keep.
    value: Option<String>,
    violation: Option<String>,
}

impl Case {
    fn field(&self) -> Option<Field> {
        let kind = match self.field.as_str() {
            "number" => FieldType::Number {
                default: None,
                min: None,
                max: None,
                max_length: None,
            },
            "date" => FieldType::Date {
                default: None,
                min: None,
                max: None,
            },
            "lines" => FieldType::MultilineText {
                default: None,
                rows: 3,
            },
            _ => FieldType::Text {
                default: None,
                max_length: None,
            },
        };
        let mut built_ins = BuiltIn::ALL.iter();
        let built_in = built_ins.find(|built_in| built_in.name() == self.field);
        let is_own = matches!(&*self.field, "number" | "date" | "lines" | "text");
        (built_in.is_some() || is_own).then(|| Field {
            id: built_in.map_or(FieldId(100), |built_in| built_in.id()),
            label: self.field.clone(),
            sort_order: 0,
            required: built_in.is_some(),
            is_built_in: built_in.is_some(),
            kind,
        })
    }

    fn verdict(
        &self,
        field: &Field,
        matches: &dyn Fn(&str, &str) -> bool,
        decompose: Decompose<'_>,
    ) -> Result<String, &'static str> {
        let country = self.country.as_deref().unwrap_or("ZZ");
        let states: Vec<State> = self.states.iter().map(|name| state(name)).collect();
        let format = AddressFormat::of(country);
        let context = Context {
            passwords: &PasswordRules::default(),
            country: self.country.as_deref(),
            requirements: &AddressRequirements::new(format, !states.is_empty()),
            states: &states,
            matches,
            decompose,
        };
        let answers = FieldInputs::from([(field.id, self.input.as_str().into())]);
        let verdict = validate_given(field, &answers, &context);
        let verdict = verdict.map(|value| value.map(text).unwrap_or_default());
        verdict.map_err(|violation: Violation| violation.code())
    }
}

fn state(name: &str) -> State {
    State {
        name: name.to_owned(),
        abbreviation: String::new(),
    }
}

fn text(value: Value) -> String {
    match value {
        Value::Text(text) | Value::MultilineText(text) => text,
        Value::Number(number) => number.to_string(),
        Value::Date(date) => date.to_string(),
        Value::Checkboxes(_) | Value::MultipleChoice(_) | Value::Password(_) => String::new(),
    }
}

/// The cases with another verdict than they should have, in words.
pub(crate) fn failures(
    matches: &dyn Fn(&str, &str) -> bool,
    decompose: Decompose<'_>,
) -> Vec<String> {
    let cases: Vec<Case> = match serde_json::from_str(include_str!("cases.json")) {
        Ok(cases) => cases,
        Err(error) => return vec![error.to_string()],
    };
    let failures = cases.iter().filter_map(|case| {
        let Some(field) = case.field() else {
            return Some(format!("{case:?}: no such field"));
        };
        let verdict = case.verdict(&field, matches, decompose);
        let is_right = match &verdict {
            Ok(value) => case.value.as_ref() == Some(value),
            Err(code) => case.violation.as_deref() == Some(*code),
        };
        (!is_right).then(|| format!("{case:?}: {verdict:?}"))
    });
    failures.collect()
}
