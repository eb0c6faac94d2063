//! What a shopper does in an element.

use js_sys::Reflect;
use wasm_bindgen::JsCast;
use wasm_bindgen::closure::Closure;
use web_sys::{Element, Event, EventInit, HtmlElement, HtmlFormElement};

/// Something that a shopper does in an element.
pub type Act = fn(&Element);

/// Does the first of `acts`, and the rest when it has come to rest.
pub(crate) fn act(stage: &Element, acts: &'static [Act]) {
    let Some((first, rest)) = acts.split_first() else {
        return;
    };
    first(stage);
    let stage = stage.clone();
    let go_on = Closure::once_into_js(move || act(&stage, rest));
    if let Some(window) = web_sys::window() {
        // Fails only for a function that is none.
        let _ =
            window.set_timeout_with_callback_and_timeout_and_arguments_0(go_on.unchecked_ref(), 20);
    }
}

/// The first form in `stage` that is shown.
pub(super) fn form_in(stage: &Element) -> Option<HtmlFormElement> {
    let shown = ":not([hidden]) > form, form:first-child";
    stage.query_selector(shown).ok()??.dyn_into().ok()
}

/// Sends the form.
pub(super) fn submit(stage: &Element) {
    if let Some(form) = form_in(stage) {
        // Fails only for a button of another form.
        let _ = form.request_submit();
    }
}

/// Clicks what `selector` finds.
pub(super) fn click(stage: &Element, selector: &str) {
    if let Ok(Some(found)) = stage.query_selector(selector)
        && let Some(found) = found.dyn_ref::<HtmlElement>()
    {
        found.click();
    }
}

/// Types `value` into the control called `name`, as a shopper would.
pub fn put(form: &Element, name: &str, value: &str) {
    if let Ok(Some(control)) = form.query_selector(&format!("[name=\"{name}\"]")) {
        // Fails only for a frozen object.
        let _ = Reflect::set(&control, &"value".into(), &value.into());
        let init = EventInit::new();
        init.set_bubbles(true);
        for event in ["input", "change"] {
            if let Ok(event) = Event::new_with_event_init_dict(event, &init) {
                let _ = control.dispatch_event(&event);
            }
        }
    }
}
