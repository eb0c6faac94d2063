//! How a request reaches the store, and how it is called off.

use super::Script;
use super::endpoint::Endpoint;
use super::error::ApiError;
use gloo_net::http::{Headers, Method, RequestBuilder};
use leptos::leptos_dom::helpers::{TimeoutHandle, set_timeout_with_handle};
use std::cell::{Cell, RefCell};
use std::rc::{Rc, Weak};
use std::time::Duration;
use wasm_bindgen::JsCast;
use wasm_bindgen_futures::JsFuture;
use web_sys::js_sys::{Date, Function, Promise, Reflect};
use web_sys::{AbortController, AbortSignal, RequestCredentials, RequestInit, Url};

/// Longest wait for an answer, in milliseconds: long enough for a phone in a tunnel, short enough
/// that a shopper still stands there when told.
const REQUEST_TIMEOUT: u64 = 20_000;

/// Calls off every request made with it when the last copy is dropped.
#[derive(Clone, Default)]
pub struct Cancel(Rc<Owner>);

#[derive(Default)]
struct Owner {
    is_cancelled: Cell<bool>,
    /// The requests that are under way.
    requests: RefCell<Vec<AbortController>>,
}

impl Owner {
    fn cancel(&self) {
        self.is_cancelled.set(true);
        for request in self.requests.take() {
            request.abort();
        }
    }
}

impl Drop for Owner {
    fn drop(&mut self) {
        self.cancel();
    }
}

impl Cancel {
    /// Calls off what is under way.
    pub fn cancel(&self) {
        self.0.cancel();
    }

    /// Whether a request is under way.
    #[must_use]
    pub fn has_requests(&self) -> bool {
        !self.0.requests.borrow().is_empty()
    }

    /// A request that begins now, with a deadline; `None` where the browser knows of no such thing, or the page took it
    /// away.
    #[must_use]
    pub fn begin(&self) -> Option<UnderWay> {
        let controller = AbortController::new().ok()?;
        if self.0.is_cancelled.get() {
            controller.abort();
        }
        self.0.requests.borrow_mut().push(controller.clone());
        let at_deadline = controller.clone();
        let after = Duration::from_millis(REQUEST_TIMEOUT);
        let deadline = set_timeout_with_handle(move || at_deadline.abort(), after);
        Some(UnderWay {
            owner: Rc::downgrade(&self.0),
            controller,
            deadline: deadline.ok(),
        })
    }
}

/// A request under way, with its deadline; over when it is dropped. It needs neither `AbortSignal.any`
/// nor `AbortSignal.timeout`, which the older of the browsers that we build for do not have.
pub struct UnderWay {
    owner: Weak<Owner>,
    controller: AbortController,
    deadline: Option<TimeoutHandle>,
}

impl UnderWay {
    /// What aborts it.
    #[must_use]
    pub fn signal(&self) -> AbortSignal {
        self.controller.signal()
    }

    /// Why nothing came back.
    fn failure(&self) -> ApiError {
        let owner = self.owner.upgrade();
        if owner.is_none_or(|owner| owner.is_cancelled.get()) {
            ApiError::Cancelled
        } else if self.signal().aborted() {
            ApiError::TimedOut
        } else {
            ApiError::Offline
        }
    }
}

impl Drop for UnderWay {
    fn drop(&mut self) {
        if let Some(deadline) = &self.deadline {
            deadline.clear();
        }
        if let Some(owner) = self.owner.upgrade()
            && let Ok(mut requests) = owner.requests.try_borrow_mut()
        {
            requests.retain(|request| *request != self.controller);
        }
    }
}

/// Where requests go.
#[derive(Clone)]
pub enum Transport {
    /// To a storefront over HTTP.
    Http(Rc<Http>),
    /// To a script, for tests and the specimen page. Other builds have no script.
    Scripted(Script),
}

/// A storefront's GraphQL endpoint.
pub struct Http {
    url: String,
    token: RefCell<String>,
    /// The answer that the loader asked for while the wasm was on its way.
    prefetched: Cell<Option<Prefetched>>,
    /// Whether the last answer came with the page.
    is_from_page: Cell<bool>,
    /// Whether the store has taken the token.
    is_token_known: Cell<bool>,
}

/// An answer that was asked for beforehand; it belongs to that request alone.
#[derive(Debug)]
pub struct Prefetched {
    /// The name of the operation.
    pub operation: String,
    /// The promise of the response.
    pub response: Promise,
    /// Whether the page brought the answer along. It does not tell who is signed in.
    pub is_from_page: bool,
}

impl Transport {
    /// To the GraphQL endpoint `url` with the storefront token `token`. `prefetched` is what was sent
    /// already.
    #[must_use]
    pub fn http(url: String, token: String, prefetched: Option<Prefetched>) -> Self {
        Self::Http(Rc::new(Http {
            url,
            token: RefCell::new(token),
            prefetched: Cell::new(prefetched),
            is_from_page: Cell::new(false),
            is_token_known: Cell::new(false),
        }))
    }

    pub(super) fn set_token(&self, token: String) {
        match self {
            Self::Http(http) => http.set_token(token),
            Self::Scripted(_) => {}
        }
    }

    /// Whether an answer came with the page since this was asked last: who is signed in is then still to be asked.
    pub(super) fn take_is_from_page(&self) -> bool {
        match self {
            Self::Http(http) => http.is_from_page.take(),
            Self::Scripted(_) => false,
        }
    }

    /// Sends the JSON `body` to `endpoint`; one that is `keepalive` goes on when the page is left.
    pub(super) async fn send(
        &self,
        endpoint: Endpoint,
        body: String,
        cancel: &Cancel,
        keepalive: bool,
    ) -> Result<String, ApiError> {
        match self {
            Self::Http(http) => http.send(endpoint, body, cancel, keepalive).await,
            Self::Scripted(script) => script.send(endpoint.name(), body).await,
        }
    }
}

impl Http {
    async fn send(
        &self,
        endpoint: Endpoint,
        body: String,
        cancel: &Cancel,
        keepalive: bool,
    ) -> Result<String, ApiError> {
        let under_way = cancel.begin().ok_or(ApiError::Unreadable)?;
        let token = self.token.borrow().clone();
        let sent = match self.take_prefetched(endpoint) {
            Some(response) => Some(response),
            None => self.request(endpoint, body.clone(), &under_way.signal(), keepalive),
        };
        let answer = answer(sent, &under_way).await;
        match (endpoint, &answer) {
            (Endpoint::GraphQl(_), Err(ApiError::Expired)) => {}
            (Endpoint::GraphQl(_), Ok(_)) => {
                // What came with the page was made without it.
                if !self.is_from_page.get() {
                    self.is_token_known.set(true);
                }
                return answer;
            }
            (Endpoint::GraphQl(_) | Endpoint::Path(_), _) => return answer,
        }
        // The page was open for longer than its token lasts. The shopper need not hear of it.
        if *self.token.borrow() == token {
            match self.token_of_page(&under_way).await {
                Some(of_page) if of_page != token => self.set_token(of_page),
                // A token that the store has just put there is not one that has run out.
                Some(_) => return Err(ApiError::TokenRefused),
                None if !self.is_token_known.get() => return Err(ApiError::TokenRefused),
                None => return answer,
            }
        }
        let again = self.request(endpoint, body, &under_way.signal(), keepalive);
        let answer = self::answer(again, &under_way).await;
        if answer.is_ok() {
            self.is_token_known.set(true);
        }
        answer
    }

    fn set_token(&self, token: String) {
        self.token.replace(token);
        self.is_token_known.set(false);
    }

    /// The token that the store puts into this page by now.
    async fn token_of_page(&self, under_way: &UnderWay) -> Option<String> {
        let page = web_sys::window()?.location().href().ok()?;
        // gloo-net would add an `&` to the query.
        let request = web_sys::Request::new_with_str(&page).ok()?;
        let init = RequestInit::new();
        init.set_signal(Some(&under_way.signal()));
        let html = answer(fetch(&request, &init), under_way).await.ok()?;
        token_in(&html).map(str::to_owned)
    }

    /// The answer to this request, where the loader asked for it beforehand.
    fn take_prefetched(&self, endpoint: Endpoint) -> Option<Promise> {
        let prefetched = self.prefetched.take()?;
        match endpoint {
            Endpoint::GraphQl(name) if name == prefetched.operation => {
                self.is_from_page.set(prefetched.is_from_page);
                Some(prefetched.response)
            }
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
            Endpoint::GraphQl(_) => (self.url.clone(), Some(self.token.borrow().clone())),
            Endpoint::Path(path) => (Url::new_with_base(path, &self.url).ok()?.href(), None),
        };
        let mut request = RequestBuilder::new(&url)
            .method(Method::POST)
            .credentials(RequestCredentials::SameOrigin)
            .header("content-type", "application/json");
        if let Some(token) = token.filter(|token| is_bearer_token(token)) {
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
        fetch(&request, &init)
    }
}

/// What came back, once it has come whole.
async fn answer(sent: Option<Promise>, under_way: &UnderWay) -> Result<String, ApiError> {
    // gloo-net's own `send` and `text` panic when a page's patched `fetch` rejects with
    // something that is no `Error`; the promises are awaited here instead.
    let response = JsFuture::from(sent.ok_or(ApiError::Unreadable)?).await;
    let response: web_sys::Response = response
        .map_err(|_| under_way.failure())?
        .dyn_into()
        .map_err(|_| ApiError::Unreadable)?;
    let headers = Headers::from_raw(response.headers());
    let retry_after = headers.get("retry-after");
    let retry_after = retry_after.and_then(|wait| seconds_to_wait(&wait, headers.get("date")));
    if let Some(error) = ApiError::from_status(response.status(), retry_after) {
        return Err(error);
    }
    let text = response.text().map_err(|_| ApiError::Unreadable)?;
    let text = JsFuture::from(text).await;
    let text = text.map_err(|_| under_way.failure())?;
    text.as_string().ok_or(ApiError::Unreadable)
}

/// The seconds that a `Retry-After` asks for: a number of them, or a date (RFC 9110, section 10.2.3), which is
/// held against the store's own clock where the answer tells it.
fn seconds_to_wait(retry_after: &str, date: Option<String>) -> Option<u32> {
    if let Ok(seconds) = retry_after.trim().parse() {
        return Some(seconds);
    }
    let now = date.map_or_else(Date::now, |date| Date::parse(&date));
    let seconds = ((Date::parse(retry_after) - now) / 1000.0).ceil();
    // A time that has passed is over in a second.
    #[allow(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "saturates"
    )]
    seconds.is_finite().then(|| seconds.max(1.0) as u32)
}

/// The token in a page: that of its first element, or that of its `#account-config`.
fn token_in(html: &str) -> Option<&str> {
    let of_element = || Some(html.split_once(" token=\"")?.1);
    let of_config = || {
        let (_, config) = html.split_once("account-config")?;
        let (_, value) = config.split_once("\"token\"")?;
        Some(value.split_once('"')?.1)
    };
    let (token, _) = of_element().or_else(of_config)?.split_once('"')?;
    Some(token).filter(|token| !token.is_empty() && is_bearer_token(token))
}

/// Whether a token can stand in a header: gloo-net panics over one that cannot. A store answers 401 to a
/// request without a token, as it does to one with a token that it does not know (RFC 6750, 2.1 and 3.1).
fn is_bearer_token(token: &str) -> bool {
    token.bytes().all(|byte| byte.is_ascii_graphic())
}

/// The page's own `fetch`; `None` where a page has put something there that throws.
fn fetch(request: &web_sys::Request, init: &RequestInit) -> Option<Promise> {
    let window = web_sys::window()?;
    let fetch = Reflect::get(&window, &"fetch".into()).ok()?;
    let fetch: Function = fetch.dyn_into().ok()?;
    let answer = fetch.call2(&window, request, init).ok()?;
    Some(Promise::resolve(&answer))
}

#[cfg(all(test, not(target_arch = "wasm32")))]
mod tests {
    use super::{is_bearer_token, token_in};

    #[test]
    fn the_token_of_a_page_is_that_of_its_first_element() {
        let page =
            r#"<meta name="token" content="no"><account-sign-in token="a.b-c" load="eager">"#;
        assert_eq!(token_in(page), Some("a.b-c"));
        let page = r#"<script id="account-config">{ "country": "DE", "token" : "a.b" }</script>"#;
        assert_eq!(token_in(page), Some("a.b"));
        for page in [
            "",
            "<account-sign-in>",
            r#"<x token="">"#,
            r#"<x token="a b">"#,
            r#"<x token="a"#,
        ] {
            assert_eq!(token_in(page), None, "{page}");
        }
    }

    #[test]
    fn a_token_that_no_header_can_hold_is_none() {
        assert!(is_bearer_token(
            "eyJ0eXAiOiJKV1Qi.LCJhbGciOiJFUzI1NiJ9.-_~+/="
        ));
        for token in ["a b", "a\nb", "tökén", "\u{0}"] {
            assert!(!is_bearer_token(token), "{token:?}");
        }
    }
}
