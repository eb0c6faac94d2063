//! Who may use the APIs, and how often: `X-Auth-Token`, scopes, `X-Rate-Limit-*`.

use super::problem::{Dialect, Problem};
use crate::domain::Store;
use crate::domain::api_accounts::{Caller, Quota};
use crate::domain::settings::Scope;
use crate::infra::http;
use crate::infra::rate_limit::TooMany;
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
) -> Result<Caller, Problem> {
    let hash = path.split('/').nth(2).unwrap_or_default();
    if hash != store.store_hash {
        let title = "There is no store of this hash here.";
        return Err(Problem::new(StatusCode::NOT_FOUND, title));
    }
    let token = http::text(headers, TOKEN).unwrap_or_default();
    let caller = store.api_accounts.find(token).ok_or_else(|| {
        let title = "Unauthorized: send the token of an API account as 'X-Auth-Token'.";
        Problem::new(StatusCode::UNAUTHORIZED, title)
    })?;
    let reads = *method == Method::GET || *method == Method::HEAD;
    if !reads && caller.scope == Scope::ReadOnly {
        let title = "Missing scope: this API account may read and not change.";
        return Err(Problem::new(StatusCode::FORBIDDEN, title));
    }
    Ok(caller.clone())
}

/// Adds the `X-Rate-Limit-*` headers.
fn add_quota(response: &mut Response, quota: &Quota) {
    let ms = |duration: Duration| u64::try_from(duration.as_millis()).unwrap_or(u64::MAX);
    for (name, value) in [
        ("x-rate-limit-requests-left", u64::from(quota.left)),
        ("x-rate-limit-requests-quota", u64::from(quota.total)),
        ("x-rate-limit-time-window-ms", ms(quota.window)),
        ("x-rate-limit-time-reset-ms", ms(quota.reset)),
    ] {
        let name = HeaderName::from_static(name);
        response
            .headers_mut()
            .insert(name, HeaderValue::from(value));
    }
}

/// Lets a request through that may be made, with its [`Caller`].
pub(crate) async fn check(
    State((store, dialect)): State<(Store, Dialect)>,
    mut request: Request,
    next: Next,
) -> Response {
    // Nested routes see the rest of the path alone; the whole is in the original URI.
    let original = request.extensions().get::<axum::extract::OriginalUri>();
    let path = original.map_or_else(|| request.uri().path(), |original| original.0.path());
    let caller = match authorize(&store, path, request.method(), request.headers()) {
        Ok(caller) => caller,
        Err(problem) => return problem.said_by(dialect),
    };
    let quota = store.api_accounts.count(&caller.client_id);
    let mut response = match &quota {
        Some(quota) if quota.is_exceeded => {
            Problem::from(TooMany::after(quota.reset)).said_by(dialect)
        }
        Some(_) | None => match refuse_form(request.headers()) {
            Some(problem) => problem.said_by(dialect),
            None => {
                request.extensions_mut().insert(caller);
                next.run(request).await
            }
        },
    };
    if let Some(quota) = quota {
        add_quota(&mut response, &quota);
    }
    response
}

/// Refuses who takes no JSON.
fn refuse_form(headers: &HeaderMap) -> Option<Problem> {
    let accept = http::text(headers, header::ACCEPT).unwrap_or("*/*");
    let takes_json = accept.split(',').any(|range| {
        let range = range.split(';').next().unwrap_or_default().trim();
        matches!(range, "*/*" | "application/*" | "application/json" | "")
            || (range.starts_with("application/") && range.ends_with("+json"))
    });
    (!takes_json).then(|| {
        let title = "Answers are JSON: send 'Accept: application/json'.";
        Problem::new(StatusCode::NOT_ACCEPTABLE, title)
    })
}
