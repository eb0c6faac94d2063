//! Something that the shopper should see before anything else.

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
        <section class="account-notice" hidden=hidden>
            {children()}
        </section>
    }
}
