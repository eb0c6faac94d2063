//! Calendar dates without a time of day and without a time zone.

use serde::{Deserialize, Serialize};
use std::fmt;
use std::str::FromStr;

/// A day of the proleptic Gregorian calendar, years 1 to 9999.
///
/// A birthday is the same day everywhere, so there is no instant and no zone in it. The platform's
/// `DateTime` scalar carries one at midnight UTC; [`Date::from_utc`] and [`Date::to_utc`] convert
/// without ever asking for a zone.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Date {
    year: u16,
    month: u8,
    day: u8,
}

/// The text or the numbers name no day of the calendar.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NotADate;

impl fmt::Display for NotADate {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("not a date of the form YYYY-MM-DD")
    }
}

impl std::error::Error for NotADate {}

impl Date {
    /// The day `year`-`month`-`day`.
    ///
    /// # Errors
    /// [`NotADate`] for 31 February and its like, and outside the years 1 to 9999.
    pub const fn new(year: u16, month: u8, day: u8) -> Result<Self, NotADate> {
        if year == 0 || year > 9999 || day == 0 || day > days_in_month(year, month) {
            return Err(NotADate);
        }
        Ok(Self { year, month, day })
    }

    /// The calendar day an RFC 3339 timestamp names, its time and offset left aside:
    /// `2026-01-31T00:00:00Z` is 31 January wherever it is read.
    ///
    /// # Errors
    /// [`NotADate`] when the text does not start with a date followed by its end, `T` or a space.
    pub fn from_utc(timestamp: &str) -> Result<Self, NotADate> {
        let (day, rest) = timestamp.split_at_checked(10).ok_or(NotADate)?;
        if rest.is_empty() || rest.starts_with(['T', 't', ' ']) {
            day.parse()
        } else {
            Err(NotADate)
        }
    }

    /// The timestamp of this day's midnight in UTC, as the platform's `DateTime` scalar wants it.
    #[must_use]
    pub fn to_utc(self) -> String {
        format!("{self}T00:00:00Z")
    }

    /// Year, 1 to 9999.
    #[must_use]
    pub const fn year(self) -> u16 {
        self.year
    }

    /// Month, 1 to 12.
    #[must_use]
    pub const fn month(self) -> u8 {
        self.month
    }

    /// Day of the month, 1 to 31.
    #[must_use]
    pub const fn day(self) -> u8 {
        self.day
    }
}

/// Days in a month of the Gregorian calendar; 0 when there is no such month.
const fn days_in_month(year: u16, month: u8) -> u8 {
    match month {
        1 | 3 | 5 | 7 | 8 | 10 | 12 => 31,
        4 | 6 | 9 | 11 => 30,
        2 if year.is_multiple_of(4) && (!year.is_multiple_of(100) || year.is_multiple_of(400)) => {
            29
        }
        2 => 28,
        _ => 0,
    }
}

impl fmt::Display for Date {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:04}-{:02}-{:02}", self.year, self.month, self.day)
    }
}

impl FromStr for Date {
    type Err = NotADate;

    /// Reads `YYYY-MM-DD`, the form of `<input type="date">`; ten ASCII characters, nothing else.
    fn from_str(text: &str) -> Result<Self, NotADate> {
        let mut parts = text.split('-');
        let mut part = |digits: usize| {
            parts
                .next()
                .filter(|p| p.len() == digits && p.bytes().all(|b| b.is_ascii_digit()))
                .and_then(|p| p.parse::<u16>().ok())
                .ok_or(NotADate)
        };
        let (year, month, day) = (part(4)?, part(2)?, part(2)?);
        if parts.next().is_some() {
            return Err(NotADate);
        }
        let narrow = |n: u16| u8::try_from(n).map_err(|_| NotADate);
        Self::new(year, narrow(month)?, narrow(day)?)
    }
}

impl TryFrom<String> for Date {
    type Error = NotADate;
    fn try_from(text: String) -> Result<Self, NotADate> {
        text.parse()
    }
}

impl From<Date> for String {
    fn from(date: Date) -> Self {
        date.to_string()
    }
}
