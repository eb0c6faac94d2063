//! `cargo xtask shots docs`: the pictures of the docs.

use crate::shell::{self, command};
use crate::{embed, serve, specimen, tools};
use anyhow::Result;

/// Makes the pictures in `docs/pictures` anew; look at what changed before you commit them.
pub(crate) fn make() -> Result<()> {
    tools::npm()?;
    let browser = tools::browser()?;
    specimen::build_if_missing()?;
    embed::build_if_missing()?;
    let store = serve::build_store(&[], "debug")?;
    shell::run(
        command("node")
            .arg("tests/e2e/pictures.mjs")
            .env("CHROMIUM", browser)
            .env("STORE_BIN", std::path::absolute(store)?),
    )
}
