//! Letters as people see them: what cannot be seen, digits of every script, and letters without case
//! and accents.

/// Whether a character is in a text without being seen: it comes along when text is copied. These are what
/// Unicode calls default ignorable, other format characters that leave no mark, and blanks that are no
/// white space.
#[must_use]
pub const fn is_invisible(c: char) -> bool {
    is_shaping(c)
        || matches!(c,
            '\u{ad}' | '\u{34f}' | '\u{61c}' | '\u{115f}' | '\u{1160}' | '\u{17b4}' | '\u{17b5}'
            | '\u{180e}' | '\u{200b}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}'
            | '\u{2060}'..='\u{206f}' | '\u{2800}' | '\u{3164}' | '\u{feff}' | '\u{ffa0}'
            | '\u{fff0}'..='\u{fffb}' | '\u{13430}'..='\u{1343f}' | '\u{1bca0}'..='\u{1bca3}'
            | '\u{1d173}'..='\u{1d17a}' | '\u{e0000}'..='\u{e0fff}')
}

/// Whether an invisible character may change how the letter before it is seen: what joins and parts letters
/// in Persian and Indic words, and what selects a form of a letter, as in Mongolian and in Japanese names.
const fn is_shaping(c: char) -> bool {
    matches!(c,
        '\u{180b}'..='\u{180d}' | '\u{180f}' | '\u{200c}' | '\u{200d}' | '\u{fe00}'..='\u{fe0f}'
        | '\u{e0100}'..='\u{e01ef}')
}

/// The first script whose letters are shaped: Latin, Greek, Cyrillic and Hebrew come before it.
const ARABIC: char = '\u{600}';

/// Without white space and invisible characters at both ends.
#[must_use]
pub fn trim(text: &str) -> &str {
    text.trim_matches(|c: char| c.is_whitespace() || is_invisible(c))
}

/// Without what cannot be seen anywhere, nor white space at both ends. What shapes a letter stays with it.
#[must_use]
pub fn visible(text: &str) -> String {
    let mut seen = String::new();
    for c in text.chars() {
        let has_letter = |seen: &str| {
            let before = seen.chars().next_back();
            before.is_some_and(|before| before >= ARABIC && !before.is_whitespace())
        };
        if !is_invisible(c) || (is_shaping(c) && has_letter(&seen)) {
            seen.push(c);
        }
    }
    seen.trim().to_owned()
}

/// A number, a date or a code as ASCII writes it: without what cannot be seen and without white space at both
/// ends, digits of every script and full-width forms as those of ASCII, dashes and minus signs as `-`.
#[must_use]
pub fn in_ascii(text: &str) -> String {
    let seen = text.chars().filter(|c| !is_invisible(*c));
    let ascii: String = seen.map(narrow).collect();
    ascii.trim().to_owned()
}

/// The ASCII form of a digit, of a dash and of a full-width character, as Japanese keyboards type them; others
/// unchanged.
fn narrow(c: char) -> char {
    match c {
        '\u{3000}' => ' ',
        '\u{2010}'..='\u{2015}'
        | '\u{2212}'
        | '\u{30fc}'
        | '\u{fe58}'
        | '\u{fe63}'
        | '\u{ff70}' => '-',
        '\u{ff01}'..='\u{ff5e}' => char::from_u32(c as u32 - 0xfee0).unwrap_or(c),
        _ => ascii_digit(c),
    }
}

/// The zeros of all scripts that count by tens (Unicode 16, `Nd`); nine digits follow each.
const ZEROS: [u32; 76] = [
    0x30, 0x660, 0x6f0, 0x7c0, 0x966, 0x9e6, 0xa66, 0xae6, 0xb66, 0xbe6, 0xc66, 0xce6, 0xd66,
    0xde6, 0xe50, 0xed0, 0xf20, 0x1040, 0x1090, 0x17e0, 0x1810, 0x1946, 0x19d0, 0x1a80, 0x1a90,
    0x1b50, 0x1bb0, 0x1c40, 0x1c50, 0xa620, 0xa8d0, 0xa900, 0xa9d0, 0xa9f0, 0xaa50, 0xabf0, 0xff10,
    0x104a0, 0x10d30, 0x10d40, 0x11066, 0x110f0, 0x11136, 0x111d0, 0x112f0, 0x11450, 0x114d0,
    0x11650, 0x116c0, 0x116d0, 0x116da, 0x11730, 0x118e0, 0x11950, 0x11bf0, 0x11c50, 0x11d50,
    0x11da0, 0x11f50, 0x16130, 0x16a60, 0x16ac0, 0x16b50, 0x16d70, 0x1ccf0, 0x1d7ce, 0x1d7d8,
    0x1d7e2, 0x1d7ec, 0x1d7f6, 0x1e140, 0x1e2f0, 0x1e4f0, 0x1e5f1, 0x1e950, 0x1fbf0,
];

/// The ASCII form of a digit of any script; other characters unchanged.
fn ascii_digit(c: char) -> char {
    if c.is_ascii() {
        return c;
    }
    let zero = ZEROS.iter().rev().find(|zero| **zero <= c as u32);
    let digit = zero.and_then(|zero| char::from_digit(c as u32 - zero, 10));
    digit.unwrap_or(c)
}

/// Takes the marks off the letters of a text and makes it lower case: Unicode's NFKD by the browser or the crate
/// `icu_normalizer`; neither belongs in here.
pub type Decompose<'a> = &'a dyn Fn(&str) -> String;

/// A text without case, accents and what cannot be seen, however its letters are composed: people read two
/// texts as one name where this is the same of both.
#[must_use]
pub fn folded(text: &str, decompose: Decompose<'_>) -> String {
    let mut folded = String::new();
    // NFKD makes a space of this one, which stands for an apostrophe.
    for c in decompose(&text.replace('´', "'")).chars() {
        let plain = match c {
            '\u{300}'..='\u{36f}' => "",
            c if is_invisible(c) => "",
            // Letters that are not taken apart.
            'ß' => "ss",
            'æ' => "ae",
            'œ' => "oe",
            'þ' => "th",
            'đ' | 'ð' => "d",
            'ħ' => "h",
            'ı' => "i",
            'ł' => "l",
            'ø' => "o",
            'ŧ' => "t",
            // Signs that keyboards do not have.
            '‘' | '’' | 'ʻ' | 'ʼ' | '′' => "'",
            '\u{2010}'..='\u{2015}' | '\u{2212}' => "-",
            '&' => "and",
            c => {
                folded.push(c);
                continue;
            }
        };
        folded.push_str(plain);
    }
    folded.trim().to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;
    use icu_normalizer::DecomposingNormalizerBorrowed;
    use regex::Regex;

    /// Every character of a class of regular expressions.
    fn characters(class: &str) -> Vec<char> {
        let class = Regex::new(class).expect("a class of characters");
        let all: String = ('\0'..=char::MAX).collect();
        let found = class.find_iter(&all);
        found
            .filter_map(|one| one.as_str().chars().next())
            .collect()
    }

    #[test]
    fn digits_of_every_script_are_digits() {
        let digits = characters(r"\p{Nd}");
        assert_eq!(digits.len(), 10 * ZEROS.len());
        // Ten follow each other from every zero.
        for (place, digit) in digits.into_iter().enumerate() {
            let ascii = (place % 10).to_string();
            assert_eq!(in_ascii(&digit.to_string()), ascii, "{digit} {digit:?}");
        }
        assert!(ZEROS.is_sorted());
        assert_eq!(in_ascii("a½²"), "a½²");
    }

    #[test]
    fn signs_of_every_keyboard_are_those_of_ascii() {
        for (text, ascii) in [
            ("１．５", "1.5"),
            ("１，５", "1,5"),
            ("－5", "-5"),
            ("＋5", "+5"),
            ("\u{2212}5", "-5"),
            ("２０２０－０１－３１", "2020-01-31"),
            ("2020\u{2010}01\u{2011}31", "2020-01-31"),
            ("２０２０ー０１ー３１", "2020-01-31"),
            ("１\u{3000}２", "1 2"),
        ] {
            assert_eq!(in_ascii(text), ascii, "{text}");
        }
    }

    fn decompose(text: &str) -> String {
        let nfkd = DecomposingNormalizerBorrowed::new_nfkd();
        nfkd.normalize(text).to_lowercase()
    }

    #[test]
    fn names_are_the_same_without_case_and_accents() {
        for (one, other) in [
            ("NUEVO LEÓN", "Nuevo León"),
            ("Nuevo Leo\u{301}n", "nuevo leon"),
            ("İSTANBUL", "istanbul"),
            ("ISPARTA", "ısparta"),
            ("hawai’i", "Hawai'i"),
            ("Côte d´Ivoire", "cote d'ivoire"),
            ("São Tomé & Príncipe", "Sao Tome and Principe"),
            ("Île\u{2011}de\u{2011}France", "ile-de-france"),
            ("Thừa Thiên–Huế", "THUA THIEN-HUE"),
            ("Đà Nẵng", "da nang"),
            ("МОСКВА", "Москва"),
            ("ΑΘΉΝΑ", "Αθήνα"),
            ("ØSTFOLD", "Ostfold"),
            ("ﾄｳｷｮｳ", "トウキョウ"),
            (" \u{200b}Texas\u{200d} ", "texas"),
        ] {
            assert_eq!(
                folded(one, &decompose),
                folded(other, &decompose),
                "{one} {other}"
            );
        }
        for (one, other) in [("Iowa", "Ohio"), ("か", "が"), ("서울", "부산")] {
            assert_ne!(
                folded(one, &decompose),
                folded(other, &decompose),
                "{one} {other}"
            );
        }
    }

    /// What a text may have without anybody seeing it: format characters but for those that are seen before
    /// a number, what Unicode calls ignorable, selectors of a form, and a blank of Braille.
    const UNSEEN: &str = r"[\p{Cf}\p{Default_Ignorable_Code_Point}\p{Variation_Selector}\u{2800}--\p{Prepended_Concatenation_Mark}]";

    #[test]
    fn what_cannot_be_seen_is_known_and_nothing_else() {
        let unseen = characters(UNSEEN);
        assert!(unseen.len() > 4000);
        let known: Vec<char> = ('\0'..=char::MAX).filter(|c| is_invisible(*c)).collect();
        assert_eq!(known, unseen);
    }

    #[test]
    fn what_cannot_be_seen_is_dropped_wherever_it_stands() {
        for c in characters(UNSEEN) {
            for text in [format!("{c}Jun"), format!("Ju{c}n"), format!("Jun{c}")] {
                assert_eq!(visible(&text), "Jun", "{c:?}");
                assert_eq!(in_ascii(&text), "Jun", "{c:?}");
            }
            assert_eq!(visible(&format!("{c} {c}{c}")), "", "{c:?}");
            assert_eq!(trim(&format!(" {c}a{c}b {c}")), format!("a{c}b"), "{c:?}");
            let digits = format!("{c}2{c}6{c}");
            assert_eq!(in_ascii(&digits), "26", "{c:?}");
        }
    }

    #[test]
    fn what_shapes_a_letter_stays_with_it() {
        for text in [
            "می\u{200c}خواهم",
            "ശ്രീ\u{200d}",
            "渡邉\u{e0100}",
            "ᠮᠣᠩᠭᠣᠯ\u{180b}",
            "❤\u{fe0f}\u{200d}🔥",
        ] {
            assert_eq!(visible(text), text);
        }
        for (text, seen) in [
            ("渡邉\u{200b}\u{e0100}", "渡邉\u{e0100}"),
            ("渡 \u{200d}邉", "渡 邉"),
            ("\u{3000}\u{200d}", ""),
            ("a\nb\u{200b}\nc", "a\nb\nc"),
            ("\u{feff} Ju\u{200b}n\u{202e} ", "Jun"),
        ] {
            assert_eq!(visible(text), seen, "{text:?}");
            assert_eq!(visible(seen), seen, "{text:?}");
        }
    }
}
