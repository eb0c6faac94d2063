//! A day.

use super::props::FieldProps;
use crate::ui::{Field, Part, TextInput, dom};
use leptos::prelude::*;
use storefront_rules::Date;
use wasm_bindgen::JsCast;

/// A day, between `min` and `max` where the merchant set them.
#[component]
pub(super) fn DateField(props: FieldProps, min: Option<Date>, max: Option<Date>) -> impl IntoView {
    let (control, value) = (props.control(None), props.value().unwrap_or_default());
    let is_empty = value.is_empty();
    let mark = |event: web_sys::Event| {
        if let Some(input) = dom::target(&event).and_then(|target| target.dyn_into().ok()) {
            dom::mark_empty_date(&input);
        }
    };
    view! {
        <Field id=props.id() label=props.label()>
            <TextInput
                control=control
                input_type="date"
                value=value
                part=Part::INPUT_SHORT
                min=min.map(|day| day.to_string()).unwrap_or_default()
                max=max.map(|day| day.to_string()).unwrap_or_default()
                attr:data-account-empty=is_empty.then_some("true")
                on:input=mark
                on:focusout=move |event| mark(event.into())
            />
        </Field>
    }
}
