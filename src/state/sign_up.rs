//! Opening an account, from the store's definitions to being signed in.

use super::country_choice::CountryChoice;
use super::form::{FormState, Problem, Target, complaints};
use super::scope::{AccountEvent, ElementConfig, ElementContext};
use super::texts::{secret_of, text_of};
use crate::api::{ApiError, FieldError, MutationError, Registration, SignUpForm};
use crate::watched::Watched;
use std::rc::Rc;
use storefront_rules::{BuiltIn, Field, FieldId, FieldInputs, Value, validate};
use wasm_bindgen_futures::spawn_local;

/// Where a sign-up ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// The account is there and the shopper is signed in.
    SignedIn,
    /// The account is there; signing in failed and is left to the shopper.
    SignInLeft,
}

/// The answers of both forms, as they stand in the document.
#[derive(Clone, Debug, Default)]
pub struct SignUpAnswers {
    /// To the account form.
    pub account: FieldInputs,
    /// To the address form.
    pub address: FieldInputs,
    /// Whether the newsletter is wanted.
    pub newsletter: bool,
}

/// A sign-up under way. Cheap to copy; lives as long as the element.
#[derive(Clone, Copy)]
pub struct SignUp {
    /// What it shares with every form.
    pub form: FormState,
    /// The country of the address, and what hangs on it.
    pub country: CountryChoice,
    given: Watched<Option<Rc<Given>>>,
    /// The e-mail address of an attempt that may have opened the account although no answer came.
    lost_attempt: Watched<Option<String>>,
    outcome: Watched<Option<Outcome>>,
}

struct Given {
    scope: ElementContext,
    form: Rc<SignUpForm>,
}

impl SignUp {
    /// A sign-up by these definitions; `outcome` hears where it ends.
    #[must_use]
    pub(crate) fn new(
        scope: ElementContext,
        form: Rc<SignUpForm>,
        outcome: Watched<Option<Outcome>>,
    ) -> Self {
        let code = scope.config.country.clone();
        let states = code.clone().zip(form.states.clone());
        let country = CountryChoice::new(
            &scope.api,
            &form.countries,
            code,
            String::new(),
            Watched::new(states.into_iter().collect()),
        );
        Self {
            form: FormState::new(scope.i18n),
            country,
            outcome,
            lost_attempt: Watched::new(None),
            given: Watched::new(Some(Rc::new(Given { scope, form }))),
        }
    }

    /// Reads from the store's definitions.
    pub fn definitions<T>(self, read: impl FnOnce(&SignUpForm) -> T) -> T {
        match self.given.get_untracked() {
            Some(given) => read(&given.form),
            None => read(&SignUpForm::default()),
        }
    }

    /// Reads from the theme's configuration.
    pub fn config<T>(self, read: impl FnOnce(&ElementConfig) -> T) -> T {
        match self.given.get_untracked() {
            Some(given) => read(&given.scope.config),
            None => read(&ElementConfig::default()),
        }
    }

    /// Tells the theme.
    pub fn notify(self, event: AccountEvent) {
        if let Some(given) = self.given.get_untracked() {
            given.scope.notify(event);
        }
    }

    /// Where the sign-up ended, once it has.
    #[must_use]
    pub fn outcome(self) -> Option<Outcome> {
        self.outcome.get()
    }

    /// Whether the form asks for `field` at all: never for those the API has no place for, nor for
    /// the address where the theme leaves it out.
    #[must_use]
    fn asks(self, field: &Field) -> bool {
        let without_address = self.config(|config| config.without_address);
        match field.built_in() {
            // The newsletter's own checkbox stands for the last one.
            Some(BuiltIn::CurrentPassword | BuiltIn::ReceiveMarketingEmails) => false,
            Some(
                BuiltIn::AddressLine1
                | BuiltIn::AddressLine2
                | BuiltIn::City
                | BuiltIn::Country
                | BuiltIn::State
                | BuiltIn::Zip,
            ) => !without_address,
            Some(
                BuiltIn::EmailAddress
                | BuiltIn::Password
                | BuiltIn::ConfirmPassword
                | BuiltIn::FirstName
                | BuiltIn::LastName
                | BuiltIn::CompanyName
                | BuiltIn::Phone,
            ) => true,
            None => !without_address || self.definitions(|form| form.account.contains(field)),
        }
    }

    /// The fields the form asks for, of the account form and of the address form.
    #[must_use]
    pub fn asked_fields(self) -> (Vec<Field>, Vec<Field>) {
        let asked = |fields: &[Field]| -> Vec<Field> {
            fields.iter().filter(|f| self.asks(f)).cloned().collect()
        };
        self.definitions(|form| (asked(&form.account), asked(&form.address)))
    }

    /// Judges the answers; what passed is ready to be sent.
    ///
    /// # Errors
    /// Every problem, in the order of the form.
    fn check(self, answers: &SignUpAnswers) -> Result<Registration, Vec<(Target, Problem)>> {
        let (account, address) = self.judge(answers);
        let captcha = self.form.captcha_token_untracked();
        let is_captcha_missing = captcha.is_none() && self.definitions(|f| f.captcha.is_some());
        let (account, address) = match (account, address) {
            (Ok(account), Ok(address)) if !is_captcha_missing => (account, address),
            (account, address) => {
                let violations = [account.err(), address.err()]
                    .into_iter()
                    .flatten()
                    .flatten();
                return Err(complaints(violations, is_captcha_missing));
            }
        };
        Ok(Registration {
            email: text_of(&account, BuiltIn::EmailAddress),
            password: secret_of(&account, BuiltIn::Password),
            account,
            address,
            with_address: !self.config(|config| config.without_address),
            captcha,
        })
    }

    #[allow(
        clippy::type_complexity,
        reason = "two results of validate, side by side"
    )]
    fn judge(
        self,
        answers: &SignUpAnswers,
    ) -> (
        Result<storefront_rules::Values, storefront_rules::Violations>,
        Result<storefront_rules::Values, storefront_rules::Violations>,
    ) {
        let (account, address) = self.asked_fields();
        self.definitions(|form| {
            self.country.context(&form.passwords, |context| {
                (
                    validate(&account, &answers.account, context),
                    validate(&address, &answers.address, context),
                )
            })
        })
    }

    /// The shopper edited `edited`: what failed before is judged again by the answers as they are.
    pub fn recheck(self, edited: Option<FieldId>, answers: &SignUpAnswers) {
        if !self.form.has_problems() {
            return;
        }
        let (account, address) = self.judge(answers);
        let violations: Vec<_> = [account.err(), address.err()]
            .into_iter()
            .flatten()
            .flatten()
            .collect();
        self.form.recheck_by(edited, &violations);
    }

    /// Sends the form, if its answers pass and it is not on its way already.
    pub fn submit(self, answers: &SignUpAnswers) {
        if !self.form.start_sending() {
            return;
        }
        match self.check(answers) {
            Err(problems) => {
                self.form.stop_sending();
                self.form.report(problems);
            }
            Ok(registration) => {
                let newsletter = answers.newsletter;
                spawn_local(async move {
                    self.send(&registration, newsletter).await;
                    self.form.stop_sending();
                });
            }
        }
    }

    async fn send(self, registration: &Registration, newsletter: bool) {
        let Some(given) = self.given.get_untracked() else {
            return;
        };
        let api = &given.scope.api;
        let (customer_id, session) = match api.register(registration).await {
            Ok(customer_id) => {
                let login = api.login(&registration.email, &registration.password).await;
                (customer_id, login.ok())
            }
            Err(MutationError::Api(error)) => return self.fail(error, &registration.email),
            // The schema has no such error for a registration.
            Err(MutationError::NotSignedIn) => {
                return self.fail(ApiError::Unreadable, &registration.email);
            }
            Err(MutationError::NoSuchAddress) => {
                return self.fail(ApiError::Unreadable, &registration.email);
            }
            Err(MutationError::Rejected(rejection)) => {
                // An attempt whose answer got lost may be what took the address: then the pair
                // signs in, and the shopper has what they asked for.
                let in_use = (BuiltIn::EmailAddress.id(), FieldError::EmailInUse);
                let may_be_ours = self.lost_attempt.get_untracked().as_ref()
                    == Some(&registration.email)
                    && rejection.fields.contains(&in_use);
                let login = if may_be_ours {
                    let login = api.login(&registration.email, &registration.password);
                    login.await.ok()
                } else {
                    None
                };
                if login.is_none() {
                    return self.form.refuse(rejection, Target::Form);
                }
                (login, login)
            }
        };
        if newsletter {
            let name = |field: BuiltIn| match registration.address.get(&field.id()) {
                Some(Value::Text(text)) => Some(text.as_str()),
                Some(_) | None => None,
            };
            let (first, last) = (name(BuiltIn::FirstName), name(BuiltIn::LastName));
            // The account stands whether or not the newsletter does; it can be had any time later.
            let _ = api.subscribe(&registration.email, first, last).await;
        }
        self.finish(customer_id, session);
    }

    fn fail(self, error: ApiError, email: &str) {
        if error == ApiError::Cancelled {
            return;
        }
        if error.is_uncertain() {
            self.lost_attempt.set(Some(email.to_owned()));
        }
        self.notify(AccountEvent::Failed(error.code()));
        self.form.report(vec![(Target::Form, Problem::Api(error))]);
    }

    fn finish(self, customer_id: Option<i32>, session: Option<i32>) {
        let Some(given) = self.given.get_untracked() else {
            return;
        };
        let is_signed_in = session.is_some();
        self.outcome.set(Some(match session {
            Some(_) => Outcome::SignedIn,
            None => Outcome::SignInLeft,
        }));
        if let Some(customer) = session {
            given.scope.session.begin(customer);
            given.scope.notify(AccountEvent::SignedIn { stays: true });
        }
        given.scope.notify(AccountEvent::SignedUp {
            customer_id,
            is_signed_in,
        });
    }
}
