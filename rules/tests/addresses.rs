//! The address format of every country, and what a form asks for there.

use proptest::prelude::*;
use proptest::sample::select;
use proptest::string::string_regex;
use regex::Regex;
use std::collections::BTreeSet;
use storefront_rules::address::{
    AddressRequirements, CityKind, PostalCodeKind, StateKind, Token, parse_format,
};
use storefront_rules::{AddressFormat, BuiltIn, Field, FieldType, Part};

const PARTS: [Part; 8] = [
    Part::Name,
    Part::Company,
    Part::AddressLines,
    Part::Sublocality,
    Part::City,
    Part::State,
    Part::PostalCode,
    Part::SortingCode,
];

/// The readers for whom formats are tried: of Latin script and of the scripts with one of their own.
const LANGUAGES: [&str; 7] = ["en", "de", "ja", "zh", "zh-Hant", "ko", ""];

/// A postal pattern as a regular expression of the whole text.
fn whole(pattern: &str) -> Regex {
    // ASCII alone, as in the browser's RegExp.
    Regex::new(&format!("^(?-u:{pattern})$")).unwrap_or_else(|error| unreachable!("{error}"))
}

fn field(built_in: BuiltIn) -> Field {
    Field {
        id: built_in.id(),
        label: built_in.name().to_owned(),
        sort_order: 0,
        required: true,
        is_built_in: true,
        kind: FieldType::Text {
            default: None,
            max_length: None,
        },
    }
}

fn requirements(country: &str, has_states: bool) -> AddressRequirements {
    AddressRequirements::new(AddressFormat::of(country), has_states)
}

/// A country with a postal pattern, and a code that matches it.
fn code_of_a_country() -> impl Strategy<Value = (AddressFormat, String)> {
    let with_pattern: Vec<AddressFormat> = AddressFormat::all()
        .filter(|format| format.postal_pattern.is_some())
        .collect();
    select(with_pattern).prop_flat_map(|format| {
        // The generator takes `\d` for the digits of every script, and knows no anchors (Bahrain).
        let pattern = format
            .postal_pattern
            .unwrap_or("")
            .replace(r"\d", "[0-9]")
            .replace(r"(?:^|\b)", "")
            .replace(r"(?:$|\b)", "");
        let codes = string_regex(&pattern).unwrap_or_else(|error| unreachable!("{error}"));
        (Just(format), codes)
    })
}

#[test]
fn all_253_entries_are_read_whole() {
    let codes: BTreeSet<&str> = AddressFormat::all().map(|format| format.country).collect();
    assert_eq!(codes.len(), 253);
    assert_eq!(AddressFormat::all().count(), 253);
    for format in AddressFormat::all() {
        let code = format.country;
        assert!(
            code.len() == 2 && code.bytes().all(|b| b.is_ascii_uppercase()),
            "{code:?}"
        );
        assert!(format.uses(Part::AddressLines), "{code}");
        assert_eq!(AddressFormat::known(code), Some(format.clone()), "{code}");
        assert_eq!(AddressFormat::of(code), format, "{code}");
    }
}

#[test]
fn a_country_without_an_entry_has_the_general_layout() {
    for code in ["XX", "", "us", "USA", "#", "ZZ"] {
        assert_eq!(AddressFormat::of(code).country, "ZZ", "{code:?}");
    }
    assert_eq!(AddressFormat::known("XX"), None);
    assert_eq!(
        AddressFormat::of("XX").parts("en"),
        [Part::Name, Part::Company, Part::AddressLines, Part::City]
    );
}

#[test]
fn every_postal_example_is_a_postal_code() {
    for format in AddressFormat::all() {
        assert_eq!(
            format.postal_pattern.is_some(),
            format.postal_example.is_some(),
            "{}",
            format.country
        );
        if let (Some(pattern), Some(example)) = (format.postal_pattern, format.postal_example) {
            assert!(
                whole(pattern).is_match(example),
                "{}: {example} {pattern}",
                format.country
            );
            assert_eq!(format.tidy_postal_code(example), example);
            assert!(format.uses(Part::PostalCode), "{}", format.country);
        }
    }
}

/// A postal code as the form reads it.
fn read(format: &AddressFormat, typed: &str) -> Option<String> {
    format.read_postal_code(typed, &|pattern, text| whole(pattern).is_match(text))
}

#[test]
fn a_postal_code_is_taken_back_as_the_address_book_writes_it() {
    for format in AddressFormat::all() {
        let Some(example) = format.postal_example else {
            continue;
        };
        assert_eq!(read(&format, example).as_deref(), Some(example));
        for language in LANGUAGES {
            let tokens = format.format(language);
            for pair in tokens.windows(2) {
                if let [Token::Literal(literal), Token::Part(Part::PostalCode)] = pair {
                    let written = format!("{literal}{example}");
                    let code = read(&format, &written);
                    assert_eq!(
                        code.as_deref(),
                        Some(example),
                        "{}: {written}",
                        format.country
                    );
                }
            }
        }
    }
}

#[test]
fn a_postal_code_may_have_the_code_of_its_own_country_before_it_in_every_country() {
    for format in AddressFormat::all() {
        let Some(example) = format.postal_example else {
            continue;
        };
        let pattern = whole(format.postal_pattern.unwrap_or(""));
        for between in ["-", " ", "", " - ", "\u{2013}"] {
            let typed = format!("{}{between}{example}", format.country);
            // In Anguilla it is a code with and without.
            let tidy = format.tidy_postal_code(&typed);
            let kept = match pattern.is_match(&tidy) {
                true => &tidy,
                false => example,
            };
            for typed in [&typed, &typed.to_lowercase()] {
                assert_eq!(read(&format, typed).as_deref(), Some(kept), "{typed}");
            }
        }
    }
}

#[test]
fn a_postal_code_may_have_the_letters_of_its_own_country_before_it() {
    for (country, typed, kept) in [
        ("LU", "L-4750", "4750"),
        ("LU", "l 4750", "4750"),
        ("LU", "LU-4750", "4750"),
        ("SE", "SE-111 22", "11122"),
        ("SE", "s-11122", "11122"),
        ("DE", "D-26133", "26133"),
        ("DE", "DE 26133", "26133"),
        ("CH", "CH-2544", "2544"),
        ("LI", "FL-9496", "9496"),
        ("AT", "A-1010", "1010"),
        ("BE", "B-4000", "4000"),
        ("ES", "E-28039", "28039"),
        ("FI", "FIN-00550", "00550"),
        ("AX", "FIN-22150", "22150"),
        ("AX", "AX-22150", "22150"),
        ("FR", "F-33380", "33380"),
        ("HU", "H-1037", "1037"),
        ("IT", "I-00144", "00144"),
        ("NO", "N-0025", "0025"),
        ("PT", "P-2725-079", "2725-079"),
        ("SI", "SLO-4000", "4000"),
        ("SI", "SI-4000", "4000"),
        ("EE", "EST-69501", "69501"),
        ("SM", "RSM-47890", "47890"),
        ("GB", "GB-EC1Y 8SY", "EC1Y 8SY"),
        ("GB", "uk ec1y8sy", "EC1Y 8SY"),
        ("JP", "〒\u{3000}154-0023", "154-0023"),
        ("JP", "〒1540023", "154-0023"),
        ("SG", "Singapore 546080", "546080"),
        ("LV", "1073", "LV-1073"),
        ("LV", "lv1073", "LV-1073"),
        ("AD", "100", "AD100"),
    ] {
        let code = read(&AddressFormat::of(country), typed);
        assert_eq!(code.as_deref(), Some(kept), "{country} {typed}");
    }
    for (country, typed) in [
        ("DE", "F-26133"),
        ("DE", "D-2613"),
        ("DE", "D"),
        ("GB", "F-EC1Y 8SY"),
        ("LV", "107"),
        ("JP", "〒"),
    ] {
        assert_eq!(read(&AddressFormat::of(country), typed), None, "{typed}");
    }
}

#[test]
fn digits_of_a_postal_code_are_kept_in_ascii_and_without_what_cannot_be_seen() {
    for (country, typed, kept) in [
        ("DE", "٢٦١٣٣", "26133"),
        ("DE", "\u{202d}26133\u{202c}", "26133"),
        ("DE", "26133\u{200c}", "26133"),
        ("DE", "26\u{200d}133\u{fe0f}", "26133"),
        ("IR", "۱۱۹۳۶-۱۲۳۴۵", "11936-12345"),
        ("IN", "११००३४", "110034"),
    ] {
        let format = AddressFormat::of(country);
        assert_eq!(format.tidy_postal_code(typed), kept, "{country} {typed}");
    }
}

#[test]
fn what_a_country_requires_it_also_writes() {
    for format in AddressFormat::all() {
        for part in PARTS {
            assert!(
                format.uses(part) || !format.requires(part),
                "{}: {part:?}",
                format.country
            );
        }
    }
}

#[test]
fn every_format_has_the_same_parts_in_every_language_but_for_the_smaller_ones() {
    // A city or a part of one is at times part of the line above it in Latin script.
    let must = [Part::AddressLines, Part::State, Part::PostalCode];
    for format in AddressFormat::all() {
        for language in LANGUAGES {
            let parts = format.parts(language);
            for part in must {
                assert_eq!(
                    parts.contains(&part),
                    format.uses(part),
                    "{} {language}: {part:?}",
                    format.country
                );
            }
        }
    }
}

#[test]
fn the_address_fields_are_asked_for_once_each_in_every_country_and_language() {
    let all = BTreeSet::from([
        BuiltIn::AddressLine1,
        BuiltIn::AddressLine2,
        BuiltIn::City,
        BuiltIn::State,
        BuiltIn::Zip,
    ]);
    for format in AddressFormat::all() {
        for language in LANGUAGES {
            let order = AddressRequirements::new(format.clone(), true).order(language);
            assert_eq!(order.len(), all.len(), "{} {language}", format.country);
            assert_eq!(order.iter().copied().collect::<BTreeSet<_>>(), all);
            let line = |field| order.iter().position(|f| *f == field);
            assert_eq!(
                line(BuiltIn::AddressLine1).map(|i| i + 1),
                line(BuiltIn::AddressLine2)
            );
        }
    }
}

#[test]
fn well_known_countries_ask_in_their_own_order() {
    use BuiltIn::{AddressLine1 as L1, AddressLine2 as L2, City, State, Zip};
    for (country, language, order) in [
        ("US", "en", [L1, L2, City, State, Zip]),
        ("GB", "en", [L1, L2, City, Zip, State]),
        ("DE", "de", [L1, L2, Zip, City, State]),
        ("JP", "ja", [Zip, State, City, L1, L2]),
        ("JP", "en", [L1, L2, City, State, Zip]),
        ("CN", "zh", [Zip, State, City, L1, L2]),
        ("CN", "zh-CN", [Zip, State, City, L1, L2]),
        ("CN", "en", [L1, L2, City, State, Zip]),
        ("HK", "zh-Hant", [State, City, L1, L2, Zip]),
        ("HK", "en", [L1, L2, City, State, Zip]),
        ("SG", "en", [L1, L2, City, Zip, State]),
        ("IE", "en", [L1, L2, City, State, Zip]),
        ("AE", "ar", [L1, L2, City, State, Zip]),
        ("MC", "fr", [L1, L2, Zip, City, State]),
        ("BR", "pt", [L1, L2, City, State, Zip]),
    ] {
        assert_eq!(
            requirements(country, true).order(language),
            order,
            "{country} {language}"
        );
    }
}

#[test]
fn state_and_postal_code_are_asked_for_where_the_country_has_them() {
    // Country, state asked, state required, postal code asked, postal code required;
    // where the store lists no states.
    for (country, state, must_state, zip, must_zip) in [
        ("US", true, true, true, true),
        ("GB", false, false, true, true),
        ("DE", false, false, true, true),
        ("JP", true, true, true, true),
        ("HK", true, true, false, false),
        ("SG", false, false, true, true),
        ("IE", true, false, true, false),
        ("AE", true, true, false, false),
        ("MC", false, false, true, false),
        ("CN", true, true, true, true),
        ("BR", true, true, true, true),
        ("ZZ", false, false, false, false),
    ] {
        let here = requirements(country, false);
        let (state_field, zip_field) = (field(BuiltIn::State), field(BuiltIn::Zip));
        assert_eq!(here.asks(&state_field), state, "{country}: state");
        assert_eq!(
            here.requires(&state_field),
            must_state,
            "{country}: state required"
        );
        assert_eq!(here.asks(&zip_field), zip, "{country}: postal code");
        assert_eq!(
            here.requires(&zip_field),
            must_zip,
            "{country}: postal code required"
        );
    }
}

#[test]
fn a_state_is_asked_for_but_not_required_where_only_the_store_lists_states() {
    let here = requirements("GB", true);
    assert!(here.asks(&field(BuiltIn::State)));
    assert!(!here.requires(&field(BuiltIn::State)));
}

#[test]
fn a_country_waives_but_never_adds_a_requirement() {
    for format in AddressFormat::all() {
        let here = AddressRequirements::new(format, true);
        for built_in in BuiltIn::ALL {
            let optional = Field {
                required: false,
                ..field(*built_in)
            };
            assert!(!here.requires(&optional));
        }
        assert!(here.requires(&field(BuiltIn::City)));
        assert!(here.requires(&field(BuiltIn::AddressLine1)));
    }
}

#[test]
fn a_merchants_own_field_is_no_part_of_an_address_whatever_its_id() {
    let own = Field {
        is_built_in: false,
        ..field(BuiltIn::Zip)
    };
    let here = requirements("AE", false);
    assert!(here.asks(&own) && here.requires(&own));
}

#[test]
fn countries_use_their_own_words() {
    for (country, state, postal_code, city) in [
        ("US", StateKind::State, PostalCodeKind::Zip, CityKind::City),
        (
            "GB",
            StateKind::Province,
            PostalCodeKind::Postal,
            CityKind::PostTown,
        ),
        (
            "JP",
            StateKind::Prefecture,
            PostalCodeKind::Postal,
            CityKind::City,
        ),
        (
            "IE",
            StateKind::County,
            PostalCodeKind::Eircode,
            CityKind::City,
        ),
        (
            "AE",
            StateKind::Emirate,
            PostalCodeKind::Postal,
            CityKind::City,
        ),
        ("IN", StateKind::State, PostalCodeKind::Pin, CityKind::City),
        (
            "AU",
            StateKind::State,
            PostalCodeKind::Postal,
            CityKind::Suburb,
        ),
        (
            "HK",
            StateKind::Area,
            PostalCodeKind::Postal,
            CityKind::District,
        ),
        (
            "DE",
            StateKind::Province,
            PostalCodeKind::Postal,
            CityKind::City,
        ),
    ] {
        let format = AddressFormat::of(country);
        assert_eq!(format.state_kind, state, "{country}");
        assert_eq!(format.postal_code_kind, postal_code, "{country}");
        assert_eq!(format.city_kind, city, "{country}");
    }
}

#[test]
fn postal_codes_typed_in_haste_are_put_right() {
    for (country, typed, tidy) in [
        ("US", " 95014 ", "95014"),
        ("US", "95014-1234", "95014-1234"),
        ("CA", "h3z2y7", "H3Z 2Y7"),
        ("CA", "H3Z-2Y7", "H3Z 2Y7"),
        ("GB", "ec1y8sy", "EC1Y 8SY"),
        ("GB", "m1 1aa", "M1 1AA"),
        ("JP", "1540023", "154-0023"),
        ("JP", "１５４－００２３", "154-0023"),
        ("JP", "１５４ー００２３", "154-0023"),
        ("BR", "40301110", "40301-110"),
        ("NL", "1234ab", "1234 AB"),
        ("IE", "a65f4e2", "A65 F4E2"),
        ("PL", "00950", "00-950"),
        ("AE", " po box 1 ", "po box 1"),
    ] {
        assert_eq!(
            AddressFormat::of(country).tidy_postal_code(typed),
            tidy,
            "{country} {typed:?}"
        );
    }
}

#[test]
fn what_is_no_postal_code_is_not_made_into_one() {
    for (country, typed) in [
        ("US", "9501"),
        ("US", "950145"),
        ("US", "9501O"),
        ("US", "é95014"),
        ("JP", "東1540023"),
        ("GB", "EC1Y"),
    ] {
        let format = AddressFormat::of(country);
        let tidy = format.tidy_postal_code(typed);
        let pattern = whole(format.postal_pattern.unwrap_or(""));
        assert!(
            !pattern.is_match(&tidy),
            "{country} {typed:?} became {tidy:?}"
        );
    }
}

#[test]
fn a_format_is_read_into_parts_literals_and_line_ends() {
    use Token::{Literal, NewLine};
    for (format, tokens) in [
        ("", vec![]),
        ("%A", vec![Token::Part(Part::AddressLines)]),
        (
            "%C, %S %Z",
            vec![
                Token::Part(Part::City),
                Literal(", "),
                Token::Part(Part::State),
                Literal(" "),
                Token::Part(Part::PostalCode),
            ],
        ),
        (
            "%A%nSINGAPORE %Z",
            vec![
                Token::Part(Part::AddressLines),
                NewLine,
                Literal("SINGAPORE "),
                Token::Part(Part::PostalCode),
            ],
        ),
        ("〒%Z", vec![Literal("〒"), Token::Part(Part::PostalCode)]),
        ("%Q%", vec![]),
    ] {
        assert_eq!(parse_format(format), tokens, "{format:?}");
    }
}

/// A format written out of its tokens again.
fn joined(tokens: &[Token<'_>]) -> String {
    let letter = |part| PARTS.iter().position(|p| *p == part).unwrap_or(0);
    tokens
        .iter()
        .map(|token| match token {
            Token::Part(part) => format!("%{}", &"NOADCSZX"[letter(*part)..=letter(*part)]),
            Token::Literal(text) => (*text).to_owned(),
            Token::NewLine => "%n".to_owned(),
        })
        .collect()
}

#[test]
fn the_tokens_of_every_countrys_format_joined_give_the_format_back() {
    let table = include_str!("../data/address_formats.tsv");
    for line in table.lines().filter(|line| !line.starts_with('#')) {
        for format in line.split('\t').skip(1).take(2) {
            assert_eq!(joined(&parse_format(format)), format, "{line}");
        }
    }
}

proptest! {
    #[test]
    fn the_tokens_of_any_format_joined_give_it_back(format in "(%[nNOADCSZX]|[a-zA-Z ,〒é-]){0,20}") {
        prop_assert_eq!(joined(&parse_format(&format)), format);
    }

    #[test]
    fn no_text_at_all_makes_reading_a_format_or_a_country_panic(text in any::<String>()) {
        let _ = parse_format(&text);
        let format = AddressFormat::of(&text);
        let _ = format.format(&text);
        let _ = AddressRequirements::new(format, true).order(&text);
    }

    #[test]
    fn tidying_a_code_that_matches_leaves_a_code_that_matches((format, code) in code_of_a_country()) {
        let pattern = whole(format.postal_pattern.unwrap_or(""));
        let tidy = format.tidy_postal_code(&code);
        prop_assert!(pattern.is_match(&tidy), "{}: {:?} became {:?}", format.country, code, tidy);
    }

    #[test]
    fn reading_a_code_that_was_read_leaves_it((format, code) in code_of_a_country(), sloppy in "[ -]{0,2}[A-Z]{0,3}[ -]{0,2}") {
        prop_assert!(read(&format, &code).is_some(), "{} {code}", format.country);
        if let Some(code) = read(&format, &format!("{sloppy}{code}")) {
            prop_assert_eq!(read(&format, &code), Some(code));
        }
    }

    #[test]
    fn letter_case_and_space_around_a_code_never_matter((format, code) in code_of_a_country()) {
        let tidy = format.tidy_postal_code(&code);
        let sloppy = format!("  {} ", code.to_lowercase());
        prop_assert_eq!(format.tidy_postal_code(&sloppy), tidy);
    }

    #[test]
    fn tidying_twice_is_tidying_once(
        format in select(AddressFormat::all().collect::<Vec<_>>()),
        typed in prop_oneof![any::<String>(), "[ 〒　-]{0,2}[0-9A-Za-z０-９ａ-ｚー－ é〒-]{0,9}"],
    ) {
        let once = format.tidy_postal_code(&typed);
        prop_assert_eq!(format.tidy_postal_code(&once), once);
    }

    #[test]
    fn tidying_neither_adds_nor_drops_a_letter_or_digit(
        format in select(AddressFormat::all().collect::<Vec<_>>()),
        typed in "[ -]{0,2}[0-9A-Za-zé東 -]{0,9}",
    ) {
        let essence = |text: &str| {
            let kept = text.chars().filter(|c| c.is_alphanumeric());
            kept.collect::<String>().to_ascii_uppercase()
        };
        prop_assert_eq!(essence(&format.tidy_postal_code(&typed)), essence(&typed));
    }
}

/// An address with a text in each of the platform's parts.
fn written(country: &str, language: &str, without: &[Part]) -> String {
    let text = |part| match part {
        part if without.contains(&part) => "",
        Part::Name => "Ada King",
        Part::Company => "Kettle",
        Part::AddressLines => "1 Main Street\nFlat 2",
        Part::City => "Town",
        Part::State => "State",
        Part::PostalCode => "123",
        Part::Sublocality | Part::SortingCode => "",
    };
    let lines = AddressFormat::of(country).lines(language, |part| text(part).to_owned());
    lines.join(" / ")
}

#[test]
fn an_address_is_written_in_its_countrys_lines() {
    let whole = |country, language| written(country, language, &[]);
    assert_eq!(
        whole("US", "en"),
        "Ada King / Kettle / 1 Main Street / Flat 2 / Town, State 123"
    );
    assert_eq!(
        whole("DE", "de"),
        "Ada King / Kettle / 1 Main Street / Flat 2 / State / 123 Town"
    );
    assert_eq!(
        whole("JP", "ja"),
        "〒123 / State / Town / 1 Main Street / Flat 2 / Kettle / Ada King"
    );
    assert_eq!(
        whole("CN", "zh-Hans"),
        "123 / StateTown / 1 Main Street / Flat 2 / Kettle / Ada King"
    );
}

#[test]
fn what_is_larger_comes_first_where_readers_write_it_so() {
    for (country, language, is_first) in [
        ("JP", "ja", true),
        ("JP", "en", false),
        ("CN", "zh-Hans", true),
        ("KR", "ko", true),
        ("HK", "zh-Hant", true),
        ("AE", "ar", false),
        ("US", "en", false),
        ("DE", "de", false),
    ] {
        let format = AddressFormat::of(country);
        assert_eq!(
            format.is_large_first(language),
            is_first,
            "{country} in {language}"
        );
    }
}

#[test]
fn what_stands_between_parts_goes_with_them() {
    use Part::{City, Company, Name, PostalCode, State};
    let us = |without: &[Part]| written("US", "en", without);
    let street = "Ada King / Kettle / 1 Main Street / Flat 2";
    assert_eq!(us(&[State]), format!("{street} / Town 123"));
    assert_eq!(us(&[PostalCode]), format!("{street} / Town, State"));
    assert_eq!(us(&[City]), format!("{street} / State 123"));
    assert_eq!(us(&[City, State]), format!("{street} / 123"));
    assert_eq!(us(&[City, State, PostalCode]), street);
    assert_eq!(
        us(&[Name, Company]),
        "1 Main Street / Flat 2 / Town, State 123"
    );
    let jp = written("JP", "ja", &[PostalCode, Company]);
    assert!(jp.starts_with("State / Town / 1 Main"), "{jp}");
    // Nothing stands between a Korean city and its district, whatever stands before the city.
    let kr = AddressFormat::of("KR").lines("ko", |part| {
        let text = match part {
            State => "서울",
            City => "강남구",
            Part::Sublocality => "역삼동",
            Name | Company | Part::AddressLines | PostalCode | Part::SortingCode => "",
        };
        text.to_owned()
    });
    assert_eq!(kr, ["서울 강남구역삼동"]);
}

#[test]
fn a_city_that_the_layout_writes_itself_is_not_written_twice() {
    let lines = AddressFormat::of("SG").lines("en", |part| {
        let text = match part {
            Part::AddressLines => "1 Orchard Road",
            Part::City => "Singapore",
            Part::PostalCode => "238801",
            Part::Name | Part::Company | Part::Sublocality | Part::State | Part::SortingCode => "",
        };
        text.to_owned()
    });
    assert_eq!(lines, ["1 Orchard Road", "SINGAPORE 238801"]);
}

#[test]
fn no_part_of_an_address_is_left_out_or_written_twice_in_any_country() {
    let parts = [
        "Ada King",
        "Kettle",
        "1 Main Street",
        "Flat 2",
        "Town",
        "State",
        "123",
    ];
    for format in AddressFormat::all() {
        for language in LANGUAGES {
            let lines = written(format.country, language, &[]);
            for part in parts {
                let count = lines.matches(part).count();
                assert_eq!(count, 1, "{} {language}: {part} in {lines}", format.country);
            }
        }
    }
}
