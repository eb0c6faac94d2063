//! The widget's GraphQL documents, held against the store's schema when this file is compiled:
//! a name, an argument or a type that the schema does not have stops the build.
#![cfg(not(target_arch = "wasm32"))]
#![allow(
    missing_docs,
    unreachable_pub,
    reason = "generated code"
)]

use graphql_client::GraphQLQuery;

/// The platform's `DateTime` scalar.
type DateTime = String;

macro_rules! documents {
    ($($operation:ident in $path:literal,)*) => {
        $(
            #[derive(GraphQLQuery)]
            #[graphql(schema_path = "schema.graphql", query_path = $path)]
            pub struct $operation;
        )*

        #[test]
        fn every_document_of_the_widget_is_checked_here() {
            let checked: Vec<&str> = vec![$($path),*];
            let mut documents: Vec<String> = std::fs::read_dir("src/api")
                .expect("src/api")
                .map(|entry| entry.expect("entry").path().display().to_string())
                .filter(|path| path.ends_with(".graphql"))
                .collect();
            documents.sort();
            assert_eq!(documents, checked);
        }
    };
}

documents! {
    Login in "src/api/login.graphql",
    RegisterCustomer in "src/api/register_customer.graphql",
    SignUpForm in "src/api/sign_up_form.graphql",
    States in "src/api/states.graphql",
    Subscribe in "src/api/subscribe.graphql",
}
