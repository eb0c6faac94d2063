//! What customers sign in with.

use super::{CHANNEL_ID, email_key};
use crate::domain::settings;
use crate::infra::db;
use rusqlite::{Connection, OptionalExtension};

/// What a customer signs in with.
#[derive(Clone, PartialEq, Eq)]
pub(crate) struct Credentials {
    pub(crate) customer_id: i64,
    pub(crate) password_hash: String,
    pub(crate) must_reset: bool,
}

/// What the customer with this email address signs in with; nothing when they have no password.
pub(crate) fn credentials(
    connection: &Connection,
    email: &str,
) -> Result<Option<Credentials>, db::Error> {
    Ok(connection
        .query_row(
            "SELECT id, password_hash, force_password_reset FROM customers
             WHERE email_key = ?1 AND password_hash <> ''",
            [email_key(email)],
            |row| {
                Ok(Credentials {
                    customer_id: row.get(0)?,
                    password_hash: row.get(1)?,
                    must_reset: row.get(2)?,
                })
            },
        )
        .optional()?)
}

/// Whether a customer may sign in here: on their channels, and with all of them, unless this channel
/// refuses global logins (`channel_ids` and `allow_global_logins` of customers.v3.yml).
pub(crate) fn may_sign_in(connection: &Connection, id: i64) -> Result<bool, db::Error> {
    let sql = "SELECT CASE WHEN channel_ids IS NULL THEN NULL
            ELSE EXISTS (SELECT 1 FROM json_each(channel_ids) WHERE value = ?2) END
        FROM customers WHERE id = ?1";
    let is_listed: Option<Option<bool>> = connection
        .query_row(sql, (id, CHANNEL_ID), |row| row.get(0))
        .optional()?;
    match is_listed {
        None => Ok(false),
        Some(Some(is_listed)) => Ok(is_listed),
        Some(None) => Ok(!settings::load(connection)?.channel.refuses_global_logins),
    }
}

/// Saves another hash of the same password.
pub(crate) fn rehash(connection: &Connection, id: i64, hash: &str) -> Result<(), db::Error> {
    connection.execute(
        "UPDATE customers SET password_hash = ?2 WHERE id = ?1",
        (id, hash),
    )?;
    Ok(())
}

/// Saves the hash of a password that the customer has just chosen.
pub(crate) fn set_password(connection: &Connection, id: i64, hash: &str) -> Result<(), db::Error> {
    connection.execute(
        "UPDATE customers SET password_hash = ?2, force_password_reset = 0 WHERE id = ?1",
        (id, hash),
    )?;
    Ok(())
}

/// Says whether a customer must choose a new password before they sign in.
pub(crate) fn set_must_reset(
    connection: &Connection,
    id: i64,
    must_reset: bool,
) -> Result<(), db::Error> {
    let sql = "UPDATE customers SET force_password_reset = ?2 WHERE id = ?1";
    connection.execute(sql, (id, must_reset))?;
    Ok(())
}
