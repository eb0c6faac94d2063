//! The rules with the browser's regular expressions and letters: see `rules/tests/verdicts.rs`.

use storefront_account::forms::{decompose, matches_whole};
use wasm_bindgen_test::wasm_bindgen_test;

#[path = "../../rules/tests/cases/mod.rs"]
mod cases;

#[wasm_bindgen_test]
fn answers_get_the_verdict_that_they_get_in_the_store() {
    let failures = cases::failures(&matches_whole, &decompose);
    assert!(failures.is_empty(), "{}", failures.join("\n"));
}
