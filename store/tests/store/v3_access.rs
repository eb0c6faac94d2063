//! Who may use the V2 and V3 APIs, how often, and how a request must look.

use crate::api::{READER, answer, with_api};
use crate::support::Shop;
use reqwest::{Method, StatusCode};
use serde_json::json;

#[tokio::test]
async fn without_a_token_nobody_gets_in_and_a_reader_changes_nothing() {
    let shop = Shop::with_office().await;
    for (token, method, path, status) in [
        ("", Method::GET, "/stores/local/v3/customers", 401),
        ("guess", Method::GET, "/stores/local/v2/customers", 401),
        (READER, Method::GET, "/stores/local/v3/customers", 200),
        (READER, Method::GET, "/stores/local/v2/customers", 200),
        (READER, Method::POST, "/stores/local/v3/customers", 403),
        (READER, Method::DELETE, "/stores/local/v2/customers", 403),
        (READER, Method::GET, "/stores/other/v3/customers", 404),
        (READER, Method::GET, "/stores/local/v3/orders", 404),
    ] {
        let url = format!("{}{path}", shop.origin);
        let request = shop.client.request(method.clone(), url);
        let (given, body) = answer(request.header("x-auth-token", token)).await;
        assert_eq!(given.as_u16(), status, "{method} {path}");
        if status > 200 {
            let said = if path.contains("/v2/") {
                &body[0]
            } else {
                &body
            };
            assert_eq!(said["status"], status, "{body}");
        }
    }
    assert_eq!(shop.count("customers"), 4);
}

#[tokio::test]
async fn a_window_has_so_many_requests_and_says_how_many_are_left() {
    let settings = with_api(json!({ "requests_per_window": 2, "window_ms": 60_000 }));
    let shop = Shop::demo_with(settings).await;
    for (left, status) in [("1", 200), ("0", 200), ("0", 429)] {
        let request = shop.call(Method::GET, "/v3/customers");
        let response = request.send().await.unwrap();
        assert_eq!(response.status().as_u16(), status);
        assert_eq!(response.headers()["x-rate-limit-requests-left"], left);
        assert_eq!(response.headers()["x-rate-limit-requests-quota"], "2");
        assert_eq!(response.headers()["x-rate-limit-time-window-ms"], "60000");
        assert!(
            response
                .headers()
                .contains_key("x-rate-limit-time-reset-ms")
        );
        assert_eq!(
            response.headers().contains_key("retry-after"),
            status == 429
        );
    }
}

#[tokio::test]
async fn a_body_is_json_of_the_right_form_and_size() {
    let shop = Shop::with_office().await;
    let post = || shop.call(Method::POST, "/v3/customers");
    let (status, _) = answer(post().body("[]")).await;
    assert_eq!(status, StatusCode::UNSUPPORTED_MEDIA_TYPE);
    let json_body = |text: String| post().header("content-type", "application/json").body(text);
    for (body, path) in [
        ("{", ""),
        ("{}", ""),
        (r#"[{"email": 1}]"#, "0.email"),
        (r#"[{"email": null}]"#, "0.email"),
        (
            r#"[{"attributes": [{"attribute_id": 1}]}]"#,
            "0.attributes.0.attribute_value",
        ),
        (r#"[{"addresses": [{"city": []}]}]"#, "0.addresses.0.city"),
    ] {
        let (status, answer) = answer(json_body(body.to_owned())).await;
        assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY, "{body}");
        assert!(answer["errors"].get(path).is_some(), "{body}: {answer}");
    }
    let values = shop.call(Method::PUT, "/v3/customers/form-field-values");
    let (_, answered) = answer(values.json(&json!([{ "customer_id": 1, "value": 1 }]))).await;
    assert_eq!(answered["errors"], json!({ "0.name": "is required" }));
    let (status, _) = answer(json_body(" ".repeat(1024 * 1024 + 1))).await;
    assert_eq!(status, StatusCode::PAYLOAD_TOO_LARGE);
    let many = vec![json!({}); 11];
    let (status, _) = answer(post().json(&many)).await;
    assert_eq!(status, StatusCode::PAYLOAD_TOO_LARGE);
    let (status, _) = answer(
        shop.call(Method::GET, "/v3/customers")
            .header("accept", "text/html"),
    )
    .await;
    assert_eq!(status, StatusCode::NOT_ACCEPTABLE);
    let (status, _) = answer(shop.call(Method::PATCH, "/v3/customers")).await;
    assert_eq!(status, StatusCode::METHOD_NOT_ALLOWED);
}

#[tokio::test]
async fn a_query_that_cannot_be_read_is_refused_by_the_parameter_s_name() {
    let shop = Shop::with_office().await;
    for (query, name) in [
        ("id:in=1,x", "id:in"),
        ("page=0", "page"),
        ("limit=none", "limit"),
        ("after=here", "after"),
        ("date_created=soon", "date_created"),
        ("date_modified:min=2026-02-31", "date_modified:min"),
        ("sort=email", "sort"),
        ("include=everything", "include"),
        ("name:in=%00", "name:in"),
        ("id:in=-1", "id:in"),
        ("id:in=0", "id:in"),
        ("id:in=1,0", "id:in"),
        ("customer_group_id:in=-3", "customer_group_id:in"),
        ("name:in=", "name:in"),
        ("name:in=,", "name:in"),
        ("name:in=%3Cb%3E", "name:in"),
        ("name:like=%3Cb%3E", "name:like"),
        ("company:in=%3Cb%3E", "company:in"),
        ("phone:in=%3Cb%3E", "phone:in"),
        (
            "registration_ip_address:in=999.1.1.1",
            "registration_ip_address:in",
        ),
        (
            "registration_ip_address:in=127.0.0.1,x",
            "registration_ip_address:in",
        ),
        (
            "date_created:min=2026-02-01&date_created:max=2026-01-31",
            "date_created:min",
        ),
        (
            "date_modified=2026-02-01&date_modified:max=2026-01-31",
            "date_modified",
        ),
    ] {
        let request = shop.call(Method::GET, &format!("/v3/customers?{query}"));
        let (status, body) = answer(request).await;
        assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY, "{query}");
        assert!(body["errors"].get(name).is_some(), "{query}: {body}");
    }
    for (path, name) in [
        ("addresses?id:in=0", "id:in"),
        ("addresses?customer_id:in=-1", "customer_id:in"),
        ("addresses?name:in=", "name:in"),
        ("addresses?name:in=%3Cb%3E", "name:in"),
        ("attribute-values?customer_id:in=0", "customer_id:in"),
        ("attribute-values?attribute_id:in=-1", "attribute_id:in"),
        ("form-field-values?customer_id=0", "customer_id"),
        ("form-field-values?address_id=-1", "address_id"),
        ("subscribers?id=0", "id"),
        ("subscribers?id:in=-1", "id:in"),
        ("subscribers?order_id=0", "order_id"),
    ] {
        let request = shop.call(Method::GET, &format!("/v3/customers/{path}"));
        let (status, body) = answer(request).await;
        assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY, "{path}");
        assert!(body["errors"].get(name).is_some(), "{path}: {body}");
    }
}

#[tokio::test]
async fn a_filter_that_some_row_may_fit_is_answered_though_none_does_now() {
    let shop = Shop::with_office().await;
    for path in [
        "?id:in=2147483647",
        "?name:in=Nobody,",
        "?company:in=",
        "?registration_ip_address:in=2001:db8::1",
        "?date_created:min=2026-01-31&date_created:max=2026-01-31",
        // A field of this name may be made.
        "/form-field-values?field_name=Nosuch",
    ] {
        let request = shop.call(Method::GET, &format!("/v3/customers{path}"));
        assert_eq!(answer(request).await.0, StatusCode::OK, "{path}");
    }
}

#[tokio::test]
async fn an_empty_cursor_is_the_first_page() {
    let shop = Shop::with_office().await;
    let first = shop.ids("/v3/customers?limit=2").await;
    for query in ["after=", "before=", "after=&before="] {
        let path = format!("/v3/customers?limit=2&{query}");
        assert_eq!(shop.ids(&path).await, first, "{query}");
    }
}

#[tokio::test]
async fn the_document_describes_what_is_served_and_has_a_page() {
    let shop = Shop::with_office().await;
    let document: serde_json::Value =
        serde_json::from_str(&shop.page("/openapi.json").await).unwrap();
    assert!(document["openapi"].as_str().unwrap().starts_with("3.1"));
    let paths = document["paths"].as_object().unwrap();
    for (path, method) in [
        ("/stores/{store_hash}/v3/customers", "post"),
        ("/stores/{store_hash}/v3/customers/addresses", "get"),
        ("/stores/{store_hash}/v3/hooks", "post"),
        (
            "/stores/{store_hash}/v2/customers/{customer_id}/validate",
            "post",
        ),
        ("/stores/{store_hash}/v2/countries", "get"),
    ] {
        assert!(paths[path].get(method).is_some(), "{method} {path}");
    }
    let parameters = |path: &str, method: &str| -> Vec<&str> {
        let described = &paths[&format!("/stores/{{store_hash}}{path}")][method]["parameters"];
        let described = described.as_array().into_iter().flatten();
        described.map(|own| own["name"].as_str().unwrap()).collect()
    };
    for (path, item) in paths {
        let operations = item.as_object().unwrap().iter();
        for (method, operation) in operations.filter(|(name, _)| *name != "parameters") {
            let own = operation["parameters"].as_array().into_iter().flatten();
            let declared = own.chain(item["parameters"].as_array().unwrap());
            let declared: Vec<_> = declared.filter(|own| own["in"] == "path").collect();
            let names = path.split('/').filter_map(|part| part.strip_prefix('{'));
            let names: Vec<_> = names.map(|name| name.trim_end_matches('}')).collect();
            assert_eq!(declared.len(), names.len(), "{method} {path}");
            for name in names {
                let of_name = declared.iter().find(|own| own["name"] == name);
                assert_eq!(
                    of_name.unwrap()["required"],
                    true,
                    "{method} {path}: {name}"
                );
            }
            let responses = operation["responses"].as_object().unwrap();
            assert!(responses.values().all(|own| own["description"].is_string()));
            let statuses = ["401", "404", "429"].into_iter();
            for status in statuses.chain((method != "get").then_some("403")) {
                let body = &operation["responses"][status]["content"]["application/json"];
                assert!(body["schema"].is_object(), "{method} {path}: {status}");
            }
        }
    }
    let filters = parameters("/v2/customers", "get");
    for name in parameters("/v2/customers/count", "get") {
        assert!(filters.contains(&name), "{name}");
    }
    assert_eq!(
        parameters("/v2/customers/count", "get").len() + 2,
        filters.len()
    );
    let deleted_by = parameters("/v3/customers/subscribers", "delete");
    for name in parameters("/v3/customers/subscribers", "get") {
        assert_eq!(
            deleted_by.contains(&name),
            !matches!(name, "page" | "limit"),
            "{name}"
        );
    }
    for name in ["date_created", "date_modified"] {
        for suffix in ["", ":min", ":max"] {
            let name = format!("{name}{suffix}");
            for path in [
                "/v3/customers",
                "/v3/customers/attributes",
                "/v2/customer_groups",
            ] {
                assert!(parameters(path, "get").contains(&&*name), "{path}: {name}");
            }
        }
    }
    let text = document.to_string();
    for (_, reference) in text
        .match_indices("\"$ref\":\"#")
        .map(|(at, _)| text[at..].split_at(9))
    {
        let pointer = reference.split('"').next().unwrap().trim_start_matches('#');
        assert!(document.pointer(pointer).is_some(), "{pointer}");
    }
    let page = shop.page("/openapi").await;
    assert!(page.contains("/stores/{store_hash}/v3/customers/attribute-values"));
}
