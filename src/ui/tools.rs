//! Controls that narrow a list.

use super::appearance::{Part, classes};
use super::dom;
use super::select::{Options, fill};
use leptos::html;
use leptos::prelude::*;

/// A control for words to search, as wide as there is room.
#[component]
pub fn SearchInput(
    /// The control's id.
    id: String,
    /// What is above it.
    label: String,
    /// What is searched; the control is emptied when this is.
    text: Signal<String>,
    /// Hears what is typed.
    #[prop(into)]
    on_input: UnsyncCallback<(String,)>,
) -> impl IntoView {
    let node_ref = NodeRef::<html::Input>::new();
    Effect::new(move |_| {
        if text.with(String::is_empty)
            && let Some(input) = node_ref.get_untracked()
        {
            input.set_value("");
        }
    });
    view! {
        <div class=classes(&[Part::TOOL, Part::TOOL_WIDE])>
            <label class=Part::LABEL.class() for=id.clone()>
                {label}
            </label>
            <input
                class=Part::INPUT.class()
                type="search"
                id=id
                autocomplete="off"
                spellcheck="false"
                node_ref=node_ref
                on:input=move |event| { on_input.try_run((dom::typed_text(&event),)); }
            />
        </div>
    }
}

/// A pick list with a label above it. It is hidden while there is nothing to choose: two options are no
/// choice where the first stands for all.
#[component]
pub fn ToolSelect(
    /// The control's id.
    id: String,
    /// What is above it.
    label: String,
    /// What can be chosen, and what is.
    #[prop(into)]
    options: Signal<Options>,
    /// Hears what was chosen.
    #[prop(into)]
    on_change: UnsyncCallback<(String,)>,
) -> impl IntoView {
    let node_ref = NodeRef::<html::Select>::new();
    Effect::new(move |_| {
        if let Some(select) = node_ref.get() {
            fill(&select, options.get());
        }
    });
    view! {
        <div
            class=Part::TOOL.class()
            hidden=move || options.with(|options| options.options.len() < 3)
        >
            <label class=Part::LABEL.class() for=id.clone()>
                {label}
            </label>
            <select
                class=Part::SELECT.class()
                id=id
                node_ref=node_ref
                on:change=move |event| { on_change.try_run((dom::typed_text(&event),)); }
            ></select>
        </div>
    }
}
