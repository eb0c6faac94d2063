//! Who may ask, and how much.

use crate::support::{DEMO_PASSWORD, Shop, applicant};
use jsonwebtoken::{Algorithm, EncodingKey, Header, encode};
use reqwest::{Method, Response, StatusCode};
use serde_json::{Value, json};
use std::fs;
use std::path::Path;

const PING: &str = "{ __typename }";

fn claims(shop: &Shop, exp: i64) -> Value {
    json!({
        "cid": 1, "corsOrigins": [shop.origin], "exp": exp, "iat": 1, "iss": "storefront-store",
        "sid": 1, "sub": "storefront",
    })
}

fn signed(shop: &Shop, secret: &[u8], exp: i64) -> String {
    let header = Header::new(Algorithm::HS256);
    encode(
        &header,
        &claims(shop, exp),
        &EncodingKey::from_secret(secret),
    )
    .unwrap()
}

fn secret(shop: &Shop) -> Vec<u8> {
    let sql = "SELECT value FROM secrets WHERE name = 'storefront_token'";
    shop.database()
        .query_row(sql, [], |row| row.get(0))
        .unwrap()
}

async fn message(response: Response) -> String {
    let answer: Value = response.json().await.unwrap();
    answer["errors"][0]["message"].as_str().unwrap().to_owned()
}

#[tokio::test]
async fn a_token_that_does_not_count_is_refused_and_told_why() {
    let shop = Shop::demo().await;
    let far = 4_000_000_000;
    // {"alg":"none","typ":"JWT"} and the claims of a valid token, without a signature.
    let payload = shop.token().split('.').nth(1).unwrap().to_owned();
    let unsigned = format!("eyJhbGciOiJub25lIiwidHlwIjoiSldUIn0.{payload}.");
    let cases = [
        ("", "missing"),
        ("Bearer ", "missing"),
        ("Basic abc", "missing"),
        (
            &format!("Bearer {}", signed(&shop, &secret(&shop), 1000)),
            "expired",
        ),
        (
            &format!("Bearer {}", signed(&shop, b"another secret", far)),
            "not signed",
        ),
        (&format!("Bearer {unsigned}"), "not signed"),
        ("Bearer abc", "not signed"),
    ];
    for (authorization, word) in cases {
        let request = shop.post("/graphql").json(&json!({ "query": PING }));
        let request = match authorization {
            "" => request,
            value => request.header("authorization", value),
        };
        let response = request.send().await.unwrap();
        assert_eq!(
            response.status(),
            StatusCode::UNAUTHORIZED,
            "{authorization}"
        );
        let message = message(response).await;
        assert!(message.contains(word), "{authorization}: {message}");
    }
    let own = shop
        .post("/graphql")
        .bearer_auth(signed(&shop, &secret(&shop), far));
    let response = own.json(&json!({ "query": PING })).send().await.unwrap();
    assert_eq!(response.status(), StatusCode::OK);
}

#[tokio::test]
async fn a_page_of_another_origin_is_refused_and_the_own_one_may_read() {
    let shop = Shop::demo().await;
    for origin in ["https://evil.example", "null"] {
        let request = shop.query(PING, json!({})).header("origin", origin);
        let response = request.send().await.unwrap();
        assert_eq!(response.status(), StatusCode::FORBIDDEN);
        assert!(
            response
                .headers()
                .get("access-control-allow-origin")
                .is_none()
        );
        assert!(message(response).await.contains("Origin"));
    }
    let request = shop.query(PING, json!({})).header("origin", &shop.origin);
    let response = request.send().await.unwrap();
    assert_eq!(response.status(), StatusCode::OK);
    assert_eq!(
        response.headers()["access-control-allow-origin"],
        shop.origin.as_str()
    );
    assert_eq!(response.headers()["cache-control"], "no-store");
    assert_eq!(response.headers()["x-content-type-options"], "nosniff");
}

#[tokio::test]
async fn what_is_no_query_is_refused_in_json() {
    let shop = Shop::demo().await;
    let send = async |content_type: &str, body: String| {
        let request = shop.post("/graphql").bearer_auth(shop.token());
        let request = request.header("content-type", content_type).body(body);
        let response = request.send().await.unwrap();
        let status = response.status();
        (status, message(response).await)
    };
    let json = "application/json";
    let megabyte = format!("{{\"query\":\"{}\"}}", "a".repeat(1024 * 1024));
    assert_eq!(send(json, megabyte).await.0, StatusCode::PAYLOAD_TOO_LARGE);
    assert_eq!(send(json, "{".to_owned()).await.0, StatusCode::BAD_REQUEST);
    assert_eq!(
        send(json, "[{\"query\":\"{__typename}\"}]".to_owned())
            .await
            .0,
        StatusCode::BAD_REQUEST
    );
    // A query that was sent before and is named by its hash.
    let named = r#"{"extensions":{"persistedQuery":{"version":1,"sha256Hash":"0"}}}"#;
    assert_eq!(
        send(json, named.to_owned()).await.0,
        StatusCode::BAD_REQUEST
    );
    let form = send("text/plain", "{\"query\":\"{__typename}\"}".to_owned()).await;
    assert_eq!(form.0, StatusCode::UNSUPPORTED_MEDIA_TYPE);
    for method in [Method::GET, Method::PUT, Method::OPTIONS] {
        let request = shop
            .client
            .request(method, format!("{}/graphql", shop.origin));
        let response = request.send().await.unwrap();
        assert_eq!(response.status(), StatusCode::METHOD_NOT_ALLOWED);
        assert_eq!(response.headers()["allow"], "POST");
        message(response).await;
    }
}

#[tokio::test]
async fn a_request_carries_one_mutation() {
    let shop = Shop::demo().await;
    let two = [
        "mutation { a: logout { result } b: logout { result } }",
        "mutation Named { a: logout { result } b: logout { result } }",
        "mutation { newsletter { subscribe(input: { email: \"a@example.com\" }) { errors { __typename } } }
            logout { result } }",
        "mutation { ...F } fragment F on Mutation { newsletter {
            a: subscribe(input: { email: \"a@example.com\" }) { errors { __typename } }
            b: subscribe(input: { email: \"b@example.com\" }) { errors { __typename } } } }",
    ];
    for mutation in two {
        let answer = shop.ask(mutation, json!({})).await;
        let message = answer["errors"][0]["message"].as_str().unwrap();
        assert!(message.contains("one mutation"), "{message}");
    }
    assert_eq!(shop.count("subscribers"), 0);
    let answer = shop
        .ask("mutation { __typename logout { result } }", json!({}))
        .await;
    assert_eq!(answer["data"]["logout"]["result"], "success");
}

#[tokio::test]
async fn a_query_too_deep_or_too_wide_is_refused() {
    let shop = Shop::demo().await;
    let deep = format!(
        "{{ __type(name: \"Query\") {{ {} name {} }} }}",
        "fields { type {".repeat(9),
        "} }".repeat(9)
    );
    let answer = shop.ask(&deep, json!({})).await;
    assert!(
        answer["errors"][0]["message"]
            .as_str()
            .unwrap()
            .contains("deep"),
        "{answer}"
    );
    // Fragments multiply what is written.
    let fragment = "storeName ".repeat(600);
    let spreads: String = (0..20)
        .map(|i| format!("d{i}:site{{settings{{...F}}}} "))
        .collect();
    let answer = shop
        .ask(
            &format!("{{ {spreads} }} fragment F on Settings {{ {fragment} }}"),
            json!({}),
        )
        .await;
    assert!(
        answer["errors"][0]["message"]
            .as_str()
            .unwrap()
            .contains("too many fields"),
        "{answer}"
    );
}

#[tokio::test]
async fn a_list_weighs_more_than_a_field() {
    let shop = Shop::demo().await;
    let all = "{ __typename entityId label ... on PicklistFormField { options { entityId label } }
        ... on RadioButtonsFormField { options { entityId label } }
        ... on CheckboxesFormField { options { entityId label } } }";
    let values = "formFields { __typename entityId name ... on TextFormFieldValue { text }
        ... on CheckboxesFormFieldValue { values } }";
    for (list, before, behind) in [
        (
            "countries { name statesOrProvinces { name } }".to_owned(),
            "geography {",
            "}",
        ),
        (
            format!("customer {all}"),
            "site { settings { formFields {",
            "} } }",
        ),
        (
            format!("shippingAddress {all}"),
            "site { settings { formFields {",
            "} } }",
        ),
        (
            format!("billingAddress {all}"),
            "site { settings { formFields {",
            "} } }",
        ),
        (values.to_owned(), "customer {", "}"),
        (
            format!("addresses(first: 50) {{ edges {{ node {{ {values} }} }} }}"),
            "customer {",
            "}",
        ),
    ] {
        let document = |count: usize| {
            let (name, rest) = list.split_at(list.find([' ', '(']).unwrap());
            let lists: String = (0..count).map(|i| format!("l{i}: {name}{rest} ")).collect();
            format!("{{ {before} {lists} {behind} }}")
        };
        let once = shop.ask(&document(1), json!({})).await;
        assert!(once.get("errors").is_none(), "{list}: {once}");
        let often = shop.ask(&document(250), json!({})).await;
        let message = often["errors"][0]["message"].as_str().unwrap();
        assert!(message.contains("complex"), "{list}: {message}");
    }
    // Fields that are named are counted.
    let few = |ids: &str| {
        format!(
            "{{ site {{ settings {{ formFields {{ customer(filters: {{ entityIds: {ids} }}) {all} }} }} }} }}"
        )
    };
    let mut complexities = Vec::new();
    for ids in ["[]", "[1]", "[1, 2]"] {
        let response = shop.query(&few(ids), json!({})).send().await.unwrap();
        let complexity = response.headers()["x-bc-graphql-complexity"].to_str();
        complexities.push(complexity.unwrap().parse::<i64>().unwrap());
    }
    let [none, one, two] = complexities[..] else {
        panic!("{complexities:?}")
    };
    assert!(none < one && two - one == one - none, "{complexities:?}");
}

/// The documents that the widget sends, each with the fragments that it uses.
fn own_documents() -> Vec<(String, String)> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../src/api");
    let fragments = fs::read_to_string(folder.join("fragments.graphql")).unwrap();
    let fragments: Vec<(&str, &str)> = fragments
        .split("fragment ")
        .skip(1)
        .map(|text| {
            let text = text.split('#').next().unwrap();
            (text.split(' ').next().unwrap(), text)
        })
        .collect();
    let mut documents = Vec::new();
    for file in fs::read_dir(&folder).unwrap() {
        let path = file.unwrap().path();
        let name = path.file_name().unwrap().to_str().unwrap().to_owned();
        if !name.ends_with(".graphql") || name == "fragments.graphql" {
            continue;
        }
        let mut text = fs::read_to_string(&path).unwrap();
        // Fragments use others.
        for _ in 0..fragments.len() {
            for (own, definition) in &fragments {
                let is_used = text.contains(&format!("...{own}\n"));
                let is_there = text.contains(&format!("fragment {own} on"));
                if is_used && !is_there {
                    text.push_str("\nfragment ");
                    text.push_str(definition);
                }
            }
        }
        documents.push((name, text));
    }
    documents
}

#[tokio::test]
async fn the_widgets_own_documents_are_within_the_limits() {
    let shop = Shop::demo().await;
    let documents = own_documents();
    assert!(documents.len() > 10);
    let variables = json!({ "country": "US", "first": 50, "last": 50 });
    for (name, document) in documents {
        let answer = shop.ask(&document, variables.clone()).await;
        let messages = answer["errors"].as_array().into_iter().flatten();
        for message in messages.map(|error| error["message"].as_str().unwrap()) {
            let is_limit = ["deep", "complex", "too many"]
                .iter()
                .any(|word| message.contains(word));
            assert!(!is_limit, "{name}: {message}");
        }
    }
}

/// As a headless storefront asks: all that the official schema has of the forms, and a page of addresses.
#[tokio::test]
async fn a_storefronts_pages_of_forms_and_addresses_are_within_the_limits() {
    let shop = Shop::demo().await;
    let field = "fragment F on FormField { __typename entityId label sortOrder isBuiltIn isRequired
        ... on CheckboxesFormField { options { entityId label } }
        ... on DateFormField { defaultDate minDate maxDate }
        ... on MultilineTextFormField { defaultText rows }
        ... on NumberFormField { defaultNumber maxLength minNumber maxNumber }
        ... on PasswordFormField { defaultText maxLength }
        ... on PicklistFormField { choosePrefix options { entityId label } }
        ... on PicklistOrTextFormField { picklistPrefix maxLength }
        ... on RadioButtonsFormField { options { entityId label } }
        ... on TextFormField { defaultText maxLength } }";
    let value = "fragment V on CustomerFormFieldValue { __typename entityId name
        ... on CheckboxesFormFieldValue { valueEntityIds values }
        ... on DateFormFieldValue { date { utc } }
        ... on MultipleChoiceFormFieldValue { valueEntityId value }
        ... on NumberFormFieldValue { number }
        ... on PasswordFormFieldValue { password }
        ... on TextFormFieldValue { text }
        ... on MultilineTextFormFieldValue { multilineText } }";
    let countries = "geography { countries { code entityId name __typename
        statesOrProvinces { abbreviation entityId name __typename } } }";
    let forms = format!(
        "{{ site {{ settings {{ formFields {{ customer(sortBy: SORT_ORDER) {{ ...F }}
            shippingAddress(sortBy: SORT_ORDER) {{ ...F }} }} }} }} {countries} }} {field}"
    );
    let addresses = format!(
        "{{ customer {{ entityId formFields {{ ...V }} addresses(first: 10) {{
            pageInfo {{ hasNextPage hasPreviousPage startCursor endCursor }}
            edges {{ node {{ entityId firstName lastName address1 address2 city stateOrProvince
                countryCode phone postalCode company formFields {{ ...V }} }} }} }} }}
            site {{ settings {{ formFields {{ shippingAddress {{ ...F }} }} }} }} {countries} }} {field} {value}"
    );
    let cookie = shop.sign_in("maria@example.com", DEMO_PASSWORD).await;
    for document in [forms, addresses] {
        let answer = shop.ask_as(&cookie, &document, json!({})).await;
        assert!(answer.get("errors").is_none(), "{answer}");
    }
}

#[tokio::test]
async fn the_complexity_of_a_query_is_said_in_a_header() {
    let shop = Shop::demo().await;
    let response = shop
        .query("{ site { settings { storeName } } }", json!({}))
        .send()
        .await
        .unwrap();
    assert_eq!(response.headers()["x-bc-graphql-complexity"], "3");
    let answer: Value = response.json().await.unwrap();
    assert!(answer.get("extensions").is_none());
}

#[tokio::test]
async fn unknown_fields_and_missing_variables_are_errors_not_failures() {
    let shop = Shop::demo().await;
    for query in [
        "{ site { wishlist } }",
        "mutation R($input: RegisterCustomerInput!) { customer { registerCustomer(input: $input) { errors { __typename } } } }",
        "nonsense",
    ] {
        let answer = shop.ask(query, json!({})).await;
        assert!(answer["errors"][0]["message"].is_string(), "{answer}");
    }
    let result = shop.register(applicant("fine@example.com")).await;
    assert_eq!(result["errors"], json!([]));
}
