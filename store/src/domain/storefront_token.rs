//! Storefront tokens: the JWT that comes with every GraphQL request. It says which pages or which server may
//! ask, not for whom: that is the session's job, but for the token that lets a server speak as any customer.

use crate::infra::{clock, db, jwt, random};
use jsonwebtoken::errors::ErrorKind;
use rusqlite::{Connection, OptionalExtension};
use serde::{Deserialize, Serialize};

/// How long the token of a theme's page lasts, in seconds (the platform's: 24 to 48 hours).
const LIFETIME: i64 = 24 * 60 * 60;

const ISSUER: &str = "storefront-store";

/// Who may use a token, and for what (storefront_tokens.v3.yml).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum TokenType {
    /// Scripts in pages of the token's origins.
    #[default]
    Storefront,
    /// A server. It gets customer access tokens and speaks for whoever it has one of.
    Private,
    /// A server that speaks for whomever it names.
    CustomerImpersonation,
}

/// What a private token may be used for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) enum Scope {
    /// What any guest sees.
    Unauthenticated,
    /// What a customer sees and changes.
    Customer,
    /// What a company's buyer sees. This store has nothing of it.
    B2B,
}

/// What a token says.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Claims {
    /// Channel id.
    pub(crate) cid: i64,
    /// Origins of the pages whose scripts may use it.
    pub(crate) cors_origins: Vec<String>,
    /// When it ends.
    pub(crate) exp: i64,
    /// When it was made.
    pub(crate) iat: i64,
    /// Who made it.
    pub(crate) iss: String,
    /// Id of the row that is there until the token is revoked; a theme's page has none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) jti: Option<String>,
    /// What a private token is for.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub(crate) scopes: Vec<Scope>,
    /// Store id.
    pub(crate) sid: i64,
    /// Whom it was made for.
    pub(crate) sub: String,
    /// Who may use it.
    #[serde(default)]
    pub(crate) token_type: TokenType,
}

/// Why a token does not count; the words are the answer's.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub(crate) enum TokenError {
    /// There is none.
    #[error("The storefront token is missing. Send it as 'Authorization: Bearer <token>'.")]
    Absent,
    /// It has ended.
    #[error("The storefront token has expired. Load the page again to get a new one.")]
    Expired,
    /// This store did not sign it.
    #[error("The storefront token was not signed by this store. Use the one in this store's page.")]
    Forged,
    /// It was revoked.
    #[error("The storefront token has been revoked. Create another.")]
    Revoked,
    /// The page that asks is not one of the token's.
    #[error(
        "'Origin' header invalid: it did not match the allowed origins set in the storefront token."
    )]
    OtherOrigin,
    /// A browser sent what only a server may have.
    #[error(
        "This token is for servers. Never send it from a browser, and revoke it if one has it."
    )]
    FromBrowser,
}

/// Where a request with a token comes from, as its headers tell.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Sender<'a> {
    /// The `Origin`, where there is one.
    pub(crate) origin: Option<&'a str>,
    /// Whether a browser sent it (Fetch Metadata).
    pub(crate) is_browser: bool,
}

/// Makes and checks storefront tokens.
pub(crate) struct Tokens(jwt::Key);

impl Tokens {
    /// With the store's own secret.
    pub(crate) fn new(secret: &[u8]) -> Self {
        Self(jwt::Key::new(secret))
    }

    /// A token for scripts in pages of `origin`.
    ///
    /// # Errors
    /// When the signature cannot be made.
    pub(crate) fn issue(&self, origin: &str) -> Result<String, jsonwebtoken::errors::Error> {
        let now = clock::now();
        self.0.sign(&Claims {
            cid: 1,
            cors_origins: vec![origin.to_owned()],
            exp: now + LIFETIME,
            iat: now,
            iss: ISSUER.to_owned(),
            jti: None,
            scopes: Vec::new(),
            sid: 1,
            sub: "storefront".to_owned(),
            token_type: TokenType::Storefront,
        })
    }

    /// A token that a back office has asked for, until `expires_at`; it can be revoked.
    ///
    /// # Errors
    /// [`IssueError`].
    pub(crate) fn create(
        &self,
        connection: &Connection,
        token_type: TokenType,
        cors_origins: Vec<String>,
        scopes: Vec<Scope>,
        expires_at: i64,
    ) -> Result<String, IssueError> {
        let now = clock::now();
        let id = random::token()?;
        insert(connection, &id, &cors_origins, expires_at)?;
        Ok(self.0.sign(&Claims {
            cid: 1,
            cors_origins,
            exp: expires_at,
            iat: now,
            iss: ISSUER.to_owned(),
            jti: Some(id),
            scopes,
            sid: 1,
            sub: "storefront".to_owned(),
            token_type,
        })?)
    }

    /// Checks the `Authorization` header's value and who sends it. Whether the token was revoked,
    /// [`is_revoked`] tells.
    ///
    /// # Errors
    /// [`TokenError`].
    pub(crate) fn check(
        &self,
        authorization: Option<&str>,
        sender: Sender<'_>,
    ) -> Result<Claims, TokenError> {
        let token = authorization
            .and_then(|value| value.split_once(' '))
            .filter(|(scheme, _)| scheme.eq_ignore_ascii_case("bearer"))
            .map(|(_, token)| token.trim())
            .filter(|token| !token.is_empty())
            .ok_or(TokenError::Absent)?;
        let claims = self.read(token)?;
        match (claims.token_type, sender.origin) {
            (TokenType::Storefront, Some(origin))
                if !claims.cors_origins.iter().any(|own| own == origin) =>
            {
                Err(TokenError::OtherOrigin)
            }
            (TokenType::Storefront, _) => Ok(claims),
            (TokenType::Private | TokenType::CustomerImpersonation, Some(_)) => {
                Err(TokenError::FromBrowser)
            }
            (TokenType::Private | TokenType::CustomerImpersonation, None) if sender.is_browser => {
                Err(TokenError::FromBrowser)
            }
            (TokenType::Private | TokenType::CustomerImpersonation, None) => Ok(claims),
        }
    }

    /// What a token of this store says that has not ended.
    ///
    /// # Errors
    /// [`TokenError`].
    pub(crate) fn read(&self, token: &str) -> Result<Claims, TokenError> {
        let mut validation = jwt::validation(&["exp", "iss"]);
        validation.set_issuer(&[ISSUER]);
        self.0.read(token, &validation).map_err(|error| {
            if matches!(error.kind(), ErrorKind::ExpiredSignature) {
                TokenError::Expired
            } else {
                TokenError::Forged
            }
        })
    }
}

/// Why no token was issued.
#[derive(Debug, thiserror::Error)]
pub(crate) enum IssueError {
    /// The database failed, or there is no randomness.
    #[error(transparent)]
    Db(#[from] db::Error),
    /// The signature cannot be made.
    #[error("signing: {0}")]
    Signing(#[from] jsonwebtoken::errors::Error),
}

fn insert(
    connection: &Connection,
    id: &str,
    cors_origins: &[String],
    expires_at: i64,
) -> Result<(), db::Error> {
    let sql = "DELETE FROM storefront_tokens WHERE expires_at <= ?1";
    connection.execute(sql, [clock::now()])?;
    connection.execute(
        "INSERT INTO storefront_tokens (id, allowed_origins, expires_at) VALUES (?1, ?2, ?3)",
        (id, serde_json::to_string(cors_origins)?, expires_at),
    )?;
    Ok(())
}

/// Whether a token that a back office had made counts no more.
pub(crate) fn is_revoked(connection: &Connection, claims: &Claims) -> Result<bool, db::Error> {
    let Some(id) = &claims.jti else {
        return Ok(false);
    };
    let sql = "SELECT 1 FROM storefront_tokens WHERE id = ?1";
    let found = connection.query_row(sql, [id], |_| Ok(()));
    Ok(found.optional()?.is_none())
}

/// Has a token count no more; a theme's page cannot be taken its own.
pub(crate) fn revoke(connection: &Connection, claims: &Claims) -> Result<(), db::Error> {
    if let Some(id) = &claims.jti {
        connection.execute("DELETE FROM storefront_tokens WHERE id = ?1", [id])?;
    }
    Ok(())
}

/// Whether some token that counts is for pages of this origin. A browser asks before it sends one along.
pub(crate) fn is_known_origin(connection: &Connection, origin: &str) -> Result<bool, db::Error> {
    let sql = "SELECT 1 FROM storefront_tokens, json_each(allowed_origins)
        WHERE expires_at > ?1 AND json_each.value = ?2 LIMIT 1";
    let found = connection.query_row(sql, (clock::now(), origin), |_| Ok(()));
    Ok(found.optional()?.is_some())
}
