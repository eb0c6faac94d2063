//! Query strings: every parameter is read as what it should be, or complained about by its name.

use super::problem::{Checks, Problem};
use super::time::Stretch;
use crate::records::select::{Paging, Position, Span};
use axum::extract::FromRequestParts;
use axum::http::request::Parts;

/// Most values of a list such as `id:in`.
const LIST_LENGTH: usize = 500;

/// Rows of a page when the query does not say.
const DEFAULT_LIMIT: u32 = 50;

/// Most rows of a page.
pub(crate) const LARGEST_LIMIT: u32 = 250;

/// The parameters of a request; what is wrong with them is said at the end.
pub(crate) struct Params {
    pairs: Vec<(String, String)>,
    checks: Checks,
}

impl<S: Send + Sync> FromRequestParts<S> for Params {
    type Rejection = std::convert::Infallible;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Self::Rejection> {
        Ok(Self::read(parts.uri.query().unwrap_or_default()))
    }
}

impl Params {
    pub(crate) fn read(query: &str) -> Self {
        Self {
            pairs: form_urlencoded::parse(query.as_bytes())
                .into_owned()
                .collect(),
            checks: Checks::default(),
        }
    }

    /// The last value of this name.
    pub(crate) fn text(&mut self, name: &str) -> Option<String> {
        let mut pairs = self.pairs.iter().rev();
        let (_, text) = pairs.find(|(own, _)| own == name)?;
        if text.contains('\0') {
            self.checks.refuse(name, "must have no control characters");
            return None;
        }
        Some(text.clone())
    }

    fn parsed<T>(
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

    /// The values of a list, joined by commas or given one by one; `None` when there is no list.
    pub(crate) fn texts(&mut self, name: &str) -> Option<Vec<String>> {
        let own = self.pairs.iter().filter(|(own, _)| own == name);
        let values: Vec<String> = own
            .flat_map(|(_, text)| text.split(','))
            .map(|text| text.trim().to_owned())
            .collect();
        if values.is_empty() {
            return None;
        }
        if values.len() > LIST_LENGTH {
            self.checks
                .refuse(name, format!("takes at most {LIST_LENGTH} values"));
            return None;
        }
        if values.iter().any(|text| text.contains('\0')) {
            self.checks.refuse(name, "must have no control characters");
            return None;
        }
        Some(values)
    }

    /// The numbers of a list; the APIs' have 32 bits.
    pub(crate) fn integers(&mut self, name: &str) -> Option<Vec<i64>> {
        let texts = self.texts(name)?;
        let number = |text: &String| text.parse::<i32>().ok().map(i64::from);
        let numbers: Option<Vec<i64>> = texts.iter().map(number).collect();
        if numbers.is_none() {
            self.checks.refuse(name, "must be whole numbers");
        }
        numbers
    }

    /// `name`, `name:min` and `name:max`.
    pub(crate) fn span(&mut self, name: &str) -> Span {
        let (min, max) = (format!("{name}:min"), format!("{name}:max"));
        self.span_between(name, &min, &max)
    }

    /// The time that `at` names, or from `min` to `max`.
    pub(crate) fn span_between(&mut self, at: &str, min: &str, max: &str) -> Span {
        let mut stretch =
            |name: &str| self.parsed(name, "a day or a time, like 2026-01-31", Stretch::read);
        let (at, min, max) = (stretch(at), stretch(min), stretch(max));
        Span {
            from: at.map(|at| at.first).max(min.map(|min| min.first)),
            to: match (at.map(|at| at.last), max.map(|max| max.last)) {
                (Some(at), Some(max)) => Some(at.min(max)),
                (at, max) => at.or(max),
            },
        }
    }

    /// `page` and `limit`, or `after` or `before` a cursor.
    pub(crate) fn paging(&mut self) -> Paging {
        let limit = self.parsed("limit", "a number from 1", |text| {
            let limit: f64 = text.parse().ok()?;
            (limit >= 1.0).then(|| limit.min(LARGEST_LIMIT.into()) as u32)
        });
        let cursor = "a cursor of an earlier answer";
        let after = self.parsed("after", cursor, read_cursor);
        let before = self.parsed("before", cursor, read_cursor);
        let page = self.parsed("page", "a number from 1", |text| {
            let page: f64 = text.parse().ok()?;
            (1.0..=1e9).contains(&page).then_some(page as u32)
        });
        Paging {
            limit: limit.unwrap_or(DEFAULT_LIMIT),
            position: match (after, before) {
                (Some(id), _) => Position::After(id),
                (None, Some(id)) => Position::Before(id),
                (None, None) => Position::Page(page.unwrap_or(1)),
            },
        }
    }

    /// Ends the reading.
    ///
    /// # Errors
    /// 422 with all that was wrong.
    pub(crate) fn check(&mut self) -> Result<(), Problem> {
        std::mem::take(&mut self.checks).finish()
    }

    /// The query with other values of `page`, `after` and `before`.
    pub(crate) fn link(&self, name: &str, value: &str) -> String {
        let others = self.pairs.iter();
        let others = others.filter(|(own, _)| !matches!(own.as_str(), "page" | "after" | "before"));
        let query = form_urlencoded::Serializer::new(String::new())
            .extend_pairs(others)
            .append_pair(name, value)
            .finish();
        format!("?{query}")
    }
}

const CURSOR: &str = "row-";

/// The text that a row is named by in a cursor.
pub(crate) fn cursor(id: i64) -> String {
    format!("{CURSOR}{id}")
}

fn read_cursor(text: &str) -> Option<i64> {
    text.strip_prefix(CURSOR)?.parse().ok()
}
