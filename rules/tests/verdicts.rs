//! The verdicts on answers that the browser gives too: see `tests/web/rules.rs`.

use icu_normalizer::DecomposingNormalizerBorrowed;
use regex::Regex;

mod cases;

#[test]
fn answers_get_the_verdict_that_they_get_in_the_browser() {
    let matches = |pattern: &str, text: &str| {
        Regex::new(&format!("^(?-u:{pattern})$")).is_ok_and(|regex| regex.is_match(text))
    };
    let nfkd = DecomposingNormalizerBorrowed::new_nfkd();
    let decompose = |text: &str| nfkd.normalize(text).to_lowercase();
    let failures = cases::failures(&matches, &decompose);
    assert!(failures.is_empty(), "{}", failures.join("\n"));
}
