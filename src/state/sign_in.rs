//! Signing in, and the ways on for those who cannot.

use super::form::{Section, Target};
use super::plain_form::{FormSpec, PlainForm, own_field};
use super::scope::{AccountEvent, ElementContext};
use super::texts::{secret_of, text_of};
use crate::api::{ApiError, Captcha, MutationError};
use crate::i18n::Message;
use crate::watched::Watched;
use std::rc::Rc;
use storefront_rules::BuiltIn;

/// What is e-mailed to a shopper who cannot sign in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mail {
    /// A link to choose a new password: it is lost.
    Reset,
    /// The same, because the store requirements a new one.
    ForcedReset,
    /// A link that signs in.
    SignInLink,
}

/// Where the shopper stands at the door.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Step {
    /// E-mail address and password are asked for.
    #[default]
    Credentials,
    /// The e-mail address is asked for, to send something to.
    Ask(Mail),
    /// If the address has an account, the mail is on its way.
    Sent(Mail),
}

/// Signing in under way. Cheap to copy; lives as long as the element.
#[derive(Clone, Copy)]
pub struct SignIn {
    given: Watched<Option<Rc<Given>>>,
    step: Watched<Step>,
    email: Watched<String>,
}

struct Given {
    scope: ElementContext,
    captcha: Option<Captcha>,
    stays: bool,
}

impl SignIn {
    /// At the door of a store that asks for `captcha` before it sends a mail. `stays`: the
    /// shopper has reason to stay on the page once signed in.
    #[must_use]
    pub fn new(scope: ElementContext, captcha: Option<Captcha>, stays: bool) -> Self {
        Self {
            given: Watched::new(Some(Rc::new(Given {
                scope,
                captcha,
                stays,
            }))),
            step: Watched::new(Step::Credentials),
            email: Watched::new(String::new()),
        }
    }

    /// The same, but straight to choosing a new password.
    #[must_use]
    pub fn forgotten(scope: ElementContext, captcha: Option<Captcha>) -> Self {
        let sign_in = Self::new(scope, captcha, false);
        sign_in.step.set(Step::Ask(Mail::Reset));
        sign_in
    }

    /// Whether the way to open an account belongs here: not where the shopper has one, or finds it
    /// beside this form.
    #[must_use]
    pub fn offers_sign_up(self) -> bool {
        let given = self.given.get_untracked();
        given.is_some_and(|given| !given.stays)
    }

    /// Where the shopper stands.
    #[must_use]
    pub fn step(self) -> Step {
        self.step.get()
    }

    /// The shopper goes there, with the e-mail address typed so far.
    pub fn go(self, step: Step, email: String) {
        self.email.set(email);
        self.step.set(step);
    }

    /// The e-mail address typed so far.
    #[must_use]
    pub fn email(self) -> String {
        self.email.get_untracked()
    }

    /// The form for e-mail address and password.
    #[must_use]
    pub fn credentials_form(self, scope: &ElementContext) -> PlainForm {
        let i18n = scope.i18n;
        let email = own_field(BuiltIn::EmailAddress, i18n.text(Message::EMAIL));
        let password = own_field(BuiltIn::CurrentPassword, i18n.text(Message::PASSWORD));
        let spec = FormSpec {
            fields: vec![(Section::SignIn, email), (Section::SignIn, password)],
            ..FormSpec::default()
        };
        PlainForm::new(scope, spec, move |form, values| async move {
            let Some(given) = self.given.get_untracked() else {
                return;
            };
            let email = text_of(&values, BuiltIn::EmailAddress);
            let password = secret_of(&values, BuiltIn::CurrentPassword);
            match given.scope.api.login(&email, &password).await {
                Ok(customer) => {
                    given.scope.session.begin(customer);
                    let stays = given.stays;
                    given.scope.notify(AccountEvent::SignedIn { stays });
                }
                Err(ApiError::ResetRequired) => self.go(Step::Ask(Mail::ForcedReset), email),
                Err(error) => form.fail(error),
            }
        })
    }

    /// The form for the e-mail address that `mail` goes to.
    #[must_use]
    pub fn mail_form(self, scope: &ElementContext, mail: Mail) -> PlainForm {
        let label = scope.i18n.text(Message::EMAIL);
        let email = own_field(BuiltIn::EmailAddress, label);
        let given = self.given.get_untracked();
        let captcha = given.and_then(|given| given.captcha.clone());
        let spec = FormSpec {
            fields: vec![(Section::Password, email)],
            // The page that sends links which sign in takes none.
            captcha: captcha.filter(|_| mail != Mail::SignInLink),
            ..FormSpec::default()
        };
        PlainForm::new(scope, spec, move |form, values| async move {
            let Some(given) = self.given.get_untracked() else {
                return;
            };
            let (api, config) = (&given.scope.api, &given.scope.config);
            let email = text_of(&values, BuiltIn::EmailAddress);
            let captcha = form.form.take_captcha_token();
            let sent = match mail {
                Mail::SignInLink => {
                    let sent = api.send_sign_in_link(&email, config.return_to.as_deref());
                    sent.await.map_err(MutationError::Api)
                }
                Mail::Reset | Mail::ForcedReset => {
                    api.request_reset_password(&email, captcha.as_deref()).await
                }
            };
            match sent {
                Ok(()) => self.go(Step::Sent(mail), email),
                Err(error) => form.reject(error, Target::Form),
            }
        })
    }
}
