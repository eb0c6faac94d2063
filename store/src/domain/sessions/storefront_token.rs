//! The storefront token: the JWT that a theme puts into its page and a script sends with every
//! GraphQL request. It says which pages may ask, not who asks; that is the session's job.

use crate::infra::clock;
use jsonwebtoken::errors::ErrorKind;
use jsonwebtoken::{Algorithm, DecodingKey, EncodingKey, Header, Validation, decode, encode};
use serde::{Deserialize, Serialize};

/// How long a token lasts, in seconds (the platform's theme tokens: 24 to 48 hours).
const LIFETIME: i64 = 24 * 60 * 60;

const ISSUER: &str = "storefront-store";

/// What a token says.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Claims {
    /// Channel id.
    pub cid: i64,
    /// Origins of the pages whose scripts may use it.
    pub cors_origins: Vec<String>,
    /// When it ends.
    pub exp: i64,
    /// When it was made.
    pub iat: i64,
    /// Who made it.
    pub iss: String,
    /// Store id.
    pub sid: i64,
    /// Whom it was made for.
    pub sub: String,
}

/// Why a token does not count; the words are the answer's.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub(crate) enum Refusal {
    /// There is none.
    #[error("The storefront token is missing. Send it as 'Authorization: Bearer <token>'.")]
    Absent,
    /// It has ended.
    #[error("The storefront token has expired. Load the page again to get a new one.")]
    Expired,
    /// This store did not sign it.
    #[error("The storefront token was not signed by this store. Use the one in this store's page.")]
    Forged,
    /// The page that asks is not one of the token's.
    #[error(
        "'Origin' header invalid: it did not match the allowed origins set in the storefront token."
    )]
    OtherOrigin,
}

/// Makes and checks storefront tokens.
pub(crate) struct Tokens {
    signing: EncodingKey,
    checking: DecodingKey,
}

impl Tokens {
    /// With the store's own secret.
    #[must_use]
    pub(crate) fn new(secret: &[u8]) -> Self {
        Self {
            signing: EncodingKey::from_secret(secret),
            checking: DecodingKey::from_secret(secret),
        }
    }

    /// A token for scripts in pages of `origin`.
    ///
    /// # Errors
    /// When the signature cannot be made.
    pub(crate) fn issue(&self, origin: &str) -> Result<String, jsonwebtoken::errors::Error> {
        let now = clock::now();
        let claims = Claims {
            cid: 1,
            cors_origins: vec![origin.to_owned()],
            exp: now + LIFETIME,
            iat: now,
            iss: ISSUER.to_owned(),
            sid: 1,
            sub: "storefront".to_owned(),
        };
        encode(&Header::new(Algorithm::HS256), &claims, &self.signing)
    }

    /// Checks the `Authorization` header's value and the `Origin` of the request, where it has one.
    ///
    /// # Errors
    /// [`Refusal`].
    pub(crate) fn check(
        &self,
        authorization: Option<&str>,
        origin: Option<&str>,
    ) -> Result<Claims, Refusal> {
        let token = authorization
            .and_then(|value| value.split_once(' '))
            .filter(|(scheme, _)| scheme.eq_ignore_ascii_case("bearer"))
            .map(|(_, token)| token.trim())
            .filter(|token| !token.is_empty())
            .ok_or(Refusal::Absent)?;
        let mut rules = Validation::new(Algorithm::HS256);
        rules.leeway = 0;
        rules.set_issuer(&[ISSUER]);
        rules.set_required_spec_claims(&["exp", "iss"]);
        let claims = decode::<Claims>(token, &self.checking, &rules)
            .map_err(|error| {
                if matches!(error.kind(), ErrorKind::ExpiredSignature) {
                    Refusal::Expired
                } else {
                    Refusal::Forged
                }
            })?
            .claims;
        match origin {
            Some(origin) if !claims.cors_origins.iter().any(|own| own == origin) => {
                Err(Refusal::OtherOrigin)
            }
            Some(_) | None => Ok(claims),
        }
    }
}
