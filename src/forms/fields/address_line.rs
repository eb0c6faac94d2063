//! The first line of an address, with addresses to choose from where the page has a function that finds them.

use super::FieldProps;
use crate::api::Cancel;
use crate::forms::{CountryChoice, Form};
use crate::i18n::Message;
use crate::ui::{Combobox, Field, Suggestions};
use js_sys::{Array, Function, Object, Promise, Reflect};
use leptos::leptos_dom::helpers::TimeoutHandle;
use leptos::prelude::*;
use leptos::task::spawn_local;
use std::time::Duration;
use storefront_rules::BuiltIn;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;

/// How many letters and digits are typed before addresses are looked for.
const FEWEST_LETTERS: usize = 3;

/// How long nothing is typed before addresses are looked for.
const PAUSE: Duration = Duration::from_millis(250);

/// How many addresses are shown at most: a list that is taken in at a glance, and needs no scrolling.
const MOST_SUGGESTIONS: usize = 8;

/// An address to choose.
#[derive(Clone)]
struct Suggestion {
    label: String,
    /// The address, or a function that gives it.
    address: JsValue,
}

/// What is asked of the page's function, and what it suggests.
#[derive(Clone, Copy)]
struct Lookup {
    form: Form,
    country: CountryChoice,
    suggestions: RwSignal<Vec<Suggestion>, LocalStorage>,
    status: RwSignal<String>,
    /// Addresses are looked for once it is over.
    pause: StoredValue<Option<TimeoutHandle>, LocalStorage>,
    /// Calls off looking for addresses.
    query: StoredValue<Cancel, LocalStorage>,
    /// Calls off asking for the address that was chosen.
    choice: StoredValue<Cancel, LocalStorage>,
}

/// The first line of an address.
#[component]
pub(super) fn AddressLineField(props: FieldProps, country: CountryChoice) -> impl IntoView {
    let form = props.form;
    let lookup = Lookup {
        form,
        country,
        suggestions: RwSignal::new_local(Vec::new()),
        status: RwSignal::new(String::new()),
        pause: StoredValue::new_local(None),
        query: StoredValue::new_local(Cancel::default()),
        choice: StoredValue::new_local(Cancel::default()),
    };
    on_cleanup(move || lookup.stop());
    let found = lookup.suggestions;
    let suggestions = Suggestions {
        labels: Signal::derive(move || {
            found.with(|found| found.iter().map(|found| found.label.clone()).collect())
        }),
        name: StoredValue::new(form.i18n.text(Message::ADDRESS_SUGGESTIONS)),
        status: lookup.status.into(),
        on_query: UnsyncCallback::new(move |(text,)| lookup.ask_later(text)),
        on_choose: UnsyncCallback::new(move |(index,)| lookup.choose(index)),
        on_dismiss: UnsyncCallback::new(move |()| lookup.dismiss()),
    };
    let (control, value) = (props.control(None), props.value().unwrap_or_default());
    view! {
        <Field id=props.id() label=props.label()>
            <Combobox control=control value=value suggestions=suggestions />
        </Field>
    }
}

impl Lookup {
    /// Calls off what is under way. Values of an owner that is gone are gone, and what they called off with them.
    fn stop(self) {
        self.stop_query();
        self.choice.try_set_value(Cancel::default());
    }

    fn stop_query(self) {
        if let Some(pause) = self.pause.try_update_value(Option::take).flatten() {
            pause.clear();
        }
        self.query.try_set_value(Cancel::default());
    }

    /// The shopper wants none of what is suggested.
    fn dismiss(self) {
        self.stop_query();
        if self.suggestions.try_with_untracked(Vec::is_empty) == Some(false) {
            self.suggestions.set(Vec::new());
            self.status.set(String::new());
        }
    }

    /// Looks for addresses once nothing more is typed for a moment.
    fn ask_later(self, text: String) {
        self.dismiss();
        self.choice.set_value(Cancel::default());
        let text = text.trim().to_owned();
        let is_enough = text.chars().filter(|c| c.is_alphanumeric()).count() >= FEWEST_LETTERS;
        let Some(lookup) = self.form.address_lookup().filter(|_| is_enough) else {
            return;
        };
        let pause = set_timeout_with_handle(move || self.ask(&lookup, &text), PAUSE);
        self.pause.set_value(pause.ok());
    }

    fn ask(self, lookup: &Function, text: &str) {
        let request = Object::new();
        let country = self.country.code_untracked();
        for (key, value) in [("query", text), ("country", &country)] {
            put(&request, key, &value.into());
        }
        call(self.query, lookup, &request, move |answer| {
            let found = suggestions_in(&answer);
            if !found.is_empty() {
                let count = found.len().to_string();
                let i18n = self.form.i18n;
                let status = i18n.format(Message::SUGGESTIONS_FOUND, &[("count", &count)]);
                self.status.set(status);
            }
            self.suggestions.set(found);
        });
    }

    /// Puts the address of this index into the form, or asks for it first.
    fn choose(self, index: usize) {
        let chosen = (self.suggestions)
            .try_with_untracked(|found| found.get(index).map(|found| found.address.clone()));
        self.dismiss();
        match chosen.flatten().map(JsCast::dyn_into::<Function>) {
            Some(Ok(function)) => {
                let fill_in = move |address: JsValue| self.fill_in(&address);
                call(self.choice, &function, &Object::new(), fill_in);
            }
            Some(Err(address)) => self.fill_in(&address),
            None => {}
        }
    }

    fn fill_in(self, address: &JsValue) {
        // The country goes first: it decides which of the other lines there are.
        let code = text_of(address, "countryCode");
        let code = code.filter(|code| self.country.is_known(code));
        let state = text_of(address, "stateOrProvince");
        if code.is_some() || state.is_some() {
            let code = code.unwrap_or_else(|| self.country.code_untracked());
            self.form.put(BuiltIn::Country.id(), &vec![code.clone()]);
            self.country.fill_in(code, state.unwrap_or_default());
        }
        for (field, key) in [
            (BuiltIn::CompanyName, "company"),
            (BuiltIn::AddressLine1, "address1"),
            (BuiltIn::AddressLine2, "address2"),
            (BuiltIn::City, "city"),
            (BuiltIn::Zip, "postalCode"),
        ] {
            if let Some(text) = text_of(address, key) {
                self.form.type_in(field.id(), text);
            }
        }
        // The combobox took the first line for a question.
        self.stop_query();
        let filled_in = self.form.i18n.text(Message::ADDRESS_FILLED_IN);
        self.status.set(filled_in);
    }
}

/// Calls a function of the page with `request` and a signal that `cancel` aborts, and runs `then` with the answer. A
/// failure is not shown: the shopper can type the address.
fn call(
    cancel: StoredValue<Cancel, LocalStorage>,
    function: &Function,
    request: &Object,
    then: impl FnOnce(JsValue) + 'static,
) {
    let under_way = cancel.try_with_value(Cancel::begin).flatten();
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
            Ok(answer) => then(answer),
            Err(_) => leptos::logging::warn!("StorefrontAccount.addressLookup failed"),
        }
    });
}

/// The addresses in what the page's function has answered; what is none is left out.
fn suggestions_in(answer: &JsValue) -> Vec<Suggestion> {
    let Some(answer) = answer.dyn_ref::<Array>() else {
        return Vec::new();
    };
    let found = answer.iter().filter_map(|item| {
        Some(Suggestion {
            label: text_of(&item, "label")?,
            address: Reflect::get(&item, &"address".into()).ok()?,
        })
    });
    found.take(MOST_SUGGESTIONS).collect()
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
