//! A box to tick, without a text beside it.

use super::appearance::Part;
use super::dom;
use leptos::prelude::*;

/// A box to tick that stands for itself: what it is for is its accessible name.
#[component]
pub fn Checkbox(
    /// Which part the label around it is, which makes its target large enough (WCAG 2.5.8).
    part: Part,
    /// Its accessible name.
    label: Signal<String>,
    /// Whether it is ticked.
    checked: Signal<bool>,
    /// Whether it can be ticked now.
    disabled: Signal<bool>,
    /// Hears whether it is ticked now.
    #[prop(into)]
    on_change: UnsyncCallback<(bool,)>,
) -> impl IntoView {
    view! {
        <label class=part.class()>
            <input
                class=Part::CHECKBOX.class()
                type="checkbox"
                aria-label=label
                disabled=disabled
                prop:checked=checked
                on:change=move |event| { on_change.try_run((dom::is_checked(&event),)); }
            />
        </label>
    }
}
