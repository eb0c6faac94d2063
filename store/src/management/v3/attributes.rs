//! `/customers/attributes`.

use super::items::{delete_each, each_of, refuse_unknown};
use super::response::Response;
use crate::domain::attributes::{self, Attribute, Filter, Type};
use crate::domain::{Store, settings};
use crate::infra::db;
use crate::infra::problem::ProblemDetails;
use crate::infra::time::rfc3339;
use crate::management::batch::Json as Body;
use crate::management::page::Collection;
use crate::management::problem::ProblemBody;
use crate::management::query::{Dates, Params};
use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use rusqlite::Connection;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// Most attributes of a batch: no store has more.
const BATCH: usize = 100;

/// An attribute as a request has it.
#[derive(Default, Deserialize, ToSchema)]
pub(super) struct AttributeBody {
    /// Id; required to rename an attribute.
    id: Option<i64>,
    #[schema(min_length = 1, max_length = 255)]
    name: Option<String>,
    /// Set once; required to define an attribute.
    r#type: Option<Type>,
}

/// An attribute.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct AttributeResponse {
    id: i64,
    name: String,
    r#type: Type,
    date_created: String,
    date_modified: String,
}

impl From<Attribute> for AttributeResponse {
    fn from(attribute: Attribute) -> Self {
        Self {
            id: attribute.id,
            name: attribute.name,
            r#type: attribute.kind,
            date_created: rfc3339(attribute.created_at),
            date_modified: rfc3339(attribute.modified_at),
        }
    }
}

/// Lists attributes.
#[utoipa::path(get, path = "/customers/attributes", tag = "Attributes", operation_id = "getCustomersAttributes",
    params(
        ("page" = Option<u32>, Query, description = "Page, from 1; not with a cursor."),
        ("limit" = Option<u32>, Query, description = "Rows of a page, 50, at most 250."),
        ("name" = Option<String>, Query, description = "The whole name."),
        ("name:like" = Option<String>, Query, description = "A part of the name."),
        ("type" = Option<String>, Query, description = "string, number or date."),
        Dates,
    ),
    responses((status = 200, body = Collection<AttributeResponse>), (status = 422, body = ProblemBody)))]
pub(super) async fn list(
    State(store): State<Store>,
    mut params: Params,
) -> Response<Collection<AttributeResponse>> {
    let filter = Filter {
        name: params.text("name"),
        name_part: params.text("name:like"),
        kind: params.one_of("type", &Type::ALL),
        created: params.span("date_created"),
        modified: params.span("date_modified"),
    };
    let paging = params.paging();
    params.check()?;
    let read = move |connection: &Connection| attributes::list(connection, filter, paging);
    let listed = store
        .db
        .read(read)
        .await
        .map_err(|error: db::Error| error)?;
    Ok(Json(Collection::of(
        listed,
        &params,
        AttributeResponse::from,
    )))
}

fn respond(connection: &Connection, ids: &[i64]) -> Result<Vec<AttributeResponse>, ProblemDetails> {
    let found = ids.iter().map(|id| attributes::find(connection, *id));
    let found: Vec<_> = found.collect::<Result<_, _>>()?;
    Ok(found.into_iter().flatten().map(Into::into).collect())
}

/// Whether `name` is that of no other attribute than `id`.
fn is_free(connection: &Connection, name: &str, id: Option<i64>) -> Result<bool, db::Error> {
    Ok(attributes::named(connection, name)?.is_none_or(|known| Some(known) == id))
}

/// Defines attributes: all of them, or none.
#[utoipa::path(post, path = "/customers/attributes", tag = "Attributes", operation_id = "createCustomersAttributes",
    request_body = Vec<AttributeBody>,
    responses((status = 200, body = Collection<AttributeResponse>), (status = 413, body = ProblemBody),
        (status = 422, body = ProblemBody)))]
pub(super) async fn create(
    State(store): State<Store>,
    body: Body<Vec<AttributeBody>>,
) -> Response<Collection<AttributeResponse>> {
    let bodies = body.at_most(BATCH)?;
    let created = store
        .db
        .write(move |connection| {
            let limit = i64::from(settings::load(connection)?.api.attributes);
            let ids = each_of(bodies, |body, at, checks| {
                checks.text(format!("{at}name"), body.name.as_ref(), 1..=255);
                let (Some(name), Some(kind)) = (&body.name, body.r#type) else {
                    checks.require(format!("{at}name"), body.name.as_ref());
                    checks.require(format!("{at}type"), body.r#type.as_ref());
                    return Ok(None);
                };
                if !is_free(connection, name, None)? {
                    checks.refuse(format!("{at}name"), "Another attribute has this name.");
                    return Ok(None);
                }
                if attributes::count(connection)? >= limit {
                    let message =
                        format!("The store already has {limit} attributes, the most it can have.");
                    checks.refuse(format!("{at}name"), message);
                    return Ok(None);
                }
                Ok(Some(attributes::insert(connection, name, kind)?))
            })?;
            respond(connection, &ids)
        })
        .await?;
    Ok(Json(Collection::all(created)))
}

/// Renames attributes: all of them, or none.
#[utoipa::path(put, path = "/customers/attributes", tag = "Attributes", operation_id = "updateCustomersAttributes",
    request_body = Vec<AttributeBody>,
    responses((status = 200, body = Collection<AttributeResponse>), (status = 413, body = ProblemBody),
        (status = 422, body = ProblemBody)))]
pub(super) async fn update(
    State(store): State<Store>,
    body: Body<Vec<AttributeBody>>,
) -> Response<Collection<AttributeResponse>> {
    let bodies = body.at_most(BATCH)?;
    let updated = store
        .db
        .write(move |connection| {
            let ids = each_of(bodies, |body, at, checks| {
                checks.text(format!("{at}name"), body.name.as_ref(), 1..=255);
                checks.require(format!("{at}name"), body.name.as_ref());
                let id = body.id.unwrap_or_default();
                let Some(known) = attributes::find(connection, id)? else {
                    refuse_unknown(checks, at, "id");
                    return Ok(None);
                };
                if body.r#type.is_some_and(|kind| kind != known.kind) {
                    checks.refuse(format!("{at}type"), "cannot be changed");
                }
                let Some(name) = &body.name else {
                    return Ok(None);
                };
                if !is_free(connection, name, Some(id))? {
                    checks.refuse(format!("{at}name"), "Another attribute has this name.");
                    return Ok(None);
                }
                attributes::rename(connection, id, name)?;
                Ok(Some(id))
            })?;
            respond(connection, &ids)
        })
        .await?;
    Ok(Json(Collection::all(updated)))
}

/// Deletes attributes with all their values.
#[utoipa::path(delete, path = "/customers/attributes", tag = "Attributes", operation_id = "deleteCustomersAttributes",
    params(("id:in" = Option<String>, Query, description = "Ids, joined by commas; without, nothing is deleted.")),
    responses((status = 204), (status = 422, body = ProblemBody)))]
pub(super) async fn remove(
    State(store): State<Store>,
    params: Params,
) -> Result<StatusCode, ProblemDetails> {
    delete_each(&store, params, attributes::delete).await
}
