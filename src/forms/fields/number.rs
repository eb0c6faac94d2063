//! A number.

use super::props::FieldProps;
use crate::ui::{Field, TextInput};
use leptos::prelude::*;

/// A number. Not `type=number`: it loses what is typed wrong, and scrolls values away.
#[component]
pub(super) fn NumberField(props: FieldProps) -> impl IntoView {
    let (control, value) = (props.control(None), props.value().unwrap_or_default());
    view! {
        <Field id=props.id() label=props.label()>
            <TextInput
                control=control
                input_type="text"
                input_mode="decimal"
                value=value
                left_to_right=true
            />
        </Field>
    }
}
