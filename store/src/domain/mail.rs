//! Mail. It goes into an outbox, where a real store has a mail server.

use crate::domain::Store;
use crate::infra::{clock, db};
use rusqlite::Connection;
use std::time::Duration;

/// A message. Nothing that a shopper wrote is in it: anybody may sign up with the address of somebody else,
/// who would read it as the store's own words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Mail {
    pub(crate) recipient: String,
    pub(crate) subject: String,
    pub(crate) body: String,
}

/// Puts a message into the outbox.
pub(crate) fn send(connection: &Connection, mail: &Mail) -> Result<(), db::Error> {
    connection.execute(
        "INSERT INTO outbox (recipient, subject, body, created_at) VALUES (?1, ?2, ?3, ?4)",
        (&mail.recipient, &mail.subject, &mail.body, clock::now()),
    )?;
    Ok(())
}

/// How long after the answer a mail is seen to: by then the answer has left, and nothing that is
/// done for the mail can hold it up.
const HESITATION: Duration = Duration::from_millis(100);

/// Does in the background what sends a mail or does not: the answer to whoever asked for it must
/// not tell which, nor the time it takes.
pub(crate) fn later<F>(store: &Store, work: F)
where
    F: FnOnce(&Connection) -> Result<(), db::Error> + Send + 'static,
{
    let db = store.db.clone();
    tokio::spawn(async move {
        tokio::time::sleep(HESITATION).await;
        if let Err(error) = db.write(work).await {
            tracing::error!(%error, "a mail was not sent");
        }
    });
}

/// A number of seconds as a message says it.
pub(crate) fn minutes(seconds: u32) -> String {
    match seconds.div_ceil(60) {
        1 => "a minute".to_owned(),
        minutes => format!("{minutes} minutes"),
    }
}

/// The newest messages of the outbox, at most `limit`, newest first.
pub(crate) fn newest(connection: &Connection, limit: u32) -> Result<Vec<Mail>, db::Error> {
    let mut statement = connection
        .prepare_cached("SELECT recipient, subject, body FROM outbox ORDER BY id DESC LIMIT ?1")?;
    let mails = statement.query_map([limit], |row| {
        Ok(Mail {
            recipient: row.get(0)?,
            subject: row.get(1)?,
            body: row.get(2)?,
        })
    })?;
    Ok(mails.collect::<Result<_, _>>()?)
}

/// The link to `path` of the store at `origin`, with `pairs` added to the path's own query. The
/// origin is never what a request names as its host: that would send the token wherever its sender
/// wants.
pub(crate) fn link(origin: &str, path: &str, pairs: &[(&str, &str)]) -> String {
    let query = form_urlencoded::Serializer::new(String::new())
        .extend_pairs(pairs)
        .finish();
    let mark = if path.contains('?') { '&' } else { '?' };
    format!("{origin}{path}{mark}{query}")
}
