//! What an element looks like, as the page configures it.

use crate::ui::{Appearance, Preset};
use js_sys::{Array, Object, Reflect};
use wasm_bindgen::{JsCast, JsValue};

/// The appearance `preset`, and the classes that the object `classes` of the configuration adds, by the names of
/// parts. What is no text in it is left out.
pub(super) fn read(config: &JsValue, preset: Preset) -> Appearance {
    let classes = Reflect::get(config, &"classes".into()).unwrap_or_default();
    let entries = classes.dyn_ref::<Object>().map(Object::entries);
    let entries = entries.map(|entries| entries.to_vec()).unwrap_or_default();
    let entries = entries.iter().map(Array::from);
    let added = entries.filter_map(|entry| entry.get(0).as_string().zip(entry.get(1).as_string()));
    Appearance::new(preset, added.collect())
}
