//! `POST /graphql`: who may ask, how much, and in which form.

use super::context::{Carrier, RequestContext};
use super::errors;
use super::limits::{self, LimitError};
use super::schema::StoreSchema;
use crate::domain::sessions::{self, access_token};
use crate::domain::storefront_token::{self, Claims, Scope, Sender, TokenError, TokenType};
use crate::domain::{Store, browser, customers};
use crate::infra::http::BodyError;
use crate::infra::json::{self, NullRule};
use crate::infra::rate_limit::RateLimited;
use crate::infra::{db, http};
use async_graphql::parser::types::{
    DocumentOperations, ExecutableDocument, OperationType, Selection, SelectionSet,
};
use async_graphql::{Request, Value};
use axum::Router;
use axum::body::Body;
use axum::extract::{ConnectInfo, Extension, State};
use axum::http::{HeaderMap, HeaderName, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use axum::routing::post;
use rusqlite::Connection;
use serde_json::json;
use std::net::{IpAddr, SocketAddr};

/// Header in which the platform says how complex a query was.
const COMPLEXITY: HeaderName = HeaderName::from_static("x-bc-graphql-complexity");

/// Most selections of a mutation that are looked at to count what it changes.
const SEARCH_LIMIT: u32 = 200;

/// Header in which a server says for which customer it asks.
const ACCESS_TOKEN: HeaderName = HeaderName::from_static("x-bc-customer-access-token");

/// Header by which a server wants to hear of a token that counts no more; without it, the customer is null.
const ERROR_ON_INVALID: HeaderName =
    HeaderName::from_static("x-bc-error-on-invalid-customer-access-token");

/// Header in which a server with a token for impersonation names the customer.
const CUSTOMER_ID: HeaderName = HeaderName::from_static("x-bc-customer-id");

/// Mutations of which an address of the network may try so many.
const COUNTED: [&str; 5] = [
    "login",
    "registerCustomer",
    "requestResetPassword",
    "resetPassword",
    "changePassword",
];

/// The endpoint.
pub(crate) fn routes(schema: &StoreSchema) -> Router<Store> {
    Router::new()
        .route(
            "/graphql",
            post(answer).options(preflight).fallback(other_method),
        )
        .layer(Extension(schema.clone()))
}

async fn other_method() -> Response {
    let mut response = refusal(
        StatusCode::METHOD_NOT_ALLOWED,
        "Send queries with the method POST.",
    );
    let post = HeaderValue::from_static("POST");
    response.headers_mut().insert(header::ALLOW, post);
    response
}

/// Tells a browser whether a page of another origin may send a query: where a token that the Management API
/// has issued names it. The token itself is not sent along yet.
async fn preflight(State(store): State<Store>, headers: HeaderMap) -> Response {
    let Some(origin) = http::text(&headers, header::ORIGIN).map(str::to_owned) else {
        return other_method().await;
    };
    let own = browser::own_origin(&store, &headers);
    let is_known = move |connection: &Connection| {
        Ok::<_, db::Error>(origin == own || storefront_token::is_known_origin(connection, &origin)?)
    };
    match store.db.read(is_known).await {
        Ok(true) => {
            let headers_of_answer = [
                (header::ACCESS_CONTROL_ALLOW_METHODS, "POST"),
                (
                    header::ACCESS_CONTROL_ALLOW_HEADERS,
                    "authorization, content-type",
                ),
                (header::ACCESS_CONTROL_MAX_AGE, "600"),
            ];
            let mut response = (StatusCode::NO_CONTENT, headers_of_answer).into_response();
            allow_origin(&mut response, &headers);
            response
        }
        Ok(false) => refusal(
            StatusCode::FORBIDDEN,
            "No storefront token allows this origin. Create one that has it in 'allowed_cors_origins'.",
        ),
        Err(error) => {
            let message = errors::internal(&error).message;
            refusal(StatusCode::INTERNAL_SERVER_ERROR, &message)
        }
    }
}

fn throttled(why: RateLimited) -> Response {
    let mut response = refusal(StatusCode::TOO_MANY_REQUESTS, &why.to_string());
    http::retry_after(&mut response, why);
    response
}

fn refusal(status: StatusCode, message: &str) -> Response {
    http::json(status, &json!({ "errors": [{ "message": message }] }))
}

async fn answer(
    State(store): State<Store>,
    Extension(schema): Extension<StoreSchema>,
    ConnectInfo(peer): ConnectInfo<SocketAddr>,
    headers: HeaderMap,
    body: Body,
) -> Response {
    // Read even when the request is refused: a client that is still sending must see why.
    let body = http::read_body(body, http::BODY_LIMIT).await;
    let claims = match check_token(&store, &headers) {
        Ok(claims) => claims,
        Err(why) => return refusal(status_of(why), &why.to_string()),
    };
    let answered = ask(&store, &schema, peer, &headers, &claims, body).await;
    let mut response = answered.unwrap_or_else(|refused| refused);
    allow_origin(&mut response, &headers);
    response
}

/// Lets the page that asks read the response, also why a request was refused. Its origin is one of the token's.
fn allow_origin(response: &mut Response, headers: &HeaderMap) {
    if let Some(origin) = headers.get(header::ORIGIN) {
        let allowed = response.headers_mut();
        allowed.insert(header::ACCESS_CONTROL_ALLOW_ORIGIN, origin.clone());
        allowed.insert(
            header::ACCESS_CONTROL_ALLOW_CREDENTIALS,
            HeaderValue::from_static("true"),
        );
        allowed.insert(
            header::ACCESS_CONTROL_EXPOSE_HEADERS,
            HeaderValue::from_static("retry-after, x-retry-after, x-bc-graphql-complexity"),
        );
        allowed.append(header::VARY, HeaderValue::from_static("Origin"));
    }
}

async fn ask(
    store: &Store,
    schema: &StoreSchema,
    peer: SocketAddr,
    headers: &HeaderMap,
    claims: &Claims,
    body: Result<Vec<u8>, BodyError>,
) -> Result<Response, Response> {
    let body = http::check_json(headers)
        .and(body)
        .map_err(|why| refusal(why.status(), &why.to_string()))?;
    let request = json::from_slice(&body, NullRule::ByType).ok();
    // What names a query that was sent before has none: none is kept.
    let request = request.filter(|request: &Request| !request.query.trim().is_empty());
    let mut request = request.ok_or_else(|| {
        refusal(
            StatusCode::BAD_REQUEST,
            "The body must be one JSON object with the property 'query'.",
        )
    })?;
    check_limits(&mut request).map_err(|why| refusal(StatusCode::OK, &why.to_string()))?;
    match changes_of(&mut request) {
        Changes::Several => {
            return Err(refusal(
                StatusCode::OK,
                "A request can have one mutation. Send each of the others in its own request.",
            ));
        }
        Changes::AtMost(Some(name)) if COUNTED.contains(&name.as_str()) => {
            store
                .rate_limits
                .check_attempt(peer.ip())
                .map_err(throttled)?;
        }
        Changes::AtMost(_) => {}
    }
    let context = identify(store, headers, claims, peer.ip()).await?;
    Ok(respond(schema.execute(request.data(context)).await))
}

/// Who asks: the customer of the session cookie, of the access token that a server sends, or whom a token for
/// impersonation lets a server name.
async fn identify(
    store: &Store,
    headers: &HeaderMap,
    claims: &Claims,
    peer: IpAddr,
) -> Result<RequestContext, Response> {
    let text = |name| http::text(headers, name).map(str::to_owned);
    let may_send_access_token =
        claims.token_type == TokenType::Private && claims.scopes.contains(&Scope::Customer);
    let carrier = match claims.token_type {
        TokenType::Storefront => Carrier::Cookie(browser::session_token(headers)),
        TokenType::Private if may_send_access_token => Carrier::AccessToken(text(ACCESS_TOKEN)),
        TokenType::Private | TokenType::CustomerImpersonation => Carrier::AccessToken(None),
    };
    let impersonated: Option<i64> = match claims.token_type {
        TokenType::CustomerImpersonation => text(CUSTOMER_ID).and_then(|id| id.parse().ok()),
        TokenType::Storefront | TokenType::Private => None,
    };
    let (known, own) = (carrier.clone(), claims.clone());
    let read = move |connection: &Connection| {
        if storefront_token::is_revoked(connection, &own)? {
            return Ok(Err(TokenError::Revoked));
        }
        let customer_id = match (&known, impersonated) {
            (_, Some(id)) => customers::find(connection, id)?.map(|customer| customer.id),
            (Carrier::Cookie(Some(token)), None) => sessions::customer_id(connection, token)?,
            (Carrier::AccessToken(Some(token)), None) => {
                access_token::customer_id(connection, token)?
            }
            (Carrier::Cookie(None) | Carrier::AccessToken(None), None) => None,
        };
        Ok::<_, db::Error>(Ok(customer_id))
    };
    let identified = store.db.read(read).await.map_err(|error| {
        let message = errors::internal(&error).message;
        refusal(StatusCode::INTERNAL_SERVER_ERROR, &message)
    })?;
    let customer_id = identified.map_err(|why| refusal(status_of(why), &why.to_string()))?;
    let wants_error = http::text(headers, ERROR_ON_INVALID).is_some_and(|text| text == "true");
    // A header that is not text is a token too, and an invalid one.
    let sent_access_token = may_send_access_token && headers.contains_key(ACCESS_TOKEN);
    if wants_error && customer_id.is_none() && sent_access_token {
        let error = json!({
            "message": "The customer access token has expired or been revoked. Sign the customer in again.",
            "extensions": { "code": "INVALID_CUSTOMER_ACCESS_TOKEN" },
        });
        return Err(http::json(StatusCode::OK, &json!({ "errors": [error] })));
    }
    Ok(RequestContext {
        carrier,
        customer_id,
        peer,
    })
}

/// Bounds what the document takes to read. One that cannot be parsed is refused later, in better words.
fn check_limits(request: &mut Request) -> Result<(), LimitError> {
    limits::check_nesting(&request.query)?;
    match request.parsed_query() {
        Ok(document) => limits::check_document(document),
        Err(_) => Ok(()),
    }
}

fn check_token(store: &Store, headers: &HeaderMap) -> Result<Claims, TokenError> {
    let origin = headers.get(header::ORIGIN);
    let sender = Sender {
        origin: origin.map(|origin| origin.to_str().unwrap_or_default()),
        // Not `Sec-Fetch-Mode`: Node's own fetch sends that too.
        is_browser: headers.contains_key("sec-fetch-site"),
    };
    store
        .tokens
        .check(http::text(headers, header::AUTHORIZATION), sender)
}

const fn status_of(why: TokenError) -> StatusCode {
    match why {
        TokenError::OtherOrigin | TokenError::FromBrowser => StatusCode::FORBIDDEN,
        TokenError::Absent | TokenError::Expired | TokenError::Forged | TokenError::Revoked => {
            StatusCode::UNAUTHORIZED
        }
    }
}

fn respond(mut answer: async_graphql::Response) -> Response {
    let complexity = take_complexity(&mut answer);
    let headers = std::mem::take(&mut answer.http_headers);
    let mut response = http::json(StatusCode::OK, &answer);
    response.headers_mut().extend(headers);
    if let Some(complexity) = complexity {
        response.headers_mut().insert(COMPLEXITY, complexity);
    }
    response
}

/// The extension that counts puts its findings into the body; the platform, into a header.
fn take_complexity(answer: &mut async_graphql::Response) -> Option<HeaderValue> {
    let Some(Value::Object(found)) = answer.extensions.remove("analyzer") else {
        return None;
    };
    let complexity = found.get("complexity")?.to_string();
    HeaderValue::from_str(&complexity).ok()
}

/// What a request would change.
enum Changes {
    /// Nothing, or this one thing, by the name of its field.
    AtMost(Option<String>),
    Several,
}

/// Finds out what a request would change. `customer { a b }` are two changes. A query that cannot
/// be parsed changes nothing and is refused later, in better words.
fn changes_of(request: &mut Request) -> Changes {
    let name = request.operation_name.clone();
    let Ok(document) = request.parsed_query() else {
        return Changes::AtMost(None);
    };
    let operation = match &document.operations {
        DocumentOperations::Single(operation) => Some(operation),
        DocumentOperations::Multiple(operations) => match name {
            Some(name) => operations.get(name.as_str()),
            // The only one needs no telling apart, even if it has a name.
            None => operations.values().next().filter(|_| operations.len() == 1),
        },
    };
    let Some(operation) = operation.filter(|o| o.node.ty == OperationType::Mutation) else {
        return Changes::AtMost(None);
    };
    let mut search = Search {
        document,
        found: Vec::new(),
        left: SEARCH_LIMIT,
    };
    search.look_at(&operation.node.selection_set.node, true);
    if search.left == 0 || search.found.len() > 1 {
        return Changes::Several;
    }
    Changes::AtMost(search.found.pop().map(str::to_owned))
}

/// Looks for the things that a mutation changes, until there are two.
struct Search<'a> {
    document: &'a ExecutableDocument,
    found: Vec<&'a str>,
    /// Selections yet to be looked at: fragments within fragments can be without end.
    left: u32,
}

impl<'a> Search<'a> {
    fn look_at(&mut self, selection: &'a SelectionSet, at_root: bool) {
        for item in &selection.items {
            self.left = self.left.saturating_sub(1);
            if self.left == 0 || self.found.len() > 1 {
                return;
            }
            match &item.node {
                Selection::Field(field) => {
                    let inside = &field.node.selection_set.node;
                    match field.node.name.node.as_str() {
                        "__typename" => {}
                        "customer" | "newsletter" if at_root => self.look_at(inside, false),
                        name => self.found.push(name),
                    }
                }
                Selection::InlineFragment(fragment) => {
                    self.look_at(&fragment.node.selection_set.node, at_root);
                }
                Selection::FragmentSpread(spread) => {
                    let name = &spread.node.fragment_name.node;
                    if let Some(fragment) = self.document.fragments.get(name) {
                        self.look_at(&fragment.node.selection_set.node, at_root);
                    }
                }
            }
        }
    }
}
