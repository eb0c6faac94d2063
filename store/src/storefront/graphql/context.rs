//! Who asks, and what is asked.

use crate::domain::Store;
use async_graphql::{Context, Result};

/// What a shopper who is signed in is known by.
#[derive(Clone)]
pub(super) enum Carrier {
    /// The session cookie of a browser, if it sent one.
    Cookie(Option<String>),
    /// The customer access token of a server, if it sent one.
    AccessToken(Option<String>),
}

/// Who asks, and from where.
pub(super) struct RequestContext {
    pub(super) carrier: Carrier,
    /// The customer who is signed in.
    pub(super) customer_id: Option<i64>,
    /// The address of the network that the request came from.
    pub(super) peer: std::net::IpAddr,
}

/// The store that is asked.
pub(super) fn store<'a>(ctx: &Context<'a>) -> Result<&'a Store> {
    ctx.data::<Store>()
}
