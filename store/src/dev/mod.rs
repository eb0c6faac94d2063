//! What helps to develop against a store: a demo shop, and customers in bulk for measurements.

mod bulk;
pub(crate) mod demo;

pub use bulk::add_customers;
pub use demo::{FillError, fill_address_book};
