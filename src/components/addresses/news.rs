//! What just happened to the address book, and the way back from a deletion.

use crate::components::element::{Element, styled};
use crate::i18n::{I18n, Message};
use crate::state::{AddressBook, Hold, News};
use crate::watched::Watched;

/// One polite line (WCAG 4.1.3) and the button that brings back what was deleted. The time for it
/// stands still while the shopper is there (WCAG 2.2.1).
pub(in crate::components) fn news_view(i18n: I18n, shown: Watched<Option<AddressBook>>) -> Element {
    let can_undo = move || shown.get().is_some_and(AddressBook::can_undo);
    let hold = move |with, is_held| {
        move |_| {
            if let Some(book) = shown.get_untracked() {
                book.hold_undo(with, is_held);
            }
        }
    };
    let undo = styled("button", "account-button")
        .attr("type", "button")
        .attr("aria-keyshortcuts", "Control+Z")
        .flag_with("hidden", move || !can_undo())
        .text(&i18n.text(Message::UNDO))
        .on("click", move |_| {
            if let Some(book) = shown.get_untracked() {
                book.undo();
            }
        });
    let words = move || {
        let (news, count) = shown.get().map(AddressBook::news).unwrap_or_default();
        let mut words = news.map(|news| in_words(i18n, news)).unwrap_or_default();
        // The same words are said again only if they are other words.
        if !words.is_empty() && count % 2 == 1 {
            words.push('\u{a0}');
        }
        words
    };
    styled("div", "account-news")
        .class_with("account-news--undo", can_undo)
        .on("mouseenter", hold(Hold::Pointer, true))
        .on("mouseleave", hold(Hold::Pointer, false))
        .on("focusin", hold(Hold::Focus, true))
        .on("focusout", hold(Hold::Focus, false))
        .child(
            styled("p", "account-news__words")
                .attr("role", "status")
                .text_with(words),
        )
        .child(undo)
}

fn in_words(i18n: I18n, news: News) -> String {
    match news {
        News::Added => i18n.text(Message::ADDRESS_ADDED),
        News::Saved => i18n.text(Message::ADDRESS_SAVED),
        News::Known => i18n.text(Message::ADDRESS_KNOWN),
        News::Deleted(count) => {
            i18n.format(Message::ADDRESS_DELETED, &[("count", &count.to_string())])
        }
        News::Undone => i18n.text(Message::UNDONE),
        News::Over => i18n.text(Message::ADDRESS_OVER),
        News::NotSaved => i18n.text(Message::ADDRESS_NOT_SAVED),
        News::NotDeleted => i18n.text(Message::ADDRESS_NOT_DELETED),
        News::ChangedElsewhere => i18n.text(Message::CONFLICTS),
    }
}
