//! Ids that are unique on the page.

use std::sync::atomic::{AtomicU32, Ordering};

/// A number that no other part of the page has.
#[must_use]
pub fn instance() -> u32 {
    static INSTANCES: AtomicU32 = AtomicU32::new(1);
    INSTANCES.fetch_add(1, Ordering::Relaxed)
}

/// The id of the part called `part` of what has the number `instance`.
#[must_use]
pub fn part_id(instance: u32, part: &str) -> String {
    format!("account-{instance}-{part}")
}

/// An id for a part of which there may be many.
#[must_use]
pub fn unique_id(part: &str) -> String {
    part_id(instance(), part)
}
