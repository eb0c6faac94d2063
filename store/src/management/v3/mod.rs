//! The V3 Customers API, by the names and limits of customers.v3.yml and subscribers.v3.yml, and
//! webhooks.

mod addresses;
mod attribute_values;
mod attributes;
mod consent;
mod credentials;
mod customers;
mod form_field_values;
mod hooks;
mod items;
mod response;
mod settings;
mod storefront_tokens;
mod subscribers;

use crate::domain::Store;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

/// Everything below `/v3`.
pub(crate) fn routes() -> OpenApiRouter<Store> {
    OpenApiRouter::new()
        .routes(routes!(
            customers::list,
            customers::create,
            customers::update,
            customers::remove
        ))
        .routes(routes!(
            addresses::list,
            addresses::create,
            addresses::update,
            addresses::remove
        ))
        .routes(routes!(
            attributes::list,
            attributes::create,
            attributes::update,
            attributes::remove
        ))
        .routes(routes!(
            attribute_values::list,
            attribute_values::upsert,
            attribute_values::remove
        ))
        .routes(routes!(form_field_values::list, form_field_values::upsert))
        .routes(routes!(consent::show, consent::decide))
        .routes(routes!(credentials::validate))
        .routes(routes!(settings::show, settings::change))
        .routes(routes!(settings::show_channel, settings::change_channel))
        .routes(routes!(
            subscribers::list,
            subscribers::create,
            subscribers::remove_matching
        ))
        .routes(routes!(
            subscribers::show,
            subscribers::update,
            subscribers::remove
        ))
        .routes(routes!(
            storefront_tokens::create_storefront,
            storefront_tokens::revoke
        ))
        .routes(routes!(storefront_tokens::create_private))
        .routes(routes!(storefront_tokens::create_impersonation))
        .routes(routes!(hooks::list, hooks::create))
        .routes(routes!(hooks::show, hooks::update, hooks::remove))
}
