//! Parts of a form under a name of their own.

use super::appearance::Part;
use leptos::prelude::*;

/// A part of a form under a title of its own.
#[component]
pub fn Group(
    /// The title's id.
    id: String,
    /// The title.
    title: String,
    children: Children,
) -> impl IntoView {
    let title_id = id.clone();
    view! {
        <section class=Part::SECTION.class() aria-labelledby=id>
            <h2 class=Part::SECTION_TITLE.class() id=title_id>
                {title}
            </h2>
            {children()}
        </section>
    }
}
