//! Seconds that pass.

use js_sys::Function;
use wasm_bindgen::JsCast;
use wasm_bindgen::closure::Closure;

/// Calls back once a second until it is dropped.
pub(super) struct EverySecond {
    id: Option<i32>,
    _tick: Closure<dyn Fn()>,
}

impl EverySecond {
    pub(super) fn new(tick: impl Fn() + 'static) -> Self {
        let tick = Closure::<dyn Fn()>::new(tick);
        let function: &Function = tick.as_ref().unchecked_ref();
        let id = web_sys::window().and_then(|window| {
            window
                .set_interval_with_callback_and_timeout_and_arguments_0(function, 1000)
                .ok()
        });
        Self { id, _tick: tick }
    }
}

impl Drop for EverySecond {
    fn drop(&mut self) {
        if let (Some(window), Some(id)) = (web_sys::window(), self.id) {
            window.clear_interval_with_handle(id);
        }
    }
}
