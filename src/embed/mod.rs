//! The public contract: elements, configuration, events. Everything a theme sees, and nothing else.
//!
//! The loader (`loader.js`) defines the elements and calls [`mount`], and [`open_consent`] when the
//! settings of cookies are wanted; what happens inside comes back to it through [`Host`] and
//! [`ConsentHost`].

mod appearance;
#[cfg(feature = "consent")]
mod consent;
#[cfg(feature = "elements")]
mod mount;
#[cfg(feature = "scripted")]
pub mod specimen;
mod view;

#[cfg(feature = "consent")]
pub use consent::{ConsentHost, OpenConsent, open_consent};
#[cfg(feature = "elements")]
pub use mount::{Config, ConfigError, ElementName, FirstAnswer, Host, MountedElement, mount};
pub use view::MountedView;

use js_sys::Function;
use std::cell::RefCell;
use wasm_bindgen::prelude::*;

thread_local! {
    static ON_PANIC: RefCell<Option<Function>> = const { RefCell::new(None) };
}

/// Calls `panicked` with the place of a panic before the instance is lost, so that the loader can
/// give every element its fallback back. The message stays out: it may hold what a shopper typed.
#[wasm_bindgen(js_name = onPanic)]
pub fn on_panic(panicked: Function) {
    ON_PANIC.set(Some(panicked));
    std::panic::set_hook(Box::new(|info| {
        let place = info.location().map(ToString::to_string);
        ON_PANIC.with_borrow(|panicked| {
            if let Some(panicked) = panicked {
                // There is nobody left to tell when even this fails.
                let _ = panicked.call1(&JsValue::NULL, &place.into());
            }
        });
    }));
}
