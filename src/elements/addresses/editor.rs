//! The form for one address: a new one, or one of the book.

use super::address_row::{Key, Row};
use super::context::BookContext;
use super::rows::Rows;
use crate::forms::{
    CountryChoice, ErrorTarget, Form, FormDefinition, KnownStates, Section, default_values,
    field_values, normalized,
};
use leptos::prelude::*;
use storefront_rules::{BuiltIn, Values};

/// The address that a form is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Edit {
    /// Its key; `None` for a new one.
    pub key: Option<Key>,
}

/// The form that is open, if one is. Cheap to copy; lives as long as the element.
#[derive(Clone, Copy)]
pub struct Editor {
    book: BookContext,
    rows: Rows,
    edit: RwSignal<Option<Edit>>,
    /// Whether the open form holds something else than the address.
    is_dirty: RwSignal<bool>,
    known_states: KnownStates,
}

impl Editor {
    /// Closed. `known_states` are those of the countries that were asked about so far.
    pub(super) fn new(book: BookContext, rows: Rows, known_states: KnownStates) -> Self {
        Self {
            book,
            rows,
            edit: RwSignal::new(None),
            is_dirty: RwSignal::new(false),
            known_states,
        }
    }

    /// The address whose form is open.
    #[must_use]
    pub fn edit(self) -> Option<Edit> {
        self.edit.try_get().flatten()
    }

    /// The address whose form is open, for what happens once.
    #[must_use]
    pub fn edit_untracked(self) -> Option<Edit> {
        self.edit.try_get_untracked().flatten()
    }

    /// Whether the open form holds something else than the address.
    #[must_use]
    pub fn is_dirty(self) -> bool {
        self.is_dirty.try_get().unwrap_or_default()
    }

    /// Opens the form for a new address or for one of the book.
    pub fn open(self, key: Option<Key>) {
        self.edit.set(Some(Edit { key }));
    }

    /// Closes the form; what was typed into it since is gone.
    pub fn close(self) {
        self.is_dirty.set(false);
        self.edit.set(None);
    }

    /// The form of `edit`, and the country of its address: with what the shopper wanted the address to be,
    /// and what the store said of that, where it was refused. `on_save` takes what passes.
    pub(super) fn form(
        self,
        edit: Edit,
        on_save: impl Fn(Values, Option<String>) + 'static,
    ) -> (Form, CountryChoice) {
        let row = edit.key.and_then(|key| self.rows.row_untracked(key));
        let definitions = self.book.definitions();
        let country = self.country(row.as_ref());
        let fields = definitions.fields.iter();
        let initial = fields.clone().map(|field| {
            let values = match &row {
                Some(row) => row.values().get(&field.id).map(field_values),
                None => Some(default_values(&field.kind)),
            };
            (field.id, values.unwrap_or_default())
        });
        let definition = FormDefinition {
            initial: initial.collect(),
            fields: fields.map(|f| (Section::Address, f.clone())).collect(),
            passwords: definitions.passwords.clone(),
            captcha: definitions.captcha.clone(),
        };
        let mut saved = definition.initial.clone();
        // The country and the state of the country are no fields with values of their own at first.
        for (field, text) in [
            (BuiltIn::Country, country.code_untracked()),
            (BuiltIn::State, country.state_text()),
        ] {
            saved.insert(field.id(), vec![text]);
        }
        let saved = saved
            .into_iter()
            .map(|(id, values)| (id, normalized(values)));
        let form = self.book.element.form(definition).with_country(country);
        form.set_saved(saved.collect());
        form.on_submit(move |values| {
            let captcha = form.take_captcha_token();
            on_save(values, captcha);
            async {}
        });
        Effect::new(move |_| self.is_dirty.set(form.is_dirty()));
        if let Some(errors) = row.and_then(|row| row.user_errors()) {
            form.reject(errors, ErrorTarget::Form);
        }
        (form, country)
    }

    fn country(self, row: Option<&Row>) -> CountryChoice {
        let definitions = self.book.definitions();
        let text = |field| row.map(|row| row.text(field).to_owned());
        let code = match row {
            Some(_) => text(BuiltIn::Country),
            None => self.book.element.config().country.clone(),
        };
        CountryChoice::new(
            self.book.api(),
            &definitions.countries,
            code,
            text(BuiltIn::State).unwrap_or_default(),
            self.known_states,
        )
    }
}
