//! Random tokens and the secrets that are made once and kept.

use crate::infra::db;
use rusqlite::{Connection, OptionalExtension};
use sha2::{Digest, Sha256};
use std::fmt::Write;

/// 256 bits nobody can guess.
pub(crate) fn bytes() -> Result<[u8; 32], db::Error> {
    let mut bytes = [0; 32];
    getrandom::fill(&mut bytes)?;
    Ok(bytes)
}

/// 256 bits nobody can guess, as 64 hexadecimal digits.
pub(crate) fn token() -> Result<String, db::Error> {
    Ok(hex(&bytes()?))
}

/// What is kept in the place of a token or a name that must not be read from the database.
pub(crate) fn sha256(text: &str) -> Vec<u8> {
    Sha256::digest(text.as_bytes()).to_vec()
}

/// The bytes as lower-case hexadecimal digits.
pub(crate) fn hex(bytes: &[u8]) -> String {
    bytes.iter().fold(String::new(), |mut text, byte| {
        // Writing to a String cannot fail.
        let _ = write!(text, "{byte:02x}");
        text
    })
}

/// The store's secret of this name; made on first use.
pub(crate) fn secret(connection: &Connection, name: &str) -> Result<Vec<u8>, db::Error> {
    let kept = connection
        .query_row("SELECT value FROM secrets WHERE name = ?1", [name], |row| {
            row.get(0)
        })
        .optional()?;
    if let Some(secret) = kept {
        return Ok(secret);
    }
    let secret = bytes()?.to_vec();
    connection.execute(
        "INSERT INTO secrets (name, value) VALUES (?1, ?2)",
        (name, &secret),
    )?;
    Ok(secret)
}
