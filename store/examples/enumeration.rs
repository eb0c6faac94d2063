//! Measures whether the time of an answer tells which email addresses have accounts.
//!
//! `cargo run --release -p storefront-store --example enumeration` opens a store in a temporary
//! directory, asks it over HTTP with known and unknown addresses by turns, and prints the medians,
//! how far they are apart, and the spread they are apart within.

#![allow(clippy::print_stdout, reason = "printing is what it is for")]

use reqwest::Client;
use rusqlite::Connection;
use serde_json::json;
use std::error::Error;
use std::time::{Duration, Instant};
use storefront_store::{Config, Location, open, service};
use tokio::net::TcpListener;

/// How often each is asked.
const SAMPLES: usize = 500;

/// Between two questions, so that what one leaves to do is not measured with the next.
const REST: Duration = Duration::from_millis(5);

const LOGIN: &str =
    "mutation L($email: String!) { login(email: $email, password: \"wrong\") { result } }";

const RESET: &str = "mutation R($email: String!) { customer {
    requestResetPassword(input: { email: $email }) { errors { __typename } } } }";

type Failure = Box<dyn Error>;

/// A store that answers, and what asks it.
struct Subject {
    client: Client,
    origin: String,
    token: String,
}

impl Subject {
    async fn open(directory: &std::path::Path) -> Result<Self, Failure> {
        let listener = TcpListener::bind("127.0.0.1:0").await?;
        let origin = format!("http://{}", listener.local_addr()?);
        let store = open(Config {
            place: Location::Directory(directory.to_owned()),
            demo: true,
            embed: directory.join("embed"),
            themes: directory.join("themes"),
            settings: Some(json!({
                "throttle": { "attempts_per_minute": 0 },
                "sign_in": { "lockout_after": 0 },
            })),
            https: false,
            origin: origin.clone(),
        })
        .await?;
        add_customers(&Connection::open(directory.join("store.sqlite3"))?)?;
        tokio::spawn(async move { axum::serve(listener, service(store)).await });
        let client = Client::new();
        let page = client.get(format!("{origin}/login.php")).send().await?;
        let page = page.text().await?;
        let token = page
            .split(" token=\"")
            .nth(1)
            .and_then(|rest| rest.split('"').next());
        let token = token.ok_or("the page has no token")?.to_owned();
        Ok(Self {
            client,
            origin,
            token,
        })
    }

    /// How long the answer took, in microseconds.
    async fn time(&self, query: &str, email: &str) -> Result<f64, Failure> {
        tokio::time::sleep(REST).await;
        let body = json!({ "query": query, "variables": { "email": email } });
        let request = self.client.post(format!("{}/graphql", self.origin));
        let request = request.bearer_auth(&self.token).json(&body);
        let start = Instant::now();
        request.send().await?.bytes().await?;
        Ok(start.elapsed().as_secs_f64() * 1e6)
    }
}

/// A customer for every sample: each is sent only so many links, and the first is what matters.
fn add_customers(database: &Connection) -> Result<(), rusqlite::Error> {
    let add = "INSERT INTO customers
            (email, email_key, first_name, last_name, company, phone, password_hash, created_at)
        SELECT ?1, ?1, first_name, last_name, '', '', password_hash, 0 FROM customers WHERE id = 1";
    for number in 0..SAMPLES {
        database.execute(add, [known(number)])?;
    }
    Ok(())
}

fn is_drawn() -> Result<bool, Failure> {
    let mut byte = [0];
    getrandom::fill(&mut byte)?;
    let [byte] = byte;
    Ok(byte % 2 == 0)
}

fn known(number: usize) -> String {
    format!("known{number:04}@example.com")
}

fn unknown(number: usize) -> String {
    format!("other{number:04}@example.com")
}

/// The lower quartile, the median and the upper quartile.
fn quartiles(mut samples: Vec<f64>) -> [f64; 3] {
    samples.sort_by(f64::total_cmp);
    [1, 2, 3].map(|part| {
        samples
            .get(samples.len() * part / 4)
            .copied()
            .unwrap_or_default()
    })
}

#[tokio::main]
async fn main() -> Result<(), Failure> {
    let directory = tempfile::tempdir()?;
    let subject = Subject::open(directory.path()).await?;
    for (name, query) in [("login", LOGIN), ("requestResetPassword", RESET)] {
        let (mut with, mut without) = (Vec::new(), Vec::new());
        for number in 0..SAMPLES {
            // Which comes first is drawn: what one question leaves to do would fall in step with any
            // fixed order.
            let first = is_drawn()?;
            for is_known in [first, !first] {
                if is_known {
                    with.push(subject.time(query, &known(number)).await?);
                } else {
                    without.push(subject.time(query, &unknown(number)).await?);
                }
            }
        }
        let (with, without) = (quartiles(with), quartiles(without));
        println!("{name}, {SAMPLES} samples of each, in microseconds");
        for (label, [low, median, high]) in [("known", with), ("unknown", without)] {
            println!(
                "  {label:8} median {median:8.0}   quartiles {low:8.0} to {high:8.0}   spread {:6.0}",
                high - low
            );
        }
        let [_, with, _] = with;
        let [_, without, _] = without;
        println!("  medians apart by {:.0}", (with - without).abs());
    }
    Ok(())
}
