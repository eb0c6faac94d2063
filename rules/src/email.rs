//! The little that can be said of an e-mail address without sending to it.

use crate::text::is_invisible;

/// Bounds of a customer's e-mail in characters (customers.v3.yml, `customer_Post.email`).
pub const LENGTH: std::ops::RangeInclusive<usize> = 3..=250;

/// Whether `text` has the shape of an address: one `@` with something on either side, no white
/// space, no control characters, none of `<>"`, nothing that cannot be seen, and no empty label in the
/// domain.
///
/// Only the mail server knows more, so nothing more is refused (RFC 5321 allows nearly anything).
#[must_use]
pub fn is_email(text: &str) -> bool {
    let Some((local, domain)) = text.split_once('@') else {
        return false;
    };
    let is_other = |c: char| c.is_whitespace() || c.is_control() || matches!(c, '<' | '>' | '"');
    let sound = |c: char| !is_invisible(c) && !is_other(c);
    LENGTH.contains(&text.chars().count())
        && text.chars().all(sound)
        && !local.is_empty()
        && !domain.contains('@')
        && domain.split('.').all(|label| !label.is_empty())
}
