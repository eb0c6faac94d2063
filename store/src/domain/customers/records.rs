//! Customers, as back offices list them.

use crate::infra::db;
use crate::infra::select::{Bounds, Listed, Order, PageRequest, Select};
use rusqlite::{Connection, OptionalExtension, Row};

/// A customer with what only the merchant sees.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Record {
    pub(crate) id: i64,
    pub(crate) email: String,
    pub(crate) first_name: String,
    pub(crate) last_name: String,
    pub(crate) company: String,
    pub(crate) phone: String,
    pub(crate) group_id: Option<i64>,
    pub(crate) must_reset: bool,
    pub(crate) notes: String,
    pub(crate) tax_exempt_category: String,
    pub(crate) registration_ip: String,
    pub(crate) accepts_marketing: bool,
    /// In ten-thousandths.
    pub(crate) store_credit: i64,
    pub(crate) origin_channel_id: i64,
    /// A JSON list; none for every channel.
    pub(crate) channel_ids: Option<String>,
    pub(crate) created_at: i64,
    pub(crate) modified_at: i64,
    pub(crate) address_count: i64,
    pub(crate) attribute_count: i64,
}

const COLUMNS: &str = "id, email, first_name, last_name, company, phone, group_id,
    force_password_reset, notes, tax_exempt_category, registration_ip, accepts_marketing,
    store_credit, origin_channel_id, channel_ids, created_at, modified_at,
    (SELECT count(*) FROM addresses WHERE customer_id = customers.id),
    (SELECT count(*) FROM attribute_values WHERE customer_id = customers.id)";

fn record(row: &Row<'_>) -> rusqlite::Result<Record> {
    Ok(Record {
        id: row.get(0)?,
        email: row.get(1)?,
        first_name: row.get(2)?,
        last_name: row.get(3)?,
        company: row.get(4)?,
        phone: row.get(5)?,
        group_id: row.get(6)?,
        must_reset: row.get(7)?,
        notes: row.get(8)?,
        tax_exempt_category: row.get(9)?,
        registration_ip: row.get(10)?,
        accepts_marketing: row.get(11)?,
        store_credit: row.get(12)?,
        origin_channel_id: row.get(13)?,
        channel_ids: row.get(14)?,
        created_at: row.get(15)?,
        modified_at: row.get(16)?,
        address_count: row.get(17)?,
        attribute_count: row.get(18)?,
    })
}

/// Which customers; what is `None` is not asked.
#[derive(Clone, Debug, Default)]
pub(crate) struct Filter {
    pub(crate) ids: Option<Vec<i64>>,
    pub(crate) id_from: Option<i64>,
    pub(crate) id_to: Option<i64>,
    pub(crate) emails: Option<Vec<String>>,
    pub(crate) companies: Option<Vec<String>>,
    pub(crate) phones: Option<Vec<String>>,
    pub(crate) registration_ips: Option<Vec<String>>,
    /// 0 for customers who are in none.
    pub(crate) groups: Option<Vec<i64>>,
    /// First and last name with a space between them.
    pub(crate) names: Option<Vec<String>>,
    /// Parts of the same.
    pub(crate) name_parts: Option<Vec<String>>,
    pub(crate) first_name: Option<String>,
    pub(crate) last_name: Option<String>,
    pub(crate) store_credit: Option<i64>,
    pub(crate) tax_exempt_category: Option<String>,
    pub(crate) created: Bounds,
    pub(crate) modified: Bounds,
}

impl Filter {
    pub(crate) fn select(self) -> Select {
        let mut select = Select::from("customers");
        select.any_of("id", self.ids);
        let ids = Bounds {
            from: self.id_from,
            to: self.id_to,
        };
        select.within("id", ids);
        let keys = |emails: Vec<String>| -> Vec<String> {
            emails.iter().map(|email| super::email_key(email)).collect()
        };
        select.any_of("email_key", self.emails.map(keys));
        select.any_of("company COLLATE NOCASE", self.companies);
        select.any_of("phone", self.phones);
        select.any_of("registration_ip", self.registration_ips);
        select.any_of_or_none("group_id", self.groups);
        select.any_of(
            "(first_name || ' ' || last_name) COLLATE NOCASE",
            self.names,
        );
        if let Some(parts) = self.name_parts {
            name_like(&mut select, &parts);
        }
        select.is("first_name COLLATE NOCASE", self.first_name);
        select.is("last_name COLLATE NOCASE", self.last_name);
        select.is("store_credit", self.store_credit);
        select.is(
            "tax_exempt_category COLLATE NOCASE",
            self.tax_exempt_category,
        );
        select.within("created_at", self.created);
        select.within("modified_at", self.modified);
        select
    }
}

/// Only customers whose name has one of `parts` in it. Three letters and more are looked up by the
/// trigrams of names, fewer by those of names whose letters stand apart.
fn name_like(select: &mut Select, parts: &[String]) {
    const APART: char = '\u{1}';
    let (mut long, mut short) = (Vec::new(), Vec::new());
    for part in parts {
        match part.chars().collect::<Vec<_>>()[..] {
            // In every name.
            [] => return,
            [letter] => short.push(format!("{APART}{letter}{APART}")),
            [first, second] => short.push(format!("{first}{APART}{second}")),
            _ => long.push(part.clone()),
        }
    }
    for (index, parts) in [("customer_names", long), ("customer_letters", short)] {
        if !parts.is_empty() {
            select.matching(index, any_phrase(&parts));
        }
    }
}

/// FTS5's query for rows that have one of `phrases`, word for word.
fn any_phrase(phrases: &[String]) -> String {
    let quote = |phrase: &String| format!("\"{}\"", phrase.replace('"', "\"\""));
    phrases.iter().map(quote).collect::<Vec<_>>().join(" OR ")
}

/// An order that customers may be listed in.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum Sort {
    #[default]
    Id,
    Created,
    LastName,
    Modified,
}

impl Sort {
    pub(crate) const fn order(self, is_descending: bool) -> Order {
        let key = match self {
            Self::Id => None,
            Self::Created => Some("created_at"),
            Self::LastName => Some("last_name COLLATE NOCASE"),
            Self::Modified => Some("modified_at"),
        };
        Order { key, is_descending }
    }
}

pub(crate) fn list(
    connection: &Connection,
    filter: Filter,
    order: Order,
    paging: PageRequest,
) -> Result<Listed<Record>, db::Error> {
    filter
        .select()
        .list(connection, COLUMNS, order, paging, record)
}

/// The query that [`list`] asks, for those who look at its plan.
#[cfg(test)]
pub(crate) fn sql(filter: Filter, order: Order, paging: &PageRequest) -> String {
    filter.select().sql(COLUMNS, order, paging).0
}

pub(crate) fn find(connection: &Connection, id: i64) -> Result<Option<Record>, db::Error> {
    let sql = format!("SELECT {COLUMNS} FROM customers WHERE id = ?1");
    let mut statement = connection.prepare_cached(&sql)?;
    Ok(statement.query_row([id], record).optional()?)
}

/// The customers with these ids, in the order of `ids`.
pub(crate) fn find_all(connection: &Connection, ids: &[i64]) -> Result<Vec<Record>, db::Error> {
    let found = ids.iter().map(|id| find(connection, *id));
    let found: Result<Vec<_>, _> = found.collect();
    Ok(found?.into_iter().flatten().collect())
}

/// The customer's password as it is kept.
pub(crate) fn password_hash(connection: &Connection, id: i64) -> Result<Option<String>, db::Error> {
    let sql = "SELECT password_hash FROM customers WHERE id = ?1";
    Ok(connection
        .query_row(sql, [id], |row| row.get(0))
        .optional()?)
}
