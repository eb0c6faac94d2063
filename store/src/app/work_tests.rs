//! How much work a request is: in statements of SQL, which are the same on every machine.

use super::{Config, open, router};
use crate::dev::add_customers;
use crate::domain::Store;
use crate::infra::db::Location;
use serde_json::{Value, json};
use std::net::SocketAddr;
use std::path::PathBuf;
use std::sync::atomic::{AtomicUsize, Ordering};

const TOKEN: &str = "token-of-the-back-office";

/// Most statements that load the definitions of fields, which a list does where any row has a value.
const DEFINITIONS: usize = 4;

async fn demo_store() -> Store {
    let account = json!({ "client_id": "office", "token": TOKEN, "scope": "modify",
        "client_secret": "a secret of thirty-two bytes at least" });
    let config = Config {
        place: Location::Memory,
        demo: true,
        embed: PathBuf::new(),
        themes: PathBuf::new(),
        settings: Some(json!({ "api": { "accounts": [account] } })),
        https: false,
        origin: "http://localhost".to_owned(),
    };
    open(config).await.unwrap()
}

/// The origin at which `store` answers until the test ends.
async fn serve(store: Store) -> String {
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let origin = format!("http://{}", listener.local_addr().unwrap());
    let service = router(store).into_make_service_with_connect_info::<SocketAddr>();
    tokio::spawn(async move { axum::serve(listener, service).await });
    origin
}

/// How many rows a list has, and how many statements it took.
async fn statements(origin: &str, count: &AtomicUsize, path: &str) -> (usize, usize) {
    count.store(0, Ordering::Relaxed);
    let url = format!("{origin}/stores/local{path}");
    let request = reqwest::Client::new()
        .get(url)
        .header("x-auth-token", TOKEN);
    let answer: Value = request.send().await.unwrap().json().await.unwrap();
    let rows = answer.get("data").unwrap_or(&answer).as_array().unwrap();
    (rows.len(), count.load(Ordering::Relaxed))
}

#[tokio::test]
async fn a_list_takes_as_many_statements_however_many_rows_it_has() {
    let store = demo_store().await;
    add_customers(&store, 300).await.unwrap();
    let count = store.db.count_statements().unwrap();
    let origin = serve(store).await;
    let mut of_customers = Vec::new();
    for path in [
        "/v2/customers?",
        "/v3/customers?include=formfields&",
        "/v2/customers/1/addresses?",
    ] {
        let (_, of_two) = statements(&origin, &count, &format!("{path}limit=2")).await;
        let (rows, of_all) = statements(&origin, &count, &format!("{path}limit=250")).await;
        assert!(of_two > 0 && rows > 2, "{path}: {of_two} for {rows}");
        assert!(
            of_all <= of_two + DEFINITIONS,
            "{path}: {of_all} for {rows}"
        );
        of_customers.push(of_all);
    }
    let [v2, v3, ..] = of_customers[..] else {
        panic!("no lists");
    };
    // The same rows with the same in them.
    assert!(v2 <= v3, "{v2} against {v3}");
}
