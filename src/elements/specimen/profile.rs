//! `<account-profile>` in each of its states.

use crate::api::Scripted;
use crate::elements::specimen::acts::{click, form_in, put, submit};
use crate::elements::specimen::responses::{
    Responses, SIGN_UP_FORM, SIGNED_IN, body, form_of_customer, offline,
};
use crate::elements::specimen::state::{Specimen, Subject, config};
use web_sys::Element;

/// A customer with an answer to every kind of field, as the store tells of them.
pub const FORM_OF_CUSTOMER: &str = r#"{"entityId":7,"email":"ada@example.com","firstName":"Ada",
    "lastName":"King","company":"","phone":"+44 20 7946 0000","customerGroupName":"Tasting club","isSubscribedToNewsletter":false,
    "formFields":[
    {"__typename":"TextFormFieldValue","entityId":26,"text":"Ada"},
    {"__typename":"MultilineTextFormFieldValue","entityId":27,"multilineText":"Small.\nTwo kettles."},
    {"__typename":"NumberFormFieldValue","entityId":28,"number":4.5},
    {"__typename":"DateFormFieldValue","entityId":29,"date":{"utc":"1985-12-10T00:00:00Z"}},
    {"__typename":"CheckboxesFormFieldValue","entityId":30,"valueEntityIds":[0,2]},
    {"__typename":"MultipleChoiceFormFieldValue","entityId":31,"valueEntityId":2},
    {"__typename":"MultipleChoiceFormFieldValue","entityId":32,"valueEntityId":1},
    {"__typename":"PasswordFormFieldValue","entityId":33,"password":"4711"}]}"#;

/// An answer to a change that was kept.
pub const PROFILE_SAVED: &str = r#"{"data":{"customer":{"updateCustomer":{"errors":[]}}}}"#;

const EMAIL_IN_USE: &str = r#"{"data":{"customer":{"updateCustomer":{"errors":[
    {"__typename":"EmailAlreadyInUseError","message":"The email address is in use."}]}}}}"#;

const SPECIMEN: Specimen = Specimen {
    subject: Subject::Element("profile"),
    name: "customer",
    sign: "dl + .sfa-actions button",
    answers: || saving(body(PROFILE_SAVED)),
    acts: &[],
    config,
    address_lookup: None,
};

/// The states, in the order in which a shopper may meet them.
pub const SPECIMENS: &[Specimen] = &[
    Specimen {
        name: "loading",
        sign: "p[role=status]",
        answers: || vec![("Profile", Scripted::Never)],
        ..SPECIMEN
    },
    Specimen {
        name: "failed",
        sign: "[role=alert] button",
        answers: || vec![("Profile", offline())],
        ..SPECIMEN
    },
    Specimen {
        name: "guest",
        sign: "a[href='/login.php']",
        answers: || vec![("Profile", body(SIGN_UP_FORM))],
        ..SPECIMEN
    },
    SPECIMEN,
    Specimen {
        name: "editing",
        sign: "[name=account_firstname]",
        acts: &[edit],
        ..SPECIMEN
    },
    Specimen {
        name: "incomplete",
        sign: ".sfa-notice li",
        answers: || {
            let without = FORM_OF_CUSTOMER.replace(r#""entityId":31"#, r#""entityId":931"#);
            vec![("Profile", body(&form_of_customer(&without)))]
        },
        ..SPECIMEN
    },
    Specimen {
        name: "errors",
        sign: ".sfa-summary:not([hidden]) a[href^='#']",
        acts: &[edit, |stage| change(stage, "account_firstname", ""), submit],
        ..SPECIMEN
    },
    Specimen {
        name: "saving",
        sign: "button[aria-disabled=true]",
        answers: || saving(Scripted::Never),
        acts: &[edit, rename, submit],
        ..SPECIMEN
    },
    Specimen {
        name: "saved",
        sign: ".sfa-status:not(:empty)",
        acts: &[edit, rename, submit],
        ..SPECIMEN
    },
    Specimen {
        name: "refused",
        sign: "[name='FormField[1][1]'][aria-invalid]",
        answers: || saving(body(EMAIL_IN_USE)),
        acts: &[
            edit,
            |stage| change(stage, "FormField[1][1]", "maria@example.com"),
            submit,
        ],
        ..SPECIMEN
    },
    Specimen {
        name: "offline",
        sign: ".sfa-summary:not([hidden]) button[type=submit]",
        answers: || saving(offline()),
        acts: &[edit, rename, submit],
        ..SPECIMEN
    },
    Specimen {
        name: "conflict",
        sign: ".sfa-conflicts button",
        answers: || {
            let theirs =
                FORM_OF_CUSTOMER.replace(r#""firstName":"Ada""#, r#""firstName":"Augusta""#);
            vec![
                ("Profile", body(&form_of_customer(FORM_OF_CUSTOMER))),
                ("Profile", body(&form_of_customer(&theirs))),
                ("UpdateCustomer", body(PROFILE_SAVED)),
            ]
        },
        acts: &[edit, rename, submit],
        ..SPECIMEN
    },
    Specimen {
        name: "expired",
        sign: ".sfa-notice [name=login_pass]",
        answers: || {
            vec![
                ("Profile", body(&form_of_customer(FORM_OF_CUSTOMER))),
                ("Profile", body(SIGN_UP_FORM)),
                ("Profile", body(&form_of_customer(FORM_OF_CUSTOMER))),
                ("Login", body(SIGNED_IN)),
                ("UpdateCustomer", body(PROFILE_SAVED)),
            ]
        },
        acts: &[edit, rename, submit],
        ..SPECIMEN
    },
];

pub(crate) fn saving(answer: Scripted) -> Responses {
    let attribute = |name: &str, value: &str| {
        body(&format!(
            r#"{{"data":{{"customer":{{"attributes":{{"attribute":{{"name":"{name}","value":"{value}"}}}}}}}}}}"#
        ))
    };
    vec![
        ("Profile", body(&form_of_customer(FORM_OF_CUSTOMER))),
        ("UpdateCustomer", answer),
        ("Attribute", attribute("Loyalty tier", "Gold leaf")),
        ("Attribute", attribute("Member since", "2019-05-01")),
    ]
}

fn change(stage: &Element, name: &str, value: &str) {
    if let Some(form) = form_in(stage) {
        put(&form, name, value);
    }
}

/// Brings the form.
pub(crate) fn edit(stage: &Element) {
    click(stage, "dl + .sfa-actions > button");
}

pub(crate) fn rename(stage: &Element) {
    change(stage, "account_firstname", "Augusta Ada");
}
