//! A store that answers requests, without a network.

use axum::Router;
use axum::body::{Body, to_bytes};
use axum::extract::ConnectInfo;
use axum::http::{HeaderMap, HeaderName, HeaderValue, Method, Request, StatusCode, Uri, header};
use rusqlite::Connection;
use serde_json::{Value, json};
use std::cell::RefCell;
use std::fs;
use std::net::SocketAddr;
use std::path::Path;
use std::sync::OnceLock;
use storefront_store::{Config, Location, Store, open, router};
use tempfile::TempDir;
use tokio::runtime::{Builder, Runtime};
use tower::ServiceExt;

/// How many requests a store answers before a new one takes its place: what they left behind must not slow down
/// those that follow.
const REQUESTS: u32 = 2_000;

/// What the back office sends as `X-Auth-Token`.
pub(crate) const OFFICE_TOKEN: &str = "token-of-the-back-office";

/// The app that signs customers in.
pub(crate) const APP: &str = "app";

/// What the app signs with.
pub(crate) const APP_SECRET: &str = "a secret of thirty-two bytes at least";

/// What the store says when it has failed.
const FAILURE: &str = "The store failed to answer";

/// Name of the database in its directory.
const FILE: &str = "store.sqlite3";

/// The database of the demo shop as it is when it has just been filled, which hashes passwords and takes its time.
static FILLED: OnceLock<Vec<u8>> = OnceLock::new();

/// The demo shop.
pub(crate) struct Shop {
    router: Router,
    runtime: Runtime,
    directory: TempDir,
    requests_left: u32,
    /// For scripts in pages.
    pub(crate) token: String,
    /// For a server that asks for customer 1.
    pub(crate) impersonation: String,
    /// For a server that has customers' access tokens.
    pub(crate) private: String,
}

/// One request.
#[derive(Clone, Debug)]
pub(crate) struct Call {
    pub(crate) method: Method,
    pub(crate) uri: Uri,
    pub(crate) headers: HeaderMap,
    pub(crate) body: Vec<u8>,
}

/// What came back.
pub(crate) struct Answer {
    pub(crate) status: StatusCode,
    pub(crate) headers: HeaderMap,
    pub(crate) body: Vec<u8>,
}

impl Answer {
    pub(crate) fn json(&self) -> Value {
        serde_json::from_slice(&self.body).expect("JSON")
    }
}

impl Call {
    pub(crate) fn new(method: Method, path: &'static str) -> Self {
        Self {
            method,
            uri: Uri::from_static(path),
            headers: HeaderMap::new(),
            body: Vec::new(),
        }
    }

    /// Sets a header; a value that HTTP has no room for makes it no call.
    pub(crate) fn header(mut self, name: &'static str, value: &str) -> Option<Self> {
        let value = HeaderValue::from_bytes(value.as_bytes()).ok()?;
        self.headers.insert(HeaderName::from_static(name), value);
        Some(self)
    }

    pub(crate) fn json(mut self, body: &Value) -> Self {
        let json = HeaderValue::from_static("application/json");
        self.headers.insert(header::CONTENT_TYPE, json);
        self.body = body.to_string().into_bytes();
        self
    }
}

thread_local! {
    static SHOP: RefCell<Option<Shop>> = const { RefCell::new(None) };
}

impl Shop {
    /// Does `work` in the shop of this thread.
    pub(crate) fn with<T>(work: impl FnOnce(&mut Self) -> T) -> T {
        SHOP.with_borrow_mut(|shop| {
            if shop.as_ref().is_some_and(|shop| shop.requests_left == 0) {
                *shop = None;
            }
            work(shop.get_or_insert_with(Self::open))
        })
    }

    fn open() -> Self {
        let runtime = new_runtime();
        let directory = tempfile::tempdir().expect("a folder");
        let filled = FILLED.get_or_init(|| {
            let directory = tempfile::tempdir().expect("a folder");
            let runtime = new_runtime();
            drop(runtime.block_on(store_in(directory.path())));
            drop(runtime);
            fs::read(directory.path().join(FILE)).expect("a database")
        });
        fs::write(directory.path().join(FILE), filled).expect("a database");
        let mut shop = Self {
            router: router(runtime.block_on(store_in(directory.path()))),
            runtime,
            directory,
            requests_left: REQUESTS,
            token: String::new(),
            impersonation: String::new(),
            private: String::new(),
        };
        shop.token = shop.api_token(
            "/stores/local/v3/storefront/api-token",
            &json!({
                "allowed_cors_origins": ["http://localhost"],
            }),
        );
        shop.impersonation = shop.api_token(
            "/stores/local/v3/storefront/api-token-customer-impersonation",
            &json!({}),
        );
        shop.private = shop.api_token(
            "/stores/local/v3/storefront/api-token-private",
            &json!({
                "scopes": ["Unauthenticated", "Customer"],
            }),
        );
        shop
    }

    /// What the store signs its storefront tokens with.
    pub(crate) fn secret(&self) -> Vec<u8> {
        let database = Connection::open(self.directory.path().join(FILE)).expect("a database");
        let sql = "SELECT value FROM secrets WHERE name = 'storefront_token'";
        database
            .query_row(sql, [], |row| row.get(0))
            .expect("a secret")
    }

    fn api_token(&mut self, path: &'static str, about: &Value) -> String {
        let mut body =
            json!({ "channel_id": 1, "channel_ids": [1], "expires_at": 4_000_000_000_u32 });
        for (key, value) in about.as_object().into_iter().flatten() {
            body[key] = value.clone();
        }
        let call = Call::new(Method::POST, path).header("x-auth-token", OFFICE_TOKEN);
        let answer = self.answer(call.expect("a header").json(&body)).json();
        answer["data"]["token"]
            .as_str()
            .unwrap_or_else(|| panic!("{answer}"))
            .to_owned()
    }

    /// What the store answers, which must be no failure of its own.
    pub(crate) fn answer(&mut self, call: Call) -> Answer {
        self.requests_left = self.requests_left.saturating_sub(1);
        let told = call.clone();
        let mut request = Request::new(Body::from(call.body));
        *request.method_mut() = call.method;
        *request.uri_mut() = call.uri;
        *request.headers_mut() = call.headers;
        let peer = SocketAddr::from(([127, 0, 0, 1], 1));
        request.extensions_mut().insert(ConnectInfo(peer));
        let router = self.router.clone();
        let (parts, body) = self.runtime.block_on(async move {
            let Ok(response) = router.oneshot(request).await;
            let (parts, body) = response.into_parts();
            (parts, to_bytes(body, usize::MAX).await)
        });
        let body = body
            .unwrap_or_else(|error| panic!("{error} at the answer to {told:?}"))
            .to_vec();
        let text = String::from_utf8_lossy(&body);
        assert!(
            !parts.status.is_server_error() && !text.contains(FAILURE),
            "{} {text} to {told:?}, body {:?}",
            parts.status,
            String::from_utf8_lossy(&told.body)
        );
        let media_type = parts.headers.get(header::CONTENT_TYPE);
        // The answer to HEAD tells of a body and has none (RFC 9110, 9.3.2).
        let is_json = told.method != Method::HEAD
            && media_type.is_some_and(|value| value.as_bytes().starts_with(b"application/json"));
        assert!(
            !is_json || serde_json::from_slice::<Value>(&body).is_ok(),
            "{text:?} is no JSON, the answer to {told:?}"
        );
        Answer {
            status: parts.status,
            headers: parts.headers,
            body,
        }
    }
}

fn new_runtime() -> Runtime {
    Builder::new_current_thread()
        .enable_all()
        .build()
        .expect("a runtime")
}

async fn store_in(directory: &Path) -> Store {
    let settings = json!({
        "throttle": { "attempts_per_minute": 0 },
        "sign_in": { "lockout_after": 0 },
        "apps": [{ "client_id": APP, "client_secret": APP_SECRET }],
        "api": {
            "accounts": [{
                "client_id": "office", "client_secret": APP_SECRET, "token": OFFICE_TOKEN, "scope": "modify",
            }],
            "requests_per_window": 0,
            "password_checks_per_minute": 0,
        },
    });
    let config = Config {
        place: Location::Directory(directory.to_owned()),
        demo: true,
        embed: directory.join("embed"),
        themes: directory.join("themes"),
        settings: Some(settings),
        https: false,
        origin: "http://localhost".to_owned(),
    };
    open(config).await.expect("a store")
}
