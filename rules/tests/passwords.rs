//! The store's rules for passwords, and the secrecy of one.

use proptest::prelude::*;
use storefront_rules::{PasswordRules, Requirement, Secret};

/// Every rule at once, none of them the least it could be.
const STRICT: PasswordRules = PasswordRules {
    minimum_password_length: 8,
    require_lower_case: true,
    require_upper_case: true,
    require_numbers: true,
    minimum_numbers: 2,
    require_special_characters: true,
    minimum_special_characters: 2,
};

fn any_rules() -> impl Strategy<Value = PasswordRules> {
    (0_u32..12, any::<[bool; 4]>(), 0_u32..4, 0_u32..4).prop_map(
        |(length, [lower, upper, numbers, special], minimum_numbers, minimum_special)| {
            PasswordRules {
                minimum_password_length: length,
                require_lower_case: lower,
                require_upper_case: upper,
                require_numbers: numbers,
                minimum_numbers,
                require_special_characters: special,
                minimum_special_characters: minimum_special,
            }
        },
    )
}

#[test]
fn each_requirement_is_met_or_not_by_what_it_names() {
    use Requirement::{Length, LowerCase, Numbers, SpecialCharacters, UpperCase};
    for (requirement, password, met) in [
        (Length(3), "ab", false),
        (Length(3), "abc", true),
        (Length(3), "éüñ", true),
        (Length(1), "", false),
        (LowerCase, "ABC1!", false),
        (LowerCase, "aBC", true),
        (LowerCase, "É", false),
        (UpperCase, "abc1!", false),
        (UpperCase, "abC", true),
        (Numbers(1), "abc", false),
        (Numbers(2), "a1b", false),
        (Numbers(2), "1a2", true),
        (Numbers(1), "٣", false),
        (SpecialCharacters(1), "abc1 ", false),
        (SpecialCharacters(1), "abc_", true),
        (SpecialCharacters(2), "a!b", false),
        (SpecialCharacters(2), "-a-", true),
    ] {
        assert_eq!(
            requirement.is_met(password),
            met,
            "{requirement:?} {password:?}"
        );
    }
}

#[test]
fn the_checklist_names_every_rule_in_the_order_it_is_shown() {
    assert_eq!(
        STRICT.requirements(),
        [
            Requirement::Length(8),
            Requirement::LowerCase,
            Requirement::UpperCase,
            Requirement::Numbers(2),
            Requirement::SpecialCharacters(2),
        ]
    );
}

#[test]
fn a_rule_that_is_required_without_a_number_wants_one() {
    let rules = PasswordRules {
        minimum_password_length: 0,
        minimum_numbers: 0,
        minimum_special_characters: 0,
        ..STRICT
    };
    assert!(rules.requirements().contains(&Requirement::Length(1)));
    assert!(rules.requirements().contains(&Requirement::Numbers(1)));
    assert!(
        rules
            .requirements()
            .contains(&Requirement::SpecialCharacters(1))
    );
}

#[test]
fn the_first_unmet_rule_is_named_until_none_is_left() {
    for (password, unmet) in [
        ("", Some(Requirement::Length(8))),
        ("!!12AB", Some(Requirement::Length(8))),
        ("!!12ABCD", Some(Requirement::LowerCase)),
        ("!!12abcd", Some(Requirement::UpperCase)),
        ("!!1Abcde", Some(Requirement::Numbers(2))),
        ("!12Abcde", Some(Requirement::SpecialCharacters(2))),
        ("!!12Abcd", None),
    ] {
        assert_eq!(STRICT.first_unmet(password), unmet, "{password:?}");
    }
}

#[test]
fn a_secret_says_nothing_of_itself_when_it_is_printed() {
    let secret = Secret::new("Correct-horse-7");
    assert_eq!(format!("{secret:?} {secret:#?}"), "Secret Secret");
    assert_eq!(secret.expose(), "Correct-horse-7");
}

proptest! {
    #[test]
    fn a_password_passes_exactly_when_no_requirement_is_unmet(rules in any_rules(), password in any::<String>()) {
        let all_met = rules.requirements().iter().all(|r| r.is_met(&password));
        prop_assert_eq!(rules.first_unmet(&password).is_none(), all_met);
    }

    #[test]
    fn more_characters_never_break_a_password_that_passed(
        rules in any_rules(), password in "[ -~é]{0,20}", more in any::<String>(),
    ) {
        if rules.first_unmet(&password).is_none() {
            prop_assert_eq!(rules.first_unmet(&(password + &more)), None);
        }
    }

    #[test]
    fn no_rule_is_ever_met_by_nothing(rules in any_rules()) {
        prop_assert!(rules.first_unmet("").is_some());
    }
}
