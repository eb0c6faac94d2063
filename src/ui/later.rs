//! Content that is made in a task of its own, so that a slow phone answers in between (RAIL: no task over 50 ms).

use super::{dom, remade};
use leptos::prelude::*;

type Task = Box<dyn FnOnce()>;

/// What an element has still to make. Provided to its components; cheap to copy.
#[derive(Clone, Copy)]
pub struct Building {
    tasks: StoredValue<Vec<Task>, LocalStorage>,
    /// What waits until everything is made.
    waiting: StoredValue<Vec<Task>, LocalStorage>,
    is_running: StoredValue<bool>,
}

impl Default for Building {
    fn default() -> Self {
        Self {
            tasks: StoredValue::new_local(Vec::new()),
            waiting: StoredValue::new_local(Vec::new()),
            is_running: StoredValue::new(false),
        }
    }
}

impl Building {
    /// Of the element that the calling component is in.
    #[must_use]
    pub fn current() -> Self {
        use_context().unwrap_or_default()
    }

    /// Runs `then` once everything is made: at once if it is.
    pub fn when_done(self, then: impl FnOnce() + 'static) {
        if self.is_running.try_get_value() == Some(true) {
            self.waiting
                .update_value(|waiting| waiting.push(Box::new(then)));
        } else {
            then();
        }
    }

    fn queue(self, task: Task) {
        self.tasks.update_value(|tasks| tasks.push(task));
        if self.is_running.try_get_value() == Some(false) {
            self.is_running.set_value(true);
            dom::defer(move || self.run());
        }
    }

    /// Runs what is first in the queue, and the rest in tasks of their own.
    fn run(self) {
        let first = self.tasks.try_update_value(|tasks| {
            let is_there = !tasks.is_empty();
            is_there.then(|| tasks.remove(0))
        });
        match first.flatten() {
            Some(task) => {
                task();
                dom::defer(move || self.run());
            }
            // What was made may have had more to make: that was queued before this.
            None => {
                self.is_running.set_value(false);
                let waiting = self.waiting.try_update_value(std::mem::take);
                for then in waiting.unwrap_or_default() {
                    then();
                }
            }
        }
    }
}

/// What `make` makes, in a task of its own, after all that was to be made before.
pub fn later(make: impl FnOnce() -> AnyView + 'static) -> AnyView {
    let make: Box<dyn FnOnce() -> AnyView> = Box::new(make);
    let make = StoredValue::new_local(Some(make));
    let is_due = RwSignal::new(false);
    Building::current().queue(Box::new(move || is_due.set(true)));
    remade(move || {
        if !is_due.get() {
            return None;
        }
        let make = make.try_update_value(Option::take).flatten()?;
        Some(untrack(make))
    })
}
