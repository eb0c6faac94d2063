//! The form for one address: a new one, or one of the book.

use super::AddressBook;
use super::row::Key;
use crate::state::form::complaints;
use crate::state::{CountryChoice, FieldValues, FormState, Target, default_texts, texts};
use storefront_rules::{BuiltIn, Field, FieldId, FieldInputs, Values, Violations, validate};

/// The form for one address. Cheap to copy; lives as long as the element.
#[derive(Clone, Copy)]
pub struct Edit {
    /// The address it is about; `None` for a new one.
    pub key: Option<Key>,
    /// What it shares with every form.
    pub form: FormState,
    /// The country of the address, and what hangs on it.
    pub country: CountryChoice,
}

impl AddressBook {
    /// Opens the form for a new address or for one of the book: with what the shopper wanted it to
    /// be, and what the store said of that, where it was refused.
    pub fn open(self, key: Option<Key>) {
        let row = key.and_then(|key| self.row_untracked(key));
        let values = row.as_ref().map(|row| row.values().clone());
        let config = || self.read(|g| g.scope.config.country.clone()).flatten();
        let text = |field: BuiltIn| {
            let row = row.as_ref();
            row.map(|row| row.text(field).to_owned())
        };
        let edit = self.read(|given| {
            given.forms.cleanup();
            given.forms.with(|| Edit {
                key,
                form: FormState::new(given.scope.i18n),
                country: CountryChoice::new(
                    &given.scope.api,
                    &given.countries,
                    if values.is_some() {
                        text(BuiltIn::Country)
                    } else {
                        config()
                    },
                    text(BuiltIn::State).unwrap_or_default(),
                    self.known_states,
                ),
            })
        });
        let Some(edit) = edit else {
            return;
        };
        self.edit.set(Some(edit));
        if let Some(rejection) = row.and_then(|row| row.rejection()) {
            edit.form.refuse(rejection, Target::Form);
        }
    }

    /// The form that is open.
    #[must_use]
    pub fn edit(self) -> Option<Edit> {
        self.edit.get()
    }

    /// Closes the form; what was typed into it since is gone.
    pub fn close(self) {
        self.is_edited.set(false);
        self.edit.set(None);
    }

    /// What the controls of a field of `edit` start with.
    #[must_use]
    pub fn texts(self, edit: Edit, field: &Field) -> FieldValues {
        let Some(row) = edit.key.and_then(|key| self.row_untracked(key)) else {
            return default_texts(&field.kind);
        };
        row.values().get(&field.id).map(texts).unwrap_or_default()
    }

    fn judge(self, edit: Edit, answers: &FieldInputs) -> Result<Values, Violations> {
        let (fields, passwords) = (self.fields(), self.passwords());
        edit.country
            .context(&passwords, |context| validate(&fields, answers, context))
    }

    /// The shopper edited `edited`: what failed before is judged again by the answers as they are.
    pub fn recheck(self, edit: Edit, edited: Option<FieldId>, answers: &FieldInputs) {
        if !self.is_edited.get_untracked() {
            self.is_edited.set(true);
        }
        if !edit.form.has_problems_untracked() {
            return;
        }
        let violations = self.judge(edit, answers).err().unwrap_or_default();
        edit.form.recheck_by(edited, &violations);
    }

    /// Puts what the shopper wants into the list and sends it, if it passes. `true` when the form is
    /// closed.
    pub fn submit(self, edit: Edit, answers: &FieldInputs) -> bool {
        let judged = self.judge(edit, answers);
        let captcha = edit.form.captcha_token_untracked();
        let is_captcha_missing = captcha.is_none() && self.captcha().is_some();
        match judged {
            Ok(values) if !is_captcha_missing => {
                self.close();
                let key = self.save(edit.key, values, captcha);
                self.want(key);
                true
            }
            judged => {
                let violations = judged.err().unwrap_or_default();
                edit.form.report(complaints(violations, is_captcha_missing));
                false
            }
        }
    }
}
