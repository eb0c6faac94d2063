//! How often one address of the network may try what has to do with passwords and new accounts, and
//! how often one customer's password may be tried by back offices.

use std::collections::HashMap;
use std::hash::Hash;
use std::net::{IpAddr, Ipv6Addr};
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

const MINUTE: Duration = Duration::from_secs(60);

/// How many addresses are known before those that have rested are looked for.
const ROOM: usize = 1024;

/// An address has tried too often; after so many seconds it may again.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("Too many attempts. Try again in {seconds} seconds.")]
pub(crate) struct TooMany {
    pub(crate) seconds: u64,
}

impl TooMany {
    /// Until `wait` is over, in whole seconds.
    pub(crate) fn after(wait: Duration) -> Self {
        Self {
            seconds: wait.as_secs() + u64::from(wait.subsec_nanos() > 0),
        }
    }
}

/// A bucket for each address of the network.
pub(crate) struct Throttle(Attempts<IpAddr>);

impl Throttle {
    pub(crate) fn new(attempts_per_minute: u32) -> Self {
        Self(Attempts::new(attempts_per_minute))
    }

    /// Counts an attempt.
    pub(crate) fn admit(&self, address: IpAddr) -> Result<(), TooMany> {
        self.0.admit(network(address))
    }
}

/// A bucket for each of whatever is counted, which a minute fills. In memory: a restart forgives.
pub(crate) struct Attempts<K> {
    /// What one attempt takes, and in which time it is back; `None` for no limit.
    cost: Option<Duration>,
    seen: Mutex<Seen<K>>,
}

struct Seen<K> {
    /// When the bucket of each will be full.
    full_at: HashMap<K, Instant>,
    /// How many there were when those that had rested were last forgotten.
    swept: usize,
}

impl<K: Eq + Hash> Attempts<K> {
    pub(crate) fn new(attempts_per_minute: u32) -> Self {
        Self {
            cost: MINUTE.checked_div(attempts_per_minute),
            seen: Mutex::new(Seen {
                full_at: HashMap::new(),
                swept: 0,
            }),
        }
    }

    /// Counts an attempt.
    pub(crate) fn admit(&self, key: K) -> Result<(), TooMany> {
        self.admit_at(key, Instant::now())
    }

    fn admit_at(&self, key: K, now: Instant) -> Result<(), TooMany> {
        let Some(cost) = self.cost else {
            return Ok(());
        };
        let mut seen = self.seen.lock().unwrap_or_else(PoisonError::into_inner);
        if seen.full_at.len() >= 2 * seen.swept.max(ROOM) {
            seen.full_at.retain(|_, full_at| *full_at > now);
            seen.swept = seen.full_at.len();
        }
        let full_at = seen.full_at.entry(key).or_insert(now);
        let full_after = (*full_at).max(now) + cost;
        let wait = full_after.duration_since(now).saturating_sub(MINUTE);
        if wait.is_zero() {
            *full_at = full_after;
            return Ok(());
        }
        Err(TooMany::after(wait))
    }
}

/// The part of an address that one customer of a provider has to themselves: with IPv6 they choose
/// the lower half freely.
fn network(address: IpAddr) -> IpAddr {
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

    fn address(text: &str) -> IpAddr {
        text.parse().unwrap()
    }

    #[test]
    fn a_minute_has_so_many_attempts_and_each_comes_back_in_its_time() {
        let attempts = Attempts::new(3);
        let start = Instant::now();
        let at = |second| attempts.admit_at(7, start + Duration::from_secs(second));
        for _ in 0..3 {
            assert_eq!(at(0), Ok(()));
        }
        assert_eq!(at(0), Err(TooMany { seconds: 20 }));
        assert_eq!(at(19), Err(TooMany { seconds: 1 }));
        assert_eq!(at(20), Ok(()));
        assert_eq!(at(20), Err(TooMany { seconds: 20 }));
        assert_eq!(at(600), Ok(()));
    }

    #[test]
    fn addresses_are_counted_apart_and_those_of_one_ipv6_network_together() {
        let throttle = Throttle::new(1);
        for (text, is_admitted) in [
            ("192.0.2.1", true),
            ("192.0.2.2", true),
            ("::ffff:192.0.2.2", false),
            ("2001:db8::1", true),
            ("2001:db8::2", false),
            ("2001:db8:0:1::1", true),
        ] {
            assert_eq!(throttle.admit(address(text)).is_ok(), is_admitted, "{text}");
        }
    }

    #[test]
    fn nought_is_no_limit() {
        let throttle = Throttle::new(0);
        for _ in 0..10_000 {
            assert_eq!(throttle.admit(address("192.0.2.1")), Ok(()));
        }
    }

    #[test]
    fn addresses_that_have_rested_are_forgotten() {
        let attempts = Attempts::new(60);
        let start = Instant::now();
        for number in 0..10 * ROOM {
            let now = start + Duration::from_secs(u64::try_from(number).unwrap());
            assert_eq!(attempts.admit_at(number, now), Ok(()));
        }
        assert!(attempts.seen.lock().unwrap().full_at.len() <= 2 * ROOM);
    }
}
