//! The accounts that may use the Management APIs, as they were when the store opened, and what each has
//! used of its quota.

use super::settings::{Account, Api, Scope};
use crate::infra::random;
use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

/// Every account, and its quota.
pub(crate) struct ApiAccounts {
    /// By the hash of the token: no comparison tells by its time how much of a token is right.
    accounts: HashMap<Vec<u8>, Caller>,
    quota: u32,
    window: Duration,
    used: Mutex<HashMap<String, Window>>,
}

/// Who called.
#[derive(Clone, Debug)]
pub(crate) struct Caller {
    pub(crate) client_id: String,
    pub(crate) scope: Scope,
}

#[derive(Clone, Copy)]
struct Window {
    ends: Instant,
    requests: u32,
}

/// What is left of an account's quota.
pub(crate) struct Quota {
    /// Requests that may still be made in the window.
    pub(crate) left: u32,
    /// Requests of a whole window.
    pub(crate) total: u32,
    /// How long a window is.
    pub(crate) window: Duration,
    /// When the next window begins.
    pub(crate) reset: Duration,
    /// Whether the request that was counted is one too many.
    pub(crate) is_exceeded: bool,
}

impl ApiAccounts {
    pub(crate) fn new(api: &Api) -> Self {
        let account = |account: &Account| {
            let caller = Caller {
                client_id: account.client_id.clone(),
                scope: account.scope,
            };
            (random::sha256(account.token.expose()), caller)
        };
        Self {
            accounts: api.accounts.iter().map(account).collect(),
            quota: api.requests_per_window,
            window: Duration::from_millis(api.window_ms.max(1).into()),
            used: Mutex::default(),
        }
    }

    /// The account that has this token.
    pub(crate) fn find(&self, token: &str) -> Option<&Caller> {
        self.accounts.get(&random::sha256(token))
    }

    /// Counts a request of an account; `None` where there is no limit.
    pub(crate) fn count(&self, client_id: &str) -> Option<Quota> {
        if self.quota == 0 {
            return None;
        }
        let now = Instant::now();
        let mut used = self.used.lock().unwrap_or_else(PoisonError::into_inner);
        let window = used.entry(client_id.to_owned()).or_insert(Window {
            ends: now + self.window,
            requests: 0,
        });
        if window.ends <= now {
            *window = Window {
                ends: now + self.window,
                requests: 0,
            };
        }
        let is_exceeded = window.requests >= self.quota;
        window.requests = window.requests.saturating_add(1);
        Some(Quota {
            left: self.quota.saturating_sub(window.requests),
            total: self.quota,
            window: self.window,
            reset: window.ends.duration_since(now),
            is_exceeded,
        })
    }
}
