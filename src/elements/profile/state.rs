//! The profile: what a customer changes of themselves, held against what the store has meanwhile.

use super::merge::{Conflict, merge, values_by_field};
use crate::api;
use crate::elements::shared::{AccountEvent, ElementContext, FormContext};
use crate::forms::{ErrorTarget, FieldValues, Form, FormDefinition, Section};
use crate::ui::{Building, dom};
use leptos::prelude::*;
use storefront_rules::{BuiltIn, Field, FieldId, FieldMap, Values};

/// A profile in a form. Cheap to copy; lives as long as the owner it is made under.
#[derive(Clone, Copy)]
pub struct ProfileState {
    context: ElementContext,
    customer: i32,
    group: StoredValue<Option<String>>,
    /// What the store has, as far as this page knows.
    saved: RwSignal<FieldMap<FieldValues>>,
    /// The definitions by which the form is made; made anew, it starts with what was typed.
    definition: RwSignal<FormDefinition>,
    /// The form that is shown.
    form: StoredValue<Option<Form>>,
    conflicts: RwSignal<Vec<Conflict>>,
    is_dirty: RwSignal<bool>,
    is_saved: RwSignal<bool>,
    /// Whether the form is shown; else what the store has.
    is_editing: RwSignal<bool>,
    /// Whether the store changed its questions while the form was being filled in.
    is_asked_anew: StoredValue<bool>,
}

impl ProfileState {
    /// The profile of the customer of this id, as the store has it.
    #[must_use]
    pub fn new(context: ElementContext, customer: i32, profile: api::Profile) -> Self {
        let saved = values_by_field(&profile.values);
        let state = Self {
            context,
            customer,
            definition: RwSignal::new(definition(&profile, saved.clone())),
            saved: RwSignal::new(saved),
            group: StoredValue::new(profile.group),
            form: StoredValue::new(None),
            conflicts: RwSignal::new(Vec::new()),
            is_dirty: RwSignal::new(false),
            is_saved: RwSignal::new(false),
            is_editing: RwSignal::new(false),
            is_asked_anew: StoredValue::new(false),
        };
        // What the store asks for comes first. Where the theme shows a form, the shopper may be in it.
        let first_name = Section::Person.control_name(BuiltIn::FirstName.id());
        let is_editing =
            !state.unanswered().is_empty() || context.has_fallback_control(&first_name);
        state.is_editing.set(is_editing);
        state
    }

    /// The customer's id.
    #[must_use]
    pub const fn customer(self) -> i32 {
        self.customer
    }

    /// The name of the customer's group, if they are in one.
    #[must_use]
    pub fn group(self) -> Option<String> {
        self.group.try_get_value().flatten()
    }

    /// The captcha to solve, when the store asks for one.
    #[must_use]
    pub fn captcha(self) -> Option<api::Captcha> {
        let definition = self.definition.try_get_untracked();
        definition.and_then(|definition| definition.captcha)
    }

    /// The definition of a field that the form asks for.
    #[must_use]
    pub fn field(self, id: FieldId) -> Option<Field> {
        let fields = self.definition.try_get_untracked()?.fields.into_iter();
        let mut fields = fields.map(|(_, field)| field);
        fields.find(|field| field.id == id)
    }

    /// Values that were changed here and elsewhere, one after the other to be decided.
    #[must_use]
    pub fn conflicts(self) -> Vec<Conflict> {
        self.conflicts.try_get().unwrap_or_default()
    }

    /// The email address that the store has.
    #[must_use]
    pub fn email(self) -> String {
        let email = self.saved.try_with(|saved| {
            let values = saved.get(&BuiltIn::EmailAddress.id());
            values.and_then(|values| values.first().cloned())
        });
        email.flatten().unwrap_or_default()
    }

    /// The customer's name, as the store has it.
    #[must_use]
    pub fn name(self) -> String {
        let name = self.saved.try_with(|saved| {
            let parts = [BuiltIn::FirstName, BuiltIn::LastName].into_iter();
            let parts = parts.filter_map(|part| saved.get(&part.id())?.first());
            parts.cloned().collect::<Vec<_>>().join(" ")
        });
        name.unwrap_or_default()
    }

    /// Whether the form is shown; else what the store has.
    #[must_use]
    pub fn is_editing(self) -> bool {
        self.is_editing.try_get().unwrap_or_default()
    }

    /// Shows the form.
    pub fn edit(self) {
        self.is_saved.set(false);
        self.is_editing.set(true);
    }

    /// Puts the form away, with what was typed into it.
    pub fn cancel(self) {
        self.conflicts.set(Vec::new());
        self.close();
    }

    fn close(self) {
        let saved = self.saved.try_get_untracked().unwrap_or_default();
        self.is_asked_anew.set_value(false);
        self.is_editing.set(false);
        // The form is made anew when it is shown again.
        self.form.set_value(None);
        self.definition
            .update(|definition| definition.initial = saved);
    }

    /// Every field with what the store has of it.
    #[must_use]
    pub fn answers(self) -> Vec<(Field, FieldValues)> {
        let definition = self.definition.try_get().unwrap_or_default();
        let fields = definition.fields.into_iter().map(|(_, field)| field);
        let values = |id: FieldId| {
            let values = self.saved.try_with(|saved| saved.get(&id).cloned());
            values.flatten().unwrap_or_default()
        };
        fields
            .map(|field| (field.clone(), values(field.id)))
            .collect()
    }

    /// Whether the store changed its questions while the form was being filled in.
    #[must_use]
    pub fn is_asked_anew(self) -> bool {
        self.is_asked_anew.try_get_value().unwrap_or_default()
    }

    /// Whether the form holds something that the store does not have.
    #[must_use]
    pub fn is_dirty(self) -> bool {
        self.is_editing() && self.is_dirty.try_get().unwrap_or_default()
    }

    /// Whether the last thing that happened was that everything was saved.
    #[must_use]
    pub fn is_saved(self) -> bool {
        self.is_saved.try_get().unwrap_or_default()
    }

    /// Required custom fields that the store has no answer to: they were added after the account was
    /// opened, and the store takes nothing before they are answered.
    #[must_use]
    pub fn unanswered(self) -> Vec<Field> {
        let definition = self.definition.try_get_untracked().unwrap_or_default();
        let saved = self.saved.try_get_untracked().unwrap_or_default();
        let fields = definition.fields.into_iter().map(|(_, field)| field);
        fields
            .filter(|f| f.required && !f.is_built_in && !saved.contains_key(&f.id))
            .collect()
    }

    /// The form; made anew when the store's definitions change.
    #[must_use]
    pub fn form(self) -> Form {
        let definition = self.definition.try_get().unwrap_or_default();
        let building = Building::current();
        let form = self.context.form(definition);
        form.set_saved(self.saved.try_get_untracked().unwrap_or_default());
        form.on_submit(move |values| {
            let attempt = FormContext::new(self.context, form);
            async move { self.send(attempt, form, values).await }
        });
        self.form.set_value(Some(form));
        // One that is made anew starts with what was typed.
        form.node
            .on_load(move |_| dom::defer(move || building.when_done(move || form.check_dirty())));
        Effect::new(move |_| self.is_dirty.set(form.is_dirty()));
        Effect::new(move |_| {
            if form.edits() > 0 {
                self.is_saved.set(false);
            }
        });
        form
    }

    /// Sends the form that is shown.
    pub fn submit(self) {
        if let Some(form) = self.form.try_get_value().flatten() {
            form.submit();
        }
    }

    /// What the store has is looked up just before it is changed.
    async fn send(self, attempt: FormContext, form: Form, mut values: Values) {
        let is_undecided = self.conflicts.try_with_untracked(|all| !all.is_empty());
        if is_undecided == Some(true) {
            // Brings the question back into view.
            return self.conflicts.update(|_| ());
        }
        let Some(api) = self.context.api() else {
            return;
        };
        match api.profile().await {
            Err(error) => return attempt.fail(error),
            Ok(now) if now.customer.is_none() => return attempt.interrupt(),
            // Somebody else signed in: the element shows their profile instead.
            Ok(now) if now.customer != Some(self.customer) => {
                if attempt.is_current() {
                    self.context.session.observe(now.customer);
                }
                return;
            }
            Ok(now) if !self.merge(form, &now, &mut values) => return,
            Ok(_) => {}
        }
        let definition = form.definition();
        let captcha = form.take_captcha_token();
        if definition.captcha.is_some() && captcha.is_none() {
            // It ran out during the look-up.
            return form.ask_for_captcha();
        }
        let fields: Vec<Field> = definition.fields.iter().map(|(_, f)| f.clone()).collect();
        match api
            .update_customer(&fields, &values, captcha.as_deref())
            .await
        {
            Ok(()) => {
                self.set_saved(form, values_by_field(&values));
                form.check_dirty();
                // What was typed meanwhile is still to be saved.
                let is_done = !untrack(|| form.is_dirty());
                self.is_saved.set(is_done);
                if is_done {
                    self.close();
                }
                self.context.emit(AccountEvent::ProfileSaved {
                    customer_id: self.customer,
                });
            }
            Err(error) => attempt.reject(error, ErrorTarget::Form),
        }
    }

    fn set_saved(self, form: Form, saved: FieldMap<FieldValues>) {
        form.set_saved(saved.clone());
        self.saved.set(saved);
    }

    /// Takes in what the store has now: a value that was changed elsewhere and not here goes into
    /// `values`, which are about to be sent, and into the form. `false` when the shopper must look
    /// first: both sides changed a value, or the store asks for something else than before.
    fn merge(self, form: Form, now: &api::Profile, values: &mut Values) -> bool {
        let theirs = values_by_field(&now.values);
        let before = self.saved.try_get_untracked().unwrap_or_default();
        // Not what was sent but what stands there: it may have been edited since.
        let mut mine = form.typed();
        let fresh = definition(now, FieldMap::default());
        let fields = fresh.fields.iter().map(|(_, field)| field.id);
        let merged = merge(fields, &before, &mine, &theirs);
        for (field, _) in &merged.revisions {
            match now.values.get(field) {
                Some(value) => values.insert(*field, value.clone()),
                None => values.remove(field),
            };
        }
        self.set_saved(form, theirs);
        let is_asked_anew = form.with_definition(|known| known.fields != fresh.fields);
        if is_asked_anew {
            mine.extend(merged.revisions);
            self.is_asked_anew.set_value(true);
            self.definition.set(FormDefinition {
                initial: mine,
                ..fresh
            });
        } else {
            for (field, values) in &merged.revisions {
                form.put(*field, values);
            }
            form.check_dirty();
        }
        let may_go_on = !is_asked_anew && merged.conflicts.is_empty();
        if !merged.conflicts.is_empty() {
            self.conflicts.set(merged.conflicts);
        }
        may_go_on
    }

    /// The shopper decided about a field: theirs goes into the form, or mine stays. `true` once
    /// everything is decided.
    pub fn decide(self, conflict: &Conflict, keeps_mine: bool) -> bool {
        if !keeps_mine && let Some(form) = self.form.try_get_value().flatten() {
            form.put(conflict.field, &conflict.theirs);
            form.check_dirty();
        }
        self.conflicts
            .update(|conflicts| conflicts.retain(|other| other.field != conflict.field));
        self.conflicts.try_with_untracked(Vec::is_empty) == Some(true)
    }
}

fn definition(profile: &api::Profile, initial: FieldMap<FieldValues>) -> FormDefinition {
    let fields = |section, fields: &[Field]| -> Vec<(Section, Field)> {
        let fields = fields.iter().cloned();
        fields.map(|field| (section, field)).collect()
    };
    let mut all = fields(Section::Person, &profile.person);
    all.extend(fields(Section::Account, &profile.account));
    FormDefinition {
        fields: all,
        passwords: profile.passwords.clone(),
        captcha: profile.captcha.clone(),
        initial,
    }
}
