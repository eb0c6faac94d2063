//! Looking what the store has of an address now. The platform has no way to say "only if nothing changed
//! meanwhile", nor to ask for a single address.

use super::address_row::Key;
use super::context::BookContext;
use super::rows::Rows;
use crate::api::{Api, ApiError, PageRequest};
use storefront_rules::Values;

/// How many addresses before its place are looked through for one: it may have moved there when others
/// were deleted.
const BEFORE: usize = 20;

/// What a look at the store brought.
pub(super) enum Found {
    /// The address as it is now.
    Now(Values),
    /// Nothing that tells: it is not where it was.
    Nothing,
    /// Nobody is signed in.
    SignedOut,
    /// Another customer is, whose book is another one.
    OtherCustomer,
}

/// Looks for an address around its place, or among the newest if it has none. For one that is to be added
/// this tells which address is the newest before it.
pub(super) async fn look_up(
    book: BookContext,
    rows: Rows,
    api: &Api,
    key: Key,
    epoch: u32,
) -> Result<Found, ApiError> {
    let (id, has_cursor, before) = rows.with_untracked(|rows| {
        let before = rows.iter().take(key).filter(|row| row.cursor.is_some());
        let before = before.rev().nth(BEFORE);
        let row = rows.get(key);
        (
            row.and_then(|row| row.id),
            row.is_some_and(|row| row.cursor.is_some()),
            before.and_then(|row| row.cursor.clone()),
        )
    });
    let page = if has_cursor {
        PageRequest::After(before.as_deref())
    } else {
        PageRequest::Newest
    };
    let page = api.addresses(page).await?;
    let Some(customer) = page.customer else {
        return Ok(Found::SignedOut);
    };
    if !book.is_owner(customer, epoch) {
        return Ok(Found::OtherCustomer);
    }
    let Some(id) = id else {
        rows.set(key, |row| {
            row.newest_before.get_or_insert(page.newest);
        });
        return Ok(Found::Nothing);
    };
    let found = page.addresses.into_iter().find(|address| address.id == id);
    Ok(found.map_or(Found::Nothing, |address| Found::Now(address.values)))
}
