//! The types of the GraphQL documents' variables and answers, which stay in `api`. The build script
//! (`build/`) makes them, and checks each document against the store's schema.
//!
//! A member of a union or an interface that came after this version is `Unknown` and no error.

#![allow(
    dead_code,
    missing_docs,
    unused_imports,
    reason = "made by graphql_client"
)]
#![allow(clippy::all, clippy::pedantic, reason = "made by graphql_client")]

/// The platform's `DateTime` scalar.
type DateTime = String;

/// The platform's `Long` scalar.
type Long = i64;

include!(concat!(env!("OUT_DIR"), "/documents.rs"));
