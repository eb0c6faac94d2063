//! Something that the shopper should see before anything else.

use super::appearance::Part;
use leptos::prelude::*;

/// A notice in a box of its own.
#[component]
pub fn Notice(
    /// Whether it is out of sight.
    #[prop(optional, into)]
    hidden: Signal<bool>,
    children: Children,
) -> impl IntoView {
    view! {
        <section class=Part::NOTICE.class() hidden=hidden>
            {children()}
        </section>
    }
}
