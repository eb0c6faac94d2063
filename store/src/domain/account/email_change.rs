//! What follows when a customer's email address changes, whoever changes it.

use crate::domain::customers::email_key;
use crate::domain::sessions::email_token;
use crate::domain::subscribers;
use crate::infra::db;
use rusqlite::Connection;

/// Has what belongs to the old address follow to the new one. Two spellings of one address are no change.
pub(crate) fn follow(
    connection: &Connection,
    customer_id: i64,
    old: &str,
    new: &str,
) -> Result<(), db::Error> {
    if email_key(old) == email_key(new) {
        return Ok(());
    }
    // Links that were mailed to the old address are in a mailbox the customer may have left.
    email_token::consume_all(connection, customer_id)?;
    subscribers::move_to(connection, old, new)
}
