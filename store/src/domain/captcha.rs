//! A stand-in for reCAPTCHA: a box to tick, a signed token that counts once and for two minutes.
//! It keeps no robot out; it lets a theme and its tests go through every step of the real one.

use crate::infra::{clock, db, jwt, random};
use serde::{Deserialize, Serialize};
use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};

/// How long a token counts, in seconds (reCAPTCHA's: two minutes).
pub(crate) const LIFETIME: i64 = 120;

/// The script a page loads in the place of reCAPTCHA's.
pub(crate) const SCRIPT: &str = include_str!("../../static/captcha.js");

const AUDIENCE: &str = "captcha";

#[derive(Serialize, Deserialize)]
struct Claims {
    aud: String,
    exp: i64,
    jti: String,
}

/// Why a token does not count.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub(crate) enum CaptchaError {
    /// There is none.
    #[error("Tick “I’m not a robot” before you send the form.")]
    Absent,
    /// It is not from here, has ended, or was used before.
    #[error("The check that you are not a robot has run out. Tick “I’m not a robot” again.")]
    Invalid,
}

/// Issues and redeems tokens.
pub(crate) struct Captcha {
    key: jwt::Key,
    /// Tokens that were redeemed and have not ended, with their end.
    consumed: Mutex<HashMap<String, i64>>,
}

impl Captcha {
    /// With the store's own secret for this purpose.
    #[must_use]
    pub(crate) fn new(secret: &[u8]) -> Self {
        Self {
            key: jwt::Key::new(secret),
            consumed: Mutex::default(),
        }
    }

    /// A token for someone who ticked the box.
    ///
    /// # Errors
    /// When there is no randomness, or no signature.
    pub(crate) fn issue(&self) -> Result<String, IssueError> {
        let claims = Claims {
            aud: AUDIENCE.to_owned(),
            exp: clock::now() + LIFETIME,
            jti: random::token()?,
        };
        Ok(self.key.sign(&claims)?)
    }

    /// Takes a token; it counts no second time.
    ///
    /// # Errors
    /// [`CaptchaError`].
    pub(crate) fn redeem(&self, token: Option<&str>) -> Result<(), CaptchaError> {
        let token = token
            .filter(|t| !t.is_empty())
            .ok_or(CaptchaError::Absent)?;
        let mut validation = jwt::validation(&["exp", "aud"]);
        validation.set_audience(&[AUDIENCE]);
        let claims: Claims = self
            .key
            .read(token, &validation)
            .map_err(|_| CaptchaError::Invalid)?;
        let now = clock::now();
        let mut consumed = self.consumed.lock().unwrap_or_else(PoisonError::into_inner);
        consumed.retain(|_, end| *end > now);
        match consumed.insert(claims.jti, claims.exp) {
            None => Ok(()),
            Some(_) => Err(CaptchaError::Invalid),
        }
    }
}

/// Why no token was issued.
#[derive(Debug, thiserror::Error)]
pub(crate) enum IssueError {
    /// There is no randomness.
    #[error(transparent)]
    Random(#[from] db::Error),
    /// The signature cannot be made.
    #[error("signing: {0}")]
    Signing(#[from] jsonwebtoken::errors::Error),
}
