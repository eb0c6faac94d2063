//! Seconds that pass.

use crate::watched::Watched;
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

/// Seconds that are counted down to nought. Cheap to copy.
#[derive(Clone, Copy)]
pub(super) struct Countdown(Watched<Rest>);

/// What is left.
#[derive(Default)]
struct Rest {
    seconds: u32,
    _timer: Option<EverySecond>,
}

impl Countdown {
    /// One that is over.
    pub(super) fn new() -> Self {
        Self(Watched::new(Rest::default()))
    }

    /// Begins anew.
    pub(super) fn start(self, seconds: u32) {
        let timer = EverySecond::new(move || {
            self.0
                .update(|rest| rest.seconds = rest.seconds.saturating_sub(1));
            if self.0.with_untracked(|rest| rest.seconds == 0) {
                self.0.set(Rest::default());
            }
        });
        self.0.set(Rest {
            seconds,
            _timer: Some(timer),
        });
    }

    /// The seconds that are left.
    pub(super) fn seconds_untracked(self) -> u32 {
        self.0.with_untracked(|rest| rest.seconds)
    }

    /// The seconds that are left; whatever reads it here is run again when it changes.
    pub(super) fn seconds(self) -> u32 {
        self.0.with(|rest| rest.seconds)
    }
}
