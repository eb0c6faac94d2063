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
mod settings;
mod storefront_tokens;
mod subscribers;

use super::Routes;
use super::problem::{Checks, ProblemDetails};
use super::query::Params;
use crate::domain::Store;
use crate::infra::db;
use axum::Json;
use axum::http::StatusCode;
use rusqlite::Connection;
use utoipa_axum::routes;

pub(crate) use addresses::{AddressType, NAMES as ADDRESS_NAMES};

/// What V3 answers: JSON, or what is wrong.
type Answer<T> = Result<Json<T>, ProblemDetails>;

/// Everything below `/v3`.
pub(crate) fn routes() -> Routes {
    Routes::new()
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

/// The ids of `id:in`, which must be there: under another name it would delete nothing and not say so.
fn ids_to_delete(mut params: Params) -> Result<Vec<i64>, ProblemDetails> {
    let ids = params.integers("id:in");
    params.check()?;
    ids.ok_or_else(|| ProblemDetails::invalid("id:in", "is required"))
}

/// Deletes by `delete` each thing that `id:in` names: all of them, or none.
async fn delete_each(
    store: &Store,
    params: Params,
    delete: fn(&Connection, i64) -> Result<(), db::Error>,
) -> Result<StatusCode, ProblemDetails> {
    let ids = ids_to_delete(params)?;
    let delete =
        move |connection: &Connection| ids.iter().try_for_each(|id| delete(connection, *id));
    store
        .db
        .write(delete)
        .await
        .map_err(|error: db::Error| error)?;
    Ok(StatusCode::NO_CONTENT)
}

/// Does `each` item of a batch, by its path, and returns what was kept.
///
/// # Errors
/// 422 with what is wrong with any of them; the transaction around it then keeps none.
fn each_of<I, K>(
    items: impl IntoIterator<Item = I>,
    mut each: impl FnMut(I, &str, &mut Checks) -> Result<Option<K>, ProblemDetails>,
) -> Result<Vec<K>, ProblemDetails> {
    let (mut checks, mut kept) = (Checks::default(), Vec::new());
    for (index, item) in items.into_iter().enumerate() {
        // Of its own: what is wrong with one says nothing of the others.
        let mut own = Checks::default();
        kept.extend(each(item, &at(index), &mut own)?);
        checks.take(own);
    }
    checks.finish()?;
    Ok(kept)
}

/// The path of an item of a batch, with a dot at its end.
fn at(index: usize) -> String {
    format!("{index}.")
}

/// Notes that something with this id is not there.
fn refuse_unknown(checks: &mut Checks, at: &str, name: &str) {
    checks.refuse(format!("{at}{name}"), "There is no resource with this id.");
}
