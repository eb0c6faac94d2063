//! What programs that nobody here wrote send, and what they read.

use crate::api::{answer, with_api};
use crate::support::{DEMO_PASSWORD, LOGIN, Shop};
use flate2::read::GzDecoder;
use reqwest::{Method, RequestBuilder, StatusCode};
use serde_json::{Value, json};
use storefront_store::{Config, Location, open};

#[tokio::test]
async fn a_query_tells_all_that_the_official_schema_has_of_a_customer() {
    let shop = Shop::with_office().await;
    let credit = json!([{ "id": 1, "store_credit_amounts": [{ "amount": 12.5 }],
        "tax_exempt_category": "VAT", "notes": "pays late" }]);
    shop.done(Method::PUT, "/v3/customers", credit).await;
    let cookie = shop.sign_in("maria@example.com", DEMO_PASSWORD).await;
    let document = "{ customer { notes taxExemptCategory addressCount
        storeCredit { currencyCode value formattedV2 } } }";
    let answer = shop.ask_as(&cookie, document, json!({})).await;
    assert_eq!(
        answer["data"]["customer"],
        json!({ "notes": "", "taxExemptCategory": "VAT", "addressCount": 60,
            "storeCredit": [{ "currencyCode": "USD", "value": 12.5, "formattedV2": "USD 12.50" }] }),
        "{answer}"
    );
}

#[tokio::test]
async fn who_must_wait_is_told_in_both_headers_that_clients_read() {
    let mut settings = with_api(json!({ "requests_per_window": 1 }));
    settings["throttle"] = json!({ "attempts_per_minute": 1 });
    type Send = fn(&Shop) -> RequestBuilder;
    let surfaces: [(&str, Send); 5] = [
        ("V3", |shop| shop.call(Method::GET, "/v3/customers")),
        ("V2", |shop| shop.call(Method::GET, "/v2/customers")),
        ("GraphQL", |shop| {
            shop.query(LOGIN, json!({ "email": "a@example.com", "password": "x" }))
        }),
        ("REST", |shop| {
            shop.post("/api/storefront/customers").json(&json!({}))
        }),
        ("theme", |shop| {
            let request = shop.post("/login.php?action=check_login");
            request
                .header("content-type", "application/x-www-form-urlencoded")
                .body("a=b")
        }),
    ];
    for (name, send) in surfaces {
        let shop = Shop::demo_with(settings.clone()).await;
        for is_last in [false, true] {
            let response = send(&shop).send().await.unwrap();
            let must_wait = response.status() == StatusCode::TOO_MANY_REQUESTS;
            assert_eq!(must_wait, is_last, "{name}: {}", response.status());
            let [first, second] =
                ["retry-after", "x-retry-after"].map(|name| response.headers().get(name));
            assert_eq!(first, second, "{name}");
            assert_eq!(first.is_some(), must_wait, "{name}");
        }
    }
}

#[tokio::test]
async fn a_property_that_nobody_knows_is_ignored_with_any_value() {
    let shop = Shop::with_office().await;
    for value in [json!(null), json!(1), json!([null]), json!({ "a": null })] {
        let change = json!([{ "id": 2, "middle_name": value }]);
        shop.done(Method::PUT, "/v3/customers", change).await;
        let change = json!({ "middle_name": value });
        shop.done(Method::PUT, "/v2/customers/2", change).await;
    }
    for (method, path, body) in [
        (Method::PUT, "/v3/customers", json!([[2, "Nobody"]])),
        (
            Method::POST,
            "/v3/hooks",
            json!(["store/customer/*", "https://a.example", true, {}]),
        ),
        (Method::PUT, "/v2/customers/2", json!(["Nobody"])),
    ] {
        let (status, answer) = shop.send(method, path, body).await;
        assert!(status.is_client_error(), "{path}: {answer}");
    }
    let list = json!(["Ada", "Lovelace", "list@example.com", "Purple-teapot-9"]);
    let request = shop.post("/api/storefront/customers").json(&list);
    assert_eq!(
        request.send().await.unwrap().status(),
        StatusCode::BAD_REQUEST
    );
    assert_eq!(shop.count("hooks"), 0);
}

#[tokio::test]
async fn v2_names_the_field_in_a_sentence_and_v3_in_a_map() {
    let shop = Shop::with_office().await;
    let new = json!({ "first_name": "Ada", "last_name": "Lovelace" });
    let (status, answer) = shop.send(Method::POST, "/v2/customers", new.clone()).await;
    assert_eq!(status, StatusCode::BAD_REQUEST);
    assert_eq!(answer[0]["message"], "The field 'email' is required.");
    let details = json!({ "field": "email", "reason": "is required" });
    assert_eq!(answer[0]["details"], details);
    let (_, answer) = shop.send(Method::POST, "/v3/customers", json!([new])).await;
    assert_eq!(answer["title"], "Input is invalid");
    assert_eq!(answer["errors"]["0.email"], "is required");
    for path in ["/v3/customers?limit=x", "/v2/customers?min_id=x"] {
        let response = shop.call(Method::GET, path).send().await.unwrap();
        let text = response.text().await.unwrap();
        assert!(!text.contains("changed"), "{text}");
    }
}

#[tokio::test]
async fn a_stock_client_sees_that_it_is_connected() {
    let shop = Shop::with_office().await;
    assert!(shop.read("/v2/time").await["time"].as_i64().unwrap() > 1_700_000_000);
    assert_eq!(shop.read("/v2/store").await["name"], "Fern & Kettle");
    assert_eq!(shop.read("/v2/hooks").await, json!([]));
    let hook = json!({ "scope": "store/customer/*", "destination": "https://a.example/" });
    shop.done(Method::POST, "/v3/hooks", hook).await;
    assert_eq!(shop.read("/v2/hooks").await[0]["scope"], "store/customer/*");
}

#[tokio::test]
async fn v2_changes_a_part_of_an_address_and_the_rest_stays() {
    let shop = Shop::with_office().await;
    let path = "/v2/customers/2/addresses";
    let before = shop.read(path).await[0].clone();
    let one = format!("{path}/{}", before["id"]);
    let after = shop
        .done(Method::PUT, &one, json!({ "city": "Elsewhere" }))
        .await;
    let mut expected = before.clone();
    expected["city"] = json!("Elsewhere");
    assert_eq!(after, expected);
    let (status, answer) = shop
        .send(Method::POST, path, json!({ "city": "Elsewhere" }))
        .await;
    assert_eq!(status, StatusCode::BAD_REQUEST, "{answer}");
}

#[tokio::test]
async fn v2_changes_a_part_of_a_customer_or_a_group_and_the_rest_stays() {
    let shop = Shop::with_office().await;
    let group = json!({ "name": "Wholesale", "is_default": false,
        "category_access": { "type": "specific", "categories": [3] },
        "discount_rules": [{ "type": "all", "method": "percent", "amount": "5.0000" }] });
    let groups = "/v2/customer_groups";
    let group = shop.done(Method::POST, groups, group).await;
    for (path, part) in [
        (
            "/v2/customers/1".to_owned(),
            json!({ "company": "Elsewhere" }),
        ),
        (
            format!("{groups}/{}", group["id"]),
            json!({ "name": "Retail" }),
        ),
    ] {
        let mut expected = shop.read(&path).await;
        for (name, value) in part.as_object().unwrap() {
            expected[name] = value.clone();
        }
        let after = shop.done(Method::PUT, &path, part).await;
        assert_eq!(after, shop.read(&path).await);
        expected["date_modified"] = after["date_modified"].clone();
        assert_eq!(after, expected);
    }
}

#[tokio::test]
async fn no_id_is_given_twice() {
    let shop = Shop::with_office().await;
    let group = |name: &str| json!({ "name": name });
    let attribute = |name: &str| json!([{ "name": name, "type": "string" }]);
    let first = shop
        .done(Method::POST, "/v2/customer_groups", group("A"))
        .await;
    shop.delete(&format!("/v2/customer_groups/{}", first["id"]))
        .await;
    let second = shop
        .done(Method::POST, "/v2/customer_groups", group("B"))
        .await;
    assert!(second["id"].as_i64() > first["id"].as_i64());
    let path = "/v3/customers/attributes";
    let first = shop.done(Method::POST, path, attribute("a")).await["data"][0]["id"].as_i64();
    shop.delete(&format!("{path}?id:in={}", first.unwrap()))
        .await;
    let second = shop.done(Method::POST, path, attribute("b")).await["data"][0]["id"].as_i64();
    assert!(second > first);
}

#[tokio::test]
async fn a_checkout_adds_an_address_of_the_customer_who_is_signed_in() {
    let shop = Shop::demo().await;
    let address = json!({
        "firstName": "Amina", "lastName": "Diallo", "address1": "1 Mill Lane", "city": "Sacramento",
        "countryCode": "US", "stateOrProvince": "", "stateOrProvinceCode": "CA",
        "postalCode": "95814", "customFields": [{ "fieldId": "field_34", "fieldValue": "Diallo" }],
    });
    let post = |body: &Value| shop.post("/api/storefront/customer-address").json(body);
    let response = post(&address).send().await.unwrap();
    assert_eq!(response.status(), StatusCode::UNAUTHORIZED);
    let cookie = shop.sign_in("amina@example.com", DEMO_PASSWORD).await;
    let response = post(&address)
        .header("cookie", &cookie)
        .send()
        .await
        .unwrap();
    assert_eq!(response.status(), StatusCode::OK);
    let customer: Value = response.json().await.unwrap();
    assert_eq!(customer["addressCount"], 1);
    let added = &customer["addresses"][0];
    assert_eq!(added["stateOrProvince"], "California", "{customer}");
    assert_eq!(added["stateOrProvinceCode"], "CA");
    assert_eq!(added["customFields"][0]["fieldValue"], "Diallo");
    let incomplete = json!({ "firstName": "Amina", "countryCode": "US" });
    let response = post(&incomplete)
        .header("cookie", &cookie)
        .send()
        .await
        .unwrap();
    assert_eq!(response.status(), StatusCode::UNPROCESSABLE_ENTITY);
    let problem: Value = response.json().await.unwrap();
    assert!(problem["errors"]["address1"].is_string(), "{problem}");
}

#[tokio::test]
async fn a_database_of_the_last_release_opens_with_all_that_was_in_it() {
    let directory = tempfile::tempdir().unwrap();
    let fixture: &[u8] = include_bytes!("../fixtures/schema-8.sqlite3.gz");
    let mut file = std::fs::File::create(directory.path().join("store.sqlite3")).unwrap();
    std::io::copy(&mut GzDecoder::new(fixture), &mut file).unwrap();
    drop(file);
    let store = open(Config {
        place: Location::Directory(directory.path().to_owned()),
        demo: false,
        embed: directory.path().join("embed"),
        themes: directory.path().join("themes"),
        settings: None,
        https: false,
        origin: "http://localhost".to_owned(),
    })
    .await
    .unwrap();
    drop(store);
    let database = rusqlite::Connection::open(directory.path().join("store.sqlite3")).unwrap();
    let one = |sql: &str| -> i64 { database.query_row(sql, [], |row| row.get(0)).unwrap() };
    assert_eq!(one("SELECT count(*) FROM customers"), 4);
    assert_eq!(one("SELECT count(*) FROM addresses"), 63);
    assert_eq!(one("SELECT id FROM last_ids WHERE name = 'attributes'"), 2);
    let check = database.query_row("PRAGMA integrity_check", [], |row| row.get::<_, String>(0));
    assert_eq!(check.unwrap(), "ok");
}

#[tokio::test]
async fn what_is_wrong_is_said_in_plain_english() {
    let shop = Shop::with_office().await;
    let attribute = json!([{ "attribute_id": 2, "customer_id": 1, "value": "much" }]);
    let both =
        json!([{ "name": "Cups of tea a day", "value": 3, "customer_id": 1, "address_id": 1 }]);
    let text = json!([{ "name": "Cups of tea a day", "value": ["a"], "customer_id": 1 }]);
    let token =
        json!({ "expires_at": 4_000_000_000_i64, "allowed_cors_origins": ["https://a.example"] });
    let number = json!([{ "id": 1, "email": 1 }]);
    for (method, path, body, field, message) in [
        (
            Method::PUT,
            "/v3/customers/attribute-values",
            attribute,
            "0.value",
            "is not a valid value",
        ),
        (
            Method::PUT,
            "/v3/customers/form-field-values",
            both,
            "0.customer_id",
            "Send either customer_id or address_id.",
        ),
        (
            Method::PUT,
            "/v3/customers/form-field-values",
            text,
            "0.value",
            "is not a valid value",
        ),
        (
            Method::POST,
            "/v3/storefront/api-token",
            token,
            "channel_id",
            "Send either channel_id or channel_ids.",
        ),
        (
            Method::PUT,
            "/v3/customers",
            number,
            "0.email",
            "has the wrong type",
        ),
        (
            Method::DELETE,
            "/v3/customers/subscribers?name=x",
            json!(null),
            "name",
            "is not a parameter of this request",
        ),
    ] {
        let (_, answer) = shop.send(method, path, body).await;
        assert_eq!(answer["errors"][field], message, "{path}: {answer}");
    }
    let cookie = shop.sign_in("maria@example.com", DEMO_PASSWORD).await;
    let document = "{ customer { addresses(after: \"x\") { pageInfo { hasNextPage } } } }";
    let answer = shop.ask_as(&cookie, document, json!({})).await;
    assert_eq!(answer["errors"][0]["message"], "The cursor is not valid.");
}

#[tokio::test]
async fn every_api_says_alike_what_is_wrong_with_a_body() {
    let shop = Shop::with_office().await;
    let requests = || {
        [
            shop.post("/graphql").bearer_auth(shop.token()),
            shop.post("/api/storefront/customers"),
            shop.call(Method::POST, "/v3/customers"),
            shop.call(Method::POST, "/v2/customers"),
        ]
    };
    let json = "application/json";
    let too_large = format!("[\"{}\"]", "a".repeat(2 * 1024 * 1024));
    for (content_type, body, status, message) in [
        (
            "text/plain",
            "[]",
            StatusCode::UNSUPPORTED_MEDIA_TYPE,
            "The body must be JSON",
        ),
        (
            json,
            &too_large,
            StatusCode::PAYLOAD_TOO_LARGE,
            "The body is larger than",
        ),
    ] {
        for request in requests() {
            let request = request.header("content-type", content_type);
            let response = request.body(body.to_owned()).send().await.unwrap();
            assert_eq!(response.status(), status, "{}", response.url());
            let text = response.text().await.unwrap();
            assert!(text.contains(message), "{text}");
        }
    }
    let mut problems = Vec::new();
    for request in [
        shop.post("/api/storefront/customers"),
        shop.call(Method::POST, "/v3/customers"),
    ] {
        problems.push(answer(request.body("[]")).await.1);
    }
    assert_eq!(problems[0], problems[1]);
}
