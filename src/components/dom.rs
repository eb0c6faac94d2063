//! Reading and touching the document.

use crate::state::Section;
use js_sys::JsString;
use std::rc::Rc;
use storefront_rules::{Field, FieldId, FieldInput, FieldInputs, FieldType};
use wasm_bindgen::JsCast;
use wasm_bindgen::closure::Closure;
use web_sys::{Element, Event, FormData, HtmlElement, HtmlFormElement, HtmlInputElement};

/// The name of the newsletter's checkbox: the platform's own field for it.
pub(super) fn newsletter_name() -> String {
    Section::Account.control_name(storefront_rules::BuiltIn::ReceiveMarketingEmails.id())
}

/// Reads something as it stands in the document now. Password managers write values without any
/// event, so nothing is remembered from earlier events.
pub(super) type Read<T> = Rc<dyn Fn() -> T>;

/// The answers to `fields` as they stand in the form `node`.
pub(super) fn answers(node: &Element, fields: &[(Section, Field)]) -> FieldInputs {
    let Some(form) = node.dyn_ref::<HtmlFormElement>() else {
        return FieldInputs::default();
    };
    let Ok(data) = FormData::new_with_form(form) else {
        return FieldInputs::default();
    };
    fields
        .iter()
        .filter_map(|(section, field)| Some((field.id, read_answer(form, &data, *section, field)?)))
        .collect()
}

/// Whether the box called `name` is ticked in the form `node`.
pub(super) fn is_ticked(node: &Element, name: &str) -> bool {
    let data = node
        .dyn_ref()
        .and_then(|form| FormData::new_with_form(form).ok());
    data.is_some_and(|data| data.has(name))
}

fn read_answer(
    form: &HtmlFormElement,
    data: &FormData,
    section: Section,
    field: &Field,
) -> Option<FieldInput> {
    let name = section.control_name(field.id);
    let mut texts: Vec<String> = data
        .get_all(&name)
        .iter()
        .filter_map(|text| text.dyn_into::<JsString>().ok().map(String::from))
        .collect();
    if matches!(field.kind, FieldType::Date { .. }) && has_bad_input(form, &name) {
        // The browser hands out no text for 31 February; any text that is no date will do.
        texts = vec!["-".to_owned()];
    }
    (!texts.is_empty()).then_some(FieldInput::Strings(texts))
}

fn has_bad_input(form: &HtmlFormElement, name: &str) -> bool {
    control(form, name)
        .and_then(|control| control.dyn_into::<HtmlInputElement>().ok())
        .is_some_and(|input| input.validity().bad_input())
}

/// The control called `name`.
pub(super) fn control(form: &Element, name: &str) -> Option<Element> {
    form.query_selector(&format!("[name=\"{name}\"]"))
        .ok()
        .flatten()
}

/// The text that stands in the control called `name` of the form `node`.
pub(super) fn text_in(node: &Element, name: &str) -> String {
    node.dyn_ref()
        .and_then(|form| FormData::new_with_form(form).ok())
        .and_then(|data| data.get(name).as_string())
        .unwrap_or_default()
}

/// Puts `texts` into the controls called `name` of a form, as if they had been typed: the boxes of
/// these values are ticked and no others, or the one control holds the one text.
pub(super) fn put_texts(form: &HtmlFormElement, name: &str, texts: &[String]) {
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
                let is_none = texts.is_empty() && value.is_empty();
                choice.set_checked(is_none || texts.contains(&value));
            }
            None => {
                let text = texts.first().map_or("", String::as_str);
                // A select and a text area have it too. Fails only for a frozen object.
                let _ = js_sys::Reflect::set(&control, &"value".into(), &text.into());
            }
        }
    }
}

/// The field whose control an event came from, by the id that [`crate::state::FormState::field_id`]
/// gave it: `account-{form}-{field}`, and for all but the first of a group `-{place}` behind it.
pub(super) fn edited_field(event: &Event) -> Option<FieldId> {
    let control: Element = event.target()?.dyn_into().ok()?;
    let id = control.id();
    let number = id.strip_prefix("account-")?.split('-').nth(1)?;
    number.parse().ok().map(FieldId)
}

/// The fragment of the page's address, `#` and all.
pub(super) fn fragment() -> String {
    let location = web_sys::window().map(|window| window.location());
    location
        .and_then(|location| location.hash().ok())
        .unwrap_or_default()
}

/// Puts `fragment` into the page's address, where the way back leads to what was there before.
pub(super) fn go_to_fragment(fragment: &str) {
    if let Some(window) = web_sys::window() {
        // Fails only for an address that is none.
        let _ = window.location().set_hash(fragment);
    }
}

/// Moves the focus, if it went with what was taken out of `place`, to the button that sends the form
/// behind it.
pub(super) fn focus_next_soon(place: &Element) {
    let place = place.clone();
    soon(move || {
        let within = place.parent_element().filter(|_| is_focus_lost());
        if let Some(Ok(Some(button))) = within
            .map(|within| within.query_selector("form [type=submit]:not(.account-button--quiet)"))
        {
            focus(&button);
        }
    });
}

/// Whether nothing has the focus, as when what had it is gone.
pub(super) fn is_focus_lost() -> bool {
    let active = web_sys::window().and_then(|window| window.document()?.active_element());
    active.is_none_or(|active| active.tag_name() == "BODY")
}

/// Whether a click on a link wants another tab or window, or the file itself.
pub(super) fn is_for_elsewhere(event: &Event) -> bool {
    is_any_held(event, &["ctrlKey", "metaKey", "shiftKey", "altKey"])
}

/// Whether any of these keys is held, each by the name that the event has for it.
fn is_any_held(event: &Event, keys: &[&str]) -> bool {
    keys.iter().any(|key| {
        let is_held = js_sys::Reflect::get(event, &(*key).into());
        is_held.is_ok_and(|is_held| is_held.is_truthy())
    })
}

/// Moves the focus to the first control of `view` once it is in the document.
pub(super) fn focus_first_soon(view: &super::element::Element) {
    let view = view.node();
    soon(move || {
        if let Ok(Some(control)) = view.query_selector("input") {
            focus(&control);
        }
    });
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
    let target = event
        .target()
        .map(wasm_bindgen::JsValue::from)
        .unwrap_or_default();
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

/// Whether the page asks about cookies.
pub(super) fn has_consent() -> bool {
    let document = web_sys::window().and_then(|window| window.document());
    let found =
        document.map(|document| document.query_selector("account-consent, [data-account=consent]"));
    matches!(found, Some(Ok(Some(_))))
}

/// The key that an event of the keyboard is about.
pub(super) fn key_of(event: &Event) -> String {
    let key = js_sys::Reflect::get(event, &"key".into());
    key.ok().and_then(|key| key.as_string()).unwrap_or_default()
}

/// Whether Ctrl, or ⌘, is held.
pub(super) fn is_with_control(event: &Event) -> bool {
    is_any_held(event, &["ctrlKey", "metaKey"])
}

/// Whether an event comes from where text is typed.
pub(super) fn is_typing(event: &Event) -> bool {
    let target = event.target().and_then(|target| target.dyn_into().ok());
    target.is_some_and(|target: Element| takes_text(&target))
}

/// Whether the shopper is where text is typed.
pub(super) fn is_focus_in_text() -> bool {
    let active = web_sys::window().and_then(|window| window.document()?.active_element());
    active.is_some_and(|active| takes_text(&active))
}

fn takes_text(control: &Element) -> bool {
    let texts = "input:not([type=checkbox]), textarea, select";
    control.matches(texts).unwrap_or(false)
}

/// Whether the box that an event comes from is ticked.
pub(super) fn is_checked(event: &Event) -> bool {
    let target = event.target().and_then(|target| target.dyn_into().ok());
    target.is_some_and(|input: HtmlInputElement| input.checked())
}

/// Ticks a box, or not.
pub(super) fn set_checked(node: &Element, is_checked: bool) {
    if let Some(input) = node.dyn_ref::<HtmlInputElement>() {
        input.set_checked(is_checked);
    }
}

/// Whether the Tab key leads to a control.
pub(super) fn set_tabbable(node: &Element, is_tabbable: bool) {
    if let Some(control) = node.dyn_ref::<HtmlElement>() {
        control.set_tab_index(if is_tabbable { 0 } else { -1 });
    }
}

/// Puts `text` into an input.
pub(super) fn set_value(node: &Element, text: &str) {
    if let Some(input) = node.dyn_ref::<HtmlInputElement>() {
        input.set_value(text);
    }
}

/// Whether the focus is on `node` or on something in it.
pub(super) fn has_focus_within(node: &Element) -> bool {
    let active = web_sys::window().and_then(|window| window.document()?.active_element());
    active.is_some_and(|active| node.contains(Some(&active)))
}

/// Moves the focus to `element` and leaves the page where it is.
pub(super) fn focus_without_scrolling(element: &Element) {
    if let Some(element) = element.dyn_ref::<HtmlElement>() {
        let options = web_sys::FocusOptions::new();
        options.set_prevent_scroll(true);
        // Fails only where the element is no longer in the document.
        let _ = element.focus_with_options(&options);
    }
}

/// Whether `node` takes up any room.
pub(super) fn is_seen(node: &Element) -> bool {
    node.get_bounding_client_rect().width() > 0.0
}

/// The elements directly in `node`.
pub(super) fn children(node: &Element) -> Vec<Element> {
    let mut children = Vec::new();
    let mut next = node.first_element_child();
    while let Some(child) = next {
        next = child.next_element_sibling();
        children.push(child);
    }
    children
}

/// How high the window is, in CSS pixels.
pub(super) fn window_height() -> f64 {
    let height = web_sys::window().and_then(|window| window.inner_height().ok());
    height.and_then(|height| height.as_f64()).unwrap_or(0.0)
}

/// Leaves room before and behind the content of `node`, in CSS pixels. No rule of a style sheet can
/// know these two; a content security policy minds style attributes in markup, not what a script sets.
pub(super) fn set_space(node: &Element, before: f64, behind: f64) {
    let Some(node) = node.dyn_ref::<HtmlElement>() else {
        return;
    };
    for (property, pixels) in [
        ("padding-block-start", before),
        ("padding-block-end", behind),
    ] {
        let style = node.style();
        // Fails only for what cannot be parsed.
        let _ = if pixels > 0.0 {
            #[allow(clippy::cast_possible_truncation, reason = "no list is that high")]
            let pixels = pixels as i32;
            style.set_property(property, &format!("{pixels}px"))
        } else {
            style.remove_property(property).map(drop)
        };
    }
}
