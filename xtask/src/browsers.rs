//! The browsers that the journeys run in.

use crate::tools;
use anyhow::{Result, bail};
use std::path::PathBuf;

/// A browser, or one that stands for others.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum Browser {
    /// Debian's Chromium, or its headless shell.
    #[default]
    Chromium,
    /// Debian's Firefox, by WebDriver BiDi.
    Firefox,
    /// Debian's WebKitGTK, by WebDriver.
    Webkit,
    /// Chromium without what the oldest supported browsers lack.
    Oldest,
}

impl Browser {
    /// Reads what `--browser` says.
    pub(crate) fn read(name: &str) -> Result<Self> {
        let all = [Self::Chromium, Self::Firefox, Self::Webkit, Self::Oldest];
        let Some(found) = all.into_iter().find(|browser| browser.name() == name) else {
            bail!("there is no browser `{name}`; there are chromium, firefox, webkit and oldest");
        };
        Ok(found)
    }

    /// Its name in `$BROWSER`, which the journeys read.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Chromium => "chromium",
            Self::Firefox => "firefox",
            Self::Webkit => "webkit",
            Self::Oldest => "oldest",
        }
    }

    /// Has what the browser needs on this machine, and gives the variables that tell the journeys where it is.
    pub(crate) fn find(self) -> Result<Vec<(&'static str, PathBuf)>> {
        // Pages that have a look of their own are drawn by Chromium in every run.
        let mut found = vec![("CHROMIUM", tools::browser()?)];
        match self {
            Self::Chromium | Self::Oldest => {}
            Self::Firefox => found.push(("FIREFOX", tools::firefox()?)),
            Self::Webkit => tools::webkit()?,
        }
        Ok(found)
    }

    /// The files of journeys that CI runs in it besides all of them in Chromium: those that a shopper cannot do without,
    /// and those that hold what browsers differ in.
    pub(crate) fn journeys(self) -> &'static [&'static str] {
        match self {
            Self::Chromium => &[],
            Self::Firefox => &["sign-up", "session", "keyboard", "accessibility", "aria"],
            Self::Webkit => &["sign-up", "keyboard", "addresses", "accessibility", "aria"],
            Self::Oldest => &["sign-up", "consent"],
        }
    }
}
