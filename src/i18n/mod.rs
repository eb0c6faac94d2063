//! Words: the only place where text for shoppers is made.
//!
//! English is built in. Another language is a JSON file of `locales/`, handed over as a plain
//! object by the loader. Plural forms, dates and country names come from the browser's `Intl`.

mod messages;
mod rules;

pub(crate) use messages::messages;
pub use messages::{MESSAGES, Message};
pub use rules::plain_number;

use js_sys::Reflect;
use leptos::prelude::{LocalStorage, StoredValue, WithValue};
use std::fmt::Write as _;
use wasm_bindgen::JsValue;

/// The shopper's language and its catalogue. Cheap to copy; dropped with the element it serves.
#[derive(Clone, Copy)]
pub struct I18n(StoredValue<Locale, LocalStorage>);

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
        Self(StoredValue::new_local(Locale {
            language,
            catalogue,
        }))
    }

    /// The shopper's language, a BCP 47 tag.
    #[must_use]
    pub fn language(self) -> String {
        let language = self.0.try_with_value(|locale| locale.language.clone());
        language.unwrap_or_default()
    }

    /// `message` without anything to fill in.
    #[must_use]
    pub fn text(self, message: Message) -> String {
        self.format(message, &[])
    }

    /// `message` with its `{name}` places filled in. `count`, where given, chooses the plural form, and is
    /// shown as the language writes numbers.
    #[must_use]
    pub fn format(self, message: Message, arguments: Arguments<'_>) -> String {
        let count = arguments.iter().find(|(name, _)| *name == "count");
        let count = count.and_then(|(_, count)| count.parse::<u32>().ok());
        let shown = count.map(|count| self.number(count.into()));
        let argument = |name: &str| match (name, &shown) {
            ("count", Some(shown)) => Some(shown.as_str()),
            _ => arguments
                .iter()
                .find(|(key, _)| *key == name)
                .map(|(_, value)| *value),
        };
        fill(&self.template(message, count), argument)
    }

    fn template(self, message: Message, count: Option<u32>) -> String {
        let english = || {
            let mut forms = message.english.split('|');
            let one = forms.next().unwrap_or_default();
            match count {
                Some(count) if count != 1 => forms.next().unwrap_or(one),
                Some(_) | None => one,
            }
            .to_owned()
        };
        let translated = self.0.try_with_value(|locale| {
            let entry = property(&locale.catalogue, message.key);
            entry.as_string().or_else(|| {
                let category = intl::plural_category(&locale.language, count?)?;
                property(&entry, &category)
                    .as_string()
                    .or_else(|| property(&entry, "other").as_string())
            })
        });
        translated.flatten().unwrap_or_else(english)
    }
}

/// Fills the `{name}` places of `template`; an unknown name stays as it stands.
fn fill<'a>(template: &str, argument: impl Fn(&str) -> Option<&'a str>) -> String {
    let mut text = String::new();
    let mut rest = template;
    while let Some((before, after)) = rest.split_once('{') {
        text.push_str(before);
        let Some((name, after)) = after.split_once('}') else {
            rest = after;
            text.push('{');
            break;
        };
        match argument(name) {
            Some(value) => text.push_str(value),
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
    }
}
