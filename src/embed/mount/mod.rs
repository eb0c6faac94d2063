//! An element that asks the store: begun by the loader, told of through [`Host`].

mod config;
mod names;

pub use config::{Config, ConfigError};
pub use names::ElementName;

use super::view::MountedView;
use crate::api::{Api, Cancel, Prefetched, Transport};
use crate::elements::shared::{AccountEvent, ElementConfig, ElementContext, Theme};
use crate::i18n::I18n;
use crate::session::SessionHandle;
use crate::ui::{Appearance, Building};
use js_sys::{Function, Object, Promise, Reflect};
use leptos::prelude::*;
use names::event;
use std::cell::Cell;
use std::rc::Rc;
use wasm_bindgen::prelude::*;
use web_sys::HtmlElement;

#[wasm_bindgen]
extern "C" {
    /// The loader's side of one element.
    pub type Host;

    /// The widget can be used now: take the place of the theme's fallback.
    #[wasm_bindgen(method)]
    fn ready(this: &Host);

    /// Bring the theme's fallback back, with what was typed.
    #[wasm_bindgen(method, js_name = fallBack)]
    fn fall_back(this: &Host);

    /// The theme's fallback was made for somebody else than is there now: let go of it.
    #[wasm_bindgen(method, js_name = forgetFallback)]
    fn forget_fallback(this: &Host);

    /// Dispatch `account:{name}` from the element; `false` when a listener prevented the default.
    #[wasm_bindgen(method)]
    fn emit(this: &Host, name: &str, detail: &Object) -> bool;

    /// Tell the developer of the page, in the console and by `account:error`, what is wrong.
    #[wasm_bindgen(method)]
    fn report(this: &Host, code: &str, message: &str);

    /// Leave the page for `url`.
    #[wasm_bindgen(method)]
    fn leave(this: &Host, url: &str);

    /// Whether what the widget is about to take the place of has a control of this name.
    #[wasm_bindgen(method, js_name = hasControl)]
    fn has_control(this: &Host, name: &str) -> bool;

    /// The page's function that finds addresses, if it has one.
    #[wasm_bindgen(method, js_name = addressLookup)]
    fn address_lookup(this: &Host) -> Option<Function>;

    /// Move the theme's nodes for the slot called `name` into `place`.
    #[wasm_bindgen(method, js_name = fillSlot)]
    fn fill_slot(this: &Host, name: &str, place: &HtmlElement);

    /// The document of the operation of this name, with which elements begin.
    #[wasm_bindgen(method, js_name = documentOf)]
    fn document_of(this: &Host, operation: &str) -> String;

    /// The answer to a query that the loader has sent already.
    pub type FirstAnswer;

    /// The name of the query's operation.
    #[wasm_bindgen(method, getter)]
    fn operation(this: &FirstAnswer) -> String;

    /// The promise of the response.
    #[wasm_bindgen(method, getter)]
    fn answer(this: &FirstAnswer) -> Promise;

    /// Whether the page brought it along.
    #[wasm_bindgen(method, getter, js_name = isFromPage)]
    fn is_from_page(this: &FirstAnswer) -> bool;
}

impl Theme for Host {
    fn has_control(&self, name: &str) -> bool {
        Host::has_control(self, name)
    }

    fn address_lookup(&self) -> Option<Function> {
        Host::address_lookup(self)
    }

    fn fill_slot(&self, name: &str, place: &HtmlElement) {
        Host::fill_slot(self, name, place);
    }
}

/// An element at work. `free()` takes it out again: view, listeners, timers, requests.
#[wasm_bindgen]
pub struct MountedElement {
    _view: MountedView,
    session: SessionHandle,
    api: Api,
    cancel: Cancel,
}

#[wasm_bindgen]
impl MountedElement {
    /// Sends this storefront token from now on.
    #[wasm_bindgen(js_name = setToken)]
    pub fn set_token(&self, token: String) {
        self.api.set_token(token);
    }

    /// The customer who is signed in, as far as this page knows.
    #[wasm_bindgen(js_name = customerId)]
    #[must_use]
    pub fn customer_id(&self) -> Option<i32> {
        self.session.session().auth_untracked().signed_in()
    }

    /// Whether it may show something of a customer.
    #[wasm_bindgen(js_name = isForCustomer)]
    #[must_use]
    pub fn is_for_customer(&self) -> bool {
        self.session
            .session()
            .auth_untracked()
            .customer_id()
            .is_some()
    }

    /// Whether a request is under way or something on the page is unsaved: starting anew would lose it.
    #[wasm_bindgen(js_name = isBusy)]
    #[must_use]
    pub fn is_busy(&self) -> bool {
        self.cancel.has_requests() || self.session.session().has_unsaved()
    }
}

impl Drop for MountedElement {
    fn drop(&mut self) {
        // A request under way holds a copy of its own and would wait for its answer.
        self.cancel.cancel();
    }
}

/// Puts the element that `config` describes into `stage`.
///
/// `config` is the plain object the loader made of the page's configuration and the element's
/// attributes; `first` the answer to the first query, where it was sent already;
/// `catalogue` the object of a locale file, or `undefined` for English.
///
/// # Errors
/// A [`ConfigError`](super::ConfigError) in words that name the attribute.
#[wasm_bindgen]
pub fn mount(
    host: Host,
    stage: HtmlElement,
    config: &JsValue,
    first: Option<FirstAnswer>,
    catalogue: JsValue,
) -> Result<MountedElement, JsValue> {
    let config = Config::read(config).map_err(|error| JsValue::from(error.to_string()))?;
    let cancel = Cancel::default();
    let first = first.map(|first| Prefetched {
        operation: first.operation(),
        response: first.answer(),
        is_from_page: first.is_from_page(),
    });
    let transport = Transport::http(config.graphql_url, config.token, first);
    let host = Rc::new(host);
    let documents = host.clone();
    let api = Api::new(transport, cancel.clone(), move |operation| {
        documents.document_of(operation)
    });
    let listener = listener(host.clone(), config.element.return_to.clone());
    let session = SessionHandle::shared();
    let i18n = || I18n::new(config.language, catalogue);
    let view = mount_element(
        config.name,
        stage,
        &session,
        api.clone(),
        config.appearance,
        config.element,
        i18n,
        listener,
        host.clone(),
        move || host.forget_fallback(),
    );
    Ok(MountedElement {
        _view: view,
        session,
        api,
        cancel,
    })
}

/// Puts the element called `name` into `stage`, until what is returned is dropped. `on_other_customer`
/// hears that another customer than at first, or none, is there.
#[allow(
    clippy::too_many_arguments,
    reason = "what an element works with, each once"
)]
pub(super) fn mount_element(
    name: ElementName,
    stage: HtmlElement,
    session: &SessionHandle,
    api: Api,
    appearance: Appearance,
    config: ElementConfig,
    i18n: impl FnOnce() -> I18n + 'static,
    listener: Rc<dyn Fn(AccountEvent)>,
    theme: Rc<dyn Theme>,
    on_other_customer: impl Fn() + 'static,
) -> MountedView {
    let session = session.session();
    MountedView::new(stage, move || {
        session.on_other_customer(on_other_customer);
        let context = ElementContext::new(i18n(), session, api, config, listener, theme);
        provide_context(context);
        provide_context(appearance);
        provide_context(Building::default());
        name.view()
    })
}

/// Turns what happens into events and into the loader's own acts.
fn listener(host: Rc<Host>, return_to: Option<String>) -> Rc<dyn Fn(AccountEvent)> {
    let is_ready = Cell::new(false);
    Rc::new(move |event| {
        let detail = Object::new();
        let set = |key: &str, value: JsValue| {
            // Setting a plain property on a fresh object cannot fail.
            let _ = Reflect::set(&detail, &key.into(), &value);
        };
        match event {
            AccountEvent::Ready => {
                if !is_ready.replace(true) {
                    host.ready();
                }
            }
            AccountEvent::UseStoreForm => host.fall_back(),
            AccountEvent::Failed(error) => {
                if let Some(cure) = error.cure() {
                    host.report(error.code(), cure);
                } else {
                    set("code", error.code().into());
                    host.emit(event::ERROR, &detail);
                }
            }
            AccountEvent::SignedIn { stays } => {
                if host.emit(event::SIGNED_IN, &detail)
                    && !stays
                    && let Some(url) = &return_to
                {
                    host.leave(url);
                }
            }
            AccountEvent::SignedOut => {
                host.emit(event::SIGNED_OUT, &detail);
            }
            AccountEvent::SubscriptionChanged(change) => {
                set("mailing", change.mailing.name().into());
                set("subscribed", change.is_wanted.into());
                host.emit(event::SUBSCRIPTION_CHANGED, &detail);
            }
            AccountEvent::AddressAdded { address_id } => {
                set("addressId", address_id.into());
                host.emit(event::ADDRESS_ADDED, &detail);
            }
            AccountEvent::AddressUpdated { address_id } => {
                set("addressId", address_id.into());
                host.emit(event::ADDRESS_UPDATED, &detail);
            }
            AccountEvent::AddressDeleted { address_id } => {
                set("addressId", address_id.into());
                host.emit(event::ADDRESS_DELETED, &detail);
            }
            AccountEvent::ProfileSaved { customer_id } => {
                set("customerId", customer_id.into());
                host.emit(event::PROFILE_SAVED, &detail);
            }
            AccountEvent::PasswordChanged => {
                host.emit(event::PASSWORD_CHANGED, &detail);
            }
            AccountEvent::SignedUp {
                customer_id,
                is_signed_in,
            } => {
                if let Some(id) = customer_id {
                    set("customerId", id.into());
                }
                set("signedIn", is_signed_in.into());
                if host.emit(event::SIGNED_UP, &detail)
                    && is_signed_in
                    && let Some(url) = &return_to
                {
                    host.leave(url);
                }
            }
        }
    })
}
