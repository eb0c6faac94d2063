//! What a shopper's browser calls: GraphQL Storefront and REST Storefront.

pub(crate) mod graphql;
pub(crate) mod rest;
