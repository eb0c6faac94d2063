//! A password: shown on request, checked against the store's rules while it is typed.

use super::props::FieldProps;
use crate::i18n::{I18n, Message};
use crate::ui::{Checklist, Field, Part, PasswordInput, TextInput};
use leptos::html;
use leptos::prelude::*;
use storefront_rules::{BuiltIn, Requirement};

/// A password. The account's own new one carries the checklist of the store's rules.
#[component]
pub(super) fn PasswordField(props: FieldProps) -> impl IntoView {
    let form = props.form;
    let i18n = form.i18n;
    let is_shown = RwSignal::new(false);
    let was_toggled = RwSignal::new(false);
    let typed = RwSignal::new(String::new());
    // The checklist appears with the focus and then stays, so that nothing moves when the shopper goes on.
    let was_focused = RwSignal::new(false);
    let is_new = props.field.built_in() == Some(BuiltIn::Password);
    let rules_id = is_new.then(|| form.id("rules"));
    let mut control = props.control(rules_id.clone());
    // Not the account's password: managers shall leave it alone.
    control.autocomplete.get_or_insert_with(|| "off".to_owned());
    let node_ref = NodeRef::<html::Input>::new();
    if let Some(value) = props.value() {
        // Not as an attribute: what is secret shall not stand in the page's markup.
        node_ref.on_load(move |input| input.set_value(&value));
    }
    let status = Signal::derive(move || match (was_toggled.get(), is_shown.get()) {
        (false, _) => String::new(),
        (true, true) => i18n.text(Message::PASSWORD_SHOWN),
        (true, false) => i18n.text(Message::PASSWORD_HIDDEN),
    });
    // Nobody but the shopper shall see it once it is on its way.
    let input_type = Signal::derive(move || {
        if is_shown.get() && !form.is_sending() {
            "text"
        } else {
            "password"
        }
    });
    let checklist = rules_id.map(|id| {
        let rules = form.with_definition(|definition| definition.passwords.requirements());
        let hidden = Signal::derive(move || !was_focused.get());
        view! { <PasswordChecklist i18n=i18n id=id requirements=rules typed=typed hidden=hidden /> }
    });
    view! {
        <Field id=props.id() label=props.label() aside=props.aside.clone()>
            <PasswordInput
                id=props.id()
                toggle=i18n.text(Message::SHOW_PASSWORD)
                shown=is_shown.into()
                status=status
                on_toggle=move || {
                    is_shown.update(|is_shown| *is_shown = !*is_shown);
                    was_toggled.set(true);
                }
            >
                <TextInput
                    control=control
                    input_type=input_type
                    part=Part::PASSWORD_INPUT
                    verbatim=true
                    no_capitals=true
                    left_to_right=true
                    on_input=move |text: String| typed.set(text)
                    node_ref=node_ref
                    attr:data-account-secret=true
                    on:focus=move |_| was_focused.set(true)
                />
            </PasswordInput>
            {checklist}
        </Field>
    }
}

/// The store's rules, each with whether `typed` meets it.
#[component]
fn PasswordChecklist(
    i18n: I18n,
    id: String,
    requirements: Vec<Requirement>,
    typed: RwSignal<String>,
    hidden: Signal<bool>,
) -> impl IntoView {
    let items = requirements.into_iter().map(|requirement| {
        let met = Signal::derive(move || typed.with(|typed| requirement.is_met(typed)));
        (i18n.requirement(requirement), met)
    });
    view! {
        <Checklist
            id=id
            title=i18n.text(Message::PASSWORD_RULES)
            items=items.collect()
            met=i18n.text(Message::MET)
            unmet=i18n.text(Message::UNMET)
            hidden=hidden
        />
    }
}
