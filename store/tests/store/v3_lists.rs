//! How lists of the V2 and V3 APIs are filtered, ordered and walked.

use crate::api::{answer, whole};
use crate::support::Shop;
use reqwest::{Method, StatusCode};
use serde_json::{Value, json};

const CUSTOMERS: &str = "/v3/customers";
const SUBSCRIBERS: &str = "/v3/customers/subscribers";

fn numbers(answer: &Value) -> Vec<i64> {
    let rows = answer["data"].as_array().unwrap().iter();
    rows.map(|row| row["id"].as_i64().unwrap()).collect()
}

/// The number of a new customer of this last name and company.
async fn add(shop: &Shop, name: &str, company: &str) -> i64 {
    let email = format!("{}@example.com", shop.count("customers"));
    let new =
        json!([{ "email": email, "first_name": "Ann", "last_name": name, "company": company }]);
    let created = shop.done(Method::POST, CUSTOMERS, new).await;
    created["data"][0]["id"].as_i64().unwrap()
}

#[tokio::test]
async fn a_walk_loses_nothing_when_the_last_row_of_a_page_goes_or_moves() {
    for sort in ["last_name:asc", "last_name:desc", "date_modified:asc"] {
        for is_deleted in [true, false] {
            let shop = Shop::with_office().await;
            for name in ["Adams", "baker", "Clark", "Évans", "Frost", "Green"] {
                add(&shop, name, "").await;
            }
            let path = format!("{CUSTOMERS}?limit=2&sort={sort}");
            let all = shop.ids(&format!("{CUSTOMERS}?sort={sort}")).await;
            let (mut walked, mut next) = (Vec::new(), path.clone());
            loop {
                let page = shop.read(&next).await;
                let rows = numbers(&page);
                let last = rows.last().copied().unwrap();
                walked.extend(rows);
                if is_deleted {
                    shop.delete(&format!("{CUSTOMERS}?id:in={last}")).await;
                } else if sort.starts_with("last_name") {
                    // To the other end, which the walk has passed already.
                    let name = if sort.ends_with("asc") { "AAA" } else { "zzz" };
                    let moved = json!([{ "id": last, "last_name": name }]);
                    shop.done(Method::PUT, CUSTOMERS, moved).await;
                } else {
                    let sql = "UPDATE customers SET modified_at = 1 WHERE id = ?1";
                    shop.database().execute(sql, [last]).unwrap();
                }
                match page["meta"]["cursor_pagination"]["links"]["next"].as_str() {
                    Some(link) => next = format!("{CUSTOMERS}{link}"),
                    None => break,
                }
            }
            assert_eq!(walked, all, "{sort} {is_deleted}");
        }
    }
}

#[tokio::test]
async fn a_cursor_carries_what_the_list_is_ordered_by_and_one_without_it_is_taken_too() {
    let shop = Shop::with_office().await;
    let by_number = shop.read(&format!("{CUSTOMERS}?limit=1")).await;
    let end = |page: &Value| {
        let end = &page["meta"]["cursor_pagination"]["end_cursor"];
        end.as_str().unwrap().to_owned()
    };
    assert_eq!(end(&by_number), "row-1");
    let sorted = format!("{CUSTOMERS}?limit=1&sort=last_name:asc");
    let first = shop.read(&sorted).await;
    let [id] = numbers(&first)[..] else {
        panic!("{first}");
    };
    let cursor = end(&first);
    assert!(cursor.starts_with(&format!("row-{id}-")), "{cursor}");
    let second = shop.ids(&format!("{sorted}&after={cursor}")).await;
    assert_eq!(second, shop.ids(&format!("{sorted}&after=row-{id}")).await);
    let back = shop.read(&format!("{sorted}&after={cursor}")).await;
    let start = back["meta"]["cursor_pagination"]["start_cursor"].as_str();
    let start = start.unwrap();
    assert_eq!(shop.ids(&format!("{sorted}&before={start}")).await, [id]);
    for bad in ["row-", "row-x", "row-1-", "row-1-e30", "row-1-*"] {
        let request = shop.call(Method::GET, &format!("{sorted}&after={bad}"));
        let (status, _) = answer(request).await;
        assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY, "{bad}");
    }
}

#[tokio::test]
async fn pages_after_the_first_have_no_cursors() {
    let shop = Shop::with_office().await;
    for (query, numbered, by_cursor) in [
        ("limit=2", true, true),
        ("limit=2&page=1", true, true),
        ("limit=2&page=2", true, false),
        ("limit=2&after=row-1", false, true),
    ] {
        let meta = &shop.read(&format!("{CUSTOMERS}?{query}")).await["meta"];
        assert_eq!(meta.get("pagination").is_some(), numbered, "{query}");
        let cursors = meta.get("cursor_pagination").is_some();
        assert_eq!(cursors, by_cursor, "{query}");
    }
}

#[tokio::test]
async fn a_comma_within_a_value_is_escaped() {
    let shop = Shop::with_office().await;
    let smith = add(&shop, "Smith, PhD", "Teas, Inc.").await;
    let teas = add(&shop, "Jones", "Teas").await;
    for (query, found) in [
        ("company:in=teas%2C%20inc.", vec![smith, teas]),
        ("company:in=Teas%2C+Inc.,Nobody", vec![smith, teas]),
        ("company:in=Nobody%2CTeas", vec![teas]),
        ("company:in=Teas,Inc.", vec![teas]),
        ("name:in=Ann%20Smith%2C%20PhD", vec![smith]),
        ("name:like=mith%2C%20Ph", vec![smith]),
    ] {
        assert_eq!(
            shop.ids(&format!("{CUSTOMERS}?{query}")).await,
            found,
            "{query}"
        );
    }
    let both = shop
        .ids(&format!("{CUSTOMERS}?id:in={smith}%2C{teas}"))
        .await;
    assert_eq!(both, [smith, teas]);
    let path = format!("{CUSTOMERS}?id:in={smith}&include=addresses%2Cattributes");
    assert_eq!(shop.read(&path).await["data"][0]["attributes"], json!([]));
    let page = shop
        .read(&format!("{CUSTOMERS}?company:in=teas%2C%20inc.&limit=1"))
        .await;
    let next = &page["meta"]["pagination"]["links"]["next"];
    assert_eq!(next, "?company:in=teas%2C%20inc.&limit=1&page=2");
}

#[tokio::test]
async fn a_filter_that_no_row_could_ever_fit_is_refused_by_its_name() {
    let shop = Shop::with_office().await;
    for (path, name) in [
        ("/v3/customers?email:in=nobody", "email:in"),
        ("/v3/customers?email:in=", "email:in"),
        ("/v3/customers?email:in=a@example.com,b", "email:in"),
        ("/v3/customers?name:in=%ff", "name:in"),
        ("/v3/customers?company:in=%ED%A0%80", "company:in"),
        ("/v3/customers?page=1.5", "page"),
        ("/v3/customers?limit=1.5", "limit"),
        ("/v3/customers/subscribers?email=nobody", "email"),
        ("/v3/customers/subscribers?source=mars", "source"),
        ("/v3/hooks?scope=store/order/created", "scope"),
    ] {
        let (status, answer) = answer(shop.call(Method::GET, path)).await;
        assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY, "{path}");
        assert!(answer["errors"].get(name).is_some(), "{path}: {answer}");
    }
    for path in [
        "/v2/customers?email=nobody",
        "/v2/customers?store_credit=much",
    ] {
        let (status, _) = answer(shop.call(Method::GET, path)).await;
        assert_eq!(status, StatusCode::BAD_REQUEST, "{path}");
    }
}

#[tokio::test]
async fn to_delete_without_naming_what_is_refused() {
    let shop = Shop::with_office().await;
    for path in [
        "/v3/customers",
        "/v3/customers?ID:IN=1",
        "/v3/customers?id=1",
        "/v3/customers/addresses?id:in[]=1",
        "/v3/customers/attributes",
        "/v3/customers/attribute-values",
    ] {
        let (status, answer) = answer(shop.call(Method::DELETE, path)).await;
        assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY, "{path}");
        assert_eq!(answer["errors"]["id:in"], "is required", "{path}");
    }
    assert!(shop.count("customers") > 2);
}

#[tokio::test]
async fn a_plus_sign_in_an_e_mail_address_is_one_escaped_or_not() {
    let shop = Shop::with_office().await;
    let new = json!([{ "email": "a+b@example.com", "first_name": "A", "last_name": "B" }]);
    let id = shop.done(Method::POST, "/v3/customers", new).await["data"][0]["id"].clone();
    let subscriber = json!({ "email": "a+b@example.com" });
    shop.done(Method::POST, "/v3/customers/subscribers", subscriber)
        .await;
    for email in [
        "a+b@example.com",
        "a%2Bb@example.com",
        "a%2Bb%40example.com",
    ] {
        for path in [
            format!("/v3/customers?email:in={email}"),
            format!("/v3/customers?email:in=x@example.com,{email}"),
            format!("/v3/customers?email:in=x@example.com%2C{email}"),
            format!("/v2/customers?email={email}"),
        ] {
            assert_eq!(json!(shop.ids(&path).await), json!([id]), "{path}");
        }
        let path = format!("/v3/customers/subscribers?email={email}");
        assert_eq!(shop.ids(&path).await.len(), 1, "{path}");
    }
}

#[tokio::test]
async fn group_0_finds_who_is_in_none() {
    let shop = Shop::with_office().await;
    let all = shop.read(CUSTOMERS).await;
    let of = |groups: &[i64]| -> Vec<i64> {
        let rows = all["data"].as_array().unwrap().iter();
        let rows = rows.filter(|row| groups.contains(&row["customer_group_id"].as_i64().unwrap()));
        rows.map(|row| row["id"].as_i64().unwrap()).collect()
    };
    assert!(!of(&[0]).is_empty() && !of(&[1]).is_empty());
    for groups in [&[0][..], &[1], &[0, 1]] {
        let list = groups.iter().map(i64::to_string).collect::<Vec<_>>();
        let path = format!("{CUSTOMERS}?customer_group_id:in={}", list.join(","));
        assert_eq!(shop.ids(&path).await, of(groups), "{path}");
    }
    let path = "/v2/customers?customer_group_id=0";
    assert_eq!(shop.ids(path).await, of(&[0]));
}

#[tokio::test]
async fn times_are_taken_in_seconds_and_with_a_space_before_the_hour() {
    let shop = Shop::with_office().await;
    let all = shop.ids(CUSTOMERS).await;
    let none: Vec<i64> = Vec::new();
    for (query, found) in [
        ("date_created:min=1700000000", &all),
        ("date_created:max=1700000000", &none),
        ("date_created:min=2020-01-01%2000:00:00", &all),
        ("date_created:max=2020-01-01+00:00:00", &none),
    ] {
        assert_eq!(
            shop.ids(&format!("{CUSTOMERS}?{query}")).await,
            *found,
            "{query}"
        );
    }
}

#[tokio::test]
async fn to_delete_subscribers_without_a_filter_is_to_delete_all_of_them() {
    let shop = Shop::with_office().await;
    let mut ids = Vec::new();
    for name in ["a", "b", "c"] {
        let new = json!({ "email": format!("{name}@example.com"), "first_name": name });
        let added = shop.done(Method::POST, SUBSCRIBERS, new).await;
        ids.push(added["data"]["id"].as_i64().unwrap());
    }
    for (query, name) in [
        ("emial=a@example.com", "emial"),
        ("email:in=a@example.com", "email:in"),
        ("limit=1", "limit"),
        ("id:in=", "id:in"),
    ] {
        let request = shop.call(Method::DELETE, &format!("{SUBSCRIBERS}?{query}"));
        let (status, body) = answer(request).await;
        assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY, "{query}");
        assert!(body["errors"].get(name).is_some(), "{query}: {body}");
    }
    assert_eq!(shop.count("subscribers"), 3);
    let (first, second) = (ids[0], ids[1]);
    let path = format!("{SUBSCRIBERS}?id={first}&id:in={second}");
    assert!(shop.ids(&path).await.is_empty(), "both must hold");
    shop.delete(&path).await;
    assert_eq!(shop.count("subscribers"), 3);
    shop.delete(&format!("{SUBSCRIBERS}?first_name=A")).await;
    assert_eq!(shop.ids(SUBSCRIBERS).await, ids[1..]);
    shop.delete(SUBSCRIBERS).await;
    assert_eq!(shop.count("subscribers"), 0);
}

#[tokio::test]
async fn what_addresses_include_is_a_list() {
    let shop = Shop::with_office().await;
    let customer = shop
        .done(Method::POST, CUSTOMERS, json!([whole("g@example.com")]))
        .await;
    let id = &customer["data"][0]["addresses"][0]["id"];
    let path = format!("{CUSTOMERS}/addresses?id:in={id}&include=");
    let with = shop.read(&format!("{path}formfields,formfields")).await;
    assert_eq!(with["data"][0]["form_fields"].as_array().unwrap().len(), 1);
    let (status, body) = answer(shop.call(Method::GET, &format!("{path}formfields,all"))).await;
    assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(body["errors"].get("include").is_some(), "{body}");
}
