//! Attributes and their values, as back offices define and keep them.

use crate::infra::select::{Bounds, Listed, Order, PageRequest, Select};
use crate::infra::{clock, db};
use rusqlite::{Connection, OptionalExtension, Row};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// What the values of an attribute are. Set once.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "lowercase")]
pub(crate) enum Type {
    /// Any text.
    String,
    /// A number.
    Number,
    /// A day, or a time of a day.
    Date,
}

impl Type {
    pub(crate) const ALL: [(&str, Self); 3] = [
        ("string", Self::String),
        ("number", Self::Number),
        ("date", Self::Date),
    ];

    const fn column(self) -> &'static str {
        match self {
            Self::String => "string",
            Self::Number => "number",
            Self::Date => "date",
        }
    }

    /// Whether a value is one of this type. An empty one says nothing and always is.
    pub(crate) fn takes(self, value: &str) -> bool {
        match self {
            _ if value.is_empty() => true,
            Self::String => true,
            Self::Number => value.trim().parse().is_ok_and(f64::is_finite),
            Self::Date => crate::infra::time::TimeRange::read(value).is_some(),
        }
    }
}

/// An attribute.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Attribute {
    pub(crate) id: i64,
    pub(crate) name: String,
    pub(crate) kind: Type,
    pub(crate) created_at: i64,
    pub(crate) modified_at: i64,
}

const COLUMNS: &str = "id, name, type, created_at, modified_at";

fn attribute(row: &Row<'_>) -> rusqlite::Result<Attribute> {
    let kind: String = row.get(2)?;
    let mut types = Type::ALL.into_iter();
    let kind = types.find(|(name, _)| *name == kind).map(|(_, kind)| kind);
    Ok(Attribute {
        id: row.get(0)?,
        name: row.get(1)?,
        // The table takes no other.
        kind: kind.unwrap_or(Type::String),
        created_at: row.get(3)?,
        modified_at: row.get(4)?,
    })
}

/// Which attributes; what is `None` is not asked.
#[derive(Clone, Debug, Default)]
pub(crate) struct Filter {
    pub(crate) name: Option<String>,
    /// A part of the name.
    pub(crate) name_part: Option<String>,
    pub(crate) kind: Option<Type>,
    pub(crate) created: Bounds,
    pub(crate) modified: Bounds,
}

/// There are at most a hundred or so: no index is needed.
pub(crate) fn list(
    connection: &Connection,
    filter: Filter,
    paging: PageRequest,
) -> Result<Listed<Attribute>, db::Error> {
    let mut select = Select::from("attributes");
    select.is("name", filter.name);
    select.contains("name", filter.name_part);
    select.is("type", filter.kind.map(|kind| kind.column().to_owned()));
    select.within("created_at", filter.created);
    select.within("modified_at", filter.modified);
    select.list(connection, COLUMNS, Order::default(), paging, attribute)
}

pub(crate) fn find(connection: &Connection, id: i64) -> Result<Option<Attribute>, db::Error> {
    let sql = format!("SELECT {COLUMNS} FROM attributes WHERE id = ?1");
    let mut statement = connection.prepare_cached(&sql)?;
    Ok(statement.query_row([id], attribute).optional()?)
}

/// How many attributes the store has.
pub(crate) fn count(connection: &Connection) -> Result<i64, db::Error> {
    Select::from("attributes").count(connection)
}

/// The id of the attribute with this name.
pub(crate) fn named(connection: &Connection, name: &str) -> Result<Option<i64>, db::Error> {
    let sql = "SELECT id FROM attributes WHERE name = ?1";
    Ok(connection
        .query_row(sql, [name], |row| row.get(0))
        .optional()?)
}

pub(crate) fn insert(connection: &Connection, name: &str, kind: Type) -> Result<i64, db::Error> {
    connection.execute(
        "INSERT INTO attributes (id, name, type, created_at, modified_at)
         SELECT id + 1, ?1, ?2, ?3, ?3 FROM last_ids WHERE name = 'attributes'",
        (name, kind.column(), clock::now()),
    )?;
    Ok(connection.last_insert_rowid())
}

pub(crate) fn rename(connection: &Connection, id: i64, name: &str) -> Result<(), db::Error> {
    let sql = "UPDATE attributes SET name = ?2, modified_at = ?3 WHERE id = ?1";
    connection.execute(sql, (id, name, clock::now()))?;
    Ok(())
}

/// Deletes an attribute with all its values.
pub(crate) fn delete(connection: &Connection, id: i64) -> Result<(), db::Error> {
    connection.execute("DELETE FROM attributes WHERE id = ?1", [id])?;
    Ok(())
}

/// The value of an attribute of a customer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct AttributeValue {
    pub(crate) id: i64,
    pub(crate) customer_id: i64,
    pub(crate) attribute_id: i64,
    pub(crate) value: String,
    pub(crate) created_at: i64,
    pub(crate) modified_at: i64,
}

const VALUE_COLUMNS: &str = "id, customer_id, attribute_id, value, created_at, modified_at";

fn attribute_value(row: &Row<'_>) -> rusqlite::Result<AttributeValue> {
    Ok(AttributeValue {
        id: row.get(0)?,
        customer_id: row.get(1)?,
        attribute_id: row.get(2)?,
        value: row.get(3)?,
        created_at: row.get(4)?,
        modified_at: row.get(5)?,
    })
}

/// Which values; what is `None` is not asked.
#[derive(Clone, Debug, Default)]
pub(crate) struct ValueFilter {
    pub(crate) customer_ids: Option<Vec<i64>>,
    pub(crate) attribute_ids: Option<Vec<i64>>,
    /// Name of the attribute.
    pub(crate) name: Option<String>,
    pub(crate) created: Bounds,
    pub(crate) modified: Bounds,
}

impl ValueFilter {
    fn select(self) -> Select {
        let mut select = Select::from("attribute_values");
        select.any_of("customer_id", self.customer_ids);
        select.any_of("attribute_id", self.attribute_ids);
        if let Some(name) = self.name {
            let condition = "attribute_id = (SELECT id FROM attributes WHERE name = ?)";
            select.only(condition, name);
        }
        select.within("created_at", self.created);
        select.within("modified_at", self.modified);
        select
    }
}

pub(crate) fn list_values(
    connection: &Connection,
    filter: ValueFilter,
    paging: PageRequest,
) -> Result<Listed<AttributeValue>, db::Error> {
    let select = filter.select();
    select.list(
        connection,
        VALUE_COLUMNS,
        Order::default(),
        paging,
        attribute_value,
    )
}

/// The query that [`list_values`] asks, for those who look at its plan.
#[cfg(test)]
pub(crate) fn values_sql(filter: ValueFilter, paging: &PageRequest) -> String {
    filter
        .select()
        .sql(VALUE_COLUMNS, Order::default(), paging)
        .0
}

/// The values of these customers, up to `limit` each.
pub(crate) fn values_of(
    connection: &Connection,
    customer_ids: &[i64],
    limit: u32,
) -> Result<Vec<AttributeValue>, db::Error> {
    let sql = format!(
        "SELECT {VALUE_COLUMNS} FROM attribute_values WHERE customer_id = ?1 ORDER BY id LIMIT ?2"
    );
    let mut statement = connection.prepare_cached(&sql)?;
    let mut all = Vec::new();
    for id in customer_ids {
        let values = statement.query_map((id, limit), attribute_value)?;
        all.extend(values.collect::<Result<Vec<_>, _>>()?);
    }
    Ok(all)
}

/// Saves a value in the place of the one that the customer had.
pub(crate) fn upsert_value(
    connection: &Connection,
    customer_id: i64,
    attribute_id: i64,
    value: &str,
) -> Result<AttributeValue, db::Error> {
    let sql = format!(
        "INSERT INTO attribute_values (customer_id, attribute_id, value, created_at, modified_at)
         VALUES (?1, ?2, ?3, ?4, ?4)
         ON CONFLICT (customer_id, attribute_id)
             DO UPDATE SET value = excluded.value, modified_at = excluded.modified_at
         RETURNING {VALUE_COLUMNS}"
    );
    let mut statement = connection.prepare_cached(&sql)?;
    let values = (customer_id, attribute_id, value, clock::now());
    Ok(statement.query_row(values, attribute_value)?)
}

/// Deletes values by their ids.
pub(crate) fn delete_value(connection: &Connection, id: i64) -> Result<(), db::Error> {
    connection.execute("DELETE FROM attribute_values WHERE id = ?1", [id])?;
    Ok(())
}
