//! The REST Storefront endpoints: what a script in the store's own pages may call without a token.

mod consent;
mod current_customer;
mod customer_address;
mod customers;
mod form_fields;
mod passwordless;
mod subscriptions;

use crate::domain::{Store, browser, captcha};
use crate::infra::http;
use crate::infra::json::{self, NullRule};
use crate::infra::rate_limit::RateLimited;
use axum::Router;
use axum::body::Body;
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use serde::de::DeserializeOwned;
use serde_json::{Map, Value, json};

pub(crate) use passwordless::passwordless_login;

pub(crate) fn routes() -> Router<Store> {
    Router::new()
        .route("/api/storefront/form-fields", get(form_fields::list))
        .route("/api/storefront/customers", post(customers::create))
        // What the platform's own checkout calls.
        .route("/api/storefront/customer", post(customers::create))
        .route(
            "/api/storefront/customer-address",
            post(customer_address::create),
        )
        .route("/api/storefront/subscriptions", post(subscriptions::upsert))
        .route("/api/storefront/consent", post(consent::decide))
        .route("/customer/current.jwt", get(current_customer::show))
        .route("/_captcha/api.js", get(captcha_script))
        .route("/_captcha/token", post(captcha_token))
}

/// Why a request was not carried out.
pub(crate) struct ProblemDetails {
    status: StatusCode,
    title: String,
    /// When it may be sent again.
    wait: Option<RateLimited>,
    /// What is wrong with which field, by the name the request gave it.
    errors: Map<String, Value>,
}

impl ProblemDetails {
    fn new(status: StatusCode, title: impl Into<String>) -> Self {
        Self {
            status,
            title: title.into(),
            wait: None,
            errors: Map::new(),
        }
    }

    /// Logs what went wrong inside and says that something did.
    fn internal(error: &dyn std::error::Error) -> Self {
        tracing::error!(%error, "a request failed");
        Self::new(
            StatusCode::INTERNAL_SERVER_ERROR,
            "The store failed to answer. Try again in a moment.",
        )
    }
}

impl From<RateLimited> for ProblemDetails {
    fn from(why: RateLimited) -> Self {
        Self {
            wait: Some(why),
            ..Self::new(StatusCode::TOO_MANY_REQUESTS, why.to_string())
        }
    }
}

impl IntoResponse for ProblemDetails {
    fn into_response(self) -> Response {
        let mut body = json!({
            "status": self.status.as_u16(),
            "title": self.title,
            "type": "about:blank",
        });
        if let (false, Some(body)) = (self.errors.is_empty(), body.as_object_mut()) {
            body.insert("errors".to_owned(), Value::Object(self.errors));
        }
        let mut response = http::json(self.status, &body);
        if let Some(why) = self.wait {
            http::retry_after(&mut response, why);
        }
        response
    }
}

/// Reads the JSON body of a request that one of the store's own pages made.
async fn read<T: DeserializeOwned>(
    store: &Store,
    headers: &HeaderMap,
    body: Body,
) -> Result<T, ProblemDetails> {
    let body = body_of_own_page(store, headers, body).await?;
    parse(headers, &body)
}

/// The body of a request that one of the store's own pages made.
async fn body_of_own_page(
    store: &Store,
    headers: &HeaderMap,
    body: Body,
) -> Result<Vec<u8>, ProblemDetails> {
    let body = http::read_body(body).await;
    if !browser::is_same_origin(store, headers) {
        return Err(ProblemDetails::new(
            StatusCode::FORBIDDEN,
            "Only pages of this store may send this request.",
        ));
    }
    body.map_err(|_| {
        let title = format!("The body is larger than {} bytes.", http::BODY_LIMIT);
        ProblemDetails::new(StatusCode::PAYLOAD_TOO_LARGE, title)
    })
}

fn parse<T: DeserializeOwned>(headers: &HeaderMap, body: &[u8]) -> Result<T, ProblemDetails> {
    if !http::is_content_type(headers, "application/json") {
        return Err(ProblemDetails::new(
            StatusCode::UNSUPPORTED_MEDIA_TYPE,
            "The body must be JSON: send 'Content-Type: application/json'.",
        ));
    }
    json::from_slice(body, NullRule::ByType).map_err(|error| {
        let mut problem = ProblemDetails::new(
            StatusCode::BAD_REQUEST,
            "The body is not the expected JSON object.",
        );
        let path = match error.path() {
            "" => "body",
            path => path,
        };
        let message = error.to_string().into();
        problem.errors.insert(path.to_owned(), message);
        problem
    })
}

async fn captcha_script() -> Response {
    let headers = [
        (header::CONTENT_TYPE, "text/javascript; charset=utf-8"),
        (header::CACHE_CONTROL, "no-cache"),
        http::NO_SNIFF,
    ];
    (headers, captcha::SCRIPT).into_response()
}

async fn captcha_token(
    State(store): State<Store>,
    headers: HeaderMap,
    body: Body,
) -> Result<Response, ProblemDetails> {
    let _: Value = read(&store, &headers, body).await?;
    let token = store.captcha.issue();
    let token = token.map_err(|error| ProblemDetails::internal(&error))?;
    let answer = json!({ "token": token, "expires_in": captcha::LIFETIME });
    Ok(http::json(StatusCode::OK, &answer))
}
