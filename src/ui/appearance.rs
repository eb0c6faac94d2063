//! The classes of parts: ours, those of a theme's framework, or none.

use leptos::prelude::*;
use std::sync::Arc;

/// A part of an element, by its public name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Part(&'static str);

/// Makes a constant of each part.
macro_rules! parts {
    ($(#[doc = $doc:literal] $part:ident = $name:literal;)+) => {
        impl Part {
            $(
                #[doc = $doc]
                pub const $part: Self = Self($name);
            )+
        }
    };
}

include!("parts.rs");

impl Part {
    /// The classes of this part in the appearance of the element that the calling component is in.
    #[must_use]
    pub fn class(self) -> String {
        classes(&[self])
    }
}

/// The classes of a node that is several parts at once.
#[must_use]
pub fn classes(parts: &[Part]) -> String {
    let appearance = use_context::<Appearance>().unwrap_or_default();
    let classes = parts.iter().map(|part| appearance.class(*part));
    let classes: Vec<String> = classes.filter(|class| !class.is_empty()).collect();
    classes.join(" ")
}

/// The style that the parts have.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Preset {
    /// Our own.
    #[default]
    Default,
    /// That of BigCommerce's theme Cornerstone, by its classes.
    Cornerstone,
    /// That of Bootstrap 5, by its classes.
    Bootstrap,
    /// The page's own, by its rules for tags and by the map `classes`.
    None,
}

impl Preset {
    /// The preset of this name, if there is one.
    #[must_use]
    pub fn named(name: &str) -> Option<Self> {
        match name {
            "default" => Some(Self::Default),
            "cornerstone" => Some(Self::Cornerstone),
            "bootstrap" => Some(Self::Bootstrap),
            "none" => Some(Self::None),
            _ => None,
        }
    }

    /// The classes that this preset gives a part in place of ours.
    fn own(self, Part(name): Part) -> Option<&'static str> {
        let of = |known: &[(&str, &'static str)]| {
            let mut known = known.iter();
            known
                .find(|(of, _)| *of == name)
                .map(|(_, classes)| *classes)
        };
        match self {
            Self::Default => None,
            Self::Cornerstone => of(CORNERSTONE),
            Self::Bootstrap => of(BOOTSTRAP),
            Self::None if Part(name) == Part::HIDDEN => None,
            Self::None => Some(""),
        }
    }
}

/// The classes that parts have in Cornerstone 6.
const CORNERSTONE: &[(&str, &str)] = &[
    ("button", "button"),
    ("button-primary", "button button--primary"),
    ("link-button", "button button--primary"),
    ("link", ""),
    ("title", "page-heading"),
    ("text", ""),
    ("form", "form"),
    ("section", "form-fieldset"),
    ("section-title", "form-legend"),
    ("fields", "form-row form-row--half"),
    ("field", "form-field"),
    ("field-half", ""),
    ("field-third", ""),
    ("field-invalid", "form-field--error"),
    ("label", "form-label"),
    ("error", "form-inlineMessage"),
    ("input", "form-input"),
    ("textarea", "form-input"),
    ("select", "form-select"),
    ("checkbox", "form-checkbox"),
    ("radio", "form-radio"),
    ("choice-label", "form-label"),
    ("submit", "form-actions"),
    ("summary", "alertBox alertBox--error"),
    ("navigation", "navBar navBar--sub navBar--account"),
    ("navigation-list", "navBar-section account-navigation"),
    ("navigation-item", "navBar-item"),
    ("navigation-current", "is-active"),
    ("navigation-link", "navBar-action"),
    // The navigation stands above the views, as Cornerstone has it.
    ("center-body", ""),
    ("addresses-feed", "addressList"),
    ("address", "address panel panel--address"),
    ("address-body", "panel-body"),
    ("address-lines", "address-details"),
];

/// The classes that parts have in Bootstrap 5.
const BOOTSTRAP: &[(&str, &str)] = &[
    ("button", "btn btn-outline-secondary"),
    ("button-primary", "btn btn-primary"),
    ("button-plain", "btn btn-link"),
    ("link-button", "btn btn-primary"),
    ("link", ""),
    ("title", "h4"),
    ("text", ""),
    ("section-title", "h5"),
    ("fields", "row"),
    ("field", "mb-3 col-12"),
    ("field-half", "col-sm-6"),
    ("field-third", "col-sm-4"),
    ("label", "form-label"),
    ("optional", "text-body-secondary"),
    ("error", "text-danger"),
    ("hint", "form-text"),
    ("input", "form-control"),
    ("textarea", "form-control"),
    ("select", "form-select"),
    ("choice", "form-check"),
    ("checkbox", "form-check-input"),
    ("radio", "form-check-input"),
    ("choice-label", "form-check-label"),
    ("summary", "alert alert-danger"),
    ("summary-title", "alert-heading h5"),
    ("notice", "alert alert-info"),
    ("status", "text-success"),
    ("navigation-list", "nav nav-pills"),
    ("navigation-item", "nav-item"),
    ("navigation-link", "nav-link"),
    ("center-body", ""),
    ("chip", "badge text-bg-secondary"),
];

/// How an element looks: a preset, and classes that a theme adds.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Appearance {
    preset: Preset,
    /// Classes by the name of the part that they are added to.
    added: Arc<[(String, String)]>,
}

impl Appearance {
    /// Parts that look like `preset`, with the classes of `added`, by the names of parts.
    #[must_use]
    pub fn new(preset: Preset, added: Vec<(String, String)>) -> Self {
        Self {
            preset,
            added: added.into(),
        }
    }

    fn class(&self, part: Part) -> String {
        let own = match self.preset.own(part) {
            Some(classes) => classes.to_owned(),
            None => ["sfa-", part.0].concat(),
        };
        let added = self.added.iter().filter(|(of, _)| of == part.0);
        let all = [own]
            .into_iter()
            .chain(added.map(|(_, added)| added.clone()));
        let all: Vec<String> = all.filter(|class| !class.is_empty()).collect();
        all.join(" ")
    }
}

#[cfg(all(test, not(target_arch = "wasm32")))]
mod tests {
    use super::{Appearance, Part, Preset};

    fn added(part: &str, classes: &str) -> Vec<(String, String)> {
        vec![(part.to_owned(), classes.to_owned())]
    }

    #[test]
    fn a_part_has_its_own_class_and_those_that_the_theme_adds() {
        let appearance = Appearance::new(Preset::Default, added("input", "wide round"));
        assert_eq!(appearance.class(Part::INPUT), "sfa-input wide round");
        assert_eq!(appearance.class(Part::LABEL), "sfa-label");
    }

    #[test]
    fn a_preset_takes_our_class_off_the_parts_that_it_knows() {
        let cornerstone = Appearance::new(Preset::Cornerstone, Vec::new());
        assert_eq!(
            cornerstone.class(Part::BUTTON_PRIMARY),
            "button button--primary"
        );
        assert_eq!(cornerstone.class(Part::CHECKLIST), "sfa-checklist");
    }

    #[test]
    fn without_an_appearance_only_what_is_hidden_keeps_its_class() {
        let none = Appearance::new(Preset::None, added("button", "mine"));
        assert_eq!(none.class(Part::FIELD), "");
        assert_eq!(none.class(Part::BUTTON), "mine");
        assert_eq!(none.class(Part::HIDDEN), "sfa-hidden");
    }
}
