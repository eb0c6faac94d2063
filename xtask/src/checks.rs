//! Everything CI runs, in order, up to the first failure.

use crate::browsers::Browser;
use crate::embed::{self, Purpose};
use crate::files::files_below;
use crate::shell::{self, cargo, command};
use crate::tools::{self, WASM};
use crate::{budget, package, serve, specimen};
use anyhow::{Context, Result, bail};
use std::fs;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

/// One thing that must hold.
struct Check {
    name: &'static str,
    about: &'static str,
    run: fn() -> Result<Outcome>,
}

pub(crate) enum Outcome {
    Passed,
    Skipped(String),
}

const CHECKS: &[Check] = &[
    Check {
        name: "fmt",
        about: "formatting",
        run: fmt,
    },
    Check {
        name: "markup",
        about: "no markup is made from text in src/",
        run: markup,
    },
    Check {
        name: "js-lint",
        about: "types and lints of the scripts and their tests",
        run: js_lint,
    },
    Check {
        name: "deny",
        about: "licences, bans, sources and advisories of the crates",
        run: deny,
    },
    Check {
        name: "lint",
        about: "clippy, for this machine",
        run: lint,
    },
    Check {
        name: "lint-wasm",
        about: "clippy, for the browser",
        run: lint_wasm,
    },
    Check {
        name: "doc",
        about: "rustdoc without warnings",
        run: doc,
    },
    Check {
        name: "unit",
        about: "tests on this machine",
        run: unit,
    },
    Check {
        name: "specs",
        about: "the store against the platform's OpenAPI files",
        run: specs,
    },
    Check {
        name: "js",
        about: "tests of the loader's own logic, in Node",
        run: js,
    },
    Check {
        name: "web",
        about: "tests of the widget in headless Chromium",
        run: web,
    },
    Check {
        name: "build",
        about: "dist/: the specimen page and the embed",
        run: build,
    },
    Check {
        name: "size",
        about: "weights against size-budget.json",
        run: size,
    },
    Check {
        name: "docs",
        about: "links, pictures and snippets of the docs",
        run: docs,
    },
    Check {
        name: "e2e",
        about: "journeys through the store in a real browser",
        run: e2e,
    },
    Check {
        name: "firefox",
        about: "the journeys that matter, in Firefox",
        run: || journeys_that_matter(Browser::Firefox),
    },
    Check {
        name: "webkit",
        about: "the journeys that matter, in WebKitGTK",
        run: || journeys_that_matter(Browser::Webkit),
    },
    Check {
        name: "oldest",
        about: "the journeys that matter, as the oldest browsers are",
        run: || journeys_that_matter(Browser::Oldest),
    },
    Check {
        name: "package",
        about: "the npm package: its files, its types, what editors read",
        run: package,
    },
    Check {
        name: "examples",
        about: "projects that use the npm package, in a real browser",
        run: examples,
    },
];

/// Prints every check's name.
pub(crate) fn list() {
    for check in CHECKS {
        println!("{:<10} {}", check.name, check.about);
    }
}

/// Runs the checks of these names, or all when there are none, in the order of [`CHECKS`].
pub(crate) fn run(names: &[String]) -> Result<()> {
    let known = |name: &String| CHECKS.iter().any(|check| check.name == name);
    if let Some(name) = names.iter().find(|name| !known(name)) {
        bail!("there is no step `{name}`; see `cargo xtask test --list`");
    }
    let mut report = Vec::new();
    let mut skipped = 0;
    let chosen = |check: &&Check| names.is_empty() || names.iter().any(|name| name == check.name);
    for check in CHECKS.iter().filter(chosen) {
        let heading = format!("{}: {}", check.name, check.about);
        let started = Instant::now();
        let result = shell::step(&heading, check.run);
        let line = |what: &str| summary(check.name, what, started.elapsed());
        match result {
            Ok(Outcome::Passed) => report.push(line("passed")),
            Ok(Outcome::Skipped(reason)) => {
                println!("skipped: {}: {reason}", check.about);
                skipped += 1;
                report.push(line(&format!("skipped: {reason}")));
            }
            Err(error) => {
                report.push(line("FAILED"));
                print_report(&report);
                return Err(error);
            }
        }
    }
    print_report(&report);
    if skipped == 0 {
        println!("all steps passed");
    } else {
        println!("no step failed; skipped: {skipped}");
    }
    Ok(())
}

fn summary(name: &str, what: &str, took: Duration) -> String {
    format!("{name:<10} {:>14}   {what}", shell::time(took))
}

fn print_report(lines: &[String]) {
    println!("\n=== steps");
    for line in lines {
        println!("{line}");
    }
    println!();
}

fn fmt() -> Result<Outcome> {
    shell::run(cargo().args(["fmt", "--all", "--check"]))?;
    shell::run(cargo().args(["fmt", "--manifest-path", "fuzz/Cargo.toml", "--check"]))?;
    Ok(Outcome::Passed)
}

fn lint() -> Result<Outcome> {
    clippy(&["--workspace"])
}

fn lint_wasm() -> Result<Outcome> {
    tools::wasm_target()?;
    let widget = ["--package", "storefront-account", "--target", WASM];
    // Each bundle leaves code out; what is left must be used.
    for feature in embed::features() {
        let bundle = ["--lib", "--no-default-features", "--features", feature];
        shell::run(cargo().arg("clippy").args(widget).args(bundle).args(STRICT))?;
    }
    clippy(&[&widget[..], &["--all-features"]].concat())
}

/// No warning is let through.
const STRICT: [&str; 3] = ["--", "--deny", "warnings"];

fn clippy(what: &[&str]) -> Result<Outcome> {
    shell::run(
        cargo()
            .arg("clippy")
            .args(what)
            .arg("--all-targets")
            .args(STRICT),
    )?;
    Ok(Outcome::Passed)
}

fn doc() -> Result<Outcome> {
    shell::run(
        cargo()
            .args(["doc", "--no-deps", "--workspace"])
            .env("RUSTDOCFLAGS", "--deny warnings"),
    )?;
    Ok(Outcome::Passed)
}

fn unit() -> Result<Outcome> {
    shell::run(cargo().args(["test", "--workspace"]))?;
    Ok(Outcome::Passed)
}

fn specs() -> Result<Outcome> {
    let script = ["store/tests/specs.sh"];
    let missing = shell::read(command("sh").args(script).arg("--missing"))?;
    let missing = missing.context("store/tests/specs.sh cannot say what it lacks")?;
    if !missing.is_empty() {
        return Ok(Outcome::Skipped(missing));
    }
    let store = serve::build_store(&[], "debug")?;
    shell::run(
        command("sh")
            .args(script)
            .arg(store)
            // A look at each operation; by hand the script takes its time.
            .env("EXAMPLES", "5")
            .env("SECONDS_EACH", "5"),
    )?;
    Ok(Outcome::Passed)
}

fn js_lint() -> Result<Outcome> {
    tools::npm()?;
    for project in ["tsconfig.json", "tests/tsconfig.json"] {
        shell::run(command("tsc").args(["--project", project]))?;
    }
    shell::run(command("oxlint").args(["--deny-warnings", "src", "tests"]))?;
    Ok(Outcome::Passed)
}

fn deny() -> Result<Outcome> {
    tools::cargo_deny()?;
    let deny = || command("cargo-deny");
    let what = ["check", "bans", "licenses", "sources"];
    shell::run(deny().args(what))?;
    // What reaches no shop has licences of its own.
    let tools = ["--workspace", "--config", "xtask/deny.toml"];
    for manifest in ["Cargo.toml", "fuzz/Cargo.toml"] {
        shell::run(
            deny()
                .args(["--manifest-path", manifest])
                .args(tools)
                .args(what),
        )?;
    }
    if shell::read(deny().args(["fetch", "db"]))?.is_none() {
        return Ok(Outcome::Skipped(
            "the database of advisories cannot be reached; the rest was checked".to_owned(),
        ));
    }
    let advisories = ["check", "--disable-fetch", "advisories"];
    shell::run(deny().args(tools).args(advisories))?;
    Ok(Outcome::Passed)
}

fn js() -> Result<Outcome> {
    node_tests("tests/js", None)
}

fn docs() -> Result<Outcome> {
    tools::npm()?;
    // What the docs say of elements and files is held against these.
    embed::build_if_missing()?;
    node_tests("tests/docs", None)
}

/// Runs the tests of Node in this folder, or those of them with `pattern` in their names.
pub(crate) fn node_tests(folder: &str, pattern: Option<&str>) -> Result<Outcome> {
    let tests = files_below(Path::new(folder), &[".test.mjs"])?;
    if tests.is_empty() {
        bail!("there is no {folder}/*.test.mjs");
    }
    let mut node = command("node");
    node.args(["--test", "--test-reporter=spec"])
        .args(only(pattern));
    shell::run(node.args(tests))?;
    Ok(Outcome::Passed)
}

/// What has Node run only the tests with `pattern` in their names.
fn only(pattern: Option<&str>) -> Option<String> {
    let special = |c: char| !c.is_alphanumeric() && c != ' ';
    let quoted = |c: char| [special(c).then_some('\\'), Some(c)];
    let pattern: String = pattern?.chars().flat_map(quoted).flatten().collect();
    Some(format!("--test-name-pattern=/{pattern}/i"))
}

fn web() -> Result<Outcome> {
    web_tests(None)
}

/// Runs the tests of the widget in a browser, or those with `pattern` in their names.
pub(crate) fn web_tests(pattern: Option<&str>) -> Result<Outcome> {
    tools::wasm_target()?;
    tools::wasm_bindgen()?;
    tools::npm()?;
    let browser = tools::browser()?;
    shell::run(
        command("node")
            .args(["tests/web/run.mjs", "cargo", "test"])
            .args(["--package", "storefront-account", "--target", WASM])
            .args(["--test", "web", "--features", "scripted"])
            .args(pattern)
            .env(embed::RUSTFLAGS, embed::UNOPTIMISED)
            .env("CHROMIUM", browser),
    )?;
    Ok(Outcome::Passed)
}

fn build() -> Result<Outcome> {
    specimen::build()?;
    embed::build(Purpose::Shipping)?;
    Ok(Outcome::Passed)
}

fn size() -> Result<Outcome> {
    budget::check()?;
    Ok(Outcome::Passed)
}

fn e2e() -> Result<Outcome> {
    journeys_in(Browser::Chromium, &all_journeys()?, None)
}

fn all_journeys() -> Result<Vec<PathBuf>> {
    files_below(Path::new("tests/e2e"), &[".test.mjs"])
}

fn journeys_that_matter(browser: Browser) -> Result<Outcome> {
    let file = |name: &&str| Path::new("tests/e2e").join(format!("{name}.test.mjs"));
    let files: Vec<PathBuf> = browser.journeys().iter().map(file).collect();
    journeys_in(browser, &files, None)
}

/// Runs all journeys in this browser: `test e2e --browser NAME`.
pub(crate) fn journeys_by(browser: Browser, steps: &[String]) -> Result<()> {
    if steps.iter().any(|step| step != "e2e") {
        bail!("only the step e2e runs in a browser of your choice");
    }
    journeys_in(browser, &all_journeys()?, None)?;
    Ok(())
}

/// Runs the journeys in these files in a browser, or those of them with `pattern` in their names.
pub(crate) fn journeys_in(
    browser: Browser,
    files: &[PathBuf],
    pattern: Option<&str>,
) -> Result<Outcome> {
    tools::npm()?;
    let found = browser.find()?;
    specimen::build_if_missing()?;
    embed::build_if_missing()?;
    // As the tests before have built it: a journey waits for the page and not for the store.
    let store = serve::build_store(&[], "debug")?;
    // One at a time: each starts a store and a browser of its own.
    shell::run(
        command("node")
            .args(["--test", "--test-concurrency=1", "--test-reporter=spec"])
            .args(only(pattern))
            .args(files)
            .envs(found)
            .env("BROWSER", browser.name())
            .env("STORE_BIN", std::path::absolute(store)?),
    )?;
    Ok(Outcome::Passed)
}

fn package() -> Result<Outcome> {
    tools::npm()?;
    package::pack()?;
    package::install_checkers()?;
    let test = [
        "--test",
        "--test-reporter=spec",
        "tests/packages/package.test.mjs",
    ];
    shell::run(command("node").args(test))?;
    Ok(Outcome::Passed)
}

fn examples() -> Result<Outcome> {
    tools::npm()?;
    let browser = tools::browser()?;
    package::pack()?;
    let store = serve::build_store(&[], "debug")?;
    let test = [
        "--test",
        "--test-reporter=spec",
        "tests/packages/examples.test.mjs",
        "tests/packages/stencil.test.mjs",
    ];
    shell::run(
        command("node")
            .args(test)
            .env("CHROMIUM", browser)
            .env("STORE_BIN", std::path::absolute(store)?),
    )?;
    Ok(Outcome::Passed)
}

/// Makes the contact sheets.
pub(crate) fn shots(words: &[String]) -> Result<()> {
    tools::npm()?;
    let browser = tools::browser()?;
    specimen::build_if_missing()?;
    shell::run(
        command("node")
            .arg("tests/e2e/shots.mjs")
            .args(words)
            .env("CHROMIUM", browser),
    )
}

/// Measures the sign-up beside the same form in other frameworks.
pub(crate) fn bench(words: &[String]) -> Result<()> {
    tools::npm()?;
    let browser = tools::browser()?;
    embed::build_if_missing()?;
    let store = serve::build_store(&["--release"], "release")?;
    shell::step("pages of the bench", || {
        shell::run(command("npm").args(["ci", "--prefix", "bench", "--no-audit", "--no-fund"]))?;
        shell::run(command("node").arg("bench/build.mjs"))
    })?;
    shell::run(
        command("node")
            .arg("bench/run.mjs")
            .args(words)
            .env("CHROMIUM", browser)
            .env("STORE_BIN", std::path::absolute(store)?),
    )
}

/// Merchants' and shoppers' words are hostile; nothing in the widget may turn text into markup.
fn markup() -> Result<Outcome> {
    const WAYS: [&str; 4] = ["inner_html", "innerHTML", "outerHTML", "insertAdjacentHTML"];
    let mut found = Vec::new();
    for path in files_below(Path::new("src"), &[".rs", ".js"])? {
        let text = fs::read_to_string(&path).with_context(|| path.display().to_string())?;
        for (number, line) in text.lines().enumerate() {
            if WAYS.iter().any(|way| line.contains(way)) {
                found.push(format!(
                    "{}:{}: {}",
                    path.display(),
                    number + 1,
                    line.trim()
                ));
            }
        }
    }
    if found.is_empty() {
        Ok(Outcome::Passed)
    } else {
        bail!("text becomes markup here:\n{}", found.join("\n"))
    }
}
