//! `/customers/{customerId}/consent`: the decision that counts, out of the history that every
//! decision of the storefront is added to.

use super::response::Response;
use crate::domain::consent::{self, Decision, Question, SavedDecision, Source, Subject};
use crate::domain::{Store, customers};
use crate::infra::clock;
use crate::infra::problem::ProblemDetails;
use crate::infra::time::rfc3339;
use crate::management::batch::Json as Body;
use crate::management::path_id::Id;
use crate::management::problem::ProblemBody;
use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use rusqlite::Connection;
use serde::{Deserialize, Serialize};
use storefront_rules::Category;
use utoipa::ToSchema;

/// What is allowed and what is denied; what is in neither list is denied.
#[derive(Default, Deserialize, ToSchema)]
pub(super) struct ConsentBody {
    #[serde(default)]
    allow: Vec<Category>,
    #[serde(default)]
    deny: Vec<Category>,
}

/// What counts.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct ConsentResponse {
    allow: Vec<Category>,
    deny: Vec<Category>,
    /// The time of this answer, as on the platform.
    updated_at: String,
    /// When it was decided; absent when nobody did. The platform does not have it.
    #[serde(skip_serializing_if = "Option::is_none")]
    decided_at: Option<String>,
}

impl ConsentResponse {
    fn of(saved: Option<&SavedDecision>) -> Self {
        let decision = saved
            .map(|saved| saved.decision.clone())
            .unwrap_or_default();
        Self {
            allow: decision.allow(),
            deny: decision.deny(),
            updated_at: rfc3339(clock::now()),
            decided_at: saved.map(|saved| rfc3339(saved.decided_at)),
        }
    }
}

fn exists(connection: &Connection, id: i64) -> Result<(), ProblemDetails> {
    match customers::find(connection, id)? {
        Some(_) => Ok(()),
        None => Err(ProblemDetails::new(
            StatusCode::UNPROCESSABLE_ENTITY,
            "There is no customer with this id.",
        )),
    }
}

/// Shows what a customer decided about cookies. Nothing is granted that nobody decided.
#[utoipa::path(get, path = "/customers/{customer_id}/consent", tag = "Consent", operation_id = "getCustomerConsent",
    params(("customer_id" = i64, Path, description = "Id of the customer.")),
    responses((status = 200, body = ConsentResponse), (status = 422, body = ProblemBody)))]
pub(super) async fn show(State(store): State<Store>, Id(id): Id) -> Response<ConsentResponse> {
    let read = move |connection: &Connection| {
        exists(connection, id)?;
        Ok::<_, ProblemDetails>(consent::of_customer(connection, id)?)
    };
    let saved = store.db.read(read).await?;
    Ok(Json(ConsentResponse::of(saved.as_ref())))
}

/// Decides for a customer; the history says that it was the merchant.
#[utoipa::path(put, path = "/customers/{customer_id}/consent", tag = "Consent", operation_id = "updateCustomerConsent",
    params(("customer_id" = i64, Path, description = "Id of the customer.")),
    request_body = ConsentBody,
    responses((status = 200, body = ConsentResponse), (status = 422, body = ProblemBody)))]
pub(super) async fn decide(
    State(store): State<Store>,
    Id(id): Id,
    Body(body): Body<ConsentBody>,
) -> Response<ConsentResponse> {
    for (name, list) in [("allow", &body.allow), ("deny", &body.deny)] {
        let mut known = std::collections::BTreeSet::new();
        if !list.iter().all(|category| known.insert(*category)) {
            return Err(ProblemDetails::invalid(name, "names a category twice"));
        }
    }
    let silent = Category::ASKED.into_iter();
    let silent = silent.filter(|c| !body.allow.contains(c) && !body.deny.contains(c));
    let deny: Vec<Category> = body.deny.iter().copied().chain(silent).collect();
    let decision = Decision::new(&body.allow, &deny)
        .map_err(|why| ProblemDetails::invalid("deny", why.to_string()))?;
    let asked = Question {
        source: Source::Admin,
        ..Question::default()
    };
    let save = move |connection: &Connection| {
        exists(connection, id)?;
        let subject = Subject::Customer(id);
        Ok::<_, ProblemDetails>(consent::save(connection, &subject, &decision, &asked)?)
    };
    let saved = store.db.write(save).await?;
    Ok(Json(ConsentResponse::of(Some(&saved))))
}
