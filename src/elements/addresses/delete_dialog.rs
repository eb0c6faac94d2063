//! How addresses are deleted: at once with a way back, or after a question.

use super::address_row::Key;
use super::book::AddressBookState;
use super::context::FocusTarget;
use crate::forms::{CaptchaField, FormDefinition};
use crate::i18n::Message;
use crate::ui::{Actions, Button, Dialog, DialogRef, Part, dom, remade};
use leptos::prelude::*;

/// Asks for addresses to be deleted, as the theme wants it. Cheap to copy.
#[derive(Clone, Copy)]
pub struct DeleteRequest {
    book: AddressBookState,
    asks: bool,
    /// What is asked about.
    keys: RwSignal<Vec<Key>>,
}

impl DeleteRequest {
    /// `asks`: whether there is a question before.
    pub(super) fn new(book: AddressBookState, asks: bool) -> Self {
        Self {
            book,
            asks,
            keys: RwSignal::new(Vec::new()),
        }
    }

    /// The shopper wants these deleted.
    pub fn begin(self, keys: Vec<Key>) {
        if self.asks {
            self.keys.set(keys);
        } else {
            self.focus_next(&keys);
            self.book.deletions.delete_later(&keys);
        }
    }

    /// Moves the focus to the address behind those that go, or before them.
    fn focus_next(self, keys: &[Key]) {
        let shown = untrack(|| self.book.list.shown());
        let place = keys
            .last()
            .and_then(|last| shown.iter().position(|key| key == last));
        let Some(place) = place else {
            return;
        };
        let stays = |key: &&Key| !keys.contains(key);
        let behind = shown.iter().skip(place).find(stays);
        let next = behind.or_else(|| shown.iter().take(place).rev().find(stays));
        match next {
            Some(next) => self.book.list.go_to(*next),
            None => self.book.context.request_focus(FocusTarget::List),
        }
    }
}

/// The question.
#[component]
pub(super) fn DeleteDialog(request: DeleteRequest) -> impl IntoView {
    let DeleteRequest { book, keys, .. } = request;
    let i18n = book.context.i18n();
    let title = Signal::derive(move || {
        let count = keys.with(Vec::len).to_string();
        i18n.format(Message::DELETE_QUESTION, &[("count", &count)])
    });
    let names = remade(move || {
        let names = keys.get().into_iter().take(5);
        let names = names.map(|key| book.rows.row(key).name());
        let items = names.map(|name| view! { <li class=Part::LIST_ITEM.class()>{name}</li> });
        Some(items.collect::<Vec<_>>().into_any())
    });
    let form = book.context.element.form(FormDefinition {
        captcha: book.context.captcha(),
        ..FormDefinition::default()
    });
    let dialog = DialogRef::default();
    Effect::new(move |_| {
        if keys.with(|keys| !keys.is_empty()) {
            dialog.open();
        }
    });
    let delete = move || {
        if form.is_captcha_missing() {
            return form.ask_for_captcha();
        }
        let token = form.take_captcha_token();
        let keys = keys.get_untracked();
        dialog.close();
        request.focus_next(&keys);
        book.deletions.delete_now(&keys, token);
    };
    let closed = move || {
        let asked = keys.get_untracked();
        keys.set(Vec::new());
        // Where nothing was deleted, the focus is where it was.
        let is_listed = |key: &Key| {
            let row = book.rows.row_untracked(*key);
            row.is_some_and(|row| row.is_listed())
        };
        if let Some(key) = asked.first().copied().filter(is_listed) {
            dom::defer(move || book.list.go_to(key));
        }
    };
    view! {
        <Dialog title=title dialog=dialog on_close=closed>
            <ul class=Part::ADDRESSES_NAMES.class()>{names}</ul>
            <CaptchaField form=form />
            <Actions>
                <Button
                    text=i18n.text(Message::CANCEL)
                    on_click=move || dialog.close()
                    attr:autofocus=true
                />
                <Button text=i18n.text(Message::DELETE) on_click=delete />
            </Actions>
        </Dialog>
    }
}
