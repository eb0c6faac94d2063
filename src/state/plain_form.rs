//! A form whose fields do not hang together: judged by the rules, sent as a whole.

use super::form::{FormState, Problem, Section, Target, complaints};
use super::scope::{AccountEvent, ElementContext};
use super::session::AuthState;
use crate::api::{ApiError, Captcha, MutationError};
use crate::watched::Watched;
use std::future::Future;
use std::pin::Pin;
use std::rc::Rc;
use storefront_rules::address::AddressRequirements;
use storefront_rules::{
    BuiltIn, Context, Field, FieldId, FieldInputs, FieldType, PasswordRules, Values, Violations,
    validate,
};
use wasm_bindgen_futures::spawn_local;

/// Sends the values that passed.
type Sender = Box<dyn Fn(PlainForm, Values) -> Pin<Box<dyn Future<Output = ()>>>>;

/// Such a form. Cheap to copy; lives as long as the element.
#[derive(Clone, Copy)]
pub struct PlainForm {
    /// What it shares with every form.
    pub form: FormState,
    given: Watched<Option<Rc<Given>>>,
    is_interrupted: Watched<bool>,
    /// The session's epoch when the form was sent.
    epoch: Watched<u32>,
}

struct Given {
    scope: ElementContext,
    spec: FormSpec,
    send: Sender,
}

/// What a form asks for.
#[derive(Clone, Default)]
pub struct FormSpec {
    /// Its fields, in order, each with the form of the platform that it belongs to.
    pub fields: Vec<(Section, Field)>,
    /// The store's rules for passwords.
    pub passwords: PasswordRules,
    /// The captcha to solve, when the store asks for one.
    pub captcha: Option<Captcha>,
}

impl PlainForm {
    /// A form that asks for `spec`. What passes is handed to `send` with the form itself, which
    /// hears of it by [`Self::fail`], [`Self::reject`] or [`Self::interrupt`] when it does not work.
    #[must_use]
    pub fn new<F>(
        scope: &ElementContext,
        spec: FormSpec,
        send: impl Fn(Self, Values) -> F + 'static,
    ) -> Self
    where
        F: Future<Output = ()> + 'static,
    {
        Self {
            form: FormState::new(scope.i18n),
            given: Watched::new(Some(Rc::new(Given {
                scope: scope.clone(),
                spec,
                send: Box::new(move |form, values| Box::pin(send(form, values))),
            }))),
            is_interrupted: Watched::new(false),
            epoch: Watched::new(0),
        }
    }

    /// What it asks for.
    #[must_use]
    pub fn spec(self) -> FormSpec {
        let given = self.given.get_untracked();
        given.map(|given| given.spec.clone()).unwrap_or_default()
    }

    /// Tells the theme.
    pub fn notify(self, event: AccountEvent) {
        if let Some(given) = self.given.get_untracked() {
            given.scope.notify(event);
        }
    }

    fn judge(self, spec: &FormSpec, answers: &FieldInputs) -> Result<Values, Violations> {
        let fields: Vec<Field> = spec.fields.iter().map(|(_, f)| f.clone()).collect();
        let context = Context {
            passwords: &spec.passwords,
            country: None,
            requirements: &AddressRequirements::NO_ADDRESS,
            states: &[],
            // Patterns are those of postal codes.
            matches: &|_, _| true,
        };
        validate(&fields, answers, &context)
    }

    /// The shopper edited `edited`: what failed before is judged again by the answers as they are.
    pub fn recheck(self, edited: Option<FieldId>, answers: &FieldInputs) {
        if !self.form.has_problems_untracked() {
            return;
        }
        let violations = self.judge(&self.spec(), answers).err().unwrap_or_default();
        self.form.recheck_by(edited, &violations);
    }

    /// Sends the form, if its answers pass and it is not on its way already.
    pub fn submit(self, answers: &FieldInputs) {
        let Some(given) = self.given.get_untracked() else {
            return;
        };
        if !self.form.start_sending() {
            return;
        }
        self.is_interrupted.set(false);
        self.epoch.set(given.scope.session.epoch());
        let judged = self.judge(&given.spec, answers);
        let is_captcha_missing =
            given.spec.captcha.is_some() && self.form.captcha_token_untracked().is_none();
        match judged {
            Ok(values) if !is_captcha_missing => spawn_local(async move {
                (given.send)(self, values).await;
                self.form.stop_sending();
            }),
            judged => {
                let violations = judged.err().unwrap_or_default();
                self.form.stop_sending();
                self.form.report(complaints(violations, is_captcha_missing));
            }
        }
    }

    /// The request failed.
    pub fn fail(self, error: ApiError) {
        if error != ApiError::Cancelled {
            self.notify(AccountEvent::Failed(error.code()));
            self.form.report(vec![(Target::Form, Problem::Api(error))]);
        }
    }

    /// The change was not made: says why, or waits for the shopper to sign in again. What the store
    /// says of the password belongs to `password`.
    pub fn reject(self, error: MutationError, password: Target) {
        match error {
            MutationError::Api(error) => self.fail(error),
            MutationError::Rejected(rejection) => self.form.refuse(rejection, password),
            MutationError::NotSignedIn => self.interrupt(),
            // No form of this kind is about an address.
            MutationError::NoSuchAddress => self.fail(ApiError::Unreadable),
        }
    }

    /// Nobody was signed in when the store looked: once the shopper has signed in again, or where
    /// they have meanwhile, the form is sent again.
    pub fn interrupt(self) {
        if let Some(given) = self.given.get_untracked() {
            self.is_interrupted.set(true);
            if self.is_of_this_epoch() {
                given.scope.session.expire();
            }
        }
    }

    /// Whether nobody has signed in or out since the form was sent.
    #[must_use]
    pub fn is_of_this_epoch(self) -> bool {
        let given = self.given.get_untracked();
        given.is_some_and(|given| given.scope.session.epoch() == self.epoch.get_untracked())
    }

    /// Whether the form waits to be sent again, and its customer is signed in again.
    #[must_use]
    pub fn may_resume(self, customer: i32) -> bool {
        let is_interrupted = self.is_interrupted.get();
        let standing = self.given.get_untracked();
        let standing = standing.map(|given| given.scope.session.standing());
        is_interrupted && standing == Some(AuthState::SignedIn(customer))
    }

    /// Whether the session ended while the form was on its way.
    #[must_use]
    pub fn is_interrupted(self) -> bool {
        self.is_interrupted.get()
    }
}

/// A field of the platform's own that no store configures, in a form of the platform's own.
#[must_use]
pub(super) fn own_field(id: BuiltIn, label: String) -> Field {
    let kind = match id {
        BuiltIn::Password | BuiltIn::CurrentPassword | BuiltIn::ConfirmPassword => {
            FieldType::Password { max_length: None }
        }
        BuiltIn::EmailAddress
        | BuiltIn::FirstName
        | BuiltIn::LastName
        | BuiltIn::CompanyName
        | BuiltIn::Phone
        | BuiltIn::AddressLine1
        | BuiltIn::AddressLine2
        | BuiltIn::City
        | BuiltIn::Country
        | BuiltIn::State
        | BuiltIn::Zip
        | BuiltIn::ReceiveMarketingEmails => FieldType::Text {
            default: None,
            max_length: None,
        },
    };
    Field {
        id: id.id(),
        label,
        sort_order: 0,
        required: true,
        is_built_in: true,
        kind,
    }
}
