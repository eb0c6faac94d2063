//! A button.

use super::appearance::{Part, classes};
use leptos::html;
use leptos::prelude::*;

/// How much a button asks for attention.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum ButtonVariant {
    /// What the view is for; one of them in a view.
    Primary,
    /// Something else to do.
    #[default]
    Secondary,
    /// Something beside the purpose of the view; looks like a link.
    Plain,
}

impl ButtonVariant {
    const fn part(self) -> Part {
        match self {
            Self::Primary => Part::BUTTON_PRIMARY,
            Self::Secondary => Part::BUTTON,
            Self::Plain => Part::BUTTON_PLAIN,
        }
    }
}

/// A button. While it is `busy` it keeps the focus and says that it is disabled (WCAG 2.4.3).
#[component]
pub fn Button(
    /// What is on it.
    #[prop(into)]
    text: Signal<String>,
    /// What it is about, said to screen readers where many buttons have the same text (WCAG 2.4.9).
    #[prop(optional)]
    about: Option<String>,
    /// How much it asks for attention.
    #[prop(optional)]
    variant: ButtonVariant,
    /// Which part it is, beside that of its variant.
    #[prop(optional)]
    part: Option<Part>,
    /// Whether it sends its form.
    #[prop(optional)]
    submit: bool,
    /// Whether what it does is under way.
    #[prop(optional, into)]
    busy: Signal<bool>,
    /// Whether it is out of sight.
    #[prop(optional, into)]
    hidden: Signal<bool>,
    /// Hears the click.
    #[prop(optional, into)]
    on_click: Option<UnsyncCallback<()>>,
    /// The node.
    #[prop(optional)]
    node_ref: NodeRef<html::Button>,
) -> impl IntoView {
    let class = match part {
        Some(part) => classes(&[variant.part(), part]),
        None => variant.part().class(),
    };
    let about = about.map(|about| {
        let about = [": ", &about].concat();
        view! { <span class=Part::HIDDEN.class()>{about}</span> }
    });
    view! {
        <button
            class=class
            type=if submit { "submit" } else { "button" }
            aria-disabled=move || busy.get().then_some("true")
            hidden=hidden
            node_ref=node_ref
            on:click=move |_| {
                if let Some(on_click) = on_click {
                    on_click.try_run(());
                }
            }
        >
            <span prop:textContent=text></span>
            {about}
        </button>
    }
}
