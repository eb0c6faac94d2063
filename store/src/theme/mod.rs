//! The demo theme: a small shop, rendered on the server, that works without JavaScript and shows
//! how a theme takes the widget in.

mod account;
mod addresses;
mod details;
mod failure;
mod fields;
mod first_answer;
mod form;
mod home;
mod links;
mod outbox;
mod passwords;
mod sign_in;
mod sign_up;
mod view;

use crate::domain::{Store, browser};
use crate::infra::http;
use axum::Router;
use axum::body::Body;
use axum::extract::{ConnectInfo, Extension, Path, RawQuery, Request, State};
use axum::http::{HeaderMap, StatusCode, header};
use axum::middleware::{self, Next};
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use failure::Failure;
use form::read_form;
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
