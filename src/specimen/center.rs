//! `<account-center>`.

use super::profile::{PROFILE_SAVED, rename, saving};
use super::sign_in::LOGGED_OUT;
use super::{SIGN_UP_FORM, Specimen, body, click, config};
use crate::embed::Kind;

const SPECIMEN: Specimen = Specimen {
    kind: Kind::Center,
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
        name: "guest",
        sign: "[name=login_pass]",
        answers: || vec![("Form", body(SIGN_UP_FORM))],
        ..SPECIMEN
    },
    SPECIMEN,
    Specimen {
        name: "unsaved",
        sign: "dialog[open]",
        acts: &[rename, |stage| click(stage, ".account-sign-out")],
        ..SPECIMEN
    },
];
