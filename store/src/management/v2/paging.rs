//! `page` and `limit` in V2.

use crate::infra::select::{PageRequest, Position};
use crate::management::problem::InV2;
use crate::management::query::Params;
use axum::extract::FromRequestParts;
use axum::http::request::Parts;

/// `page` and `limit` where they are documented and there are no pages: of no use, but not taken for
/// just anything.
pub(super) struct Unpaged;

impl<S: Send + Sync> FromRequestParts<S> for Unpaged {
    type Rejection = InV2;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, InV2> {
        let Ok(mut params) = Params::from_request_parts(parts, state).await;
        paging(&mut params);
        params.check()?;
        Ok(Self)
    }
}

/// `page` and `limit`: V2 has no cursors.
pub(super) fn paging(params: &mut Params) -> PageRequest {
    let PageRequest { limit, position } = params.paging();
    let position = match position {
        Position::Page(_) => position,
        Position::After(_) | Position::Before(_) => Position::Page(1),
    };
    PageRequest { limit, position }
}
