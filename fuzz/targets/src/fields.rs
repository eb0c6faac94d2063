//! Definitions of fields from JSON, and answers to them.

use serde::Deserialize;
use std::cell::RefCell;
use std::collections::HashMap;
use storefront_rules::address::AddressRequirements;
use storefront_rules::validate::State;
use storefront_rules::{
    AddressFormat, Context, Field, FieldId, FieldInput, FieldInputs, PasswordRules, Value, Values,
    validate,
};

#[derive(Deserialize)]
struct Form {
    fields: Vec<Field>,
    #[serde(default)]
    answers: Vec<(FieldId, Answer)>,
    #[serde(default)]
    country: String,
    /// Name and abbreviation.
    #[serde(default)]
    states: Vec<(String, String)>,
    #[serde(default)]
    passwords: PasswordRules,
}

#[derive(Deserialize)]
#[serde(untagged)]
enum Answer {
    Strings(Vec<String>),
    Plain(Vec<String>),
    Typed(Value),
}

/// A form and answers to it, as JSON. What passes has the type that its field asks for, and passes again as it is.
pub fn fields(data: &[u8]) {
    let Ok(form) = serde_json::from_slice::<Form>(data) else {
        return;
    };
    let format = AddressFormat::of(&form.country);
    let requirements = AddressRequirements::new(format, !form.states.is_empty());
    let states: Vec<State> = form
        .states
        .into_iter()
        .map(|(name, abbreviation)| State { name, abbreviation })
        .collect();
    let context = Context {
        passwords: &form.passwords,
        country: AddressFormat::known(&form.country).map(|known| known.country),
        requirements: &requirements,
        states: &states,
        matches: &matches_whole,
        decompose: &str::to_lowercase,
    };
    let answers: FieldInputs = form
        .answers
        .into_iter()
        .map(|(id, answer)| {
            let input = match answer {
                Answer::Strings(texts) => FieldInput::Strings(texts),
                Answer::Plain(texts) => FieldInput::Plain(texts),
                Answer::Typed(value) => FieldInput::Typed(value),
            };
            (id, input)
        })
        .collect();
    let asked = form.fields;
    let is_twice =
        |at: usize, field: &Field| asked.iter().skip(at + 1).any(|other| other.id == field.id);
    // An id is one field's: a store keeps no two of them.
    if asked
        .iter()
        .enumerate()
        .any(|(at, field)| is_twice(at, field))
    {
        return;
    }
    match validate(&asked, &answers, &context) {
        Ok(values) => {
            let again = |values: &Values| -> FieldInputs {
                let pairs = values.iter();
                pairs
                    .map(|(id, value)| (*id, value.clone().into()))
                    .collect()
            };
            assert_eq!(
                validate(&asked, &again(&values), &context),
                Ok(values.clone()),
                "what passed passes again, unchanged"
            );
        }
        Err(violations) => {
            assert!(!violations.is_empty(), "a refusal has a reason");
            for (id, violation) in &violations {
                let is_asked = asked.iter().any(|field| field.id == *id);
                assert_ne!(is_asked, violation.code() == "unknown_field", "{id:?}");
            }
        }
    }
}

thread_local! {
    static PATTERNS: RefCell<HashMap<String, regex::Regex>> = RefCell::default();
}

/// Whether a text as a whole matches the pattern of a country's postal codes.
pub(crate) fn matches_whole(pattern: &str, text: &str) -> bool {
    PATTERNS.with_borrow_mut(|known| {
        let compiled = known.entry(pattern.to_owned());
        compiled
            .or_insert_with(|| regex::Regex::new(&format!("^(?:{pattern})$")).expect("a pattern"))
            .is_match(text)
    })
}
