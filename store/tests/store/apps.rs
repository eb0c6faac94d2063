//! Tokens between apps and the store: Current Customer and Customer Login.

use crate::support::{DEMO_PASSWORD, Shop, cookie_of};
use jsonwebtoken::{
    Algorithm, DecodingKey, EncodingKey, Header, Validation, decode, decode_header, encode,
};
use reqwest::{Response, StatusCode};
use serde_json::{Value, json};
use std::time::{SystemTime, UNIX_EPOCH};
use storefront_store::{Config, Location, open};

const SECRET: &str = "an app's secret of more than 32 bytes";
const OTHER_SECRET: &str = "another app's secret, just as long, or more";

fn apps() -> Value {
    json!({ "apps": [
        { "client_id": "app-one", "client_secret": SECRET },
        { "client_id": "app-two", "client_secret": OTHER_SECRET },
    ] })
}

fn now() -> i64 {
    let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap();
    i64::try_from(since.as_secs()).unwrap()
}

fn claims(id: &str) -> Value {
    json!({
        "iss": "app-one", "iat": now(), "jti": id, "operation": "customer_login",
        "store_hash": "local", "customer_id": 1,
    })
}

fn signed(algorithm: Algorithm, claims: &Value, secret: &str) -> String {
    let key = EncodingKey::from_secret(secret.as_bytes());
    encode(&Header::new(algorithm), claims, &key).unwrap()
}

async fn follow(shop: &Shop, token: &str) -> Response {
    shop.get(&format!("/login/token/{token}"))
        .send()
        .await
        .unwrap()
}

async fn is_refused(shop: &Shop, token: &str) -> bool {
    let response = follow(shop, token).await;
    assert!(response.headers().get("set-cookie").is_none());
    if response.status() != StatusCode::FORBIDDEN {
        return false;
    }
    assert_eq!(response.headers()["referrer-policy"], "same-origin");
    assert_eq!(response.headers()["cache-control"], "no-store");
    let page = response.text().await.unwrap();
    page.contains("This sign-in link does not work. Sign in here instead.")
        && page.contains("name=\"login_email\"")
}

#[tokio::test]
async fn an_app_is_told_who_is_signed_in() {
    let shop = Shop::demo_with(apps()).await;
    let cookie = shop.sign_in("maria@example.com", DEMO_PASSWORD).await;
    let path = "/customer/current.jwt?app_client_id=app-two";
    let response = shop
        .get(path)
        .header("cookie", &cookie)
        .send()
        .await
        .unwrap();
    assert_eq!(response.status(), StatusCode::OK);
    assert_eq!(response.headers()["content-type"], "application/jwt");
    assert_eq!(response.headers()["cache-control"], "no-store");
    assert!(
        response
            .headers()
            .get("access-control-allow-origin")
            .is_none()
    );
    let token = response.text().await.unwrap();
    assert_eq!(decode_header(&token).unwrap().alg, Algorithm::HS256);
    let mut rules = Validation::new(Algorithm::HS256);
    rules.set_audience(&["app-two"]);
    let key = DecodingKey::from_secret(OTHER_SECRET.as_bytes());
    let claims = decode::<Value>(&token, &key, &rules).unwrap().claims;
    let issued = claims["iat"].as_i64().unwrap();
    assert!((now() - issued).abs() < 5);
    let group = claims["customer"]["group_id"].clone();
    assert_eq!(
        claims,
        json!({
            "customer": { "id": 1, "email": "maria@example.com", "group_id": group },
            "iss": "bc/apps", "sub": "local", "iat": issued, "exp": issued + 900, "version": 1,
            "aud": "app-two", "application_id": "app-two", "store_hash": "local",
            "operation": "current_customer",
        })
    );
    assert_ne!(group.as_str().unwrap(), "0", "the group's number, as text");
    let key = DecodingKey::from_secret(SECRET.as_bytes());
    assert!(
        decode::<Value>(&token, &key, &rules).is_err(),
        "each app has its own key"
    );
}

#[tokio::test]
async fn nothing_is_said_of_a_guest_or_to_an_unknown_app() {
    let shop = Shop::demo_with(apps()).await;
    let cookie = shop.sign_in("jun@example.com", DEMO_PASSWORD).await;
    for (query, cookie, status) in [
        ("?app_client_id=app-one", "", StatusCode::NOT_FOUND),
        (
            "?app_client_id=app-one",
            "SHOP_SESSION_TOKEN=x",
            StatusCode::NOT_FOUND,
        ),
        ("", cookie.as_str(), StatusCode::BAD_REQUEST),
        ("?app_client_id=", &cookie, StatusCode::BAD_REQUEST),
        ("?app_client_id=app-three", &cookie, StatusCode::BAD_REQUEST),
        ("?app_client_id=app-three", "", StatusCode::BAD_REQUEST),
    ] {
        let request = shop.get(&format!("/customer/current.jwt{query}"));
        let response = request.header("cookie", cookie).send().await.unwrap();
        assert_eq!(response.status(), status, "{query}");
        assert_eq!(response.headers()["cache-control"], "no-store");
    }
}

#[tokio::test]
async fn an_app_signs_a_customer_in() {
    let shop = Shop::demo_with(apps()).await;
    for (id, extra, location) in [
        ("a", json!({}), "/account.php"),
        (
            "b",
            json!({ "redirect_to": "/account.php?after=3" }),
            "/account.php?after=3",
        ),
        (
            "c",
            json!({ "channel_id": 1, "request_ip": "127.0.0.1" }),
            "/account.php",
        ),
        (
            "d",
            json!({ "request_ip": "::ffff:127.0.0.1" }),
            "/account.php",
        ),
        ("e", json!({ "iat": now() + 3 }), "/account.php"),
        ("f", json!({ "iat": now() - 25 }), "/account.php"),
    ] {
        let mut claims = claims(id);
        let extra = extra.as_object().unwrap().clone();
        claims.as_object_mut().unwrap().extend(extra);
        let token = signed(Algorithm::HS256, &claims, SECRET);
        let response = follow(&shop, &token).await;
        assert_eq!(response.status(), StatusCode::SEE_OTHER, "{claims}");
        assert_eq!(response.headers()["location"], location);
        assert_eq!(response.headers()["referrer-policy"], "same-origin");
        assert_eq!(response.headers()["cache-control"], "no-store");
        assert_eq!(shop.whose(&cookie_of(&response)).await, "María");
    }
    let mut claims = claims("a");
    claims["iss"] = json!("app-two");
    let token = signed(Algorithm::HS256, &claims, OTHER_SECRET);
    let response = follow(&shop, &token).await;
    assert_eq!(
        response.status(),
        StatusCode::SEE_OTHER,
        "ids are each app's own"
    );
}

#[tokio::test]
async fn a_token_that_another_signed_signs_nobody_in() {
    let shop = Shop::demo_with(apps()).await;
    let claims = claims("id");
    let good = signed(Algorithm::HS256, &claims, SECRET);
    let parts: Vec<&str> = good.split('.').collect();
    let (head, payload, signature) = (parts[0], parts[1], parts[2]);
    // {"alg":"none","typ":"JWT"}
    let none = "eyJhbGciOiJub25lIiwidHlwIjoiSldUIn0";
    let other_payload = signed(Algorithm::HS256, &json!({ "customer_id": 2 }), SECRET);
    let other_payload = other_payload.split('.').nth(1).unwrap();
    // {"alg":"RS256","typ":"JWT"}
    let rsa = "eyJhbGciOiJSUzI1NiIsInR5cCI6IkpXVCJ9";
    for token in [
        signed(
            Algorithm::HS256,
            &claims,
            "a secret that is no app's, but long enough",
        ),
        // The key of one app, the name of another.
        signed(Algorithm::HS256, &claims, OTHER_SECRET),
        signed(Algorithm::HS512, &claims, SECRET),
        signed(Algorithm::HS384, &claims, SECRET),
        format!("{none}.{payload}."),
        format!("{none}.{payload}.{signature}"),
        format!("{rsa}.{payload}.{signature}"),
        format!("{head}.{other_payload}.{signature}"),
        format!("{head}.{payload}.{}", signature.to_lowercase()),
        format!("{head}.{payload}."),
        format!("{head}.{payload}"),
        "nonsense".to_owned(),
        format!("{good}{}", "A".repeat(5000)),
    ] {
        assert!(is_refused(&shop, &token).await, "{token}");
    }
    assert_eq!(follow(&shop, &good).await.status(), StatusCode::SEE_OTHER);
}

#[tokio::test]
async fn a_claim_that_does_not_hold_signs_nobody_in() {
    let shop = Shop::demo_with(apps()).await;
    let cases = [
        ("iat", json!(now() - 31)),
        ("iat", json!(now() + 10)),
        ("iat", json!("soon")),
        ("iat", Value::Null),
        ("exp", json!(now() - 1)),
        ("jti", json!("")),
        ("jti", json!("x".repeat(256))),
        ("jti", Value::Null),
        ("iss", json!("app-three")),
        ("iss", Value::Null),
        ("operation", json!("current_customer")),
        ("operation", Value::Null),
        ("store_hash", json!("another")),
        ("store_hash", Value::Null),
        ("customer_id", json!(999)),
        ("customer_id", json!("1")),
        ("customer_id", Value::Null),
        ("channel_id", json!(2)),
        ("request_ip", json!("192.0.2.1")),
        ("request_ip", json!("here")),
        ("redirect_to", json!("//evil.example")),
        ("redirect_to", json!("https://evil.example/")),
        ("redirect_to", json!("/\\evil.example")),
        ("redirect_to", json!("javascript:alert(1)")),
        ("redirect_to", json!("account.php")),
        ("redirect_to", json!("")),
    ];
    for (name, value) in cases {
        let mut claims = claims("id");
        claims[name] = value.clone();
        if value.is_null() {
            claims.as_object_mut().unwrap().remove(name);
        }
        let token = signed(Algorithm::HS256, &claims, SECRET);
        assert!(is_refused(&shop, &token).await, "{name}: {value}");
    }
    // None of them used the id up.
    let token = signed(Algorithm::HS256, &claims("id"), SECRET);
    assert_eq!(follow(&shop, &token).await.status(), StatusCode::SEE_OTHER);
}

#[tokio::test]
async fn a_token_works_once_even_after_a_restart() {
    let shop = Shop::demo_with(apps()).await;
    let token = signed(Algorithm::HS256, &claims("once"), SECRET);
    let (one, two) = tokio::join!(follow(&shop, &token), follow(&shop, &token));
    let mut statuses = [one.status().as_u16(), two.status().as_u16()];
    statuses.sort_unstable();
    assert_eq!(statuses, [303, 403]);
    let same_id = signed(
        Algorithm::HS256,
        &json!({
            "iss": "app-one", "iat": now() - 1, "jti": "once", "operation": "customer_login",
            "store_hash": "local", "customer_id": 2,
        }),
        SECRET,
    );
    assert!(is_refused(&shop, &same_id).await);
    let shop = shop.reopened().await;
    assert!(is_refused(&shop, &token).await);
    shop.database()
        .execute("UPDATE login_token_ids SET expires_at = 1", [])
        .unwrap();
    let next = signed(Algorithm::HS256, &claims("next"), SECRET);
    assert_eq!(follow(&shop, &next).await.status(), StatusCode::SEE_OTHER);
    assert_eq!(shop.count("login_token_ids"), 1, "old ids are swept");
}

#[tokio::test]
async fn a_customer_who_must_choose_a_new_password_is_not_signed_in_by_an_app() {
    let shop = Shop::demo_with(apps()).await;
    let mut claims = claims("id");
    claims["customer_id"] = json!(4);
    let token = signed(Algorithm::HS256, &claims, SECRET);
    assert!(is_refused(&shop, &token).await);
    shop.database()
        .execute("UPDATE customers SET force_password_reset = 0", [])
        .unwrap();
    assert_eq!(follow(&shop, &token).await.status(), StatusCode::SEE_OTHER);
}

#[tokio::test]
async fn a_store_does_not_open_with_apps_whose_secrets_can_be_guessed_or_names_are_not_their_own() {
    let app = |id: &str, secret: &str| json!({ "client_id": id, "client_secret": secret });
    for (apps, word) in [
        (json!([app("one", "short")]), "at least 32 bytes"),
        (
            json!([app("one", SECRET), app("one", OTHER_SECRET)]),
            "used twice",
        ),
        (json!([app("", SECRET)]), "is empty or used twice"),
        (json!([{ "client_id": "one" }]), "client_secret"),
    ] {
        let opened = open(Config {
            place: Location::Memory,
            demo: false,
            embed: "nowhere".into(),
            themes: "nowhere".into(),
            settings: Some(json!({ "apps": apps })),
            https: false,
            origin: "http://localhost".to_owned(),
        });
        let error = opened.await.err().unwrap().to_string();
        assert!(error.contains(word), "{error}");
        assert!(
            !error.contains(SECRET) && !error.contains("short"),
            "{error}"
        );
    }
}
