//! A link.

use leptos::ev::MouseEvent;
use leptos::prelude::*;

/// What a link looks like.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum LinkVariant {
    /// A link.
    #[default]
    Plain,
    /// Like a button.
    Button,
}

/// A link; a click can be heard, and prevented, before the browser follows it.
#[component]
pub fn Link(
    /// Where it leads.
    href: String,
    /// What is on it.
    text: String,
    /// What it looks like.
    #[prop(optional)]
    variant: LinkVariant,
    /// Hears the click.
    #[prop(optional, into)]
    on_click: Option<UnsyncCallback<(MouseEvent,)>>,
) -> impl IntoView {
    let class = match variant {
        LinkVariant::Plain => None,
        LinkVariant::Button => Some("account-button account-button--primary"),
    };
    view! {
        <a
            class=class
            href=href
            on:click=move |event| {
                if let Some(on_click) = on_click {
                    on_click.try_run((event,));
                }
            }
        >
            {text}
        </a>
    }
}
