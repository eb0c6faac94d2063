//! Several lines of text.

use super::appearance::Part;
use super::field::Control;
use leptos::prelude::*;

/// A control for several lines of text.
#[component]
pub fn TextArea(
    /// What ties it to its label.
    control: Control,
    /// What it starts with.
    value: String,
    /// How high it is, in lines.
    rows: u32,
) -> impl IntoView {
    let Control {
        id,
        name,
        autocomplete,
        described_by,
        invalid,
        required,
        on_edit,
    } = control;
    view! {
        <textarea
            class=Part::TEXTAREA.class()
            id=id
            name=name
            autocomplete=autocomplete
            aria-describedby=described_by
            aria-invalid=move || invalid.get().then_some("true")
            aria-required=move || required.get().then_some("true")
            rows=rows.to_string()
            on:input=move |_| { on_edit.try_run(()); }
            on:change=move |_| { on_edit.try_run(()); }
        >
            {value}
        </textarea>
    }
}
