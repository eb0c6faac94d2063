//! What is yet to be told, and what became of telling it.

use super::message::Event;
use crate::domain::hooks::{self, Hook};
use crate::domain::mail;
use crate::domain::settings::Settings;
use crate::infra::{clock, db};
use rusqlite::Connection;

/// The webhooks that there is something due for.
pub(super) fn expectant(connection: &Connection) -> Result<Vec<i64>, db::Error> {
    let mut statement = connection.prepare_cached(
        "SELECT id FROM hooks WHERE is_active AND EXISTS (
             SELECT 1 FROM hook_outbox WHERE hook_id = hooks.id AND next_at <= ?1)",
    )?;
    let ids = statement.query_map([clock::now()], |row| row.get(0))?;
    Ok(ids.collect::<Result<_, _>>()?)
}

/// The oldest event of each subject that a webhook is to hear of, where it is due: the next waits
/// for it. Walked in the order of the index, so that it takes no longer the more there is.
pub(super) fn due(
    connection: &Connection,
    hook_id: i64,
    limit: u32,
) -> Result<Vec<Event>, db::Error> {
    let mut statement = connection.prepare_cached(
        "SELECT id, scope, data, created_at, attempts
         FROM hook_outbox o INDEXED BY hook_outbox_due
         WHERE hook_id = ?1 AND next_at <= ?2 AND NOT EXISTS (
             SELECT 1 FROM hook_outbox earlier
             WHERE earlier.hook_id = o.hook_id AND earlier.subject = o.subject
                 AND earlier.id < o.id)
         ORDER BY next_at, id LIMIT ?3",
    )?;
    let due = statement.query_map((hook_id, clock::now(), limit), |row| {
        Ok(Event {
            id: row.get(0)?,
            scope: row.get(1)?,
            data: row.get(2)?,
            created_at: row.get(3)?,
            attempts: row.get(4)?,
        })
    })?;
    Ok(due.collect::<Result<_, _>>()?)
}

/// Notes what became of a delivery. A webhook whose retries have run out is switched off, and the
/// merchant is told.
pub(super) fn note(
    connection: &Connection,
    settings: &Settings,
    event: &Event,
    hook: &Hook,
    was_told: bool,
) -> Result<(), db::Error> {
    if was_told {
        let sql = "DELETE FROM hook_outbox WHERE id = ?1";
        connection.prepare_cached(sql)?.execute([event.id])?;
        return Ok(());
    }
    let retries = &settings.api.webhook_retries;
    let attempts = usize::try_from(event.attempts).ok();
    match attempts.and_then(|attempts| retries.get(attempts)) {
        Some(seconds) => {
            let sql = "UPDATE hook_outbox SET attempts = attempts + 1, next_at = ?2 WHERE id = ?1";
            let next_at = clock::now() + i64::from(*seconds);
            connection
                .prepare_cached(sql)?
                .execute((event.id, next_at))?;
            Ok(())
        }
        None => switch_off(connection, settings, hook),
    }
}

fn switch_off(connection: &Connection, settings: &Settings, hook: &Hook) -> Result<(), db::Error> {
    let change = hooks::Change {
        is_active: Some(false),
        ..hooks::Change::default()
    };
    if hooks::find_active(connection, hook.id)?.is_none() {
        return Ok(());
    }
    hooks::update(connection, hook.id, &change)?;
    connection.execute("DELETE FROM hook_outbox WHERE hook_id = ?1", [hook.id])?;
    tracing::warn!(
        hook = hook.id,
        "a webhook was switched off: no delivery succeeded"
    );
    mail::send(
        connection,
        &mail::Mail {
            recipient: settings.contact_email.clone(),
            subject: format!("Webhook {} was switched off", hook.id),
            body: format!(
                "{} did not answer with success, however often it was tried, so the webhook for {} \
                 was switched off and what it had not heard is gone. Set 'is_active' to switch it on \
                 again.",
                hook.destination, hook.scope
            ),
        },
    )
}
