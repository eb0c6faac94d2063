//! The store's words for violations: one sentence that names the field and the cure.

use storefront_rules::{Field, FieldId, FieldType, PasswordRules, Requirement, Violation};

/// What to tell a shopper whose answer to `field` has this `violation`.
#[must_use]
pub(crate) fn message(field: &Field, violation: &Violation) -> String {
    let label = &field.label;
    match violation {
        Violation::Missing => missing(field),
        Violation::WrongType => format!("“{label}” must be {}.", expected(&field.kind)),
        Violation::UnknownField => unknown_field(field.id),
        Violation::TooLong(max) => {
            format!("“{label}” is too long. Shorten it to {}.", characters(*max))
        }
        Violation::ForbiddenCharacters => format!(
            "“{label}” contains characters that are not accepted. Leave out < and > and control characters."
        ),
        Violation::NotANumber => format!("“{label}” must be a number, such as 12 or 1.5."),
        Violation::TooSmall(min) => format!("“{label}” must be {min} or more."),
        Violation::TooLarge(max) => format!("“{label}” must be {max} or less."),
        Violation::NotADate => {
            format!("“{label}” must be a date, such as 2026-01-31.")
        }
        Violation::TooEarly(min) => format!("“{label}” must be {min} or later."),
        Violation::TooLate(max) => format!("“{label}” must be {max} or earlier."),
        Violation::UnknownOption => {
            format!("“{label}” has no such option. Choose one from the list.")
        }
        Violation::NotAnEmail => {
            format!("“{label}” must be an email address, such as name@example.com.")
        }
        Violation::PasswordMismatch => {
            format!("“{label}” differs from the password. Type the same password twice.")
        }
        Violation::WeakPassword(requirement) => {
            format!("“{label}” needs {}.", required(*requirement))
        }
        Violation::UnknownCountry => {
            format!("“{label}” must be a country from the list.")
        }
        Violation::UnknownState => {
            format!("“{label}” is not a state or province of this country. Enter its full name.")
        }
        Violation::NotAPostalCode("") => {
            format!("“{label}” is not a postal code of this country. Check it.")
        }
        Violation::NotAPostalCode(example) => {
            format!("“{label}” must look like {example}.")
        }
    }
}

/// What to tell a client that answered a field nobody asked.
#[must_use]
pub(crate) fn unknown_field(id: FieldId) -> String {
    format!(
        "The form has no field with the id {}, or it was sent twice. Leave it out.",
        id.0
    )
}

fn missing(field: &Field) -> String {
    let label = &field.label;
    match &field.kind {
        FieldType::Checkboxes { .. } => format!("Tick at least one box of “{label}”."),
        FieldType::RadioButtons { .. } | FieldType::Picklist { .. } => {
            format!("Choose an option for “{label}”.")
        }
        FieldType::Text { .. }
        | FieldType::MultilineText { .. }
        | FieldType::Number { .. }
        | FieldType::Date { .. }
        | FieldType::PicklistOrText { .. }
        | FieldType::Password { .. } => format!("Fill in “{label}”."),
    }
}

const fn expected(kind: &FieldType) -> &'static str {
    match kind {
        FieldType::Text { .. } | FieldType::PicklistOrText { .. } => "text",
        FieldType::MultilineText { .. } => "text of several lines",
        FieldType::Number { .. } => "a number",
        FieldType::Date { .. } => "a date",
        FieldType::Checkboxes { .. } => "a list of option ids",
        FieldType::RadioButtons { .. } | FieldType::Picklist { .. } => "an option id",
        FieldType::Password { .. } => "a password",
    }
}

/// The store's rules for passwords in one sentence.
pub(crate) fn requirements(rules: &PasswordRules) -> String {
    let rules: Vec<String> = rules.requirements().into_iter().map(required).collect();
    format!("It needs {}.", rules.join(", "))
}

fn required(requirement: Requirement) -> String {
    match requirement {
        Requirement::Length(n) => format!("at least {}", characters(n)),
        Requirement::LowerCase => "a lower-case letter".to_owned(),
        Requirement::UpperCase => "an upper-case letter".to_owned(),
        Requirement::Numbers(1) => "a digit".to_owned(),
        Requirement::Numbers(n) => format!("at least {n} digits"),
        Requirement::SpecialCharacters(1) => "a special character, such as ! or -".to_owned(),
        Requirement::SpecialCharacters(n) => {
            format!("at least {n} special characters, such as ! or -")
        }
    }
}

fn characters(n: u32) -> String {
    match n {
        1 => "1 character".to_owned(),
        n => format!("{n} characters"),
    }
}
