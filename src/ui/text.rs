//! A paragraph.

use super::appearance::Part;
use leptos::prelude::*;

/// A paragraph.
#[component]
pub fn Text(
    /// Its words.
    #[prop(into)]
    text: Signal<String>,
) -> impl IntoView {
    view! { <p class=Part::TEXT.class() prop:textContent=text></p> }
}
