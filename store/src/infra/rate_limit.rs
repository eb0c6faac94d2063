//! How often something may be done, by whatever it is counted for. In memory: a restart forgives.

use governor::clock::{Clock, MonotonicClock};
use governor::middleware::StateInformationMiddleware;
use governor::state::keyed::HashMapStateStore;
use governor::{Quota, RateLimiter};
use std::hash::Hash;
use std::net::{IpAddr, Ipv6Addr};
use std::num::NonZeroU32;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

/// How many keys are known before those that have rested are looked for.
const ROOM: usize = 1024;

/// So many requests within so long.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Policy {
    /// At once; 0 for any number.
    pub(crate) requests: u32,
    /// In which time all of them are back; each comes back in its share of it.
    pub(crate) per: Duration,
}

impl Policy {
    /// So many a minute; 0 for any number.
    pub(crate) const fn per_minute(requests: u32) -> Self {
        let per = Duration::from_secs(60);
        Self { requests, per }
    }

    fn quota(self) -> Option<Quota> {
        let burst = NonZeroU32::new(self.requests)?;
        let interval = self.per.checked_div(self.requests)?;
        Some(Quota::with_period(interval)?.allow_burst(burst))
    }
}

/// It was done too often; after so many seconds it may be again.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("Too many attempts. Try again in {seconds} seconds.")]
pub(crate) struct RateLimited {
    /// How long to wait.
    pub(crate) seconds: u64,
    /// The same in milliseconds.
    pub(crate) wait: Duration,
}

impl RateLimited {
    fn after(wait: Duration) -> Self {
        Self {
            seconds: wait.as_secs() + u64::from(wait.subsec_nanos() > 0),
            wait,
        }
    }
}

/// Counts by key and holds each to one policy.
pub(crate) struct Limiter<K: Eq + Hash + Clone, C: Clock + Clone = MonotonicClock> {
    /// None where there is no limit.
    limiter: Option<RateLimiter<K, HashMapStateStore<K>, C, StateInformationMiddleware>>,
    clock: C,
    /// Keys known when those that had rested were last forgotten.
    swept: AtomicUsize,
}

impl<K: Eq + Hash + Clone> Limiter<K> {
    pub(crate) fn new(policy: Policy) -> Self {
        Self::with_clock(policy, MonotonicClock)
    }
}

impl<K: Eq + Hash + Clone, C: Clock + Clone> Limiter<K, C> {
    fn with_clock(policy: Policy, clock: C) -> Self {
        let limiter = policy
            .quota()
            .map(|quota| RateLimiter::new(quota, HashMapStateStore::default(), clock.clone()));
        Self {
            limiter,
            clock,
            swept: AtomicUsize::new(0),
        }
    }

    /// Counts once; returns how often more it may be done now, `None` for any number.
    ///
    /// # Errors
    /// [`RateLimited`].
    pub(crate) fn check(&self, key: &K) -> Result<Option<u32>, RateLimited> {
        let Some(limiter) = &self.limiter else {
            return Ok(None);
        };
        self.sweep(limiter);
        match limiter.check_key(key) {
            Ok(state) => Ok(Some(state.remaining_burst_capacity())),
            Err(limited) => Err(RateLimited::after(limited.wait_time_from(self.clock.now()))),
        }
    }

    /// Forgets those that have rested, when there are many.
    fn sweep(&self, limiter: &RateLimiter<K, HashMapStateStore<K>, C, StateInformationMiddleware>) {
        if limiter.len() >= 2 * self.swept.load(Ordering::Relaxed).max(ROOM) {
            limiter.retain_recent();
            limiter.shrink_to_fit();
            self.swept.store(limiter.len(), Ordering::Relaxed);
        }
    }
}

/// The part of an address that one customer of a provider has to themselves: with IPv6 they choose
/// the lower half freely.
pub(crate) fn network(address: IpAddr) -> IpAddr {
    match address.to_canonical() {
        IpAddr::V4(address) => address.into(),
        IpAddr::V6(address) => {
            let [a, b, c, d, ..] = address.segments();
            Ipv6Addr::new(a, b, c, d, 0, 0, 0, 0).into()
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use governor::clock::FakeRelativeClock;

    fn limiter(requests: u32, clock: &FakeRelativeClock) -> Limiter<usize, FakeRelativeClock> {
        Limiter::with_clock(Policy::per_minute(requests), clock.clone())
    }

    #[test]
    fn a_minute_has_so_many_attempts_and_each_comes_back_in_its_time() {
        let clock = FakeRelativeClock::default();
        let limiter = limiter(3, &clock);
        let check = |later: u64| {
            clock.advance(Duration::from_secs(later));
            limiter.check(&7).map_err(|limited| limited.seconds)
        };
        assert_eq!(check(0), Ok(Some(2)));
        assert_eq!(check(0), Ok(Some(1)));
        assert_eq!(check(0), Ok(Some(0)));
        assert_eq!(check(0), Err(20));
        assert_eq!(check(19), Err(1));
        assert_eq!(check(1), Ok(Some(0)));
        assert_eq!(check(0), Err(20));
        assert_eq!(check(580), Ok(Some(2)));
    }

    #[test]
    fn addresses_are_counted_apart_and_those_of_one_ipv6_network_together() {
        let limiter = Limiter::new(Policy::per_minute(1));
        for (text, is_admitted) in [
            ("192.0.2.1", true),
            ("192.0.2.2", true),
            ("::ffff:192.0.2.2", false),
            ("2001:db8::1", true),
            ("2001:db8::2", false),
            ("2001:db8:0:1::1", true),
        ] {
            let checked = limiter.check(&network(text.parse().unwrap()));
            assert_eq!(checked.is_ok(), is_admitted, "{text}");
        }
    }

    #[test]
    fn nought_is_no_limit() {
        let limiter = Limiter::new(Policy::per_minute(0));
        for _ in 0..10_000 {
            assert_eq!(limiter.check(&1), Ok(None));
        }
    }

    #[test]
    fn those_that_have_rested_are_forgotten() {
        let clock = FakeRelativeClock::default();
        let limiter = limiter(60, &clock);
        for key in 0..10 * ROOM {
            clock.advance(Duration::from_secs(1));
            limiter.check(&key).unwrap();
        }
        assert!(limiter.limiter.as_ref().unwrap().len() <= 2 * ROOM);
    }
}
