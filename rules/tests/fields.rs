//! The one validator: every kind of field, the platform's own fields, and what holds for any form.

use icu_normalizer::DecomposingNormalizerBorrowed;
use proptest::prelude::*;
use proptest::sample::{select, subsequence};
use regex::Regex;
use std::collections::BTreeSet;
use std::slice;
use storefront_rules::address::AddressRequirements;
use storefront_rules::text::is_invisible;
use storefront_rules::validate::{State, find_state, validate_field, validate_given};
use storefront_rules::{
    AddressFormat, BuiltIn, Choice, Context, Date, Field, FieldId, FieldInput, FieldInputs,
    FieldType, PasswordRules, Requirement, Secret, Value, Values, Violation, Violations, validate,
};

/// A merchant's own field.
const OWN: FieldId = FieldId(100);

/// What the answers are validated against: the address's country and the store's settings.
#[derive(Clone, Debug)]
struct Scene {
    passwords: PasswordRules,
    country: Option<&'static str>,
    states: Vec<State>,
}

impl Scene {
    fn of(country: &'static str) -> Self {
        Self {
            passwords: PasswordRules {
                minimum_password_length: 8,
                require_numbers: true,
                ..PasswordRules::default()
            },
            country: Some(country),
            states: Vec::new(),
        }
    }

    fn with_states(self, states: &[(&str, &str)]) -> Self {
        let states = states.iter().map(|(name, abbreviation)| State {
            name: (*name).to_owned(),
            abbreviation: (*abbreviation).to_owned(),
        });
        Self {
            states: states.collect(),
            ..self
        }
    }

    fn requirements(&self) -> AddressRequirements {
        AddressRequirements::new(
            AddressFormat::of(self.country.unwrap_or("ZZ")),
            !self.states.is_empty(),
        )
    }

    fn validating<T>(&self, check: impl FnOnce(&Context<'_>) -> T) -> T {
        check(&Context {
            passwords: &self.passwords,
            country: self.country,
            requirements: &self.requirements(),
            states: &self.states,
            matches: &|pattern, text| {
                Regex::new(&format!("^(?-u:{pattern})$")).is_ok_and(|regex| regex.is_match(text))
            },
            decompose: &decompose,
        })
    }

    fn validate(&self, fields: &[Field], answers: &FieldInputs) -> Result<Values, Violations> {
        self.validating(|context| validate(fields, answers, context))
    }

    /// The verdict on the answer to one of the platform's own fields.
    fn built_in(&self, built_in: BuiltIn, answer: &str) -> Result<Option<Value>, Violation> {
        let kind = if matches!(built_in, BuiltIn::Password | BuiltIn::ConfirmPassword) {
            password(None)
        } else if built_in == BuiltIn::Country {
            picklist(&[])
        } else {
            text(None)
        };
        let field = field(built_in.id(), true, kind, true);
        let answers = FieldInputs::from([(field.id, FieldInput::from(answer))]);
        self.validating(|context| validate_field(&field, &answers, context))
    }
}

fn decompose(text: &str) -> String {
    let nfkd = DecomposingNormalizerBorrowed::new_nfkd();
    nfkd.normalize(text).to_lowercase()
}

fn field(id: FieldId, is_built_in: bool, kind: FieldType, required: bool) -> Field {
    Field {
        id,
        label: "Label".to_owned(),
        sort_order: 0,
        required,
        is_built_in,
        kind,
    }
}

fn day(text: &str) -> Date {
    text.parse().unwrap_or_else(|_| unreachable!("{text}"))
}

fn options(ids: &[i32]) -> Vec<Choice> {
    let option = |id: &i32| Choice {
        id: *id,
        label: format!("Option {id}"),
    };
    ids.iter().map(option).collect()
}

fn text(max_length: Option<u32>) -> FieldType {
    FieldType::Text {
        default: None,
        max_length,
    }
}

fn multiline() -> FieldType {
    FieldType::MultilineText {
        default: None,
        rows: 3,
    }
}

fn number(min: f64, max: f64, max_length: u32) -> FieldType {
    FieldType::Number {
        default: None,
        min: Some(min),
        max: Some(max),
        max_length: Some(max_length),
    }
}

fn date(min: &str, max: &str) -> FieldType {
    FieldType::Date {
        default: None,
        min: Some(day(min)),
        max: Some(day(max)),
    }
}

fn picklist(ids: &[i32]) -> FieldType {
    FieldType::Picklist {
        choose_prefix: "Choose".to_owned(),
        options: options(ids),
    }
}

fn picklist_or_text(max_length: Option<u32>) -> FieldType {
    FieldType::PicklistOrText {
        picklist_prefix: "Choose".to_owned(),
        max_length,
    }
}

fn password(max_length: Option<u32>) -> FieldType {
    FieldType::Password { max_length }
}

fn every_kind() -> [FieldType; 10] {
    [
        text(Some(10)),
        multiline(),
        number(0.0, 10.0, 4),
        date("1900-01-01", "2026-12-31"),
        FieldType::Checkboxes {
            options: options(&[1, 2, 3]),
        },
        FieldType::RadioButtons {
            options: options(&[1, 2]),
        },
        picklist(&[1, 2]),
        picklist(&[]),
        picklist_or_text(Some(10)),
        password(Some(20)),
    ]
}

fn texts(texts: &[&str]) -> FieldInput {
    FieldInput::Strings(texts.iter().map(|text| (*text).to_owned()).collect())
}

fn secret(text: &str) -> Value {
    Value::Password(Secret::new(text))
}

/// The verdict on the answer to a merchant's own field.
fn validated(
    kind: &FieldType,
    required: bool,
    answer: Option<FieldInput>,
) -> Result<Option<Value>, Violation> {
    let field = field(OWN, false, kind.clone(), required);
    let answers: FieldInputs = answer.map(|answer| (OWN, answer)).into_iter().collect();
    Scene::of("US").validating(|context| validate_field(&field, &answers, context))
}

#[test]
fn an_empty_answer_is_missing_where_it_must_be_given_and_nothing_elsewhere() {
    for kind in every_kind() {
        for answer in [None, Some(texts(&[])), Some(texts(&[""]))] {
            assert_eq!(
                validated(&kind, true, answer.clone()),
                Err(Violation::Missing)
            );
            assert_eq!(validated(&kind, false, answer), Ok(None), "{kind:?}");
        }
    }
    for (kind, nothing) in [
        (text(None), Value::Text(String::new())),
        (text(None), Value::Text(" ".to_owned())),
        (multiline(), Value::MultilineText("\r\n ".to_owned())),
        (picklist(&[]), Value::Text(String::new())),
        (picklist_or_text(None), Value::Text(String::new())),
        (every_kind()[4].clone(), Value::Checkboxes(Vec::new())),
        (password(None), secret("")),
    ] {
        let answer = Some(FieldInput::Typed(nothing));
        assert_eq!(
            validated(&kind, true, answer.clone()),
            Err(Violation::Missing)
        );
        assert_eq!(validated(&kind, false, answer), Ok(None), "{kind:?}");
    }
}

#[test]
fn the_empty_value_of_a_kind_is_of_its_type_and_says_nothing() {
    for kind in every_kind() {
        let Some(empty) = Value::empty(&kind) else {
            continue;
        };
        let answer = || Some(FieldInput::Typed(empty.clone()));
        assert_eq!(validated(&kind, false, answer()), Ok(None), "{kind:?}");
        assert_eq!(
            validated(&kind, true, answer()),
            Err(Violation::Missing),
            "{kind:?}"
        );
    }
}

#[test]
fn a_form_without_an_address_asks_for_no_part_of_one_and_for_everything_else() {
    for built_in in BuiltIn::ALL {
        let field = field(built_in.id(), true, text(None), true);
        let is_asked = !matches!(built_in, BuiltIn::State | BuiltIn::Zip);
        assert_eq!(
            AddressRequirements::NO_ADDRESS.asks(&field),
            is_asked,
            "{built_in:?}"
        );
        assert_eq!(
            AddressRequirements::NO_ADDRESS.requires(&field),
            is_asked,
            "{built_in:?}"
        );
    }
}

#[test]
fn a_blank_answer_is_an_empty_one_in_every_field_but_a_password() {
    for kind in every_kind() {
        for blank in [
            " ",
            "\t\r\n",
            "\u{a0}\u{3000}",
            "\u{200b}",
            " \u{200d}\u{feff}",
        ] {
            let verdict = validated(&kind, true, Some(blank.into()));
            if let FieldType::Password { .. } = kind {
                assert_eq!(verdict, Ok(Some(secret(blank))));
            } else {
                assert_eq!(verdict, Err(Violation::Missing), "{kind:?} {blank:?}");
            }
        }
    }
}

#[test]
fn fine_answers_become_typed_values() {
    let [
        text,
        multiline,
        number,
        date,
        checkboxes,
        radio,
        list,
        free,
        either,
        password,
    ] = every_kind();
    let plain = |text: &str| Value::Text(text.to_owned());
    for (kind, answer, value) in [
        (&text, texts(&["fine"]), plain("fine")),
        (&text, texts(&["  fine  "]), plain("fine")),
        (&text, texts(&["0123456789"]), plain("0123456789")),
        (&text, texts(&["éééééééééé"]), plain("éééééééééé")),
        (&text, texts(&["<b>"]), plain("<b>")),
        (&text, texts(&["first", "second"]), plain("first")),
        (
            &multiline,
            texts(&[" a\r\nb\tc\n "]),
            Value::MultilineText("a\nb\tc".to_owned()),
        ),
        (
            &multiline,
            Value::MultilineText("a\r\nb".to_owned()).into(),
            Value::MultilineText("a\nb".to_owned()),
        ),
        (&number, texts(&["7"]), Value::Number(7.0)),
        (&number, texts(&["+7"]), Value::Number(7.0)),
        (&number, texts(&[" 2.5 "]), Value::Number(2.5)),
        (&number, texts(&["2,5"]), Value::Number(2.5)),
        (&number, texts(&[".5"]), Value::Number(0.5)),
        (&number, texts(&["5."]), Value::Number(5.0)),
        (&number, texts(&["007"]), Value::Number(7.0)),
        (&number, texts(&["0.07"]), Value::Number(0.07)),
        (&number, texts(&["0"]), Value::Number(0.0)),
        (&number, texts(&["10"]), Value::Number(10.0)),
        (&number, Value::Number(9.99).into(), Value::Number(9.99)),
        (
            &date,
            texts(&["2024-02-29"]),
            Value::Date(day("2024-02-29")),
        ),
        (
            &date,
            texts(&["1900-01-01"]),
            Value::Date(day("1900-01-01")),
        ),
        (
            &date,
            texts(&["2026-12-31"]),
            Value::Date(day("2026-12-31")),
        ),
        (&checkboxes, texts(&["2"]), Value::Checkboxes(vec![2])),
        (
            &checkboxes,
            texts(&["", "3", " 1 ", "3"]),
            Value::Checkboxes(vec![1, 3]),
        ),
        (
            &checkboxes,
            Value::Checkboxes(vec![3, 1, 3]).into(),
            Value::Checkboxes(vec![1, 3]),
        ),
        (&radio, texts(&["2"]), Value::MultipleChoice(2)),
        (&list, texts(&["1"]), Value::MultipleChoice(1)),
        (&free, texts(&["anything"]), plain("anything")),
        (&either, texts(&["Bavaria"]), plain("Bavaria")),
        (&password, texts(&[" s p a c e "]), secret(" s p a c e ")),
    ] {
        assert_eq!(
            validated(kind, true, Some(answer.clone())),
            Ok(Some(value)),
            "{answer:?}"
        );
    }
}

#[test]
fn answers_that_do_not_fit_are_refused_with_the_reason() {
    use Violation::{
        ForbiddenCharacters, NotADate, NotANumber, TooEarly, TooLarge, TooLate, TooLong, TooSmall,
        UnknownOption,
    };
    let [
        text,
        multiline,
        number,
        date,
        checkboxes,
        radio,
        list,
        free,
        either,
        password,
    ] = every_kind();
    for (kind, answer, violation) in [
        (&text, texts(&["01234567890"]), TooLong(10)),
        (&text, texts(&["ééééééééééé"]), TooLong(10)),
        (&text, texts(&["a\nb"]), ForbiddenCharacters),
        (&text, texts(&["a\0b"]), ForbiddenCharacters),
        (&multiline, texts(&["a\0b"]), ForbiddenCharacters),
        (&multiline, texts(&["a\u{1b}[0m"]), ForbiddenCharacters),
        (&number, texts(&["0.125"]), TooLong(4)),
        (&number, texts(&["10.5"]), TooLarge(10.0)),
        (&number, texts(&["-1"]), TooSmall(0.0)),
        (&number, texts(&["seven"]), NotANumber),
        (&number, texts(&["1e3"]), NotANumber),
        (&number, texts(&["0x7"]), NotANumber),
        (&number, texts(&["1.2.3"]), NotANumber),
        (&number, texts(&["1,234.5"]), NotANumber),
        (&number, texts(&["1,000"]), NotANumber),
        (&number, texts(&["-12,345"]), NotANumber),
        (&number, texts(&["1.000"]), NotANumber),
        (&number, texts(&["-12.500"]), NotANumber),
        (&number, texts(&["1.125"]), NotANumber),
        (&number, texts(&["1 000"]), NotANumber),
        (&number, texts(&["--1"]), NotANumber),
        (&number, texts(&["1-"]), NotANumber),
        (&number, texts(&["."]), NotANumber),
        (&number, texts(&["-"]), NotANumber),
        (&number, texts(&["inf"]), NotANumber),
        (&number, texts(&["NaN"]), NotANumber),
        (&number, Value::Number(f64::NAN).into(), NotANumber),
        (&number, Value::Number(f64::INFINITY).into(), NotANumber),
        (&number, Value::Number(1e300).into(), TooLong(4)),
        (&date, texts(&["2023-02-29"]), NotADate),
        (&date, texts(&["31.01.2024"]), NotADate),
        (&date, texts(&["1899-12-31"]), TooEarly(day("1900-01-01"))),
        (&date, texts(&["2027-01-01"]), TooLate(day("2026-12-31"))),
        (&checkboxes, texts(&["1", "4"]), UnknownOption),
        (&checkboxes, texts(&["one"]), UnknownOption),
        (
            &checkboxes,
            Value::Checkboxes(vec![1, 4]).into(),
            UnknownOption,
        ),
        (&radio, texts(&["3"]), UnknownOption),
        (&radio, texts(&["Option 1"]), UnknownOption),
        (&radio, texts(&["99999999999"]), UnknownOption),
        (&list, texts(&["3"]), UnknownOption),
        (&list, Value::MultipleChoice(-1).into(), UnknownOption),
        (&free, texts(&["a\nb"]), ForbiddenCharacters),
        (&either, texts(&["01234567890"]), TooLong(10)),
        (&password, texts(&["012345678901234567890"]), TooLong(20)),
    ] {
        assert_eq!(
            validated(kind, true, Some(answer.clone())),
            Err(violation),
            "{answer:?}"
        );
    }
}

#[test]
fn a_number_is_read_to_its_last_digit_or_not_at_all() {
    let any = FieldType::Number {
        default: None,
        min: None,
        max: None,
        max_length: None,
    };
    for (typed, number) in [
        ("9007199254740991", Some(9_007_199_254_740_991.0)),
        ("-9007199254740991", Some(-9_007_199_254_740_991.0)),
        ("9007199254740992", None),
        ("18446744073709551616", None),
        ("99999999999999999999999", None),
        ("0.0000000000000000000001", Some(1e-22)),
        ("0.00000000000000000000001", None),
        ("-0.5", Some(-0.5)),
        ("0,125", Some(0.125)),
        (",125", Some(0.125)),
        ("00.125", Some(0.125)),
        ("1.125", None),
        ("1.1250", Some(1.125)),
        ("1٫000", Some(1.0)),
        ("999,999", None),
        ("-1.234", None),
        ("+12.345", None),
        ("１．２３４", None),
        ("١.٢٣٤", None),
        ("1234,567", Some(1234.567)),
        ("1,5", Some(1.5)),
        ("12,3456", Some(12.3456)),
        ("+,", None),
    ] {
        let number = number.map(|number| Some(Value::Number(number)));
        let number = number.ok_or(Violation::NotANumber);
        assert_eq!(
            validated(&any, true, Some(texts(&[typed]))),
            number,
            "{typed}"
        );
    }
}

#[test]
fn a_point_before_three_decimals_is_clear_where_a_program_wrote_it_or_the_form_began_with_it() {
    let kind = |default| FieldType::Number {
        default,
        min: None,
        max: None,
        max_length: None,
    };
    let verdict = |default, answer: FieldInput| validated(&kind(default), true, Some(answer));
    let plain = |text: &str| FieldInput::Plain(vec![text.to_owned()]);
    let number = |number| Ok(Some(Value::Number(number)));
    for text in ["1.125", "12.345", "-999.001"] {
        let value = text.parse().unwrap_or_default();
        assert_eq!(verdict(None, texts(&[text])), Err(Violation::NotANumber));
        assert_eq!(verdict(None, plain(text)), number(value), "{text}");
        assert_eq!(verdict(Some(value), texts(&[text])), number(value));
        assert_eq!(verdict(None, Value::Number(value).into()), number(value));
    }
    // No program writes a comma before decimals.
    assert_eq!(verdict(None, plain("1,125")), Err(Violation::NotANumber));
    let other = verdict(Some(2.5), texts(&["1.125"]));
    assert_eq!(other, Err(Violation::NotANumber));
}

#[test]
fn both_ends_of_a_limit_belong_to_it() {
    let [_, _, number, date, ..] = every_kind();
    for (kind, answer, fits) in [
        (&number, "0", true),
        (&number, "-0.5", false),
        (&number, "10", true),
        (&number, "10.1", false),
        (&number, "9.25", true),
        (&number, "9.1255", false),
        (&date, "1900-01-01", true),
        (&date, "1899-12-31", false),
        (&date, "2026-12-31", true),
        (&date, "2027-01-01", false),
    ] {
        let verdict = validated(kind, true, Some(texts(&[answer])));
        assert_eq!(verdict.is_ok(), fits, "{answer}: {verdict:?}");
    }
}

#[test]
fn a_value_of_another_type_is_refused_by_every_kind() {
    let values = [
        Value::Text("1".to_owned()),
        Value::MultilineText("1".to_owned()),
        Value::Number(1.0),
        Value::Date(day("2024-01-01")),
        Value::Checkboxes(vec![1]),
        Value::MultipleChoice(1),
        secret("1"),
    ];
    // The place of the one type that each kind takes, in the order of `every_kind`.
    let takes = [0, 1, 2, 3, 4, 5, 5, 0, 0, 6];
    for (kind, taken) in every_kind().iter().zip(takes) {
        for (place, value) in values.iter().enumerate() {
            let verdict = validated(kind, true, Some(value.clone().into()));
            let is_type = !matches!(verdict, Err(Violation::WrongType));
            // A pick list's free text is known only to lists without options; its ids to those with.
            let is_free_list = place == 5
                && matches!(kind, FieldType::Picklist { options, .. } if options.is_empty());
            assert_eq!(
                is_type,
                place == taken || is_free_list,
                "{kind:?} {value:?}: {verdict:?}"
            );
        }
    }
}

#[test]
fn a_password_without_a_limit_of_its_own_still_has_one() {
    for (kind, length, fits) in [
        (password(None), 256, true),
        (password(None), 257, false),
        (password(Some(1000)), 256, true),
        (password(Some(1000)), 257, false),
    ] {
        let answer = FieldInput::from("é".repeat(length));
        assert_eq!(
            validated(&kind, true, Some(answer)).is_ok(),
            fits,
            "{length}"
        );
    }
}

#[test]
fn an_answer_to_a_field_that_was_not_asked_is_refused() {
    let fields = [field(OWN, false, text(None), false)];
    let answers = FieldInputs::from([(FieldId(7), "x".into()), (OWN, "fine".into())]);
    assert_eq!(
        Scene::of("US").validate(&fields, &answers),
        Err(vec![(FieldId(7), Violation::UnknownField)])
    );
}

#[test]
fn violations_come_in_the_order_of_the_form_and_unknown_fields_last() {
    let must = |id| field(FieldId(id), false, text(None), true);
    let answers = FieldInputs::from([(FieldId(1), "x".into())]);
    let verdict = Scene::of("US").validate(&[must(30), must(10), must(20)], &answers);
    assert_eq!(
        verdict,
        Err(vec![
            (FieldId(30), Violation::Missing),
            (FieldId(10), Violation::Missing),
            (FieldId(20), Violation::Missing),
            (FieldId(1), Violation::UnknownField),
        ])
    );
}

#[test]
fn a_built_in_field_is_held_against_the_platforms_rules() {
    let us = Scene::of("US");
    let long = |n: usize| "x".repeat(n);
    for (built_in, answer, violation) in [
        (BuiltIn::EmailAddress, "maria@example.com", None),
        (BuiltIn::EmailAddress, "maria", Some("not_an_email")),
        (BuiltIn::Password, "longer-7", None),
        (BuiltIn::Password, "short-7", Some("weak_password")),
        (BuiltIn::Password, "no-digits", Some("weak_password")),
        (BuiltIn::FirstName, "María José", None),
        (BuiltIn::FirstName, "<script>", Some("forbidden_characters")),
        (BuiltIn::FirstName, &long(255), None),
        (BuiltIn::FirstName, &long(256), Some("too_long")),
        (BuiltIn::LastName, &long(256), Some("too_long")),
        (BuiltIn::City, &long(101), Some("too_long")),
        (BuiltIn::CompanyName, &long(255), None),
        (BuiltIn::CompanyName, &long(256), Some("too_long")),
        (BuiltIn::AddressLine1, "1 Main St", None),
        (BuiltIn::AddressLine1, &long(256), Some("too_long")),
        (BuiltIn::AddressLine2, "a > b", Some("forbidden_characters")),
        (BuiltIn::Phone, "+1 (555) 010-9999", None),
        (BuiltIn::Phone, &long(51), Some("too_long")),
        (BuiltIn::Country, "US", None),
        (BuiltIn::Country, "us", None),
        (BuiltIn::Country, "DE", Some("unknown_country")),
        (BuiltIn::State, "Anything", None),
        (BuiltIn::State, &long(101), Some("too_long")),
        (BuiltIn::Zip, "95014", None),
        (BuiltIn::Zip, "9501", Some("not_a_postal_code")),
        (BuiltIn::Zip, &long(31), Some("too_long")),
    ] {
        let verdict = us.built_in(built_in, answer);
        let code = verdict.as_ref().err().map(Violation::code);
        assert_eq!(code, violation, "{built_in:?} {answer:?}: {verdict:?}");
    }
}

#[test]
fn a_custom_field_with_a_built_in_fields_id_is_not_held_against_its_rules() {
    let own = field(BuiltIn::EmailAddress.id(), false, text(None), true);
    let answers = FieldInputs::from([(own.id, "no address".into())]);
    assert!(Scene::of("US").validate(&[own], &answers).is_ok());
}

#[test]
fn the_first_unmet_password_rule_is_the_one_named() {
    let verdict = Scene::of("US").built_in(BuiltIn::Password, "short");
    assert_eq!(
        verdict,
        Err(Violation::WeakPassword(Requirement::Length(8)))
    );
}

#[test]
fn the_repeated_password_must_be_the_same_to_the_letter() {
    let ask = |built_in: BuiltIn| field(built_in.id(), true, password(None), true);
    let fields = [ask(BuiltIn::Password), ask(BuiltIn::ConfirmPassword)];
    let mismatch = Err(vec![(
        BuiltIn::ConfirmPassword.id(),
        Violation::PasswordMismatch,
    )]);
    for (first, second, same) in [
        ("Correct-horse-7", "Correct-horse-7", true),
        (" Correct-horse-7", " Correct-horse-7", true),
        ("Correct-horse-7", "correct-horse-7", false),
        ("Correct-horse-7", "Correct-horse-7 ", false),
    ] {
        let as_text = |text: &str| FieldInput::from(text);
        let as_value = |text: &str| FieldInput::Typed(secret(text));
        for (one, two) in [
            (as_text(first), as_text(second)),
            (as_value(first), as_text(second)),
            (as_text(first), as_value(second)),
        ] {
            let answers = FieldInputs::from([
                (BuiltIn::Password.id(), one),
                (BuiltIn::ConfirmPassword.id(), two),
            ]);
            let verdict = Scene::of("US").validate(&fields, &answers);
            assert!(
                if same {
                    verdict.is_ok()
                } else {
                    verdict == mismatch
                },
                "{first:?} {second:?}"
            );
        }
    }
    let alone = FieldInputs::from([(BuiltIn::ConfirmPassword.id(), "Correct-horse-7".into())]);
    let verdict = Scene::of("US").validate(&fields[1..], &alone);
    assert_eq!(verdict, mismatch);
}

#[test]
fn a_country_the_store_does_not_know_is_refused_and_a_known_one_is_written_its_way() {
    let nowhere = Scene {
        country: None,
        ..Scene::of("US")
    };
    assert_eq!(
        nowhere.built_in(BuiltIn::Country, "XX"),
        Err(Violation::UnknownCountry)
    );
    assert_eq!(
        Scene::of("DE").built_in(BuiltIn::Country, " de "),
        Ok(Some(Value::Text("DE".to_owned())))
    );
}

#[test]
fn a_state_is_one_of_those_listed_and_free_where_none_are() {
    let us = Scene::of("US").with_states(&[("New York", "NY"), ("Ny", "XX"), ("Iowa", "")]);
    for (answer, name) in [
        ("New York", Some("New York")),
        ("new york", Some("New York")),
        ("XX", Some("Ny")),
        // A name goes before an abbreviation.
        ("NY", Some("Ny")),
        ("Iowa", Some("Iowa")),
        ("\u{200b}ＮＯＷＨＥＲＥ", None),
        (" IOWA\u{200b} ", Some("Iowa")),
        ("Bavaria", None),
    ] {
        let verdict = us.built_in(BuiltIn::State, answer);
        let expected = name.map_or(Err(Violation::UnknownState), |name| {
            Ok(Some(Value::Text(name.to_owned())))
        });
        assert_eq!(verdict, expected, "{answer}");
    }
    assert_eq!(find_state(&us.states, " ", &decompose), None);
    let free = Scene::of("US").built_in(BuiltIn::State, "Anywhere");
    assert_eq!(free, Ok(Some(Value::Text("Anywhere".to_owned()))));
}

#[test]
fn a_state_is_found_by_its_letters_without_case_and_accents() {
    let mexico = Scene::of("MX").with_states(&[("Nuevo León", "N.L."), ("México", "MEX")]);
    for answer in ["NUEVO LEÓN", "nuevo leon", "Nuevo Leo\u{301}n", "n.l."] {
        let verdict = mexico.built_in(BuiltIn::State, answer);
        let name = Value::Text("Nuevo León".to_owned());
        assert_eq!(verdict, Ok(Some(name)), "{answer}");
    }
}

#[test]
fn what_cannot_be_seen_is_dropped_and_refused_inside_an_e_mail_address() {
    let scene = Scene::of("US");
    let kept = |field, answer| scene.built_in(field, answer);
    let text = |text: &str| Ok(Some(Value::Text(text.to_owned())));
    let name = kept(BuiltIn::FirstName, "\u{feff}Ju\u{200b}n\u{202e}");
    assert_eq!(name, text("Jun"));
    let email = kept(BuiltIn::EmailAddress, "\u{feff}jun@example.com\u{200b} ");
    assert_eq!(email, text("jun@example.com"));
    let inside = kept(BuiltIn::EmailAddress, "ju\u{200b}n@example.com");
    assert_eq!(inside, Err(Violation::NotAnEmail));
    for blank in [
        "\u{200b}\u{3164}",
        "\u{200c}",
        "\u{200d}",
        "\u{fe0f}",
        "\u{2800}",
    ] {
        for asked in [BuiltIn::FirstName, BuiltIn::City] {
            assert_eq!(kept(asked, blank), Err(Violation::Missing), "{blank:?}");
        }
    }
}

#[test]
fn digits_of_every_script_are_read_in_numbers_and_dates() {
    let number = number(-1000.0, 1000.0, 10);
    let date = date("1900-01-01", "2100-01-01");
    for (kind, answer, value) in [
        (&number, "١٢", Value::Number(12.0)),
        (&number, "-۱٫۵", Value::Number(-1.5)),
        (&number, "１２", Value::Number(12.0)),
        (&number, "\u{200e}7\u{200e}", Value::Number(7.0)),
        (&number, "2\u{200d}", Value::Number(2.0)),
        (&number, "１．５", Value::Number(1.5)),
        (&number, "１，５", Value::Number(1.5)),
        (&number, "－5", Value::Number(-5.0)),
        (&number, "\u{2212}5", Value::Number(-5.0)),
        (&number, "0,125", Value::Number(0.125)),
        (&number, "0.500", Value::Number(0.5)),
        (&number, "1٫500", Value::Number(1.5)),
        (&date, "٢٠٢٦-٠١-٣١", Value::Date(day("2026-01-31"))),
        (
            &date,
            "２０２０－０１－３１",
            Value::Date(day("2020-01-31")),
        ),
        (&date, "2026-01-31\u{200d}", Value::Date(day("2026-01-31"))),
    ] {
        let asked = field(FieldId(50), false, kind.clone(), false);
        let answers = FieldInputs::from([(asked.id, answer.into())]);
        let verdict = Scene::of("US").validate(std::slice::from_ref(&asked), &answers);
        let kept = verdict.map(|values| values.get(&asked.id).cloned());
        assert_eq!(kept, Ok(Some(value)), "{answer}");
    }
}

#[test]
fn an_e_mail_address_is_the_one_that_is_seen() {
    let scene = Scene::of("US");
    let kept = |answer: &str| scene.built_in(BuiltIn::EmailAddress, answer);
    let address = Value::Text("jun@example.com".to_owned());
    let invisible = ('\0'..=char::MAX).filter(|c| is_invisible(*c));
    for c in invisible {
        for around in [
            format!("{c}jun@example.com"),
            format!("jun@example.com {c}"),
        ] {
            assert_eq!(kept(&around), Ok(Some(address.clone())), "{c:?}");
        }
        for inside in [format!("ju{c}n@example.com"), format!("jun@exam{c}ple.com")] {
            assert_eq!(kept(&inside), Err(Violation::NotAnEmail), "{c:?}");
        }
    }
}

#[test]
fn lines_of_text_lose_what_cannot_be_seen_as_one_line_does() {
    for answer in [
        texts(&["\u{feff}one\r\n\u{200b}two\u{2060} "]),
        Value::MultilineText("\u{feff}one\r\n\u{200b}two\u{2060} ".to_owned()).into(),
    ] {
        let kept = Value::MultilineText("one\ntwo".to_owned());
        assert_eq!(validated(&multiline(), true, Some(answer)), Ok(Some(kept)));
    }
    let blank = Value::MultilineText("\u{200d}\n\u{200b}".to_owned());
    let verdict = validated(&multiline(), true, Some(blank.into()));
    assert_eq!(verdict, Err(Violation::Missing));
}

// The platform keeps a telephone number as text, and shows it to the merchant as it was typed.
#[test]
fn a_telephone_number_stays_as_it_was_typed() {
    for phone in [
        "+٩٧١ ٥٠ ١٢٣ ٤٥٦٧",
        "０３－１２３４－５６７８",
        "+1 (555) 010-9999",
    ] {
        let kept = Scene::of("AE").built_in(BuiltIn::Phone, phone);
        assert_eq!(kept, Ok(Some(Value::Text(phone.to_owned()))));
    }
}

#[test]
fn what_a_country_does_not_write_is_neither_asked_for_nor_kept() {
    let zip = field(BuiltIn::Zip.id(), true, text(None), true);
    let state = field(BuiltIn::State.id(), true, picklist_or_text(None), true);
    let answers = FieldInputs::from([
        (zip.id, "left over from before".into()),
        (state.id, "left over from before".into()),
    ]);
    // The Emirates have no postal code, Monaco no states.
    let verdict = Scene::of("AE").validate(std::slice::from_ref(&zip), &FieldInputs::new());
    assert_eq!(verdict, Ok(Values::new()));
    let verdict = Scene::of("MC").validate(std::slice::from_ref(&state), &FieldInputs::new());
    assert_eq!(verdict, Ok(Values::new()));
    let kept = Scene::of("AE").validate(&[zip, state], &answers);
    assert!(kept.is_ok_and(|values| !values.contains_key(&BuiltIn::Zip.id())));
}

#[test]
fn what_is_given_is_validated_also_where_the_country_does_not_ask_for_it() {
    let state = field(BuiltIn::State.id(), true, picklist_or_text(None), true);
    for (answer, verdict) in [
        ("Bayern", Ok(Some(Value::Text("Bayern".to_owned())))),
        ("", Ok(None)),
        ("<b>", Err(Violation::ForbiddenCharacters)),
    ] {
        let answers = FieldInputs::from([(state.id, answer.into())]);
        let result =
            Scene::of("DE").validating(|context| validate_given(&state, &answers, context));
        assert_eq!(result, verdict, "{answer}");
    }
}

#[test]
fn a_customers_name_has_a_hundred_characters_and_that_of_an_address_255_unless_the_field_says_less()
{
    for (name, max, customer, address) in [
        (BuiltIn::FirstName, None, 100, 255),
        (BuiltIn::LastName, None, 100, 255),
        (BuiltIn::FirstName, Some(255), 100, 255),
        (BuiltIn::LastName, Some(40), 40, 40),
        (BuiltIn::LastName, Some(300), 100, 255),
        (BuiltIn::CompanyName, Some(255), 255, 255),
    ] {
        let name = field(name.id(), true, text(max), true);
        for (name, longest) in [(name.clone().of_customer(), customer), (name, address)] {
            for (length, fits) in [(longest, true), (longest + 1, false)] {
                let answers = FieldInputs::from([(name.id, "x".repeat(length).as_str().into())]);
                let verdict = Scene::of("US").validate(slice::from_ref(&name), &answers);
                assert_eq!(verdict.is_ok(), fits, "{name:?} {length}");
            }
        }
    }
}

#[test]
fn a_postal_code_is_required_where_the_country_requires_it() {
    let zip = [field(BuiltIn::Zip.id(), true, text(None), true)];
    for (country, required) in [("US", true), ("GB", true), ("IE", false), ("HK", false)] {
        let verdict = Scene::of(country).validate(&zip, &FieldInputs::new());
        assert_eq!(verdict.is_err(), required, "{country}");
    }
}

#[test]
fn a_postal_code_is_kept_in_the_countrys_own_form() {
    for (country, typed, kept) in [
        ("CA", "h3z2y7", "H3Z 2Y7"),
        ("JP", "１５４００２３", "154-0023"),
        ("GB", " ec1y8sy ", "EC1Y 8SY"),
        ("GB", "GB-EC1Y 8SY", "EC1Y 8SY"),
        ("DE", "26133\u{200c}", "26133"),
        ("DE", "D\u{2013}26133", "26133"),
    ] {
        let verdict = Scene::of(country).built_in(BuiltIn::Zip, typed);
        assert_eq!(verdict, Ok(Some(Value::Text(kept.to_owned()))), "{country}");
    }
}

#[test]
fn every_built_in_field_is_found_by_its_id_and_no_other() {
    for built_in in BuiltIn::ALL {
        assert_eq!(BuiltIn::from_id(built_in.id()), Some(*built_in));
    }
    let ids: BTreeSet<FieldId> = BuiltIn::ALL.iter().map(|b| b.id()).collect();
    assert_eq!(ids.len(), BuiltIn::ALL.len());
    for id in [-1, 0, 14, 23, 26, 100] {
        assert_eq!(BuiltIn::from_id(FieldId(id)), None);
    }
}

#[test]
fn a_secret_answer_never_shows_in_what_is_printed() {
    let field = field(BuiltIn::Password.id(), true, password(None), true);
    let answers = FieldInputs::from([(field.id, FieldInput::Typed(secret("Correct-horse-7")))]);
    let verdict = Scene::of("US").validate(&[field], &answers);
    assert!(!format!("{answers:?} {verdict:?}").contains("horse"));
}

// What holds for any form.

/// Texts of the kinds that trip a reader: blank, numeric, dates, ids, markup, anything.
fn any_text() -> impl Strategy<Value = String> {
    prop_oneof![
        any::<String>(),
        "[ \t\r\n]{0,3}",
        "[+-]?[0-9]{0,20}[.,]?[0-9]{0,25}",
        "[0-9]{4}-[0-2][0-9]-[0-3][0-9]",
        "[1-4]",
        "[a-z]{1,5}@[a-z]{1,5}",
        "<[a-z]{1,3}>",
        "[A-Z0-9]{1,4}[ -]?[A-Z0-9]{2,4}",
    ]
}

fn any_day() -> impl Strategy<Value = Date> {
    (1_u16..=9999, 1_u8..=12, 1_u8..=28)
        .prop_filter_map("no such day", |(y, m, d)| Date::new(y, m, d).ok())
}

/// Numbers as people write them: up to twelve digits, up to six decimals.
fn any_decimal() -> impl Strategy<Value = f64> {
    (-999_999_999_999_i64..=999_999_999_999, 0..=6_i32)
        .prop_map(|(digits, decimals)| format!("{digits}e-{decimals}"))
        .prop_filter_map("not a number", |text| text.parse().ok())
}

fn any_value() -> impl Strategy<Value = Value> {
    prop_oneof![
        any_text().prop_map(Value::Text),
        any_text().prop_map(Value::MultilineText),
        prop_oneof![any::<f64>(), any_decimal()].prop_map(Value::Number),
        any_day().prop_map(Value::Date),
        proptest::collection::vec(0_i32..6, 0..4).prop_map(Value::Checkboxes),
        (0_i32..6).prop_map(Value::MultipleChoice),
        any_text().prop_map(|text| secret(&text)),
    ]
}

fn any_answer() -> impl Strategy<Value = FieldInput> {
    prop_oneof![
        proptest::collection::vec(any_text(), 0..3).prop_map(FieldInput::Strings),
        any_value().prop_map(FieldInput::Typed),
    ]
}

fn any_kind() -> impl Strategy<Value = FieldType> {
    let limit = || proptest::option::of(0_u32..12);
    let choices = || proptest::collection::vec(0_i32..5, 0..4).prop_map(|ids| options(&ids));
    prop_oneof![
        limit().prop_map(text),
        Just(multiline()),
        (any::<Option<f64>>(), any::<Option<f64>>(), limit()).prop_map(|(min, max, max_length)| {
            FieldType::Number {
                default: None,
                min,
                max,
                max_length,
            }
        }),
        (
            proptest::option::of(any_day()),
            proptest::option::of(any_day())
        )
            .prop_map(|(min, max)| FieldType::Date {
                default: None,
                min,
                max
            }),
        choices().prop_map(|options| FieldType::Checkboxes { options }),
        choices().prop_map(|options| FieldType::RadioButtons { options }),
        choices().prop_map(|options| FieldType::Picklist {
            choose_prefix: String::new(),
            options
        }),
        limit().prop_map(picklist_or_text),
        limit().prop_map(password),
    ]
}

fn any_scene() -> impl Strategy<Value = Scene> {
    let countries: Vec<&str> = AddressFormat::all().map(|layout| layout.country).collect();
    let states = vec![("New York", "NY"), ("Île", ""), ("", "NY"), ("ab", "c")];
    (
        proptest::option::of(select(countries)),
        subsequence(states, 0..=4),
        0_u32..9,
    )
        .prop_map(|(country, states, length)| {
            let scene = Scene {
                country,
                ..Scene::of("ZZ").with_states(&states)
            };
            Scene {
                passwords: PasswordRules {
                    minimum_password_length: length,
                    ..scene.passwords
                },
                ..scene
            }
        })
}

/// Fields of distinct ids, some of them the platform's own, and answers to some and to others.
fn any_form() -> impl Strategy<Value = (Vec<Field>, FieldInputs)> {
    let ids: Vec<i32> = (1..=13).chain([24, 25, 100, 101]).collect();
    let some = subsequence(ids, 0..8).prop_shuffle();
    let fields = some.prop_flat_map(|ids| {
        ids.into_iter()
            .map(|id| {
                (any::<bool>(), any_kind(), any::<bool>()).prop_map(
                    move |(is_built_in, kind, required)| {
                        field(FieldId(id), is_built_in, kind, required)
                    },
                )
            })
            .collect::<Vec<_>>()
    });
    let answers = proptest::collection::vec((1_i32..=14, any_answer()), 0..10);
    (fields, answers).prop_map(|(fields, answers)| {
        let answers = answers
            .into_iter()
            .map(|(id, answer)| (FieldId(id), answer));
        (fields, answers.collect())
    })
}

/// Whether `value` is of the type of `kind`; a pick list without options takes free text.
fn fits(value: &Value, kind: &FieldType) -> bool {
    let is_free = kind.options().is_empty();
    match (value, kind) {
        (Value::Text(_), FieldType::Picklist { .. }) => is_free,
        (Value::MultipleChoice(_), FieldType::Picklist { .. }) => !is_free,
        (Value::Text(_), FieldType::Text { .. } | FieldType::PicklistOrText { .. })
        | (Value::MultilineText(_), FieldType::MultilineText { .. })
        | (Value::Number(_), FieldType::Number { .. })
        | (Value::Date(_), FieldType::Date { .. })
        | (Value::Checkboxes(_), FieldType::Checkboxes { .. })
        | (Value::MultipleChoice(_), FieldType::RadioButtons { .. })
        | (Value::Password(_), FieldType::Password { .. }) => true,
        (_, _) => false,
    }
}

/// The strings a form control would send for a value.
fn as_texts(value: &Value) -> FieldInput {
    FieldInput::Strings(match value {
        Value::Text(text) | Value::MultilineText(text) => vec![text.clone()],
        Value::Number(number) => vec![number.to_string()],
        Value::Date(date) => vec![date.to_string()],
        Value::Checkboxes(ids) => ids.iter().map(ToString::to_string).collect(),
        Value::MultipleChoice(id) => vec![id.to_string()],
        Value::Password(secret) => vec![secret.expose().to_owned()],
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(1000))]

    #[test]
    fn any_answers_to_any_form_get_a_sound_verdict((fields, answers) in any_form(), scene in any_scene()) {
        match scene.validate(&fields, &answers) {
            Ok(values) => {
                for field in &fields {
                    let requirements = scene.requirements();
                    let must = requirements.asks(field) && requirements.requires(field);
                    let value = values.get(&field.id);
                    prop_assert!(value.is_some() || !must, "{:?} is missing", field);
                    prop_assert!(value.is_none_or(|value| fits(value, &field.kind)));
                }
                // What passed passes again, unchanged.
                let again = values.iter().map(|(id, value)| (*id, FieldInput::Typed(value.clone())));
                prop_assert_eq!(scene.validate(&fields, &again.collect()), Ok(values));
            }
            Err(violations) => {
                prop_assert!(!violations.is_empty());
                let place = |id: &FieldId| fields.iter().position(|field| field.id == *id);
                let places: Vec<_> = violations.iter().map(|(id, _)| place(id).unwrap_or(usize::MAX)).collect();
                prop_assert!(places.is_sorted());
                for (id, violation) in &violations {
                    prop_assert_eq!(place(id).is_none(), *violation == Violation::UnknownField);
                }
            }
        }
    }

    #[test]
    fn a_typed_answer_and_its_text_get_the_same_verdict(kind in any_kind(), value in any_value()) {
        // Nobody types exponents, and a double's own digits may be seventeen.
        let is_typable = !matches!(value, Value::Number(number) if number.to_string().len() > 15);
        let FieldInput::Strings(texts) = as_texts(&value) else { unreachable!() };
        if fits(&value, &kind) && is_typable {
            let typed = validated(&kind, true, Some(value.clone().into()));
            prop_assert_eq!(validated(&kind, true, Some(FieldInput::Plain(texts))), typed);
        }
    }

    #[test]
    fn a_number_is_as_long_as_it_is_written(value in any_decimal()) {
        let written = value.to_string();
        let length = u32::try_from(written.len()).unwrap_or(u32::MAX);
        let limited = |max_length| FieldType::Number { default: None, min: None, max: None, max_length: Some(max_length) };
        let verdict = |max| validated(&limited(max), true, Some(FieldInput::Plain(vec![written.clone()])));
        prop_assert_eq!(verdict(length), Ok(Some(Value::Number(value))));
        prop_assert_eq!(verdict(length - 1), Err(Violation::TooLong(length - 1)));
    }
}
