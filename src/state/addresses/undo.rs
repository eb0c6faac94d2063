//! Deleting, and the seconds in which it can be undone.

use super::row::{Change, Key, Row};
use super::{AddressBook, News};
use crate::state::timer::EverySecond;
use reactive_graph::owner::on_cleanup;
use wasm_bindgen_futures::spawn_local;

/// How long a deletion can be undone, in seconds.
const UNDO_SECONDS: u32 = 8;

/// Addresses that are out of the list and not yet out of the store.
#[derive(Default)]
pub(super) struct Undo {
    keys: Vec<Key>,
    seconds: u32,
    /// Whether the shopper is at the button, so that it must not go away (WCAG 2.2.1).
    is_held: bool,
    _timer: Option<EverySecond>,
}

impl AddressBook {
    /// Takes addresses out of the list, and out of the store once they can no longer be brought back.
    pub fn delete_soon(self, keys: &[Key]) {
        self.finish();
        let keys = self.take_out(keys);
        if keys.is_empty() {
            return;
        }
        let timer = EverySecond::new(move || {
            self.undo.update(|undo| {
                if !undo.is_held {
                    undo.seconds = undo.seconds.saturating_sub(1);
                }
            });
            if self.undo.with_untracked(|undo| undo.seconds == 0) {
                self.finish();
            }
        });
        self.news.set(Some(News::Deleted(count(&keys))));
        self.undo.set(Undo {
            keys,
            seconds: UNDO_SECONDS,
            is_held: false,
            _timer: Some(timer),
        });
    }

    /// Takes addresses out of the list and out of the store: the shopper was asked before.
    pub fn delete_now(self, keys: &[Key], captcha: Option<String>) {
        self.finish();
        let keys = self.take_out(keys);
        self.send_deletions(keys, captcha);
        self.news.set(Some(News::Over));
    }

    /// Tries a deletion again that was not made.
    pub(super) fn delete_again(self, key: Key) {
        let keys = self.take_out(&[key]);
        self.send_deletions(keys, None);
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
    pub fn hold_undo(self, is_held: bool) {
        if self.undo.with_untracked(|undo| undo.is_held != is_held) {
            self.undo.update(|undo| undo.is_held = is_held);
        }
    }

    /// Brings the addresses back.
    pub fn undo(self) {
        let keys = self.undo.with_untracked(|undo| undo.keys.clone());
        self.undo.set(Undo::default());
        for key in &keys {
            self.set_row(*key, |row| row.change = Change::None);
        }
        self.count(i32::try_from(keys.len()).unwrap_or_default());
        if let Some(first) = keys.first() {
            self.want(*first);
        }
        self.news.set(Some(News::Undone));
    }

    /// The time is over: takes the addresses out of the store.
    fn finish(self) {
        let keys = self.undo.with_untracked(|undo| undo.keys.clone());
        if !keys.is_empty() {
            self.undo.set(Undo::default());
            self.send_deletions(keys, None);
        }
    }

    fn send_deletions(self, keys: Vec<Key>, captcha: Option<String>) {
        let Some(api) = self.read(|given| given.scope.api.clone()) else {
            return;
        };
        spawn_local(async move {
            let mut captcha = captcha;
            for key in keys {
                self.delete(api.clone(), key, captcha.take(), true).await;
            }
        });
    }

    /// The page is left: what is out of the list goes out of the store without another look, since
    /// there is time for one request alone.
    pub fn finish_leaving(self) {
        let keys = self.undo.with_untracked(|undo| undo.keys.clone());
        let Some(api) = self.read(|given| given.scope.api.lasting()) else {
            return;
        };
        self.undo.set(Undo::default());
        for key in keys {
            let api = api.clone();
            spawn_local(self.delete(api, key, None, false));
        }
    }

    /// The same when the element is taken out of the page, or somebody else signs in; there is no list
    /// any more in which a refusal could be told.
    pub(super) fn finish_at_the_end(self) {
        on_cleanup(move || {
            let keys = self.undo.with_untracked(|undo| undo.keys.clone());
            let ids: Vec<i32> = self.rows.with_untracked(|rows| {
                let rows = keys.iter().filter_map(|key| rows.get(*key));
                rows.filter_map(|row| row.id).collect()
            });
            let Some(api) = self.read(|given| given.scope.api.lasting()) else {
                return;
            };
            for id in ids {
                let api = api.clone();
                spawn_local(async move {
                    let _ = api.delete_address(id, None).await;
                });
            }
        });
    }
}

fn count(keys: &[Key]) -> u32 {
    u32::try_from(keys.len()).unwrap_or(u32::MAX)
}
