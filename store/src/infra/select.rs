//! Lists: conditions that each answer from an index, and pages by number or by cursor.

use crate::infra::db;
use rusqlite::types::Value;
use rusqlite::types::ValueRef;
use rusqlite::{Connection, OptionalExtension, Row, params_from_iter};
use serde::{Deserialize, Serialize};

/// Which page of a list is wanted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct PageRequest {
    /// Most rows of it.
    pub(crate) limit: u32,
    /// Where it begins, or ends.
    pub(crate) position: Position,
}

/// Where a page of a list is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Position {
    /// On a numbered page, from 1: the whole is counted.
    Page(u32),
    /// Next to a row: found by index, however far it is from the beginning.
    After(Cursor),
    /// The same, towards the beginning.
    Before(Cursor),
}

/// Where a row stands in a list, or stood: what becomes of the row later does not move it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Cursor {
    pub(crate) id: i64,
    /// By which the list is ordered; none where it is by number.
    pub(crate) key: Option<Key>,
}

/// What rows are ordered by.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize, Serialize)]
#[serde(untagged)]
pub(crate) enum Key {
    Number(i64),
    Text(String),
}

impl Key {
    /// What is in the last column of a row; none when it is of no kind that lists are ordered by.
    fn last_of(row: &Row<'_>) -> rusqlite::Result<Option<Self>> {
        let last = row.as_ref().column_count().saturating_sub(1);
        Ok(match row.get_ref(last)? {
            ValueRef::Integer(number) => Some(Self::Number(number)),
            ValueRef::Text(text) => Some(Self::Text(String::from_utf8_lossy(text).into_owned())),
            ValueRef::Null | ValueRef::Real(_) | ValueRef::Blob(_) => None,
        })
    }
}

impl From<Key> for Value {
    fn from(key: Key) -> Self {
        match key {
            Key::Number(number) => number.into(),
            Key::Text(text) => text.into(),
        }
    }
}

/// A range of time, in seconds; both ends are part of it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Bounds {
    pub(crate) from: Option<i64>,
    pub(crate) to: Option<i64>,
}

/// In which order rows come; those that are alike by it, by number.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Order {
    /// An indexed expression; none for the number alone.
    pub(crate) key: Option<&'static str>,
    pub(crate) is_descending: bool,
}

/// Rows of a list, and what lies around them.
#[derive(Debug)]
pub(crate) struct Listed<T> {
    pub(crate) rows: Vec<T>,
    /// What was wanted.
    pub(crate) paging: PageRequest,
    /// How many there are in all; counted for numbered pages alone.
    pub(crate) total: Option<i64>,
    /// Where the first row stands.
    pub(crate) first: Option<Cursor>,
    /// Where the last row stands.
    pub(crate) last: Option<Cursor>,
    pub(crate) has_previous: bool,
    pub(crate) has_next: bool,
}

impl<T> Listed<T> {
    /// The same list with all its rows made into others.
    pub(crate) fn map<U, E>(
        self,
        map: impl FnOnce(Vec<T>) -> Result<Vec<U>, E>,
    ) -> Result<Listed<U>, E> {
        Ok(Listed {
            rows: map(self.rows)?,
            paging: self.paging,
            total: self.total,
            first: self.first,
            last: self.last,
            has_previous: self.has_previous,
            has_next: self.has_next,
        })
    }
}

/// A query over one table whose rows have an `id`.
pub(crate) struct Select {
    table: &'static str,
    /// Rows of one of them are wanted; none: of all.
    matching: Vec<Match>,
    conditions: Vec<String>,
    bound: Vec<Value>,
}

/// What a full-text index over the rows is asked.
struct Match {
    index: &'static str,
    query: String,
}

/// Where rows come from: tables, what a row's number is called there, and what must hold.
struct Source {
    from: String,
    id: String,
    conditions: Vec<String>,
    bound: Vec<Value>,
}

impl Source {
    fn condition(&self) -> String {
        if self.conditions.is_empty() {
            return String::new();
        }
        format!(" WHERE {}", self.conditions.join(" AND "))
    }
}

impl Select {
    pub(crate) const fn from(table: &'static str) -> Self {
        Self {
            table,
            matching: Vec::new(),
            conditions: Vec::new(),
            bound: Vec::new(),
        }
    }

    /// Only rows that this full-text index finds, or another that is named so; it has them by their
    /// `id`.
    pub(crate) fn matching(&mut self, index: &'static str, query: String) {
        self.matching.push(Match { index, query });
    }

    /// Adds a condition with one `?`.
    pub(crate) fn only(&mut self, condition: impl Into<String>, value: impl Into<Value>) {
        self.conditions.push(condition.into());
        self.bound.push(value.into());
    }

    /// Only rows whose `expression` is `value`, where one is given.
    pub(crate) fn is(&mut self, expression: &str, value: Option<impl Into<Value>>) {
        if let Some(value) = value {
            self.only(format!("{expression} = ?"), value);
        }
    }

    /// Only rows whose `expression` has `part` in it, where one is given. No index answers this.
    pub(crate) fn contains(&mut self, expression: &str, part: Option<String>) {
        if let Some(part) = part {
            self.only(format!("instr(lower({expression}), lower(?)) > 0"), part);
        }
    }

    /// Only rows whose `expression` is one of `values`, where a list is given.
    pub(crate) fn any_of<T: Into<Value>>(&mut self, expression: &str, values: Option<Vec<T>>) {
        if let Some(values) = values {
            let marks = vec!["?"; values.len()].join(", ");
            self.conditions.push(format!("{expression} IN ({marks})"));
            self.bound.extend(values.into_iter().map(Into::into));
        }
    }

    /// Only rows whose `expression` is one of `numbers`, where a list is given; 0 stands for rows
    /// that have none.
    pub(crate) fn any_of_or_none(&mut self, expression: &str, numbers: Option<Vec<i64>>) {
        let with_none = numbers.as_ref().is_some_and(|numbers| numbers.contains(&0));
        self.any_of(expression, numbers);
        if let Some(condition) = self.conditions.last_mut().filter(|_| with_none) {
            *condition = format!("({condition} OR {expression} IS NULL)");
        }
    }

    /// Only rows whose `expression` lies within a span.
    pub(crate) fn within(&mut self, expression: &str, span: Bounds) {
        if let Some(from) = span.from {
            self.only(format!("{expression} >= ?"), from);
        }
        if let Some(to) = span.to {
            self.only(format!("{expression} <= ?"), to);
        }
    }

    /// Whether there is no condition at all.
    pub(crate) const fn is_everything(&self) -> bool {
        self.conditions.is_empty() && self.matching.is_empty()
    }

    /// The full-text index, where it alone says which rows.
    fn sole_match(&self) -> Option<&Match> {
        match &self.matching[..] {
            [sole] if self.conditions.is_empty() => Some(sole),
            _ => None,
        }
    }

    /// Rows in the order of `key`.
    fn source(&self, key: Option<&str>) -> Source {
        let Self { table, .. } = self;
        // It has rows in the order of their numbers: walked, it need not be read to its end.
        if let (Some(Match { index, query }), None) = (self.sole_match(), key) {
            return Source {
                from: format!("{index} CROSS JOIN {table} ON {table}.id = {index}.rowid"),
                id: format!("{index}.rowid"),
                conditions: vec![format!("{index} MATCH ?")],
                bound: vec![query.clone().into()],
            };
        }
        let (mut conditions, mut bound) = (self.conditions.clone(), self.bound.clone());
        if !self.matching.is_empty() {
            let found = |Match { index, .. }: &Match| {
                format!("SELECT rowid FROM {index} WHERE {index} MATCH ?")
            };
            let found: Vec<String> = self.matching.iter().map(found).collect();
            conditions.push(format!("id IN ({})", found.join(" UNION ALL ")));
            let queries = self.matching.iter().map(|found| found.query.clone().into());
            bound.extend(queries);
        }
        Source {
            from: (*table).to_owned(),
            id: "id".to_owned(),
            conditions,
            bound,
        }
    }

    /// How many rows there are.
    pub(crate) fn count(&self, connection: &Connection) -> Result<i64, db::Error> {
        if self.is_everything() {
            let sql = "SELECT total FROM row_counts WHERE name = ?1";
            let mut statement = connection.prepare_cached(sql)?;
            let kept = statement.query_row([self.table], |row| row.get(0));
            if let Some(total) = kept.optional()? {
                return Ok(total);
            }
        }
        let source = match self.sole_match() {
            // Its rows are those of the table: what is in them need not be seen to be counted.
            Some(Match { index, .. }) => Source {
                from: (*index).to_owned(),
                ..self.source(None)
            },
            None => self.source(None),
        };
        let sql = format!("SELECT count(*) FROM {}{}", source.from, source.condition());
        let mut statement = connection.prepare_cached(&sql)?;
        Ok(statement.query_row(params_from_iter(&source.bound), |row| row.get(0))?)
    }

    /// The ids of all rows.
    pub(crate) fn ids(&self, connection: &Connection) -> Result<Vec<i64>, db::Error> {
        let source = self.source(None);
        let sql = format!("SELECT id FROM {}{}", source.from, source.condition());
        let mut statement = connection.prepare_cached(&sql)?;
        let ids = statement.query_map(params_from_iter(&source.bound), |row| row.get(0))?;
        Ok(ids.collect::<Result<_, _>>()?)
    }

    /// The rows that `paging` wants. The first of the `columns` is the row's `id`.
    pub(crate) fn list<T>(
        &self,
        connection: &Connection,
        columns: &str,
        order: Order,
        paging: PageRequest,
        read: impl Fn(&Row<'_>) -> rusqlite::Result<T>,
    ) -> Result<Listed<T>, db::Error> {
        let (sql, bound) = self.sql(columns, order, &paging);
        let mut statement = connection.prepare_cached(&sql)?;
        let mut rows = statement
            .query_map(params_from_iter(bound), |row| {
                let key = match order.key {
                    Some(_) => Key::last_of(row)?,
                    None => None,
                };
                let id = row.get(0)?;
                Ok((Cursor { id, key }, read(row)?))
            })?
            .collect::<Result<Vec<_>, _>>()?;
        let limit = paging.limit as usize;
        let is_more = rows.len() > limit;
        rows.truncate(limit);
        let total = match paging.position {
            Position::Page(_) => Some(self.count(connection)?),
            Position::After(_) | Position::Before(_) => None,
        };
        let (has_previous, has_next) = match paging.position {
            Position::Page(page) => (page > 1 && !rows.is_empty(), is_more),
            Position::After(_) => (!rows.is_empty(), is_more),
            Position::Before(_) => {
                rows.reverse();
                (is_more, !rows.is_empty())
            }
        };
        Ok(Listed {
            first: rows.first().map(|(place, _)| place.clone()),
            last: rows.last().map(|(place, _)| place.clone()),
            rows: rows.into_iter().map(|(_, row)| row).collect(),
            paging,
            total,
            has_previous,
            has_next,
        })
    }

    /// The query for one row more than is wanted: whether there is one tells whether there is more.
    /// What the rows are ordered by is the last column.
    pub(crate) fn sql(
        &self,
        columns: &str,
        order: Order,
        paging: &PageRequest,
    ) -> (String, Vec<Value>) {
        let Self { table, .. } = self;
        let mut source = self.source(order.key);
        let id = source.id.clone();
        let backwards = matches!(paging.position, Position::Before(_));
        let (direction, sign) = if order.is_descending == backwards {
            ("ASC", ">")
        } else {
            ("DESC", "<")
        };
        if let Position::After(place) | Position::Before(place) = &paging.position {
            source.conditions.push(match (order.key, &place.key) {
                (None, _) => format!("{id} {sign} ?"),
                (Some(key), Some(at)) => {
                    let at = Value::from(at.clone());
                    source.bound.extend([at.clone(), at]);
                    // The first says no more than the second, but is what an index is entered by
                    // where the key has a collation.
                    format!("{key} {sign}= ? AND ({key}, {id}) {sign} (?, ?)")
                }
                // A cursor of a list by number, or made by hand: the row itself says where it is.
                (Some(key), None) => {
                    format!("({key}, {id}) {sign} (SELECT {key}, id FROM {table} WHERE id = ?)")
                }
            });
            source.bound.push(place.id.into());
        }
        let (by, key) = match order.key {
            Some(key) => (format!("{key} {direction}, "), format!(", {key}")),
            None => (String::new(), String::new()),
        };
        let offset = match paging.position {
            Position::Page(page) => i64::from(page.saturating_sub(1)) * i64::from(paging.limit),
            Position::After(_) | Position::Before(_) => 0,
        };
        let sql = format!(
            "SELECT {columns}{key} FROM {}{} ORDER BY {by}{id} {direction} LIMIT ? OFFSET ?",
            source.from,
            source.condition()
        );
        let mut bound = source.bound;
        bound.push((i64::from(paging.limit) + 1).into());
        bound.push(offset.into());
        (sql, bound)
    }
}

/// Whether each of `ids` is in a table, in one query.
pub(crate) fn known(
    connection: &Connection,
    table: &'static str,
    ids: Vec<i64>,
) -> Result<std::collections::HashSet<i64>, db::Error> {
    let mut select = Select::from(table);
    select.any_of("id", Some(ids));
    Ok(select.ids(connection)?.into_iter().collect())
}
