//! What a theme may configure, read once and typed.

use crate::api::ResetLink;
use crate::state::ElementConfig;
use js_sys::Reflect;
use std::fmt;
use storefront_rules::Secret;
use wasm_bindgen::JsValue;
use web_sys::Url;

/// The elements of this build.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ElementName {
    /// `<account-sign-up>`
    #[cfg(feature = "sign-up")]
    SignUp,
    /// `<account-sign-in>`
    #[cfg(feature = "sign-in")]
    SignIn,
    /// `<account-password>`
    #[cfg(feature = "sign-in")]
    Password,
    /// `<account-newsletter>`
    #[cfg(feature = "sign-in")]
    Newsletter,
    /// `<account-addresses>`
    #[cfg(feature = "account")]
    Addresses,
    /// `<account-profile>`
    #[cfg(feature = "account")]
    Profile,
    /// `<account-center>`
    #[cfg(feature = "account")]
    Center,
}

impl ElementName {
    /// The element whose name is `account-{name}`, if this build has it.
    fn read(name: &str) -> Option<Self> {
        match name {
            #[cfg(feature = "sign-up")]
            "sign-up" => Some(Self::SignUp),
            #[cfg(feature = "sign-in")]
            "sign-in" => Some(Self::SignIn),
            #[cfg(feature = "sign-in")]
            "password" => Some(Self::Password),
            #[cfg(feature = "sign-in")]
            "newsletter" => Some(Self::Newsletter),
            #[cfg(feature = "account")]
            "addresses" => Some(Self::Addresses),
            #[cfg(feature = "account")]
            "profile" => Some(Self::Profile),
            #[cfg(feature = "account")]
            "center" => Some(Self::Center),
            _ => None,
        }
    }
}

/// The configuration of one element.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Config {
    /// Which element it is.
    pub kind: ElementName,
    /// The document that the element begins with.
    pub first_query: String,
    /// The storefront's GraphQL endpoint.
    pub graphql_url: String,
    /// The storefront token.
    pub token: String,
    /// The shopper's language, a BCP 47 tag.
    pub language: String,
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
            Self::Missing(name) => write!(f, "attribute {name} is missing"),
            Self::NotAUrl(name) => write!(f, "attribute {name} is not a URL"),
            Self::OtherOrigin(name) => write!(f, "attribute {name} leads to another origin"),
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
    /// Reads the object the loader made: kebab-case attribute names to strings, `kind`, the element's
    /// name behind `account-`, `query`, the document it begins with, `base`, the page's own URL, `chosen-country`, what the shopper chose
    /// in the fallback, `reset-customer` and `reset-token`, what an e-mailed link carried.
    ///
    /// # Errors
    /// The first attribute that cannot be used.
    pub fn read(object: &JsValue) -> Result<Self, ConfigError> {
        let text = |name: &str| {
            Reflect::get(object, &name.into())
                .ok()
                .and_then(|value| value.as_string())
                .map(|text| text.trim().to_owned())
                .filter(|text| !text.is_empty())
        };
        let base = text("base").unwrap_or_default();
        let resolve = |name: &'static str, url: &str| {
            Url::new_with_base(url, &base).map_err(|_| ConfigError::NotAUrl(name))
        };
        // Links a shopper follows with the session's authority stay at home.
        let own = |name: &'static str, default: Option<&str>| {
            let Some(url) = text(name).or_else(|| default.map(str::to_owned)) else {
                return Ok(None);
            };
            let url = resolve(name, &url)?;
            let page = resolve(name, &base)?;
            if url.origin() == page.origin() {
                Ok(Some(url.href()))
            } else {
                Err(ConfigError::OtherOrigin(name))
            }
        };
        let endpoint = text("endpoint").unwrap_or_else(|| "/".to_owned());
        let endpoint = resolve("endpoint", &endpoint)?;
        let graphql_url = Url::new_with_base("graphql", &endpoint.href())
            .map_err(|_| ConfigError::NotAUrl("endpoint"))?
            .href();
        let is_code =
            |code: &String| code.len() == 2 && code.bytes().all(|b| b.is_ascii_alphabetic());
        if text("country").is_some_and(|code| !is_code(&code)) {
            return Err(ConfigError::NotACountry("country"));
        }
        let country = text("chosen-country").or_else(|| text("country"));
        let country = country
            .filter(is_code)
            .map(|code| code.to_ascii_uppercase());
        // One of two words, of which the first is the default: whether it is the second.
        let is_second = |name: &'static str, words: &'static [&'static str; 2]| {
            let text = text(name);
            let chosen = text.as_deref().unwrap_or(words[0]);
            let place = words.iter().position(|word| *word == chosen);
            place
                .map(|place| place == 1)
                .ok_or(ConfigError::NotOneOf(name, words))
        };
        let captcha_src = match text("captcha-src") {
            Some(url) => Some(resolve("captcha-src", &url)?.href()),
            None => None,
        };
        Ok(Self {
            kind: ElementName::read(&text("kind").unwrap_or_default())
                .ok_or(ConfigError::NoSuchElement)?,
            first_query: text("query").unwrap_or_default(),
            graphql_url,
            token: text("token").ok_or(ConfigError::Missing("token"))?,
            language: text("lang").unwrap_or_else(|| "en".to_owned()),
            element: ElementConfig {
                country,
                sign_in_url: own("sign-in-url", Some("/login.php"))?.unwrap_or_default(),
                sign_up_url: own("sign-up-url", Some("/login.php?action=create_account"))?
                    .unwrap_or_default(),
                reset_url: own("reset-url", Some("/login.php?action=reset_password"))?
                    .unwrap_or_default(),
                return_to: own("return-to", None)?,
                captcha_src,
                without_address: is_second("address", &["ask", "omit"])?,
                without_reminders: is_second("cart-reminders", &["offer", "omit"])?,
                confirms_deletion: is_second("delete", &["undo", "confirm"])?,
                names: list(text("name")),
                companies: list(text("company")),
                attributes: numbers("attributes", text("attributes"))?,
                is_passwordless: is_second("passwordless", &["omit", "offer"])?,
                reset_link: reset_link(text("reset-customer"), text("reset-token")),
            },
        })
    }
}

/// The numbers of a list, parted by commas or spaces.
fn numbers(name: &'static str, list: Option<String>) -> Result<Vec<i32>, ConfigError> {
    let list = list.unwrap_or_default();
    let numbers = list.split([',', ' ']).filter(|number| !number.is_empty());
    numbers
        .map(|number| number.parse().map_err(|_| ConfigError::NotNumbers(name)))
        .collect()
}

/// The texts of a list, parted by commas.
fn list(list: Option<String>) -> Vec<String> {
    let list = list.unwrap_or_default();
    let texts = list.split(',').map(|text| text.trim().to_owned());
    texts.filter(|text| !text.is_empty()).collect()
}

/// What an e-mailed link carried, if it was all there.
fn reset_link(customer: Option<String>, token: Option<String>) -> Option<ResetLink> {
    Some(ResetLink {
        customer: customer?.parse().ok()?,
        token: Secret::new(token?),
    })
}
