//! The storefront's endpoints: documents, requests, and what can go wrong with them.
//!
//! Wire types stay in here, generated from the documents (`documents`). What leaves this module are the
//! types of [`storefront_rules`] and the few of its own; what fails leaves as [`ApiError`] or
//! [`UserErrors`].

mod addresses;
mod documents;
mod endpoint;
mod error;
mod form_fields;
mod geography;
mod mutation;
mod newsletter;
#[cfg(not(feature = "scripted"))]
mod no_script;
mod passwords;
mod profile;
mod register;
mod response;
#[cfg(feature = "scripted")]
mod scripted;
mod session;
mod settings;
mod sign_up_form;
mod transport;

pub use addresses::{Address, AddressBook, AddressPage, AddressType, PageRequest};
pub use error::{ApiError, FieldError, UserErrors};
pub use geography::Country;
pub use mutation::MutationError;
pub use newsletter::Mailings;
#[cfg(not(feature = "scripted"))]
pub use no_script::Script;
pub use passwords::ResetLink;
pub use profile::{Attribute, Profile};
pub use register::Registration;
#[cfg(feature = "scripted")]
pub use scripted::{Script, Scripted};
pub use session::SessionInfo;
pub use settings::Captcha;
pub use sign_up_form::SignUpForm;
pub use transport::{Cancel, Prefetched, Transport, UnderWay};

use endpoint::Endpoint;
use graphql_client::GraphQLQuery;
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use std::pin::Pin;
use std::rc::Rc;

/// A client of one storefront, for one element; requests end when `cancel` does.
#[derive(Clone)]
pub struct Api {
    transport: Transport,
    cancel: Cancel,
    first_documents: Rc<dyn Fn(&str) -> String>,
    keepalive: bool,
}

/// The body of a request (GraphQL over HTTP, 5.4).
#[derive(Serialize)]
struct Request<'a, V> {
    query: &'a str,
    variables: V,
}

/// The body of a response (GraphQL, 7.1).
#[derive(Deserialize)]
struct Response {
    data: Option<Value>,
    errors: Option<Vec<RequestError>>,
}

/// An error of the request as a whole (GraphQL, 7.1.2).
#[derive(Deserialize)]
struct RequestError {
    message: String,
    extensions: Option<Extensions>,
}

/// What the platform says of it besides.
#[derive(Default, Deserialize)]
#[serde(rename_all = "camelCase")]
struct Extensions {
    code: Option<String>,
    retry_after_seconds: Option<u32>,
}

impl Api {
    /// A client that sends by `transport` until `cancel` is dropped or cancelled.
    ///
    /// `first_documents` gives the text of a document that elements begin with, by the name of its
    /// operation. The loader has these and sends them before the WebAssembly is there; a second copy in
    /// the WebAssembly would be bytes for nothing.
    #[must_use]
    pub fn new(
        transport: Transport,
        cancel: Cancel,
        first_documents: impl Fn(&str) -> String + 'static,
    ) -> Self {
        Self {
            transport,
            cancel,
            first_documents: Rc::new(first_documents),
            keepalive: false,
        }
    }

    /// Sends this storefront token from now on.
    pub fn set_token(&self, token: String) {
        self.transport.set_token(token);
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

    /// Whether an answer came with the page since this was asked last: who is signed in is then still to be asked.
    #[must_use]
    pub fn take_is_from_page(&self) -> bool {
        self.transport.take_is_from_page()
    }

    /// Sends the document `Q` and reads its `data`.
    async fn run<Q>(
        &self,
        operation: &'static str,
        variables: Q::Variables,
    ) -> Result<Q::ResponseData, ApiError>
    where
        Q: GraphQLQuery,
        Q::ResponseData: DeserializeOwned,
    {
        let query = Q::build_query(variables);
        self.send(operation, query.query, &query.variables).await
    }

    /// Sends the document of the operation `operation`, with which elements begin, and reads its `data`. An answer that
    /// came with the page may be that of an older document: where it lacks something, the store is asked.
    async fn run_first<Q>(
        &self,
        operation: &'static str,
        variables: Q::Variables,
    ) -> Result<Q::ResponseData, ApiError>
    where
        Q: GraphQLQuery,
        Q::ResponseData: DeserializeOwned,
    {
        let text = (self.first_documents)(operation);
        loop {
            let answer = self.send(operation, &text, &variables).await;
            let is_unreadable = matches!(answer, Err(ApiError::Unreadable));
            if !(is_unreadable && self.transport.take_is_from_page()) {
                return answer;
            }
        }
    }

    async fn send<V: Serialize, T: DeserializeOwned>(
        &self,
        operation: &'static str,
        query: &str,
        variables: &V,
    ) -> Result<T, ApiError> {
        let body = body(&Request { query, variables })?;
        let data = self.data(Endpoint::GraphQl(operation), body).await?;
        response::read(data).map_err(|_| ApiError::Unreadable)
    }

    /// The `data` of the answer to `body`. Boxed: each operation would have all of it within its own.
    fn data(
        &self,
        endpoint: Endpoint,
        body: String,
    ) -> Pin<Box<dyn Future<Output = Result<Value, ApiError>>>> {
        let api = self.clone();
        Box::pin(async move { data(&api.post(endpoint, body).await?) })
    }

    async fn post(&self, endpoint: Endpoint, body: String) -> Result<String, ApiError> {
        self.transport
            .send(endpoint, body, &self.cancel, self.keepalive)
            .await
    }
}

/// The JSON of `request`.
fn body(request: &impl Serialize) -> Result<String, ApiError> {
    serde_json::to_string(request).map_err(|_| ApiError::Unreadable)
}

/// The `data` of an answer, or the first of its errors.
fn data(text: &str) -> Result<Value, ApiError> {
    let response = serde_json::from_str(text).map_err(|_| ApiError::Unreadable)?;
    let response: Response = response::read(response).map_err(|_| ApiError::Unreadable)?;
    if let Some(error) = response.errors.into_iter().flatten().next() {
        let extensions = error.extensions.unwrap_or_default();
        let code = extensions.code.unwrap_or_default();
        let seconds = extensions.retry_after_seconds;
        return Err(ApiError::from_graphql(error.message, &code, seconds));
    }
    response.data.ok_or(ApiError::Unreadable)
}

/// What a test of a document reads out of its answer.
#[cfg(all(test, not(target_arch = "wasm32")))]
fn read<T: DeserializeOwned>(text: &str) -> Result<T, ApiError> {
    response::read(data(text)?).map_err(|_| ApiError::Unreadable)
}

/// An id as the platform's `Int` has it.
fn id(int: i64) -> i32 {
    // GraphQL's Int has 32 bits (GraphQL, 3.5.1); graphql_client's has 64.
    i32::try_from(int).unwrap_or_default()
}

#[cfg(all(test, not(target_arch = "wasm32")))]
mod tests {
    use super::*;

    #[test]
    fn an_error_goes_before_data_and_is_told_in_its_own_words() {
        let text = r#"{"data":null,"errors":[{"message":"Closed on Sundays."}]}"#;
        let error = read::<documents::logout::ResponseData>(text).err();
        assert_eq!(
            error,
            Some(ApiError::Refused("Closed on Sundays.".to_owned()))
        );
    }

    #[test]
    fn an_answer_that_is_none_cannot_be_read() {
        for text in [
            "",
            "<html>",
            "[]",
            "{}",
            r#"{"data":null}"#,
            r#"{"data":7}"#,
        ] {
            let error = read::<documents::logout::ResponseData>(text).err();
            assert_eq!(error, Some(ApiError::Unreadable), "{text}");
        }
    }

    #[test]
    fn a_lock_out_says_how_long_it_lasts() {
        let text = r#"{"data":null,"errors":[{"message":"Wait.",
            "extensions":{"code":"THROTTLED_LOGIN","retryAfterSeconds":90}}]}"#;
        let error = read::<documents::login::ResponseData>(text).err();
        assert_eq!(error, Some(ApiError::Throttled { seconds: 90 }));
    }
}
