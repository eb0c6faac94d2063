//! Changing a password that is known: the one operation behind GraphQL and the theme's form.

use crate::domain::customers::{self, Credentials, secret_of};
use crate::domain::form_fields::{self, Definitions};
use crate::domain::sessions::lockout::{self, LockedOut};
use crate::domain::sessions::{self, Started};
use crate::domain::validation::{FieldError, Validator};
use crate::domain::{Store, passwords, settings};
use crate::infra::{db, password_hash};
use rusqlite::Connection;
use storefront_rules::{BuiltIn, FieldInputs, Secret};

/// The fields in which a change is asked for, in their order.
pub(crate) const FIELDS: &[BuiltIn] = &[
    BuiltIn::CurrentPassword,
    BuiltIn::Password,
    BuiltIn::ConfirmPassword,
];

/// Why a password was not changed.
#[derive(Debug, thiserror::Error)]
pub(crate) enum Error {
    /// There is no such customer any more.
    #[error("This account does not exist any more.")]
    NoCustomer,
    /// Answers do not count.
    #[error("{} answers were refused", .0.len())]
    Refused(Vec<FieldError>),
    /// The current password is another.
    #[error("The current password is not right. Check it and type it again.")]
    WrongPassword,
    /// Too many attempts failed.
    #[error(transparent)]
    LockedOut(#[from] LockedOut),
    /// The store failed.
    #[error(transparent)]
    Db(#[from] db::Error),
    /// A password could not be worked on.
    #[error(transparent)]
    Passwords(#[from] password_hash::Error),
}

/// A change that follows the store's rules; whether the current password is right is open.
pub(crate) struct Validated {
    current: Secret,
    new: Secret,
}

/// A change whose current password was right, ready to be saved.
pub(crate) struct Proven {
    credentials: Credentials,
    email: String,
    new_hash: String,
}

/// Changes a customer's password. Every session of theirs ends; a new one begins for whoever asked.
///
/// # Errors
/// [`Error`].
pub(crate) async fn change(
    store: &Store,
    customer_id: i64,
    answers: FieldInputs,
) -> Result<Started, Error> {
    let (settings, definitions) = store
        .db
        .read(|connection| {
            Ok::<_, db::Error>((settings::load(connection)?, form_fields::load(connection)?))
        })
        .await?;
    let mut validator = Validator::new(store, &settings, &definitions, None);
    let change = validate(&mut validator, &definitions, &answers);
    validator.finish().map_err(Error::Refused)?;
    let proven = prove(store, customer_id, change).await?;
    store
        .db
        .write(move |connection| save(connection, &proven))
        .await
}

/// Validates the answers to the fields for the current password, the new one, and the new one again.
pub(crate) fn validate(
    validator: &mut Validator<'_>,
    definitions: &Definitions,
    answers: &FieldInputs,
) -> Validated {
    let values = passwords::validate(validator, definitions, FIELDS, answers);
    Validated {
        current: secret_of(&values, BuiltIn::CurrentPassword),
        new: secret_of(&values, BuiltIn::Password),
    }
}

/// Checks the current password and hashes the new one. A wrong one counts as a failed sign-in.
pub(crate) async fn prove(
    store: &Store,
    customer_id: i64,
    change: Validated,
) -> Result<Proven, Error> {
    let begun = store
        .db
        .write(move |connection| {
            let Some(customer) = customers::find(connection, customer_id)? else {
                return Ok::<_, db::Error>(None);
            };
            let settings = settings::load(connection)?.sign_in;
            let allowed = lockout::begin(connection, &settings, &customer.email)?;
            let credentials = customers::credentials(connection, &customer.email)?;
            Ok(credentials.map(|credentials| (allowed, customer.email, credentials)))
        })
        .await?;
    let (allowed, email, credentials) = begun.ok_or(Error::NoCustomer)?;
    allowed?;
    let kept = Some(credentials.password_hash.clone());
    if !store.passwords.verify(change.current, kept).await? {
        return Err(Error::WrongPassword);
    }
    let own = email.clone();
    store
        .db
        .write(move |connection| lockout::forget(connection, &own))
        .await
        .map_err(|error: db::Error| error)?;
    Ok(Proven {
        credentials,
        email,
        new_hash: store.passwords.hash(change.new).await?,
    })
}

/// Saves the new password and begins the new session.
pub(crate) fn save(connection: &Connection, change: &Proven) -> Result<Started, Error> {
    // The password may have been changed by somebody else while it was checked.
    let known = customers::credentials(connection, &change.email)?;
    if known.as_ref() != Some(&change.credentials) {
        return Err(Error::WrongPassword);
    }
    let id = change.credentials.customer_id;
    passwords::replace(connection, id, &change.email, &change.new_hash)?;
    Ok(sessions::start(connection, id)?)
}
