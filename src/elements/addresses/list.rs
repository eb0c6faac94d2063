//! Which addresses the list shows, and in which order.

use super::address_row::Key;
use super::catalogue::{AddressFilter, Facets, Sorting};
use super::context::{BookContext, FocusTarget};
use super::paging::Paging;
use super::rows::Rows;
use leptos::prelude::*;

/// What the list shows. Cheap to copy; lives as long as the element.
#[derive(Clone, Copy)]
pub struct List {
    book: BookContext,
    rows: Rows,
    paging: Paging,
    filter: RwSignal<AddressFilter>,
}

impl List {
    pub(super) fn new(book: BookContext, rows: Rows, paging: Paging) -> Self {
        Self {
            book,
            rows,
            paging,
            filter: RwSignal::new(AddressFilter::default()),
        }
    }

    /// What the shopper looks for.
    #[must_use]
    pub fn filter(self) -> AddressFilter {
        self.filter.try_get().unwrap_or_default()
    }

    /// Looks for something else.
    pub fn look_for(self, change: impl FnOnce(&mut AddressFilter)) {
        self.filter.update(change);
        if self.filter.try_with_untracked(AddressFilter::needs_all) == Some(true) {
            self.paging.load_all();
        }
    }

    /// The addresses that the list shows, in its order.
    #[must_use]
    pub fn shown(self) -> Vec<Key> {
        let filter = self.filter();
        let definitions = self.book.definitions();
        self.rows.with(|rows| {
            let sorting = Sorting {
                i18n: self.book.i18n(),
                country: &|code| self.book.country_name(code),
            };
            self.rows.with_catalogue(|catalogue| {
                catalogue.find(rows, &filter, &definitions.slice, &sorting)
            })
        })
    }

    /// What there is to choose among.
    #[must_use]
    pub(super) fn facets(self) -> Facets {
        self.rows.with(|_| ());
        self.rows
            .with_catalogue(|catalogue| catalogue.facets().clone())
    }

    /// Brings a row into view with the focus on it. What the shopper looked for gives way where it leaves
    /// the row out.
    pub fn go_to(self, key: Key) {
        if !untrack(|| self.shown()).contains(&key) {
            self.look_for(AddressFilter::clear);
        }
        self.book.request_focus(FocusTarget::Row(key));
    }
}
