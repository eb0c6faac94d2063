//! `dist/site/`: the docs as a site to read and search, made by mdBook.

use crate::files::files_below;
use crate::shell::{self, command};
use crate::tools;
use anyhow::{Context, Result, bail};
use std::fs;
use std::path::Path;

/// Pages and folders of the site, where links between them find them; what is not a page is copied.
const SOURCES: [&str; 9] = [
    "README.md",
    "CHANGELOG.md",
    "SECURITY.md",
    "CONTRIBUTING.md",
    "ARCHITECTURE.md",
    "docs",
    "examples",
    "packages/stencil",
    "schema.graphql",
];

const SUMMARY: &str = "docs/SUMMARY.md";

/// Writes the site.
pub(crate) fn build() -> Result<()> {
    tools::mdbook()?;
    let work = shell::target_dir().join("site");
    if work.is_dir() {
        fs::remove_dir_all(&work).with_context(|| format!("cannot empty {}", work.display()))?;
    }
    for source in SOURCES {
        copy(Path::new(source), &work.join(source))?;
    }
    let contents = fs::read_to_string(SUMMARY).context(SUMMARY)?;
    fs::remove_file(work.join(SUMMARY))?;
    fs::write(work.join("SUMMARY.md"), from_root(&contents))?;
    fs::rename(work.join("docs/book.toml"), work.join("book.toml"))?;
    let site = std::path::absolute("dist/site")?;
    shell::run(
        command("mdbook")
            .arg("build")
            .arg(&work)
            .arg("--dest-dir")
            .arg(&site),
    )?;
    let broken = broken_links(&site)?;
    if !broken.is_empty() {
        bail!("these lead to no file of the site:\n{}", broken.join("\n"));
    }
    println!("the site is in {}", site.display());
    Ok(())
}

/// The links in the pages of the site that lead to no file of it: each with its page.
fn broken_links(site: &Path) -> Result<Vec<String>> {
    let mut broken = Vec::new();
    for page in files_below(site, &[".html"])? {
        let text = fs::read_to_string(&page).with_context(|| page.display().to_string())?;
        let links = ["href=\"", "src=\""]
            .iter()
            .flat_map(|attribute| text.split(attribute).skip(1))
            .map(|rest| rest.split(['"', '#', '?']).next().unwrap_or_default());
        for link in links {
            // What begins with a slash is a file of a shop.
            let is_elsewhere = link.is_empty() || link.contains(':') || link.starts_with('/');
            if !is_elsewhere && !page.with_file_name("").join(link).is_file() {
                broken.push(format!("{}: {link}", page.display()));
            }
        }
    }
    Ok(broken)
}

/// The table of contents with its links seen from the folder above its own.
fn from_root(contents: &str) -> String {
    contents
        .replace("](", "](docs/")
        .replace("](docs/../", "](")
}

/// Folders that an example's packages and its build are in.
const BUILT: [&str; 3] = ["node_modules", "dist", "public"];

fn copy(from: &Path, to: &Path) -> Result<()> {
    let failed = || format!("cannot copy {}", from.display());
    if BUILT.iter().any(|built| from.ends_with(built)) {
        return Ok(());
    }
    if from.is_dir() {
        fs::create_dir_all(to).with_context(failed)?;
        for entry in fs::read_dir(from).with_context(failed)? {
            let entry = entry.with_context(failed)?;
            copy(&entry.path(), &to.join(entry.file_name()))?;
        }
    } else {
        if let Some(folder) = to.parent() {
            fs::create_dir_all(folder).with_context(failed)?;
        }
        fs::copy(from, to).with_context(failed)?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::{broken_links, from_root};
    use std::fs;

    #[test]
    fn a_link_to_a_page_that_is_not_made_is_found() {
        let site = std::env::temp_dir().join(format!("storefront-site-{}", std::process::id()));
        fs::create_dir_all(site.join("docs")).expect("a folder");
        let page = "<a href=\"../index.html#top\"><a href=\"../docs\"><a href=\"https://a.example\"><img src=\"/shop.png\">";
        fs::write(site.join("index.html"), "<a href=\"docs/a.html\">").expect("a page");
        fs::write(site.join("docs/a.html"), page).expect("a page");
        let broken = broken_links(&site).expect("a site");
        fs::remove_dir_all(&site).expect("a folder");
        assert_eq!(broken.len(), 1, "{broken:?}");
        assert!(broken[0].ends_with("a.html: ../docs"), "{broken:?}");
    }

    #[test]
    fn links_of_the_contents_are_seen_from_the_root() {
        let contents = "[a](../README.md)\n- [b](theming.md)";
        assert_eq!(
            from_root(contents),
            "[a](README.md)\n- [b](docs/theming.md)"
        );
    }
}
