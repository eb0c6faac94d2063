//! What just happened to the address book, and the way back from a deletion.

use super::book::AddressBookState;
use super::context::Announcement;
use super::deletions::Hold;
use crate::elements::shared::ElementContext;
use crate::i18n::{I18n, Message};
use crate::ui::UndoBar;
use leptos::prelude::*;

/// One polite line (WCAG 4.1.3) and the button that brings back what was deleted. The time for it stands
/// still while the shopper is there (WCAG 2.2.1).
#[component]
pub fn Announcements(
    /// The book that is shown, if one is.
    book: RwSignal<Option<AddressBookState>>,
) -> impl IntoView {
    let i18n = ElementContext::current().i18n;
    let shown = move || book.try_get().flatten();
    let can_undo = Signal::derive(move || shown().is_some_and(|book| book.deletions.can_undo()));
    let text = Signal::derive(move || {
        let said = shown().map(|book| book.context.announcement());
        let (announcement, count) = said.unwrap_or_default();
        let mut text = announcement.map(|of| message(i18n, of)).unwrap_or_default();
        // The same words are said again only if they are other words.
        if !text.is_empty() && count % 2 == 1 {
            text.push('\u{a0}');
        }
        text
    });
    let current = move || book.try_get_untracked().flatten();
    let hold = move |with, is_held| {
        if let Some(book) = current() {
            book.deletions.hold(with, is_held);
        }
    };
    let undo = move || {
        if let Some(book) = current() {
            book.deletions.undo();
        }
    };
    view! {
        <UndoBar
            text=text
            undo=i18n.text(Message::UNDO)
            can_undo=can_undo
            on_undo=undo
            on_pointer=move |is_held: bool| hold(Hold::Pointer, is_held)
            on_focus=move |is_held: bool| hold(Hold::Focus, is_held)
        />
    }
}

fn message(i18n: I18n, announcement: Announcement) -> String {
    match announcement {
        Announcement::Added => i18n.text(Message::ADDRESS_ADDED),
        Announcement::Saved => i18n.text(Message::ADDRESS_SAVED),
        Announcement::Known => i18n.text(Message::ADDRESS_KNOWN),
        Announcement::Deleted(count) => {
            i18n.format(Message::ADDRESS_DELETED, &[("count", &count.to_string())])
        }
        Announcement::Undone => i18n.text(Message::UNDONE),
        Announcement::Over => i18n.text(Message::ADDRESS_OVER),
        Announcement::NotSaved => i18n.text(Message::ADDRESS_NOT_SAVED),
        Announcement::NotDeleted => i18n.text(Message::ADDRESS_NOT_DELETED),
        Announcement::ChangedElsewhere => i18n.text(Message::CONFLICTS),
    }
}
