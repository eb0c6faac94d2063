//! Matching postal codes against the patterns of `rules`.

use regex::Regex;
use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};

/// Compiled patterns; there are about two hundred and they never change.
#[derive(Default)]
pub(crate) struct PostalCodePatterns(Mutex<HashMap<String, Option<Regex>>>);

impl PostalCodePatterns {
    /// Whether `text` as a whole matches `pattern`. A pattern that is none matches everything:
    /// no shopper is refused for a mistake in the table.
    pub(crate) fn matches(&self, pattern: &str, text: &str) -> bool {
        let mut compiled = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let regex = compiled
            .entry(pattern.to_owned())
            // `\d` is an ASCII digit, as in the browser's `RegExp`.
            .or_insert_with(|| Regex::new(&format!("^(?-u:{pattern})$")).ok());
        regex.as_ref().is_none_or(|regex| regex.is_match(text))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use storefront_rules::AddressFormat;

    #[test]
    fn every_pattern_of_the_layouts_compiles_and_takes_its_own_example() {
        let patterns = PostalCodePatterns::default();
        for layout in AddressFormat::all() {
            let (Some(pattern), Some(example)) = (layout.postal_pattern, layout.postal_example)
            else {
                continue;
            };
            assert!(patterns.matches(pattern, example), "{}", layout.country);
            assert!(!patterns.matches(pattern, "no code"), "{}", layout.country);
        }
    }

    #[test]
    fn digits_are_those_of_ascii_as_in_a_browser() {
        assert!(!PostalCodePatterns::default().matches(r"\d{5}", "٩٠٢١٠"));
    }
}
