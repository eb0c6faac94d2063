//! Texts as Unicode composes them and takes them apart.

use icu_normalizer::{ComposingNormalizerBorrowed, DecomposingNormalizerBorrowed};
use std::borrow::Cow;
use storefront_rules::text;

/// A text whose letters are composed with their marks (NFC): keyboards and systems write `é` in two ways.
pub(crate) fn composed(text: &str) -> Cow<'_, str> {
    ComposingNormalizerBorrowed::new_nfc().normalize(text)
}

/// A text in lower case with its letters and their marks apart (NFKD).
pub(crate) fn decomposed(text: &str) -> String {
    let nfkd = DecomposingNormalizerBorrowed::new_nfkd();
    nfkd.normalize(text).to_lowercase()
}

/// A name without case and accents, to be compared.
pub(crate) fn folded(name: &str) -> String {
    text::folded(name, &decomposed)
}
