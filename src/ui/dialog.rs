//! A question that must be answered before anything else.

use super::appearance::Part;
use super::id::unique_id;
use leptos::html;
use leptos::prelude::*;

/// The dialog in the page: opens and closes it.
#[derive(Clone, Copy, Default)]
pub struct DialogRef(NodeRef<html::Dialog>);

impl DialogRef {
    /// Opens the dialog. `false` where that cannot be: it is open already, or in no document.
    pub fn open(self) -> bool {
        let dialog = self.0.try_get_untracked().flatten();
        dialog.is_some_and(|dialog| dialog.show_modal().is_ok())
    }

    /// Closes the dialog.
    pub fn close(self) {
        if let Some(dialog) = self.0.try_get_untracked().flatten() {
            dialog.close();
        }
    }

    /// Opens the dialog as soon as it is in the page.
    pub fn open_when_ready(self) {
        self.0.on_load(|dialog| {
            super::dom::defer(move || {
                // Fails only where it is not in a document.
                let _ = dialog.show_modal();
            });
        });
    }
}

/// A modal dialog, closed at first. Its content is a column under the title.
#[component]
pub fn Dialog(
    /// What it asks.
    #[prop(into)]
    title: Signal<String>,
    /// Opens and closes it.
    dialog: DialogRef,
    /// The name of the button at its corner that closes it, where it has one.
    #[prop(optional)]
    close: Option<String>,
    /// Hears that it was closed, by Escape too.
    #[prop(optional, into)]
    on_close: Option<UnsyncCallback<()>>,
    children: Children,
) -> impl IntoView {
    let close = close.map(|name| {
        view! {
            <button class=Part::DIALOG_CLOSE.class() type="button" on:click=move |_| dialog.close()>
                <span class=Part::ALT_TEXT.class()>{name}</span>
            </button>
        }
    });
    let id = unique_id("dialog");
    let title_id = id.clone();
    view! {
        <dialog
            class=Part::DIALOG.class()
            aria-labelledby=id
            node_ref=dialog.0
            on:close=move |_| {
                if let Some(on_close) = on_close {
                    on_close.try_run(());
                }
            }
        >
            <h2 class=Part::TITLE.class() id=title_id prop:textContent=title></h2>
            {close}
            {children()}
        </dialog>
    }
}
