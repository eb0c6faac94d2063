//! `dist/site/`: the docs as a site to read and search, made by mdBook.

use crate::shell::{self, command};
use crate::tools;
use anyhow::{Context, Result};
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
    println!("the site is in {}", site.display());
    Ok(())
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
    use super::from_root;

    #[test]
    fn links_of_the_contents_are_seen_from_the_root() {
        let contents = "[a](../README.md)\n- [b](theming.md)";
        assert_eq!(
            from_root(contents),
            "[a](README.md)\n- [b](docs/theming.md)"
        );
    }
}
