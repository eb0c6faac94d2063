//! A question that must be answered before anything else.

use super::element::{Element, styled};
use crate::i18n::{I18n, Message};
use crate::state::{instance, part_id};
use wasm_bindgen::JsCast;
use web_sys::HtmlDialogElement;

/// A dialog under `title`, closed at first, and the browser's own part of it.
pub(super) fn dialog_view(title: impl Fn() -> String + 'static) -> (Element, HtmlDialogElement) {
    let id = part_id(instance(), "dialog");
    let dialog = styled("dialog", "account-dialog").attr("aria-labelledby", &id);
    let node = dialog.node().unchecked_into();
    let heading = styled("h2", "account-title").attr("id", &id);
    (dialog.child(heading.text_with(title)), node)
}

/// A button of a dialog.
pub(super) fn dialog_button(i18n: I18n, words: Message) -> Element {
    styled("button", "account-button")
        .attr("type", "button")
        .text(&i18n.text(words))
}

/// The button that has the focus at first and closes the dialog.
pub(super) fn close_button(i18n: I18n, words: Message, dialog: &HtmlDialogElement) -> Element {
    let dialog = dialog.clone();
    dialog_button(i18n, words)
        .flag("autofocus", true)
        .on("click", move |_| dialog.close())
}
