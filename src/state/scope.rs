//! What an element works with: its store, its words, its configuration, its listener.

use super::newsletter::SubscriptionChange;
use super::session::Session;
use crate::api::Api;
use crate::api::ResetLink;
use crate::i18n::I18n;
use std::rc::Rc;

/// What a theme may set on an element; each element heeds what concerns it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ElementConfig {
    /// The country to begin with, an ISO 3166-1 alpha-2 code.
    pub country: Option<String>,
    /// Where a shopper who has an account signs in; on this origin.
    pub sign_in_url: String,
    /// Where a shopper opens an account; on this origin.
    pub sign_up_url: String,
    /// Where a shopper asks for a link to choose a new password; on this origin.
    pub reset_url: String,
    /// Where the shopper goes on once signed in; on this origin.
    pub return_to: Option<String>,
    /// Where the captcha's script is, if not at Google.
    pub captcha_src: Option<String>,
    /// Whether the sign-up leaves the address out.
    pub without_address: bool,
    /// Ids of the attributes that the profile shows.
    pub attributes: Vec<i32>,
    /// Whether the newsletter stands alone, without reminders of a left cart.
    pub without_reminders: bool,
    /// Whether a deletion is asked about before, instead of undone after.
    pub confirms_deletion: bool,
    /// The names whose addresses are shown; empty for any.
    pub names: Vec<String>,
    /// The companies whose addresses are shown; empty for any.
    pub companies: Vec<String>,
    /// Whether the store sends links that sign in.
    pub is_passwordless: bool,
    /// The e-mailed link by which the shopper came, where it was one to choose a new password.
    pub reset_link: Option<ResetLink>,
}

/// Something that happened because of the shopper, for the theme to hear of.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum AccountEvent {
    /// The element is there to be used.
    Ready,
    /// An account was opened.
    SignedUp {
        /// The new customer's id, when the store told it.
        customer_id: Option<i32>,
        /// Whether the new customer is signed in, too.
        is_signed_in: bool,
    },
    /// A customer signed in.
    SignedIn {
        /// Whether the shopper has reason to stay on the page.
        stays: bool,
    },
    /// The customer signed out.
    SignedOut,
    /// The profile was changed.
    ProfileSaved {
        /// Whose it is.
        customer_id: i32,
    },
    /// What the shopper is mailed was changed.
    SubscriptionChanged(SubscriptionChange),
    /// An address was added.
    AddressAdded {
        /// The store's number for it.
        address_id: i32,
    },
    /// An address was changed.
    AddressUpdated {
        /// The store's number for it.
        address_id: i32,
    },
    /// An address was deleted.
    AddressDeleted {
        /// The store's number for it.
        address_id: i32,
    },
    /// The password was changed, or a new one chosen by an e-mailed link.
    PasswordChanged,
    /// A request failed; with [`ApiError::code`](crate::api::ApiError::code).
    Failed(&'static str),
    /// The widget cannot help here; the theme's own form shall come back with what was typed.
    FallBack,
}

/// What an element works with. Cheap to clone.
#[derive(Clone)]
pub struct ElementContext {
    /// The words.
    pub i18n: I18n,
    /// The store.
    pub api: Api,
    /// What the theme has set.
    pub config: Rc<ElementConfig>,
    /// Who is signed in, the same for all elements of the page.
    pub session: Session,
    /// Hears what happens.
    pub listener: Rc<dyn Fn(AccountEvent)>,
}

impl ElementContext {
    /// Tells the theme.
    pub fn notify(&self, event: AccountEvent) {
        (self.listener)(event);
    }
}
