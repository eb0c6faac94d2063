//! `cargo xtask`: sets up, builds, measures, serves and tests the project.
#![allow(
    clippy::print_stdout,
    reason = "a command-line program speaks on standard output"
)]

mod browsers;
mod budget;
mod checks;
mod cli;
mod contract;
mod documents;
mod embed;
mod files;
mod fuzz;
mod named;
mod package;
mod parts;
mod pictures;
mod registry;
mod release;
mod serve;
mod shell;
mod site;
mod specimen;
mod tools;
mod weight;

use anyhow::{Result, anyhow};
use cli::Command;
use std::process::ExitCode;

fn main() -> ExitCode {
    match run() {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("\nerror: {error:#}");
            ExitCode::FAILURE
        }
    }
}

fn run() -> Result<()> {
    let command = cli::parse().map_err(|error| anyhow!("{error}; see `cargo xtask help`"))?;
    shell::enter_workspace()?;
    match command {
        Command::Help => print!("{}", cli::HELP),
        Command::Setup => tools::all()?,
        Command::Build {
            embed_only,
            purpose,
        } => {
            if !embed_only {
                specimen::build()?;
            }
            embed::build(purpose)?;
        }
        Command::Package => {
            package::pack()?;
        }
        Command::Size { build } => {
            if build {
                embed::build(embed::Purpose::Shipping)?;
            }
            budget::check()?;
        }
        Command::Docs => contract::write_docs()?,
        Command::Fuzz => fuzz::run()?,
        Command::Bench { words } => checks::bench(&words)?,
        Command::Shots { words } if words == ["docs"] => pictures::make()?,
        Command::Shots { words } => checks::shots(&words)?,
        Command::Serve(options) => serve::run(&options)?,
        Command::List => checks::list(),
        Command::Test {
            pattern: Some(pattern),
            browser,
            ..
        } => named::run(&pattern, browser)?,
        Command::Test {
            steps,
            pattern: None,
            browser: Some(browser),
        } => checks::journeys_by(browser, &steps)?,
        Command::Test { steps, .. } => checks::run(&steps)?,
        Command::Site => site::build()?,
        Command::Release { version, is_dry } => release::run(version.as_deref(), is_dry)?,
        Command::ReleaseFiles => release::write_files()?,
    }
    Ok(())
}
