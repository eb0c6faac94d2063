//! Delivering what the outbox holds: at least once, in order for each customer, signed, with retries.
//!
//! What is to be told is put into the outbox by triggers (migrations/5-webhooks.sql), in the
//! transaction that it is about. A row leaves when its destination has answered with success.
//!
//! Each webhook has a task of its own for as long as something is due, and so many deliveries on
//! their way: a destination that is slow or silent holds up nobody else. Deliveries that end
//! together are noted together, because a transaction each would be a wait for the disk each; a kill
//! before they are noted has them told once more, which is what "at least once" allows.

mod message;
mod outbox;

use crate::domain::Store;
use crate::domain::hooks::{self, Hook};
use crate::domain::settings::{self, Settings};
use crate::infra::{clock, db};
use message::Event;
use reqwest::Client;
use std::collections::{HashMap, HashSet};
use std::sync::Arc;
use std::time::Duration;
use storefront_rules::Secret;
use tokio::task::JoinSet;
use tokio::time::{sleep, timeout};

/// How often the outbox is looked at.
const PAUSE: Duration = Duration::from_millis(250);

/// How long a destination may take to answer.
const REQUEST_TIMEOUT: Duration = Duration::from_secs(10);

/// Most deliveries of a webhook on their way at a time.
const AT_A_TIME: u32 = 16;

/// Delivers for as long as the program runs.
pub(crate) fn deliver(store: Store) {
    tokio::spawn(async move {
        // A redirect is no success: what is signed goes where it was told to go, or nowhere.
        let client = Client::builder()
            .timeout(REQUEST_TIMEOUT)
            .redirect(reqwest::redirect::Policy::none())
            .build();
        let client = match client {
            Ok(client) => client,
            Err(error) => {
                tracing::error!(%error, "no webhook is delivered");
                return;
            }
        };
        let mut served = HashMap::new();
        loop {
            match store.db.read(outbox::expectant).await {
                Ok(expectant) => {
                    served.retain(|_, task: &mut tokio::task::JoinHandle<()>| !task.is_finished());
                    for hook_id in expectant {
                        served.entry(hook_id).or_insert_with(|| {
                            tokio::spawn(serve(store.clone(), client.clone(), hook_id))
                        });
                    }
                    sleep(PAUSE).await;
                }
                Err(error) => {
                    tracing::error!(%error, "the outbox of webhooks could not be read");
                    sleep(REQUEST_TIMEOUT).await;
                }
            }
        }
    });
}

/// Serves one webhook until nothing is due.
async fn serve(store: Store, client: Client, hook_id: i64) {
    if let Err(error) = empty(&store, &client, hook_id).await {
        tracing::error!(%error, hook = hook_id, "a webhook could not be served");
        // Before anybody begins again.
        sleep(REQUEST_TIMEOUT).await;
    }
}

/// Tells a webhook what is due, until nothing is.
async fn empty(store: &Store, client: &Client, hook_id: i64) -> Result<(), db::Error> {
    let mut deliveries = JoinSet::new();
    let mut under_way = HashSet::new();
    loop {
        let read = move |connection: &rusqlite::Connection| {
            // Those under way are still due: so many rows are enough to fill the places left.
            let due = outbox::due(connection, hook_id, AT_A_TIME)?;
            let hook = hooks::find_active(connection, hook_id)?;
            Ok::<_, db::Error>((due, hook, settings::load(connection)?))
        };
        if let (due, Some(hook), settings) = store.db.read(read).await? {
            let about = Arc::new((hook, settings));
            for event in due {
                if under_way.len() >= AT_A_TIME as usize {
                    break;
                }
                if under_way.insert(event.id) {
                    let (client, about) = (client.clone(), Arc::clone(&about));
                    deliveries.spawn(async move {
                        let was_told = tell(&client, &about.1, &event, &about.0).await;
                        (event, about, was_told)
                    });
                }
            }
        }
        let mut ended = match timeout(PAUSE, deliveries.join_next()).await {
            // Something may have become due that another delivery need not hold up.
            Err(_) => continue,
            Ok(None) => return Ok(()),
            Ok(Some(ended)) => vec![ended?],
        };
        while let Some(delivery) = deliveries.try_join_next() {
            ended.push(delivery?);
        }
        for (event, ..) in &ended {
            under_way.remove(&event.id);
        }
        let note = move |connection: &rusqlite::Connection| {
            ended.iter().try_for_each(|(event, about, was_told)| {
                let (hook, settings) = about.as_ref();
                outbox::note(connection, settings, event, hook, *was_told)
            })
        };
        store.db.write(note).await?;
    }
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
    let Some(signature) = event.signature(&body, secret, clock::now()) else {
        return false;
    };
    for (name, value) in signature {
        request = request.header(name, value);
    }
    let answer = request
        .header("content-type", "application/json")
        .body(body)
        .send()
        .await;
    answer.is_ok_and(|answer| answer.status().is_success())
}
