//! A state of an element, and how it comes about.

use super::acts::Act;
use super::responses::Responses;
use crate::elements::consent::ConsentSettings;
use crate::elements::shared::ElementConfig;
use js_sys::Function;

/// An element in one of its states.
#[derive(Clone, Copy)]
pub struct Specimen {
    /// What is shown.
    pub subject: Subject,
    /// The state's name in the page's address.
    pub name: &'static str,
    /// What finds something in the document that this state alone has.
    pub sign: &'static str,
    /// A store that answers so that this state comes about.
    pub(crate) answers: fn() -> Responses,
    /// What a shopper does, one thing after the other, each once the last has come to rest.
    pub(crate) acts: &'static [Act],
    /// What the theme has set.
    pub(crate) config: fn() -> ElementConfig,
    /// What finds addresses in the page.
    pub(crate) address_lookup: Option<fn() -> Function>,
}

/// What a specimen is of.
#[derive(Clone, Copy)]
pub enum Subject {
    /// An element that asks the store, by its name behind `account-`.
    Element(&'static str),
    /// The theme's banner about cookies, in one of its modes.
    Banner(&'static str),
    /// The settings of cookies.
    Consent(fn() -> ConsentSettings),
}

impl Specimen {
    /// The element's name behind `account-`.
    #[must_use]
    pub const fn element(self) -> &'static str {
        match self.subject {
            Subject::Element(name) => name,
            Subject::Banner(_) | Subject::Consent(_) => "consent",
        }
    }
}

/// What the specimen page sets on an element.
#[must_use]
pub fn config() -> ElementConfig {
    ElementConfig {
        country: Some("US".to_owned()),
        sign_in_url: "/login.php".to_owned(),
        sign_up_url: "/login.php?action=create_account".to_owned(),
        reset_url: "/login.php?action=reset_password".to_owned(),
        return_to: Some("/account.php".to_owned()),
        attributes: vec![1, 2],
        is_passwordless: true,
        ..ElementConfig::default()
    }
}
