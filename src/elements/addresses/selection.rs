//! The addresses that are selected.

use super::address_row::Key;
use super::list::List;
use super::rows::Rows;
use leptos::prelude::*;

/// The addresses that are selected. Cheap to copy; lives as long as the element.
#[derive(Clone, Copy)]
pub struct Selection {
    list: List,
    rows: Rows,
    selected: RwSignal<Vec<Key>>,
    is_on: RwSignal<bool>,
}

impl Selection {
    pub(super) fn new(list: List, rows: Rows) -> Self {
        let selection = Self {
            list,
            rows,
            selected: RwSignal::new(Vec::new()),
            is_on: RwSignal::new(false),
        };
        // What is no longer shown is no longer selected.
        Effect::new(move |_| {
            if selection.selected.with(Vec::is_empty) {
                return;
            }
            let shown = list.shown();
            untrack(|| selection.change(|selected| selected.retain(|key| shown.contains(key))));
        });
        selection
    }

    /// Whether the shopper selects addresses now.
    #[must_use]
    pub fn is_on(self) -> bool {
        self.is_on.try_get().unwrap_or_default()
    }

    /// The shopper begins to select addresses.
    pub fn begin(self) {
        self.is_on.set(true);
    }

    /// The addresses that are selected.
    #[must_use]
    pub fn keys(self) -> Vec<Key> {
        self.selected.try_get().unwrap_or_default()
    }

    fn change(self, change: impl FnOnce(&mut Vec<Key>)) {
        let before = self.selected.try_get_untracked().unwrap_or_default();
        let mut after = before.clone();
        change(&mut after);
        if after != before {
            self.selected.set(after);
        }
    }

    /// Selects an address, or no longer.
    pub fn select(self, key: Key, is_selected: bool) {
        self.change(|selected| {
            selected.retain(|other| *other != key);
            if is_selected {
                selected.push(key);
            }
        });
    }

    /// Selects everything that is shown and may be deleted.
    pub fn select_shown(self) {
        let shown = untrack(|| self.list.shown());
        let may = |key: &Key| self.rows.is_at_rest(*key);
        self.change(|selected| *selected = shown.into_iter().filter(may).collect());
    }

    /// The shopper is done selecting. Nothing is selected any more.
    pub fn end(self) {
        self.change(Vec::clear);
        self.is_on.set(false);
    }
}
