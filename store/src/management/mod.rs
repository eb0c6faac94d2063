//! What the V2 and V3 Customers APIs share: who may use them and how often, what is wrong with a
//! request and how it is said, query strings, bodies, pages, times.

pub(crate) mod access;
pub(crate) mod addresses;
pub(crate) mod batch;
pub(crate) mod customers;
pub(crate) mod form_values;
mod openapi;
pub(crate) mod page;
pub(crate) mod path_id;
pub(crate) mod problem;
pub(crate) mod query;
pub(crate) mod rules;
mod v2;
mod v3;

use crate::domain::Store;
use axum::Router;
use axum::middleware::from_fn_with_state;

/// Both APIs below `/stores/{store_hash}`, and the document that describes them.
pub(crate) fn routes(store: &Store) -> Router<Store> {
    let (v2, v2_document) = v2::routes().split_for_parts();
    let (v3, v3_document) = v3::routes().split_for_parts();
    let document = openapi::document(v2_document, v3_document);
    let guarded = |routes: Router<Store>, api: problem::ApiVersion| {
        routes
            .fallback(move || async move { problem::no_route(api) })
            .method_not_allowed_fallback(move || async move { problem::no_method(api) })
            .layer(from_fn_with_state((store.clone(), api), access::check))
    };
    Router::new()
        .nest(
            "/stores/{store_hash}/v2",
            guarded(v2, problem::ApiVersion::V2),
        )
        .nest(
            "/stores/{store_hash}/v3",
            guarded(v3, problem::ApiVersion::V3),
        )
        .merge(openapi::routes(&document))
}
