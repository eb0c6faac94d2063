//! Answers to custom fields, of customers and of addresses, in one list.

use super::{Definitions, Owner};
use crate::infra::db;
use crate::infra::select::{Cursor, Listed, PageRequest, Position};
use rusqlite::types::Value as Bound;
use rusqlite::{Connection, params_from_iter};
use storefront_rules::{Field, FieldId, Value};

/// An answer, to which field and whose.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct FormValue {
    pub(crate) owner: Owner,
    pub(crate) field: Field,
    pub(crate) value: Value,
}

/// Which answers; what is `None` is not asked.
#[derive(Clone, Debug, Default)]
pub(crate) struct Filter {
    pub(crate) customer_id: Option<i64>,
    pub(crate) address_id: Option<i64>,
    /// The fields that have the wanted name and kind.
    pub(crate) fields: Option<Vec<i64>>,
}

/// A place in the list: customers' answers come before addresses', each by owner and field. The
/// three numbers ride in one, as a cursor carries it.
fn place(owner: Owner, field: FieldId) -> i64 {
    let (kind, id) = match owner {
        Owner::Customer(id) => (0, id),
        Owner::Address(id) => (1, id),
    };
    (kind << 62) | (id << 24) | i64::from(field.0)
}

fn parts(place: i64) -> (bool, i64, i64) {
    (
        place >> 62 != 0,
        (place >> 24) & ((1 << 38) - 1),
        place & ((1 << 24) - 1),
    )
}

/// The tables, in the order of the list.
pub(crate) const TABLES: [(&str, &str); 2] = [
    ("customer_form_field_values", "customer_id"),
    ("address_form_field_values", "address_id"),
];

impl Filter {
    /// The conditions on one of the tables; `None` when nothing in it can be wanted.
    fn conditions(&self, column: &str) -> Option<(Vec<String>, Vec<Bound>)> {
        let (mut conditions, mut bound) = (Vec::new(), Vec::new());
        let (own, other) = match column {
            "customer_id" => (self.customer_id, self.address_id),
            _ => (self.address_id, self.customer_id),
        };
        match (own, other) {
            (Some(id), None) => {
                conditions.push(format!("{column} = ?"));
                bound.push(id.into());
            }
            (None, None) => {}
            (_, Some(_)) => return None,
        }
        if let Some(fields) = &self.fields {
            let marks = vec!["?"; fields.len()].join(", ");
            conditions.push(format!("field_id IN ({marks})"));
            bound.extend(fields.iter().map(|id| Bound::from(*id)));
        }
        Some((conditions, bound))
    }

    /// The query for one table: at most `limit` rows beyond a place, skipping `offset`.
    pub(crate) fn sql(
        &self,
        (table, column): (&str, &str),
        beyond: Option<(&str, i64, i64)>,
        limit: i64,
        offset: i64,
    ) -> Option<(String, Vec<Bound>)> {
        let (mut conditions, mut bound) = self.conditions(column)?;
        let mut direction = "ASC";
        if let Some((sign, owner, field)) = beyond {
            conditions.push(format!("({column}, field_id) {sign} (?, ?)"));
            bound.extend([owner.into(), field.into()]);
            if sign == "<" {
                direction = "DESC";
            }
        }
        let condition = match conditions.len() {
            0 => String::new(),
            _ => format!("WHERE {}", conditions.join(" AND ")),
        };
        bound.extend([limit.into(), offset.into()]);
        let sql = format!(
            "SELECT {column}, field_id, value FROM {table} {condition}
             ORDER BY {column} {direction}, field_id {direction} LIMIT ? OFFSET ?"
        );
        Some((sql, bound))
    }
}

type Raw = (i64, i32, String);

fn rows(
    connection: &Connection,
    query: Option<(String, Vec<Bound>)>,
) -> Result<Vec<Raw>, db::Error> {
    let Some((sql, bound)) = query else {
        return Ok(Vec::new());
    };
    let mut statement = connection.prepare_cached(&sql)?;
    let rows = statement.query_map(params_from_iter(bound), |row| {
        Ok((row.get(0)?, row.get(1)?, row.get(2)?))
    })?;
    Ok(rows.collect::<Result<_, _>>()?)
}

fn count(
    connection: &Connection,
    filter: &Filter,
    (table, column): (&str, &str),
) -> Result<i64, db::Error> {
    let Some((conditions, bound)) = filter.conditions(column) else {
        return Ok(0);
    };
    let condition = match conditions.len() {
        0 => String::new(),
        _ => format!("WHERE {}", conditions.join(" AND ")),
    };
    let sql = format!("SELECT count(*) FROM {table} {condition}");
    let mut statement = connection.prepare_cached(&sql)?;
    Ok(statement.query_row(params_from_iter(bound), |row| row.get(0))?)
}

pub(crate) fn list(
    connection: &Connection,
    definitions: &Definitions,
    filter: &Filter,
    paging: PageRequest,
) -> Result<Listed<FormValue>, db::Error> {
    let [customers, addresses] = TABLES;
    let wanted = i64::from(paging.limit) + 1;
    let owned = |rows: Vec<Raw>, owner: fn(i64) -> Owner| -> Vec<(Owner, i32, String)> {
        let rows = rows.into_iter();
        rows.map(|(id, field, value)| (owner(id), field, value))
            .collect()
    };
    let mut total = None;
    let mut found = match &paging.position {
        Position::Page(page) => {
            let of_customers = count(connection, filter, customers)?;
            total = Some(of_customers + count(connection, filter, addresses)?);
            let offset = i64::from(page.saturating_sub(1)) * i64::from(paging.limit);
            let first = rows(connection, filter.sql(customers, None, wanted, offset))?;
            let left = wanted - i64::try_from(first.len()).unwrap_or(wanted);
            let offset = offset.saturating_sub(of_customers).max(0);
            let second = rows(connection, filter.sql(addresses, None, left, offset))?;
            let mut all = owned(first, Owner::Customer);
            all.extend(owned(second, Owner::Address));
            all
        }
        Position::After(at) => {
            let (in_addresses, owner, field) = parts(at.id);
            let beyond = Some((">", owner, field));
            let mut all = if in_addresses {
                Vec::new()
            } else {
                owned(
                    rows(connection, filter.sql(customers, beyond, wanted, 0))?,
                    Owner::Customer,
                )
            };
            let left = wanted - i64::try_from(all.len()).unwrap_or(wanted);
            let beyond = beyond.filter(|_| in_addresses);
            let query = filter.sql(addresses, beyond, left, 0);
            all.extend(owned(rows(connection, query)?, Owner::Address));
            all
        }
        Position::Before(at) => {
            let (in_addresses, owner, field) = parts(at.id);
            let beyond = Some(("<", owner, field));
            let mut all = if in_addresses {
                owned(
                    rows(connection, filter.sql(addresses, beyond, wanted, 0))?,
                    Owner::Address,
                )
            } else {
                Vec::new()
            };
            let left = wanted - i64::try_from(all.len()).unwrap_or(wanted);
            let end = Some(("<", i64::MAX, 0));
            let beyond = if in_addresses { end } else { beyond };
            let query = filter.sql(customers, beyond, left, 0);
            all.extend(owned(rows(connection, query)?, Owner::Customer));
            all
        }
    };
    let limit = paging.limit as usize;
    let is_more = found.len() > limit;
    found.truncate(limit);
    let is_any = !found.is_empty();
    let (has_previous, has_next) = match paging.position {
        Position::Page(page) => (page > 1 && is_any, is_more),
        Position::After(_) => (is_any, is_more),
        Position::Before(_) => {
            found.reverse();
            (is_more, is_any)
        }
    };
    let at = |row: Option<&(Owner, i32, String)>| {
        row.map(|row| Cursor {
            id: place(row.0, FieldId(row.1)),
            key: None,
        })
    };
    let (first, last) = (at(found.first()), at(found.last()));
    let mut listed = Vec::new();
    for (owner, field, value) in found {
        let fields = match owner {
            Owner::Customer(_) => &definitions.customer,
            Owner::Address(_) => &definitions.address,
        };
        if let Some(field) = fields.iter().find(|known| known.id.0 == field) {
            listed.push(FormValue {
                owner,
                field: field.clone(),
                value: serde_json::from_str(&value)?,
            });
        }
    }
    Ok(Listed {
        rows: listed,
        paging,
        total,
        first,
        last,
        has_previous,
        has_next,
    })
}
