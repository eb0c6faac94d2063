//! Buttons and links that belong together.

use leptos::prelude::*;

/// A row of buttons and links, which wraps where it has no room.
#[component]
pub fn Actions(
    /// More classes, after a space.
    #[prop(optional)]
    class: &'static str,
    /// The name of the group, where it needs one of its own.
    #[prop(optional)]
    label: Option<String>,
    /// Whether it is out of sight.
    #[prop(optional, into)]
    hidden: Signal<bool>,
    children: Children,
) -> impl IntoView {
    let role = label.is_some().then_some("group");
    view! {
        <div class=["account-ways", class].concat() role=role aria-label=label hidden=hidden>
            {children()}
        </div>
    }
}
