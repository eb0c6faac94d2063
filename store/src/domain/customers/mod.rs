//! Customers: shoppers with an account.

mod changes;
mod credentials;
pub(crate) mod records;

pub(crate) use changes::SaveError;
pub(crate) use changes::{Change, MerchantChange, NewCustomer, insert, update};
pub(crate) use credentials::{
    Credentials, credentials, may_sign_in, rehash, set_must_reset, set_password,
};

use crate::domain::form_fields;
use crate::infra::text::composed;
use crate::infra::{clock, db};
use rusqlite::{Connection, OptionalExtension, Row};
use storefront_rules::{BuiltIn, Field, Secret, Value, Values, text};

/// Which of the address form's fields are the customer's own too.
pub(crate) const OWN_FIELDS: &[BuiltIn] = &[
    BuiltIn::FirstName,
    BuiltIn::LastName,
    BuiltIn::CompanyName,
    BuiltIn::Phone,
];

/// The id of this store's only channel.
pub(crate) const CHANNEL_ID: i64 = 1;

/// A shopper with an account.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Customer {
    /// Id of the customer.
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
    /// The customer group's id and name.
    pub group: Option<(i64, String)>,
    /// Whether they must choose a new password before they sign in.
    pub must_reset: bool,
    /// Tax exemption code, or empty.
    pub tax_exempt_category: String,
    /// What the store owes them, in ten-thousandths of its currency.
    pub store_credit: i64,
}

/// What two spellings of one email address have in common: letter case, how letters are composed, what
/// cannot be seen around it, and the domain in ASCII (`xn--…`), as browsers send it, or not.
pub(crate) fn email_key(email: &str) -> String {
    let lower = text::trim(email).to_lowercase();
    let key = composed(&lower);
    match key.rsplit_once('@') {
        Some((local, domain)) => {
            let (unicode, read) = idna::domain_to_unicode(domain);
            // What is no domain is not made into another that is none either.
            let domain = read.map_or(domain, |()| &unicode);
            format!("{local}@{domain}")
        }
        None => key.into_owned(),
    }
}

/// Brings the keys in `table` up to date: earlier versions of this program knew fewer spellings. Where two
/// rows would have one key, the second keeps its own.
pub(crate) fn update_keys(connection: &Connection, table: &str) -> Result<(), db::Error> {
    let mut outdated = connection.prepare(&format!(
        "SELECT id, email, email_key FROM {table}
         WHERE email_key GLOB '*xn--*' OR email_key GLOB '*[^' || char(1) || '-~]*'"
    ))?;
    let rows = outdated.query_map([], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))?;
    let rows: Vec<(i64, String, String)> = rows.collect::<Result<_, _>>()?;
    let sql = format!("UPDATE OR IGNORE {table} SET email_key = ?2 WHERE id = ?1");
    for (id, email, key) in rows {
        let current = email_key(&email);
        if current != key && connection.execute(&sql, (id, current))? == 0 {
            tracing::warn!(
                table,
                id,
                "another row has the same email address, spelt otherwise"
            );
        }
    }
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
        g.id, g.name, c.force_password_reset, c.tax_exempt_category, c.store_credit
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
        tax_exempt_category: row.get(9)?,
        store_credit: row.get(10)?,
    })
}

/// The customer with this id.
///
/// # Errors
/// [`db::Error`].
pub(crate) fn find(connection: &Connection, id: i64) -> Result<Option<Customer>, db::Error> {
    Ok(connection
        .query_row(&format!("{CUSTOMER} WHERE c.id = ?1"), [id], customer)
        .optional()?)
}

/// The customer who signs in with this email address, in any letter case.
pub(crate) fn find_by_email(
    connection: &Connection,
    email: &str,
) -> Result<Option<Customer>, db::Error> {
    let sql = format!("{CUSTOMER} WHERE c.email_key = ?1");
    Ok(connection
        .query_row(&sql, [email_key(email)], customer)
        .optional()?)
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

/// The custom fields that a customer answered, each with its value, in the order of the form.
///
/// # Errors
/// [`db::Error`].
pub(crate) fn custom_values(
    connection: &Connection,
    customer_id: i64,
) -> Result<Vec<(Field, Value)>, db::Error> {
    let values = form_fields::values_of(connection, customer_id)?;
    let fields = form_fields::load(connection)?.customer;
    Ok(form_fields::in_order(&fields, values))
}
