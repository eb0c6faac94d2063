//! Texts as Unicode composes them.

use icu_normalizer::ComposingNormalizerBorrowed;
use std::borrow::Cow;

/// A text whose letters are composed with their marks (NFC): keyboards and systems write `é` in two ways.
pub(crate) fn composed(text: &str) -> Cow<'_, str> {
    ComposingNormalizerBorrowed::new_nfc().normalize(text)
}
