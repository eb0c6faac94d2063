//! What just happened, and the way back.

use super::Button;
use super::appearance::{Part, classes};
use leptos::prelude::*;

/// A polite line (WCAG 4.1.3), and a button that undoes what it says, for as long as that can be undone.
#[component]
pub fn UndoBar(
    /// What just happened.
    text: Signal<String>,
    /// On the button.
    undo: String,
    /// Whether it can be undone.
    can_undo: Signal<bool>,
    /// Hears that the button was pressed.
    #[prop(into)]
    on_undo: UnsyncCallback<()>,
    /// Hears whether the pointer is here.
    #[prop(into)]
    on_pointer: UnsyncCallback<(bool,)>,
    /// Hears whether the focus is here.
    #[prop(into)]
    on_focus: UnsyncCallback<(bool,)>,
) -> impl IntoView {
    // Nodes that go may still send an event: the callbacks may be gone by then.
    let tell = |callback: UnsyncCallback<(bool,)>, is_here| {
        callback.try_run((is_here,));
    };
    let (telling, undoing) = (
        Part::TOAST.class(),
        classes(&[Part::TOAST, Part::TOAST_UNDO]),
    );
    view! {
        <div
            class=move || if can_undo.get() { undoing.clone() } else { telling.clone() }
            on:mouseenter=move |_| tell(on_pointer, true)
            on:mouseleave=move |_| tell(on_pointer, false)
            on:focusin=move |_| tell(on_focus, true)
            on:focusout=move |_| tell(on_focus, false)
        >
            <p class=Part::TOAST_TEXT.class() role="status" prop:textContent=text></p>
            <Button
                text=undo
                hidden=Signal::derive(move || !can_undo.get())
                on_click=on_undo
                attr:aria-keyshortcuts="Control+Z"
            />
        </div>
    }
}
