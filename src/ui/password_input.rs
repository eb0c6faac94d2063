//! What belongs to a password: a button that shows it, a checklist, the account it is of.

use super::Text;
use super::appearance::{Part, classes};
use leptos::prelude::*;

/// A control for a password with the button in it that shows it.
#[component]
pub fn PasswordInput(
    /// The control's id.
    id: String,
    /// The button's accessible name.
    toggle: String,
    /// Whether the password is shown.
    shown: Signal<bool>,
    /// What is said when the button was pressed.
    status: Signal<String>,
    /// Hears that the button was pressed.
    #[prop(into)]
    on_toggle: UnsyncCallback<()>,
    children: Children,
) -> impl IntoView {
    view! {
        <div class=Part::PASSWORD.class()>
            {children()}
            <button
                class=Part::PASSWORD_TOGGLE.class()
                type="button"
                aria-controls=id
                aria-pressed=move || if shown.get() { "true" } else { "false" }
                on:click=move |_| { on_toggle.try_run(()); }
            >
                <span class=Part::ALT_TEXT.class()>{toggle}</span>
            </button>
            <span class=Part::HIDDEN.class() role="status" prop:textContent=status></span>
        </div>
    }
}

/// Rules, each with whether it is met.
#[component]
pub fn Checklist(
    /// The list's id.
    id: String,
    /// What stands above it.
    title: String,
    /// The rules, and whether each is met.
    items: Vec<(String, Signal<bool>)>,
    /// What is said of a rule that is met.
    met: String,
    /// What is said of a rule that is not.
    unmet: String,
    /// Whether it is out of sight.
    hidden: Signal<bool>,
) -> impl IntoView {
    let states = StoredValue::new((met, unmet));
    let items = items.into_iter().map(|(text, is_met)| {
        let open = Part::CHECKLIST_ITEM.class();
        let met = classes(&[Part::CHECKLIST_ITEM, Part::CHECKLIST_ITEM_MET]);
        let class = move || {
            if is_met.get() {
                met.clone()
            } else {
                open.clone()
            }
        };
        let state = move || {
            let state = states.try_with_value(|(met, unmet)| {
                let state = if is_met.get() { met } else { unmet };
                [" – ", state].concat()
            });
            state.unwrap_or_default()
        };
        view! {
            <li class=class>
                {text}
                <span class=Part::HIDDEN.class() prop:textContent=state></span>
            </li>
        }
    });
    view! {
        <div class=Part::CHECKLIST.class() id=id hidden=hidden>
            <Text text=title />
            <ul class=Part::CHECKLIST_LIST.class()>{items.collect::<Vec<_>>()}</ul>
        </div>
    }
}

/// The account that a form for passwords belongs to, for password managers alone.
#[component]
pub fn HiddenUsername(
    /// What the customer signs in with.
    value: Signal<String>,
) -> impl IntoView {
    view! {
        <input
            class=Part::HIDDEN.class()
            type="text"
            name="username"
            autocomplete="username"
            aria-hidden="true"
            tabindex="-1"
            readonly=true
            value=value
        />
    }
}
