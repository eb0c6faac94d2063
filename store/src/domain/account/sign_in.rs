//! Signing in with a password, and signing out: the one operation behind GraphQL and the theme's
//! form.

use crate::domain::customers::{self, Credentials};
use crate::domain::sessions::lockout::{self, LockedOut};
use crate::domain::sessions::{self, Start, Started};
use crate::domain::{Store, settings};
use crate::infra::{db, password_hash};
use rusqlite::Connection;
use storefront_rules::Secret;

/// Why nobody was signed in.
#[derive(Debug, thiserror::Error)]
pub(crate) enum Error {
    /// No account has this email address and this password. Which of the two is wrong stays unsaid.
    #[error("Invalid credentials")]
    InvalidCredentials,
    /// Too many attempts with this email address failed.
    #[error(transparent)]
    LockedOut(#[from] LockedOut),
    /// The password is right, and the customer must choose another.
    #[error("Reset password: this store asks you to choose a new one before you sign in.")]
    MustReset,
    /// The store failed.
    #[error(transparent)]
    Db(#[from] db::Error),
    /// The password could not be checked.
    #[error(transparent)]
    Passwords(#[from] password_hash::Error),
}

/// Signs a shopper in; `start` keeps them signed in. An unknown email takes as long to refuse
/// as a wrong password, and as one that is locked out.
///
/// # Errors
/// [`Error`].
pub(crate) async fn sign_in<T: Send + 'static>(
    store: &Store,
    email: String,
    password: Secret,
    start: Start<T>,
) -> Result<T, Error> {
    let tried = email.clone();
    let (allowed, known) = store
        .db
        .write(move |connection| {
            let settings = settings::load(connection)?.sign_in;
            let allowed = lockout::begin(connection, &settings, &tried)?;
            Ok::<_, db::Error>((allowed, customers::credentials(connection, &tried)?))
        })
        .await?;
    let known = known.filter(|_| allowed.is_ok());
    let kept = known.as_ref().map(|known| known.password_hash.clone());
    let is_right = store.passwords.verify(password.clone(), kept).await?;
    allowed?;
    let known = known.filter(|_| is_right);
    let known = known.ok_or(Error::InvalidCredentials)?;
    let rehashed = if store.passwords.is_outdated(&known.password_hash) {
        Some(store.passwords.hash(password).await?)
    } else {
        None
    };
    let started = store
        .db
        .write(move |connection| enter(connection, &email, &known, rehashed, start))
        .await?;
    started.ok_or(Error::MustReset)
}

/// Begins the session of a customer whose password was right; none when they must choose another.
fn enter<T>(
    connection: &Connection,
    email: &str,
    proven: &Credentials,
    rehashed: Option<String>,
    start: Start<T>,
) -> Result<Option<T>, Error> {
    // The password may have been changed while it was checked.
    let known = customers::credentials(connection, email)?;
    if known.as_ref() != Some(proven) {
        return Err(Error::InvalidCredentials);
    }
    // Told like an account that there is not: it is one of another channel.
    if !customers::may_sign_in(connection, proven.customer_id)? {
        return Err(Error::InvalidCredentials);
    }
    lockout::forget(connection, email)?;
    if let Some(hash) = rehashed {
        customers::rehash(connection, proven.customer_id, &hash)?;
    }
    if proven.must_reset {
        sessions::end_of(connection, proven.customer_id)?;
        return Ok(None);
    }
    Ok(Some(start(connection, proven.customer_id)?))
}

/// Begins a session for a customer who has just proved who they are.
///
/// # Errors
/// [`db::Error`].
pub(crate) async fn start(store: &Store, customer_id: i64) -> Result<Started, db::Error> {
    store
        .db
        .write(move |connection| sessions::start(connection, customer_id))
        .await
}

/// Ends the session of this token, if there is one.
///
/// # Errors
/// [`db::Error`].
pub(crate) async fn sign_out(store: &Store, token: String) -> Result<(), db::Error> {
    store
        .db
        .write(move |connection| sessions::end(connection, &token))
        .await
}
