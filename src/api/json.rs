//! JSON by the browser's own parser, read without a panic and without a crate.
//!
//! The generated types of a GraphQL client and `serde_json` weigh more than the rest of the form
//! together; see the table of weights in README. The documents are checked against the schema all
//! the same, at compile time, in `tests/documents.rs`.

use js_sys::{Array, JSON, Object, Reflect};
use wasm_bindgen::{JsCast, JsValue};

/// A JSON value. What is asked of it and not there is `null`.
#[derive(Clone, Debug)]
pub(super) struct Json(JsValue);

impl Json {
    /// Reads `text`; `None` when it is not JSON.
    pub(super) fn parse(text: &str) -> Option<Self> {
        JSON::parse(text).ok().map(Self)
    }

    /// An object of these properties; those without a value are left out.
    pub(super) fn object(properties: &[(&str, Option<Self>)]) -> Self {
        let object = Object::new();
        for (key, value) in properties {
            if let Some(Self(value)) = value {
                // Setting a property of a fresh object cannot fail.
                let _ = Reflect::set(&object, &(*key).into(), value);
            }
        }
        Self(object.into())
    }

    /// A list of these values.
    pub(super) fn list_of(items: impl IntoIterator<Item = Self>) -> Self {
        let list = Array::new();
        for Self(item) in items {
            list.push(&item);
        }
        Self(list.into())
    }

    /// The property `key` of an object.
    pub(super) fn get(&self, key: &str) -> Self {
        Self(Reflect::get(&self.0, &key.into()).unwrap_or(JsValue::NULL))
    }

    /// The property at the end of a path of objects.
    pub(super) fn at(&self, path: &[&str]) -> Self {
        path.iter().fold(self.clone(), |json, key| json.get(key))
    }

    /// The items of a list; none of anything else.
    pub(super) fn list(&self) -> impl Iterator<Item = Self> + use<> {
        let items = self.0.dyn_ref::<Array>().map(Array::to_vec);
        items.unwrap_or_default().into_iter().map(Self)
    }

    /// The text of a string.
    pub(super) fn text(&self) -> Option<String> {
        self.0.as_string()
    }

    /// The value of a number.
    pub(super) fn number(&self) -> Option<f64> {
        self.0.as_f64()
    }

    /// A number that is whole and fits.
    pub(super) fn int(&self) -> Option<i32> {
        let number = self.number()?;
        #[allow(
            clippy::cast_possible_truncation,
            reason = "held against the original below"
        )]
        let int = number as i32;
        (f64::from(int) == number).then_some(int)
    }

    /// A number that is whole, fits and is not negative.
    pub(super) fn natural(&self) -> Option<u32> {
        self.int().and_then(|int| int.try_into().ok())
    }

    /// Whether this is `true`.
    pub(super) fn is_true(&self) -> bool {
        self.0.as_bool() == Some(true)
    }

    /// Whether there is nothing here.
    pub(super) fn is_null(&self) -> bool {
        self.0.is_null() || self.0.is_undefined()
    }

    /// The JSON text; empty where there is none.
    pub(super) fn to_text(&self) -> String {
        JSON::stringify(&self.0).map_or_else(|_| String::new(), String::from)
    }
}

impl From<&str> for Json {
    fn from(text: &str) -> Self {
        Self(text.into())
    }
}

impl From<bool> for Json {
    fn from(truth: bool) -> Self {
        Self(truth.into())
    }
}

impl From<i32> for Json {
    fn from(number: i32) -> Self {
        Self(number.into())
    }
}

impl From<f64> for Json {
    fn from(number: f64) -> Self {
        Self(number.into())
    }
}
