//! The public contract: elements, configuration, events. Everything a theme sees, and nothing else.
//!
//! The loader (`loader.js`) defines the elements and calls [`mount`], and [`open_consent`] when the
//! settings of cookies are wanted; what happens inside comes back to it through [`Host`] and
//! [`ConsentHost`].

#[cfg(feature = "elements")]
mod config;
#[cfg(feature = "consent")]
mod consent;
#[cfg(feature = "elements")]
mod element;
#[cfg(feature = "elements")]
mod names;

#[cfg(feature = "elements")]
pub use config::{Config, ConfigError};
#[cfg(feature = "consent")]
pub use consent::{ConsentHost, OpenConsent, open_consent};
#[cfg(feature = "elements")]
pub use element::{FirstAnswer, Host, Mounted, mount};
#[cfg(feature = "elements")]
pub use names::ElementName;

use js_sys::Function;
use wasm_bindgen::prelude::*;

/// Calls `panicked` with the place of a panic before the instance is lost, so that the loader can
/// give every element its fallback back. The message stays out: it may hold what a shopper typed.
#[wasm_bindgen(js_name = onPanic)]
pub fn on_panic(panicked: Function) {
    let panicked = send_wrapper::SendWrapper::new(panicked);
    std::panic::set_hook(Box::new(move |info| {
        let place = info.location().map(ToString::to_string);
        // There is nobody left to tell when even this fails.
        let _ = panicked.call1(&JsValue::NULL, &place.into());
    }));
}
