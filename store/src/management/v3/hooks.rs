//! `/hooks`: webhooks of the API account that asks.

use super::response::Response;
use crate::domain::Store;
use crate::domain::api_accounts::Caller;
use crate::domain::hooks::{self, Change, Hook, SCOPES};
use crate::infra::problem::ProblemDetails;
use crate::infra::{db, http};
use crate::management::batch::Json as Body;
use crate::management::page::{Collection, Empty, Single};
use crate::management::path_id::Id;
use crate::management::problem::{Checks, ProblemBody};
use crate::management::query::Params;
use axum::extract::State;
use axum::http::{HeaderName, HeaderValue, StatusCode};
use axum::{Extension, Json};
use rusqlite::Connection;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use utoipa::ToSchema;

/// A webhook as a request has it. What is absent stays, or has its default.
#[derive(Default, Deserialize, ToSchema)]
pub(super) struct HookBody {
    /// Event that the webhook is for; required to register one.
    scope: Option<String>,
    /// URL that events are sent to, with https or http; required to register one.
    destination: Option<String>,
    /// Whether events are sent; true by default.
    is_active: Option<bool>,
    /// Headers sent along; none of those that a delivery has of its own.
    headers: Option<BTreeMap<String, String>>,
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
    /// False also when too many deliveries failed.
    is_active: bool,
    /// Seconds since 1970.
    created_at: i64,
    /// Seconds since 1970.
    updated_at: i64,
}

impl HookResponse {
    fn of(hook: Hook, store: &Store) -> Self {
        Self {
            id: hook.id,
            client_id: hook.client_id,
            store_hash: store.store_hash.to_owned(),
            scope: hook.scope,
            destination: hook.destination,
            headers: hook.headers,
            is_active: hook.is_active,
            created_at: hook.created_at,
            updated_at: hook.modified_at,
        }
    }
}

impl HookBody {
    fn into_change(self) -> Result<Change, ProblemDetails> {
        let mut checks = Checks::default();
        let scope = self.scope.as_deref();
        if scope.is_some_and(|scope| !SCOPES.contains(&scope)) {
            checks.refuse("scope", format!("must be one of {}", SCOPES.join(", ")));
        }
        checks.text("destination", self.destination.as_ref(), 1..=2048);
        if self
            .destination
            .as_deref()
            .is_some_and(|text| !http::is_web_url(text))
        {
            checks.refuse("destination", "must be a URL with https or http");
        }
        for (name, value) in self.headers.iter().flatten() {
            match (name.parse::<HeaderName>(), value.parse::<HeaderValue>()) {
                (Ok(name), Ok(_)) if is_of_delivery(&name) => {
                    checks.refuse(
                        "headers",
                        format!("must not have {name}: deliveries set it"),
                    );
                }
                (Ok(_), Ok(_)) => {}
                (Err(_), _) | (_, Err(_)) => {
                    checks.refuse("headers", "must be valid names and values of HTTP headers");
                }
            }
        }
        checks.finish()?;
        Ok(Change {
            scope: self.scope,
            destination: self.destination,
            headers: self.headers,
            is_active: self.is_active,
        })
    }
}

/// Whether a header says how a delivery travels, or whom it is from.
fn is_of_delivery(name: &HeaderName) -> bool {
    let name = name.as_str();
    let whole = [
        "host",
        "transfer-encoding",
        "connection",
        "te",
        "trailer",
        "upgrade",
        "expect",
    ];
    let families = ["content-", "proxy-", "webhook-"];
    whole.contains(&name) || families.iter().any(|family| name.starts_with(family))
}

fn taken() -> ProblemDetails {
    let title = "This account already has a webhook with this scope and destination.";
    ProblemDetails::new(StatusCode::CONFLICT, title)
}

async fn found(store: &Store, client_id: String, id: i64) -> Response<Single<HookResponse>> {
    let read = move |connection: &Connection| hooks::find(connection, &client_id, id);
    let hook = store
        .db
        .read(read)
        .await
        .map_err(|error: db::Error| error)?;
    let hook = hook.ok_or_else(ProblemDetails::not_found)?;
    Ok(Json(Single {
        data: HookResponse::of(hook, store),
        meta: Empty::default(),
    }))
}

/// Lists the account's webhooks.
#[utoipa::path(get, path = "/hooks", tag = "Webhooks", operation_id = "getHooks",
    params(
        ("page" = Option<u32>, Query, description = "Page, from 1."),
        ("limit" = Option<u32>, Query, description = "Rows of a page, 50, at most 250."),
        ("scope" = Option<String>, Query, description = "Event that the webhook is for."),
        ("destination" = Option<String>, Query, description = "URL that events are sent to."),
        ("is_active" = Option<bool>, Query, description = "Whether events are sent."),
    ),
    responses((status = 200, body = Collection<HookResponse>), (status = 422, body = ProblemBody)))]
pub(super) async fn list(
    State(store): State<Store>,
    Extension(caller): Extension<Caller>,
    mut params: Params,
) -> Response<Collection<HookResponse>> {
    let scope = params.one_of("scope", &SCOPES.map(|scope| (scope, scope)));
    let (scope, destination) = (scope.map(str::to_owned), params.text("destination"));
    let is_active = params.boolean("is_active");
    let paging = params.paging();
    params.check()?;
    let read = move |connection: &Connection| {
        hooks::list(
            connection,
            &caller.client_id,
            scope,
            destination,
            is_active,
            paging,
        )
    };
    let listed = store
        .db
        .read(read)
        .await
        .map_err(|error: db::Error| error)?;
    let show = |hook| HookResponse::of(hook, &store);
    Ok(Json(Collection::of(listed, &params, show)))
}

/// Registers a webhook.
#[utoipa::path(post, path = "/hooks", tag = "Webhooks", operation_id = "createHooks",
    request_body = HookBody,
    responses((status = 200, body = Single<HookResponse>), (status = 409, body = ProblemBody), (status = 422, body = ProblemBody)))]
pub(super) async fn create(
    State(store): State<Store>,
    Extension(caller): Extension<Caller>,
    Body(body): Body<HookBody>,
) -> Response<Single<HookResponse>> {
    let mut checks = Checks::default();
    checks.require("scope", body.scope.as_ref());
    checks.require("destination", body.destination.as_ref());
    checks.finish()?;
    let change = body.into_change()?;
    let client_id = caller.client_id.clone();
    let create = move |connection: &Connection| {
        hooks::insert(connection, &client_id, &change)?.ok_or_else(taken)
    };
    let id = store.db.write(create).await?;
    found(&store, caller.client_id, id).await
}

/// Shows a webhook.
#[utoipa::path(get, path = "/hooks/{hook_id}", tag = "Webhooks", operation_id = "getHook",
    params(("hook_id" = i64, Path, description = "Id of the webhook.")),
    responses((status = 200, body = Single<HookResponse>), (status = 404, body = ProblemBody)))]
pub(super) async fn show(
    State(store): State<Store>,
    Extension(caller): Extension<Caller>,
    Id(id): Id,
) -> Response<Single<HookResponse>> {
    found(&store, caller.client_id, id).await
}

/// Changes a webhook; one that was switched off is switched on again by `is_active`.
#[utoipa::path(put, path = "/hooks/{hook_id}", tag = "Webhooks", operation_id = "updateHook",
    params(("hook_id" = i64, Path, description = "Id of the webhook.")),
    request_body = HookBody,
    responses((status = 200, body = Single<HookResponse>), (status = 404, body = ProblemBody),
        (status = 409, body = ProblemBody), (status = 422, body = ProblemBody)))]
pub(super) async fn update(
    State(store): State<Store>,
    Extension(caller): Extension<Caller>,
    Id(id): Id,
    Body(body): Body<HookBody>,
) -> Response<Single<HookResponse>> {
    let change = body.into_change()?;
    let client_id = caller.client_id.clone();
    let update = move |connection: &Connection| {
        hooks::find(connection, &client_id, id)?.ok_or_else(ProblemDetails::not_found)?;
        if hooks::update(connection, id, &change)? {
            Ok(())
        } else {
            Err(taken())
        }
    };
    store.db.write(update).await?;
    found(&store, caller.client_id, id).await
}

/// Deletes a webhook with all that it has not heard yet.
#[utoipa::path(delete, path = "/hooks/{hook_id}", tag = "Webhooks", operation_id = "deleteHook",
    params(("hook_id" = i64, Path, description = "Id of the webhook.")),
    responses((status = 204), (status = 404, body = ProblemBody)))]
pub(super) async fn remove(
    State(store): State<Store>,
    Extension(caller): Extension<Caller>,
    Id(id): Id,
) -> Result<StatusCode, ProblemDetails> {
    let delete = move |connection: &Connection| {
        hooks::find(connection, &caller.client_id, id)?.ok_or_else(ProblemDetails::not_found)?;
        Ok::<_, ProblemDetails>(hooks::delete(connection, id)?)
    };
    store.db.write(delete).await?;
    Ok(StatusCode::NO_CONTENT)
}
