//! How a request reaches the store, and how it is called off.

use super::error::ApiError;
use gloo_net::http::{Headers, Method, RequestBuilder};
use std::cell::Cell;
use std::rc::Rc;
use wasm_bindgen::JsCast;
use wasm_bindgen_futures::JsFuture;
use web_sys::js_sys::{Array, Promise, Reflect};
use web_sys::{AbortController, AbortSignal, RequestCredentials, RequestInit, Url};

/// Longest wait for an answer, in milliseconds: long enough for a phone in a tunnel, short enough
/// that a shopper still stands there when told.
const DEADLINE: u32 = 20_000;

/// Calls off every request made with it when the last copy is dropped.
#[derive(Clone, Default)]
pub struct Cancel(Rc<Owner>);

struct Owner(Option<AbortController>);

impl Default for Owner {
    fn default() -> Self {
        Self(AbortController::new().ok())
    }
}

impl Drop for Owner {
    fn drop(&mut self) {
        if let Some(controller) = &self.0 {
            controller.abort();
        }
    }
}

impl Cancel {
    /// Calls off what is under way.
    pub fn cancel(&self) {
        if let Some(controller) = &self.0.0 {
            controller.abort();
        }
    }

    /// A signal that fires when this is cancelled or the deadline passes.
    fn signal(&self) -> AbortSignal {
        let deadline = AbortSignal::timeout_with_u32(DEADLINE);
        match &self.0.0 {
            Some(controller) => AbortSignal::any(&Array::of2(&controller.signal(), &deadline)),
            None => deadline,
        }
    }

    fn is_cancelled(&self) -> bool {
        self.0.0.as_ref().is_some_and(|c| c.signal().aborted())
    }
}

/// Where requests go.
#[derive(Clone)]
pub enum Transport {
    /// To a storefront over HTTP.
    Http(Rc<Http>),
    /// To a script, for tests and the specimen page.
    #[cfg(feature = "scripted")]
    Scripted(Script),
}

/// A storefront's GraphQL endpoint.
pub struct Http {
    url: String,
    token: String,
    /// The operation and the response of the first query, which the loader sent while the wasm was on its way.
    first: Cell<Option<(String, Promise)>>,
}

/// What came back with a status of success.
type Text = String;

impl Transport {
    /// To the GraphQL endpoint `url` with the storefront token `token`. `first` is the
    /// operation and the promise of the response to the first request, where that was sent already.
    #[must_use]
    pub fn http(url: String, token: String, first: Option<(String, Promise)>) -> Self {
        Self::Http(Rc::new(Http {
            url,
            token,
            first: Cell::new(first),
        }))
    }

    /// Sends the JSON `body` to `place`; one that is `keepalive` goes on when the page is left.
    pub(super) async fn send(
        &self,
        place: Endpoint,
        body: String,
        cancel: &Cancel,
        keepalive: bool,
    ) -> Result<Text, ApiError> {
        match self {
            Self::Http(http) => http.send(place, body, cancel, keepalive).await,
            #[cfg(feature = "scripted")]
            Self::Scripted(script) => script.send(place.name(), body).await,
        }
    }
}

/// Where a body goes.
#[derive(Clone, Copy)]
#[cfg_attr(
    not(feature = "scripted"),
    allow(
        dead_code,
        reason = "only a script answers by name; a store reads the document itself"
    )
)]
pub(super) enum Endpoint {
    /// To the GraphQL endpoint, for the operation of this name.
    GraphQl(&'static str),
    /// To one of the store's own pages, a path beside the GraphQL endpoint.
    Path(&'static str),
}

#[cfg(feature = "scripted")]
impl Endpoint {
    /// The name by which a script answers.
    const fn name(self) -> &'static str {
        match self {
            Self::GraphQl(name) | Self::Path(name) => name,
        }
    }
}

impl Http {
    async fn send(
        &self,
        place: Endpoint,
        body: String,
        cancel: &Cancel,
        keepalive: bool,
    ) -> Result<Text, ApiError> {
        let signal = cancel.signal();
        let failure = || {
            if cancel.is_cancelled() {
                ApiError::Cancelled
            } else if signal.aborted() {
                ApiError::TimedOut
            } else {
                ApiError::Offline
            }
        };
        let sent = match self.first.take() {
            Some((_operation, response)) => Some(response),
            None => self.request(place, body, &signal, keepalive),
        };
        // gloo-net's own `send` and `text` panic when a page's patched `fetch` rejects with
        // something that is no `Error`; the promises are awaited here instead.
        let response = JsFuture::from(sent.ok_or(ApiError::Unreadable)?).await;
        let response: web_sys::Response = response
            .map_err(|_| failure())?
            .dyn_into()
            .map_err(|_| ApiError::Unreadable)?;
        let headers = Headers::from_raw(response.headers());
        let retry_after = headers.get("retry-after");
        let retry_after = retry_after.and_then(|seconds| seconds.parse().ok());
        if let Some(error) = ApiError::from_status(response.status(), retry_after) {
            return Err(error);
        }
        let text = response.text().map_err(|_| ApiError::Unreadable)?;
        let text = JsFuture::from(text).await.map_err(|_| failure())?;
        text.as_string().ok_or(ApiError::Unreadable)
    }

    /// Sends a request; `None` when it cannot even be made.
    fn request(
        &self,
        place: Endpoint,
        body: String,
        signal: &AbortSignal,
        keepalive: bool,
    ) -> Option<Promise> {
        let (url, token) = match place {
            Endpoint::GraphQl(_) => (self.url.clone(), Some(&self.token)),
            Endpoint::Path(path) => (Url::new_with_base(path, &self.url).ok()?.href(), None),
        };
        let mut request = RequestBuilder::new(&url)
            .method(Method::POST)
            .credentials(RequestCredentials::SameOrigin)
            .header("content-type", "application/json")
            .abort_signal(Some(signal));
        if let Some(token) = token {
            request = request.header("authorization", &format!("Bearer {token}"));
        }
        let request: web_sys::Request = request.body(body).ok()?.into();
        let init = RequestInit::new();
        if keepalive {
            // Not among the properties that web-sys knows (Fetch, 5.4); it fits in a fresh object.
            let _ = Reflect::set(&init, &"keepalive".into(), &true.into());
        }
        Some(web_sys::window()?.fetch_with_request_and_init(&request, &init))
    }
}

#[cfg(feature = "scripted")]
pub use scripted::{Script, Scripted};

#[cfg(feature = "scripted")]
mod scripted {
    use super::{ApiError, Text};
    use std::cell::RefCell;
    use std::rc::Rc;

    /// What a script answers.
    #[derive(Clone, Debug)]
    pub enum Scripted {
        /// A body with status 200.
        Body(String),
        /// A failure of the transport or a status.
        Error(ApiError),
        /// Nothing, ever.
        Never,
    }

    /// Answers by operation name, each in the order given; the last one of an operation repeats.
    /// An operation without an answer is offline.
    #[derive(Clone, Default)]
    pub struct Script(Rc<Inner>);

    #[derive(Default)]
    struct Inner {
        answers: RefCell<Vec<(String, Scripted)>>,
        sent: RefCell<Vec<(String, String)>>,
    }

    impl Script {
        /// A script of these answers by operation name.
        #[must_use]
        pub fn new<'a>(answers: impl IntoIterator<Item = (&'a str, Scripted)>) -> Self {
            let script = Self::default();
            for (operation, answer) in answers {
                script.push(operation, answer);
            }
            script
        }

        /// Adds an answer behind those the operation has.
        pub fn push(&self, operation: &str, answer: Scripted) {
            self.0
                .answers
                .borrow_mut()
                .push((operation.to_owned(), answer));
        }

        /// The name and the JSON body of every request so far.
        #[must_use]
        pub fn sent(&self) -> Vec<(String, String)> {
            self.0.sent.borrow().clone()
        }

        pub(super) async fn send(&self, operation: &str, body: String) -> Result<Text, ApiError> {
            self.0.sent.borrow_mut().push((operation.to_owned(), body));
            match self.next(operation) {
                Some(Scripted::Body(body)) => Ok(body),
                Some(Scripted::Error(error)) => Err(error),
                Some(Scripted::Never) => std::future::pending().await,
                None => Err(ApiError::Offline),
            }
        }

        fn next(&self, operation: &str) -> Option<Scripted> {
            let mut answers = self.0.answers.borrow_mut();
            let mut of_operation = answers.iter().enumerate().filter(|(_, a)| a.0 == operation);
            let first = of_operation.next().map(|(index, _)| index)?;
            let is_last = of_operation.next().is_none();
            if is_last {
                answers.get(first).map(|(_, answer)| answer.clone())
            } else {
                Some(answers.remove(first).1)
            }
        }
    }
}
