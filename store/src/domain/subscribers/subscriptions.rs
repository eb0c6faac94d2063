//! Subscribers: email addresses that agreed to be written to. They need no account.

use crate::domain::customers::email_key;
use crate::infra::{clock, db};
use rusqlite::{Connection, OptionalExtension};
use storefront_rules::email::is_email;
use storefront_rules::text;

/// Longest first or last name, in characters (subscriptions.sf.yml).
const NAME_LENGTH: usize = 255;

/// What an email address agreed to.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Subscription {
    /// Id of the subscriber.
    pub id: i64,
    /// The address.
    pub email: String,
    /// First name, or empty.
    pub first_name: String,
    /// Last name, or empty.
    pub last_name: String,
    /// Whether the newsletter may be sent.
    pub marketing_newsletter: bool,
    /// Whether reminders of a left cart may be sent.
    pub abandoned_cart: bool,
}

/// What is to be saved of a subscriber; `None` leaves a consent as it is.
#[derive(Clone, Debug, Default)]
pub(crate) struct Change {
    pub(crate) email: String,
    pub(crate) first_name: Option<String>,
    pub(crate) last_name: Option<String>,
    pub(crate) marketing_newsletter: Option<bool>,
    pub(crate) abandoned_cart: Option<bool>,
}

/// The subscriber with this email address, in any letter case.
///
/// # Errors
/// [`db::Error`].
pub(crate) fn subscription(
    connection: &Connection,
    email: &str,
) -> Result<Option<Subscription>, db::Error> {
    Ok(connection
        .query_row(
            "SELECT id, email, first_name, last_name, marketing_newsletter, abandoned_cart
             FROM subscribers WHERE email_key = ?1",
            [email_key(email)],
            |row| {
                Ok(Subscription {
                    id: row.get(0)?,
                    email: row.get(1)?,
                    first_name: row.get(2)?,
                    last_name: row.get(3)?,
                    marketing_newsletter: row.get(4)?,
                    abandoned_cart: row.get(5)?,
                })
            },
        )
        .optional()?)
}

/// Adds the subscriber or changes the one with this email address.
pub(crate) fn upsert(connection: &Connection, change: &Change) -> Result<(), db::Error> {
    connection.execute(
        "INSERT INTO subscribers (email, email_key, first_name, last_name, source,
                                  marketing_newsletter, abandoned_cart, created_at, modified_at)
         VALUES (?1, ?2, coalesce(?3, ''), coalesce(?4, ''), 'storefront',
                 coalesce(?5, 0), coalesce(?6, 0), ?7, ?7)
         ON CONFLICT (email_key) DO UPDATE SET
             first_name = coalesce(?3, first_name),
             last_name = coalesce(?4, last_name),
             marketing_newsletter = coalesce(?5, marketing_newsletter),
             abandoned_cart = coalesce(?6, abandoned_cart),
             modified_at = ?7",
        (
            text::trim(&change.email),
            email_key(&change.email),
            &change.first_name,
            &change.last_name,
            change.marketing_newsletter,
            change.abandoned_cart,
            clock::now(),
        ),
    )?;
    Ok(())
}

/// Has the subscription of an address go on at another. What the other agreed to by itself counts, where it
/// did.
pub(crate) fn move_to(connection: &Connection, old: &str, new: &str) -> Result<(), db::Error> {
    let (old, key) = (email_key(old), email_key(new));
    if subscription(connection, new)?.is_some() {
        connection.execute("DELETE FROM subscribers WHERE email_key = ?1", [old])?;
        return Ok(());
    }
    connection.execute(
        "UPDATE subscribers SET email = ?2, email_key = ?3, modified_at = ?4 WHERE email_key = ?1",
        (old, new, key, clock::now()),
    )?;
    Ok(())
}

/// Why nobody was subscribed.
#[derive(Debug, thiserror::Error)]
pub(crate) enum SubscribeError {
    /// This is no email address.
    #[error("Enter an email address, such as name@example.com.")]
    NotAnEmail,
    /// The first name is too long or has characters that are not taken.
    #[error("Shorten the first name to {NAME_LENGTH} characters and leave out < and >.")]
    FirstName,
    /// The last name is too long or has characters that are not taken.
    #[error("Shorten the last name to {NAME_LENGTH} characters and leave out < and >.")]
    LastName,
    /// The newsletter is sent there already.
    #[error("This email address is subscribed already.")]
    AlreadySubscribed,
    /// The database failed.
    #[error(transparent)]
    Db(#[from] db::Error),
}

/// Has the newsletter sent to an email address.
pub(crate) fn subscribe(
    connection: &Connection,
    email: &str,
    first_name: Option<&str>,
    last_name: Option<&str>,
) -> Result<(), SubscribeError> {
    let is_name = |name: Option<&str>| {
        name.is_none_or(|name| {
            name.chars().count() <= NAME_LENGTH
                && !name.contains(['<', '>'])
                && !name.chars().any(char::is_control)
        })
    };
    if !is_email(text::trim(email)) {
        return Err(SubscribeError::NotAnEmail);
    }
    if !is_name(first_name) {
        return Err(SubscribeError::FirstName);
    }
    if !is_name(last_name) {
        return Err(SubscribeError::LastName);
    }
    if subscription(connection, email)?.is_some_and(|subscriber| subscriber.marketing_newsletter) {
        return Err(SubscribeError::AlreadySubscribed);
    }
    let trimmed = |name: Option<&str>| name.map(|name| name.trim().to_owned());
    upsert(
        connection,
        &Change {
            email: email.to_owned(),
            first_name: trimmed(first_name),
            last_name: trimmed(last_name),
            marketing_newsletter: Some(true),
            abandoned_cart: None,
        },
    )?;
    Ok(())
}

/// Why nobody was taken off the newsletter.
#[derive(Debug, thiserror::Error)]
pub(crate) enum UnsubscribeError {
    /// This is no email address.
    #[error("Enter an email address, such as name@example.com.")]
    NotAnEmail,
    /// The database failed.
    #[error(transparent)]
    Db(#[from] db::Error),
}

/// Has the newsletter no longer sent to an email address. What else it agreed to stays, and an
/// address that is not known is treated as one that is.
pub(crate) fn unsubscribe(connection: &Connection, email: &str) -> Result<(), UnsubscribeError> {
    if !is_email(text::trim(email)) {
        return Err(UnsubscribeError::NotAnEmail);
    }
    if subscription(connection, email)?.is_some() {
        upsert(
            connection,
            &Change {
                email: email.to_owned(),
                marketing_newsletter: Some(false),
                ..Change::default()
            },
        )?;
    }
    Ok(())
}
