//! Names and values.

use super::remade;
use leptos::prelude::*;

/// A list of names and their values.
#[component]
pub fn Facts(
    /// Name and value, in order.
    #[prop(into)]
    facts: Signal<Vec<(String, String)>>,
) -> impl IntoView {
    let items = remade(move || {
        let facts = facts.get().into_iter();
        let items = facts.map(|(name, value)| {
            view! {
                <dt>{name}</dt>
                <dd>{value}</dd>
            }
        });
        Some(items.collect::<Vec<_>>().into_any())
    });
    view! { <dl class="account-facts">{items}</dl> }
}
