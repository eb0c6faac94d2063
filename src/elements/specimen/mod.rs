//! Every state of every element, produced by the real code: a scripted store, values put into
//! the controls, the form sent. One set for the specimen page, the browser tests and axe.

mod addresses;
mod center;
pub(crate) mod consent;
mod newsletter;
mod password;
mod profile;
mod sign_in;
mod sign_up;

use crate::api::{ApiError, Scripted};
use crate::elements::consent::ConsentSettings;
use crate::elements::shared::{self, ElementConfig, Theme};
use crate::i18n::{self, Message};
pub use addresses::{ADDRESSES, NO_SUCH_ADDRESS, POSTAL_CODE_REFUSED};
pub use addresses::{book, book_and, first_page, kept, not_kept, numbered, page};
use js_sys::{Function, Reflect};
pub use newsletter::{NEWSLETTER_OF_CUSTOMER, NEWSLETTER_OF_GUEST, SUBSCRIBED, UNSUBSCRIBED};
pub use password::{PASSWORD_CHANGED, RESET_LINK_EXPIRED};
pub use profile::{FORM_OF_CUSTOMER, PROFILE_SAVED};
pub use sign_in::{INVALID_CREDENTIALS, LOGGED_OUT, RESET_REQUIRED};
pub use sign_in::{SESSION_OF_CUSTOMER, SESSION_OF_GUEST, THROTTLED};
pub use sign_up::{EMAIL_IN_USE, REGISTERED, fill};
use wasm_bindgen::JsCast;
use wasm_bindgen::closure::Closure;
use web_sys::{Element, Event, EventInit, HtmlElement, HtmlFormElement};

/// Each file of `locales/`: its language, and its text.
pub const LOCALES: &[(&str, &str)] = include!(concat!(env!("OUT_DIR"), "/locales.rs"));

/// Every text for shoppers, in the order of the locale files.
#[must_use]
pub fn messages() -> Vec<Message> {
    [
        i18n::MESSAGES,
        shared::messages::MESSAGES,
        super::sign_up::messages::MESSAGES,
        super::sign_in::messages::MESSAGES,
        super::password::messages::MESSAGES,
        super::profile::messages::MESSAGES,
        super::addresses::messages::MESSAGES,
        super::newsletter::messages::MESSAGES,
        super::consent::messages::MESSAGES,
        super::center::messages::MESSAGES,
    ]
    .concat()
}

/// The answer of a store with every kind of field, taken from the local store's demo data.
pub const SIGN_UP_FORM: &str = include_str!("../../../tests/fixtures/sign_up_form.json");

/// The store's answer to what the profile is made of, for `customer`, the JSON of one, or `null`.
#[must_use]
pub fn form_of_customer(customer: &str) -> String {
    SIGN_UP_FORM.replacen(
        r#""customer": null"#,
        &format!(r#""customer": {customer}"#),
        1,
    )
}

/// An answer to a sign-in that worked.
pub const SIGNED_IN: &str = r#"{"data":{"login":{"customer":{"entityId":7}}}}"#;

/// What a script answers to operations.
pub(crate) type Responses = Vec<(&'static str, Scripted)>;

/// An element in one of its states.
#[derive(Clone, Copy)]
pub struct Specimen {
    /// What is shown.
    pub subject: Subject,
    /// The state's name in the page's address.
    pub name: &'static str,
    /// What finds something in the document that this state alone has.
    pub sign: &'static str,
    /// A store that answers so that this state comes about.
    pub(crate) answers: fn() -> Responses,
    /// What a shopper does, one thing after the other, each once the last has come to rest.
    pub(crate) acts: &'static [Act],
    /// What the theme has set.
    pub(crate) config: fn() -> ElementConfig,
    /// What finds addresses in the page.
    pub(crate) address_lookup: Option<fn() -> Function>,
}

/// A theme that gives no more than something that finds addresses.
pub(crate) struct WithAddressLookup(pub(crate) Option<fn() -> Function>);

impl Theme for WithAddressLookup {
    fn has_control(&self, _: &str) -> bool {
        false
    }

    fn address_lookup(&self) -> Option<Function> {
        self.0.map(|make| make())
    }

    fn fill_slot(&self, _: &str, _: &HtmlElement) {}
}

/// What a specimen is of.
#[derive(Clone, Copy)]
pub enum Subject {
    /// An element that asks the store, by its name behind `account-`.
    Element(&'static str),
    /// The theme's banner about cookies, in one of its modes.
    Banner(&'static str),
    /// The settings of cookies.
    Consent(fn() -> ConsentSettings),
}

/// Something that a shopper does in an element.
pub type Act = fn(&Element);

impl Specimen {
    /// Every state of every element, in the order in which a shopper may meet it.
    pub fn all() -> impl Iterator<Item = Self> {
        [
            sign_up::SPECIMENS,
            sign_in::SPECIMENS,
            password::SPECIMENS,
            profile::SPECIMENS,
            addresses::SPECIMENS,
            newsletter::SPECIMENS,
            consent::SPECIMENS,
            center::SPECIMENS,
        ]
        .into_iter()
        .flatten()
        .copied()
    }

    /// The element's name behind `account-`.
    #[must_use]
    pub const fn element(self) -> &'static str {
        match self.subject {
            Subject::Element(name) => name,
            Subject::Banner(_) | Subject::Consent(_) => "consent",
        }
    }
}

/// Does the first of `acts`, and the rest when it has come to rest.
pub(crate) fn act(stage: &Element, acts: &'static [Act]) {
    let Some((first, rest)) = acts.split_first() else {
        return;
    };
    first(stage);
    let stage = stage.clone();
    let go_on = Closure::once_into_js(move || act(&stage, rest));
    if let Some(window) = web_sys::window() {
        // Fails only for a function that is none.
        let _ =
            window.set_timeout_with_callback_and_timeout_and_arguments_0(go_on.unchecked_ref(), 20);
    }
}

/// What the specimen page sets on an element.
#[must_use]
pub fn config() -> ElementConfig {
    ElementConfig {
        country: Some("US".to_owned()),
        sign_in_url: "/login.php".to_owned(),
        sign_up_url: "/login.php?action=create_account".to_owned(),
        reset_url: "/login.php?action=reset_password".to_owned(),
        return_to: Some("/account.php".to_owned()),
        attributes: vec![1, 2],
        is_passwordless: true,
        ..ElementConfig::default()
    }
}

pub(crate) fn body(text: &str) -> Scripted {
    Scripted::Body(text.to_owned())
}

pub(crate) const fn offline() -> Scripted {
    Scripted::Error(ApiError::Offline)
}

/// The first form in `stage` that is shown.
#[must_use]
pub fn form_in(stage: &Element) -> Option<HtmlFormElement> {
    let shown = ":not([hidden]) > form, form:first-child";
    stage.query_selector(shown).ok()??.dyn_into().ok()
}

/// Sends the form.
pub(crate) fn submit(stage: &Element) {
    if let Some(form) = form_in(stage) {
        // Fails only for a button of another form.
        let _ = form.request_submit();
    }
}

/// Clicks what `selector` finds.
pub(crate) fn click(stage: &Element, selector: &str) {
    if let Ok(Some(found)) = stage.query_selector(selector)
        && let Some(found) = found.dyn_ref::<HtmlElement>()
    {
        found.click();
    }
}

/// Types `value` into the control called `name`, as a shopper would.
pub fn put(form: &Element, name: &str, value: &str) {
    if let Ok(Some(control)) = form.query_selector(&format!("[name=\"{name}\"]")) {
        // Fails only for a frozen object.
        let _ = Reflect::set(&control, &"value".into(), &value.into());
        let init = EventInit::new();
        init.set_bubbles(true);
        for event in ["input", "change"] {
            if let Ok(event) = Event::new_with_event_init_dict(event, &init) {
                let _ = control.dispatch_event(&event);
            }
        }
    }
}
