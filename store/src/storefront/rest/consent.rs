//! `POST /api/storefront/consent`: a shopper's decision about cookies. A guest's is kept in a cookie,
//! a customer's in their record, and both in the history.

use super::body::read;
use crate::domain::consent::{self, Decision, GuestCookie, Question, Source, Subject};
use crate::domain::settings::{self, ConsentNumbers};
use crate::domain::{Store, browser};
use crate::infra::problem::ProblemDetails;
use crate::infra::{db, http, random};
use axum::body::Body;
use axum::extract::{ConnectInfo, State};
use axum::http::{HeaderMap, HeaderName, StatusCode};
use axum::response::Response;
use serde::Deserialize;
use serde_json::json;
use std::net::SocketAddr;
use storefront_rules::Category;

/// Which wording of the question was answered, at most [`REVISION_LENGTH`] characters.
const REVISION: HeaderName = HeaderName::from_static("x-consent-revision");
/// The language of the question, a BCP 47 tag.
const LOCALE: HeaderName = HeaderName::from_static("x-consent-locale");
/// What led to the decision, by the names of [`Source`].
const SOURCE: HeaderName = HeaderName::from_static("x-consent-source");

const REVISION_LENGTH: usize = 100;
const LOCALE_LENGTH: usize = 35;
const SECONDS_PER_DAY: u32 = 24 * 60 * 60;

/// The body, by the names of consent.sf.yml: every category by number, in one list or the other.
#[derive(Deserialize)]
pub(super) struct ConsentPreferences {
    allow: Vec<i64>,
    deny: Vec<i64>,
}

pub(super) async fn decide(
    State(store): State<Store>,
    ConnectInfo(peer): ConnectInfo<SocketAddr>,
    headers: HeaderMap,
    body: Body,
) -> Result<Response, ProblemDetails> {
    let preferences: ConsentPreferences = read(&store, &headers, body).await?;
    let settings = store.db.read(settings::load).await;
    let settings = settings.map_err(|error: db::Error| ProblemDetails::internal(&error))?;
    let privacy = settings.privacy_in_force();
    if !privacy.cookie_consent_enabled {
        let title = "This store does not ask about cookies, so there is nothing to decide.";
        return Err(ProblemDetails::new(StatusCode::BAD_REQUEST, title));
    }
    let decision = preferences.decision(&privacy.consent_numbers)?;
    let asked = asked(&headers)?;
    store.rate_limits.check_attempt(peer.ip())?;
    let customer = browser::signed_in(&store, &headers).await;
    let subject = match customer.map_err(|error| ProblemDetails::internal(&error))? {
        Some(id) => Subject::Customer(id),
        None => Subject::Guest(guest_id(&headers)?),
    };
    let subject_of_row = subject.clone();
    let kept = store
        .db
        .write(move |connection| consent::save(connection, &subject_of_row, &decision, &asked))
        .await
        .map_err(|error: db::Error| ProblemDetails::internal(&error))?;
    let mut response = http::json(StatusCode::OK, &json!({}));
    let cookie = match subject {
        // On a device that others use, nothing of the account stays behind.
        Subject::Customer(_) => browser::open_cookie(&store, GuestCookie::NAME, "", 0),
        Subject::Guest(guest_id) => {
            let value = GuestCookie { guest_id, kept }.value();
            let seconds = privacy.consent_days.saturating_mul(SECONDS_PER_DAY);
            browser::open_cookie(&store, GuestCookie::NAME, &value, seconds)
        }
    };
    browser::set_cookie(&mut response, &cookie);
    Ok(response)
}

/// The id in the browser's cookie, or a new one.
fn guest_id(headers: &HeaderMap) -> Result<String, ProblemDetails> {
    let sent = browser::cookie_named(headers, GuestCookie::NAME);
    match sent.and_then(|value| GuestCookie::read(&value)) {
        Some(known) => Ok(known.guest_id),
        None => random::token().map_err(|error| ProblemDetails::internal(&error)),
    }
}

impl ConsentPreferences {
    fn decision(&self, numbers: &ConsentNumbers) -> Result<Decision, ProblemDetails> {
        let named = |list: &[i64]| -> Result<Vec<Category>, ProblemDetails> {
            let category = |number: &i64| {
                numbers.category(*number).ok_or_else(|| {
                    let title = format!("{number} is not a category of cookies.");
                    ProblemDetails::new(StatusCode::BAD_REQUEST, title)
                })
            };
            list.iter().map(category).collect()
        };
        Decision::new(&named(&self.allow)?, &named(&self.deny)?)
            .map_err(|why| ProblemDetails::new(StatusCode::BAD_REQUEST, why.to_string()))
    }
}

/// What the headers say of the question. They are this store's addition: the platform ignores them.
fn asked(headers: &HeaderMap) -> Result<Question, ProblemDetails> {
    let text = |name: HeaderName, length: usize| -> Result<String, ProblemDetails> {
        let text = match headers.get(&name) {
            None => "",
            Some(value) => value.to_str().unwrap_or("\n"),
        };
        if text.len() > length || text.chars().any(char::is_control) {
            let title = format!("'{name}' must have at most {length} ASCII characters.");
            return Err(ProblemDetails::new(StatusCode::BAD_REQUEST, title));
        }
        Ok(text.to_owned())
    };
    let source = text(SOURCE, LOCALE_LENGTH)?;
    Ok(Question {
        revision: text(REVISION, REVISION_LENGTH)?,
        locale: text(LOCALE, LOCALE_LENGTH)?,
        source: match source.as_str() {
            "" => Source::Unknown,
            name => Source::of_shopper(name).ok_or_else(|| {
                let title = format!(
                    "'{SOURCE}' must be banner, settings, signup, withdrawal, gpc or merge."
                );
                ProblemDetails::new(StatusCode::BAD_REQUEST, title)
            })?,
        },
    })
}
