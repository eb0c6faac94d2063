//! `<account-consent>`: the theme's banner in each of its modes, and the settings.

use crate::elements::consent::ConsentSettings;
use crate::elements::specimen::state::{Specimen, Subject, config};
use storefront_rules::Category;
use wasm_bindgen::JsCast;
use wasm_bindgen::prelude::wasm_bindgen;
use web_sys::{DomParser, Element, HtmlAnchorElement, SupportedType};

#[wasm_bindgen(module = "/src/embed/js/banner.js")]
extern "C" {
    #[wasm_bindgen(js_name = showBanner)]
    fn show_banner(banner: &Element, mode: &str);
}

/// The banner in every language that there is a file of.
const BANNERS: &[(&str, &str)] = include!(concat!(env!("OUT_DIR"), "/banners.rs"));

const POLICY_URL: &str = "/privacy/";

const SPECIMEN: Specimen = Specimen {
    subject: Subject::Consent(undecided),
    name: "undecided",
    sign: "dialog[open] [role=switch]:not(:checked)",
    answers: Vec::new,
    acts: &[],
    config,
    address_lookup: None,
};

const fn banner_specimen(mode: &'static str, name: &'static str, sign: &'static str) -> Specimen {
    Specimen {
        subject: Subject::Banner(mode),
        name,
        sign,
        ..SPECIMEN
    }
}

/// The states, in the order in which a shopper may meet them.
pub const SPECIMENS: &[Specimen] = &[
    banner_specimen("ask", "banner", "[data-consent-do=accept]:not([hidden])"),
    banner_specimen(
        "ask account",
        "banner-account",
        "[data-consent-when=account]:not([hidden])",
    ),
    banner_specimen(
        "settings ask",
        "banner-settings",
        "[data-consent-do=close]:not([hidden])",
    ),
    banner_specimen(
        "gpc",
        "banner-global-privacy-control",
        "[data-consent-when=gpc]:not([hidden])",
    ),
    banner_specimen(
        "merged",
        "banner-merged",
        "[data-consent-when=merged]:not([hidden])",
    ),
    banner_specimen(
        "failed",
        "banner-failed",
        "[data-consent-do=retry]:not([hidden])",
    ),
    banner_specimen(
        "refused",
        "banner-refused",
        "[data-consent-when=refused]:not([hidden])",
    ),
    banner_specimen(
        "reload",
        "banner-reload",
        "[data-consent-do=reload]:not([hidden])",
    ),
    banner_specimen(
        "running",
        "banner-running",
        "[data-consent-when=running]:not([hidden])",
    ),
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
        policy_url: Some(POLICY_URL.to_owned()),
        ..ConsentSettings::default()
    }
}

fn some_granted() -> ConsentSettings {
    ConsentSettings {
        granted: vec![Category::Functional, Category::Analytics],
        services: vec![(Category::Functional, "videos.example".to_owned())],
        ..undecided()
    }
}

fn global_privacy_control() -> ConsentSettings {
    ConsentSettings {
        has_gpc: true,
        ..undecided()
    }
}

/// The banner in `language`, or in English, in `mode`; `None` where its markup is not what it must be.
#[must_use]
pub fn banner(language: &str, mode: &str) -> Option<Element> {
    let of = |language: &str| BANNERS.iter().find(|(own, _)| *own == language);
    let (_, markup) = of(language).or_else(|| of("en"))?;
    let parser = DomParser::new().ok()?;
    let parsed = parser
        .parse_from_string(markup, SupportedType::TextHtml)
        .ok()?;
    let banner = parsed.query_selector("[data-consent-banner]").ok()??;
    let policy = banner.query_selector("[data-consent-policy]").ok()??;
    let policy: HtmlAnchorElement = policy.dyn_into().ok()?;
    policy.set_href(POLICY_URL);
    policy.set_hidden(false);
    show_banner(&banner, mode);
    Some(banner)
}
