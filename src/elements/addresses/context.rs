//! What every part of the address book works with.

use super::catalogue::Slice;
use crate::api::{self, Api, ApiError, Captcha, Country};
use crate::elements::shared::{AccountEvent, ElementContext};
use crate::i18n::I18n;
use crate::session::{AuthState, Session};
use crate::ui::timer::Countdown;
use leptos::prelude::*;
use std::rc::Rc;
use storefront_rules::{Field, PasswordRules};

/// What just happened, to be said.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Announcement {
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

impl Announcement {
    /// Whether there is nothing left to do about it.
    const fn is_over(self) -> bool {
        match self {
            Self::Added | Self::Saved | Self::Known | Self::Undone | Self::Over => true,
            Self::Deleted(_) | Self::NotSaved | Self::NotDeleted | Self::ChangedElsewhere => false,
        }
    }
}

/// How long an announcement stays about which there is nothing left to do, in seconds.
const ANNOUNCED: u32 = 10;

/// Where the focus is to go.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FocusTarget {
    /// To this row, which is brought into view.
    Row(usize),
    /// To the list as such, where there is no row to go to.
    List,
}

/// What the store told of the book besides its addresses.
#[derive(Debug, Default)]
pub(super) struct Definitions {
    pub(super) email: String,
    pub(super) fields: Vec<Field>,
    pub(super) countries: Vec<Country>,
    pub(super) passwords: PasswordRules,
    pub(super) captcha: Option<Captcha>,
    pub(super) slice: Slice,
}

/// The customer, the definitions, and what is said. Cheap to copy; lives as long as the element.
#[derive(Clone, Copy)]
pub struct BookContext {
    pub(super) element: ElementContext,
    customer: i32,
    definitions: StoredValue<Rc<Definitions>, LocalStorage>,
    /// The last announcement, and a count, so that the same message can be announced twice.
    announcement: RwSignal<(Option<Announcement>, u32)>,
    /// How long the last announcement stays, if there is nothing left to do about it.
    announced: Countdown,
    focus_target: RwSignal<Option<FocusTarget>>,
    /// How long to wait before the store may be asked again.
    countdown: Countdown,
}

impl BookContext {
    pub(super) fn new(element: ElementContext, customer: i32, found: api::AddressBook) -> Self {
        let context = Self {
            element,
            customer,
            definitions: StoredValue::new_local(Rc::new(Definitions {
                email: found.email,
                fields: found.fields,
                countries: found.countries,
                passwords: found.passwords,
                captcha: found.captcha,
                slice: Slice::new(&element.config()),
            })),
            announcement: RwSignal::new((None, 0)),
            focus_target: RwSignal::new(None),
            announced: Countdown::new(),
            countdown: Countdown::new(),
        };
        Effect::new(move |_| {
            if context.announced.seconds() == 0 && context.is_over() {
                context.announce(None);
            }
        });
        context
    }

    /// Whether there is nothing left to do about the last announcement.
    fn is_over(self) -> bool {
        let said = self.announcement.try_get_untracked();
        said.and_then(|(announcement, _)| announcement)
            .is_some_and(Announcement::is_over)
    }

    /// What the store told of the book besides its addresses.
    pub(super) fn definitions(self) -> Rc<Definitions> {
        self.definitions.try_get_value().unwrap_or_default()
    }

    /// The words.
    #[must_use]
    pub const fn i18n(self) -> I18n {
        self.element.i18n
    }

    /// The store; `None` once the element is gone.
    #[must_use]
    pub fn api(self) -> Option<Api> {
        self.element.api()
    }

    /// The captcha to solve before anything is changed, when the store asks for one.
    #[must_use]
    pub fn captcha(self) -> Option<Captcha> {
        self.definitions().captcha.clone()
    }

    /// The email address of the customer.
    #[must_use]
    pub fn email(self) -> String {
        self.definitions().email.clone()
    }

    /// Whether the theme shows a part of the book alone.
    #[must_use]
    pub fn is_slice(self) -> bool {
        self.definitions().slice.narrows()
    }

    /// The name of the country `code` in the shopper's language.
    #[must_use]
    pub fn country_name(self, code: &str) -> String {
        let definitions = self.definitions();
        let mut countries = definitions.countries.iter();
        let country = countries.find(|country| country.code == code);
        let name = country.map_or(code, |country| country.name.as_str());
        self.i18n().country(code, name)
    }

    /// What just happened, and how often something has by now.
    #[must_use]
    pub fn announcement(self) -> (Option<Announcement>, u32) {
        self.announcement.try_get().unwrap_or_default()
    }

    /// Announces what just happened; `None` removes an announcement that is no longer true.
    pub(super) fn announce(self, announcement: Option<Announcement>) {
        self.announcement.update(|(said, count)| {
            *said = announcement;
            *count = count.wrapping_add(u32::from(announcement.is_some()));
        });
        if announcement.is_some_and(Announcement::is_over) {
            self.announced.start(ANNOUNCED);
        }
    }

    /// Moves the focus.
    pub fn request_focus(self, target: FocusTarget) {
        self.focus_target.set(Some(target));
    }

    /// Where the focus is to go, once.
    #[must_use]
    pub fn take_focus_target(self) -> Option<FocusTarget> {
        let target = self.focus_target.try_get().flatten();
        if target.is_some() {
            self.focus_target.set(None);
        }
        target
    }

    /// Whether the focus is about to go somewhere.
    #[must_use]
    pub fn has_focus_target_untracked(self) -> bool {
        self.focus_target.try_with_untracked(Option::is_some) == Some(true)
    }

    /// How many seconds to wait before the store may be asked again.
    #[must_use]
    pub fn wait(self) -> u32 {
        self.countdown.seconds()
    }

    /// Whether it is too early to ask the store again.
    #[must_use]
    pub fn is_waiting_untracked(self) -> bool {
        self.countdown.seconds_untracked() > 0
    }

    /// Tells the theme.
    pub(super) fn emit(self, event: AccountEvent) {
        self.element.emit(event);
    }

    /// Notes that a request failed, for the theme and for the countdown.
    pub(super) fn note_failure(self, error: &ApiError) {
        self.emit(AccountEvent::Failed(error.clone()));
        if let ApiError::Throttled { seconds } = error {
            self.countdown.start(*seconds);
        }
    }

    fn session(self) -> Session {
        self.element.session
    }

    /// The session's epoch; see [`Session::epoch`].
    pub(super) fn epoch(self) -> u32 {
        self.session().epoch()
    }

    /// Nobody was signed in when the store looked. An answer from before a sign-in does not tell who is
    /// signed in now.
    pub(super) fn expire(self, epoch: u32) {
        if self.epoch() == epoch {
            self.session().expire();
        }
    }

    /// Whether `customer`, whom the store answered to, is still the one whose book this is. Somebody
    /// else's is another element's to show.
    pub(super) fn is_owner(self, customer: i32, epoch: u32) -> bool {
        if customer != self.customer && self.epoch() == epoch {
            self.session().observe(Some(customer));
        }
        customer == self.customer
    }

    /// Whether the customer whose book this is, is signed in.
    #[must_use]
    pub fn is_signed_in(self) -> bool {
        self.session().auth() == AuthState::SignedIn(self.customer)
    }
}
