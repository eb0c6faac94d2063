//! Lists as V3 envelopes them.

use super::query::{Params, cursor};
use crate::infra::select::{Listed, Position};
use serde::Serialize;
use utoipa::ToSchema;

/// A list and where in the whole it stands.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Collection<T> {
    /// The rows.
    data: Vec<T>,
    /// Where they stand.
    meta: Meta,
}

/// A row.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Single<T> {
    /// The row.
    pub(crate) data: T,
    /// Nothing.
    pub(crate) meta: Empty,
}

/// An empty object.
#[derive(Debug, Default, Serialize, ToSchema)]
pub(crate) struct Empty {}

/// Where in the whole a list stands.
#[derive(Debug, Default, Serialize, ToSchema)]
pub(crate) struct Meta {
    /// By number; not with a cursor, where the whole is not counted.
    #[serde(skip_serializing_if = "Option::is_none")]
    pagination: Option<Pagination>,
    /// By cursor; not on numbered pages after the first.
    #[serde(skip_serializing_if = "Option::is_none")]
    cursor_pagination: Option<CursorPagination>,
}

/// A numbered page.
#[derive(Debug, Serialize, ToSchema)]
struct Pagination {
    total: i64,
    count: usize,
    per_page: u32,
    current_page: u32,
    total_pages: i64,
    links: Links,
}

/// A page between cursors.
#[derive(Debug, Serialize, ToSchema)]
struct CursorPagination {
    count: usize,
    per_page: u32,
    #[serde(skip_serializing_if = "Option::is_none")]
    start_cursor: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    end_cursor: Option<String>,
    links: Links,
}

/// Query strings of the neighbours.
#[derive(Debug, Serialize, ToSchema)]
struct Links {
    #[serde(skip_serializing_if = "Option::is_none")]
    previous: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    current: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    next: Option<String>,
}

impl<T> Collection<T> {
    /// What was listed, by the query that asked for it, each row as `show` makes it.
    pub(crate) fn of<R>(listed: Listed<R>, params: &Params, show: impl FnMut(R) -> T) -> Self {
        let count = listed.rows.len();
        let limit = listed.paging.limit;
        let position = &listed.paging.position;
        let pagination = match (position, listed.total) {
            (&Position::Page(page), Some(total)) => {
                let total_pages = total.saturating_add(i64::from(limit) - 1) / i64::from(limit);
                let link = |page: u32| params.link("page", &page.to_string());
                let has_previous = page > 1 && total > 0;
                Some(Pagination {
                    total,
                    count,
                    per_page: limit,
                    current_page: page,
                    total_pages,
                    links: Links {
                        previous: has_previous.then(|| link(page - 1)),
                        current: Some(link(page)),
                        next: (i64::from(page) < total_pages).then(|| link(page.saturating_add(1))),
                    },
                })
            }
            (Position::Page(_) | Position::After(_) | Position::Before(_), _) => None,
        };
        let is_later_page = matches!(position, Position::Page(2..));
        let (start, end) = (
            listed.first.as_ref().map(cursor),
            listed.last.as_ref().map(cursor),
        );
        let link = |name: &str, at: &Option<String>, has: bool| {
            at.as_ref().filter(|_| has).map(|at| params.link(name, at))
        };
        let cursor_pagination = CursorPagination {
            count,
            per_page: limit,
            links: Links {
                previous: link("before", &start, listed.has_previous),
                current: None,
                next: link("after", &end, listed.has_next),
            },
            // Only where there is more, so that whoever walks the cursors comes to an end.
            start_cursor: start.filter(|_| listed.has_previous),
            end_cursor: end.filter(|_| listed.has_next),
        };
        Self {
            data: listed.rows.into_iter().map(show).collect(),
            meta: Meta {
                pagination,
                cursor_pagination: (!is_later_page).then_some(cursor_pagination),
            },
        }
    }

    /// The rows that a change left.
    pub(crate) fn all(data: Vec<T>) -> Self {
        Self {
            data,
            meta: Meta::default(),
        }
    }
}
