//! How much of the book is known: as much as the shopper has come to see, or all of it where a search
//! or an order needs all.

use super::AddressBook;
use crate::api::{ApiError, PageRequest};
use wasm_bindgen_futures::spawn_local;

/// How much of the book is known.
#[derive(Clone, Debug, Default)]
pub(super) struct Paging {
    /// How many addresses the list has, known or not.
    pub(super) total: u32,
    /// The place of the last one that is known.
    pub(super) end: Option<String>,
    /// Whether there are more.
    pub(super) has_next: bool,
    /// The number of the newest address of the book.
    pub(super) newest: Option<i32>,
    /// How far it is to be known; all of it at the most.
    wanted: Wanted,
    is_loading: bool,
    /// Whether nobody was signed in when more was asked for.
    pub(super) is_stopped: bool,
    problem: Option<ApiError>,
}

/// How far the book is to be known.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum Wanted {
    /// As far as it is.
    #[default]
    Enough,
    /// A page further.
    More,
    /// To the end.
    All,
}

impl AddressBook {
    /// How many addresses the list has, known or not.
    #[must_use]
    pub fn total(self) -> u32 {
        self.paging.with(|paging| paging.total)
    }

    /// Whether there are addresses that are not known yet.
    #[must_use]
    pub fn has_more(self) -> bool {
        self.paging.with(|paging| paging.has_next)
    }

    /// Whether there are addresses that are not known yet, for what happens once.
    #[must_use]
    pub fn has_more_untracked(self) -> bool {
        self.paging.with_untracked(|paging| paging.has_next)
    }

    /// Whether more addresses are on their way.
    #[must_use]
    pub fn is_loading(self) -> bool {
        self.paging.with(|paging| paging.is_loading)
    }

    /// Why the rest of the list is not there, if it was asked for in vain.
    #[must_use]
    pub fn paging_problem(self) -> Option<ApiError> {
        self.paging.with(|paging| paging.problem.clone())
    }

    /// The shopper has come to the end of what is known.
    pub fn want_more(self) {
        self.go_to(Wanted::More);
    }

    /// Everything is needed.
    pub(super) fn want_all(self) {
        self.go_to(Wanted::All);
    }

    /// Tries again what failed.
    pub fn retry_paging(self) {
        self.paging.update(|paging| paging.problem = None);
        self.go_to(Wanted::More);
    }

    /// Goes on where an ended session stopped it.
    pub(super) fn go_on_paging(self) {
        if self.paging.with_untracked(|paging| paging.is_stopped) {
            self.paging.update(|paging| paging.is_stopped = false);
            self.go_to(Wanted::More);
        }
    }

    fn go_to(self, wanted: Wanted) {
        let begins = self.paging.with_untracked(|paging| {
            let may = !paging.is_loading && !paging.is_stopped && paging.problem.is_none();
            paging.has_next && may
        });
        let is_further = self
            .paging
            .with_untracked(|paging| paging.wanted != Wanted::All && paging.wanted != wanted);
        if is_further {
            self.paging.update(|paging| paging.wanted = wanted);
        }
        if begins {
            self.paging.update(|paging| paging.is_loading = true);
            spawn_local(async move {
                self.load().await;
                self.paging.update(|paging| paging.is_loading = false);
            });
        }
    }

    async fn load(self) {
        loop {
            let Some(api) = self.read(|given| given.scope.api.clone()) else {
                return;
            };
            let (after, epoch) = (self.paging.with_untracked(|p| p.end.clone()), self.epoch());
            match api.addresses(PageRequest::After(after.as_deref())).await {
                Ok(page) => {
                    let Some(customer) = page.customer else {
                        self.paging.update(|paging| paging.is_stopped = true);
                        return self.expire(epoch);
                    };
                    if !self.is_owner(customer, epoch) {
                        return;
                    }
                    // One that has nothing new would be asked for for ever.
                    let has_next = page.has_next && !page.addresses.is_empty();
                    self.take_in(page);
                    self.paging.update(|paging| paging.has_next = has_next);
                }
                Err(ApiError::Cancelled) => return,
                Err(error) => {
                    self.note_failure(&error);
                    return self.paging.update(|paging| paging.problem = Some(error));
                }
            }
            let goes_on = self
                .paging
                .with_untracked(|paging| paging.has_next && paging.wanted == Wanted::All);
            if !goes_on {
                return self.paging.update(|paging| {
                    if paging.wanted == Wanted::More {
                        paging.wanted = Wanted::Enough;
                    }
                });
            }
        }
    }

    /// The list has `count` more addresses, or fewer.
    pub(super) fn count(self, count: i32) {
        self.paging
            .update(|paging| paging.total = paging.total.saturating_add_signed(count));
    }
}
