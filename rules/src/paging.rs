//! Lists that come in pages.

/// How many addresses are asked for at a time: the most that the platform gives (`addresses(first:)`).
pub const PAGE_SIZE: i64 = 50;
