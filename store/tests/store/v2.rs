//! The V2 Customers API: the rows of V3 under the older names.

use crate::api::{answer, with_api};
use crate::support::{DEMO_PASSWORD, Shop};
use reqwest::{Method, StatusCode};
use serde_json::{Value, json};

#[tokio::test]
async fn a_customer_of_v2_is_the_same_in_v3_and_to_the_shopper() {
    let shop = Shop::with_office().await;
    let new = json!({ "email": "v@example.com", "first_name": "Vera", "last_name": "Two",
        "company": "Old & Co", "store_credit": "3.5", "tax_exempt_category": "A",
        "_authentication": { "password": DEMO_PASSWORD, "password_confirmation": DEMO_PASSWORD } });
    let created = shop.done(Method::POST, "/v2/customers", new.clone()).await;
    assert_eq!(created["store_credit"], "3.5000");
    let id = created["id"].as_i64().unwrap();
    let v3 = shop
        .read(&format!("/v3/customers?id:in={id}&include=storecredit"))
        .await;
    assert_eq!(v3["data"][0]["store_credit_amounts"][0]["amount"], 3.5);
    let cookie = shop.sign_in("v@example.com", DEMO_PASSWORD).await;
    assert_eq!(shop.whose(&cookie).await, "Vera");
    for query in [
        "first_name=vera",
        "last_name=Two",
        "company=old%20%26%20co",
        "email=V@example.com",
        "store_credit=3.5",
        "tax_exempt_category=a",
        "min_id=5",
        "min_id=2&max_id=9&first_name=Vera",
    ] {
        assert_eq!(
            shop.ids(&format!("/v2/customers?{query}")).await,
            [id],
            "{query}"
        );
    }
    let created = created["date_created"]
        .as_str()
        .unwrap()
        .replace(' ', "%20")
        .replace('+', "%2B");
    let count = shop
        .read(&format!(
            "/v2/customers/count?min_date_created={created}&first_name=Vera"
        ))
        .await;
    assert_eq!(count["count"], 1);
    assert_eq!(shop.read("/v2/customers/count").await["count"], 5);
    let (status, body) = shop.send(Method::POST, "/v2/customers", new).await;
    assert_eq!(status, StatusCode::BAD_REQUEST);
    assert_eq!(body[0]["details"]["field"], "email");
    let one = format!("/v2/customers/{id}");
    let changed = shop
        .done(
            Method::PUT,
            &one,
            json!({ "_authentication": { "force_reset": true } }),
        )
        .await;
    assert_eq!(changed["reset_pass_on_login"], true);
    let refused = shop.login("v@example.com", DEMO_PASSWORD).await;
    assert_eq!(
        refused["errors"][0]["extensions"]["code"],
        "RESET_PASSWORD_REQUIRED"
    );
    shop.delete(&one).await;
    let (status, _) = answer(shop.call(Method::GET, &one)).await;
    assert_eq!(status, StatusCode::NOT_FOUND);
    let maria = shop.read("/v2/customers/1").await;
    assert!(
        maria["form_fields"]
            .as_array()
            .unwrap()
            .iter()
            .all(|f| f["value"].is_string())
    );
    shop.delete("/v2/customers").await;
    assert_eq!(shop.count("customers"), 0);
}

#[tokio::test]
async fn addresses_of_v2_name_country_and_state_in_full() {
    let shop = Shop::with_office().await;
    let path = "/v2/customers/3/addresses";
    let new = json!({ "first_name": "Amina", "last_name": "Diallo", "street_1": "1 Hill Path",
        "city": "Sacramento", "state": "California", "zip": "95814", "country": "United States",
        "phone": "1" });
    let added = shop.done(Method::POST, path, new.clone()).await;
    assert_eq!(added["country_iso2"], "US");
    let again = shop.done(Method::POST, path, new.clone()).await;
    assert_eq!(again["id"], added["id"], "the one that there is");
    assert_eq!(shop.read(&format!("{path}/count")).await["count"], 1);
    let one = format!("{path}/{}", added["id"]);
    let mut other = new.clone();
    other["street_1"] = json!("2 Hill Path");
    let changed = shop.done(Method::PUT, &one, other).await;
    assert_eq!(changed["city"], "Sacramento");
    let v3 = shop.read("/v3/customers/addresses?customer_id:in=3").await;
    assert_eq!(v3["data"][0]["address1"], "2 Hill Path");
    for (name, code) in [
        ("Curacao", "CW"),
        ("Côte d'Ivoire", "CI"),
        ("Turkiye", "TR"),
        ("REUNION", "RE"),
        ("Re\u{301}union", "RE"),
    ] {
        let mut abroad = new.clone();
        abroad["country"] = json!(name);
        abroad["state"] = json!(if code == "TR" { "ADIYAMAN" } else { "" });
        abroad["zip"] = json!(match code {
            "TR" => "34000",
            "RE" => "97400",
            _ => "",
        });
        let added = shop.done(Method::POST, path, abroad).await;
        assert_eq!(added["country_iso2"], code, "{name}");
    }
    for (pointer, value, field) in [
        ("/country", json!("Atlantis"), "country"),
        ("/state", json!("Saxony"), "state"),
        ("/zip", json!("none"), "zip"),
        ("/street_1", json!(""), "street_1"),
    ] {
        let mut bad = new.clone();
        *bad.pointer_mut(pointer).unwrap() = value;
        let (status, body) = shop.send(Method::POST, path, bad).await;
        assert_eq!(status, StatusCode::BAD_REQUEST);
        assert_eq!(body[0]["details"]["field"], field, "{body}");
    }
    let (status, _) = answer(shop.call(
        Method::GET,
        &format!("/v2/customers/1/addresses/{}", added["id"]),
    ))
    .await;
    assert_eq!(status, StatusCode::NOT_FOUND, "another customer's");
    shop.delete(path).await;
    assert_eq!(shop.read(path).await, json!([]));
}

#[tokio::test]
async fn groups_have_a_default_and_are_not_on_every_plan() {
    let shop = Shop::with_office().await;
    let path = "/v2/customer_groups";
    let new = json!({ "name": "Wholesale", "is_default": true,
        "category_access": { "type": "specific", "categories": [3] },
        "discount_rules": [{ "type": "all", "method": "percent", "amount": "5.0000" }] });
    let added = shop.done(Method::POST, path, new.clone()).await;
    assert_eq!(added["discount_rules"], new["discount_rules"]);
    let created = added["date_created"].as_str().unwrap();
    assert_eq!((created.len(), &created[10..11]), (19, " "), "{created}");
    let path_of_day = format!("{path}?date_created:min={}", created.replace(' ', "%20"));
    assert!(
        shop.ids(&path_of_day)
            .await
            .contains(&added["id"].as_i64().unwrap())
    );
    let numeric = json!({ "name": "Retail", "discount_rules": [
        { "type": "all", "amount": 5 },
        { "type": "category", "category_id": 3, "method": "fixed", "amount": 2.5 },
        { "type": "product", "product_id": 4, "method": "price", "amount": "7" },
    ] });
    let priced = shop.done(Method::POST, path, numeric).await;
    let amounts = ["5.0000", "2.5000", "7"];
    for (index, amount) in amounts.into_iter().enumerate() {
        assert_eq!(priced["discount_rules"][index]["amount"], amount);
    }
    shop.delete(&format!("{path}/{}", priced["id"])).await;
    let id = added["id"].as_i64().unwrap();
    let (status, _) = answer(shop.call(Method::GET, &format!("{path}/{id}?page=null"))).await;
    assert_eq!(status, StatusCode::BAD_REQUEST);
    shop.done(
        Method::PUT,
        &format!("{path}/1"),
        json!({ "is_default": true }),
    )
    .await;
    assert_eq!(
        shop.ids(&format!("{path}?is_default=true")).await,
        [1],
        "there is one"
    );
    assert_eq!(shop.ids(&format!("{path}?name:like=WHOLE")).await, [id]);
    assert_eq!(shop.read(&format!("{path}/count")).await["count"], 2);
    for bad in [
        json!({ "name": "Wholesale" }),
        json!({ "name": " \u{202e}" }),
        json!({}),
        json!({ "name": "x", "discount_rules": [{ "type": "category" }] }),
        json!({ "name": "x", "discount_rules": [{ "type": "price_list", "method": "percent", "amount": "5" }] }),
        json!({ "name": "x", "discount_rules": [{ "type": "price_list", "price_list_id": 1 }, { "type": "all" }] }),
        json!({ "name": "x", "discount_rules": [{ "type": "all" }, { "type": "all" }] }),
        json!({ "name": "x", "discount_rules": [{ "type": "all", "method": "fixed", "amount": "much" }] }),
        json!({ "name": "x", "discount_rules": [{ "type": "all", "method": "fixed", "amount": null }] }),
        json!({ "name": "x", "category_access": { "type": "some" } }),
    ] {
        let (status, _) = shop.send(Method::POST, path, bad.clone()).await;
        assert_eq!(status, StatusCode::BAD_REQUEST, "{bad}");
    }
    shop.delete(&format!("{path}/1")).await;
    assert_eq!(shop.read("/v2/customers/1").await["customer_group_id"], 0);

    let without = Shop::demo_with(with_api(json!({ "customer_groups": false }))).await;
    let (status, _) = answer(without.call(Method::GET, path)).await;
    assert_eq!(status, StatusCode::FORBIDDEN);
}

#[tokio::test]
async fn a_null_inside_a_discount_is_refused_wherever_it_stands_and_a_list_is_no_discount() {
    let shop = Shop::with_office().await;
    let path = "/v2/customer_groups";
    let discounts = [
        json!({ "type": "price_list", "price_list_id": 1 }),
        json!({ "type": "all", "method": "fixed", "amount": "5" }),
        json!({ "type": "category", "category_id": 3, "method": "fixed", "amount": "5" }),
        json!({ "type": "product", "product_id": 4, "method": "price", "amount": "5" }),
    ];
    let send = async |discount: &Value| {
        let body = json!({ "name": discount["type"], "discount_rules": [discount] });
        shop.send(Method::POST, path, body).await.0
    };
    for discount in discounts {
        for name in discount.as_object().unwrap().keys() {
            let mut with_null = discount.clone();
            with_null[name] = Value::Null;
            let status = send(&with_null).await;
            assert_eq!(status, StatusCode::BAD_REQUEST, "{with_null}");
        }
        let list: Vec<&Value> = discount.as_object().unwrap().values().collect();
        assert_eq!(send(&json!(list)).await, StatusCode::BAD_REQUEST);
        let mut with_unknown = discount.clone();
        with_unknown["other"] = Value::Null;
        assert_eq!(send(&with_unknown).await, StatusCode::OK, "{with_unknown}");
    }
    let body = json!({ "name": "list", "discount_rules": [["price_list", 4]] });
    let (status, _) = shop.send(Method::POST, path, body).await;
    assert_eq!(status, StatusCode::BAD_REQUEST);
}

#[tokio::test]
async fn a_password_is_checked_so_many_times_a_minute() {
    let shop = Shop::demo_with(with_api(json!({ "password_checks_per_minute": 2 }))).await;
    let path = "/v2/customers/1/validate";
    let check = async |password: &str| {
        shop.send(Method::POST, path, json!({ "password": password }))
            .await
    };
    assert_eq!(check(DEMO_PASSWORD).await.1, json!({ "success": true }));
    assert_eq!(check("x").await.1, json!({ "success": false }));
    assert_eq!(check(DEMO_PASSWORD).await.0, StatusCode::TOO_MANY_REQUESTS);
    let (status, _) = shop
        .send(
            Method::POST,
            "/v2/customers/99/validate",
            json!({ "password": "x" }),
        )
        .await;
    assert_eq!(status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn countries_and_states_have_numbers_codes_and_counts() {
    let shop = Shop::with_office().await;
    let us = shop.read("/v2/countries?country_iso3=USA").await;
    assert_eq!(us[0]["country_iso2"], "US");
    let id = us[0]["id"].as_i64().unwrap();
    let states = format!("/v2/countries/{id}/states");
    let texas = shop.read(&format!("{states}?state_abbreviation=TX")).await;
    assert_eq!(texas[0]["state"], "Texas");
    for (query, code) in [
        ("Curacao", "CW"),
        ("CURA%C3%87AO", "CW"),
        ("Cura%C3%A7ao", "CW"),
        ("Curac%CC%A7ao", "CW"),
        ("Cote%20d%27Ivoire", "CI"),
        ("turkiye", "TR"),
    ] {
        let found = shop.read(&format!("/v2/countries?country={query}")).await;
        assert_eq!(found[0]["country_iso2"], code, "{query}");
    }
    assert_eq!(
        shop.read(&format!("{states}/{}", texas[0]["id"])).await,
        texas[0]
    );
    let count = shop.read(&format!("{states}/count")).await["count"]
        .as_i64()
        .unwrap();
    assert!(count > 50);
    assert!(
        shop.read("/v2/countries/states/count").await["count"]
            .as_i64()
            .unwrap()
            > count
    );
    assert_eq!(shop.ids("/v2/countries?limit=250").await.len(), 250);
    assert_eq!(shop.read("/v2/countries/count").await["count"], 252);
    let (status, _) = answer(shop.call(Method::GET, "/v2/countries/9999")).await;
    assert_eq!(status, StatusCode::NOT_FOUND);
}
