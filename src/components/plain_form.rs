//! A form whose fields do not hang together, from the summary of its problems to its button.

use super::captcha::captcha_view;
use super::dom::{self, Read};
use super::element::element;
use super::element::{Element, effect, styled};
use super::field::{Asked, field_view};
use super::form::{Summary, error_summary, submit_row};
use crate::i18n::Message;
use crate::state::{AccountEvent, ElementContext, FieldValues, PlainForm};
use std::rc::Rc;
use storefront_rules::{Field, FieldInputs};
use web_sys::Event;

/// The e-mail address of the customer as the store has it now.
pub(super) type Email = Rc<dyn Fn() -> String>;

/// What a view of a [`PlainForm`] needs besides.
pub(super) struct PlainView {
    /// What the controls of a field start with.
    pub(super) texts: Box<dyn Fn(&Field) -> FieldValues>,
    /// On the button.
    pub(super) submit: Message,
    /// Beside it while the form is on its way.
    pub(super) sending: Message,
    /// Whose form it is: once they have signed in again, an interrupted form is sent again.
    pub(super) customer: Option<i32>,
    /// Hears of every edit.
    pub(super) edited: Rc<dyn Fn(&FieldInputs)>,
    /// Stands before the fields.
    pub(super) before: Vec<Element>,
    /// Stands behind the button.
    pub(super) after: Vec<Element>,
}

impl PlainView {
    /// A form with nothing in it.
    pub(super) fn new(submit: Message, sending: Message) -> Self {
        Self {
            texts: Box::new(|_| FieldValues::new()),
            submit,
            sending,
            customer: None,
            edited: Rc::new(|_| ()),
            before: Vec::new(),
            after: Vec::new(),
        }
    }
}

/// The form, and how to read it.
pub(super) fn plain_form_view(
    scope: &ElementContext,
    plain: PlainForm,
    view: PlainView,
) -> (Element, Read<FieldInputs>) {
    let state = plain.form;
    let spec = plain.spec();
    let node = styled("form", "account-form")
        .attr("method", "post")
        .flag("novalidate", true);
    let read: Read<FieldInputs> = {
        let (node, fields) = (node.node(), spec.fields.clone());
        Rc::new(move || dom::answers(&node, &fields))
    };
    let fields = spec.fields.iter().map(|(section, field)| {
        let (label, required) = (field.label.clone(), field.required);
        let asked = Asked {
            form: state,
            section: *section,
            label: Rc::new(move || label.clone()),
            required: Rc::new(move || required),
            texts: (view.texts)(field),
            field: field.clone(),
        };
        field_view(&asked, &spec.passwords)
    });
    let fields: Vec<Element> = fields.collect();
    let fall_back: Rc<dyn Fn()> = Rc::new(move || plain.notify(AccountEvent::FallBack));
    let summary = Summary {
        label: {
            let fields = spec.fields.clone();
            Rc::new(move |id| {
                let field = fields.iter().find(|(_, field)| field.id == id);
                field.map_or_else(String::new, |(_, field)| field.label.clone())
            })
        },
        sign_in_url: None,
        fall_back: fall_back.clone(),
    };
    let submit: Rc<dyn Fn()> = {
        let read = read.clone();
        Rc::new(move || plain.submit(&read()))
    };
    if let Some(customer) = view.customer {
        let submit = submit.clone();
        effect(move || {
            if plain.may_resume(customer) {
                let submit = submit.clone();
                dom::soon(move || submit());
            }
        });
    }
    let edit = {
        let (read, edited) = (read.clone(), view.edited);
        Rc::new(move |event: Event| {
            let answers = read();
            plain.recheck(dom::edited_field(&event), &answers);
            edited(&answers);
        })
    };
    let also_edit = edit.clone();
    let captcha = spec.captcha.as_ref();
    let captcha =
        captcha.map(|captcha| captcha_view(state, captcha, &scope.config, fall_back.clone()));
    let form = node
        .on("submit", move |event| {
            event.prevent_default();
            submit();
        })
        .on("input", move |event| edit(event))
        .on("change", move |event| also_edit(event))
        .child(error_summary(state, summary))
        .children(view.before)
        .children(fields)
        .children(captcha)
        .child(submit_row(state, view.submit, view.sending))
        .children(view.after);
    (form, read)
}

/// The account that a form for passwords belongs to, for password managers alone.
pub(super) fn username(email: Email) -> Element {
    element("input")
        .attr("class", "account-hidden")
        .attr("type", "text")
        .attr("name", "username")
        .attr("autocomplete", "username")
        .attr("aria-hidden", "true")
        .attr("tabindex", "-1")
        .flag("readonly", true)
        .attr_with("value", move || Some(email()))
}
