//! `/time`, `/store` and `/hooks`: what clients ask first, to see whether they are connected.

use super::paging::Unpaged;
use super::response::Response;
use crate::domain::api_accounts::Caller;
use crate::domain::hooks::{self, Hook};
use crate::domain::{Store, settings};
use crate::infra::select::{PageRequest, Position};
use crate::infra::{clock, db};
use crate::management::query::LARGEST_LIMIT;
use axum::extract::State;
use axum::{Extension, Json};
use rusqlite::Connection;
use serde::Serialize;
use std::collections::BTreeMap;
use utoipa::ToSchema;

/// The time of day.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct Time {
    /// Seconds since 1970.
    time: i64,
}

/// The store.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct StoreInformation {
    /// The hash of the store.
    id: String,
    name: String,
    /// Host and port of its pages.
    domain: String,
    secure_url: String,
    admin_email: String,
    /// ISO 4217 code.
    currency: String,
    /// ISO 3166-1 alpha-2 code.
    country_code: String,
    status: &'static str,
}

/// A webhook.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct HookResponse {
    id: i64,
    client_id: String,
    store_hash: String,
    scope: String,
    destination: String,
    headers: BTreeMap<String, String>,
    is_active: bool,
    /// Seconds since 1970.
    created_at: i64,
    /// Seconds since 1970.
    updated_at: i64,
}

/// Tells the time.
#[utoipa::path(get, path = "/time", tag = "V2 Store", operation_id = "v2GetTime",
    responses((status = 200, body = Time)))]
pub(super) async fn time(_: Unpaged) -> Response<Time> {
    Ok(Json(Time { time: clock::now() }))
}

/// Shows the store.
#[utoipa::path(get, path = "/store", tag = "V2 Store", operation_id = "v2GetStore",
    responses((status = 200, body = StoreInformation)))]
pub(super) async fn show(State(store): State<Store>, _: Unpaged) -> Response<StoreInformation> {
    let settings = store.db.read(settings::load).await;
    let settings = settings.map_err(|error: db::Error| error)?;
    let host = store.origin.split_once("://").map_or("", |(_, host)| host);
    Ok(Json(StoreInformation {
        id: settings.store_hash,
        name: settings.store_name,
        domain: host.to_owned(),
        secure_url: store.origin.clone(),
        admin_email: settings.contact_email,
        currency: settings.currency_code,
        country_code: settings.default_country,
        status: "live",
    }))
}

/// Lists the account's webhooks, the first 250. `/v3/hooks` has all, and changes them.
#[utoipa::path(get, path = "/hooks", tag = "V2 Store", operation_id = "v2GetHooks",
    responses((status = 200, body = Vec<HookResponse>)))]
pub(super) async fn list_hooks(
    State(store): State<Store>,
    Extension(caller): Extension<Caller>,
    _: Unpaged,
) -> Response<Vec<HookResponse>> {
    let paging = PageRequest {
        limit: LARGEST_LIMIT,
        position: Position::Page(1),
    };
    let read = move |connection: &Connection| {
        hooks::list(connection, &caller.client_id, None, None, None, paging)
    };
    let listed = store
        .db
        .read(read)
        .await
        .map_err(|error: db::Error| error)?;
    let show = |hook: Hook| HookResponse {
        id: hook.id,
        client_id: hook.client_id,
        store_hash: store.store_hash.clone(),
        scope: hook.scope,
        destination: hook.destination,
        headers: hook.headers,
        is_active: hook.is_active,
        created_at: hook.created_at,
        updated_at: hook.modified_at,
    };
    Ok(Json(listed.rows.into_iter().map(show).collect()))
}
