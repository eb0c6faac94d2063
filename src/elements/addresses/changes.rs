//! Sending a change, and what the store makes of it. The list answers at once; what the store makes of it
//! comes later and is told at the row.

use super::address_row::{AddressChange, Failure, Key, Row};
use super::context::{Announcement, BookContext};
use super::deletions::Deletions;
use super::editor::Editor;
use super::list::List;
use super::lookup::{Found, look_up};
use super::paging::Paging;
use super::rows::Rows;
use crate::api::{Address, ApiError, MutationError};
use crate::elements::shared::AccountEvent;
use leptos::task::spawn_local;
use storefront_rules::Values;

/// Changes on their way. Cheap to copy; lives as long as the element.
#[derive(Clone, Copy)]
pub struct Changes {
    pub(super) book: BookContext,
    pub(super) rows: Rows,
    pub(super) paging: Paging,
    pub(super) list: List,
    pub(super) editor: Editor,
    pub(super) deletions: Deletions,
}

impl Changes {
    /// Puts what the shopper wants into the list and sends it: into the row `key`, or into a new one.
    pub fn save(self, key: Option<Key>, values: Values, captcha: Option<String>) -> Key {
        let is_over = |key: &Key| {
            let row = self.rows.row_untracked(*key);
            row.is_none_or(|row| row.change == AddressChange::Over)
        };
        let key = match key.filter(|key| !is_over(key)) {
            Some(key) => {
                self.rows.set(key, |row| row.draft = Some(values));
                key
            }
            None => {
                self.paging.count(1);
                self.rows.extend([Row {
                    draft: Some(values),
                    is_first: true,
                    ..Row::default()
                }])
            }
        };
        self.send(key, captcha);
        key
    }

    /// Sends the row again, if it is waiting for that and the store is not throttling requests; where
    /// the store asks for a captcha, by the form.
    pub fn retry(self, key: Key) {
        let change = self.rows.row_untracked(key).map(|row| row.change);
        let may = !self.book.is_waiting_untracked();
        match change {
            Some(AddressChange::NotSaved(_)) if self.book.captcha().is_some() => {
                self.editor.open(Some(key));
            }
            Some(AddressChange::NotSaved(_)) if may => self.send(key, None),
            Some(AddressChange::NotDeleted(_)) if may => self.deletions.delete_now(&[key], None),
            Some(
                AddressChange::None
                | AddressChange::Saving
                | AddressChange::NotSaved(_)
                | AddressChange::Conflict(_)
                | AddressChange::Gone
                | AddressChange::Deleted
                | AddressChange::NotDeleted(_)
                | AddressChange::NotDeletedAsChanged
                | AddressChange::Over,
            )
            | None => {}
        }
    }

    /// The customer has signed in again: sends what waited for that.
    pub fn resume(self) {
        let waiting: Vec<Key> = self.rows.with_untracked(|rows| {
            let rows = rows.iter().enumerate();
            let waiting = rows.filter(|(_, row)| row.failure() == Some(&Failure::SignedOut));
            waiting.map(|(key, _)| key).collect()
        });
        // With a captcha the shopper must send each one; the address that is open goes with its form.
        let open = self.editor.edit_untracked().and_then(|edit| edit.key);
        if self.book.captcha().is_none() {
            for key in waiting.into_iter().filter(|key| Some(*key) != open) {
                self.retry(key);
            }
        }
        self.paging.resume();
    }

    /// Drops the draft: the row shows what the store has, or goes if the store has nothing.
    pub fn discard(self, key: Key) {
        let row = self.rows.row_untracked(key);
        let is_saved = row.is_some_and(|row| row.id.is_some() && row.change != AddressChange::Gone);
        if !is_saved {
            self.paging.count(-1);
        }
        self.rows.set(key, |row| {
            row.draft = None;
            row.change = if is_saved {
                AddressChange::None
            } else {
                AddressChange::Over
            };
        });
    }

    /// The address was changed here and elsewhere: mine replaces theirs, or theirs stays.
    pub fn decide(self, key: Key, keeps_mine: bool) {
        self.rows.set(key, |row| {
            if let AddressChange::Conflict(theirs) = std::mem::take(&mut row.change) {
                row.saved = theirs;
                if !keeps_mine {
                    row.draft = None;
                }
            }
        });
        if keeps_mine {
            self.send(key, None);
        }
    }

    /// The address was deleted elsewhere: what the shopper wants of it becomes a new one.
    pub fn add_again(self, key: Key) {
        self.rows.set(key, |row| {
            row.id = None;
            row.cursor = None;
            row.is_first = true;
        });
        self.send(key, None);
    }

    /// Sends what the shopper wants of a row, unless it is on its way.
    fn send(self, key: Key, captcha: Option<String>) {
        let Some(row) = self.rows.row_untracked(key) else {
            return;
        };
        let (Some(draft), false) = (row.draft.clone(), row.change == AddressChange::Saving) else {
            return;
        };
        self.book.announce(None);
        self.rows.set(key, |row| {
            row.change = AddressChange::Saving;
            row.is_known = false;
        });
        let epoch = self.book.epoch();
        spawn_local(async move {
            let Some(api) = self.book.api() else {
                return;
            };
            let captcha = captcha.as_deref();
            let found = match look_up(self.book, self.rows, &api, key, epoch).await {
                Err(error) => return self.refused(key, MutationError::Api(error), epoch),
                Ok(Found::SignedOut) => {
                    return self.refused(key, MutationError::NotSignedIn, epoch);
                }
                Ok(Found::OtherCustomer) => return,
                Ok(found) => found,
            };
            let Some(id) = row.id else {
                return match api.add_address(&draft, captcha).await {
                    Ok(address) => self.added(key, address, &draft),
                    Err(error) => self.refused(key, error, epoch),
                };
            };
            match found {
                // An attempt before this one arrived, although its answer did not.
                Found::Now(now) if now == draft => return self.updated(key, id, now, &draft),
                Found::Now(now) if now != row.saved => {
                    self.rows
                        .set(key, |row| row.change = AddressChange::Conflict(now));
                    return self.book.announce(Some(Announcement::ChangedElsewhere));
                }
                Found::Now(_) | Found::Nothing | Found::SignedOut | Found::OtherCustomer => {}
            }
            let fields = &self.book.definitions().fields;
            match api.update_address(id, fields, &draft, captcha).await {
                Ok(now) if now.values == row.saved && now.values != draft => {
                    self.known(key, &draft);
                }
                Ok(now) => {
                    self.rows.set(key, |row| row.kind = now.kind);
                    self.updated(key, id, now.values, &draft);
                }
                Err(error) => self.refused(key, error, epoch),
            }
        });
    }

    fn added(self, key: Key, address: Address, sent: &Values) {
        let (newest, other) = self.rows.with_untracked(|rows| {
            let newest = rows.get(key).and_then(|row| row.newest_before).flatten();
            let other = rows.iter().position(|row| row.id == Some(address.id));
            (newest, other)
        });
        let id = address.id;
        if newest >= Some(id) {
            if other.is_some_and(|other| self.deletions.is_final(other)) {
                // The store still had this address, but it is about to be deleted.
                self.rows.set(key, |row| row.change = AddressChange::Gone);
                return self.book.announce(Some(Announcement::NotSaved));
            }
            self.discard(key);
            let known = other.unwrap_or_else(|| {
                // It is in a part of the list that is not loaded yet.
                self.rows.extend([Row {
                    id: Some(id),
                    kind: address.kind,
                    saved: address.values,
                    is_first: true,
                    ..Row::default()
                }])
            });
            return self.show_known(known);
        }
        if let Some(other) = other.filter(|other| *other != key) {
            // A page that was on its way has brought it into the list already.
            self.rows.set(key, |row| {
                row.draft = None;
                row.change = AddressChange::Over;
            });
            self.list.go_to(other);
        } else {
            self.rows.set(key, |row| {
                row.id = Some(id);
                row.kind = address.kind;
            });
            self.is_saved(key, address.values, sent);
        }
        self.book.announce(Some(Announcement::Added));
        self.book
            .emit(AccountEvent::AddressAdded { address_id: id });
    }

    fn updated(self, key: Key, id: i32, now: Values, sent: &Values) {
        self.is_saved(key, now, sent);
        self.book.announce(Some(Announcement::Saved));
        self.book
            .emit(AccountEvent::AddressUpdated { address_id: id });
    }

    /// The store has what was `sent`. Sends what the shopper has changed since.
    fn is_saved(self, key: Key, now: Values, sent: &Values) {
        self.rows.set(key, |row| {
            row.saved = now;
            row.change = AddressChange::None;
            if row.draft.as_ref() == Some(sent) {
                row.draft = None;
            }
        });
        self.send(key, None);
    }

    /// The address would have become equal to another, so the store left it as it was.
    fn known(self, key: Key, wanted: &Values) {
        let other = self
            .rows
            .with_untracked(|rows| rows.iter().position(|row| row.saved == *wanted));
        if other.is_some_and(|other| self.deletions.is_final(other)) {
            // A retry will work once the other address is deleted.
            let failure = Failure::Api(ApiError::Unreadable);
            self.rows
                .set(key, |row| row.change = AddressChange::NotSaved(failure));
            return self.book.announce(Some(Announcement::NotSaved));
        }
        self.discard(key);
        self.show_known(other.unwrap_or(key));
    }

    /// Shows the address that was already there, and undoes its deletion if that is still possible.
    fn show_known(self, key: Key) {
        self.deletions.bring_back(key);
        self.rows.set(key, |row| row.is_known = true);
        self.book.announce(Some(Announcement::Known));
        self.list.go_to(key);
    }

    fn refused(self, key: Key, error: MutationError, epoch: u32) {
        let failure = match error {
            MutationError::Api(ApiError::Cancelled) => return,
            MutationError::Api(error) => {
                self.book.note_failure(&error);
                Failure::Api(error)
            }
            MutationError::NotSignedIn => {
                let failure = AddressChange::NotSaved(Failure::SignedOut);
                self.rows.set(key, |row| row.change = failure);
                return self.book.expire(epoch);
            }
            MutationError::NoSuchAddress => {
                self.rows.set(key, |row| row.change = AddressChange::Gone);
                return self.book.announce(Some(Announcement::ChangedElsewhere));
            }
            MutationError::Rejected(errors) => Failure::Rejected(errors),
        };
        let is_rejected = matches!(failure, Failure::Rejected(_));
        self.rows
            .set(key, |row| row.change = AddressChange::NotSaved(failure));
        self.book.announce(Some(Announcement::NotSaved));
        // Back into the form, unless the shopper is in another one by now.
        if is_rejected && self.editor.edit_untracked().is_none() {
            self.editor.open(Some(key));
        }
    }
}
