//! `/customer_groups`: only where the store's plan has them.

use super::paging::paging;
use super::response::{Count, Decimal, Response};
use crate::domain::groups::{self, Change, Filter, Group};
use crate::domain::{Store, settings};
use crate::infra::problem::ProblemDetails;
use crate::infra::time::civil;
use crate::management::batch::JsonV2 as Body;
use crate::management::path_id::IdV2;
use crate::management::problem::{Checks, InV2, ProblemBody};
use crate::management::query::{Dates, Params};
use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use rusqlite::Connection;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use utoipa::ToSchema;

/// A group as a request has it. What is absent stays, or has its default.
#[derive(Default, Deserialize, ToSchema)]
pub(super) struct GroupBody {
    /// Required to add one.
    name: Option<String>,
    is_default: Option<bool>,
    is_group_for_guests: Option<bool>,
    category_access: Option<CategoryAccess>,
    discount_rules: Option<Vec<DiscountRule>>,
}

/// Which categories the group may see. Kept as it is given: this store has none.
#[derive(Deserialize, Serialize, ToSchema)]
struct CategoryAccess {
    r#type: AccessType,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    categories: Vec<i64>,
}

/// How many of them.
#[derive(Deserialize, Serialize, ToSchema)]
#[serde(rename_all = "lowercase")]
enum AccessType {
    All,
    Specific,
    None,
}

/// A discount of the group. Kept as it is given: this store sells nothing.
#[derive(Deserialize, Serialize, ToSchema)]
#[serde(tag = "type", rename_all = "snake_case")]
enum DiscountRule {
    /// The prices of a list; it must be the only rule.
    PriceList { price_list_id: i64 },
    /// On everything; at most once.
    All {
        #[serde(skip_serializing_if = "Option::is_none")]
        method: Option<RuleMethod>,
        #[serde(skip_serializing_if = "Option::is_none")]
        amount: Option<Decimal>,
    },
    /// On the products of a category.
    Category {
        category_id: i64,
        method: RuleMethod,
        amount: Decimal,
    },
    /// On a product.
    Product {
        product_id: i64,
        method: RuleMethod,
        amount: Decimal,
    },
}

/// How a discount counts.
#[derive(Deserialize, Serialize, ToSchema)]
#[serde(rename_all = "lowercase")]
enum RuleMethod {
    Percent,
    Fixed,
    Price,
}

impl DiscountRule {
    fn amount(&self) -> Option<&Decimal> {
        match self {
            Self::PriceList { .. } => None,
            Self::All { amount, .. } => amount.as_ref(),
            Self::Category { amount, .. } | Self::Product { amount, .. } => Some(amount),
        }
    }
}

fn check_rules(rules: &[DiscountRule], checks: &mut Checks) {
    let is_list = |rule: &DiscountRule| matches!(rule, DiscountRule::PriceList { .. });
    if rules.len() > 1 && rules.iter().any(is_list) {
        checks.refuse(
            "discount_rules",
            "cannot have a price list together with other rules",
        );
    }
    let for_all = |rule: &&DiscountRule| matches!(rule, DiscountRule::All { .. });
    if rules.iter().filter(for_all).count() > 1 {
        checks.refuse("discount_rules", "has more than one rule for everything");
    }
    for (index, rule) in rules.iter().enumerate() {
        let is_number = |amount: &Decimal| amount.number().is_some();
        if !rule.amount().is_none_or(is_number) {
            checks.refuse(format!("discount_rules.{index}.amount"), "must be a number");
        }
    }
}

impl GroupBody {
    fn into_change(self) -> Result<Change, ProblemDetails> {
        let mut checks = Checks::default();
        checks.text("name", self.name.as_ref(), 1..=255);
        check_rules(
            self.discount_rules.as_deref().unwrap_or_default(),
            &mut checks,
        );
        checks.finish()?;
        let json =
            |value: Result<Value, serde_json::Error>| value.map_err(crate::infra::db::Error::from);
        let access = self
            .category_access
            .map(|access| json(serde_json::to_value(access)));
        let rules = self
            .discount_rules
            .map(|rules| json(serde_json::to_value(rules)));
        Ok(Change {
            name: self.name,
            is_default: self.is_default,
            is_for_guests: self.is_group_for_guests,
            category_access: access.transpose()?,
            discount_rules: rules.transpose()?,
        })
    }
}

/// A group.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct GroupResponse {
    id: i64,
    name: String,
    is_default: bool,
    is_group_for_guests: bool,
    #[schema(value_type = Object)]
    category_access: Value,
    #[schema(value_type = Vec<Object>)]
    discount_rules: Value,
    date_created: String,
    date_modified: String,
}

impl From<Group> for GroupResponse {
    fn from(group: Group) -> Self {
        Self {
            id: group.id,
            name: group.name,
            is_default: group.is_default,
            is_group_for_guests: group.is_for_guests,
            category_access: group.category_access,
            discount_rules: group.discount_rules,
            date_created: civil(group.created_at),
            date_modified: civil(group.modified_at),
        }
    }
}

/// Refuses where the plan has no groups.
fn is_on_plan(connection: &Connection) -> Result<(), ProblemDetails> {
    if settings::load(connection)?.api.customer_groups {
        return Ok(());
    }
    let title = "The plan of this store does not include customer groups.";
    Err(ProblemDetails::new(StatusCode::FORBIDDEN, title))
}

fn found(connection: &Connection, id: i64) -> Result<GroupResponse, ProblemDetails> {
    is_on_plan(connection)?;
    let group = groups::find(connection, id)?.ok_or_else(ProblemDetails::not_found)?;
    Ok(group.into())
}

fn check_name(
    connection: &Connection,
    change: &Change,
    id: Option<i64>,
) -> Result<(), ProblemDetails> {
    let Some(name) = &change.name else {
        return Ok(());
    };
    match groups::named(connection, name)? {
        Some(known) if Some(known) != id => Err(ProblemDetails::invalid(
            "name",
            "Another group has this name.",
        )),
        Some(_) | None => Ok(()),
    }
}

fn read_filter(params: &mut Params) -> Filter {
    Filter {
        name: params.text("name"),
        name_part: params.text("name:like"),
        is_default: params.boolean("is_default"),
        is_for_guests: params.boolean("is_group_for_guests"),
        created: params.span("date_created"),
        modified: params.span("date_modified"),
    }
}

/// Lists groups.
#[utoipa::path(get, path = "/customer_groups", tag = "V2 Customer Groups", operation_id = "v2GetCustomerGroups",
    params(
        ("page" = Option<u32>, Query, description = "Page, from 1."),
        ("limit" = Option<u32>, Query, description = "Rows of a page, 50, at most 250."),
        ("name" = Option<String>, Query, description = "The whole name."),
        ("name:like" = Option<String>, Query, description = "A part of the name."),
        ("is_default" = Option<bool>, Query, description = "Whether new customers are in it."),
        ("is_group_for_guests" = Option<bool>, Query, description = "Whether guests are in it."),
        Dates,
    ),
    responses((status = 200, body = Vec<GroupResponse>), (status = 403, body = Vec<ProblemBody>)))]
pub(super) async fn list(
    State(store): State<Store>,
    mut params: Params,
) -> Response<Vec<GroupResponse>> {
    let filter = read_filter(&mut params);
    let paging = paging(&mut params);
    params.check()?;
    let read = move |connection: &Connection| {
        is_on_plan(connection)?;
        Ok::<_, ProblemDetails>(groups::list(connection, filter, paging)?)
    };
    let listed = store.db.read(read).await?;
    Ok(Json(listed.rows.into_iter().map(Into::into).collect()))
}

/// Counts groups.
#[utoipa::path(get, path = "/customer_groups/count", tag = "V2 Customer Groups", operation_id = "v2GetCustomerGroupsCount",
    responses((status = 200, body = Count), (status = 403, body = Vec<ProblemBody>)))]
pub(super) async fn count(State(store): State<Store>) -> Response<Count> {
    let read = |connection: &Connection| {
        is_on_plan(connection)?;
        Ok::<_, ProblemDetails>(groups::count(connection)?)
    };
    let count = store.db.read(read).await?;
    Ok(Json(Count { count }))
}

/// Adds a group.
#[utoipa::path(post, path = "/customer_groups", tag = "V2 Customer Groups", operation_id = "v2CreateCustomerGroup",
    request_body = GroupBody,
    responses((status = 200, body = GroupResponse), (status = 400, body = Vec<ProblemBody>), (status = 403, body = Vec<ProblemBody>)))]
pub(super) async fn create(
    State(store): State<Store>,
    Body(body): Body<GroupBody>,
) -> Response<GroupResponse> {
    let change = body.into_change()?;
    let create = move |connection: &Connection| {
        is_on_plan(connection)?;
        let name = change.name.as_deref();
        let name = name.ok_or_else(|| ProblemDetails::invalid("name", "is required"))?;
        check_name(connection, &change, None)?;
        let id = groups::insert(connection, name)?;
        groups::update(connection, id, &change)?;
        found(connection, id)
    };
    Ok(Json(store.db.write(create).await?))
}

/// Shows a group.
#[utoipa::path(get, path = "/customer_groups/{customer_group_id}", tag = "V2 Customer Groups", operation_id = "v2GetCustomerGroup",
    params(
        ("customer_group_id" = i64, Path, description = "Id of the group."),
    ),
    responses((status = 200, body = GroupResponse), (status = 400, body = Vec<ProblemBody>), (status = 403, body = Vec<ProblemBody>), (status = 404, body = Vec<ProblemBody>)))]
pub(super) async fn show(
    State(store): State<Store>,
    IdV2(id): IdV2,
    mut params: Params,
) -> Response<GroupResponse> {
    // Of no use with one group, but documented, and so not taken for just anything.
    read_filter(&mut params);
    paging(&mut params);
    params.check()?;
    let read = move |connection: &Connection| found(connection, id);
    Ok(Json(store.db.read(read).await?))
}

/// Changes a group.
#[utoipa::path(put, path = "/customer_groups/{customer_group_id}", tag = "V2 Customer Groups", operation_id = "v2UpdateCustomerGroup",
    params(("customer_group_id" = i64, Path, description = "Id of the group.")),
    request_body = GroupBody,
    responses((status = 200, body = GroupResponse), (status = 400, body = Vec<ProblemBody>), (status = 403, body = Vec<ProblemBody>), (status = 404, body = Vec<ProblemBody>)))]
pub(super) async fn update(
    State(store): State<Store>,
    IdV2(id): IdV2,
    Body(body): Body<GroupBody>,
) -> Response<GroupResponse> {
    let change = body.into_change()?;
    let update = move |connection: &Connection| {
        found(connection, id)?;
        check_name(connection, &change, Some(id))?;
        groups::update(connection, id, &change)?;
        found(connection, id)
    };
    Ok(Json(store.db.write(update).await?))
}

/// Deletes a group; its customers are in none afterwards.
#[utoipa::path(delete, path = "/customer_groups/{customer_group_id}", tag = "V2 Customer Groups", operation_id = "v2DeleteCustomerGroup",
    params(("customer_group_id" = i64, Path, description = "Id of the group.")),
    responses((status = 204), (status = 403, body = Vec<ProblemBody>), (status = 404, body = Vec<ProblemBody>)))]
pub(super) async fn remove(State(store): State<Store>, IdV2(id): IdV2) -> Result<StatusCode, InV2> {
    let delete = move |connection: &Connection| {
        found(connection, id)?;
        settings::forget_group(connection, id)?;
        Ok::<_, ProblemDetails>(groups::delete(connection, id)?)
    };
    store.db.write(delete).await?;
    Ok(StatusCode::NO_CONTENT)
}
