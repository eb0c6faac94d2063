//! `cargo xtask test -g NAME`: the tests of any kind that have NAME in their names, and nothing else.

use crate::browsers::Browser;
use crate::checks::{self, files_below};
use crate::shell::{self, cargo};
use anyhow::{Context, Result, bail};
use std::fs;
use std::path::{Path, PathBuf};

/// Where the tests of a package stand that cargo runs on this machine.
const PACKAGES: [(&str, &str); 4] = [
    ("rules", "storefront-rules"),
    ("store", "storefront-store"),
    ("xtask", "storefront-xtask"),
    ("tests/architecture.rs", "storefront-account"),
];

/// Runs the tests whose names have `name` in them, wherever they stand; with a browser, the journeys in that one.
pub(crate) fn run(name: &str, browser: Option<Browser>) -> Result<()> {
    let journeys = files_with("tests/e2e", ".test.mjs", name, js_tests)?;
    if let Some(browser) = browser {
        if journeys.is_empty() {
            bail!("no journey has `{name}` in its name");
        }
        checks::journeys_in(browser, &journeys, Some(name))?;
        return Ok(());
    }
    let mut is_found = false;
    let rust = rust_name(name);
    for (place, package) in PACKAGES {
        if has_test(place, ".rs", &rust, rust_tests)? {
            is_found = true;
            shell::run(cargo().args(["test", "--package", package, &rust]))?;
        }
    }
    if has_test("tests/web", ".rs", &rust, rust_tests)? {
        is_found = true;
        checks::web_tests(Some(&rust))?;
    }
    for folder in ["tests/js", "tests/docs"] {
        if has_test(folder, ".test.mjs", name, js_tests)? {
            is_found = true;
            checks::node_tests(folder, Some(name))?;
        }
    }
    if !journeys.is_empty() {
        is_found = true;
        checks::journeys_in(Browser::Chromium, &journeys, Some(name))?;
    }
    if !is_found {
        bail!(
            "no test has `{name}` in its name; a name with `${{…}}` in it is known by its other words"
        );
    }
    Ok(())
}

/// A name as Rust writes it: `two words` is `two_words`.
fn rust_name(name: &str) -> String {
    name.to_lowercase().replace([' ', '-'], "_")
}

type Names = fn(&str) -> Vec<&str>;

fn has_test(place: &str, ending: &str, name: &str, names: Names) -> Result<bool> {
    Ok(!files_with(place, ending, name, names)?.is_empty())
}

/// The files at `place` that have a test with `name` in its name.
fn files_with(place: &str, ending: &str, name: &str, names: Names) -> Result<Vec<PathBuf>> {
    let place = Path::new(place);
    let files = match place.is_dir() {
        true => files_below(place, &[ending])?,
        false => vec![place.to_owned()],
    };
    let name = name.to_lowercase();
    let mut found = Vec::new();
    for file in files {
        let text = fs::read_to_string(&file).with_context(|| file.display().to_string())?;
        let mut names = names(&text).into_iter();
        if names.any(|known| known.to_lowercase().contains(&name)) {
            found.push(file);
        }
    }
    Ok(found)
}

/// The names of the tests in a file of Rust: of what follows an attribute that ends in `test`.
fn rust_tests(text: &str) -> Vec<&str> {
    let mut is_test = false;
    let mut names = Vec::new();
    for line in text.lines().map(str::trim_start) {
        if let Some(attribute) = line.strip_prefix("#[") {
            let path = attribute.split([']', '(']).next().unwrap_or_default();
            is_test |= path.ends_with("test");
        } else if let Some((_, function)) = line.split_once("fn ").filter(|_| is_test) {
            names.extend(function.split('(').next());
            is_test = false;
        }
    }
    names
}

/// The names of the tests in a file of JavaScript: the first text of a call of `test` or of a `suite`.
fn js_tests(text: &str) -> Vec<&str> {
    let calls = ["test(", "journey(", "asking("];
    let names = text.lines().filter_map(|line| {
        let line = line.trim_start();
        let rest = calls.iter().find_map(|call| line.strip_prefix(call))?;
        let quote = rest.chars().next().filter(|quote| "\"`".contains(*quote))?;
        rest[1..].split(quote).next()
    });
    names.collect()
}

#[cfg(test)]
mod tests {
    use super::{js_tests, rust_name, rust_tests};

    #[test]
    fn tests_of_rust_are_found_by_their_attributes() {
        let text = "#[test]\nfn one_thing() {}\nfn helper() {}\n#[tokio::test(flavor = \"x\")]\n#[ignore]\nasync fn another() {}\n#[wasm_bindgen_test]\nasync fn third() {}";
        assert_eq!(rust_tests(text), ["one_thing", "another", "third"]);
    }

    #[test]
    fn tests_of_javascript_are_found_by_their_calls() {
        let text = "journey(\"one thing\", async () => {});\n  test(`another ${x}`, () => {});\nconst test = 1; // test(\"no\")";
        assert_eq!(js_tests(text), ["one thing", "another ${x}"]);
    }

    #[test]
    fn words_are_joined_as_rust_joins_them() {
        assert_eq!(rust_name("Two words-of it"), "two_words_of_it");
    }
}
