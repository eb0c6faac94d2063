//! Times as the APIs write and read them.

use jiff::civil::{Date, DateTime};
use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp};

/// As V3 writes a time: `2026-01-31T09:30:00Z`.
pub(crate) fn rfc3339(seconds: i64) -> String {
    Timestamp::from_second(seconds)
        .unwrap_or(Timestamp::UNIX_EPOCH)
        .to_string()
}

/// As V2 writes a time: `Sat, 31 Jan 2026 09:30:00 +0000`.
pub(crate) fn rfc2822(seconds: i64) -> String {
    let time = Timestamp::from_second(seconds).unwrap_or(Timestamp::UNIX_EPOCH);
    time.strftime("%a, %d %b %Y %H:%M:%S +0000").to_string()
}

/// As V2 writes a time of a group: `2026-01-31 09:30:00`.
pub(crate) fn civil(seconds: i64) -> String {
    let time = Timestamp::from_second(seconds).unwrap_or(Timestamp::UNIX_EPOCH);
    time.strftime("%Y-%m-%d %H:%M:%S").to_string()
}

/// A range of time that a filter names, in seconds: a day, or a second of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct TimeRange {
    pub(crate) first: i64,
    pub(crate) last: i64,
}

impl TimeRange {
    /// Reads `2026-01-31`, `2026-01-31T09:30:00` with or without a zone, a time as V2 writes it, or
    /// the seconds since 1970.
    pub(crate) fn read(text: &str) -> Option<Self> {
        let text = text.trim();
        // Fewer digits are rather a day or a year.
        if text.len() >= 9 && text.bytes().all(|byte| byte.is_ascii_digit()) {
            let time = Timestamp::from_second(text.parse().ok()?).ok()?;
            return Some(Self {
                first: time.as_second(),
                last: time.as_second(),
            });
        }
        let mut text = text.to_owned();
        if text
            .get(..10)
            .is_some_and(|day| day.parse::<Date>().is_ok())
            && text.get(10..11) == Some(" ")
        {
            text.replace_range(10..11, "T");
        }
        // A plus sign of a zone that was not escaped in a query string.
        let text = text.replace(' ', "+");
        let second = |time: Timestamp| Self {
            first: time.as_second(),
            last: time.as_second(),
        };
        let utc = |time: DateTime| TimeZone::UTC.to_timestamp(time).ok();
        if let (10, Ok(day)) = (text.len(), text.parse::<Date>()) {
            let first = utc(day.at(0, 0, 0, 0))?;
            return Some(Self {
                first: first.as_second(),
                last: first
                    .checked_add(SignedDuration::from_hours(24))
                    .ok()?
                    .as_second()
                    - 1,
            });
        }
        if let Ok(time) = text.parse::<Timestamp>() {
            return Some(second(time));
        }
        if let Ok(time) = text.parse::<DateTime>() {
            return utc(time).map(second);
        }
        let mail = jiff::fmt::rfc2822::parse(&text.replace('+', " ").replace("  ", " +"));
        mail.ok().map(|time| second(time.timestamp()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_day_is_all_of_it_and_a_time_is_a_second_of_it() {
        let of = |text| TimeRange::read(text).map(|s| (s.first, s.last));
        assert_eq!(of("1970-01-02"), Some((86_400, 172_799)));
        for text in [
            "1970-01-02T00:00:01",
            "1970-01-02T00:00:01Z",
            "1970-01-02T01:00:01+01:00",
            "1970-01-02T01:00:01 01:00",
            "1970-01-02 00:00:01",
            "1970-01-02 01:00:01 01:00",
            "Fri, 2 Jan 1970 00:00:01 +0000",
            "000086401",
        ] {
            assert_eq!(of(text), Some((86_401, 86_401)), "{text}");
        }
        for text in ["", "tomorrow", "1970-13-01", "-1", "1970-01-02T25:00:00"] {
            assert_eq!(of(text), None, "{text}");
        }
        assert_eq!(rfc3339(86_401), "1970-01-02T00:00:01Z");
        assert_eq!(of("1700000000"), Some((1_700_000_000, 1_700_000_000)));
        assert_eq!(of("99999999999999999999"), None);
        assert_eq!(civil(86_401), "1970-01-02 00:00:01");
        assert_eq!(rfc2822(86_401), "Fri, 02 Jan 1970 00:00:01 +0000");
    }
}
