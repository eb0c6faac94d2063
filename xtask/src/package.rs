//! The npm package `packages/storefront-account`: what is generated in it, and the packing.

use crate::contract;
use crate::embed;
use crate::files::files_below;
use crate::shell::{self, command};
use anyhow::{Context, Result, bail};
use serde_json::Value;
use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};

const PACKAGE: &str = "packages/storefront-account";

/// What is copied into the package, and where to.
const FOLDERS: [(&str, &str); 3] = [
    (embed::DIST, "embed"),
    ("packages/stencil/templates", "stencil/templates"),
    ("packages/stencil/front-matter", "stencil/front-matter"),
];

/// The folder of the docs, here and in the package.
const DOCS: &str = "docs";

/// What is in the docs for those who build the package, and not for those who use it.
const OWN_DOCS: [&str; 4] = [
    "docs/SUMMARY.md",
    "docs/decisions.md",
    "docs/decisions",
    "docs/releasing.md",
];

/// Pages for the package besides those in [`DOCS`].
const CHANGELOG: &str = "CHANGELOG.md";

/// How the loader imports a script whose name it has from its build.
const IMPORT: &str = "import(";

/// The same, left alone by bundlers: what is imported so in a package has an address in `files.js`.
const IGNORED_IMPORT: &str = "import(/* @vite-ignore */ /* webpackIgnore: true */ ";

/// Fills in what is generated, and packs; returns the path of the tarball. Builds the embed if there is none.
pub(crate) fn pack() -> Result<PathBuf> {
    embed::build_if_missing()?;
    let version = env!("CARGO_PKG_VERSION");
    check_version("dist/embed/manifest.json", version)
        .context("dist/embed is of another version; run `cargo xtask build`")?;
    check_version(&format!("{PACKAGE}/package.json"), version)?;
    fill_in()?;
    let out = Path::new("dist");
    let options = ["pack", "--silent", "--pack-destination"];
    shell::run(
        command("npm")
            .args(options)
            .arg(std::path::absolute(out)?)
            .current_dir(PACKAGE),
    )?;
    let tarball = out.join(format!("storefront-account-{version}.tgz"));
    // The examples name it so, in each version.
    let unversioned = out.join("storefront-account.tgz");
    fs::copy(&tarball, &unversioned)
        .with_context(|| format!("cannot write {}", unversioned.display()))?;
    println!("{} is ready", tarball.display());
    Ok(tarball)
}

/// Installs what looks at the packed package: `tests/packages/package.json`.
pub(crate) fn install_checkers() -> Result<()> {
    shell::run(command("npm").args([
        "ci",
        "--prefix",
        "tests/packages",
        "--no-audit",
        "--no-fund",
    ]))
}

fn check_version(path: &str, version: &str) -> Result<()> {
    let text = fs::read_to_string(path).with_context(|| format!("cannot read {path}"))?;
    let facts: Value = serde_json::from_str(&text).with_context(|| path.to_owned())?;
    if facts["version"] != version {
        bail!(
            "{path} says version {}, Cargo.toml {version:?}",
            facts["version"]
        );
    }
    Ok(())
}

/// Writes the generated part of the package.
fn fill_in() -> Result<()> {
    let (embed, package) = (Path::new(embed::DIST), Path::new(PACKAGE));
    for (from, to) in FOLDERS {
        let copy = package.join(to);
        remove_folder(&copy)?;
        copy_folder(Path::new(from), &copy)?;
    }
    remove_folder(&package.join(DOCS))?;
    let pages = pages()?;
    for from in &pages {
        let text = fs::read_to_string(from).with_context(|| from.display().to_string())?;
        let to = package.join(from);
        if let Some(folder) = to.parent() {
            fs::create_dir_all(folder)
                .with_context(|| format!("cannot make {}", folder.display()))?;
        }
        fs::write(&to, page_for_package(from, &text, &pages))
            .with_context(|| format!("cannot write {}", to.display()))?;
    }
    let loader = fs::read_to_string(embed.join("account.js")).context("account.js")?;
    let names = file_names(embed)?;
    let parts = [
        ("files.js", files_module(&names)),
        ("loader.js", loader_module(&loader)?),
        (
            "custom-elements.json",
            format!("{:#}\n", contract::manifest("index.js")),
        ),
        (
            "vscode.html-custom-data.json",
            format!("{:#}\n", contract::vscode_data()),
        ),
        ("LICENSE", fs::read_to_string("LICENSE").context("LICENSE")?),
    ];
    for (name, text) in parts {
        let path = package.join(name);
        fs::write(&path, text).with_context(|| format!("cannot write {}", path.display()))?;
    }
    Ok(())
}

fn remove_folder(folder: &Path) -> Result<()> {
    if folder.exists() {
        fs::remove_dir_all(folder)
            .with_context(|| format!("cannot remove {}", folder.display()))?;
    }
    Ok(())
}

/// The pages of the docs that the package has.
fn pages() -> Result<Vec<PathBuf>> {
    let mut pages = files_below(Path::new(DOCS), &[".md"])?;
    pages.retain(|page| !OWN_DOCS.iter().any(|own| page.starts_with(own)));
    pages.push(PathBuf::from(CHANGELOG));
    Ok(pages)
}

/// The text of a page with links to those `pages` alone. Of a link to another file its words stay, and of a picture nothing.
fn page_for_package(page: &Path, text: &str, pages: &[PathBuf]) -> String {
    let mut out = String::new();
    let mut rest = text;
    while let Some((before, after)) = rest.split_once("](") {
        let link = before.rsplit_once('[').zip(after.split_once(')'));
        let Some(((before_words, words), (target, after_target))) = link else {
            out += &format!("{before}](");
            rest = after;
            continue;
        };
        let file = target.split('#').next().unwrap_or_default();
        let is_elsewhere = file.is_empty() || file.contains(':');
        if is_elsewhere || pages.contains(&beside(page, file)) {
            out += &format!("{before}]({target})");
        } else if let Some(before_picture) = before_words.strip_suffix('!') {
            out += before_picture;
        } else {
            out += &format!("{before_words}{words}");
        }
        rest = after_target;
    }
    out + rest
}

/// The file that a link in `page` names, from the root.
fn beside(page: &Path, link: &str) -> PathBuf {
    let mut file = page.to_owned();
    file.pop();
    for part in link.split('/') {
        match part {
            ".." => {
                file.pop();
            }
            part => file.push(part),
        }
    }
    file
}

fn copy_folder(from: &Path, to: &Path) -> Result<()> {
    fs::create_dir_all(to).with_context(|| format!("cannot make {}", to.display()))?;
    for entry in fs::read_dir(from).with_context(|| format!("cannot read {}", from.display()))? {
        let entry = entry?;
        let target = to.join(entry.file_name());
        if entry.file_type()?.is_dir() {
            copy_folder(&entry.path(), &target)?;
        } else {
            fs::copy(entry.path(), &target)
                .with_context(|| format!("cannot write {}", target.display()))?;
        }
    }
    Ok(())
}

/// The names of what the loader fetches, below the embed's folder, in order: everything that `manifest.json` names in the entry of a
/// bundle, `widgets.js`, the style sheet for shadow roots, and the locales.
fn file_names(embed: &Path) -> Result<Vec<String>> {
    let text = fs::read_to_string(embed.join(embed::MANIFEST)).context(embed::MANIFEST)?;
    let manifest: Value = serde_json::from_str(&text).context(embed::MANIFEST)?;
    let entry = &manifest["entry"];
    let bundles = entry["bundles"].as_object().into_iter().flatten();
    let of_bundles =
        bundles.flat_map(|(_, bundle)| ["glue", "wasm", "style"].map(|kind| &bundle[kind]));
    let named = [&entry["widgets"], &entry["style"]]
        .into_iter()
        .chain(of_bundles);
    let named = named.filter_map(Value::as_str).map(str::to_owned);
    let files = manifest["files"].as_object().into_iter().flatten();
    let locales = files
        .map(|(name, _)| name)
        .filter(|name| name.starts_with("locales/"));
    let mut names: Vec<_> = named.chain(locales.cloned()).collect();
    names.sort();
    Ok(names)
}

/// `files.js`: where each file is, as bundlers understand it.
fn files_module(names: &[String]) -> String {
    let mut lines = String::new();
    for name in names {
        let address = match name.ends_with(".js") {
            true => format!("() => import(\"./embed/{name}\")"),
            false => format!("new URL(\"./embed/{name}\", import.meta.url).href"),
        };
        // Writing to a text cannot fail.
        let _ = writeln!(lines, "    \"./{name}\": {address},");
    }
    format!(
        "// Written by `cargo xtask package`. Says where the loader's files are, wherever a bundler puts them.\n\n\
         if (globalThis.customElements && !globalThis.StorefrontAccount) {{\n  globalThis.StorefrontAccountFiles = {{\n{lines}  }};\n}}\n"
    )
}

/// `loader.js`: `account.js` for bundlers. On a server, which has none of a browser's classes, it does nothing.
fn loader_module(loader: &str) -> Result<String> {
    if loader.matches(IMPORT).count() != 1 {
        bail!("account.js is expected to have one `{IMPORT}`");
    }
    let loader = loader.replace(IMPORT, IGNORED_IMPORT);
    Ok(format!(
        "// Written by `cargo xtask package` from embed/account.js.\n\nif (globalThis.customElements) {{\n{}\n}}\n",
        loader.trim_end()
    ))
}

#[cfg(test)]
mod tests {
    use super::{files_module, loader_module, page_for_package};
    use std::path::{Path, PathBuf};

    #[test]
    fn the_loader_runs_in_browsers_alone_and_its_import_is_left_to_them() {
        let module = loader_module("let f=n=>import(n);").expect("one import");
        assert!(module.contains("if (globalThis.customElements) {\nlet f=n=>import(/* @vite-ignore */ /* webpackIgnore: true */ n);\n}"));
        loader_module("import(a);import(b)").expect_err("two of them");
    }

    #[test]
    fn a_page_links_to_what_the_package_has_and_to_other_hosts_alone() {
        let pages = ["docs/a.md", "docs/elements/b.md", "CHANGELOG.md"].map(PathBuf::from);
        let page = |text: &str| page_for_package(Path::new("docs/elements/b.md"), text, &pages);
        let same = "[a](../a.md#x), [it](#y), [log](../../CHANGELOG.md), [host](https://a.example/b.md), `a[0](b`";
        assert_eq!(page(same), same);
        let text = "One ![picture](../b.png)\nand [`examples/`](../../examples) and [more](c.md).";
        assert_eq!(page(text), "One \nand `examples/` and more.");
    }

    #[test]
    fn scripts_are_imported_and_all_else_has_an_address() {
        let module = files_module(&["a-1.js".to_owned(), "a-1.wasm".to_owned()]);
        assert!(module.contains("\"./a-1.js\": () => import(\"./embed/a-1.js\"),"));
        assert!(
            module.contains("\"./a-1.wasm\": new URL(\"./embed/a-1.wasm\", import.meta.url).href,")
        );
    }
}
