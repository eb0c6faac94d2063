//! The specimen page.
fn main() {}
