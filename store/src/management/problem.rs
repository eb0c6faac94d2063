//! What is wrong with a request, in the words of either API.

use crate::domain::customers::SaveError;
use crate::infra::problem::ProblemDetails;
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

    /// The answer in the words of an API.
    pub(crate) fn into_response_of(self, api: ApiVersion) -> Response {
        let status = self.status.as_u16();
        match api {
            ApiVersion::V2 if self.errors.is_empty() => {
                let body = json!([{ "status": status, "message": self.title }]);
                self.into_response_with(&body)
            }
            ApiVersion::V2 => {
                let errors = self.errors.iter();
                let body: Value = errors
                    .map(|(path, reason)| {
                        json!({ "status": status, "message": sentence(path, reason),
                            "details": { "field": path, "reason": reason } })
                    })
                    .collect();
                self.into_response_with(&body)
            }
            ApiVersion::V3 => self.into_response(),
        }
    }
}

impl From<crate::domain::settings::Error> for ProblemDetails {
    fn from(error: crate::domain::settings::Error) -> Self {
        Self::internal(&error)
    }
}

/// A problem in the words of V2. As it stands, it is in those of V3.
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
        let mut problem = ProblemDetails::new(StatusCode::UNPROCESSABLE_ENTITY, INVALID);
        problem.errors = self.errors;
        problem
    }
}
