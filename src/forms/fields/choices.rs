//! Choices that are all in view.

use super::props::FieldProps;
use crate::i18n::Message;
use crate::ui::{Choice, ChoiceType, FieldGroup};
use leptos::prelude::*;
use storefront_rules::Choice as RulesChoice;

/// Any number of `choices`.
#[component]
pub(super) fn CheckboxesField(props: FieldProps, choices: Vec<RulesChoice>) -> impl IntoView {
    view! { <Choices props=props kind=ChoiceType::Checkbox choices=values_of(choices) /> }
}

/// One of `choices`. An optional group offers no answer too, since a radio button cannot be taken back.
#[component]
pub(super) fn RadioButtonsField(props: FieldProps, choices: Vec<RulesChoice>) -> impl IntoView {
    let none = (String::new(), props.form.i18n.text(Message::NO_ANSWER));
    let none = (!props.field.required).then_some(none);
    let choices = none.into_iter().chain(values_of(choices)).collect();
    view! { <Choices props=props kind=ChoiceType::Radio choices=choices /> }
}

fn values_of(choices: Vec<RulesChoice>) -> Vec<(String, String)> {
    let choices = choices.into_iter();
    choices.map(|c| (c.id.to_string(), c.label)).collect()
}

#[component]
fn Choices(props: FieldProps, kind: ChoiceType, choices: Vec<(String, String)>) -> impl IntoView {
    let control = props.control(None);
    let on_edit = control.on_edit;
    let group_id = props.id();
    let name = props.name();
    let choices = choices.into_iter().enumerate();
    let choices = choices.map(|(index, (value, label))| {
        // The first control carries the field's own id, so that the summary's link finds it.
        let id = match index {
            0 => group_id.clone(),
            index => format!("{group_id}-{index}"),
        };
        let is_none = value.is_empty() && props.values.is_empty();
        let checked = is_none || props.values.contains(&value);
        view! {
            <Choice
                kind=kind
                id=id
                name=name.clone()
                value=value
                label=label
                checked=checked
                on_edit=on_edit
            />
        }
    });
    let choices = choices.collect::<Vec<_>>();
    let radio = kind == ChoiceType::Radio;
    view! {
        <FieldGroup id=props.id() label=props.label() radio=radio control=control>
            {choices}
        </FieldGroup>
    }
}
