//! `/customers/addresses`.

use super::items::{at, each_of, ids_to_delete, refuse_unknown};
use super::response::Response;
use crate::domain::addresses::{self, Filter, Owned};
use crate::domain::form_fields::Owner;
use crate::domain::{Store, customers};
use crate::infra::problem::ProblemDetails;
use crate::infra::{db, select};
use crate::management::addresses::{ADDRESS_NAMES, AddressType};
use crate::management::batch::Json as Body;
use crate::management::form_values::{FormField, OwnedFormField};
use crate::management::page::Collection;
use crate::management::problem::{Checks, ProblemBody};
use crate::management::query::Params;
use crate::management::rules::{AddressInput, Rules};
use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use rusqlite::Connection;
use serde::{Deserialize, Serialize};
use storefront_rules::BuiltIn;
use utoipa::ToSchema;

/// Most addresses of a batch. The specification names no limit; this keeps a transaction short.
const BATCH: usize = 100;

/// An address as a request has it. What is absent stays, or is empty.
#[derive(Default, Deserialize, ToSchema)]
pub(crate) struct AddressBody {
    /// Id; required to change an address.
    id: Option<i64>,
    /// The customer it belongs to; required to add one.
    customer_id: Option<i64>,
    #[schema(min_length = 1, max_length = 255)]
    first_name: Option<String>,
    #[schema(min_length = 1, max_length = 255)]
    last_name: Option<String>,
    #[schema(max_length = 255)]
    company: Option<String>,
    address1: Option<String>,
    address2: Option<String>,
    #[schema(max_length = 100)]
    city: Option<String>,
    /// Full name.
    #[schema(max_length = 100)]
    state_or_province: Option<String>,
    #[schema(max_length = 30)]
    postal_code: Option<String>,
    /// ISO 3166-1 alpha-2.
    #[schema(min_length = 2, max_length = 2)]
    country_code: Option<String>,
    #[schema(max_length = 50)]
    phone: Option<String>,
    address_type: Option<AddressType>,
    form_fields: Option<Vec<FormField>>,
}

impl AddressBody {
    pub(super) fn into_input(self) -> AddressInput {
        AddressInput {
            own: vec![
                (BuiltIn::FirstName, self.first_name),
                (BuiltIn::LastName, self.last_name),
                (BuiltIn::CompanyName, self.company),
                (BuiltIn::Phone, self.phone),
                (BuiltIn::AddressLine1, self.address1),
                (BuiltIn::AddressLine2, self.address2),
                (BuiltIn::City, self.city),
                (BuiltIn::Country, self.country_code),
                (BuiltIn::State, self.state_or_province),
                (BuiltIn::Zip, self.postal_code),
            ],
            is_commercial: self.address_type.map(AddressType::is_commercial),
            form_fields: self.form_fields.unwrap_or_default(),
        }
    }

    /// What an address of a new customer must have.
    pub(super) fn check_nested(&self, at: &str, checks: &mut Checks) {
        for (name, given) in [
            ("first_name", &self.first_name),
            ("last_name", &self.last_name),
            ("address1", &self.address1),
            ("city", &self.city),
            ("country_code", &self.country_code),
        ] {
            checks.require(format!("{at}{name}"), given.as_ref());
        }
    }

    /// What an address on its own must have.
    fn check_new(&self, at: &str, checks: &mut Checks) {
        checks.require(format!("{at}customer_id"), self.customer_id.as_ref());
        self.check_nested(at, checks);
        let state = self.state_or_province.as_ref();
        checks.require(format!("{at}state_or_province"), state);
        checks.require(format!("{at}postal_code"), self.postal_code.as_ref());
    }
}

/// An address.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct AddressResponse {
    id: i64,
    customer_id: i64,
    first_name: String,
    last_name: String,
    company: String,
    phone: String,
    address1: String,
    address2: String,
    city: String,
    state_or_province: String,
    postal_code: String,
    /// English name.
    country: String,
    country_code: String,
    address_type: AddressType,
    #[serde(skip_serializing_if = "Option::is_none")]
    form_fields: Option<Vec<OwnedFormField>>,
}

impl AddressResponse {
    pub(super) fn of(store: &Store, row: Owned, with_custom: bool) -> Self {
        let address = row.address;
        let owner = Owner::Address(address.id);
        let custom = address.custom.iter();
        let custom = custom
            .map(|(field, value)| OwnedFormField::new(owner, FormField::of(field, value)))
            .collect();
        let country = store.geography.find(&address.country_code);
        Self {
            id: address.id,
            customer_id: row.customer_id,
            first_name: address.first_name,
            last_name: address.last_name,
            company: address.company,
            phone: address.phone,
            address1: address.address1,
            address2: address.address2,
            city: address.city,
            state_or_province: address.state_or_province,
            postal_code: address.postal_code,
            country: country.map_or_else(String::new, |country| country.name.clone()),
            country_code: address.country_code,
            address_type: AddressType::of(address.is_commercial),
            form_fields: with_custom.then_some(custom),
        }
    }
}

/// Lists addresses of all customers.
#[utoipa::path(get, path = "/customers/addresses", tag = "Addresses", operation_id = "getCustomersAddresses",
    params(
        ("page" = Option<u32>, Query, description = "Page, from 1; not with a cursor."),
        ("limit" = Option<u32>, Query, description = "Rows of a page, 50, at most 250."),
        ("id:in" = Option<String>, Query, description = "Ids, joined by commas."),
        ("customer_id:in" = Option<String>, Query, description = "Ids of customers."),
        ("company:in" = Option<String>, Query, description = "Companies, in any case of ASCII letters."),
        ("name:in" = Option<String>, Query, description = "First and last names, whole, in any case of ASCII letters."),
        ("include" = Option<String>, Query, description = "formfields."),
    ),
    responses((status = 200, body = Collection<AddressResponse>), (status = 422, body = ProblemBody)))]
pub(super) async fn list(
    State(store): State<Store>,
    mut params: Params,
) -> Response<Collection<AddressResponse>> {
    let filter = Filter {
        ids: params.ids("id:in"),
        customer_ids: params.ids("customer_id:in"),
        companies: params.lines("company:in"),
        names: params.names("name:in"),
    };
    let include = params.comma_separated("include");
    let with_custom = include.is_some();
    let paging = params.paging();
    params.check()?;
    if include.is_some_and(|names| names.iter().any(|name| name != "formfields")) {
        return Err(ProblemDetails::invalid(
            "include",
            "has an unknown sub-resource",
        ));
    }
    let read =
        move |connection: &Connection| addresses::list(connection, filter, paging, with_custom);
    let listed = store
        .db
        .read(read)
        .await
        .map_err(|error: db::Error| error)?;
    let show = |row| AddressResponse::of(&store, row, with_custom);
    Ok(Json(Collection::of(listed, &params, show)))
}

fn respond(
    connection: &Connection,
    store: &Store,
    ids: &[i64],
) -> Result<Vec<AddressResponse>, ProblemDetails> {
    let mut rows = Vec::new();
    for id in ids {
        let row = addresses::find(connection, *id)?;
        rows.extend(row.map(|row| AddressResponse::of(store, row, true)));
    }
    Ok(rows)
}

/// Adds addresses: all of them, or none. One that its customer has already is left out of the answer.
#[utoipa::path(post, path = "/customers/addresses", tag = "Addresses", operation_id = "createCustomersAddresses",
    request_body = Vec<AddressBody>,
    responses((status = 200, body = Collection<AddressResponse>), (status = 413, body = ProblemBody),
        (status = 422, body = ProblemBody)))]
pub(super) async fn create(
    State(store): State<Store>,
    body: Body<Vec<AddressBody>>,
) -> Response<Collection<AddressResponse>> {
    let mut checks = Checks::default();
    let bodies = body.at_most(BATCH)?;
    for (index, body) in bodies.iter().enumerate() {
        body.check_new(&at(index), &mut checks);
    }
    checks.finish()?;
    let writer = store.clone();
    let created = store
        .db
        .write(move |connection| {
            let rules = Rules::load(&writer, connection)?;
            let ids = each_of(bodies, |body, at, checks| {
                let customer = body.customer_id.unwrap_or_default();
                if customers::find(connection, customer)?.is_none() {
                    refuse_unknown(checks, at, "customer_id");
                    return Ok(None);
                }
                let draft = rules.address(None, &body.into_input(), at, ADDRESS_NAMES, checks);
                let Some(draft) = draft else { return Ok(None) };
                let definitions = &rules.definitions;
                Ok(draft.insert(connection, definitions, customer)?)
            })?;
            respond(connection, &writer, &ids)
        })
        .await?;
    Ok(Json(Collection::all(created)))
}

/// Changes addresses: all of them, or none. One that would be the same as another of its customer
/// stays and is left out of the answer.
#[utoipa::path(put, path = "/customers/addresses", tag = "Addresses", operation_id = "updateCustomersAddresses",
    request_body = Vec<AddressBody>,
    responses((status = 200, body = Collection<AddressResponse>), (status = 413, body = ProblemBody),
        (status = 422, body = ProblemBody)))]
pub(super) async fn update(
    State(store): State<Store>,
    body: Body<Vec<AddressBody>>,
) -> Response<Collection<AddressResponse>> {
    let bodies = body.at_most(BATCH)?;
    let writer = store.clone();
    let updated = store
        .db
        .write(move |connection| {
            let rules = Rules::load(&writer, connection)?;
            let ids = each_of(bodies, |body, at, checks| {
                let before = addresses::find(connection, body.id.unwrap_or_default())?;
                let Some(before) = before else {
                    refuse_unknown(checks, at, "id");
                    return Ok(None);
                };
                let (known, input) = (Some(&before.address), body.into_input());
                let draft = rules.address(known, &input, at, ADDRESS_NAMES, checks);
                let Some(draft) = draft else { return Ok(None) };
                let definitions = &rules.definitions;
                Ok(draft.replace(connection, definitions, &before)?)
            })?;
            respond(connection, &writer, &ids)
        })
        .await?;
    Ok(Json(Collection::all(updated)))
}

/// Deletes addresses.
#[utoipa::path(delete, path = "/customers/addresses", tag = "Addresses", operation_id = "deleteCustomersAddresses",
    params(("id:in" = Option<String>, Query, description = "Ids, joined by commas; without, nothing is deleted.")),
    responses((status = 204), (status = 422, body = ProblemBody)))]
pub(super) async fn remove(
    State(store): State<Store>,
    params: Params,
) -> Result<StatusCode, ProblemDetails> {
    let ids = ids_to_delete(params)?;
    let delete = move |connection: &Connection| {
        let known = select::known(connection, "addresses", ids)?;
        known
            .iter()
            .try_for_each(|id| addresses::delete(connection, *id))
    };
    store
        .db
        .write(delete)
        .await
        .map_err(|error: db::Error| error)?;
    Ok(StatusCode::NO_CONTENT)
}
