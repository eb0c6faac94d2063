//! The first line of an address, with addresses to choose from where the page has a function that finds them.

use super::props::FieldProps;
use crate::api::Cancel;
use crate::forms::{CountryChoice, Form, Section};
use crate::i18n::Message;
use crate::ui::{Combobox, ComboboxEvent, Field, Suggestions, dom};
use js_sys::{Array, Function, Object, Promise, Reflect};
use leptos::leptos_dom::helpers::TimeoutHandle;
use leptos::prelude::*;
use leptos::task::spawn_local;
use std::time::Duration;
use storefront_rules::{AddressFormat, BuiltIn, Part};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;

/// How many characters, blanks aside, are typed before addresses are looked for.
const FEWEST_CHARACTERS: usize = 3;

/// How long nothing is typed before addresses are looked for.
const PAUSE: Duration = Duration::from_millis(250);

/// How many addresses are shown at most: a list that is taken in at a glance.
const MOST_SUGGESTIONS: usize = 8;

/// What is asked of the page's function, and what it suggests. Cheap to copy; lives as long as the field.
#[derive(Clone, Copy)]
struct Lookup {
    form: Form,
    country: CountryChoice,
    suggestions: Suggestions,
    /// The addresses that are suggested, or functions that give them.
    addresses: StoredValue<Vec<JsValue>, LocalStorage>,
    /// Addresses are looked for once it is over.
    pause: StoredValue<Option<TimeoutHandle>, LocalStorage>,
    /// Calls off looking for addresses, or asking for the one that was chosen.
    cancel: StoredValue<Cancel, LocalStorage>,
    /// Whether it is the chosen one that is asked for.
    is_choosing: StoredValue<bool>,
    /// What stood in the line when it was looked at last.
    text: StoredValue<String>,
    /// What stood in the lines when an address was chosen: what was typed since is not written over.
    lines: StoredValue<Vec<String>>,
}

/// The lines that an address fills in, with its keys for them.
const LINES: [(BuiltIn, &str); 5] = [
    (BuiltIn::CompanyName, "company"),
    (BuiltIn::AddressLine1, "address1"),
    (BuiltIn::AddressLine2, "address2"),
    (BuiltIn::City, "city"),
    (BuiltIn::Zip, "postalCode"),
];

/// The first line of an address.
#[component]
pub(super) fn AddressLineField(props: FieldProps, country: CountryChoice) -> impl IntoView {
    let form = props.form;
    let lookup = Lookup {
        form,
        country,
        suggestions: Suggestions::default(),
        addresses: StoredValue::new_local(Vec::new()),
        pause: StoredValue::new_local(None),
        cancel: StoredValue::new_local(Cancel::default()),
        is_choosing: StoredValue::new(false),
        text: StoredValue::new(props.value().unwrap_or_default()),
        lines: StoredValue::new(Vec::new()),
    };
    on_cleanup(move || lookup.stop());
    let on_event = UnsyncCallback::new(move |(event,)| match event {
        ComboboxEvent::Typed => lookup.ask_later(),
        ComboboxEvent::Chosen(index) => lookup.choose(index),
        ComboboxEvent::Dismissed => lookup.dismiss(),
    });
    let (control, value) = (props.control(None), props.value().unwrap_or_default());
    view! {
        <Field id=props.id() label=props.label()>
            <Combobox
                control=control
                value=value
                suggestions=lookup.suggestions
                list_name=form.i18n.text(Message::ADDRESS_SUGGESTIONS)
                on_event=on_event
            />
        </Field>
    }
}

impl Lookup {
    /// Calls off what is under way. What belongs to an owner that is gone went with it.
    fn stop(self) {
        if let Some(pause) = self.pause.try_update_value(Option::take).flatten() {
            pause.clear();
        }
        self.cancel.try_set_value(Cancel::default());
        self.is_choosing.try_set_value(false);
    }

    /// The shopper wants none of what is suggested; what they have chosen is still on its way.
    fn dismiss(self) {
        if self.is_choosing.try_get_value() == Some(true) {
            return;
        }
        self.stop();
        if self.addresses.try_with_value(Vec::is_empty) == Some(false) {
            self.suggest(Vec::new(), Vec::new());
        }
    }

    fn suggest(self, labels: Vec<String>, addresses: Vec<JsValue>) {
        if labels.is_empty() && self.suggestions.is_silent() {
            return;
        }
        let status = match labels.len() {
            0 => String::new(),
            count => {
                let count = count.to_string();
                (self.form.i18n).format(Message::SUGGESTIONS_FOUND, &[("count", &count)])
            }
        };
        self.addresses.set_value(addresses);
        self.suggestions.set(labels, status);
    }

    /// Looks for addresses once nothing more is typed for a moment.
    fn ask_later(self) {
        let text = self.text_in(BuiltIn::AddressLine1);
        // A text that was typed is told a second time when the focus leaves it.
        if self.text.try_with_value(|last| *last == text) == Some(true) {
            return;
        }
        self.text.set_value(text.clone());
        self.stop();
        self.suggest(Vec::new(), Vec::new());
        // What the browser fills in, or the widget takes over, is nobody's question.
        if !self.has_focus() {
            return;
        }
        let characters = text.chars().filter(|c| !c.is_whitespace()).count();
        let Some(lookup) = self.form.address_lookup() else {
            return;
        };
        if characters >= FEWEST_CHARACTERS {
            let pause = set_timeout_with_handle(move || self.ask(&lookup, text.trim()), PAUSE);
            self.pause.set_value(pause.ok());
        }
    }

    fn text_in(self, line: BuiltIn) -> String {
        self.form.text_in(Section::Address, line)
    }

    fn has_focus(self) -> bool {
        dom::has_focus(&self.form.field_id(BuiltIn::AddressLine1.id()))
    }

    fn ask(self, lookup: &Function, text: &str) {
        let request = Object::new();
        put(&request, "query", &text.into());
        put(&request, "country", &self.country.code_untracked().into());
        self.call(lookup, &request, Self::show);
    }

    /// Shows the addresses in what the page's function has answered; what is none is left out.
    fn show(self, answer: &JsValue) {
        if !self.has_focus() {
            return;
        }
        let (mut labels, mut addresses) = (Vec::new(), Vec::new());
        for item in answer
            .dyn_ref::<Array>()
            .map(Array::to_vec)
            .unwrap_or_default()
        {
            let address = Reflect::get(&item, &"address".into());
            if let (Some(label), Ok(address)) = (text_of(&item, "label"), address)
                && labels.len() < MOST_SUGGESTIONS
            {
                labels.push(label);
                addresses.push(address);
            }
        }
        self.suggest(labels, addresses);
    }

    /// Puts the address of this index into the form, or asks for it first.
    fn choose(self, index: usize) {
        let chosen = self.addresses.try_with_value(|all| all.get(index).cloned());
        self.dismiss();
        let Some(chosen) = chosen.flatten() else {
            return;
        };
        let lines = LINES.iter().map(|(line, _)| self.text_in(*line)).collect();
        self.lines.set_value(lines);
        match chosen.dyn_ref::<Function>() {
            Some(function) => {
                self.is_choosing.set_value(true);
                self.call(function, &Object::new(), Self::fill_in);
            }
            None => self.fill_in(&chosen),
        }
    }

    /// Calls a function of the page with `request` and a signal, and runs `then` with the answer. A failure is not
    /// shown: the shopper can type the address.
    fn call(self, function: &Function, request: &Object, then: fn(Self, &JsValue)) {
        let under_way = self.cancel.try_with_value(Cancel::begin).flatten();
        let Some(under_way) = under_way else {
            return;
        };
        put(request, "signal", &under_way.signal());
        let answer = match function.call1(&JsValue::UNDEFINED, request) {
            Ok(answer) => Promise::resolve(&answer),
            Err(error) => Promise::reject(&error),
        };
        spawn_local(async move {
            let answer = JsFuture::from(answer).await;
            if under_way.signal().aborted() {
                return;
            }
            match answer {
                Ok(answer) => then(self, &answer),
                Err(_) => leptos::logging::warn!("StorefrontAccount.addressLookup failed"),
            }
        });
    }

    fn fill_in(self, address: &JsValue) {
        // The country goes first: it decides which of the other lines there are.
        let current = self.country.code_untracked();
        let code = text_of(address, "countryCode").filter(|code| self.country.is_known(code));
        let code = code.unwrap_or_else(|| current.clone());
        let state = text_of(address, "stateOrProvince");
        let state = match state {
            Some(state) => state,
            None if code == current => self.text_in(BuiltIn::State),
            None => String::new(),
        };
        if !AddressFormat::of(&code).uses(Part::PostalCode) {
            self.form.put(BuiltIn::Zip.id(), &Vec::new());
        }
        self.form.put(BuiltIn::Country.id(), &vec![code.clone()]);
        self.country.fill_in(code, state);
        let lines = self.lines.try_get_value().unwrap_or_default();
        for ((line, key), before) in LINES.into_iter().zip(lines) {
            if let Some(text) = text_of(address, key)
                && self.text_in(line) == before
            {
                self.form.type_in(line.id(), text);
            }
        }
        self.stop();
        let filled_in = self.form.i18n.text(Message::ADDRESS_FILLED_IN);
        self.suggestions.set(Vec::new(), filled_in);
    }
}

/// The text that an object has under this key, if there is one.
fn text_of(object: &JsValue, key: &str) -> Option<String> {
    let text = Reflect::get(object, &key.into()).ok()?.as_string()?;
    let text = text.trim();
    (!text.is_empty()).then(|| text.to_owned())
}

fn put(object: &Object, key: &str, value: &JsValue) {
    // Setting a plain property on a fresh object cannot fail.
    let _ = Reflect::set(object, &key.into(), value);
}
