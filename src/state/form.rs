//! What every form has: its problems and whether it is under way.

use crate::api::{ApiError, Refusal};
use crate::i18n::{I18n, Message};
use crate::watched::Watched;
use std::sync::atomic::{AtomicU32, Ordering};
use storefront_rules::{FieldId, Violation};

/// The platform's two forms, which the names of controls carry.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Section {
    /// The account form.
    Account = 1,
    /// The address form.
    Address = 2,
}

impl Section {
    /// The `name` of a field's controls: the one that the platform's own themes post, so that the
    /// widget and the theme's fallback form can hand each other what was typed.
    #[must_use]
    pub fn control_name(self, id: FieldId) -> String {
        format!("FormField[{}][{}]", self as u8, id.0)
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
    Refusal(Refusal),
    /// The captcha is not solved.
    CaptchaMissing,
    /// The request failed.
    Api(ApiError),
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
}

impl FormState {
    /// A form without problems, with ids of its own.
    #[must_use]
    pub fn new(i18n: I18n) -> Self {
        static INSTANCES: AtomicU32 = AtomicU32::new(1);
        Self {
            i18n,
            instance: INSTANCES.fetch_add(1, Ordering::Relaxed),
            problems: Watched::new(Vec::new()),
            sending: Watched::new(false),
            summons: Watched::new(0),
        }
    }

    /// An id that is unique on the page, for the part of this form called `part`.
    #[must_use]
    pub fn id(self, part: &str) -> String {
        format!("account-{}-{part}", self.instance)
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
        self.problems.set(problems);
        self.summons.update(|n| *n = n.wrapping_add(1));
    }

    /// Goes up each time the summary is to take the focus; 0 at first.
    #[must_use]
    pub fn summons(self) -> u32 {
        self.summons.get()
    }

    /// Judges the fields that failed before once more: `violation` tells what is wrong with one of
    /// them now. Problems that editing cannot mend stay.
    pub fn recheck(self, edited: Target, violation: impl Fn(FieldId) -> Option<Violation>) {
        let before = self.problems.get_untracked();
        let after: Vec<_> = before
            .iter()
            .filter_map(|(target, problem)| match (target, problem) {
                (Target::Field(id), Problem::Violation(_)) => {
                    violation(*id).map(|now| (*target, Problem::Violation(now)))
                }
                (_, Problem::Refusal(_) | Problem::CaptchaMissing) if *target == edited => None,
                (
                    _,
                    Problem::Violation(_)
                    | Problem::Refusal(_)
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
            Problem::Refusal(Refusal::EmailInUse) => self.i18n.text(Message::EmailInUse),
            Problem::Refusal(Refusal::Words(words)) => words.clone(),
            Problem::CaptchaMissing => self.i18n.text(Message::CaptchaMissing),
            Problem::Api(error) => self.i18n.api_error(error),
        }
    }
}
