//! Opening an account, from the store's definitions to being signed in.

use super::form::{FormState, Problem, Target};
use super::scope::{ElementConfig, Happening, Scope};
use crate::api::{ApiError, MutationError, Refusal, Registration, SignUpForm};
use crate::watched::Watched;
use js_sys::RegExp;
use std::rc::Rc;
use storefront_rules::address::Demands;
use storefront_rules::validate::{State, find_state};
use storefront_rules::{
    Answers, BuiltIn, Context, Field, FieldId, Layout, Part, Secret, Value, Violation, validate,
};
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
    pub account: Answers,
    /// To the address form.
    pub address: Answers,
    /// Whether the newsletter is wanted.
    pub newsletter: bool,
}

/// What was taken out of the form because the country changed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Removed {
    /// Which field it was the answer to.
    pub field: BuiltIn,
    /// The answer.
    pub text: String,
}

/// A sign-up under way. Cheap to copy; lives as long as the element.
#[derive(Clone, Copy)]
pub struct SignUp {
    /// What it shares with every form.
    pub form: FormState,
    given: Watched<Option<Rc<Given>>>,
    known_states: Watched<Vec<(String, Vec<State>)>>,
    /// The e-mail address of an attempt that may have opened the account although no answer came.
    lost_attempt: Watched<Option<String>>,
    country: Watched<String>,
    states: Watched<Option<Vec<State>>>,
    state_text: Watched<String>,
    removed: Watched<Vec<Removed>>,
    outcome: Watched<Option<Outcome>>,
}

struct Given {
    scope: Scope,
    form: Rc<SignUpForm>,
}

impl SignUp {
    /// A sign-up by these definitions; `outcome` hears where it ends.
    #[must_use]
    pub(crate) fn new(
        scope: Scope,
        form: Rc<SignUpForm>,
        outcome: Watched<Option<Outcome>>,
    ) -> Self {
        let known = |code: &String| form.countries.iter().any(|c| c.code == *code);
        let country = scope
            .config
            .country
            .clone()
            .filter(known)
            .unwrap_or_default();
        let states = form.states.clone().filter(|_| !country.is_empty());
        let known_states = states.clone().map(|states| (country.clone(), states));
        Self {
            form: FormState::new(scope.i18n),
            country: Watched::new(country),
            states: Watched::new(states),
            state_text: Watched::new(String::new()),
            removed: Watched::new(Vec::new()),
            outcome,
            known_states: Watched::new(known_states.into_iter().collect()),
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
    pub fn notify(self, happening: Happening) {
        if let Some(given) = self.given.get_untracked() {
            given.scope.notify(happening);
        }
    }

    /// The chosen country's code, or nothing.
    #[must_use]
    pub fn country(self) -> String {
        self.country.get()
    }

    /// The chosen country's code, or nothing, for what is made once.
    #[must_use]
    pub fn country_untracked(self) -> String {
        self.country.get_untracked()
    }

    /// The states to choose from; `None` while they are not known, empty where the state is text.
    #[must_use]
    pub fn states(self) -> Option<Vec<State>> {
        self.states.get()
    }

    /// What the state control starts with when it is made anew.
    #[must_use]
    pub fn state_text(self) -> String {
        self.state_text.get_untracked()
    }

    /// What the last change of country took out, for a notice.
    #[must_use]
    pub fn removed(self) -> Vec<Removed> {
        self.removed.get()
    }

    /// What the chosen country demands of the address.
    #[must_use]
    pub fn demands(self) -> Demands {
        let has_states = self
            .states
            .with(|s| s.as_ref().is_some_and(|s| !s.is_empty()));
        Demands::new(self.country.with(|code| Layout::of(code)), has_states)
    }

    /// Where the sign-up ended, once it has.
    #[must_use]
    pub fn outcome(self) -> Option<Outcome> {
        self.outcome.get()
    }

    /// The shopper chose another country, while `state` and `postal_code` stood in their fields.
    /// What is still valid there stays; what is not goes, and [`Self::removed`] says so.
    pub fn change_country(self, code: String, state: String, postal_code: &str) {
        let came_from_list = self
            .states
            .with_untracked(|s| s.as_ref().is_some_and(|s| !s.is_empty()));
        let layout = Layout::of(&code);
        let mut removed = Vec::new();
        if !layout.uses(Part::PostalCode) && !postal_code.is_empty() {
            removed.push(Removed {
                field: BuiltIn::Zip,
                text: postal_code.to_owned(),
            });
        }
        self.removed.set(removed);
        self.country.set(code.clone());
        let cached = self.known_states.with_untracked(|known| {
            let found = known.iter().find(|(of, _)| *of == code);
            found.map(|(_, states)| states.clone())
        });
        match cached {
            Some(states) => self.set_states(states, state, came_from_list),
            None if code.is_empty() => self.set_states(Vec::new(), state, false),
            None => {
                self.state_text.set(state);
                self.states.set(None);
                self.fetch_states(code, came_from_list);
            }
        }
    }

    fn fetch_states(self, code: String, came_from_list: bool) {
        let Some(given) = self.given.get_untracked() else {
            return;
        };
        spawn_local(async move {
            // Without the list the state stays a text, and the store judges it.
            let Ok(states) = given.scope.api.states(&code).await else {
                return;
            };
            let is_current = self.country.with_untracked(|country| *country == code);
            self.known_states
                .update(|known| known.push((code, states.clone())));
            if is_current {
                self.set_states(states, self.state_text.get_untracked(), came_from_list);
            }
        });
    }

    /// Notes what is typed as a state while the list is on its way.
    pub fn set_state_text(self, text: String) {
        self.state_text.set(text);
    }

    fn set_states(self, states: Vec<State>, text: String, came_from_list: bool) {
        let layout = self.country.with_untracked(|code| Layout::of(code));
        let kept = match find_state(&states, &text) {
            Some(state) => Some(state.name.clone()),
            None if states.is_empty() && layout.uses(Part::State) && !came_from_list => {
                Some(text.clone())
            }
            None => None,
        };
        if kept.is_none() && !text.is_empty() {
            self.removed.update(|removed| {
                removed.push(Removed {
                    field: BuiltIn::State,
                    text,
                });
            });
        }
        self.state_text.set(kept.unwrap_or_default());
        self.states.set(Some(states));
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
        let violations = |violations: Vec<(FieldId, Violation)>| {
            violations
                .into_iter()
                .map(|(id, violation)| (Target::Field(id), Problem::Violation(violation)))
        };
        let (account, address) = self.judge(answers);
        let mut problems = Vec::new();
        let captcha = self.form.captcha_token_untracked();
        let is_captcha_missing = captcha.is_none() && self.definitions(|f| f.captcha.is_some());
        let (account, address) = match (account, address) {
            (Ok(account), Ok(address)) if !is_captcha_missing => (account, address),
            (account, address) => {
                problems.extend(account.err().into_iter().flat_map(violations));
                problems.extend(address.err().into_iter().flat_map(violations));
                if is_captcha_missing {
                    problems.push((Target::Captcha, Problem::CaptchaMissing));
                }
                return Err(problems);
            }
        };
        let email = match account.get(&BuiltIn::EmailAddress.id()) {
            Some(Value::Text(email)) => email.clone(),
            Some(_) | None => String::new(),
        };
        let password = match account.get(&BuiltIn::Password.id()) {
            Some(Value::Password(password)) => password.clone(),
            Some(_) | None => Secret::new(""),
        };
        Ok(Registration {
            email,
            password,
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
        let country = self.country.get_untracked();
        let states = self.states.get_untracked().unwrap_or_default();
        let demands = Demands::new(Layout::of(&country), !states.is_empty());
        self.definitions(|form| {
            let context = Context {
                passwords: &form.passwords,
                country: (!country.is_empty()).then_some(&*country),
                demands: &demands,
                states: &states,
                matches: &matches_whole,
            };
            (
                validate(&account, &answers.account, &context),
                validate(&address, &answers.address, &context),
            )
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
        let edited = edited.map_or(Target::Form, Target::Field);
        self.form.recheck(edited, |id| {
            let found = violations.iter().find(|(of, _)| *of == id);
            found.map(|(_, violation)| violation.clone())
        });
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
            Err(MutationError::Rejected(rejection)) => {
                // An attempt whose answer got lost may be what took the address: then the pair
                // signs in, and the shopper has what they asked for.
                let in_use = (BuiltIn::EmailAddress.id(), Refusal::EmailInUse);
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
        self.notify(Happening::Failed(error.code()));
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
            given.scope.notify(Happening::SignedIn { stays: true });
        }
        given.scope.notify(Happening::SignedUp {
            customer_id,
            is_signed_in,
        });
    }
}

/// Whether the whole of `text` matches `pattern`, by the browser's own `RegExp`.
fn matches_whole(pattern: &str, text: &str) -> bool {
    RegExp::new(&format!("^(?:{pattern})$"), "").test(text)
}
