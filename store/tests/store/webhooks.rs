//! Webhooks, against a destination that really listens.

use crate::api::{whole, with_api};
use crate::support::{DEMO_PASSWORD, Shop};
use reqwest::{Method, StatusCode};
use serde_json::{Value, json};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};

/// What a destination heard: headers and payloads, in order.
pub(crate) type Heard = Arc<Mutex<Vec<(String, Value)>>>;

/// What one call says; none when the caller was gone in the middle of it.
async fn hear(stream: &mut TcpStream) -> Option<(String, Value)> {
    let mut request = Vec::new();
    loop {
        let mut part = [0; 4096];
        let read = stream.read(&mut part).await.ok().filter(|read| *read > 0)?;
        request.extend_from_slice(&part[..read]);
        let text = String::from_utf8_lossy(&request).into_owned();
        if let Some((head, body)) = text.split_once("\r\n\r\n")
            && let Ok(body) = serde_json::from_str(body)
        {
            return Some((head.to_lowercase(), body));
        }
    }
}

/// A destination that answers the first `failures` calls with an error.
pub(crate) async fn destination(failures: usize) -> (String, Heard) {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://{}/hook", listener.local_addr().unwrap());
    let heard = Heard::default();
    let kept = Arc::clone(&heard);
    let failures = Arc::new(AtomicUsize::new(failures));
    tokio::spawn(async move {
        loop {
            let (mut stream, _) = listener.accept().await.unwrap();
            let (kept, failures) = (Arc::clone(&kept), Arc::clone(&failures));
            tokio::spawn(async move {
                let Some(call) = hear(&mut stream).await else {
                    return;
                };
                let fails = failures
                    .fetch_update(Ordering::Relaxed, Ordering::Relaxed, |n| n.checked_sub(1))
                    .is_ok();
                if !fails {
                    kept.lock().unwrap().push(call);
                }
                let status = if fails { "500 No" } else { "200 Yes" };
                let answer =
                    format!("HTTP/1.1 {status}\r\ncontent-length: 0\r\nconnection: close\r\n\r\n");
                // A caller that was killed does not hear it.
                let _ = stream.write_all(answer.as_bytes()).await;
            });
        }
    });
    (url, heard)
}

/// A destination that takes every call and answers none.
async fn silence() -> String {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://{}/hook", listener.local_addr().unwrap());
    tokio::spawn(async move {
        let mut calls = Vec::new();
        loop {
            calls.push(listener.accept().await.unwrap());
        }
    });
    url
}

async fn register(shop: &Shop, scope: &str, url: &str) -> i64 {
    let hook = json!({ "scope": scope, "destination": url, "headers": { "x-office": "yes" } });
    let added = shop.done(Method::POST, "/v3/hooks", hook).await;
    added["data"]["id"].as_i64().unwrap()
}

/// What was heard, as soon as it is so much.
async fn wait(heard: &Heard, count: usize) -> Vec<(String, Value)> {
    for _ in 0..200 {
        let so_far = heard.lock().unwrap().clone();
        if so_far.len() >= count {
            return so_far;
        }
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
    panic!("only {:?}", heard.lock().unwrap());
}

fn scopes(heard: &[(String, Value)]) -> Vec<&str> {
    heard
        .iter()
        .map(|(_, body)| body["scope"].as_str().unwrap())
        .collect()
}

#[tokio::test]
async fn what_happens_to_a_customer_is_told_in_order_whoever_did_it() {
    let shop = Shop::with_office().await;
    let (url, heard) = destination(0).await;
    register(&shop, "store/customer/*", &url).await;
    let created = shop
        .done(
            Method::POST,
            "/v3/customers",
            json!([whole("g@example.com")]),
        )
        .await;
    let id = created["data"][0]["id"].as_i64().unwrap();
    shop.done(
        Method::PUT,
        "/v3/customers",
        json!([{ "id": id, "company": "X" }]),
    )
    .await;
    let address = created["data"][0]["addresses"][0]["id"].as_i64().unwrap();
    let moved = json!([{ "id": address, "city": "Fresno" }]);
    shop.done(Method::PUT, "/v3/customers/addresses", moved)
        .await;
    let cookie = shop.sign_in("g@example.com", "Purple-teapot-9").await;
    let by_shopper = "mutation { customer { updateCustomer(input: { company: \"Y\" }) { errors { __typename } } } }";
    shop.ask_as(&cookie, by_shopper, json!({})).await;
    shop.delete(&format!("/v3/customers?id:in={id}")).await;
    let heard = wait(&heard, 6).await;
    assert_eq!(
        scopes(&heard),
        [
            "store/customer/created",
            "store/customer/address/created",
            "store/customer/updated",
            "store/customer/address/updated",
            "store/customer/updated",
            "store/customer/deleted",
        ]
    );
    let (head, first) = &heard[0];
    assert_eq!(first["data"], json!({ "type": "customer", "id": id }));
    assert_eq!(first["producer"], "stores/local");
    assert_eq!(heard[1].1["data"]["address"]["customer_id"], id);
    for header in [
        "webhook-id: msg_",
        "webhook-signature: v1,",
        "webhook-timestamp: ",
        "x-office: yes",
    ] {
        assert!(head.contains(header), "{head}");
    }
    assert_eq!(shop.count("hook_outbox"), 0);
}

#[tokio::test]
async fn an_answer_to_a_field_of_an_address_is_a_change_of_the_address() {
    let shop = Shop::with_office().await;
    let (url, heard) = destination(0).await;
    register(&shop, "store/customer/address/updated", &url).await;
    let answer = json!([{ "address_id": 1, "name": "Floor", "value": 2 }]);
    shop.done(Method::PUT, "/v3/customers/form-field-values", answer)
        .await;
    let heard = wait(&heard, 1).await;
    assert_eq!(heard[0].1["data"]["id"], 1);
}

#[tokio::test]
async fn two_changes_of_one_customer_in_a_second_have_hashes_of_their_own() {
    let shop = Shop::with_office().await;
    let (url, heard) = destination(0).await;
    register(&shop, "store/customer/updated", &url).await;
    for company in ["A", "B", "C"] {
        let change = json!([{ "id": 1, "company": company }]);
        shop.done(Method::PUT, "/v3/customers", change).await;
    }
    let heard = wait(&heard, 3).await;
    let hashes: std::collections::HashSet<String> = heard
        .iter()
        .map(|(_, body)| body["hash"].to_string())
        .collect();
    assert_eq!(hashes.len(), 3);
}

#[tokio::test]
async fn a_webhook_has_no_headers_that_are_the_delivery_s_own() {
    let shop = Shop::with_office().await;
    let hook = |name: &str| {
        json!({ "scope": "store/customer/created", "destination": "https://office.example/h",
            "headers": { name: "1" } })
    };
    for name in [
        "Host",
        "content-length",
        "Content-Type",
        "TRANSFER-ENCODING",
        "Connection",
        "TE",
        "Trailer",
        "Upgrade",
        "Expect",
        "Proxy-Authorization",
        "Webhook-Signature",
        "webhook-id",
    ] {
        let (status, body) = shop.send(Method::POST, "/v3/hooks", hook(name)).await;
        assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY, "{name}");
        assert!(body["errors"].get("headers").is_some(), "{name}: {body}");
    }
    shop.done(Method::POST, "/v3/hooks", hook("Authorization"))
        .await;
    let (status, _) = shop
        .send(
            Method::PUT,
            "/v3/hooks/1",
            json!({ "headers": { "Host": "x" } }),
        )
        .await;
    assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY);
}

#[tokio::test]
async fn only_what_is_listened_to_is_told_and_subscribers_are_no_customers() {
    let shop = Shop::with_office().await;
    let (url, heard) = destination(0).await;
    register(&shop, "store/subscriber/created", &url).await;
    shop.sign_in("maria@example.com", DEMO_PASSWORD).await;
    shop.done(
        Method::PUT,
        "/v3/customers",
        json!([{ "id": 1, "company": "X" }]),
    )
    .await;
    let subscriber = json!({ "email": "s@example.com", "acceptsMarketingNewsletter": true });
    let request = shop.post("/api/storefront/subscriptions").json(&subscriber);
    assert_eq!(request.send().await.unwrap().status(), StatusCode::OK);
    let heard = wait(&heard, 1).await;
    assert_eq!(scopes(&heard), ["store/subscriber/created"]);
    assert_eq!(heard[0].1["data"]["type"], "subscriber");
}

#[tokio::test]
async fn a_subscription_that_goes_with_its_customer_to_another_address_is_told() {
    let shop = Shop::with_office().await;
    let (url, heard) = destination(0).await;
    register(&shop, "store/subscriber/*", &url).await;
    let subscribe = async |email: &str| {
        let path = "/v3/customers/subscribers";
        let added = shop
            .done(Method::POST, path, json!({ "email": email }))
            .await;
        added["data"]["id"].clone()
    };
    let move_to = async |email: &str| {
        let change = json!([{ "id": 2, "email": email }]);
        shop.done(Method::PUT, "/v3/customers", change).await;
    };
    let first = subscribe("jun@example.com").await;
    move_to("jun@new.example").await;
    let cookie = shop.sign_in("jun@new.example", DEMO_PASSWORD).await;
    let by_shopper = "mutation { customer { updateCustomer(input: { email: \"jun@third.example\" }) { errors { __typename } } } }";
    shop.ask_as(&cookie, by_shopper, json!({})).await;
    // Where the other address has a subscription of its own, that one stays.
    let other = subscribe("jun@fourth.example").await;
    move_to("jun@fourth.example").await;
    let heard = wait(&heard, 5).await;
    let told: Vec<(&str, &Value)> = scopes(&heard)
        .into_iter()
        .zip(heard.iter().map(|(_, body)| &body["data"]["id"]))
        .collect();
    // Those of one subscription come in order.
    let of = |id: &Value| -> Vec<&str> {
        let own = told.iter().filter(|(_, of)| *of == id);
        own.map(|(scope, _)| *scope).collect()
    };
    assert_eq!(
        of(&first),
        [
            "store/subscriber/created",
            "store/subscriber/updated",
            "store/subscriber/updated",
            "store/subscriber/deleted",
        ]
    );
    assert_eq!(of(&other), ["store/subscriber/created"]);
}

#[tokio::test]
async fn a_delivery_that_fails_is_tried_again_before_the_next_one() {
    let shop = Shop::demo_with(with_api(json!({ "webhook_retries": [0, 0, 0] }))).await;
    let (url, heard) = destination(2).await;
    register(&shop, "store/customer/updated", &url).await;
    for company in ["A", "B"] {
        let change = json!([{ "id": 1, "company": company }]);
        shop.done(Method::PUT, "/v3/customers", change).await;
    }
    let heard = wait(&heard, 2).await;
    let id = |n: usize| {
        let (head, _): &(String, Value) = &heard[n];
        let line = head
            .lines()
            .find(|line| line.starts_with("webhook-id: msg_"))
            .unwrap();
        line.rsplit('_').next().unwrap().parse::<i64>().unwrap()
    };
    assert_eq!(id(1), id(0) + 1);
}

#[tokio::test]
async fn a_destination_that_does_not_answer_holds_up_no_other() {
    let shop = Shop::with_office().await;
    register(&shop, "store/customer/created", &silence().await).await;
    let (url, heard) = destination(0).await;
    register(&shop, "store/customer/created", &url).await;
    let count = 200;
    for batch in 0..count / 10 {
        let customers: Vec<Value> = (0..10)
            .map(|n| {
                json!({ "email": format!("h{batch}-{n}@example.com"),
                "first_name": "Ada", "last_name": "Lovelace" })
            })
            .collect();
        shop.done(Method::POST, "/v3/customers", json!(customers))
            .await;
    }
    wait(&heard, count).await;
    let untold = shop.count("hook_outbox WHERE hook_id = 1");
    assert_eq!(untold, i64::try_from(count).unwrap());
}

#[tokio::test]
async fn what_waits_for_its_next_try_holds_up_no_other_customer() {
    let shop = Shop::demo_with(with_api(json!({ "webhook_retries": [3600] }))).await;
    let (url, heard) = destination(1).await;
    register(&shop, "store/customer/updated", &url).await;
    let change = |id: i64, company: &str| json!([{ "id": id, "company": company }]);
    shop.done(Method::PUT, "/v3/customers", change(1, "A"))
        .await;
    for _ in 0..200 {
        if shop.count("hook_outbox WHERE attempts = 1") == 1 {
            break;
        }
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
    shop.done(Method::PUT, "/v3/customers", change(1, "B"))
        .await;
    shop.done(Method::PUT, "/v3/customers", change(2, "C"))
        .await;
    let heard = wait(&heard, 1).await;
    assert_eq!(heard[0].1["data"]["id"], 2);
    assert_eq!(shop.count("hook_outbox WHERE subject = 1"), 2);
}

#[tokio::test]
async fn a_dead_destination_is_switched_off_and_the_merchant_is_told() {
    let shop = Shop::demo_with(with_api(json!({ "webhook_retries": [0] }))).await;
    let hook = register(&shop, "store/customer/updated", "http://127.0.0.1:1/").await;
    shop.done(
        Method::PUT,
        "/v3/customers",
        json!([{ "id": 1, "company": "A" }]),
    )
    .await;
    let mail = shop.mail(1).await;
    assert_eq!(mail[0].recipient, "help@fernandkettle.example");
    let path = format!("/v3/hooks/{hook}");
    assert_eq!(shop.read(&path).await["data"]["is_active"], false);
    assert_eq!(shop.count("hook_outbox"), 0);
    let on = shop
        .done(Method::PUT, &path, json!({ "is_active": true }))
        .await;
    assert_eq!(on["data"]["is_active"], true);
}

#[tokio::test]
async fn what_was_not_told_is_told_after_the_program_began_again() {
    let settings = with_api(json!({ "webhook_retries": [1, 1, 1, 1, 1, 1, 1, 1] }));
    let shop = Shop::demo_with(settings).await;
    // Nobody listens yet, but somebody will at this address.
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let place = listener.local_addr().unwrap();
    drop(listener);
    register(&shop, "store/customer/updated", &format!("http://{place}/")).await;
    shop.done(
        Method::PUT,
        "/v3/customers",
        json!([{ "id": 1, "company": "A" }]),
    )
    .await;
    let shop = shop.reopened().await;
    assert_eq!(shop.count("hook_outbox"), 1);
    let listener = TcpListener::bind(place).await.unwrap();
    let (mut stream, _) = tokio::time::timeout(Duration::from_secs(10), listener.accept())
        .await
        .unwrap()
        .unwrap();
    let mut part = vec![0; 8192];
    let read = stream.read(&mut part).await.unwrap();
    assert!(String::from_utf8_lossy(&part[..read]).contains("webhook-signature"));
}

#[tokio::test]
async fn a_webhook_is_registered_once_and_belongs_to_its_account() {
    let shop = Shop::with_office().await;
    let hook =
        json!({ "scope": "store/customer/created", "destination": "https://office.example/h" });
    shop.done(Method::POST, "/v3/hooks", hook.clone()).await;
    let (status, _) = shop.send(Method::POST, "/v3/hooks", hook).await;
    assert_eq!(status, StatusCode::CONFLICT);
    for (scope, destination) in [
        ("store/order/created", "https://office.example/h"),
        ("store/customer/updated", "ftp://office.example/h"),
        ("store/customer/updated", "office"),
    ] {
        let hook = json!({ "scope": scope, "destination": destination });
        let (status, _) = shop.send(Method::POST, "/v3/hooks", hook).await;
        assert_eq!(
            status,
            StatusCode::UNPROCESSABLE_ENTITY,
            "{scope} {destination}"
        );
    }
    let list = shop.read("/v3/hooks").await;
    assert_eq!(list["data"].as_array().unwrap().len(), 1);
    shop.delete("/v3/hooks/1").await;
    assert_eq!(shop.read("/v3/hooks").await["data"], json!([]));
}
