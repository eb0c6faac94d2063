//! A line of text with suggestions below it.

use super::appearance::Part;
use super::dom;
use super::field::Control;
use super::status::Status;
use super::text_input::{Popup, TextInput};
use leptos::prelude::*;
use web_sys::Event;

/// What a combobox suggests for what is typed.
#[derive(Clone, Copy)]
pub struct Suggestions {
    /// What can be chosen; nothing while the list is closed.
    pub labels: Signal<Vec<String>>,
    /// What the list is called.
    pub name: StoredValue<String>,
    /// What is said of it to those who do not see it.
    pub status: Signal<String>,
    /// Hears what is typed.
    pub on_query: UnsyncCallback<(String,)>,
    /// Hears which of the labels is chosen.
    pub on_choose: UnsyncCallback<(usize,)>,
    /// Hears that the shopper wants none of them.
    pub on_dismiss: UnsyncCallback<()>,
}

/// A control for one line of text with a list of suggestions, none of which has to be taken (ARIA Authoring Practices,
/// combobox with list autocomplete and manual selection).
#[component]
pub fn Combobox(
    /// What ties it to its label.
    control: Control,
    /// What it starts with.
    value: String,
    /// What it suggests.
    suggestions: Suggestions,
) -> impl IntoView {
    let Suggestions {
        labels,
        name,
        status,
        on_query,
        on_choose,
        on_dismiss,
    } = suggestions;
    let list_id = [&control.id, "-suggestions"].concat();
    let option_id = {
        let list_id = list_id.clone();
        move |index: usize| format!("{list_id}-{index}")
    };
    let active = RwSignal::new(None::<usize>);
    let count = Memo::new(move |_| labels.with(Vec::len));
    // Other suggestions: what was marked among the last ones means nothing.
    Effect::new(move |_| {
        labels.track();
        active.set(None);
    });
    let active_id = {
        let option_id = option_id.clone();
        Signal::derive(move || active.get().map(&option_id))
    };
    let popup = Popup {
        id: list_id.clone(),
        is_open: Signal::derive(move || count.get() > 0),
        active_id,
    };
    let on_key = move |event: Event| {
        let count = count.get_untracked();
        let current = active.get_untracked();
        // While a word is composed, its keys belong to the input method.
        if count == 0 || dom::is_composing(&event) {
            return;
        }
        let last = count.saturating_sub(1);
        match (&*dom::key_of(&event), current) {
            ("ArrowDown", None) => active.set(Some(0)),
            ("ArrowDown", Some(index)) => {
                active.set(Some(if index < last { index + 1 } else { 0 }))
            }
            ("ArrowUp", None | Some(0)) => active.set(Some(last)),
            ("ArrowUp", Some(index)) => active.set(Some(index.saturating_sub(1))),
            ("Enter", Some(index)) => {
                on_choose.try_run((index,));
            }
            ("Escape", _) => {
                // The list is closed, and not the dialog that the form may be in.
                event.stop_propagation();
                on_dismiss.try_run(());
            }
            _ => return,
        }
        event.prevent_default();
    };
    let options = move || {
        let labels = labels.get().into_iter().enumerate();
        let options = labels.map(|(index, label)| {
            view! {
                <li
                    class=Part::SUGGESTION.class()
                    id=option_id(index)
                    role="option"
                    aria-selected=move || {
                        if active.get() == Some(index) { "true" } else { "false" }
                    }
                    on:click=move |_| { on_choose.try_run((index,)); }
                >
                    {label}
                </li>
            }
        });
        options.collect::<Vec<_>>()
    };
    view! {
        <div
            class=Part::COMBOBOX.class()
            on:keydown=move |event| on_key(event.into())
            on:focusout=move |_| { on_dismiss.try_run(()); }
        >
            <TextInput
                control=control
                input_type="text"
                value=value
                verbatim=true
                popup=popup
                on_input=move |text: String| { on_query.try_run((text,)); }
            />
            <ul
                class=Part::SUGGESTIONS.class()
                id=list_id
                role="listbox"
                aria-label=name.try_get_value().unwrap_or_default()
                hidden=move || count.get() == 0
                // The focus stays where the shopper types.
                on:mousedown=|event| event.prevent_default()
            >
                {options}
            </ul>
            <Status part=Part::HIDDEN text=status />
        </div>
    }
}
