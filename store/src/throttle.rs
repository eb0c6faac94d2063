//! How often one address of the network may try what has to do with passwords and new accounts.

use std::collections::HashMap;
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

/// A bucket for each address, which a minute fills. In memory: a restart forgives.
pub(crate) struct Throttle {
    /// What one attempt takes, and in which time it is back; `None` for no limit.
    cost: Option<Duration>,
    seen: Mutex<Seen>,
}

#[derive(Default)]
struct Seen {
    /// When the bucket of an address will be full.
    full_at: HashMap<IpAddr, Instant>,
    /// How many addresses there were when those that had rested were last forgotten.
    swept: usize,
}

impl Throttle {
    pub(crate) fn new(attempts_per_minute: u32) -> Self {
        Self {
            cost: MINUTE.checked_div(attempts_per_minute),
            seen: Mutex::default(),
        }
    }

    /// Counts an attempt.
    pub(crate) fn admit(&self, address: IpAddr) -> Result<(), TooMany> {
        self.admit_at(address, Instant::now())
    }

    fn admit_at(&self, address: IpAddr, now: Instant) -> Result<(), TooMany> {
        let Some(cost) = self.cost else {
            return Ok(());
        };
        let mut seen = self.seen.lock().unwrap_or_else(PoisonError::into_inner);
        if seen.full_at.len() >= 2 * seen.swept.max(ROOM) {
            seen.full_at.retain(|_, full_at| *full_at > now);
            seen.swept = seen.full_at.len();
        }
        let full_at = seen.full_at.entry(network(address)).or_insert(now);
        let full_after = (*full_at).max(now) + cost;
        let wait = full_after.duration_since(now).saturating_sub(MINUTE);
        if wait.is_zero() {
            *full_at = full_after;
            return Ok(());
        }
        Err(TooMany {
            seconds: wait.as_secs() + u64::from(wait.subsec_nanos() > 0),
        })
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
        let throttle = Throttle::new(3);
        let start = Instant::now();
        let at =
            |second| throttle.admit_at(address("192.0.2.1"), start + Duration::from_secs(second));
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
        let throttle = Throttle::new(60);
        let start = Instant::now();
        for number in 0..10 * ROOM {
            let number = u32::try_from(number).unwrap();
            let address = std::net::Ipv4Addr::from(number).into();
            let now = start + Duration::from_secs(number.into());
            assert_eq!(throttle.admit_at(address, now), Ok(()));
        }
        assert!(throttle.seen.lock().unwrap().full_at.len() <= 2 * ROOM);
    }
}
