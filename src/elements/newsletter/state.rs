//! What a shopper is mailed: the newsletter, and reminders of a cart they left. Two consents, each
//! given and taken back on its own.

use crate::elements::shared::{
    AccountEvent, ElementContext, FormContext, Mailing, SubscriptionChange, own_field,
};
use crate::forms::{ErrorTarget, Form, FormDefinition, Section};
use crate::i18n::Message;
use leptos::prelude::*;
use storefront_rules::BuiltIn;

/// The shopper's choices. Cheap to copy; lives as long as the owner it is made under.
#[derive(Clone, Copy)]
pub(super) struct NewsletterState {
    context: ElementContext,
    customer_email: Option<Signal<String>>,
    is_subscribed: RwSignal<bool>,
    /// What the form changes when it is sent.
    wanted: StoredValue<SubscriptionChange>,
    done: RwSignal<Option<SubscriptionChange>>,
    email: StoredValue<String>,
}

impl NewsletterState {
    /// Of a shopper who has the newsletter, or not as far as is known.
    #[must_use]
    pub(super) fn new(
        context: ElementContext,
        is_subscribed: bool,
        customer_email: Option<Signal<String>>,
    ) -> Self {
        Self {
            context,
            customer_email,
            is_subscribed: RwSignal::new(is_subscribed),
            wanted: StoredValue::new(SubscriptionChange::default()),
            done: RwSignal::new(None),
            email: StoredValue::new(String::new()),
        }
    }

    /// Whether the customer has the newsletter, or is about to have it.
    #[must_use]
    pub(super) const fn is_subscribed(self) -> RwSignal<bool> {
        self.is_subscribed
    }

    /// The email address of the customer; none of a guest.
    #[must_use]
    pub(super) const fn customer_email(self) -> Option<Signal<String>> {
        self.customer_email
    }

    /// The customer's email address, or the one that a guest gave last.
    #[must_use]
    pub(super) fn email(self) -> String {
        let email = self.customer_email.map(|email| email.try_get_untracked());
        let email = email.unwrap_or_else(|| self.email.try_get_value());
        email.unwrap_or_default()
    }

    /// What was done last; whatever reads it here is run again when something else is.
    #[must_use]
    pub(super) fn done(self) -> Option<SubscriptionChange> {
        self.done.try_get().flatten()
    }

    /// What the form will change.
    pub(super) fn want(self, change: SubscriptionChange) {
        self.wanted.set_value(change);
    }

    /// A form that makes the change `first` unless another is wanted.
    #[must_use]
    pub(super) fn form(self, first: SubscriptionChange) -> Form {
        self.want(first);
        let context = self.context;
        let label = context.i18n.text(Message::EMAIL);
        let field = (Section::Newsletter, own_field(BuiltIn::EmailAddress, label));
        let is_asked = self.customer_email.is_none();
        let given = [(BuiltIn::EmailAddress.id(), vec![self.email()])];
        let form = context.form(FormDefinition {
            fields: is_asked.then_some(field).into_iter().collect(),
            initial: given.into(),
            ..FormDefinition::default()
        });
        form.on_submit(move |values| {
            let attempt = FormContext::new(context, form);
            let change = self.wanted.try_get_value().unwrap_or_default();
            let api = context.api();
            let email = match self.customer_email {
                Some(_) => self.email(),
                None => values
                    .text(BuiltIn::EmailAddress)
                    .unwrap_or_default()
                    .to_owned(),
            };
            async move {
                let Some(api) = api else {
                    return;
                };
                let done = match change.mailing {
                    Mailing::Newsletter if change.is_wanted => {
                        api.subscribe(&email, None, None).await
                    }
                    Mailing::Newsletter => api.unsubscribe(&email).await,
                    Mailing::CartReminders => {
                        api.set_cart_reminders(&email, change.is_wanted).await
                    }
                };
                match done {
                    Ok(()) => {
                        if change.mailing == Mailing::Newsletter {
                            self.is_subscribed.set(change.is_wanted);
                        }
                        self.email.set_value(email);
                        context.emit(AccountEvent::SubscriptionChanged(change));
                        self.done.set(Some(change));
                    }
                    Err(error) => {
                        if change.mailing == Mailing::Newsletter {
                            self.is_subscribed.set(!change.is_wanted);
                        }
                        attempt.reject(error, ErrorTarget::Form);
                    }
                }
            }
        });
        form
    }
}
