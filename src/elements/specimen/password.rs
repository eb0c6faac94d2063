//! `<account-password>` in each of its states.

use crate::api::{ResetLink, Scripted};
use crate::elements::shared::ElementConfig;
use crate::elements::specimen::acts::{form_in, put, submit};
use crate::elements::specimen::responses::{Responses, body, offline};
use crate::elements::specimen::sign_in::{LINK_SENT, SESSION_OF_CUSTOMER, SESSION_OF_GUEST};
use crate::elements::specimen::state::{Specimen, Subject, config};
use storefront_rules::Secret;
use web_sys::Element;

/// An answer to a change of password that worked.
pub const PASSWORD_CHANGED: &str = r#"{"data":{"customer":{"changePassword":{"errors":[]}}}}"#;

/// An answer to a change of password with the wrong present one.
const WRONG_PASSWORD: &str = r#"{"data":{"customer":{"changePassword":{"errors":[
    {"__typename":"CustomerPasswordError","message":"The current password is not right."}]}}}}"#;

/// An answer to a new password by a link that has expired.
pub const RESET_LINK_EXPIRED: &str = r#"{"data":{"customer":{"resetPassword":{"errors":[
    {"__typename":"CustomerPasswordError","message":"This link has expired. Ask for a new one."}]}}}}"#;

const NOT_SIGNED_IN: &str = r#"{"data":{"customer":{"changePassword":{"errors":[
    {"__typename":"CustomerNotLoggedInError","message":"Sign in."}]}}}}"#;

const RESET: &str = r#"{"data":{"customer":{"resetPassword":{"errors":[]}}}}"#;

const SPECIMEN: Specimen = Specimen {
    subject: Subject::Element("password"),
    name: "change",
    sign: "[name='FormField[1][24]']",
    answers: || changing(body(PASSWORD_CHANGED)),
    acts: &[],
    config,
    address_lookup: None,
};

/// Of a guest who came by an emailed link.
const RESETTING: Specimen = Specimen {
    name: "reset",
    sign: "[name=password]",
    answers: || resetting(RESET),
    config: || ElementConfig {
        reset_link: Some(ResetLink {
            customer: 7,
            token: Secret::new("a token"),
        }),
        ..config()
    },
    ..SPECIMEN
};

/// The states, in the order in which a shopper may meet them.
pub const SPECIMENS: &[Specimen] = &[
    Specimen {
        name: "guest",
        sign: "[name=email]",
        answers: || {
            vec![
                ("Session", body(SESSION_OF_GUEST)),
                ("RequestResetPassword", body(LINK_SENT)),
            ]
        },
        ..SPECIMEN
    },
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
        name: "saving",
        sign: "button[aria-disabled=true]",
        answers: || changing(Scripted::Never),
        acts: &[fill, submit],
        ..SPECIMEN
    },
    Specimen {
        name: "offline",
        sign: ".sfa-summary:not([hidden]) button[type=submit]",
        answers: || changing(offline()),
        acts: &[fill, submit],
        ..SPECIMEN
    },
    Specimen {
        name: "expired",
        sign: ".sfa-notice [name=login_pass]",
        answers: || changing(body(NOT_SIGNED_IN)),
        acts: &[fill, submit],
        ..SPECIMEN
    },
    Specimen {
        name: "errors",
        sign: ".sfa-summary:not([hidden]) a[href^='#']",
        acts: &[submit],
        ..SPECIMEN
    },
    Specimen {
        name: "wrong",
        sign: "[name='FormField[1][24]'][aria-invalid]",
        answers: || changing(body(WRONG_PASSWORD)),
        acts: &[fill, submit],
        ..SPECIMEN
    },
    Specimen {
        name: "changed",
        sign: "p.sfa-title",
        acts: &[fill, submit],
        ..SPECIMEN
    },
    RESETTING,
    Specimen {
        name: "link-expired",
        sign: ".sfa-actions:not([hidden]) button",
        answers: || resetting(RESET_LINK_EXPIRED),
        acts: &[fill, submit],
        ..RESETTING
    },
    Specimen {
        name: "reset-done",
        sign: "a[href='/login.php']",
        acts: &[fill, submit],
        ..RESETTING
    },
];

fn changing(answer: Scripted) -> Responses {
    vec![
        ("Session", body(SESSION_OF_CUSTOMER)),
        ("ChangePassword", answer),
    ]
}

fn resetting(answer: &str) -> Responses {
    vec![
        ("Session", body(SESSION_OF_GUEST)),
        ("ResetPassword", body(answer)),
        ("RequestResetPassword", body(LINK_SENT)),
    ]
}

fn fill(stage: &Element) {
    if let Some(form) = form_in(stage) {
        put(&form, "FormField[1][24]", "Difference-Engine-1");
        put(&form, "FormField[1][2]", "Analytical-Engine-2");
        put(&form, "password", "Analytical-Engine-2");
    }
}
