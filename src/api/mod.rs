//! The storefront's endpoints: documents, requests, and what can go wrong with them.
//!
//! Wire types stay in here. What leaves this module are the types of [`storefront_rules`] and the
//! few of its own; what fails leaves as [`ApiError`] or [`UserErrors`].

mod addresses;
mod error;
mod form_fields;
mod geography;
mod json;
mod mailings;
mod mutation;
mod passwords;
mod profile;
mod register;
mod session;
mod sign_up_form;
mod transport;

pub use addresses::{Address, AddressBook, AddressPage, AddressType, PageRequest};
pub use error::{ApiError, FieldError, UserErrors};
pub use form_fields::Captcha;
pub use geography::Country;
pub use mailings::Mailings;
pub use mutation::MutationError;
pub use passwords::ResetLink;
pub use profile::{Attribute, Profile};
pub use register::Registration;
pub use session::SessionInfo;
pub use sign_up_form::SignUpForm;
pub use transport::{Cancel, Transport};
#[cfg(feature = "scripted")]
pub use transport::{Script, Scripted};

use geography::geography;
use json::Json;
use std::rc::Rc;
use transport::Endpoint;

/// A GraphQL document with one operation.
struct Document {
    /// The operation's name.
    operation: &'static str,
    /// The document's text.
    text: &'static str,
}

/// A client of one storefront, for one element; requests end when `cancel` does.
#[derive(Clone)]
pub struct Api {
    transport: Transport,
    cancel: Cancel,
    /// The document that the element begins with: `form.graphql`, `session.graphql` or
    /// `newsletter.graphql`. The loader has it and sends it first; a second copy would be bytes for nothing.
    first: Rc<str>,
    keepalive: bool,
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
            keepalive: false,
        }
    }

    /// The same client for what must be done although the element goes, or the page: its requests
    /// end with their deadline alone.
    #[must_use]
    pub fn keepalive(&self) -> Self {
        Self {
            cancel: Cancel::default(),
            keepalive: true,
            ..self.clone()
        }
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
            .send(
                Endpoint::GraphQl(operation),
                body.to_text(),
                &self.cancel,
                self.keepalive,
            )
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
