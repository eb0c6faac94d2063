//! `/customers`, and whether a password is a customer's.

use super::paging::paging;
use super::response::{Count, Decimal, Link, Response};
use crate::domain::customers::records::{
    Filter, Record, Sort, find, list as select, password_hash,
};
use crate::domain::customers::{self, MerchantChange};
use crate::domain::rate_limits::PasswordCheck;
use crate::domain::{Store, form_fields};
use crate::infra::db;
use crate::infra::problem::ProblemDetails;
use crate::infra::time::rfc2822;
use crate::management::addresses::ADDRESS_NAMES;
use crate::management::batch::JsonV2 as Body;
use crate::management::customers::CustomerInput;
use crate::management::form_values::{FormField, FormFieldValue};
use crate::management::path_id::IdV2;
use crate::management::problem::{Checks, InV2, ProblemBody};
use crate::management::query::Params;
use crate::management::rules::Rules;
use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use rusqlite::Connection;
use serde::{Deserialize, Serialize};
use storefront_rules::{Field, Secret, Value};
use utoipa::{IntoParams, ToSchema};

/// A ten-thousandth, in which store credit is kept.
const CREDIT_UNIT: f64 = 10_000.0;

/// A customer as a request has them. What is absent stays, or is empty.
#[derive(Default, Deserialize, ToSchema)]
pub(super) struct CustomerBody {
    _authentication: Option<Authentication>,
    /// Required to create one.
    email: Option<String>,
    /// Required to create one.
    first_name: Option<String>,
    /// Required to create one.
    last_name: Option<String>,
    company: Option<String>,
    phone: Option<String>,
    /// A decimal, as a text or a number.
    store_credit: Option<Decimal>,
    registration_ip_address: Option<String>,
    /// 0 for none.
    customer_group_id: Option<i64>,
    notes: Option<String>,
    tax_exempt_category: Option<String>,
    reset_pass_on_login: Option<bool>,
}

/// Store credit in ten-thousandths.
fn units(credit: &Decimal) -> Option<i64> {
    let units = credit.number()? * CREDIT_UNIT;
    (0.0..=1e15).contains(&units).then(|| units.round() as i64)
}

/// A password, or the demand for a new one.
#[derive(Default, Deserialize, ToSchema)]
struct Authentication {
    force_reset: Option<bool>,
    #[schema(value_type = Option<String>)]
    password: Option<Secret>,
    #[schema(value_type = Option<String>)]
    password_confirmation: Option<Secret>,
}

impl CustomerBody {
    fn into_input(self, checks: &mut Checks) -> CustomerInput {
        let authentication = self._authentication.unwrap_or_default();
        let (password, again) = (
            authentication.password,
            authentication.password_confirmation,
        );
        if let (Some(password), Some(again)) = (&password, &again)
            && password.expose() != again.expose()
        {
            let path = "_authentication.password_confirmation";
            checks.refuse(path, "differs from the password");
        }
        let credit = self.store_credit.as_ref().map(units);
        if credit == Some(None) {
            checks.refuse("store_credit", "must be a decimal from 0");
        }
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
                registration_ip: self.registration_ip_address,
                store_credit: credit.flatten(),
                must_reset: authentication.force_reset.or(self.reset_pass_on_login),
                ..MerchantChange::default()
            },
            password,
            ..CustomerInput::default()
        }
    }
}

/// A customer.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct CustomerResponse {
    id: i64,
    company: String,
    first_name: String,
    last_name: String,
    email: String,
    phone: String,
    date_created: String,
    date_modified: String,
    store_credit: String,
    registration_ip_address: String,
    customer_group_id: i64,
    notes: String,
    tax_exempt_category: String,
    accepts_marketing: bool,
    reset_pass_on_login: bool,
    addresses: Link,
    /// Null without any.
    form_fields: Option<Vec<FormField>>,
}

/// Shows customers: what they answered is read at once, however many they are.
fn respond_all(
    connection: &Connection,
    store: &Store,
    records: Vec<Record>,
) -> Result<Vec<CustomerResponse>, db::Error> {
    let ids: Vec<i64> = records.iter().map(|record| record.id).collect();
    let mut answers = form_fields::answers_of_customers(connection, &ids)?;
    let records = records.into_iter();
    Ok(records
        .map(|record| {
            let own = answers.remove(&record.id).unwrap_or_default();
            response(store, record, own)
        })
        .collect())
}

fn respond(
    connection: &Connection,
    store: &Store,
    record: Record,
) -> Result<CustomerResponse, db::Error> {
    let answers = customers::custom_values(connection, record.id)?;
    Ok(response(store, record, answers))
}

fn response(store: &Store, record: Record, answers: Vec<(Field, Value)>) -> CustomerResponse {
    let id = record.id;
    // V2 knows texts alone.
    let form_fields: Vec<FormField> = answers
        .into_iter()
        .map(|(field, value)| FormField {
            value: FormFieldValue::Text(match FormFieldValue::of(&field, &value) {
                FormFieldValue::Text(text) => text,
                FormFieldValue::Number(number) => number.to_string(),
                FormFieldValue::List(texts) => texts.join(", "),
            }),
            name: field.label,
        })
        .collect();
    let resource = format!("/customers/{id}/addresses");
    let hash = &store.store_hash;
    CustomerResponse {
        id,
        company: record.company,
        first_name: record.first_name,
        last_name: record.last_name,
        email: record.email,
        phone: record.phone,
        date_created: rfc2822(record.created_at),
        date_modified: rfc2822(record.modified_at),
        store_credit: format!("{:.4}", record.store_credit as f64 / CREDIT_UNIT),
        registration_ip_address: record.registration_ip,
        customer_group_id: record.group_id.unwrap_or(0),
        notes: record.notes,
        tax_exempt_category: record.tax_exempt_category,
        accepts_marketing: record.accepts_marketing,
        reset_pass_on_login: record.must_reset,
        addresses: Link {
            url: format!("{}/stores/{hash}/v2{resource}", store.origin),
            resource,
        },
        form_fields: (!form_fields.is_empty()).then_some(form_fields),
    }
}

/// Nobody reads it: it is what the OpenAPI document says of [`read`].
#[derive(Serialize, IntoParams)]
#[into_params(parameter_in = Query)]
struct FilterParams {
    /// In any case of ASCII letters.
    first_name: Option<String>,
    /// In any case of ASCII letters.
    last_name: Option<String>,
    /// In any case of ASCII letters.
    company: Option<String>,
    /// In any letter case.
    email: Option<String>,
    /// As it was written.
    phone: Option<String>,
    /// A decimal.
    store_credit: Option<String>,
    /// Id of the group; 0 for none.
    customer_group_id: Option<i64>,
    /// From this number.
    min_id: Option<i64>,
    /// To this number.
    max_id: Option<i64>,
    /// A day or a time.
    date_created: Option<String>,
    /// From a day or a time.
    min_date_created: Option<String>,
    /// To a day or a time.
    max_date_created: Option<String>,
    /// A day or a time.
    date_modified: Option<String>,
    /// From a day or a time.
    min_date_modified: Option<String>,
    /// To a day or a time.
    max_date_modified: Option<String>,
    /// In any case of ASCII letters.
    tax_exempt_category: Option<String>,
}

fn read(params: &mut Params) -> Filter {
    let one = |value: Option<String>| value.map(|value| vec![value]);
    Filter {
        first_name: params.text("first_name"),
        last_name: params.text("last_name"),
        companies: one(params.text("company")),
        emails: one(params.email("email")),
        phones: one(params.text("phone")),
        store_credit: params.parsed("store_credit", "a decimal from 0", |text| {
            units(&Decimal::Text(text.to_owned()))
        }),
        groups: params.integer("customer_group_id").map(|id| vec![id]),
        id_from: params.integer("min_id"),
        id_to: params.integer("max_id"),
        created: params.span_between("date_created", "min_date_created", "max_date_created"),
        modified: params.span_between("date_modified", "min_date_modified", "max_date_modified"),
        tax_exempt_category: params.text("tax_exempt_category"),
        ..Filter::default()
    }
}

/// Lists customers.
#[utoipa::path(get, path = "/customers", tag = "V2 Customers", operation_id = "v2GetCustomers",
    params(
        ("page" = Option<u32>, Query, description = "Page, from 1."),
        ("limit" = Option<u32>, Query, description = "Rows of a page, 50, at most 250."),
        FilterParams,
    ),
    responses((status = 200, body = Vec<CustomerResponse>), (status = 400, body = Vec<ProblemBody>)))]
pub(super) async fn list(
    State(store): State<Store>,
    mut params: Params,
) -> Response<Vec<CustomerResponse>> {
    let filter = read(&mut params);
    let paging = paging(&mut params);
    params.check()?;
    let reader = store.clone();
    let read = move |connection: &Connection| {
        let listed = select(connection, filter, Sort::Id.order(false), paging)?;
        respond_all(connection, &reader, listed.rows)
    };
    Ok(Json(
        store
            .db
            .read(read)
            .await
            .map_err(|error: db::Error| error)?,
    ))
}

/// Counts customers.
#[utoipa::path(get, path = "/customers/count", tag = "V2 Customers", operation_id = "v2GetCustomersCount",
    params(FilterParams),
    responses((status = 200, body = Count), (status = 400, body = Vec<ProblemBody>)))]
pub(super) async fn count(State(store): State<Store>, mut params: Params) -> Response<Count> {
    let filter = read(&mut params);
    params.check()?;
    let read = move |connection: &Connection| filter.select().count(connection);
    let count = store
        .db
        .read(read)
        .await
        .map_err(|error: db::Error| error)?;
    Ok(Json(Count { count }))
}

/// Creates a customer.
#[utoipa::path(post, path = "/customers", tag = "V2 Customers", operation_id = "v2CreateCustomer",
    request_body = CustomerBody,
    responses((status = 200, body = CustomerResponse), (status = 400, body = Vec<ProblemBody>)))]
pub(super) async fn create(
    State(store): State<Store>,
    Body(body): Body<CustomerBody>,
) -> Response<CustomerResponse> {
    let rules = Rules::read(&store).await?;
    let mut checks = Checks::default();
    for (name, given) in [
        ("email", &body.email),
        ("first_name", &body.first_name),
        ("last_name", &body.last_name),
    ] {
        checks.require(name, given.as_ref());
    }
    let input = body.into_input(&mut checks);
    let at = "_authentication.password";
    let hash = input.prepare(&store, &rules, "", at, &mut checks).await?;
    checks.finish()?;
    let writer = store.clone();
    let create = move |connection: &Connection| {
        let rules = Rules::load(&writer, connection)?;
        let mut checks = Checks::default();
        let id = input.create(connection, &rules, hash, "", ADDRESS_NAMES, &mut checks)?;
        checks.finish()?;
        let record =
            find(connection, id.unwrap_or_default())?.ok_or_else(ProblemDetails::not_found)?;
        Ok::<_, ProblemDetails>(respond(connection, &writer, record)?)
    };
    Ok(Json(store.db.write(create).await?))
}

/// Deletes every customer.
#[utoipa::path(delete, path = "/customers", tag = "V2 Customers", operation_id = "v2DeleteCustomers",
    responses((status = 204)))]
pub(super) async fn remove_all(State(store): State<Store>) -> Result<StatusCode, InV2> {
    let delete = |connection: &Connection| {
        let ids = Filter::default().select().ids(connection)?;
        ids.iter()
            .try_for_each(|id| customers::delete(connection, *id))
    };
    store
        .db
        .write(delete)
        .await
        .map_err(|error: db::Error| error)?;
    Ok(StatusCode::NO_CONTENT)
}

/// Shows a customer.
#[utoipa::path(get, path = "/customers/{customer_id}", tag = "V2 Customers", operation_id = "v2GetCustomer",
    params(("customer_id" = i64, Path, description = "Id of the customer.")),
    responses((status = 200, body = CustomerResponse), (status = 404, body = Vec<ProblemBody>)))]
pub(super) async fn show(State(store): State<Store>, IdV2(id): IdV2) -> Response<CustomerResponse> {
    let reader = store.clone();
    let read = move |connection: &Connection| {
        let record = find(connection, id)?.ok_or_else(ProblemDetails::not_found)?;
        Ok::<_, ProblemDetails>(respond(connection, &reader, record)?)
    };
    Ok(Json(store.db.read(read).await?))
}

/// Changes a customer.
#[utoipa::path(put, path = "/customers/{customer_id}", tag = "V2 Customers", operation_id = "v2UpdateCustomer",
    params(("customer_id" = i64, Path, description = "Id of the customer.")),
    request_body = CustomerBody,
    responses((status = 200, body = CustomerResponse), (status = 400, body = Vec<ProblemBody>), (status = 404, body = Vec<ProblemBody>)))]
pub(super) async fn update(
    State(store): State<Store>,
    IdV2(id): IdV2,
    Body(body): Body<CustomerBody>,
) -> Response<CustomerResponse> {
    let rules = Rules::read(&store).await?;
    let mut checks = Checks::default();
    let input = body.into_input(&mut checks);
    let at = "_authentication.password";
    let hash = input.prepare(&store, &rules, "", at, &mut checks).await?;
    checks.finish()?;
    let writer = store.clone();
    let update = move |connection: &Connection| {
        let rules = Rules::load(&writer, connection)?;
        let before = find(connection, id)?.ok_or_else(ProblemDetails::not_found)?;
        let mut checks = Checks::default();
        input.update(connection, &rules, &before, hash, "", &mut checks)?;
        checks.finish()?;
        let after = find(connection, id)?.ok_or_else(ProblemDetails::not_found)?;
        Ok::<_, ProblemDetails>(respond(connection, &writer, after)?)
    };
    Ok(Json(store.db.write(update).await?))
}

/// Deletes a customer.
#[utoipa::path(delete, path = "/customers/{customer_id}", tag = "V2 Customers", operation_id = "v2DeleteCustomer",
    params(("customer_id" = i64, Path, description = "Id of the customer.")),
    responses((status = 204)))]
pub(super) async fn remove(State(store): State<Store>, IdV2(id): IdV2) -> Result<StatusCode, InV2> {
    let delete = move |connection: &Connection| customers::delete(connection, id);
    store
        .db
        .write(delete)
        .await
        .map_err(|error: db::Error| error)?;
    Ok(StatusCode::NO_CONTENT)
}

/// A password that may be a customer's.
#[derive(Deserialize, ToSchema)]
pub(super) struct Password {
    #[schema(value_type = String)]
    password: Secret,
}

/// Whether it is.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct Validity {
    success: bool,
}

/// Checks a password without signing anybody in. So many times a minute and customer.
#[utoipa::path(post, path = "/customers/{customer_id}/validate", tag = "V2 Customers", operation_id = "v2ValidateCustomerPassword",
    params(("customer_id" = i64, Path, description = "Id of the customer.")),
    request_body = Password,
    responses((status = 200, body = Validity), (status = 404, body = Vec<ProblemBody>), (status = 429, body = Vec<ProblemBody>)))]
pub(super) async fn validate(
    State(store): State<Store>,
    IdV2(id): IdV2,
    Body(body): Body<Password>,
) -> Response<Validity> {
    store
        .rate_limits
        .check_password(&PasswordCheck::Customer(id))?;
    let read = move |connection: &_| password_hash(connection, id);
    let hash = store
        .db
        .read(read)
        .await
        .map_err(|error: db::Error| error)?;
    let hash = hash.ok_or_else(ProblemDetails::not_found)?;
    let hash = Some(hash).filter(|hash| !hash.is_empty());
    let success = store.passwords.verify(body.password, hash).await?;
    Ok(Json(Validity { success }))
}
