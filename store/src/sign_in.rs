//! Signing in and out: the one operation behind GraphQL and the theme's form.

use crate::{Store, customers, db, passwords, sessions};
use storefront_rules::Secret;

/// Why nobody was signed in.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// No account has this e-mail address and this password. Which of the two is wrong stays unsaid.
    #[error("Invalid credentials")]
    InvalidCredentials,
    /// The store failed.
    #[error(transparent)]
    Db(#[from] db::Error),
    /// The password could not be checked.
    #[error(transparent)]
    Passwords(#[from] passwords::Error),
}

/// A session that has just begun.
pub struct Started {
    /// Whose it is.
    pub customer_id: i64,
    /// What the cookie carries.
    pub token: String,
}

/// Signs a shopper in, which ends their earlier session. An unknown e-mail takes as long to refuse
/// as a wrong password.
///
/// # Errors
/// [`Error`].
pub async fn sign_in(store: &Store, email: String, password: Secret) -> Result<Started, Error> {
    let known = store
        .db
        .read(move |connection| customers::credentials(connection, &email))
        .await?;
    let (id, hash) = known.unzip();
    let right = store.passwords.verify(password, hash).await?;
    match id.filter(|_| right) {
        Some(customer_id) => Ok(start(store, customer_id).await?),
        None => Err(Error::InvalidCredentials),
    }
}

/// Begins a session for a customer who has just proved who they are.
///
/// # Errors
/// [`db::Error`].
pub async fn start(store: &Store, customer_id: i64) -> Result<Started, db::Error> {
    let token = store
        .db
        .write(move |connection| sessions::start(connection, customer_id))
        .await?;
    Ok(Started { customer_id, token })
}

/// Ends the session of this token, if there is one.
///
/// # Errors
/// [`db::Error`].
pub async fn sign_out(store: &Store, token: String) -> Result<(), db::Error> {
    store
        .db
        .write(move |connection| sessions::end(connection, &token))
        .await
}
