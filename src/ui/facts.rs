//! Names and values.

use super::appearance::Part;
use super::remade;
use leptos::prelude::*;

/// A list of names and their values.
#[component]
pub fn Facts(
    /// Name and value, in order.
    #[prop(into)]
    facts: Signal<Vec<(String, String)>>,
) -> impl IntoView {
    let (name_class, value_class) = (Part::FACTS_NAME.class(), Part::FACTS_VALUE.class());
    let items = remade(move || {
        let facts = facts.get().into_iter();
        let items = facts.map(|(name, value)| {
            view! {
                <dt class=name_class.clone()>{name}</dt>
                <dd class=value_class.clone()>{value}</dd>
            }
        });
        Some(items.collect::<Vec<_>>().into_any())
    });
    view! { <dl class=Part::FACTS.class()>{items}</dl> }
}
