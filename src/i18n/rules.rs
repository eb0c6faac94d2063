//! Words about what `rules` says: violations, requirements of passwords, parts of addresses; numbers and dates.

use super::{I18n, Message};
use storefront_rules::address::{AddressFormat, CityKind, PostalCodeKind, StateKind};
use storefront_rules::{BuiltIn, Field};
use storefront_rules::{Date, Requirement, Violation};

impl I18n {
    /// What to do about `field`, called `label`, which has no answer; `is_list`: whether it is chosen from a list.
    fn missing(self, field: &Field, label: &str, is_list: bool) -> String {
        use Message as M;
        let message = match field.built_in() {
            Some(BuiltIn::EmailAddress) => M::MISSING_EMAIL,
            Some(BuiltIn::Password) => M::MISSING_NEW_PASSWORD,
            Some(BuiltIn::CurrentPassword) => M::MISSING_PASSWORD,
            Some(BuiltIn::FirstName) => M::MISSING_FIRST_NAME,
            Some(BuiltIn::LastName) => M::MISSING_LAST_NAME,
            Some(BuiltIn::AddressLine1) => M::MISSING_STREET,
            Some(BuiltIn::Country) => M::MISSING_COUNTRY,
            Some(_) | None if is_list => M::MISSING_CHOICE,
            Some(_) | None => M::MISSING,
        };
        self.format(message, &[("label", label)])
    }

    /// What is wrong with the answer to `field`, called `label`, naming the cure; `is_list`: whether it is chosen from a list.
    #[must_use]
    pub fn violation(
        self,
        violation: &Violation,
        field: &Field,
        label: &str,
        is_list: bool,
    ) -> String {
        use Message as M;
        let name = label;
        let label = ("label", label);
        let with = |message, value: &str| self.format(message, &[label, ("value", value)]);
        let count = |message, n: u32| self.format(message, &[label, ("count", &n.to_string())]);
        match violation {
            Violation::Missing => self.missing(field, name, is_list),
            Violation::WrongType | Violation::UnknownField => self.format(M::NOT_TAKEN, &[label]),
            Violation::TooLong(max) => count(M::TOO_LONG, *max),
            Violation::ForbiddenCharacters => self.format(M::FORBIDDEN_CHARACTERS, &[label]),
            Violation::NotANumber => self.format(M::NOT_ANUMBER, &[label]),
            Violation::TooSmall(min) => with(M::TOO_SMALL, &self.number(*min)),
            Violation::TooLarge(max) => with(M::TOO_LARGE, &self.number(*max)),
            Violation::NotADate => self.format(M::NOT_ADATE, &[label]),
            Violation::TooEarly(min) => with(M::TOO_EARLY, &self.date(*min)),
            Violation::TooLate(max) => with(M::TOO_LATE, &self.date(*max)),
            Violation::UnknownOption | Violation::UnknownCountry | Violation::UnknownState => {
                self.format(M::UNKNOWN_OPTION, &[label])
            }
            Violation::NotAnEmail => self.text(M::NOT_AN_EMAIL),
            Violation::PasswordMismatch => self.text(M::PASSWORD_MISMATCH),
            Violation::WeakPassword(unmet) => with(M::WEAK_PASSWORD, &self.requirement(*unmet)),
            Violation::NotAPostalCode("") => self.format(M::UNKNOWN_OPTION, &[label]),
            Violation::NotAPostalCode(example) => with(M::NOT_APOSTAL_CODE, example),
        }
    }

    /// How long the store wants no more attempts: in minutes, begun ones counted, while it is more
    /// than two.
    #[must_use]
    pub fn wait(self, seconds: u32) -> String {
        use Message as M;
        let (message, count) = match seconds {
            0 => return self.text(M::THROTTLED_NO_MORE),
            1..=120 => (M::THROTTLED, seconds),
            _ => (M::THROTTLED_MINUTES, seconds.div_ceil(60)),
        };
        self.format(message, &[("count", &count.to_string())])
    }

    /// One line of the password checklist.
    #[must_use]
    pub fn requirement(self, requirement: Requirement) -> String {
        let count = |message, n: u32| self.format(message, &[("count", &n.to_string())]);
        match requirement {
            Requirement::Length(n) => count(Message::PASSWORD_LENGTH, n),
            Requirement::LowerCase => self.text(Message::PASSWORD_LOWER_CASE),
            Requirement::UpperCase => self.text(Message::PASSWORD_UPPER_CASE),
            Requirement::Numbers(n) => count(Message::PASSWORD_NUMBERS, n),
            Requirement::SpecialCharacters(n) => count(Message::PASSWORD_SPECIAL_CHARACTERS, n),
        }
    }

    /// What to call `field` in the country of `format`: the country's own word for its state or
    /// postal code, the store's label for everything else.
    #[must_use]
    pub fn label(self, field: &Field, format: &AddressFormat) -> String {
        use Message as M;
        match field.built_in() {
            Some(BuiltIn::State) => self.text(match format.state_kind {
                StateKind::Area => M::STATE_AREA,
                StateKind::County => M::STATE_COUNTY,
                StateKind::Department => M::STATE_DEPARTMENT,
                StateKind::District => M::STATE_DISTRICT,
                StateKind::DoSi => M::STATE_DO_SI,
                StateKind::Emirate => M::STATE_EMIRATE,
                StateKind::Island => M::STATE_ISLAND,
                StateKind::Oblast => M::STATE_OBLAST,
                StateKind::Parish => M::STATE_PARISH,
                StateKind::Prefecture => M::STATE_PREFECTURE,
                StateKind::Province => M::STATE_PROVINCE,
                StateKind::State => M::STATE_STATE,
            }),
            Some(BuiltIn::Zip) => self.text(match format.postal_code_kind {
                PostalCodeKind::Eircode => M::POSTAL_EIRCODE,
                PostalCodeKind::Pin => M::POSTAL_PIN,
                PostalCodeKind::Postal => M::POSTAL_CODE,
                PostalCodeKind::Zip => M::POSTAL_ZIP,
            }),
            Some(BuiltIn::City) => match format.city_kind {
                CityKind::City => field.label.clone(),
                CityKind::District => self.text(M::CITY_DISTRICT),
                CityKind::PostTown => self.text(M::CITY_POST_TOWN),
                CityKind::Suburb => self.text(M::CITY_SUBURB),
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
