//! The form for one address.

use crate::components::address::{AddressForm, countries};
use crate::components::captcha::captcha_view;
use crate::components::dom::{self, Read};
use crate::components::element::{Element, styled};
use crate::components::form::{Summary, error_summary, quiet_button, submit_row};
use crate::components::frame::title;
use crate::i18n::Message;
use crate::state::{AccountEvent, AddressBook, Edit, ElementContext, Section};
use std::rc::Rc;
use storefront_rules::{Field, FieldInputs};
use web_sys::Event;

/// The form that is open. It takes the focus, unless the summary of what is wrong does.
pub(super) fn form_view(scope: &ElementContext, book: AddressBook, edit: Edit) -> Element {
    let i18n = scope.i18n;
    let state = edit.form;
    let fields = book.fields();
    let heading = title(
        "h2",
        &i18n.text(match edit.key {
            Some(_) => Message::EDIT_ADDRESS,
            None => Message::ADD_ADDRESS,
        }),
    );
    if !state.has_problems_untracked() {
        dom::focus_soon(heading.node());
    }
    let form = styled("form", "account-form")
        .attr("method", "post")
        .flag("novalidate", true);
    let read: Read<FieldInputs> = {
        let (node, fields) = (form.node(), fields.iter().cloned());
        let fields: Vec<(Section, Field)> = fields.map(|f| (Section::Address, f)).collect();
        Rc::new(move || dom::answers(&node, &fields))
    };
    let listener = scope.listener.clone();
    let fall_back: Rc<dyn Fn()> = Rc::new(move || listener(AccountEvent::FallBack));
    let summary = Summary {
        label: {
            let fields = fields.clone();
            Rc::new(move |id| {
                let field = fields.iter().find(|field| field.id == id);
                field.map_or_else(String::new, |field| {
                    i18n.label(field, edit.country.requirements().address_format())
                })
            })
        },
        sign_in_url: None,
        fall_back: fall_back.clone(),
    };
    let passwords = book.passwords();
    let address = AddressForm {
        form: state,
        country: edit.country,
        countries: countries(i18n, &book.countries()),
        passwords: &passwords,
    };
    let address = address.views(&fields, &form.node(), |field| book.texts(edit, field));
    let captcha = book.captcha();
    let captcha = captcha.map(|captcha| captcha_view(state, &captcha, &scope.config, fall_back));
    let edited = |read: Read<FieldInputs>| {
        move |event: Event| book.recheck(edit, dom::edited_field(&event), &read())
    };
    let submit = {
        let read = read.clone();
        move |event: Event| {
            event.prevent_default();
            book.submit(edit, &read());
        }
    };
    let cancel = quiet_button(state, Message::CANCEL).on("click", move |_| {
        book.close();
        if let Some(key) = edit.key {
            book.want(key);
        }
    });
    form.on("submit", submit)
        .on("input", edited(read.clone()))
        .on("change", edited(read))
        .child(heading)
        .child(error_summary(state, summary))
        .children(address)
        .children(captcha)
        .child(submit_row(state, Message::ADDRESS_SUBMIT, Message::SAVING).child(cancel))
}
