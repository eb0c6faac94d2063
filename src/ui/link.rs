//! A link.

use super::appearance::Part;
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
    let part = match variant {
        LinkVariant::Plain => Part::LINK,
        LinkVariant::Button => Part::LINK_BUTTON,
    };
    view! {
        <a
            class=part.class()
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
