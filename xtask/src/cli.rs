//! The command line.

use crate::browsers::Browser;
use crate::embed::Purpose;
use crate::serve;
use anyhow::{Result, bail};
use lexopt::prelude::*;
use std::path::PathBuf;

/// What `cargo xtask help` prints.
pub(crate) const HELP: &str = "\
cargo xtask COMMAND

  serve [--port 4000] [--data DIR]   build, start the local store with demo data, print its address
        [--dev]                      the specimen page instead, rebuilt and reloaded at every change
  test  [STEP…] [--list]             everything CI runs, or some steps of it
        [-g NAME]                    the tests of any kind that have NAME in their names
        e2e --browser NAME           all journeys in chromium, firefox, webkit, or as the oldest browsers are
  fuzz                               a short run of every fuzz target; needs nightly Rust and cargo-fuzz
  build [--embed-only]               dist/: the specimen page and dist/embed/, what a theme loads
        [--profile-names]            target/embed-named/ instead, with function names, for twiggy
  package                            dist/storefront-account-VERSION.tgz: the npm package, with dist/embed/ in it
  size  [--no-build]                 what the shipped files weigh, held against size-budget.json
  shots [HOST…] [light|dark] [WIDTH] pictures of every state in other people's style sheets, in tests/e2e/output/shots
        docs                         the pictures of docs/ instead
  bench [ROUNDS] [phone|desktop]     the sign-up beside the same form in other frameworks; writes docs/performance.md
  docs                               the tables in docs/ and README, from src/embed/registry.rs and src/ui/parts.rs
  site                               dist/site/: the docs to read and search in a browser
  release VERSION [--dry-run]        version, changelog, commit and tag; tarball, checksums and list of parts in dist/release/
          --files                    the files in dist/release/ alone, of the version in Cargo.toml
  setup                              install every tool that the commands above need

Each installs what it needs by itself; `setup` only does it all at once.
";

/// What was asked for.
pub(crate) enum Command {
    /// Print [`HELP`].
    Help,
    /// Install every tool.
    Setup,
    /// Build `dist/`.
    Build {
        /// Leave the specimen page out.
        embed_only: bool,
        /// What it is for.
        purpose: Purpose,
    },
    /// Pack what npm gets.
    Package,
    /// Hold sizes against the budget.
    Size {
        /// Build first.
        build: bool,
    },
    /// Make the contact sheets.
    Shots {
        /// Hosts, `light`, `dark`, a width; all hosts when there is none. `docs` alone stands for the pictures of the docs.
        words: Vec<String>,
    },
    /// Measure beside other frameworks.
    Bench {
        /// Rounds, and a profile; 5 rounds of all when there is none.
        words: Vec<String>,
    },
    /// Write the generated parts of the docs.
    Docs,
    /// Run every fuzz target for a while.
    Fuzz,
    /// Run the local store.
    Serve(serve::Options),
    /// Name the steps of `test`.
    List,
    /// Run checks: the steps of these names, or all when there are none.
    Test {
        /// Names of steps.
        steps: Vec<String>,
        /// Run the tests with this in their names instead.
        pattern: Option<String>,
        /// Run the journeys in this browser instead.
        browser: Option<Browser>,
    },
    /// Make the site of the docs.
    Site,
    /// Make a version.
    Release {
        /// The version; none when it was left out.
        version: Option<String>,
        /// Only say what would be done.
        is_dry: bool,
    },
    /// Write what is published of a version, and make none.
    ReleaseFiles,
}

/// Reads the program's own arguments.
pub(crate) fn parse() -> Result<Command> {
    let mut args = lexopt::Parser::from_env();
    let name = match args.next()? {
        None | Some(Short('h') | Long("help")) => return Ok(Command::Help),
        Some(Value(name)) => name.string()?,
        Some(other @ (Short(_) | Long(_))) => return Err(other.unexpected().into()),
    };
    let mut command = match name.as_str() {
        "help" => Command::Help,
        "setup" => Command::Setup,
        "build" => Command::Build {
            embed_only: false,
            purpose: Purpose::Shipping,
        },
        "package" => Command::Package,
        "size" => Command::Size { build: true },
        "docs" => Command::Docs,
        "fuzz" => Command::Fuzz,
        "bench" => Command::Bench { words: Vec::new() },
        "shots" => Command::Shots { words: Vec::new() },
        "serve" => Command::Serve(serve::Options::default()),
        "test" => Command::Test {
            steps: Vec::new(),
            pattern: None,
            browser: None,
        },
        "site" => Command::Site,
        "release" => Command::Release {
            version: None,
            is_dry: false,
        },
        other => bail!("there is no command `{other}`"),
    };
    while let Some(arg) = args.next()? {
        match (&mut command, arg) {
            (_, Short('h') | Long("help")) => return Ok(Command::Help),
            (Command::Build { embed_only, .. }, Long("embed-only")) => *embed_only = true,
            (
                Command::Build {
                    embed_only,
                    purpose,
                },
                Long("profile-names"),
            ) => {
                (*embed_only, *purpose) = (true, Purpose::Profiling);
            }
            (Command::Size { build }, Long("no-build")) => *build = false,
            (Command::Serve(options), Long("dev")) => options.dev = true,
            (Command::Serve(options), Long("port")) => {
                options.port = Some(args.value()?.parse()?);
            }
            (Command::Serve(options), Long("data")) => options.data = PathBuf::from(args.value()?),
            (Command::Test { .. }, Long("list")) => return Ok(Command::List),
            (Command::Test { browser, .. }, Long("browser")) => {
                *browser = Some(Browser::read(&args.value()?.string()?)?);
            }
            (Command::Test { pattern, .. }, Short('g')) => {
                *pattern = Some(args.value()?.string()?);
            }
            // Behind `--`, an option is a value.
            (Command::Test { pattern, .. }, Value(word)) if word == "-g" => {
                *pattern = Some(args.value()?.string()?);
            }
            (Command::Test { steps, .. }, Value(step)) => steps.push(step.string()?),
            (Command::Release { is_dry, .. }, Long("dry-run")) => *is_dry = true,
            (
                Command::Release {
                    version: None,
                    is_dry: false,
                },
                Long("files"),
            ) => command = Command::ReleaseFiles,
            (Command::Release { version, .. }, Value(text)) if version.is_none() => {
                *version = Some(text.string()?);
            }
            (Command::Shots { words } | Command::Bench { words }, Value(word)) => {
                words.push(word.string()?);
            }
            (_, arg) => return Err(arg.unexpected().into()),
        }
    }
    Ok(command)
}
