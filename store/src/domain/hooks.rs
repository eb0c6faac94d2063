//! Webhooks: who wants to hear of what.

use crate::infra::select::{Listed, Order, PageRequest, Select};
use crate::infra::{clock, db};
use rusqlite::{Connection, OptionalExtension, Row};
use std::collections::BTreeMap;

/// A registration.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Hook {
    pub(crate) id: i64,
    /// The API account whose it is.
    pub(crate) client_id: String,
    /// What it hears of: `store/customer/created`, or all that begins like `store/customer/*`.
    pub(crate) scope: String,
    /// Where it is told.
    pub(crate) destination: String,
    /// Headers sent along.
    pub(crate) headers: BTreeMap<String, String>,
    pub(crate) is_active: bool,
    pub(crate) created_at: i64,
    pub(crate) modified_at: i64,
}

/// What can be heard of.
pub(crate) const SCOPES: [&str; 12] = [
    "store/customer/*",
    "store/customer/created",
    "store/customer/updated",
    "store/customer/deleted",
    "store/customer/address/*",
    "store/customer/address/created",
    "store/customer/address/updated",
    "store/customer/address/deleted",
    "store/subscriber/*",
    "store/subscriber/created",
    "store/subscriber/updated",
    "store/subscriber/deleted",
];

const COLUMNS: &str =
    "id, client_id, scope, destination, headers, is_active, created_at, modified_at";

fn hook(row: &Row<'_>) -> rusqlite::Result<Hook> {
    let headers: String = row.get(4)?;
    Ok(Hook {
        id: row.get(0)?,
        client_id: row.get(1)?,
        scope: row.get(2)?,
        destination: row.get(3)?,
        headers: serde_json::from_str(&headers).unwrap_or_default(),
        is_active: row.get(5)?,
        created_at: row.get(6)?,
        modified_at: row.get(7)?,
    })
}

/// What of a registration is to be other than it was; `None` leaves it.
#[derive(Clone, Debug, Default)]
pub(crate) struct Change {
    pub(crate) scope: Option<String>,
    pub(crate) destination: Option<String>,
    pub(crate) headers: Option<BTreeMap<String, String>>,
    pub(crate) is_active: Option<bool>,
}

/// The registrations of an account.
pub(crate) fn list(
    connection: &Connection,
    client_id: &str,
    scope: Option<String>,
    destination: Option<String>,
    is_active: Option<bool>,
    paging: PageRequest,
) -> Result<Listed<Hook>, db::Error> {
    let mut select = Select::from("hooks");
    select.is("client_id", Some(client_id.to_owned()));
    select.is("scope", scope);
    select.is("destination", destination);
    select.is("is_active", is_active);
    select.list(connection, COLUMNS, Order::default(), paging, hook)
}

/// A registration of an account; another's is none.
pub(crate) fn find(
    connection: &Connection,
    client_id: &str,
    id: i64,
) -> Result<Option<Hook>, db::Error> {
    let sql = format!("SELECT {COLUMNS} FROM hooks WHERE id = ?1 AND client_id = ?2");
    let mut statement = connection.prepare_cached(&sql)?;
    Ok(statement.query_row((id, client_id), hook).optional()?)
}

/// The registration with this id, whosever it is, where it is switched on.
pub(crate) fn find_active(connection: &Connection, id: i64) -> Result<Option<Hook>, db::Error> {
    let sql = format!("SELECT {COLUMNS} FROM hooks WHERE id = ?1 AND is_active");
    let mut statement = connection.prepare_cached(&sql)?;
    Ok(statement.query_row([id], hook).optional()?)
}

/// Saves a registration; `None` when the account has the same one.
pub(crate) fn insert(
    connection: &Connection,
    client_id: &str,
    change: &Change,
) -> Result<Option<i64>, db::Error> {
    let changed = connection.execute(
        "INSERT OR IGNORE INTO hooks
             (client_id, scope, destination, headers, is_active, created_at, modified_at)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?6)",
        (
            client_id,
            &change.scope,
            &change.destination,
            serde_json::to_string(&change.headers.clone().unwrap_or_default())?,
            change.is_active.unwrap_or(true),
            clock::now(),
        ),
    )?;
    Ok((changed > 0).then(|| connection.last_insert_rowid()))
}

/// Changes a registration; false when another is the same.
pub(crate) fn update(connection: &Connection, id: i64, change: &Change) -> Result<bool, db::Error> {
    let headers = match &change.headers {
        Some(headers) => Some(serde_json::to_string(headers)?),
        None => None,
    };
    let changed = connection.execute(
        "UPDATE OR IGNORE hooks SET scope = coalesce(?2, scope),
             destination = coalesce(?3, destination), headers = coalesce(?4, headers),
             is_active = coalesce(?5, is_active), modified_at = ?6
         WHERE id = ?1",
        (
            id,
            &change.scope,
            &change.destination,
            headers,
            change.is_active,
            clock::now(),
        ),
    )?;
    Ok(changed > 0)
}

/// Deletes a registration with all that it has not heard yet.
pub(crate) fn delete(connection: &Connection, id: i64) -> Result<(), db::Error> {
    connection.execute("DELETE FROM hooks WHERE id = ?1", [id])?;
    Ok(())
}
