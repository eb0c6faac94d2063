//! Touching the document: focus, keys, what stands in controls, space.

use leptos::prelude::*;
use std::time::Duration;
use wasm_bindgen::closure::Closure;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{
    Element, Event, EventInit, HtmlElement, HtmlInputElement, ScrollIntoViewOptions,
    ScrollLogicalPosition, ShadowRoot,
};

/// Runs `run` after what is under way, effects included.
pub fn defer(run: impl FnOnce() + 'static) {
    set_timeout(run, Duration::ZERO);
}

/// Moves the focus to `element`.
pub fn focus(element: &Element) {
    if let Some(element) = element.dyn_ref::<HtmlElement>() {
        // Fails only where the element is no longer in the document.
        let _ = element.focus();
    }
}

/// Moves the focus to `element` and leaves the page where it is.
pub fn focus_without_scrolling(element: &Element) {
    if let Some(element) = element.dyn_ref::<HtmlElement>() {
        let options = web_sys::FocusOptions::new();
        options.set_prevent_scroll(true);
        // Fails only where the element is no longer in the document.
        let _ = element.focus_with_options(&options);
    }
}

/// Moves the focus to `element` once the document has taken in what just changed.
pub fn focus_later(element: Element) {
    defer(move || focus(&element));
}

/// Moves the focus to the first control in `view` once the document has taken in what just changed.
pub fn focus_first_later(view: Element) {
    defer(move || {
        if let Ok(Some(control)) = view.query_selector("input, select, textarea, button") {
            focus(&control);
        }
    });
}

/// Moves the focus, if it went with what was taken out of `place`, to the button that sends the form
/// behind it.
pub fn focus_submit_later(place: Element) {
    defer(move || {
        let within = place.parent_element().filter(|_| is_focus_lost());
        let button = "form [type=submit]:not(li *)";
        if let Some(Ok(Some(button))) = within.map(|within| within.query_selector(button)) {
            focus(&button);
        }
    });
}

/// What has the focus, in a shadow root too.
fn active_element() -> Option<Element> {
    let mut active = web_sys::window()?.document()?.active_element()?;
    while let Some(inner) = active.shadow_root().and_then(|root| root.active_element()) {
        active = inner;
    }
    Some(active)
}

/// Whether nothing has the focus, as when what had it is gone.
#[must_use]
pub fn is_focus_lost() -> bool {
    active_element().is_none_or(|active| active.tag_name() == "BODY")
}

/// Whether the element of this id has the focus.
#[must_use]
pub fn has_focus(id: &str) -> bool {
    active_element().is_some_and(|element| element.id() == id)
}

/// What has the focus, if it is `node` or something in it.
#[must_use]
pub fn focused_within(node: &Element) -> Option<Element> {
    active_element().filter(|active| node.contains(Some(active)))
}

/// Whether the focus is on `node` or on something in it.
#[must_use]
pub fn has_focus_within(node: &Element) -> bool {
    focused_within(node).is_some()
}

/// Whether the shopper is where text is typed.
#[must_use]
pub fn is_focus_in_text() -> bool {
    active_element().is_some_and(|active| takes_text(&active))
}

/// Whether an event comes from where text is typed.
#[must_use]
pub fn is_typing(event: &Event) -> bool {
    target(event).is_some_and(|target| takes_text(&target))
}

fn takes_text(control: &Element) -> bool {
    let texts = "input:not([type=checkbox]), textarea, select";
    control.matches(texts).unwrap_or(false)
}

/// What an event came from.
#[must_use]
pub fn target(event: &Event) -> Option<Element> {
    event.target()?.dyn_into().ok()
}

/// The element of this id: in the document, or in the shadow root that has the focus.
#[must_use]
pub fn by_id(id: &str) -> Option<Element> {
    let document = web_sys::window()?.document()?;
    document.get_element_by_id(id).or_else(|| {
        let root = active_element()?.get_root_node();
        root.dyn_into::<ShadowRoot>().ok()?.get_element_by_id(id)
    })
}

/// What stands in the control an event came from.
#[must_use]
pub fn typed_text(event: &Event) -> String {
    let target = event.target().map(JsValue::from).unwrap_or_default();
    value_of(&target)
}

/// What stands in a control; empty where it is none.
#[must_use]
pub fn value_of(control: &JsValue) -> String {
    let value = js_sys::Reflect::get(control, &"value".into());
    value
        .ok()
        .and_then(|value| value.as_string())
        .unwrap_or_default()
}

/// Puts `text` into a control.
pub fn set_value(control: &JsValue, text: &str) {
    // Fails only for a frozen object.
    let _ = js_sys::Reflect::set(control, &"value".into(), &text.into());
}

/// Sets an attribute; an empty text takes it away.
pub fn set_attribute(node: &Element, name: &str, text: &str) {
    // Fails only for what is no name of an attribute.
    let _ = match text {
        "" => node.remove_attribute(name),
        text => node.set_attribute(name, text),
    };
}

/// Marks a date in which nothing stands, for the style sheet: Safari shows today in it.
pub fn mark_empty_date(input: &HtmlInputElement) {
    // A day that is typed in part is no value yet, and not nothing.
    let is_empty = input.value().is_empty() && !input.validity().bad_input();
    set_attribute(
        input,
        "data-account-empty",
        if is_empty { "true" } else { "" },
    );
}

/// Brings `node` into view, no further than needed.
pub fn reveal(node: &Element) {
    let options = ScrollIntoViewOptions::new();
    options.set_block(ScrollLogicalPosition::Nearest);
    node.scroll_into_view_with_scroll_into_view_options(&options);
}

/// Tells those who listen that something was typed into a control.
pub fn dispatch_input(control: &Element) {
    let init = EventInit::new();
    init.set_bubbles(true);
    if let Ok(event) = Event::new_with_event_init_dict("input", &init) {
        // Fails only for an event that is being dispatched.
        let _ = control.dispatch_event(&event);
    }
}

/// Whether the box that an event comes from is ticked.
#[must_use]
pub fn is_checked(event: &Event) -> bool {
    let input = target(event).and_then(|target| target.dyn_into().ok());
    input.is_some_and(|input: HtmlInputElement| input.checked())
}

/// Whether a click on a link wants another tab or window, or the file itself.
#[must_use]
pub fn is_for_elsewhere(event: &Event) -> bool {
    is_any_held(event, &["ctrlKey", "metaKey", "shiftKey", "altKey"])
}

/// Whether Ctrl, or ⌘, is held.
#[must_use]
pub fn is_with_control(event: &Event) -> bool {
    is_any_held(event, &["ctrlKey", "metaKey"])
}

/// Whether a key is part of a word that an input method composes.
#[must_use]
pub fn is_composing(event: &Event) -> bool {
    // Safari ends the composition before it fires the key that ended it (UI Events, 5.3: keyCode 229).
    let key_code = js_sys::Reflect::get(event, &"keyCode".into());
    is_any_held(event, &["isComposing"])
        || key_code.ok().and_then(|code| code.as_f64()) == Some(229.0)
}

/// Whether any of these keys is held, each by the name that the event has for it.
fn is_any_held(event: &Event, keys: &[&str]) -> bool {
    keys.iter().any(|key| {
        let is_held = js_sys::Reflect::get(event, &(*key).into());
        is_held.is_ok_and(|is_held| is_held.is_truthy())
    })
}

/// The key that an event of the keyboard is about.
#[must_use]
pub fn key_of(event: &Event) -> String {
    let key = js_sys::Reflect::get(event, &"key".into());
    key.ok().and_then(|key| key.as_string()).unwrap_or_default()
}

/// Whether `node` takes up any room.
#[must_use]
pub fn is_rendered(node: &Element) -> bool {
    node.get_bounding_client_rect().width() > 0.0
}

/// The elements directly in `node`.
#[must_use]
pub fn children(node: &Element) -> Vec<Element> {
    let mut children = Vec::new();
    let mut next = node.first_element_child();
    while let Some(child) = next {
        next = child.next_element_sibling();
        children.push(child);
    }
    children
}

/// How high the window is, in CSS pixels.
#[must_use]
pub fn window_height() -> f64 {
    let height = web_sys::window().and_then(|window| window.inner_height().ok());
    height.and_then(|height| height.as_f64()).unwrap_or(0.0)
}

/// Leaves room before and behind the content of `node`, in CSS pixels. No rule of a style sheet can
/// know these two; a content security policy minds style attributes in markup, not what a script sets.
pub fn set_space(node: &Element, before: f64, behind: f64) {
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

/// A listener that ends when it is dropped.
pub struct Listener {
    event: &'static str,
    closure: Closure<dyn Fn()>,
}

/// Listens to an event on the window, in the capture phase, until the returned value is dropped.
pub fn on_capture(event: &'static str, listener: impl Fn() + 'static) -> Listener {
    let closure = Closure::<dyn Fn()>::new(listener);
    if let Some(window) = web_sys::window() {
        let function = closure.as_ref().unchecked_ref();
        // Fails only without a DOM.
        let _ = window.add_event_listener_with_callback_and_bool(event, function, true);
    }
    Listener { event, closure }
}

impl Drop for Listener {
    fn drop(&mut self) {
        if let Some(window) = web_sys::window() {
            let function = self.closure.as_ref().unchecked_ref();
            // Fails only without a DOM.
            let _ = window.remove_event_listener_with_callback_and_bool(self.event, function, true);
        }
    }
}
