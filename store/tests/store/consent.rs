//! Decisions about cookies, and the newsletter.

use crate::support::{DEMO_PASSWORD, Shop};
use reqwest::{Response, StatusCode};
use serde_json::{Value, json};

async fn asking() -> Shop {
    Shop::demo_with(json!({ "privacy": { "cookie_consent_enabled": true } })).await
}

async fn decide(shop: &Shop, cookie: &str, body: Value) -> Response {
    let request = shop.post("/api/storefront/consent").json(&body);
    request.header("cookie", cookie).send().await.unwrap()
}

fn set_cookie(response: &Response) -> &str {
    response.headers()["set-cookie"].to_str().unwrap()
}

/// A row of the history: customer, guest, how it was asked, what was allowed, what was denied.
type Entry = (Option<i64>, Option<String>, String, String, String);

/// The history, oldest first.
fn history(shop: &Shop) -> Vec<Entry> {
    let database = shop.database();
    let sql =
        "SELECT customer_id, guest_id, revision || '|' || locale || '|' || source, allow, deny
               FROM consent_history ORDER BY id";
    let mut statement = database.prepare(sql).unwrap();
    let rows = statement
        .query_map([], |row| {
            Ok((
                row.get(0)?,
                row.get(1)?,
                row.get(2)?,
                row.get(3)?,
                row.get(4)?,
            ))
        })
        .unwrap();
    rows.collect::<Result<_, _>>().unwrap()
}

#[tokio::test]
async fn a_guest_decides_in_a_cookie_that_scripts_can_read_and_keeps_their_id() {
    let shop = asking().await;
    let first = decide(&shop, "", json!({ "allow": [1], "deny": [2, 3] })).await;
    assert_eq!(first.status(), StatusCode::OK);
    let cookie = set_cookie(&first).to_owned();
    assert!(cookie.starts_with("SHOP_CONSENT=v1."), "{cookie}");
    assert!(
        cookie.contains(".analytics;") && cookie.contains("; Path=/; Max-Age=15724800"),
        "{cookie}"
    );
    assert!(!cookie.contains("HttpOnly"));
    let pair = cookie.split(';').next().unwrap();
    let request = shop.post("/api/storefront/consent").header("cookie", pair);
    let request = request
        .header("x-consent-revision", "3f9a")
        .header("x-consent-locale", "de-AT")
        .header("x-consent-source", "withdrawal");
    let request = request.json(&json!({ "allow": [], "deny": [3, 1, 2] }));
    assert_eq!(request.send().await.unwrap().status(), StatusCode::OK);
    let history = history(&shop);
    assert_eq!(history.len(), 2);
    assert_eq!(history[0].1, history[1].1, "one guest");
    assert_eq!(history[0].2, "||unknown");
    assert_eq!(history[0].3, r#"["essential","analytics"]"#);
    assert_eq!(history[1].2, "3f9a|de-AT|withdrawal");
    assert_eq!(history[1].4, r#"["functional","analytics","targeting"]"#);
}

#[tokio::test]
async fn a_customer_decides_in_their_record_and_leaves_no_cookie() {
    let shop = asking().await;
    let cookie = shop.sign_in("maria@example.com", DEMO_PASSWORD).await;
    let answer = decide(&shop, &cookie, json!({ "allow": [1, 2, 3], "deny": [] })).await;
    assert_eq!(answer.status(), StatusCode::OK);
    let cookie = set_cookie(&answer);
    assert!(cookie.starts_with("SHOP_CONSENT=;") && cookie.contains("; Max-Age=0"));
    let history = history(&shop);
    assert_eq!((history[0].0, &history[0].1), (Some(1), &None));
}

#[tokio::test]
async fn half_a_decision_is_refused_and_nothing_is_kept() {
    let shop = asking().await;
    for body in [
        json!({ "allow": [1], "deny": [2] }),
        json!({ "allow": [1, 2, 3], "deny": [2] }),
        json!({ "allow": [1, 2, 3, 4], "deny": [] }),
        json!({ "allow": ["analytics"], "deny": [2, 3] }),
        json!({ "allow": [1, 2, 3] }),
    ] {
        let answer = decide(&shop, "", body.clone()).await;
        assert_eq!(answer.status(), StatusCode::BAD_REQUEST, "{body}");
        assert!(!answer.headers().contains_key("set-cookie"));
    }
    let request = shop.post("/api/storefront/consent");
    let request = request.json(&json!({ "allow": [], "deny": [1, 2, 3] }));
    let request = request.header("x-consent-source", "admin");
    assert_eq!(
        request.send().await.unwrap().status(),
        StatusCode::BAD_REQUEST
    );
    assert_eq!(shop.count("consent_history"), 0);
}

#[tokio::test]
async fn a_store_that_does_not_ask_takes_no_decision() {
    let shop = Shop::demo_with(json!({ "privacy": { "cookie_consent_enabled": false } })).await;
    let answer = decide(&shop, "", json!({ "allow": [], "deny": [1, 2, 3] })).await;
    assert_eq!(answer.status(), StatusCode::BAD_REQUEST);
    assert_eq!(shop.count("consent_history"), 0);
}

#[tokio::test]
async fn another_store_s_numbers_are_a_setting() {
    let numbers = json!({ "functional": 2, "analytics": 3, "targeting": 4 });
    let privacy = json!({ "cookie_consent_enabled": true, "consent_numbers": numbers });
    let shop = Shop::demo_with(json!({ "privacy": privacy })).await;
    let answer = decide(&shop, "", json!({ "allow": [4], "deny": [2, 3] })).await;
    assert!(set_cookie(&answer).contains(".targeting;"));
    let answer = decide(&shop, "", json!({ "allow": [1], "deny": [2, 3] })).await;
    assert_eq!(answer.status(), StatusCode::BAD_REQUEST);
}

#[tokio::test]
async fn the_history_can_be_added_to_and_nothing_else() {
    let shop = asking().await;
    decide(&shop, "", json!({ "allow": [], "deny": [1, 2, 3] })).await;
    let database = shop.database();
    for sql in [
        "DELETE FROM consent_history",
        "UPDATE consent_history SET allow = '[]'",
    ] {
        assert!(database.execute(sql, []).is_err(), "{sql}");
    }
}

#[tokio::test]
async fn a_page_of_the_store_tells_the_widget_what_was_decided() {
    let shop = asking().await;
    assert!(!shop.page("/").await.contains("data-granted"));
    let cookie = shop.sign_in("maria@example.com", DEMO_PASSWORD).await;
    decide(&shop, &cookie, json!({ "allow": [2], "deny": [1, 3] })).await;
    let page = shop
        .get("/")
        .header("cookie", &cookie)
        .send()
        .await
        .unwrap();
    let page = page.text().await.unwrap();
    assert!(page.contains(r#"data-granted="functional""#), "{page}");
}

#[tokio::test]
async fn the_newsletter_ends_for_anyone_who_says_so_and_nothing_else_does() {
    const UNSUBSCRIBE: &str = "mutation U($email: String!) { newsletter {
        unsubscribe(input: { email: $email }) { errors { __typename ... on Error { message } } } } }";
    let shop = Shop::demo().await;
    let both = json!({ "email": "n@example.com", "acceptsMarketingNewsletter": true,
        "acceptsAbandonedCartEmails": true });
    let subscriptions = shop.post("/api/storefront/subscriptions").json(&both);
    assert_eq!(subscriptions.send().await.unwrap().status(), StatusCode::OK);
    for email in ["N@example.com", "n@example.com", "nobody@example.com"] {
        let answer = shop.ask(UNSUBSCRIBE, json!({ "email": email })).await;
        let errors = &answer["data"]["newsletter"]["unsubscribe"]["errors"];
        assert_eq!(*errors, json!([]), "{email}");
    }
    let sql = "SELECT marketing_newsletter, abandoned_cart FROM subscribers";
    let kept: (bool, bool) = shop
        .database()
        .query_row(sql, [], |row| Ok((row.get(0)?, row.get(1)?)))
        .unwrap();
    assert_eq!(kept, (false, true));
    let answer = shop.ask(UNSUBSCRIBE, json!({ "email": "n" })).await;
    let error = &answer["data"]["newsletter"]["unsubscribe"]["errors"][0];
    assert_eq!(error["__typename"], "RemoveSubscriberEmailInvalidError");
}
