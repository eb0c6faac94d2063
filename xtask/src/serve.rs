//! The local store with its demo data, or, while developing, the specimen page in front of it.

use crate::embed::{self, Purpose};
use crate::shell::{self, cargo, command};
use crate::specimen;
use crate::tools;
use anyhow::{Context, Result, bail};
use std::fs;
use std::net::{Ipv4Addr, TcpListener, TcpStream};
use std::path::{Path, PathBuf};
use std::process::{Child, Command};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread::sleep;
use std::time::{Duration, Instant};

/// The store's own port; Trunk.toml sends a page's requests there.
const STORE_PORT: u16 = 4000;
/// Where the specimen page is while developing.
const SPECIMEN_PORT: u16 = 8080;

const POLL_INTERVAL: Duration = Duration::from_millis(50);
const GRACE: Duration = Duration::from_secs(1);

/// The options of `cargo xtask serve`.
pub(crate) struct Options {
    /// Where one opens the page.
    pub(crate) port: Option<u16>,
    /// Where the store keeps its data.
    pub(crate) data: PathBuf,
    /// The specimen page, rebuilt at every change.
    pub(crate) dev: bool,
}

impl Default for Options {
    fn default() -> Self {
        Self {
            port: None,
            data: PathBuf::from("store-data"),
            dev: false,
        }
    }
}

/// Builds, serves until one of the servers ends or somebody interrupts, and stops what it started.
pub(crate) fn run(options: &Options) -> Result<()> {
    if options.dev {
        develop(options)
    } else {
        demonstrate(options)
    }
}

fn demonstrate(options: &Options) -> Result<()> {
    let port = options.port.unwrap_or(STORE_PORT);
    must_be_free(port)?;
    let mut progress = Progress::new(3);
    progress.begin("packages of npm, Rust's library for WebAssembly", 30);
    tools::wasm_target()?;
    write_themes()?;
    progress.begin("the store, and the program that binds the widget", 200);
    // Together: each has stretches that use one processor alone.
    let store = shell::target_dir().join("debug").join("storefront-store");
    shell::run(cargo().args([
        "build",
        "--package",
        "storefront-store",
        "--package",
        embed::BINDGEN,
    ]))?;
    progress.begin("the widget", 90);
    embed::build_bound(Purpose::Demo)?;
    progress.done();
    let mut servers = Servers::new()?;
    let embed = Purpose::Demo.folder();
    servers.start(
        "the store",
        &mut store_command(&store, port, &options.data, &embed),
    )?;
    servers.wait_for(port)?;
    banner(&[
        format!("The store is open:   http://localhost:{port}/"),
        "Sign in as           maria@example.com".to_owned(),
        "with the password    Correct-horse-7".to_owned(),
        "Ctrl-C closes it.".to_owned(),
    ]);
    servers.wait()
}

/// How far `serve` has come.
struct Progress {
    started: Instant,
    steps: usize,
    step: usize,
}

impl Progress {
    fn new(steps: usize) -> Self {
        Self {
            started: Instant::now(),
            steps,
            step: 0,
        }
    }

    /// Tells what begins, how many seconds it takes in a fresh clone on two processors, and how long all has taken.
    fn begin(&mut self, what: &str, seconds: u64) {
        self.step += 1;
        println!(
            "\n[{}/{}] {what}: about {} the first time. So far: {}",
            self.step,
            self.steps,
            shell::time(Duration::from_secs(seconds)),
            shell::time(self.started.elapsed())
        );
    }

    fn done(&self) {
        println!("\nready after {}", shell::time(self.started.elapsed()));
    }
}

fn develop(options: &Options) -> Result<()> {
    let port = options.port.unwrap_or(SPECIMEN_PORT);
    must_be_free(port)?;
    must_be_free(STORE_PORT)?;
    specimen::setup()?;
    // The store's own pages show the embed as it was last built.
    embed::build_if_missing()?;
    let store = build_store(&[], "debug")?;
    let mut servers = Servers::new()?;
    servers.start(
        "the store",
        &mut store_command(&store, STORE_PORT, &options.data, Path::new(embed::DIST)),
    )?;
    servers.wait_for(STORE_PORT)?;
    // Not into dist/: Trunk empties the folder it writes to.
    let mut trunk = command("trunk");
    trunk
        .env(embed::RUSTFLAGS, embed::UNOPTIMISED)
        .args(["serve", "--offline", "--port", &port.to_string(), "--dist"])
        .arg(shell::target_dir().join("specimen"));
    servers.start("trunk", &mut trunk)?;
    servers.wait_for(port)?;
    banner(&[
        format!("The specimen page:   http://localhost:{port}/"),
        "It is rebuilt and reloaded at every change.".to_owned(),
        format!("The store behind it: http://localhost:{STORE_PORT}/"),
        "Ctrl-C closes both.".to_owned(),
    ]);
    servers.wait()
}

/// Where the store finds other people's style sheets.
const THEMES: &str = "dist/themes";

/// The sheets of npm packages that a theme of the demo shop stands on, by the file they become.
const SHEETS: [(&str, &[&str]); 2] = [
    (
        "foundation.css",
        &[
            "foundation-sites/css/normalize.min.css",
            "foundation-sites/css/foundation.min.css",
        ],
    ),
    ("preflight.css", &["tailwindcss/preflight.css"]),
];

/// Puts the sheets where the store finds them.
fn write_themes() -> Result<()> {
    tools::npm()?;
    fs::create_dir_all(THEMES).with_context(|| format!("cannot make {THEMES}"))?;
    for (name, sources) in SHEETS {
        let mut sheet = String::new();
        for source in sources {
            let path = Path::new("node_modules").join(source);
            sheet += &fs::read_to_string(&path).with_context(|| path.display().to_string())?;
        }
        let path = Path::new(THEMES).join(name);
        fs::write(&path, sheet).with_context(|| path.display().to_string())?;
    }
    Ok(())
}

/// Builds the store; returns its program.
pub(crate) fn build_store(options: &[&str], profile: &str) -> Result<PathBuf> {
    write_themes()?;
    shell::step("store: compile", || {
        shell::run(
            cargo()
                .args(["build", "--package", "storefront-store"])
                .args(options),
        )
    })?;
    Ok(shell::target_dir().join(profile).join("storefront-store"))
}

fn store_command(program: &Path, port: u16, data: &Path, embed: &Path) -> Command {
    let mut store = command(program);
    store.args(["--demo", "--port", &port.to_string()]);
    store
        .arg("--data")
        .arg(data)
        .arg("--embed")
        .arg(embed)
        .args(["--themes", THEMES]);
    store
}

fn must_be_free(port: u16) -> Result<()> {
    TcpListener::bind((Ipv4Addr::LOCALHOST, port))
        .map(drop)
        .with_context(|| {
            format!("port {port} is taken; stop what listens there, or choose another with --port")
        })
}

fn banner(lines: &[String]) {
    let rule = "=".repeat(64);
    println!("\n{rule}");
    for line in lines {
        println!("  {line}");
    }
    println!("{rule}\n");
}

/// The programs started here; they end with it.
struct Servers {
    running: Vec<(&'static str, Child)>,
    interrupted: Arc<AtomicBool>,
}

impl Servers {
    fn new() -> Result<Self> {
        let interrupted = Arc::new(AtomicBool::new(false));
        let flag = Arc::clone(&interrupted);
        ctrlc::set_handler(move || flag.store(true, Ordering::Relaxed))?;
        Ok(Self {
            running: Vec::new(),
            interrupted,
        })
    }

    fn start(&mut self, name: &'static str, command: &mut Command) -> Result<()> {
        println!("$ {}", shell::shown(command));
        let child = command
            .spawn()
            .with_context(|| format!("cannot start {name}"))?;
        self.running.push((name, child));
        Ok(())
    }

    /// Waits until something answers on `port`.
    fn wait_for(&mut self, port: u16) -> Result<()> {
        while TcpStream::connect((Ipv4Addr::LOCALHOST, port)).is_err() {
            if self.over()? {
                bail!("interrupted before port {port} answered");
            }
        }
        Ok(())
    }

    /// Waits until somebody interrupts.
    fn wait(&mut self) -> Result<()> {
        while !self.over()? {}
        Ok(())
    }

    /// Whether somebody interrupted; a server that ended by itself is an error.
    fn over(&mut self) -> Result<bool> {
        sleep(POLL_INTERVAL);
        if self.interrupted.load(Ordering::Relaxed) {
            return Ok(true);
        }
        for (name, child) in &mut self.running {
            if let Some(status) = child.try_wait()? {
                bail!("{name} ended by itself ({status})");
            }
        }
        Ok(false)
    }
}

impl Drop for Servers {
    /// Gives the servers time to end by themselves, as in a terminal Ctrl-C reaches them too; those that
    /// do not are asked to end, then killed.
    fn drop(&mut self) {
        for (_, child) in &mut self.running {
            let is_over = |child: &mut Child, within: Duration| {
                let deadline = Instant::now() + within;
                while matches!(child.try_wait(), Ok(None)) {
                    if Instant::now() > deadline {
                        return false;
                    }
                    sleep(POLL_INTERVAL);
                }
                true
            };
            if is_over(child, GRACE) {
                continue;
            }
            // Should asking fail, there is the end below.
            let _ = Command::new("kill").arg(child.id().to_string()).status();
            if !is_over(child, GRACE) {
                let _ = child.kill();
                let _ = child.wait();
            }
        }
    }
}
