//! The program itself: killed while it works, and what it writes into its log.

use crate::support::{PASSWORD, REGISTER, client, token_in, with_address};
use reqwest::Client;
use rusqlite::Connection;
use serde_json::{Value, json};
use std::collections::HashSet;
use std::io::{BufRead, BufReader, Read};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::sync::Mutex;
use std::time::Duration;

fn start(directory: &Path) -> (Child, String) {
    start_with(directory, &json!({}))
}

fn start_with(directory: &Path, settings: &Value) -> (Child, String) {
    let file = directory.join("settings.json");
    std::fs::write(&file, settings.to_string()).unwrap();
    let mut child = Command::new(env!("CARGO_BIN_EXE_storefront-store"))
        .args(["--port", "0", "--demo", "--data"])
        .arg(directory)
        .arg("--settings")
        .arg(file)
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .env("RUST_LOG", "trace")
        .spawn()
        .unwrap();
    let mut line = String::new();
    BufReader::new(child.stdout.take().unwrap())
        .read_line(&mut line)
        .unwrap();
    let origin = line
        .trim()
        .strip_prefix("storefront-store: listening on ")
        .unwrap();
    (child, origin.to_owned())
}

async fn token(client: &Client, origin: &str) -> String {
    let page = client.get(format!("{origin}/login.php?action=create_account"));
    token_in(&page.send().await.unwrap().text().await.unwrap())
}

/// Signs up until the store is gone, and notes each email that was acknowledged.
async fn sign_up_forever(origin: &str, token: &str, name: &str, acknowledged: &Mutex<Vec<String>>) {
    let client = client();
    for number in 0.. {
        let email = format!("{name}-{number}@example.com");
        let body = json!({ "query": REGISTER, "variables": { "input": with_address(&email) } });
        let request = client
            .post(format!("{origin}/graphql"))
            .bearer_auth(token)
            .json(&body);
        let Ok(response) = request.send().await else {
            return;
        };
        let Ok(answer) = response.json::<Value>().await else {
            return;
        };
        assert_eq!(
            answer["data"]["customer"]["registerCustomer"]["errors"],
            json!([])
        );
        acknowledged.lock().unwrap().push(email);
    }
}

#[tokio::test]
async fn a_store_killed_in_the_middle_of_sign_ups_keeps_whole_accounts_and_no_halves() {
    let directory = tempfile::tempdir().unwrap();
    let acknowledged = Mutex::new(Vec::new());
    for round in 0..3 {
        let (mut child, origin) = start(directory.path());
        let mut log = child.stderr.take().unwrap();
        // Read, or the program waits for its log to be taken.
        std::thread::spawn(move || std::io::copy(&mut log, &mut std::io::sink()));
        let token = token(&client(), &origin).await;
        let names: Vec<String> = (0..4).map(|n| format!("r{round}t{n}")).collect();
        let work = async {
            tokio::join!(
                sign_up_forever(&origin, &token, &names[0], &acknowledged),
                sign_up_forever(&origin, &token, &names[1], &acknowledged),
                sign_up_forever(&origin, &token, &names[2], &acknowledged),
                sign_up_forever(&origin, &token, &names[3], &acknowledged),
            )
        };
        let kill = async {
            tokio::time::sleep(Duration::from_millis(900 + 137 * round)).await;
            child.kill().unwrap();
            child.wait().unwrap();
        };
        tokio::join!(work, kill);
    }
    let database = Connection::open(directory.path().join("store.sqlite3")).unwrap();
    let check: String = database
        .query_row("PRAGMA integrity_check", [], |row| row.get(0))
        .unwrap();
    assert_eq!(check, "ok");
    let halves: i64 = database
        .query_row(
            "SELECT count(*) FROM customers c WHERE email LIKE 'r%t%-%@example.com' AND (
                 (SELECT count(*) FROM addresses a WHERE a.customer_id = c.id) <> 1 OR
                 (SELECT count(*) FROM customer_form_field_values v WHERE v.customer_id = c.id) <> 2)",
            [],
            |row| row.get(0),
        )
        .unwrap();
    assert_eq!(halves, 0);
    let acknowledged = acknowledged.into_inner().unwrap();
    assert!(!acknowledged.is_empty());
    for email in acknowledged {
        let sql = "SELECT count(*) FROM customers WHERE email = ?1";
        let kept: i64 = database.query_row(sql, [&email], |row| row.get(0)).unwrap();
        assert_eq!(kept, 1, "{email} was acknowledged");
    }
}

/// How often the program is killed in the middle of batches; `KILLS=100` for as often as one likes.
fn kills() -> u64 {
    let kills = std::env::var("KILLS").ok();
    kills.and_then(|kills| kills.parse().ok()).unwrap_or(4)
}

/// Creates customers, ten in a call, until the store is gone, and notes the numbers of those that
/// were acknowledged.
async fn create_forever(origin: &str, name: &str, acknowledged: &Mutex<Vec<i64>>) {
    let client = client();
    for number in 0.. {
        let batch: Vec<Value> = (0..10)
            .map(|n| {
                let mut customer = crate::api::whole(&format!("{name}-{number}-{n}@example.com"));
                // Hashing takes longer than all the rest, and it is the rest that is to be killed.
                customer.as_object_mut().unwrap().remove("authentication");
                customer
            })
            .collect();
        let request = client
            .post(format!("{origin}/stores/local/v3/customers"))
            .header("x-auth-token", crate::api::TOKEN)
            .json(&batch);
        let Ok(response) = request.send().await else {
            return;
        };
        let is_created = response.status() == reqwest::StatusCode::OK;
        let Ok(answer) = response.json::<Value>().await else {
            return;
        };
        assert!(is_created, "{answer}");
        let rows = answer["data"].as_array().unwrap().iter();
        let ids = rows.map(|row| row["id"].as_i64().unwrap());
        acknowledged.lock().unwrap().extend(ids);
    }
}

#[tokio::test]
async fn a_store_killed_in_the_middle_of_batches_loses_nothing_halves_nothing_and_tells_it_all() {
    let directory = tempfile::tempdir().unwrap();
    let (url, heard) = crate::webhooks::destination(0).await;
    let settings = crate::api::with_api(json!({ "requests_per_window": 0 }));
    let acknowledged = Mutex::new(Vec::new());
    for round in 0..kills() {
        let (mut child, origin) = start_with(directory.path(), &settings);
        let mut log = child.stderr.take().unwrap();
        std::thread::spawn(move || std::io::copy(&mut log, &mut std::io::sink()));
        if round == 0 {
            let hook = json!({ "scope": "store/customer/created", "destination": url });
            let request = client()
                .post(format!("{origin}/stores/local/v3/hooks"))
                .header("x-auth-token", crate::api::TOKEN);
            assert!(
                request
                    .json(&hook)
                    .send()
                    .await
                    .unwrap()
                    .status()
                    .is_success()
            );
        }
        let names: Vec<String> = (0..4).map(|n| format!("k{round}t{n}")).collect();
        let work = async {
            tokio::join!(
                create_forever(&origin, &names[0], &acknowledged),
                create_forever(&origin, &names[1], &acknowledged),
                create_forever(&origin, &names[2], &acknowledged),
                create_forever(&origin, &names[3], &acknowledged),
            )
        };
        let before = acknowledged.lock().unwrap().len();
        let kill = async {
            // A busy machine takes its time until the first batch.
            while acknowledged.lock().unwrap().len() == before {
                tokio::time::sleep(Duration::from_millis(5)).await;
            }
            tokio::time::sleep(Duration::from_millis(round * 37 % 400)).await;
            child.kill().unwrap();
            child.wait().unwrap();
        };
        tokio::join!(work, kill);
    }
    // Once more, until all is told.
    let (mut child, _) = start_with(directory.path(), &settings);
    let mut log = child.stderr.take().unwrap();
    std::thread::spawn(move || std::io::copy(&mut log, &mut std::io::sink()));
    let database = Connection::open(directory.path().join("store.sqlite3")).unwrap();
    let count = |sql: &str| -> i64 { database.query_row(sql, [], |row| row.get(0)).unwrap() };
    for _ in 0..3000 {
        if count("SELECT count(*) FROM hook_outbox") == 0 {
            break;
        }
        tokio::time::sleep(Duration::from_millis(200)).await;
    }
    child.kill().unwrap();
    child.wait().unwrap();
    assert_eq!(count("SELECT count(*) FROM hook_outbox"), 0);
    let check: String = database
        .query_row("PRAGMA integrity_check", [], |row| row.get(0))
        .unwrap();
    assert_eq!(check, "ok");
    let halves = "SELECT count(*) FROM (
        SELECT count(*) AS n FROM customers WHERE email LIKE 'k%t%-%' GROUP BY
            substr(email, 1, instr(email, '@') - 3) HAVING n <> 10)";
    assert_eq!(count(halves), 0, "half a batch");
    let bare = "SELECT count(*) FROM customers c WHERE email LIKE 'k%t%-%' AND
        (SELECT count(*) FROM addresses WHERE customer_id = c.id) <> 1";
    assert_eq!(count(bare), 0, "a customer without what is theirs");
    let kept = count("SELECT count(*) FROM customers WHERE email LIKE 'k%t%-%'");
    let acknowledged = acknowledged.into_inner().unwrap();
    assert!(!acknowledged.is_empty());
    let distinct: HashSet<&i64> = acknowledged.iter().collect();
    assert_eq!(distinct.len(), acknowledged.len(), "a number twice");
    let twice = "SELECT count(*) FROM (
        SELECT 1 FROM customers GROUP BY email_key HAVING count(*) > 1)";
    assert_eq!(count(twice), 0, "a customer twice");
    for id in &acknowledged {
        let sql = format!("SELECT count(*) FROM customers WHERE id = {id}");
        assert_eq!(count(&sql), 1, "{id} was acknowledged");
    }
    let heard = heard.lock().unwrap();
    let told: HashSet<i64> = heard
        .iter()
        .map(|(_, body)| body["data"]["id"].as_i64().unwrap())
        .collect();
    assert_eq!(i64::try_from(told.len()).unwrap(), kept, "each was told");
    println!(
        "{} kills: {} customers kept, {} of them acknowledged, {} deliveries",
        kills(),
        kept,
        acknowledged.len(),
        heard.len()
    );
}

/// Ends a program that does not answer any more.
fn end(mut child: Child) {
    child.kill().unwrap();
    child.wait().unwrap();
}

#[tokio::test]
async fn a_shop_is_restored_from_a_backup_that_was_made_while_it_ran() {
    let directory = tempfile::tempdir().unwrap();
    let (child, origin) = start(directory.path());
    let sign_up = async |origin: &str, email: &str| {
        let token = token(&client(), origin).await;
        let body = json!({ "query": REGISTER, "variables": { "input": with_address(email) } });
        let request = client()
            .post(format!("{origin}/graphql"))
            .bearer_auth(token);
        let answer: Value = request
            .json(&body)
            .send()
            .await
            .unwrap()
            .json()
            .await
            .unwrap();
        answer["data"]["customer"]["registerCustomer"]["errors"].clone()
    };
    assert_eq!(sign_up(&origin, "before@example.com").await, json!([]));
    let other = tempfile::tempdir().unwrap();
    let copy = other.path().join("store.sqlite3");
    let back_up = || {
        let mut command = Command::new(env!("CARGO_BIN_EXE_storefront-store"));
        let command = command.args(["backup", "--data"]).arg(directory.path());
        command.arg("--to").arg(&copy).output().unwrap()
    };
    assert!(back_up().status.success(), "while the store runs");
    let again = back_up();
    assert!(!again.status.success(), "nothing is written over");
    assert!(String::from_utf8_lossy(&again.stderr).contains("name a file that does not"));
    assert_eq!(sign_up(&origin, "after@example.com").await, json!([]));
    end(child);

    let damaged = tempfile::tempdir().unwrap();
    let mut bytes = std::fs::read(&copy).unwrap();
    let middle = bytes.len() / 2;
    bytes[middle..middle + 8192].fill(0xa5);
    std::fs::write(damaged.path().join("store.sqlite3"), bytes).unwrap();
    let refused = Command::new(env!("CARGO_BIN_EXE_storefront-store"))
        .args(["--port", "0", "--data"])
        .arg(damaged.path())
        .output()
        .unwrap();
    assert!(!refused.status.success());
    let message = String::from_utf8_lossy(&refused.stderr);
    assert!(message.contains("store.sqlite3 is damaged"), "{message}");
    assert!(
        message.contains("Put a backup into an empty directory"),
        "{message}"
    );

    let (child, origin) = start(other.path());
    let taken = sign_up(&origin, "before@example.com").await;
    assert_eq!(taken[0]["__typename"], "EmailAlreadyInUseError", "{taken}");
    assert_eq!(sign_up(&origin, "after@example.com").await, json!([]));
    end(child);
}

#[tokio::test]
async fn the_log_names_no_shopper() {
    let directory = tempfile::tempdir().unwrap();
    let (mut child, origin) = start(directory.path());
    let mut log = child.stderr.take().unwrap();
    let reader = std::thread::spawn(move || {
        let mut text = String::new();
        log.read_to_string(&mut text).unwrap();
        text
    });
    let client = client();
    let token = token(&client, &origin).await;
    for email in ["secretive@example.com", "not-an-address"] {
        let body = json!({ "query": REGISTER, "variables": { "input": with_address(email) } });
        let request = client.post(format!("{origin}/graphql")).bearer_auth(&token);
        request.json(&body).send().await.unwrap();
        let body = json!({
            "firstName": "Ada", "lastName": "Lovelace", "email": email, "password": PASSWORD,
        });
        client
            .post(format!("{origin}/api/storefront/customers"))
            .json(&body)
            .send()
            .await
            .unwrap();
        let form = format!("login_email={email}&login_pass={PASSWORD}");
        let request = client.post(format!(
            "{origin}/login.php?action=check_login&email={email}"
        ));
        let request = request.header("content-type", "application/x-www-form-urlencoded");
        request.body(form).send().await.unwrap();
    }
    let ask = async |query: &str| {
        let body = json!({ "query": query });
        let request = client.post(format!("{origin}/graphql")).bearer_auth(&token);
        request.json(&body).send().await.unwrap();
    };
    ask(&format!(
        "mutation {{ login(email: \"secretive@example.com\", password: \"{PASSWORD}\") {{ result }} }}"
    ))
    .await;
    ask("mutation { customer { requestResetPassword(input: { email: \"secretive@example.com\" }) { errors { __typename } } } }").await;
    ask("mutation { customer { resetPassword(input: { customerEntityId: 5, token: \"token-of-link\", newPassword: \"Secret-teapot-9\" }) { errors { __typename } } } }").await;
    for path in [
        "/login/token/token-of-app",
        "/login.php?action=change_password&c=5&t=token-of-link",
        "/login.php?action=passwordless&t=token-of-link",
    ] {
        client.get(format!("{origin}{path}")).send().await.unwrap();
    }
    let body = json!({ "email": "secretive@example.com" });
    let request = client.post(format!("{origin}/login.php?action=passwordless_login"));
    request.json(&body).send().await.unwrap();
    // The mail is written after the answer.
    tokio::time::sleep(Duration::from_millis(500)).await;
    child.kill().unwrap();
    child.wait().unwrap();
    let log = reader.join().unwrap();
    assert!(
        log.contains("not_signed"),
        "a refused token is logged by its reason"
    );
    assert!(log.contains("/graphql"), "requests are logged");
    for secret in [
        "secretive",
        "not-an-address",
        PASSWORD,
        "Lovelace",
        "Analytical",
        &token,
        "check_login",
        "token-of-link",
        "token-of-app",
        "Secret-teapot",
    ] {
        assert!(!log.contains(secret), "{secret} is in the log");
    }
}
