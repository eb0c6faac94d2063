//! Who is signed in. A guest has no session and no row.

pub(crate) mod access_token;
pub(crate) mod current_customer;
pub(crate) mod customer_login;
pub(crate) mod email_token;
pub(crate) mod lockout;

use crate::domain::settings;
use crate::infra::{clock, db, random};
use rusqlite::{Connection, OptionalExtension};

/// Name of the session cookie.
pub(crate) const COOKIE: &str = "SHOP_SESSION_TOKEN";

/// A session that has just begun.
#[derive(Clone)]
pub(crate) struct Started {
    /// The customer it belongs to.
    pub customer_id: i64,
    /// What the cookie carries.
    pub token: String,
    /// How long it lasts, in seconds.
    pub lifetime: u32,
}

/// Saves a customer signed in who has just proved who they are: [`start`], or [`access_token::issue`].
pub(crate) type Start<T> = fn(&Connection, i64) -> Result<T, db::Error>;

/// Signs a customer in, which ends their earlier session.
pub(crate) fn start(connection: &Connection, customer_id: i64) -> Result<Started, db::Error> {
    let lifetime = settings::load(connection)?.sessions.lifetime_seconds;
    let token = random::token()?;
    let now = clock::now();
    connection.execute("DELETE FROM sessions WHERE expires_at <= ?1", [now])?;
    connection.execute(
        "INSERT OR REPLACE INTO sessions (customer_id, token_hash, expires_at) VALUES (?1, ?2, ?3)",
        (
            customer_id,
            random::sha256(&token),
            now + i64::from(lifetime),
        ),
    )?;
    Ok(Started {
        customer_id,
        token,
        lifetime,
    })
}

/// The customer whose session `token` opens.
pub(crate) fn customer_id(connection: &Connection, token: &str) -> Result<Option<i64>, db::Error> {
    Ok(connection
        .query_row(
            "SELECT customer_id FROM sessions WHERE token_hash = ?1 AND expires_at > ?2",
            (random::sha256(token), clock::now()),
            |row| row.get(0),
        )
        .optional()?)
}

/// Ends the session that `token` opens, if there is one.
pub(crate) fn end(connection: &Connection, token: &str) -> Result<(), db::Error> {
    connection.execute(
        "DELETE FROM sessions WHERE token_hash = ?1",
        [random::sha256(token)],
    )?;
    Ok(())
}

/// Ends a customer's sessions, wherever they are signed in, also where a server keeps them signed in.
pub(crate) fn end_of(connection: &Connection, customer_id: i64) -> Result<(), db::Error> {
    connection.execute("DELETE FROM sessions WHERE customer_id = ?1", [customer_id])?;
    access_token::revoke_all(connection, customer_id)
}
