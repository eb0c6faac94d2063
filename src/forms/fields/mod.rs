//! Every kind of field, one component each.

mod address;
mod address_line;
mod choices;
mod date;
mod number;
mod password;
mod picklist;
mod props;
mod text;

pub use address::AddressFields;
pub use props::FieldProps;

use super::{Form, Section};
use crate::ui::{FieldLink, Part, later};
use choices::{CheckboxesField, RadioButtonsField};
use date::DateField;
use leptos::prelude::*;
use number::NumberField;
use password::PasswordField;
use picklist::PicklistField;
use storefront_rules::{BuiltIn, Field, FieldType};
use text::{MultilineTextField, TextField};

/// A field of any kind but the country and the state, which depend on each other.
#[component]
pub fn FormField(
    /// The field.
    props: FieldProps,
) -> impl IntoView {
    match &props.field.kind {
        FieldType::Text { .. } | FieldType::PicklistOrText { .. } => {
            view! { <TextField props=props /> }.into_any()
        }
        FieldType::Number { .. } => view! { <NumberField props=props /> }.into_any(),
        FieldType::Date { min, max, .. } => {
            let (min, max) = (*min, *max);
            view! { <DateField props=props min=min max=max /> }.into_any()
        }
        FieldType::MultilineText { rows, .. } => {
            let rows = *rows;
            view! { <MultilineTextField props=props rows=rows /> }.into_any()
        }
        FieldType::Picklist {
            choose_prefix,
            options,
        } => {
            let (prefix, choices) = (choose_prefix.clone(), options.clone());
            view! { <PicklistField props=props prefix=prefix choices=choices /> }.into_any()
        }
        FieldType::Checkboxes { options } => {
            let choices = options.clone();
            view! { <CheckboxesField props=props choices=choices /> }.into_any()
        }
        FieldType::RadioButtons { options } => {
            let choices = options.clone();
            view! { <RadioButtonsField props=props choices=choices /> }.into_any()
        }
        FieldType::Password { .. } => view! { <PasswordField props=props /> }.into_any(),
    }
}

/// The fields of a form whose fields do not depend on each other, or those of one `section` of it.
#[component]
pub fn FormFields(
    /// The form.
    form: Form,
    /// Of which of the platform's forms; of all where none is named.
    #[prop(optional)]
    section: Option<Section>,
    /// Which of these; all where nothing is said.
    #[prop(optional)]
    which: Option<fn(&Field) -> bool>,
    /// A link beside the label of the customer's present password.
    #[prop(optional)]
    password_link: Option<FieldLink>,
) -> impl IntoView {
    let definition = form.definition();
    let fields = definition.fields.iter();
    let fields = fields.filter(|(of, _)| section.is_none_or(|section| *of == section));
    let fields = fields.filter(|(_, field)| which.is_none_or(|which| which(field)));
    let fields = fields.map(|(of, field)| {
        let mut props = FieldProps::new(form, *of, field.clone());
        if field.built_in() == Some(BuiltIn::CurrentPassword) {
            props.aside.clone_from(&password_link);
        }
        props
    });
    let fields = in_slices(fields.collect());
    view! { <div class=Part::FIELDS.class()>{fields}</div> }
}

/// How many fields are made at once: some 90 ms of a slow phone, which a form of few fields is better made in.
const SLICE: usize = 12;

/// Fields, the first of them at once and the others in tasks of their own.
fn in_slices(mut fields: Vec<FieldProps>) -> AnyView {
    let rest = fields.split_off(SLICE.min(fields.len()));
    let fields = fields.into_iter();
    let fields = fields.map(|props| view! { <FormField props=props /> });
    let fields = fields.collect::<Vec<_>>();
    let rest = (!rest.is_empty()).then(|| later(move || in_slices(rest)));
    view! {
        {fields}
        {rest}
    }
    .into_any()
}
