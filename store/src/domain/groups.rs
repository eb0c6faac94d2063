//! Customer groups. Discounts and category access are kept as they are given: this store sells
//! nothing.

use crate::domain::settings;
use crate::infra::select::{Bounds, Listed, Order, PageRequest, Select};
use crate::infra::{clock, db};
use rusqlite::{Connection, OptionalExtension, Row};
use serde_json::Value;

/// A group.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Group {
    pub(crate) id: i64,
    pub(crate) name: String,
    /// Whether new customers are in it.
    pub(crate) is_default: bool,
    /// Whether shoppers without an account are in it.
    pub(crate) is_for_guests: bool,
    pub(crate) category_access: Value,
    pub(crate) discount_rules: Value,
    pub(crate) created_at: i64,
    pub(crate) modified_at: i64,
}

const COLUMNS: &str = "id, name, is_default, is_group_for_guests, category_access, discount_rules,
    created_at, modified_at";

fn group(row: &Row<'_>) -> rusqlite::Result<Group> {
    let json = |column| -> rusqlite::Result<Value> {
        let text: String = row.get(column)?;
        // The table takes no text that is not JSON.
        Ok(serde_json::from_str(&text).unwrap_or_default())
    };
    Ok(Group {
        id: row.get(0)?,
        name: row.get(1)?,
        is_default: row.get(2)?,
        is_for_guests: row.get(3)?,
        category_access: json(4)?,
        discount_rules: json(5)?,
        created_at: row.get(6)?,
        modified_at: row.get(7)?,
    })
}

/// Which groups; what is `None` is not asked. There are few: no index is needed.
#[derive(Clone, Debug, Default)]
pub(crate) struct Filter {
    pub(crate) name: Option<String>,
    /// A part of the name.
    pub(crate) name_part: Option<String>,
    pub(crate) is_default: Option<bool>,
    pub(crate) is_for_guests: Option<bool>,
    pub(crate) created: Bounds,
    pub(crate) modified: Bounds,
}

pub(crate) fn list(
    connection: &Connection,
    filter: Filter,
    paging: PageRequest,
) -> Result<Listed<Group>, db::Error> {
    let mut select = Select::from("customer_groups");
    select.is("name", filter.name);
    select.contains("name", filter.name_part);
    select.is("is_default", filter.is_default);
    select.is("is_group_for_guests", filter.is_for_guests);
    select.within("created_at", filter.created);
    select.within("modified_at", filter.modified);
    select.list(connection, COLUMNS, Order::default(), paging, group)
}

pub(crate) fn count(connection: &Connection) -> Result<i64, db::Error> {
    Select::from("customer_groups").count(connection)
}

pub(crate) fn find(connection: &Connection, id: i64) -> Result<Option<Group>, db::Error> {
    let sql = format!("SELECT {COLUMNS} FROM customer_groups WHERE id = ?1");
    let mut statement = connection.prepare_cached(&sql)?;
    Ok(statement.query_row([id], group).optional()?)
}

/// The id of the group with this name.
pub(crate) fn named(connection: &Connection, name: &str) -> Result<Option<i64>, db::Error> {
    let sql = "SELECT id FROM customer_groups WHERE name = ?1";
    Ok(connection
        .query_row(sql, [name], |row| row.get(0))
        .optional()?)
}

/// What of a group is to be other than it was; `None` leaves it.
#[derive(Clone, Debug, Default)]
pub(crate) struct Change {
    pub(crate) name: Option<String>,
    pub(crate) is_default: Option<bool>,
    pub(crate) is_for_guests: Option<bool>,
    pub(crate) category_access: Option<Value>,
    pub(crate) discount_rules: Option<Value>,
}

/// Adds an empty group, to be changed next.
pub(crate) fn insert(connection: &Connection, name: &str) -> Result<i64, db::Error> {
    connection.execute(
        "INSERT INTO customer_groups (id, name, created_at, modified_at)
         SELECT id + 1, ?1, ?2, ?2 FROM last_ids WHERE name = 'customer_groups'",
        (name, clock::now()),
    )?;
    Ok(connection.last_insert_rowid())
}

/// Changes a group. Where it becomes the default, or that of guests, no other is any more.
pub(crate) fn update(connection: &Connection, id: i64, change: &Change) -> Result<(), db::Error> {
    for (is_given, column) in [
        (change.is_default, "is_default"),
        (change.is_for_guests, "is_group_for_guests"),
    ] {
        if is_given == Some(true) {
            let sql = format!("UPDATE customer_groups SET {column} = 0 WHERE {column}");
            connection.execute(&sql, [])?;
        }
    }
    connection.execute(
        "UPDATE customer_groups SET name = coalesce(?2, name),
             is_default = coalesce(?3, is_default),
             is_group_for_guests = coalesce(?4, is_group_for_guests),
             category_access = coalesce(?5, category_access),
             discount_rules = coalesce(?6, discount_rules), modified_at = ?7
         WHERE id = ?1",
        (
            id,
            &change.name,
            change.is_default,
            change.is_for_guests,
            change.category_access.as_ref().map(Value::to_string),
            change.discount_rules.as_ref().map(Value::to_string),
            clock::now(),
        ),
    )?;
    Ok(())
}

/// Deletes a group; its customers are in none afterwards.
pub(crate) fn delete(connection: &Connection, id: i64) -> Result<(), db::Error> {
    connection.execute("DELETE FROM customer_groups WHERE id = ?1", [id])?;
    Ok(())
}

/// The id of the group that new customers are in, and of that of guests.
pub(crate) fn special(connection: &Connection) -> Result<(Option<i64>, Option<i64>), db::Error> {
    let of = |column: &str| {
        let sql = format!("SELECT id FROM customer_groups WHERE {column}");
        connection.query_row(&sql, [], |row| row.get(0)).optional()
    };
    Ok((of("is_default")?, of("is_group_for_guests")?))
}

/// The id of the group that new customers of the storefront are in: its channel's where that
/// has one, which may be none, and the store's otherwise.
pub(crate) fn of_new_customers(connection: &Connection) -> Result<Option<i64>, db::Error> {
    let channel = settings::load(connection)?.channel;
    match channel.default_customer_group_id {
        // Settings of a file may name any number.
        Some(id) => Ok(find(connection, id)?.map(|group| group.id)),
        None => Ok(special(connection)?.0),
    }
}

/// Makes a group that of new customers, or, with 0, none.
pub(crate) fn set_special(
    connection: &Connection,
    default: Option<i64>,
    guests: Option<i64>,
) -> Result<(), db::Error> {
    for (id, column) in [(default, "is_default"), (guests, "is_group_for_guests")] {
        if let Some(id) = id {
            let sql = format!("UPDATE customer_groups SET {column} = 0 WHERE {column}");
            connection.execute(&sql, [])?;
            let sql = format!("UPDATE customer_groups SET {column} = 1 WHERE id = ?1");
            connection.execute(&sql, [id])?;
        }
    }
    Ok(())
}
