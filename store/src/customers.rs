//! Customers and their addresses, as they are kept.

use crate::db;
use crate::form_fields::{self, Owner};
use crate::{clock, geography::Geography};
use rusqlite::{Connection, ErrorCode, OptionalExtension, Row, ToSql};
use storefront_rules::{BuiltIn, Field, Secret, Value, Values};

/// Which of the address form's fields are the customer's own too.
pub const OWN_FIELDS: &[BuiltIn] = &[
    BuiltIn::FirstName,
    BuiltIn::LastName,
    BuiltIn::CompanyName,
    BuiltIn::Phone,
];

/// A shopper with an account.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Customer {
    /// Number of the customer.
    pub id: i64,
    /// The address they sign in with, as they typed it.
    pub email: String,
    /// First name.
    pub first_name: String,
    /// Last name.
    pub last_name: String,
    /// Company, or empty.
    pub company: String,
    /// Phone, or empty.
    pub phone: String,
    /// The customer group's number and name.
    pub group: Option<(i64, String)>,
    /// Whether they must choose a new password before they sign in.
    pub must_reset: bool,
}

/// What a customer signs in with.
#[derive(Clone, PartialEq, Eq)]
pub(crate) struct Credentials {
    pub(crate) customer_id: i64,
    pub(crate) password_hash: String,
    pub(crate) must_reset: bool,
}

/// What an account is opened with; judged already. Back offices know more of it than shoppers.
#[derive(Default)]
pub(crate) struct NewCustomer<'a> {
    pub(crate) email: &'a str,
    pub(crate) first_name: &'a str,
    pub(crate) last_name: &'a str,
    pub(crate) company: &'a str,
    pub(crate) phone: &'a str,
    /// Empty for a customer who has no password yet, and so cannot sign in with one.
    pub(crate) password_hash: &'a str,
    /// `None` for the group of new customers, 0 for none.
    pub(crate) group_id: Option<i64>,
    pub(crate) merchant: MerchantChange,
}

/// What only the merchant sets of a customer. `None` leaves it, or takes the default.
#[derive(Clone, Debug, Default)]
pub(crate) struct MerchantChange {
    pub(crate) notes: Option<String>,
    pub(crate) tax_exempt_category: Option<String>,
    pub(crate) registration_ip: Option<String>,
    pub(crate) accepts_marketing: Option<bool>,
    /// In ten-thousandths.
    pub(crate) store_credit: Option<i64>,
    pub(crate) origin_channel_id: Option<i64>,
    /// A JSON list, or `null` for every channel.
    pub(crate) channel_ids: Option<String>,
    pub(crate) must_reset: Option<bool>,
}

/// What of a customer is to be other than it was; judged already. `None` leaves it.
#[derive(Default)]
pub(crate) struct Change {
    pub(crate) email: Option<String>,
    pub(crate) first_name: Option<String>,
    pub(crate) last_name: Option<String>,
    pub(crate) company: Option<String>,
    pub(crate) phone: Option<String>,
    /// 0 for none.
    pub(crate) group_id: Option<i64>,
    pub(crate) merchant: MerchantChange,
}

/// An address in a customer's book.
#[derive(Clone, Debug, PartialEq)]
pub struct Address {
    /// Number of the address.
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
    pub fn values(&self) -> Values {
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

    /// Whether its custom fields have the answers that `values` has, and no others.
    fn has_custom(&self, values: &Values) -> bool {
        let custom = values.keys().filter(|id| BuiltIn::from_id(**id).is_none());
        custom.count() == self.custom.len()
            && self
                .custom
                .iter()
                .all(|(field, value)| values.get(&field.id) == Some(value))
    }

    /// The address as one would write it on one line.
    #[must_use]
    pub fn one_line(&self, geography: &Geography) -> String {
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

/// Why a customer was not kept.
#[derive(Debug, thiserror::Error)]
pub enum KeepError {
    /// Another account has this e-mail address.
    #[error("the e-mail address is in use")]
    EmailTaken,
    /// The database failed.
    #[error(transparent)]
    Db(#[from] db::Error),
}

/// What two spellings of one e-mail address have in common.
pub(crate) fn email_key(email: &str) -> String {
    email.trim().to_lowercase()
}

/// Keeps a new customer and returns their number.
pub(crate) fn insert(
    connection: &Connection,
    customer: &NewCustomer<'_>,
) -> Result<i64, KeepError> {
    let merchant = &customer.merchant;
    let mut statement = connection
        .prepare_cached(
            "INSERT INTO customers
                 (email, email_key, first_name, last_name, company, phone, password_hash,
                  created_at, modified_at, group_id, notes, tax_exempt_category, registration_ip,
                  accepts_marketing, store_credit, origin_channel_id, channel_ids,
                  force_password_reset)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?8,
                  nullif(coalesce(?9, (SELECT id FROM customer_groups WHERE is_default)), 0),
                  coalesce(?10, ''), coalesce(?11, ''), coalesce(?12, ''), coalesce(?13, 0),
                  coalesce(?14, 0), coalesce(?15, 1), nullif(?16, 'null'), coalesce(?17, 0))",
        )
        .map_err(db::Error::from)?;
    let values: &[&dyn ToSql] = &[
        &customer.email,
        &email_key(customer.email),
        &customer.first_name,
        &customer.last_name,
        &customer.company,
        &customer.phone,
        &customer.password_hash,
        &clock::now(),
        &customer.group_id,
        &merchant.notes,
        &merchant.tax_exempt_category,
        &merchant.registration_ip,
        &merchant.accepts_marketing,
        &merchant.store_credit,
        &merchant.origin_channel_id,
        &merchant.channel_ids,
        &merchant.must_reset,
    ];
    statement.execute(values).map_err(refusal)?;
    Ok(connection.last_insert_rowid())
}

/// Changes a customer.
pub(crate) fn update(connection: &Connection, id: i64, change: &Change) -> Result<(), KeepError> {
    let merchant = &change.merchant;
    let mut statement = connection
        .prepare_cached(
            "UPDATE customers SET
                 email = coalesce(?2, email), email_key = coalesce(?3, email_key),
                 first_name = coalesce(?4, first_name), last_name = coalesce(?5, last_name),
                 company = coalesce(?6, company), phone = coalesce(?7, phone),
                 group_id = nullif(coalesce(?8, group_id), 0), notes = coalesce(?9, notes),
                 tax_exempt_category = coalesce(?10, tax_exempt_category),
                 registration_ip = coalesce(?11, registration_ip),
                 accepts_marketing = coalesce(?12, accepts_marketing),
                 store_credit = coalesce(?13, store_credit),
                 channel_ids = nullif(coalesce(?14, channel_ids), 'null'),
                 force_password_reset = coalesce(?15, force_password_reset), modified_at = ?16
             WHERE id = ?1",
        )
        .map_err(db::Error::from)?;
    let values: &[&dyn ToSql] = &[
        &id,
        &change.email,
        &change.email.as_deref().map(email_key),
        &change.first_name,
        &change.last_name,
        &change.company,
        &change.phone,
        &change.group_id,
        &merchant.notes,
        &merchant.tax_exempt_category,
        &merchant.registration_ip,
        &merchant.accepts_marketing,
        &merchant.store_credit,
        &merchant.channel_ids,
        &merchant.must_reset,
        &clock::now(),
    ];
    statement.execute(values).map(|_| ()).map_err(refusal)
}

/// The e-mail's is the only constraint that valid data can break.
fn refusal(error: rusqlite::Error) -> KeepError {
    if error.sqlite_error_code() == Some(ErrorCode::ConstraintViolation) {
        KeepError::EmailTaken
    } else {
        db::Error::from(error).into()
    }
}

/// Keeps an address, custom values included, and returns its number. `values` are what
/// [`storefront_rules::validate`] made of the answers to `fields`.
pub(crate) fn insert_address(
    connection: &Connection,
    customer_id: i64,
    fields: &[Field],
    values: &Values,
    is_commercial: bool,
) -> Result<i64, db::Error> {
    let text = |field| text_of(values, field);
    let mut statement = connection.prepare_cached(
        "INSERT INTO addresses
             (customer_id, first_name, last_name, company, phone, address1, address2, city,
              country_code, state_or_province, postal_code, address_type)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11,
              iif(?12, 'commercial', 'residential'))",
    )?;
    statement.execute((
        customer_id,
        text(BuiltIn::FirstName),
        text(BuiltIn::LastName),
        text(BuiltIn::CompanyName),
        text(BuiltIn::Phone),
        text(BuiltIn::AddressLine1),
        text(BuiltIn::AddressLine2),
        text(BuiltIn::City),
        text(BuiltIn::Country),
        text(BuiltIn::State),
        text(BuiltIn::Zip),
        is_commercial,
    ))?;
    let id = connection.last_insert_rowid();
    form_fields::insert_values(connection, Owner::Address(id), fields, values)?;
    Ok(id)
}

/// Puts `values` in the place of all that is kept of an address, custom values included.
pub(crate) fn update_address(
    connection: &Connection,
    id: i64,
    fields: &[Field],
    values: &Values,
    is_commercial: bool,
) -> Result<(), db::Error> {
    let text = |field| text_of(values, field);
    connection.execute(
        "UPDATE addresses SET
             first_name = ?2, last_name = ?3, company = ?4, phone = ?5, address1 = ?6,
             address2 = ?7, city = ?8, country_code = ?9, state_or_province = ?10,
             postal_code = ?11, address_type = iif(?12, 'commercial', 'residential')
         WHERE id = ?1",
        (
            id,
            text(BuiltIn::FirstName),
            text(BuiltIn::LastName),
            text(BuiltIn::CompanyName),
            text(BuiltIn::Phone),
            text(BuiltIn::AddressLine1),
            text(BuiltIn::AddressLine2),
            text(BuiltIn::City),
            text(BuiltIn::Country),
            text(BuiltIn::State),
            text(BuiltIn::Zip),
            is_commercial,
        ),
    )?;
    form_fields::replace_values(connection, Owner::Address(id), fields, values)
}

/// Deletes an address, custom values included.
pub(crate) fn delete_address(connection: &Connection, id: i64) -> Result<(), db::Error> {
    connection.execute("DELETE FROM addresses WHERE id = ?1", [id])?;
    Ok(())
}

/// The text given to a built-in field; empty when none was.
pub(crate) fn text_of(values: &Values, field: BuiltIn) -> &str {
    match values.get(&field.id()) {
        Some(Value::Text(text) | Value::MultilineText(text)) => text,
        Some(
            Value::Number(_)
            | Value::Date(_)
            | Value::Checkboxes(_)
            | Value::MultipleChoice(_)
            | Value::Password(_),
        )
        | None => "",
    }
}

/// The secret given to a built-in field; empty when none was.
pub(crate) fn secret_of(values: &Values, field: BuiltIn) -> Secret {
    match values.get(&field.id()) {
        Some(Value::Password(secret)) => secret.clone(),
        Some(
            Value::Text(_)
            | Value::MultilineText(_)
            | Value::Number(_)
            | Value::Date(_)
            | Value::Checkboxes(_)
            | Value::MultipleChoice(_),
        )
        | None => Secret::new(""),
    }
}

const CUSTOMER: &str = "SELECT c.id, c.email, c.first_name, c.last_name, c.company, c.phone,
        g.id, g.name, c.force_password_reset
    FROM customers c LEFT JOIN customer_groups g ON g.id = c.group_id";

fn customer(row: &Row<'_>) -> rusqlite::Result<Customer> {
    let group: (Option<i64>, Option<String>) = (row.get(6)?, row.get(7)?);
    Ok(Customer {
        id: row.get(0)?,
        email: row.get(1)?,
        first_name: row.get(2)?,
        last_name: row.get(3)?,
        company: row.get(4)?,
        phone: row.get(5)?,
        group: group.0.zip(group.1),
        must_reset: row.get(8)?,
    })
}

/// The customer of this number.
///
/// # Errors
/// [`db::Error`].
pub fn find(connection: &Connection, id: i64) -> Result<Option<Customer>, db::Error> {
    Ok(connection
        .query_row(&format!("{CUSTOMER} WHERE c.id = ?1"), [id], customer)
        .optional()?)
}

/// The customer who signs in with this e-mail address, in any letter case.
pub(crate) fn find_by_email(
    connection: &Connection,
    email: &str,
) -> Result<Option<Customer>, db::Error> {
    let sql = format!("{CUSTOMER} WHERE c.email_key = ?1");
    Ok(connection
        .query_row(&sql, [email_key(email)], customer)
        .optional()?)
}

/// What the customer with this e-mail address signs in with; nothing when they have no password.
pub(crate) fn credentials(
    connection: &Connection,
    email: &str,
) -> Result<Option<Credentials>, db::Error> {
    Ok(connection
        .query_row(
            "SELECT id, password_hash, force_password_reset FROM customers
             WHERE email_key = ?1 AND password_hash <> ''",
            [email_key(email)],
            |row| {
                Ok(Credentials {
                    customer_id: row.get(0)?,
                    password_hash: row.get(1)?,
                    must_reset: row.get(2)?,
                })
            },
        )
        .optional()?)
}

/// Keeps another hash of the same password.
pub(crate) fn rehash(connection: &Connection, id: i64, hash: &str) -> Result<(), db::Error> {
    connection.execute(
        "UPDATE customers SET password_hash = ?2 WHERE id = ?1",
        (id, hash),
    )?;
    Ok(())
}

/// Keeps the hash of a password that the customer has just chosen.
pub(crate) fn set_password(connection: &Connection, id: i64, hash: &str) -> Result<(), db::Error> {
    connection.execute(
        "UPDATE customers SET password_hash = ?2, force_password_reset = 0 WHERE id = ?1",
        (id, hash),
    )?;
    Ok(())
}

/// Says whether a customer must choose a new password before they sign in.
pub(crate) fn set_must_reset(
    connection: &Connection,
    id: i64,
    must_reset: bool,
) -> Result<(), db::Error> {
    let sql = "UPDATE customers SET force_password_reset = ?2 WHERE id = ?1";
    connection.execute(sql, (id, must_reset))?;
    Ok(())
}

/// Dates a change of what is not in the customer's own row.
pub(crate) fn touch(connection: &Connection, id: i64) -> Result<(), db::Error> {
    let sql = "UPDATE customers SET modified_at = ?2 WHERE id = ?1";
    connection.execute(sql, (id, clock::now()))?;
    Ok(())
}

/// Deletes a customer with all that is theirs. What they decided about cookies stays on record.
pub(crate) fn delete(connection: &Connection, id: i64) -> Result<(), db::Error> {
    let mut statement = connection.prepare_cached("DELETE FROM customers WHERE id = ?1")?;
    statement.execute([id])?;
    Ok(())
}

/// Which addresses of a book to read: from either end, beyond a cursor.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Window {
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
pub enum End {
    /// The oldest address first.
    Start,
    /// The newest address last.
    End,
}

/// A stretch of a customer's address book.
#[derive(Clone, Debug, PartialEq)]
pub struct Page {
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
pub fn addresses(
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
    add_custom(connection, &mut addresses)?;
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
        total: count_addresses(connection, customer_id)?,
        addresses,
    })
}

/// How many addresses a customer's book holds.
pub(crate) fn count_addresses(connection: &Connection, customer_id: i64) -> Result<i64, db::Error> {
    let mut statement =
        connection.prepare_cached("SELECT count(*) FROM addresses WHERE customer_id = ?1")?;
    Ok(statement.query_row([customer_id], |row| row.get(0))?)
}

/// The address of this number, if it is one of this customer's.
///
/// # Errors
/// [`db::Error`].
pub fn find_address(
    connection: &Connection,
    customer_id: i64,
    id: i64,
) -> Result<Option<Address>, db::Error> {
    let mut statement =
        connection.prepare_cached(&format!("{ADDRESS} WHERE customer_id = ?1 AND id = ?2"))?;
    let found = statement.query_row((customer_id, id), address).optional()?;
    let mut found = Vec::from_iter(found);
    add_custom(connection, &mut found)?;
    Ok(found.pop())
}

/// The oldest address of a customer, but for the one numbered `except`, that equals `values` in
/// every answer.
pub(crate) fn find_equal_address(
    connection: &Connection,
    customer_id: i64,
    values: &Values,
    except: Option<i64>,
) -> Result<Option<Address>, db::Error> {
    let mut alike = find_alike_addresses(connection, customer_id, values, except)?;
    add_custom(connection, &mut alike)?;
    Ok(alike.into_iter().find(|address| address.has_custom(values)))
}

/// The addresses of a customer, but for the one numbered `except`, that equal `values` in every
/// built-in field: what the APIs take for the same address. Oldest first, without custom values.
pub(crate) fn find_alike_addresses(
    connection: &Connection,
    customer_id: i64,
    values: &Values,
    except: Option<i64>,
) -> Result<Vec<Address>, db::Error> {
    let text = |field| text_of(values, field);
    let mut statement = connection.prepare_cached(&format!(
        "{ADDRESS} WHERE customer_id = ?1 AND id IS NOT ?2
             AND first_name = ?3 AND last_name = ?4 AND company = ?5 AND phone = ?6
             AND address1 = ?7 AND address2 = ?8 AND city = ?9 AND country_code = ?10
             AND state_or_province = ?11 AND postal_code = ?12
         ORDER BY id"
    ))?;
    let alike = statement
        .query_map(
            (
                customer_id,
                except,
                text(BuiltIn::FirstName),
                text(BuiltIn::LastName),
                text(BuiltIn::CompanyName),
                text(BuiltIn::Phone),
                text(BuiltIn::AddressLine1),
                text(BuiltIn::AddressLine2),
                text(BuiltIn::City),
                text(BuiltIn::Country),
                text(BuiltIn::State),
                text(BuiltIn::Zip),
            ),
            address,
        )?
        .collect::<Result<Vec<_>, _>>()?;
    Ok(alike)
}

/// Reads the custom values of all `addresses` at once.
pub(crate) fn add_custom(
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
            address.custom = in_order(&fields, values);
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

/// The custom fields that a customer answered, each with its value, in the order of the form.
///
/// # Errors
/// [`db::Error`].
pub fn custom_values(
    connection: &Connection,
    customer_id: i64,
) -> Result<Vec<(Field, Value)>, db::Error> {
    let values = form_fields::values_of(connection, customer_id)?;
    let fields = form_fields::load(connection)?.customer;
    Ok(in_order(&fields, values))
}

fn in_order(fields: &[Field], mut values: Values) -> Vec<(Field, Value)> {
    let fields = fields.iter();
    fields
        .filter_map(|field| Some((field.clone(), values.remove(&field.id)?)))
        .collect()
}
