//! `/customers/attribute-values`.

use super::customers::AttributeValueResponse;
use super::items::{delete_each, each_of, refuse_unknown};
use super::response::Response;
use crate::domain::attributes::{self, ValueFilter};
use crate::domain::{Store, customers};
use crate::infra::db;
use crate::infra::problem::ProblemDetails;
use crate::management::batch::Json as Body;
use crate::management::customers::check_value;
use crate::management::page::Collection;
use crate::management::problem::ProblemBody;
use crate::management::query::{Dates, Params};
use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use rusqlite::Connection;
use serde::Deserialize;
use std::collections::HashSet;
use utoipa::ToSchema;

/// Most customers of a batch.
const CUSTOMERS: usize = 10;

/// The value of an attribute of a customer, as a request has it. There is one of each pair, so its
/// own number, which the platform takes along, says nothing.
#[derive(Deserialize, ToSchema)]
pub(super) struct AttributeValueBody {
    attribute_id: i64,
    customer_id: i64,
    #[schema(max_length = 255)]
    value: String,
    #[serde(default, rename = "id")]
    _id: Option<i64>,
}

/// Lists values of attributes.
#[utoipa::path(get, path = "/customers/attribute-values", tag = "Attribute Values", operation_id = "getCustomersAttributeValues",
    params(
        ("page" = Option<u32>, Query, description = "Page, from 1; not with a cursor."),
        ("limit" = Option<u32>, Query, description = "Rows of a page, 50, at most 250."),
        ("customer_id:in" = Option<String>, Query, description = "Ids of customers."),
        ("attribute_id:in" = Option<String>, Query, description = "Ids of attributes."),
        ("name" = Option<String>, Query, description = "Name of the attribute."),
        Dates,
    ),
    responses((status = 200, body = Collection<AttributeValueResponse>), (status = 422, body = ProblemBody)))]
pub(super) async fn list(
    State(store): State<Store>,
    mut params: Params,
) -> Response<Collection<AttributeValueResponse>> {
    let filter = ValueFilter {
        customer_ids: params.ids("customer_id:in"),
        attribute_ids: params.ids("attribute_id:in"),
        name: params.text("name"),
        created: params.span("date_created"),
        modified: params.span("date_modified"),
    };
    let paging = params.paging();
    params.check()?;
    let read = move |connection: &Connection| attributes::list_values(connection, filter, paging);
    let listed = store
        .db
        .read(read)
        .await
        .map_err(|error: db::Error| error)?;
    Ok(Json(Collection::of(listed, &params, Into::into)))
}

/// Saves values of attributes, in the place of those there are: all of them, or none.
#[utoipa::path(put, path = "/customers/attribute-values", tag = "Attribute Values", operation_id = "upsertCustomersAttributeValues",
    request_body = Vec<AttributeValueBody>,
    responses((status = 200, body = Collection<AttributeValueResponse>), (status = 413, body = ProblemBody),
        (status = 422, body = ProblemBody)))]
pub(super) async fn upsert(
    State(store): State<Store>,
    Body(bodies): Body<Vec<AttributeValueBody>>,
) -> Response<Collection<AttributeValueResponse>> {
    let of_whom: HashSet<i64> = bodies.iter().map(|body| body.customer_id).collect();
    if of_whom.len() > CUSTOMERS {
        return Err(ProblemDetails::too_many_items(CUSTOMERS));
    }
    let kept = store
        .db
        .write(move |connection| {
            each_of(bodies, |body, at, checks| {
                let (customer, attribute) = (body.customer_id, body.attribute_id);
                if customers::find(connection, customer)?.is_none() {
                    refuse_unknown(checks, at, "customer_id");
                    return Ok(None);
                }
                if !check_value(connection, attribute, &body.value, at, "value", checks)? {
                    return Ok(None);
                }
                let kept = attributes::upsert_value(connection, customer, attribute, &body.value)?;
                Ok(Some(kept.into()))
            })
        })
        .await?;
    Ok(Json(Collection::all(kept)))
}

/// Deletes values of attributes.
#[utoipa::path(delete, path = "/customers/attribute-values", tag = "Attribute Values", operation_id = "deleteCustomersAttributeValues",
    params(("id:in" = Option<String>, Query, description = "Ids, joined by commas; without, nothing is deleted.")),
    responses((status = 204), (status = 422, body = ProblemBody)))]
pub(super) async fn remove(
    State(store): State<Store>,
    params: Params,
) -> Result<StatusCode, ProblemDetails> {
    delete_each(&store, params, attributes::delete_value).await
}
