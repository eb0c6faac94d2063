//! All that may be done only so often: the table of policies, from the settings.

use super::settings::Settings;
use crate::infra::rate_limit::{Limiter, Policy, RateLimited, network};
use std::net::IpAddr;
use std::time::Duration;

/// What has a limit.
pub(crate) struct RateLimits {
    /// Attempts that have to do with passwords and new accounts, by address of the network.
    attempts: Limiter<IpAddr>,
    /// Tries of a password through the Management APIs.
    password_checks: Limiter<PasswordCheck>,
    /// Requests of an account of the Management APIs, by client id.
    api: Limiter<String>,
    api_policy: Policy,
}

/// What tries of a password are counted by.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(crate) enum PasswordCheck {
    /// A customer, by id.
    Customer(i64),
    /// An email address, by its hash.
    Email(Vec<u8>),
}

/// What is left of an account's quota.
pub(crate) struct Allowance {
    /// Requests that may still be made now.
    pub(crate) left: u32,
    /// The whole quota.
    pub(crate) policy: Policy,
    /// When the whole quota is there again.
    pub(crate) reset: Duration,
    /// Why the request that was counted is one too many, if it is.
    pub(crate) limited: Option<RateLimited>,
}

impl RateLimits {
    pub(crate) fn new(settings: &Settings) -> Self {
        let api_policy = Policy {
            requests: settings.api.requests_per_window,
            per: Duration::from_millis(settings.api.window_ms.max(1).into()),
        };
        let attempts = Policy::per_minute(settings.throttle.attempts_per_minute);
        let password_checks = Policy::per_minute(settings.api.password_checks_per_minute);
        Self {
            attempts: Limiter::new(attempts),
            password_checks: Limiter::new(password_checks),
            api: Limiter::new(api_policy),
            api_policy,
        }
    }

    /// Counts an attempt from an address.
    ///
    /// # Errors
    /// [`RateLimited`].
    pub(crate) fn check_attempt(&self, peer: IpAddr) -> Result<(), RateLimited> {
        self.attempts.check(&network(peer)).map(|_| ())
    }

    /// Counts a try of a password.
    ///
    /// # Errors
    /// [`RateLimited`].
    pub(crate) fn check_password(&self, of: &PasswordCheck) -> Result<(), RateLimited> {
        self.password_checks.check(of).map(|_| ())
    }

    /// Counts a request of an account; `None` where there is no limit.
    pub(crate) fn count_request(&self, client_id: &str) -> Option<Allowance> {
        let policy = self.api_policy;
        let (left, limited) = match self.api.check(&client_id.to_owned()) {
            Ok(None) => return None,
            Ok(Some(left)) => (left, None),
            Err(limited) => (0, Some(limited)),
        };
        let share = policy.per / policy.requests.max(1);
        Some(Allowance {
            left,
            policy,
            reset: share * policy.requests.saturating_sub(left),
            limited,
        })
    }
}
