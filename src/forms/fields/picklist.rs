//! One of a list.

use super::props::FieldProps;
use crate::ui::{Field, Options, Select};
use leptos::prelude::*;
use storefront_rules::Choice;

/// One of `choices`; `prefix` stands for none.
#[component]
pub(super) fn PicklistField(
    props: FieldProps,
    prefix: String,
    choices: Vec<Choice>,
) -> impl IntoView {
    let choices = choices.into_iter().map(|c| (c.id.to_string(), c.label));
    let options = Options {
        options: [(String::new(), prefix)]
            .into_iter()
            .chain(choices)
            .collect(),
        selected: props.value().unwrap_or_default(),
    };
    let control = props.control(None);
    view! {
        <Field id=props.id() label=props.label()>
            <Select control=control options=options />
        </Field>
    }
}
