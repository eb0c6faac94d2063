//! `<account-newsletter>` in each of its states.

use crate::api::Scripted;
use crate::elements::specimen::acts::{click, form_in, put, submit};
use crate::elements::specimen::responses::{Responses, body, offline};
use crate::elements::specimen::state::{Specimen, Subject, config};
use web_sys::Element;

/// An answer to who is there: a guest.
pub const NEWSLETTER_OF_GUEST: &str = r#"{"data":{"customer":null,
    "site":{"settings":{"privacy":{"privacyPolicyUrl":"/privacy/"}}}}}"#;

/// The same, of a customer without the newsletter.
pub const NEWSLETTER_OF_CUSTOMER: &str = r#"{"data":{
    "customer":{"entityId":7,"email":"ada@example.com","isSubscribedToNewsletter":false},
    "site":{"settings":{"privacy":{"privacyPolicyUrl":null}}}}}"#;

/// The same, of a customer who has it.
const NEWSLETTER_OF_SUBSCRIBER: &str = r#"{"data":{
    "customer":{"entityId":7,"email":"ada@example.com","isSubscribedToNewsletter":true},
    "site":{"settings":{"privacy":{"privacyPolicyUrl":null}}}}}"#;

/// An answer to subscribing.
pub const SUBSCRIBED: &str = r#"{"data":{"newsletter":{"subscribe":{"errors":[]}}}}"#;

/// An answer to unsubscribing.
pub const UNSUBSCRIBED: &str = r#"{"data":{"newsletter":{"unsubscribe":{"errors":[]}}}}"#;

const SPECIMEN: Specimen = Specimen {
    subject: Subject::Element("newsletter"),
    name: "guest",
    sign: "[name=nl_email]",
    answers: || answering(NEWSLETTER_OF_GUEST, body(SUBSCRIBED)),
    acts: &[],
    config,
    address_lookup: None,
};

/// The states, in the order in which a shopper may meet them.
pub const SPECIMENS: &[Specimen] = &[
    Specimen {
        name: "loading",
        sign: "p[role=status]",
        answers: || vec![("Newsletter", Scripted::Never)],
        ..SPECIMEN
    },
    Specimen {
        name: "failed",
        sign: "[role=alert] button",
        answers: || vec![("Newsletter", offline())],
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
        answers: || answering(NEWSLETTER_OF_GUEST, Scripted::Never),
        acts: &[fill, submit],
        ..SPECIMEN
    },
    Specimen {
        name: "offline",
        sign: ".sfa-summary:not([hidden]) button[type=submit]",
        answers: || answering(NEWSLETTER_OF_GUEST, offline()),
        acts: &[fill, submit],
        ..SPECIMEN
    },
    Specimen {
        name: "done",
        sign: "p.sfa-title",
        acts: &[fill, submit],
        ..SPECIMEN
    },
    Specimen {
        name: "customer",
        sign: "[role=switch]:not(:checked)",
        answers: || answering(NEWSLETTER_OF_CUSTOMER, body(SUBSCRIBED)),
        ..SPECIMEN
    },
    Specimen {
        name: "subscriber",
        sign: "[role=switch]:checked",
        answers: || answering(NEWSLETTER_OF_SUBSCRIBER, body(SUBSCRIBED)),
        ..SPECIMEN
    },
    Specimen {
        name: "reminders",
        sign: "p.sfa-title",
        acts: &[fill, |stage| {
            click(stage, "[role=group] > button:last-child")
        }],
        ..SPECIMEN
    },
];

fn answering(newsletter: &str, subscribing: Scripted) -> Responses {
    vec![
        ("Newsletter", body(newsletter)),
        ("Subscribe", subscribing),
        ("Unsubscribe", body(UNSUBSCRIBED)),
        ("api/storefront/subscriptions", body("{}")),
    ]
}

fn fill(stage: &Element) {
    if let Some(form) = form_in(stage) {
        put(&form, "nl_email", "ada@example.com");
    }
}
