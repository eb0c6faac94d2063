//! What the resources of V2 respond with.

use crate::management::problem::InV2;
use axum::Json;
use serde::{Deserialize, Serialize, Serializer};
use utoipa::ToSchema;

/// What a resource of V2 responds with: JSON, or what is wrong.
pub(super) type Response<T> = Result<Json<T>, InV2>;

/// How many there are.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct Count {
    pub(super) count: i64,
}

/// A decimal, which V2 writes as a text and takes as either.
#[derive(Deserialize, ToSchema)]
#[serde(untagged)]
pub(super) enum Decimal {
    Text(String),
    Number(f64),
}

impl Decimal {
    /// The number; none when it is a text that is none.
    pub(super) fn number(&self) -> Option<f64> {
        match self {
            Self::Text(text) => text
                .trim()
                .parse()
                .ok()
                .filter(|number: &f64| number.is_finite()),
            Self::Number(number) => Some(*number),
        }
    }
}

impl Serialize for Decimal {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Text(text) => serializer.serialize_str(text),
            Self::Number(number) => serializer.serialize_str(&format!("{number:.4}")),
        }
    }
}

/// Where a sub-resource is.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct Link {
    pub(super) url: String,
    pub(super) resource: String,
}
