//! Paths to go on to, as a request names them: within this store or not taken.

/// Where a shopper goes on to who came from nowhere in particular.
pub(crate) const ACCOUNT: &str = "/account.php";

/// Longest path taken, in characters.
const LENGTH: usize = 200;

/// Whether a browser that is sent to `path` stays in this store: `//host`, `/\host` and control
/// characters would lead it elsewhere.
pub(crate) fn is_local(path: &str) -> bool {
    path.starts_with('/')
        && !path.starts_with("//")
        && path.len() <= LENGTH
        && path.bytes().all(|b| b.is_ascii_graphic() && b != b'\\')
}

/// The path to go on to: the one that is wanted, if it is this store's.
pub(crate) fn destination(wanted: &str) -> &str {
    if is_local(wanted) { wanted } else { ACCOUNT }
}
