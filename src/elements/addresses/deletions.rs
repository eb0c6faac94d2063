//! Deleting, and the seconds in which it can be undone.

use super::address_row::{AddressChange, Failure, Key};
use super::context::{Announcement, BookContext};
use super::list::List;
use super::lookup::{Found, look_up};
use super::paging::Paging;
use super::rows::Rows;
use super::selection::Selection;
use crate::api::{Api, ApiError, MutationError};
use crate::elements::shared::AccountEvent;
use crate::session::SignOutTask;
use crate::ui::timer::EverySecond;
use leptos::prelude::*;
use leptos::task::spawn_local;
use std::rc::Rc;

/// How long a deletion can be undone, in seconds.
const UNDO_SECONDS: u32 = 8;

/// Most deletions that are sent when the page is left: requests that outlive it may have 64 KiB of body
/// among them (Fetch, 4.5). With more of them the browser asks before it leaves.
const MOST_WHEN_LEAVING: usize = 80;

/// Addresses that are out of the list and can be brought back.
#[derive(Default)]
struct Undo {
    keys: Vec<Key>,
    seconds: u32,
    /// Whether the shopper is at the button, so that it must not go away (WCAG 2.2.1).
    has_pointer: bool,
    has_focus: bool,
    _timer: Option<EverySecond>,
}

/// What the shopper is at the button with.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Hold {
    /// The pointer.
    Pointer,
    /// The focus.
    Focus,
}

/// Deletions. Cheap to copy; lives as long as the element.
#[derive(Clone, Copy)]
pub struct Deletions {
    book: BookContext,
    rows: Rows,
    paging: Paging,
    list: List,
    selection: Selection,
    undo: RwSignal<Undo, LocalStorage>,
}

impl Deletions {
    pub(super) fn new(
        book: BookContext,
        rows: Rows,
        paging: Paging,
        list: List,
        selection: Selection,
    ) -> Self {
        let deletions = Self {
            book,
            rows,
            paging,
            list,
            selection,
            undo: RwSignal::new_local(Undo::default()),
        };
        let leaving = window_event_listener(leptos::ev::pagehide, move |_| {
            deletions.send_before_leaving();
        });
        on_cleanup(move || {
            leaving.remove();
            deletions.send_before_leaving();
        });
        // Signing out makes pending deletions final, so they are sent while the customer is still signed in.
        let task: SignOutTask = Rc::new(move || {
            let keys = deletions.take_undo();
            Box::pin(deletions.delete_all(keys, None))
        });
        book.element.session.before_sign_out(task);
        deletions
    }

    fn pending(self) -> Vec<Key> {
        let keys = self.undo.try_with_untracked(|undo| undo.keys.clone());
        keys.unwrap_or_default()
    }

    fn take_undo(self) -> Vec<Key> {
        let keys = self.pending();
        if !keys.is_empty() {
            self.undo.set(Undo::default());
        }
        keys
    }

    /// Whether more is deleted than can be sent when the page is left.
    #[must_use]
    pub fn is_too_much_to_leave(self) -> bool {
        self.rows.deleted() > MOST_WHEN_LEAVING
    }

    /// Takes addresses out of the list, and out of the store once they can no longer be brought back,
    /// together with those that can still be undone now.
    pub fn delete_later(self, keys: &[Key]) {
        let mut all = self.pending();
        let keys = self.take_out(keys);
        if keys.is_empty() {
            return;
        }
        all.extend(keys);
        let timer = EverySecond::new(move || {
            self.undo.update(|undo| {
                if !undo.has_pointer && !undo.has_focus {
                    undo.seconds = undo.seconds.saturating_sub(1);
                }
            });
            if self.undo.try_with_untracked(|undo| undo.seconds) == Some(0) {
                self.finish();
            }
        });
        let count = u32::try_from(all.len()).unwrap_or(u32::MAX);
        self.book.announce(Some(Announcement::Deleted(count)));
        self.undo.update(|undo| {
            undo.keys = all;
            undo.seconds = UNDO_SECONDS;
            undo._timer = Some(timer);
        });
    }

    /// Takes addresses out of the list and out of the store: the shopper was asked before.
    pub fn delete_now(self, keys: &[Key], captcha: Option<String>) {
        let keys = self.take_out(keys);
        spawn_local(self.delete_all(keys, captcha));
    }

    /// Takes what may be deleted among `keys` out of the list.
    fn take_out(self, keys: &[Key]) -> Vec<Key> {
        let mut taken = Vec::new();
        for key in keys {
            if self.rows.is_at_rest(*key) {
                self.rows
                    .set(*key, |row| row.change = AddressChange::Deleted);
                self.selection.select(*key, false);
                taken.push(*key);
            }
        }
        self.paging
            .count(-i32::try_from(taken.len()).unwrap_or_default());
        taken
    }

    /// Whether addresses can be brought back.
    #[must_use]
    pub fn can_undo(self) -> bool {
        self.undo.try_with(|undo| !undo.keys.is_empty()) == Some(true)
    }

    /// Holds the time that is left while the shopper is at the button.
    pub fn hold(self, with: Hold, is_held: bool) {
        self.undo.update(|undo| match with {
            Hold::Pointer => undo.has_pointer = is_held,
            Hold::Focus => undo.has_focus = is_held,
        });
    }

    /// Brings the addresses back.
    pub fn undo(self) {
        let keys = self.pending();
        for key in &keys {
            self.bring_back(*key);
        }
        if let Some(first) = keys.first() {
            self.list.go_to(*first);
        }
        self.book.announce(Some(Announcement::Undone));
    }

    /// Brings an address back, if it can be.
    pub(super) fn bring_back(self, key: Key) {
        if !self.pending().contains(&key) {
            return;
        }
        self.undo.update(|undo| {
            undo.keys.retain(|other| *other != key);
            if undo.keys.is_empty() {
                *undo = Undo::default();
            }
        });
        self.rows.set(key, |row| row.change = AddressChange::None);
        self.paging.count(1);
    }

    /// Whether an address is on its way out of the store, and nothing brings it back.
    pub(super) fn is_final(self, key: Key) -> bool {
        let row = self.rows.row_untracked(key);
        row.is_some_and(|row| row.change == AddressChange::Deleted)
            && !self.pending().contains(&key)
    }

    /// The time is over: takes the addresses out of the store.
    fn finish(self) {
        let keys = self.take_undo();
        if !keys.is_empty() {
            self.book.announce(None);
            spawn_local(self.delete_all(keys, None));
        }
    }

    /// One after the other; what stops one stops those behind it.
    async fn delete_all(self, keys: Vec<Key>, captcha: Option<String>) {
        let Some(api) = self.book.api() else {
            return;
        };
        let mut stopped: Option<Failure> = None;
        for key in keys {
            match &stopped {
                Some(failure) => self.is_not_deleted(key, failure.clone()),
                None => stopped = self.delete(&api, key, captcha.as_deref()).await,
            }
        }
    }

    /// Takes a row, which is out of the list, out of the store. Gives the failure that the next one would
    /// meet, too.
    async fn delete(self, api: &Api, key: Key, captcha: Option<&str>) -> Option<Failure> {
        let epoch = self.book.epoch();
        let row = self.rows.row_untracked(key)?;
        let id = row.id?;
        let deleted = match look_up(self.book, self.rows, api, key, epoch).await {
            Err(error) => Err(MutationError::Api(error)),
            Ok(Found::SignedOut) => Err(MutationError::NotSignedIn),
            Ok(Found::OtherCustomer) => return Some(Failure::SignedOut),
            Ok(Found::Now(now)) if now != row.saved => {
                self.paging.count(1);
                self.rows.set(key, |row| {
                    row.saved = now;
                    row.change = AddressChange::NotDeletedAsChanged;
                });
                self.list.go_to(key);
                self.book.announce(Some(Announcement::ChangedElsewhere));
                return None;
            }
            Ok(Found::Now(_) | Found::Nothing) => api.delete_address(id, captcha).await,
        };
        let failure = match deleted {
            Ok(()) => {
                self.rows.set(key, |row| row.change = AddressChange::Over);
                self.book.announce(Some(Announcement::Over));
                self.book
                    .emit(AccountEvent::AddressDeleted { address_id: id });
                return None;
            }
            Err(MutationError::Api(ApiError::Cancelled)) => return None,
            // It is out of the store, if not by us.
            Err(MutationError::NoSuchAddress) => {
                self.rows.set(key, |row| row.change = AddressChange::Over);
                return None;
            }
            Err(MutationError::Rejected(errors)) => {
                if self.is_gone(api, key, epoch).await {
                    self.rows.set(key, |row| row.change = AddressChange::Over);
                    return None;
                }
                Failure::Rejected(errors)
            }
            Err(MutationError::Api(error)) => {
                self.book.note_failure(&error);
                Failure::Api(error)
            }
            Err(MutationError::NotSignedIn) => {
                self.book.expire(epoch);
                Failure::SignedOut
            }
        };
        self.is_not_deleted(key, failure.clone());
        match failure {
            Failure::Rejected(_) => None,
            Failure::Api(_) | Failure::SignedOut => Some(failure),
        }
    }

    /// The address is still in the store, and so in the list again.
    fn is_not_deleted(self, key: Key, failure: Failure) {
        self.paging.count(1);
        self.rows
            .set(key, |row| row.change = AddressChange::NotDeleted(failure));
        self.book.announce(Some(Announcement::NotDeleted));
    }

    /// Whether an address is no longer where it was. The store gives the same error for a refused deletion
    /// and for an address that does not exist. Without a cursor there is no way to know.
    async fn is_gone(self, api: &Api, key: Key, epoch: u32) -> bool {
        let row = self.rows.row_untracked(key);
        row.is_some_and(|row| row.cursor.is_some())
            && matches!(
                look_up(self.book, self.rows, api, key, epoch).await,
                Ok(Found::Nothing)
            )
    }

    /// The shopper leaves the page, or the element is removed: sends all pending deletions
    /// without looking them up, since there is time for one request each. What was already sent is sent
    /// again, which is harmless.
    pub(super) fn send_before_leaving(self) {
        let Some(api) = self.book.api().map(|api| api.keepalive()) else {
            return;
        };
        let deleted: Vec<i32> = self.rows.with_untracked(|rows| {
            let deleted = rows
                .iter()
                .filter(|row| row.change == AddressChange::Deleted);
            deleted.filter_map(|row| row.id).collect()
        });
        self.undo.set(Undo::default());
        for id in deleted {
            let api = api.clone();
            spawn_local(async move {
                // There is no list any more in which a refusal could be told.
                let _ = api.delete_address(id, None).await;
            });
        }
    }
}
