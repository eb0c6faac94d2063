//! Sign-up, sign-in and the account by GraphQL.

use crate::support::{LOGIN, PASSWORD, REGISTER, Shop, applicant, with_address};
use reqwest::StatusCode;
use serde_json::{Value, json};

const ACCOUNT: &str = "
    query { customer {
        email firstName lastName company phone customerGroupId customerGroupName attributeCount
        isSubscribedToNewsletter
        formFields { ...Value }
        addresses { collectionInfo { totalItems } edges { node {
            firstName lastName company address1 address2 city country countryCode stateOrProvince
            postalCode phone formFields { ...Value }
        } } }
    } }
    fragment Value on CustomerFormFieldValue {
        __typename entityId name
        ... on CheckboxesFormFieldValue { valueEntityIds values }
        ... on DateFormFieldValue { date { utc } }
        ... on MultilineTextFormFieldValue { multilineText }
        ... on MultipleChoiceFormFieldValue { valueEntityId value }
        ... on NumberFormFieldValue { number }
        ... on PasswordFormFieldValue { password }
        ... on TextFormFieldValue { text }
    }";

fn value_of(values: &Value, id: i32) -> &Value {
    let values = values.as_array().unwrap();
    values.iter().find(|value| value["entityId"] == id).unwrap()
}

#[tokio::test]
async fn a_sign_up_with_every_kind_of_field_is_read_back_after_signing_in() {
    let shop = Shop::demo().await;
    let result = shop
        .register(json!({
            "firstName": " Zoë ", "lastName": "O’Neill", "email": "Zoe@Example.com",
            "password": PASSWORD, "phone": "+1 555 0100", "company": "Teas & Co",
            "formFields": {
                "texts": [{ "fieldEntityId": 26, "text": "Zo" }],
                "multilineTexts": [{ "fieldEntityId": 27, "multilineText": "One\nTwo" }],
                "numbers": [{ "fieldEntityId": 28, "number": 0 }],
                "dates": [{ "fieldEntityId": 29, "date": "2000-02-29T00:00:00Z" }],
                "checkboxes": [{ "fieldEntityId": 30, "fieldValueEntityIds": [2, 0, 2] }],
                "multipleChoices": [
                    { "fieldEntityId": 31, "fieldValueEntityId": 3 },
                    { "fieldEntityId": 32, "fieldValueEntityId": 0 },
                ],
                "passwords": [{ "fieldEntityId": 33, "password": "1234" }],
            },
            "address": {
                "firstName": "Zoë", "lastName": "O’Neill", "address1": "10 High Street",
                "address2": "Flat 2", "city": "London", "countryCode": "gb", "phone": "020 7946 0000",
                "company": "Teas & Co", "postalCode": "ec1y8sy",
                "formFields": {
                    "texts": [{ "fieldEntityId": 34, "text": "O’Neill" }],
                    "multilineTexts": [{ "fieldEntityId": 35, "multilineText": "Ring\ntwice" }],
                    "numbers": [{ "fieldEntityId": 36, "number": -1 }],
                    "dates": [{ "fieldEntityId": 37, "date": "2027-01-31T00:00:00Z" }],
                    "checkboxes": [{ "fieldEntityId": 38, "fieldValueEntityIds": [1] }],
                    "multipleChoices": [
                        { "fieldEntityId": 39, "fieldValueEntityId": 2 },
                        { "fieldEntityId": 40, "fieldValueEntityId": 1 },
                    ],
                    "passwords": [{ "fieldEntityId": 41, "password": "#77" }],
                },
            },
        }))
        .await;
    assert_eq!(result["errors"], json!([]));

    // Signing up signs nobody in, and signing in takes the email in any letter case.
    assert_eq!(
        shop.ask(ACCOUNT, json!({})).await["data"]["customer"],
        Value::Null
    );
    let cookie = shop.sign_in("zoe@example.COM", PASSWORD).await;
    let answer: Value = shop
        .query(ACCOUNT, json!({}))
        .header("cookie", cookie)
        .send()
        .await
        .unwrap()
        .json()
        .await
        .unwrap();
    let customer = &answer["data"]["customer"];
    assert_eq!(customer["email"], "Zoe@Example.com");
    assert_eq!(customer["firstName"], "Zoë");
    assert_eq!(customer["company"], "Teas & Co");
    assert_eq!(customer["customerGroupId"], 0);
    assert_eq!(customer["isSubscribedToNewsletter"], false);

    let values = &customer["formFields"];
    assert_eq!(values.as_array().unwrap().len(), 8);
    assert_eq!(value_of(values, 26)["text"], "Zo");
    assert_eq!(value_of(values, 27)["multilineText"], "One\nTwo");
    assert_eq!(value_of(values, 28)["number"], 0.0);
    assert_eq!(value_of(values, 29)["date"]["utc"], "2000-02-29T00:00:00Z");
    assert_eq!(value_of(values, 30)["valueEntityIds"], json!([0, 2]));
    assert_eq!(
        value_of(values, 30)["values"],
        json!(["Green tea", "Herbs & <b>bold</b> blends"])
    );
    assert_eq!(value_of(values, 31)["value"], "العربية");
    assert_eq!(value_of(values, 32)["valueEntityId"], 0);
    assert_eq!(value_of(values, 33)["password"], "1234");
    assert_eq!(value_of(values, 33)["name"], "Loyalty card PIN");

    let addresses = &customer["addresses"];
    assert_eq!(addresses["collectionInfo"]["totalItems"], 1);
    let address = &addresses["edges"][0]["node"];
    assert_eq!(address["country"], "United Kingdom");
    assert_eq!(address["countryCode"], "GB");
    assert_eq!(address["postalCode"], "EC1Y 8SY");
    assert_eq!(address["stateOrProvince"], Value::Null);
    let values = &address["formFields"];
    assert_eq!(values.as_array().unwrap().len(), 8);
    assert_eq!(value_of(values, 36)["number"], -1.0);
    assert_eq!(value_of(values, 40)["value"], "Flat");

    let email: String = shop
        .database()
        .query_row("SELECT email FROM customers ORDER BY id DESC", [], |row| {
            row.get(0)
        })
        .unwrap();
    assert_eq!(email, "Zoe@Example.com");
}

#[tokio::test]
async fn a_refused_answer_is_named_by_its_path() {
    let shop = Shop::demo().await;
    let cases: &[(&str, Value, &str)] = &[
        ("/firstName", json!(" "), "input.firstName"),
        ("/lastName", json!("<script>"), "input.lastName"),
        ("/email", json!("ada.example.com"), "input.email"),
        ("/password", json!("teapot"), "input.password"),
        ("/formFields/dates", json!([]), "input.formFields.29"),
        (
            "/formFields/multipleChoices/0/fieldValueEntityId",
            json!(9),
            "input.formFields.31",
        ),
        (
            "/formFields/dates/0/date",
            json!("1990-02-31T00:00:00Z"),
            "input.formFields.29",
        ),
        (
            "/formFields/dates/0/date",
            json!("1850-01-01T00:00:00Z"),
            "input.formFields.29",
        ),
        (
            "/formFields/numbers",
            json!([{ "fieldEntityId": 28, "number": 41 }]),
            "input.formFields.28",
        ),
        (
            "/formFields/texts",
            json!([{ "fieldEntityId": 26, "text": "a".repeat(41) }]),
            "input.formFields.26",
        ),
        (
            "/formFields/texts",
            json!([{ "fieldEntityId": 28, "text": "4" }]),
            "input.formFields.28",
        ),
        (
            "/formFields/checkboxes",
            json!([{ "fieldEntityId": 30, "fieldValueEntityIds": [0, 7] }]),
            "input.formFields.30",
        ),
        (
            "/formFields/texts",
            json!([{ "fieldEntityId": 34, "text": "of the address form" }]),
            "input.formFields.34",
        ),
        (
            "/formFields/texts",
            json!([{ "fieldEntityId": 999, "text": "x" }]),
            "input.formFields.999",
        ),
        (
            "/formFields/texts",
            json!([{ "fieldEntityId": 26, "text": "a" }, { "fieldEntityId": 26, "text": "b" }]),
            "input.formFields.26",
        ),
        ("/address/address1", json!(""), "input.address.address1"),
        (
            "/address/countryCode",
            json!("XX"),
            "input.address.countryCode",
        ),
        (
            "/address/stateOrProvince",
            json!("Bavaria"),
            "input.address.stateOrProvince",
        ),
        (
            "/address/stateOrProvince",
            Value::Null,
            "input.address.stateOrProvince",
        ),
        (
            "/address/postalCode",
            json!("ABC"),
            "input.address.postalCode",
        ),
        (
            "/address/postalCode",
            Value::Null,
            "input.address.postalCode",
        ),
        (
            "/address/firstName",
            json!("x".repeat(256)),
            "input.address.firstName",
        ),
        ("/firstName", json!("x".repeat(101)), "input.firstName"),
        (
            "/address/formFields",
            json!({ "numbers": [{ "fieldEntityId": 36, "number": 201 }] }),
            "input.address.formFields.36",
        ),
        (
            "/address/formFields",
            json!({ "texts": [{ "fieldEntityId": 26, "text": "x" }] }),
            "input.address.formFields.26",
        ),
    ];
    for (pointer, value, path) in cases {
        let mut input = with_address("ada@example.com");
        let (parent, key) = pointer.rsplit_once('/').unwrap();
        let parent = input.pointer_mut(parent).unwrap();
        match key.parse::<usize>() {
            Ok(index) => parent[index] = value.clone(),
            Err(_) => parent[key] = value.clone(),
        }
        let (kind, found, message) = shop.refusal(input).await;
        assert_eq!(
            (kind.as_str(), found.as_str()),
            ("ValidationError", *path),
            "{message}"
        );
        assert!(message.ends_with('.'), "{message}");
    }
    assert_eq!(shop.count("customers"), 4);
}

#[tokio::test]
async fn every_refused_answer_is_named_at_once_in_words_with_the_label() {
    let shop = Shop::demo().await;
    let mut input = applicant("nobody");
    input["password"] = json!("short");
    input["formFields"] = json!({});
    let result = shop.register(input).await;
    let message = |index: usize| result["errors"][index]["message"].as_str().unwrap();
    assert_eq!(result["errors"].as_array().unwrap().len(), 4);
    assert_eq!(
        message(0),
        "“Email address” must be an email address, such as name@example.com."
    );
    assert_eq!(message(1), "“Password” needs at least 8 characters.");
    assert_eq!(message(2), "Fill in “Date of birth”.");
}

#[tokio::test]
async fn a_country_without_states_or_postal_codes_is_not_asked_for_them() {
    let shop = Shop::demo().await;
    for (country, city, state, postal_code) in [
        ("HK", "Kowloon", json!("Kowloon"), Value::Null),
        ("MC", "Monaco", Value::Null, json!("98000")),
        ("DZ", "Algiers", json!(""), json!("16000")),
    ] {
        let mut input = with_address(&format!("{country}@example.com"));
        let address = &mut input["address"];
        address["countryCode"] = json!(country);
        address["city"] = json!(city);
        address["stateOrProvince"] = state;
        address["postalCode"] = postal_code;
        assert_eq!(shop.register(input).await["errors"], json!([]), "{country}");
    }
}

#[tokio::test]
async fn an_email_address_has_one_account_in_any_letter_case() {
    let shop = Shop::demo().await;
    let (kind, _, message) = shop.refusal(applicant("MARIA@example.com")).await;
    assert_eq!(kind, "EmailAlreadyInUseError");
    assert!(message.contains("Sign in"));
}

#[tokio::test]
async fn of_two_sign_ups_at_once_with_one_email_one_wins() {
    let shop = Shop::demo().await;
    for round in 0..20 {
        let email = format!("race{round}@example.com");
        let upper = email.to_uppercase();
        let (one, two) = tokio::join!(
            shop.register(with_address(&email)),
            shop.register(with_address(&upper))
        );
        let mut outcomes = [one, two].map(|result| {
            let error = result["errors"][0]["__typename"].as_str();
            error.unwrap_or("opened").to_owned()
        });
        outcomes.sort();
        assert_eq!(
            outcomes,
            ["EmailAlreadyInUseError", "opened"],
            "round {round}"
        );
    }
    assert_eq!(shop.count("customers"), 4 + 20);
    assert_eq!(shop.count("addresses"), 63 + 20);
}

#[tokio::test]
async fn a_store_that_opens_no_accounts_says_so() {
    let shop = Shop::demo_with(json!({ "account_creation_enabled": false })).await;
    let (kind, _, _) = shop.refusal(applicant("ada@example.com")).await;
    assert_eq!(kind, "AccountCreationDisabledError");
}

#[tokio::test]
async fn with_the_captcha_on_a_sign_up_needs_a_token_that_counts_once() {
    let shop = Shop::demo_with(json!({ "recaptcha": { "enabled": true } })).await;
    let settings = shop
        .ask(
            "{ site { settings { reCaptcha { siteKey isEnabledOnStorefront } } } }",
            json!({}),
        )
        .await;
    let captcha = &settings["data"]["site"]["settings"]["reCaptcha"];
    assert_eq!(captcha["isEnabledOnStorefront"], true);
    assert_eq!(captcha["siteKey"], "local-site-key");

    let (kind, _, message) = shop.refusal(applicant("ada@example.com")).await;
    assert_eq!(kind, "CustomerRegistrationError");
    assert!(message.contains("robot"));

    let issued = shop
        .post("/_captcha/token")
        .json(&json!({}))
        .send()
        .await
        .unwrap();
    let issued: Value = issued.json().await.unwrap();
    let mut outcomes = Vec::new();
    for (email, token) in [
        ("a@example.com", json!("forged")),
        // A slip in the form does not spend the token.
        ("no address", issued["token"].clone()),
        ("b@example.com", issued["token"].clone()),
        ("c@example.com", issued["token"].clone()),
    ] {
        let variables = json!({ "input": applicant(email), "captcha": { "token": token } });
        let answer = shop.ask(REGISTER, variables).await;
        let error = &answer["data"]["customer"]["registerCustomer"]["errors"][0]["__typename"];
        outcomes.push(error.as_str().unwrap_or("opened").to_owned());
    }
    let refused = "CustomerRegistrationError";
    assert_eq!(outcomes, [refused, "ValidationError", "opened", refused]);
}

#[tokio::test]
async fn bad_credentials_are_refused_alike_whether_or_not_there_is_an_account() {
    let shop = Shop::demo().await;
    for email in ["maria@example.com", "nobody@example.com"] {
        let variables = json!({ "email": email, "password": "wrong" });
        let response = shop.query(LOGIN, variables).send().await.unwrap();
        assert!(response.headers().get("set-cookie").is_none());
        let answer: Value = response.json().await.unwrap();
        assert_eq!(answer["errors"][0]["message"], "Invalid credentials");
        assert_eq!(answer["data"], Value::Null);
    }
}

#[tokio::test]
async fn the_session_cookie_is_out_of_reach_of_scripts_and_kept_as_a_hash() {
    let shop = Shop::demo().await;
    let variables = json!({ "email": "jun@example.com", "password": "Correct-horse-7" });
    let response = shop.query(LOGIN, variables).send().await.unwrap();
    let cookie = response.headers()["set-cookie"]
        .to_str()
        .unwrap()
        .to_owned();
    assert!(cookie.starts_with("SHOP_SESSION_TOKEN="));
    for attribute in ["; Path=/", "; HttpOnly", "; SameSite=Lax"] {
        assert!(cookie.contains(attribute), "{cookie}");
    }
    let token = cookie.split(['=', ';']).nth(1).unwrap().to_owned();
    assert_eq!(token.len(), 64);
    let kept: Vec<u8> = shop
        .database()
        .query_row("SELECT token_hash FROM sessions", [], |row| row.get(0))
        .unwrap();
    assert_eq!(kept.len(), 32);
    assert_ne!(kept, token.as_bytes());
}

#[tokio::test]
async fn of_two_session_cookies_that_differ_neither_counts() {
    let shop = Shop::demo().await;
    let own = shop.sign_in("jun@example.com", "Correct-horse-7").await;
    let other = shop.sign_in("maria@example.com", "Correct-horse-7").await;
    for cookies in [format!("{own}; {other}"), format!("{other}; a=b; {own}")] {
        assert_eq!(shop.whose(&cookies).await, Value::Null, "{cookies}");
    }
    for cookies in [format!("a=b; {own}"), format!("{own}; {own}; c")] {
        assert_eq!(shop.whose(&cookies).await, "Jun", "{cookies}");
    }
}

#[tokio::test]
async fn a_second_sign_in_ends_the_first_session_and_signing_out_ends_the_second() {
    let shop = Shop::demo().await;
    let first = shop.sign_in("jun@example.com", "Correct-horse-7").await;
    let second = shop.sign_in("jun@example.com", "Correct-horse-7").await;
    let name = async |cookie: &str| {
        let query = shop.query("{ customer { firstName } }", json!({}));
        let answer: Value = query
            .header("cookie", cookie)
            .send()
            .await
            .unwrap()
            .json()
            .await
            .unwrap();
        answer["data"]["customer"]["firstName"].clone()
    };
    assert_eq!(name(&first).await, Value::Null);
    assert_eq!(name(&second).await, "Jun");
    let out = shop.query("mutation { logout { result } }", json!({}));
    let out: Value = out
        .header("cookie", &second)
        .send()
        .await
        .unwrap()
        .json()
        .await
        .unwrap();
    assert_eq!(out["data"]["logout"]["result"], "success");
    assert_eq!(name(&second).await, Value::Null);
    assert_eq!(shop.count("sessions"), 0);
}

#[tokio::test]
async fn a_session_that_has_run_out_opens_nothing() {
    let shop = Shop::demo().await;
    let cookie = shop.sign_in("jun@example.com", "Correct-horse-7").await;
    shop.database()
        .execute("UPDATE sessions SET expires_at = 1", [])
        .unwrap();
    let query = shop.query("{ customer { firstName } }", json!({}));
    let answer: Value = query
        .header("cookie", cookie)
        .send()
        .await
        .unwrap()
        .json()
        .await
        .unwrap();
    assert_eq!(answer["data"]["customer"], Value::Null);
    shop.sign_in("amina@example.com", "Correct-horse-7").await;
    assert_eq!(shop.count("sessions"), 1, "signing in sweeps");
}

#[tokio::test]
async fn the_address_book_is_walked_by_cursor_in_both_directions() {
    let shop = Shop::demo().await;
    let cookie = shop.sign_in("maria@example.com", "Correct-horse-7").await;
    let page = async |arguments: &str| {
        let query = format!(
            "{{ customer {{ addresses({arguments}) {{
                pageInfo {{ hasNextPage hasPreviousPage startCursor endCursor }}
                collectionInfo {{ totalItems }} edges {{ cursor node {{ entityId }} }}
            }} }} }}"
        );
        let response = shop
            .query(&query, json!({}))
            .header("cookie", &cookie)
            .send();
        let answer: Value = response.await.unwrap().json().await.unwrap();
        answer["data"]["customer"]["addresses"].clone()
    };
    let ids = |page: &Value| -> Vec<i64> {
        let edges = page["edges"].as_array().unwrap();
        edges
            .iter()
            .map(|e| e["node"]["entityId"].as_i64().unwrap())
            .collect()
    };
    let (mut forward, mut cursor) = (Vec::new(), String::new());
    loop {
        let after = if cursor.is_empty() {
            String::new()
        } else {
            format!(", after: \"{cursor}\"")
        };
        let page = page(&format!("first: 25{after}")).await;
        assert_eq!(page["collectionInfo"]["totalItems"], 60);
        assert_eq!(page["pageInfo"]["hasPreviousPage"], !forward.is_empty());
        forward.extend(ids(&page));
        cursor = page["pageInfo"]["endCursor"].as_str().unwrap().to_owned();
        if page["pageInfo"]["hasNextPage"] == false {
            break;
        }
    }
    assert_eq!(forward.len(), 60);
    assert!(forward.is_sorted());
    let last = page("last: 7").await;
    assert_eq!(ids(&last), forward[53..]);
    let start = last["pageInfo"]["startCursor"].as_str().unwrap();
    let before = page(&format!("last: 3, before: \"{start}\"")).await;
    assert_eq!(ids(&before), forward[50..53]);
    assert_eq!(before["pageInfo"]["hasNextPage"], true);
    for refused in [
        "first: 51",
        "first: -1",
        "first: 1, last: 1",
        "after: \"x\"",
    ] {
        assert_eq!(page(refused).await, Value::Null, "{refused}");
    }
}

#[tokio::test]
async fn the_sign_up_forms_fields_are_filtered_and_sorted() {
    let shop = Shop::demo().await;
    let answer = shop
        .ask(
            "{ site { settings { storeName storeHash formFields {
                byId: customer { entityId }
                bySortOrder: customer(sortBy: SORT_ORDER) { entityId __typename isRequired }
                some: shippingAddress(filters: { entityIds: [4, 34, 36], isBuiltIn: false }) { entityId }
                required: billingAddress(filters: { isRequired: true }) { entityId }
            } } } }",
            json!({}),
        )
        .await;
    let fields = &answer["data"]["site"]["settings"]["formFields"];
    let ids = |name: &str| -> Vec<i64> {
        let list = fields[name].as_array().unwrap();
        list.iter()
            .map(|field| field["entityId"].as_i64().unwrap())
            .collect()
    };
    assert_eq!(ids("byId"), [1, 2, 25, 26, 27, 28, 29, 30, 31, 32, 33]);
    assert_eq!(
        ids("bySortOrder"),
        [1, 2, 26, 27, 28, 29, 30, 31, 32, 33, 25]
    );
    assert_eq!(ids("some"), [34, 36]);
    assert_eq!(ids("required"), [4, 5, 8, 10, 11, 12, 13]);
}

#[tokio::test]
async fn countries_are_found_by_code_and_by_name() {
    let shop = Shop::demo().await;
    let answer = shop
        .ask(
            "{ geography {
                us: countries(filters: { code: \"us\" }) { entityId name statesOrProvinces { entityId name abbreviation } }
                named: countries(filters: { name: \"Germany\" }) { code statesOrProvinces { name } }
                capitals: countries(filters: { name: \"REUNION\" }) { code }
                straight: countries(filters: { name: \"cote d'ivoire\" }) { code }
                none: countries(filters: { code: \"QQ\" }) { code }
                all: countries { code }
            } }",
            json!({}),
        )
        .await;
    let geography = &answer["data"]["geography"];
    let states = geography["us"][0]["statesOrProvinces"].as_array().unwrap();
    let california = states
        .iter()
        .find(|state| state["name"] == "California")
        .unwrap();
    assert_eq!(california["abbreviation"], "CA");
    assert_eq!(geography["named"][0]["code"], "DE");
    assert_eq!(geography["capitals"], json!([{ "code": "RE" }]));
    assert_eq!(geography["straight"], json!([{ "code": "CI" }]));
    assert_eq!(geography["none"], json!([]));
    assert_eq!(geography["all"].as_array().unwrap().len(), 252);
}

#[tokio::test]
async fn the_newsletter_takes_an_address_once() {
    let shop = Shop::demo().await;
    let subscribe = async |email: &str, first_name: &str| {
        let answer = shop
            .ask(
                "mutation Subscribe($input: CreateSubscriberInput!) {
                    newsletter { subscribe(input: $input) { errors { __typename ... on Error { message } } } }
                }",
                json!({ "input": { "email": email, "firstName": first_name } }),
            )
            .await;
        answer["data"]["newsletter"]["subscribe"]["errors"][0]["__typename"].clone()
    };
    assert_eq!(subscribe("amina@example.com", "Amina").await, Value::Null);
    assert_eq!(
        subscribe("Amina@example.com", "A").await,
        "CreateSubscriberAlreadyExistsError"
    );
    assert_eq!(
        subscribe("amina", "A").await,
        "CreateSubscriberEmailInvalidError"
    );
    assert_eq!(
        subscribe("b@example.com", "<b>").await,
        "CreateSubscriberFirstNameInvalidError"
    );
    // A subscriber is no customer, and a customer is subscribed by their address alone.
    assert_eq!((shop.count("subscribers"), shop.count("customers")), (1, 4));
    let cookie = shop.sign_in("amina@example.com", "Correct-horse-7").await;
    let query = shop.query("{ customer { isSubscribedToNewsletter } }", json!({}));
    let response = query.header("cookie", cookie).send().await.unwrap();
    assert_eq!(response.status(), StatusCode::OK);
    let answer: Value = response.json().await.unwrap();
    assert_eq!(answer["data"]["customer"]["isSubscribedToNewsletter"], true);
}
