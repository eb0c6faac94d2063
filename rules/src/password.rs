//! The store's rules for passwords.

use serde::{Deserialize, Serialize};
use std::fmt;

/// Text that must not be shown, logged or kept: its `Debug` says nothing.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Secret(String);

impl Secret {
    /// Wraps `text`.
    pub fn new(text: impl Into<String>) -> Self {
        Self(text.into())
    }

    /// The text itself, for the one place that must send or hash it.
    #[must_use]
    pub fn expose(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Secret")
    }
}

/// Longest password taken, in characters. Long enough for any passphrase (ASVS 6.2.9 wants 64),
/// short enough that hashing one stays cheap.
pub const MAX_LENGTH: u32 = 256;

/// What a store requires of a password (`PasswordComplexitySettings` of the Storefront schema).
/// The default requires no more than one character.
#[derive(Clone, Default, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct PasswordRules {
    /// Fewest characters.
    pub minimum_password_length: u32,
    /// Whether a lower-case letter must be among them.
    pub require_lower_case: bool,
    /// Whether an upper-case letter must be among them.
    pub require_upper_case: bool,
    /// Whether digits must be among them.
    pub require_numbers: bool,
    /// How many digits, when they are required.
    pub minimum_numbers: u32,
    /// Whether special characters (ASCII punctuation) must be among them.
    pub require_special_characters: bool,
    /// How many special characters, when they are required.
    pub minimum_special_characters: u32,
}

/// One line of the checklist a shopper sees.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Requirement {
    /// At least so many characters.
    Length(u32),
    /// A lower-case letter.
    LowerCase,
    /// An upper-case letter.
    UpperCase,
    /// At least so many digits.
    Numbers(u32),
    /// At least so many special characters.
    SpecialCharacters(u32),
}

impl Requirement {
    /// Whether `password` fulfils this one requirement. Letters, digits and special characters are
    /// those of ASCII: what counts here counts in every store.
    #[must_use]
    pub fn is_met(self, password: &str) -> bool {
        let at_least = |n: u32, counts: fn(&char) -> bool| {
            password.chars().filter(counts).count() >= n as usize
        };
        match self {
            Self::Length(n) => at_least(n, |_| true),
            Self::LowerCase => at_least(1, char::is_ascii_lowercase),
            Self::UpperCase => at_least(1, char::is_ascii_uppercase),
            Self::Numbers(n) => at_least(n, char::is_ascii_digit),
            Self::SpecialCharacters(n) => at_least(n, char::is_ascii_punctuation),
        }
    }
}

impl PasswordRules {
    /// The checklist of these rules, in the order in which it is shown.
    #[must_use]
    pub fn requirements(&self) -> Vec<Requirement> {
        [
            (
                true,
                Requirement::Length(self.minimum_password_length.max(1)),
            ),
            (self.require_lower_case, Requirement::LowerCase),
            (self.require_upper_case, Requirement::UpperCase),
            (
                self.require_numbers,
                Requirement::Numbers(self.minimum_numbers.max(1)),
            ),
            (
                self.require_special_characters,
                Requirement::SpecialCharacters(self.minimum_special_characters.max(1)),
            ),
        ]
        .into_iter()
        .filter_map(|(asked, requirement)| asked.then_some(requirement))
        .collect()
    }

    /// The first requirement that `password` fails, if any.
    #[must_use]
    pub fn first_unmet(&self, password: &str) -> Option<Requirement> {
        self.requirements()
            .into_iter()
            .find(|requirement| !requirement.is_met(password))
    }
}
