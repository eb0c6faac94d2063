//! Who may use the APIs, and how often: `X-Auth-Token`, scopes, `X-Rate-Limit-*`.

use super::problem::{Dialect, Problem};
use crate::settings::{Account, Api, Scope};
use crate::throttle::TooMany;
use crate::{Store, http};
use axum::extract::{Request, State};
use axum::http::{HeaderMap, HeaderName, HeaderValue, Method, StatusCode, header};
use axum::middleware::Next;
use axum::response::Response;
use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

const TOKEN: HeaderName = HeaderName::from_static("x-auth-token");

/// The API accounts, as they were when the store opened, and what each has used of its quota.
pub(crate) struct Access {
    store_hash: String,
    /// By the hash of the token: no comparison tells by its time how much of a token is right.
    accounts: HashMap<Vec<u8>, Caller>,
    quota: u32,
    window: Duration,
    used: Mutex<HashMap<String, Window>>,
}

/// Who called.
#[derive(Clone, Debug)]
pub(crate) struct Caller {
    pub(crate) client_id: String,
    scope: Scope,
}

#[derive(Clone, Copy)]
struct Window {
    ends: Instant,
    requests: u32,
}

/// What is left of a window, for the `X-Rate-Limit-*` headers.
struct Left {
    requests: u32,
    quota: u32,
    window: Duration,
    reset: Duration,
    is_over: bool,
}

impl Access {
    pub(crate) fn new(store_hash: &str, api: &Api) -> Self {
        let account = |account: &Account| {
            let caller = Caller {
                client_id: account.client_id.clone(),
                scope: account.scope,
            };
            (crate::random::sha256(account.token.expose()), caller)
        };
        Self {
            store_hash: store_hash.to_owned(),
            accounts: api.accounts.iter().map(account).collect(),
            quota: api.requests_per_window,
            window: Duration::from_millis(api.window_ms.max(1).into()),
            used: Mutex::default(),
        }
    }

    pub(crate) fn store_hash(&self) -> &str {
        &self.store_hash
    }

    /// Who may do what `method` does in the store of this hash.
    fn admit(&self, path: &str, method: &Method, headers: &HeaderMap) -> Result<&Caller, Problem> {
        let hash = path.split('/').nth(2).unwrap_or_default();
        if hash != self.store_hash {
            let title = "There is no store of this hash here.";
            return Err(Problem::new(StatusCode::NOT_FOUND, title));
        }
        let token = http::text(headers, TOKEN).unwrap_or_default();
        let caller = self
            .accounts
            .get(&crate::random::sha256(token))
            .ok_or_else(|| {
                let title = "Unauthorized: send the token of an API account as 'X-Auth-Token'.";
                Problem::new(StatusCode::UNAUTHORIZED, title)
            })?;
        let reads = *method == Method::GET || *method == Method::HEAD;
        if !reads && caller.scope == Scope::ReadOnly {
            let title = "Missing scope: this API account may read and not change.";
            return Err(Problem::new(StatusCode::FORBIDDEN, title));
        }
        Ok(caller)
    }

    /// Counts a request of an account; `None` where there is no limit.
    fn count(&self, client_id: &str) -> Option<Left> {
        if self.quota == 0 {
            return None;
        }
        let now = Instant::now();
        let mut used = self.used.lock().unwrap_or_else(PoisonError::into_inner);
        let window = used.entry(client_id.to_owned()).or_insert(Window {
            ends: now + self.window,
            requests: 0,
        });
        if window.ends <= now {
            *window = Window {
                ends: now + self.window,
                requests: 0,
            };
        }
        let is_over = window.requests >= self.quota;
        window.requests = window.requests.saturating_add(1);
        Some(Left {
            requests: self.quota.saturating_sub(window.requests),
            quota: self.quota,
            window: self.window,
            reset: window.ends.duration_since(now),
            is_over,
        })
    }
}

impl Left {
    fn tell(&self, response: &mut Response) {
        let ms = |duration: Duration| u64::try_from(duration.as_millis()).unwrap_or(u64::MAX);
        for (name, value) in [
            ("x-rate-limit-requests-left", u64::from(self.requests)),
            ("x-rate-limit-requests-quota", u64::from(self.quota)),
            ("x-rate-limit-time-window-ms", ms(self.window)),
            ("x-rate-limit-time-reset-ms", ms(self.reset)),
        ] {
            let name = HeaderName::from_static(name);
            response
                .headers_mut()
                .insert(name, HeaderValue::from(value));
        }
    }

    fn too_many(&self) -> TooMany {
        TooMany {
            seconds: self.reset.as_secs() + u64::from(self.reset.subsec_nanos() > 0),
        }
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
    let admitted = store
        .access
        .admit(path, request.method(), request.headers())
        .cloned();
    let caller = match admitted {
        Ok(caller) => caller,
        Err(problem) => return problem.said_by(dialect),
    };
    let left = store.access.count(&caller.client_id);
    let mut response = match &left {
        Some(left) if left.is_over => Problem::from(left.too_many()).said_by(dialect),
        Some(_) | None => match refuse_form(request.headers()) {
            Some(problem) => problem.said_by(dialect),
            None => {
                request.extensions_mut().insert(caller);
                next.run(request).await
            }
        },
    };
    if let Some(left) = left {
        left.tell(&mut response);
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
