//! How much of the book is known: as much as the shopper has come to see, or all of it where a search
//! or an order needs all.

use super::address_row::Row;
use super::context::BookContext;
use super::rows::Rows;
use crate::api::{AddressPage, ApiError, PageRequest};
use leptos::prelude::*;
use leptos::task::spawn_local;

#[derive(Clone, Debug, Default)]
struct State {
    /// How many addresses the list has, known or not.
    total: u32,
    /// The cursor of the last one that is known.
    end: Option<String>,
    has_next: bool,
    /// The id of the newest address of the book.
    newest: Option<i32>,
    goal: Goal,
    is_loading: bool,
    /// Whether nobody was signed in when more was asked for.
    is_stopped: bool,
    error: Option<ApiError>,
}

/// How far the book is to be known.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum Goal {
    /// As far as it is.
    #[default]
    Known,
    /// A page further.
    More,
    /// To the end.
    All,
}

/// How much of the book is known. Cheap to copy; lives as long as the element.
#[derive(Clone, Copy)]
pub struct Paging {
    book: BookContext,
    rows: Rows,
    state: RwSignal<State>,
}

impl Paging {
    pub(super) fn new(book: BookContext, rows: Rows) -> Self {
        Self {
            book,
            rows,
            state: RwSignal::new(State::default()),
        }
    }

    fn with<T: Default>(self, read: impl FnOnce(&State) -> T) -> T {
        self.state.try_with(read).unwrap_or_default()
    }

    fn with_untracked<T: Default>(self, read: impl FnOnce(&State) -> T) -> T {
        self.state.try_with_untracked(read).unwrap_or_default()
    }

    /// How many addresses the list has, known or not.
    #[must_use]
    pub fn total(self) -> u32 {
        self.with(|state| state.total)
    }

    /// Whether there are addresses that are not known yet.
    #[must_use]
    pub fn has_more(self) -> bool {
        self.with(|state| state.has_next)
    }

    /// Whether more addresses are on their way.
    #[must_use]
    pub fn is_loading(self) -> bool {
        self.with(|state| state.is_loading)
    }

    /// Whether nobody was signed in when more was asked for.
    #[must_use]
    pub fn is_stopped(self) -> bool {
        self.with(|state| state.is_stopped)
    }

    /// Why the rest of the list could not be loaded, if loading failed.
    #[must_use]
    pub fn error(self) -> Option<ApiError> {
        self.with(|state| state.error.clone())
    }

    /// The shopper has come to the end of what is known.
    pub fn load_more(self) {
        self.go_to(Goal::More);
    }

    /// Everything is needed.
    pub fn load_all(self) {
        self.go_to(Goal::All);
    }

    /// Tries again what failed.
    pub fn retry(self) {
        self.state.update(|state| state.error = None);
        self.go_to(Goal::More);
    }

    /// Goes on where an ended session stopped it.
    pub(super) fn resume(self) {
        if self.with_untracked(|state| state.is_stopped) {
            self.state.update(|state| state.is_stopped = false);
            self.go_to(Goal::More);
        }
    }

    fn go_to(self, goal: Goal) {
        let begins = self.with_untracked(|state| {
            let may = !state.is_loading && !state.is_stopped && state.error.is_none();
            state.has_next && may
        });
        let is_further = self.with_untracked(|state| state.goal != Goal::All && state.goal != goal);
        if is_further {
            self.state.update(|state| state.goal = goal);
        }
        if begins {
            self.state.update(|state| state.is_loading = true);
            spawn_local(async move {
                self.load().await;
                self.state.update(|state| state.is_loading = false);
            });
        }
    }

    async fn load(self) {
        loop {
            let Some(api) = self.book.api() else {
                return;
            };
            let (after, epoch) = (self.with_untracked(|s| s.end.clone()), self.book.epoch());
            match api.addresses(PageRequest::After(after.as_deref())).await {
                Ok(page) => {
                    let Some(customer) = page.customer else {
                        self.state.update(|state| state.is_stopped = true);
                        return self.book.expire(epoch);
                    };
                    if !self.book.is_owner(customer, epoch) {
                        return;
                    }
                    // An empty page would otherwise be requested forever.
                    let has_next = page.has_next && !page.addresses.is_empty();
                    self.take_in(page);
                    self.state.update(|state| state.has_next = has_next);
                }
                Err(ApiError::Cancelled) => return,
                Err(error) => {
                    self.book.note_failure(&error);
                    return self.state.update(|state| state.error = Some(error));
                }
            }
            let goes_on = self.with_untracked(|s| s.has_next && s.goal == Goal::All);
            if !goes_on {
                return self.state.update(|state| {
                    if state.goal == Goal::More {
                        state.goal = Goal::Known;
                    }
                });
            }
        }
    }

    /// Takes in a page of the store's list, but what the shopper brought in already.
    pub(super) fn take_in(self, page: AddressPage) {
        self.state.update(|state| {
            if state.end.is_none() {
                state.total = page.total;
            }
            state.newest = state.newest.max(page.newest);
            state.has_next = page.has_next;
            if let Some(last) = page.addresses.last() {
                state.end = Some(last.cursor.clone());
            }
        });
        let first: Vec<i32> = self.rows.with_untracked(|rows| {
            let first = rows.iter().filter(|row| row.is_first);
            first.filter_map(|row| row.id).collect()
        });
        let addresses = page.addresses.into_iter();
        let new = addresses.filter(|address| !first.contains(&address.id));
        self.rows.extend(new.map(|address| Row {
            id: Some(address.id),
            kind: address.kind,
            saved: address.values,
            cursor: Some(address.cursor),
            ..Row::default()
        }));
        if !page.has_next {
            // All is known now: others may have added or deleted since it was counted first.
            let listed = self
                .rows
                .with_untracked(|rows| rows.iter().filter(|r| r.is_listed()).count());
            let listed = u32::try_from(listed).unwrap_or(u32::MAX);
            self.state.update(|state| state.total = listed);
        }
    }

    /// The list has `count` more addresses, or fewer.
    pub(super) fn count(self, count: i32) {
        self.state
            .update(|state| state.total = state.total.saturating_add_signed(count));
    }
}
