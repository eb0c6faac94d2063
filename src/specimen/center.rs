//! `<account-center>`.

use super::profile::{FORM_OF_CUSTOMER, PROFILE_SAVED, form_of_customer, rename, saving};
use super::sign_in::LOGGED_OUT;
use super::{SIGN_UP_FORM, Specimen, Subject, body, click, config, offline, submit};
use crate::api::Scripted;
use crate::embed::ElementName;

const SPECIMEN: Specimen = Specimen {
    subject: Subject::Element(ElementName::Center),
    name: "customer",
    sign: "[aria-current=page]",
    answers: || {
        let mut answers = saving(body(PROFILE_SAVED));
        answers.push(("Logout", body(LOGGED_OUT)));
        answers
    },
    acts: &[],
    config,
};

pub(super) const SPECIMENS: &[Specimen] = &[
    Specimen {
        name: "loading",
        sign: "p[role=status]",
        answers: || vec![("Form", Scripted::Never)],
        ..SPECIMEN
    },
    Specimen {
        name: "failed",
        sign: "[role=alert] button",
        answers: || vec![("Form", offline())],
        ..SPECIMEN
    },
    Specimen {
        name: "guest",
        sign: "[name=login_pass]",
        answers: || vec![("Form", body(SIGN_UP_FORM))],
        ..SPECIMEN
    },
    SPECIMEN,
    Specimen {
        name: "saved",
        sign: ".account-saved:not(:empty)",
        acts: &[rename, submit],
        ..SPECIMEN
    },
    Specimen {
        name: "expired",
        sign: ".account-notice [name=login_pass]",
        answers: || {
            vec![
                ("Form", body(&form_of_customer(FORM_OF_CUSTOMER))),
                ("Form", body(SIGN_UP_FORM)),
            ]
        },
        acts: &[rename, submit],
        ..SPECIMEN
    },
    Specimen {
        name: "unsaved",
        sign: "dialog[open]",
        acts: &[rename, |stage| click(stage, ".account-sign-out")],
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
