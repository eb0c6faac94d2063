//! What changing and resetting a password have in common.

pub(crate) mod change_password;
pub(crate) mod reset_password;

use crate::domain::customers;
use crate::domain::form_fields::{self, Definitions};
use crate::domain::sessions::{self, email_token, lockout};
use crate::domain::validation::{Part, Validator};
use crate::infra::db;
use rusqlite::Connection;
use storefront_rules::{BuiltIn, Field, FieldInputs, FieldType, Values};

/// The field that asks for a password: the store's own, or one like it where the store's account
/// form has none.
pub(crate) fn field(definitions: &Definitions, which: BuiltIn) -> Field {
    let label = match which {
        BuiltIn::CurrentPassword => "Current password",
        BuiltIn::ConfirmPassword => "Confirm password",
        BuiltIn::Password
        | BuiltIn::EmailAddress
        | BuiltIn::FirstName
        | BuiltIn::LastName
        | BuiltIn::CompanyName
        | BuiltIn::Phone
        | BuiltIn::AddressLine1
        | BuiltIn::AddressLine2
        | BuiltIn::City
        | BuiltIn::Country
        | BuiltIn::State
        | BuiltIn::Zip
        | BuiltIn::ReceiveMarketingEmails => "Password",
    };
    let known = definitions.account(which).cloned();
    let kind = FieldType::Password { max_length: None };
    Field {
        required: true,
        ..known.unwrap_or_else(|| form_fields::built_in(which, label, true, kind))
    }
}

/// Validates the answers to the fields that were `asked`. Who types a password only once, as a script
/// does for a shopper, leaves the second time out.
pub(crate) fn validate(
    validator: &mut Validator<'_>,
    definitions: &Definitions,
    asked: &[BuiltIn],
    answers: &FieldInputs,
) -> Values {
    let fields: Vec<Field> = asked
        .iter()
        .filter(|which| **which != BuiltIn::ConfirmPassword || answers.contains_key(&which.id()))
        .map(|which| field(definitions, *which))
        .collect();
    validator.validate(Part::Account, &fields, answers)
}

/// Puts a new password in the place of a customer's, and ends what the old one, and links that were
/// mailed to them, have opened or could open.
pub(crate) fn replace(
    connection: &Connection,
    customer_id: i64,
    email: &str,
    hash: &str,
) -> Result<(), db::Error> {
    customers::set_password(connection, customer_id, hash)?;
    email_token::consume_all(connection, customer_id)?;
    lockout::forget(connection, email)?;
    sessions::end_of(connection, customer_id)
}
