//! The browser that asks: the origin of its page, the cookies it sends and keeps, and who is signed in
//! there.

use super::Store;
use super::sessions::{self, Started};
use crate::infra::{db, http};
use axum::http::{HeaderMap, HeaderName, HeaderValue, header};
use axum::response::Response;
use axum_extra::extract::cookie::{Cookie, CookieJar, SameSite};

/// The origin of this store's pages, as the browser that asks sees it.
pub(crate) fn own_origin(store: &Store, headers: &HeaderMap) -> String {
    let scheme = if store.https { "https" } else { "http" };
    let host = http::text(headers, header::HOST).unwrap_or("localhost");
    format!("{scheme}://{host}")
}

/// Whether no page of another site made this request. Browsers say where a request comes from;
/// other clients say nothing and carry no shopper's cookie either.
pub(crate) fn is_same_origin(store: &Store, headers: &HeaderMap) -> bool {
    let site = http::text(headers, HeaderName::from_static("sec-fetch-site"));
    if site.is_some_and(|site| site != "same-origin" && site != "none") {
        return false;
    }
    match headers.get(header::ORIGIN) {
        None => true,
        Some(origin) => origin.as_bytes() == own_origin(store, headers).as_bytes(),
    }
}

/// The cookie of this name that the browser sent.
pub(crate) fn cookie_named(headers: &HeaderMap, name: &str) -> Option<String> {
    let jar = CookieJar::from_headers(headers);
    jar.get(name).map(|cookie| cookie.value().to_owned())
}

/// The session token that the browser sent. Of two that differ neither counts: a page of another host of the
/// same domain can set one, and a shopper must not act in the session of whoever wrote it.
pub(crate) fn session_token(headers: &HeaderMap) -> Option<String> {
    let sent = headers.get_all(header::COOKIE).iter();
    let cookies = sent.filter_map(|cookies| Some(Cookie::split_parse(cookies.to_str().ok()?)));
    let mut tokens = cookies
        .flatten()
        .flatten()
        .filter(|cookie| cookie.name() == sessions::COOKIE)
        .map(|cookie| cookie.value().to_owned());
    let token = tokens.next()?;
    tokens.all(|other| other == token).then_some(token)
}

/// The customer who is signed in, if one is.
pub(crate) async fn signed_in(
    store: &Store,
    headers: &HeaderMap,
) -> Result<Option<i64>, db::Error> {
    let Some(token) = session_token(headers) else {
        return Ok(None);
    };
    store
        .db
        .read(move |connection| sessions::customer_id(connection, &token))
        .await
}

/// The cookie that opens a session.
pub(crate) fn session_cookie(store: &Store, started: &Started) -> String {
    cookie(store, &started.token, started.lifetime)
}

/// The cookie that takes the session's away.
pub(crate) fn no_session_cookie(store: &Store) -> String {
    cookie(store, "", 0)
}

fn cookie(store: &Store, token: &str, seconds: u32) -> String {
    let mut cookie = kept_cookie(store, sessions::COOKIE, token, seconds);
    cookie.set_http_only(true);
    cookie.to_string()
}

/// A cookie of the whole store that its pages' scripts may read.
pub(crate) fn open_cookie(store: &Store, name: &str, value: &str, seconds: u32) -> String {
    kept_cookie(store, name, value, seconds).to_string()
}

/// A cookie that a browser keeps for so long and sends with what the store's own pages ask for, and with links
/// that lead to it.
fn kept_cookie<'a>(store: &Store, name: &'a str, value: &'a str, seconds: u32) -> Cookie<'a> {
    let mut cookie = Cookie::new(name, value);
    cookie.set_path("/");
    cookie.set_max_age(time::Duration::seconds(seconds.into()));
    cookie.set_same_site(SameSite::Lax);
    cookie.set_secure(store.https);
    cookie
}

/// Adds a `Set-Cookie`; the text is our own ASCII.
pub(crate) fn set_cookie(response: &mut Response, cookie: &str) {
    if let Ok(value) = HeaderValue::from_str(cookie) {
        response.headers_mut().append(header::SET_COOKIE, value);
    }
}
