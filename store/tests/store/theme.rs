//! The demo theme, as a browser without JavaScript sees it.

use crate::support::{PASSWORD, Shop, borrowed, cookie_of, filled_form};
use reqwest::StatusCode;
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
        (
            "FormField[1][29]",
            "1990-02-31",
            29,
            "a day of the calendar",
        ),
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
    assert_eq!(shop.count("customers"), 3);
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
    assert_eq!(shop.count("customers"), 3);
}

#[tokio::test]
async fn forms_of_other_sites_are_refused() {
    let shop = Shop::demo().await;
    for path in [
        SAVE,
        "/login.php?action=check_login",
        "/login.php?action=logout",
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
    let fields = [("login_email", "jun@example.com"), ("login_pass", "wrong")];
    let response = shop.submit("/login.php?action=check_login", &fields).await;
    assert_eq!(response.status(), StatusCode::UNPROCESSABLE_ENTITY);
    let page = response.text().await.unwrap();
    assert!(page.contains("value=\"jun@example.com\"") && !page.contains("wrong"));
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
        assert!(page.contains("<html lang=\"ar\" dir=\"rtl\">"), "{path}");
        assert_eq!(page.matches("<h1").count(), 1, "{path}");
        assert!(!page.contains(" style=\""), "{path}");
        nonces.push(policy);
    }
    nonces.sort();
    nonces.dedup();
    assert_eq!(nonces.len(), 4, "a nonce is used once");
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
