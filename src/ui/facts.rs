//! Names and values.

use leptos::prelude::*;

/// A list of names and their values.
#[component]
pub fn Facts(
    /// Name and value, in order.
    #[prop(into)]
    facts: Signal<Vec<(String, String)>>,
) -> impl IntoView {
    let items = move || {
        let facts = facts.get().into_iter();
        let items = facts.map(|(name, value)| {
            view! {
                <dt>{name}</dt>
                <dd>{value}</dd>
            }
        });
        items.collect::<Vec<_>>()
    };
    view! { <dl class="account-facts">{items}</dl> }
}
