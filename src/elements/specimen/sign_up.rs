//! `<account-sign-up>` in each of its states.

use crate::api::Scripted;
use crate::elements::shared::ElementConfig;
use crate::elements::specimen::acts::{form_in, put, submit};
use crate::elements::specimen::responses::{Responses, SIGN_UP_FORM, SIGNED_IN, body, offline};
use crate::elements::specimen::state::{Specimen, Subject, config};
use crate::ui::dom;
use js_sys::{Array, Function, Object, Reflect};
use wasm_bindgen::closure::Closure;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::Element;

/// An answer to a registration that worked.
pub const REGISTERED: &str =
    r#"{"data":{"customer":{"registerCustomer":{"customer":{"entityId":7},"errors":[]}}}}"#;

/// An answer to a registration whose email address is taken.
pub const EMAIL_IN_USE: &str = r#"{"data":{"customer":{"registerCustomer":{"customer":null,"errors":[
    {"__typename":"EmailAlreadyInUseError","message":"The email address is in use."}]}}}}"#;

const SPECIMEN: Specimen = Specimen {
    subject: Subject::Element("sign-up"),
    name: "empty",
    sign: ".sfa-summary[hidden]",
    answers: works,
    acts: &[],
    config,
    address_lookup: None,
};

/// The states, in the order in which a shopper may meet them.
pub const SPECIMENS: &[Specimen] = &[
    Specimen {
        name: "loading",
        sign: "p[role=status]",
        answers: || vec![("SignUpForm", Scripted::Never)],
        ..SPECIMEN
    },
    Specimen {
        name: "failed",
        sign: "[role=alert] button",
        answers: || vec![("SignUpForm", offline())],
        ..SPECIMEN
    },
    Specimen {
        name: "already-signed-in",
        sign: "a[href='/account.php']",
        answers: || {
            let form =
                SIGN_UP_FORM.replacen(r#""customer": null"#, r#""customer": {"entityId": 7}"#, 1);
            vec![("SignUpForm", body(&form))]
        },
        ..SPECIMEN
    },
    SPECIMEN,
    Specimen {
        name: "filled",
        acts: &[fill_in],
        ..SPECIMEN
    },
    Specimen {
        name: "errors",
        sign: ".sfa-summary:not([hidden]) a[href^='#']",
        acts: &[submit],
        ..SPECIMEN
    },
    Specimen {
        name: "suggestions",
        sign: "[role=option]",
        acts: &[|stage| {
            if let Some(form) = form_in(stage) {
                // Addresses are suggested where the shopper types.
                if let Ok(Some(line)) = form.query_selector("[name=\"FormField[2][8]\"]") {
                    dom::focus(&line);
                }
                put(&form, "FormField[2][8]", "Harbour");
            }
        }],
        address_lookup: Some(two_addresses),
        ..SPECIMEN
    },
    Specimen {
        name: "sending",
        sign: "button[aria-disabled=true]",
        answers: || registering(Scripted::Never),
        acts: &[fill_in, submit],
        ..SPECIMEN
    },
    Specimen {
        name: "refused",
        sign: ".sfa-summary a[href='/login.php']",
        answers: || registering(body(EMAIL_IN_USE)),
        acts: &[fill_in, submit],
        ..SPECIMEN
    },
    Specimen {
        name: "offline",
        sign: ".sfa-summary button[type=submit]",
        answers: || registering(offline()),
        acts: &[fill_in, submit],
        ..SPECIMEN
    },
    Specimen {
        name: "step",
        sign: "section[hidden]",
        config: in_steps,
        ..SPECIMEN
    },
    Specimen {
        name: "step-errors",
        sign: ".sfa-summary:not([hidden]) a[href^='#']",
        acts: &[submit],
        config: in_steps,
        ..SPECIMEN
    },
    Specimen {
        name: "last-step",
        sign: "section[hidden] ~ section[hidden] ~ section:not([hidden])",
        acts: &[fill_in, submit, submit],
        config: in_steps,
        ..SPECIMEN
    },
    Specimen {
        name: "done",
        sign: "h2.sfa-title",
        acts: &[fill_in, submit],
        ..SPECIMEN
    },
];

/// Finds two addresses, whatever is typed.
fn two_addresses() -> Function {
    let found = [
        "1 Harbour Street, San Francisco, CA 94103",
        "12 Harbour View Terrace, Half Moon Bay, CA 94019",
    ];
    let found = found.map(|label| {
        let suggestion = Object::new();
        for (key, value) in [("label", label.into()), ("address", Object::new().into())] {
            // Setting a plain property on a fresh object cannot fail.
            let _: Result<bool, JsValue> = Reflect::set(&suggestion, &key.into(), &value);
        }
        suggestion
    });
    let found: Array = found.iter().collect();
    let find: Closure<dyn Fn() -> Array> = Closure::new(move || found.clone());
    find.into_js_value().unchecked_into()
}

fn in_steps() -> ElementConfig {
    ElementConfig {
        has_steps: true,
        ..config()
    }
}

fn registering(answer: Scripted) -> Responses {
    vec![
        ("SignUpForm", body(SIGN_UP_FORM)),
        ("RegisterCustomer", answer),
        ("Login", body(SIGNED_IN)),
    ]
}

fn works() -> Responses {
    registering(body(REGISTERED))
}

fn fill_in(stage: &Element) {
    if let Some(form) = form_in(stage) {
        fill(&form);
    }
}

/// Answers to every field that must be filled in.
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
pub fn fill(form: &Element) {
    for (name, value) in ANSWERS {
        put(form, name, value);
    }
    if let Ok(Some(radio)) = form.query_selector("[name=\"FormField[1][31]\"]") {
        // Fails only for a frozen object.
        let _ = Reflect::set(&radio, &"checked".into(), &true.into());
    }
}
