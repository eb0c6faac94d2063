//! The tools this project is built and tested with: finds them, installs them, or says how to get them.

use crate::shell::{self, cargo, command};
use anyhow::{Context, Result, bail};
use std::env;
use std::fs;
use std::path::{Path, PathBuf};

/// Where the widget runs.
pub(crate) const WASM: &str = "wasm32-unknown-unknown";

const TRUNK: &str = "0.21.14";
const MDBOOK: &str = "0.5.4";
const CARGO_DENY: &str = "0.20.2";
const OLDEST_NODE: u32 = 20;

/// Installs every tool that is missing.
pub(crate) fn all() -> Result<()> {
    wasm_target()?;
    wasm_bindgen()?;
    trunk()?;
    npm()?;
    browser()?;
    cargo_deny()?;
    mdbook()?;
    println!("everything is installed");
    Ok(())
}

/// Rust's standard library for WebAssembly.
pub(crate) fn wasm_target() -> Result<()> {
    let sysroot = shell::read(command("rustc").args(["--print", "sysroot"]))?
        .context("rustc is not on PATH; install Rust with rustup")?;
    if Path::new(&sysroot).join("lib/rustlib").join(WASM).is_dir() {
        return Ok(());
    }
    shell::run(command("rustup").args(["target", "add", WASM])).with_context(|| {
        format!("Rust's standard library for {WASM} is missing; rustup, or your system's package of it, installs it")
    })
}

/// The `wasm-bindgen` command line, at exactly the version of the library in Cargo.lock.
pub(crate) fn wasm_bindgen() -> Result<()> {
    let version = locked_version("wasm-bindgen")?;
    // Its lock file pins yanked crates, hence no `--locked`.
    cargo_tool("wasm-bindgen", "wasm-bindgen-cli", &version, &[])
}

/// Trunk, which builds the specimen page.
pub(crate) fn trunk() -> Result<()> {
    cargo_tool("trunk", "trunk", TRUNK, &["--locked"])
}

/// mdBook, which makes the site of the docs.
pub(crate) fn mdbook() -> Result<()> {
    let options = ["--locked", "--no-default-features", "--features", "search"];
    cargo_tool("mdbook", "mdbook", MDBOOK, &options)
}

/// cargo-deny, which checks licences, bans, sources and advisories.
pub(crate) fn cargo_deny() -> Result<()> {
    cargo_tool("cargo-deny", "cargo-deny", CARGO_DENY, &["--locked"])
}

/// Installs a program by cargo unless this very version is on PATH: for the user when there is
/// none yet, else under `target/tools/`, where it leaves the user's own alone.
fn cargo_tool(program: &str, package: &str, version: &str, options: &[&str]) -> Result<()> {
    let found = shell::read(command(program).arg("--version"))?;
    // Some write `v1.2.3`.
    let is_it = |text: &str| {
        let word = text.split_whitespace().nth(1);
        word.map(|word| word.trim_start_matches('v')) == Some(version)
    };
    if found.as_deref().is_some_and(is_it) {
        return Ok(());
    }
    println!("installing {program} {version}; this compiles it, for some minutes");
    let mut install = cargo();
    install.args(["install", package, "--version", version]);
    install.args(options);
    if found.is_some() {
        install.arg("--root").arg(shell::own_tools());
    }
    shell::run(&mut install)?;
    let found = shell::read(command(program).arg("--version"))?;
    if !found.as_deref().is_some_and(is_it) {
        bail!(
            "{program} {version} was installed but is not on PATH; add cargo's bin folder to PATH"
        );
    }
    Ok(())
}

/// The version of `package` in Cargo.lock.
fn locked_version(package: &str) -> Result<String> {
    let lock = fs::read_to_string("Cargo.lock").context("cannot read Cargo.lock")?;
    let name = format!("name = \"{package}\"");
    lock.lines()
        .skip_while(|line| *line != name)
        .nth(1)
        .and_then(|line| line.strip_prefix("version = \"")?.strip_suffix('"'))
        .map(str::to_owned)
        .with_context(|| format!("Cargo.lock has no {package}"))
}

/// The packages of package.json, anew when package-lock.json is newer than they are.
pub(crate) fn npm() -> Result<()> {
    let changed = |path| fs::metadata(path).and_then(|m| m.modified());
    let installed = changed("node_modules/.package-lock.json");
    let locked = changed("package-lock.json").context("cannot read package-lock.json")?;
    if installed.is_ok_and(|installed| installed >= locked) {
        return Ok(());
    }
    let node = shell::read(command("node").arg("--version"))?;
    let major = node
        .as_deref()
        .and_then(|version| version.strip_prefix('v')?.split('.').next()?.parse().ok());
    if major.is_none_or(|major: u32| major < OLDEST_NODE) {
        let found = node.as_deref().unwrap_or("none");
        bail!("Node {OLDEST_NODE} or later is needed (found: {found}); install it with its npm");
    }
    shell::run(command("npm").args(["ci", "--no-audit", "--no-fund"]))
}

/// Chromium: from `$CHROMIUM`, or PATH, or Debian's packages. Its headless shell, which has no windows, needs half the
/// time of the whole browser; where there is none, that is taken.
pub(crate) fn browser() -> Result<PathBuf> {
    let found = |variable, name| program(variable, &[name], &[name, "fonts-liberation"]);
    found(Some("CHROMIUM"), "chromium-headless-shell").or_else(|_| found(None, "chromium"))
}

/// Firefox: from `$FIREFOX`, or PATH, or Debian's package.
pub(crate) fn firefox() -> Result<PathBuf> {
    program(
        Some("FIREFOX"),
        &["firefox-esr", "firefox"],
        &["firefox-esr"],
    )
}

/// What drives WebKitGTK: its driver, a screen in memory, and what gives a window on it the focus.
pub(crate) fn webkit() -> Result<()> {
    for (name, package) in [
        ("WebKitWebDriver", "webkit2gtk-driver"),
        ("Xvfb", "xvfb"),
        ("xdotool", "xdotool"),
    ] {
        program(None, &[name], &[package])?;
    }
    Ok(())
}

/// A program: from this variable, or PATH under one of these names, or Debian's packages.
fn program(variable: Option<&str>, names: &[&str], packages: &[&str]) -> Result<PathBuf> {
    let find = || {
        let named = variable.and_then(env::var_os).map(PathBuf::from);
        named.or_else(|| names.iter().find_map(|name| find_program(name)))
    };
    if let Some(found) = find() {
        return Ok(found);
    }
    let is_root = shell::read(command("id").arg("-u"))?.as_deref() == Some("0");
    if is_root && find_program("apt-get").is_some() {
        println!("installing Debian's {}", packages.join(", "));
        shell::run(command("apt-get").args(["update", "--quiet"]))?;
        shell::run(
            command("apt-get")
                .args(["install", "--quiet", "--yes", "--no-install-recommends"])
                .args(packages)
                .env("DEBIAN_FRONTEND", "noninteractive"),
        )?;
    }
    find().with_context(|| {
        let package = packages.first().unwrap_or(&"");
        format!(
            "there is no {}; install it (Debian: `apt-get install {package}`)",
            names.join(" or ")
        )
    })
}

fn find_program(name: &str) -> Option<PathBuf> {
    env::split_paths(&env::var_os("PATH")?)
        .map(|folder| folder.join(name))
        .find(|path| path.is_file())
}
