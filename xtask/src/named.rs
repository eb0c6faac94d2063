//! `cargo xtask test -g NAME`: the tests of any kind that have NAME in their names, and nothing else.

use crate::browsers::Browser;
use crate::checks;
use crate::files::files_below;
use crate::package;
use crate::shell::{self, cargo};
use anyhow::{Context, Result, bail};
use std::fs;
use std::path::{Path, PathBuf};

/// The packages whose tests cargo runs on this machine, with the places of these.
const PACKAGES: [(&str, &[&str]); 5] = [
    ("storefront-rules", &["rules"]),
    ("storefront-store", &["store"]),
    ("storefront-xtask", &["xtask"]),
    ("storefront-account", &["src", "tests/architecture.rs"]),
    ("storefront-fuzz-targets", &["fuzz/targets"]),
];

/// The tests of the widget in a browser.
const WEB: &str = "tests/web";

/// The tests that need Node and nothing else.
const SCRIPTS: [&str; 2] = ["tests/js", "tests/docs"];

/// The journeys, which a browser of choice can take.
const JOURNEYS: &str = "tests/e2e";

/// What looks at the packed npm package: the package alone, and the examples that install it.
const PACKED: [&str; 3] = [
    "tests/packages/package.test.mjs",
    "tests/packages/examples.test.mjs",
    "tests/packages/stencil.test.mjs",
];

/// Runs the tests whose names have `name` in them, wherever they stand; with a browser, the journeys in that one.
pub(crate) fn run(name: &str, browser: Option<Browser>) -> Result<()> {
    let journeys = files_with(JOURNEYS, ".test.mjs", name, js_tests)?;
    if let Some(browser) = browser {
        if journeys.is_empty() {
            bail!("no journey has `{name}` in its name");
        }
        checks::journeys_in(browser, &journeys, Some(name))?;
        return Ok(());
    }
    let mut is_found = false;
    let rust = rust_name(name);
    for (package, places) in PACKAGES {
        if has_test(places, ".rs", &rust, rust_tests)? {
            is_found = true;
            shell::run(cargo().args(["test", "--package", package, &rust]))?;
        }
    }
    if has_test(&[WEB], ".rs", &rust, rust_tests)? {
        is_found = true;
        checks::web_tests(Some(&rust))?;
    }
    for folder in SCRIPTS {
        if has_test(&[folder], ".test.mjs", name, js_tests)? {
            is_found = true;
            checks::node_tests(folder, Some(name))?;
        }
    }
    if !journeys.is_empty() {
        is_found = true;
        checks::journeys_in(Browser::Chromium, &journeys, Some(name))?;
    }
    let mut packed = Vec::new();
    for file in PACKED {
        packed.extend(files_with(file, ".test.mjs", name, js_tests)?);
    }
    if !packed.is_empty() {
        is_found = true;
        package::pack()?;
        package::install_checkers()?;
        checks::journeys_in(Browser::Chromium, &packed, Some(name))?;
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

fn has_test(places: &[&str], ending: &str, name: &str, names: Names) -> Result<bool> {
    for place in places {
        if !files_with(place, ending, name, names)?.is_empty() {
            return Ok(true);
        }
    }
    Ok(false)
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

/// The names of the tests in a file of JavaScript: the first text of a call of `test`, or of what a `suite` has given.
fn js_tests(text: &str) -> Vec<&str> {
    let suites = text.lines().filter_map(|line| {
        let (name, _) = line.strip_prefix("const ")?.split_once(" = suite(")?;
        Some(name)
    });
    let calls: Vec<_> = suites.chain(["test"]).collect();
    let names = text.lines().filter_map(|line| {
        let (call, rest) = line.trim_start().split_once('(')?;
        let quote = rest.chars().next().filter(|quote| "\"`".contains(*quote))?;
        rest[1..]
            .split(quote)
            .next()
            .filter(|_| calls.contains(&call))
    });
    names.collect()
}

#[cfg(test)]
mod tests {
    use super::{JOURNEYS, PACKAGES, PACKED, SCRIPTS, WEB, js_tests, rust_name, rust_tests};
    use crate::files::files_below;
    use std::ffi::OsStr;
    use std::fs;
    use std::path::Path;

    #[test]
    fn tests_of_rust_are_found_by_their_attributes() {
        let text = "#[test]\nfn one_thing() {}\nfn helper() {}\n#[tokio::test(flavor = \"x\")]\n#[ignore]\nasync fn another() {}\n#[wasm_bindgen_test]\nasync fn third() {}";
        assert_eq!(rust_tests(text), ["one_thing", "another", "third"]);
    }

    #[test]
    fn tests_of_javascript_are_found_by_their_calls() {
        let text = "const journey = suite();\nconst askingJourney = suite(ASKING);\njourney(\"one thing\", async () => {});\n  test(`another ${x}`, () => {});\naskingJourney(\"third\", () => {});\nfill(\"no\");\nconst test = 1; // test(\"no\")";
        assert_eq!(js_tests(text), ["one thing", "another ${x}", "third"]);
    }

    #[test]
    fn every_test_of_the_project_can_be_found_by_its_name() {
        crate::shell::enter_workspace().expect("the workspace");
        let of_packages = PACKAGES.iter().flat_map(|(_, places)| *places).copied();
        let others = SCRIPTS.iter().chain(&PACKED).copied();
        let known: Vec<_> = of_packages.chain(others).chain([WEB, JOURNEYS]).collect();
        for folder in ["build", "fuzz", "rules", "src", "store", "tests", "xtask"] {
            for file in files_below(Path::new(folder), &[".rs", ".test.mjs"]).expect(folder) {
                let is_built = |part: &OsStr| part == "node_modules" || part == "target";
                if file.iter().any(is_built) {
                    continue;
                }
                let text = fs::read_to_string(&file).expect("a file of tests");
                let is_script = file.extension().is_some_and(|extension| extension == "mjs");
                let names = if is_script {
                    js_tests(&text)
                } else {
                    rust_tests(&text)
                };
                assert!(!is_script || !names.is_empty(), "no test in {file:?}");
                let is_known = known.iter().any(|place| file.starts_with(place));
                assert!(names.is_empty() || is_known, "-g does not look at {file:?}");
            }
        }
    }

    #[test]
    fn words_are_joined_as_rust_joins_them() {
        assert_eq!(rust_name("Two words-of it"), "two_words_of_it");
    }
}
