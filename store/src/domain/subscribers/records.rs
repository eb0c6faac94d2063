//! Subscribers, as back offices list and keep them.

use crate::domain::customers::email_key;
use crate::infra::select::{Bounds, Listed, Order, PageRequest, Select};
use crate::infra::{clock, db};
use rusqlite::{Connection, OptionalExtension, Row, ToSql};
use storefront_rules::text;

/// A subscriber with what only the merchant sees.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Record {
    pub(crate) id: i64,
    pub(crate) email: String,
    pub(crate) first_name: String,
    pub(crate) last_name: String,
    pub(crate) source: String,
    pub(crate) order_id: Option<i64>,
    pub(crate) channel_id: i64,
    pub(crate) marketing_newsletter: bool,
    pub(crate) abandoned_cart: bool,
    pub(crate) created_at: i64,
    pub(crate) modified_at: i64,
}

const COLUMNS: &str = "id, email, first_name, last_name, source, order_id, channel_id,
    marketing_newsletter, abandoned_cart, created_at, modified_at";

fn record(row: &Row<'_>) -> rusqlite::Result<Record> {
    Ok(Record {
        id: row.get(0)?,
        email: row.get(1)?,
        first_name: row.get(2)?,
        last_name: row.get(3)?,
        source: row.get(4)?,
        order_id: row.get(5)?,
        channel_id: row.get(6)?,
        marketing_newsletter: row.get(7)?,
        abandoned_cart: row.get(8)?,
        created_at: row.get(9)?,
        modified_at: row.get(10)?,
    })
}

/// Which subscribers; what is `None` is not asked.
#[derive(Clone, Debug, Default)]
pub(crate) struct Filter {
    pub(crate) id: Option<i64>,
    pub(crate) ids: Option<Vec<i64>>,
    pub(crate) email: Option<String>,
    pub(crate) first_name: Option<String>,
    pub(crate) last_name: Option<String>,
    pub(crate) source: Option<String>,
    pub(crate) order_id: Option<i64>,
    pub(crate) created: Bounds,
    pub(crate) modified: Bounds,
}

impl Filter {
    pub(crate) fn select(self) -> Select {
        let mut select = Select::from("subscribers");
        select.is("id", self.id);
        select.any_of("id", self.ids);
        select.is("email_key", self.email.map(|email| email_key(&email)));
        select.is("first_name COLLATE NOCASE", self.first_name);
        select.is("last_name COLLATE NOCASE", self.last_name);
        select.is("source", self.source);
        select.is("order_id", self.order_id);
        select.within("created_at", self.created);
        select.within("modified_at", self.modified);
        select
    }
}

pub(crate) fn list(
    connection: &Connection,
    filter: Filter,
    paging: PageRequest,
) -> Result<Listed<Record>, db::Error> {
    let select = filter.select();
    select.list(connection, COLUMNS, Order::default(), paging, record)
}

/// The query that [`list`] asks, for those who look at its plan.
#[cfg(test)]
pub(crate) fn sql(filter: Filter, paging: &PageRequest) -> String {
    filter.select().sql(COLUMNS, Order::default(), paging).0
}

pub(crate) fn find(connection: &Connection, id: i64) -> Result<Option<Record>, db::Error> {
    let sql = format!("SELECT {COLUMNS} FROM subscribers WHERE id = ?1");
    let mut statement = connection.prepare_cached(&sql)?;
    Ok(statement.query_row([id], record).optional()?)
}

/// The id of the subscriber with this email address.
pub(crate) fn with_email(connection: &Connection, email: &str) -> Result<Option<i64>, db::Error> {
    let sql = "SELECT id FROM subscribers WHERE email_key = ?1";
    let found = connection.query_row(sql, [email_key(email)], |row| row.get(0));
    Ok(found.optional()?)
}

/// What is to be saved of a subscriber; `None` leaves it, or takes the default.
#[derive(Clone, Debug, Default)]
pub(crate) struct Draft {
    pub(crate) email: Option<String>,
    pub(crate) first_name: Option<String>,
    pub(crate) last_name: Option<String>,
    pub(crate) source: Option<String>,
    /// `Some(None)` for none.
    pub(crate) order_id: Option<Option<i64>>,
    pub(crate) channel_id: Option<i64>,
    pub(crate) marketing_newsletter: Option<bool>,
    pub(crate) abandoned_cart: Option<bool>,
}

/// Adds a subscriber whose email address is no other's.
pub(crate) fn insert(connection: &Connection, draft: &Draft) -> Result<i64, db::Error> {
    let email = text::trim(draft.email.as_deref().unwrap_or_default());
    let values: &[&dyn ToSql] = &[
        &email,
        &email_key(email),
        &draft.first_name,
        &draft.last_name,
        &draft.source,
        &draft.order_id.flatten(),
        &draft.channel_id,
        &draft.marketing_newsletter,
        &draft.abandoned_cart,
        &clock::now(),
    ];
    connection.execute(
        "INSERT INTO subscribers (email, email_key, first_name, last_name, source, order_id,
             channel_id, marketing_newsletter, abandoned_cart, created_at, modified_at)
         VALUES (?1, ?2, coalesce(?3, ''), coalesce(?4, ''), coalesce(?5, 'custom'), ?6,
             coalesce(?7, 1), coalesce(?8, 0), coalesce(?9, 0), ?10, ?10)",
        values,
    )?;
    Ok(connection.last_insert_rowid())
}

pub(crate) fn update(connection: &Connection, id: i64, draft: &Draft) -> Result<(), db::Error> {
    let email = draft.email.as_deref().map(text::trim);
    let values: &[&dyn ToSql] = &[
        &id,
        &email,
        &email.map(email_key),
        &draft.first_name,
        &draft.last_name,
        &draft.source,
        &draft.order_id.is_some(),
        &draft.order_id.flatten(),
        &draft.channel_id,
        &draft.marketing_newsletter,
        &draft.abandoned_cart,
        &clock::now(),
    ];
    connection.execute(
        "UPDATE subscribers SET email = coalesce(?2, email), email_key = coalesce(?3, email_key),
             first_name = coalesce(?4, first_name), last_name = coalesce(?5, last_name),
             source = coalesce(?6, source), order_id = iif(?7, ?8, order_id),
             channel_id = coalesce(?9, channel_id),
             marketing_newsletter = coalesce(?10, marketing_newsletter),
             abandoned_cart = coalesce(?11, abandoned_cart), modified_at = ?12
         WHERE id = ?1",
        values,
    )?;
    Ok(())
}

pub(crate) fn delete(connection: &Connection, id: i64) -> Result<(), db::Error> {
    connection.execute("DELETE FROM subscribers WHERE id = ?1", [id])?;
    Ok(())
}
