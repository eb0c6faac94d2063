//! The address book: its rows, what of them is shown, and what a shopper does with them.
//!
//! The list answers at once; what the store makes of a change comes later and is told at the row.

mod edit;
mod list;
mod paging;
mod row;
mod saving;
mod undo;

pub use edit::Edit;
pub use list::{Query, Sort};
pub use row::{Change, Failure, Key, Row, lines};
pub use undo::Hold;

use super::country_choice::KnownStates;
use super::scope::{AccountEvent, ElementContext};
use super::session::AuthState;
use super::timer::Countdown;
use crate::api::{self, AddressPage, ApiError, Captcha, Country};
use crate::watched::Watched;
use list::{Bearings, Catalogue, Facets, Slice};
use paging::Paging;
use reactive_graph::graph::untrack;
use reactive_graph::owner::Owner;
use std::cell::RefCell;
use std::rc::Rc;
use storefront_rules::{Field, PasswordRules};
use undo::Undo;

/// The address book of a customer. Cheap to copy; lives as long as the element.
#[derive(Clone, Copy)]
pub struct AddressBook {
    given: Watched<Option<Rc<Given>>>,
    rows: Watched<Vec<Row>>,
    paging: Watched<Paging>,
    query: Watched<Query>,
    selected: Watched<Vec<Key>>,
    undo: Watched<Undo>,
    /// The form that is open.
    edit: Watched<Option<Edit>>,
    /// Whether the open form was touched.
    is_edited: Watched<bool>,
    known_states: KnownStates,
    news: Watched<Told>,
    /// Where the focus is to go.
    wanted: Watched<Option<Wanted>>,
    /// How long the store wants to be left alone.
    countdown: Countdown,
}

struct Given {
    scope: ElementContext,
    customer: i32,
    email: String,
    fields: Vec<Field>,
    countries: Vec<Country>,
    passwords: PasswordRules,
    captcha: Option<Captcha>,
    slice: Slice,
    catalogue: RefCell<Catalogue>,
    /// What the open form lives by.
    forms: Owner,
}

/// A book of so many addresses is known, and in the document, as a whole.
pub const SMALL: usize = 100;

/// Where the focus is to go.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Wanted {
    /// To this row, which is brought into view.
    Row(Key),
    /// To the list as such, where there is no row to go to.
    List,
}

/// What was said last.
#[derive(Clone, Copy, Default)]
struct Told {
    news: Option<News>,
    /// Goes up each time, so that the same words are said again.
    count: u32,
}

/// What just happened, to be said.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum News {
    /// An address was added.
    Added,
    /// An address was changed.
    Saved,
    /// The address was in the book already, and nothing was changed.
    Known,
    /// So many addresses are out of the list, and can be brought back for a while.
    Deleted(u32),
    /// They are back.
    Undone,
    /// They are out of the store.
    Over,
    /// A change is not in the store.
    NotSaved,
    /// An address is still in the store.
    NotDeleted,
    /// An address was changed or deleted elsewhere meanwhile.
    ChangedElsewhere,
}

impl AddressBook {
    /// The book of the customer of this id, as the store has it.
    #[must_use]
    pub fn new(scope: ElementContext, customer: i32, found: api::AddressBook) -> Self {
        let country = scope.config.country.clone().unwrap_or_default();
        let states = found.states.map(|states| (country, states));
        let book = Self {
            rows: Watched::new(Vec::new()),
            paging: Watched::new(Paging::default()),
            query: Watched::new(Query::default()),
            selected: Watched::new(Vec::new()),
            undo: Watched::new(Undo::default()),
            edit: Watched::new(None),
            is_edited: Watched::new(false),
            known_states: Watched::new(states.into_iter().collect()),
            news: Watched::new(Told::default()),
            wanted: Watched::new(None),
            countdown: Countdown::new(),
            given: Watched::new(Some(Rc::new(Given {
                slice: Slice::new(&scope.config),
                scope,
                customer,
                email: found.email,
                fields: found.fields,
                countries: found.countries,
                passwords: found.passwords,
                captcha: found.captcha,
                catalogue: RefCell::new(Catalogue::new()),
                forms: Owner::new(),
            }))),
        };
        book.take_in(found.first);
        if book.is_slice() || book.paging.with_untracked(|p| p.total as usize <= SMALL) {
            book.want_all();
        }
        book.finish_at_the_end();
        book.finish_before_sign_out();
        book
    }

    fn read<T>(self, read: impl FnOnce(&Given) -> T) -> Option<T> {
        let given = self.given.get_untracked()?;
        Some(read(&given))
    }

    /// The e-mail address of the customer.
    #[must_use]
    pub fn email(self) -> String {
        self.read(|given| given.email.clone()).unwrap_or_default()
    }

    /// The captcha to solve before anything is changed, when the store asks for one.
    #[must_use]
    pub fn captcha(self) -> Option<Captcha> {
        self.read(|given| given.captcha.clone()).flatten()
    }

    /// The countries the store knows.
    #[must_use]
    pub fn countries(self) -> Vec<Country> {
        self.read(|given| given.countries.clone())
            .unwrap_or_default()
    }

    /// Fields of the address form.
    #[must_use]
    pub fn fields(self) -> Vec<Field> {
        self.read(|given| given.fields.clone()).unwrap_or_default()
    }

    /// The store's rules for passwords.
    #[must_use]
    pub fn passwords(self) -> PasswordRules {
        self.read(|given| given.passwords.clone())
            .unwrap_or_default()
    }

    /// The address of this key; whatever reads it here is run again when any of them changes.
    #[must_use]
    pub fn row(self, key: Key) -> Row {
        self.rows
            .with(|rows| rows.get(key).cloned().unwrap_or_default())
    }

    fn row_untracked(self, key: Key) -> Option<Row> {
        self.rows.with_untracked(|rows| rows.get(key).cloned())
    }

    /// Changes a row, and what is found by it.
    fn set_row(self, key: Key, change: impl FnOnce(&mut Row)) {
        self.rows.update(|rows| {
            if let Some(row) = rows.get_mut(key) {
                change(row);
                self.read(|given| given.put(key, row));
            }
        });
    }

    /// Puts a row at the end of those that are known.
    fn push_row(self, mut row: Row) -> Key {
        let mut key = 0;
        self.rows.update(|rows| {
            key = rows.len();
            self.read(|given| given.put(key, &mut row));
            rows.push(row);
        });
        key
    }

    /// The name of the country `code` in the shopper's language.
    #[must_use]
    pub fn country_name(self, code: &str) -> String {
        self.read(|given| given.country_name(code))
            .unwrap_or_default()
    }

    /// What the shopper looks for.
    #[must_use]
    pub fn query(self) -> Query {
        self.query.get()
    }

    /// What the shopper looks for, for what happens once.
    #[must_use]
    pub fn query_untracked(self) -> Query {
        self.query.get_untracked()
    }

    /// Whether the theme shows a part of the book alone.
    #[must_use]
    pub fn is_slice(self) -> bool {
        self.read(|given| given.slice.narrows()) == Some(true)
    }

    /// Looks for something else. What is selected and no longer shown is no longer selected.
    pub fn look_for(self, change: impl FnOnce(&mut Query)) {
        self.query.update(change);
        if self.query.with_untracked(Query::needs_all) {
            self.want_all();
        }
        if self.selected.with_untracked(Vec::is_empty) {
            return;
        }
        let shown = untrack(|| self.shown());
        self.select(|selected| selected.retain(|key| shown.contains(key)));
    }

    /// The addresses that the list shows, in its order.
    #[must_use]
    pub fn shown(self) -> Vec<Key> {
        let query = self.query.get();
        self.rows.with(|rows| {
            let found = self.read(|given| {
                let by = Bearings {
                    i18n: given.scope.i18n,
                    country: &|code| given.country_name(code),
                };
                let catalogue = given.catalogue.borrow();
                catalogue.find(rows, &query, &given.slice, &by)
            });
            found.unwrap_or_default()
        })
    }

    /// What there is to choose among.
    #[must_use]
    pub(crate) fn facets(self) -> Facets {
        self.rows.with(|_| ());
        self.read(|given| given.catalogue.borrow().facets().clone())
            .unwrap_or_default()
    }

    /// How many known addresses lack an answer that the store asks for by now.
    #[must_use]
    pub fn incomplete(self) -> u32 {
        self.rows.with(|rows| {
            let count = self.read(|given| {
                let lacks =
                    |row: &&Row| row.is_listed() && row.is_incomplete && given.slice.has(row);
                rows.iter().filter(lacks).count()
            });
            count
                .and_then(|count| u32::try_from(count).ok())
                .unwrap_or(0)
        })
    }

    /// The addresses that are selected.
    #[must_use]
    pub fn selected(self) -> Vec<Key> {
        self.selected.get()
    }

    /// Changes which addresses are selected.
    pub fn select(self, change: impl FnOnce(&mut Vec<Key>)) {
        let before = self.selected.get_untracked();
        let mut after = before.clone();
        change(&mut after);
        if after != before {
            self.selected.set(after);
        }
    }

    /// Selects everything that is shown and may be deleted, or nothing.
    pub fn select_shown(self, is_wanted: bool) {
        let shown = if is_wanted {
            untrack(|| self.shown())
        } else {
            Vec::new()
        };
        let rows = self.rows;
        let may = |key: &Key| rows.with_untracked(|r| r.get(*key).is_some_and(Row::is_at_rest));
        self.select(|selected| *selected = shown.into_iter().filter(may).collect());
    }

    /// What just happened, and how often something has by now.
    #[must_use]
    pub fn news(self) -> (Option<News>, u32) {
        self.news.with(|told| (told.news, told.count))
    }

    /// Says what just happened; nothing takes back what was said and is no longer true.
    fn tell(self, news: Option<News>) {
        self.news.update(|told| {
            told.news = news;
            told.count = told.count.wrapping_add(u32::from(news.is_some()));
        });
    }

    /// Where the focus is to go, once.
    #[must_use]
    pub fn take_wanted(self) -> Option<Wanted> {
        let wanted = self.wanted.get();
        if wanted.is_some() {
            self.wanted.set(None);
        }
        wanted
    }

    /// Whether the focus is about to go somewhere.
    #[must_use]
    pub fn is_wanting_untracked(self) -> bool {
        self.wanted.with_untracked(Option::is_some)
    }

    /// Brings a row into view with the focus on it. What the shopper looked for gives way where it
    /// leaves the row out.
    pub fn want(self, key: Key) {
        if !untrack(|| self.shown()).contains(&key) {
            self.look_for(Query::widen);
        }
        self.wanted.set(Some(Wanted::Row(key)));
    }

    /// Moves the focus to the list as such.
    pub fn want_list(self) {
        self.wanted.set(Some(Wanted::List));
    }

    /// How many seconds the store wants to be left alone.
    #[must_use]
    pub fn wait(self) -> u32 {
        self.countdown.seconds()
    }

    /// Whether something here is not in the store, and lost when the page is left.
    #[must_use]
    pub fn is_unsaved(self) -> bool {
        let (has_drafts, deleted) = self.rows.with(|rows| {
            let deleted = rows.iter().filter(|row| row.change == Change::Deleted);
            (rows.iter().any(|row| row.draft.is_some()), deleted.count())
        });
        has_drafts || self.is_edited.get() || deleted > undo::MOST_AT_THE_END
    }

    /// Whether something waits for the customer to sign in again, and they have.
    #[must_use]
    pub fn may_resume(self) -> bool {
        let is_waiting = self.is_interrupted();
        let standing = self.read(|given| (given.scope.session.standing(), given.customer));
        is_waiting && standing.is_some_and(|(is, customer)| is == AuthState::SignedIn(customer))
    }

    /// Whether something waits for the customer to sign in again.
    #[must_use]
    pub fn is_interrupted(self) -> bool {
        let is_stopped = self.paging.with(|paging| paging.is_stopped);
        is_stopped
            || self.rows.with(|rows| {
                rows.iter()
                    .any(|row| row.failure() == Some(&Failure::SignedOut))
            })
    }

    fn notify(self, event: AccountEvent) {
        self.read(|given| given.scope.notify(event));
    }

    /// Nobody was signed in when the store looked.
    fn expire(self, epoch: u32) {
        self.read(|given| {
            // An answer from before a sign-in does not tell who is signed in now.
            if given.scope.session.epoch() == epoch {
                given.scope.session.expire();
            }
        });
    }

    fn epoch(self) -> u32 {
        self.read(|given| given.scope.session.epoch())
            .unwrap_or_default()
    }

    /// Notes that a request failed, for the theme and for the countdown.
    fn note_failure(self, error: &ApiError) {
        self.notify(AccountEvent::Failed(error.code()));
        if let ApiError::Throttled { seconds } = error {
            self.countdown.start(*seconds);
        }
    }

    /// Whether `customer`, whom the store answered to, is still the one whose book this is. Somebody
    /// else's is another element's to show.
    fn is_owner(self, customer: i32, epoch: u32) -> bool {
        let owner = self.read(|given| {
            let session = &given.scope.session;
            if customer != given.customer && session.epoch() == epoch {
                session.observe(Some(customer));
            }
            given.customer
        });
        owner == Some(customer)
    }

    /// Takes in a stretch of the store's list, but what the shopper brought in already.
    fn take_in(self, page: AddressPage) {
        self.paging.update(|paging| {
            if paging.end.is_none() {
                paging.total = page.total;
            }
            paging.newest = paging.newest.max(page.newest);
            paging.has_next = page.has_next;
            if let Some(last) = page.addresses.last() {
                paging.end = Some(last.cursor.clone());
            }
        });
        let first: Vec<i32> = self.rows.with_untracked(|rows| {
            let first = rows.iter().filter(|row| row.is_first);
            first.filter_map(|row| row.id).collect()
        });
        self.rows.update(|rows| {
            for address in page.addresses {
                if first.contains(&address.id) {
                    continue;
                }
                let mut row = Row {
                    id: Some(address.id),
                    kind: address.kind,
                    kept: address.values,
                    cursor: Some(address.cursor),
                    ..Row::default()
                };
                self.read(|given| given.put(rows.len(), &mut row));
                rows.push(row);
            }
        });
        if !page.has_next {
            // All is known now: others may have added or deleted since it was counted first.
            let listed = self
                .rows
                .with_untracked(|rows| rows.iter().filter(|r| r.is_listed()).count());
            let listed = u32::try_from(listed).unwrap_or(u32::MAX);
            self.paging.update(|paging| paging.total = listed);
        }
    }
}

impl Given {
    fn put(&self, key: Key, row: &mut Row) {
        let is_shown = self.slice.has(row);
        let mut catalogue = self.catalogue.borrow_mut();
        catalogue.put(key, row, &self.fields, is_shown);
    }

    fn country_name(&self, code: &str) -> String {
        let country = self.countries.iter().find(|country| country.code == code);
        let name = country.map_or(code, |country| country.name.as_str());
        self.scope.i18n.country(code, name)
    }
}
