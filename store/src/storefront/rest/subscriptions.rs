//! `POST /api/storefront/subscriptions`: adds a subscriber or changes what they agreed to.

use super::body::read;
use crate::domain::Store;
use crate::domain::subscribers::{self, Change, Subscription};
use crate::infra::problem::ProblemDetails;
use crate::infra::{db, http};
use axum::body::Body;
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode};
use axum::response::Response;
use serde::Deserialize;
use serde_json::{Value, json};
use storefront_rules::email::is_email;
use storefront_rules::text;

/// The body, by the names of subscriptions.sf.yml; a consent that is absent stays as it is.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct SubscriptionRequest {
    #[serde(default)]
    email: String,
    accepts_marketing_newsletter: Option<bool>,
    accepts_abandoned_cart_emails: Option<bool>,
}

pub(super) async fn upsert(
    State(store): State<Store>,
    headers: HeaderMap,
    body: Body,
) -> Result<Response, ProblemDetails> {
    let request: SubscriptionRequest = read(&store, &headers, body).await?;
    if !is_email(text::trim(&request.email)) {
        let mut problem = ProblemDetails::new(
            StatusCode::UNPROCESSABLE_ENTITY,
            "Nothing was changed. Correct the fields named in 'errors'.",
        );
        let message = "Enter an email address, such as name@example.com.";
        problem.errors.insert("email".to_owned(), message.into());
        return Err(problem);
    }
    let change = Change {
        email: request.email,
        marketing_newsletter: request.accepts_marketing_newsletter,
        abandoned_cart: request.accepts_abandoned_cart_emails,
        ..Change::default()
    };
    let subscription = store
        .db
        .write(move |connection| {
            subscribers::upsert(connection, &change)?;
            subscribers::subscription(connection, &change.email)
        })
        .await
        .map_err(|error: db::Error| ProblemDetails::internal(&error))?
        .unwrap_or_default();
    Ok(http::json(StatusCode::OK, &described(&subscription)))
}

fn described(subscription: &Subscription) -> Value {
    let consents = [
        (subscription.marketing_newsletter, "marketing_newsletter"),
        (subscription.abandoned_cart, "abandoned_cart"),
    ];
    let consents = consents.into_iter().filter(|(given, _)| *given);
    json!({
        "id": subscription.id,
        "email": subscription.email,
        // Whoever knows an email address may ask; the name that goes with it is not theirs to know.
        "firstName": "",
        "lastName": "",
        "source": "storefront",
        "orderId": null,
        "consents": consents.map(|(_, consent)| consent).collect::<Vec<_>>(),
    })
}
