//! The addresses that are known.

use super::address_row::{AddressChange, Failure, Key, Row};
use super::catalogue::Catalogue;
use super::context::BookContext;
use leptos::prelude::*;

/// The addresses that are known. Cheap to copy; lives as long as the element.
#[derive(Clone, Copy)]
pub struct Rows {
    book: BookContext,
    rows: RwSignal<Vec<Row>>,
    catalogue: StoredValue<Catalogue, LocalStorage>,
}

impl Rows {
    pub(super) fn new(book: BookContext) -> Self {
        Self {
            book,
            rows: RwSignal::new(Vec::new()),
            catalogue: StoredValue::new_local(Catalogue::new()),
        }
    }

    /// The address of this key; whatever reads it here is run again when any of them changes.
    #[must_use]
    pub fn row(self, key: Key) -> Row {
        let row = self.rows.try_with(|rows| rows.get(key).cloned());
        row.flatten().unwrap_or_default()
    }

    /// The address of this key.
    #[must_use]
    pub fn row_untracked(self, key: Key) -> Option<Row> {
        let row = self.rows.try_with_untracked(|rows| rows.get(key).cloned());
        row.flatten()
    }

    /// Reads all of them; whatever reads them here is run again when any changes.
    pub(super) fn with<T: Default>(self, read: impl FnOnce(&[Row]) -> T) -> T {
        self.rows.try_with(|rows| read(rows)).unwrap_or_default()
    }

    /// Reads all of them.
    pub(super) fn with_untracked<T: Default>(self, read: impl FnOnce(&[Row]) -> T) -> T {
        let read = self.rows.try_with_untracked(|rows| read(rows));
        read.unwrap_or_default()
    }

    /// Reads what there is to search and to choose among.
    pub(super) fn with_catalogue<T: Default>(self, read: impl FnOnce(&Catalogue) -> T) -> T {
        self.catalogue.try_with_value(read).unwrap_or_default()
    }

    fn catalogue_row(self, key: Key, row: &mut Row) {
        let definitions = self.book.definitions();
        let is_shown = definitions.slice.has(row);
        self.catalogue
            .update_value(|catalogue| catalogue.put(key, row, &definitions.fields, is_shown));
    }

    /// Changes a row, and what is found by it.
    pub(super) fn set(self, key: Key, change: impl FnOnce(&mut Row)) {
        self.rows.update(|rows| {
            if let Some(row) = rows.get_mut(key) {
                change(row);
                self.catalogue_row(key, row);
            }
        });
    }

    /// Puts rows at the end of those that are known; gives the key of the first.
    pub(super) fn extend(self, new: impl IntoIterator<Item = Row>) -> Key {
        let first = self.with_untracked(<[Row]>::len);
        self.rows.update(|rows| {
            for mut row in new {
                self.catalogue_row(rows.len(), &mut row);
                rows.push(row);
            }
        });
        first
    }

    /// Whether the shopper may edit, delete or select an address now.
    #[must_use]
    pub fn is_at_rest(self, key: Key) -> bool {
        self.with_untracked(|rows| rows.get(key).is_some_and(Row::is_at_rest))
    }

    /// How many known addresses lack something that the store asks for by now.
    #[must_use]
    pub fn incomplete(self) -> usize {
        let definitions = self.book.definitions();
        self.with(|rows| {
            let lacks =
                |row: &&Row| row.is_listed() && row.is_incomplete && definitions.slice.has(row);
            rows.iter().filter(lacks).count()
        })
    }

    /// Whether a change waits for the customer to sign in again.
    #[must_use]
    pub fn is_interrupted(self) -> bool {
        self.with(|rows| {
            let mut rows = rows.iter();
            rows.any(|row| row.failure() == Some(&Failure::SignedOut))
        })
    }

    /// Whether some address holds something that the store does not have.
    #[must_use]
    pub fn has_drafts(self) -> bool {
        self.with(|rows| rows.iter().any(|row| row.draft.is_some()))
    }

    /// How many addresses are out of the list and not yet out of the store.
    #[must_use]
    pub fn deleted(self) -> usize {
        self.with(|rows| {
            let deleted = rows
                .iter()
                .filter(|row| row.change == AddressChange::Deleted);
            deleted.count()
        })
    }
}
