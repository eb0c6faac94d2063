//! Fuzzing: libFuzzer makes inputs, the targets in `fuzz/targets` say what must hold for them.

use crate::shell::{self, cargo, command};
use anyhow::{Context, Result, bail};
use std::fs;
use std::path::{Path, PathBuf};

/// Most seconds of a target.
const SECONDS: &str = "-max_total_time=10";

/// Most inputs of a target.
const RUNS: &str = "-runs=100000";

/// The same inputs each time.
const SEED: &str = "-seed=1";

/// Says what is not here that cargo-fuzz needs; `cargo test` runs the targets without it.
fn require() -> Result<()> {
    if shell::read(command("cargo").args(["+nightly", "--version"]))?.is_none() {
        bail!("there is no nightly toolchain: `rustup toolchain install nightly`");
    }
    if shell::read(cargo().args(["fuzz", "--version"]))?.is_none() {
        bail!("there is no cargo-fuzz: `cargo install cargo-fuzz --locked`");
    }
    Ok(())
}

/// Runs every target for a few seconds, from its seeds.
pub(crate) fn run() -> Result<()> {
    require()?;
    let built = shell::target_dir().join("fuzz");
    let databases = databases(&built);
    fs::create_dir_all(&databases)?;
    for target in targets()? {
        // What is found is kept here, for the next run; the seeds are not added to.
        let corpus = built.join("corpus").join(&target);
        fs::create_dir_all(&corpus)?;
        let mut fuzz = command("cargo");
        fuzz.args([
            "+nightly",
            "fuzz",
            "run",
            "--sanitizer",
            "none",
            "--target-dir",
        ]);
        fuzz.arg(&built)
            .arg(&target)
            .arg(corpus)
            .arg(format!("fuzz/seeds/{target}"));
        fuzz.args(["--", SECONDS, RUNS, SEED]);
        let dictionary = format!("fuzz/dictionaries/{target}.dict");
        if Path::new(&dictionary).exists() {
            fuzz.arg(format!("-dict={dictionary}"));
        }
        shell::run(fuzz.env("TMPDIR", &databases))?;
    }
    // libFuzzer ends a program before it can clear away what is its own.
    fs::remove_dir_all(&databases)?;
    Ok(())
}

/// Where the stores have their databases: in memory where that can be, for every write waits for the disk.
fn databases(built: &Path) -> PathBuf {
    let memory = Path::new("/dev/shm");
    let folder = if memory.is_dir() { memory } else { built };
    folder.join(format!("storefront-fuzz-{}", std::process::id()))
}

/// The names of the targets, in order.
fn targets() -> Result<Vec<String>> {
    let files = fs::read_dir("fuzz/fuzz_targets").context("cannot read fuzz/fuzz_targets")?;
    let mut names = Vec::new();
    for file in files {
        let path = file?.path();
        names.extend(
            path.file_stem()
                .map(|name| name.to_string_lossy().into_owned()),
        );
    }
    names.sort();
    Ok(names)
}
