//! The REST Storefront endpoints.

use crate::support::{PASSWORD, Shop};
use reqwest::{RequestBuilder, StatusCode};
use serde_json::{Value, json};

fn customer(email: &str) -> Value {
    json!({
        "firstName": "Grace", "lastName": "Hopper", "email": email, "password": PASSWORD,
        "acceptsMarketingEmails": true,
        "customFields": [
            { "fieldId": "26", "fieldValue": "Amazing" },
            { "fieldId": "28", "fieldValue": 3 },
            { "fieldId": "field_29", "fieldValue": "1906-12-09" },
            { "fieldId": "30", "fieldValue": ["0", "3"] },
            { "fieldId": 31, "fieldValue": "1" },
        ],
    })
}

async fn answer(request: RequestBuilder) -> (StatusCode, Value) {
    let response = request.send().await.unwrap();
    let status = response.status();
    let text = response.text().await.unwrap();
    (status, serde_json::from_str(&text).unwrap_or_default())
}

#[tokio::test]
async fn a_customer_is_created_with_custom_fields_and_a_subscription() {
    let shop = Shop::demo().await;
    for (path, email) in [
        ("/api/storefront/customers", "grace@example.com"),
        ("/api/storefront/customer", "hopper@example.com"),
    ] {
        let (status, _) = answer(shop.post(path).json(&customer(email))).await;
        assert_eq!(status, StatusCode::NO_CONTENT);
        let sql = "SELECT count(*) FROM customer_form_field_values v
                   JOIN customers c ON c.id = v.customer_id WHERE c.email = ?1";
        let values: i64 = shop
            .database()
            .query_row(sql, [email], |row| row.get(0))
            .unwrap();
        assert_eq!(values, 5);
    }
    assert_eq!(shop.count("subscribers"), 2);
    shop.sign_in("grace@example.com", PASSWORD).await;
}

#[tokio::test]
async fn a_number_of_json_is_read_as_one_whatever_its_decimals() {
    let shop = Shop::demo().await;
    let mut body = customer("grace@example.com");
    body["customFields"][1]["fieldValue"] = json!(1.125);
    let request = shop.post("/api/storefront/customers").json(&body);
    assert_eq!(answer(request).await.0, StatusCode::NO_CONTENT);
    let sql = "SELECT value FROM customer_form_field_values WHERE field_id = 28
               ORDER BY customer_id DESC LIMIT 1";
    let database = shop.database();
    let kept: String = database.query_row(sql, [], |row| row.get(0)).unwrap();
    assert!(kept.contains("1.125"), "{kept}");
}

#[tokio::test]
async fn a_refused_customer_is_told_each_field() {
    let shop = Shop::demo().await;
    let cases: &[(&str, Value, &str)] = &[
        ("/firstName", json!(""), "firstName"),
        ("/lastName", Value::String("x".repeat(101)), "lastName"),
        ("/email", json!("grace"), "email"),
        ("/password", json!("lower-case-1"), "password"),
        (
            "/customFields/2/fieldValue",
            json!("1990-02-31"),
            "field_29",
        ),
        ("/customFields/2/fieldValue", json!(""), "field_29"),
        ("/customFields/1/fieldValue", json!(41), "field_28"),
        ("/customFields/1/fieldValue", json!("many"), "field_28"),
        ("/customFields/1/fieldValue", json!("1.125"), "field_28"),
        (
            "/customFields/0/fieldValue",
            Value::String("x".repeat(41)),
            "field_26",
        ),
        ("/customFields/0/fieldValue", json!({ "a": 1 }), "field_26"),
        ("/customFields/3/fieldValue", json!(["0", "9"]), "field_30"),
        ("/customFields/4/fieldValue", json!("9"), "field_31"),
        ("/customFields/0/fieldId", json!("34"), "field_34"),
        ("/customFields/0/fieldId", json!("1"), "email"),
        ("/customFields/0/fieldId", json!("28"), "field_28"),
    ];
    for (pointer, value, key) in cases {
        let mut body = customer("grace@example.com");
        *body.pointer_mut(pointer).unwrap() = value.clone();
        let (status, problem) = answer(shop.post("/api/storefront/customers").json(&body)).await;
        assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY, "{pointer}");
        assert_eq!(problem["status"], 422);
        assert!(problem["title"].is_string() && problem["type"].is_string());
        assert!(problem["errors"][*key].is_string(), "{pointer}: {problem}");
    }
    assert_eq!((shop.count("customers"), shop.count("subscribers")), (4, 0));
}

#[tokio::test]
async fn an_email_in_use_a_missing_captcha_and_a_closed_store_have_their_status() {
    let shop = Shop::demo().await;
    let post = |shop: &Shop, email: &str| {
        shop.post("/api/storefront/customers")
            .json(&customer(email))
    };
    let (status, problem) = answer(post(&shop, "Maria@example.com")).await;
    assert_eq!(status, StatusCode::CONFLICT);
    let title = problem["title"].as_str().unwrap();
    assert_eq!(title.rsplit(": ").next(), Some("Maria@example.com"));

    let shop = Shop::demo_with(json!({ "recaptcha": { "enabled": true } })).await;
    assert_eq!(
        answer(post(&shop, "g@example.com")).await.0,
        StatusCode::TOO_MANY_REQUESTS
    );

    let shop = Shop::demo_with(json!({ "account_creation_enabled": false })).await;
    assert_eq!(
        answer(post(&shop, "g@example.com")).await.0,
        StatusCode::BAD_REQUEST
    );
}

#[tokio::test]
async fn only_the_stores_own_pages_may_send() {
    let shop = Shop::demo().await;
    for path in [
        "/api/storefront/customers",
        "/api/storefront/subscriptions",
        "/_captcha/token",
    ] {
        for (header, value) in [
            ("origin", "https://evil.example"),
            ("origin", "null"),
            ("sec-fetch-site", "cross-site"),
            ("sec-fetch-site", "same-site"),
        ] {
            let request = shop
                .post(path)
                .header(header, value)
                .json(&customer("g@example.com"));
            assert_eq!(
                answer(request).await.0,
                StatusCode::FORBIDDEN,
                "{path} {header}: {value}"
            );
        }
        let form = shop
            .post(path)
            .header("content-type", "text/plain")
            .body("{}");
        assert_eq!(answer(form).await.0, StatusCode::UNSUPPORTED_MEDIA_TYPE);
        let broken = shop
            .post(path)
            .header("content-type", "application/json")
            .body("{");
        assert_eq!(answer(broken).await.0, StatusCode::BAD_REQUEST);
        let large = shop.post(path).header("content-type", "application/json");
        let large = large.body(" ".repeat(1024 * 1024));
        assert_eq!(answer(large).await.0, StatusCode::PAYLOAD_TOO_LARGE);
    }
    assert_eq!(shop.count("customers"), 4);
}

#[tokio::test]
async fn the_forms_fields_are_described_by_group() {
    let shop = Shop::demo().await;
    let (_, all) = answer(shop.get("/api/storefront/form-fields")).await;
    assert_eq!(all.as_object().unwrap().len(), 3);
    let (_, some) =
        answer(shop.get("/api/storefront/form-fields?filter=customerAccount,billingAddress")).await;
    assert!(some.get("shippingAddress").is_none());
    let field = |id: &str| {
        let groups = all.as_object().unwrap().values();
        let mut fields = groups.flat_map(|group| group.as_array().unwrap());
        fields.find(|field| field["id"] == id).cloned().unwrap()
    };
    assert_eq!(field("email")["custom"], false);
    assert_eq!(field("password")["secret"], true);
    assert_eq!(field("password")["requirements"]["minlength"], 8);
    assert_eq!(field("field_28")["type"], "integer");
    assert_eq!(field("field_28")["max"], "40");
    assert_eq!(field("field_29")["min"], "1900-01-01");
    assert_eq!(field("field_30")["fieldType"], "checkbox");
    assert_eq!(field("field_31")["options"]["items"][3]["label"], "العربية");
    assert_eq!(field("field_32")["options"]["helperLabel"], "Choose one");
    assert_eq!(field("countryCode")["fieldType"], "dropdown");
    assert!(field("stateOrProvince").get("type").is_none());
}

#[tokio::test]
async fn a_subscription_is_created_and_changed() {
    let shop = Shop::demo().await;
    let send =
        async |body: Value| answer(shop.post("/api/storefront/subscriptions").json(&body)).await;
    let (status, first) =
        send(json!({ "email": "g@example.com", "acceptsMarketingNewsletter": true })).await;
    assert_eq!(status, StatusCode::OK);
    assert_eq!(first["consents"], json!(["marketing_newsletter"]));
    let (_, second) = send(json!({ "email": "G@example.com", "acceptsMarketingNewsletter": false, "acceptsAbandonedCartEmails": true })).await;
    assert_eq!(second["id"], first["id"]);
    assert_eq!(second["consents"], json!(["abandoned_cart"]));
    assert_eq!(
        send(json!({ "email": "g" })).await.0,
        StatusCode::UNPROCESSABLE_ENTITY
    );
    assert_eq!(shop.count("subscribers"), 1);
}
