//! The storefront's endpoints: documents, requests, and what can go wrong with them.
//!
//! Wire types stay in here. What leaves this module are the types of [`storefront_rules`] and the
//! few of its own; what fails leaves as [`ApiError`] or [`Rejection`].

mod error;
mod json;
mod register;
mod sign_up_form;
mod transport;

pub use error::{ApiError, Refusal, Rejection};
pub use register::{Registration, RegistrationError};
pub use sign_up_form::{Captcha, Country, SignUpForm};
pub use transport::{Cancel, Transport};
#[cfg(feature = "scripted")]
pub use transport::{Script, Scripted};

use json::Json;
use storefront_rules::Secret;
use storefront_rules::validate::State;

/// A GraphQL document with one operation.
struct Document {
    /// The operation's name.
    operation: &'static str,
    /// The document's text.
    text: &'static str,
}

const STATES: Document = Document {
    operation: "States",
    text: include_str!("states.graphql"),
};

const LOGIN: Document = Document {
    operation: "Login",
    text: include_str!("login.graphql"),
};

const SUBSCRIBE: Document = Document {
    operation: "Subscribe",
    text: include_str!("subscribe.graphql"),
};

/// A client of one storefront, for one element; requests end when `cancel` does.
#[derive(Clone)]
pub struct Api {
    transport: Transport,
    cancel: Cancel,
}

impl Api {
    /// A client that sends by `transport` until `cancel` is dropped or cancelled.
    #[must_use]
    pub const fn new(transport: Transport, cancel: Cancel) -> Self {
        Self { transport, cancel }
    }

    /// The states the store lists for `country`, an ISO 3166-1 alpha-2 code; none where the state
    /// is free text.
    ///
    /// # Errors
    /// Any [`ApiError`].
    pub async fn states(&self, country: &str) -> Result<Vec<State>, ApiError> {
        let variables = Json::object(&[("country", Some(country.into()))]);
        let data = self.run(&STATES, variables).await?;
        let countries = data.at(&["geography", "countries"]);
        Ok(countries
            .list()
            .flat_map(|country| states(&country))
            .collect())
    }

    /// Signs in; the store sets an httpOnly session cookie.
    ///
    /// # Errors
    /// [`ApiError::Refused`] with the store's words when it does not know the pair.
    pub async fn login(&self, email: &str, password: &Secret) -> Result<(), ApiError> {
        let variables = Json::object(&[
            ("email", Some(email.into())),
            ("password", Some(password.expose().into())),
        ]);
        self.run(&LOGIN, variables).await.map(drop)
    }

    /// Signs `email` up for the newsletter. One who is signed up already is so afterwards.
    ///
    /// # Errors
    /// Any [`ApiError`].
    pub async fn subscribe(
        &self,
        email: &str,
        first_name: Option<&str>,
        last_name: Option<&str>,
    ) -> Result<(), ApiError> {
        let input = Json::object(&[
            ("email", Some(email.into())),
            ("firstName", first_name.map(Json::from)),
            ("lastName", last_name.map(Json::from)),
        ]);
        let variables = Json::object(&[("input", Some(input))]);
        self.run(&SUBSCRIBE, variables).await.map(drop)
    }

    /// Sends one document and reads its `data`.
    async fn run(&self, document: &Document, variables: Json) -> Result<Json, ApiError> {
        let body = Json::object(&[
            ("query", Some(document.text.into())),
            ("variables", Some(variables)),
        ]);
        let text = self
            .transport
            .send(document.operation, body.to_text(), &self.cancel)
            .await?;
        let answer = Json::parse(&text).ok_or(ApiError::Unreadable)?;
        let error = answer.get("errors").list().next();
        if let Some(message) = error.and_then(|error| error.get("message").text()) {
            return Err(ApiError::Refused(message));
        }
        let data = answer.get("data");
        if data.is_null() {
            Err(ApiError::Unreadable)
        } else {
            Ok(data)
        }
    }
}

/// The states of one country.
fn states(country: &Json) -> Vec<State> {
    let states = country.get("statesOrProvinces");
    let state = |state: Json| {
        Some(State {
            name: state.get("name").text()?,
            abbreviation: state.get("abbreviation").text()?,
        })
    };
    states.list().filter_map(state).collect()
}
