//! The V3 Customers API, and that shoppers see what it changes.

use crate::api::{answer, whole, with_api};
use crate::support::{DEMO_PASSWORD, PASSWORD, Shop};
use reqwest::{Method, StatusCode};
use serde_json::{Value, json};

const CUSTOMERS: &str = "/v3/customers";
const ADDRESSES: &str = "/v3/customers/addresses";

fn address(customer: i64) -> Value {
    json!({ "customer_id": customer, "first_name": "Amina", "last_name": "Diallo",
        "company": "Teas & Co", "address1": "5 Mill Lane", "city": "Sacramento", "country_code": "US",
        "state_or_province": "California", "postal_code": "95814", "phone": "" })
}

#[tokio::test]
async fn ten_customers_are_created_in_one_call_with_all_that_is_theirs() {
    let shop = Shop::with_office().await;
    let batch: Vec<Value> = (0..10)
        .map(|n| whole(&format!("g{n}@example.com")))
        .collect();
    let created = shop.done(Method::POST, CUSTOMERS, json!(batch)).await;
    assert_eq!(created["data"].as_array().unwrap().len(), 10);
    let first = &created["data"][0];
    assert_eq!(first["addresses"][0]["address_type"], "commercial");
    assert_eq!(first["addresses"][0]["country"], "United States");
    assert_eq!(
        first["addresses"][0]["form_fields"][0]["value"],
        "G. Hopper"
    );
    assert_eq!(first["attributes"][0]["attribute_value"], "Silver leaf");
    assert_eq!(first["store_credit_amounts"][0]["amount"], 12.5);
    assert_eq!(first["address_count"], 1);
    let answers = first["form_fields"].as_array().unwrap();
    let of = |name: &str| {
        let mut answers = answers.iter();
        answers
            .find(|a| a["name"] == name)
            .map(|a| a["value"].clone())
    };
    assert_eq!(of("Cups of tea a day"), Some(json!(3.0)));
    assert_eq!(
        of("What do you like?"),
        Some(json!(["Green tea", "Plants"]))
    );
    assert_eq!(of("Date of birth"), Some(json!("1906-12-09")));
    assert_eq!(of("How did you hear of us?"), Some(json!("Search")));

    // The shopper sees all of it.
    let cookie = shop.sign_in("g0@example.com", PASSWORD).await;
    let query = "{ customer { company attributes { attribute(entityId: 1) { value } }
        addresses { edges { node { address1 formFields { name } } } } formFields { name } } }";
    let seen = shop.ask_as(&cookie, query, json!({})).await;
    let seen = &seen["data"]["customer"];
    assert_eq!(seen["company"], "Navy");
    assert_eq!(seen["attributes"]["attribute"]["value"], "Silver leaf");
    assert_eq!(
        seen["addresses"]["edges"][0]["node"]["address1"],
        "1 Harbour Street"
    );
    assert_eq!(seen["formFields"].as_array().unwrap().len(), 5);
}

#[tokio::test]
async fn a_batch_with_one_mistake_changes_nothing_and_names_each() {
    let shop = Shop::with_office().await;
    let mut bad = whole("b@example.com");
    bad["addresses"][0]["country_code"] = json!("XX");
    bad["attributes"][0]["attribute_id"] = json!(99);
    bad["form_fields"][3]["value"] = json!("A dream");
    bad["form_fields"][0]["name"] = json!("Shoe size");
    let taken = whole("MARIA@example.com");
    let batch = json!([whole("a@example.com"), bad, taken]);
    let (status, body) = shop.send(Method::POST, CUSTOMERS, batch).await;
    assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY);
    let named: Vec<&String> = body["errors"].as_object().unwrap().keys().collect();
    for path in [
        "1.addresses.0.country_code",
        "1.attributes.0.attribute_id",
        "1.form_fields.0.name",
        "1.form_fields.3.value",
        "2.email",
    ] {
        assert!(named.iter().any(|own| *own == path), "{path}: {body}");
    }
    assert!(named.iter().all(|path| !path.starts_with("0.")), "{body}");
    assert_eq!(shop.count("customers"), 4);
    for (pointer, value, path) in [
        ("/email", json!("nobody"), "0.email"),
        ("/first_name", json!(""), "0.first_name"),
        ("/last_name", json!("x".repeat(101)), "0.last_name"),
        ("/customer_group_id", json!(99), "0.customer_group_id"),
        ("/channel_ids", json!([]), "0.channel_ids"),
        (
            "/authentication/new_password",
            json!("short"),
            "0.authentication.new_password",
        ),
        ("/addresses", json!(vec![json!({}); 11]), "0.addresses"),
    ] {
        let mut body = whole("c@example.com");
        body["channel_ids"] = json!([1]);
        body["customer_group_id"] = json!(1);
        *body.pointer_mut(pointer).unwrap() = value;
        let (status, answer) = shop.send(Method::POST, CUSTOMERS, json!([body])).await;
        assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY, "{path}");
        assert!(answer["errors"].get(path).is_some(), "{path}: {answer}");
    }
}

#[tokio::test]
async fn each_filter_finds_its_customers_and_no_others() {
    let shop = Shop::with_office().await;
    let mut grace = whole("g@example.com");
    grace["customer_group_id"] = json!(1);
    let created = shop.done(Method::POST, CUSTOMERS, json!([grace])).await;
    let id = created["data"][0]["id"].as_i64().unwrap();
    for query in [
        "email:in=G@example.com,nobody@example.com",
        "company:in=navy",
        "phone:in=555-1",
        "name:in=grace%20hopper",
        "name:like=oppe",
        "name:like=ce%20Ho",
        "name:like=op",
        "id:in=5,77",
    ] {
        assert_eq!(
            shop.ids(&format!("{CUSTOMERS}?{query}")).await,
            [id],
            "{query}"
        );
    }
    assert_eq!(
        shop.ids(&format!("{CUSTOMERS}?customer_group_id:in=1"))
            .await,
        [1, id]
    );
    let today = created["data"][0]["date_created"].as_str().unwrap()[..10].to_owned();
    for query in [
        format!("date_created={today}"),
        format!("date_created:min={today}"),
        format!("date_modified:max={today}"),
    ] {
        assert_eq!(
            shop.ids(&format!("{CUSTOMERS}?{query}")).await.len(),
            5,
            "{query}"
        );
    }
    assert!(
        shop.ids(&format!("{CUSTOMERS}?date_created:max=2001-01-01"))
            .await
            .is_empty()
    );
    assert!(
        shop.ids(&format!("{CUSTOMERS}?name:like=%22OR%22x"))
            .await
            .is_empty()
    );
    assert_eq!(
        shop.ids(&format!("{CUSTOMERS}?sort=last_name:asc&limit=2"))
            .await,
        [3, 1]
    );
    let plain = shop.read(&format!("{CUSTOMERS}?id:in={id}")).await;
    assert!(plain["data"][0].get("addresses").is_none());
}

#[tokio::test]
async fn one_or_two_letters_of_a_name_find_it_in_any_case_for_as_long_as_it_has_them() {
    let shop = Shop::with_office().await;
    let mut zoe = whole("zoe@example.com");
    (zoe["first_name"], zoe["last_name"]) = (json!("Zoë"), json!("O'Quin"));
    let created = shop.done(Method::POST, CUSTOMERS, json!([zoe])).await;
    let id = created["data"][0]["id"].as_i64().unwrap();
    let found = async |part: &str| shop.ids(&format!("{CUSTOMERS}?name:like={part}")).await;
    for part in [
        "q", "Q", "%C3%AB", "%C3%8B", "zo", "O%C3%8B", "o'", "qu,zoom",
    ] {
        assert_eq!(found(part).await, [id], "{part}");
    }
    assert_eq!(found("xx,quin").await, [id], "short and long");
    for part in ["%22", "%01", "%01q", "q%01", "*", "zq"] {
        assert!(found(part).await.is_empty(), "{part}");
    }
    assert_eq!(found("").await.len(), 5, "nothing is in every name");
    let other = json!([{ "id": id, "first_name": "Ida" }]);
    shop.done(Method::PUT, CUSTOMERS, other).await;
    assert!(found("zo").await.is_empty());
    assert_eq!(found("o'").await, [id]);
    shop.delete(&format!("{CUSTOMERS}?id:in={id}")).await;
    assert!(found("o'").await.is_empty());
}

#[tokio::test]
async fn a_sign_up_s_address_of_the_network_is_found() {
    let shop = Shop::with_office().await;
    shop.register(crate::support::applicant("ada@example.com"))
        .await;
    let path = format!("{CUSTOMERS}?registration_ip_address:in=127.0.0.1");
    assert_eq!(shop.ids(&path).await, [5]);
}

#[tokio::test]
async fn pages_and_cursors_walk_the_whole_list_in_any_order() {
    let shop = Shop::with_office().await;
    let batch: Vec<Value> = (0..9)
        .map(|n| whole(&format!("g{n}@example.com")))
        .collect();
    shop.done(Method::POST, CUSTOMERS, json!(batch)).await;
    let page = shop.read(&format!("{CUSTOMERS}?limit=5&page=2")).await;
    let pagination = &page["meta"]["pagination"];
    assert_eq!(pagination["total"], 13);
    assert_eq!(pagination["total_pages"], 3);
    assert_eq!(pagination["links"]["next"], "?limit=5&page=3");
    for sort in [
        "",
        "&sort=last_name:desc",
        "&sort=date_modified:asc",
        "&name:like=a",
        "&name:like=opp,mar,jun,min",
        "&name:like=opp,mar,jun,min&sort=date_modified:desc",
        "&name:like=opp,mar,jun,min&id:in=1,2,3,4,5,6,7,8,9,10,11,12,13",
    ] {
        let all = shop.ids(&format!("{CUSTOMERS}?limit=50{sort}")).await;
        let (mut walked, mut cursor) = (Vec::new(), String::new());
        loop {
            let answer = shop
                .read(&format!("{CUSTOMERS}?limit=4{sort}{cursor}"))
                .await;
            walked.extend(
                answer["data"]
                    .as_array()
                    .unwrap()
                    .iter()
                    .map(|c| c["id"].as_i64().unwrap()),
            );
            match answer["meta"]["cursor_pagination"]["end_cursor"].as_str() {
                Some(end) => cursor = format!("&after={end}"),
                None => break,
            }
        }
        assert_eq!(walked, all, "{sort}");
        let page = shop
            .read(&format!("{CUSTOMERS}?limit=4&page=2{sort}"))
            .await;
        assert_eq!(page["meta"]["pagination"]["total"], all.len(), "{sort}");
        assert_eq!(page["meta"]["pagination"]["count"], 4, "{sort}");
        let (last, others) = all.split_last().unwrap();
        let before = shop
            .ids(&format!("{CUSTOMERS}?limit=4{sort}&before=row-{last}"))
            .await;
        assert_eq!(before, others[others.len() - 4..], "{sort}");
    }
}

#[tokio::test]
async fn the_total_of_a_list_is_what_one_would_count_whatever_came_and_went() {
    let shop = Shop::with_office().await;
    let assert_counted = || {
        for table in ["customers", "addresses", "attribute_values", "subscribers"] {
            let sql = "SELECT total FROM row_counts WHERE name = ?1";
            let kept: i64 = shop
                .database()
                .query_row(sql, [table], |row| row.get(0))
                .unwrap();
            assert_eq!(kept, shop.count(table), "{table}");
        }
    };
    assert_counted();
    let (kept, gone) = (whole("kept@example.com"), whole("gone@example.com"));
    let created = shop
        .done(Method::POST, CUSTOMERS, json!([kept, gone]))
        .await;
    let twice = json!([whole("new@example.com"), whole("kept@example.com")]);
    let (status, _) = shop.send(Method::POST, CUSTOMERS, twice).await;
    assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY);
    let id = &created["data"][0]["id"];
    for value in ["Gold leaf", "Silver leaf"] {
        let upsert = json!([{ "customer_id": id, "attribute_id": 1, "value": value }]);
        shop.done(Method::PUT, "/v3/customers/attribute-values", upsert)
            .await;
    }
    let subscriber = json!({ "email": "s@example.com", "acceptsMarketingNewsletter": true });
    for _ in 0..2 {
        let request = shop.post("/api/storefront/subscriptions").json(&subscriber);
        request.send().await.unwrap();
    }
    assert_counted();
    let gone = &created["data"][1]["id"];
    shop.delete(&format!("{CUSTOMERS}?id:in={gone}")).await;
    shop.delete("/v3/customers/subscribers?email=s@example.com")
        .await;
    assert_counted();
    shop.delete("/v3/customers/attributes?id:in=1").await;
    assert_counted();
    let total = |page: &Value| page["meta"]["pagination"]["total"].clone();
    assert_eq!(total(&shop.read(CUSTOMERS).await), shop.count("customers"));
    assert_eq!(total(&shop.read(ADDRESSES).await), shop.count("addresses"));
}

#[tokio::test]
async fn a_change_by_the_office_is_what_the_shopper_sees_next() {
    let shop = Shop::with_office().await;
    let cookie = shop.sign_in("maria@example.com", DEMO_PASSWORD).await;
    let change = json!([{ "id": 1, "company": "Casa", "customer_group_id": 0,
        "form_fields": [{ "name": "Cups of tea a day", "value": 7 }] }]);
    let changed = shop.done(Method::PUT, CUSTOMERS, change).await;
    assert_eq!(changed["data"][0]["first_name"], "María");
    let query = "{ customer { company customerGroupId formFields { name } } }";
    let seen = shop.ask_as(&cookie, query, json!({})).await;
    assert_eq!(seen["data"]["customer"]["company"], "Casa");
    assert_eq!(seen["data"]["customer"]["customerGroupId"], 0);
    assert_eq!(
        seen["data"]["customer"]["formFields"]
            .as_array()
            .unwrap()
            .len(),
        4
    );
    let (status, body) = shop
        .send(
            Method::PUT,
            CUSTOMERS,
            json!([{ "id": 1, "company": "X" }, { "id": 99 }]),
        )
        .await;
    assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(body["errors"].get("1.id").is_some(), "{body}");
    assert_eq!(
        shop.read(&format!("{CUSTOMERS}?id:in=1")).await["data"][0]["company"],
        "Casa"
    );
    shop.delete(&format!("{CUSTOMERS}?id:in=1,99")).await;
    assert_eq!(shop.whose(&cookie).await, Value::Null);
    assert_eq!(shop.count("customers"), 3);
}

#[tokio::test]
async fn the_authentication_object_sets_a_password_or_demands_another() {
    let shop = Shop::with_office().await;
    let cookie = shop.sign_in("jun@example.com", DEMO_PASSWORD).await;
    let set = json!([{ "id": 2, "authentication": { "new_password": "Purple-teapot-9" } }]);
    shop.done(Method::PUT, CUSTOMERS, set).await;
    assert_eq!(
        shop.whose(&cookie).await,
        Value::Null,
        "the old password's session"
    );
    shop.sign_in("jun@example.com", PASSWORD).await;
    let demand = json!([{ "id": 2, "authentication": { "force_password_reset": true } }]);
    let changed = shop.done(Method::PUT, CUSTOMERS, demand).await;
    assert_eq!(
        changed["data"][0]["authentication"]["force_password_reset"],
        true
    );
    let refused = shop.login("jun@example.com", PASSWORD).await;
    assert_eq!(
        refused["errors"][0]["extensions"]["code"],
        "RESET_PASSWORD_REQUIRED"
    );
    // Without a password, nobody signs in.
    let bare = json!([{ "email": "b@example.com", "first_name": "B", "last_name": "C" }]);
    shop.done(Method::POST, CUSTOMERS, bare).await;
    for password in ["", "x"] {
        let refused = shop.login("b@example.com", password).await;
        assert_eq!(
            refused["errors"][0]["extensions"]["code"],
            "INVALID_CREDENTIALS"
        );
    }
}

#[tokio::test]
async fn addresses_are_filtered_added_changed_and_seen_by_the_shopper() {
    let shop = Shop::with_office().await;
    let mut two = address(3);
    two["address1"] = json!("6 Mill Lane");
    let added = shop
        .done(
            Method::POST,
            ADDRESSES,
            json!([address(3), two, address(3)]),
        )
        .await;
    assert_eq!(
        added["data"].as_array().unwrap().len(),
        2,
        "the third is the first"
    );
    let id = added["data"][0]["id"].as_i64().unwrap();
    let other = added["data"][1]["id"].as_i64().unwrap();
    for query in [
        "customer_id:in=3",
        "company:in=teas%20%26%20co",
        "name:in=Amina+Diallo",
    ] {
        assert_eq!(
            shop.ids(&format!("{ADDRESSES}?{query}")).await,
            [id, other],
            "{query}"
        );
    }
    assert_eq!(
        shop.ids(&format!("{ADDRESSES}?id:in={other}")).await,
        [other]
    );
    let again = shop
        .done(Method::POST, ADDRESSES, json!([address(3)]))
        .await;
    assert_eq!(again["data"], json!([]));
    let same = json!([{ "id": other, "address1": "5 Mill Lane" }]);
    assert_eq!(
        shop.done(Method::PUT, ADDRESSES, same).await["data"],
        json!([])
    );
    let change = json!([{ "id": id, "city": "Cork",
        "form_fields": [{ "name": "Floor", "value": 2 }] }]);
    let changed = shop.done(Method::PUT, ADDRESSES, change).await;
    assert_eq!(changed["data"][0]["form_fields"][0]["value"], 2.0);
    let with = shop
        .read(&format!("{ADDRESSES}?id:in={id}&include=formfields"))
        .await;
    assert_eq!(with["data"][0]["form_fields"][0]["address_id"], id);
    let cookie = shop.sign_in("amina@example.com", DEMO_PASSWORD).await;
    let query = "{ customer { addresses { edges { node { city } } } } }";
    let seen = shop.ask_as(&cookie, query, json!({})).await;
    assert_eq!(
        seen["data"]["customer"]["addresses"]["edges"][0]["node"]["city"],
        "Cork"
    );
    let mut bad = address(99);
    bad["country_code"] = json!("QQ");
    let (status, body) = shop.send(Method::POST, ADDRESSES, json!([bad, {}])).await;
    assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(body["errors"].get("1.postal_code").is_some(), "{body}");
    shop.delete(&format!("{ADDRESSES}?id:in={id},{other}"))
        .await;
    assert!(
        shop.ids(&format!("{ADDRESSES}?customer_id:in=3"))
            .await
            .is_empty()
    );
}

#[tokio::test]
async fn a_state_or_postal_code_that_a_country_does_not_ask_for_is_kept() {
    let shop = Shop::with_office().await;
    let place = |country: &str, state: &str, code: &str| {
        let mut place = address(3);
        place["country_code"] = json!(country);
        place["state_or_province"] = json!(state);
        place["postal_code"] = json!(code);
        place
    };
    let batch = json!([
        place("DE", "Bayern", "80331"),
        place("DE", "Hessen", "80331"),
        place("GB", "Kent", "CT1 2EH"),
        place("FR", "Bretagne", "35000"),
        place("NL", "Utrecht", "3511 AB"),
        place("HK", "Kowloon", "999077"),
        place("DE", "", "80331"),
    ]);
    let added = shop.done(Method::POST, ADDRESSES, batch.clone()).await;
    let added = added["data"].as_array().unwrap();
    assert_eq!(added.len(), 7, "each is another");
    for (kept, given) in added.iter().zip(batch.as_array().unwrap()) {
        for name in ["state_or_province", "postal_code"] {
            assert_eq!(kept[name], given[name], "{given}");
        }
    }
    let change = async |change: Value| {
        let mut change = change;
        change["id"] = added[0]["id"].clone();
        let changed = shop.done(Method::PUT, ADDRESSES, json!([change])).await;
        changed["data"][0]["state_or_province"].clone()
    };
    assert_eq!(change(json!({ "city": "Augsburg" })).await, "Bayern");
    assert_eq!(
        change(json!({ "state_or_province": "Sachsen" })).await,
        "Sachsen"
    );
    let elsewhere = json!({ "country_code": "FR" });
    assert_eq!(change(elsewhere).await, "", "of a country that it left");
    let (status, body) = shop
        .send(
            Method::POST,
            ADDRESSES,
            json!([place("DE", "<b>", "80331")]),
        )
        .await;
    assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(
        body["errors"].get("0.state_or_province").is_some(),
        "{body}"
    );
}

#[tokio::test]
async fn names_of_addresses_have_255_characters_and_those_of_customers_100() {
    let shop = Shop::with_office().await;
    let mut long = address(3);
    long["first_name"] = json!("x".repeat(255));
    let added = shop.done(Method::POST, ADDRESSES, json!([long])).await;
    assert_eq!(added["data"][0]["first_name"], long["first_name"]);
    long["last_name"] = json!("x".repeat(256));
    let (status, body) = shop.send(Method::POST, ADDRESSES, json!([long])).await;
    assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(body["errors"].get("0.last_name").is_some(), "{body}");
}

#[tokio::test]
async fn a_name_of_spaces_is_no_name() {
    let shop = Shop::with_office().await;
    for name in ["first_name", "last_name"] {
        let mut blank = whole("b@example.com");
        blank[name] = json!("   ");
        let change = json!([{ "id": 1, name: "   " }]);
        for (method, body) in [(Method::POST, json!([blank])), (Method::PUT, change)] {
            let (status, answer) = shop.send(method, CUSTOMERS, body).await;
            assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY);
            let path = format!("0.{name}");
            assert!(answer["errors"].get(&path).is_some(), "{answer}");
        }
        let (status, _) = shop
            .send(Method::PUT, "/v2/customers/1", json!({ name: "   " }))
            .await;
        assert_eq!(status, StatusCode::BAD_REQUEST);
    }
    let spaced = json!([{ "id": 1, "first_name": format!(" {} ", "x".repeat(100)) }]);
    let changed = shop.done(Method::PUT, CUSTOMERS, spaced).await;
    assert_eq!(changed["data"][0]["first_name"], "x".repeat(100));
}

#[tokio::test]
async fn attributes_are_typed_and_their_number_is_a_setting() {
    let shop = Shop::demo_with(with_api(json!({ "attributes": 4 }))).await;
    let path = "/v3/customers/attributes";
    let define = json!([{ "name": "Age", "type": "number" }, { "name": "Since", "type": "date" }]);
    let defined = shop.done(Method::POST, path, define).await;
    let (age, since) = (&defined["data"][0]["id"], &defined["data"][1]["id"]);
    let (status, body) = shop
        .send(
            Method::POST,
            path,
            json!([{ "name": "More", "type": "string" }]),
        )
        .await;
    assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY, "{body}");
    assert_eq!(
        shop.ids(&format!("{path}?name:like=AG")).await,
        [age.as_i64().unwrap()]
    );
    assert_eq!(shop.ids(&format!("{path}?type=date")).await.len(), 2);
    let (status, _) = shop
        .send(Method::PUT, path, json!([{ "id": age, "name": "Since" }]))
        .await;
    assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY);
    let renamed = shop
        .done(Method::PUT, path, json!([{ "id": age, "name": "Years" }]))
        .await;
    assert_eq!(renamed["data"][0]["type"], "number");

    let values = "/v3/customers/attribute-values";
    let upsert = json!([
        { "customer_id": 1, "attribute_id": age, "value": "41" },
        { "customer_id": 2, "attribute_id": since, "value": "2019-05-01" },
    ]);
    let kept = shop.done(Method::PUT, values, upsert).await;
    assert_eq!(kept["data"][0]["attribute_value"], "41");
    let again = json!([{ "customer_id": 1, "attribute_id": age, "value": "42" }]);
    let again = shop.done(Method::PUT, values, again).await;
    assert_eq!(
        again["data"][0]["id"], kept["data"][0]["id"],
        "the same row"
    );
    for (attribute, value) in [(age, "many"), (since, "soon"), (&json!(99), "x")] {
        let bad = json!([{ "customer_id": 1, "attribute_id": attribute, "value": value }]);
        let (status, _) = shop.send(Method::PUT, values, bad).await;
        assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY, "{value}");
    }
    let many: Vec<Value> = (1..12)
        .map(|n| json!({ "customer_id": n, "attribute_id": 1, "value": "x" }))
        .collect();
    let (status, _) = shop.send(Method::PUT, values, json!(many)).await;
    assert_eq!(status, StatusCode::PAYLOAD_TOO_LARGE);
    let id = kept["data"][0]["id"].as_i64().unwrap();
    assert_eq!(shop.ids(&format!("{values}?name=Years")).await, [id]);
    assert_eq!(
        shop.ids(&format!("{values}?customer_id:in=1&attribute_id:in={age}"))
            .await,
        [id]
    );
    shop.delete(&format!("{values}?id:in={id}")).await;
    shop.delete(&format!("{path}?id:in={since}")).await;
    assert_eq!(
        shop.ids(&format!("{values}?customer_id:in=2")).await,
        [0_i64; 0]
    );
}

#[tokio::test]
async fn answers_to_custom_fields_are_kept_in_the_place_of_others_and_filtered() {
    let shop = Shop::with_office().await;
    let path = "/v3/customers/form-field-values";
    let upsert = json!([
        { "customer_id": 1, "name": "Cups of tea a day", "value": 4 },
        { "address_id": 1, "name": "Gate code", "value": "1234" },
    ]);
    shop.done(Method::PUT, path, upsert).await;
    let again = json!([{ "customer_id": 1, "name": "Cups of tea a day", "value": " 5 " }]);
    let kept = shop.done(Method::PUT, path, again).await;
    assert_eq!(
        kept["data"][0]["value"], 5.0,
        "as it is kept, not as it was sent"
    );
    let nothing = json!([{ "address_id": 1, "name": "Floor", "value": " " }]);
    let kept = shop.done(Method::PUT, path, nothing).await;
    assert_eq!(kept["data"][0]["value"], "");
    let of = async |query: &str| shop.read(&format!("{path}?{query}")).await["data"].clone();
    let cups = of("field_name=Cups%20of%20tea%20a%20day").await;
    assert_eq!(
        cups,
        json!([{ "customer_id": 1, "name": "Cups of tea a day", "value": 5.0 }])
    );
    assert_eq!(
        of("field_type=password&address_id=1").await[0]["value"],
        "1234"
    );
    assert_eq!(of("customer_id=1").await.as_array().unwrap().len(), 4);
    let all = of("limit=250").await;
    let (mut walked, mut cursor) = (Vec::new(), String::new());
    loop {
        let answer = shop.read(&format!("{path}?limit=3{cursor}")).await;
        walked.extend(answer["data"].as_array().unwrap().iter().cloned());
        match answer["meta"]["cursor_pagination"]["end_cursor"].as_str() {
            Some(end) => cursor = format!("&after={end}"),
            None => break,
        }
    }
    assert_eq!(json!(walked), all);
    let mut paged = Vec::new();
    for page in 1..=walked.len().div_ceil(3) {
        let answer = of(&format!("limit=3&page={page}")).await;
        paged.extend(answer.as_array().unwrap().iter().cloned());
    }
    assert_eq!(json!(paged), all);
    for (body, name) in [
        (json!({ "name": "Floor", "value": 1 }), "0.customer_id"),
        (
            json!({ "customer_id": 99, "name": "Floor", "value": 1 }),
            "0.customer_id",
        ),
        (
            json!({ "customer_id": 1, "name": "Floor", "value": 1 }),
            "0.name",
        ),
        (
            json!({ "customer_id": 1, "name": "Cups of tea a day", "value": 99 }),
            "0.value",
        ),
    ] {
        let (status, answer) = shop.send(Method::PUT, path, json!([body])).await;
        assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY);
        let named = answer["errors"].as_object().unwrap();
        assert!(named.keys().any(|key| key == name), "{name}: {answer}");
    }
}

#[tokio::test]
async fn a_null_inside_an_answer_to_a_custom_field_is_refused_by_name() {
    let shop = Shop::with_office().await;
    let customer = |value: &Value| json!([{ "id": 1, "form_fields": [{ "name": "Cups of tea a day", "value": value }] }]);
    let row =
        |value: &Value| json!([{ "customer_id": 1, "name": "Cups of tea a day", "value": value }]);
    let of_address =
        |value: &Value| json!([{ "id": 1, "form_fields": [{ "name": "Floor", "value": value }] }]);
    for value in [json!(null), json!([null]), json!(["a", null])] {
        for (path, body, name) in [
            (CUSTOMERS, customer(&value), "0.form_fields.0.value"),
            (ADDRESSES, of_address(&value), "0.form_fields.0.value"),
            ("/v3/customers/form-field-values", row(&value), "0.value"),
        ] {
            let (status, answer) = shop.send(Method::PUT, path, body).await;
            assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY, "{path} {value}");
            let errors = answer["errors"].as_object().unwrap();
            assert!(errors.keys().all(|key| key.starts_with(name)), "{answer}");
        }
    }
}

#[tokio::test]
async fn an_e_mail_address_has_one_account_however_it_is_spelt() {
    let shop = Shop::with_office().await;
    for (first, again) in [
        ("anna@bücher.example", "anna@xn--bcher-kva.example"),
        ("ANNA@xn--mller-kva.example", "anna@MÜLLER.example"),
        ("jose\u{301}@example.com", "jos\u{e9}@example.com"),
        ("fw@example.com", "fw@\u{ff45}xample.com"),
        ("zw@example.com", "\u{feff}zw@example.com\u{200b}"),
    ] {
        let new = |email: &str| {
            json!([{ "email": email, "first_name": "A", "last_name": "B",
                "authentication": { "new_password": PASSWORD } }])
        };
        shop.done(Method::POST, CUSTOMERS, new(first)).await;
        let (status, _) = shop.send(Method::POST, CUSTOMERS, new(again)).await;
        assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY, "{again}");
        for spelling in [first, again] {
            let answer = shop.login(spelling, PASSWORD).await;
            assert!(answer["errors"].is_null(), "{spelling}: {answer}");
        }
    }
    // What is no domain is nobody else's.
    for email in [
        "a@\u{2260}.example",
        "a@\u{226e}.example",
        "a@stra\u{df}e.example",
        "a@strasse.example",
    ] {
        let new = json!([{ "email": email, "first_name": "A", "last_name": "B" }]);
        shop.done(Method::POST, CUSTOMERS, new).await;
    }
}

#[tokio::test]
async fn an_account_of_an_earlier_version_is_known_by_every_spelling_too() {
    let shop = Shop::with_office().await;
    shop.database()
        .execute_batch(
            "UPDATE customers SET email = 'Jun@xn--bcher-kva.example',
                 email_key = 'jun@xn--bcher-kva.example' WHERE id = 2",
        )
        .unwrap();
    let shop = shop.reopened().await;
    for email in ["jun@bücher.example", "jun@xn--bcher-kva.example"] {
        let answer = shop.login(email, DEMO_PASSWORD).await;
        assert!(answer["errors"].is_null(), "{email}: {answer}");
    }
}

#[tokio::test]
async fn a_password_is_the_same_however_its_letters_are_composed() {
    let shop = Shop::with_office().await;
    let new = json!([{ "email": "c@example.com", "first_name": "A", "last_name": "B",
        "authentication": { "new_password": "Purple-the\u{301}-9" } }]);
    shop.done(Method::POST, CUSTOMERS, new).await;
    for password in ["Purple-the\u{301}-9", "Purple-th\u{e9}-9"] {
        let answer = shop.login("c@example.com", password).await;
        assert!(answer["errors"].is_null(), "{password}: {answer}");
    }
    let answer = shop.login("c@example.com", "Purple-the-9").await;
    assert!(answer["data"].is_null());
}

#[tokio::test]
async fn a_subscription_follows_the_e_mail_address_of_its_customer() {
    let shop = Shop::with_office().await;
    let subscribers = "/v3/customers/subscribers";
    let subscribe = async |email: &str, consents: Value| {
        let body = json!({ "email": email, "consents": consents });
        shop.done(Method::POST, subscribers, body).await["data"]["id"].clone()
    };
    let agreed = json!(["marketing_newsletter"]);
    let id = subscribe("jun@example.com", agreed.clone()).await;
    let move_to = async |email: &str| {
        let body = json!([{ "id": 2, "email": email }]);
        shop.done(Method::PUT, CUSTOMERS, body).await;
    };
    let at = async |email: &str| {
        shop.read(&format!("{subscribers}?email={email}")).await["data"].clone()
    };
    move_to("jun@new.example").await;
    assert_eq!(at("jun@example.com").await, json!([]));
    assert_eq!(at("jun@new.example").await[0]["id"], id);
    assert_eq!(at("jun@new.example").await[0]["consents"], agreed);
    let cookie = shop.sign_in("jun@new.example", DEMO_PASSWORD).await;
    let change = "mutation { customer { updateCustomer(input: { email: \"jun@third.example\" }) { errors { __typename } } } }";
    shop.ask_as(&cookie, change, json!({})).await;
    assert_eq!(at("jun@third.example").await[0]["id"], id);
    // What the new address said for itself counts.
    let other = subscribe("jun@fourth.example", json!([])).await;
    move_to("jun@fourth.example").await;
    assert_eq!(at("jun@third.example").await, json!([]));
    assert_eq!(at("jun@fourth.example").await[0]["id"], other);
    assert_eq!(at("jun@fourth.example").await[0]["consents"], json!([]));
}

#[tokio::test]
async fn what_the_office_writes_of_a_customer_the_shopper_can_save_again() {
    let shop = Shop::with_office().await;
    for (name, value) in [
        ("first_name", "<b>"),
        ("last_name", "A\nB"),
        ("company", "Tea\tCo"),
        ("phone", "1 > 2"),
        ("first_name", "\u{200b}\u{3164}"),
    ] {
        let (status, answer) = shop
            .send(Method::PUT, CUSTOMERS, json!([{ "id": 2, name: value }]))
            .await;
        assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY, "{name} {value:?}");
        let path = format!("0.{name}");
        assert!(answer["errors"].get(&path).is_some(), "{path}: {answer}");
    }
    let kept =
        json!([{ "id": 2, "first_name": " Ju\u{200b}n\u{202e}", "company": "T & \u{2019}Co" }]);
    let kept = shop.done(Method::PUT, CUSTOMERS, kept).await["data"][0].clone();
    assert_eq!(kept["first_name"], "Jun");
    let cookie = shop.sign_in("jun@example.com", DEMO_PASSWORD).await;
    let change =
        "mutation Change($input: UpdateCustomerInput!) { customer { updateCustomer(input: $input) {
        errors { __typename ... on Error { message } } } } }";
    let input = json!({ "input": { "firstName": kept["first_name"], "company": kept["company"] } });
    let answer = shop.ask_as(&cookie, change, input).await;
    assert_eq!(
        answer["data"]["customer"]["updateCustomer"]["errors"],
        json!([])
    );
}

#[tokio::test]
async fn a_decision_of_the_shopper_is_read_and_one_of_the_merchant_is_recorded_as_such() {
    let mut settings = with_api(json!({}));
    settings["privacy"] = json!({ "cookie_consent_enabled": true });
    let shop = Shop::demo_with(settings).await;
    let path = "/v3/customers/1/consent";
    let none = shop.read(path).await;
    assert_eq!(none["allow"], json!(["essential"]));
    assert!(none.get("decided_at").is_none() && none["updated_at"].is_string());
    let cookie = shop.sign_in("maria@example.com", DEMO_PASSWORD).await;
    let decide = shop
        .post("/api/storefront/consent")
        .header("cookie", &cookie);
    let decide = decide.json(&json!({ "allow": [1], "deny": [2, 3] }));
    assert_eq!(decide.send().await.unwrap().status(), StatusCode::OK);
    let read = shop.read(path).await;
    assert_eq!(read["allow"], json!(["essential", "analytics"]));
    assert!(read["decided_at"].is_string());
    let put = shop
        .done(
            Method::PUT,
            path,
            json!({ "allow": ["targeting"], "deny": [] }),
        )
        .await;
    assert_eq!(put["deny"], json!(["functional", "analytics"]));
    let source: String = shop
        .database()
        .query_row(
            "SELECT source FROM consent_history ORDER BY id DESC",
            [],
            |row| row.get(0),
        )
        .unwrap();
    assert_eq!(source, "admin");
    for body in [
        json!({ "allow": ["targeting"], "deny": ["targeting"] }),
        json!({ "allow": [], "deny": ["essential"] }),
        json!({ "allow": [], "deny": ["analytics", "analytics"] }),
        json!({ "allow": ["marketing"], "deny": [] }),
    ] {
        let (status, _) = shop.send(Method::PUT, path, body).await;
        assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY);
    }
    let (status, _) = answer(shop.call(Method::GET, "/v3/customers/99/consent")).await;
    assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY);
}

#[tokio::test]
async fn credentials_are_checked_without_signing_anybody_in_and_not_without_end() {
    let shop = Shop::demo_with(with_api(json!({ "password_checks_per_minute": 3 }))).await;
    let path = "/v3/customers/validate-credentials";
    let check = async |email: &str, password: &str| {
        shop.send(
            Method::POST,
            path,
            json!({ "email": email, "password": password }),
        )
        .await
    };
    let (_, right) = check("Maria@example.com", DEMO_PASSWORD).await;
    assert_eq!(right, json!({ "is_valid": true, "customer_id": 1 }));
    let (_, wrong) = check("maria@example.com", "x").await;
    assert_eq!(wrong, json!({ "is_valid": false, "customer_id": null }));
    check("maria@example.com", "y").await;
    let (status, _) = check("maria@example.com", DEMO_PASSWORD).await;
    assert_eq!(status, StatusCode::TOO_MANY_REQUESTS);
    let (_, unknown) = check("nobody@example.com", "x").await;
    assert_eq!(unknown["is_valid"], false);
}

#[tokio::test]
async fn settings_change_what_shoppers_are_asked_at_once() {
    let shop = Shop::with_office().await;
    let path = "/v3/customers/settings";
    let query = "{ site { settings { privacy { cookieConsentEnabled privacyPolicyUrl } } } }";
    let change = json!({
        "privacy_settings": { "ask_shopper_for_tracking_consent": true, "policy_url": "/privacy" },
        "customer_group_settings": { "default_customer_group_id": 1 },
    });
    let changed = shop.done(Method::PUT, path, change).await;
    assert_eq!(
        changed["data"]["customer_group_settings"]["default_customer_group_id"],
        1
    );
    let seen = shop.ask(query, json!({})).await;
    assert_eq!(
        seen["data"]["site"]["settings"]["privacy"]["privacyPolicyUrl"],
        "/privacy"
    );
    shop.register(crate::support::applicant("ada@example.com"))
        .await;
    let ada = shop.read("/v3/customers?email:in=ada@example.com").await;
    assert_eq!(
        ada["data"][0]["customer_group_id"], 1,
        "the group of new customers"
    );
    let channel = format!("{path}/channels/1");
    let over = json!({ "privacy_settings": { "ask_shopper_for_tracking_consent": false } });
    shop.done(Method::PUT, &channel, over).await;
    let seen = shop.ask(query, json!({})).await;
    assert_eq!(
        seen["data"]["site"]["settings"]["privacy"]["cookieConsentEnabled"],
        false
    );
    assert_eq!(
        shop.read(path).await["data"]["privacy_settings"]["ask_shopper_for_tracking_consent"],
        true
    );
    let (status, _) = answer(shop.call(Method::GET, &format!("{path}/channels/2"))).await;
    assert_eq!(status, StatusCode::NOT_FOUND);
    for link in [
        "//evil.example",
        "/\\evil.example",
        "https://",
        "http://[",
        "https://a b",
        "https://a/\n",
        "data:,x",
    ] {
        let body = json!({ "privacy_settings": { "policy_url": link } });
        let (status, _) = shop.send(Method::PUT, path, body).await;
        assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY, "{link}");
    }
    for link in ["HTTPS://shop.example/privacy", "/datenschutzerklärung"] {
        let body = json!({ "privacy_settings": { "policy_url": link } });
        shop.done(Method::PUT, path, body).await;
    }
    let script = json!({ "privacy_settings": { "policy_url": "javascript:alert(1)" } });
    let (status, _) = shop.send(Method::PUT, path, script).await;
    assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY);
}

#[tokio::test]
async fn null_takes_back_what_the_channel_has_otherwise_than_the_store() {
    let shop = Shop::with_office().await;
    let store = "/v3/customers/settings";
    let channel = format!("{store}/channels/1");
    let over = json!({
        "privacy_settings": { "ask_shopper_for_tracking_consent": true, "policy_url": "/ours" },
        "customer_group_settings": { "guest_customer_group_id": 1, "default_customer_group_id": 1 },
        "allow_global_logins": false,
    });
    let changed = shop.done(Method::PUT, &channel, over.clone()).await;
    assert_eq!(changed["data"], over);
    let mut left = over.clone();
    for (change, pointer) in [
        (
            json!({ "privacy_settings": { "policy_url": null } }),
            "/privacy_settings/policy_url",
        ),
        (
            json!({ "customer_group_settings": { "guest_customer_group_id": null } }),
            "/customer_group_settings/guest_customer_group_id",
        ),
    ] {
        let changed = shop.done(Method::PUT, &channel, change).await;
        *left.pointer_mut(pointer).unwrap() = Value::Null;
        assert_eq!(changed["data"], left);
    }
    let nothing = json!({ "privacy_settings": null, "customer_group_settings": null,
        "allow_global_logins": null });
    shop.done(Method::PUT, &channel, nothing.clone()).await;
    let inherited = json!({
        "privacy_settings": { "ask_shopper_for_tracking_consent": null, "policy_url": null },
        "customer_group_settings":
            { "guest_customer_group_id": null, "default_customer_group_id": null },
        "allow_global_logins": true,
    });
    assert_eq!(shop.read(&channel).await["data"], inherited);
    let list = json!({ "customer_group_settings": [null, null] });
    let (status, answer) = shop.send(Method::PUT, &channel, list).await;
    assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(answer["errors"]["customer_group_settings"].is_string());
    for body in [
        nothing,
        json!({ "privacy_settings": { "policy_url": null } }),
    ] {
        let (status, _) = shop.send(Method::PUT, store, body).await;
        assert_eq!(
            status,
            StatusCode::UNPROCESSABLE_ENTITY,
            "the store inherits nothing"
        );
    }
    shop.done(Method::PUT, &channel, over).await;
    shop.delete("/v2/customer_groups/1").await;
    assert_eq!(
        shop.read(&channel).await["data"]["customer_group_settings"],
        inherited["customer_group_settings"],
        "a group that is no more"
    );
}

#[tokio::test]
async fn new_customers_are_in_the_group_of_their_channel_whichever_way_they_come() {
    let shop = Shop::with_office().await;
    let groups = "/v2/customer_groups";
    let (mut ids, mut added) = (Vec::new(), 0);
    for (name, is_default) in [("Everybody", true), ("Storefront", false)] {
        let group = json!({ "name": name, "is_default": is_default });
        ids.push(shop.done(Method::POST, groups, group).await["id"].clone());
    }
    for (own, expected) in [
        (&ids[1], &ids[1]),
        (&json!(0), &json!(0)),
        (&Value::Null, &ids[0]),
    ] {
        let over = json!({ "customer_group_settings": { "default_customer_group_id": own } });
        shop.done(Method::PUT, "/v3/customers/settings/channels/1", over)
            .await;
        added += 1;
        let new = |way: &str| {
            json!({ "email": format!("{way}{added}@example.com"), "first_name": "A",
                "last_name": "B" })
        };
        shop.done(Method::POST, CUSTOMERS, json!([new("v3-")]))
            .await;
        shop.done(Method::POST, "/v2/customers", new("v2-")).await;
        let own = crate::support::applicant(&format!("shopper-{added}@example.com"));
        shop.register(own).await;
        for way in ["v3-", "v2-", "shopper-"] {
            let path = format!("{CUSTOMERS}?email:in={way}{added}@example.com");
            let group = &shop.read(&path).await["data"][0]["customer_group_id"];
            assert_eq!(group, expected, "{way}");
        }
    }
}

#[tokio::test]
async fn subscribers_are_neither_customers_nor_guests() {
    let shop = Shop::with_office().await;
    let path = "/v3/customers/subscribers";
    let new = json!({ "email": "s@example.com", "first_name": "Sam", "source": "order",
        "order_id": 7, "consents": ["abandoned_cart"] });
    let added = shop.done(Method::POST, path, new.clone()).await;
    let id = added["data"]["id"].as_i64().unwrap();
    assert_eq!(shop.count("customers"), 4);
    let (status, _) = shop.send(Method::POST, path, new).await;
    assert_eq!(status, StatusCode::CONFLICT);
    for query in [
        "email=S@example.com",
        "source=order",
        "order_id=7",
        "first_name=sam",
    ] {
        assert_eq!(shop.ids(&format!("{path}?{query}")).await, [id], "{query}");
    }
    let one = format!("{path}/{id}");
    let changed = shop
        .done(Method::PUT, &one, json!({ "consents": [] }))
        .await;
    assert_eq!(changed["data"]["consents"], json!([]));
    let (status, _) = answer(shop.call(Method::GET, &format!("{path}/99"))).await;
    assert_eq!(status, StatusCode::NOT_FOUND);
    for body in [
        json!({}),
        json!({ "email": "s" }),
        json!({ "email": "t@example.com", "consents": ["all"] }),
        json!({ "email": "t@example.com", "order_id": 0 }),
    ] {
        let (status, _) = shop.send(Method::POST, path, body.clone()).await;
        assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY, "{body}");
    }
    let order = async |change: Value| {
        let changed = shop.done(Method::PUT, &one, change).await;
        changed["data"]["order_id"].clone()
    };
    assert_eq!(order(json!({ "first_name": "Sam" })).await, 7, "it stays");
    assert_eq!(order(json!({ "order_id": null })).await, Value::Null);
    assert_eq!(order(json!({ "order_id": 8 })).await, 8);
    shop.delete(&format!("{path}?source=order")).await;
    assert_eq!(shop.count("subscribers"), 0);
}

#[tokio::test]
async fn of_batches_that_come_at_once_none_is_lost_and_none_is_half() {
    let shop = Shop::with_office().await;
    let mut batches = tokio::task::JoinSet::new();
    for batch in 0..16 {
        let items: Vec<Value> = (0..10)
            // Of every two batches, one has the other's first email address.
            .map(|n| {
                whole(&format!(
                    "b{}n{n}@example.com",
                    if n == 0 { batch / 2 } else { batch + 100 }
                ))
            })
            .collect();
        let request = shop.call(Method::POST, CUSTOMERS).json(&items);
        batches.spawn(async move { request.send().await.unwrap().status() });
    }
    let statuses = batches.join_all().await;
    let kept = statuses
        .iter()
        .filter(|status| **status == StatusCode::OK)
        .count();
    assert_eq!(kept, 8, "{statuses:?}");
    assert_eq!(shop.count("customers"), 4 + 80);
    assert_eq!(shop.count("addresses"), 63 + 80);
}
