//! Buttons and links that belong together.

use super::appearance::{Part, classes};
use leptos::prelude::*;

/// A row of buttons and links, which wraps where it has no room.
#[component]
pub fn Actions(
    /// Which part they are, beside `actions`.
    #[prop(optional)]
    part: Option<Part>,
    /// The name of the group, where it needs one of its own.
    #[prop(optional)]
    label: Option<String>,
    /// Whether it is out of sight.
    #[prop(optional, into)]
    hidden: Signal<bool>,
    children: Children,
) -> impl IntoView {
    let class = match part {
        Some(part) => classes(&[Part::ACTIONS, part]),
        None => Part::ACTIONS.class(),
    };
    let role = label.is_some().then_some("group");
    view! {
        <div class=class role=role aria-label=label hidden=hidden>
            {children()}
        </div>
    }
}
