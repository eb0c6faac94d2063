//! A line of text with suggestions below it.

use super::appearance::Part;
use super::dom;
use super::field::Control;
use super::remade::remade;
use super::status::Status;
use super::text_input::TextInput;
use leptos::html;
use leptos::prelude::*;
use web_sys::{Element, Event};

/// What a combobox suggests for what is typed. Cheap to copy; lives as long as its owner.
#[derive(Clone, Copy)]
pub struct Suggestions {
    labels: StoredValue<Vec<String>>,
    /// The one that the keyboard is at, counted from 1; 0 for none.
    active: RwSignal<u32>,
    /// Goes up with every other list.
    round: RwSignal<u32>,
    status: RwSignal<String>,
}

/// What a shopper does with a combobox.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ComboboxEvent {
    /// This stands in it now.
    Typed,
    /// The suggestion of this index was chosen.
    Chosen(usize),
    /// None of what is suggested is wanted.
    Dismissed,
}

impl Default for Suggestions {
    fn default() -> Self {
        Self {
            labels: StoredValue::new(Vec::new()),
            active: RwSignal::new(0),
            round: RwSignal::new(0),
            status: RwSignal::new(String::new()),
        }
    }
}

impl Suggestions {
    /// Suggests these, and says `status` to those who do not see them. Nothing closes the list.
    pub fn set(self, labels: Vec<String>, status: String) {
        self.labels.set_value(labels);
        self.active.set(0);
        self.status.set(status);
        self.round.update(|round| *round = round.wrapping_add(1));
    }

    /// Whether nothing is suggested and nothing is said.
    #[must_use]
    pub fn is_silent(self) -> bool {
        self.count() == 0 && self.status.try_with_untracked(String::is_empty) != Some(false)
    }

    fn count(self) -> u32 {
        let count = self.labels.try_with_value(Vec::len).unwrap_or_default();
        u32::try_from(count).unwrap_or_default()
    }

    /// Sets the states of the control and of its list: whether that is open, and which suggestion the keyboard is at.
    fn set_states(self, active: u32, input: &Element, list: &Element) {
        let is_open = self.count() > 0;
        dom::set_attribute(
            input,
            "aria-expanded",
            if is_open { "true" } else { "false" },
        );
        dom::set_attribute(list, "hidden", if is_open { "" } else { "hidden" });
        let mut active_id = String::new();
        for (option, number) in dom::children(list).into_iter().zip(1..) {
            let is_active = number == active;
            dom::set_attribute(
                &option,
                "aria-selected",
                if is_active { "true" } else { "false" },
            );
            if is_active {
                active_id = option.id();
                dom::reveal(&option);
            }
        }
        dom::set_attribute(input, "aria-activedescendant", &active_id);
    }

    /// What a key does; whether it is taken.
    fn on_key(self, event: &Event, act: UnsyncCallback<(ComboboxEvent,)>) -> bool {
        let (count, active) = (self.count(), self.active.get_untracked());
        // While a word is composed, its keys belong to the input method.
        if count == 0 || dom::is_composing(event) {
            return false;
        }
        match &*dom::key_of(event) {
            "ArrowDown" => self.active.set(if active < count {
                active.saturating_add(1)
            } else {
                1
            }),
            "ArrowUp" => self.active.set(if active > 1 {
                active.saturating_sub(1)
            } else {
                count
            }),
            "Enter" if active > 0 => {
                act.try_run((ComboboxEvent::Chosen(active.saturating_sub(1) as usize),));
            }
            "Escape" => {
                act.try_run((ComboboxEvent::Dismissed,));
            }
            _ => return false,
        }
        true
    }
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
    /// What the list is called.
    list_name: String,
    /// Hears what the shopper does.
    on_event: UnsyncCallback<(ComboboxEvent,)>,
) -> impl IntoView {
    let list_id = [&control.id, "-suggestions"].concat();
    let input = NodeRef::<html::Input>::new();
    let list = NodeRef::<html::Ul>::new();
    Effect::new(move |_| {
        suggestions.round.track();
        let active = suggestions.active.get();
        if let (Some(input), Some(list)) = (input.get(), list.get()) {
            suggestions.set_states(active, &input, &list);
        }
    });
    let options = {
        let list_id = list_id.clone();
        remade(move || {
            suggestions.round.track();
            let labels = suggestions.labels.try_get_value()?;
            let options = labels.into_iter().zip(1..).map(|(label, number)| {
                let id = format!("{list_id}-{number}");
                view! {
                    <li
                        class=Part::SUGGESTION.class()
                        id=id
                        role="option"
                        aria-selected="false"
                        // An address may run the other way than the page.
                        dir="auto"
                    >
                        {label}
                    </li>
                }
            });
            Some(options.collect::<Vec<_>>().into_any())
        })
    };
    // The attributes of a combobox, on a control like the others.
    let controls = list_id.clone();
    Effect::new(move |_| {
        if let Some(input) = input.get() {
            dom::set_attribute(&input, "role", "combobox");
            dom::set_attribute(&input, "aria-autocomplete", "list");
            dom::set_attribute(&input, "aria-controls", &controls);
        }
    });
    let choose = move |event: &Event| {
        if let Some(index) = list.get_untracked().and_then(|list| place_of(event, &list)) {
            on_event.try_run((ComboboxEvent::Chosen(index),));
        }
    };
    view! {
        <div
            class=Part::COMBOBOX.class()
            on:keydown=move |event| {
                if suggestions.on_key(&event, on_event) {
                    event.prevent_default();
                    // A dialog that the form may be in stays open.
                    event.stop_propagation();
                }
            }
            on:focusout=move |_| { on_event.try_run((ComboboxEvent::Dismissed,)); }
        >
            <TextInput
                control=control
                input_type="text"
                value=value
                verbatim=true
                on_input=move |_: String| { on_event.try_run((ComboboxEvent::Typed,)); }
                node_ref=input
            />
            <ul
                class=Part::SUGGESTIONS.class()
                id=list_id
                role="listbox"
                aria-label=list_name
                node_ref=list
                // The focus stays where the shopper types.
                on:mousedown=|event| event.prevent_default()
                on:click=move |event| choose(&event)
            >
                {options}
            </ul>
            <Status part=Part::HIDDEN text=suggestions.status />
        </div>
    }
}

/// The place of an event's target among the options of `list`.
fn place_of(event: &Event, list: &Element) -> Option<usize> {
    let target: Element = dom::target(event)?;
    let mut options = dom::children(list).into_iter();
    options.position(|option| option == target)
}
