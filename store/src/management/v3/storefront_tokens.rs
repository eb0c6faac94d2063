//! `/storefront/api-token`, `…-private` and `…-customer-impersonation`: tokens for GraphQL Storefront
//! (storefront_tokens.v3.yml).

use super::response::Response;
use crate::domain::Store;
use crate::domain::customers::CHANNEL_ID;
use crate::domain::storefront_token::{self, IssueError, Scope, TokenType};
use crate::infra::problem::ProblemDetails;
use crate::infra::{clock, http};
use crate::management::batch::Json as Body;
use crate::management::page::{Empty, Single};
use crate::management::problem::{Checks, ProblemBody};
use axum::Json;
use axum::extract::State;
use axum::http::{HeaderMap, HeaderName, StatusCode};
use reqwest::Url;
use rusqlite::Connection;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// Header that names the token to revoke.
const TOKEN: HeaderName = HeaderName::from_static("sf-api-token");

/// Most origins of a token.
const ORIGINS: usize = 2;

/// What a token is to be.
#[derive(Deserialize, ToSchema)]
pub(super) struct TokenBody {
    /// The channel; or `channel_ids`. This store has only channel 1.
    channel_id: Option<i64>,
    /// The channels.
    channel_ids: Option<Vec<i64>>,
    /// When it ends, in seconds since 1970.
    expires_at: i64,
    /// Origins of the pages whose scripts may use it, at most two.
    #[schema(max_items = 2)]
    allowed_cors_origins: Option<Vec<String>>,
    /// What a private token is for: Unauthenticated, Customer, B2B.
    #[schema(value_type = Option<Vec<String>>)]
    scopes: Option<Vec<Scope>>,
}

/// A token.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct TokenResponse {
    /// To be sent as `Authorization: Bearer …` with every query.
    token: String,
}

impl From<IssueError> for ProblemDetails {
    fn from(error: IssueError) -> Self {
        Self::internal(&error)
    }
}

impl TokenBody {
    fn check(&self, token_type: TokenType) -> Result<(), ProblemDetails> {
        let mut checks = Checks::default();
        let one = self.channel_id.map(|id| vec![id]);
        match one.as_ref().or(self.channel_ids.as_ref()) {
            None => checks.refuse("channel_id", "Send either channel_id or channel_ids."),
            Some(ids) if ids.is_empty() || ids.iter().any(|id| *id != CHANNEL_ID) => {
                let name = if one.is_some() {
                    "channel_id"
                } else {
                    "channel_ids"
                };
                checks.refuse(
                    name,
                    format!("must be {CHANNEL_ID}: this store has no other channel"),
                );
            }
            Some(_) => {}
        }
        if self.expires_at <= clock::now() {
            checks.refuse("expires_at", "must be in the future, in seconds since 1970");
        }
        let origins = self.allowed_cors_origins.as_deref().unwrap_or_default();
        if origins.len() > ORIGINS {
            let message = format!("must have at most {ORIGINS} items");
            checks.refuse("allowed_cors_origins", message);
        }
        for (index, origin) in origins.iter().enumerate() {
            if origin_of(origin).is_none() {
                checks.refuse(
                    format!("allowed_cors_origins.{index}"),
                    "must be an origin, such as https://shop.example",
                );
            }
        }
        match token_type {
            TokenType::Storefront => {
                if origins.is_empty() {
                    checks.refuse("allowed_cors_origins", "is required");
                }
            }
            TokenType::Private => {
                if self.scopes.as_ref().is_none_or(Vec::is_empty) {
                    checks.refuse("scopes", "is required");
                }
            }
            TokenType::CustomerImpersonation => {}
        }
        checks.finish()
    }
}

/// The origin that a text names, as browsers send it; none when it names more, or nothing.
fn origin_of(text: &str) -> Option<String> {
    let url = Url::parse(text).ok()?;
    let is_bare = url.path() == "/" && url.query().is_none() && url.fragment().is_none();
    let is_web = matches!(url.scheme(), "http" | "https");
    let is_anonymous = url.username().is_empty() && url.password().is_none();
    (is_bare && is_web && is_anonymous).then(|| url.origin().ascii_serialization())
}

async fn create(
    store: Store,
    body: TokenBody,
    token_type: TokenType,
) -> Response<Single<TokenResponse>> {
    body.check(token_type)?;
    let (own, origins) = (store.clone(), body.allowed_cors_origins.unwrap_or_default());
    let origins = match token_type {
        TokenType::Storefront => origins.iter().filter_map(|text| origin_of(text)).collect(),
        // Servers have no origin.
        TokenType::Private | TokenType::CustomerImpersonation => Vec::new(),
    };
    let scopes = body.scopes.unwrap_or_default();
    let expires_at = body.expires_at;
    let create = move |connection: &Connection| {
        let tokens = &own.tokens;
        tokens.create(connection, token_type, origins, scopes, expires_at)
    };
    let token = store
        .db
        .write(create)
        .await
        .map_err(|error: IssueError| error)?;
    Ok(Json(Single {
        data: TokenResponse { token },
        meta: Empty::default(),
    }))
}

/// Creates a token for the scripts of pages.
#[utoipa::path(post, path = "/storefront/api-token", tag = "Storefront tokens", operation_id = "createToken",
    request_body = TokenBody,
    responses((status = 200, body = Single<TokenResponse>), (status = 422, body = ProblemBody)))]
pub(super) async fn create_storefront(
    State(store): State<Store>,
    Body(body): Body<TokenBody>,
) -> Response<Single<TokenResponse>> {
    create(store, body, TokenType::Storefront).await
}

/// Creates a token for a server, which gets customer access tokens with it.
#[utoipa::path(post, path = "/storefront/api-token-private", tag = "Storefront tokens", operation_id = "createPrivateToken",
    request_body = TokenBody,
    responses((status = 200, body = Single<TokenResponse>), (status = 422, body = ProblemBody)))]
pub(super) async fn create_private(
    State(store): State<Store>,
    Body(body): Body<TokenBody>,
) -> Response<Single<TokenResponse>> {
    create(store, body, TokenType::Private).await
}

/// Creates a token for a server that asks for whomever it names in `X-Bc-Customer-Id`.
#[utoipa::path(post, path = "/storefront/api-token-customer-impersonation", tag = "Storefront tokens",
    operation_id = "createTokenWithCustomerImpersonation", request_body = TokenBody,
    responses((status = 200, body = Single<TokenResponse>), (status = 422, body = ProblemBody)))]
pub(super) async fn create_impersonation(
    State(store): State<Store>,
    Body(body): Body<TokenBody>,
) -> Response<Single<TokenResponse>> {
    create(store, body, TokenType::CustomerImpersonation).await
}

/// Has a token count no more.
#[utoipa::path(delete, path = "/storefront/api-token", tag = "Storefront tokens", operation_id = "revokeToken",
    params(("Sf-Api-Token" = String, Header, description = "The token.")),
    responses((status = 200, body = Single<Empty>), (status = 422, body = ProblemBody)))]
pub(super) async fn revoke(
    State(store): State<Store>,
    headers: HeaderMap,
) -> Response<Single<Empty>> {
    let token = http::text(&headers, TOKEN).unwrap_or_default();
    let claims = store.tokens.read(token).map_err(|_| {
        let title = "Send a token of this store in the header 'Sf-Api-Token'.";
        ProblemDetails::new(StatusCode::UNPROCESSABLE_ENTITY, title)
    })?;
    let revoke = move |connection: &Connection| storefront_token::revoke(connection, &claims);
    store.db.write(revoke).await?;
    Ok(Json(Single {
        data: Empty::default(),
        meta: Empty::default(),
    }))
}
