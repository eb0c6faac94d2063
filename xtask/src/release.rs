//! `cargo xtask release VERSION`: sets the version, closes the changelog's section, commits and tags, and writes what is
//! published into `dist/release/`.

use crate::embed::{self, Purpose};
use crate::package;
use crate::parts::PARTS;
use crate::shell::{self, cargo, command};
use crate::tools::WASM;
use anyhow::{Context, Result, bail};
use serde_json::{Value, json};
use sha2::{Digest, Sha256};
use std::collections::{BTreeMap, BTreeSet};
use std::fmt;
use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};

const FOLDER: &str = "dist/release";
const CHANGELOG: &str = "CHANGELOG.md";
const PACKAGES: &str = "packages";

/// A page as each version has it documented, and the names of its parts: what later versions must serve.
const PAGES: &str = "tests/fixtures/releases";

/// What names the version in the address of a folder of its own.
const VERSIONED: [&str; 3] = [
    "docs/cdn.md",
    "docs/stencil.md",
    "packages/stencil/templates/components/storefront-account/head.html",
];

/// The package that a browser gets.
const WIDGET: &str = "storefront-account";

/// Makes the version, or only says what would be done.
pub(crate) fn run(version: Option<&str>, is_dry: bool) -> Result<()> {
    let version = version.context("name the version, as in `cargo xtask release 0.2.0`")?;
    let version = Version::parse(version)?;
    let manifest = read("Cargo.toml")?;
    let now = Version::parse(version_of(&manifest)?)?;
    if version < now {
        bail!("{version} is before {now}, the version in Cargo.toml");
    }
    let tag = format!("v{version}");
    if shell::read(command("git").args(["rev-parse", "--verify", "--quiet", &tag]))?.is_some() {
        bail!("there is a tag {tag} already");
    }
    let page = format!("{PAGES}/{version}.html");
    if !Path::new(&page).is_file() {
        bail!(
            "there is no {page}, the page that later versions must serve; docs/releasing.md says how to make it"
        );
    }
    let date = shell::read(command("node").args(["-p", "new Date().toISOString().slice(0, 10)"]))?
        .context("node is needed, for the date")?;
    let mut changes = vec![
        (
            PathBuf::from("Cargo.toml"),
            with_version(&manifest, "version = \"", &version)?,
        ),
        (
            PathBuf::from(CHANGELOG),
            released(&read(CHANGELOG)?, &version, &date)?,
        ),
    ];
    for path in package_manifests()? {
        let text = fs::read_to_string(&path).with_context(|| path.display().to_string())?;
        changes.push((path, with_version(&text, "\"version\": \"", &version)?));
    }
    for path in VERSIONED {
        let text = read(path)?.replace(&now.to_string(), &version.to_string());
        changes.push((PathBuf::from(path), text));
    }
    let names = PARTS.iter().map(|part| format!("{}\n", part.name));
    changes.push((
        PathBuf::from(format!("{PAGES}/{version}.parts.txt")),
        names.collect(),
    ));
    if is_dry {
        for (path, _) in &changes {
            println!("would change {}", path.display());
        }
        println!("would commit, tag {tag}, and write into {FOLDER}");
        return Ok(());
    }
    let is_clean = shell::read(command("git").args(["status", "--porcelain"]))?;
    if is_clean.is_none_or(|changed| !changed.is_empty()) {
        bail!("the work tree has changes; commit them, or take them back");
    }
    for (path, text) in &changes {
        fs::write(path, text).with_context(|| path.display().to_string())?;
    }
    shell::run(cargo().args(["update", "--workspace", "--offline"]))?;
    // A program of its own: this one has the version it was built with.
    shell::run(cargo().args(["xtask", "release", "--files"]))?;
    shell::run(command("git").args(["add", PAGES]))?;
    shell::run(command("git").args([
        "commit",
        "--all",
        "--message",
        &format!("Release {version}"),
    ]))?;
    shell::run(command("git").args(["tag", "--annotate", &tag, "--message", &tag]))?;
    println!("{tag} is ready in {FOLDER}; docs/releasing.md says how to publish it");
    Ok(())
}

/// Builds and writes what is published of the version in Cargo.toml: the package, the list of its parts, their checksums.
pub(crate) fn write_files() -> Result<()> {
    embed::build(Purpose::Shipping)?;
    let packed = package::pack()?;
    let tarball = format!("{WIDGET}-{}.tgz", env!("CARGO_PKG_VERSION"));
    let folder = Path::new(FOLDER);
    if folder.is_dir() {
        fs::remove_dir_all(folder).with_context(|| format!("cannot empty {FOLDER}"))?;
    }
    fs::create_dir_all(folder).with_context(|| format!("cannot make {FOLDER}"))?;
    fs::copy(&packed, folder.join(&tarball))
        .with_context(|| format!("there is no {}", packed.display()))?;
    let metadata = [
        "metadata",
        "--format-version",
        "1",
        "--filter-platform",
        WASM,
    ];
    let metadata = shell::read(cargo().args(metadata))?.context("cargo metadata failed")?;
    let parts = parts_list(&serde_json::from_str(&metadata)?)?;
    fs::write(folder.join("sbom.cdx.json"), format!("{parts:#}\n"))?;
    let mut sums = String::new();
    for name in [tarball.as_str(), "sbom.cdx.json"] {
        let bytes = fs::read(folder.join(name)).with_context(|| name.to_owned())?;
        // Writing to a text cannot fail.
        let _ = writeln!(sums, "{:x}  {name}", Sha256::digest(bytes));
    }
    fs::write(folder.join("SHA256SUMS"), sums)?;
    println!("{FOLDER} has what is published");
    Ok(())
}

fn read(path: &str) -> Result<String> {
    fs::read_to_string(path).with_context(|| format!("cannot read {path}"))
}

/// The `package.json` of each package of npm that has a version.
fn package_manifests() -> Result<Vec<PathBuf>> {
    let mut found = Vec::new();
    for entry in fs::read_dir(PACKAGES).with_context(|| format!("cannot read {PACKAGES}"))? {
        let path = entry?.path().join("package.json");
        if path.is_file() {
            found.push(path);
        }
    }
    found.sort();
    Ok(found)
}

/// A version, `1.2.3` or `1.2.3-beta.1`.
#[derive(Debug, PartialEq, Eq)]
struct Version {
    numbers: [u64; 3],
    pre: Option<String>,
}

impl Version {
    fn parse(text: &str) -> Result<Self> {
        let is_part = |c: char| c.is_ascii_alphanumeric() || c == '.' || c == '-';
        let (numbers, pre) = match text.split_once('-') {
            Some((numbers, pre)) => (numbers, Some(pre)),
            None => (text, None),
        };
        let parsed: Option<Vec<u64>> = numbers
            .split('.')
            .map(|number| number.parse().ok())
            .collect();
        let numbers = parsed.and_then(|numbers| <[u64; 3]>::try_from(numbers).ok());
        let is_good = pre.is_none_or(|pre| !pre.is_empty() && pre.chars().all(is_part));
        match numbers.filter(|_| is_good) {
            Some(numbers) => Ok(Self {
                numbers,
                pre: pre.map(str::to_owned),
            }),
            None => bail!("`{text}` is no version like 1.2.3 or 1.2.3-beta.1"),
        }
    }
}

impl PartialOrd for Version {
    fn partial_cmp(&self, other: &Self) -> Option<std::cmp::Ordering> {
        // A version comes after what was there before it.
        let key = |version: &Self| (version.numbers, version.pre.is_none(), version.pre.clone());
        key(self).partial_cmp(&key(other))
    }
}

impl fmt::Display for Version {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let [major, minor, patch] = self.numbers;
        write!(f, "{major}.{minor}.{patch}")?;
        match &self.pre {
            Some(pre) => write!(f, "-{pre}"),
            None => Ok(()),
        }
    }
}

/// The version of the workspace, the first in Cargo.toml.
fn version_of(manifest: &str) -> Result<&str> {
    let lines = manifest.lines();
    let mut versions =
        lines.filter_map(|line| line.strip_prefix("version = \"")?.strip_suffix('"'));
    versions.next().context("Cargo.toml has no version")
}

/// `text` with another version behind the first `key`.
fn with_version(text: &str, key: &str, version: &Version) -> Result<String> {
    let (before, rest) = text
        .split_once(key)
        .with_context(|| format!("there is no {key}"))?;
    let (_, after) = rest.split_once('"').context("a version has no end")?;
    Ok(format!("{before}{key}{version}\"{after}"))
}

/// What Keep a Changelog has as sections of a version.
const SECTIONS: [&str; 6] = [
    "Added",
    "Changed",
    "Deprecated",
    "Removed",
    "Fixed",
    "Security",
];

/// The changelog with what is unreleased under a version and a date, and nothing unreleased.
fn released(changelog: &str, version: &Version, date: &str) -> Result<String> {
    const UNRELEASED: &str = "## Unreleased\n";
    let (before, rest) = changelog
        .split_once(UNRELEASED)
        .with_context(|| format!("{CHANGELOG} has no `## Unreleased`"))?;
    let end = rest.find("\n## ").unwrap_or(rest.len());
    let (section, older) = rest.split_at(end);
    if !section.lines().any(|line| line.starts_with("- ")) {
        bail!("{CHANGELOG} has nothing under `## Unreleased`");
    }
    let mut headings = section.lines().filter_map(|line| line.strip_prefix("### "));
    if let Some(other) = headings.find(|heading| !SECTIONS.contains(heading)) {
        bail!(
            "{CHANGELOG} has a section `{other}`; the sections are {}",
            SECTIONS.join(", ")
        );
    }
    Ok(format!(
        "{before}{UNRELEASED}\n## {version} - {date}\n{section}{older}"
    ))
}

/// The crates that the widget is built from as a CycloneDX document, by what `cargo metadata` says.
fn parts_list(metadata: &Value) -> Result<Value> {
    let packages: BTreeMap<&str, &Value> = items(&metadata["packages"])
        .filter_map(|package| Some((package["id"].as_str()?, package)))
        .collect();
    let nodes: BTreeMap<&str, &Value> = items(&metadata["resolve"]["nodes"])
        .filter_map(|node| Some((node["id"].as_str()?, node)))
        .collect();
    let root = packages
        .iter()
        .find(|(_, package)| package["name"] == WIDGET);
    let (root, widget) = root.with_context(|| format!("cargo metadata has no {WIDGET}"))?;
    let mut found = BTreeSet::new();
    let mut open = vec![*root];
    while let Some(id) = open.pop() {
        if found.insert(id) {
            let node = nodes.get(id).context("cargo metadata lacks a package")?;
            open.extend(
                items(&node["deps"])
                    .filter(|dep| is_shipped(dep))
                    .filter_map(|dep| dep["pkg"].as_str()),
            );
        }
    }
    found.remove(root);
    let components: Vec<Value> = found
        .iter()
        .filter_map(|id| packages.get(id))
        .map(|package| component(package))
        .collect();
    Ok(json!({
        "bomFormat": "CycloneDX",
        "specVersion": "1.5",
        "version": 1,
        "metadata": { "component": component(widget) },
        "components": components,
    }))
}

fn items(value: &Value) -> impl Iterator<Item = &Value> {
    value.as_array().into_iter().flatten()
}

/// Whether what is built has this dependency in it: one for tests or for the build script alone is not.
fn is_shipped(dependency: &Value) -> bool {
    items(&dependency["dep_kinds"]).any(|kind| kind["kind"].is_null())
}

fn component(package: &Value) -> Value {
    let text = |key: &str| package[key].as_str().unwrap_or_default().to_owned();
    let (name, version) = (text("name"), text("version"));
    let mut facts = json!({
        "type": "library",
        "bom-ref": format!("pkg:cargo/{name}@{version}"),
        "name": name,
        "version": version,
        "purl": format!("pkg:cargo/{name}@{version}"),
    });
    if let Some(license) = package["license"].as_str() {
        // Cargo took a slash for OR.
        facts["licenses"] = json!([{ "expression": license.replace('/', " OR ") }]);
    }
    facts
}

#[cfg(test)]
mod tests {
    use super::{PAGES, VERSIONED, Version, parts_list, released, version_of, with_version};
    use serde_json::json;
    use std::fs;
    use std::path::Path;

    fn version(text: &str) -> Version {
        Version::parse(text).expect(text)
    }

    #[test]
    fn versions_are_read_written_and_ordered() {
        for text in ["0.1.0", "10.2.33", "1.0.0-beta.1"] {
            assert_eq!(version(text).to_string(), text);
        }
        for text in ["1.0", "1.0.0.0", "v1.0.0", "1.0.x", "1.0.0-", "1.0.0-é", ""] {
            assert!(Version::parse(text).is_err(), "{text}");
        }
        assert!(version("0.10.0") > version("0.9.9"));
        assert!(version("1.0.0") > version("1.0.0-beta.1"));
    }

    #[test]
    fn only_the_first_version_of_a_manifest_changes() {
        let manifest = "[workspace.package]\nversion = \"0.1.0\"\n[dependencies]\nleptos = { version = \"0.8\" }\n";
        assert_eq!(version_of(manifest).expect("a version"), "0.1.0");
        let fresh = with_version(manifest, "version = \"", &version("0.2.0")).expect("a version");
        assert_eq!(fresh, manifest.replace("0.1.0", "0.2.0"));
    }

    #[test]
    fn this_version_has_a_page_and_the_names_of_its_parts() {
        crate::shell::enter_workspace().expect("the workspace");
        for ending in ["html", "parts.txt"] {
            let path = format!("{PAGES}/{}.{ending}", env!("CARGO_PKG_VERSION"));
            assert!(Path::new(&path).is_file(), "there is no {path}");
        }
    }

    #[test]
    fn folders_for_a_version_are_named_by_this_one() {
        crate::shell::enter_workspace().expect("the workspace");
        for path in VERSIONED {
            let text = fs::read_to_string(path).expect(path);
            let folders = text.split("account/").skip(1);
            let versions: Vec<_> = folders
                .filter(|rest| rest.starts_with(|c: char| c.is_ascii_digit()))
                .collect();
            assert!(!versions.is_empty(), "{path}");
            let is_this = |rest: &&str| rest.starts_with(env!("CARGO_PKG_VERSION"));
            assert!(versions.iter().all(is_this), "{path}");
        }
    }

    #[test]
    fn the_changelog_gives_what_is_unreleased_a_version() {
        let before = "# Changelog\n\n## Unreleased\n\n### Added\n\n- A thing.\n\n## 0.1.0 - 2026-01-01\n\n- Old.\n";
        let after = released(before, &version("0.2.0"), "2026-12-01").expect("a section");
        assert_eq!(
            after,
            before.replace(
                "## Unreleased\n",
                "## Unreleased\n\n## 0.2.0 - 2026-12-01\n"
            )
        );
    }

    #[test]
    fn a_changelog_with_nothing_to_release_or_another_section_is_refused() {
        let refused = |text: &str| released(text, &version("0.2.0"), "2026-12-01").is_err();
        assert!(refused("# Changelog\n"));
        assert!(refused(
            "## Unreleased\n\n### Added\n\n## 0.1.0\n\n- Old.\n"
        ));
        assert!(refused("## Unreleased\n\n### News\n\n- A thing.\n"));
    }

    #[test]
    fn the_list_of_parts_has_what_is_shipped_and_nothing_else() {
        let package = |name: &str| json!({ "id": name, "name": name, "version": "1.0.0", "license": "MIT/Apache-2.0" });
        let dep = |name: &str, kind: Option<&str>| json!({ "pkg": name, "dep_kinds": [{ "kind": kind }] });
        let packages = ["storefront-account", "a", "b", "tested"].map(package);
        let metadata = json!({
            "packages": packages,
            "resolve": { "nodes": [
                { "id": "storefront-account", "deps": [dep("a", None), dep("tested", Some("dev"))] },
                { "id": "a", "deps": [dep("b", None)] },
                { "id": "b", "deps": [] },
                { "id": "tested", "deps": [] },
            ] },
        });
        let list = parts_list(&metadata).expect("a list");
        let names: Vec<_> = list["components"]
            .as_array()
            .expect("parts")
            .iter()
            .map(|part| part["name"].clone())
            .collect();
        assert_eq!(names, ["a", "b"]);
        assert_eq!(
            list["components"][0]["licenses"][0]["expression"],
            "MIT OR Apache-2.0"
        );
    }

    #[test]
    fn the_widget_has_leptos_in_it_and_no_browser_for_tests() {
        let metadata = crate::shell::cargo()
            .args([
                "metadata",
                "--format-version",
                "1",
                "--offline",
                "--filter-platform",
                super::WASM,
            ])
            .output()
            .expect("cargo");
        let list =
            parts_list(&serde_json::from_slice(&metadata.stdout).expect("JSON")).expect("a list");
        let parts = list["components"].as_array().expect("parts");
        let has = |name: &str| parts.iter().any(|part| part["name"] == name);
        assert!(has("leptos") && !has("wasm-bindgen-test") && !has("rusqlite"));
        assert!(
            parts
                .iter()
                .all(|part| !part["licenses"].is_null() || part["name"] == "storefront-rules")
        );
    }
}
