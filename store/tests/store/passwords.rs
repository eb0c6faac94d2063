//! Changing a password, and choosing a new one by a mailed link.

use crate::support::{DEMO_PASSWORD, Mail, PASSWORD, Shop, applicant, seen};
use reqwest::StatusCode;
use serde_json::{Value, json};

const MARIA: &str = "maria@example.com";
const JUN: &str = "jun@example.com";

const CHANGE: &str = "
    mutation Change($current: String!, $new: String!) { customer {
        changePassword(input: { currentPassword: $current, newPassword: $new }) {
            errors { __typename ... on Error { message } ... on ValidationError { path } }
        }
    } }";

const REQUEST: &str = "
    mutation Request($email: String!, $path: String, $captcha: ReCaptchaV2Input) { customer {
        requestResetPassword(reCaptchaV2: $captcha, input: { email: $email, path: $path }) {
            errors { __typename ... on Error { message } ... on ValidationError { path } }
        }
    } }";

const RESET: &str = "
    mutation Reset($id: Int!, $token: String!, $new: String!) { customer {
        resetPassword(input: { customerEntityId: $id, token: $token, newPassword: $new }) {
            errors { __typename ... on Error { message } ... on ValidationError { path } }
        }
    } }";

fn errors(answer: &Value, mutation: &str) -> Value {
    let errors = &answer["data"]["customer"][mutation]["errors"];
    assert!(errors.is_array(), "{answer}");
    errors.clone()
}

async fn change(shop: &Shop, cookie: &str, current: &str, new: &str) -> Value {
    let variables = json!({ "current": current, "new": new });
    errors(
        &shop.ask_as(cookie, CHANGE, variables).await,
        "changePassword",
    )
}

async fn request(shop: &Shop, email: &str, path: Value) -> Value {
    let variables = json!({ "email": email, "path": path });
    errors(&shop.ask(REQUEST, variables).await, "requestResetPassword")
}

async fn reset(shop: &Shop, id: &str, token: &str, new: &str) -> Value {
    let id: i32 = id.parse().unwrap();
    let variables = json!({ "id": id, "token": token, "new": new });
    errors(&shop.ask(RESET, variables).await, "resetPassword")
}

/// Asks for a link and returns the newest mail, of which there are now `count`.
async fn mailed(shop: &Shop, email: &str, count: usize) -> Mail {
    assert_eq!(request(shop, email, Value::Null).await, json!([]));
    shop.mail(count).await.pop().unwrap()
}

async fn follow(shop: &Shop, mail: &Mail, new: &str) -> Value {
    reset(shop, &mail.parameter("c"), &mail.parameter("t"), new).await
}

fn message(errors: &Value) -> &str {
    assert_eq!(errors.as_array().unwrap().len(), 1, "{errors}");
    errors[0]["message"].as_str().unwrap()
}

#[tokio::test]
async fn a_changed_password_is_the_one_that_counts_and_every_other_session_is_over() {
    let shop = Shop::demo().await;
    mailed(&shop, MARIA, 1).await;
    let old = shop.sign_in(MARIA, DEMO_PASSWORD).await;
    let variables = json!({ "current": DEMO_PASSWORD, "new": PASSWORD });
    let request = shop.query(CHANGE, variables).header("cookie", &old);
    let response = request.send().await.unwrap();
    let new = crate::support::cookie_of(&response);
    let answer: Value = response.json().await.unwrap();
    assert_eq!(errors(&answer, "changePassword"), json!([]));

    assert_ne!(old, new);
    assert_eq!(shop.whose(&old).await, Value::Null);
    assert_eq!(shop.whose(&new).await, "María");
    assert_eq!(shop.count("sessions"), 1);
    assert_eq!(shop.login(MARIA, DEMO_PASSWORD).await["data"], Value::Null);
    let link = &shop.mail(1).await[0];
    let used = follow(&shop, link, "Another-teapot-9").await;
    assert!(
        message(&used).starts_with("This link has been used already."),
        "{used}"
    );
    assert_eq!(shop.login(MARIA, PASSWORD).await["errors"], Value::Null);
}

#[tokio::test]
async fn a_refused_change_says_what_is_wrong_and_changes_nothing() {
    let shop = Shop::demo().await;
    let guest = change(&shop, "", DEMO_PASSWORD, PASSWORD).await;
    assert_eq!(guest[0]["__typename"], "CustomerNotLoggedInError");
    let cookie = shop.sign_in(MARIA, DEMO_PASSWORD).await;

    let weak = change(&shop, &cookie, DEMO_PASSWORD, "teapot").await;
    assert_eq!(weak[0]["__typename"], "ValidationError");
    assert_eq!(weak[0]["path"], json!(["input", "newPassword"]));
    assert_eq!(message(&weak), "“Password” needs at least 8 characters.");
    let empty = change(&shop, &cookie, "", PASSWORD).await;
    assert_eq!(empty[0]["path"], json!(["input", "currentPassword"]));

    let wrong = change(&shop, &cookie, "wrong", PASSWORD).await;
    assert_eq!(wrong[0]["__typename"], "CustomerPasswordError");
    assert!(message(&wrong).starts_with("The current password is not right."));
    assert_eq!(shop.whose(&cookie).await, "María", "still signed in");
    assert_eq!(
        shop.login(MARIA, DEMO_PASSWORD).await["errors"],
        Value::Null
    );
}

#[tokio::test]
async fn wrong_current_passwords_count_as_failed_sign_ins() {
    let shop = Shop::demo().await;
    let cookie = shop.sign_in(MARIA, DEMO_PASSWORD).await;
    for _ in 0..5 {
        change(&shop, &cookie, "wrong", PASSWORD).await;
    }
    let locked = change(&shop, &cookie, DEMO_PASSWORD, PASSWORD).await;
    assert_eq!(locked[0]["__typename"], "CustomerPasswordError");
    assert!(message(&locked).starts_with("Too many failed sign-ins. Try again in "));
    let answer = shop.login(MARIA, DEMO_PASSWORD).await;
    let code = &answer["errors"][0]["extensions"]["code"];
    assert_eq!(code, "THROTTLED_LOGIN");
    assert_eq!(shop.whose(&cookie).await, "María");
}

#[tokio::test]
async fn a_change_clears_the_duty_to_choose_a_new_password() {
    let shop = Shop::demo().await;
    let cookie = shop.sign_in(JUN, DEMO_PASSWORD).await;
    shop.database()
        .execute("UPDATE customers SET force_password_reset = 1", [])
        .unwrap();
    assert_eq!(
        change(&shop, &cookie, DEMO_PASSWORD, PASSWORD).await,
        json!([])
    );
    assert_eq!(shop.login(JUN, PASSWORD).await["errors"], Value::Null);
}

#[tokio::test]
async fn asking_for_a_link_is_answered_alike_with_and_without_an_account() {
    let shop = Shop::demo().await;
    let ask = async |email: &str| {
        let variables = json!({ "email": email, "path": null });
        seen(shop.query(REQUEST, variables).send().await.unwrap()).await
    };
    let (unknown, known) = (ask("nobody@example.com").await, ask(MARIA).await);
    assert_eq!(known, unknown);
    let answer: Value = serde_json::from_str(&known.2).unwrap();
    assert_eq!(errors(&answer, "requestResetPassword"), json!([]));
    let mail = shop.mail(1).await;
    assert_eq!(mail[0].recipient, MARIA);
}

#[tokio::test]
async fn a_request_that_is_none_is_told_where() {
    let shop = Shop::demo().await;
    for (email, path, place) in [
        ("maria", json!(null), "email"),
        (MARIA, json!("https://evil.example/"), "path"),
        (MARIA, json!("//evil.example"), "path"),
        (MARIA, json!("/\\evil.example"), "path"),
        (MARIA, json!("/a b"), "path"),
        (MARIA, json!("/é"), "path"),
        (MARIA, json!("/page#part"), "path"),
        (MARIA, json!("javascript:alert(1)"), "path"),
        (MARIA, json!(""), "path"),
        (MARIA, json!(format!("/{}", "a".repeat(200))), "path"),
    ] {
        let refused = request(&shop, email, path.clone()).await;
        assert_eq!(refused[0]["__typename"], "ValidationError", "{path}");
        assert_eq!(refused[0]["path"], json!(["input", place]), "{path}");
    }
    // This one is asked for, and is the only one that comes.
    assert_eq!(request(&shop, JUN, json!("/forgot")).await, json!([]));
    shop.mail(1).await;
}

#[tokio::test]
async fn the_link_leads_to_this_store_whatever_the_request_names_as_its_host() {
    let shop = Shop::demo().await;
    let cases = [
        (json!(null), "/login.php?action=change_password&c=1&t="),
        (json!("/account/new"), "/account/new?c=1&t="),
        (json!("/page?a=1"), "/page?a=1&c=1&t="),
    ];
    for (count, (path, start)) in (1..).zip(cases) {
        let variables = json!({ "email": "MARIA@example.com", "path": path });
        let request = shop.query(REQUEST, variables);
        let request = request.header("host", "evil.example");
        assert_eq!(request.send().await.unwrap().status(), StatusCode::OK);
        let mail = shop.mail(count).await.pop().unwrap();
        let expected = format!("{}{start}", shop.origin);
        assert!(mail.link().starts_with(&expected), "{}", mail.link());
        assert_eq!(mail.recipient, MARIA, "as it is kept");
        assert_eq!(mail.parameter("t").len(), 64);
        assert!(mail.body.contains("60 minutes"));
    }
    let hashes: i64 = shop
        .database()
        .query_row(
            "SELECT count(*) FROM one_time_tokens WHERE length(token_hash) = 32",
            [],
            |row| row.get(0),
        )
        .unwrap();
    assert_eq!(hashes, 3, "tokens are kept as hashes");
}

#[tokio::test]
async fn what_a_stranger_wrote_is_in_no_mail() {
    let shop = Shop::demo().await;
    let mut input = applicant("victim@example.com");
    input["firstName"] = json!("WIN 100 EUR evil.example/x");
    input["lastName"] = json!("Call +49 30 123456");
    shop.register(input).await;
    request(&shop, "victim@example.com", json!(null)).await;
    shop.post("/login.php?action=passwordless_login")
        .header("origin", &shop.origin)
        .header("sec-fetch-site", "same-origin")
        .json(&json!({ "email": "victim@example.com" }))
        .send()
        .await
        .unwrap();
    for mail in shop.mail(2).await {
        for words in ["WIN", "evil", "+49"] {
            assert!(!mail.body.contains(words), "{}", mail.body);
        }
    }
}

#[tokio::test]
async fn no_customer_is_sent_more_than_three_links_an_hour() {
    let shop = Shop::demo().await;
    for count in 1..=3 {
        mailed(&shop, MARIA, count).await;
    }
    for _ in 0..3 {
        assert_eq!(request(&shop, MARIA, Value::Null).await, json!([]));
    }
    let mail = mailed(&shop, JUN, 4).await;
    assert_eq!(mail.recipient, JUN);
    let sql = "UPDATE one_time_tokens SET created_at = created_at - 3601";
    shop.database().execute(sql, []).unwrap();
    mailed(&shop, MARIA, 5).await;
}

#[tokio::test]
async fn with_the_captcha_on_asking_for_a_link_needs_a_token() {
    let shop = Shop::demo_with(json!({ "recaptcha": { "enabled": true } })).await;
    let refused = request(&shop, MARIA, Value::Null).await;
    assert_eq!(refused[0]["path"], json!(["reCaptchaV2"]));
    assert!(message(&refused).contains("robot"));
    let issued = shop.post("/_captcha/token").json(&json!({}));
    let issued: Value = issued.send().await.unwrap().json().await.unwrap();
    let captcha = json!({ "token": issued["token"] });
    let variables = json!({ "email": MARIA, "captcha": captcha });
    let answer = shop.ask(REQUEST, variables).await;
    assert_eq!(errors(&answer, "requestResetPassword"), json!([]));
    shop.mail(1).await;
}

#[tokio::test]
async fn a_mailed_link_sets_a_new_password_and_ends_all_that_the_old_one_opened() {
    let shop = Shop::demo().await;
    let cookie = shop.sign_in(MARIA, DEMO_PASSWORD).await;
    for _ in 0..5 {
        shop.login(MARIA, "wrong").await;
    }
    let mail = mailed(&shop, MARIA, 1).await;
    assert_eq!(follow(&shop, &mail, PASSWORD).await, json!([]));
    assert_eq!(shop.whose(&cookie).await, Value::Null);
    assert_eq!(shop.count("sign_in_failures"), 0);
    assert_eq!(shop.login(MARIA, PASSWORD).await["errors"], Value::Null);
    assert_eq!(shop.login(MARIA, DEMO_PASSWORD).await["data"], Value::Null);
    let again = follow(&shop, &mail, "Another-teapot-9").await;
    assert_eq!(again[0]["__typename"], "CustomerPasswordError");
    assert!(message(&again).starts_with("This link has been used already."));
    assert_eq!(shop.login(MARIA, PASSWORD).await["errors"], Value::Null);
}

#[tokio::test]
async fn a_customer_who_must_choose_a_new_password_signs_in_with_it() {
    let shop = Shop::demo().await;
    let email = "reset@example.com";
    let refused = shop.login(email, DEMO_PASSWORD).await;
    let code = &refused["errors"][0]["extensions"]["code"];
    assert_eq!(code, "RESET_PASSWORD_REQUIRED");
    let mail = mailed(&shop, email, 1).await;
    assert_eq!(follow(&shop, &mail, PASSWORD).await, json!([]));
    let cookie = shop.sign_in(email, PASSWORD).await;
    assert_eq!(shop.whose(&cookie).await, "Robin");
}

#[tokio::test]
async fn a_link_that_does_not_count_says_why_and_what_to_do() {
    let shop = Shop::demo().await;
    let first = mailed(&shop, MARIA, 1).await;
    let second = mailed(&shop, MARIA, 2).await;
    let (id, token) = (second.parameter("c"), second.parameter("t"));
    for (id, token, start) in [
        (id.as_str(), "", "This link is not valid."),
        (&id, "0123456789abcdef", "This link is not valid."),
        ("2", &token, "This link is not valid."),
        ("999", &token, "This link is not valid."),
        (
            &id,
            &first.parameter("t"),
            "This link has been used already.",
        ),
    ] {
        let refused = reset(&shop, id, token, PASSWORD).await;
        assert_eq!(refused[0]["__typename"], "CustomerPasswordError");
        assert!(message(&refused).starts_with(start), "{refused}");
        assert!(message(&refused).contains("ask for a new one"), "{refused}");
    }
    let weak = reset(&shop, &id, &token, "teapot").await;
    assert_eq!(weak[0]["path"], json!(["input", "newPassword"]));
    assert_eq!(message(&weak), "“Password” needs at least 8 characters.");
    let expire = |by: i64| {
        let sql = "UPDATE one_time_tokens SET expires_at = expires_at + ?1";
        shop.database().execute(sql, [by]).unwrap();
    };
    expire(-3601);
    let expired = reset(&shop, &id, &token, PASSWORD).await;
    assert!(
        message(&expired).starts_with("This link has expired. "),
        "{expired}"
    );
    expire(3601);
    assert_eq!(
        reset(&shop, &id, &token, PASSWORD).await,
        json!([]),
        "nothing spent it"
    );
}

#[tokio::test]
async fn a_links_life_is_the_stores_to_set() {
    let shop = Shop::demo_with(json!({ "passwords": { "reset_seconds": 60 } })).await;
    let mail = mailed(&shop, MARIA, 1).await;
    assert!(mail.body.contains("within a minute"));
    let left: i64 = shop
        .database()
        .query_row(
            "SELECT expires_at - created_at FROM one_time_tokens",
            [],
            |row| row.get(0),
        )
        .unwrap();
    assert_eq!(left, 60);
}

#[tokio::test]
async fn of_two_who_use_one_link_at_once_one_wins() {
    let shop = Shop::demo_with(json!({ "sign_in": { "lockout_after": 0 } })).await;
    for round in 0..5 {
        let email = format!("race{round}@example.com");
        assert_eq!(shop.register(applicant(&email)).await["errors"], json!([]));
        let mail = mailed(&shop, &email, round + 1).await;
        let passwords = ["First-teapot-9", "Second-teapot-9"];
        let (one, two) = tokio::join!(
            follow(&shop, &mail, passwords[0]),
            follow(&shop, &mail, passwords[1])
        );
        let won: Vec<bool> = [&one, &two].map(|errors| *errors == json!([])).into();
        assert_eq!(won.iter().filter(|won| **won).count(), 1, "{one} {two}");
        let lost = if won[0] { &two } else { &one };
        assert!(message(lost).starts_with("This link has been used already."));
        for (password, won) in passwords.iter().zip(won) {
            let answer = shop.login(&email, password).await;
            assert_eq!(answer["errors"].is_null(), won, "{password}");
        }
    }
}

#[tokio::test]
async fn a_token_to_sign_in_with_resets_no_password_and_the_other_way_round() {
    let shop = Shop::demo().await;
    let asked = shop.post("/login.php?action=passwordless_login");
    let asked = asked.json(&json!({ "email": MARIA }));
    assert_eq!(asked.send().await.unwrap().status(), StatusCode::OK);
    let sign_in = shop.mail(1).await.pop().unwrap();
    let refused = reset(&shop, "1", &sign_in.parameter("t"), PASSWORD).await;
    assert!(message(&refused).starts_with("This link is not valid."));

    let mail = mailed(&shop, MARIA, 2).await;
    let token = mail.parameter("t");
    let response = shop
        .submit("/login.php?action=passwordless", &[("t", &token)])
        .await;
    assert_eq!(response.status(), StatusCode::UNPROCESSABLE_ENTITY);
    assert!(response.headers().get("set-cookie").is_none());
    assert_eq!(follow(&shop, &mail, PASSWORD).await, json!([]));
    let token = sign_in.parameter("t");
    let response = shop
        .submit("/login.php?action=passwordless", &[("t", &token)])
        .await;
    let page = response.text().await.unwrap();
    assert!(page.contains("used already"), "a reset spends every link");
}
