//! The state of a form.

use super::country::{CountryChoice, decompose};
use super::errors::{
    ErrorTarget, FormError, FormErrors, field_errors, remaining_errors, request_error, store_error,
    store_errors, with_violation,
};
use super::section::Section;
use super::steps::Steps;
use super::values::{FieldValues, field_values, input, normalized, typed_values};
use crate::api::{ApiError, Captcha, UserErrors};
use crate::i18n::I18n;
use crate::ui::id::{instance, part_id};
use crate::ui::timer::Countdown;
use crate::ui::{INVALID_IN_SLOT, dom};
use js_sys::{Function, JsString};
use leptos::html;
use leptos::prelude::*;
use leptos::task::spawn_local;
use std::future::Future;
use std::pin::Pin;
use std::rc::Rc;
use std::time::Duration;
use storefront_rules::address::AddressRequirements;
use storefront_rules::{
    BuiltIn, Context, Field, FieldId, FieldInputs, FieldMap, FieldType, PasswordRules, Values,
    Violations, validate,
};
use wasm_bindgen::JsCast;
use web_sys::{FormData, HtmlElement, HtmlFormElement, HtmlInputElement};

/// What a form asks for.
#[derive(Clone, Debug, Default)]
pub struct FormDefinition {
    /// Its fields, in order, each with the form of the platform that it belongs to.
    pub fields: Vec<(Section, Field)>,
    /// The store's rules for passwords.
    pub passwords: PasswordRules,
    /// The captcha to solve, when the store asks for one.
    pub captcha: Option<Captcha>,
    /// What stands in the controls at first; nothing for a field without an entry.
    pub initial: FieldMap<FieldValues>,
}

/// What a form needs of the element around it.
#[derive(Clone)]
pub struct FormEvents {
    /// Where a shopper who has an account signs in; offered where the email address is in use.
    pub sign_in_url: Option<String>,
    /// Where the captcha's script is, if not at Google.
    pub captcha_src: Option<String>,
    /// Brings the theme's own form back.
    pub use_store_form: UnsyncCallback<()>,
    /// The page's function that finds addresses, if it has one.
    pub address_lookup: UnsyncCallback<(), Option<Function>>,
    /// Moves the theme's nodes for the slot of this name into this place.
    pub fill_slot: UnsyncCallback<(&'static str, HtmlElement)>,
}

/// Sends the values that passed.
type SubmitHandler = Rc<dyn Fn(Values) -> Pin<Box<dyn Future<Output = ()>>>>;

/// Where the form is on its way to the store.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum Submission {
    /// With the shopper.
    #[default]
    Editing,
    /// On its way.
    Sending,
    /// Nobody was signed in when the store looked: it waits to be sent again.
    Interrupted,
}

/// A form. Cheap to copy; lives as long as the owner it is made under. An answer that comes after that
/// finds nobody and breaks nothing.
///
/// Values are read from the document when they are needed: password managers write them without any
/// event, so nothing is remembered from earlier events.
#[derive(Clone, Copy)]
pub struct Form {
    /// The words to put it in.
    pub i18n: I18n,
    /// The country of the address, and what depends on it, in a form with an address.
    pub country: Option<CountryChoice>,
    /// The form's node.
    pub node: NodeRef<html::Form>,
    instance: u32,
    definition: StoredValue<Rc<FormDefinition>, LocalStorage>,
    events: StoredValue<FormEvents, LocalStorage>,
    on_submit: StoredValue<Option<SubmitHandler>, LocalStorage>,
    errors: RwSignal<FormErrors>,
    submission: RwSignal<Submission>,
    focus_requests: RwSignal<u32>,
    captcha_token: RwSignal<Option<String>>,
    countdown: Countdown,
    /// What the store has of each field, once the dirty check is on.
    saved: StoredValue<Option<FieldMap<FieldValues>>, LocalStorage>,
    is_dirty: RwSignal<bool>,
    /// Goes up with every edit.
    edits: RwSignal<u32>,
    /// The fields that were edited since they were validated last.
    edited: StoredValue<Vec<FieldId>>,
    /// The steps in which the form is filled in, if it is not shown at once.
    steps: StoredValue<Option<Steps>>,
}

/// How long a field waits, after the focus has left it, until it is validated. A press of a button is over by then.
const LEAVE_DELAY: Duration = Duration::from_millis(250);

impl Form {
    /// A form that asks for `definition`.
    #[must_use]
    pub fn new(i18n: I18n, events: FormEvents, definition: FormDefinition) -> Self {
        Self {
            i18n,
            country: None,
            node: NodeRef::new(),
            instance: instance(),
            definition: StoredValue::new_local(Rc::new(definition)),
            events: StoredValue::new_local(events),
            on_submit: StoredValue::new_local(None),
            errors: RwSignal::new(FormErrors::new()),
            submission: RwSignal::new(Submission::Editing),
            focus_requests: RwSignal::new(0),
            captcha_token: RwSignal::new(None),
            countdown: Countdown::new(),
            saved: StoredValue::new_local(None),
            is_dirty: RwSignal::new(false),
            edits: RwSignal::new(0),
            edited: StoredValue::new(Vec::new()),
            steps: StoredValue::new(None),
        }
    }

    /// The same form with an address in `country`.
    #[must_use]
    pub fn with_country(self, country: CountryChoice) -> Self {
        Self {
            country: Some(country),
            ..self
        }
    }

    /// Has the form filled in by steps with these fields each.
    #[must_use]
    pub fn in_steps(self, fields: Vec<Vec<FieldId>>) -> Steps {
        let steps = Steps::new(fields);
        self.steps.set_value(Some(steps));
        steps
    }

    /// Brings the step with this field into view, where the form is filled in by steps; whether it was out of it.
    pub(super) fn reveal(self, field: FieldId) -> bool {
        let steps = self.steps.try_get_value().flatten();
        steps.is_some_and(|steps| steps.reveal(field))
    }

    /// Hands the values that passed to `handler` when the form is sent. It hears of what does not work
    /// by [`Self::fail`], [`Self::reject`] or [`Self::interrupt`].
    pub fn on_submit<F>(self, handler: impl Fn(Values) -> F + 'static)
    where
        F: Future<Output = ()> + 'static,
    {
        let handler: SubmitHandler = Rc::new(move |values| Box::pin(handler(values)));
        self.on_submit.set_value(Some(handler));
    }

    /// Reads from what it asks for.
    pub fn with_definition<T>(self, read: impl FnOnce(&FormDefinition) -> T) -> T {
        read(&self.definition.try_get_value().unwrap_or_default())
    }

    /// What it asks for.
    #[must_use]
    pub fn definition(self) -> Rc<FormDefinition> {
        self.definition.try_get_value().unwrap_or_default()
    }

    /// What the element around it takes care of.
    #[must_use]
    pub fn events(self) -> Option<FormEvents> {
        self.events.try_get_value()
    }

    /// Brings the theme's own form back.
    pub fn use_store_form(self) {
        if let Some(events) = self.events() {
            events.use_store_form.try_run(());
        }
    }

    /// An id that is unique on the page, for the part of this form called `part`.
    #[must_use]
    pub fn id(self, part: &str) -> String {
        part_id(self.instance, part)
    }

    /// The id of the control (or of the first control of a group) of a field.
    #[must_use]
    pub fn field_id(self, field: FieldId) -> String {
        self.id(&field.0.to_string())
    }

    /// What a field is called just now: in an address the country has words of its own.
    #[must_use]
    pub fn label(self, field: &Field) -> String {
        match self.country {
            Some(country) => self
                .i18n
                .label(field, country.requirements().address_format()),
            None => field.label.clone(),
        }
    }

    /// Whether the answer to a field is chosen from a list just now: not every country has a list of states.
    fn is_list(self, field: &Field) -> bool {
        match (field.built_in(), self.country) {
            (Some(BuiltIn::State), Some(country)) => {
                country.states().is_some_and(|states| !states.is_empty())
            }
            (_, _) => !field.kind.options().is_empty(),
        }
    }

    /// Whether a field must be filled in just now.
    #[must_use]
    pub fn is_required(self, field: &Field) -> bool {
        match self.country {
            Some(country) => country.requirements().requires(field),
            None => field.required,
        }
    }

    /// What stands in the controls of a field at first.
    #[must_use]
    pub fn initial(self, field: FieldId) -> FieldValues {
        let initial = self.with_definition(|definition| definition.initial.get(&field).cloned());
        initial.unwrap_or_default()
    }

    /// Every error, those of fields in the order of the form.
    #[must_use]
    pub fn errors(self) -> Vec<(ErrorTarget, FormError)> {
        self.errors.try_get().unwrap_or_default()
    }

    /// Whether there is any error.
    #[must_use]
    pub fn has_errors(self) -> bool {
        self.errors
            .try_with(|errors| !errors.is_empty())
            .unwrap_or_default()
    }

    /// The error of one target, if it has one.
    #[must_use]
    pub fn error(self, target: ErrorTarget) -> Option<FormError> {
        let error = self.errors.try_with(|errors| {
            let found = errors.iter().find(|(of, _)| *of == target);
            found.map(|(_, error)| error.clone())
        });
        error.flatten()
    }

    /// The words of an error; `field` is what it is about, if it is about a field.
    #[must_use]
    pub fn message(self, error: &FormError, field: Option<FieldId>) -> String {
        match error {
            FormError::Violation(violation) => {
                let field = field.and_then(|id| {
                    self.with_definition(|definition| {
                        let mut fields = definition.fields.iter().map(|(_, field)| field);
                        fields.find(|field| field.id == id).cloned()
                    })
                });
                let words = field.map(|field| {
                    let (label, is_list) = (self.label(&field), self.is_list(&field));
                    self.i18n.violation(violation, &field, &label, is_list)
                });
                words.unwrap_or_default()
            }
            FormError::Store(error) => store_error(self.i18n, error),
            FormError::CaptchaMissing => self.i18n.text(crate::i18n::Message::CAPTCHA_MISSING),
            FormError::Request(ApiError::Throttled { .. }) => {
                self.i18n.wait(self.countdown.seconds())
            }
            FormError::Request(error) => request_error(self.i18n, error),
        }
    }

    /// Shows these errors and asks the summary to take the focus.
    fn report(self, errors: FormErrors) {
        for (_, error) in &errors {
            if let FormError::Request(ApiError::Throttled { seconds }) = error {
                self.countdown.start(*seconds);
            }
        }
        let first = errors.iter().find_map(|(target, _)| match target {
            ErrorTarget::Field(id) => Some(*id),
            ErrorTarget::Captcha | ErrorTarget::Form => None,
        });
        if let Some(field) = first {
            self.reveal(field);
        }
        self.errors.set(errors);
        self.focus_requests
            .update(|count| *count = count.wrapping_add(1));
    }

    /// The request failed.
    pub fn fail(self, error: ApiError) {
        if error != ApiError::Cancelled {
            self.report(vec![(ErrorTarget::Form, FormError::Request(error))]);
        }
    }

    /// The store refused; what it says of the password belongs to `password`. The captcha's token
    /// counted once and is gone.
    pub fn reject(self, errors: UserErrors, password: ErrorTarget) {
        self.captcha_token.set(None);
        self.report(store_errors(errors, password));
    }

    /// The captcha is not solved.
    pub fn ask_for_captcha(self) {
        self.report(vec![(ErrorTarget::Captcha, FormError::CaptchaMissing)]);
    }

    /// Nobody was signed in when the store looked: the form waits to be sent again.
    pub fn interrupt(self) {
        self.submission.set(Submission::Interrupted);
    }

    /// Whether the form waits to be sent again.
    #[must_use]
    pub fn is_interrupted(self) -> bool {
        self.submission.try_get() == Some(Submission::Interrupted)
    }

    /// Whether the form is on its way to the store.
    #[must_use]
    pub fn is_sending(self) -> bool {
        self.submission.try_get() == Some(Submission::Sending)
    }

    /// Goes up each time the summary is to take the focus; 0 at first.
    #[must_use]
    pub fn focus_requests(self) -> u32 {
        self.focus_requests.try_get().unwrap_or_default()
    }

    /// Takes the captcha's token, or its expiry.
    pub fn set_captcha_token(self, token: Option<String>) {
        self.captcha_token.set(token);
        self.recheck(ErrorTarget::Captcha, &Violations::new());
    }

    /// The captcha's token, if it is solved.
    #[must_use]
    pub fn captcha_token(self) -> Option<String> {
        self.captcha_token.try_get().flatten()
    }

    /// Takes the captcha's token out, to be sent: it counts once.
    #[must_use]
    pub fn take_captcha_token(self) -> Option<String> {
        let token = self.captcha_token.try_get_untracked().flatten();
        if token.is_some() {
            self.captcha_token.set(None);
        }
        token
    }

    /// Whether the store asks for a captcha that is not solved.
    #[must_use]
    pub fn is_captcha_missing(self) -> bool {
        let is_asked = self.with_definition(|definition| definition.captcha.is_some());
        is_asked && self.captcha_token.try_get_untracked().flatten().is_none()
    }

    /// What stands in the controls now.
    #[must_use]
    pub fn inputs(self) -> FieldInputs {
        let Some(form) = self.node.try_get_untracked().flatten() else {
            return FieldInputs::default();
        };
        let Ok(data) = FormData::new_with_form(&form) else {
            return FieldInputs::default();
        };
        let saved = self.saved.try_get_value().flatten().unwrap_or_default();
        self.with_definition(|definition| {
            let fields = definition.fields.iter();
            fields
                .filter_map(|(section, field)| {
                    let values = values_in(&form, &data, *section, field);
                    let is_there = !values.is_empty();
                    is_there.then(|| (field.id, input(values, field, saved.get(&field.id))))
                })
                .collect()
        })
    }

    /// Whether the box called `name` is ticked, or another control of that name holds something.
    #[must_use]
    pub fn has_control(self, name: &str) -> bool {
        let form = self.node.try_get_untracked().flatten();
        let data = form.and_then(|form| FormData::new_with_form(&form).ok());
        data.is_some_and(|data| data.has(name))
    }

    /// The text that stands in the control of a built-in field now.
    #[must_use]
    pub fn text_in(self, section: Section, field: BuiltIn) -> String {
        let form = self.node.try_get_untracked().flatten();
        let data = form.and_then(|form| FormData::new_with_form(&form).ok());
        data.and_then(|data| data.get(&section.control_name(field.id())).as_string())
            .unwrap_or_default()
    }

    /// The page's function that finds addresses, if it has one.
    #[must_use]
    pub fn address_lookup(self) -> Option<Function> {
        self.events()?.address_lookup.try_run(())?
    }

    /// Puts `text` into the control of a field as if the shopper had typed it.
    pub fn type_in(self, field: FieldId, text: String) {
        self.put(field, &vec![text]);
        if let Some(control) = dom::by_id(&self.field_id(field)) {
            dom::dispatch_input(&control);
        }
    }

    /// Puts `values` into the controls of a field: the boxes of these values are ticked and no others,
    /// or the one control holds the one value.
    pub fn put(self, field: FieldId, values: &FieldValues) {
        let section = self.with_definition(|definition| {
            let found = definition.fields.iter().find(|(_, of)| of.id == field);
            found.map(|(section, _)| *section)
        });
        let form = self.node.try_get_untracked().flatten();
        if let Some((section, form)) = section.zip(form) {
            put_values(&form, &section.control_name(field), values);
        }
    }

    /// Validates what stands in the controls.
    ///
    /// # Errors
    /// Every violation, in the order of the form.
    fn validate(self, inputs: &FieldInputs) -> Result<Values, Violations> {
        self.with_definition(|definition| {
            let fields: Vec<Field> = definition.fields.iter().map(|(_, f)| f.clone()).collect();
            match self.country {
                Some(country) => country.context(&definition.passwords, |context| {
                    validate(&fields, inputs, context)
                }),
                None => validate(
                    &fields,
                    inputs,
                    &Context {
                        passwords: &definition.passwords,
                        country: None,
                        requirements: &AddressRequirements::NO_ADDRESS,
                        states: &[],
                        // Patterns are those of postal codes.
                        matches: &|_, _| true,
                        decompose: &decompose,
                    },
                ),
            }
        })
    }

    /// The shopper edited a field, or something that is no field: what failed before is validated again,
    /// and the dirty check made.
    pub fn edited(self, field: Option<FieldId>) {
        self.edits.update(|count| *count = count.wrapping_add(1));
        self.edited.update_value(|edited| edited.extend(field));
        let has_errors = untrack(|| self.has_errors());
        let checks_dirty = self.saved.try_with_value(Option::is_some) == Some(true);
        if !has_errors && !checks_dirty {
            return;
        }
        let inputs = self.inputs();
        if has_errors {
            let violations = self.validate(&inputs).err().unwrap_or_default();
            self.recheck(
                field.map_or(ErrorTarget::Form, ErrorTarget::Field),
                &violations,
            );
        }
        self.check_dirty_against(&inputs);
    }

    /// The shopper left a field. If they edited it, it is validated a moment later. The error pushes down what is
    /// below it, and at once that could be a button that is being pressed.
    pub fn left(self, field: FieldId) {
        let was_edited = self.edited.try_with_value(|edited| edited.contains(&field));
        if was_edited == Some(true) {
            set_timeout(move || self.check_left(field), LEAVE_DELAY);
        }
    }

    fn check_left(self, field: FieldId) {
        let was_edited = self.edited.try_update_value(|edited| {
            let count = edited.len();
            edited.retain(|other| *other != field);
            edited.len() < count
        });
        // The form was sent meanwhile, which validates everything.
        if was_edited != Some(true) {
            return;
        }
        let errors = self.errors.try_get_untracked().unwrap_or_default();
        let is_known = errors
            .iter()
            .any(|(of, _)| *of == ErrorTarget::Field(field));
        if is_known || self.submission.try_get_untracked() != Some(Submission::Editing) {
            return;
        }
        let violations = self.validate(&self.inputs()).err().unwrap_or_default();
        let found = violations.into_iter().find(|(of, _)| *of == field);
        if let Some((_, violation)) = found {
            let definition = self.definition();
            let fields = definition.fields.iter().map(|(_, field)| field.id);
            let errors = with_violation(errors, field, violation, &fields.collect::<Vec<_>>());
            self.errors.set(errors);
        }
    }

    fn recheck(self, edited: ErrorTarget, violations: &Violations) {
        let errors = self.errors.try_get_untracked().unwrap_or_default();
        let left = remaining_errors(&errors, edited, |id| {
            let found = violations.iter().find(|(of, _)| *of == id);
            found.map(|(_, violation)| violation.clone())
        });
        if left != errors {
            self.errors.set(left);
        }
    }

    /// Goes up with every edit; 0 at first.
    #[must_use]
    pub fn edits(self) -> u32 {
        self.edits.try_get().unwrap_or_default()
    }

    /// From now on the form is dirty while it holds something else than `saved`.
    pub fn set_saved(self, saved: FieldMap<FieldValues>) {
        self.saved.set_value(Some(saved));
    }

    /// Finds out whether the form holds something else than what is saved.
    pub fn check_dirty(self) {
        self.check_dirty_against(&self.inputs());
    }

    fn check_dirty_against(self, inputs: &FieldInputs) {
        let is_dirty = self.saved.try_with_value(|saved| {
            saved.as_ref().is_some_and(|saved| {
                let differs = |(id, values): (&FieldId, &FieldValues)| {
                    *values != saved.get(id).cloned().unwrap_or_default()
                };
                self.values_of(inputs).iter().any(differs)
            })
        });
        let is_dirty = is_dirty.unwrap_or_default();
        if self.is_dirty.try_get_untracked() != Some(is_dirty) {
            self.is_dirty.set(is_dirty);
        }
    }

    /// Whether the form holds something that is not saved.
    #[must_use]
    pub fn is_dirty(self) -> bool {
        self.is_dirty.try_get().unwrap_or_default()
    }

    /// What stands in the controls of each field now, normalized as [`super::normalized`] does: as the store would
    /// keep it where all of it passes, else as it was typed.
    #[must_use]
    pub fn typed(self) -> FieldMap<FieldValues> {
        self.values_of(&self.inputs())
    }

    fn values_of(self, inputs: &FieldInputs) -> FieldMap<FieldValues> {
        let kept = self.validate(inputs).unwrap_or_default();
        let values = |field: &Field| match kept.get(&field.id) {
            Some(value) => normalized(field_values(value)),
            None => typed_values(inputs, field),
        };
        self.with_definition(|definition| {
            let fields = definition.fields.iter();
            fields.map(|(_, field)| (field.id, values(field))).collect()
        })
    }

    /// Whether what stands in these fields passes; reports what does not.
    pub(super) fn check(self, fields: &[FieldId]) -> bool {
        let mut violations = self.validate(&self.inputs()).err().unwrap_or_default();
        violations.retain(|(field, _)| fields.contains(field));
        let passes = violations.is_empty();
        if passes {
            self.errors.set(FormErrors::new());
        } else {
            self.report(field_errors(violations, false));
        }
        passes
    }

    /// Whether every control that the theme put into a slot has what it requires; the browser says so at the
    /// first that does not.
    fn is_slot_valid(self) -> bool {
        let form = self.node.try_get_untracked().flatten();
        let invalid = form.and_then(|form| form.query_selector(INVALID_IN_SLOT).ok()?);
        // A text area and a select have the same method.
        invalid.is_none_or(|control| {
            let control: HtmlInputElement = control.unchecked_into();
            control.report_validity()
        })
    }

    /// Sends the form, if what stands in it passes and it is not on its way already: two clicks make one
    /// request.
    pub fn submit(self) {
        if self.submission.try_get_untracked() == Some(Submission::Sending) {
            return;
        }
        self.errors.set(FormErrors::new());
        self.edited.set_value(Vec::new());
        let is_captcha_missing = self.is_captcha_missing();
        match self.validate(&self.inputs()) {
            Ok(values) if !is_captcha_missing => {
                if !self.is_slot_valid() {
                    return;
                }
                let Some(handler) = self.on_submit.try_get_value().flatten() else {
                    return;
                };
                self.submission.set(Submission::Sending);
                let sent = handler(values);
                spawn_local(async move {
                    sent.await;
                    if self.submission.try_get_untracked() == Some(Submission::Sending) {
                        self.submission.set(Submission::Editing);
                    }
                });
            }
            validated => {
                let violations = validated.err().unwrap_or_default();
                self.submission.set(Submission::Editing);
                self.report(field_errors(violations, is_captcha_missing));
            }
        }
    }
}

fn values_in(
    form: &HtmlFormElement,
    data: &FormData,
    section: Section,
    field: &Field,
) -> FieldValues {
    let name = section.control_name(field.id);
    let mut strings: FieldValues = data
        .get_all(&name)
        .iter()
        .filter_map(|text| text.dyn_into::<JsString>().ok().map(String::from))
        .collect();
    if matches!(field.kind, FieldType::Date { .. }) && has_bad_input(form, &name) {
        // The browser hands out no text for 31 February; any text that is no date will do.
        strings = vec!["-".to_owned()];
    }
    strings
}

fn has_bad_input(form: &HtmlFormElement, name: &str) -> bool {
    let control = form.query_selector(&format!("[name=\"{name}\"]"));
    let input = control.ok().flatten().and_then(|c| c.dyn_into().ok());
    input.is_some_and(|input: HtmlInputElement| input.validity().bad_input())
}

fn put_values(form: &HtmlFormElement, name: &str, values: &FieldValues) {
    let Ok(controls) = form.query_selector_all(&format!("[name=\"{name}\"]")) else {
        return;
    };
    for index in 0..controls.length() {
        let Some(control) = controls.get(index) else {
            continue;
        };
        let input = control.dyn_ref::<HtmlInputElement>();
        let is_choice = |input: &&HtmlInputElement| matches!(&*input.type_(), "checkbox" | "radio");
        match input.filter(is_choice) {
            Some(choice) => {
                let value = choice.value();
                let is_none = values.is_empty() && value.is_empty();
                choice.set_checked(is_none || values.contains(&value));
            }
            None => {
                let text = values.first().map_or("", String::as_str);
                dom::set_value(&control, text);
                if let Some(date) = input.filter(|input| input.type_() == "date") {
                    dom::mark_empty_date(date);
                }
            }
        }
    }
}
