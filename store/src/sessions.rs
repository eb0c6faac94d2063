//! Who is signed in. A guest has no session and no row.

use crate::{clock, db, random};
use rusqlite::{Connection, OptionalExtension};
use sha2::{Digest, Sha256};

/// Name of the session cookie.
pub const COOKIE: &str = "SHOP_SESSION_TOKEN";

/// How long a session lasts, in seconds: two weeks.
pub const LIFETIME: i64 = 14 * 24 * 60 * 60;

fn hash(token: &str) -> Vec<u8> {
    Sha256::digest(token.as_bytes()).to_vec()
}

/// Signs a customer in, which ends their earlier session, and returns the new session's token.
pub(crate) fn start(connection: &Connection, customer_id: i64) -> Result<String, db::Error> {
    let token = random::token()?;
    let now = clock::now();
    connection.execute("DELETE FROM sessions WHERE expires_at <= ?1", [now])?;
    connection.execute(
        "INSERT OR REPLACE INTO sessions (customer_id, token_hash, expires_at) VALUES (?1, ?2, ?3)",
        (customer_id, hash(&token), now + LIFETIME),
    )?;
    Ok(token)
}

/// The customer whose session `token` opens.
pub(crate) fn customer_id(connection: &Connection, token: &str) -> Result<Option<i64>, db::Error> {
    Ok(connection
        .query_row(
            "SELECT customer_id FROM sessions WHERE token_hash = ?1 AND expires_at > ?2",
            (hash(token), clock::now()),
            |row| row.get(0),
        )
        .optional()?)
}

/// Ends the session that `token` opens, if there is one.
pub(crate) fn end(connection: &Connection, token: &str) -> Result<(), db::Error> {
    connection.execute("DELETE FROM sessions WHERE token_hash = ?1", [hash(token)])?;
    Ok(())
}
