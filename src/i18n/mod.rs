//! Words: the only place where text for shoppers is made.
//!
//! English is built in. Another language is a JSON file of `locales/`, handed over as a plain
//! object by the loader. Plural forms, dates and country names come from the browser's `Intl`.

mod messages;

pub use messages::Message;

use crate::api::ApiError;
use crate::watched::Watched;
use js_sys::Reflect;
use std::fmt::Write as _;
#[cfg(feature = "address-form")]
use storefront_rules::address::{CityKind, Layout, PostalCodeKind, StateKind};
#[cfg(feature = "address-form")]
use storefront_rules::{BuiltIn, Field};
use storefront_rules::{Date, Requirement, Violation};
use wasm_bindgen::JsValue;

/// The shopper's language and its catalogue. Cheap to copy; dropped with the element it serves.
#[derive(Clone, Copy)]
pub struct I18n(Watched<Locale>);

#[derive(Default)]
struct Locale {
    /// BCP 47 tag.
    language: String,
    /// The catalogue's object, or `undefined` for English.
    catalogue: JsValue,
}

/// Values for the `{name}` places of a message.
pub type Arguments<'a> = &'a [(&'static str, &'a str)];

impl I18n {
    /// Words in `language` (a BCP 47 tag) from `catalogue`: an object of message key to text, or to
    /// an object of plural category to text. A missing message is shown in English.
    #[must_use]
    pub fn new(language: String, catalogue: JsValue) -> Self {
        Self(Watched::new(Locale {
            language,
            catalogue,
        }))
    }

    /// The shopper's language, a BCP 47 tag.
    #[must_use]
    pub fn language(self) -> String {
        self.0.with_untracked(|locale| locale.language.clone())
    }

    /// `message` without anything to fill in.
    #[must_use]
    pub fn text(self, message: Message) -> String {
        self.format(message, &[])
    }

    /// `message` with its `{name}` places filled in. `count`, where given, chooses the plural form.
    #[must_use]
    pub fn format(self, message: Message, arguments: Arguments<'_>) -> String {
        let count = arguments.iter().find(|(name, _)| *name == "count");
        let count = count.and_then(|(_, count)| count.parse::<u32>().ok());
        fill(&self.template(message, count), arguments)
    }

    fn template(self, message: Message, count: Option<u32>) -> String {
        let english = || {
            let mut forms = message.english().split('|');
            let one = forms.next().unwrap_or_default();
            match count {
                Some(count) if count != 1 => forms.next().unwrap_or(one),
                Some(_) | None => one,
            }
            .to_owned()
        };
        self.0.with_untracked(|locale| {
            let entry = property(&locale.catalogue, message.key());
            let form = entry.as_string().or_else(|| {
                let category = intl::plural_category(&locale.language, count?)?;
                property(&entry, &category)
                    .as_string()
                    .or_else(|| property(&entry, "other").as_string())
            });
            form.unwrap_or_else(english)
        })
    }

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

/// Fills the `{name}` places of `template`; an unknown name stays as it stands.
fn fill(template: &str, arguments: Arguments<'_>) -> String {
    let mut text = String::new();
    let mut rest = template;
    while let Some((before, after)) = rest.split_once('{') {
        text.push_str(before);
        let Some((name, after)) = after.split_once('}') else {
            rest = after;
            text.push('{');
            break;
        };
        match arguments.iter().find(|(key, _)| *key == name) {
            Some((_, value)) => text.push_str(value),
            None => {
                let _ = write!(text, "{{{name}}}");
            }
        }
        rest = after;
    }
    text.push_str(rest);
    text
}

fn property(object: &JsValue, key: &str) -> JsValue {
    Reflect::get(object, &key.into()).unwrap_or(JsValue::UNDEFINED)
}

mod intl {
    use wasm_bindgen::prelude::wasm_bindgen;

    #[wasm_bindgen(module = "/src/i18n/intl.js")]
    extern "C" {
        #[wasm_bindgen(js_name = pluralCategory)]
        pub(super) fn plural_category(language: &str, count: u32) -> Option<String>;
        pub(super) fn number(language: &str, value: f64) -> String;
        #[wasm_bindgen(js_name = plainNumber)]
        pub(super) fn plain_number(value: f64) -> String;
        pub(super) fn date(language: &str, day: &str) -> Option<String>;
        pub(super) fn region(language: &str, code: &str) -> Option<String>;
        pub(super) fn order(language: &str, texts: Vec<String>) -> Vec<u32>;
    }
}
