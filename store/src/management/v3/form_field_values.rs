//! `/customers/form-field-values`.

use super::items::{each_of, refuse_unknown};
use super::response::Response;
use crate::domain::form_fields::records::{self, Filter};
use crate::domain::form_fields::{self, Definitions, Form, Owner};
use crate::domain::{Store, addresses, customers};
use crate::infra::problem::ProblemDetails;
use crate::management::batch::Json as Body;
use crate::management::form_values::{
    FormField, FormFieldValue, KIND_NAMES, OwnedFormField, kind_name,
};
use crate::management::page::Collection;
use crate::management::problem::ProblemBody;
use crate::management::query::Params;
use crate::management::rules::Rules;
use axum::Json;
use axum::extract::State;
use rusqlite::Connection;
use serde::Deserialize;
use utoipa::ToSchema;

/// Most answers of a batch. The specification names no limit; this keeps a transaction short.
const BATCH: usize = 100;

/// An answer to a custom field, of a customer or of an address.
#[derive(Deserialize, ToSchema)]
pub(super) struct FormFieldValueBody {
    customer_id: Option<i64>,
    address_id: Option<i64>,
    name: String,
    value: FormFieldValue,
}

/// Lists answers to custom fields.
#[utoipa::path(get, path = "/customers/form-field-values", tag = "Form Field Values", operation_id = "getCustomersFormFieldValues",
    params(
        ("page" = Option<u32>, Query, description = "Page, from 1; not with a cursor."),
        ("limit" = Option<u32>, Query, description = "Rows of a page, 50, at most 250."),
        ("after" = Option<String>, Query, description = "`end_cursor` of the page before."),
        ("before" = Option<String>, Query, description = "`start_cursor` of the page after."),
        ("customer_id" = Option<i64>, Query, description = "Of this customer."),
        ("address_id" = Option<i64>, Query, description = "Of this address."),
        ("field_name" = Option<String>, Query, description = "Label of the field."),
        ("field_type" = Option<String>, Query, description = "Kind of the field."),
    ),
    responses((status = 200, body = Collection<OwnedFormField>), (status = 422, body = ProblemBody)))]
pub(super) async fn list(
    State(store): State<Store>,
    mut params: Params,
) -> Response<Collection<OwnedFormField>> {
    let (customer_id, address_id) = (params.id("customer_id"), params.id("address_id"));
    let name = params.text("field_name");
    let kinds = KIND_NAMES.map(|name| (name, name));
    let kind = params.one_of("field_type", &kinds);
    let paging = params.paging();
    params.check()?;
    let read = move |connection: &Connection| {
        let definitions = form_fields::load(connection)?;
        let filter = Filter {
            customer_id,
            address_id,
            fields: wanted(&definitions, name.as_deref(), kind),
        };
        Ok::<_, ProblemDetails>(records::list(connection, &definitions, &filter, paging)?)
    };
    let listed = store.db.read(read).await?;
    Ok(Json(Collection::of(listed, &params, Into::into)))
}

/// The numbers of the fields of this name and kind; `None` when neither is asked.
fn wanted(definitions: &Definitions, name: Option<&str>, kind: Option<&str>) -> Option<Vec<i64>> {
    if name.is_none() && kind.is_none() {
        return None;
    }
    let fields = definitions.customer.iter().chain(&definitions.address);
    let wanted = fields.filter(|field| {
        name.is_none_or(|name| field.label == name)
            && kind.is_none_or(|kind| kind_name(&field.kind) == kind)
    });
    Some(wanted.map(|field| field.id.0.into()).collect())
}

/// Saves answers, in the place of those there are: all of them, or none. The platform would rather
/// have `form_fields` of customers and addresses used.
#[utoipa::path(put, path = "/customers/form-field-values", tag = "Form Field Values", operation_id = "updateCustomerFormFieldValues",
    request_body = Vec<FormFieldValueBody>,
    responses((status = 200, body = Collection<OwnedFormField>), (status = 413, body = ProblemBody),
        (status = 422, body = ProblemBody)))]
pub(super) async fn upsert(
    State(store): State<Store>,
    body: Body<Vec<FormFieldValueBody>>,
) -> Response<Collection<OwnedFormField>> {
    let bodies = body.at_most(BATCH)?;
    let writer = store.clone();
    let kept = store
        .db
        .write(move |connection| {
            let rules = Rules::load(&writer, connection)?;
            each_of(bodies, |body, at, checks| {
                let answer = FormField {
                    name: body.name,
                    value: body.value,
                };
                let owner = match (body.customer_id, body.address_id) {
                    (Some(id), None) => Owner::Customer(id),
                    (None, Some(id)) => Owner::Address(id),
                    (Some(_), Some(_)) | (None, None) => {
                        let message = "Send either customer_id or address_id.";
                        checks.refuse(format!("{at}customer_id"), message);
                        return Ok(None);
                    }
                };
                let (is_known, form, name) = match owner {
                    Owner::Customer(id) => {
                        let found = customers::find(connection, id)?;
                        (found.is_some(), Form::Customer, "customer_id")
                    }
                    Owner::Address(id) => {
                        let found = addresses::find(connection, id)?;
                        (found.is_some(), Form::Address, "address_id")
                    }
                };
                if !is_known {
                    refuse_unknown(checks, at, name);
                    return Ok(None);
                }
                let list = std::slice::from_ref(&answer);
                let path = |_: usize| at.to_owned();
                let (answered, values) = rules.answers(form, list, &path, checks);
                if !checks.is_empty() {
                    return Ok(None);
                }
                let fields = rules.definitions.of(form);
                form_fields::upsert_values(connection, owner, fields, &answered, &values)?;
                match owner {
                    Owner::Customer(id) => customers::touch(connection, id)?,
                    Owner::Address(id) => addresses::touch(connection, id)?,
                }
                let mut fields = fields.iter().filter(|field| answered.contains(&field.id));
                let kept = fields.find_map(|field| {
                    let value = values.get(&field.id)?;
                    Some(FormField::of(field, value))
                });
                // Of an answer that says nothing, nothing is kept.
                let kept = kept.unwrap_or(FormField {
                    value: FormFieldValue::Text(String::new()),
                    ..answer
                });
                Ok(Some(OwnedFormField::new(owner, kept)))
            })
        })
        .await?;
    Ok(Json(Collection::all(kept)))
}
