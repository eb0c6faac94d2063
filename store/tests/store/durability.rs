//! The program itself: killed while it works, and what it writes into its log.

use crate::support::{PASSWORD, REGISTER, token_in, with_address};
use reqwest::Client;
use rusqlite::Connection;
use serde_json::{Value, json};
use std::io::{BufRead, BufReader, Read};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::sync::Mutex;
use std::time::Duration;

fn start(directory: &Path) -> (Child, String) {
    let mut child = Command::new(env!("CARGO_BIN_EXE_storefront-store"))
        .args(["--port", "0", "--demo", "--data"])
        .arg(directory)
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

/// Signs up until the store is gone, and notes each e-mail that was acknowledged.
async fn sign_up_forever(origin: &str, token: &str, name: &str, acknowledged: &Mutex<Vec<String>>) {
    let client = Client::new();
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
        let token = token(&Client::new(), &origin).await;
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
    let client = Client::new();
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
