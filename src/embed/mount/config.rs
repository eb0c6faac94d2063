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
        let attributes = Attributes::of(object);
        let graphql_url = attributes.graphql_url()?;
        let country = attributes.country()?;
        let preset = attributes.preset()?;
        // The loader heeds it; what it does not know is told here.
        attributes.is(attribute::LOAD, "")?;
        let captcha_src = attributes.url(attribute::CAPTCHA_SRC)?;
        Ok(Self {
            name: ElementName::read(&attributes.added("element").unwrap_or_default())
                .ok_or(ConfigError::NoSuchElement)?,
            graphql_url: graphql_url.href(),
            token: attributes
                .text(attribute::TOKEN)
                .ok_or(ConfigError::Missing(attribute::TOKEN.name))?,
            language: attributes.text(attribute::LANG).unwrap_or_default(),
            appearance: appearance::read(object, preset),
            element: ElementConfig {
                country,
                sign_in_url: attributes
                    .own_url(attribute::SIGN_IN_URL)?
                    .unwrap_or_default(),
                sign_up_url: attributes
                    .own_url(attribute::SIGN_UP_URL)?
                    .unwrap_or_default(),
                reset_url: attributes
                    .own_url(attribute::RESET_URL)?
                    .unwrap_or_default(),
                return_to: attributes.own_url(attribute::RETURN_TO)?,
                captcha_src: captcha_src.map(|url| url.href()),
                without_address: attributes.is(attribute::ADDRESS, "omit")?,
                has_steps: attributes.is(attribute::LAYOUT, "steps")?,
                without_reminders: attributes.is(attribute::CART_REMINDERS, "omit")?,
                confirms_deletion: attributes.is(attribute::DELETE, "confirm")?,
                names: list(attributes.text(attribute::NAME)),
                companies: list(attributes.text(attribute::COMPANY)),
                attributes: numbers(
                    attribute::ATTRIBUTES,
                    attributes.text(attribute::ATTRIBUTES),
                )?,
                is_passwordless: attributes.is(attribute::PASSWORDLESS, "offer")?,
                reset_link: reset_link(
                    attributes.added("reset-customer"),
                    attributes.added("reset-token"),
                ),
            },
        })
    }
}

/// The object that the loader made.
struct Attributes<'a> {
    object: &'a JsValue,
    /// The page's own URL.
    base: String,
}

impl<'a> Attributes<'a> {
    fn of(object: &'a JsValue) -> Self {
        let mut attributes = Self {
            object,
            base: String::new(),
        };
        attributes.base = attributes.added("base").unwrap_or_default();
        attributes
    }

    /// What the loader added by this name, or an attribute as the page has it.
    fn added(&self, name: &str) -> Option<String> {
        Reflect::get(self.object, &name.into())
            .ok()
            .and_then(|value| value.as_string())
            .map(|text| text.trim().to_owned())
            .filter(|text| !text.is_empty())
    }

    /// An attribute, or what counts where it is not given.
    fn text(&self, attribute: Attribute) -> Option<String> {
        self.added(attribute.name)
            .or_else(|| attribute.default.map(str::to_owned))
    }

    /// Whether an attribute of several values has this one.
    fn is(&self, attribute: Attribute, value: &str) -> Result<bool, ConfigError> {
        let text = self.text(attribute).unwrap_or_default();
        if attribute.values.contains(&text.as_str()) {
            Ok(text == value)
        } else {
            Err(ConfigError::NotOneOf(attribute.name, attribute.values))
        }
    }

    fn url(&self, attribute: Attribute) -> Result<Option<Url>, ConfigError> {
        let text = self.text(attribute);
        text.map(|text| self.resolve(attribute, &text)).transpose()
    }

    /// A URL of the page's own origin: links that a shopper follows with the authority of the session stay there.
    fn own_url(&self, attribute: Attribute) -> Result<Option<String>, ConfigError> {
        let Some(url) = self.url(attribute)? else {
            return Ok(None);
        };
        let page = self.resolve(attribute, &self.base)?;
        if url.origin() == page.origin() {
            Ok(Some(url.href()))
        } else {
            Err(ConfigError::OtherOrigin(attribute.name))
        }
    }

    fn resolve(&self, attribute: Attribute, url: &str) -> Result<Url, ConfigError> {
        Url::new_with_base(url, &self.base).map_err(|_| ConfigError::NotAUrl(attribute.name))
    }

    fn graphql_url(&self) -> Result<Url, ConfigError> {
        // The shopper's session is a cookie of the page's own origin.
        let endpoint = self.own_url(attribute::ENDPOINT)?.unwrap_or_default();
        Url::new_with_base("graphql", &endpoint)
            .map_err(|_| ConfigError::NotAUrl(attribute::ENDPOINT.name))
    }

    /// The country that the shopper chose in the fallback, or that of the page.
    fn country(&self) -> Result<Option<String>, ConfigError> {
        let is_code =
            |code: &String| code.len() == 2 && code.bytes().all(|b| b.is_ascii_alphabetic());
        let country = self.text(attribute::COUNTRY);
        if country.as_ref().is_some_and(|code| !is_code(code)) {
            return Err(ConfigError::NotACountry(attribute::COUNTRY.name));
        }
        let country = self.added("chosen-country").or(country);
        Ok(country
            .filter(is_code)
            .map(|code| code.to_ascii_uppercase()))
    }

    fn preset(&self) -> Result<Preset, ConfigError> {
        let Attribute { name, values, .. } = attribute::APPEARANCE;
        let preset = self.text(attribute::APPEARANCE).unwrap_or_default();
        Preset::named(&preset).ok_or(ConfigError::NotOneOf(name, values))
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
