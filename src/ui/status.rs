//! What is said without taking the focus.

use leptos::prelude::*;

/// A paragraph that screen readers say when it changes (WCAG 4.1.3).
#[component]
pub fn Status(
    /// What is said; nothing while it is empty.
    #[prop(into)]
    text: Signal<String>,
    /// Its class.
    #[prop(optional)]
    class: Option<&'static str>,
    /// Whether it is said at once, as an error is.
    #[prop(optional)]
    alert: bool,
) -> impl IntoView {
    view! {
        <p class=class role=if alert { "alert" } else { "status" }>
            {text}
        </p>
    }
}
