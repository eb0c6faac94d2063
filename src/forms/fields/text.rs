//! Text.

use super::FieldProps;
use crate::ui::{Field, TextArea, TextInput};
use leptos::prelude::*;
use storefront_rules::BuiltIn;

/// One line of text.
#[component]
pub(super) fn TextField(props: FieldProps) -> impl IntoView {
    let built_in = props.field.built_in();
    let input_type = match built_in {
        Some(BuiltIn::EmailAddress) => "email",
        Some(BuiltIn::Phone) => "tel",
        Some(_) | None => "text",
    };
    let class = if built_in == Some(BuiltIn::Zip) {
        " account-field__input--short"
    } else {
        ""
    };
    let (control, value) = (props.control(None), props.value().unwrap_or_default());
    // No spell-check for names (GOV.UK, names), nor for anything typed as a code or an address.
    let verbatim = built_in.is_some();
    let no_capitals = built_in == Some(BuiltIn::EmailAddress);
    view! {
        <Field id=props.id() label=props.label()>
            <TextInput
                control=control
                input_type=input_type
                value=value
                class=class
                verbatim=verbatim
                no_capitals=no_capitals
            />
        </Field>
    }
}

/// Several lines of text, as high as the merchant suggests.
#[component]
pub(super) fn MultilineTextField(props: FieldProps, rows: u32) -> impl IntoView {
    let (control, value) = (props.control(None), props.value().unwrap_or_default());
    view! {
        <Field id=props.id() label=props.label()>
            <TextArea control=control value=value rows=rows.clamp(2, 20) />
        </Field>
    }
}
