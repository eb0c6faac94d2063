//! Signing in by a mailed link.

use crate::support::{DEMO_PASSWORD, Shop, cookie_of, seen};
use reqwest::StatusCode;
use serde_json::{Value, json};

const ASK: &str = "/login.php?action=passwordless_login";
const FOLLOW: &str = "/login.php?action=passwordless";
const MARIA: &str = "maria@example.com";

async fn ask(shop: &Shop, body: Value) -> (StatusCode, Value) {
    let response = shop.post(ASK).json(&body).send().await.unwrap();
    let status = response.status();
    (status, response.json().await.unwrap())
}

#[tokio::test]
async fn a_mailed_link_leads_to_a_button_that_signs_in_once() {
    let shop = Shop::demo().await;
    let body = json!({ "email": "Maria@example.com", "redirect_url": "/account.php?after=3" });
    let sent = (
        StatusCode::OK,
        json!({ "expiry": 900, "sent_email": "sign_in" }),
    );
    assert_eq!(ask(&shop, body).await, sent);
    let mail = shop.mail(1).await.pop().unwrap();
    assert_eq!(mail.recipient, MARIA);
    assert!(mail.body.contains("15 minutes"));
    let start = format!("{}{FOLLOW}&t=", shop.origin);
    assert!(mail.link().starts_with(&start), "{}", mail.link());
    let path = mail.link().strip_prefix(&shop.origin).unwrap().to_owned();

    // A program that looks into mail spends nothing.
    for _ in 0..2 {
        let response = shop.get(&path).send().await.unwrap();
        assert_eq!(response.headers()["referrer-policy"], "same-origin");
        assert_eq!(response.headers()["cache-control"], "no-store");
        assert!(response.headers().get("set-cookie").is_none());
        let page = response.text().await.unwrap();
        assert!(page.contains("value=\"/account.php?after=3\""));
    }
    let (token, to) = (mail.parameter("t"), mail.parameter("redirect_to"));
    let fields = [("t", token.as_str()), ("redirect_to", &to)];
    let response = shop.submit(FOLLOW, &fields).await;
    assert_eq!(response.status(), StatusCode::SEE_OTHER);
    assert_eq!(response.headers()["location"], "/account.php?after=3");
    assert_eq!(shop.whose(&cookie_of(&response)).await, "María");

    let again = shop.submit(FOLLOW, &fields).await;
    assert_eq!(again.status(), StatusCode::UNPROCESSABLE_ENTITY);
    assert!(again.headers().get("set-cookie").is_none());
    let page = again.text().await.unwrap();
    assert!(page.contains("This link has been used already.") && page.contains("login_email"));
}

#[tokio::test]
async fn of_two_who_press_the_button_at_once_one_is_signed_in() {
    let shop = Shop::demo().await;
    ask(&shop, json!({ "email": MARIA })).await;
    let token = shop.mail(1).await[0].parameter("t");
    let fields = [("t", token.as_str())];
    let (one, two) = tokio::join!(shop.submit(FOLLOW, &fields), shop.submit(FOLLOW, &fields));
    let mut statuses = [one.status().as_u16(), two.status().as_u16()];
    statuses.sort_unstable();
    assert_eq!(statuses, [303, 422]);
}

#[tokio::test]
async fn the_answer_does_not_tell_who_has_an_account() {
    let shop = Shop::demo().await;
    let answer = async |email: &str| {
        let request = shop.post(ASK).json(&json!({ "email": email }));
        seen(request.send().await.unwrap()).await
    };
    let unknown = answer("nobody@example.com").await;
    for email in [MARIA, "reset@example.com"] {
        assert_eq!(answer(email).await, unknown, "{email}");
    }
    let mail = shop.mail(2).await;
    let to_maria = mail.iter().find(|mail| mail.recipient == MARIA).unwrap();
    assert!(to_maria.link().contains("action=passwordless&"));
    // Who must choose a new password gets the link for that.
    let to_robin = mail
        .iter()
        .find(|mail| mail.recipient == "reset@example.com");
    assert!(to_robin.unwrap().link().contains("action=change_password&"));
}

#[tokio::test]
async fn a_customer_who_must_choose_a_new_password_is_not_let_in_by_an_older_link() {
    let shop = Shop::demo().await;
    ask(&shop, json!({ "email": MARIA })).await;
    let token = shop.mail(1).await[0].parameter("t");
    shop.database()
        .execute("UPDATE customers SET force_password_reset = 1", [])
        .unwrap();
    let response = shop.submit(FOLLOW, &[("t", &token)]).await;
    assert_eq!(response.status(), StatusCode::UNPROCESSABLE_ENTITY);
    assert!(response.headers().get("set-cookie").is_none());
    let page = response.text().await.unwrap();
    assert!(page.contains("choose a new password first"));
}

#[tokio::test]
async fn a_link_ends_after_a_quarter_of_an_hour() {
    let shop = Shop::demo().await;
    ask(&shop, json!({ "email": MARIA })).await;
    let token = shop.mail(1).await[0].parameter("t");
    let sql = "UPDATE one_time_tokens SET expires_at = expires_at - 901";
    shop.database().execute(sql, []).unwrap();
    for (token, words) in [
        (token.as_str(), "This link has expired."),
        ("made up", "This link is not valid."),
        ("", "This link is not valid."),
    ] {
        let response = shop.submit(FOLLOW, &[("t", token)]).await;
        assert_eq!(response.status(), StatusCode::UNPROCESSABLE_ENTITY);
        assert!(response.text().await.unwrap().contains(words), "{token}");
    }
}

#[tokio::test]
async fn the_link_leads_on_within_the_store_only() {
    let shop = Shop::demo().await;
    for wanted in [
        "https://evil.example",
        "//evil.example",
        "/\\evil.example",
        "",
    ] {
        ask(&shop, json!({ "email": MARIA, "redirect_url": wanted })).await;
        let sql = "DELETE FROM one_time_tokens";
        let mail = shop.mail(1).await.pop().unwrap();
        assert_eq!(mail.parameter("redirect_to"), "/account.php", "{wanted}");
        // Whoever writes the form by hand fares no better.
        let token = mail.parameter("t");
        let fields = [("t", token.as_str()), ("redirect_to", wanted)];
        let response = shop.submit(FOLLOW, &fields).await;
        assert_eq!(response.headers()["location"], "/account.php", "{wanted}");
        shop.database().execute(sql, []).unwrap();
        shop.database().execute("DELETE FROM outbox", []).unwrap();
    }
}

#[tokio::test]
async fn what_is_no_request_is_refused_in_json() {
    let shop = Shop::demo().await;
    let (status, problem) = ask(&shop, json!({ "email": "maria" })).await;
    assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(problem["title"].as_str().unwrap().contains("email address"));
    let form = shop.submit(ASK, &[("email", MARIA)]).await;
    assert_eq!(form.status(), StatusCode::OK, "a form will do");
    let text = shop
        .post(ASK)
        .header("content-type", "text/plain")
        .body("{}");
    let status = text.send().await.unwrap().status();
    assert_eq!(status, StatusCode::UNSUPPORTED_MEDIA_TYPE);
    let foreign = shop.post(ASK).header("origin", "https://evil.example");
    let foreign = foreign
        .json(&json!({ "email": MARIA }))
        .send()
        .await
        .unwrap();
    assert_eq!(foreign.status(), StatusCode::FORBIDDEN);
    shop.mail(1).await;

    let off = Shop::demo_with(json!({ "sign_in": { "passwordless": false } })).await;
    assert_eq!(
        ask(&off, json!({ "email": MARIA })).await.0,
        StatusCode::NOT_FOUND
    );
    let page = off.page("/login.php").await;
    assert!(!page.contains("passwordless="));
    assert!(
        shop.page("/login.php")
            .await
            .contains(" passwordless=\"offer\"")
    );
    off.sign_in(MARIA, DEMO_PASSWORD).await;
}
