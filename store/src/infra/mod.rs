//! What the store is built on and knows nothing of shops: the database, time, randomness, HTTP.

pub(crate) mod assets;
pub(crate) mod clock;
pub(crate) mod db;
pub(crate) mod http;
pub(crate) mod json;
pub(crate) mod jwt;
pub(crate) mod password_hash;
pub(crate) mod problem;
pub(crate) mod random;
pub(crate) mod rate_limit;
pub(crate) mod safe_redirect;
pub(crate) mod select;
pub(crate) mod text;
pub(crate) mod time;
