//! `/customers/subscribers`: email addresses that agreed to be written to, with or without an
//! account.

use super::response::Response;
use crate::domain::Store;
use crate::domain::subscribers::{self, Draft, Filter, Record};
use crate::infra::db;
use crate::infra::problem::ProblemDetails;
use crate::infra::time::rfc3339;
use crate::management::batch::Json as Body;
use crate::management::page::{Collection, Empty, Single};
use crate::management::path_id::Id;
use crate::management::problem::{Checks, ProblemBody};
use crate::management::query::{Dates, Params};
use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use rusqlite::Connection;
use serde::{Deserialize, Serialize};
use serde_with::rust::double_option;
use storefront_rules::email::is_email;
use storefront_rules::text;
use utoipa::{IntoParams, ToSchema};

/// Where subscribers come from.
const SOURCES: [&str; 3] = ["storefront", "order", "custom"];

/// What a subscriber agreed to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
enum Consent {
    /// The newsletter.
    MarketingNewsletter,
    /// Reminders of a left cart.
    AbandonedCart,
}

/// A subscriber as a request has them. What is absent stays, or is empty.
#[derive(Default, Deserialize, ToSchema)]
pub(super) struct SubscriberBody {
    /// Required to add one.
    email: Option<String>,
    #[schema(max_length = 255)]
    first_name: Option<String>,
    #[schema(max_length = 255)]
    last_name: Option<String>,
    /// storefront, order or custom.
    source: Option<String>,
    /// Null for none.
    #[serde(default, deserialize_with = "double_option::deserialize")]
    #[schema(value_type = Option<i64>)]
    order_id: Option<Option<i64>>,
    channel_id: Option<i64>,
    /// All that is agreed to: an empty list agrees to nothing.
    consents: Option<Vec<Consent>>,
}

/// A subscriber.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct SubscriberResponse {
    id: i64,
    email: String,
    first_name: String,
    last_name: String,
    source: String,
    order_id: Option<i64>,
    channel_id: i64,
    consents: Vec<Consent>,
    date_created: String,
    date_modified: String,
}

impl From<Record> for SubscriberResponse {
    fn from(record: Record) -> Self {
        let consents = [
            (record.marketing_newsletter, Consent::MarketingNewsletter),
            (record.abandoned_cart, Consent::AbandonedCart),
        ];
        let consents = consents.into_iter().filter(|(given, _)| *given);
        Self {
            id: record.id,
            email: record.email,
            first_name: record.first_name,
            last_name: record.last_name,
            source: record.source,
            order_id: record.order_id,
            channel_id: record.channel_id,
            consents: consents.map(|(_, consent)| consent).collect(),
            date_created: rfc3339(record.created_at),
            date_modified: rfc3339(record.modified_at),
        }
    }
}

impl SubscriberBody {
    fn into_draft(self) -> Result<Draft, ProblemDetails> {
        let mut checks = Checks::default();
        checks.text("email", self.email.as_ref(), 3..=250);
        checks.text("first_name", self.first_name.as_ref(), 0..=255);
        checks.text("last_name", self.last_name.as_ref(), 0..=255);
        if self
            .email
            .as_deref()
            .is_some_and(|email| !is_email(text::trim(email)))
        {
            checks.refuse("email", "must be an email address");
        }
        if self
            .source
            .as_deref()
            .is_some_and(|source| !SOURCES.contains(&source))
        {
            checks.refuse("source", "must be storefront, order or custom");
        }
        let order = self.order_id.flatten();
        for (name, number) in [("order_id", order), ("channel_id", self.channel_id)] {
            if number.is_some_and(|number| !(1..=i64::from(i32::MAX)).contains(&number)) {
                checks.refuse(name, "must be a number from 1 to 2147483647");
            }
        }
        checks.finish()?;
        let agrees = |to| {
            self.consents
                .as_ref()
                .map(|consents| consents.contains(&to))
        };
        Ok(Draft {
            marketing_newsletter: agrees(Consent::MarketingNewsletter),
            abandoned_cart: agrees(Consent::AbandonedCart),
            email: self.email,
            first_name: self.first_name,
            last_name: self.last_name,
            source: self.source,
            order_id: self.order_id,
            channel_id: self.channel_id,
        })
    }
}

/// Refuses an email address that another subscriber has.
fn check_free(
    connection: &Connection,
    draft: &Draft,
    id: Option<i64>,
) -> Result<(), ProblemDetails> {
    let Some(email) = &draft.email else {
        return Ok(());
    };
    match subscribers::with_email(connection, email)? {
        Some(known) if Some(known) != id => {
            let title = "Another subscriber has this email address.";
            Err(ProblemDetails::new(StatusCode::CONFLICT, title))
        }
        Some(_) | None => Ok(()),
    }
}

fn respond(connection: &Connection, id: i64) -> Result<Single<SubscriberResponse>, ProblemDetails> {
    let record = subscribers::find(connection, id)?.ok_or_else(ProblemDetails::not_found)?;
    Ok(Single {
        data: record.into(),
        meta: Empty::default(),
    })
}

/// Nobody reads it: it is what the OpenAPI document says of [`read`].
#[derive(Serialize, IntoParams)]
#[into_params(parameter_in = Query)]
struct FilterParams {
    /// Id.
    id: Option<i64>,
    /// Ids, joined by commas.
    #[serde(rename = "id:in")]
    ids: Option<String>,
    /// Email address, in any letter case.
    email: Option<String>,
    /// First name, in any case of ASCII letters.
    first_name: Option<String>,
    /// Last name, in any case of ASCII letters.
    last_name: Option<String>,
    /// storefront, order or custom.
    source: Option<String>,
    /// Id of the order.
    order_id: Option<i64>,
}

fn read(params: &mut Params) -> Filter {
    Filter {
        id: params.id("id"),
        ids: params.ids("id:in"),
        email: params.email("email"),
        first_name: params.text("first_name"),
        last_name: params.text("last_name"),
        source: params
            .one_of("source", &SOURCES.map(|source| (source, source)))
            .map(str::to_owned),
        order_id: params.id("order_id"),
        created: params.span("date_created"),
        modified: params.span("date_modified"),
    }
}

/// Lists subscribers.
#[utoipa::path(get, path = "/customers/subscribers", tag = "Subscribers", operation_id = "getSubscribers",
    params(
        ("page" = Option<u32>, Query, description = "Page, from 1; not with a cursor."),
        ("limit" = Option<u32>, Query, description = "Rows of a page, 50, at most 250."),
        FilterParams,
        Dates,
    ),
    responses((status = 200, body = Collection<SubscriberResponse>), (status = 422, body = ProblemBody)))]
pub(super) async fn list(
    State(store): State<Store>,
    mut params: Params,
) -> Response<Collection<SubscriberResponse>> {
    let filter = read(&mut params);
    let paging = params.paging();
    params.check()?;
    let read = move |connection: &Connection| subscribers::list(connection, filter, paging);
    let listed = store
        .db
        .read(read)
        .await
        .map_err(|error: db::Error| error)?;
    Ok(Json(Collection::of(listed, &params, Into::into)))
}

/// Adds a subscriber.
#[utoipa::path(post, path = "/customers/subscribers", tag = "Subscribers", operation_id = "createSubscriber",
    request_body = SubscriberBody,
    responses((status = 200, body = Single<SubscriberResponse>), (status = 409, body = ProblemBody), (status = 422, body = ProblemBody)))]
pub(super) async fn create(
    State(store): State<Store>,
    Body(body): Body<SubscriberBody>,
) -> Response<Single<SubscriberResponse>> {
    if body.email.is_none() {
        return Err(ProblemDetails::invalid("email", "is required"));
    }
    let draft = body.into_draft()?;
    let create = move |connection: &Connection| {
        check_free(connection, &draft, None)?;
        let id = subscribers::insert(connection, &draft)?;
        respond(connection, id)
    };
    Ok(Json(store.db.write(create).await?))
}

/// Deletes the subscribers that match: all of them without any filter. A parameter that is no filter
/// is refused, so that a filter written wrong does not delete all.
#[utoipa::path(delete, path = "/customers/subscribers", tag = "Subscribers", operation_id = "deleteSubscribers",
    params(FilterParams, Dates),
    responses((status = 204), (status = 422, body = ProblemBody)))]
pub(super) async fn remove_matching(
    State(store): State<Store>,
    mut params: Params,
) -> Result<StatusCode, ProblemDetails> {
    let filter = read(&mut params);
    params.refuse_others();
    params.check()?;
    let delete = move |connection: &Connection| {
        let ids = filter.select().ids(connection)?;
        ids.iter()
            .try_for_each(|id| subscribers::delete(connection, *id))
    };
    store
        .db
        .write(delete)
        .await
        .map_err(|error: db::Error| error)?;
    Ok(StatusCode::NO_CONTENT)
}

/// Shows a subscriber.
#[utoipa::path(get, path = "/customers/subscribers/{subscriber_id}", tag = "Subscribers", operation_id = "getSubscriber",
    params(("subscriber_id" = i64, Path, description = "Id of the subscriber.")),
    responses((status = 200, body = Single<SubscriberResponse>), (status = 404, body = ProblemBody)))]
pub(super) async fn show(
    State(store): State<Store>,
    Id(id): Id,
) -> Response<Single<SubscriberResponse>> {
    let read = move |connection: &Connection| respond(connection, id);
    Ok(Json(store.db.read(read).await?))
}

/// Changes a subscriber.
#[utoipa::path(put, path = "/customers/subscribers/{subscriber_id}", tag = "Subscribers", operation_id = "updateSubscriber",
    params(("subscriber_id" = i64, Path, description = "Id of the subscriber.")),
    request_body = SubscriberBody,
    responses((status = 200, body = Single<SubscriberResponse>), (status = 404, body = ProblemBody),
        (status = 409, body = ProblemBody), (status = 422, body = ProblemBody)))]
pub(super) async fn update(
    State(store): State<Store>,
    Id(id): Id,
    Body(body): Body<SubscriberBody>,
) -> Response<Single<SubscriberResponse>> {
    let draft = body.into_draft()?;
    let update = move |connection: &Connection| {
        respond(connection, id)?;
        check_free(connection, &draft, Some(id))?;
        subscribers::update(connection, id, &draft)?;
        respond(connection, id)
    };
    Ok(Json(store.db.write(update).await?))
}

/// Deletes a subscriber.
#[utoipa::path(delete, path = "/customers/subscribers/{subscriber_id}", tag = "Subscribers", operation_id = "deleteSubscriber",
    params(("subscriber_id" = i64, Path, description = "Id of the subscriber.")),
    responses((status = 204)))]
pub(super) async fn remove(
    State(store): State<Store>,
    Id(id): Id,
) -> Result<StatusCode, ProblemDetails> {
    let delete = move |connection: &Connection| subscribers::delete(connection, id);
    store
        .db
        .write(delete)
        .await
        .map_err(|error: db::Error| error)?;
    Ok(StatusCode::NO_CONTENT)
}
