//! Something that is on or off.

use super::appearance::Part;
use super::id::unique_id;
use leptos::prelude::*;

/// A switch with its name, its state in a word, and what it is for. Without a signal it is always on, and
/// there is nothing to switch.
#[component]
pub fn Switch(
    /// The control's name.
    name: &'static str,
    /// What it is called.
    label: String,
    /// What it is for.
    about: String,
    /// Whether it is on.
    is_on: Option<RwSignal<bool>>,
    /// What is said while it is on.
    on: String,
    /// What is said while it is off.
    off: String,
    /// What is said where there is nothing to switch.
    #[prop(optional, into)]
    always_on: String,
    /// Whether a change is under way: until then it cannot be switched.
    #[prop(optional, into)]
    busy: Signal<bool>,
    /// Hears of a change.
    #[prop(optional, into)]
    on_change: Option<UnsyncCallback<bool>>,
) -> impl IntoView {
    let about_id = unique_id("about");
    let head = match is_on {
        None => view! {
            <p class=Part::SWITCH_LABEL.class()>
                <b class=Part::SWITCH_NAME.class()>{label}</b>
                " "
                {always_on}
            </p>
        }
        .into_any(),
        Some(is_on) => view! {
            <label class=Part::SWITCH_LABEL.class()>
                <b class=Part::SWITCH_NAME.class()>{label}</b>
                <span class=Part::SWITCH_STATE.class()>
                    // A screen reader says of a switch whether it is on.
                    <span
                        aria-hidden="true"
                        prop:textContent=move || if is_on.get() { on.clone() } else { off.clone() }
                    ></span>
                    <input
                        class=Part::SWITCH_CONTROL.class()
                        type="checkbox"
                        role="switch"
                        name=name
                        aria-describedby=about_id.clone()
                        aria-disabled=move || busy.get().then_some("true")
                        prop:checked=is_on
                        on:click=move |event| {
                            if busy.get_untracked() {
                                event.prevent_default();
                            }
                        }
                        on:change=move |event| {
                            let is_checked = super::dom::is_checked(&event);
                            is_on.set(is_checked);
                            if let Some(on_change) = on_change {
                                on_change.try_run(is_checked);
                            }
                        }
                    />
                </span>
            </label>
        }
        .into_any(),
    };
    view! {
        <div class=Part::SWITCH.class()>
            {head} <p class=Part::TEXT.class() id=about_id>{about}</p>
        </div>
    }
}
