//! Sending a change, and what the store makes of it.

use super::row::{Change, Failure, Key, Row};
use super::{AddressBook, News};
use crate::api::{Address, Api, ApiError, MutationError, Rejection, Stretch};
use crate::state::Happening;
use storefront_rules::Values;
use wasm_bindgen_futures::spawn_local;

/// How many addresses before its place are looked through for one: it may have moved there when others
/// were deleted.
const BEFORE: usize = 20;

/// What a look at the store brought.
enum Seen {
    /// The address as it is now.
    Now(Values),
    /// Nothing that tells: it is not where it was.
    Nothing,
    /// Nobody is signed in.
    SignedOut,
}

impl AddressBook {
    /// Puts what the shopper wants into the list and sends it: into the row `key`, or into a new one.
    pub fn save(self, key: Option<Key>, values: Values, captcha: Option<String>) -> Key {
        let key = match key {
            Some(key) => {
                self.set_row(key, |row| row.draft = Some(values));
                key
            }
            None => {
                self.count(1);
                self.push_row(Row {
                    draft: Some(values),
                    is_first: true,
                    ..Row::default()
                })
            }
        };
        self.send(key, captcha);
        key
    }

    /// Sends the row once more, if it waits for that and the store does not want to be left alone; where
    /// the store asks for a captcha, by the form.
    pub fn retry(self, key: Key) {
        let change = self.row_untracked(key).map(|row| row.change);
        let may = self.countdown.seconds_untracked() == 0;
        match change {
            Some(Change::NotSaved(_)) if self.captcha().is_some() => self.open(Some(key)),
            Some(Change::NotSaved(_)) if may => self.send(key, None),
            Some(Change::NotDeleted(_)) if may => self.delete_again(key),
            Some(
                Change::None
                | Change::Saving
                | Change::NotSaved(_)
                | Change::Conflict(_)
                | Change::Gone
                | Change::Deleted
                | Change::NotDeleted(_)
                | Change::NotDeletedAsChanged
                | Change::Over,
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
        for key in waiting {
            self.retry(key);
        }
        self.go_on_paging();
    }

    /// Takes back what the shopper wanted: the address is again what the store has, or none.
    pub fn discard(self, key: Key) {
        let is_kept = self
            .row_untracked(key)
            .is_some_and(|row| row.id.is_some() && row.change != Change::Gone);
        if !is_kept {
            self.count(-1);
        }
        self.set_row(key, |row| {
            row.draft = None;
            row.change = if is_kept { Change::None } else { Change::Over };
        });
    }

    /// The address was changed here and elsewhere: mine replaces theirs, or theirs stays.
    pub fn decide(self, key: Key, keeps_mine: bool) {
        self.set_row(key, |row| {
            if let Change::Conflict(theirs) = std::mem::take(&mut row.change) {
                row.kept = theirs;
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
    pub fn add_anew(self, key: Key) {
        self.set_row(key, |row| {
            row.id = None;
            row.cursor = None;
            row.is_first = true;
        });
        self.send(key, None);
    }

    /// Sends what the shopper wants of a row, unless it is on its way.
    fn send(self, key: Key, captcha: Option<String>) {
        let Some(row) = self.row_untracked(key) else {
            return;
        };
        let (Some(draft), false) = (row.draft.clone(), row.change == Change::Saving) else {
            return;
        };
        self.news.set(None);
        self.set_row(key, |row| {
            row.change = Change::Saving;
            row.is_known = false;
        });
        let epoch = self.epoch();
        spawn_local(async move {
            let Some((api, fields)) = self.read(|g| (g.scope.api.clone(), g.fields.clone())) else {
                return;
            };
            let captcha = captcha.as_deref();
            let Some(id) = row.id else {
                return match api.add_address(&draft, captcha).await {
                    Ok(address) => self.added(key, address),
                    Err(error) => self.refused(key, error, epoch),
                };
            };
            match self.look(&api, key, id).await {
                Err(error) => return self.refused(key, MutationError::Api(error), epoch),
                Ok(Seen::SignedOut) => return self.refused(key, MutationError::NotSignedIn, epoch),
                // An attempt before this one arrived, although its answer did not.
                Ok(Seen::Now(now)) if now == draft => return self.updated(key, id, now),
                Ok(Seen::Now(now)) if now != row.kept => {
                    return self.set_row(key, |row| row.change = Change::Conflict(now));
                }
                Ok(Seen::Now(_) | Seen::Nothing) => {}
            }
            match api.update_address(id, &fields, &draft, captcha).await {
                Ok(now) if now.values == row.kept && now.values != draft => self.known(key, &draft),
                Ok(now) => {
                    self.set_row(key, |row| row.kind = now.kind);
                    self.updated(key, id, now.values);
                }
                Err(error) => self.refused(key, error, epoch),
            }
        });
    }

    /// Looks what the store has of an address now. The platform has no way to say "only if nothing
    /// changed meanwhile", nor to ask for a single address: so it is looked for around its place, or
    /// among the newest if it was added here.
    async fn look(self, api: &Api, key: Key, id: i32) -> Result<Seen, ApiError> {
        let (has_place, before) = self.rows.with_untracked(|rows| {
            let before = rows.iter().take(key).filter(|row| row.cursor.is_some());
            let before = before.rev().nth(BEFORE);
            (
                rows.get(key).is_some_and(|row| row.cursor.is_some()),
                before.and_then(|row| row.cursor.clone()),
            )
        });
        let stretch = if has_place {
            Stretch::After(before.as_deref())
        } else {
            Stretch::Newest
        };
        Ok(match api.addresses(stretch).await? {
            None => Seen::SignedOut,
            Some(page) => {
                let found = page.addresses.into_iter().find(|address| address.id == id);
                found.map_or(Seen::Nothing, |address| Seen::Now(address.values))
            }
        })
    }

    fn added(self, key: Key, address: Address) {
        let is_known = self.paging.with_untracked(|p| p.newest >= Some(address.id));
        if is_known {
            let elsewhere = self
                .rows
                .with_untracked(|rows| rows.iter().position(|row| row.id == Some(address.id)));
            self.discard(key);
            let known = elsewhere.unwrap_or_else(|| {
                // It is further down than the list is known.
                self.push_row(Row {
                    id: Some(address.id),
                    kind: address.kind,
                    kept: address.values,
                    is_first: true,
                    ..Row::default()
                })
            });
            return self.tell_known(known);
        }
        self.paging
            .update(|paging| paging.newest = Some(address.id));
        self.set_row(key, |row| {
            row.id = Some(address.id);
            row.kind = address.kind;
            row.kept = address.values;
            row.draft = None;
            row.change = Change::None;
        });
        self.news.set(Some(News::Added));
        self.notify(Happening::AddressAdded {
            address_id: address.id,
        });
    }

    fn updated(self, key: Key, id: i32, now: Values) {
        self.set_row(key, |row| {
            row.kept = now;
            row.draft = None;
            row.change = Change::None;
        });
        self.news.set(Some(News::Saved));
        self.notify(Happening::AddressUpdated { address_id: id });
    }

    /// The address would have become equal to another, so the store left it as it was.
    fn known(self, key: Key, wanted: &Values) {
        self.discard(key);
        let other = self
            .rows
            .with_untracked(|rows| rows.iter().position(|row| row.kept == *wanted));
        self.tell_known(other.unwrap_or(key));
    }

    fn tell_known(self, key: Key) {
        self.set_row(key, |row| row.is_known = true);
        self.news.set(Some(News::Known));
        self.want(key);
    }

    fn refused(self, key: Key, error: MutationError, epoch: u32) {
        let failure = match error {
            MutationError::Api(ApiError::Cancelled) => return,
            MutationError::Api(error) => {
                self.note_failure(&error);
                Failure::Api(error)
            }
            MutationError::NotSignedIn => {
                self.set_row(key, |row| row.change = Change::NotSaved(Failure::SignedOut));
                return self.expire(epoch);
            }
            MutationError::NoSuchAddress => {
                return self.set_row(key, |row| row.change = Change::Gone);
            }
            MutationError::Rejected(rejection) => Failure::Rejected(rejection),
        };
        let is_refused = matches!(failure, Failure::Rejected(_));
        self.set_row(key, |row| row.change = Change::NotSaved(failure));
        // Back into the form, unless the shopper is in another one by now.
        if is_refused && self.edit.with_untracked(Option::is_none) {
            self.open(Some(key));
        }
    }

    /// Takes a row, which is out of the list, out of the store.
    pub(super) async fn delete(self, api: Api, key: Key, captcha: Option<String>, looks: bool) {
        let epoch = self.epoch();
        let Some((row, id)) = self.row_untracked(key).and_then(|row| {
            let id = row.id?;
            Some((row, id))
        }) else {
            return;
        };
        let seen = if looks {
            self.look(&api, key, id).await
        } else {
            Ok(Seen::Nothing)
        };
        let deleted = match seen {
            Err(error) => Err(MutationError::Api(error)),
            Ok(Seen::SignedOut) => Err(MutationError::NotSignedIn),
            Ok(Seen::Now(now)) if now != row.kept => {
                self.count(1);
                self.want(key);
                return self.set_row(key, |row| {
                    row.kept = now;
                    row.change = Change::NotDeletedAsChanged;
                });
            }
            Ok(Seen::Now(_) | Seen::Nothing) => api.delete_address(id, captcha.as_deref()).await,
        };
        let failure = match deleted {
            Ok(()) => {
                self.set_row(key, |row| row.change = Change::Over);
                return self.notify(Happening::AddressDeleted { address_id: id });
            }
            Err(MutationError::Api(ApiError::Cancelled)) => return,
            // It is out of the store, if not by us.
            Err(MutationError::NoSuchAddress) => {
                return self.set_row(key, |row| row.change = Change::Over);
            }
            Err(MutationError::Rejected(rejection)) => {
                if looks && self.is_gone(&api, key, id).await {
                    return self.set_row(key, |row| row.change = Change::Over);
                }
                Failure::Rejected(rejection)
            }
            Err(MutationError::Api(error)) => {
                self.note_failure(&error);
                Failure::Api(error)
            }
            Err(MutationError::NotSignedIn) => Failure::SignedOut,
        };
        let is_signed_out = failure == Failure::SignedOut;
        self.count(1);
        self.set_row(key, |row| row.change = Change::NotDeleted(failure));
        if is_signed_out {
            self.expire(epoch);
        }
    }

    /// Whether an address is no longer where it was: the store does not tell a deletion that it
    /// refuses from one of what is not there.
    async fn is_gone(self, api: &Api, key: Key, id: i32) -> bool {
        matches!(self.look(api, key, id).await, Ok(Seen::Nothing))
    }
}

impl Row {
    /// Why its last change was not made, if it was not.
    #[must_use]
    pub const fn failure(&self) -> Option<&Failure> {
        match &self.change {
            Change::NotSaved(failure) | Change::NotDeleted(failure) => Some(failure),
            Change::None
            | Change::Saving
            | Change::Conflict(_)
            | Change::Gone
            | Change::Deleted
            | Change::NotDeletedAsChanged
            | Change::Over => None,
        }
    }

    /// What the store said of its fields, to be shown in the form.
    pub(super) fn rejection(&self) -> Option<Rejection> {
        match self.failure() {
            Some(Failure::Rejected(rejection)) => Some(rejection.clone()),
            Some(Failure::Api(_) | Failure::SignedOut) | None => None,
        }
    }
}
