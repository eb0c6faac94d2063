//! Ids that are unique on the page.

use std::sync::atomic::{AtomicU32, Ordering};

/// A number that no other part of the page has.
pub(crate) fn instance() -> u32 {
    static INSTANCES: AtomicU32 = AtomicU32::new(1);
    INSTANCES.fetch_add(1, Ordering::Relaxed)
}

/// The id of the part called `part` of what has the number `instance`.
pub(crate) fn part_id(instance: u32, part: &str) -> String {
    format!("account-{instance}-{part}")
}
