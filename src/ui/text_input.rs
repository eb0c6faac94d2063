//! One line of text, and whatever else `<input>` takes as text.

use super::appearance::{Part, classes};
use super::dom;
use super::field::Control;
use leptos::html;
use leptos::prelude::*;

/// A control for one line of text.
#[component]
pub fn TextInput(
    /// What ties it to its label.
    control: Control,
    /// `type` of the input.
    #[prop(into)]
    input_type: Signal<&'static str>,
    /// What it starts with.
    #[prop(optional)]
    value: Option<String>,
    /// Which part it is, beside `input`.
    #[prop(optional)]
    part: Option<Part>,
    /// `inputmode`, where the keyboard is to be another.
    #[prop(optional)]
    input_mode: Option<&'static str>,
    /// The first day that counts, of a date.
    #[prop(optional)]
    min: Option<String>,
    /// The last day that counts, of a date.
    #[prop(optional)]
    max: Option<String>,
    /// Whether it is no prose: a name, a code, an address.
    #[prop(optional)]
    verbatim: bool,
    /// Whether it is read from left to right in every language: a number, a code, an email address.
    #[prop(optional)]
    left_to_right: bool,
    /// Whether the keyboard leaves letters small.
    #[prop(optional)]
    no_capitals: bool,
    /// Hears what stands in it after each change.
    #[prop(optional, into)]
    on_input: Option<UnsyncCallback<(String,)>>,
    /// The node.
    #[prop(optional)]
    node_ref: NodeRef<html::Input>,
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
    let class = match part {
        Some(part) => classes(&[Part::INPUT, part]),
        None => Part::INPUT.class(),
    };
    let name = (!name.is_empty()).then_some(name);
    let edited = move |text: String| {
        if let Some(on_input) = on_input {
            on_input.try_run((text,));
        }
        on_edit.try_run(());
    };
    view! {
        <input
            class=class
            type=input_type
            id=id
            name=name
            value=value
            inputmode=input_mode
            dir=left_to_right.then_some("ltr")
            min=min
            max=max
            spellcheck=verbatim.then_some("false")
            autocapitalize=no_capitals.then_some("none")
            autocomplete=autocomplete
            aria-describedby=described_by
            aria-invalid=move || invalid.get().then_some("true")
            aria-required=move || required.get().then_some("true")
            node_ref=node_ref
            on:input=move |event| edited(dom::typed_text(&event))
            on:change=move |event| edited(dom::typed_text(&event))
        />
    }
}
