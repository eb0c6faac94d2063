//! The form for one address.

use super::book::AddressBookState;
use super::editor::Edit;
use crate::forms::{AddressFields, FormView};
use crate::i18n::Message;
use crate::ui::{Button, ButtonVariant, Title};
use leptos::prelude::*;

/// The form that is open. It takes the focus, unless the summary of what is wrong does.
#[component]
pub(super) fn AddressForm(book: AddressBookState, edit: Edit) -> impl IntoView {
    let i18n = book.context.i18n();
    let (form, country) = book.editor.form(edit, move |values, captcha| {
        book.editor.close();
        let key = book.changes.save(edit.key, values, captcha);
        book.list.go_to(key);
    });
    let title = match edit.key {
        Some(_) => Message::EDIT_ADDRESS,
        None => Message::ADD_ADDRESS,
    };
    let focus = !untrack(|| form.has_errors());
    let heading = view! { <Title text=i18n.text(title) focus=focus /> };
    let cancel = move || {
        book.editor.close();
        if let Some(key) = edit.key {
            book.list.go_to(key);
        }
    };
    let cancel = view! {
        <Button
            text=i18n.text(Message::CANCEL)
            variant=ButtonVariant::Plain
            on_click=cancel
        />
    };
    let countries = book.context.definitions().countries.clone();
    view! {
        <FormView
            form=form
            submit=Message::ADDRESS_SUBMIT
            sending=Message::SAVING
            heading=heading.into_any()
            beside=cancel.into_any()
        >
            <AddressFields form=form country=country countries=countries />
        </FormView>
    }
}
