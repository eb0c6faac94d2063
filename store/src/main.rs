//! Runs a local store from the command line.

use clap::{Parser, Subcommand};
use std::io::{IsTerminal, Write};
use std::net::SocketAddr;
use std::path::PathBuf;
use std::process::ExitCode;
use storefront_store::{
    Config, Location, Store, add_customers, fill_address_book, open, sdl, service,
};
use tokio::net::TcpListener;
use tracing_subscriber::EnvFilter;

/// glibc's own keeps the 19 MiB of every password it hashed for each thread that ever hashed one.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

/// A local store for a shopper's account: storefront endpoints and a demo theme, on SQLite.
#[derive(Parser)]
#[command(name = "storefront-store", version)]
struct Arguments {
    #[command(subcommand)]
    command: Option<Command>,

    /// Directory of the database; made if need be.
    #[arg(long, value_name = "DIR", default_value = "store-data", global = true)]
    data: PathBuf,

    /// Port to listen on; 0 takes any free one.
    #[arg(long, default_value_t = 4000)]
    port: u16,

    /// Address to listen on.
    #[arg(long, default_value = "127.0.0.1")]
    host: std::net::IpAddr,

    /// Fill an empty database with a demo shop.
    #[arg(long)]
    demo: bool,

    /// Keep the database in memory, gone at the end.
    #[arg(long)]
    memory: bool,

    /// Directory of the widget's files.
    #[arg(long, value_name = "DIR", default_value = "dist/embed")]
    embed: PathBuf,

    /// Directory of other people's style sheets, for `?theme=tailwind` and `?theme=foundation`.
    #[arg(long, value_name = "DIR", default_value = "dist/themes")]
    themes: PathBuf,

    /// JSON file of settings to lay over those kept.
    #[arg(long, value_name = "FILE")]
    settings: Option<PathBuf>,

    /// Shoppers reach the store by https, through a proxy: cookies get `Secure`.
    #[arg(long)]
    https: bool,

    /// Where shoppers reach the store, for mailed links [default: the address it listens on].
    #[arg(long, value_name = "URL")]
    origin: Option<String>,
}

#[derive(Subcommand)]
enum Command {
    /// Print the GraphQL schema and end.
    Schema,
    /// Add made-up addresses over many countries to a customer's book, for measurements, and end.
    /// A store that runs on the same directory may go on running.
    Addresses {
        /// The email address of the customer.
        #[arg(long, value_name = "EMAIL")]
        email: String,

        /// How many addresses to add.
        #[arg(long, value_name = "N")]
        count: usize,
    },
    /// Add made-up customers, each with an address and an attribute, for measurements, and end.
    Customers {
        /// How many customers to add.
        #[arg(long, value_name = "N")]
        count: u32,
    },
    /// Write a whole copy of the database to a file, and end. A store that runs on the same directory
    /// may go on running.
    Backup {
        /// The file; it must not exist yet.
        #[arg(long, value_name = "FILE")]
        to: PathBuf,
    },
}

type Failure = Box<dyn std::error::Error>;

#[tokio::main]
async fn main() -> ExitCode {
    match run().await {
        Ok(()) => ExitCode::SUCCESS,
        Err(why) => {
            eprintln!("storefront-store: {why}");
            ExitCode::FAILURE
        }
    }
}

async fn run() -> Result<(), Failure> {
    let arguments = Arguments::parse();
    match &arguments.command {
        Some(Command::Schema) => return Ok(std::io::stdout().write_all(sdl().as_bytes())?),
        Some(Command::Addresses { email, count }) => {
            let (email, count) = (email.clone(), *count);
            let store = existing(arguments).await?;
            return Ok(fill_address_book(&store, &email, count).await?);
        }
        Some(Command::Customers { count }) => {
            let count = *count;
            return Ok(add_customers(&existing(arguments).await?, count).await?);
        }
        Some(Command::Backup { to }) => {
            let to = to.clone();
            return Ok(existing(arguments).await?.back_up(to).await?);
        }
        None => {}
    }
    let filter = EnvFilter::try_from_default_env()
        .unwrap_or_else(|_| EnvFilter::new("storefront_store=info"));
    tracing_subscriber::fmt()
        .with_env_filter(filter)
        .with_ansi(std::io::stderr().is_terminal())
        .with_writer(std::io::stderr)
        .init();

    let address = SocketAddr::new(arguments.host, arguments.port);
    // Before the store opens: mailed links lead to the address that it listens on.
    let listener = TcpListener::bind(address)
        .await
        .map_err(|e| format!("cannot listen on {address}: {e}"))?;
    let address = listener.local_addr()?;
    let store = open(config(arguments, address)?).await?;
    announce(address)?;
    axum::serve(listener, service(store))
        .with_graceful_shutdown(told_to_stop())
        .await?;
    Ok(())
}

/// The store in the directory, which must be there.
async fn existing(arguments: Arguments) -> Result<Store, Failure> {
    // Opening would make a store; one that is made now has no customers.
    if !arguments.data.is_dir() {
        return Err(format!("there is no store in {}", arguments.data.display()).into());
    }
    let address = SocketAddr::new(arguments.host, arguments.port);
    Ok(open(config(arguments, address)?).await?)
}

fn config(arguments: Arguments, address: SocketAddr) -> Result<Config, Failure> {
    let settings = match &arguments.settings {
        None => None,
        Some(path) => Some(read_json(path).map_err(|e| format!("{}: {e}", path.display()))?),
    };
    Ok(Config {
        place: if arguments.memory {
            Location::Memory
        } else {
            Location::Directory(arguments.data)
        },
        demo: arguments.demo,
        embed: arguments.embed,
        themes: arguments.themes,
        settings,
        https: arguments.https,
        origin: arguments
            .origin
            .unwrap_or_else(|| format!("http://{address}")),
    })
}

fn read_json(path: &std::path::Path) -> Result<serde_json::Value, Failure> {
    Ok(serde_json::from_slice(&std::fs::read(path)?)?)
}

/// The one line on standard output, which scripts wait for.
fn announce(address: SocketAddr) -> std::io::Result<()> {
    let mut out = std::io::stdout().lock();
    writeln!(out, "storefront-store: listening on http://{address}")?;
    out.flush()
}

async fn told_to_stop() {
    use tokio::signal::unix::{SignalKind, signal};
    let Ok(mut terminate) = signal(SignalKind::terminate()) else {
        // Without it there is still Ctrl-C.
        let _ = tokio::signal::ctrl_c().await;
        return;
    };
    tokio::select! {
        _ = tokio::signal::ctrl_c() => {}
        _ = terminate.recv() => {}
    }
}
