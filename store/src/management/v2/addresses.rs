//! `/customers/{customer_id}/addresses`.

use super::paging::{Unpaged, paging};
use super::response::{Count, Response};
use crate::domain::addresses::{self, Filter, Owned};
use crate::domain::{Store, customers};
use crate::infra::problem::ProblemDetails;
use crate::management::addresses::{ADDRESS_NAMES, AddressType};
use crate::management::batch::JsonV2 as Body;
use crate::management::path_id::{IdV2, Ids};
use crate::management::problem::{Checks, InV2, ProblemBody};
use crate::management::query::Params;
use crate::management::rules::{AddressInput, Names, Rules};
use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use rusqlite::Connection;
use serde::{Deserialize, Serialize};
use storefront_rules::BuiltIn;
use utoipa::ToSchema;

/// How V2 calls the fields of an address.
const NAMES: Names = |field| match field {
    BuiltIn::AddressLine1 => "street_1",
    BuiltIn::AddressLine2 => "street_2",
    BuiltIn::Country => "country",
    BuiltIn::State => "state",
    BuiltIn::Zip => "zip",
    BuiltIn::FirstName
    | BuiltIn::LastName
    | BuiltIn::CompanyName
    | BuiltIn::Phone
    | BuiltIn::City
    | BuiltIn::EmailAddress
    | BuiltIn::Password
    | BuiltIn::ConfirmPassword
    | BuiltIn::CurrentPassword
    | BuiltIn::ReceiveMarketingEmails => ADDRESS_NAMES(field),
};

/// An address as a request has it. Of what need not be there, the absent stays, or is empty.
#[derive(Default, Deserialize, ToSchema)]
pub(super) struct AddressBody {
    /// Taken and not used: the path says whose it is.
    #[serde(rename = "customer_id")]
    _customer_id: Option<i64>,
    first_name: Option<String>,
    last_name: Option<String>,
    company: Option<String>,
    street_1: Option<String>,
    street_2: Option<String>,
    city: Option<String>,
    /// Full name.
    state: Option<String>,
    zip: Option<String>,
    /// English name.
    country: Option<String>,
    phone: Option<String>,
    address_type: Option<AddressType>,
}

impl AddressBody {
    /// Refuses a new address that lacks a property that the specification wants.
    fn check(&self) -> Result<(), ProblemDetails> {
        let mut checks = Checks::default();
        for (name, given) in [
            ("first_name", &self.first_name),
            ("last_name", &self.last_name),
            ("street_1", &self.street_1),
            ("city", &self.city),
            ("state", &self.state),
            ("zip", &self.zip),
            ("country", &self.country),
            ("phone", &self.phone),
        ] {
            checks.require(name, given.as_ref());
        }
        checks.finish()
    }

    fn into_input(self, store: &Store) -> AddressInput {
        // What is no country's name stays as it is, and is refused as no country.
        let code = self.country.map(|name| {
            let country = store.geography.named(&name);
            country.map_or(name, |country| country.code.clone())
        });
        AddressInput {
            own: vec![
                (BuiltIn::FirstName, self.first_name),
                (BuiltIn::LastName, self.last_name),
                (BuiltIn::CompanyName, self.company),
                (BuiltIn::Phone, self.phone),
                (BuiltIn::AddressLine1, self.street_1),
                (BuiltIn::AddressLine2, self.street_2),
                (BuiltIn::City, self.city),
                (BuiltIn::Country, code),
                (BuiltIn::State, self.state),
                (BuiltIn::Zip, self.zip),
            ],
            is_commercial: self.address_type.map(AddressType::is_commercial),
            form_fields: Vec::new(),
        }
    }
}

/// An address.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct AddressResponse {
    id: i64,
    customer_id: i64,
    first_name: String,
    last_name: String,
    company: String,
    street_1: String,
    street_2: String,
    city: String,
    state: String,
    zip: String,
    country: String,
    country_iso2: String,
    phone: String,
    address_type: AddressType,
}

fn respond(store: &Store, row: Owned) -> AddressResponse {
    let address = row.address;
    let country = store.geography.find(&address.country_code);
    AddressResponse {
        id: address.id,
        customer_id: row.customer_id,
        first_name: address.first_name,
        last_name: address.last_name,
        company: address.company,
        street_1: address.address1,
        street_2: address.address2,
        city: address.city,
        state: address.state_or_province,
        zip: address.postal_code,
        country: country.map_or_else(String::new, |country| country.name.clone()),
        country_iso2: address.country_code,
        phone: address.phone,
        address_type: AddressType::of(address.is_commercial),
    }
}

fn exists(connection: &Connection, customer_id: i64) -> Result<(), ProblemDetails> {
    let found = customers::find(connection, customer_id)?;
    found.map(|_| ()).ok_or_else(ProblemDetails::not_found)
}

/// The address of a customer; another's is none.
fn own(connection: &Connection, customer_id: i64, id: i64) -> Result<Owned, ProblemDetails> {
    addresses::find(connection, id)?
        .filter(|row| row.customer_id == customer_id)
        .ok_or_else(ProblemDetails::not_found)
}

/// Lists a customer's addresses.
#[utoipa::path(get, path = "/customers/{customer_id}/addresses", tag = "V2 Addresses", operation_id = "v2GetCustomerAddresses",
    params(("customer_id" = i64, Path, description = "Id of the customer."),
        ("page" = Option<u32>, Query, description = "Page, from 1."),
        ("limit" = Option<u32>, Query, description = "Rows of a page, 50, at most 250.")),
    responses((status = 200, body = Vec<AddressResponse>), (status = 404, body = Vec<ProblemBody>)))]
pub(super) async fn list(
    State(store): State<Store>,
    IdV2(customer_id): IdV2,
    mut params: Params,
) -> Response<Vec<AddressResponse>> {
    let paging = paging(&mut params);
    params.check()?;
    let filter = Filter {
        customer_ids: Some(vec![customer_id]),
        ..Filter::default()
    };
    let read = move |connection: &Connection| {
        exists(connection, customer_id)?;
        Ok::<_, ProblemDetails>(addresses::list(connection, filter, paging, false)?)
    };
    let listed = store.db.read(read).await?;
    let rows = listed.rows.into_iter().map(|row| respond(&store, row));
    Ok(Json(rows.collect()))
}

/// Counts a customer's addresses.
#[utoipa::path(get, path = "/customers/{customer_id}/addresses/count", tag = "V2 Addresses", operation_id = "v2GetCustomerAddressesCount",
    params(("customer_id" = i64, Path, description = "Id of the customer.")),
    responses((status = 200, body = Count), (status = 404, body = Vec<ProblemBody>)))]
pub(super) async fn count(
    State(store): State<Store>,
    IdV2(customer_id): IdV2,
    _: Unpaged,
) -> Response<Count> {
    let read = move |connection: &Connection| {
        exists(connection, customer_id)?;
        Ok::<_, ProblemDetails>(addresses::count(connection, customer_id)?)
    };
    let count = store.db.read(read).await?;
    Ok(Json(Count { count }))
}

/// Adds an address; one that the customer has already is answered as it is.
#[utoipa::path(post, path = "/customers/{customer_id}/addresses", tag = "V2 Addresses", operation_id = "v2CreateCustomerAddress",
    params(("customer_id" = i64, Path, description = "Id of the customer.")),
    request_body = AddressBody,
    responses((status = 200, body = AddressResponse), (status = 400, body = Vec<ProblemBody>), (status = 404, body = Vec<ProblemBody>)))]
pub(super) async fn create(
    State(store): State<Store>,
    IdV2(customer_id): IdV2,
    Body(body): Body<AddressBody>,
) -> Response<AddressResponse> {
    body.check()?;
    let input = body.into_input(&store);
    let writer = store.clone();
    let create = move |connection: &Connection| {
        exists(connection, customer_id)?;
        let rules = Rules::load(&writer, connection)?;
        let mut checks = Checks::default();
        let draft = rules.address(None, &input, "", NAMES, &mut checks);
        checks.finish()?;
        let draft = draft.ok_or_else(ProblemDetails::not_found)?;
        let id = draft.insert(connection, &rules.definitions, customer_id)?;
        let id = match id {
            Some(id) => id,
            None => draft
                .known(connection, customer_id)?
                .ok_or_else(ProblemDetails::not_found)?,
        };
        own(connection, customer_id, id)
    };
    let row = store.db.write(create).await?;
    Ok(Json(respond(&store, row)))
}

/// Deletes a customer's addresses.
#[utoipa::path(delete, path = "/customers/{customer_id}/addresses", tag = "V2 Addresses", operation_id = "v2DeleteCustomerAddresses",
    params(("customer_id" = i64, Path, description = "Id of the customer.")),
    responses((status = 204), (status = 404, body = Vec<ProblemBody>)))]
pub(super) async fn remove_all(
    State(store): State<Store>,
    IdV2(customer_id): IdV2,
    _: Unpaged,
) -> Result<StatusCode, InV2> {
    let filter = Filter {
        customer_ids: Some(vec![customer_id]),
        ..Filter::default()
    };
    let delete = move |connection: &Connection| {
        exists(connection, customer_id)?;
        let ids = filter.select().ids(connection)?;
        let mut ids = ids.iter();
        ids.try_for_each(|id| addresses::delete(connection, *id))?;
        Ok::<_, ProblemDetails>(())
    };
    store.db.write(delete).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Shows an address.
#[utoipa::path(get, path = "/customers/{customer_id}/addresses/{customer_address_id}", tag = "V2 Addresses", operation_id = "v2GetCustomerAddress",
    params(("customer_id" = i64, Path, description = "Id of the customer."),
        ("customer_address_id" = i64, Path, description = "Id of the address.")),
    responses((status = 200, body = AddressResponse), (status = 404, body = Vec<ProblemBody>)))]
pub(super) async fn show(
    State(store): State<Store>,
    Ids(customer_id, id): Ids,
    _: Unpaged,
) -> Response<AddressResponse> {
    let read = move |connection: &Connection| own(connection, customer_id, id);
    let row = store.db.read(read).await?;
    Ok(Json(respond(&store, row)))
}

/// Changes an address; what is not sent stays.
#[utoipa::path(put, path = "/customers/{customer_id}/addresses/{customer_address_id}", tag = "V2 Addresses", operation_id = "v2UpdateCustomerAddress",
    params(("customer_id" = i64, Path, description = "Id of the customer."),
        ("customer_address_id" = i64, Path, description = "Id of the address.")),
    request_body = AddressBody,
    responses((status = 200, body = AddressResponse), (status = 400, body = Vec<ProblemBody>), (status = 404, body = Vec<ProblemBody>)))]
pub(super) async fn update(
    State(store): State<Store>,
    Ids(customer_id, id): Ids,
    Body(body): Body<AddressBody>,
) -> Response<AddressResponse> {
    let input = body.into_input(&store);
    let writer = store.clone();
    let update = move |connection: &Connection| {
        let rules = Rules::load(&writer, connection)?;
        let before = own(connection, customer_id, id)?;
        let mut checks = Checks::default();
        let draft = rules.address(Some(&before.address), &input, "", NAMES, &mut checks);
        checks.finish()?;
        if let Some(draft) = draft {
            draft.replace(connection, &rules.definitions, &before)?;
        }
        own(connection, customer_id, id)
    };
    let row = store.db.write(update).await?;
    Ok(Json(respond(&store, row)))
}

/// Deletes an address.
#[utoipa::path(delete, path = "/customers/{customer_id}/addresses/{customer_address_id}", tag = "V2 Addresses", operation_id = "v2DeleteCustomerAddress",
    params(("customer_id" = i64, Path, description = "Id of the customer."),
        ("customer_address_id" = i64, Path, description = "Id of the address.")),
    responses((status = 204), (status = 404, body = Vec<ProblemBody>)))]
pub(super) async fn remove(
    State(store): State<Store>,
    Ids(customer_id, id): Ids,
) -> Result<StatusCode, InV2> {
    let delete = move |connection: &Connection| {
        let row = own(connection, customer_id, id)?;
        Ok::<_, ProblemDetails>(addresses::delete(connection, row.address.id)?)
    };
    store.db.write(delete).await?;
    Ok(StatusCode::NO_CONTENT)
}
