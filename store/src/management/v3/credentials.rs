//! `/customers/validate-credentials`: whether an email address and a password go together.

use super::response::Response;
use crate::domain::rate_limits::PasswordCheck;
use crate::domain::{Store, customers};
use crate::infra::problem::ProblemDetails;
use crate::infra::{db, random};
use crate::management::batch::Json as Body;
use crate::management::problem::ProblemBody;
use axum::Json;
use axum::extract::State;
use serde::{Deserialize, Serialize};
use storefront_rules::Secret;
use utoipa::ToSchema;

/// What is to be checked.
#[derive(Deserialize, ToSchema)]
pub(super) struct Credentials {
    email: String,
    #[schema(value_type = String)]
    password: Secret,
    /// Taken and not used: every channel has the same customers.
    #[serde(default, rename = "channel_id")]
    _channel_id: Option<i64>,
}

/// Whether they go together, and whose they are.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct Validity {
    is_valid: bool,
    customer_id: Option<i64>,
}

/// Checks an email address and a password. So many times a minute and address; nobody is signed in
/// or locked out by it.
#[utoipa::path(post, path = "/customers/validate-credentials", tag = "Customers", operation_id = "validateCustomerCredentials",
    request_body = Credentials,
    responses((status = 200, body = Validity), (status = 422, body = ProblemBody), (status = 429, body = ProblemBody)))]
pub(super) async fn validate(
    State(store): State<Store>,
    Body(credentials): Body<Credentials>,
) -> Response<Validity> {
    if credentials.email.trim().is_empty() {
        return Err(ProblemDetails::invalid("email", "is required"));
    }
    let hash = random::sha256(&customers::email_key(&credentials.email));
    store
        .rate_limits
        .check_password(&PasswordCheck::Email(hash))?;
    let email = credentials.email;
    let read = move |connection: &_| customers::credentials(connection, &email);
    let known = store
        .db
        .read(read)
        .await
        .map_err(|error: db::Error| error)?;
    let hash = known.as_ref().map(|known| known.password_hash.clone());
    let is_valid = store.passwords.verify(credentials.password, hash).await?;
    Ok(Json(Validity {
        is_valid,
        customer_id: known.filter(|_| is_valid).map(|known| known.customer_id),
    }))
}
