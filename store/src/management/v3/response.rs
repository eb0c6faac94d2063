//! What the resources of V3 respond with.

use crate::infra::problem::ProblemDetails;
use axum::Json;

/// What a resource of V3 responds with: JSON, or what is wrong.
pub(super) type Response<T> = Result<Json<T>, ProblemDetails>;
