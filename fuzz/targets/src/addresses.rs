//! How countries write addresses.

use crate::fields::matches_whole;
use storefront_rules::address::{AddressRequirements, Token, parse_format};
use storefront_rules::{AddressFormat, Part};

/// The first line names a country, the second a language; the third is a postal code, and each part of an address
/// is one of the further lines. The whole is read as a format, too.
pub fn addresses(data: &[u8]) {
    let text = String::from_utf8_lossy(data);
    for token in parse_format(&text) {
        match token {
            Token::Literal(literal) => assert!(!literal.is_empty()),
            Token::Part(_) | Token::NewLine => {}
        }
    }
    let mut given = text.split('\n');
    let mut next = || given.next().unwrap_or_default();
    let (country, language, typed) = (next(), next(), next());
    let parts: Vec<&str> = text.split('\n').skip(3).collect();
    let format = AddressFormat::of(country);
    tidy(&format, typed);
    let at = |part: Part| match part {
        Part::Name => 0,
        Part::Company => 1,
        Part::AddressLines => 2,
        Part::Sublocality => 3,
        Part::City => 4,
        Part::State => 5,
        Part::PostalCode => 6,
        Part::SortingCode => 7,
    };
    let of_part = |part| {
        let text = parts.get(at(part)).copied().unwrap_or_default();
        text.replace('|', "\n")
    };
    for line in format.lines(language, of_part) {
        assert!(
            !line.is_empty() && line.trim() == line && !line.contains('\n'),
            "{line:?}"
        );
    }
    let mut once = format.parts(language);
    once.sort();
    once.dedup();
    assert_eq!(
        once.len(),
        format.parts(language).len(),
        "each part at most once"
    );
    let requirements = AddressRequirements::new(format, parts.len() > 2);
    assert_eq!(requirements.order(language).len(), 5, "each field once");
}

/// A code in its country's own form stays as it is, and so does one that the pattern takes.
fn tidy(format: &AddressFormat, typed: &str) {
    let once = format.tidy_postal_code(typed);
    assert_eq!(
        format.tidy_postal_code(&once),
        once,
        "{typed:?} in {}",
        format.country
    );
    if let Some(pattern) = format.postal_pattern
        && matches_whole(pattern, typed)
    {
        assert!(
            matches_whole(pattern, &once),
            "{typed:?} is spoiled in {}",
            format.country
        );
    }
    if let Some(code) = format.read_postal_code(typed, &matches_whole) {
        let again = format.read_postal_code(&code, &matches_whole);
        assert_eq!(again, Some(code), "{typed:?} in {}", format.country);
    }
}
