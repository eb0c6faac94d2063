//! What is wrong with a request, in the words of either API.

use crate::domain::customers::SaveError;
use crate::infra::rate_limit::RateLimited;
use crate::infra::{db, http, password_hash};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use serde::Serialize;
use serde_json::{Map, Value, json};
use storefront_rules::text;
use utoipa::ToSchema;

/// Which API answers: they say one thing in two ways.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum ApiVersion {
    /// A list of statuses with messages.
    V2,
    /// One object with a map of errors.
    V3,
}

/// Where the platform explains statuses.
const TYPE: &str = "https://developer.bigcommerce.com/api-docs/getting-started/api-status-codes";

const INVALID: &str = "Input is invalid";

const NOT_FOUND: &str = "The resource at that URL is not found.";

/// What is wrong with a field, as V2 says it.
fn sentence(path: &str, reason: &Value) -> String {
    let reason = reason.as_str().unwrap_or_default();
    // A reason that begins with a capital is a sentence of its own.
    if path.is_empty() || reason.starts_with(char::is_uppercase) || reason.starts_with('“') {
        return reason.to_owned();
    }
    format!("The field '{path}' {reason}.")
}

/// Why a request was not carried out.
#[derive(Debug)]
pub(crate) struct ProblemDetails {
    status: StatusCode,
    title: String,
    /// What is wrong where, by dotted path: `0.email`.
    errors: Map<String, Value>,
    wait: Option<RateLimited>,
}

/// Nobody reads it: it is what the OpenAPI document says of a refusal.
#[derive(Serialize, ToSchema)]
#[schema(as = ProblemDetails)]
pub(crate) struct ProblemBody {
    /// The HTTP status.
    status: u16,
    /// What went wrong.
    title: String,
    /// Where statuses are explained.
    r#type: String,
    /// What is wrong where, by dotted path such as `0.email`.
    errors: std::collections::BTreeMap<String, String>,
}

impl ProblemDetails {
    pub(crate) fn new(status: StatusCode, title: impl Into<String>) -> Self {
        Self {
            status,
            title: title.into(),
            errors: Map::new(),
            wait: None,
        }
    }

    /// Data that do not count, with one thing that is wrong with them.
    pub(crate) fn invalid(path: impl Into<String>, message: impl Into<String>) -> Self {
        let mut checks = Checks::default();
        checks.refuse(path, message);
        checks.into_problem()
    }

    pub(crate) fn not_found() -> Self {
        Self::new(StatusCode::NOT_FOUND, NOT_FOUND)
    }

    /// A batch that is larger than `limit`.
    pub(crate) fn too_many_items(limit: usize) -> Self {
        let title =
            format!("A request can have at most {limit} items. Send the rest in another request.");
        Self::new(StatusCode::PAYLOAD_TOO_LARGE, title)
    }

    pub(crate) fn internal(error: &dyn std::error::Error) -> Self {
        tracing::error!(%error, "a request failed");
        let title = "The store failed to answer. Try again in a moment.";
        Self::new(StatusCode::INTERNAL_SERVER_ERROR, title)
    }

    /// The answer in the words of an API.
    pub(crate) fn into_response_of(self, api: ApiVersion) -> Response {
        let status = self.status.as_u16();
        let body = match api {
            ApiVersion::V2 if self.errors.is_empty() => {
                json!([{ "status": status, "message": self.title }])
            }
            ApiVersion::V2 => self
                .errors
                .into_iter()
                .map(|(path, reason)| {
                    json!({ "status": status, "message": sentence(&path, &reason),
                        "details": { "field": path, "reason": reason } })
                })
                .collect(),
            ApiVersion::V3 => json!({
                "status": status, "title": self.title, "type": TYPE, "errors": self.errors,
            }),
        };
        let mut response = http::json(self.status, &body);
        if let Some(why) = self.wait {
            http::retry_after(&mut response, why);
        }
        response
    }
}

impl From<db::Error> for ProblemDetails {
    fn from(error: db::Error) -> Self {
        Self::internal(&error)
    }
}

impl From<rusqlite::Error> for ProblemDetails {
    fn from(error: rusqlite::Error) -> Self {
        Self::internal(&error)
    }
}

impl From<password_hash::Error> for ProblemDetails {
    fn from(error: password_hash::Error) -> Self {
        Self::internal(&error)
    }
}

impl From<crate::domain::settings::Error> for ProblemDetails {
    fn from(error: crate::domain::settings::Error) -> Self {
        Self::internal(&error)
    }
}

impl From<RateLimited> for ProblemDetails {
    fn from(why: RateLimited) -> Self {
        Self {
            wait: Some(why),
            ..Self::new(StatusCode::TOO_MANY_REQUESTS, why.to_string())
        }
    }
}

/// As V3 says it; V2's handlers are wrapped in [`InV2`].
impl IntoResponse for ProblemDetails {
    fn into_response(self) -> Response {
        self.into_response_of(ApiVersion::V3)
    }
}

/// A problem in the words of V2.
pub(crate) struct InV2(ProblemDetails);

impl<E: Into<ProblemDetails>> From<E> for InV2 {
    fn from(error: E) -> Self {
        let mut problem = error.into();
        // V2 knows no 422: what cannot be taken is a bad request.
        if problem.status == StatusCode::UNPROCESSABLE_ENTITY {
            problem.status = StatusCode::BAD_REQUEST;
        }
        Self(problem)
    }
}

impl IntoResponse for InV2 {
    fn into_response(self) -> Response {
        self.0.into_response_of(ApiVersion::V2)
    }
}

pub(crate) fn no_route(api: ApiVersion) -> Response {
    ProblemDetails::not_found().into_response_of(api)
}

pub(crate) fn no_method(api: ApiVersion) -> Response {
    let title = "This resource does not support the method.";
    ProblemDetails::new(StatusCode::METHOD_NOT_ALLOWED, title).into_response_of(api)
}

/// Collects what is wrong with a request.
#[derive(Debug, Default)]
pub(crate) struct Checks {
    errors: Map<String, Value>,
}

impl Checks {
    /// Notes what is wrong at a dotted path; the first complaint about it counts.
    pub(crate) fn refuse(&mut self, path: impl Into<String>, message: impl Into<String>) {
        let message = message.into();
        self.errors
            .entry(path.into())
            .or_insert(Value::String(message));
    }

    /// Notes what is missing.
    pub(crate) fn require<T>(&mut self, path: impl Into<String>, given: Option<&T>) {
        if given.is_none() {
            self.refuse(path, "is required");
        }
    }

    /// Notes a text of one line of a person, as [`Self::text`] does without what cannot be seen of it; it has
    /// no `<` and `>` either.
    pub(crate) fn line(
        &mut self,
        path: impl Into<String>,
        text: Option<&str>,
        length: std::ops::RangeInclusive<usize>,
    ) {
        let Some(text) = text.map(text::visible) else {
            return;
        };
        if text.contains(['<', '>', '\n', '\r', '\t']) {
            self.refuse(path, "must be one line without < and >");
        } else {
            self.text(path, Some(text), length);
        }
    }

    /// Notes a text whose length, in characters, is not within `length`, that has control characters, or
    /// that must not be empty and has nothing to see.
    pub(crate) fn text(
        &mut self,
        path: impl Into<String>,
        text: Option<impl AsRef<str>>,
        length: std::ops::RangeInclusive<usize>,
    ) {
        let Some(text) = text.as_ref().map(AsRef::as_ref) else {
            return;
        };
        let is_blank = *length.start() > 0 && text::visible(text).is_empty();
        if is_blank || !length.contains(&text.chars().count()) {
            let (min, max) = (length.start(), length.end());
            self.refuse(path, format!("must have {min} to {max} characters"));
        } else if text
            .chars()
            .any(|c| c.is_control() && c != '\n' && c != '\r' && c != '\t')
        {
            self.refuse(path, "must have no control characters");
        }
    }

    /// Notes why a customer was not saved.
    pub(crate) fn saved<T>(
        &mut self,
        path: impl Into<String>,
        kept: Result<T, SaveError>,
    ) -> Result<Option<T>, ProblemDetails> {
        match kept {
            Ok(kept) => Ok(Some(kept)),
            Err(SaveError::EmailTaken) => {
                self.refuse(path, "Another customer has this email address.");
                Ok(None)
            }
            Err(SaveError::Db(error)) => Err(error.into()),
        }
    }

    /// Whether nothing was noted.
    pub(crate) fn is_empty(&self) -> bool {
        self.errors.is_empty()
    }

    /// Takes over what others noted.
    pub(crate) fn take(&mut self, others: Self) {
        for (path, message) in others.errors {
            self.errors.entry(path).or_insert(message);
        }
    }

    /// Ends it.
    ///
    /// # Errors
    /// 422 with all that was noted.
    pub(crate) fn finish(self) -> Result<(), ProblemDetails> {
        if self.errors.is_empty() {
            Ok(())
        } else {
            Err(self.into_problem())
        }
    }

    fn into_problem(self) -> ProblemDetails {
        ProblemDetails {
            errors: self.errors,
            ..ProblemDetails::new(StatusCode::UNPROCESSABLE_ENTITY, INVALID)
        }
    }
}
