//! Delivering what the outbox holds: at least once, in order for each customer, signed, with retries.
//!
//! What is to be told is put into the outbox by triggers (migrations/5-webhooks.sql), in the
//! transaction that it is about. A row leaves when its destination has answered with success.

mod message;

use crate::records::hooks::{self, Hook};
use crate::settings::Settings;
use crate::{Store, clock, db, mail, settings};
use message::Event;
use reqwest::Client;
use rusqlite::Connection;
use std::sync::Arc;
use std::time::Duration;
use storefront_rules::Secret;

/// How often the outbox is looked at.
const PAUSE: Duration = Duration::from_millis(250);

/// How long a destination may take to answer.
const PATIENCE: Duration = Duration::from_secs(10);

/// Most deliveries on their way at a time.
const AT_A_TIME: u32 = 64;

/// Delivers for as long as the program runs.
pub(crate) fn deliver(store: Store) {
    tokio::spawn(async move {
        // A redirect is no success: what is signed goes where it was told to go, or nowhere.
        let client = Client::builder()
            .timeout(PATIENCE)
            .redirect(reqwest::redirect::Policy::none())
            .build();
        let client = match client {
            Ok(client) => client,
            Err(error) => {
                tracing::error!(%error, "no webhook is delivered");
                return;
            }
        };
        loop {
            match round(&store, &client).await {
                Ok(0) => tokio::time::sleep(PAUSE).await,
                Ok(_) => {}
                Err(error) => {
                    tracing::error!(%error, "the outbox of webhooks could not be read");
                    tokio::time::sleep(PATIENCE).await;
                }
            }
        }
    });
}

/// Delivers what is due, and returns how much that was.
async fn round(store: &Store, client: &Client) -> Result<usize, db::Error> {
    let (due, settings) = store
        .db
        .read(|connection| Ok::<_, db::Error>((due(connection)?, settings::load(connection)?)))
        .await?;
    let count = due.len();
    if count == 0 {
        return Ok(0);
    }
    let settings = Arc::new(settings);
    let mut deliveries = tokio::task::JoinSet::new();
    for (event, hook) in due {
        let (client, settings) = (client.clone(), Arc::clone(&settings));
        deliveries.spawn(async move {
            let told = tell(&client, &settings, &event, &hook).await;
            (event, hook, told)
        });
    }
    let mut delivered = Vec::new();
    while let Some(delivery) = deliveries.join_next().await {
        delivered.push(delivery?);
    }
    // One transaction for all of them: if it is not to be, they are told once more.
    store
        .db
        .write(move |connection| {
            let mut delivered = delivered.iter();
            delivered
                .try_for_each(|(event, hook, told)| note(connection, &settings, event, hook, *told))
        })
        .await?;
    Ok(count)
}

/// The oldest event of each subject and webhook, where it is due: the next waits for it. Walked in
/// the order of the index, so that it takes no longer the more there is.
fn due(connection: &Connection) -> Result<Vec<(Event, Hook)>, db::Error> {
    let mut statement = connection.prepare_cached(
        "SELECT h.id, h.client_id, h.scope, h.destination, h.headers, h.is_active, h.created_at,
             h.modified_at, o.id, o.scope, o.data, o.created_at, o.attempts
         FROM hook_outbox o INDEXED BY hook_outbox_by_time
             CROSS JOIN hooks h ON h.id = o.hook_id
         WHERE o.next_at <= ?1 AND h.is_active AND NOT EXISTS (
             SELECT 1 FROM hook_outbox earlier
             WHERE earlier.hook_id = o.hook_id AND earlier.subject = o.subject
                 AND earlier.id < o.id)
         ORDER BY o.next_at, o.id LIMIT ?2",
    )?;
    let due = statement.query_map((clock::now(), AT_A_TIME), |row| {
        let event = Event {
            id: row.get(8)?,
            scope: row.get(9)?,
            data: row.get(10)?,
            created_at: row.get(11)?,
            attempts: row.get(12)?,
        };
        Ok((event, hooks::hook(row)?))
    })?;
    Ok(due.collect::<Result<_, _>>()?)
}

/// Whether a destination has taken an event.
async fn tell(client: &Client, settings: &Settings, event: &Event, hook: &Hook) -> bool {
    let account = settings.api.accounts.iter();
    let mut account = account.filter(|account| account.client_id == hook.client_id);
    // Without its account, nobody could tell that the message is from here.
    let secret: Option<&Secret> = account.next().map(|account| &account.client_secret);
    let (Some(secret), Some(body)) = (secret, event.body(&settings.store_hash)) else {
        return false;
    };
    let mut request = client.post(&hook.destination);
    for (name, value) in &hook.headers {
        request = request.header(name, value);
    }
    for (name, value) in event.signature(&body, secret, clock::now()) {
        request = request.header(name, value);
    }
    let answer = request
        .header("content-type", "application/json")
        .body(body)
        .send()
        .await;
    answer.is_ok_and(|answer| answer.status().is_success())
}

/// Notes what became of a delivery. A webhook whose retries have run out is switched off, and the
/// merchant is told.
fn note(
    connection: &Connection,
    settings: &Settings,
    event: &Event,
    hook: &Hook,
    told: bool,
) -> Result<(), db::Error> {
    if told {
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
    let known = hooks::find(connection, &hook.client_id, hook.id)?;
    if !known.is_some_and(|known| known.is_active) {
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
