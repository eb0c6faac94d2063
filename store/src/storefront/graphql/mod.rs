//! The storefront GraphQL endpoint: the platform's own names, types and nullability, as far as a
//! shopper's account needs them. The official schema is the reference; `tests/store/schema.rs`
//! holds this one against it.

#![allow(
    clippy::unused_async,
    reason = "async-graphql takes asynchronous resolvers only"
)]

mod addresses;
mod cart;
mod context;
mod customer;
mod customer_mutations;
mod endpoint;
mod errors;
mod form_fields;
mod geography;
mod inputs;
mod limits;
mod newsletter;
mod passwords;
mod profile;
mod register;
mod response;
mod scalars;
mod schema;
mod selections;
mod session;
mod settings;

pub(crate) use endpoint::routes;
pub use schema::sdl;
pub(crate) use schema::{answer_to_guest, schema};
