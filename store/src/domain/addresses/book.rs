//! Addresses of customers' books.

use crate::domain::customers::text_of;
use crate::domain::form_fields::{self, Owner};
use crate::domain::geography::Geography;
use crate::infra::db;
use rusqlite::{Connection, OptionalExtension, Row, ToSql, params_from_iter, types as sql};
use std::iter;
use storefront_rules::{BuiltIn, Field, Value, Values};

/// An address in a customer's book.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Address {
    /// Id of the address.
    pub id: i64,
    /// First name.
    pub first_name: String,
    /// Last name.
    pub last_name: String,
    /// Company, or empty.
    pub company: String,
    /// Phone, or empty.
    pub phone: String,
    /// Street and number.
    pub address1: String,
    /// Flat, floor, building, or empty.
    pub address2: String,
    /// Town or city.
    pub city: String,
    /// ISO 3166-1 alpha-2 code.
    pub country_code: String,
    /// Full name of the state, or empty.
    pub state_or_province: String,
    /// Postal code, or empty.
    pub postal_code: String,
    /// Whether somebody lives there; only back offices say that nobody does.
    pub is_commercial: bool,
    /// The custom fields that were answered, each with its value, in the order of the form.
    pub custom: Vec<(Field, Value)>,
}

impl Address {
    /// All that is kept of it, by field.
    #[must_use]
    pub(crate) fn values(&self) -> Values {
        let own = [
            (BuiltIn::FirstName, &self.first_name),
            (BuiltIn::LastName, &self.last_name),
            (BuiltIn::CompanyName, &self.company),
            (BuiltIn::Phone, &self.phone),
            (BuiltIn::AddressLine1, &self.address1),
            (BuiltIn::AddressLine2, &self.address2),
            (BuiltIn::City, &self.city),
            (BuiltIn::Country, &self.country_code),
            (BuiltIn::State, &self.state_or_province),
            (BuiltIn::Zip, &self.postal_code),
        ];
        let own = own.into_iter().filter(|(_, text)| !text.is_empty());
        let own = own.map(|(field, text)| (field.id(), Value::Text(text.clone())));
        let custom = self.custom.iter();
        own.chain(custom.map(|(field, value)| (field.id, value.clone())))
            .collect()
    }

    /// The address as one would write it on one line.
    #[must_use]
    pub(crate) fn one_line(&self, geography: &Geography) -> String {
        let country = geography
            .find(&self.country_code)
            .map_or(self.country_code.as_str(), |country| country.name.as_str());
        [
            &self.address1,
            &self.address2,
            &self.city,
            &self.state_or_province,
            &self.postal_code,
            country,
        ]
        .into_iter()
        .filter(|part| !part.is_empty())
        .collect::<Vec<_>>()
        .join(", ")
    }
}

/// What the columns of an address hold that is made of `values`, from `first_name` to `address_type`.
pub(super) fn row(values: &Values, is_commercial: bool) -> impl Iterator<Item = sql::Value> {
    let texts = [
        BuiltIn::FirstName,
        BuiltIn::LastName,
        BuiltIn::CompanyName,
        BuiltIn::Phone,
        BuiltIn::AddressLine1,
        BuiltIn::AddressLine2,
        BuiltIn::City,
        BuiltIn::Country,
        BuiltIn::State,
        BuiltIn::Zip,
    ]
    .map(|field| text_of(values, field).to_owned());
    let address_type = if is_commercial {
        "commercial"
    } else {
        "residential"
    };
    texts
        .into_iter()
        .chain([address_type.to_owned()])
        .map(sql::Value::from)
}

/// Saves an address, custom values included, and returns its id. `values` are what
/// [`storefront_rules::validate`] made of the answers to `fields`.
pub(crate) fn insert(
    connection: &Connection,
    customer_id: i64,
    fields: &[Field],
    values: &Values,
    is_commercial: bool,
) -> Result<i64, db::Error> {
    let mut statement = connection.prepare_cached(
        "INSERT INTO addresses
             (customer_id, first_name, last_name, company, phone, address1, address2, city,
              country_code, state_or_province, postal_code, address_type)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12)",
    )?;
    let owner = sql::Value::from(customer_id);
    statement.execute(params_from_iter(
        iter::once(owner).chain(row(values, is_commercial)),
    ))?;
    let id = connection.last_insert_rowid();
    form_fields::insert_values(connection, Owner::Address(id), fields, values)?;
    Ok(id)
}

/// Puts `values` in the place of all that is kept of an address, custom values included.
pub(crate) fn update(
    connection: &Connection,
    id: i64,
    fields: &[Field],
    values: &Values,
    is_commercial: bool,
) -> Result<(), db::Error> {
    let mut statement = connection.prepare_cached(
        "UPDATE addresses SET
             first_name = ?2, last_name = ?3, company = ?4, phone = ?5, address1 = ?6,
             address2 = ?7, city = ?8, country_code = ?9, state_or_province = ?10,
             postal_code = ?11, address_type = ?12
         WHERE id = ?1",
    )?;
    statement.execute(params_from_iter(
        iter::once(id.into()).chain(row(values, is_commercial)),
    ))?;
    form_fields::replace_values(connection, Owner::Address(id), fields, values)
}

/// Has webhooks hear of a change of what is not in the address's own row.
pub(crate) fn touch(connection: &Connection, id: i64) -> Result<(), db::Error> {
    let sql = "UPDATE addresses SET customer_id = customer_id WHERE id = ?1";
    connection.execute(sql, [id])?;
    Ok(())
}

/// Deletes an address, custom values included.
pub(crate) fn delete(connection: &Connection, id: i64) -> Result<(), db::Error> {
    connection.execute("DELETE FROM addresses WHERE id = ?1", [id])?;
    Ok(())
}

/// Which addresses of a book to read: from either end, beyond a cursor.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Window {
    /// Only addresses whose number is larger.
    pub after: Option<i64>,
    /// Only addresses whose number is smaller.
    pub before: Option<i64>,
    /// From which end they are counted.
    pub from: End,
    /// At most so many.
    pub limit: u32,
}

/// An end of the address book; it is kept in the order of the addresses' numbers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum End {
    /// The oldest address first.
    Start,
    /// The newest address last.
    End,
}

/// A page of a customer's address book.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Page {
    /// The addresses, by number.
    pub addresses: Vec<Address>,
    /// Whether there are addresses before them.
    pub has_previous: bool,
    /// Whether there are addresses after them.
    pub has_next: bool,
    /// How many the book holds.
    pub total: i64,
}

/// The addresses of a customer that `window` shows. Found by number, never by offset, so an address
/// that is added or deleted meanwhile neither repeats nor hides another.
///
/// # Errors
/// [`db::Error`].
pub(crate) fn page(
    connection: &Connection,
    customer_id: i64,
    window: Window,
) -> Result<Page, db::Error> {
    let direction = match window.from {
        End::Start => "ASC",
        End::End => "DESC",
    };
    let mut statement = connection.prepare_cached(&format!(
        "{ADDRESS} WHERE customer_id = ?1 AND id > ?2 AND id < ?3
         ORDER BY id {direction} LIMIT ?4"
    ))?;
    let after = window.after.unwrap_or(0);
    let before = window.before.unwrap_or(i64::MAX);
    let mut addresses = statement
        .query_map((customer_id, after, before, window.limit), address)?
        .collect::<Result<Vec<_>, _>>()?;
    if window.from == End::End {
        addresses.reverse();
    }
    let (first, last) = match (addresses.first(), addresses.last()) {
        (Some(first), Some(last)) => (first.id, last.id),
        // Before and after the cursor, or the end, that they are counted from.
        _ => match window.from {
            End::Start => (after.saturating_add(1), after),
            End::End => (before, before.saturating_sub(1)),
        },
    };
    add_custom_values(connection, &mut addresses)?;
    let exists = |condition: &str, bound: &dyn ToSql| {
        connection.query_row(
            &format!(
                "SELECT EXISTS (SELECT 1 FROM addresses WHERE customer_id = ?1 AND id {condition} ?2)"
            ),
            [&customer_id as &dyn ToSql, bound],
            |row| row.get(0),
        )
    };
    Ok(Page {
        has_previous: exists("<", &first)?,
        has_next: exists(">", &last)?,
        total: count(connection, customer_id)?,
        addresses,
    })
}

/// How many addresses a customer's book holds.
pub(crate) fn count(connection: &Connection, customer_id: i64) -> Result<i64, db::Error> {
    let mut statement =
        connection.prepare_cached("SELECT count(*) FROM addresses WHERE customer_id = ?1")?;
    Ok(statement.query_row([customer_id], |row| row.get(0))?)
}

/// The address with this id, if it is one of this customer's.
///
/// # Errors
/// [`db::Error`].
pub(crate) fn find_in_book(
    connection: &Connection,
    customer_id: i64,
    id: i64,
) -> Result<Option<Address>, db::Error> {
    let mut statement =
        connection.prepare_cached(&format!("{ADDRESS} WHERE customer_id = ?1 AND id = ?2"))?;
    let found = statement.query_row((customer_id, id), address).optional()?;
    let mut found = Vec::from_iter(found);
    add_custom_values(connection, &mut found)?;
    Ok(found.pop())
}

/// Reads the custom values of all `addresses` at once.
pub(crate) fn add_custom_values(
    connection: &Connection,
    addresses: &mut [Address],
) -> Result<(), db::Error> {
    if addresses.is_empty() {
        return Ok(());
    }
    let ids: Vec<i64> = addresses.iter().map(|address| address.id).collect();
    let mut values = form_fields::values_of_addresses(connection, &ids)?;
    let fields = form_fields::load(connection)?.address;
    for address in addresses {
        if let Some(values) = values.remove(&address.id) {
            address.custom = form_fields::in_order(&fields, values);
        }
    }
    Ok(())
}

pub(crate) const ADDRESS: &str =
    "SELECT id, first_name, last_name, company, phone, address1, address2, city,
        country_code, state_or_province, postal_code, address_type = 'commercial', customer_id
    FROM addresses";

/// An address without its custom values.
pub(crate) fn address(row: &Row<'_>) -> rusqlite::Result<Address> {
    Ok(Address {
        id: row.get(0)?,
        first_name: row.get(1)?,
        last_name: row.get(2)?,
        company: row.get(3)?,
        phone: row.get(4)?,
        address1: row.get(5)?,
        address2: row.get(6)?,
        city: row.get(7)?,
        country_code: row.get(8)?,
        state_or_province: row.get(9)?,
        postal_code: row.get(10)?,
        is_commercial: row.get(11)?,
        custom: Vec::new(),
    })
}
