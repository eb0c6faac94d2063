//! What an element works with: its store, its words, its configuration, its listener.

use crate::api::{Api, ApiError, ResetLink};
use crate::forms::{Form, FormDefinition, FormEvents};
use crate::i18n::I18n;
use crate::session::Session;
use js_sys::Function;
use leptos::prelude::*;
use std::rc::Rc;
use web_sys::HtmlElement;

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
    /// Whether the sign-up asks one thing after the other.
    pub has_steps: bool,
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
    /// The emailed link by which the shopper came, where it was one to choose a new password.
    pub reset_link: Option<ResetLink>,
}

/// What may be mailed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Mailing {
    /// News and offers.
    #[default]
    Newsletter,
    /// Reminders of a cart that was left.
    CartReminders,
}

impl Mailing {
    /// Its name in events.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Newsletter => "newsletter",
            Self::CartReminders => "cart-reminders",
        }
    }
}

/// What a shopper changes about a mailing.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct SubscriptionChange {
    /// Which.
    pub mailing: Mailing,
    /// To have it, or no longer.
    pub is_wanted: bool,
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
        /// The id of the customer.
        customer_id: i32,
    },
    /// What the shopper is mailed was changed.
    SubscriptionChanged(SubscriptionChange),
    /// An address was added.
    AddressAdded {
        /// The store's id of it.
        address_id: i32,
    },
    /// An address was changed.
    AddressUpdated {
        /// The store's id of it.
        address_id: i32,
    },
    /// An address was deleted.
    AddressDeleted {
        /// The store's id of it.
        address_id: i32,
    },
    /// The password was changed, or a new one chosen by an emailed link.
    PasswordChanged,
    /// A request failed.
    Failed(ApiError),
    /// The widget cannot help here; the theme's own form shall come back with what was typed.
    UseStoreForm,
}

/// What the theme gives an element: the fallback and templates in its light DOM, and functions of the page.
pub trait Theme {
    /// Whether what the widget is about to take the place of has a control of this name.
    fn has_control(&self, name: &str) -> bool;

    /// The page's function that finds addresses (`StorefrontAccount.addressLookup`), if it has one.
    fn address_lookup(&self) -> Option<Function>;

    /// Moves the theme's nodes for the slot called `name` into `place`.
    fn fill_slot(&self, name: &str, place: &HtmlElement);
}

/// A theme that gives nothing.
impl Theme for () {
    fn has_control(&self, _: &str) -> bool {
        false
    }

    fn address_lookup(&self) -> Option<Function> {
        None
    }

    fn fill_slot(&self, _: &str, _: &HtmlElement) {}
}

/// What an element works with. Each component of an element finds it by [`ElementContext::current`].
/// Cheap to copy; lives as long as the element.
#[derive(Clone, Copy)]
pub struct ElementContext {
    /// The words.
    pub i18n: I18n,
    /// Who is signed in, the same for all elements of the page.
    pub session: Session,
    api: StoredValue<Api, LocalStorage>,
    config: StoredValue<Rc<ElementConfig>, LocalStorage>,
    listener: StoredValue<Rc<dyn Fn(AccountEvent)>, LocalStorage>,
    theme: StoredValue<Rc<dyn Theme>, LocalStorage>,
    has_slots: bool,
}

impl ElementContext {
    /// An element that asks `api`, is configured by `config`, and tells `listener` what happens.
    #[must_use]
    pub fn new(
        i18n: I18n,
        session: Session,
        api: Api,
        config: ElementConfig,
        listener: Rc<dyn Fn(AccountEvent)>,
        theme: Rc<dyn Theme>,
    ) -> Self {
        Self {
            i18n,
            session,
            api: StoredValue::new_local(api),
            config: StoredValue::new_local(Rc::new(config)),
            listener: StoredValue::new_local(listener),
            theme: StoredValue::new_local(theme),
            has_slots: true,
        }
    }

    /// The context of the element that the calling component is in.
    ///
    /// # Panics
    /// Outside of an element; see `embed::mount`, which provides it to every component.
    #[must_use]
    pub fn current() -> Self {
        expect_context()
    }

    /// The same element, with another listener.
    #[must_use]
    pub fn with_listener(self, listener: impl Fn(AccountEvent) + 'static) -> Self {
        Self {
            listener: StoredValue::new_local(Rc::new(listener)),
            ..self
        }
    }

    /// The same element, whose forms have no slots.
    #[must_use]
    pub const fn without_slots(self) -> Self {
        Self {
            has_slots: false,
            ..self
        }
    }

    /// Whether what the element is about to take the place of has a control of this name.
    #[must_use]
    pub fn has_fallback_control(self, name: &str) -> bool {
        let theme = self.theme.try_get_value();
        theme.is_some_and(|theme| theme.has_control(name))
    }

    /// The store; `None` once the element is gone.
    #[must_use]
    pub fn api(self) -> Option<Api> {
        self.api.try_get_value()
    }

    /// What the theme has set.
    #[must_use]
    pub fn config(self) -> Rc<ElementConfig> {
        self.config.try_get_value().unwrap_or_default()
    }

    /// Tells the theme.
    pub fn emit(self, event: AccountEvent) {
        if let Some(listener) = self.listener.try_get_value() {
            listener(event);
        }
    }

    /// A form of this element that asks for `definition`.
    #[must_use]
    pub fn form(self, definition: FormDefinition) -> Form {
        self.form_offering_sign_in(definition, None)
    }

    /// The same, with a link to `sign_in_url` where the email address is in use.
    #[must_use]
    pub fn form_offering_sign_in(
        self,
        definition: FormDefinition,
        sign_in_url: Option<String>,
    ) -> Form {
        let events = FormEvents {
            sign_in_url,
            captcha_src: self.config().captcha_src.clone(),
            use_store_form: UnsyncCallback::new(move |()| self.emit(AccountEvent::UseStoreForm)),
            address_lookup: UnsyncCallback::new(move |()| {
                self.theme.try_get_value()?.address_lookup()
            }),
            fill_slot: UnsyncCallback::new(move |(name, place): (&'static str, HtmlElement)| {
                if self.has_slots
                    && let Some(theme) = self.theme.try_get_value()
                {
                    theme.fill_slot(name, &place);
                }
            }),
        };
        Form::new(self.i18n, events, definition)
    }
}
