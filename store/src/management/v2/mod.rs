//! The V2 Customers API, by the names of customers.v2.yml, and geography: the same rows as V3's,
//! under the older names.

mod addresses;
mod customers;
mod geography;
mod groups;
mod paging;
mod response;
mod store;

use crate::domain::Store;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

/// Everything below `/v2`.
pub(crate) fn routes() -> OpenApiRouter<Store> {
    OpenApiRouter::new()
        .routes(routes!(
            customers::list,
            customers::create,
            customers::remove_all
        ))
        .routes(routes!(customers::count))
        .routes(routes!(
            customers::show,
            customers::update,
            customers::remove
        ))
        .routes(routes!(customers::validate))
        .routes(routes!(
            addresses::list,
            addresses::create,
            addresses::remove_all
        ))
        .routes(routes!(addresses::count))
        .routes(routes!(
            addresses::show,
            addresses::update,
            addresses::remove
        ))
        .routes(routes!(groups::list, groups::create))
        .routes(routes!(groups::count))
        .routes(routes!(groups::show, groups::update, groups::remove))
        .routes(routes!(geography::countries))
        .routes(routes!(geography::count_countries))
        .routes(routes!(geography::all_states))
        .routes(routes!(geography::count_all_states))
        .routes(routes!(geography::country))
        .routes(routes!(geography::states))
        .routes(routes!(geography::count_states))
        .routes(routes!(geography::state))
        .routes(routes!(store::time))
        .routes(routes!(store::show))
        .routes(routes!(store::list_hooks))
}
