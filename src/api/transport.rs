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
const REQUEST_TIMEOUT: u32 = 20_000;

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
        let deadline = AbortSignal::timeout_with_u32(REQUEST_TIMEOUT);
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
    Scripted(super::Script),
}

/// A storefront's GraphQL endpoint.
pub struct Http {
    url: String,
    token: String,
    /// The answer that the loader asked for while the wasm was on its way.
    prefetched: Cell<Option<Prefetched>>,
}

/// An answer that was asked for beforehand; it belongs to that request alone.
#[derive(Debug)]
pub struct Prefetched {
    /// The name of the operation.
    pub operation: String,
    /// The promise of the response.
    pub response: Promise,
}

/// What came back with a status of success.
pub(super) type Text = String;

impl Transport {
    /// To the GraphQL endpoint `url` with the storefront token `token`. `prefetched` is what was sent
    /// already.
    #[must_use]
    pub fn http(url: String, token: String, prefetched: Option<Prefetched>) -> Self {
        Self::Http(Rc::new(Http {
            url,
            token,
            prefetched: Cell::new(prefetched),
        }))
    }

    /// Sends the JSON `body` to `endpoint`; one that is `keepalive` goes on when the page is left.
    pub(super) async fn send(
        &self,
        endpoint: Endpoint,
        body: String,
        cancel: &Cancel,
        keepalive: bool,
    ) -> Result<Text, ApiError> {
        match self {
            Self::Http(http) => http.send(endpoint, body, cancel, keepalive).await,
            #[cfg(feature = "scripted")]
            Self::Scripted(script) => script.send(endpoint.name(), body).await,
        }
    }
}

/// Where a body goes.
#[derive(Clone, Copy)]
pub(super) enum Endpoint {
    /// To the GraphQL endpoint, for the operation of this name.
    GraphQl(&'static str),
    /// To one of the store's own pages, a path beside the GraphQL endpoint.
    Path(&'static str),
}

impl Http {
    async fn send(
        &self,
        endpoint: Endpoint,
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
        let sent = match self.take_prefetched(endpoint) {
            Some(response) => Some(response),
            None => self.request(endpoint, body, &signal, keepalive),
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

    /// The answer to this request, where the loader asked for it beforehand.
    fn take_prefetched(&self, endpoint: Endpoint) -> Option<Promise> {
        let prefetched = self.prefetched.take()?;
        match endpoint {
            Endpoint::GraphQl(name) if name == prefetched.operation => Some(prefetched.response),
            Endpoint::GraphQl(_) | Endpoint::Path(_) => {
                self.prefetched.set(Some(prefetched));
                None
            }
        }
    }

    /// Sends a request; `None` when it cannot even be made.
    fn request(
        &self,
        endpoint: Endpoint,
        body: String,
        signal: &AbortSignal,
        keepalive: bool,
    ) -> Option<Promise> {
        let (url, token) = match endpoint {
            Endpoint::GraphQl(_) => (self.url.clone(), Some(&self.token)),
            Endpoint::Path(path) => (Url::new_with_base(path, &self.url).ok()?.href(), None),
        };
        let mut request = RequestBuilder::new(&url)
            .method(Method::POST)
            .credentials(RequestCredentials::SameOrigin)
            .header("content-type", "application/json");
        if let Some(token) = token {
            request = request.header("authorization", &format!("Bearer {token}"));
        }
        let request: web_sys::Request = request.body(body).ok()?.into();
        let init = RequestInit::new();
        // Not to the request: WebKit drops the deadline of a signal that is given there.
        init.set_signal(Some(signal));
        if keepalive {
            // Not among the properties that web-sys knows (Fetch, 5.4); it fits in a fresh object.
            let _ = Reflect::set(&init, &"keepalive".into(), &true.into());
        }
        Some(web_sys::window()?.fetch_with_request_and_init(&request, &init))
    }
}
