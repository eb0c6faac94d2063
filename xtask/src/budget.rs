//! What the shipped files weigh, held against `size-budget.json`.

use crate::embed::{DIST, MANIFEST};
use crate::weight::grouped;
use anyhow::{Context, Result, bail};
use serde_json::Value;
use std::fs;
use std::path::Path;

const BUDGETS: &str = "size-budget.json";

/// Prints the weights and fails when a budget is exceeded.
pub(crate) fn check() -> Result<()> {
    let manifest = read_json(&Path::new(DIST).join(MANIFEST))
        .context("nothing is built yet; `cargo xtask build --embed-only`")?;
    print_files(&manifest)?;
    println!(
        "\n{:<42} {:>10} {:>10}",
        "what a browser fetches", "brotli", "budget"
    );
    let budgets = read_json(Path::new(BUDGETS))?;
    let mut excesses = Vec::new();
    for (name, budget) in budgets.as_object().context("no object")? {
        let limit = budget["brotli"]
            .as_u64()
            .with_context(|| format!("{BUDGETS}: {name}: no `brotli`"))?;
        let files = files_of(budget, &manifest).with_context(|| format!("{BUDGETS}: {name}"))?;
        let total = files.iter().map(|(_, bytes)| bytes).sum::<u64>();
        println!("{name:<42} {:>10} {:>10}", grouped(total), grouped(limit));
        if total > limit {
            excesses.push(excess(name, total - limit, &files));
        }
    }
    if excesses.is_empty() {
        Ok(())
    } else {
        bail!("over budget: {}", excesses.join("; "))
    }
}

fn print_files(manifest: &Value) -> Result<()> {
    println!(
        "{:<42} {:>10} {:>10} {:>10}",
        "file", "raw", "gzip -9", "brotli 11"
    );
    for (name, facts) in manifest["files"]
        .as_object()
        .context("the manifest has no files")?
    {
        let column = |key| facts[key].as_u64().map(grouped).unwrap_or_default();
        let (raw, gzip, brotli) = (column("bytes"), column("gzip"), column("brotli"));
        println!("{name:<42} {raw:>10} {gzip:>10} {brotli:>10}");
    }
    Ok(())
}

/// The files of a budget, each with its compressed bytes. A budget names a file by its role among
/// the manifest's entries, as hashed names change: `script`, `style`, `consentStyle`, `widgets`, or a
/// bundle's `NAME.glue` and `NAME.wasm`, and `consent.style`; or by its path.
fn files_of<'a>(budget: &'a Value, manifest: &'a Value) -> Result<Vec<(&'a str, u64)>> {
    budget["files"]
        .as_array()
        .context("no `files`")?
        .iter()
        .map(|name| {
            let name = name.as_str().context("a file is not a string")?;
            let entry = &manifest["entry"];
            let role = match name.split_once('.') {
                Some((bundle, file)) => &entry["bundles"][bundle][file],
                None => &entry[name],
            };
            let name = role.as_str().unwrap_or(name);
            let bytes = manifest["files"][name]["brotli"].as_u64();
            Ok((
                name,
                bytes.with_context(|| format!("{name} was not built"))?,
            ))
        })
        .collect()
}

/// A budget's excess in words, the heaviest file first.
fn excess(name: &str, over: u64, files: &[(&str, u64)]) -> String {
    let mut files = files.to_vec();
    files.sort_by_key(|(_, bytes)| std::cmp::Reverse(*bytes));
    let shares: Vec<String> = files
        .iter()
        .map(|(file, bytes)| format!("{file} {}", grouped(*bytes)))
        .collect();
    format!("{name} by {} bytes ({})", grouped(over), shares.join(", "))
}

fn read_json(path: &Path) -> Result<Value> {
    let text = fs::read(path).with_context(|| format!("cannot read {}", path.display()))?;
    serde_json::from_slice(&text).with_context(|| format!("{} is not JSON", path.display()))
}
