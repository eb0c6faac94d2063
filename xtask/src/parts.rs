//! The parts of the elements as data: their names and what they are.

/// A part that a theme can style.
#[derive(Debug)]
pub(crate) struct Part {
    /// Its name; its class is `sfa-` and this.
    pub(crate) name: &'static str,
    /// What it is.
    pub(crate) about: &'static str,
}

/// Makes data of each part.
macro_rules! parts {
    ($(#[doc = $about:literal] $part:ident = $name:literal;)+) => {
        /// All parts, in the order of the docs.
        pub(crate) const PARTS: &[Part] = &[$(Part { name: $name, about: $about }),+];
    };
}

include!("../../src/ui/parts.rs");

#[cfg(test)]
mod tests {
    use super::PARTS;
    use crate::files::files_below;
    use std::collections::BTreeSet;
    use std::fs;
    use std::path::Path;

    /// The classes in the style sheets, without `sfa-`.
    fn styled() -> BTreeSet<String> {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../style");
        let sheets = fs::read_dir(folder).expect("style/");
        let sheets =
            sheets.map(|sheet| fs::read_to_string(sheet.expect("a sheet").path()).expect("text"));
        let sheets: String = sheets.collect();
        let classes = sheets.split(".sfa-").skip(1);
        let is_name = |letter: &char| letter.is_ascii_lowercase() || *letter == '-';
        classes
            .map(|rest| rest.chars().take_while(is_name).collect())
            .collect()
    }

    #[test]
    fn every_class_in_the_style_sheets_is_a_public_part() {
        let known: BTreeSet<String> = PARTS.iter().map(|part| part.name.to_owned()).collect();
        let unknown: Vec<_> = styled().difference(&known).cloned().collect();
        assert_eq!(unknown, [""; 0]);
    }

    #[test]
    fn every_part_of_a_release_is_a_part_still() {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../tests/fixtures/releases");
        let lists = files_below(&folder, &[".parts.txt"]).expect("releases");
        assert!(!lists.is_empty());
        for list in lists {
            let text = fs::read_to_string(&list).expect("a list");
            for name in text.lines() {
                let is_known = PARTS.iter().any(|part| part.name == name);
                assert!(is_known, "{list:?} has `{name}`");
            }
        }
    }

    #[test]
    fn no_two_parts_have_the_same_name() {
        let names: BTreeSet<_> = PARTS.iter().map(|part| part.name).collect();
        assert_eq!(names.len(), PARTS.len());
    }
}
