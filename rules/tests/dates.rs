//! Calendar dates: read, written, refused.

use proptest::prelude::*;
use storefront_rules::Date;

/// Every day of every year from 1 to 9999.
fn any_day() -> impl Strategy<Value = Date> {
    (1_u16..=9999, 1_u8..=12, 1_u8..=31)
        .prop_filter_map("no such day", |(y, m, d)| Date::new(y, m, d).ok())
}

/// The length of a month by the calendar's own rhyme, written differently than the code under test.
fn length_of(year: u16, month: u8) -> u8 {
    let leap = matches!((year % 4, year % 100, year % 400), (0, 1.., _) | (_, _, 0));
    [
        31,
        28 + u8::from(leap),
        31,
        30,
        31,
        30,
        31,
        31,
        30,
        31,
        30,
        31,
    ][usize::from(month) - 1]
}

#[test]
fn a_day_exists_if_and_only_if_its_month_is_that_long() {
    for year in [1, 4, 100, 400, 1900, 1999, 2000, 2023, 2024, 2100, 9999] {
        for month in 0..=u8::MAX {
            for day in 0..=u8::MAX {
                let exists =
                    (1..=12).contains(&month) && (1..=length_of(year, month)).contains(&day);
                assert_eq!(
                    Date::new(year, month, day).is_ok(),
                    exists,
                    "{year}-{month}-{day}"
                );
            }
        }
    }
}

#[test]
fn years_end_at_1_and_9999() {
    for (year, exists) in [(0, false), (1, true), (9999, true), (10000, false)] {
        assert_eq!(Date::new(year, 1, 1).is_ok(), exists, "{year}");
    }
}

#[test]
fn texts_that_name_no_day_are_refused() {
    for text in [
        "",
        " ",
        "2026",
        "2026-01",
        "2026-02-31",
        "2023-02-29",
        "1900-02-29",
        "2026-04-31",
        "2026-00-10",
        "2026-13-10",
        "2026-01-00",
        "2026-01-32",
        "0000-01-01",
        "10000-01-01",
        "2026-1-1",
        "26-01-01",
        "2026-001-01",
        "2026/01/01",
        "01-01-2026",
        "2026-01-01 ",
        " 2026-01-01",
        "+026-01-01",
        "2026-+1-01",
        "-2026-01-01",
        "2026-01-01-01",
        "2026-01-01T00:00:00Z",
        "２０２６-01-01",
        "today",
    ] {
        assert!(text.parse::<Date>().is_err(), "{text:?}");
    }
}

#[test]
fn the_twenty_ninth_of_february_is_a_day_in_leap_years_alone() {
    for (year, exists) in [(2024, true), (2000, true), (2023, false), (1900, false)] {
        assert_eq!(format!("{year}-02-29").parse::<Date>().is_ok(), exists);
    }
}

#[test]
fn a_timestamp_keeps_its_day_whatever_its_hour_and_offset() {
    for timestamp in [
        "1990-01-31",
        "1990-01-31T00:00:00Z",
        "1990-01-31T23:59:59.999Z",
        "1990-01-31T23:30:00-11:00",
        "1990-01-31T00:30:00+14:00",
        "1990-01-31t00:00:00z",
        "1990-01-31 00:00:00",
    ] {
        assert_eq!(
            Date::from_utc(timestamp),
            Date::new(1990, 1, 31),
            "{timestamp}"
        );
    }
}

#[test]
fn a_timestamp_that_does_not_begin_with_a_day_is_refused() {
    for timestamp in [
        "",
        "1990-01-3",
        "1990-01-310",
        "1990-01-31Z",
        "1990-02-31T00:00:00Z",
        "T00:00:00Z",
        "1990-01-3é",
    ] {
        assert!(Date::from_utc(timestamp).is_err(), "{timestamp:?}");
    }
}

#[test]
fn what_is_no_date_is_told_the_form_of_one() {
    let error = "tomorrow".parse::<Date>().unwrap_err();
    assert_eq!(error.to_string(), "not a date of the form YYYY-MM-DD");
}

#[test]
fn json_holds_a_date_as_its_text_and_refuses_what_is_none() {
    let day = Date::new(2024, 2, 29).expect("a leap day");
    assert_eq!(serde_json::to_string(&day).expect("text"), "\"2024-02-29\"");
    assert_eq!(
        serde_json::from_str::<Date>("\"2024-02-29\"").expect("a date"),
        day
    );
    assert!(serde_json::from_str::<Date>("\"2023-02-29\"").is_err());
}

proptest! {
    #[test]
    fn what_is_written_reads_back_the_same(day in any_day()) {
        prop_assert_eq!(day.to_string().parse(), Ok(day));
        prop_assert_eq!(Date::new(day.year(), day.month(), day.day()), Ok(day));
    }

    #[test]
    fn going_through_utc_keeps_the_day(day in any_day(), time in "T[0-2][0-9]:[0-5][0-9]:00[+-][01][0-9]:00") {
        prop_assert_eq!(Date::from_utc(&day.to_utc()), Ok(day));
        prop_assert_eq!(Date::from_utc(&format!("{day}{time}")), Ok(day));
    }

    #[test]
    fn dates_are_ordered_as_their_texts_are(a in any_day(), b in any_day()) {
        prop_assert_eq!(a.cmp(&b), a.to_string().cmp(&b.to_string()));
    }

    #[test]
    fn no_text_at_all_makes_reading_panic(text in any::<String>(), near in "[0-9é-]{0,5}[0-9]{4}-[0-9é]{2}-[0-9é]{1,3}.?") {
        for text in [text, near] {
            let _ = Date::from_utc(&text);
            if let Ok(day) = text.parse::<Date>() {
                prop_assert_eq!(day.to_string(), text);
            }
        }
    }
}
