//! `<account-addresses>`: the address book, for one address or ten thousand.
//!
//! `book` puts the state together; the views are in `feed`, `row_view`, `address_form`,
//! `toolbar`, `delete_dialog` and `announcements`.

mod address_form;
mod address_row;
mod announcements;
mod book;
mod catalogue;
mod changes;
mod context;
mod delete_dialog;
mod deletions;
mod editor;
mod feed;
mod list;
mod lookup;
pub mod messages;
mod paging;
mod row_view;
mod rows;
mod selection;
mod toolbar;

pub use announcements::Announcements;
pub use book::AddressBookState;

use super::shared::{ElementContext, GuestNotice, Resource, SignInAgain, resource};
use crate::api::{self, Api};
use crate::i18n::Message;
use crate::session::Audience;
use crate::ui::{Actions, Button, ButtonVariant, Part, dom, remade};
use address_form::AddressForm;
use delete_dialog::{DeleteDialog, DeleteRequest};
use feed::Feed;
use leptos::html;
use leptos::prelude::*;
use row_view::AddressView;
use toolbar::Toolbar;
use wasm_bindgen::JsCast;
use web_sys::Event;

/// The whole element.
#[component]
pub fn Addresses() -> impl IntoView {
    let shown = RwSignal::new(None::<AddressBookState>);
    view! {
        <div>
            <AddressBookView shown=shown />
            <Announcements book=shown />
        </div>
    }
}

/// The address book of whoever is signed in; `shown` hears which one it is, for what is said of it
/// elsewhere.
#[component]
pub fn AddressBookView(
    /// The book that is shown.
    shown: RwSignal<Option<AddressBookState>>,
) -> impl IntoView {
    let context = ElementContext::current();
    let ask = move |api: Api| {
        let country = context.config().country.clone().unwrap_or_default();
        async move { api.address_book(&country).await }
    };
    let view = move |customer: Option<i32>, found: api::AddressBook| match customer {
        Some(customer) => {
            let book = AddressBookState::new(context, customer, found);
            shown.set(Some(book));
            on_cleanup(move || shown.set(None));
            view! { <Book book=book /> }.into_any()
        }
        None => view! { <GuestNotice text=Message::ADDRESSES_OF_GUEST /> }.into_any(),
    };
    let loader = resource(context, ask, |book| book.customer, view);
    view! { <Resource part=Part::ADDRESSES audience=Audience::Customer loader=loader /> }
}

#[component]
fn Book(book: AddressBookState) -> impl IntoView {
    let session = book.context.element.session;
    session.watch_unsaved(move || book.is_unsaved());
    Effect::new(move |_| {
        if book.deletions.can_undo() {
            let listener = window_event_listener(leptos::ev::keydown, move |event| {
                undo_by_key(book, &event);
            });
            on_cleanup(move || listener.remove());
        }
    });
    let may_resume = Memo::new(move |_| book.may_resume());
    Effect::new(move |_| {
        if may_resume.get() {
            dom::defer(move || book.changes.resume());
        }
    });
    let form = remade(move || {
        let edit = book.editor.edit()?;
        Some(view! { <AddressForm book=book edit=edit /> }.into_any())
    });
    view! {
        <div>
            <SignInAgain
                email=Signal::derive(move || book.context.email())
                captcha=book.context.captcha()
                is_interrupted=Signal::derive(move || book.is_interrupted())
            />
            <div>{form}</div>
            <ListView book=book />
        </div>
    }
}

/// The list, its tools, and the way to add an address.
#[component]
fn ListView(book: AddressBookState) -> impl IntoView {
    let i18n = book.context.i18n();
    let add = NodeRef::<html::Button>::new();
    Effect::new(move |was_open: Option<bool>| {
        let is_open = book.editor.edit().is_some();
        // Whoever gives up adding an address is where they began.
        if was_open == Some(true)
            && !is_open
            && !book.context.has_focus_target_untracked()
            && let Some(add) = add.get_untracked()
        {
            dom::focus_later(add.unchecked_into());
        }
        is_open
    });
    let config = book.context.element.config();
    let has_captcha = book.context.captcha().is_some();
    let asks = config.confirms_deletion || has_captcha;
    let request = DeleteRequest::new(book, asks);
    let dialog = asks.then(|| view! { <DeleteDialog request=request /> });
    // Of what is deleted together a captcha is asked once; so nothing is selected where there is one.
    let selects = !has_captcha;
    let shown = Memo::new(move |_| book.list.shown());
    let row = UnsyncCallback::new(move |key| {
        view! { <AddressView book=book key=key request=request selects=selects /> }.into_any()
    });
    view! {
        <div
            class=Part::ADDRESSES_LIST.class()
            hidden=move || book.editor.edit().is_some()
        >
            <Actions>
                <Button
                    text=i18n.text(Message::ADD_ADDRESS)
                    variant=ButtonVariant::Primary
                    on_click=move || book.editor.open(None)
                    node_ref=add
                />
            </Actions>
            <Toolbar book=book shown=shown request=request selects=selects />
            <Feed book=book shown=shown fallback=add row=row />
            {dialog}
        </div>
    }
}

/// Ctrl+Z, or ⌘Z, brings back what was just deleted, unless it is meant for a text.
fn undo_by_key(book: AddressBookState, event: &Event) {
    if dom::key_of(event) == "z" && dom::is_with_control(event) && !dom::is_typing(event) {
        event.prevent_default();
        book.deletions.undo();
    }
}
