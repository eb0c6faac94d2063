//! The mail of a demo shop, which no mail server takes.

use super::failure::Failure;
use super::home::not_found;
use super::view::{Page, Query};
use crate::domain::Store;
use crate::domain::mail::{self, Mail};
use crate::infra::db;
use askama::Template;
use axum::extract::{RawQuery, State};
use axum::http::{HeaderMap, StatusCode};
use axum::response::Response;

/// Most messages shown.
const MOST: u32 = 50;

#[derive(Template)]
#[template(path = "outbox.html")]
struct Outbox {
    page: Page,
    /// Where our own links begin.
    origin: String,
    mails: Vec<Mail>,
}

pub(super) async fn show(
    State(store): State<Store>,
    RawQuery(query): RawQuery,
    headers: HeaderMap,
) -> Result<Response, Failure> {
    if !store.is_demo {
        return Ok(not_found(State(store), RawQuery(query), headers).await);
    }
    let mails = store.db.read(|connection| mail::newest(connection, MOST));
    let template = Outbox {
        page: Page::new(&store, &headers, &Query::read(query.as_deref())).await?,
        origin: format!("{}/", store.origin),
        mails: mails.await.map_err(|error: db::Error| error)?,
    };
    Page::show(&template.page.nonce, StatusCode::OK, &template)
}
