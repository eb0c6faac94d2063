//! The fields of an address: which there are and in which order, the country decides.

use super::address_line::AddressLineField;
use super::props::FieldProps;
use super::{FormField, in_slices};
use crate::api::Country;
use crate::forms::{CountryChoice, Form, Section};
use crate::i18n::{I18n, Message};
use crate::ui::{
    self, Button, ButtonVariant, Field, Options, Select, Status, TextInput, dom, later, remade,
};
use leptos::html;
use leptos::prelude::*;
use storefront_rules::{AddressFormat, BuiltIn, FieldType, Part};
use wasm_bindgen::JsCast;

/// The address proper, whose order the country decides.
const ADDRESS_PARTS: [BuiltIn; 5] = [
    BuiltIn::AddressLine1,
    BuiltIn::AddressLine2,
    BuiltIn::City,
    BuiltIn::State,
    BuiltIn::Zip,
];

/// Codes and names of the store's countries in the shopper's language, in its order.
fn country_options(i18n: I18n, of_store: &[Country]) -> Vec<(String, String)> {
    let named: Vec<(String, String)> = of_store
        .iter()
        .map(|c| (c.code.clone(), i18n.country(&c.code, &c.name)))
        .collect();
    if i18n.language().starts_with("en") {
        return named;
    }
    let order = i18n.order(named.iter().map(|(_, name)| name.clone()).collect());
    let sorted = order.iter();
    sorted
        .filter_map(|index| named.get(*index as usize).cloned())
        .collect()
}

/// The fields of the address form: what stands before the address proper, the country, the parts in the
/// country's order, and the rest.
#[component]
pub fn AddressFields(
    /// The form.
    form: Form,
    /// The country of the address, and what depends on it.
    country: CountryChoice,
    /// The countries that the store knows.
    countries: Vec<Country>,
) -> impl IntoView {
    let definition = form.definition();
    let fields = definition.fields.iter();
    let fields = fields.filter(|(section, _)| *section == Section::Address);
    let mut before = Vec::new();
    let mut parts = Vec::new();
    let mut after = Vec::new();
    let mut countries = Some(countries);
    let mut country_field = None;
    let mut is_before = true;
    for (section, field) in fields {
        let props = FieldProps::new(form, *section, field.clone());
        match field.built_in() {
            Some(BuiltIn::Country) => {
                is_before = false;
                // A form has one country.
                country_field = countries.take().map(|countries| {
                    view! { <CountryField props=props country=country countries=countries /> }
                });
            }
            Some(part) if ADDRESS_PARTS.contains(&part) => {
                is_before = false;
                parts.push(view! { <AddressPart props=props country=country /> });
            }
            Some(_) | None if is_before => before.push(view! { <FormField props=props /> }),
            Some(_) | None => after.push(props),
        }
    }
    let after = (!after.is_empty()).then(|| later(move || in_slices(after)));
    let node_ref = NodeRef::<html::Div>::new();
    // Moving a node keeps what was typed into it, which making it anew would not, but not the focus.
    let language = form.i18n.language();
    Effect::new(move |_| {
        let Some(parts) = node_ref.get() else {
            return;
        };
        // The states may arrive while the shopper stands in one of the parts; moving it then would take
        // the focus away: so the country alone is followed.
        let _ = country.code();
        let focused = dom::focused_within(&parts);
        for part in untrack(|| country.requirements()).order(&language) {
            let selector = format!("[data-account-part=\"{}\"]", part.id().0);
            if let Ok(Some(part)) = parts.query_selector(&selector) {
                // Fails only when a node is put into itself.
                let _ = parts.append_child(&part);
            }
        }
        if let Some(focused) = focused {
            dom::focus_without_scrolling(&focused);
        }
    });
    view! {
        <div class=ui::Part::FIELDS.class()>
            {before}
            {country_field}
            <div
                class=ui::Part::ADDRESS_FIELDS.class()
                data-account-country=move || country.code()
                node_ref=node_ref
            >
                {parts}
            </div>
            {after}
        </div>
    }
}

/// The country, and what choosing it took out of the form.
#[component]
fn CountryField(
    props: FieldProps,
    country: CountryChoice,
    countries: Vec<Country>,
) -> impl IntoView {
    let form = props.form;
    let prefix = match &props.field.kind {
        FieldType::Picklist { choose_prefix, .. } => choose_prefix.clone(),
        FieldType::Text { .. }
        | FieldType::MultilineText { .. }
        | FieldType::Number { .. }
        | FieldType::Date { .. }
        | FieldType::Checkboxes { .. }
        | FieldType::RadioButtons { .. }
        | FieldType::PicklistOrText { .. }
        | FieldType::Password { .. } => String::new(),
    };
    let named = country_options(form.i18n, &countries);
    let options = Options {
        options: [(String::new(), prefix)]
            .into_iter()
            .chain(named.iter().cloned())
            .collect(),
        selected: country.code_untracked(),
    };
    let named = StoredValue::new(named);
    let notice = Signal::derive(move || {
        let code = country.code();
        let name = named.try_with_value(|named| {
            let found = named.iter().find(|(of, _)| *of == code);
            found.map(|(_, name)| name.clone())
        });
        removal_notice(form.i18n, country, &name.flatten().unwrap_or(code))
    });
    let control = props.control(None);
    view! {
        <Field id=props.id() label=props.label()>
            <Select
                control=control
                options=options
                on_change=move |code: String| change_country(form, country, code)
            />
            <Status part=ui::Part::HINT text=notice />
        </Field>
    }
}

fn change_country(form: Form, country: CountryChoice, code: String) {
    let postal_code = form.text_in(Section::Address, BuiltIn::Zip);
    let state = form.text_in(Section::Address, BuiltIn::State);
    if !AddressFormat::of(&code).uses(Part::PostalCode) {
        // A hidden field must not carry what the notice says is gone.
        form.put(BuiltIn::Zip.id(), &Vec::new());
    }
    country.change(code, state, &postal_code);
}

/// What the last change of country, to the one called `name`, took out.
fn removal_notice(i18n: I18n, country: CountryChoice, name: &str) -> String {
    let mut notice = String::new();
    for removed in country.removed() {
        let message = if removed.field == BuiltIn::Zip {
            Message::POSTAL_CODE_CLEARED
        } else {
            Message::STATE_CLEARED
        };
        let arguments = [("value", &*removed.text), ("country", name)];
        notice.push_str(&i18n.format(message, &arguments));
        notice.push(' ');
    }
    notice
}

/// One part of the address, hidden where the country has none.
#[component]
fn AddressPart(props: FieldProps, country: CountryChoice) -> impl IntoView {
    let field = StoredValue::new(props.field.clone());
    let hidden = move || {
        let asks = field.try_with_value(|field| country.requirements().asks(field));
        asks == Some(false)
    };
    let class = match props.field.built_in() {
        Some(BuiltIn::City | BuiltIn::State | BuiltIn::Zip) => ui::Part::FIELD_THIRD.class(),
        Some(_) | None => String::new(),
    };
    let part = props.field.id.0.to_string();
    let view = match props.field.built_in() {
        Some(BuiltIn::State) => view! { <StateField props=props country=country /> }.into_any(),
        Some(BuiltIn::AddressLine1) if props.form.address_lookup().is_some() => {
            view! { <AddressLineField props=props country=country /> }.into_any()
        }
        Some(BuiltIn::AddressLine2) if !props.field.required && props.values.is_empty() => {
            view! { <FoldedField props=props /> }.into_any()
        }
        Some(_) | None => view! { <FormField props=props /> }.into_any(),
    };
    view! {
        <div class=class data-account-part=part hidden=hidden>
            {view}
        </div>
    }
}

/// A field that is folded away until it is wanted, until something is in it, or until something is wrong
/// with it. Folded, it is still there for the browser to fill in.
#[component]
fn FoldedField(props: FieldProps) -> impl IntoView {
    let is_open = RwSignal::new(false);
    let id = props.id();
    let text = props.form.i18n.text(Message::LINE2_WANTED);
    let has_error = {
        let props = props.clone();
        Memo::new(move |_| props.has_error())
    };
    let is_shown = Signal::derive(move || is_open.get() || has_error.get());
    let node_ref = NodeRef::<html::Div>::new();
    Effect::new(move |_| {
        let tab_index = if is_shown.get() { 0 } else { -1 };
        let control = node_ref
            .get()
            .and_then(|node| node.query_selector("input").ok()?);
        if let Some(control) = control
            .as_ref()
            .and_then(|c| c.dyn_ref::<web_sys::HtmlElement>())
        {
            control.set_tab_index(tab_index);
        }
    });
    let hidden = ui::Part::HIDDEN.class();
    let open = move || {
        is_open.set(true);
        if let Some(control) = dom::by_id(&id) {
            dom::focus_later(control);
        }
    };
    view! {
        <div class=ui::Part::FOLD.class()>
            <Button text=text variant=ButtonVariant::Plain hidden=is_shown on_click=open />
            <div
                class=move || if is_shown.get() { String::new() } else { hidden.clone() }
                aria-hidden=move || (!is_shown.get()).then_some("true")
                node_ref=node_ref
                on:input=move |_| is_open.set(true)
            >
                <FormField props=props />
            </div>
        </div>
    }
}

/// The state: a list where the store has one for the country, otherwise text.
#[component]
fn StateField(props: FieldProps, country: CountryChoice) -> impl IntoView {
    let choose = props.form.i18n.text(Message::CHOOSE_STATE);
    let id = props.id();
    let label = props.label();
    let control = StoredValue::new_local(props.control(None));
    let content = remade(move || {
        let states = country.states().unwrap_or_default();
        let text = country.state_text();
        let control = control.try_get_value()?;
        // The control is made anew when the list arrives; whoever stands in it stays there.
        if dom::has_focus(&control.id) {
            let id = control.id.clone();
            dom::defer(move || {
                if let Some(control) = dom::by_id(&id) {
                    dom::focus(&control);
                }
            });
        }
        if states.is_empty() {
            let on_input = move |text: String| country.set_state_text(text);
            let input = view! {
                <TextInput
                    control=control
                    input_type="text"
                    value=text
                    verbatim=true
                    on_input=on_input
                />
            };
            return Some(input.into_any());
        }
        let states = states.into_iter().map(|s| (s.name.clone(), s.name));
        let options = Options {
            options: [(String::new(), choose.clone())]
                .into_iter()
                .chain(states)
                .collect(),
            selected: text,
        };
        let on_change = move |text: String| country.set_state_text(text);
        let select = view! { <Select control=control options=options on_change=on_change /> };
        Some(select.into_any())
    });
    view! {
        <Field id=id label=label>
            <div>{content}</div>
        </Field>
    }
}
