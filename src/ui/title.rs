//! A title that can take the focus.

use super::appearance::Part;
use super::dom;
use leptos::html;
use leptos::prelude::*;
use wasm_bindgen::JsCast;

/// What a title is in the page's outline.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum TitleTag {
    /// A heading.
    #[default]
    H2,
    /// A paragraph, said and focused like a heading, which is not in the outline.
    P,
}

/// A title that can take the focus, so that a shopper hears where they are now.
#[component]
pub fn Title(
    /// The words.
    #[prop(into)]
    text: Signal<String>,
    /// Heading or paragraph.
    #[prop(optional)]
    tag: TitleTag,
    /// Whether it takes the focus as soon as it is in the page.
    #[prop(optional)]
    focus: bool,
    /// The id of a heading.
    #[prop(optional, into)]
    id: Option<String>,
    /// The node of a heading.
    #[prop(optional)]
    node_ref: NodeRef<html::H2>,
) -> impl IntoView {
    match tag {
        TitleTag::H2 => {
            if focus {
                node_ref.on_load(|title| dom::focus_later(title.unchecked_into()));
            }
            view! {
                <h2
                    class=Part::TITLE.class()
                    id=id
                    tabindex="-1"
                    node_ref=node_ref
                    prop:textContent=text
                ></h2>
            }
            .into_any()
        }
        TitleTag::P => {
            let node_ref = NodeRef::<html::P>::new();
            if focus {
                node_ref.on_load(|title| dom::focus_later(title.unchecked_into()));
            }
            view! {
                <p
                    class=Part::TITLE.class()
                    tabindex="-1"
                    node_ref=node_ref
                    prop:textContent=text
                ></p>
            }
            .into_any()
        }
    }
}
