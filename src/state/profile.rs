//! The profile: what a customer changes of themselves, held against what the store has meanwhile.

use super::form::{Problem, Section, Target};
use super::plain_form::{FormSpec, PlainForm};
use super::scope::{AccountEvent, ElementContext};
use super::texts::{FieldValues, texts};
use crate::api;
use crate::watched::Watched;
use reactive_graph::owner::on_cleanup;
use send_wrapper::SendWrapper;
use std::rc::Rc;
use storefront_rules::{
    BuiltIn, Field, FieldId, FieldInput, FieldInputs, FieldMap, FieldType, Values,
};

/// An answer that was changed here and, meanwhile, elsewhere.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Conflict {
    /// The field.
    pub field: FieldId,
    /// What stands in the form.
    pub mine: FieldValues,
    /// What the store has now.
    pub theirs: FieldValues,
}

/// A profile in a form. Cheap to copy; lives as long as the element.
#[derive(Clone, Copy)]
pub struct Profile {
    given: Watched<Option<Rc<Given>>>,
    /// What the store has, as far as this page knows.
    base: Watched<FieldMap<FieldValues>>,
    /// The definitions by which the form was made; made anew, it starts with `draft`.
    spec: Watched<FormSpec>,
    draft: Watched<FieldMap<FieldValues>>,
    conflicts: Watched<Vec<Conflict>>,
    /// FieldInputs to put into the form, because they were changed elsewhere.
    revisions: Watched<Vec<(FieldId, FieldValues)>>,
    is_dirty: Watched<bool>,
    is_saved: Watched<bool>,
    /// Whether the store changed its questions while the form was being filled in.
    is_asked_anew: Watched<bool>,
    /// Reads what stands in the form: it can be edited while it is on its way.
    read: Watched<Option<Read>>,
}

/// Reads the answers as they stand in the document.
type Read = Rc<dyn Fn() -> FieldInputs>;

struct Given {
    scope: ElementContext,
    customer: i32,
    group: Option<String>,
}

impl Profile {
    /// The profile of the customer of this id, as the store has it.
    #[must_use]
    pub fn new(scope: ElementContext, customer: i32, profile: api::Profile) -> Self {
        let base = texts_of(&profile.values);
        let is_dirty = Watched::new(false);
        // What a form that is taken down held is lost, and no reason to ask any more.
        let (session, was_dirty) = (scope.session.clone(), is_dirty);
        let session = SendWrapper::new(session);
        on_cleanup(move || {
            if was_dirty.get_untracked() {
                session.note_unsaved(false);
            }
        });
        Self {
            draft: Watched::new(base.clone()),
            base: Watched::new(base),
            spec: Watched::new(spec(&profile)),
            conflicts: Watched::new(Vec::new()),
            revisions: Watched::new(Vec::new()),
            is_dirty,
            is_saved: Watched::new(false),
            is_asked_anew: Watched::new(false),
            read: Watched::new(None),
            given: Watched::new(Some(Rc::new(Given {
                scope,
                customer,
                group: profile.group,
            }))),
        }
    }

    /// The customer's id.
    #[must_use]
    pub fn customer(self) -> i32 {
        let given = self.given.get_untracked();
        given.map_or(0, |given| given.customer)
    }

    /// The name of the customer's group, if they are in one.
    #[must_use]
    pub fn group(self) -> Option<String> {
        self.given.get_untracked()?.group.clone()
    }

    /// What the form asks for; changes when the store's definitions did.
    #[must_use]
    pub fn spec(self) -> FormSpec {
        self.spec.get()
    }

    /// What the form asks for, for what is made once.
    #[must_use]
    pub fn spec_untracked(self) -> FormSpec {
        self.spec.get_untracked()
    }

    /// What the controls of a field start with when the form is made.
    #[must_use]
    pub fn draft(self, field: FieldId) -> FieldValues {
        self.draft
            .with_untracked(|draft| draft.get(&field).cloned().unwrap_or_default())
    }

    /// FieldInputs that were changed here and elsewhere, one after the other to be decided.
    #[must_use]
    pub fn conflicts(self) -> Vec<Conflict> {
        self.conflicts.get()
    }

    /// FieldInputs to put into the form, once.
    #[must_use]
    pub fn take_revisions(self) -> Vec<(FieldId, FieldValues)> {
        let revisions = self.revisions.get();
        if !revisions.is_empty() {
            self.revisions.set(Vec::new());
        }
        revisions
    }

    /// How to read the form that is shown now.
    pub fn is_read_by(self, read: Read) {
        self.read.set(Some(read));
    }

    /// The e-mail address that the store has.
    #[must_use]
    pub fn email(self) -> String {
        let email = BuiltIn::EmailAddress.id();
        let texts = self.base.with(|base| standing(base, email));
        texts.into_iter().next().unwrap_or_default()
    }

    /// Whether the store changed its questions while the form was being filled in.
    #[must_use]
    pub fn is_asked_anew(self) -> bool {
        self.is_asked_anew.get_untracked()
    }

    /// Whether the form holds something that the store does not have.
    #[must_use]
    pub fn is_dirty(self) -> bool {
        self.is_dirty.get()
    }

    /// Whether the last thing that happened was that everything was saved.
    #[must_use]
    pub fn is_saved(self) -> bool {
        self.is_saved.get()
    }

    /// Required custom fields that the store has no answer to: they were added after the account
    /// was opened, and the store takes nothing before they are answered.
    #[must_use]
    pub fn unanswered(self) -> Vec<Field> {
        let spec = self.spec.get();
        let fields = spec.fields.into_iter().map(|(_, field)| field);
        self.base.with(|base| {
            fields
                .filter(|f| f.required && !f.is_built_in && !base.contains_key(&f.id))
                .collect()
        })
    }

    /// Notes that the shopper edited something.
    pub fn note(self, answers: &FieldInputs) {
        self.weigh(answers);
        if self.is_saved.get_untracked() {
            self.is_saved.set(false);
        }
    }

    /// Finds out whether the form holds something that the store does not have.
    pub fn weigh(self, answers: &FieldInputs) {
        let is_dirty = !self.changes(answers).is_empty();
        if self.is_dirty.get_untracked() != is_dirty {
            self.is_dirty.set(is_dirty);
            if let Some(given) = self.given.get_untracked() {
                given.scope.session.note_unsaved(is_dirty);
            }
        }
    }

    /// The fields whose answers differ from what the store has.
    fn changes(self, answers: &FieldInputs) -> Vec<FieldId> {
        let spec = self.spec.get_untracked();
        let fields = spec.fields.iter().map(|(_, field)| field);
        self.base.with_untracked(|base| {
            fields
                .filter(|field| typed(answers, field) != standing(base, field.id))
                .map(|field| field.id)
                .collect()
        })
    }

    /// The form's state, with the profile's way of sending.
    #[must_use]
    pub fn form(self, scope: &ElementContext, spec: FormSpec) -> PlainForm {
        PlainForm::new(scope, spec, move |form, values| async move {
            self.send(form, values).await;
        })
    }

    /// The platform has no way to say "only if nothing changed meanwhile", so it is looked up just
    /// before.
    async fn send(self, form: PlainForm, mut values: Values) {
        let Some(given) = self.given.get_untracked() else {
            return;
        };
        if self
            .conflicts
            .with_untracked(|undecided| !undecided.is_empty())
        {
            // Brings the question back into view.
            return self.conflicts.update(|_| ());
        }
        let (api, session) = (&given.scope.api, &given.scope.session);
        match api.profile().await {
            Err(error) => return form.fail(error),
            Ok(now) if now.customer.is_none() => return form.interrupt(),
            // Somebody else signed in: the element shows their profile instead.
            Ok(now) if now.customer != Some(given.customer) => {
                if form.is_of_this_epoch() {
                    session.observe(now.customer);
                }
                return;
            }
            Ok(now) if !self.merge(&now, &mut values) => return,
            Ok(_) => {}
        }
        let spec = self.spec.get_untracked();
        let fields: Vec<Field> = spec.fields.into_iter().map(|(_, field)| field).collect();
        let captcha = form.form.take_captcha_token();
        if spec.captcha.is_some() && captcha.is_none() {
            // It ran out during the look-up.
            let missing = (Target::Captcha, Problem::CaptchaMissing);
            return form.form.report(vec![missing]);
        }
        match api
            .update_customer(&fields, &values, captcha.as_deref())
            .await
        {
            Ok(()) => {
                self.base.set(texts_of(&values));
                self.weigh(&self.answers());
                self.is_saved.set(!self.is_dirty.get_untracked());
                form.notify(AccountEvent::ProfileSaved {
                    customer_id: given.customer,
                });
            }
            Err(error) => form.reject(error, Target::Form),
        }
    }

    /// What stands in the form now.
    fn answers(self) -> FieldInputs {
        let read = self.read.get_untracked();
        read.map(|read| read()).unwrap_or_default()
    }

    /// Takes in what the store has now: an answer that was changed elsewhere and not here goes into
    /// `mine`, which is about to be sent, and into the form. `false` when the shopper must look
    /// first: both sides changed an answer, or the store asks for something else than before.
    fn merge(self, now: &api::Profile, mine: &mut Values) -> bool {
        let (theirs, before) = (texts_of(&now.values), self.base.get_untracked());
        let answers = self.answers();
        let spec = spec(now);
        let fields = &spec.fields;
        // Not what was sent but what stands there: it may have been edited since.
        let own: FieldMap<FieldValues> = fields
            .iter()
            .map(|(_, field)| (field.id, typed(&answers, field)))
            .collect();
        let mut conflicts = Vec::new();
        let mut revisions = Vec::new();
        for (_, field) in fields {
            let of = |texts| standing(texts, field.id);
            if of(&theirs) == of(&before) || of(&theirs) == of(&own) {
                continue;
            }
            if of(&own) != of(&before) {
                conflicts.push(Conflict {
                    field: field.id,
                    mine: of(&own),
                    theirs: of(&theirs),
                });
                continue;
            }
            revisions.push((field.id, of(&theirs)));
            match now.values.get(&field.id) {
                Some(value) => mine.insert(field.id, value.clone()),
                None => mine.remove(&field.id),
            };
        }
        let is_asked_anew = self.spec.with_untracked(|known| known.fields != *fields);
        self.base.set(theirs);
        if is_asked_anew {
            let mut draft = own;
            draft.extend(revisions);
            self.draft.set(draft);
            self.is_asked_anew.set(true);
            self.spec.set(spec);
        } else if !revisions.is_empty() {
            self.revisions.set(revisions);
        }
        let may_go_on = !is_asked_anew && conflicts.is_empty();
        if !conflicts.is_empty() {
            self.conflicts.set(conflicts);
        }
        may_go_on
    }

    /// The shopper decided about a field: theirs goes into the form, or mine stays. `true` once
    /// everything is decided.
    pub fn decide(self, conflict: &Conflict, keeps_mine: bool) -> bool {
        if !keeps_mine {
            self.revisions
                .set(vec![(conflict.field, conflict.theirs.clone())]);
        }
        self.conflicts
            .update(|conflicts| conflicts.retain(|other| other.field != conflict.field));
        self.conflicts.with_untracked(Vec::is_empty)
    }
}

fn spec(profile: &api::Profile) -> FormSpec {
    let fields = |section, fields: &[Field]| -> Vec<(Section, Field)> {
        let fields = fields.iter().cloned();
        fields.map(|field| (section, field)).collect()
    };
    let mut all = fields(Section::Person, &profile.person);
    all.extend(fields(Section::Account, &profile.account));
    FormSpec {
        fields: all,
        passwords: profile.passwords.clone(),
        captcha: profile.captcha.clone(),
    }
}

fn texts_of(values: &Values) -> FieldMap<FieldValues> {
    values
        .iter()
        .map(|(id, value)| (*id, said(texts(value))))
        .filter(|(_, texts)| !texts.is_empty())
        .collect()
}

fn standing(texts: &FieldMap<FieldValues>, id: FieldId) -> FieldValues {
    texts.get(&id).cloned().unwrap_or_default()
}

/// What stands in the form, written as a value's texts are.
fn typed(answers: &FieldInputs, field: &Field) -> FieldValues {
    let texts = match answers.get(&field.id) {
        Some(FieldInput::Strings(texts)) => said(texts.clone()),
        Some(FieldInput::Typed(_)) | None => Vec::new(),
    };
    match field.kind {
        FieldType::Number { .. } => texts.into_iter().map(|t| t.replace(',', ".")).collect(),
        FieldType::Text { .. }
        | FieldType::MultilineText { .. }
        | FieldType::Date { .. }
        | FieldType::Checkboxes { .. }
        | FieldType::RadioButtons { .. }
        | FieldType::Picklist { .. }
        | FieldType::PicklistOrText { .. }
        | FieldType::Password { .. } => texts,
    }
}

/// Without what says nothing, with the line ends of a value, as a form posts others, and ticked boxes
/// in one order, as the store may have another.
fn said(texts: FieldValues) -> FieldValues {
    let mut said = FieldValues::new();
    for text in texts {
        let text = text.trim().replace('\r', "");
        if !text.is_empty() {
            // The standard library's sort is 3 kB of code, and the boxes are few.
            let place = said.iter().position(|other| *other > text);
            said.insert(place.unwrap_or(said.len()), text);
        }
    }
    said
}
