//! The widget's GraphQL documents, held against the store's schema when this file is compiled:
//! a name, an argument or a type that the schema does not have stops the build.
#![cfg(not(target_arch = "wasm32"))]
#![allow(missing_docs, unreachable_pub, reason = "generated code")]

use graphql_client::GraphQLQuery;

/// The platform's `DateTime` scalar.
type DateTime = String;

/// The platform's `Long` scalar.
type Long = i64;

#[derive(GraphQLQuery)]
#[graphql(
    schema_path = "schema.graphql",
    query_path = "src/api/add_customer_address.graphql"
)]
pub struct AddCustomerAddress;

#[derive(GraphQLQuery)]
#[graphql(
    schema_path = "schema.graphql",
    query_path = "src/api/attribute.graphql"
)]
pub struct Attribute;

#[derive(GraphQLQuery)]
#[graphql(
    schema_path = "schema.graphql",
    query_path = "src/api/change_password.graphql"
)]
pub struct ChangePassword;

#[derive(GraphQLQuery)]
#[graphql(
    schema_path = "schema.graphql",
    query_path = "src/api/delete_customer_address.graphql"
)]
pub struct DeleteCustomerAddress;

#[derive(GraphQLQuery)]
#[graphql(schema_path = "schema.graphql", query_path = "src/api/form.graphql")]
pub struct Form;

#[derive(GraphQLQuery)]
#[graphql(schema_path = "schema.graphql", query_path = "src/api/login.graphql")]
pub struct Login;

#[derive(GraphQLQuery)]
#[graphql(schema_path = "schema.graphql", query_path = "src/api/logout.graphql")]
pub struct Logout;

#[derive(GraphQLQuery)]
#[graphql(
    schema_path = "schema.graphql",
    query_path = "src/api/newsletter.graphql"
)]
pub struct Newsletter;

#[derive(GraphQLQuery)]
#[graphql(schema_path = "schema.graphql", query_path = "src/api/privacy.graphql")]
pub struct Privacy;

#[derive(GraphQLQuery)]
#[graphql(
    schema_path = "schema.graphql",
    query_path = "src/api/unsubscribe.graphql"
)]
pub struct Unsubscribe;

#[derive(GraphQLQuery)]
#[graphql(
    schema_path = "schema.graphql",
    query_path = "src/api/register_customer.graphql"
)]
pub struct RegisterCustomer;

#[derive(GraphQLQuery)]
#[graphql(
    schema_path = "schema.graphql",
    query_path = "src/api/request_reset_password.graphql"
)]
pub struct RequestResetPassword;

#[derive(GraphQLQuery)]
#[graphql(
    schema_path = "schema.graphql",
    query_path = "src/api/reset_password.graphql"
)]
pub struct ResetPassword;

#[derive(GraphQLQuery)]
#[graphql(schema_path = "schema.graphql", query_path = "src/api/session.graphql")]
pub struct Session;

#[derive(GraphQLQuery)]
#[graphql(schema_path = "schema.graphql", query_path = "src/api/states.graphql")]
pub struct States;

#[derive(GraphQLQuery)]
#[graphql(
    schema_path = "schema.graphql",
    query_path = "src/api/subscribe.graphql"
)]
pub struct Subscribe;

#[derive(GraphQLQuery)]
#[graphql(
    schema_path = "schema.graphql",
    query_path = "src/api/update_customer.graphql"
)]
pub struct UpdateCustomer;

#[derive(GraphQLQuery)]
#[graphql(
    schema_path = "schema.graphql",
    query_path = "src/api/update_customer_address.graphql"
)]
pub struct UpdateCustomerAddress;

#[test]
fn every_document_of_the_widget_is_checked_here() {
    let this = include_str!("documents.rs");
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/src/api");
    for entry in std::fs::read_dir(folder).expect("src/api") {
        let name = entry.expect("entry").file_name();
        let name = name.to_string_lossy();
        let is_checked = this.contains(&format!("src/api/{name}\""));
        assert!(is_checked || !name.ends_with(".graphql"), "{name} is not");
    }
}
