//! Matching postal codes against the patterns of `rules`.

use regex::Regex;
use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};

/// Compiled patterns; there are about two hundred and they never change.
#[derive(Default)]
pub(crate) struct Patterns(Mutex<HashMap<String, Option<Regex>>>);

impl Patterns {
    /// Whether `text` as a whole matches `pattern`. A pattern that is none matches everything:
    /// no shopper is refused for a mistake in the table.
    pub(crate) fn matches(&self, pattern: &str, text: &str) -> bool {
        let mut compiled = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let regex = compiled
            .entry(pattern.to_owned())
            .or_insert_with(|| Regex::new(&format!("^(?:{pattern})$")).ok());
        regex.as_ref().is_none_or(|regex| regex.is_match(text))
    }
}
