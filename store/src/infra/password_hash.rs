//! Hashing and checking passwords: argon2id with the parameters that OWASP names as a minimum
//! (19 MiB, two passes, one lane), off the request threads and only so many at a time.

use super::text::composed;
use argon2::Argon2;
use argon2::password_hash::phc::PasswordHash;
use argon2::password_hash::{PasswordHasher, PasswordVerifier};
use std::sync::Arc;
use storefront_rules::Secret;
use tokio::sync::Semaphore;
use tokio::task::{JoinError, spawn_blocking};

/// Why a password could not be worked on.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// argon2 refused its input or had no randomness.
    #[error("argon2: {0}")]
    Argon2(#[from] argon2::password_hash::Error),
    /// The thread that worked on it is gone.
    #[error("the password was not worked on: {0}")]
    Stopped(#[from] JoinError),
    /// The program is on its way out.
    #[error("shutting down")]
    Closed,
}

/// The one who hashes; clones share its turns.
#[derive(Clone, Debug)]
pub(crate) struct Passwords {
    turns: Arc<Semaphore>,
    /// A hash of no password, checked when an email is unknown: both answers take the same time.
    nobody: Arc<str>,
}

impl Passwords {
    /// As many hashes at a time as there are processors.
    ///
    /// # Errors
    /// [`Error::Argon2`].
    pub(crate) fn new() -> Result<Self, Error> {
        let turns = std::thread::available_parallelism().map_or(1, usize::from);
        Ok(Self {
            turns: Arc::new(Semaphore::new(turns)),
            nobody: hash("a password that nobody has")?.into(),
        })
    }

    /// The hash to keep in place of `password`.
    ///
    /// # Errors
    /// [`Error`].
    pub(crate) async fn hash(&self, password: Secret) -> Result<String, Error> {
        let turn = self.turn().await?;
        spawn_blocking(move || {
            let _turn = turn;
            hash(password.expose())
        })
        .await?
    }

    /// Whether `password` is the one that `kept` was made from; with nothing kept, the same work
    /// is done and the answer is no.
    ///
    /// # Errors
    /// [`Error`].
    pub(crate) async fn verify(
        &self,
        password: Secret,
        kept: Option<String>,
    ) -> Result<bool, Error> {
        let turn = self.turn().await?;
        let nobody = Arc::clone(&self.nobody);
        spawn_blocking(move || {
            let _turn = turn;
            let known = kept.is_some();
            let hash = kept.as_deref().unwrap_or(&nobody);
            Ok(matches(password.expose(), hash) && known)
        })
        .await?
    }

    /// Whether `kept` was made with another variant, version or cost than hashes are made with
    /// today.
    #[must_use]
    pub(crate) fn is_outdated(&self, kept: &str) -> bool {
        let made_with = |hash| {
            let hash = PasswordHash::new(hash).ok()?;
            Some((hash.algorithm, hash.version, hash.params))
        };
        made_with(kept) != made_with(&self.nobody)
    }

    async fn turn(&self) -> Result<tokio::sync::OwnedSemaphorePermit, Error> {
        let turns = Arc::clone(&self.turns);
        turns.acquire_owned().await.map_err(|_| Error::Closed)
    }
}

/// Of the composed form (RFC 8265, 4.2): the same keys are another text on another system.
fn hash(password: &str) -> Result<String, Error> {
    Ok(Argon2::default()
        .hash_password(composed(password).as_bytes())?
        .to_string())
}

fn matches(password: &str, hash: &str) -> bool {
    PasswordHash::new(hash).is_ok_and(|hash| {
        Argon2::default()
            .verify_password(composed(password).as_bytes(), &hash)
            .is_ok()
    })
}
