//! Reading and touching the document.

use crate::state::{Section, SignUpAnswers};
use js_sys::JsString;
use storefront_rules::{Answer, Answers, BuiltIn, Field, FieldId, Kind};
use wasm_bindgen::closure::Closure;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{Element, Event, FormData, HtmlElement, HtmlFormElement, HtmlInputElement};

/// The name of the newsletter's checkbox: the platform's own field for it.
pub(super) fn newsletter_name() -> String {
    Section::Account.control_name(BuiltIn::ReceiveMarketingEmails.id())
}

/// The answers as they stand in `form` now. Password managers write values without any event, so
/// nothing is remembered from earlier events.
pub(super) fn read_answers(
    form: &HtmlFormElement,
    account: &[Field],
    address: &[Field],
) -> SignUpAnswers {
    let Ok(data) = FormData::new_with_form(form) else {
        return SignUpAnswers::default();
    };
    let read = |section: Section, fields: &[Field]| -> Answers {
        fields
            .iter()
            .filter_map(|field| Some((field.id, read_answer(form, &data, section, field)?)))
            .collect()
    };
    SignUpAnswers {
        account: read(Section::Account, account),
        address: read(Section::Address, address),
        newsletter: data.has(&newsletter_name()),
    }
}

fn read_answer(
    form: &HtmlFormElement,
    data: &FormData,
    section: Section,
    field: &Field,
) -> Option<Answer> {
    let name = section.control_name(field.id);
    let mut texts: Vec<String> = data
        .get_all(&name)
        .iter()
        .filter_map(|text| text.dyn_into::<JsString>().ok().map(String::from))
        .collect();
    if matches!(field.kind, Kind::Date { .. }) && has_bad_input(form, &name) {
        // The browser hands out no text for 31 February; any text that is no date will do.
        texts = vec!["-".to_owned()];
    }
    (!texts.is_empty()).then_some(Answer::Texts(texts))
}

fn has_bad_input(form: &HtmlFormElement, name: &str) -> bool {
    control(form, name)
        .and_then(|control| control.dyn_into::<HtmlInputElement>().ok())
        .is_some_and(|input| input.validity().bad_input())
}

/// The control called `name`.
pub(super) fn control(form: &HtmlFormElement, name: &str) -> Option<Element> {
    form.query_selector(&format!("[name=\"{name}\"]"))
        .ok()
        .flatten()
}

/// The text that stands in the control of a field of the address form.
pub(super) fn address_text(form: &HtmlFormElement, field: BuiltIn) -> String {
    FormData::new_with_form(form)
        .ok()
        .and_then(|data| {
            let name = Section::Address.control_name(field.id());
            data.get(&name).as_string()
        })
        .unwrap_or_default()
}

/// The field whose control an event came from.
pub(super) fn edited_field(event: &Event) -> Option<FieldId> {
    let control: Element = event.target()?.dyn_into().ok()?;
    let name = control.get_attribute("name")?;
    let number = name.strip_suffix(']')?.rsplit('[').next()?;
    number.parse().ok().map(FieldId)
}

/// Moves the focus to `element`.
pub(super) fn focus(element: &Element) {
    if let Some(element) = element.dyn_ref::<HtmlElement>() {
        // Fails only where the element is no longer in the document.
        let _ = element.focus();
    }
}

/// What stands in the control an event came from.
pub(super) fn typed_text(event: &Event) -> String {
    let target = event.target().map(JsValue::from).unwrap_or_default();
    let value = js_sys::Reflect::get(&target, &"value".into());
    value
        .ok()
        .and_then(|value| value.as_string())
        .unwrap_or_default()
}

/// Runs `run` after what is under way, effects included.
pub(super) fn soon(run: impl FnOnce() + 'static) {
    let run = Closure::once_into_js(run);
    if let Some(window) = web_sys::window() {
        // Fails only for a function that is none.
        let _ = window.set_timeout_with_callback(run.unchecked_ref());
    }
}

/// Moves the focus to `element` once the document has taken in what just changed.
pub(super) fn focus_soon(element: Element) {
    soon(move || focus(&element));
}

/// The element of this id.
pub(super) fn by_id(id: &str) -> Option<Element> {
    web_sys::window()?.document()?.get_element_by_id(id)
}

/// Whether the element of this id has the focus.
pub(super) fn has_focus(id: &str) -> bool {
    web_sys::window()
        .and_then(|window| window.document()?.active_element())
        .is_some_and(|element| element.id() == id)
}
