//! Sending a change, and what the store makes of it.

use super::row::{Change, Failure, Key, Row};
use super::{AddressBook, News};
use crate::api::{Address, Api, ApiError, MutationError, PageRequest, UserErrors};
use crate::state::AccountEvent;
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
    /// Another customer is, whose book is another one.
    SomebodyElse,
}

impl AddressBook {
    /// Puts what the shopper wants into the list and sends it: into the row `key`, or into a new one.
    pub fn save(self, key: Option<Key>, values: Values, captcha: Option<String>) -> Key {
        let is_over = |key: &Key| {
            self.row_untracked(*key)
                .is_none_or(|r| r.change == Change::Over)
        };
        let key = match key.filter(|key| !is_over(key)) {
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
        // What takes a captcha waits for the shopper, and what is in the form goes with it.
        let open = self
            .edit
            .with_untracked(|edit| edit.and_then(|edit| edit.key));
        if self.captcha().is_none() {
            for key in waiting.into_iter().filter(|key| Some(*key) != open) {
                self.retry(key);
            }
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
        self.tell(None);
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
            let seen = match self.look(&api, key, epoch).await {
                Err(error) => return self.refused(key, MutationError::Api(error), epoch),
                Ok(Seen::SignedOut) => return self.refused(key, MutationError::NotSignedIn, epoch),
                Ok(Seen::SomebodyElse) => return,
                Ok(seen) => seen,
            };
            let Some(id) = row.id else {
                return match api.add_address(&draft, captcha).await {
                    Ok(address) => self.added(key, address, &draft),
                    Err(error) => self.refused(key, error, epoch),
                };
            };
            match seen {
                // An attempt before this one arrived, although its answer did not.
                Seen::Now(now) if now == draft => return self.updated(key, id, now, &draft),
                Seen::Now(now) if now != row.kept => {
                    self.set_row(key, |row| row.change = Change::Conflict(now));
                    return self.tell(Some(News::ChangedElsewhere));
                }
                Seen::Now(_) | Seen::Nothing | Seen::SignedOut | Seen::SomebodyElse => {}
            }
            match api.update_address(id, &fields, &draft, captcha).await {
                Ok(now) if now.values == row.kept && now.values != draft => self.known(key, &draft),
                Ok(now) => {
                    self.set_row(key, |row| row.kind = now.kind);
                    self.updated(key, id, now.values, &draft);
                }
                Err(error) => self.refused(key, error, epoch),
            }
        });
    }

    /// Looks what the store has of an address now. The platform has no way to say "only if nothing
    /// changed meanwhile", nor to ask for a single address: so it is looked for around its place, or
    /// among the newest if it has none. For one that is to be added this tells which address is the
    /// newest before it.
    async fn look(self, api: &Api, key: Key, epoch: u32) -> Result<Seen, ApiError> {
        let (id, has_place, before) = self.rows.with_untracked(|rows| {
            let before = rows.iter().take(key).filter(|row| row.cursor.is_some());
            let before = before.rev().nth(BEFORE);
            (
                rows.get(key).and_then(|row| row.id),
                rows.get(key).is_some_and(|row| row.cursor.is_some()),
                before.and_then(|row| row.cursor.clone()),
            )
        });
        let stretch = if has_place {
            PageRequest::After(before.as_deref())
        } else {
            PageRequest::Newest
        };
        let page = api.addresses(stretch).await?;
        let Some(customer) = page.customer else {
            return Ok(Seen::SignedOut);
        };
        if !self.is_owner(customer, epoch) {
            return Ok(Seen::SomebodyElse);
        }
        let Some(id) = id else {
            self.set_row(key, |row| {
                row.newest_before.get_or_insert(page.newest);
            });
            return Ok(Seen::Nothing);
        };
        let found = page.addresses.into_iter().find(|address| address.id == id);
        Ok(found.map_or(Seen::Nothing, |address| Seen::Now(address.values)))
    }

    fn added(self, key: Key, address: Address, sent: &Values) {
        let (newest, other) = self.rows.with_untracked(|rows| {
            let newest = rows.get(key).and_then(|row| row.newest_before).flatten();
            let other = rows.iter().position(|row| row.id == Some(address.id));
            (newest, other)
        });
        let id = address.id;
        if newest >= Some(id) {
            let is_on_its_way_out = other.is_some_and(|other| self.is_being_deleted(other));
            if is_on_its_way_out {
                // The store had it still, and will not have it soon.
                self.set_row(key, |row| row.change = Change::Gone);
                return self.tell(Some(News::NotSaved));
            }
            self.discard(key);
            let known = other.unwrap_or_else(|| {
                // It is further down than the list is known.
                self.push_row(Row {
                    id: Some(id),
                    kind: address.kind,
                    kept: address.values,
                    is_first: true,
                    ..Row::default()
                })
            });
            return self.tell_known(known);
        }
        if let Some(other) = other.filter(|other| *other != key) {
            // A page that was on its way has brought it into the list already.
            self.set_row(key, |row| {
                row.draft = None;
                row.change = Change::Over;
            });
            self.want(other);
        } else {
            self.set_row(key, |row| {
                row.id = Some(id);
                row.kind = address.kind;
            });
            self.is_kept(key, address.values, sent);
        }
        self.tell(Some(News::Added));
        self.notify(AccountEvent::AddressAdded { address_id: id });
    }

    fn updated(self, key: Key, id: i32, now: Values, sent: &Values) {
        self.is_kept(key, now, sent);
        self.tell(Some(News::Saved));
        self.notify(AccountEvent::AddressUpdated { address_id: id });
    }

    /// The store has what was `sent`. What the shopper wants by now goes after it.
    fn is_kept(self, key: Key, now: Values, sent: &Values) {
        self.set_row(key, |row| {
            row.kept = now;
            row.change = Change::None;
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
            .with_untracked(|rows| rows.iter().position(|row| row.kept == *wanted));
        if other.is_some_and(|other| self.is_being_deleted(other)) {
            // Tried again when the other is gone, it is taken.
            let failure = Failure::Api(ApiError::Unreadable);
            self.set_row(key, |row| row.change = Change::NotSaved(failure));
            return self.tell(Some(News::NotSaved));
        }
        self.discard(key);
        self.tell_known(other.unwrap_or(key));
    }

    /// Shows the address that was there already; one that can still be brought back is.
    fn tell_known(self, key: Key) {
        self.bring_back(key);
        self.set_row(key, |row| row.is_known = true);
        self.tell(Some(News::Known));
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
                self.set_row(key, |row| row.change = Change::Gone);
                return self.tell(Some(News::ChangedElsewhere));
            }
            MutationError::Rejected(rejection) => Failure::Rejected(rejection),
        };
        let is_refused = matches!(failure, Failure::Rejected(_));
        self.set_row(key, |row| row.change = Change::NotSaved(failure));
        self.tell(Some(News::NotSaved));
        // Back into the form, unless the shopper is in another one by now.
        if is_refused && self.edit.with_untracked(Option::is_none) {
            self.open(Some(key));
        }
    }

    /// Takes a row, which is out of the list, out of the store. Gives the failure that the next one
    /// would meet, too.
    pub(super) async fn delete(
        self,
        api: &Api,
        key: Key,
        captcha: Option<&str>,
    ) -> Option<Failure> {
        let epoch = self.epoch();
        let row = self.row_untracked(key)?;
        let id = row.id?;
        let deleted = match self.look(api, key, epoch).await {
            Err(error) => Err(MutationError::Api(error)),
            Ok(Seen::SignedOut) => Err(MutationError::NotSignedIn),
            Ok(Seen::SomebodyElse) => return Some(Failure::SignedOut),
            Ok(Seen::Now(now)) if now != row.kept => {
                self.count(1);
                self.set_row(key, |row| {
                    row.kept = now;
                    row.change = Change::NotDeletedAsChanged;
                });
                self.want(key);
                self.tell(Some(News::ChangedElsewhere));
                return None;
            }
            Ok(Seen::Now(_) | Seen::Nothing) => api.delete_address(id, captcha).await,
        };
        let failure = match deleted {
            Ok(()) => {
                self.set_row(key, |row| row.change = Change::Over);
                self.tell(Some(News::Over));
                self.notify(AccountEvent::AddressDeleted { address_id: id });
                return None;
            }
            Err(MutationError::Api(ApiError::Cancelled)) => return None,
            // It is out of the store, if not by us.
            Err(MutationError::NoSuchAddress) => {
                self.set_row(key, |row| row.change = Change::Over);
                return None;
            }
            Err(MutationError::Rejected(rejection)) => {
                if self.is_gone(api, key, epoch).await {
                    self.set_row(key, |row| row.change = Change::Over);
                    return None;
                }
                Failure::Rejected(rejection)
            }
            Err(MutationError::Api(error)) => {
                self.note_failure(&error);
                Failure::Api(error)
            }
            Err(MutationError::NotSignedIn) => {
                self.expire(epoch);
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
    pub(super) fn is_not_deleted(self, key: Key, failure: Failure) {
        self.count(1);
        self.set_row(key, |row| row.change = Change::NotDeleted(failure));
        self.tell(Some(News::NotDeleted));
    }

    /// Whether an address is no longer where it was: the store does not tell a deletion that it
    /// refuses from one of what is not there. Of one without a place nobody can tell.
    async fn is_gone(self, api: &Api, key: Key, epoch: u32) -> bool {
        let row = self.row_untracked(key);
        row.is_some_and(|row| row.cursor.is_some())
            && matches!(self.look(api, key, epoch).await, Ok(Seen::Nothing))
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
    pub(super) fn rejection(&self) -> Option<UserErrors> {
        match self.failure() {
            Some(Failure::Rejected(rejection)) => Some(rejection.clone()),
            Some(Failure::Api(_) | Failure::SignedOut) | None => None,
        }
    }
}
