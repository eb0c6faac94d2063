//! The demo theme, as a browser without JavaScript sees it.

use crate::support::{DEMO_PASSWORD, PASSWORD, Shop, borrowed, cookie_of, filled_form, seen};
use reqwest::{Method, StatusCode};
use serde_json::json;

const SAVE: &str = "/login.php?action=save_new_account";

fn set(form: &mut [(&'static str, String)], name: &str, value: &str) {
    let field = form.iter_mut().find(|(own, _)| *own == name).unwrap();
    value.clone_into(&mut field.1);
}

#[tokio::test]
async fn a_shopper_without_javascript_signs_up_and_is_signed_in() {
    let shop = Shop::demo().await;
    let mut form = filled_form("ada@example.com");
    form.push(("FormField[1][25]", "0".to_owned()));
    let response = shop.submit(SAVE, &borrowed(&form)).await;
    assert_eq!(response.status(), StatusCode::SEE_OTHER);
    assert_eq!(response.headers()["location"], "/account.php");
    let cookie = cookie_of(&response);
    let account = shop
        .get("/account.php")
        .header("cookie", &cookie)
        .send()
        .await
        .unwrap();
    assert_eq!(account.headers()["cache-control"], "no-store");
    let account = account.text().await.unwrap();
    for text in [
        "Hello, Ada",
        "ada@example.com",
        "1990-12-10",
        "العربية",
        "California",
        "95814",
    ] {
        assert!(account.contains(text), "{text}");
    }
    assert_eq!(shop.count("subscribers"), 1);

    let out = shop
        .post("/login.php?action=logout")
        .header("cookie", &cookie);
    let out = out
        .header("content-type", "application/x-www-form-urlencoded")
        .send()
        .await
        .unwrap();
    assert_eq!(out.status(), StatusCode::SEE_OTHER);
    let guest = shop
        .get("/account.php")
        .header("cookie", &cookie)
        .send()
        .await
        .unwrap();
    assert_eq!(
        guest.headers()["location"],
        "/login.php?redirect_to=/account.php"
    );
}

#[tokio::test]
async fn a_refused_form_comes_back_with_what_was_typed_and_what_is_wrong() {
    let shop = Shop::demo().await;
    for (name, value, id, message) in [
        ("FormField[2][4]", "", 4, "Fill in"),
        ("FormField[1][29]", "1990-02-31", 29, "must be a date"),
        ("FormField[1][31]", "9", 31, "no such option"),
        ("FormField[1][1]", "ada", 1, "must be an email address"),
        ("FormField[1][2]", "weak", 2, "at least 8 characters"),
        ("FormField[2][13]", "ABC", 13, "must look like"),
        ("FormField[2][12]", "Bavaria", 12, "full name"),
        ("FormField[2][11]", "XX", 11, "from the list"),
        ("FormField[1][26]", &"x".repeat(41), 26, "Shorten it to 40"),
    ] {
        let mut form = filled_form("ada@example.com");
        set(&mut form, name, value);
        let response = shop.submit(SAVE, &borrowed(&form)).await;
        assert_eq!(
            response.status(),
            StatusCode::UNPROCESSABLE_ENTITY,
            "{name}"
        );
        let page = response.text().await.unwrap();
        assert!(page.contains("There is a problem"));
        assert!(page.contains(&format!("href=\"#fallback-{id}\"")), "{name}");
        assert!(
            page.contains(&format!("id=\"fallback-{id}-error\"")),
            "{name}"
        );
        assert!(page.contains("aria-invalid=\"true\""));
        assert!(page.contains(message), "{name}: {message}");
        assert!(page.contains("value=\"1 Analytical Way\""));
        assert!(!page.contains(PASSWORD), "a password is never sent back");
        assert_eq!(page.matches("field__error").count(), 1, "{name}");
    }
    let mut form = filled_form("ada@example.com");
    form.retain(|(name, _)| *name != "FormField[1][31]");
    let page = shop
        .submit(SAVE, &borrowed(&form))
        .await
        .text()
        .await
        .unwrap();
    assert!(page.contains("Choose an option for"));
    assert!(page.contains(
        "id=\"fallback-30\" name=\"FormField[1][30]\" type=\"checkbox\" value=\"0\" checked"
    ));
    assert!(page.contains("<option value=\"US\" selected>"));
    assert_eq!(shop.count("customers"), 4);
}

#[tokio::test]
async fn an_email_in_use_is_said_at_its_field_with_a_way_to_sign_in() {
    let shop = Shop::demo().await;
    let form = filled_form("Maria@example.com");
    let response = shop.submit(SAVE, &borrowed(&form)).await;
    assert_eq!(response.status(), StatusCode::UNPROCESSABLE_ENTITY);
    let page = response.text().await.unwrap();
    assert!(page.contains("id=\"fallback-1-error\""));
    assert!(page.contains("<a href=\"/login.php\">Sign in</a></p>"));
}

#[tokio::test]
async fn the_plain_form_asks_to_confirm_the_password_where_the_store_does() {
    let shop = Shop::open(false, json!({})).await;
    let mut form = filled_form("ada@example.com");
    form.retain(|(name, _)| {
        name.starts_with("FormField[2]") || ["FormField[1][1]", "FormField[1][2]"].contains(name)
    });
    form.push(("FormField[1][3]", "Something-else-1".to_owned()));
    let page = shop
        .submit(SAVE, &borrowed(&form))
        .await
        .text()
        .await
        .unwrap();
    assert!(page.contains("Type the same password twice"));
    set(&mut form, "FormField[1][3]", PASSWORD);
    let response = shop.submit(SAVE, &borrowed(&form)).await;
    assert_eq!(response.status(), StatusCode::SEE_OTHER);
}

#[tokio::test]
async fn with_the_captcha_on_the_plain_form_says_what_to_do_instead() {
    let shop = Shop::demo_with(json!({ "recaptcha": { "enabled": true } })).await;
    let page = shop.page("/login.php?action=create_account").await;
    assert!(page.contains("or write to help@fernandkettle.example"));
    let form = filled_form("ada@example.com");
    let response = shop.submit(SAVE, &borrowed(&form)).await;
    assert_eq!(response.status(), StatusCode::UNPROCESSABLE_ENTITY);
    assert!(
        response
            .text()
            .await
            .unwrap()
            .contains("or write to help@fernandkettle.example")
    );
    assert_eq!(shop.count("customers"), 4);
}

#[tokio::test]
async fn forms_of_other_sites_are_refused() {
    let shop = Shop::demo().await;
    for path in [
        SAVE,
        "/login.php?action=check_login",
        "/login.php?action=logout",
        "/login.php?action=send_password_email",
        "/login.php?action=save_new_password",
        "/login.php?action=passwordless_login",
        "/login.php?action=passwordless",
        "/account.php?action=update_account",
        "/subscribe.php",
    ] {
        for (header, value) in [
            ("origin", "https://evil.example"),
            ("sec-fetch-site", "cross-site"),
        ] {
            let request = shop.post(path).header(header, value);
            let request = request.header("content-type", "application/x-www-form-urlencoded");
            let response = request.body("a=b").send().await.unwrap();
            assert_eq!(response.status(), StatusCode::FORBIDDEN, "{path}");
        }
    }
}

#[tokio::test]
async fn a_form_in_another_encoding_is_refused_before_a_name_is_maimed() {
    let shop = Shop::demo().await;
    let send = async |email: &str, name: &str| {
        let form = filled_form(email);
        let form: Vec<_> = borrowed(&form)
            .into_iter()
            .filter(|(field, _)| *field != "FormField[2][5]")
            .collect();
        let body = form_urlencoded::Serializer::new(String::new())
            .extend_pairs(form)
            .finish();
        let request = shop
            .post("/login.php?action=save_new_account")
            .header("content-type", "application/x-www-form-urlencoded")
            .header("origin", &shop.origin)
            .body(format!("{body}&FormField[2][5]={name}"));
        request.send().await.unwrap().status()
    };
    let latin1 = send("a@example.com", "M%FCller").await;
    assert_eq!(latin1, StatusCode::BAD_REQUEST);
    let utf8 = send("b@example.com", "M%C3%BCller").await;
    assert_eq!(utf8, StatusCode::SEE_OTHER);
    let typed = send("c@example.com", "M%EF%BF%BDller").await;
    assert_eq!(typed, StatusCode::SEE_OTHER);
}

#[tokio::test]
async fn signing_in_leads_on_within_the_store_only() {
    let shop = Shop::demo().await;
    for (wanted, location) in [
        ("/account.php?after=3", "/account.php?after=3"),
        ("https://evil.example", "/account.php"),
        ("//evil.example", "/account.php"),
        ("/\\evil.example", "/account.php"),
        ("/\t/evil.example", "/account.php"),
        ("", "/account.php"),
    ] {
        let response = shop
            .submit(
                "/login.php?action=check_login",
                &[
                    ("login_email", "jun@example.com"),
                    ("login_pass", "Correct-horse-7"),
                    ("redirect_to", wanted),
                ],
            )
            .await;
        assert_eq!(response.status(), StatusCode::SEE_OTHER);
        assert_eq!(response.headers()["location"], location, "{wanted}");
    }
}

#[tokio::test]
async fn a_refused_sign_in_comes_back_with_the_address_and_the_reason_at_its_field() {
    let shop = Shop::demo().await;
    let check = async |email: &str, password: &str| {
        let fields = [
            ("login_email", email),
            ("login_pass", password),
            ("redirect_to", "/account.php?after=3"),
        ];
        let response = shop.submit("/login.php?action=check_login", &fields).await;
        assert_eq!(response.status(), StatusCode::UNPROCESSABLE_ENTITY);
        assert!(response.headers().get("set-cookie").is_none());
        response.text().await.unwrap()
    };
    let wrong = check("jun@example.com", "wrong-password").await;
    assert!(wrong.contains(
        "value=\"jun@example.com\" aria-invalid=\"true\" aria-describedby=\"login_email-error\""
    ));
    assert!(wrong.contains("id=\"login_email-error\">No account has this email address"));
    assert!(wrong.contains("return-to=\"/account.php?after=3\""));
    assert!(wrong.contains("name=\"redirect_to\" value=\"/account.php?after=3\""));
    assert!(
        !wrong.contains("wrong-password"),
        "a password is never sent back"
    );

    let forced = check("reset@example.com", DEMO_PASSWORD).await;
    assert!(forced.contains("asks you to choose a new one first"));
    assert!(
        forced.contains("<form method=\"post\" action=\"/login.php?action=send_password_email\">")
    );
    assert!(forced.contains("type=\"hidden\" name=\"email\" value=\"reset@example.com\""));
    assert!(!wrong.contains("Send me a link"));

    for _ in 0..4 {
        check("jun@example.com", "wrong").await;
    }
    let locked = check("jun@example.com", DEMO_PASSWORD).await;
    assert!(locked.contains("Too many failed sign-ins. Try again in "));
    assert!(locked.contains("aria-invalid=\"true\""));
}

#[tokio::test]
async fn the_plain_forms_do_not_tell_who_has_an_account() {
    let shop = Shop::demo().await;
    let same = async |path: &str, field: &str, known: &str, unknown: &str| {
        let mut answers = Vec::new();
        for email in [known, unknown] {
            let fields = [(field, email), ("login_pass", "wrong")];
            let (status, headers, page) = seen(shop.submit(path, &fields).await).await;
            let headers: Vec<_> = headers
                .into_iter()
                // It holds a nonce.
                .filter(|(name, _)| name != "content-security-policy")
                .collect();
            answers.push((status, headers, without_token(&page).replace(email, "…")));
        }
        assert_eq!(answers[0], answers[1], "{path}");
    };
    let (known, unknown) = ("maria@example.com", "ariam@example.com");
    same(
        "/login.php?action=check_login",
        "login_email",
        known,
        unknown,
    )
    .await;
    same(
        "/login.php?action=send_password_email",
        "email",
        known,
        unknown,
    )
    .await;
    shop.mail(1).await;
}

/// A page without its storefront token and its nonce, which are new each time.
fn without_token(page: &str) -> String {
    let without = |page: String, attribute: &str| {
        let mut parts = page.split(attribute);
        let before = parts.next().unwrap().to_owned();
        parts.fold(before, |kept, part| kept + part.split_once('"').unwrap().1)
    };
    [" token=\"", " nonce=\""]
        .into_iter()
        .fold(page.to_owned(), without)
}

#[tokio::test]
async fn a_forgotten_password_is_replaced_without_javascript() {
    let shop = Shop::demo().await;
    let page = shop.page("/login.php").await;
    assert!(page.contains("href=\"/login.php?action=reset_password\""));
    let page = shop.page("/login.php?action=reset_password").await;
    assert!(page.contains("action=\"/login.php?action=send_password_email\""));
    let send = "/login.php?action=send_password_email";
    let refused = shop.submit(send, &[("email", "maria")]).await;
    assert_eq!(refused.status(), StatusCode::UNPROCESSABLE_ENTITY);
    let refused = refused.text().await.unwrap();
    assert!(refused.contains("value=\"maria\" aria-invalid=\"true\""));
    let sent = shop.submit(send, &[("email", "maria@example.com")]).await;
    assert_eq!(sent.status(), StatusCode::OK);
    assert!(
        sent.text()
            .await
            .unwrap()
            .contains("If there is an account for that address")
    );

    let mail = shop.mail(1).await.pop().unwrap();
    let path = mail.link().strip_prefix(&shop.origin).unwrap();
    let response = shop.get(path).send().await.unwrap();
    assert_eq!(response.headers()["referrer-policy"], "same-origin");
    let page = response.text().await.unwrap();
    assert!(page.contains("at least 8 characters, a lower-case letter"));
    let (customer, token) = (mail.parameter("c"), mail.parameter("t"));
    let save = async |password: &str, confirm: &str| {
        let fields = [
            ("c", customer.as_str()),
            ("t", &token),
            ("password", password),
            ("password_confirm", confirm),
        ];
        shop.submit("/login.php?action=save_new_password", &fields)
            .await
    };
    for (password, confirm, id) in [
        ("teapot", "teapot", "password"),
        (PASSWORD, "Another-teapot-9", "password_confirm"),
        (PASSWORD, "", "password_confirm"),
    ] {
        let refused = save(password, confirm).await;
        assert_eq!(refused.status(), StatusCode::UNPROCESSABLE_ENTITY);
        assert_eq!(refused.headers()["referrer-policy"], "same-origin");
        let page = refused.text().await.unwrap();
        assert!(page.contains(&format!("href=\"#{id}\"")), "{id}");
        assert!(page.contains(&format!("id=\"{id}-error\"")), "{id}");
        assert_eq!(page.matches("field__error").count(), 1, "{id}");
        assert!(page.contains(&format!("name=\"t\" value=\"{token}\"")));
        assert!(!page.contains(&format!("value=\"{password}")), "{id}");
    }
    let saved = save(PASSWORD, PASSWORD).await;
    assert_eq!(saved.status(), StatusCode::SEE_OTHER);
    assert_eq!(
        saved.headers()["location"],
        "/login.php?notice=password_changed"
    );
    let page = shop.page("/login.php?notice=password_changed").await;
    assert!(page.contains("Your password is changed. Sign in with the new one."));
    shop.sign_in("maria@example.com", PASSWORD).await;

    let used = save(PASSWORD, PASSWORD).await;
    assert_eq!(used.status(), StatusCode::UNPROCESSABLE_ENTITY);
    let page = used.text().await.unwrap();
    assert!(page.contains("This link has been used already."));
    assert!(page.contains("href=\"/login.php?action=reset_password\""));
    assert!(
        !page.contains("name=\"password\""),
        "there is nothing to fill in any more"
    );
}

#[tokio::test]
async fn with_the_captcha_on_the_plain_forms_for_passwords_and_details_say_so_too() {
    let shop = Shop::demo_with(json!({ "recaptcha": { "enabled": true } })).await;
    let cookie = shop.sign_in("jun@example.com", DEMO_PASSWORD).await;
    for path in [
        "/login.php?action=reset_password",
        "/account.php?action=account_details",
    ] {
        let page = shop
            .get(path)
            .header("cookie", &cookie)
            .send()
            .await
            .unwrap();
        let page = page.text().await.unwrap();
        assert!(
            page.contains("or write to help@fernandkettle.example"),
            "{path}"
        );
    }
    let fields = [("email", "maria@example.com")];
    let refused = shop
        .submit("/login.php?action=send_password_email", &fields)
        .await;
    assert_eq!(refused.status(), StatusCode::UNPROCESSABLE_ENTITY);
    assert_eq!(shop.count("outbox"), 0);
}

/// What the form for an account's details sends when nothing was changed in it.
fn details() -> Vec<(&'static str, String)> {
    [
        ("account_firstname", "Jun"),
        ("account_lastname", "Watanabe"),
        ("account_companyname", ""),
        ("account_phone", ""),
        ("FormField[1][1]", "jun@example.com"),
        ("FormField[1][26]", ""),
        ("FormField[1][27]", ""),
        ("FormField[1][28]", ""),
        ("FormField[1][29]", "1988-04-17"),
        ("FormField[1][30]", "0"),
        ("FormField[1][30]", "2"),
        ("FormField[1][31]", "0"),
        ("FormField[1][32]", ""),
        ("FormField[1][33]", ""),
        ("FormField[1][24]", ""),
        ("FormField[1][2]", ""),
        ("FormField[1][3]", ""),
    ]
    .map(|(name, value)| (name, value.to_owned()))
    .to_vec()
}

const DETAILS: &str = "/account.php?action=account_details";

async fn save_details(
    shop: &Shop,
    cookie: &str,
    form: &[(&'static str, String)],
) -> reqwest::Response {
    let body = form_urlencoded::Serializer::new(String::new())
        .extend_pairs(borrowed(form))
        .finish();
    let request = shop
        .post("/account.php?action=update_account")
        .header("content-type", "application/x-www-form-urlencoded")
        .header("cookie", cookie);
    request.body(body).send().await.unwrap()
}

#[tokio::test]
async fn details_are_changed_without_javascript() {
    let shop = Shop::demo().await;
    let guest = shop.get(DETAILS).send().await.unwrap();
    let sign_in = "/login.php?redirect_to=/account.php?action=account_details";
    assert_eq!(guest.headers()["location"], sign_in);
    let page = shop.page(sign_in).await;
    assert!(page.contains(&format!("name=\"redirect_to\" value=\"{DETAILS}\"")));
    let guest = save_details(&shop, "", &details()).await;
    assert_eq!(guest.headers()["location"], sign_in);

    let cookie = shop.sign_in("jun@example.com", DEMO_PASSWORD).await;
    let overview = shop.get("/account.php").header("cookie", &cookie);
    let overview = overview.send().await.unwrap().text().await.unwrap();
    assert!(overview.contains("href=\"/account.php?action=account_details\""));
    let page = shop.get(DETAILS).header("cookie", &cookie);
    let page = page.send().await.unwrap().text().await.unwrap();
    for text in [
        "name=\"account_firstname\" type=\"text\" value=\"Jun\"",
        "name=\"FormField[1][1]\" type=\"email\" value=\"jun@example.com\"",
        "name=\"FormField[1][29]\" type=\"date\" value=\"1988-04-17\"",
        "name=\"FormField[1][30]\" type=\"checkbox\" value=\"2\" checked",
        "name=\"FormField[1][31]\" type=\"radio\" value=\"0\" checked",
        "attributes=\"1,2\" passwordless=\"offer\"",
        "autocomplete=\"current-password\"",
        "autocomplete=\"new-password\"",
    ] {
        assert!(page.contains(text), "{text}");
    }
    let mut form = details();
    set(&mut form, "account_firstname", "Junko");
    set(&mut form, "FormField[1][28]", "0");
    set(&mut form, "FormField[1][33]", "4321");
    form.retain(|(name, _)| *name != "FormField[1][30]");
    let saved = save_details(&shop, &cookie, &form).await;
    assert_eq!(saved.status(), StatusCode::SEE_OTHER);
    let there = "/account.php?action=account_details&notice=saved";
    assert_eq!(saved.headers()["location"], there);
    assert!(saved.headers().get("set-cookie").is_none());
    let page = shop.get(there).header("cookie", &cookie);
    let page = page.send().await.unwrap().text().await.unwrap();
    assert!(page.contains("Your changes are saved.") && page.contains("value=\"Junko\""));
    assert!(page.contains("name=\"FormField[1][28]\" type=\"text\" value=\"0\""));
    assert!(!page.contains("4321"), "a password is never sent back");
    for value in [0, 2] {
        let ticked = format!("type=\"checkbox\" value=\"{value}\" checked");
        assert!(!page.contains(&ticked), "none is ticked any more");
    }

    // A custom password that is left empty stays what it was.
    let kept = || -> Option<String> {
        let sql = "SELECT value FROM customer_form_field_values WHERE field_id = 33";
        let database = shop.database();
        database.query_row(sql, [], |row| row.get(0)).ok()
    };
    set(&mut form, "FormField[1][33]", "");
    save_details(&shop, &cookie, &form).await;
    assert!(kept().unwrap().contains("4321"));
    assert_eq!(shop.whose(&cookie).await, "Junko");
}

#[tokio::test]
async fn a_number_that_was_kept_is_saved_again_as_it_stands_in_the_form() {
    let shop = Shop::with_office().await;
    let path = "/v3/customers/form-field-values";
    let answer = json!([{ "customer_id": 2, "name": "Cups of tea a day", "value": 1.125 }]);
    shop.done(Method::PUT, path, answer).await;
    let cookie = shop.sign_in("jun@example.com", DEMO_PASSWORD).await;
    let page = shop.get(DETAILS).header("cookie", &cookie);
    let page = page.send().await.unwrap().text().await.unwrap();
    assert!(page.contains("name=\"FormField[1][28]\" type=\"text\" value=\"1.125\""));
    let mut form = details();
    for (number, status) in [
        ("1.125", StatusCode::SEE_OTHER),
        ("1.126", StatusCode::UNPROCESSABLE_ENTITY),
        ("1.5", StatusCode::SEE_OTHER),
        ("1.125", StatusCode::UNPROCESSABLE_ENTITY),
    ] {
        set(&mut form, "FormField[1][28]", number);
        let saved = save_details(&shop, &cookie, &form).await;
        assert_eq!(saved.status(), status, "{number}");
    }
}

#[tokio::test]
async fn details_and_password_are_changed_together_or_not_at_all() {
    let shop = Shop::demo().await;
    let cookie = shop.sign_in("jun@example.com", DEMO_PASSWORD).await;
    for (changes, id, message) in [
        (&[("account_firstname", "")][..], 4, "Fill in"),
        (&[("FormField[1][1]", "jun")], 1, "must be an email address"),
        (
            &[("FormField[1][1]", "maria@example.com")],
            1,
            "already an account",
        ),
        (&[("FormField[1][28]", "41")], 28, "must be 40 or less"),
        (&[("FormField[1][29]", "")], 29, "Fill in"),
        (
            &[("FormField[1][2]", PASSWORD), ("FormField[1][3]", PASSWORD)],
            24,
            "Fill in",
        ),
        (
            &[
                ("FormField[1][24]", "wrong"),
                ("FormField[1][2]", PASSWORD),
                ("FormField[1][3]", PASSWORD),
            ],
            24,
            "The current password is not right.",
        ),
        (
            &[
                ("FormField[1][24]", DEMO_PASSWORD),
                ("FormField[1][2]", PASSWORD),
                ("FormField[1][3]", "Another-teapot-9"),
            ],
            3,
            "Type the same password twice",
        ),
        (
            &[
                ("FormField[1][24]", DEMO_PASSWORD),
                ("FormField[1][2]", "teapot"),
                ("FormField[1][3]", "teapot"),
            ],
            2,
            "at least 8 characters",
        ),
    ] {
        let mut form = details();
        set(&mut form, "account_lastname", "Wada");
        for (name, value) in changes {
            set(&mut form, name, value);
        }
        let refused = save_details(&shop, &cookie, &form).await;
        assert_eq!(refused.status(), StatusCode::UNPROCESSABLE_ENTITY);
        let page = refused.text().await.unwrap();
        assert!(page.contains(&format!("href=\"#fallback-{id}\"")), "{id}");
        assert!(
            page.contains(&format!("id=\"fallback-{id}-error\"")),
            "{id}"
        );
        assert!(page.contains(message), "{id}: {message}");
        assert_eq!(page.matches("field__error").count(), 1, "{id}");
        assert!(page.contains("value=\"Wada\""), "what was typed stays");
        for password in [PASSWORD, DEMO_PASSWORD, "Another-teapot-9"] {
            assert!(!page.contains(password), "a password is never sent back");
        }
        let sql = "SELECT last_name FROM customers WHERE email = 'jun@example.com'";
        let database = shop.database();
        let name: String = database.query_row(sql, [], |row| row.get(0)).unwrap();
        assert_eq!(name, "Watanabe", "{id}");
    }
    let mut form = details();
    set(&mut form, "account_lastname", "Wada");
    set(&mut form, "FormField[1][1]", "wada@example.com");
    set(&mut form, "FormField[1][24]", DEMO_PASSWORD);
    set(&mut form, "FormField[1][2]", PASSWORD);
    set(&mut form, "FormField[1][3]", PASSWORD);
    let saved = save_details(&shop, &cookie, &form).await;
    assert_eq!(saved.status(), StatusCode::SEE_OTHER);
    let new = cookie_of(&saved);
    assert_eq!(shop.whose(&cookie).await, json!(null));
    assert_eq!(shop.whose(&new).await, "Jun");
    shop.sign_in("wada@example.com", PASSWORD).await;
}

#[tokio::test]
async fn the_right_current_password_is_no_failure_whatever_else_is_wrong() {
    let shop = Shop::demo().await;
    let cookie = shop.sign_in("jun@example.com", DEMO_PASSWORD).await;
    let mut form = details();
    set(&mut form, "FormField[1][1]", "maria@example.com");
    set(&mut form, "FormField[1][24]", DEMO_PASSWORD);
    set(&mut form, "FormField[1][2]", PASSWORD);
    set(&mut form, "FormField[1][3]", PASSWORD);
    for _ in 0..6 {
        let refused = save_details(&shop, &cookie, &form).await;
        let page = refused.text().await.unwrap();
        assert!(
            page.contains("id=\"fallback-1-error\""),
            "the address alone"
        );
        assert_eq!(page.matches("field__error").count(), 1);
    }
    shop.sign_in("jun@example.com", DEMO_PASSWORD).await;
}

#[tokio::test]
async fn the_outbox_shows_mail_as_text_with_the_stores_own_links_and_only_in_a_demo() {
    let shop = Shop::demo().await;
    let sql = "INSERT INTO outbox (recipient, subject, body, created_at)
        VALUES ('a@example.com', '<b>Hi</b>', '<script>alert(1)</script>\nhttps://evil.example/', 0)";
    shop.database().execute(sql, []).unwrap();
    let fields = [("email", "maria@example.com")];
    shop.submit("/login.php?action=send_password_email", &fields)
        .await;
    let mail = shop.mail(2).await.pop().unwrap();
    let page = shop.page("/_outbox").await;
    let link = mail.link().replace('&', "&#38;");
    assert!(page.contains(&format!("<a href=\"{link}\">")), "{page}");
    assert!(!page.contains("<script>alert") && !page.contains("<b>Hi"));
    assert!(!page.contains("href=\"https://evil.example"));
    assert!(
        page.find("maria@example.com") < page.find("a@example.com"),
        "newest first"
    );
    let real = Shop::open(false, json!({})).await;
    let response = real.get("/_outbox").send().await.unwrap();
    assert_eq!(response.status(), StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn hostile_labels_and_answers_are_text_in_the_page() {
    let hostile = "</label><script>alert(1)</script>\"' onfocus=alert(1) x=\"";
    let field = |id: i32, kind: &str| {
        json!({
            "id": id, "label": hostile, "sort_order": id, "required": false, "is_built_in": false,
            "kind": kind, "max_length": null, "default": hostile, "rows": 3, "choose_prefix": hostile,
            "min": null, "max": null, "options": [{ "id": 0, "label": hostile }, { "id": 1, "label": hostile }],
        })
    };
    let number = |id: i32, kind: &str| {
        let mut field = field(id, kind);
        field["default"] = json!(null);
        field
    };
    let built_in = |id: i32, kind: &str| {
        json!({
            "id": id, "label": hostile, "sort_order": id, "required": true, "is_built_in": true,
            "kind": kind, "max_length": null, "default": null,
        })
    };
    let shop = Shop::demo_with(json!({
        "store_name": hostile,
        "form_fields": {
            "customer": [
                built_in(1, "text"), built_in(2, "password"), field(50, "text"), field(51, "multiline_text"),
                number(52, "number"), number(53, "date"), field(54, "checkboxes"), field(55, "radio_buttons"),
                field(56, "picklist"), field(57, "password"),
            ],
            "address": [],
        },
    }))
    .await;
    let page = shop
        .page("/login.php?action=create_account&lang=%22%3E%3Cscript%3E&country=%22%3E")
        .await;
    assert!(page.contains("&#60;script&#62;alert(1)") || page.contains("&lt;script&gt;alert(1)"));
    assert!(!page.contains("<script>alert"));
    assert!(page.contains("lang=\"en\""), "an odd language is not taken");
    let response = shop
        .submit(
            SAVE,
            &[("FormField[1][1]", hostile), ("FormField[1][999]", hostile)],
        )
        .await;
    let page = response.text().await.unwrap();
    assert!(!page.contains("<script>alert") && !page.contains("\" onfocus"));
}

#[tokio::test]
async fn every_page_has_its_policy_and_takes_its_language() {
    let shop = Shop::demo().await;
    let mut nonces = Vec::new();
    for (path, status) in [
        ("/?lang=ar&dir=rtl", 200),
        ("/login.php?lang=ar&dir=rtl", 200),
        ("/login.php?action=reset_password&lang=ar&dir=rtl", 200),
        (
            "/login.php?action=change_password&c=1&t=x&lang=ar&dir=rtl",
            200,
        ),
        ("/login.php?action=passwordless&t=x&lang=ar&dir=rtl", 200),
        ("/_outbox?lang=ar&dir=rtl", 200),
        (
            "/login.php?action=create_account&lang=ar&dir=rtl&country=DE",
            200,
        ),
        ("/nowhere?lang=ar&dir=rtl", 404),
    ] {
        let response = shop.get(path).send().await.unwrap();
        assert_eq!(response.status().as_u16(), status, "{path}");
        let headers = response.headers();
        let policy = headers["content-security-policy"]
            .to_str()
            .unwrap()
            .to_owned();
        assert!(policy.starts_with("default-src 'none'; script-src 'nonce-"));
        assert!(!policy.contains("unsafe-inline"));
        assert_eq!(headers["x-content-type-options"], "nosniff");
        assert_eq!(headers["cache-control"], "no-store");
        let page = response.text().await.unwrap();
        assert!(
            page.contains("<html lang=\"ar\" dir=\"rtl\" data-theme=\"own\">"),
            "{path}"
        );
        assert_eq!(page.matches("<h1").count(), 1, "{path}");
        assert!(!page.contains(" style=\""), "{path}");
        nonces.push(policy);
    }
    nonces.sort();
    nonces.dedup();
    assert_eq!(nonces.len(), 8, "a nonce is used once");
    let page = shop
        .page("/login.php?action=create_account&country=de&lang=de")
        .await;
    assert!(page.contains("<option value=\"DE\" selected>"));
    assert!(page.contains("lang=\"de\" country=\"DE\" sign-in-url=\"/login.php\""));
}

#[tokio::test]
async fn the_account_page_turns_the_leaves_of_a_long_address_book() {
    let shop = Shop::demo().await;
    let cookie = shop.sign_in("maria@example.com", "Correct-horse-7").await;
    let mut path = "/account.php".to_owned();
    let mut seen = 0;
    for _ in 0..3 {
        let response = shop
            .get(&path)
            .header("cookie", &cookie)
            .send()
            .await
            .unwrap();
        let page = response.text().await.unwrap();
        seen += page.matches("class=\"address\"").count();
        let Some((_, rest)) = page.split_once("/account.php?after=") else {
            break;
        };
        path = format!("/account.php?after={}", rest.split('#').next().unwrap());
    }
    assert_eq!(seen, 60);
}

#[tokio::test]
async fn the_newsletter_form_answers_with_a_page() {
    let shop = Shop::demo().await;
    for (email, status) in [("a@example.com", 200), ("a@example.com", 200), ("a", 422)] {
        let response = shop.submit("/subscribe.php", &[("nl_email", email)]).await;
        assert_eq!(response.status().as_u16(), status);
    }
    assert_eq!(shop.count("subscribers"), 1);
}

#[tokio::test]
async fn dynamic_answers_are_compressed() {
    let shop = Shop::demo().await;
    let request = shop
        .get("/login.php?action=create_account")
        .header("accept-encoding", "br");
    let response = request.send().await.unwrap();
    assert_eq!(response.headers()["content-encoding"], "br");
}

#[tokio::test]
async fn a_theme_is_kept_and_a_name_that_is_none_is_left_alone() {
    let shop = Shop::demo().await;
    let asked = shop.get("/?theme=foundation").send().await.unwrap();
    let cookie = asked.headers()["set-cookie"].to_str().unwrap().to_owned();
    assert!(cookie.starts_with("SHOP_THEME=foundation;"), "{cookie}");
    let page = asked.text().await.unwrap();
    assert!(page.contains("data-theme=\"foundation\""));
    assert!(page.contains("/themes/foundation.css"));
    let later = shop
        .get("/login.php")
        .header("cookie", "SHOP_THEME=foundation");
    let page = later.send().await.unwrap().text().await.unwrap();
    assert!(page.contains("data-theme=\"foundation\""));
    let hostile = shop.get("/?theme=%22%3E%3Cscript%3E").send().await.unwrap();
    assert!(!hostile.headers().contains_key("set-cookie"));
    let page = hostile.text().await.unwrap();
    assert!(page.contains("data-theme=\"own\""));
}
