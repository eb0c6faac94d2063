//! A pick list.

use super::appearance::Part;
use super::dom;
use super::field::Control;
use leptos::html;
use leptos::prelude::*;
use wasm_bindgen::prelude::wasm_bindgen;

#[wasm_bindgen(module = "/src/ui/options.js")]
extern "C" {
    #[wasm_bindgen(js_name = fill)]
    fn fill_options(
        select: &web_sys::Element,
        values: Vec<String>,
        labels: Vec<String>,
        selected: &str,
    );
}

/// What can be chosen in a pick list.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Options {
    /// Value and label, in order; an empty value stands for no choice.
    pub options: Vec<(String, String)>,
    /// The value that is chosen at first.
    pub selected: String,
}

/// Puts options into a pick list.
pub(super) fn fill(select: &web_sys::Element, options: Options) {
    let (values, labels) = options.options.into_iter().unzip();
    fill_options(select, values, labels, &options.selected);
}

/// A pick list. Its options are put in by one call, as a list of countries has hundreds and each
/// crossing from WebAssembly to the DOM costs a slow phone time.
#[component]
pub fn Select(
    /// What ties it to its label.
    control: Control,
    /// What can be chosen; put in anew when it changes.
    #[prop(into)]
    options: Signal<Options>,
    /// Hears what was chosen.
    #[prop(optional, into)]
    on_change: Option<UnsyncCallback<(String,)>>,
    /// The node.
    #[prop(optional)]
    node_ref: NodeRef<html::Select>,
) -> impl IntoView {
    Effect::new(move |_| {
        if let Some(select) = node_ref.get() {
            fill(&select, options.get());
        }
    });
    let Control {
        id,
        name,
        autocomplete,
        described_by,
        invalid,
        required,
        on_edit,
    } = control;
    let name = (!name.is_empty()).then_some(name);
    view! {
        <select
            class=Part::SELECT.class()
            id=id
            name=name
            autocomplete=autocomplete
            aria-describedby=described_by
            aria-invalid=move || invalid.get().then_some("true")
            aria-required=move || required.get().then_some("true")
            node_ref=node_ref
            on:change=move |event| {
                if let Some(on_change) = on_change {
                    on_change.try_run((dom::typed_text(&event),));
                }
                on_edit.try_run(());
            }
        ></select>
    }
}
