//! Deleting, and the seconds in which it can be undone.

use super::row::{Change, Failure, Key, Row};
use super::{AddressBook, News};
use crate::state::timer::EverySecond;
use reactive_graph::owner::on_cleanup;
use std::future::Future;
use std::pin::Pin;
use std::rc::Rc;
use wasm_bindgen_futures::spawn_local;

/// How long a deletion can be undone, in seconds.
const UNDO_SECONDS: u32 = 8;

/// Most deletions that are sent when the page is left: requests that outlive it may have 64 KiB of body
/// among them (Fetch, 4.5). With more of them the browser asks before it leaves.
pub(super) const MOST_AT_THE_END: usize = 80;

/// Addresses that are out of the list and not yet out of the store.
#[derive(Default)]
pub(super) struct Undo {
    keys: Vec<Key>,
    seconds: u32,
    /// Whether the shopper is at the button, so that it must not go away (WCAG 2.2.1): with the
    /// pointer, with the focus.
    is_held: [bool; 2],
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

impl AddressBook {
    /// Takes addresses out of the list, and out of the store once they can no longer be brought back,
    /// together with those that can be by then.
    pub fn delete_soon(self, keys: &[Key]) {
        let mut all = self.undo.with_untracked(|undo| undo.keys.clone());
        let keys = self.take_out(keys);
        if keys.is_empty() {
            return;
        }
        all.extend(keys);
        let timer = EverySecond::new(move || {
            self.undo.update(|undo| {
                if undo.is_held == [false; 2] {
                    undo.seconds = undo.seconds.saturating_sub(1);
                }
            });
            if self.undo.with_untracked(|undo| undo.seconds == 0) {
                self.finish();
            }
        });
        let count = u32::try_from(all.len()).unwrap_or(u32::MAX);
        self.tell(Some(News::Deleted(count)));
        self.undo.update(|undo| {
            undo.keys = all;
            undo.seconds = UNDO_SECONDS;
            undo._timer = Some(timer);
        });
    }

    /// Takes addresses out of the list and out of the store: the shopper was asked before.
    pub fn delete_now(self, keys: &[Key], captcha: Option<String>) {
        let keys = self.take_out(keys);
        self.send_deletions(keys, captcha);
    }

    /// Tries a deletion again that was not made.
    pub(super) fn delete_again(self, key: Key) {
        self.delete_now(&[key], None);
    }

    /// Takes what may be deleted among `keys` out of the list.
    fn take_out(self, keys: &[Key]) -> Vec<Key> {
        let mut taken = Vec::new();
        for key in keys {
            let may = self
                .rows
                .with_untracked(|rows| rows.get(*key).is_some_and(Row::is_at_rest));
            if may {
                self.set_row(*key, |row| row.change = Change::Deleted);
                taken.push(*key);
            }
        }
        self.select(|selected| selected.retain(|key| !taken.contains(key)));
        self.count(-i32::try_from(taken.len()).unwrap_or_default());
        taken
    }

    /// Whether addresses can be brought back.
    #[must_use]
    pub fn can_undo(self) -> bool {
        self.undo.with(|undo| !undo.keys.is_empty())
    }

    /// Keeps the time that is left while the shopper is at the button.
    pub fn hold_undo(self, with: Hold, is_held: bool) {
        self.undo.update(|undo| {
            let [pointer, focus] = &mut undo.is_held;
            match with {
                Hold::Pointer => *pointer = is_held,
                Hold::Focus => *focus = is_held,
            }
        });
    }

    /// Brings the addresses back.
    pub fn undo(self) {
        let keys = self.undo.with_untracked(|undo| undo.keys.clone());
        for key in &keys {
            self.bring_back(*key);
        }
        if let Some(first) = keys.first() {
            self.want(*first);
        }
        self.tell(Some(News::Undone));
    }

    /// Brings an address back, if it can be.
    pub(super) fn bring_back(self, key: Key) {
        if !self.undo.with_untracked(|undo| undo.keys.contains(&key)) {
            return;
        }
        self.undo.update(|undo| {
            undo.keys.retain(|other| *other != key);
            if undo.keys.is_empty() {
                *undo = Undo::default();
            }
        });
        self.set_row(key, |row| row.change = Change::None);
        self.count(1);
    }

    /// Whether an address is on its way out of the store, and nothing brings it back.
    pub(super) fn is_being_deleted(self, key: Key) -> bool {
        let is_deleted = self
            .row_untracked(key)
            .is_some_and(|row| row.change == Change::Deleted);
        is_deleted && !self.undo.with_untracked(|undo| undo.keys.contains(&key))
    }

    /// The time is over: takes the addresses out of the store.
    fn finish(self) {
        let keys = self.undo.with_untracked(|undo| undo.keys.clone());
        if !keys.is_empty() {
            self.undo.set(Undo::default());
            self.tell(None);
            self.send_deletions(keys, None);
        }
    }

    fn send_deletions(self, keys: Vec<Key>, captcha: Option<String>) {
        spawn_local(self.delete_all(keys, captcha));
    }

    /// One after the other; what stops one stops those behind it.
    async fn delete_all(self, keys: Vec<Key>, captcha: Option<String>) {
        let Some(api) = self.read(|given| given.scope.api.clone()) else {
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

    /// The numbers of what is out of the list and, as far as is known, in the store.
    fn deleted(self) -> Vec<i32> {
        self.rows.with_untracked(|rows| {
            let deleted = rows.iter().filter(|row| row.change == Change::Deleted);
            deleted.filter_map(|row| row.id).collect()
        })
    }

    /// The page is left, or the element is taken out of it: what is out of the list goes out of the
    /// store without another look, since there is time for one request each. What was on its way is
    /// asked for once more, which is harmless.
    pub fn finish_leaving(self) {
        let Some(api) = self.read(|given| given.scope.api.keepalive()) else {
            return;
        };
        self.undo.set(Undo::default());
        for id in self.deleted() {
            let api = api.clone();
            spawn_local(async move {
                // There is no list any more in which a refusal could be told.
                let _ = api.delete_address(id, None).await;
            });
        }
    }

    pub(super) fn finish_at_the_end(self) {
        on_cleanup(move || self.finish_leaving());
    }

    /// Whoever signs out has deleted what they deleted: the store is told while they may.
    pub(super) fn finish_before_sign_out(self) {
        let hook: Rc<dyn Fn() -> Pin<Box<dyn Future<Output = ()>>>> = Rc::new(move || {
            let keys = self.undo.with_untracked(|undo| undo.keys.clone());
            self.undo.set(Undo::default());
            Box::pin(self.delete_all(keys, None))
        });
        self.read(|given| given.scope.session.before_end(hook));
    }
}
