//! What a control needs to be understood: a label, an error, and the attributes that tie them to it
//! (WCAG 1.3.1, 3.3.1, 4.1.2).

use super::Link;
use super::appearance::{Part, classes};
use leptos::ev::MouseEvent;
use leptos::prelude::*;

/// What ties a control to its label, hint and error. One for each control; cheap to clone.
#[derive(Clone)]
pub struct Control {
    /// The control's id.
    pub id: String,
    /// The control's name.
    pub name: String,
    /// Its token for autofill (HTML, 4.10.18.7), if it has one.
    pub autocomplete: Option<String>,
    /// Ids of what describes it.
    pub described_by: Signal<Option<String>>,
    /// Whether what is in it does not count.
    pub invalid: Signal<bool>,
    /// Whether it must be filled in.
    pub required: Signal<bool>,
    /// Hears that the shopper changed it.
    pub on_edit: UnsyncCallback<()>,
}

/// What stands above a control or a group of them.
#[derive(Clone)]
pub struct FieldLabel {
    /// What the field is called.
    pub text: Signal<String>,
    /// What is said of a field that may be left out.
    pub optional: String,
    /// Whether it must not be left out.
    pub required: Signal<bool>,
    /// What is wrong with it, while something is.
    pub error: Signal<Option<String>>,
    /// What is said before an error, to screen readers alone.
    pub error_prefix: String,
    /// Hears that the focus left the field.
    pub on_leave: UnsyncCallback<()>,
}

/// A link that belongs to a field.
#[derive(Clone)]
pub struct FieldLink {
    /// What is on it.
    pub text: String,
    /// Where it leads.
    pub href: String,
    /// Hears the click.
    pub on_click: UnsyncCallback<(MouseEvent,)>,
}

/// How much of a row a field takes, where there is room.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum FieldWidth {
    /// All of it.
    #[default]
    Full,
    /// Half of it.
    Half,
}

impl FieldWidth {
    /// The classes of a field this wide.
    #[must_use]
    pub fn class(self) -> String {
        match self {
            Self::Full => Part::FIELD.class(),
            Self::Half => classes(&[Part::FIELD, Part::FIELD_HALF]),
        }
    }
}

/// The classes of a field, with those of an invalid one while there is an error.
fn field_class(width: FieldWidth, error: Signal<Option<String>>) -> impl Fn() -> String {
    let valid = width.class();
    let invalid = [valid.as_str(), " ", &Part::FIELD_INVALID.class()].concat();
    move || match error.get() {
        Some(_) => invalid.clone(),
        None => valid.clone(),
    }
}

impl FieldLabel {
    fn name(&self) -> impl IntoView + use<> {
        let required = self.required;
        view! {
            // A label keeps the direction of its own language, whatever that of the page is.
            <span dir="auto" prop:textContent=self.text></span>
            <span class=Part::OPTIONAL.class() hidden=required>
                {[" ", &self.optional].concat()}
            </span>
        }
    }
}

/// The id of the error of the control `id`.
#[must_use]
pub fn error_id(id: &str) -> String {
    format!("{id}-error")
}

/// A label, an error and the control it is about.
#[component]
pub fn Field(
    /// The control's id.
    id: String,
    /// What stands above it.
    label: FieldLabel,
    /// How wide it is.
    #[prop(optional)]
    width: FieldWidth,
    /// A link at the other end of the label's line.
    #[prop(optional_no_strip)]
    aside: Option<FieldLink>,
    children: Children,
) -> impl IntoView {
    let error = label.error;
    let control_label = view! {
        <label class=Part::LABEL.class() for=id.clone()>
            {label.name()}
        </label>
    };
    let label_row = match aside {
        None => control_label.into_any(),
        Some(FieldLink {
            text,
            href,
            on_click,
        }) => view! {
            <div class=Part::LABEL_ROW.class()>
                {control_label}
                <Link href=href text=text on_click=on_click />
            </div>
        }
        .into_any(),
    };
    let on_leave = label.on_leave;
    view! {
        <div class=field_class(width, error) on:focusout=move |_| { on_leave.try_run(()); }>
            {label_row}
            <ErrorMessage id=error_id(&id) prefix=label.error_prefix error=error />
            {children()}
        </div>
    }
}

/// The label, the error and the controls of a group of choices.
#[component]
pub fn FieldGroup(
    /// The id of the first control, from which that of the error is made.
    id: String,
    /// What stands above the choices.
    label: FieldLabel,
    /// Whether one of them alone may be taken.
    radio: bool,
    /// What ties the group to its error.
    control: Control,
    children: Children,
) -> impl IntoView {
    let error = label.error;
    let Control {
        described_by,
        invalid,
        required,
        ..
    } = control;
    // A group of checkboxes knows neither required nor invalid; its error says both.
    let always = error_id(&id);
    let described = move || {
        if radio {
            described_by.get()
        } else {
            Some(always.clone())
        }
    };
    let on_leave = label.on_leave;
    view! {
        <div
            class=field_class(FieldWidth::Full, error)
            on:focusout=move |_| { on_leave.try_run(()); }
        >
            <fieldset
                class=Part::GROUP.class()
                role=radio.then_some("radiogroup")
                aria-describedby=described
                aria-invalid=move || (radio && invalid.get()).then_some("true")
                aria-required=move || (radio && required.get()).then_some("true")
            >
                <legend class=Part::LABEL.class()>{label.name()}</legend>
                <ErrorMessage id=error_id(&id) prefix=label.error_prefix error=error />
                {children()}
            </fieldset>
        </div>
    }
}

/// A paragraph for an error that is there only sometimes.
#[component]
pub fn ErrorMessage(
    /// Its id.
    id: String,
    /// What is said before it, to screen readers alone.
    prefix: String,
    /// The error, while there is one.
    error: Signal<Option<String>>,
) -> impl IntoView {
    view! {
        <p class=Part::ERROR.class() id=id hidden=move || error.get().is_none()>
            <span class=Part::HIDDEN.class()>{[&prefix, " "].concat()}</span>
            <span prop:textContent=move || error.get().unwrap_or_default()></span>
        </p>
    }
}
