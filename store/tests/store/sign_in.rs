//! Signing in: field_errors, the lock-out, old hashes, sessions, and how often one may try.

use crate::support::{DEMO_PASSWORD, LOGIN, Shop, applicant, seen};
use reqwest::{RequestBuilder, StatusCode};
use serde_json::{Value, json};

const MARIA: &str = "maria@example.com";
const NOBODY: &str = "nobody@example.com";

/// The code of the first error.
fn code(answer: &Value) -> &str {
    let code = &answer["errors"][0]["extensions"]["code"];
    code.as_str().unwrap_or("none")
}

fn force_reset(shop: &Shop, email: &str) {
    let sql = "UPDATE customers SET force_password_reset = 1 WHERE email = ?1";
    assert_eq!(shop.database().execute(sql, [email]).unwrap(), 1);
}

#[tokio::test]
async fn known_and_unknown_addresses_are_refused_alike_to_the_last_header() {
    let shop = Shop::demo().await;
    let refused = async |email: &str| {
        let variables = json!({ "email": email, "password": "wrong" });
        seen(shop.query(LOGIN, variables).send().await.unwrap()).await
    };
    let (known, unknown) = (refused(MARIA).await, refused(NOBODY).await);
    assert_eq!(known, unknown);
    let answer: Value = serde_json::from_str(&known.2).unwrap();
    assert_eq!(answer["errors"][0]["message"], "Invalid credentials");
    assert_eq!(code(&answer), "INVALID_CREDENTIALS");
}

#[tokio::test]
async fn who_must_choose_a_new_password_is_told_so_only_with_the_right_one() {
    let shop = Shop::demo().await;
    let cookie = shop.sign_in("jun@example.com", DEMO_PASSWORD).await;
    force_reset(&shop, "jun@example.com");
    let wrong = shop.login("jun@example.com", "wrong").await;
    assert_eq!(code(&wrong), "INVALID_CREDENTIALS");
    assert_eq!(shop.whose(&cookie).await, "Jun");

    let variables = json!({ "email": "jun@example.com", "password": DEMO_PASSWORD });
    let right = shop.query(LOGIN, variables).send().await.unwrap();
    assert!(right.headers().get("set-cookie").is_none());
    let right: Value = right.json().await.unwrap();
    assert_eq!(code(&right), "RESET_PASSWORD_REQUIRED");
    let message = right["errors"][0]["message"].as_str().unwrap();
    assert!(message.starts_with("Reset password"), "{message}");
    assert_eq!(shop.whose(&cookie).await, Value::Null);
}

#[tokio::test]
async fn after_five_failures_an_address_is_locked_out_with_or_without_an_account() {
    let shop = Shop::demo().await;
    let mut told = Vec::new();
    for email in [MARIA, NOBODY] {
        for _ in 0..4 {
            assert_eq!(
                code(&shop.login(email, "wrong").await),
                "INVALID_CREDENTIALS"
            );
        }
        let fifth = shop.login(&email.to_uppercase(), "wrong").await;
        assert_eq!(code(&fifth), "INVALID_CREDENTIALS");
        // The right password is no way in either.
        let sixth = shop.login(email, DEMO_PASSWORD).await;
        assert_eq!(code(&sixth), "THROTTLED_LOGIN", "{email}: {sixth}");
        let seconds = &sixth["errors"][0]["extensions"]["retryAfterSeconds"];
        let seconds = seconds.as_i64().unwrap();
        assert!((880..=900).contains(&seconds));
        let message = format!("Too many failed sign-ins. Try again in {seconds} seconds.");
        assert_eq!(sixth["errors"][0]["message"], message);
        told.push(sixth["errors"][0]["message"].as_str().unwrap().len());
    }
    assert_eq!(told[0], told[1]);
    let other = shop.login("jun@example.com", DEMO_PASSWORD).await;
    assert_eq!(other["errors"], Value::Null, "others are not locked out");

    let kept: Vec<u8> = shop
        .database()
        .query_row("SELECT email_hash FROM sign_in_failures", [], |row| {
            row.get(0)
        })
        .unwrap();
    assert_eq!(kept.len(), 32, "no address is kept");

    let shop = shop.reopened().await;
    for email in [MARIA, NOBODY] {
        let answer = shop.login(email, DEMO_PASSWORD).await;
        assert_eq!(code(&answer), "THROTTLED_LOGIN", "after a restart");
    }
    shop.database()
        .execute("UPDATE sign_in_failures SET forgotten_at = 1", [])
        .unwrap();
    assert_eq!(
        shop.login(MARIA, DEMO_PASSWORD).await["errors"],
        Value::Null
    );
    assert_eq!(shop.count("sign_in_failures"), 0, "old rows are swept");
}

#[tokio::test]
async fn a_right_sign_in_forgets_the_failures_before_it() {
    let shop = Shop::demo().await;
    for _ in 0..3 {
        for _ in 0..4 {
            shop.login(MARIA, "wrong").await;
        }
        assert_eq!(
            shop.login(MARIA, DEMO_PASSWORD).await["errors"],
            Value::Null
        );
    }
}

#[tokio::test]
async fn failures_long_ago_are_forgotten() {
    let settings = json!({ "sign_in": { "failures_forgotten_after_seconds": 0 } });
    let shop = Shop::demo_with(settings).await;
    for _ in 0..7 {
        assert_eq!(
            code(&shop.login(MARIA, "wrong").await),
            "INVALID_CREDENTIALS"
        );
    }
}

#[tokio::test]
async fn of_many_guesses_at_once_five_are_let_through() {
    let shop = Shop::demo().await;
    let guesses = (0..20).map(|n| {
        let variables = json!({ "email": MARIA, "password": format!("guess {n}") });
        tokio::spawn(shop.query(LOGIN, variables).send())
    });
    let mut let_through = 0;
    for guess in guesses.collect::<Vec<_>>() {
        let answer: Value = guess.await.unwrap().unwrap().json().await.unwrap();
        let_through += usize::from(code(&answer) == "INVALID_CREDENTIALS");
    }
    assert_eq!(let_through, 5);
}

#[tokio::test]
async fn the_settings_say_how_long_a_lock_out_lasts() {
    const SETTING: &str =
        "{ site { settings { reCaptcha { failedLoginLockoutDurationSeconds } } } }";
    let seconds = async |settings: Value| {
        let shop = Shop::demo_with(settings).await;
        let answer = shop.ask(SETTING, json!({})).await;
        let captcha = &answer["data"]["site"]["settings"]["reCaptcha"];
        (captcha["failedLoginLockoutDurationSeconds"].clone(), shop)
    };
    assert_eq!(seconds(json!({})).await.0, 900);
    let short = json!({ "sign_in": { "lockout_after": 2, "lockout_seconds": 30 } });
    let (said, shop) = seconds(short).await;
    assert_eq!(said, 30);
    for _ in 0..2 {
        shop.login(MARIA, "wrong").await;
    }
    let locked = shop.login(MARIA, "wrong").await;
    let left = locked["errors"][0]["extensions"]["retryAfterSeconds"].as_i64();
    assert!((25..=30).contains(&left.unwrap()), "{locked}");

    let (said, shop) = seconds(json!({ "sign_in": { "lockout_after": 0 } })).await;
    assert_eq!(said, Value::Null);
    for _ in 0..7 {
        assert_eq!(
            code(&shop.login(MARIA, "wrong").await),
            "INVALID_CREDENTIALS"
        );
    }
}

#[tokio::test]
async fn a_hash_of_older_parameters_is_made_anew_when_its_password_is_used() {
    use argon2::password_hash::PasswordHasher;
    use argon2::{Algorithm, Argon2, Params, Version};
    let shop = Shop::demo().await;
    let params = || Params::new(8 * 1024, 1, 1, None).unwrap();
    let kept = || -> String {
        let sql = "SELECT password_hash FROM customers WHERE email = 'maria@example.com'";
        shop.database()
            .query_row(sql, [], |row| row.get(0))
            .unwrap()
    };
    let today = kept();
    assert!(
        today.starts_with("$argon2id$v=19$m=19456,t=2,p=1$"),
        "{today}"
    );
    shop.sign_in(MARIA, DEMO_PASSWORD).await;
    assert_eq!(kept(), today, "a hash of today's is left alone");

    for (algorithm, version) in [
        (Algorithm::Argon2id, Version::V0x13),
        (Algorithm::Argon2i, Version::V0x13),
        (Algorithm::Argon2id, Version::V0x10),
    ] {
        let older = Argon2::new(algorithm, version, params());
        let older = older.hash_password(DEMO_PASSWORD.as_bytes()).unwrap();
        let sql = "UPDATE customers SET password_hash = ?1 WHERE email = 'maria@example.com'";
        shop.database().execute(sql, [older.to_string()]).unwrap();
        shop.login(MARIA, "wrong").await;
        assert_eq!(
            kept(),
            older.to_string(),
            "a wrong password changes nothing"
        );
        for _ in 0..2 {
            let answer = shop.login(MARIA, DEMO_PASSWORD).await;
            assert_eq!(answer["errors"], Value::Null, "{algorithm:?} {version:?}");
            assert!(kept().starts_with("$argon2id$v=19$m=19456,t=2,p=1$"));
        }
    }
}

#[tokio::test]
async fn a_session_lasts_as_long_as_the_store_says() {
    let shop = Shop::demo_with(json!({ "sessions": { "lifetime_seconds": 120 } })).await;
    let variables = json!({ "email": MARIA, "password": DEMO_PASSWORD });
    let response = shop.query(LOGIN, variables).send().await.unwrap();
    let cookie = response.headers()["set-cookie"].to_str().unwrap();
    assert!(cookie.contains("; Max-Age=120"), "{cookie}");
    let left: i64 = shop
        .database()
        .query_row("SELECT expires_at - unixepoch() FROM sessions", [], |row| {
            row.get(0)
        })
        .unwrap();
    assert!((115..=120).contains(&left), "{left}");
    let plain = Shop::demo().await;
    let variables = json!({ "email": MARIA, "password": DEMO_PASSWORD });
    let response = plain.query(LOGIN, variables).send().await.unwrap();
    let cookie = response.headers()["set-cookie"].to_str().unwrap();
    assert!(cookie.contains("; Max-Age=1209600"), "two weeks by default");
}

#[tokio::test]
async fn an_address_of_the_network_may_try_so_often_a_minute() {
    let limited = || Shop::demo_with(json!({ "throttle": { "attempts_per_minute": 2 } }));
    let mutations = [
        "mutation { login(email: \"a@example.com\", password: \"x\") { result } }",
        "mutation { ...M } fragment M on Mutation { customer { r: requestResetPassword(input: { email: \"a@example.com\" }) { errors { __typename } } } }",
        "mutation { customer { resetPassword(input: { customerEntityId: 1, token: \"x\", newPassword: \"x\" }) { errors { __typename } } } }",
        "mutation { customer { changePassword(input: { currentPassword: \"x\", newPassword: \"x\" }) { errors { __typename } } } }",
        "mutation { customer { registerCustomer(input: { firstName: \"a\", lastName: \"a\", email: \"a\", password: \"a\" }) { errors { __typename } } } }",
    ];
    for mutation in mutations {
        let shop = limited().await;
        for _ in 0..2 {
            let response = shop.query(mutation, json!({})).send().await.unwrap();
            assert_eq!(response.status(), StatusCode::OK, "{mutation}");
        }
        // Whatever a client says of where it comes from.
        let third = shop.query(mutation, json!({}));
        let third = third.header("x-forwarded-for", "192.0.2.1");
        let third = third.send().await.unwrap();
        assert_eq!(third.status(), StatusCode::TOO_MANY_REQUESTS, "{mutation}");
        let seconds: u64 = third.headers()["retry-after"]
            .to_str()
            .unwrap()
            .parse()
            .unwrap();
        assert!((1..=30).contains(&seconds), "{seconds}");
        let answer: Value = third.json().await.unwrap();
        let message = format!("Too many attempts. Try again in {seconds} seconds.");
        assert_eq!(answer, json!({ "errors": [{ "message": message }] }));
        let query = shop.ask("{ site { settings { storeName } } }", json!({}));
        assert!(
            query.await["data"]["site"].is_object(),
            "asking costs nothing"
        );
    }
}

#[tokio::test]
async fn all_ways_in_are_counted_together() {
    let shop = Shop::demo_with(json!({ "throttle": { "attempts_per_minute": 1 } })).await;
    shop.register(applicant("ada@example.com")).await;
    let refused = async |request: RequestBuilder| {
        let response = request.send().await.unwrap();
        assert_eq!(response.status(), StatusCode::TOO_MANY_REQUESTS);
        let seconds = response.headers()["retry-after"].to_str().unwrap();
        assert!((1..=60).contains(&seconds.parse::<u64>().unwrap()));
        response.text().await.unwrap()
    };
    let problem = refused(shop.post("/api/storefront/customers").json(&json!({}))).await;
    let problem: Value = serde_json::from_str(&problem).unwrap();
    assert_eq!(problem["status"], 429);
    let passwordless = shop.post("/login.php?action=passwordless_login");
    refused(passwordless.json(&json!({ "email": "a@example.com" }))).await;
    for action in [
        "check_login",
        "save_new_account",
        "send_password_email",
        "save_new_password",
        "passwordless",
    ] {
        let form = shop.post(&format!("/login.php?action={action}"));
        let form = form.header("content-type", "application/x-www-form-urlencoded");
        let text = refused(form.body("a=b")).await;
        assert!(
            text.starts_with("Too many attempts. Try again in"),
            "{action}: {text}"
        );
    }
    let out = shop.submit("/login.php?action=logout", &[]).await;
    assert_eq!(
        out.status(),
        StatusCode::SEE_OTHER,
        "signing out is always possible"
    );
    let unlimited = Shop::demo_with(json!({ "throttle": { "attempts_per_minute": 0 } })).await;
    for _ in 0..3 {
        unlimited.sign_in(MARIA, DEMO_PASSWORD).await;
    }
}
