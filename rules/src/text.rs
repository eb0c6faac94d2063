//! Letters as people see them: what cannot be seen, digits of every script, and letters without case
//! and accents.

/// Whether a character is in a text without being seen: it comes along when text is copied.
/// Those that join letters in Persian and Indic words are not among them.
#[must_use]
pub const fn is_invisible(c: char) -> bool {
    matches!(c,
        '\u{ad}' | '\u{34f}' | '\u{61c}' | '\u{115f}' | '\u{1160}' | '\u{17b4}' | '\u{17b5}'
        | '\u{180e}' | '\u{200b}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}'
        | '\u{2060}'..='\u{206f}' | '\u{3164}' | '\u{feff}' | '\u{ffa0}' | '\u{fff0}'..='\u{fffb}'
        | '\u{e0000}'..='\u{e007f}')
}

/// Without white space and invisible characters at both ends.
#[must_use]
pub fn trim(text: &str) -> &str {
    text.trim_matches(|c: char| c.is_whitespace() || is_invisible(c))
}

/// Without invisible characters anywhere, nor white space at both ends.
#[must_use]
pub fn visible(text: &str) -> String {
    let seen: String = text.chars().filter(|c| !is_invisible(*c)).collect();
    seen.trim().to_owned()
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
#[must_use]
pub fn ascii_digit(c: char) -> char {
    if c.is_ascii() {
        return c;
    }
    let zero = ZEROS.iter().rev().find(|zero| **zero <= c as u32);
    let digit = zero.and_then(|zero| char::from_digit(c as u32 - zero, 10));
    digit.unwrap_or(c)
}

/// Letters of Latin script that are another with a mark, after that other one; capitals too, which spares
/// the widget the tables of all scripts.
const MARKED: &[&str] = &[
    "aàáâãäåāăąǎÀÁÂÃÄÅĀĂĄǍ",
    "cçćĉċčÇĆĈĊČ",
    "dďđĎĐ",
    "eèéêëēĕėęěẽÈÉÊËĒĔĖĘĚẼ",
    "gĝğġģǧĜĞĠĢǦ",
    "hĥħĤĦ",
    "iìíîïĩīĭįıǐÌÍÎÏĨĪĬĮǏİ",
    "jĵĴ",
    "kķǩĶǨ",
    "lĺļľŀłĹĻĽĿŁ",
    "nñńņňŉÑŃŅŇ",
    "oòóôõöøōŏőơǒÒÓÔÕÖØŌŎŐƠǑ",
    "rŕŗřŔŖŘ",
    "sśŝşšșŚŜŞŠȘ",
    "tţťŧțŢŤŦȚ",
    "uùúûüũūŭůűųưǔÙÚÛÜŨŪŬŮŰŲƯǓ",
    "wŵẁẃẅŴẀẂẄ",
    "yýÿŷỳỹÝŸŶỲỸ",
    "zźżžŹŻŽ",
    "'’‘ʻʼ´",
];

/// Whether two texts of Latin script are the same but for case, accents, and how their letters are composed.
#[must_use]
pub fn is_alike(one: &str, other: &str) -> bool {
    folded(one).eq(folded(other))
}

fn folded(text: &str) -> impl Iterator<Item = char> {
    let is_mark = |c: &char| matches!(c, '\u{300}'..='\u{36f}');
    let letters = trim(text).chars();
    letters
        .filter(move |c| !is_mark(c) && !is_invisible(*c))
        .map(|c| {
            let marked = |letters: &&&str| !c.is_ascii() && letters.contains(c);
            let base = MARKED.iter().find(marked);
            let base = base.and_then(|letters| letters.chars().next());
            base.unwrap_or(c).to_ascii_lowercase()
        })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn digits_of_every_script_are_digits() {
        for (text, ascii) in [
            ("١٢٣", "123"),
            ("۴۵۶", "456"),
            ("०९", "09"),
            ("１０", "10"),
            ("𝟗", "9"),
            ("a-½²", "a-½²"),
        ] {
            let read: String = text.chars().map(ascii_digit).collect();
            assert_eq!(read, ascii, "{text}");
        }
        assert!(ZEROS.is_sorted());
    }

    #[test]
    fn letters_are_alike_without_case_and_accents() {
        for (one, other) in [
            ("NUEVO LEÓN", "Nuevo León"),
            ("Nuevo Leo\u{301}n", "nuevo leon"),
            ("İSTANBUL", "istanbul"),
            ("ISPARTA", "ısparta"),
            ("hawai’i", "Hawai'i"),
            (" \u{200b}Texas ", "texas"),
        ] {
            assert!(is_alike(one, other), "{one} {other}");
        }
        assert!(!is_alike("Iowa", "Ohio"));
    }

    #[test]
    fn what_cannot_be_seen_is_dropped_and_what_joins_letters_stays() {
        assert_eq!(visible("\u{feff} Ju\u{200b}n\u{202e} "), "Jun");
        assert_eq!(visible("\u{3164}\u{200b}"), "");
        assert_eq!(visible("می\u{200c}خواهم"), "می\u{200c}خواهم");
        assert_eq!(trim("\u{200b} a\u{200b}b \u{feff}"), "a\u{200b}b");
    }
}
