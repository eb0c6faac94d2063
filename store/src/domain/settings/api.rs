//! What the V2 and V3 Customers APIs are set to.

use serde::{Deserialize, Serialize};
use storefront_rules::Secret;

/// The V2 and V3 Customers APIs.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub(crate) struct Api {
    /// Who may use them. Read when the store opens.
    pub accounts: Vec<Account>,
    /// Most requests of an account within a window; 0 for any number. Read when the store opens.
    pub requests_per_window: u32,
    /// Length of the window, in milliseconds. Read when the store opens.
    pub window_ms: u32,
    /// Most attributes of the store. The public documents say 50, others have said 100.
    pub attributes: u32,
    /// Whether the store's plan has customer groups.
    pub customer_groups: bool,
    /// How often a minute one customer's password may be tried through the APIs; 0 for any number.
    pub password_checks_per_minute: u32,
    /// How long a webhook waits after each failed delivery, in seconds. After the last it is
    /// switched off.
    pub webhook_retries: Vec<u32>,
}

/// An API account.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Account {
    /// Public name.
    pub client_id: String,
    /// What its webhooks are signed with, at least 32 bytes.
    pub client_secret: Secret,
    /// What it sends as `X-Auth-Token`, at least 16 bytes.
    pub token: Secret,
    /// What it may do.
    pub scope: Scope,
}

/// What an API account may do.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Scope {
    /// Reading (`store_v2_customers_read_only`).
    ReadOnly,
    /// Reading and changing (`store_v2_customers`).
    Modify,
}

impl Default for Api {
    fn default() -> Self {
        Self {
            accounts: Vec::new(),
            requests_per_window: 450,
            window_ms: 30_000,
            attributes: 50,
            customer_groups: true,
            password_checks_per_minute: 30,
            webhook_retries: vec![
                60, 180, 180, 300, 600, 900, 1800, 3600, 7200, 21_600, 50_400, 86_400,
            ],
        }
    }
}
