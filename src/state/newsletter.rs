//! What a shopper is mailed: the newsletter, and reminders of a cart they left. Two consents, each
//! given and taken back on its own.

use super::form::{Section, Target};
use super::plain_form::{FormSpec, PlainForm, own_field};
use super::scope::{AccountEvent, ElementContext};
use super::texts::text_of;
use crate::i18n::Message;
use crate::watched::Watched;
use std::rc::Rc;
use storefront_rules::BuiltIn;

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

/// What a shopper wants of a mailing.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct SubscriptionChange {
    /// Which.
    pub mailing: Mailing,
    /// To have it, or no longer.
    pub is_wanted: bool,
}

/// The shopper's choices. Cheap to copy; lives as long as the element.
#[derive(Clone, Copy)]
pub struct Newsletter {
    is_subscribed: Watched<bool>,
    /// What the form asks for when it is sent.
    wish: Watched<SubscriptionChange>,
    done: Watched<Option<SubscriptionChange>>,
    email: Watched<String>,
}

impl Newsletter {
    /// Of a shopper who has the newsletter, or not as far as is known.
    #[must_use]
    pub fn new(is_subscribed: bool) -> Self {
        Self {
            is_subscribed: Watched::new(is_subscribed),
            wish: Watched::new(SubscriptionChange::default()),
            done: Watched::new(None),
            email: Watched::new(String::new()),
        }
    }

    /// Whether the customer has the newsletter.
    #[must_use]
    pub fn is_subscribed(self) -> bool {
        self.is_subscribed.get_untracked()
    }

    /// The e-mail address that was given last.
    #[must_use]
    pub fn email(self) -> String {
        self.email.get_untracked()
    }

    /// What was done last; whatever reads it here is run again when something else is.
    #[must_use]
    pub fn done(self) -> Option<SubscriptionChange> {
        self.done.get()
    }

    /// What the form will ask for.
    pub fn want(self, wish: SubscriptionChange) {
        self.wish.set(wish);
    }

    /// A form for the customer whose e-mail address `customer` tells, or for a guest, who is asked.
    #[must_use]
    pub fn form(
        self,
        scope: &ElementContext,
        customer: Option<Rc<dyn Fn() -> String>>,
    ) -> PlainForm {
        let email = own_field(BuiltIn::EmailAddress, scope.i18n.text(Message::EMAIL));
        let asked = customer.is_none().then_some((Section::Newsletter, email));
        let spec = FormSpec {
            fields: asked.into_iter().collect(),
            ..FormSpec::default()
        };
        let api = scope.api.clone();
        PlainForm::new(scope, spec, move |form, values| {
            let (api, wish) = (api.clone(), self.wish.get_untracked());
            let email = match &customer {
                Some(email) => email(),
                None => text_of(&values, BuiltIn::EmailAddress),
            };
            async move {
                let done = match wish.mailing {
                    Mailing::Newsletter if wish.is_wanted => {
                        api.subscribe(&email, None, None).await
                    }
                    Mailing::Newsletter => api.unsubscribe(&email).await,
                    Mailing::CartReminders => api.set_cart_reminders(&email, wish.is_wanted).await,
                };
                match done {
                    Ok(()) => {
                        if wish.mailing == Mailing::Newsletter {
                            self.is_subscribed.set(wish.is_wanted);
                        }
                        self.email.set(email);
                        form.notify(AccountEvent::SubscriptionChanged(wish));
                        self.done.set(Some(wish));
                    }
                    Err(error) => form.reject(error, Target::Form),
                }
            }
        })
    }
}
