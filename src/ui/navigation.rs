//! A navigation between views.

use super::appearance::{Part, classes};
use super::dom;
use leptos::prelude::*;

/// A list of links, and what stands beside them.
#[component]
pub fn Navigation(
    /// Its accessible name.
    label: String,
    /// What stands beside the links.
    aside: Option<AnyView>,
    /// The links, `<li>` each.
    children: Children,
) -> impl IntoView {
    view! {
        <nav class=Part::NAVIGATION.class() aria-label=label>
            <ul class=Part::NAVIGATION_LIST.class()>{children()}</ul>
            {aside}
        </nav>
    }
}

/// A link to a view by the fragment of the page's address.
#[component]
pub fn NavigationLink(
    /// The fragment, `#` and all.
    href: &'static str,
    /// What is on it.
    text: String,
    /// Whether its view is the one that is shown.
    current: Signal<bool>,
    /// Hears that the shopper goes there on this page.
    #[prop(into)]
    on_go: UnsyncCallback<()>,
) -> impl IntoView {
    let item = Part::NAVIGATION_ITEM.class();
    let shown = classes(&[Part::NAVIGATION_ITEM, Part::NAVIGATION_CURRENT]);
    view! {
        <li class=move || if current.get() { shown.clone() } else { item.clone() }>
            <a
                class=Part::NAVIGATION_LINK.class()
                href=href
                aria-current=move || current.get().then_some("page")
                on:click=move |event| {
                    if dom::is_for_elsewhere(&event) {
                        return;
                    }
                    // The theme's router must not take the fragment for a page.
                    event.prevent_default();
                    on_go.try_run(());
                }
            >
                {text}
            </a>
        </li>
    }
}
