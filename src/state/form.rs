//! What every form has: its problems and whether it is under way.

use super::id::{instance, part_id};
use super::timer::Countdown;
use crate::api::{ApiError, FieldError, UserErrors};
use crate::i18n::{I18n, Message};
use crate::watched::Watched;
use storefront_rules::BuiltIn;
use storefront_rules::{FieldId, Violation};

/// The platform's forms, which the names of controls tell apart.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Section {
    /// The account form: sign-up, and the custom fields of the profile.
    Account,
    /// The address form.
    Address,
    /// The customer's own names, company and phone in the profile.
    Person,
    /// The newsletter.
    Newsletter,
    /// Signing in.
    SignIn,
    /// Choosing a new password by an e-mailed link, and asking for that link.
    Password,
}

impl Section {
    /// The `name` of a field's controls: the one that the platform's own themes post, so that the
    /// widget and the theme's fallback form can hand each other what was typed.
    #[must_use]
    pub fn control_name(self, id: FieldId) -> String {
        if let Some(name) = self.own_name(id) {
            return name.to_owned();
        }
        let group = match self {
            Self::Account => 1,
            Self::Newsletter => 1,
            Self::SignIn | Self::Password => 1,
            Self::Address => 2,
            Self::Person => 2,
        };
        format!("FormField[{group}][{}]", id.0)
    }

    /// The name of a control in the forms that do not go by numbers.
    fn own_name(self, id: FieldId) -> Option<&'static str> {
        let field = BuiltIn::from_id(id)?;
        let names: &[(BuiltIn, &str)] = match self {
            Self::Account | Self::Address => &[],
            Self::Person => &[
                (BuiltIn::FirstName, "account_firstname"),
                (BuiltIn::LastName, "account_lastname"),
                (BuiltIn::CompanyName, "account_companyname"),
                (BuiltIn::Phone, "account_phone"),
            ],
            Self::Newsletter => &[(BuiltIn::EmailAddress, "nl_email")],
            Self::SignIn => &[
                (BuiltIn::EmailAddress, "login_email"),
                (BuiltIn::CurrentPassword, "login_pass"),
            ],
            Self::Password => &[
                (BuiltIn::EmailAddress, "email"),
                (BuiltIn::Password, "password"),
            ],
        };
        let name = names.iter().find(|(of, _)| *of == field);
        name.map(|(_, name)| *name)
    }
}

/// What a problem is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Target {
    /// One field.
    Field(FieldId),
    /// The captcha.
    Captcha,
    /// The form as a whole.
    Form,
}

/// Something a shopper has to see to.
#[derive(Clone, Debug, PartialEq)]
pub enum Problem {
    /// An answer does not count.
    Violation(Violation),
    /// The store refused an answer or the whole form.
    FieldError(FieldError),
    /// The captcha is not solved.
    CaptchaMissing,
    /// The request failed.
    Api(ApiError),
}

/// What a shopper has to see to before a form is sent.
#[must_use]
pub(super) fn complaints(
    violations: impl IntoIterator<Item = (FieldId, Violation)>,
    is_captcha_missing: bool,
) -> Vec<(Target, Problem)> {
    let violations = violations.into_iter();
    let problems =
        violations.map(|(id, violation)| (Target::Field(id), Problem::Violation(violation)));
    let captcha = is_captcha_missing.then_some((Target::Captcha, Problem::CaptchaMissing));
    problems.chain(captcha).collect()
}

/// The state every form shares. Cheap to copy; lives as long as the element.
#[derive(Clone, Copy)]
pub struct FormState {
    /// The words to put it in.
    pub i18n: I18n,
    instance: u32,
    problems: Watched<Vec<(Target, Problem)>>,
    sending: Watched<bool>,
    summons: Watched<u32>,
    captcha_token: Watched<Option<String>>,
    wait: Countdown,
}

impl FormState {
    /// A form without problems, with ids of its own.
    #[must_use]
    pub fn new(i18n: I18n) -> Self {
        Self {
            i18n,
            instance: instance(),
            problems: Watched::new(Vec::new()),
            sending: Watched::new(false),
            summons: Watched::new(0),
            captcha_token: Watched::new(None),
            wait: Countdown::new(),
        }
    }

    /// An id that is unique on the page, for the part of this form called `part`.
    #[must_use]
    pub fn id(self, part: &str) -> String {
        part_id(self.instance, part)
    }

    /// The id of the control (or group of controls) of a field.
    #[must_use]
    pub fn field_id(self, field: FieldId) -> String {
        self.id(&field.0.to_string())
    }

    /// Every problem, those of fields in the order of the form.
    #[must_use]
    pub fn problems(self) -> Vec<(Target, Problem)> {
        self.problems.get()
    }

    /// Whether there is any problem.
    #[must_use]
    pub fn has_problems(self) -> bool {
        self.problems.with(|problems| !problems.is_empty())
    }

    /// Whether there is any problem, for what happens once.
    #[must_use]
    pub fn has_problems_untracked(self) -> bool {
        self.problems
            .with_untracked(|problems| !problems.is_empty())
    }

    /// The problem of one target, if it has one.
    #[must_use]
    pub fn problem(self, target: Target) -> Option<Problem> {
        self.problems.with(|problems| {
            let found = problems.iter().find(|(of, _)| *of == target);
            found.map(|(_, problem)| problem.clone())
        })
    }

    /// Shows these problems and asks the summary to take the focus. Harmless when the element is
    /// gone.
    pub fn report(self, problems: Vec<(Target, Problem)>) {
        for (_, problem) in &problems {
            if let Problem::Api(ApiError::Throttled { seconds }) = problem {
                self.wait.start(*seconds);
            }
        }
        self.problems.set(problems);
        self.summons.update(|n| *n = n.wrapping_add(1));
    }

    /// Shows why the store refused; what it says of the password belongs to `password`. The captcha's
    /// answer counted once and is gone.
    pub fn refuse(self, rejection: UserErrors, password: Target) {
        let words = |target| move |words| (target, Problem::FieldError(FieldError::Message(words)));
        let fields = rejection.fields.into_iter();
        self.captcha_token.set(None);
        self.report(
            fields
                .map(|(id, refusal)| (Target::Field(id), Problem::FieldError(refusal)))
                .chain(rejection.password.map(words(password)))
                .chain(rejection.form.into_iter().map(words(Target::Form)))
                .collect(),
        );
    }

    /// Takes the captcha's answer, or its expiry.
    pub fn set_captcha_token(self, token: Option<String>) {
        self.captcha_token.set(token);
        self.recheck(Target::Captcha, |_| None);
    }

    /// The captcha's answer, if it has one that was not used yet.
    #[must_use]
    pub fn captcha_token_untracked(self) -> Option<String> {
        self.captcha_token.get_untracked()
    }

    /// The captcha's answer, if it has one; whatever reads it here is run again when it changes.
    #[must_use]
    pub fn captcha_token(self) -> Option<String> {
        self.captcha_token.get()
    }

    /// Takes the captcha's answer out, to be sent: it counts once.
    #[must_use]
    pub fn take_captcha_token(self) -> Option<String> {
        let token = self.captcha_token.get_untracked();
        if token.is_some() {
            self.captcha_token.set(None);
        }
        token
    }

    /// Goes up each time the summary is to take the focus; 0 at first.
    #[must_use]
    pub fn summons(self) -> u32 {
        self.summons.get()
    }

    /// The shopper edited `edited`: what failed before is held against `violations`, which is what is
    /// wrong now.
    pub fn recheck_by(self, edited: Option<FieldId>, violations: &[(FieldId, Violation)]) {
        self.recheck(edited.map_or(Target::Form, Target::Field), |id| {
            let found = violations.iter().find(|(of, _)| *of == id);
            found.map(|(_, violation)| violation.clone())
        });
    }

    /// Judges the fields that failed before once more: `violation` tells what is wrong with one of
    /// them now. Problems that editing cannot mend stay.
    fn recheck(self, edited: Target, violation: impl Fn(FieldId) -> Option<Violation>) {
        let before = self.problems.get_untracked();
        let after: Vec<_> = before
            .iter()
            .filter_map(|(target, problem)| match (target, problem) {
                (Target::Field(id), Problem::Violation(_)) => {
                    violation(*id).map(|now| (*target, Problem::Violation(now)))
                }
                (_, Problem::FieldError(_) | Problem::CaptchaMissing) if *target == edited => None,
                (
                    _,
                    Problem::Violation(_)
                    | Problem::FieldError(_)
                    | Problem::CaptchaMissing
                    | Problem::Api(_),
                ) => Some((*target, problem.clone())),
            })
            .collect();
        if after != before {
            self.problems.set(after);
        }
    }

    /// Whether the form is on its way to the store.
    #[must_use]
    pub fn is_sending(self) -> bool {
        self.sending.get()
    }

    /// Marks the form as on its way, its problems gone. `false` when it was on its way already:
    /// two clicks make one request.
    #[must_use]
    pub fn start_sending(self) -> bool {
        if self.sending.get_untracked() {
            return false;
        }
        self.problems.set(Vec::new());
        self.sending.set(true);
        true
    }

    /// Marks the form as back again. Harmless when the element is gone.
    pub fn stop_sending(self) {
        self.sending.set(false);
    }

    /// `problem` in words; `label` names the field it is about.
    #[must_use]
    pub fn words(self, problem: &Problem, label: &str) -> String {
        match problem {
            Problem::Violation(violation) => self.i18n.violation(violation, label),
            Problem::FieldError(FieldError::EmailInUse) => self.i18n.text(Message::EMAIL_IN_USE),
            Problem::FieldError(FieldError::NotAnEmail) => self.i18n.text(Message::NOT_AN_EMAIL),
            Problem::FieldError(FieldError::Message(words)) => words.clone(),
            Problem::CaptchaMissing => self.i18n.text(Message::CAPTCHA_MISSING),
            Problem::Api(ApiError::Throttled { .. }) => self.i18n.wait(self.wait.seconds()),
            Problem::Api(error) => self.i18n.api_error(error),
        }
    }
}
