//! `<account-consent>`: its settings. The question before them is the theme's markup.

use super::{Specimen, Subject, config};
use crate::state::ConsentSettings;
use storefront_rules::Category;

const SPECIMEN: Specimen = Specimen {
    subject: Subject::Consent(undecided),
    name: "undecided",
    sign: "dialog[open] [role=switch]:not(:checked)",
    answers: Vec::new,
    acts: &[],
    config,
};

pub(super) const SPECIMENS: &[Specimen] = &[
    SPECIMEN,
    Specimen {
        subject: Subject::Consent(some_granted),
        name: "some-granted",
        sign: "dialog[open] [role=switch]:checked",
        ..SPECIMEN
    },
    Specimen {
        subject: Subject::Consent(global_privacy_control),
        name: "global-privacy-control",
        sign: "dialog[open] p + p",
        ..SPECIMEN
    },
];

fn undecided() -> ConsentSettings {
    ConsentSettings {
        asked: Category::ASKED.to_vec(),
        policy_url: Some("/privacy/".to_owned()),
        ..ConsentSettings::default()
    }
}

fn some_granted() -> ConsentSettings {
    ConsentSettings {
        granted: vec![Category::Functional, Category::Analytics],
        ..undecided()
    }
}

fn global_privacy_control() -> ConsentSettings {
    ConsentSettings {
        has_gpc: true,
        ..undecided()
    }
}
