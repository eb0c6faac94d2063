//! The rule for duplicates: an address that a customer has is not added once more.

use super::book::{ADDRESS, Address, add_custom_values, address, row};
use crate::infra::db;
use rusqlite::{Connection, OptionalExtension, params_from_iter};
use storefront_rules::Values;

/// The oldest address of a customer, but for the one numbered `except`, that is the same as `values`
/// would make: in every built-in field and in its type. Custom values do not tell addresses apart:
/// so the specification of V3 has it, and the rows are the same whoever adds to them.
pub(crate) fn find_same_address(
    connection: &Connection,
    customer_id: i64,
    values: &Values,
    is_commercial: bool,
    except: Option<i64>,
) -> Result<Option<Address>, db::Error> {
    let mut statement = connection.prepare_cached(&format!(
        "{ADDRESS} WHERE customer_id = ?1 AND id IS NOT ?2
             AND first_name = ?3 AND last_name = ?4 AND company = ?5 AND phone = ?6
             AND address1 = ?7 AND address2 = ?8 AND city = ?9 AND country_code = ?10
             AND state_or_province = ?11 AND postal_code = ?12 AND address_type = ?13
         ORDER BY id LIMIT 1"
    ))?;
    let whose = [customer_id.into(), except.into()];
    let found = statement.query_row(
        params_from_iter(whose.into_iter().chain(row(values, is_commercial))),
        address,
    );
    let mut found = Vec::from_iter(found.optional()?);
    add_custom_values(connection, &mut found)?;
    Ok(found.pop())
}
