//! Measures the V3 API under load.
//!
//! `cargo run --release -p storefront-store --example load -- DIR [SECONDS]` serves the store in DIR
//! (fill it with `storefront-store --data DIR customers --count 1000000`) from a process of its own,
//! asks it over 64 connections at a time for so many seconds each, and prints the median and the
//! 99th percentile of each filter and of batches, and the memory of the server alone. To compare
//! with, the same server has a route here that answers `{"ok":true}` out of memory.

#![allow(clippy::print_stdout, reason = "printing is what it is for")]

use reqwest::{Client, Method, RequestBuilder};
use serde_json::{Value, json};
use std::error::Error;
use std::io::{BufRead, BufReader};
use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};
use storefront_store::{Config, Location, open, router};
use tokio::net::TcpListener;
use tokio::task::JoinSet;

const CONNECTIONS: usize = 64;
const TOKEN: &str = "token-of-the-measurement";

/// The argument of the process that serves.
const SERVE: &str = "--serve";

/// Where the route is that answers out of memory.
const BARE: &str = "/ok";

type Failure = Box<dyn Error + Send + Sync>;

/// What makes the request of this number.
type Make = Arc<dyn Fn(&Client, u64) -> RequestBuilder + Send + Sync>;

/// A syllable of the customers' names.
fn syllable(number: u64) -> String {
    let syllables = "bakelomirusatevinodupragihoseljantimuwer";
    let start = 2 * (number % 20) as usize;
    syllables
        .get(start..start + 2)
        .unwrap_or_default()
        .to_owned()
}

/// The query string of the request of this number.
type Query = fn(u64) -> String;

/// Serves the store, and tells on standard output where, until it is killed.
async fn serve(directory: &Path) -> Result<(), Failure> {
    let listener = TcpListener::bind("127.0.0.1:0").await?;
    let origin = format!("http://{}", listener.local_addr()?);
    let store = open(Config {
        place: Location::Directory(directory.to_owned()),
        demo: true,
        embed: directory.join("embed"),
        themes: directory.join("themes"),
        settings: Some(json!({ "api": {
            "accounts": [{ "client_id": "load", "client_secret": "x".repeat(32), "token": TOKEN, "scope": "modify" }],
            "requests_per_window": 0,
        } })),
        https: false,
        origin: origin.clone(),
    })
    .await?;
    let ok = || async { axum::Json(json!({ "ok": true })) };
    let router = router(store).route(BARE, axum::routing::get(ok));
    println!("{origin}");
    let service = router.into_make_service_with_connect_info::<SocketAddr>();
    Ok(axum::serve(listener, service).await?)
}

/// The process that serves; it ends with the measurement.
struct Server {
    process: Child,
    origin: String,
}

impl Server {
    fn start(directory: &Path) -> Result<Self, Failure> {
        let mut process = Command::new(std::env::current_exe()?)
            .arg(SERVE)
            .arg(directory)
            .stdout(Stdio::piped())
            .spawn()?;
        let out = process.stdout.take().ok_or("the server says nothing")?;
        let mut origin = String::new();
        BufReader::new(out).read_line(&mut origin)?;
        let origin = origin.trim_end().to_owned();
        Ok(Self { process, origin })
    }

    /// What the system says of its memory, now and at most.
    fn memory(&self) -> Result<String, Failure> {
        let status = std::fs::read_to_string(format!("/proc/{}/status", self.process.id()))?;
        let lines = status.lines();
        let lines = lines.filter(|line| line.starts_with("VmRSS") || line.starts_with("VmHWM"));
        Ok(lines.collect::<Vec<_>>().join(", "))
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        // It may have ended by itself.
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

async fn measure(name: &str, make: Make, time: Duration) -> Result<(), Failure> {
    let client = Client::builder()
        .pool_max_idle_per_host(CONNECTIONS)
        .build()?;
    let next = Arc::new(AtomicU64::new(0));
    let end = Instant::now() + time;
    let mut workers = JoinSet::new();
    for _ in 0..CONNECTIONS {
        let (client, make, next) = (client.clone(), Arc::clone(&make), Arc::clone(&next));
        workers.spawn(async move {
            let mut samples = Vec::new();
            while Instant::now() < end {
                let number = next.fetch_add(1, Ordering::Relaxed);
                let start = Instant::now();
                let answer = make(&client, number).send().await?;
                let is_good = answer.status().is_success();
                answer.bytes().await?;
                if !is_good {
                    return Err("a request was refused".into());
                }
                samples.push(start.elapsed().as_secs_f64() * 1e3);
            }
            Ok::<_, Failure>(samples)
        });
    }
    let mut samples = Vec::new();
    while let Some(worker) = workers.join_next().await {
        samples.extend(worker??);
    }
    samples.sort_by(f64::total_cmp);
    let at = |part: usize| {
        samples
            .get(samples.len() * part / 100)
            .copied()
            .unwrap_or_default()
    };
    let rate = samples.len() as f64 / time.as_secs_f64();
    println!(
        "{name:34} {:8.2} ms p50 {:8.2} ms p99 {rate:9.0}/s",
        at(50),
        at(99)
    );
    Ok(())
}

fn customer(number: u64, run: u64) -> Value {
    json!({
        "email": format!("load{run}-{number}@example.com"), "first_name": "Load", "last_name": "Test",
        "addresses": [{ "first_name": "Load", "last_name": "Test", "address1": "1 Mill Lane",
            "city": "Sacramento", "country_code": "US", "state_or_province": "California",
            "postal_code": "95814" }],
    })
}

#[tokio::main]
async fn main() -> Result<(), Failure> {
    let mut arguments = std::env::args().skip(1).peekable();
    let serves = arguments.next_if(|argument| argument == SERVE).is_some();
    let directory = PathBuf::from(arguments.next().ok_or("name the directory of a store")?);
    if serves {
        return serve(&directory).await;
    }
    let seconds = arguments.next().map_or(Ok(5), |text| text.parse())?;
    let time = Duration::from_secs(seconds);
    let server = Server::start(&directory)?;
    println!("server at first: {}", server.memory()?);
    let run = u64::from(std::process::id());
    let bare = format!("{}{BARE}", server.origin);
    let ok: Make = Arc::new(move |client, _| client.get(&bare));
    measure("{\"ok\":true} out of memory", ok, time).await?;
    let filters: [(&str, Query); 11] = [
        ("id:in", |n| format!("id:in={}", 1 + n * 7919 % 900_000)),
        ("email:in", |n| {
            format!("email:in=customer{}@example.com", 10 + n * 7919 % 900_000)
        }),
        ("company:in", |n| {
            format!("company:in=Company%20{}", n * 7 % 5000)
        }),
        ("phone:in", |n| {
            format!("phone:in=555-{}", 10 + n * 7919 % 900_000)
        }),
        ("name:in", |n| {
            let family = syllable(n / 20) + &syllable(n / 400) + &syllable(n / 8000);
            format!("name:in={}la%20{family}", syllable(n))
        }),
        ("name:like, 3 to 5 letters", |n| {
            let part = syllable(n / 20) + &syllable(n / 400) + &syllable(n);
            format!("name:like={}&limit=10", &part[..3 + (n % 3) as usize])
        }),
        ("name:like, 1 or 2 letters", |n| {
            let part = syllable(n / 20) + &syllable(n);
            format!("name:like={}&limit=10", &part[1..2 + (n % 2) as usize])
        }),
        ("registration_ip_address:in", |n| {
            format!("registration_ip_address:in=10.1.{}.{}", n % 256, n % 251)
        }),
        ("date_created, a minute's", |n| {
            format!(
                "date_created:min=2026-01-01T00:{:02}:00&date_created:max=2026-01-01T00:{:02}:59",
                n % 60,
                n % 60
            )
        }),
        ("after a cursor, 50 rows", |n| {
            format!("after=row-{}", n * 7919 % 900_000)
        }),
        ("page 1 of all, counted", |_| "page=1".to_owned()),
    ];
    for (name, query) in filters {
        let url = format!("{}/stores/local/v3/customers", server.origin);
        let make: Make = Arc::new(move |client, number| {
            let url = format!("{url}?{}", query(number));
            client.get(url).header("x-auth-token", TOKEN)
        });
        measure(&format!("GET customers {name}"), make, time).await?;
    }
    for size in [1, 10] {
        let url = format!("{}/stores/local/v3/customers", server.origin);
        let make: Make = Arc::new(move |client, number| {
            let batch: Vec<Value> = (0..size)
                .map(|n| customer(number * 10 + n, run * 100 + size))
                .collect();
            client
                .request(Method::POST, &url)
                .header("x-auth-token", TOKEN)
                .json(&batch)
        });
        measure(
            &format!("POST customers, {size} with an address"),
            make,
            time,
        )
        .await?;
    }
    println!("server at last: {}", server.memory()?);
    Ok(())
}
