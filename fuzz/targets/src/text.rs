//! What shoppers type: e-mail addresses, numbers, days, passwords, names.

use storefront_rules::address::AddressRequirements;
use storefront_rules::email::{LENGTH, is_email};
use storefront_rules::text::{folded, in_ascii, trim, visible};
use storefront_rules::validate::{State, find_state};
use storefront_rules::{
    Context, Date, Field, FieldId, FieldInputs, FieldType, PasswordRules, Value, Violation,
    validate,
};

/// The same text as an answer to a field of each kind.
pub fn text(data: &[u8]) {
    let text = String::from_utf8_lossy(data);
    let text = text.as_ref();
    email(text);
    day(text);
    number(text);
    password(text);
    letters(text);
}

fn email(text: &str) {
    if is_email(text) {
        assert!(LENGTH.contains(&text.chars().count()));
        assert_eq!(text.matches('@').count(), 1);
        assert_eq!(trim(text), text);
        assert!(!text.contains(char::is_whitespace));
    }
}

fn day(text: &str) {
    if let Ok(date) = text.parse::<Date>() {
        assert_eq!(date.to_string(), text);
        assert_eq!(Date::from_utc(&date.to_utc()), Ok(date));
        assert_eq!(Date::new(date.year(), date.month(), date.day()), Ok(date));
    }
    if let Ok(date) = Date::from_utc(text) {
        assert!(text.starts_with(&date.to_string()));
    }
}

fn number(text: &str) {
    let kind = FieldType::Number {
        default: None,
        min: None,
        max: None,
        max_length: Some(20),
    };
    match answer(kind, text) {
        Ok(Some(Value::Number(number))) => {
            assert!(number.is_finite());
            let ascii = in_ascii(text).replace([',', '٫'], ".");
            if let Ok(same) = ascii.parse::<f64>() {
                assert_eq!(number, same, "{text:?}");
            }
        }
        Ok(None) => assert_eq!(in_ascii(text), "", "{text:?} is no answer"),
        Ok(Some(other)) => panic!("a number field has {other:?}"),
        Err(_) => {}
    }
}

fn password(text: &str) {
    let rules = PasswordRules {
        minimum_password_length: 8,
        require_lower_case: true,
        require_upper_case: true,
        require_numbers: true,
        minimum_numbers: 2,
        require_special_characters: true,
        minimum_special_characters: 1,
    };
    let unmet = rules.first_unmet(text);
    let requirements = rules.requirements();
    assert_eq!(
        unmet.is_none(),
        requirements.iter().all(|one| one.is_met(text))
    );
}

fn letters(text: &str) {
    let seen = visible(text);
    assert_eq!(visible(&seen), seen);
    assert_eq!(trim(trim(text)), trim(text));
    let fold = |text: &str| folded(text, &str::to_lowercase);
    assert_eq!(fold(text), fold(&text.to_ascii_uppercase()));
    let states = [State {
        name: text.to_owned(),
        abbreviation: "XX".to_owned(),
    }];
    assert_eq!(
        find_state(&states, text, &str::to_lowercase).is_some(),
        !fold(text).is_empty()
    );
}

/// What a form makes of a text in its only field.
fn answer(kind: FieldType, text: &str) -> Result<Option<Value>, Violation> {
    let id = FieldId(100);
    let field = Field {
        id,
        label: String::new(),
        sort_order: 0,
        required: false,
        is_built_in: false,
        kind,
    };
    let context = Context {
        passwords: &PasswordRules::default(),
        country: None,
        requirements: &AddressRequirements::NO_ADDRESS,
        states: &[],
        matches: &|_, _| true,
        decompose: &str::to_lowercase,
    };
    let answers: FieldInputs = [(id, text.into())].into();
    validate(&[field], &answers, &context)
        .map(|mut values| values.remove(&id))
        .map_err(|violations| violations.into_iter().next().expect("a reason").1)
}
