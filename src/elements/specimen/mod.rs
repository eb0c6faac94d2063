//! Every state of every element, produced by the real code: a scripted store, values put into
//! the controls, the form sent. One set for the specimen page, the browser tests and axe.

mod acts;
mod addresses;
mod center;
pub(crate) mod consent;
mod newsletter;
mod password;
mod profile;
mod responses;
mod sign_in;
mod sign_up;
mod state;

use crate::elements::shared::{self, Theme};
use crate::i18n::{self, Message};
pub(crate) use acts::act;
pub use acts::put;
pub use addresses::{ADDRESSES, NO_SUCH_ADDRESS, POSTAL_CODE_REFUSED};
pub use addresses::{book, book_and, first_page, kept, not_kept, numbered, page};
use js_sys::Function;
pub use newsletter::{NEWSLETTER_OF_CUSTOMER, NEWSLETTER_OF_GUEST, SUBSCRIBED, UNSUBSCRIBED};
pub use password::{PASSWORD_CHANGED, RESET_LINK_EXPIRED};
pub use profile::{FORM_OF_CUSTOMER, PROFILE_SAVED};
pub use responses::{SIGN_UP_FORM, SIGNED_IN, form_of_customer};
pub use sign_in::{INVALID_CREDENTIALS, LOGGED_OUT, RESET_REQUIRED};
pub use sign_in::{SESSION_OF_CUSTOMER, SESSION_OF_GUEST, THROTTLED};
pub use sign_up::{EMAIL_IN_USE, REGISTERED, fill};
pub use state::{Specimen, Subject, config};
use web_sys::HtmlElement;

/// Each file of `locales/`: its language, and its text.
pub const LOCALES: &[(&str, &str)] = include!(concat!(env!("OUT_DIR"), "/locales.rs"));

/// Every text for shoppers, in the order of the locale files.
#[must_use]
pub fn messages() -> Vec<Message> {
    [
        i18n::MESSAGES,
        shared::messages::MESSAGES,
        super::sign_up::messages::MESSAGES,
        super::sign_in::messages::MESSAGES,
        super::password::messages::MESSAGES,
        super::profile::messages::MESSAGES,
        super::addresses::messages::MESSAGES,
        super::newsletter::messages::MESSAGES,
        super::consent::messages::MESSAGES,
        super::center::messages::MESSAGES,
    ]
    .concat()
}

/// A theme that gives no more than something that finds addresses.
pub(crate) struct WithAddressLookup(pub(crate) Option<fn() -> Function>);

impl Theme for WithAddressLookup {
    fn has_control(&self, _: &str) -> bool {
        false
    }

    fn address_lookup(&self) -> Option<Function> {
        self.0.map(|make| make())
    }

    fn fill_slot(&self, _: &str, _: &HtmlElement) {}
}

impl Specimen {
    /// Every state of every element, in the order in which a shopper may meet it.
    pub fn all() -> impl Iterator<Item = Self> {
        [
            sign_up::SPECIMENS,
            sign_in::SPECIMENS,
            password::SPECIMENS,
            profile::SPECIMENS,
            addresses::SPECIMENS,
            newsletter::SPECIMENS,
            consent::SPECIMENS,
            center::SPECIMENS,
        ]
        .into_iter()
        .flatten()
        .copied()
    }
}
