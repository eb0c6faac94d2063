//! What stands at the top and at the bottom of every form.

use super::appearance::Part;
use super::{Button, ButtonVariant};
use leptos::html;
use leptos::prelude::*;

/// The summary of what is wrong; can take the focus. Its children are `<li>`.
#[component]
pub fn ErrorSummary(
    /// The title's id.
    id: String,
    /// The title.
    title: String,
    /// Whether nothing is wrong.
    hidden: Signal<bool>,
    /// The node.
    node_ref: NodeRef<html::Div>,
    children: Children,
) -> impl IntoView {
    let title_id = id.clone();
    view! {
        <div
            class=Part::SUMMARY.class()
            role="group"
            tabindex="-1"
            aria-labelledby=id
            hidden=hidden
            node_ref=node_ref
        >
            <h2 class=Part::SUMMARY_TITLE.class() id=title_id>
                {title}
            </h2>
            <ul class=Part::SUMMARY_LIST.class()>{children()}</ul>
        </div>
    }
}

/// The button that sends the form, and one polite status beside it (WCAG 4.1.3). The button can be
/// focused while the form is on its way; a second click does nothing.
#[component]
pub fn SubmitRow(
    /// What is on the button.
    text: Signal<String>,
    /// Whether the form is on its way.
    busy: Signal<bool>,
    /// What is said of that.
    status: Signal<String>,
    /// Hears that the button was pressed, before the form is sent.
    on_click: Option<UnsyncCallback<()>>,
    children: Children,
) -> impl IntoView {
    view! {
        <div class=Part::SUBMIT.class()>
            <Button
                text=text
                variant=ButtonVariant::Primary
                submit=true
                busy=busy
                on_click=move || {
                    if let Some(on_click) = on_click {
                        on_click.try_run(());
                    }
                }
            />
            <span class=Part::HIDDEN.class() role="status" prop:textContent=status></span>
            {children()}
        </div>
    }
}
