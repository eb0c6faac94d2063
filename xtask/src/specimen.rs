//! The specimen page: every element in every state, built by Trunk from `index.html`.

use crate::shell::{self, cargo, command};
use crate::tools;
use anyhow::Result;
use std::path::Path;

/// Builds the page unless there is one, even an old one. Call it before building the embed, which it removes.
pub(crate) fn build_if_missing() -> Result<()> {
    if Path::new("dist/index.html").is_file() {
        return Ok(());
    }
    build()
}

/// Writes the page to `dist/`, in place of whatever was there.
pub(crate) fn build() -> Result<()> {
    setup()?;
    shell::step("specimen page: dist/index.html", || {
        // index.html names the widget's own profile, so that both builds share their dependencies.
        shell::run(command("trunk").args(["build", "--release", "--offline"]))
    })
}

/// Sees to what Trunk needs; it works offline, so that it never downloads tools of its own.
pub(crate) fn setup() -> Result<()> {
    tools::wasm_target()?;
    tools::wasm_bindgen()?;
    tools::trunk()?;
    tools::npm()?;
    shell::step("dependencies", || {
        shell::run(cargo().args(["fetch", "--quiet", "--target", tools::WASM]))
    })
}
