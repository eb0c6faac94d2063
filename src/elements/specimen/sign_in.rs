//! `<account-sign-in>` in each of its states.

use crate::api::Scripted;
use crate::elements::specimen::acts::{click, form_in, put, submit};
use crate::elements::specimen::responses::{Responses, SIGNED_IN, body, offline};
use crate::elements::specimen::state::{Specimen, Subject, config};
use web_sys::Element;

/// An answer to who is signed in: nobody.
pub const SESSION_OF_GUEST: &str = r#"{"data":{"customer":null,"site":{"settings":{
    "customers":{"passwordComplexitySettings":{"minimumPasswordLength":8,"requireLowerCase":true,
        "requireUpperCase":true,"requireNumbers":true,"minimumNumbers":1,
        "requireSpecialCharacters":false,"minimumSpecialCharacters":0}},
    "reCaptcha":{"siteKey":"k","isEnabledOnStorefront":false}}}}}"#;

/// The same, of a customer.
pub const SESSION_OF_CUSTOMER: &str = r#"{"data":{"customer":{"entityId":7,"email":"ada@example.com"},
    "site":{"settings":{"customers":{"passwordComplexitySettings":{"minimumPasswordLength":8,
        "requireLowerCase":true,"requireUpperCase":true,"requireNumbers":true,"minimumNumbers":1,
        "requireSpecialCharacters":false,"minimumSpecialCharacters":0}},
    "reCaptcha":{"siteKey":"k","isEnabledOnStorefront":false}}}}}"#;

/// An answer to a sign-in with the wrong pair.
pub const INVALID_CREDENTIALS: &str = r#"{"data":null,"errors":[{"message":"Invalid credentials",
    "extensions":{"code":"INVALID_CREDENTIALS"}}]}"#;

/// An answer to a sign-in of one who was locked out.
pub const THROTTLED: &str = r#"{"data":null,"errors":[{
    "message":"Too many failed sign-ins. Try again in 90 seconds.",
    "extensions":{"code":"THROTTLED_LOGIN","retryAfterSeconds":90}}]}"#;

/// An answer to a sign-in of one who must choose a new password first.
pub const RESET_REQUIRED: &str = r#"{"data":null,"errors":[{
    "message":"Reset password: choose a new one.",
    "extensions":{"code":"RESET_PASSWORD_REQUIRED"}}]}"#;

/// An answer to signing out.
pub const LOGGED_OUT: &str = r#"{"data":{"logout":{"result":"success"}}}"#;

/// An answer to a request for a link.
pub(crate) const LINK_SENT: &str =
    r#"{"data":{"customer":{"requestResetPassword":{"errors":[]}}}}"#;

/// The store's page that sends links which sign in.
pub(crate) const LINKS: &str = "login.php?action=passwordless_login";

const SPECIMEN: Specimen = Specimen {
    subject: Subject::Element("sign-in"),
    name: "empty",
    sign: "[name=login_pass]",
    answers: || logging_in(body(SIGNED_IN)),
    acts: &[],
    config,
    address_lookup: None,
};

/// The states, in the order in which a shopper may meet them.
pub const SPECIMENS: &[Specimen] = &[
    Specimen {
        name: "loading",
        sign: "p[role=status]",
        answers: || vec![("Session", Scripted::Never)],
        ..SPECIMEN
    },
    Specimen {
        name: "failed",
        sign: "[role=alert] button",
        answers: || vec![("Session", offline())],
        ..SPECIMEN
    },
    SPECIMEN,
    Specimen {
        name: "errors",
        sign: ".sfa-summary:not([hidden]) a[href^='#']",
        acts: &[submit],
        ..SPECIMEN
    },
    Specimen {
        name: "sending",
        sign: "button[aria-disabled=true]",
        answers: || logging_in(Scripted::Never),
        acts: &[fill, submit],
        ..SPECIMEN
    },
    Specimen {
        name: "wrong",
        sign: ".sfa-summary:not([hidden]) li",
        answers: || logging_in(body(INVALID_CREDENTIALS)),
        acts: &[fill, submit],
        ..SPECIMEN
    },
    Specimen {
        name: "locked-out",
        sign: ".sfa-summary:not([hidden]) button[type=submit]",
        answers: || logging_in(body(THROTTLED)),
        acts: &[fill, submit],
        ..SPECIMEN
    },
    Specimen {
        name: "offline",
        sign: ".sfa-summary:not([hidden]) button[type=submit]",
        answers: || logging_in(offline()),
        acts: &[fill, submit],
        ..SPECIMEN
    },
    Specimen {
        name: "must-reset",
        sign: "[name=email]",
        answers: || logging_in(body(RESET_REQUIRED)),
        acts: &[fill, submit],
        ..SPECIMEN
    },
    Specimen {
        name: "forgotten",
        sign: "[name=email]",
        acts: &[forgotten],
        ..SPECIMEN
    },
    Specimen {
        name: "mail-sent",
        sign: ".sfa-title + div > p + p",
        acts: &[fill, forgotten, submit],
        ..SPECIMEN
    },
    Specimen {
        name: "link",
        sign: "[name=email]",
        acts: &[|stage| click(stage, ".sfa-actions button")],
        ..SPECIMEN
    },
    Specimen {
        name: "signed-in",
        sign: "a[href='/account.php']",
        answers: || vec![("Session", body(SESSION_OF_CUSTOMER))],
        ..SPECIMEN
    },
];

fn logging_in(answer: Scripted) -> Responses {
    vec![
        ("Session", body(SESSION_OF_GUEST)),
        ("Login", answer),
        ("RequestResetPassword", body(LINK_SENT)),
        (LINKS, body("{}")),
    ]
}

pub(crate) fn fill(stage: &Element) {
    if let Some(form) = form_in(stage) {
        put(&form, "login_email", "ada@example.com");
        put(&form, "login_pass", "Difference-Engine-1");
    }
}

fn forgotten(stage: &Element) {
    click(stage, ".sfa-label-row a");
}
