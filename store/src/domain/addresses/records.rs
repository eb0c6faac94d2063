//! Addresses of all customers, as back offices list and keep them.

use super::book::{self, ADDRESS, Address, add_custom_values, address};
use super::find_same_address;
use crate::domain::form_fields::Definitions;
use crate::infra::db;
use crate::infra::select::{Listed, Order, PageRequest, Select};
use rusqlite::{Connection, OptionalExtension, Row};
use storefront_rules::Values;

/// An address and whose it is.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Owned {
    pub(crate) customer_id: i64,
    pub(crate) address: Address,
}

/// Which addresses; what is `None` is not asked.
#[derive(Clone, Debug, Default)]
pub(crate) struct Filter {
    pub(crate) ids: Option<Vec<i64>>,
    pub(crate) customer_ids: Option<Vec<i64>>,
    pub(crate) companies: Option<Vec<String>>,
    /// First and last name with a space between them.
    pub(crate) names: Option<Vec<String>>,
}

impl Filter {
    pub(crate) fn select(self) -> Select {
        let mut select = Select::from("addresses");
        select.any_of("id", self.ids);
        select.any_of("customer_id", self.customer_ids);
        select.any_of("company COLLATE NOCASE", self.companies);
        select.any_of(
            "(first_name || ' ' || last_name) COLLATE NOCASE",
            self.names,
        );
        select
    }
}

const COLUMNS: &str = "id, first_name, last_name, company, phone, address1, address2, city,
    country_code, state_or_province, postal_code, address_type = 'commercial', customer_id";

fn owned(row: &Row<'_>) -> rusqlite::Result<Owned> {
    Ok(Owned {
        address: address(row)?,
        customer_id: row.get(12)?,
    })
}

/// The addresses that `filter` wants, with their custom values where they are asked for.
pub(crate) fn list(
    connection: &Connection,
    filter: Filter,
    paging: PageRequest,
    with_custom: bool,
) -> Result<Listed<Owned>, db::Error> {
    let select = filter.select();
    let mut listed = select.list(connection, COLUMNS, Order::default(), paging, owned)?;
    if with_custom {
        add_custom_of_owned(connection, &mut listed.rows)?;
    }
    Ok(listed)
}

/// The query that [`list`] asks, for those who look at its plan.
#[cfg(test)]
pub(crate) fn sql(filter: Filter, paging: &PageRequest) -> String {
    filter.select().sql(COLUMNS, Order::default(), paging).0
}

fn add_custom_of_owned(connection: &Connection, rows: &mut [Owned]) -> Result<(), db::Error> {
    let mut addresses: Vec<Address> = rows.iter().map(|row| row.address.clone()).collect();
    add_custom_values(connection, &mut addresses)?;
    for (row, address) in rows.iter_mut().zip(addresses) {
        row.address = address;
    }
    Ok(())
}

/// The address with this id, with its custom values.
pub(crate) fn find(connection: &Connection, id: i64) -> Result<Option<Owned>, db::Error> {
    let sql = format!("{} WHERE id = ?1", ADDRESS);
    let mut statement = connection.prepare_cached(&sql)?;
    let found = statement.query_row([id], owned).optional()?;
    let mut found = Vec::from_iter(found);
    add_custom_of_owned(connection, &mut found)?;
    Ok(found.pop())
}

/// Up to `limit` addresses of each of these customers, oldest first, with their custom values.
pub(crate) fn of_customers(
    connection: &Connection,
    ids: &[i64],
    limit: u32,
) -> Result<Vec<Owned>, db::Error> {
    let sql = format!("{} WHERE customer_id = ?1 ORDER BY id LIMIT ?2", ADDRESS);
    let mut statement = connection.prepare_cached(&sql)?;
    let mut all = Vec::new();
    for id in ids {
        let rows = statement.query_map((id, limit), owned)?;
        all.extend(rows.collect::<Result<Vec<_>, _>>()?);
    }
    add_custom_of_owned(connection, &mut all)?;
    Ok(all)
}

/// An address as a back office wrote it; validated already.
#[derive(Clone, Debug)]
pub(crate) struct Draft {
    pub(crate) values: Values,
    pub(crate) is_commercial: bool,
}

impl Draft {
    /// The customer's address that is the same in everything but custom values.
    pub(crate) fn known(
        &self,
        connection: &Connection,
        customer_id: i64,
    ) -> Result<Option<i64>, db::Error> {
        self.known_except(connection, customer_id, None)
    }

    fn known_except(
        &self,
        connection: &Connection,
        customer_id: i64,
        except: Option<i64>,
    ) -> Result<Option<i64>, db::Error> {
        let (values, kind) = (&self.values, self.is_commercial);
        let known = find_same_address(connection, customer_id, values, kind, except)?;
        Ok(known.map(|known| known.id))
    }

    /// Saves it as a new address; `None` when the customer has it already, and then nothing changes.
    pub(crate) fn insert(
        &self,
        connection: &Connection,
        definitions: &Definitions,
        customer_id: i64,
    ) -> Result<Option<i64>, db::Error> {
        if self.known(connection, customer_id)?.is_some() {
            return Ok(None);
        }
        let fields = &definitions.address;
        let (values, kind) = (&self.values, self.is_commercial);
        book::insert(connection, customer_id, fields, values, kind).map(Some)
    }

    /// Puts it in the place of an address; `None` when the customer has another like it, and then
    /// nothing changes.
    pub(crate) fn replace(
        &self,
        connection: &Connection,
        definitions: &Definitions,
        before: &Owned,
    ) -> Result<Option<i64>, db::Error> {
        let id = before.address.id;
        let known = self.known_except(connection, before.customer_id, Some(id))?;
        if known.is_some() {
            return Ok(None);
        }
        let (fields, kind) = (&definitions.address, self.is_commercial);
        book::update(connection, id, fields, &self.values, kind)?;
        Ok(Some(id))
    }
}
