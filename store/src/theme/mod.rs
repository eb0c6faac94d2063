//! The demo theme: a small shop, rendered on the server, that works without JavaScript and shows
//! how a theme takes the widget in.

mod account;
mod addresses;
mod details;
mod fields;
mod first_answer;
mod home;
mod links;
mod outbox;
mod passwords;
mod sign_in;
mod sign_up;
mod view;

use crate::domain::{Store, browser};
use crate::infra::http;
use crate::infra::rate_limit::RateLimited;
use axum::Router;
use axum::body::Body;
use axum::extract::{ConnectInfo, Extension, Path, RawQuery, Request, State};
use axum::http::{HeaderMap, StatusCode, header};
use axum::middleware::{self, Next};
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use std::net::SocketAddr;
use view::{Page, Query, THEME, Theme};

pub(crate) use first_answer::FirstAnswers;
pub(crate) use home::not_found;

/// How long a theme is remembered, in seconds: a day.
const THEME_SECONDS: u32 = 86_400;

pub(crate) fn routes(store: &Store, first_answers: FirstAnswers) -> Router<Store> {
    Router::new()
        .route("/", get(home::show))
        .route("/login.php", get(show_login).post(post_login))
        .route(
            "/login/token/{jwt}",
            get(links::follow_token).head(links::keep_token),
        )
        .route("/account.php", get(show_account).post(post_account))
        .route("/_outbox", get(outbox::show))
        .route("/subscribe.php", post(home::subscribe))
        .route("/static/{name}", get(static_file))
        .layer(middleware::from_fn_with_state(store.clone(), keep_theme))
        .layer(Extension(first_answers))
}

/// Remembers the theme that an address asks for. The shop has it from then on.
async fn keep_theme(State(store): State<Store>, request: Request, next: Next) -> Response {
    let query = Query::read(request.uri().query());
    let theme = query.get("theme").and_then(Theme::named);
    let mut response = next.run(request).await;
    if let Some(theme) = theme {
        let cookie = browser::open_cookie(&store, THEME, theme.name(), THEME_SECONDS);
        browser::set_cookie(&mut response, &cookie);
    }
    response
}

/// The platform's URL for everything before an account is open, told apart by `action`.
async fn show_login(
    State(store): State<Store>,
    Extension(first_answers): Extension<FirstAnswers>,
    RawQuery(query): RawQuery,
    headers: HeaderMap,
) -> Result<Response, Failure> {
    let query = Query::read(query.as_deref());
    let page = Page::new(&store, &headers, &query).await?;
    match query.get("action") {
        Some("create_account") => {
            sign_up::show(&store, &first_answers, &headers, &query, page).await
        }
        Some("reset_password") => passwords::show_forgotten(&store, &headers, &query, page),
        Some("change_password") => passwords::show_new(&store, &headers, &query, page),
        Some("passwordless") => links::show_mailed(&query, page),
        Some(_) | None => sign_in::show(&store, &first_answers, &headers, &query, page).await,
    }
}

async fn post_login(
    State(store): State<Store>,
    ConnectInfo(peer): ConnectInfo<SocketAddr>,
    RawQuery(query): RawQuery,
    headers: HeaderMap,
    body: Body,
) -> Result<Response, Failure> {
    let query = Query::read(query.as_deref());
    let action = query.get("action");
    let form = read_form(&store, &headers, body).await?;
    if action == Some("logout") {
        return sign_in::sign_out(&store, &headers).await;
    }
    store
        .rate_limits
        .check_attempt(peer.ip())
        .map_err(Failure::RateLimited)?;
    match action {
        Some("save_new_account") => sign_up::save(&store, peer, &headers, &query, &form).await,
        Some("check_login") => sign_in::check(&store, &headers, &query, &form).await,
        Some("send_password_email") => passwords::send_link(&store, &headers, &query, &form).await,
        Some("save_new_password") => passwords::save_new(&store, &headers, &query, &form).await,
        Some("passwordless") => links::follow_mailed(&store, &headers, &query, &form).await,
        Some(_) | None => Err(Failure::BadRequest),
    }
}

/// The platform's URL for everything in an account, told apart by `action`.
async fn show_account(
    State(store): State<Store>,
    RawQuery(query): RawQuery,
    headers: HeaderMap,
) -> Result<Response, Failure> {
    let query = Query::read(query.as_deref());
    let page = Page::new(&store, &headers, &query).await?;
    match query.get("action") {
        Some("account_details") => details::show(&store, &headers, &query, page).await,
        Some("address_book") => addresses::show_list(&store, &headers, &query, page).await,
        Some("add_shipping_address") => addresses::show_form(&store, &query, page).await,
        Some("delete_shipping_address") => addresses::show_delete(&store, &query, page).await,
        Some(_) | None => account::show(&store, &headers, &query, page).await,
    }
}

async fn post_account(
    State(store): State<Store>,
    ConnectInfo(peer): ConnectInfo<SocketAddr>,
    RawQuery(query): RawQuery,
    headers: HeaderMap,
    body: Body,
) -> Result<Response, Failure> {
    let query = Query::read(query.as_deref());
    let form = read_form(&store, &headers, body).await?;
    match query.get("action") {
        Some("update_account") => details::save(&store, peer, &headers, &query, &form).await,
        Some("add_shipping_address") => addresses::save(&store, &headers, &query, &form).await,
        Some("delete_shipping_address") => addresses::delete(&store, &headers, &query, &form).await,
        Some(_) | None => Err(Failure::BadRequest),
    }
}

/// Why there is no page to show.
enum Failure {
    /// Another site's page sent the form.
    OtherSite,
    /// The form is larger than any of ours.
    TooLarge,
    /// No form of ours looks like that.
    BadRequest,
    /// Too many forms came from the same address of the network.
    RateLimited(RateLimited),
    /// The store failed; logged already.
    Internal,
}

impl<E: std::error::Error> From<E> for Failure {
    fn from(error: E) -> Self {
        tracing::error!(%error, "a page failed");
        Self::Internal
    }
}

impl IntoResponse for Failure {
    fn into_response(self) -> Response {
        let too_many;
        let (status, text) = match &self {
            Self::OtherSite => (
                StatusCode::FORBIDDEN,
                "This form was sent from another site. Open the page here and send it again.",
            ),
            Self::TooLarge => (
                StatusCode::PAYLOAD_TOO_LARGE,
                "The form is too large. Shorten your answers and send it again.",
            ),
            Self::BadRequest => (
                StatusCode::BAD_REQUEST,
                "This is not a form of this store. Open the page here and send it again.",
            ),
            Self::RateLimited(why) => {
                too_many = why.to_string();
                (StatusCode::TOO_MANY_REQUESTS, too_many.as_str())
            }
            Self::Internal => (
                StatusCode::INTERNAL_SERVER_ERROR,
                "The store failed to answer. Try again in a moment.",
            ),
        };
        let headers = [
            (header::CONTENT_TYPE, "text/plain; charset=utf-8"),
            http::NO_STORE,
            http::NO_SNIFF,
        ];
        let mut response = (status, headers, text.to_owned()).into_response();
        if let Self::RateLimited(why) = self {
            http::retry_after(&mut response, why);
        }
        response
    }
}

/// What a form sent, in order; names may repeat.
type Form = Vec<(String, String)>;

/// The first value of this name; empty without one.
fn value<'a>(form: &'a Form, name: &str) -> &'a str {
    form.iter()
        .find(|(own, _)| own == name)
        .map_or("", |(_, value)| value)
}

/// Reads a form that one of the store's own pages sent.
async fn read_form(store: &Store, headers: &HeaderMap, body: Body) -> Result<Form, Failure> {
    let body = http::read_body(body).await;
    if !browser::is_same_origin(store, headers) {
        return Err(Failure::OtherSite);
    }
    let body = body.map_err(|_| Failure::TooLarge)?;
    if !http::is_content_type(headers, "application/x-www-form-urlencoded") {
        return Err(Failure::BadRequest);
    }
    let form: Form = form_urlencoded::parse(&body).into_owned().collect();
    // The pages are UTF-8 and so is what they send; in another encoding names would be kept maimed.
    let is_maimed = form
        .iter()
        .any(|(_, value)| value.contains(char::REPLACEMENT_CHARACTER));
    let wrote_it = String::from_utf8_lossy(&body).contains("%EF%BF%BD");
    if is_maimed && !wrote_it {
        return Err(Failure::BadRequest);
    }
    Ok(form)
}

fn redirect(to: &str) -> Response {
    (
        StatusCode::SEE_OTHER,
        [(header::LOCATION, to.to_owned())],
        [http::NO_STORE],
    )
        .into_response()
}

/// Files of the theme, part of the program.
async fn static_file(Path(name): Path<String>) -> Response {
    const SVG: &str = "image/svg+xml";
    let file: Option<(&str, &[u8])> = match name.as_str() {
        "theme.css" => Some((
            "text/css; charset=utf-8",
            include_bytes!("../../static/theme.css"),
        )),
        "cornerstone.css" => Some((
            "text/css; charset=utf-8",
            include_bytes!("../../static/cornerstone.css"),
        )),
        "bodl.js" => Some((
            "text/javascript; charset=utf-8",
            include_bytes!("../../static/bodl.js"),
        )),
        "address-lookup.js" => Some((
            "text/javascript; charset=utf-8",
            include_bytes!("../../static/address-lookup.js"),
        )),
        "mark.svg" => Some((SVG, include_bytes!("../../static/mark.svg"))),
        "kettle.svg" => Some((SVG, include_bytes!("../../static/kettle.svg"))),
        "fern.svg" => Some((SVG, include_bytes!("../../static/fern.svg"))),
        "mug.svg" => Some((SVG, include_bytes!("../../static/mug.svg"))),
        "tea.svg" => Some((SVG, include_bytes!("../../static/tea.svg"))),
        _ => None,
    };
    let Some((content_type, bytes)) = file else {
        return (StatusCode::NOT_FOUND, [http::NO_SNIFF]).into_response();
    };
    let headers = [
        (header::CONTENT_TYPE, content_type),
        (header::CACHE_CONTROL, "public, max-age=300"),
        http::NO_SNIFF,
    ];
    (headers, bytes).into_response()
}
