//! What the merchant's systems note about customers. Shoppers read it and cannot write it.

use crate::infra::db;
use rusqlite::{Connection, OptionalExtension};

/// What there is to note, and what is noted of one customer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Attribute {
    pub(crate) name: String,
    /// `None` when nothing is noted of this customer.
    pub(crate) value: Option<String>,
}

/// How many attributes a customer has values of.
pub(crate) fn count(connection: &Connection, customer_id: i64) -> Result<i64, db::Error> {
    Ok(connection.query_row(
        "SELECT count(*) FROM attribute_values WHERE customer_id = ?1",
        [customer_id],
        |row| row.get(0),
    )?)
}

/// The attribute with this id, as it is for a customer.
pub(crate) fn find(
    connection: &Connection,
    customer_id: i64,
    id: i64,
) -> Result<Option<Attribute>, db::Error> {
    Ok(connection
        .query_row(
            "SELECT a.name, v.value FROM attributes a
             LEFT JOIN attribute_values v ON v.attribute_id = a.id AND v.customer_id = ?1
             WHERE a.id = ?2",
            [customer_id, id],
            |row| {
                Ok(Attribute {
                    name: row.get(0)?,
                    value: row.get(1)?,
                })
            },
        )
        .optional()?)
}

/// The ids of all attributes.
pub(crate) fn ids(connection: &Connection) -> Result<Vec<i64>, db::Error> {
    let mut statement = connection.prepare_cached("SELECT id FROM attributes ORDER BY id")?;
    let ids = statement.query_map([], |row| row.get(0))?;
    Ok(ids.collect::<Result<_, _>>()?)
}
