//! How addresses are deleted: at once with a way back, or after a question.

use crate::components::captcha::captcha_view;
use crate::components::dialog::{close_button, dialog_button, dialog_view};
use crate::components::dom;
use crate::components::element::{Element, effect, element, styled};
use crate::i18n::Message;
use crate::state::{AccountEvent, AddressBook, ElementContext, FormState, Key, Problem, Target};
use crate::watched::Watched;
use reactive_graph::graph::untrack;
use std::rc::Rc;

/// The way in which addresses are deleted here. Cheap to copy.
#[derive(Clone, Copy)]
pub(super) struct Deletion {
    book: AddressBook,
    asks: bool,
    /// What is asked about.
    asked: Watched<Vec<Key>>,
}

impl Deletion {
    /// As the theme wants it; where the store asks for a captcha there has to be a question, too.
    pub(super) fn new(scope: &ElementContext, book: AddressBook) -> Self {
        Self {
            book,
            asks: scope.config.confirms_deletion || book.captcha().is_some(),
            asked: Watched::new(Vec::new()),
        }
    }

    /// Whether there is a question before.
    pub(super) const fn asks(self) -> bool {
        self.asks
    }

    /// The shopper wants these deleted.
    pub(super) fn begin(self, keys: Vec<Key>) {
        if self.asks {
            self.asked.set(keys);
        } else {
            self.go_to_next(&keys);
            self.book.delete_soon(&keys);
        }
    }

    /// Moves the focus to the address behind those that go, or before them.
    fn go_to_next(self, keys: &[Key]) {
        let shown = untrack(|| self.book.shown());
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
            Some(next) => self.book.want(*next),
            None => self.book.want_list(),
        }
    }
}

/// The question.
pub(super) fn deletion_dialog(scope: &ElementContext, deletion: Deletion) -> Element {
    let i18n = scope.i18n;
    let Deletion { book, asked, .. } = deletion;
    let title = move || {
        let count = asked.with(Vec::len).to_string();
        i18n.format(Message::DELETE_QUESTION, &[("count", &count)])
    };
    let (dialog, node) = dialog_view(title);
    let names = styled("ul", "account-addresses__names").content_with(move || {
        let names = asked.get().into_iter().take(5);
        names
            .map(|key| element("li").text(&book.row(key).name()))
            .collect()
    });
    let form = FormState::new(i18n);
    let captcha = book.captcha().map(|captcha| {
        let listener = scope.listener.clone();
        let fall_back = Rc::new(move || listener(AccountEvent::FallBack));
        captcha_view(form, &captcha, &scope.config, fall_back)
    });
    let is_captcha_asked = captcha.is_some();
    let shown = node.clone();
    effect(move || {
        if asked.with(|keys| !keys.is_empty()) {
            // Where it cannot be shown it is open already, or in no document.
            let _ = shown.show_modal();
        }
    });
    let closes = node.clone();
    let delete = dialog_button(i18n, Message::DELETE).on("click", move |_| {
        let token = form.take_captcha_token();
        if is_captcha_asked && token.is_none() {
            return form.report(vec![(Target::Captcha, Problem::CaptchaMissing)]);
        }
        let keys = asked.get_untracked();
        closes.close();
        deletion.go_to_next(&keys);
        book.delete_now(&keys, token);
    });
    let cancel = close_button(i18n, Message::CANCEL, &node);
    dialog
        .on("close", move |_| {
            let keys = asked.get_untracked();
            asked.set(Vec::new());
            // Where nothing was deleted, the focus is where it was.
            let is_listed = |key: &&Key| untrack(|| book.row(**key).is_listed());
            if let Some(key) = keys.first().filter(is_listed) {
                let key = *key;
                dom::soon(move || book.want(key));
            }
        })
        .child(names)
        .children(captcha)
        .child(styled("div", "account-ways").child(cancel).child(delete))
}
