//! The accounts that may use the Management APIs, as they were when the store opened.

use super::settings::{Account, Api, Scope};
use crate::infra::random;
use std::collections::HashMap;

/// Every account.
pub(crate) struct ApiAccounts {
    /// By the hash of the token: no comparison tells by its time how much of a token is right.
    accounts: HashMap<Vec<u8>, Caller>,
}

/// Who called.
#[derive(Clone, Debug)]
pub(crate) struct Caller {
    pub(crate) client_id: String,
    pub(crate) scope: Scope,
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
        }
    }

    /// The account that has this token.
    pub(crate) fn find(&self, token: &str) -> Option<&Caller> {
        self.accounts.get(&random::sha256(token))
    }
}
