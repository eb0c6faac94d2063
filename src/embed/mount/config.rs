//! What a theme may configure, read once and typed.

use super::names::{Attribute, ElementName, attribute};
use crate::api::ResetLink;
use crate::elements::shared::ElementConfig;
use crate::embed::appearance;
use crate::ui::{Appearance, Preset};
use js_sys::Reflect;
use std::fmt;
use storefront_rules::Secret;
use wasm_bindgen::JsValue;
use web_sys::Url;

/// The configuration of one element.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Config {
    /// Which element it is.
    pub name: ElementName,
    /// The storefront's GraphQL endpoint.
    pub graphql_url: String,
    /// The storefront token.
    pub token: String,
    /// The shopper's language, a BCP 47 tag.
    pub language: String,
    /// What the element looks like.
    pub appearance: Appearance,
    /// What the element itself heeds.
    pub element: ElementConfig,
}

/// A value that cannot be used, and the attribute it came from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ConfigError {
    /// The attribute must be given.
    Missing(&'static str),
    /// The attribute is no URL.
    NotAUrl(&'static str),
    /// The attribute leads to another origin than the page's.
    OtherOrigin(&'static str),
    /// The attribute takes other values.
    NotOneOf(&'static str, &'static [&'static str]),
    /// The attribute is no two-letter country code.
    NotACountry(&'static str),
    /// The attribute is no list of numbers.
    NotNumbers(&'static str),
    /// The loader asked for an element that this build does not have.
    NoSuchElement,
}

impl fmt::Display for ConfigError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Missing(name) => write!(
                f,
                "attribute {name} is missing: set it, or put it into #account-config"
            ),
            Self::NotAUrl(name) => write!(f, "attribute {name} is not a URL"),
            Self::OtherOrigin(name) => write!(
                f,
                "attribute {name} leads to another origin: only the page's own has the shopper's session"
            ),
            Self::NotOneOf(name, values) => {
                write!(f, "attribute {name} must be one of: {}", values.join(", "))
            }
            Self::NotACountry(name) => {
                write!(f, "attribute {name} is not an ISO 3166-1 alpha-2 code")
            }
            Self::NotNumbers(name) => {
                write!(f, "attribute {name} is not a list of numbers like 12,15")
            }
            Self::NoSuchElement => f.write_str("there is no such element"),
        }
    }
}

impl std::error::Error for ConfigError {}

impl Config {
    /// Reads the object the loader made: attribute names to strings, and what the loader adds: `element`, the
    /// element's name behind `account-`, `base`, the page's own URL, `chosen-country`, what the shopper chose in the fallback, `reset-customer` and `reset-token`, what an
    /// emailed link carried.
    ///
    /// # Errors
    /// The first attribute that cannot be used.
    pub fn read(object: &JsValue) -> Result<Self, ConfigError> {
        let added = |name: &str| {
            Reflect::get(object, &name.into())
                .ok()
                .and_then(|value| value.as_string())
                .map(|text| text.trim().to_owned())
                .filter(|text| !text.is_empty())
        };
        let text = |attribute: Attribute| {
            added(attribute.name).or_else(|| attribute.default.map(str::to_owned))
        };
        let base = added("base").unwrap_or_default();
        let resolve = |attribute: Attribute, url: &str| {
            Url::new_with_base(url, &base).map_err(|_| ConfigError::NotAUrl(attribute.name))
        };
        // Links that a shopper follows with the authority of the session stay on this origin.
        let own_url = |attribute: Attribute| {
            let Some(url) = text(attribute) else {
                return Ok(None);
            };
            let url = resolve(attribute, &url)?;
            let page = resolve(attribute, &base)?;
            if url.origin() == page.origin() {
                Ok(Some(url.href()))
            } else {
                Err(ConfigError::OtherOrigin(attribute.name))
            }
        };
        // The shopper's session is a cookie of the page's own origin.
        let endpoint = own_url(attribute::ENDPOINT)?.unwrap_or_default();
        let graphql_url = Url::new_with_base("graphql", &endpoint)
            .map_err(|_| ConfigError::NotAUrl(attribute::ENDPOINT.name))?
            .href();
        let is_code =
            |code: &String| code.len() == 2 && code.bytes().all(|b| b.is_ascii_alphabetic());
        let country = text(attribute::COUNTRY);
        if country.as_ref().is_some_and(|code| !is_code(code)) {
            return Err(ConfigError::NotACountry(attribute::COUNTRY.name));
        }
        let country = added("chosen-country").or(country);
        let country = country
            .filter(is_code)
            .map(|code| code.to_ascii_uppercase());
        // Whether an attribute of several values has this one.
        let is = |attribute: Attribute, value: &str| {
            let text = text(attribute).unwrap_or_default();
            if attribute.values.contains(&text.as_str()) {
                Ok(text == value)
            } else {
                Err(ConfigError::NotOneOf(attribute.name, attribute.values))
            }
        };
        let Attribute { name, values, .. } = attribute::APPEARANCE;
        let preset = Preset::named(&text(attribute::APPEARANCE).unwrap_or_default());
        let preset = preset.ok_or(ConfigError::NotOneOf(name, values))?;
        // The loader heeds it; what it does not know is told here.
        is(attribute::LOAD, "")?;
        let captcha_src = match text(attribute::CAPTCHA_SRC) {
            Some(url) => Some(resolve(attribute::CAPTCHA_SRC, &url)?.href()),
            None => None,
        };
        Ok(Self {
            name: ElementName::read(&added("element").unwrap_or_default())
                .ok_or(ConfigError::NoSuchElement)?,
            graphql_url,
            token: text(attribute::TOKEN).ok_or(ConfigError::Missing(attribute::TOKEN.name))?,
            language: text(attribute::LANG).unwrap_or_default(),
            appearance: appearance::read(object, preset),
            element: ElementConfig {
                country,
                sign_in_url: own_url(attribute::SIGN_IN_URL)?.unwrap_or_default(),
                sign_up_url: own_url(attribute::SIGN_UP_URL)?.unwrap_or_default(),
                reset_url: own_url(attribute::RESET_URL)?.unwrap_or_default(),
                return_to: own_url(attribute::RETURN_TO)?,
                captcha_src,
                without_address: is(attribute::ADDRESS, "omit")?,
                has_steps: is(attribute::LAYOUT, "steps")?,
                without_reminders: is(attribute::CART_REMINDERS, "omit")?,
                confirms_deletion: is(attribute::DELETE, "confirm")?,
                names: list(text(attribute::NAME)),
                companies: list(text(attribute::COMPANY)),
                attributes: numbers(attribute::ATTRIBUTES, text(attribute::ATTRIBUTES))?,
                is_passwordless: is(attribute::PASSWORDLESS, "offer")?,
                reset_link: reset_link(added("reset-customer"), added("reset-token")),
            },
        })
    }
}

/// The numbers of a list, parted by commas or spaces.
fn numbers(attribute: Attribute, list: Option<String>) -> Result<Vec<i32>, ConfigError> {
    let list = list.unwrap_or_default();
    let numbers = list.split([',', ' ']).filter(|number| !number.is_empty());
    numbers
        .map(|number| {
            let number = number.parse();
            number.map_err(|_| ConfigError::NotNumbers(attribute.name))
        })
        .collect()
}

/// The texts of a list, parted by commas.
fn list(list: Option<String>) -> Vec<String> {
    let list = list.unwrap_or_default();
    let texts = list.split(',').map(|text| text.trim().to_owned());
    texts.filter(|text| !text.is_empty()).collect()
}

/// What an emailed link carried, if it was all there.
fn reset_link(customer: Option<String>, token: Option<String>) -> Option<ResetLink> {
    Some(ResetLink {
        customer: customer?.parse().ok()?,
        token: Secret::new(token?),
    })
}
