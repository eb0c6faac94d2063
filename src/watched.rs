//! A value that tells its readers when it changes.

use reactive_graph::owner::{LocalStorage, StoredValue};
use reactive_graph::signal::ArcTrigger;
use reactive_graph::traits::{GetValue, Notify, Track};
use std::any::Any;
use std::cell::RefCell;
use std::marker::PhantomData;
use std::rc::Rc;

/// A signal that is cheap to copy and cheap in bytes: Leptos' own `RwSignal<T>` is compiled anew
/// for each `T`, about 1.7 kB of it; here all types share one.
///
/// It belongs to the owner it is made under. Once that is gone, writing does nothing and reading
/// gives the type's default, so that an answer which comes late finds nobody and breaks nothing.
pub(crate) struct Watched<T> {
    inner: StoredValue<Inner, LocalStorage>,
    of: PhantomData<fn() -> T>,
}

#[derive(Clone)]
struct Inner {
    value: Rc<dyn Any>,
    changed: ArcTrigger,
}

impl<T> Clone for Watched<T> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<T> Copy for Watched<T> {}

impl<T: Default + 'static> Watched<T> {
    /// Holds `value`.
    #[must_use]
    pub(crate) fn new(value: T) -> Self {
        Self {
            inner: stored(Rc::new(RefCell::new(value))),
            of: PhantomData,
        }
    }

    /// Reads the value; whatever reads it here is run again when it changes.
    pub(crate) fn with<R>(self, read: impl FnOnce(&T) -> R) -> R {
        let inner = inner(self.inner);
        if let Some(inner) = &inner {
            inner.changed.track();
        }
        read_from(inner.as_ref(), read)
    }

    /// Reads the value and nothing more.
    pub(crate) fn with_untracked<R>(self, read: impl FnOnce(&T) -> R) -> R {
        read_from(inner(self.inner).as_ref(), read)
    }

    /// A copy of the value; whatever reads it here is run again when it changes.
    #[must_use]
    pub(crate) fn get(self) -> T
    where
        T: Clone,
    {
        self.with(T::clone)
    }

    /// A copy of the value.
    #[must_use]
    pub(crate) fn get_untracked(self) -> T
    where
        T: Clone,
    {
        self.with_untracked(T::clone)
    }

    /// Changes the value and tells its readers.
    pub(crate) fn update(self, change: impl FnOnce(&mut T)) {
        let Some(inner) = inner(self.inner) else {
            return;
        };
        if let Some(cell) = inner.value.downcast_ref::<RefCell<T>>()
            && let Ok(mut value) = cell.try_borrow_mut()
        {
            change(&mut value);
        }
        inner.changed.notify();
    }

    /// Puts `value` in place of the one before and tells its readers.
    pub(crate) fn set(self, value: T) {
        self.update(|before| *before = value);
    }
}

fn stored(value: Rc<dyn Any>) -> StoredValue<Inner, LocalStorage> {
    let changed = ArcTrigger::new();
    StoredValue::new_local(Inner { value, changed })
}

fn inner(stored: StoredValue<Inner, LocalStorage>) -> Option<Inner> {
    stored.try_get_value()
}

fn read_from<T: Default + 'static, R>(inner: Option<&Inner>, read: impl FnOnce(&T) -> R) -> R {
    let cell = inner.and_then(|inner| inner.value.downcast_ref::<RefCell<T>>());
    match cell.and_then(|cell| cell.try_borrow().ok()) {
        Some(value) => read(&value),
        None => read(&T::default()),
    }
}
