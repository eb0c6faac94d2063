//! One of several choices, all of them in view.

use super::appearance::Part;
use leptos::prelude::*;

/// How many of the choices may be taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ChoiceType {
    /// Any number.
    Checkbox,
    /// One.
    Radio,
}

impl ChoiceType {
    const fn name(self) -> &'static str {
        match self {
            Self::Checkbox => "checkbox",
            Self::Radio => "radio",
        }
    }

    const fn part(self) -> Part {
        match self {
            Self::Checkbox => Part::CHECKBOX,
            Self::Radio => Part::RADIO,
        }
    }
}

/// A checkbox or a radio button with its label.
#[component]
pub fn Choice(
    /// Checkbox or radio button.
    kind: ChoiceType,
    /// The control's id.
    id: String,
    /// The control's name.
    name: String,
    /// What it stands for when it is taken.
    value: String,
    /// What is beside it.
    label: String,
    /// Whether it is taken at first.
    checked: bool,
    /// Hears that it was changed.
    #[prop(optional)]
    on_edit: Option<UnsyncCallback<()>>,
) -> impl IntoView {
    let control_id = id.clone();
    view! {
        <div class=Part::CHOICE.class()>
            <input
                class=kind.part().class()
                type=kind.name()
                id=id
                name=name
                value=value
                checked=checked
                on:change=move |_| {
                    if let Some(on_edit) = on_edit {
                        on_edit.try_run(());
                    }
                }
            />
            <label class=Part::CHOICE_LABEL.class() for=control_id>
                {label}
            </label>
        </div>
    }
}
