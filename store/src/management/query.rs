//! Query strings: every parameter is read as what it should be, or complained about by its name.

use super::problem::Checks;
use crate::infra::problem::ProblemDetails;
use crate::infra::select::{Bounds, Cursor, PageRequest, Position};
use crate::infra::time::TimeRange;
use axum::extract::FromRequestParts;
use axum::http::request::Parts;
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde::Serialize;
use std::net::IpAddr;
use storefront_rules::email::is_email;
use utoipa::IntoParams;

/// Most values of a list such as `id:in`.
const LIST_LENGTH: usize = 500;

/// Rows of a page when the query does not say.
const DEFAULT_LIMIT: u32 = 50;

/// Most rows of a page.
pub(crate) const LARGEST_LIMIT: u32 = 250;

/// The parameters of a request; what is wrong with them is said at the end.
pub(crate) struct Params {
    pairs: Vec<Pair>,
    /// The names that were asked for.
    asked: Vec<String>,
    checks: Checks,
}

/// A parameter.
struct Pair {
    name: String,
    text: String,
    /// Both as they came: a comma that is part of a value is escaped.
    raw: String,
}

impl Pair {
    fn read(raw: &str) -> Self {
        let (name, text) = raw.split_once('=').unwrap_or((raw, ""));
        Self {
            name: unescaped(name),
            text: unescaped(text),
            raw: raw.to_owned(),
        }
    }

    /// What stands between the commas that are written out.
    fn values(&self) -> impl Iterator<Item = String> {
        let (_, text) = self.raw.split_once('=').unwrap_or_default();
        text.split(',')
            .map(|text| unescaped(text).trim().to_owned())
    }
}

fn unescaped(text: &str) -> String {
    // Of a pair without a name, all is the value.
    let pair = format!("={text}");
    let value = form_urlencoded::parse(pair.as_bytes()).next();
    value.map_or_else(String::new, |(_, value)| value.into_owned())
}

/// Nobody reads it: it is what the OpenAPI document says of [`Params::span`].
#[derive(Serialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(crate) struct Dates {
    /// Created on this day, or at this time.
    date_created: Option<String>,
    /// Created on this day or later; times may also be seconds since 1970.
    #[serde(rename = "date_created:min")]
    created_from: Option<String>,
    /// Created on this day or before.
    #[serde(rename = "date_created:max")]
    created_to: Option<String>,
    /// Changed on this day, or at this time.
    date_modified: Option<String>,
    /// Changed on this day or later.
    #[serde(rename = "date_modified:min")]
    modified_from: Option<String>,
    /// Changed on this day or before.
    #[serde(rename = "date_modified:max")]
    modified_to: Option<String>,
}

impl<S: Send + Sync> FromRequestParts<S> for Params {
    type Rejection = std::convert::Infallible;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Self::Rejection> {
        Ok(Self::read(parts.uri.query().unwrap_or_default()))
    }
}

impl Params {
    pub(crate) fn read(query: &str) -> Self {
        let raw = query.split('&').filter(|raw| !raw.is_empty());
        let pairs: Vec<Pair> = raw.map(Pair::read).collect();
        let mut checks = Checks::default();
        for Pair { name, text, .. } in &pairs {
            // What stands for bytes that are no text: no value is like that.
            if text.contains(char::REPLACEMENT_CHARACTER) {
                checks.refuse(name, "must be UTF-8, escaped with percent signs");
            }
        }
        Self {
            pairs,
            asked: Vec::new(),
            checks,
        }
    }

    /// The last value of this name.
    pub(crate) fn text(&mut self, name: &str) -> Option<String> {
        self.asked.push(name.to_owned());
        let mut pairs = self.pairs.iter().rev();
        let Pair { text, .. } = pairs.find(|pair| pair.name == name)?;
        if text.contains('\0') {
            self.checks.refuse(name, "must have no control characters");
            return None;
        }
        Some(text.clone())
    }

    /// What `parse` makes of a value; what it makes nothing of must be what is `expected`.
    pub(crate) fn parsed<T>(
        &mut self,
        name: &str,
        expected: &str,
        parse: impl FnOnce(&str) -> Option<T>,
    ) -> Option<T> {
        let text = self.text(name)?;
        let parsed = parse(text.trim());
        if parsed.is_none() {
            self.checks.refuse(name, format!("must be {expected}"));
        }
        parsed
    }

    pub(crate) fn integer(&mut self, name: &str) -> Option<i64> {
        self.parsed(name, "a whole number", |text| text.parse().ok())
    }

    pub(crate) fn boolean(&mut self, name: &str) -> Option<bool> {
        self.parsed(name, "true or false", |text| match text {
            "true" | "1" => Some(true),
            "false" | "0" => Some(false),
            _ => None,
        })
    }

    /// One of `names`, by its place in the list.
    pub(crate) fn one_of<T: Copy>(&mut self, name: &str, names: &[(&str, T)]) -> Option<T> {
        let known: Vec<&str> = names.iter().map(|(name, _)| *name).collect();
        self.parsed(name, &format!("one of {}", known.join(", ")), |text| {
            let mut names = names.iter();
            names.find(|(own, _)| *own == text).map(|(_, what)| *what)
        })
    }

    /// The values of a list, joined by commas or given one by one; `None` when there is no list. A
    /// value with a comma that came escaped is meant whole, or is a list of a client that escapes
    /// all: it is there whole and in its parts.
    pub(crate) fn texts(&mut self, name: &str) -> Option<Vec<String>> {
        let mut values = self.comma_separated(name)?;
        let own = self.pairs.iter().filter(|pair| pair.name == name);
        values.extend(own.flat_map(Pair::values).filter(|text| text.contains(',')));
        Some(values)
    }

    /// The values between the commas of a list.
    pub(crate) fn comma_separated(&mut self, name: &str) -> Option<Vec<String>> {
        self.asked.push(name.to_owned());
        let own = self.pairs.iter().filter(|pair| pair.name == name);
        let values: Vec<String> = own
            .flat_map(|pair| pair.text.split(','))
            .map(|text| text.trim().to_owned())
            .collect();
        if values.is_empty() {
            return None;
        }
        if values.len() > LIST_LENGTH {
            self.checks
                .refuse(name, format!("must have at most {LIST_LENGTH} values"));
            return None;
        }
        if values.iter().any(|text| text.contains('\0')) {
            self.checks.refuse(name, "must have no control characters");
            return None;
        }
        Some(values)
    }

    /// The email addresses of a list. A plus sign that came as it is, which stands for a space, is one.
    pub(crate) fn emails(&mut self, name: &str) -> Option<Vec<String>> {
        let parts = self.comma_separated(name)?;
        let own = self.pairs.iter().filter(|pair| pair.name == name);
        let whole: Vec<String> = own.flat_map(Pair::values).collect();
        let are_emails = |texts: &Vec<String>| texts.iter().all(|text| is_email(text));
        let with_plus = |texts: Vec<String>| -> Vec<String> {
            texts.iter().map(|text| text.replace(' ', "+")).collect()
        };
        let mut lists = [whole, parts].into_iter().map(with_plus);
        let emails = lists.find(are_emails);
        if emails.is_none() {
            self.checks
                .refuse(name, "must be email addresses, like name@example.com");
        }
        emails
    }

    /// One email address, read as those of a list are.
    pub(crate) fn email(&mut self, name: &str) -> Option<String> {
        let email = self.text(name)?.trim().replace(' ', "+");
        if !is_email(&email) {
            self.checks
                .refuse(name, "must be an email address, like name@example.com");
            return None;
        }
        Some(email)
    }

    /// The ids of a list; nothing has a number below 1, and the APIs' have 32 bits.
    pub(crate) fn ids(&mut self, name: &str) -> Option<Vec<i64>> {
        self.numbers(name, 1)
    }

    /// The ids of a list in which 0 stands for what has none.
    pub(crate) fn ids_or_none(&mut self, name: &str) -> Option<Vec<i64>> {
        self.numbers(name, 0)
    }

    fn numbers(&mut self, name: &str, least: i64) -> Option<Vec<i64>> {
        let texts = self.comma_separated(name)?;
        let number = |text: &String| {
            let number = text.parse::<i32>().ok().map(i64::from);
            number.filter(|number| *number >= least)
        };
        let numbers: Option<Vec<i64>> = texts.iter().map(number).collect();
        if numbers.is_none() {
            let message = format!("must be whole numbers from {least}");
            self.checks.refuse(name, message);
        }
        numbers
    }

    /// An id.
    pub(crate) fn id(&mut self, name: &str) -> Option<i64> {
        self.parsed(name, "a whole number from 1", |text| {
            text.parse().ok().filter(|id| *id >= 1)
        })
    }

    /// The names of a list, as [`Self::texts`] reads them: at least one that somebody may have.
    pub(crate) fn names(&mut self, name: &str) -> Option<Vec<String>> {
        let names = self.lines(name)?;
        if names.iter().all(String::is_empty) {
            self.checks.refuse(name, "must not be empty");
            return None;
        }
        Some(names)
    }

    /// The texts of a list, as [`Self::texts`] reads them, of what is kept without `<` and `>`.
    pub(crate) fn lines(&mut self, name: &str) -> Option<Vec<String>> {
        let texts = self.texts(name)?;
        if texts.iter().any(|text| text.contains(['<', '>'])) {
            self.checks.refuse(name, "must have no < and >");
            return None;
        }
        Some(texts)
    }

    /// The addresses of the network of a list; an empty text stands for none.
    pub(crate) fn ip_addresses(&mut self, name: &str) -> Option<Vec<String>> {
        let texts = self.comma_separated(name)?;
        let is_address = |text: &String| text.is_empty() || text.parse::<IpAddr>().is_ok();
        if !texts.iter().all(is_address) {
            self.checks
                .refuse(name, "must be IP addresses, like 192.0.2.1");
            return None;
        }
        Some(texts)
    }

    /// `name`, `name:min` and `name:max`.
    pub(crate) fn span(&mut self, name: &str) -> Bounds {
        let (min, max) = (format!("{name}:min"), format!("{name}:max"));
        self.span_between(name, &min, &max)
    }

    /// The time that `at` names, or from `min` to `max`.
    pub(crate) fn span_between(&mut self, at: &str, min: &str, max: &str) -> Bounds {
        let mut range =
            |name: &str| self.parsed(name, "a day or a time, like 2026-01-31", TimeRange::read);
        let (day, first, last) = (range(at), range(min), range(max));
        let (first, last) = (first.map(|min| min.first), last.map(|max| max.last));
        let is_past =
            |from: Option<i64>, to: Option<i64>| from.zip(to).is_some_and(|(from, to)| from > to);
        if is_past(first, last) {
            self.checks.refuse(min, format!("must not be after {max}"));
        }
        let from = day.map(|day| day.first).max(first);
        let to = match (day.map(|day| day.last), last) {
            (Some(day), Some(max)) => Some(day.min(max)),
            (day, max) => day.or(max),
        };
        if day.is_some() && is_past(from, to) {
            let message = format!("must be between {min} and {max}");
            self.checks.refuse(at, message);
        }
        Bounds { from, to }
    }

    /// `page` and `limit`, or `after` or `before` a cursor.
    pub(crate) fn paging(&mut self) -> PageRequest {
        let is_whole = |number: f64| number.fract() == 0.0 || number.is_infinite();
        let limit = self.parsed("limit", "a whole number from 1", |text| {
            let limit: f64 = text.parse().ok()?;
            (limit >= 1.0 && is_whole(limit)).then(|| limit.min(LARGEST_LIMIT.into()) as u32)
        });
        // Clients that have no cursor yet send an empty one.
        let mut cursor = |name: &str| {
            let read = |text: &str| match text {
                "" => Some(None),
                text => read_cursor(text).map(Some),
            };
            self.parsed(name, "a cursor of an earlier answer", read)
                .flatten()
        };
        let (after, before) = (cursor("after"), cursor("before"));
        let page = self.parsed("page", "a whole number from 1", |text| {
            let page: f64 = text.parse().ok()?;
            ((1.0..=1e9).contains(&page) && is_whole(page)).then_some(page as u32)
        });
        PageRequest {
            limit: limit.unwrap_or(DEFAULT_LIMIT),
            position: match (after, before) {
                (Some(place), _) => Position::After(place),
                (None, Some(place)) => Position::Before(place),
                (None, None) => Position::Page(page.unwrap_or(1)),
            },
        }
    }

    /// Refuses parameters that nothing asked for, where a slip of the pen would do harm.
    pub(crate) fn refuse_others(&mut self) {
        for Pair { name, .. } in &self.pairs {
            if !self.asked.contains(name) {
                self.checks
                    .refuse(name, "is not a parameter of this request");
            }
        }
    }

    /// Ends the reading.
    ///
    /// # Errors
    /// 422 with all that was wrong.
    pub(crate) fn check(&mut self) -> Result<(), ProblemDetails> {
        std::mem::take(&mut self.checks).finish()
    }

    /// The query with other values of `page`, `after` and `before`.
    pub(crate) fn link(&self, name: &str, value: &str) -> String {
        let is_place = |pair: &&Pair| matches!(pair.name.as_str(), "page" | "after" | "before");
        let others = self.pairs.iter().filter(|pair| !is_place(pair));
        let others: String = others.map(|pair| format!("{}&", pair.raw)).collect();
        format!("?{others}{name}={value}")
    }
}

const CURSOR: &str = "row-";

/// The text that a row's place is named by: its number, and what the list is ordered by.
pub(crate) fn cursor(place: &Cursor) -> String {
    let key = place.key.as_ref();
    let key = key.and_then(|key| serde_json::to_vec(key).ok());
    let key = key.map_or_else(String::new, |key| {
        format!("-{}", URL_SAFE_NO_PAD.encode(key))
    });
    format!("{CURSOR}{}{key}", place.id)
}

fn read_cursor(text: &str) -> Option<Cursor> {
    let place = text.strip_prefix(CURSOR)?;
    let Some((id, key)) = place.split_once('-') else {
        let id = place.parse().ok()?;
        return Some(Cursor { id, key: None });
    };
    let key = URL_SAFE_NO_PAD.decode(key).ok()?;
    Some(Cursor {
        id: id.parse().ok()?,
        key: Some(serde_json::from_slice(&key).ok()?),
    })
}
