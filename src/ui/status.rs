//! What is said without taking the focus.

use super::appearance::Part;
use leptos::prelude::*;

/// A paragraph that screen readers say when it changes (WCAG 4.1.3).
#[component]
pub fn Status(
    /// What is said; nothing while it is empty.
    #[prop(into)]
    text: Signal<String>,
    /// Which part it is; a text where none is given.
    #[prop(optional)]
    part: Option<Part>,
    /// Whether it is said at once, as an error is.
    #[prop(optional)]
    alert: bool,
) -> impl IntoView {
    let class = part.unwrap_or(Part::TEXT).class();
    view! {
        <p class=class role=if alert { "alert" } else { "status" } prop:textContent=text></p>
    }
}
