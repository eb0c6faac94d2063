//! What back offices see and change, as it is kept: the one set of operations behind V2 and V3. The
//! rows are those that shoppers see through GraphQL and the theme.

pub(crate) mod addresses;
pub(crate) mod attributes;
pub(crate) mod customers;
pub(crate) mod form_values;
pub(crate) mod groups;
pub(crate) mod hooks;
#[cfg(test)]
mod plan_tests;
pub(crate) mod select;
pub(crate) mod subscribers;
