//! Failed sign-ins. They are counted by email address whether or not it has an account, so that
//! being locked out says nothing about one; of the address only a hash is kept.

use crate::domain::customers::email_key;
use crate::domain::settings;
use crate::infra::{clock, db, random};
use rusqlite::{Connection, OptionalExtension};

/// No password may be tried with this email address for a while.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("Too many failed sign-ins. Try again in {seconds} seconds.")]
pub(crate) struct LockedOut {
    /// How long.
    pub seconds: i64,
}

/// Counts an attempt to sign in with this email address as a failure, until [`forget`] says that
/// it was none. It is counted before its outcome is known: of many attempts at once, no more are
/// let through than of as many in a row.
pub(crate) fn begin(
    connection: &Connection,
    settings: &settings::SignIn,
    email: &str,
) -> Result<Result<(), LockedOut>, db::Error> {
    if settings.lockout_after == 0 {
        return Ok(Ok(()));
    }
    let now = clock::now();
    connection.execute(
        "DELETE FROM sign_in_failures WHERE forgotten_at <= ?1",
        [now],
    )?;
    let known: Option<(u32, i64)> = connection
        .query_row(
            "SELECT failures, forgotten_at FROM sign_in_failures WHERE email_hash = ?1",
            [key(email)],
            |row| Ok((row.get(0)?, row.get(1)?)),
        )
        .optional()?;
    let failures = match known {
        Some((failures, until)) if failures >= settings.lockout_after => {
            let seconds = until - now;
            return Ok(Err(LockedOut { seconds }));
        }
        Some((failures, _)) => failures + 1,
        None => 1,
    };
    let seconds = if failures >= settings.lockout_after {
        settings.lockout_seconds
    } else {
        settings.failures_forgotten_after_seconds
    };
    connection.execute(
        "INSERT OR REPLACE INTO sign_in_failures (email_hash, failures, forgotten_at)
         VALUES (?1, ?2, ?3)",
        (key(email), failures, now + i64::from(seconds)),
    )?;
    Ok(Ok(()))
}

/// Forgets the failures with this email address: whoever uses it has proved that it is theirs.
pub(crate) fn forget(connection: &Connection, email: &str) -> Result<(), db::Error> {
    connection.execute(
        "DELETE FROM sign_in_failures WHERE email_hash = ?1",
        [key(email)],
    )?;
    Ok(())
}

fn key(email: &str) -> Vec<u8> {
    random::sha256(&email_key(email))
}
