//! Seconds that pass.

use leptos::leptos_dom::helpers::{IntervalHandle, set_interval_with_handle};
use leptos::prelude::*;
use std::time::Duration;

/// Calls back once a second until it is dropped.
pub struct EverySecond(Option<IntervalHandle>);

impl EverySecond {
    /// Begins to call `tick`.
    pub fn new(tick: impl Fn() + 'static) -> Self {
        Self(set_interval_with_handle(tick, Duration::from_secs(1)).ok())
    }
}

impl Drop for EverySecond {
    fn drop(&mut self) {
        if let Some(interval) = self.0 {
            interval.clear();
        }
    }
}

/// Counts seconds down to zero. Cheap to copy; lives as long as its owner.
#[derive(Clone, Copy)]
pub struct Countdown {
    seconds: RwSignal<u32>,
    timer: StoredValue<Option<EverySecond>, LocalStorage>,
}

impl Default for Countdown {
    fn default() -> Self {
        Self::new()
    }
}

impl Countdown {
    /// One that is over.
    #[must_use]
    pub fn new() -> Self {
        Self {
            seconds: RwSignal::new(0),
            timer: StoredValue::new_local(None),
        }
    }

    /// Begins anew.
    pub fn start(self, seconds: u32) {
        self.seconds.set(seconds);
        let timer = EverySecond::new(move || {
            let left = self.seconds_untracked().saturating_sub(1);
            self.seconds.set(left);
            if left == 0 {
                self.timer.try_set_value(None);
            }
        });
        self.timer.try_set_value(Some(timer));
    }

    /// The seconds that are left.
    #[must_use]
    pub fn seconds_untracked(self) -> u32 {
        self.seconds.try_get_untracked().unwrap_or_default()
    }

    /// The seconds that are left; whatever reads it here is run again when it changes.
    #[must_use]
    pub fn seconds(self) -> u32 {
        self.seconds.try_get().unwrap_or_default()
    }
}
