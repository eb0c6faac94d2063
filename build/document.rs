//! GraphQL documents as they are sent. The build script makes types from them, and xtask puts those that
//! elements begin with into the loader.

use std::collections::BTreeSet;

/// `document` as it is sent: with those of `fragments` that it uses, and without comments and blanks.
/// Neither may have a string literal.
pub(crate) fn to_send(document: &str, fragments: &str) -> String {
    let mut text = minify(document);
    let fragments = minify(fragments);
    let fragments: Vec<(&str, &str)> = fragments
        .split("fragment ")
        .filter_map(|fragment| Some((fragment.split_once(" on ")?.0, fragment)))
        .collect();
    let mut added = BTreeSet::new();
    // A fragment may use another, which stands before it or behind it.
    while let Some((name, fragment)) = fragments
        .iter()
        .find(|(name, _)| !added.contains(name) && uses(&text, name))
    {
        added.insert(name);
        text.push_str("fragment ");
        text.push_str(fragment);
    }
    text
}

/// Whether the minified `text` spreads the fragment `name`.
fn uses(text: &str, name: &str) -> bool {
    let mut spreads = text.split("...").skip(1);
    spreads.any(|rest| {
        rest.strip_prefix(name)
            .is_some_and(|rest| !rest.starts_with(is_name))
    })
}

fn minify(document: &str) -> String {
    let mut minified = String::new();
    for line in document.lines() {
        let code = line.split('#').next().unwrap_or_default();
        for piece in code.split([' ', '\t', ',']) {
            if piece.starts_with(is_name) && minified.ends_with(is_name) {
                minified.push(' ');
            }
            minified.push_str(piece);
        }
    }
    minified
}

fn is_name(c: char) -> bool {
    c.is_alphanumeric() || c == '_'
}
