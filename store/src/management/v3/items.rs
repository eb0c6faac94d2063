//! The items of a request: those of a batch, and those that `id:in` names.

use crate::domain::Store;
use crate::infra::db;
use crate::infra::problem::ProblemDetails;
use crate::management::problem::Checks;
use crate::management::query::Params;
use axum::http::StatusCode;
use rusqlite::Connection;

/// The ids of `id:in`, which must be there: under another name it would delete nothing and not say so.
pub(super) fn ids_to_delete(mut params: Params) -> Result<Vec<i64>, ProblemDetails> {
    let ids = params.ids("id:in");
    params.check()?;
    ids.ok_or_else(|| ProblemDetails::invalid("id:in", "is required"))
}

/// Deletes by `delete` each thing that `id:in` names: all of them, or none.
pub(super) async fn delete_each(
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

/// Does `each` item of a batch, by its path, and returns what was saved.
///
/// # Errors
/// 422 with what is wrong with any of them; the transaction around it then saves none.
pub(super) fn each_of<I, K>(
    items: impl IntoIterator<Item = I>,
    mut each: impl FnMut(I, &str, &mut Checks) -> Result<Option<K>, ProblemDetails>,
) -> Result<Vec<K>, ProblemDetails> {
    let (mut checks, mut saved) = (Checks::default(), Vec::new());
    for (index, item) in items.into_iter().enumerate() {
        // Of its own: what is wrong with one says nothing of the others.
        let mut own = Checks::default();
        saved.extend(each(item, &at(index), &mut own)?);
        checks.take(own);
    }
    checks.finish()?;
    Ok(saved)
}

/// The path of an item of a batch, with a dot at its end.
pub(super) fn at(index: usize) -> String {
    format!("{index}.")
}

/// Notes that something with this id is not there.
pub(super) fn refuse_unknown(checks: &mut Checks, at: &str, name: &str) {
    checks.refuse(format!("{at}{name}"), "There is no resource with this id.");
}
