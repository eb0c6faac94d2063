//! Where a theme puts something of its own into a form.

use super::appearance::Part;
use leptos::html;
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::HtmlElement;

/// The slots of a form.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SlotName {
    /// Behind the last field.
    AfterFields,
    /// Right before the button that sends the form.
    BeforeSubmit,
}

impl SlotName {
    /// Its name in `<template data-account-slot>`.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::AfterFields => "after-fields",
            Self::BeforeSubmit => "before-submit",
        }
    }
}

/// What finds a control in a slot that does not have what it requires. A fieldset around it is invalid too, and says nothing.
pub const INVALID_IN_SLOT: &str = "[data-account-slot] :is(input, select, textarea):invalid";

/// A place for what a theme has in `<template data-account-slot>`.
#[component]
pub fn Slot(
    /// Which.
    name: SlotName,
    /// Moves the theme's nodes here.
    fill: UnsyncCallback<(&'static str, HtmlElement)>,
) -> impl IntoView {
    let node_ref = NodeRef::<html::Div>::new();
    let name = name.name();
    node_ref.on_load(move |place| {
        fill.try_run((name, place.unchecked_into()));
    });
    view! { <div class=Part::SLOT.class() data-account-slot=name node_ref=node_ref></div> }
}
