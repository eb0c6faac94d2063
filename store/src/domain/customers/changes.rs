//! Adding and changing customers.

use super::email_key;
use crate::domain::groups;
use crate::infra::{clock, db};
use rusqlite::{Connection, ErrorCode, ToSql};

/// What an account is opened with; validated already. Back offices know more of it than shoppers.
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

/// What of a customer is to be other than it was; validated already. `None` leaves it.
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

/// Why a customer was not saved.
#[derive(Debug, thiserror::Error)]
pub(crate) enum SaveError {
    /// Another account has this email address.
    #[error("the email address is in use")]
    EmailTaken,
    /// The database failed.
    #[error(transparent)]
    Db(#[from] db::Error),
}

/// Saves a new customer and returns their id.
pub(crate) fn insert(
    connection: &Connection,
    customer: &NewCustomer<'_>,
) -> Result<i64, SaveError> {
    let merchant = &customer.merchant;
    let group_id = match customer.group_id {
        Some(id) => Some(id),
        None => groups::of_new_customers(connection)?,
    };
    let mut statement = connection
        .prepare_cached(
            "INSERT INTO customers
                 (email, email_key, first_name, last_name, company, phone, password_hash,
                  created_at, modified_at, group_id, notes, tax_exempt_category, registration_ip,
                  accepts_marketing, store_credit, origin_channel_id, channel_ids,
                  force_password_reset)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?8,
                  nullif(?9, 0),
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
        &group_id,
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
pub(crate) fn update(connection: &Connection, id: i64, change: &Change) -> Result<(), SaveError> {
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

/// The email's is the only constraint that valid data can break.
fn refusal(error: rusqlite::Error) -> SaveError {
    if error.sqlite_error_code() == Some(ErrorCode::ConstraintViolation) {
        SaveError::EmailTaken
    } else {
        db::Error::from(error).into()
    }
}
