//! `<account-center>` in each of its states.

use crate::api::Scripted;
use crate::elements::specimen::acts::{click, submit};
use crate::elements::specimen::profile::{FORM_OF_CUSTOMER, PROFILE_SAVED, edit, rename, saving};
use crate::elements::specimen::responses::{SIGN_UP_FORM, body, form_of_customer, offline};
use crate::elements::specimen::sign_in::LOGGED_OUT;
use crate::elements::specimen::state::{Specimen, Subject, config};

const SPECIMEN: Specimen = Specimen {
    subject: Subject::Element("center"),
    name: "customer",
    sign: "[aria-current=page]",
    answers: || {
        let mut answers = saving(body(PROFILE_SAVED));
        answers.push(("Logout", body(LOGGED_OUT)));
        answers
    },
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
        sign: "[name=login_pass]",
        answers: || vec![("Profile", body(SIGN_UP_FORM))],
        ..SPECIMEN
    },
    SPECIMEN,
    Specimen {
        name: "saved",
        sign: ".sfa-status:not(:empty)",
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
            ]
        },
        acts: &[edit, rename, submit],
        ..SPECIMEN
    },
    Specimen {
        name: "unsaved",
        sign: "dialog[open]",
        acts: &[edit, rename, |stage| click(stage, ".sfa-sign-out")],
        ..SPECIMEN
    },
    // The last: it leaves its fragment in the page's address.
    Specimen {
        name: "password",
        sign: "[name='FormField[1][24]']",
        acts: &[|stage| click(stage, "a[href='#account/password']")],
        ..SPECIMEN
    },
];
