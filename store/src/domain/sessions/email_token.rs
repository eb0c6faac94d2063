//! Tokens that are mailed to a customer and count once.

use crate::infra::{clock, db, random};
use rusqlite::{Connection, OptionalExtension};

/// Most tokens of one purpose that a customer is sent within [`PERIOD`].
const MOST: u32 = 3;

/// One hour, in seconds.
const PERIOD: i64 = 60 * 60;

/// How long after its end a token is known to have ended, in seconds: one day.
const REMEMBERED: i64 = 24 * 60 * 60;

/// What a token is good for, and for nothing else.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Purpose {
    /// Choosing a new password.
    ResetPassword,
    /// Signing in without one.
    SignIn,
}

impl Purpose {
    const fn column(self) -> &'static str {
        match self {
            Self::ResetPassword => "reset_password",
            Self::SignIn => "sign_in",
        }
    }
}

/// Why a token does not count; the words are for the shopper who followed its link.
#[derive(Debug, thiserror::Error)]
pub(crate) enum Error {
    /// There is no such token for this purpose and this customer.
    #[error("This link is not valid. Check that all of it is there, or ask for a new one.")]
    NotValid,
    /// It has ended.
    #[error("This link has expired. Ask for a new one.")]
    Expired,
    /// It was used, or something that came later has taken its place.
    #[error(
        "This link has been used already. Use the one in the newest message, or ask for a new one."
    )]
    Used,
    /// The store failed.
    #[error(transparent)]
    Db(#[from] db::Error),
}

/// A new token for a customer, good for `seconds`, in the place of those they were sent before;
/// `None` when they were sent enough of them.
pub(crate) fn issue(
    connection: &Connection,
    customer_id: i64,
    purpose: Purpose,
    seconds: u32,
) -> Result<Option<String>, db::Error> {
    let now = clock::now();
    connection.execute(
        "DELETE FROM one_time_tokens WHERE expires_at <= ?1",
        [now - REMEMBERED],
    )?;
    let sent: u32 = connection.query_row(
        "SELECT count(*) FROM one_time_tokens
         WHERE customer_id = ?1 AND purpose = ?2 AND created_at > ?3",
        (customer_id, purpose.column(), now - PERIOD),
        |row| row.get(0),
    )?;
    if sent >= MOST {
        return Ok(None);
    }
    connection.execute(
        "UPDATE one_time_tokens SET used_at = ?3
         WHERE customer_id = ?1 AND purpose = ?2 AND used_at IS NULL",
        (customer_id, purpose.column(), now),
    )?;
    let token = random::token()?;
    connection.execute(
        "INSERT INTO one_time_tokens (token_hash, customer_id, purpose, created_at, expires_at)
         VALUES (?1, ?2, ?3, ?4, ?5)",
        (
            random::sha256(&token),
            customer_id,
            purpose.column(),
            now,
            now + i64::from(seconds),
        ),
    )?;
    Ok(Some(token))
}

/// The customer a token was sent to, if it counts.
pub(crate) fn check(connection: &Connection, purpose: Purpose, token: &str) -> Result<i64, Error> {
    let found: Option<(i64, i64, bool)> = connection
        .query_row(
            "SELECT customer_id, expires_at, used_at IS NOT NULL FROM one_time_tokens
             WHERE token_hash = ?1 AND purpose = ?2",
            (random::sha256(token), purpose.column()),
            |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)),
        )
        .optional()
        .map_err(db::Error::from)?;
    match found {
        None => Err(Error::NotValid),
        Some((_, _, true)) => Err(Error::Used),
        Some((_, expires_at, false)) if expires_at <= clock::now() => Err(Error::Expired),
        Some((customer_id, _, false)) => Ok(customer_id),
    }
}

/// Takes a token and returns the customer it was sent to; it counts no second time.
pub(crate) fn consume(
    connection: &Connection,
    purpose: Purpose,
    token: &str,
) -> Result<i64, Error> {
    let customer_id = check(connection, purpose, token)?;
    connection
        .execute(
            "UPDATE one_time_tokens SET used_at = ?2 WHERE token_hash = ?1",
            (random::sha256(token), clock::now()),
        )
        .map_err(db::Error::from)?;
    Ok(customer_id)
}

/// Has none of a customer's tokens count any more.
pub(crate) fn consume_all(connection: &Connection, customer_id: i64) -> Result<(), db::Error> {
    connection.execute(
        "UPDATE one_time_tokens SET used_at = ?2 WHERE customer_id = ?1 AND used_at IS NULL",
        (customer_id, clock::now()),
    )?;
    Ok(())
}
