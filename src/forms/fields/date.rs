//! A day.

use super::FieldProps;
use crate::ui::{Field, Part, TextInput};
use leptos::prelude::*;
use storefront_rules::Date;

/// A day, between `min` and `max` where the merchant set them.
#[component]
pub(super) fn DateField(props: FieldProps, min: Option<Date>, max: Option<Date>) -> impl IntoView {
    let (control, value) = (props.control(None), props.value().unwrap_or_default());
    view! {
        <Field id=props.id() label=props.label()>
            <TextInput
                control=control
                input_type="date"
                value=value
                part=Part::INPUT_SHORT
                min=min.map(|day| day.to_string()).unwrap_or_default()
                max=max.map(|day| day.to_string()).unwrap_or_default()
            />
        </Field>
    }
}
