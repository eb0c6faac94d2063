//! Customer access tokens: what a storefront that is a server keeps for a shopper in the place of a session
//! cookie (`CustomerAccessToken` of the Storefront schema). A customer may have several.

use crate::domain::settings;
use crate::infra::{clock, db, random};
use rusqlite::{Connection, OptionalExtension};

/// A token that has just been issued.
#[derive(Clone)]
pub(crate) struct AccessToken {
    /// The customer it belongs to.
    pub(crate) customer_id: i64,
    /// What the server sends for the shopper from now on.
    pub(crate) value: String,
    /// When it ends, in seconds since 1970.
    pub(crate) expires_at: i64,
}

/// Issues a token for a customer who has proved who they are. It lasts as long as a session.
pub(crate) fn issue(connection: &Connection, customer_id: i64) -> Result<AccessToken, db::Error> {
    let now = clock::now();
    connection.execute(
        "DELETE FROM customer_access_tokens WHERE expires_at <= ?1",
        [now],
    )?;
    let lifetime = settings::load(connection)?.sessions.lifetime_seconds;
    let token = AccessToken {
        customer_id,
        value: random::token()?,
        expires_at: now + i64::from(lifetime),
    };
    connection.execute(
        "INSERT INTO customer_access_tokens (token_hash, customer_id, expires_at) VALUES (?1, ?2, ?3)",
        (random::sha256(&token.value), customer_id, token.expires_at),
    )?;
    Ok(token)
}

/// The customer whose token this is; none when it has ended or been revoked.
pub(crate) fn customer_id(connection: &Connection, token: &str) -> Result<Option<i64>, db::Error> {
    let sql = "SELECT customer_id FROM customer_access_tokens
        WHERE token_hash = ?1 AND expires_at > ?2";
    let bound = (random::sha256(token), clock::now());
    Ok(connection
        .query_row(sql, bound, |row| row.get(0))
        .optional()?)
}

/// Has a token count no more.
pub(crate) fn revoke(connection: &Connection, token: &str) -> Result<(), db::Error> {
    let sql = "DELETE FROM customer_access_tokens WHERE token_hash = ?1";
    connection.execute(sql, [random::sha256(token)])?;
    Ok(())
}

/// Has none of a customer's tokens count any more.
pub(crate) fn revoke_all(connection: &Connection, customer_id: i64) -> Result<(), db::Error> {
    let sql = "DELETE FROM customer_access_tokens WHERE customer_id = ?1";
    connection.execute(sql, [customer_id])?;
    Ok(())
}
