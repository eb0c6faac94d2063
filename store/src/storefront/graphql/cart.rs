//! Carts, of which this store has none: the types are there for documents that ask for them.

use super::errors::{CartUnassignInaccessibleError, CartUnassignNotAllowedError};
use async_graphql::{ID, Interface, SimpleObject, Union};

/// Anything with an id of its own.
#[derive(Interface)]
#[graphql(field(name = "id", ty = "&ID", desc = "The id."))]
#[allow(dead_code, reason = "the schema needs the interface")]
pub(super) enum Node {
    /// A cart.
    Cart(Cart),
}

/// A cart.
#[derive(SimpleObject)]
pub(super) struct Cart {
    /// The id.
    id: ID,
    /// The cart's id in the platform's URLs.
    entity_id: String,
}

/// What became of a cart when its customer signed out.
#[derive(Default, SimpleObject)]
pub(super) struct CartUnassignResult {
    /// The cart that was unassigned: always null, because this store has no carts.
    cart: Option<Cart>,
    /// Why it was not unassigned.
    errors: Vec<CartUnassignError>,
}

/// Why a cart was not unassigned.
#[derive(Union)]
enum CartUnassignError {
    Inaccessible(CartUnassignInaccessibleError),
    NotAllowed(CartUnassignNotAllowedError),
}
