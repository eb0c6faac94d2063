//! Subscribers: email addresses that agreed to be written to. They need no account.

mod records;
mod subscriptions;

#[cfg(test)]
pub(crate) use records::sql;
pub(crate) use records::{Draft, Filter, Record, delete, find, insert, list, update, with_email};
pub(crate) use subscriptions::{Change, move_to, subscribe, subscription, unsubscribe, upsert};
pub(crate) use subscriptions::{SubscribeError, Subscription, UnsubscribeError};
