//! An element that asks the store: begun by the loader, told of through [`Host`].

use super::config::{Config, ElementName};
use crate::api::{Api, Cancel, Transport};
use crate::components;
use crate::i18n::I18n;
use crate::state::{AccountEvent, ElementContext, Session};
use js_sys::{Object, Promise, Reflect};
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

    /// Leave the page for `url`.
    #[wasm_bindgen(method)]
    fn leave(this: &Host, url: &str);
}

/// An element at work. `free()` takes it out again: view, listeners, timers, requests.
#[wasm_bindgen]
pub struct Mounted {
    _view: components::Mounted,
    _session: Session,
    cancel: Cancel,
}

impl Drop for Mounted {
    fn drop(&mut self) {
        // A request under way holds a copy of its own and would wait for its answer.
        self.cancel.cancel();
    }
}

/// Puts the element that `config` describes into `stage`.
///
/// `config` is the plain object the loader made of the page's configuration and the element's
/// attributes; `first` the promise of the answer to the first query, where it was sent already;
/// `catalogue` the object of a locale file, or `undefined` for English.
///
/// # Errors
/// A [`ConfigError`](super::ConfigError) in words that name the attribute.
#[wasm_bindgen]
pub fn mount(
    host: Host,
    stage: HtmlElement,
    config: &JsValue,
    first: Option<Promise>,
    catalogue: JsValue,
) -> Result<Mounted, JsValue> {
    let config = Config::read(config).map_err(|error| JsValue::from(error.to_string()))?;
    let cancel = Cancel::default();
    let transport = Transport::http(config.graphql_url, config.token, first);
    let api = Api::new(transport, cancel.clone(), &config.first_query);
    let host = Rc::new(host);
    let listener = listener(host.clone(), config.element.return_to.clone());
    let session = Session::shared();
    let (kind, language, element) = (config.kind, config.language, Rc::new(config.element));
    let shared = session.clone();
    let view = components::Mounted::new(&stage, move || {
        components::when_somebody_else(&shared, move || host.forget_fallback());
        let scope = ElementContext {
            i18n: I18n::new(language, catalogue),
            api,
            config: element,
            session: shared,
            listener,
        };
        match kind {
            #[cfg(feature = "sign-up")]
            ElementName::SignUp => components::sign_up_element(scope),
            #[cfg(feature = "sign-in")]
            ElementName::SignIn => components::sign_in_element(scope),
            #[cfg(feature = "sign-in")]
            ElementName::Password => components::password_element(scope),
            #[cfg(feature = "sign-in")]
            ElementName::Newsletter => components::newsletter_element(scope),
            #[cfg(feature = "account")]
            ElementName::Addresses => components::addresses_element(scope),
            #[cfg(feature = "account")]
            ElementName::Profile => components::profile_element(scope),
            #[cfg(feature = "account")]
            ElementName::Center => components::center_element(scope),
        }
    });
    Ok(Mounted {
        _view: view,
        _session: session,
        cancel,
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
            AccountEvent::FallBack => host.fall_back(),
            AccountEvent::Failed(code) => {
                set("code", code.into());
                host.emit("error", &detail);
            }
            AccountEvent::SignedIn { stays } => {
                if host.emit("signed-in", &detail)
                    && !stays
                    && let Some(url) = &return_to
                {
                    host.leave(url);
                }
            }
            AccountEvent::SignedOut => {
                host.emit("signed-out", &detail);
            }
            AccountEvent::SubscriptionChanged(wish) => {
                set("mailing", wish.mailing.name().into());
                set("subscribed", wish.is_wanted.into());
                host.emit("subscription-changed", &detail);
            }
            AccountEvent::AddressAdded { address_id } => {
                set("addressId", address_id.into());
                host.emit("address-added", &detail);
            }
            AccountEvent::AddressUpdated { address_id } => {
                set("addressId", address_id.into());
                host.emit("address-updated", &detail);
            }
            AccountEvent::AddressDeleted { address_id } => {
                set("addressId", address_id.into());
                host.emit("address-deleted", &detail);
            }
            AccountEvent::ProfileSaved { customer_id } => {
                set("customerId", customer_id.into());
                host.emit("profile-saved", &detail);
            }
            AccountEvent::PasswordChanged => {
                host.emit("password-changed", &detail);
            }
            AccountEvent::SignedUp {
                customer_id,
                is_signed_in,
            } => {
                if let Some(id) = customer_id {
                    set("customerId", id.into());
                }
                set("signedIn", is_signed_in.into());
                if host.emit("signed-up", &detail)
                    && is_signed_in
                    && let Some(url) = &return_to
                {
                    host.leave(url);
                }
            }
        }
    })
}
