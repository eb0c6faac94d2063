//! The REST Storefront endpoints: what a script in the store's own pages may call without a token.

mod body;
mod captcha;
mod consent;
mod current_customer;
mod customer_address;
mod customers;
mod form_fields;
mod passwordless;
mod subscriptions;

use crate::domain::Store;
use axum::Router;
use axum::routing::{get, post};

pub(crate) use passwordless::passwordless_login;

pub(crate) fn routes() -> Router<Store> {
    Router::new()
        .route("/api/storefront/form-fields", get(form_fields::list))
        .route("/api/storefront/customers", post(customers::create))
        // What the platform's own checkout calls.
        .route("/api/storefront/customer", post(customers::create))
        .route(
            "/api/storefront/customer-address",
            post(customer_address::create),
        )
        .route("/api/storefront/subscriptions", post(subscriptions::upsert))
        .route("/api/storefront/consent", post(consent::decide))
        .route("/customer/current.jwt", get(current_customer::show))
        .route("/_captcha/api.js", get(captcha::script))
        .route("/_captcha/token", post(captcha::issue_token))
}
