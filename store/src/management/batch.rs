//! Bodies: one item or a list of them, read by type, with the path of what is wrong.

use super::problem::Problem;
use crate::infra::http;
use axum::body::to_bytes;
use axum::extract::{FromRequest, Request};
use axum::http::StatusCode;
use serde::de::DeserializeOwned;
use serde::{Deserialize, Deserializer};
use serde_json::Value;

/// Largest body taken, in bytes.
const LIMIT: usize = 1024 * 1024;

/// Properties that may be null; of all others null is refused, as the specification has it.
const NULLABLE: [&str; 2] = ["channel_ids", "order_id"];

/// What V2 itself writes as null: whoever sends back what they were sent is not refused for it.
const NULL_IN_V2: &str = "form_fields";

/// A JSON body.
pub(crate) struct Json<T>(pub(crate) T);

/// A JSON body of objects whose every property may be null, without lists.
pub(crate) struct Nullable<T>(pub(crate) T);

impl<T: DeserializeOwned, S: Send + Sync> FromRequest<S> for Json<T> {
    type Rejection = Problem;

    async fn from_request(request: Request, _: &S) -> Result<Self, Problem> {
        let value = read(request).await?;
        refuse_nulls("", &value)?;
        typed(value).map(Self)
    }
}

impl<T: DeserializeOwned, S: Send + Sync> FromRequest<S> for Nullable<T> {
    type Rejection = Problem;

    async fn from_request(request: Request, _: &S) -> Result<Self, Problem> {
        let value = read(request).await?;
        refuse_lists("", &value)?;
        typed(value).map(Self)
    }
}

async fn read(request: Request) -> Result<Value, Problem> {
    if !http::is_content_type(request.headers(), "application/json") {
        let title = "The body must be JSON: send 'Content-Type: application/json'.";
        return Err(Problem::new(StatusCode::UNSUPPORTED_MEDIA_TYPE, title));
    }
    let bytes = to_bytes(request.into_body(), LIMIT).await.map_err(|_| {
        let title = format!("The body is larger than {LIMIT} bytes, or it broke off.");
        Problem::new(StatusCode::PAYLOAD_TOO_LARGE, title)
    })?;
    serde_json::from_slice(&bytes).map_err(|error| {
        let (line, column) = (error.line(), error.column());
        Problem::invalid("", format!("is not JSON (line {line}, column {column})"))
    })
}

fn typed<T: DeserializeOwned>(value: Value) -> Result<T, Problem> {
    serde_path_to_error::deserialize(value).map_err(|error| {
        let path = error.path().to_string().replace('[', ".").replace(']', "");
        let path = path.trim_matches('.');
        // The kind of the mistake alone: the whole message may quote what was sent.
        match missing(&error.inner().to_string()) {
            Some(name) => Problem::invalid(below(path, name), "is required"),
            None => Problem::invalid(path, "has another type or form than the one expected here"),
        }
    })
}

/// The field whose absence a message of serde's is about; its name is one of ours.
fn missing(message: &str) -> Option<&str> {
    let (name, _) = message.strip_prefix("missing field `")?.split_once('`')?;
    Some(name)
}

/// Reads a property that may be null, where null says something else than that it is absent.
pub(crate) fn given<'de, D, T>(deserializer: D) -> Result<Option<Option<T>>, D::Error>
where
    D: Deserializer<'de>,
    T: Deserialize<'de>,
{
    Option::deserialize(deserializer).map(Some)
}

/// The path of what is named `key` in what is at `path`.
fn below(path: &str, key: &str) -> String {
    match path {
        "" => key.to_owned(),
        path => format!("{path}.{key}"),
    }
}

/// A list would be taken for the properties of an object, one after the other.
fn refuse_lists(path: &str, value: &Value) -> Result<(), Problem> {
    match value {
        Value::Array(_) => Err(Problem::invalid(path, "must not be a list")),
        Value::Object(map) => map
            .iter()
            .try_for_each(|(key, value)| refuse_lists(&below(path, key), value)),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => Ok(()),
    }
}

fn refuse_nulls(path: &str, value: &Value) -> Result<(), Problem> {
    match value {
        Value::Null => Err(Problem::invalid(path, "must not be null")),
        Value::Array(items) => items
            .iter()
            .enumerate()
            .try_for_each(|(index, item)| refuse_nulls(&below(path, &index.to_string()), item)),
        Value::Object(map) => map
            .iter()
            .filter(|(key, value)| !(value.is_null() && may_be_null(path, key)))
            .try_for_each(|(key, value)| refuse_nulls(&below(path, key), value)),
        Value::Bool(_) | Value::Number(_) | Value::String(_) => Ok(()),
    }
}

/// V2's bodies are one object, V3's of customers lists.
fn may_be_null(path: &str, key: &str) -> bool {
    NULLABLE.contains(&key) || (path.is_empty() && key == NULL_IN_V2)
}

impl<T> Json<Vec<T>> {
    /// The items, if they are not more than `limit`.
    pub(crate) fn at_most(self, limit: usize) -> Result<Vec<T>, Problem> {
        if self.0.len() > limit {
            return Err(Problem::too_many_items(limit));
        }
        Ok(self.0)
    }
}

/// The V2 way to say what is wrong with a body.
pub(crate) struct JsonV2<T>(pub(crate) T);

impl<T: DeserializeOwned, S: Send + Sync> FromRequest<S> for JsonV2<T> {
    type Rejection = super::problem::InV2;

    async fn from_request(request: Request, state: &S) -> Result<Self, Self::Rejection> {
        let Json(body) = Json::from_request(request, state).await?;
        Ok(Self(body))
    }
}
