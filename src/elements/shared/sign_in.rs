//! Signing in, and the ways on for those who cannot.

use super::{AccountEvent, ElementContext, FormContext, own_field};
use crate::api::{ApiError, Captcha, MutationError};
use crate::forms::{ErrorTarget, Form, FormDefinition, Section, secret_of};
use crate::i18n::Message;
use leptos::prelude::*;
use storefront_rules::BuiltIn;

/// What is emailed to a shopper who cannot sign in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Email {
    /// A link to choose a new password: it is lost.
    Reset,
    /// The same, because the store wants a new one.
    ForcedReset,
    /// A link that signs in.
    SignInLink,
}

/// How far a shopper has come who signs in.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum SignInStep {
    /// Email address and password are asked for.
    #[default]
    Credentials,
    /// The email address is asked for, to send something to.
    Ask(Email),
    /// If the address has an account, the email is on its way.
    Sent(Email),
}

/// Signing in under way. Cheap to copy; lives as long as the owner it is made under.
#[derive(Clone, Copy)]
pub struct SignIn {
    context: ElementContext,
    captcha: StoredValue<Option<Captcha>, LocalStorage>,
    stays: bool,
    step: RwSignal<SignInStep>,
    email: StoredValue<String>,
}

impl SignIn {
    /// To a store that asks for `captcha` before it sends an email. `stays`: the shopper has reason to
    /// stay on the page once signed in.
    #[must_use]
    pub fn new(context: ElementContext, captcha: Option<Captcha>, stays: bool) -> Self {
        Self {
            context,
            captcha: StoredValue::new_local(captcha),
            stays,
            step: RwSignal::new(SignInStep::Credentials),
            email: StoredValue::new(String::new()),
        }
    }

    /// The same, but straight to choosing a new password.
    #[must_use]
    pub fn forgotten(context: ElementContext, captcha: Option<Captcha>) -> Self {
        let sign_in = Self::new(context, captcha, false);
        sign_in.step.set(SignInStep::Ask(Email::Reset));
        sign_in
    }

    /// Whether the way to open an account belongs here: not where the shopper has one, or finds it
    /// beside this form.
    #[must_use]
    pub const fn offers_sign_up(self) -> bool {
        !self.stays
    }

    /// How far the shopper has come.
    #[must_use]
    pub fn step(self) -> SignInStep {
        self.step.try_get().unwrap_or_default()
    }

    /// The shopper goes there, with the email address typed so far.
    pub fn go(self, step: SignInStep, email: String) {
        self.email.set_value(email);
        self.step.set(step);
    }

    /// The email address typed so far.
    #[must_use]
    pub fn email(self) -> String {
        self.email.try_get_value().unwrap_or_default()
    }

    /// A definition of `fields` in which the email address is the one typed so far.
    fn definition(self, section: Section, fields: &[(BuiltIn, Message)]) -> FormDefinition {
        let i18n = self.context.i18n;
        let fields = fields.iter();
        let email = self.email();
        let typed = (!email.is_empty()).then(|| (BuiltIn::EmailAddress.id(), vec![email]));
        FormDefinition {
            fields: fields
                .map(|(field, label)| (section, own_field(*field, i18n.text(*label))))
                .collect(),
            initial: typed.into_iter().collect(),
            ..FormDefinition::default()
        }
    }

    /// The form for email address and password.
    #[must_use]
    pub fn credentials_form(self) -> Form {
        let fields = [
            (BuiltIn::EmailAddress, Message::EMAIL),
            (BuiltIn::CurrentPassword, Message::PASSWORD),
        ];
        let context = self.context;
        let form = context.form(self.definition(Section::SignIn, &fields));
        form.on_submit(move |values| {
            let attempt = FormContext::new(context, form);
            let api = context.api();
            async move {
                let Some(api) = api else {
                    return;
                };
                let email = values
                    .text(BuiltIn::EmailAddress)
                    .unwrap_or_default()
                    .to_owned();
                let password = secret_of(&values, BuiltIn::CurrentPassword);
                match api.login(&email, &password).await {
                    Ok(customer) => {
                        context.session.begin(customer);
                        context.emit(AccountEvent::SignedIn { stays: self.stays });
                    }
                    Err(ApiError::ResetRequired) => {
                        self.go(SignInStep::Ask(Email::ForcedReset), email);
                    }
                    Err(error) => attempt.fail(error),
                }
            }
        });
        form
    }

    /// The form for the email address that `email` goes to.
    #[must_use]
    pub fn email_form(self, email: Email) -> Form {
        let fields = [(BuiltIn::EmailAddress, Message::EMAIL)];
        let captcha = self.captcha.try_get_value().flatten();
        let context = self.context;
        let form = context.form(FormDefinition {
            // The page that sends links which sign in takes none.
            captcha: captcha.filter(|_| email != Email::SignInLink),
            ..self.definition(Section::Password, &fields)
        });
        form.on_submit(move |values| {
            let attempt = FormContext::new(context, form);
            let (api, config) = (context.api(), context.config());
            let captcha = form.take_captcha_token();
            async move {
                let Some(api) = api else {
                    return;
                };
                let address = values
                    .text(BuiltIn::EmailAddress)
                    .unwrap_or_default()
                    .to_owned();
                let sent = match email {
                    Email::SignInLink => {
                        let sent = api.send_sign_in_link(&address, config.return_to.as_deref());
                        sent.await.map_err(MutationError::Api)
                    }
                    Email::Reset | Email::ForcedReset => {
                        api.request_reset_password(&address, captcha.as_deref())
                            .await
                    }
                };
                match sent {
                    Ok(()) => self.go(SignInStep::Sent(email), address),
                    Err(error) => attempt.reject(error, ErrorTarget::Form),
                }
            }
        });
        form
    }
}
