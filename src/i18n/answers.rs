//! Words about what the store asks and what it answers.

use super::{I18n, Message};
use crate::api::ApiError;
#[cfg(feature = "address-form")]
use storefront_rules::address::{CityKind, Layout, PostalCodeKind, StateKind};
#[cfg(feature = "address-form")]
use storefront_rules::{BuiltIn, Field};
use storefront_rules::{Date, Requirement, Violation};

impl I18n {
    /// What is wrong with the answer to the field called `label`, naming the cure.
    #[must_use]
    pub fn violation(self, violation: &Violation, label: &str) -> String {
        use Message as M;
        let label = ("label", label);
        let with = |message, value: &str| self.format(message, &[label, ("value", value)]);
        let count = |message, n: u32| self.format(message, &[label, ("count", &n.to_string())]);
        match violation {
            Violation::Missing => self.format(M::Missing, &[label]),
            Violation::WrongType | Violation::UnknownField => self.format(M::NotTaken, &[label]),
            Violation::TooLong(max) => count(M::TooLong, *max),
            Violation::ForbiddenCharacters => self.format(M::ForbiddenCharacters, &[label]),
            Violation::NotANumber => self.format(M::NotANumber, &[label]),
            Violation::TooSmall(min) => with(M::TooSmall, &self.number(*min)),
            Violation::TooLarge(max) => with(M::TooLarge, &self.number(*max)),
            Violation::NotADate => self.format(M::NotADate, &[label]),
            Violation::TooEarly(min) => with(M::TooEarly, &self.date(*min)),
            Violation::TooLate(max) => with(M::TooLate, &self.date(*max)),
            Violation::UnknownOption | Violation::UnknownCountry | Violation::UnknownState => {
                self.format(M::UnknownOption, &[label])
            }
            Violation::NotAnEmail => self.text(M::NotAnEmail),
            Violation::PasswordMismatch => self.text(M::PasswordMismatch),
            Violation::WeakPassword(unmet) => with(M::WeakPassword, &self.requirement(*unmet)),
            Violation::NotAPostalCode("") => self.format(M::UnknownOption, &[label]),
            Violation::NotAPostalCode(example) => with(M::NotAPostalCode, example),
        }
    }

    /// How long the store wants no more attempts: in minutes, begun ones counted, while it is more
    /// than two.
    #[must_use]
    pub fn wait(self, seconds: u32) -> String {
        use Message as M;
        let (message, count) = match seconds {
            0 => return self.text(M::ThrottledNoMore),
            1..=120 => (M::Throttled, seconds),
            _ => (M::ThrottledMinutes, seconds.div_ceil(60)),
        };
        self.format(message, &[("count", &count.to_string())])
    }

    /// Why a request brought nothing, naming the cure; the store's own words where it has any.
    #[must_use]
    pub fn api_error(self, error: &ApiError) -> String {
        use Message as M;
        match error {
            ApiError::Offline | ApiError::Cancelled => self.text(M::Offline),
            ApiError::TimedOut => self.text(M::TimedOut),
            ApiError::Throttled { seconds } => self.wait(*seconds),
            #[cfg(feature = "sign-in")]
            ApiError::InvalidCredentials => self.text(M::InvalidCredentials),
            #[cfg(feature = "sign-in")]
            ApiError::ResetRequired => self.text(M::ResetRequired),
            ApiError::Expired => self.text(M::Expired),
            ApiError::Forbidden => self.text(M::Forbidden),
            ApiError::Refused(words) => words.clone(),
            ApiError::Unexpected { status } => {
                self.format(M::Unexpected, &[("value", &status.to_string())])
            }
            ApiError::Unreadable => self.text(M::Unreadable),
        }
    }

    /// One line of the password checklist.
    #[must_use]
    pub fn requirement(self, requirement: Requirement) -> String {
        let count = |message, n: u32| self.format(message, &[("count", &n.to_string())]);
        match requirement {
            Requirement::Length(n) => count(Message::PasswordLength, n),
            Requirement::LowerCase => self.text(Message::PasswordLowerCase),
            Requirement::UpperCase => self.text(Message::PasswordUpperCase),
            Requirement::Numbers(n) => count(Message::PasswordNumbers, n),
            Requirement::SpecialCharacters(n) => count(Message::PasswordSpecialCharacters, n),
        }
    }

    /// What to call `field` in the country of `layout`: the country's own word for its state or
    /// postal code, the store's label for everything else.
    #[cfg(feature = "address-form")]
    #[must_use]
    pub fn label(self, field: &Field, layout: &Layout) -> String {
        use Message as M;
        match field.built_in() {
            Some(BuiltIn::State) => self.text(match layout.state_kind {
                StateKind::Area => M::StateArea,
                StateKind::County => M::StateCounty,
                StateKind::Department => M::StateDepartment,
                StateKind::District => M::StateDistrict,
                StateKind::DoSi => M::StateDoSi,
                StateKind::Emirate => M::StateEmirate,
                StateKind::Island => M::StateIsland,
                StateKind::Oblast => M::StateOblast,
                StateKind::Parish => M::StateParish,
                StateKind::Prefecture => M::StatePrefecture,
                StateKind::Province => M::StateProvince,
                StateKind::State => M::StateState,
            }),
            Some(BuiltIn::Zip) => self.text(match layout.postal_code_kind {
                PostalCodeKind::Eircode => M::PostalEircode,
                PostalCodeKind::Pin => M::PostalPin,
                PostalCodeKind::Postal => M::PostalCode,
                PostalCodeKind::Zip => M::PostalZip,
            }),
            Some(BuiltIn::City) => match layout.city_kind {
                CityKind::City => field.label.clone(),
                CityKind::District => self.text(M::CityDistrict),
                CityKind::PostTown => self.text(M::CityPostTown),
                CityKind::Suburb => self.text(M::CitySuburb),
            },
            Some(_) | None => field.label.clone(),
        }
    }

    /// `number` as this language writes it.
    #[must_use]
    pub fn number(self, number: f64) -> String {
        intl::number(&self.language(), number)
    }

    /// `date` as this language writes it, the same day in every time zone.
    #[must_use]
    pub fn date(self, date: Date) -> String {
        intl::date(&self.language(), &date.to_utc()).unwrap_or_else(|| date.to_string())
    }

    /// The name of the country `code` in this language; `name`, the store's own, in English and
    /// where the browser knows none.
    #[must_use]
    pub fn country(self, code: &str, name: &str) -> String {
        let language = self.language();
        if language.starts_with("en") {
            return name.to_owned();
        }
        intl::region(&language, code).unwrap_or_else(|| name.to_owned())
    }

    /// The places of `texts` in the order in which this language sorts them.
    #[must_use]
    pub fn order(self, texts: Vec<String>) -> Vec<u32> {
        intl::order(&self.language(), texts)
    }
}

/// `number` as it is typed into a field.
#[must_use]
pub fn plain_number(number: f64) -> String {
    intl::plain_number(number)
}

mod intl {
    use wasm_bindgen::prelude::wasm_bindgen;

    #[wasm_bindgen(module = "/src/i18n/intl.js")]
    extern "C" {
        pub(super) fn number(language: &str, value: f64) -> String;
        #[wasm_bindgen(js_name = plainNumber)]
        pub(super) fn plain_number(value: f64) -> String;
        pub(super) fn date(language: &str, day: &str) -> Option<String>;
        pub(super) fn region(language: &str, code: &str) -> Option<String>;
        pub(super) fn order(language: &str, texts: Vec<String>) -> Vec<u32>;
    }
}
