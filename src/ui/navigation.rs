//! A navigation between views.

use super::appearance::{Part, classes};
use super::dom;
use leptos::html;
use leptos::prelude::*;
use wasm_bindgen::prelude::{JsValue, wasm_bindgen};

#[wasm_bindgen(module = "/src/ui/navigation.js")]
extern "C" {
    /// # Errors
    ///
    /// What the page's own observers throw, where a script has replaced them.
    #[wasm_bindgen(catch, js_name = followCurrent)]
    fn follow_current(list: &web_sys::Element) -> Result<(), JsValue>;
}

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
    let list = NodeRef::<html::Ul>::new();
    Effect::new(move |_| {
        if let Some(list) = list.get() {
            // Without it, the row still scrolls by hand.
            follow_current(&list).ok();
        }
    });
    view! {
        <nav class=Part::NAVIGATION.class() aria-label=label>
            <ul class=Part::NAVIGATION_LIST.class() node_ref=list>
                {children()}
            </ul>
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
