//! The storefront's endpoints: documents, requests, and what can go wrong with them.
//!
//! Wire types stay in here. What leaves this module are the types of [`storefront_rules`] and the
//! few of its own; what fails leaves as [`ApiError`] or [`Rejection`].

mod error;
mod form_fields;
mod json;
mod mutation;
mod passwords;
mod profile;
mod register;
mod session;
mod sign_up_form;
mod transport;

pub use error::{ApiError, Refusal, Rejection};
pub use form_fields::Captcha;
pub use mutation::MutationError;
pub use passwords::ResetLink;
pub use profile::{Attribute, Profile};
pub use register::Registration;
pub use session::Door;
pub use sign_up_form::{Country, SignUpForm};
pub use transport::{Cancel, Transport};
#[cfg(feature = "scripted")]
pub use transport::{Script, Scripted};

use json::Json;
use std::rc::Rc;
use storefront_rules::validate::State;
use transport::Place;

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

const SUBSCRIBE: Document = Document {
    operation: "Subscribe",
    text: include_str!("subscribe.graphql"),
};

/// A client of one storefront, for one element; requests end when `cancel` does.
#[derive(Clone)]
pub struct Api {
    transport: Transport,
    cancel: Cancel,
    /// The document that the element begins with, `form.graphql` or `session.graphql`. The loader
    /// has it and sends it first; a second copy would be bytes for nothing.
    first: Rc<str>,
}

impl Api {
    /// A client that sends by `transport` until `cancel` is dropped or cancelled. `first` is the
    /// text of the document that the element begins with.
    #[must_use]
    pub fn new(transport: Transport, cancel: Cancel, first: &str) -> Self {
        Self {
            transport,
            cancel,
            first: first.into(),
        }
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
        self.send(document.operation, document.text, variables)
            .await
    }

    /// Sends the document that the element begins with, whose operation is called `operation`, and
    /// reads its `data`.
    async fn run_first(&self, operation: &'static str, variables: Json) -> Result<Json, ApiError> {
        self.send(operation, &self.first, variables).await
    }

    async fn send(
        &self,
        operation: &'static str,
        text: &str,
        variables: Json,
    ) -> Result<Json, ApiError> {
        let body = Json::object(&[("query", Some(text.into())), ("variables", Some(variables))]);
        let text = self
            .transport
            .send(Place::GraphQl(operation), body.to_text(), &self.cancel)
            .await?;
        let answer = Json::parse(&text).ok_or(ApiError::Unreadable)?;
        if let Some(error) = answer.get("errors").list().next()
            && let Some(message) = error.get("message").text()
        {
            let extensions = error.get("extensions");
            let code = extensions.get("code").text().unwrap_or_default();
            let seconds = extensions.get("retryAfterSeconds").natural();
            return Err(ApiError::from_graphql(message, &code, seconds));
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
