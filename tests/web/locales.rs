//! Every locale file says what English says: the same messages, the same places to fill in, and
//! all the plural forms of its language.

use js_sys::Intl::PluralRules;
use js_sys::{Array, JSON, Object, Reflect};
use std::collections::BTreeSet;
use storefront_account::elements::specimen::{LOCALES, messages};
use storefront_account::i18n::Message;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_test::wasm_bindgen_test;

/// The categories that may hold a single number: their texts may spell it out instead of showing the
/// digits. In which languages they do is for `tests/js/locales.test.mjs`.
const SINGLE_NUMBERS: [&str; 3] = ["zero", "one", "two"];

/// The one place that such a text may leave out.
const COUNT: &str = "count";

#[wasm_bindgen_test]
fn a_locale_has_every_message_once_and_in_order() -> Result<(), JsValue> {
    let wanted: Vec<String> = messages().iter().map(|m| m.key.to_owned()).collect();
    for (language, json) in LOCALES {
        let found = keys(&JSON::parse(json)?);
        let missing = without(&wanted, &found);
        assert!(missing.is_empty(), "{language}.json lacks {missing:?}");
        let unknown = without(&found, &wanted);
        assert!(
            unknown.is_empty(),
            "no message has {unknown:?} of {language}.json"
        );
        assert_eq!(
            found, wanted,
            "{language}.json: the order of specimen::messages"
        );
        for key in &wanted {
            // The parser keeps the last of two equal keys and says nothing.
            let times = json.matches(&format!("\n  \"{key}\":")).count();
            assert_eq!(times, 1, "{language}.json: lines that begin {key}");
        }
    }
    Ok(())
}

#[wasm_bindgen_test]
fn a_counting_message_has_the_plural_forms_of_its_language() -> Result<(), JsValue> {
    for (language, json) in LOCALES {
        let categories = categories(language)?;
        let catalogue = JSON::parse(json)?;
        for message in &messages() {
            let key = message.key;
            let entry = Reflect::get(&catalogue, &key.into())?;
            if takes_a_count(*message) {
                assert!(entry.is_object(), "{language}: {key} has plural forms");
                let mut found = keys(&entry);
                found.sort();
                assert_eq!(found, categories, "{language}: the forms of {key}");
            } else {
                assert!(entry.is_string(), "{language}: {key} is one text");
            }
        }
    }
    Ok(())
}

#[wasm_bindgen_test]
fn a_translation_has_the_places_of_its_english() -> Result<(), JsValue> {
    for (language, json) in LOCALES {
        let catalogue = JSON::parse(json)?;
        for message in &messages() {
            let key = message.key;
            let wanted = places(message.english);
            for (category, text) in forms(&Reflect::get(&catalogue, &key.into())?)? {
                let form = format!("{language}: {key} {category}");
                assert!(!text.trim().is_empty(), "{form} says something");
                let mut found = places(&text);
                if SINGLE_NUMBERS.contains(&&*category) && wanted.contains(COUNT) {
                    found.insert(COUNT.to_owned());
                }
                assert_eq!(found, wanted, "{form}: “{text}”");
                let braces = text.matches(['{', '}']).count();
                assert_eq!(braces, 2 * text.matches('{').count(), "{form}: “{text}”");
            }
        }
    }
    Ok(())
}

/// The plural categories of `language`, sorted, as the browser has them.
fn categories(language: &str) -> Result<Vec<String>, JsValue> {
    let rules = PluralRules::new(&Array::of1(&language.into()), &Object::new());
    let categories = Reflect::get(&rules.resolved_options(), &"pluralCategories".into())?;
    let categories = Array::from(&categories);
    let mut categories: Vec<String> = categories.iter().filter_map(|c| c.as_string()).collect();
    categories.sort();
    Ok(categories)
}

/// Whether English has a singular and a plural of `message`.
fn takes_a_count(message: Message) -> bool {
    message.english.contains('|')
}

/// The texts of a catalogue's entry with their plural category, which is empty for a lone text.
fn forms(entry: &JsValue) -> Result<Vec<(String, String)>, JsValue> {
    if let Some(text) = entry.as_string() {
        return Ok(vec![(String::new(), text)]);
    }
    let read = |category: String| {
        let text = Reflect::get(entry, &category.as_str().into());
        text.map(|text| (category, text.as_string().unwrap_or_default()))
    };
    keys(entry).into_iter().map(read).collect()
}

/// The names in the `{name}` places of `text`.
fn places(text: &str) -> BTreeSet<String> {
    let after_braces = text.split('{').skip(1);
    let names = after_braces.filter_map(|after| after.split_once('}'));
    names.map(|(name, _)| name.to_owned()).collect()
}

/// The keys of `object` in their order; none for what is no object.
fn keys(object: &JsValue) -> Vec<String> {
    object.dyn_ref::<Object>().map_or_else(Vec::new, |object| {
        let keys = Object::keys(object);
        keys.iter().filter_map(|key| key.as_string()).collect()
    })
}

/// What of `all` is not in `others`.
fn without<'a>(all: &'a [String], others: &[String]) -> Vec<&'a String> {
    all.iter().filter(|one| !others.contains(one)).collect()
}
