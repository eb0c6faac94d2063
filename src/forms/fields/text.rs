//! Text.

use super::props::FieldProps;
use crate::ui::{Field, FieldWidth, TextArea, TextInput};
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
    // What is short shares a row with its like.
    let width = match built_in {
        Some(BuiltIn::FirstName | BuiltIn::LastName | BuiltIn::CompanyName | BuiltIn::Phone) => {
            FieldWidth::Half
        }
        Some(_) | None => FieldWidth::Full,
    };
    let (control, value) = (props.control(None), props.value().unwrap_or_default());
    // No spell-check for names (GOV.UK, names), nor for anything typed as a code or an address.
    let verbatim = built_in.is_some();
    let left_to_right = matches!(
        built_in,
        Some(BuiltIn::EmailAddress | BuiltIn::Phone | BuiltIn::Zip)
    );
    let no_capitals = built_in == Some(BuiltIn::EmailAddress);
    view! {
        <Field id=props.id() label=props.label() width=width>
            <TextInput
                control=control
                input_type=input_type
                value=value
                verbatim=verbatim
                left_to_right=left_to_right
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
