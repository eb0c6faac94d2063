//! Who may use the APIs, and how often: `X-Auth-Token`, scopes, `X-Rate-Limit-*`.

use super::problem::ApiVersion;
use crate::domain::Store;
use crate::domain::api_accounts::Caller;
use crate::domain::rate_limits::Allowance;
use crate::domain::settings::Scope;
use crate::infra::http;
use crate::infra::problem::ProblemDetails;
use axum::extract::{Request, State};
use axum::http::{HeaderMap, HeaderName, HeaderValue, Method, StatusCode, header};
use axum::middleware::Next;
use axum::response::Response;
use std::time::Duration;

const TOKEN: HeaderName = HeaderName::from_static("x-auth-token");

/// Who may do what `method` does in the store of this hash.
fn authorize(
    store: &Store,
    path: &str,
    method: &Method,
    headers: &HeaderMap,
) -> Result<Caller, ProblemDetails> {
    let hash = path.split('/').nth(2).unwrap_or_default();
    if hash != store.store_hash {
        let title = "There is no store with this hash.";
        return Err(ProblemDetails::new(StatusCode::NOT_FOUND, title));
    }
    let token = http::text(headers, TOKEN).unwrap_or_default();
    let caller = store.api_accounts.find(token).ok_or_else(|| {
        let title = "Unauthorized: send the token of an API account as 'X-Auth-Token'.";
        ProblemDetails::new(StatusCode::UNAUTHORIZED, title)
    })?;
    let reads = *method == Method::GET || *method == Method::HEAD;
    if !reads && caller.scope == Scope::ReadOnly {
        let title = "Missing scope: this API account is read-only.";
        return Err(ProblemDetails::new(StatusCode::FORBIDDEN, title));
    }
    Ok(caller.clone())
}

/// Adds the `X-Rate-Limit-*` headers.
fn add_allowance(response: &mut Response, allowance: &Allowance) {
    let ms = |duration: Duration| u64::try_from(duration.as_millis()).unwrap_or(u64::MAX);
    for (name, value) in [
        ("x-rate-limit-requests-left", u64::from(allowance.left)),
        (
            "x-rate-limit-requests-quota",
            u64::from(allowance.policy.requests),
        ),
        ("x-rate-limit-time-window-ms", ms(allowance.policy.per)),
        ("x-rate-limit-time-reset-ms", ms(allowance.reset)),
    ] {
        let name = HeaderName::from_static(name);
        response
            .headers_mut()
            .insert(name, HeaderValue::from(value));
    }
}

/// Lets a request through that may be made, with its [`Caller`].
pub(crate) async fn check(
    State((store, api)): State<(Store, ApiVersion)>,
    mut request: Request,
    next: Next,
) -> Response {
    // Nested routes see the rest of the path alone; the whole is in the original URI.
    let original = request.extensions().get::<axum::extract::OriginalUri>();
    let path = original.map_or_else(|| request.uri().path(), |original| original.0.path());
    let caller = match authorize(&store, path, request.method(), request.headers()) {
        Ok(caller) => caller,
        Err(problem) => return problem.into_response_of(api),
    };
    let allowance = store.rate_limits.count_request(&caller.client_id);
    let limited = allowance.as_ref().and_then(|allowance| allowance.limited);
    let mut response = match (limited, refuse_form(request.headers())) {
        (Some(limited), _) => ProblemDetails::from(limited).into_response_of(api),
        (None, Some(problem)) => problem.into_response_of(api),
        (None, None) => {
            request.extensions_mut().insert(caller);
            next.run(request).await
        }
    };
    if let Some(allowance) = allowance {
        add_allowance(&mut response, &allowance);
    }
    response
}

/// Refuses who takes no JSON.
fn refuse_form(headers: &HeaderMap) -> Option<ProblemDetails> {
    let accept = http::text(headers, header::ACCEPT).unwrap_or("*/*");
    let takes_json = accept.split(',').any(|range| {
        let range = range.split(';').next().unwrap_or_default().trim();
        matches!(range, "*/*" | "application/*" | "application/json" | "")
            || (range.starts_with("application/") && range.ends_with("+json"))
    });
    (!takes_json).then(|| {
        let title = "Responses are JSON: send 'Accept: application/json'.";
        ProblemDetails::new(StatusCode::NOT_ACCEPTABLE, title)
    })
}
