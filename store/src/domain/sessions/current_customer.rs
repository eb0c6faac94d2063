//! Current Customer: a token signed with an app's secret that tells the app who is signed in
//! (current_customer.yml).

use crate::domain::{Store, customers, settings};
use crate::infra::{clock, db, jwt};
use serde::Serialize;

/// How long it counts that a customer is signed in, in seconds.
const LIFETIME: i64 = 15 * 60;

/// Why nothing is said of who is signed in.
#[derive(Debug, thiserror::Error)]
pub(crate) enum CurrentError {
    /// No app has this client id.
    #[error("Name an app of this store: ?app_client_id=…")]
    UnknownApp,
    /// Nobody is signed in.
    #[error("Nobody is signed in.")]
    Guest,
    /// The store failed.
    #[error(transparent)]
    Db(#[from] db::Error),
    /// The signature cannot be made.
    #[error("signing: {0}")]
    Signing(#[from] jsonwebtoken::errors::Error),
}

/// The claims of current_customer.yml.
#[derive(Serialize)]
struct CurrentCustomer<'a> {
    customer: Named<'a>,
    iss: &'static str,
    sub: &'a str,
    iat: i64,
    exp: i64,
    version: u8,
    aud: &'a str,
    application_id: &'a str,
    store_hash: &'a str,
    operation: &'static str,
}

#[derive(Serialize)]
struct Named<'a> {
    id: i64,
    email: &'a str,
    /// A number as text, as the platform writes it; 0 without a group.
    group_id: String,
}

/// A token that tells the app of this client id who is signed in.
///
/// # Errors
/// [`CurrentError`].
pub(crate) async fn current_customer(
    store: &Store,
    client_id: &str,
    customer_id: Option<i64>,
) -> Result<String, CurrentError> {
    let (settings, customer) = store
        .db
        .read(move |connection| {
            let customer = match customer_id {
                Some(id) => customers::find(connection, id)?,
                None => None,
            };
            Ok::<_, db::Error>((settings::load(connection)?, customer))
        })
        .await?;
    let app = settings.app(client_id).ok_or(CurrentError::UnknownApp)?;
    let customer = customer.ok_or(CurrentError::Guest)?;
    let now = clock::now();
    let claims = CurrentCustomer {
        customer: Named {
            id: customer.id,
            email: &customer.email,
            group_id: customer.group.map_or(0, |(id, _)| id).to_string(),
        },
        iss: "bc/apps",
        sub: &settings.store_hash,
        iat: now,
        exp: now + LIFETIME,
        version: 1,
        aud: &app.client_id,
        application_id: &app.client_id,
        store_hash: &settings.store_hash,
        operation: "current_customer",
    };
    let key = jwt::Key::new(app.client_secret.expose().as_bytes());
    Ok(key.sign(&claims)?)
}
