//! Every state of every element, brought about with the real code: a scripted store, answers put
//! into the controls, the form sent. One set for the specimen page, the browser tests and axe.

use crate::api::{Api, ApiError, Cancel, Script, Scripted, Transport};
use crate::components::{Mounted, sign_up_element};
use crate::i18n::I18n;
use crate::state::{Happening, SignUpConfig};
use js_sys::Reflect;
use std::rc::Rc;
use wasm_bindgen::JsCast;
use web_sys::{Element, Event, EventInit, HtmlFormElement};

/// The answer of a store with every kind of field, taken from the local store's demo data.
pub const SIGN_UP_FORM: &str = include_str!("../tests/fixtures/sign_up_form.json");

/// An answer to a registration that worked.
pub const REGISTERED: &str =
    r#"{"data":{"customer":{"registerCustomer":{"customer":{"entityId":7},"errors":[]}}}}"#;

/// An answer to a registration whose e-mail address is taken.
pub const EMAIL_IN_USE: &str = r#"{"data":{"customer":{"registerCustomer":{"customer":null,"errors":[
    {"__typename":"EmailAlreadyInUseError","message":"The e-mail address is in use."}]}}}}"#;

/// An answer to a sign-in that worked.
pub const SIGNED_IN: &str = r#"{"data":{"login":{"customer":{"entityId":7}}}}"#;

/// A state of the sign-up.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[allow(missing_docs, reason = "each variant's name is its description")]
pub enum SignUpSpecimen {
    Loading,
    Failed,
    AlreadySignedIn,
    Empty,
    Filled,
    Errors,
    Sending,
    Refused,
    Offline,
    Done,
}

impl SignUpSpecimen {
    /// Every state, in the order in which a shopper may meet it.
    pub const ALL: [Self; 10] = [
        Self::Loading,
        Self::Failed,
        Self::AlreadySignedIn,
        Self::Empty,
        Self::Filled,
        Self::Errors,
        Self::Sending,
        Self::Refused,
        Self::Offline,
        Self::Done,
    ];

    /// The state's name in the page's address.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Loading => "loading",
            Self::Failed => "failed",
            Self::AlreadySignedIn => "already-signed-in",
            Self::Empty => "empty",
            Self::Filled => "filled",
            Self::Errors => "errors",
            Self::Sending => "sending",
            Self::Refused => "refused",
            Self::Offline => "offline",
            Self::Done => "done",
        }
    }

    /// A store that answers so that this state comes about.
    #[must_use]
    pub fn script(self) -> Script {
        let body = |text: &str| Scripted::Body(text.to_owned());
        let form = match self {
            Self::Loading => Scripted::Never,
            Self::Failed => Scripted::Error(ApiError::Offline),
            Self::AlreadySignedIn => {
                body(&SIGN_UP_FORM.replacen(r#""customer": null"#, r#""customer": {}"#, 1))
            }
            Self::Empty
            | Self::Filled
            | Self::Errors
            | Self::Sending
            | Self::Refused
            | Self::Offline
            | Self::Done => body(SIGN_UP_FORM),
        };
        let registration = match self {
            Self::Sending => Scripted::Never,
            Self::Refused => body(EMAIL_IN_USE),
            Self::Offline => Scripted::Error(ApiError::Offline),
            Self::Loading
            | Self::Failed
            | Self::AlreadySignedIn
            | Self::Empty
            | Self::Filled
            | Self::Errors
            | Self::Done => body(REGISTERED),
        };
        Script::new([
            ("SignUpForm", form),
            ("RegisterCustomer", registration),
            ("Login", body(SIGNED_IN)),
        ])
    }

    const fn is_filled(self) -> bool {
        matches!(
            self,
            Self::Filled | Self::Sending | Self::Refused | Self::Offline | Self::Done
        )
    }

    const fn is_sent(self) -> bool {
        self.is_filled() && !matches!(self, Self::Filled) || matches!(self, Self::Errors)
    }

    /// Shows the state in `stage` until what is returned is dropped. `notify` hears what happens.
    pub fn show(
        self,
        stage: &Element,
        i18n: impl FnOnce() -> I18n,
        notify: Rc<dyn Fn(Happening)>,
    ) -> Mounted {
        let transport = Transport::Scripted(self.script());
        let act = {
            let stage = stage.clone();
            Rc::new(move |happening: Happening| {
                if happening == Happening::Ready {
                    self.act(&stage);
                }
                notify(happening);
            })
        };
        Mounted::new(stage, move || {
            let api = Api::new(transport, Cancel::default());
            sign_up_element(api, i18n(), config(), act)
        })
    }

    /// Does what a shopper would do to come to this state.
    fn act(self, stage: &Element) {
        let Some(form) = form_in(stage) else { return };
        if self.is_filled() {
            fill(&form);
        }
        if self.is_sent() {
            // Fails only for a button of another form.
            let _ = form.request_submit();
        }
    }
}

/// What the specimen page sets on the element.
#[must_use]
pub fn config() -> SignUpConfig {
    SignUpConfig {
        country: Some("US".to_owned()),
        sign_in_url: "/login.php".to_owned(),
        return_to: Some("/account.php".to_owned()),
        captcha_src: None,
        without_address: false,
    }
}

/// The form in `stage`.
#[must_use]
pub fn form_in(stage: &Element) -> Option<HtmlFormElement> {
    stage.query_selector("form").ok()??.dyn_into().ok()
}

/// Answers to every field that must be answered.
const ANSWERS: [(&str, &str); 9] = [
    ("FormField[1][1]", "ada@example.com"),
    ("FormField[1][2]", "Difference-Engine-1"),
    ("FormField[1][29]", "1985-12-10"),
    ("FormField[2][4]", "Ada"),
    ("FormField[2][5]", "King"),
    ("FormField[2][8]", "1 Main Street"),
    ("FormField[2][10]", "Springfield"),
    ("FormField[2][12]", "Illinois"),
    ("FormField[2][13]", "62701"),
];

/// Fills in every field that must be answered.
pub fn fill(form: &HtmlFormElement) {
    for (name, value) in ANSWERS {
        put(form, name, value);
    }
    if let Ok(Some(radio)) = form.query_selector("[name=\"FormField[1][31]\"]") {
        // Fails only for a frozen object.
        let _ = Reflect::set(&radio, &"checked".into(), &true.into());
    }
}

/// Types `value` into the control called `name`, as a shopper would.
pub fn put(form: &HtmlFormElement, name: &str, value: &str) {
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
