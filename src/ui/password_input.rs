//! What belongs to a password: a button that shows it, a checklist, the account it is of.

use super::{Button, ButtonVariant};
use leptos::prelude::*;

/// A control for a password with the button that shows it.
#[component]
pub fn PasswordInput(
    /// The control's id.
    id: String,
    /// What is on the button.
    toggle: Signal<String>,
    /// The button's accessible name.
    toggle_label: Signal<String>,
    /// What is said when it was pressed.
    status: Signal<String>,
    /// Hears that the button was pressed.
    #[prop(into)]
    on_toggle: UnsyncCallback<()>,
    children: Children,
) -> impl IntoView {
    view! {
        <div class="account-password">
            {children()}
            <Button
                text=toggle
                variant=ButtonVariant::Plain
                on_click=on_toggle
                attr:aria-controls=id
                attr:aria-label=toggle_label
            />
            <span class="account-hidden" role="status">
                {status}
            </span>
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
) -> impl IntoView {
    let states = StoredValue::new((met, unmet));
    let items = items.into_iter().map(|(text, is_met)| {
        let state = move || {
            let state = states.try_with_value(|(met, unmet)| {
                if is_met.get() {
                    met.clone()
                } else {
                    unmet.clone()
                }
            });
            state.unwrap_or_default()
        };
        view! {
            <li class="account-rules__rule" class=("account-rules__rule--met", is_met)>
                {text}
                <span class="account-hidden">" – " {state}</span>
            </li>
        }
    });
    view! {
        <div class="account-rules" id=id>
            <p>{title}</p>
            <ul class="account-rules__list">{items.collect::<Vec<_>>()}</ul>
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
            class="account-hidden"
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
