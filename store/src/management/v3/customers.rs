//! `/customers`.

use super::addresses::{AddressBody, AddressResponse};
use super::items::{at, delete_each, each_of, refuse_unknown};
use super::response::Response;
use crate::domain::Store;
use crate::domain::addresses::of_customers;
use crate::domain::attributes::{AttributeValue, values_of};
use crate::domain::customers::records::{Filter, Record, Sort, find, find_all, list as select};
use crate::domain::customers::{self, MerchantChange};
use crate::domain::form_fields::{self, Owner};
use crate::infra::db;
use crate::infra::problem::ProblemDetails;
use crate::infra::time::rfc3339;
use crate::management::addresses::ADDRESS_NAMES;
use crate::management::batch::Json as Body;
use crate::management::customers::{CustomerInput, Hash};
use crate::management::form_values::{FormField, OwnedFormField};
use crate::management::page::Collection;
use crate::management::problem::{Checks, ProblemBody};
use crate::management::query::{Dates, Params};
use crate::management::rules::Rules;
use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use rusqlite::Connection;
use serde::{Deserialize, Serialize};
use serde_with::rust::double_option;
use std::collections::HashMap;
use storefront_rules::Secret;
use utoipa::ToSchema;

/// Most customers of a batch.
const BATCH: usize = 10;

/// Most addresses and attributes of a customer in a batch, and in an answer.
const SUBRESOURCES: u32 = 10;

/// A ten-thousandth, in which store credit is kept.
const CREDIT_UNIT: f64 = 10_000.0;

/// A customer as a request has them. What is absent stays, or is empty.
#[derive(Default, Deserialize, ToSchema)]
pub(crate) struct CustomerBody {
    /// Id; required to change a customer.
    id: Option<i64>,
    /// Required to create one.
    #[schema(min_length = 3, max_length = 250)]
    email: Option<String>,
    /// Required to create one.
    #[schema(min_length = 1, max_length = 100)]
    first_name: Option<String>,
    /// Required to create one.
    #[schema(min_length = 1, max_length = 100)]
    last_name: Option<String>,
    #[schema(max_length = 255)]
    company: Option<String>,
    #[schema(max_length = 50)]
    phone: Option<String>,
    notes: Option<String>,
    #[schema(max_length = 255)]
    tax_exempt_category: Option<String>,
    /// 0 for none.
    customer_group_id: Option<i64>,
    authentication: Option<Authentication>,
    accepts_product_review_abandoned_cart_emails: Option<bool>,
    store_credit_amounts: Option<Vec<Amount>>,
    /// Set once.
    origin_channel_id: Option<i64>,
    /// Null for every channel; an empty list is refused.
    #[serde(default, deserialize_with = "double_option::deserialize")]
    #[schema(value_type = Option<Vec<i64>>)]
    channel_ids: Option<Option<Vec<i64>>>,
    form_fields: Option<Vec<FormField>>,
    /// Only to create a customer.
    #[schema(max_items = 10)]
    addresses: Option<Vec<AddressBody>>,
    /// Only to create a customer.
    #[schema(max_items = 10)]
    attributes: Option<Vec<AttributeBody>>,
    /// Ignored: no email is sent.
    #[serde(rename = "trigger_account_created_notification")]
    _notify: Option<bool>,
}

/// A password that the customer signs in with from now on, or the demand that they choose one.
#[derive(Default, Deserialize, ToSchema)]
struct Authentication {
    force_password_reset: Option<bool>,
    #[schema(value_type = Option<String>)]
    new_password: Option<Secret>,
}

/// An amount of store credit.
#[derive(Debug, Deserialize, Serialize, ToSchema)]
struct Amount {
    amount: f64,
}

/// The value of an attribute.
#[derive(Deserialize, ToSchema)]
struct AttributeBody {
    attribute_id: i64,
    #[schema(max_length = 255)]
    attribute_value: String,
}

impl CustomerBody {
    fn into_input(self, at: &str, checks: &mut Checks) -> CustomerInput {
        let channel_ids = match &self.channel_ids {
            Some(Some(ids)) if ids.is_empty() => {
                checks.refuse(format!("{at}channel_ids"), "must not be empty");
                None
            }
            Some(ids) => serde_json::to_string(ids).ok(),
            None => None,
        };
        let credit = self.store_credit_amounts.unwrap_or_default();
        let credit = credit.first().map(|first| first.amount * CREDIT_UNIT);
        if credit.is_some_and(|credit| !(0.0..=1e15).contains(&credit)) {
            let path = format!("{at}store_credit_amounts.0.amount");
            checks.refuse(path, "must be 0 or more");
        }
        let authentication = self.authentication.unwrap_or_default();
        let addresses = self.addresses.unwrap_or_default().into_iter();
        let attributes = self.attributes.unwrap_or_default().into_iter();
        CustomerInput {
            email: self.email,
            first_name: self.first_name,
            last_name: self.last_name,
            company: self.company,
            phone: self.phone,
            group_id: self.customer_group_id,
            merchant: MerchantChange {
                notes: self.notes,
                tax_exempt_category: self.tax_exempt_category,
                registration_ip: None,
                accepts_marketing: self.accepts_product_review_abandoned_cart_emails,
                store_credit: credit.map(|credit| credit.round() as i64),
                origin_channel_id: self.origin_channel_id,
                channel_ids,
                must_reset: authentication.force_password_reset,
            },
            password: authentication.new_password,
            form_fields: self.form_fields.unwrap_or_default(),
            addresses: addresses.map(AddressBody::into_input).collect(),
            attributes: attributes
                .map(|attribute| (attribute.attribute_id, attribute.attribute_value))
                .collect(),
        }
    }

    fn check_new(&self, at: &str, checks: &mut Checks) {
        checks.require(format!("{at}email"), self.email.as_ref());
        checks.require(format!("{at}first_name"), self.first_name.as_ref());
        checks.require(format!("{at}last_name"), self.last_name.as_ref());
        let most = SUBRESOURCES as usize;
        let addresses = self.addresses.as_deref().unwrap_or_default();
        for (name, count) in [
            ("addresses", addresses.len()),
            ("attributes", self.attributes.as_ref().map_or(0, Vec::len)),
        ] {
            if count > most {
                checks.refuse(
                    format!("{at}{name}"),
                    format!("must have at most {most} items"),
                );
            }
        }
        for (index, address) in addresses.iter().enumerate() {
            address.check_nested(&format!("{at}addresses.{index}."), checks);
        }
    }
}

/// A customer.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct CustomerResponse {
    id: i64,
    email: String,
    first_name: String,
    last_name: String,
    company: String,
    phone: String,
    notes: String,
    tax_exempt_category: String,
    registration_ip_address: String,
    /// 0 for none.
    customer_group_id: i64,
    date_created: String,
    date_modified: String,
    address_count: i64,
    attribute_count: i64,
    authentication: AuthenticationResponse,
    accepts_product_review_abandoned_cart_emails: bool,
    origin_channel_id: i64,
    /// Absent for every channel.
    #[serde(skip_serializing_if = "Option::is_none")]
    channel_ids: Option<Vec<i64>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    addresses: Option<Vec<AddressResponse>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    attributes: Option<Vec<AttributeValueResponse>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    form_fields: Option<Vec<OwnedFormField>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    store_credit_amounts: Option<Vec<Amount>>,
}

/// What the customer's next sign-in demands.
#[derive(Debug, Serialize, ToSchema)]
struct AuthenticationResponse {
    force_password_reset: bool,
}

/// The value of an attribute of a customer.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct AttributeValueResponse {
    id: i64,
    attribute_id: i64,
    attribute_value: String,
    customer_id: i64,
    date_created: String,
    date_modified: String,
}

impl From<AttributeValue> for AttributeValueResponse {
    fn from(value: AttributeValue) -> Self {
        Self {
            id: value.id,
            attribute_id: value.attribute_id,
            attribute_value: value.value,
            customer_id: value.customer_id,
            date_created: rfc3339(value.created_at),
            date_modified: rfc3339(value.modified_at),
        }
    }
}

/// What is shown of a customer besides their own row.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
struct Include {
    addresses: bool,
    attributes: bool,
    form_fields: bool,
    store_credit: bool,
}

impl Include {
    const ALL: Self = Self {
        addresses: true,
        attributes: true,
        form_fields: true,
        store_credit: true,
    };

    fn read(params: &mut Params, checks: &mut Checks) -> Self {
        let mut include = Self::default();
        for name in params.comma_separated("include").unwrap_or_default() {
            match name.as_str() {
                "addresses" => include.addresses = true,
                "attributes" => include.attributes = true,
                "formfields" => include.form_fields = true,
                "storecredit" => include.store_credit = true,
                // Of parts of the platform that this store does not have: never there to include.
                "shopper_profile_id" | "segment_ids" => {}
                _ => checks.refuse("include", "has an unknown sub-resource"),
            }
        }
        include
    }
}

fn respond(
    connection: &Connection,
    store: &Store,
    records: Vec<Record>,
    include: Include,
) -> Result<Vec<CustomerResponse>, db::Error> {
    let ids: Vec<i64> = records.iter().map(|record| record.id).collect();
    let addresses = if include.addresses {
        of_customers(connection, &ids, SUBRESOURCES)?
    } else {
        Vec::new()
    };
    let attributes = if include.attributes {
        values_of(connection, &ids, SUBRESOURCES)?
    } else {
        Vec::new()
    };
    let mut answers = if include.form_fields {
        form_fields::answers_of_customers(connection, &ids)?
    } else {
        HashMap::new()
    };
    let mut responses = Vec::new();
    for record in records {
        let id = record.id;
        let own = addresses
            .iter()
            .filter(|row| row.customer_id == id)
            .cloned();
        let own = own
            .map(|row| AddressResponse::of(store, row, true))
            .collect();
        let values = attributes.iter().filter(|value| value.customer_id == id);
        let values = values.cloned().map(AttributeValueResponse::from).collect();
        let answers = if include.form_fields {
            let answers = answers.remove(&id).unwrap_or_default().into_iter();
            let owned = |(field, value)| {
                OwnedFormField::new(Owner::Customer(id), FormField::of(&field, &value))
            };
            answers.map(owned).collect()
        } else {
            Vec::new()
        };
        let channel_ids = match &record.channel_ids {
            Some(ids) => Some(serde_json::from_str(ids)?),
            None => None,
        };
        responses.push(CustomerResponse {
            id,
            email: record.email,
            first_name: record.first_name,
            last_name: record.last_name,
            company: record.company,
            phone: record.phone,
            notes: record.notes,
            tax_exempt_category: record.tax_exempt_category,
            registration_ip_address: record.registration_ip,
            customer_group_id: record.group_id.unwrap_or(0),
            date_created: rfc3339(record.created_at),
            date_modified: rfc3339(record.modified_at),
            address_count: record.address_count,
            attribute_count: record.attribute_count,
            authentication: AuthenticationResponse {
                force_password_reset: record.must_reset,
            },
            accepts_product_review_abandoned_cart_emails: record.accepts_marketing,
            origin_channel_id: record.origin_channel_id,
            channel_ids,
            addresses: include.addresses.then_some(own),
            attributes: include.attributes.then_some(values),
            form_fields: include.form_fields.then_some(answers),
            store_credit_amounts: include.store_credit.then(|| {
                let amount = record.store_credit as f64 / CREDIT_UNIT;
                vec![Amount { amount }]
            }),
        });
    }
    Ok(responses)
}

/// Lists customers.
#[utoipa::path(get, path = "/customers", tag = "Customers", operation_id = "getCustomers",
    params(
        ("page" = Option<u32>, Query, description = "Page, from 1; not with a cursor."),
        ("limit" = Option<u32>, Query, description = "Rows of a page, 50, at most 250."),
        ("after" = Option<String>, Query, description = "`end_cursor` of the page before."),
        ("before" = Option<String>, Query, description = "`start_cursor` of the page after."),
        ("id:in" = Option<String>, Query, description = "Ids, joined by commas."),
        ("company:in" = Option<String>, Query, description = "Companies, in any case of ASCII letters."),
        ("customer_group_id:in" = Option<String>, Query, description = "Ids of groups; 0 for none."),
        ("email:in" = Option<String>, Query, description = "Email addresses, in any letter case."),
        ("name:in" = Option<String>, Query, description = "First and last names, whole, in any case of ASCII letters."),
        ("name:like" = Option<String>, Query, description = "Parts of first and last names."),
        ("phone:in" = Option<String>, Query, description = "Phones, as they were written."),
        ("registration_ip_address:in" = Option<String>, Query, description = "Addresses of the network."),
        Dates,
        ("include" = Option<String>, Query, description = "addresses, attributes, formfields, storecredit."),
        ("sort" = Option<String>, Query, description = "date_created, date_modified or last_name, with :asc or :desc."),
    ),
    responses((status = 200, body = Collection<CustomerResponse>), (status = 422, body = ProblemBody)))]
pub(super) async fn list(
    State(store): State<Store>,
    mut params: Params,
) -> Response<Collection<CustomerResponse>> {
    let mut checks = Checks::default();
    let include = Include::read(&mut params, &mut checks);
    let sorts = [
        ("date_created:asc", (Sort::Created, false)),
        ("date_created:desc", (Sort::Created, true)),
        ("last_name:asc", (Sort::LastName, false)),
        ("last_name:desc", (Sort::LastName, true)),
        ("date_modified:asc", (Sort::Modified, false)),
        ("date_modified:desc", (Sort::Modified, true)),
    ];
    let (sort, is_descending) = params.one_of("sort", &sorts).unwrap_or_default();
    let filter = Filter {
        ids: params.ids("id:in"),
        companies: params.lines("company:in"),
        groups: params.ids_or_none("customer_group_id:in"),
        emails: params.emails("email:in"),
        names: params.names("name:in"),
        name_parts: params.lines("name:like"),
        phones: params.lines("phone:in"),
        registration_ips: params.ip_addresses("registration_ip_address:in"),
        created: params.span("date_created"),
        modified: params.span("date_modified"),
        ..Filter::default()
    };
    let paging = params.paging();
    params.check()?;
    checks.finish()?;
    let reader = store.clone();
    let order = sort.order(is_descending);
    let read = move |connection: &Connection| {
        let listed = select(connection, filter, order, paging)?;
        listed.map(|rows| respond(connection, &reader, rows, include))
    };
    let listed = store
        .db
        .read(read)
        .await
        .map_err(|error: db::Error| error)?;
    Ok(Json(Collection::of(listed, &params, |row| row)))
}

/// A customer of a batch, whose password is hashed.
struct Prepared {
    id: Option<i64>,
    input: CustomerInput,
    hash: Hash,
}

/// Makes the customers of a batch ready for the transaction: hashing a password takes longer than all
/// the rest, and nobody else is to wait for it.
async fn prepare(
    store: &Store,
    body: Body<Vec<CustomerBody>>,
    check: impl Fn(&CustomerBody, &str, &mut Checks),
) -> Result<Vec<Prepared>, ProblemDetails> {
    let rules = Rules::read(store).await?;
    let mut checks = Checks::default();
    let mut prepared = Vec::new();
    for (index, body) in body.at_most(BATCH)?.into_iter().enumerate() {
        let at = at(index);
        check(&body, &at, &mut checks);
        let (id, input) = (body.id, body.into_input(&at, &mut checks));
        let password = "authentication.new_password";
        let hash = input
            .prepare(store, &rules, &at, password, &mut checks)
            .await?;
        prepared.push(Prepared { id, input, hash });
    }
    checks.finish()?;
    Ok(prepared)
}

/// Creates up to ten customers with all that is theirs: all of them, or none.
#[utoipa::path(post, path = "/customers", tag = "Customers", operation_id = "createCustomers",
    request_body = Vec<CustomerBody>,
    responses((status = 200, body = Collection<CustomerResponse>), (status = 413, body = ProblemBody),
        (status = 422, body = ProblemBody)))]
pub(super) async fn create(
    State(store): State<Store>,
    body: Body<Vec<CustomerBody>>,
) -> Response<Collection<CustomerResponse>> {
    let prepared = prepare(&store, body, CustomerBody::check_new).await?;
    let writer = store.clone();
    let created = store
        .db
        .write(move |connection| {
            let rules = Rules::load(&writer, connection)?;
            let ids = each_of(prepared, |new, at, checks| {
                new.input
                    .create(connection, &rules, new.hash, at, ADDRESS_NAMES, checks)
            })?;
            let records = find_all(connection, &ids)?;
            Ok::<_, ProblemDetails>(respond(connection, &writer, records, Include::ALL)?)
        })
        .await?;
    Ok(Json(Collection::all(created)))
}

/// Changes up to ten customers: all of them, or none. Addresses and attributes are changed at their
/// own resources.
#[utoipa::path(put, path = "/customers", tag = "Customers", operation_id = "updateCustomers",
    request_body = Vec<CustomerBody>,
    responses((status = 200, body = Collection<CustomerResponse>), (status = 413, body = ProblemBody),
        (status = 422, body = ProblemBody)))]
pub(super) async fn update(
    State(store): State<Store>,
    body: Body<Vec<CustomerBody>>,
) -> Response<Collection<CustomerResponse>> {
    let prepared = prepare(&store, body, |body, at, checks| {
        checks.require(format!("{at}id"), body.id.as_ref());
    })
    .await?;
    let writer = store.clone();
    let updated = store
        .db
        .write(move |connection| {
            let rules = Rules::load(&writer, connection)?;
            let ids = each_of(prepared, |change, at, checks| {
                let id = change.id.unwrap_or_default();
                let Some(before) = find(connection, id)? else {
                    refuse_unknown(checks, at, "id");
                    return Ok(None);
                };
                let (input, hash) = (change.input, change.hash);
                input.update(connection, &rules, &before, hash, at, checks)?;
                Ok(Some(id))
            })?;
            let records = find_all(connection, &ids)?;
            Ok::<_, ProblemDetails>(respond(connection, &writer, records, Include::ALL)?)
        })
        .await?;
    Ok(Json(Collection::all(updated)))
}

/// Deletes customers.
#[utoipa::path(delete, path = "/customers", tag = "Customers", operation_id = "deleteCustomers",
    params(("id:in" = Option<String>, Query, description = "Ids, joined by commas; without, nothing is deleted.")),
    responses((status = 204), (status = 422, body = ProblemBody)))]
pub(super) async fn remove(
    State(store): State<Store>,
    params: Params,
) -> Result<StatusCode, ProblemDetails> {
    delete_each(&store, params, customers::delete).await
}
