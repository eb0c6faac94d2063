//! Every state of every element.

use crate::support::{settle, stage};
use storefront_account::elements::specimen::Specimen;
use storefront_account::i18n::I18n;
use storefront_account::ui::Appearance;
use wasm_bindgen::JsValue;
use wasm_bindgen_test::wasm_bindgen_test;

#[wasm_bindgen_test]
async fn every_specimen_shows_its_state() {
    for specimen in Specimen::all() {
        let stage = stage();
        let shown = specimen.show(&stage, Appearance::default(), || {
            I18n::new("en".to_owned(), JsValue::UNDEFINED)
        });
        assert!(shown.is_some());
        let mut found = None;
        for _ in 0..40 {
            settle().await;
            found = stage.query_selector(specimen.sign).unwrap();
            if found.is_some() {
                break;
            }
        }
        let (element, name) = (specimen.element(), specimen.name);
        assert!(found.is_some(), "{element}, {name}: no {}", specimen.sign);
        drop(shown);
        assert_eq!(
            stage.child_nodes().length(),
            0,
            "{element}, {name}: left something"
        );
        stage.remove();
    }
}
