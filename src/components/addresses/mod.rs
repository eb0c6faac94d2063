//! `<account-addresses>`: the address book, for one address or ten thousand.

mod deletion;
mod feed;
mod form;
mod news;
mod row;
mod toolbar;

pub(super) use news::news_view;

use super::dom;
use super::element::{Element, effect, element, memo, on_window, styled};
use super::frame::{About, frame, guest_view};
use super::sign_in::sign_in_again_view;
use crate::i18n::Message;
use crate::state::{AddressBook, ElementContext};
use crate::watched::Watched;
use deletion::{Deletion, deletion_dialog};
use feed::feed_view;
use form::form_view;
use reactive_graph::graph::untrack;
use reactive_graph::owner::on_cleanup;
use row::row_view;
use send_wrapper::SendWrapper;
use std::rc::Rc;
use toolbar::toolbar_view;
use web_sys::Event;

/// The whole element.
pub fn addresses_element(scope: ElementContext) -> Element {
    let shown = Watched::new(None);
    let news = news_view(scope.i18n, shown);
    element("div")
        .child(addresses_view(&scope, shown))
        .child(news)
}

/// The address book of whoever is signed in; `shown` hears which one it is, for what is said of it
/// elsewhere.
pub(super) fn addresses_view(
    scope: &ElementContext,
    shown: Watched<Option<AddressBook>>,
) -> Element {
    let ask = |scope: ElementContext| async move {
        let country = scope.config.country.clone().unwrap_or_default();
        let book = scope.api.address_book(&country).await?;
        Ok((book.customer, book))
    };
    let within = scope.clone();
    frame(
        scope,
        "account-addresses",
        About::Customer,
        ask,
        move |whose, found| match whose {
            Some(customer) => {
                let book = AddressBook::new(within.clone(), customer, found);
                shown.set(Some(book));
                on_cleanup(move || shown.set(None));
                book_view(&within, book)
            }
            None => guest_view(&within, Message::ADDRESSES_OF_GUEST),
        },
    )
}

fn book_view(scope: &ElementContext, book: AddressBook) -> Element {
    keep_what_is_unsaved(scope, book);
    let again = sign_in_again_view(
        scope,
        Rc::new(move || book.email()),
        book.captcha(),
        move || book.is_interrupted(),
    );
    let may_resume = memo(move || book.may_resume());
    effect(move || {
        if may_resume.get() {
            dom::soon(move || book.resume());
        }
    });
    let within = scope.clone();
    let form = element("div").content_with(move || {
        let edit = book.edit();
        untrack(|| edit.map(|edit| form_view(&within, book, edit)))
            .into_iter()
            .collect()
    });
    element("div")
        .child(again)
        .child(form)
        .child(list_view(scope, book))
}

/// The browser asks before it leaves a page with something unsaved, and what is deleted by then is
/// deleted in the store.
fn keep_what_is_unsaved(scope: &ElementContext, book: AddressBook) {
    let session = scope.session.clone();
    let is_noted = Watched::new(false);
    effect(move || {
        let is_unsaved = book.is_unsaved();
        if is_unsaved != is_noted.get_untracked() {
            is_noted.set(is_unsaved);
            session.note_unsaved(is_unsaved);
        }
    });
    // What a list that is taken down held is lost, and no reason to ask any more.
    let held = SendWrapper::new(scope.session.clone());
    on_cleanup(move || {
        if is_noted.get_untracked() {
            held.note_unsaved(false);
        }
    });
    effect(move || {
        if book.is_unsaved() {
            on_window("beforeunload", |event| event.prevent_default());
        }
    });
    on_window("pagehide", move |_| book.finish_leaving());
    effect(move || {
        if book.can_undo() {
            on_window("keydown", move |event| undo_by_key(book, &event));
        }
    });
}

fn list_view(scope: &ElementContext, book: AddressBook) -> Element {
    let i18n = scope.i18n;
    let add = styled("button", "account-button account-button--primary")
        .attr("type", "button")
        .text(&i18n.text(Message::ADD_ADDRESS))
        .on("click", move |_| book.open(None));
    let (add_node, fallback) = (add.node(), add.node());
    let was_open = Watched::new(false);
    effect(move || {
        let is_open = book.edit().is_some();
        // Whoever gives up adding an address is where they began.
        if was_open.get_untracked() && !is_open && !book.is_wanting_untracked() {
            dom::focus_soon(add_node.clone());
        }
        was_open.set(is_open);
    });
    let deletion = Deletion::new(scope, book);
    let dialog = deletion.asks().then(|| deletion_dialog(scope, deletion));
    let (within, selects) = (scope.clone(), book.captcha().is_none());
    let shown = memo(move || book.shown());
    let feed = feed_view(i18n, book, shown, fallback, move |key| {
        row_view(&within, book, key, deletion, selects)
    });
    styled("div", "account-addresses__list")
        .flag_with("hidden", move || book.edit().is_some())
        .child(styled("div", "account-ways").child(add))
        .child(toolbar_view(i18n, book, shown, deletion, selects))
        .child(feed)
        .children(dialog)
}

/// Ctrl+Z, or ⌘Z, brings back what was just deleted, unless it is meant for a text.
fn undo_by_key(book: AddressBook, event: &Event) {
    if dom::key_of(event) == "z" && dom::is_with_control(event) && !dom::is_typing(event) {
        event.prevent_default();
        book.undo();
    }
}
