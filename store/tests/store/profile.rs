//! Changing an account, and what the merchant notes of a customer.

use crate::support::{DEMO_PASSWORD, Shop};
use serde_json::{Value, json};

const UPDATE: &str = "
    mutation Update($input: UpdateCustomerInput!, $captcha: ReCaptchaV2Input) { customer {
        updateCustomer(input: $input, reCaptchaV2: $captcha) {
            customer { entityId firstName lastName email company phone }
            errors { __typename ... on Error { message } ... on ValidationError { path } }
        }
    } }";

const ACCOUNT: &str = "
    query { customer {
        firstName lastName email company phone
        formFields { entityId
            ... on CheckboxesFormFieldValue { valueEntityIds }
            ... on DateFormFieldValue { date { utc } }
            ... on MultilineTextFormFieldValue { multilineText }
            ... on MultipleChoiceFormFieldValue { valueEntityId }
            ... on NumberFormFieldValue { number }
            ... on PasswordFormFieldValue { password }
            ... on TextFormFieldValue { text }
        }
    } }";

/// An answer to every custom field of the demo shop.
fn every_kind() -> Value {
    json!({
        "texts": [{ "fieldEntityId": 26, "text": "Jay" }],
        "multilineTexts": [{ "fieldEntityId": 27, "multilineText": "Small\nand warm" }],
        "numbers": [{ "fieldEntityId": 28, "number": 0 }],
        "dates": [{ "fieldEntityId": 29, "date": "2000-02-29T00:00:00Z" }],
        "checkboxes": [{ "fieldEntityId": 30, "fieldValueEntityIds": [1] }],
        "multipleChoices": [
            { "fieldEntityId": 31, "fieldValueEntityId": 2 },
            { "fieldEntityId": 32, "fieldValueEntityId": 0 },
        ],
        "passwords": [{ "fieldEntityId": 33, "password": "4321" }],
    })
}

struct Signed {
    shop: Shop,
    cookie: String,
}

impl Signed {
    async fn in_demo(settings: Value) -> Self {
        let shop = Shop::demo_with(settings).await;
        let cookie = shop.sign_in("jun@example.com", DEMO_PASSWORD).await;
        Self { shop, cookie }
    }

    async fn update(&self, input: Value) -> Value {
        let variables = json!({ "input": input });
        let answer = self.shop.ask_as(&self.cookie, UPDATE, variables).await;
        let result = answer["data"]["customer"]["updateCustomer"].clone();
        assert!(result.is_object(), "{answer}");
        result
    }

    async fn updated(&self, input: Value) {
        let result = self.update(input).await;
        assert_eq!(result["errors"], json!([]));
    }

    /// Type and path of each error.
    async fn refused(&self, input: Value) -> Vec<(String, String)> {
        let before = self.account().await;
        let result = self.update(input).await;
        assert_eq!(result["customer"], Value::Null);
        assert_eq!(self.account().await, before, "nothing is changed");
        let errors = result["errors"].as_array().unwrap().iter();
        let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
        errors
            .map(|error| {
                let path = error["path"].as_array().map_or(String::new(), |path| {
                    path.iter().map(text).collect::<Vec<_>>().join(".")
                });
                (text(&error["__typename"]), path)
            })
            .collect()
    }

    async fn refused_at(&self, input: Value) -> String {
        let refused = self.refused(input).await;
        assert_eq!(refused.len(), 1, "{refused:?}");
        assert_eq!(refused[0].0, "ValidationError");
        refused[0].1.clone()
    }

    async fn account(&self) -> Value {
        let answer = self.shop.ask_as(&self.cookie, ACCOUNT, json!({})).await;
        answer["data"]["customer"].clone()
    }

    /// What is kept for a custom field; null without an answer.
    async fn kept(&self, id: i32) -> Value {
        let account = self.account().await;
        let values = account["formFields"].as_array().unwrap();
        let value = values.iter().find(|value| value["entityId"] == id);
        value.cloned().unwrap_or_default()
    }
}

#[tokio::test]
async fn what_is_absent_stays_and_what_is_given_is_kept() {
    let jun = Signed::in_demo(json!({})).await;
    let before = jun.account().await;
    jun.updated(json!({ "firstName": " Junko ", "phone": "03 1234" }))
        .await;
    let mut expected = before.clone();
    expected["firstName"] = json!("Junko");
    expected["phone"] = json!("03 1234");
    assert_eq!(jun.account().await, expected);
    jun.updated(json!({ "lastName": "Wada", "company": "Wada & Co", "phone": "" }))
        .await;
    let answer = jun.update(json!({})).await;
    let customer = &answer["customer"];
    assert_eq!(customer["firstName"], "Junko");
    assert_eq!(customer["lastName"], "Wada");
    assert_eq!(customer["company"], "Wada & Co");
    assert_eq!(customer["phone"], "");
    let fields = &jun.account().await["formFields"];
    assert_eq!(
        *fields, before["formFields"],
        "custom fields stay as they were"
    );
}

#[tokio::test]
async fn every_kind_of_custom_field_is_kept_read_back_and_cleared() {
    let jun = Signed::in_demo(json!({})).await;
    jun.updated(json!({ "formFields": every_kind() })).await;
    assert_eq!(jun.kept(26).await["text"], "Jay");
    assert_eq!(jun.kept(27).await["multilineText"], "Small\nand warm");
    assert_eq!(jun.kept(28).await["number"], 0.0, "nought is an answer");
    assert_eq!(jun.kept(29).await["date"]["utc"], "2000-02-29T00:00:00Z");
    assert_eq!(jun.kept(30).await["valueEntityIds"], json!([1]));
    assert_eq!(jun.kept(31).await["valueEntityId"], 2);
    assert_eq!(jun.kept(32).await["valueEntityId"], 0);
    assert_eq!(jun.kept(33).await["password"], "4321");

    // One optional field after the other, left out.
    for (pointer, id) in [
        ("texts", 26),
        ("multilineTexts", 27),
        ("numbers", 28),
        ("checkboxes", 30),
        ("passwords", 33),
    ] {
        let mut fields = every_kind();
        fields.as_object_mut().unwrap().remove(pointer);
        jun.updated(json!({ "formFields": fields })).await;
        assert_eq!(jun.kept(id).await, Value::Null, "{pointer}");
        assert_eq!(
            jun.account().await["formFields"].as_array().unwrap().len(),
            7
        );
    }
    let mut fields = every_kind();
    fields["multipleChoices"].as_array_mut().unwrap().pop();
    jun.updated(json!({ "formFields": fields })).await;
    assert_eq!(jun.kept(32).await, Value::Null);

    // Given, and empty.
    jun.updated(json!({ "formFields": every_kind() })).await;
    let mut fields = every_kind();
    fields["texts"][0]["text"] = json!(" ");
    fields["multilineTexts"][0]["multilineText"] = json!("");
    fields["checkboxes"][0]["fieldValueEntityIds"] = json!([]);
    fields["passwords"][0]["password"] = json!("");
    jun.updated(json!({ "formFields": fields })).await;
    for id in [26, 27, 30, 33] {
        assert_eq!(jun.kept(id).await, Value::Null, "{id}");
    }
    assert_eq!(jun.kept(28).await["number"], 0.0);
}

#[tokio::test]
async fn a_refused_answer_is_named_by_its_path_and_nothing_is_kept() {
    let jun = Signed::in_demo(json!({})).await;
    for (key, value, path) in [
        ("firstName", json!(""), "input.firstName"),
        ("lastName", json!("<b>"), "input.lastName"),
        ("company", json!("x".repeat(256)), "input.company"),
        ("phone", json!("x".repeat(51)), "input.phone"),
        ("email", json!("jun"), "input.email"),
        ("email", json!(""), "input.email"),
    ] {
        // The rest of the input is sound, and is not kept either.
        let mut input = json!({ "firstName": "Junko", "formFields": every_kind() });
        input[key] = value;
        assert_eq!(jun.refused_at(input).await, path);
    }
    for (pointer, value, path) in [
        ("/texts/0/text", json!("x".repeat(41)), "26"),
        ("/numbers/0/number", json!(41), "28"),
        ("/dates/0/date", json!("2000-02-30T00:00:00Z"), "29"),
        ("/dates", json!([]), "29"),
        ("/checkboxes/0/fieldValueEntityIds", json!([9]), "30"),
        ("/multipleChoices/0/fieldValueEntityId", json!(9), "31"),
        ("/texts/0/fieldEntityId", json!(28), "28"),
        ("/texts/0/fieldEntityId", json!(34), "34"),
        ("/texts/0/fieldEntityId", json!(1), "1"),
    ] {
        let mut fields = every_kind();
        *fields.pointer_mut(pointer).unwrap() = value;
        let path = match path {
            "1" => "input.email".to_owned(),
            id => format!("input.formFields.{id}"),
        };
        let input = json!({ "firstName": "Junko", "formFields": fields });
        assert_eq!(jun.refused_at(input).await, path, "{pointer}");
    }
    let all = jun.refused(json!({ "firstName": "", "email": "jun", "formFields": {} }));
    let paths: Vec<String> = all.await.into_iter().map(|(_, path)| path).collect();
    let expected = [
        "input.email",
        "input.firstName",
        "input.formFields.29",
        "input.formFields.31",
    ];
    assert_eq!(paths, expected);
}

#[tokio::test]
async fn a_required_field_that_was_added_later_is_asked_for_at_every_change() {
    let jun = Signed::in_demo(json!({})).await;
    let shop = jun.shop;
    let definitions = json!({
        "id": 60, "label": "Favourite cup", "sort_order": 60, "required": true,
        "is_built_in": false, "kind": "text", "default": null, "max_length": null,
    });
    let sql = "INSERT INTO form_fields (id, form, definition) VALUES (60, 'customer', ?1)";
    let definition = definitions.to_string();
    shop.database().execute(sql, [definition]).unwrap();
    let jun = Signed {
        cookie: jun.cookie,
        shop,
    };
    assert_eq!(
        jun.refused_at(json!({ "firstName": "Junko" })).await,
        "input.formFields.60"
    );
    assert_eq!(jun.refused_at(json!({})).await, "input.formFields.60");
    let mut fields = every_kind();
    assert_eq!(
        jun.refused_at(json!({ "formFields": fields })).await,
        "input.formFields.60"
    );
    let cup = json!({ "fieldEntityId": 60, "text": "The blue one" });
    fields["texts"].as_array_mut().unwrap().push(cup);
    jun.updated(json!({ "formFields": fields })).await;
    jun.updated(json!({ "firstName": "Junko" })).await;
    assert_eq!(jun.kept(60).await["text"], "The blue one");
}

#[tokio::test]
async fn an_email_address_changes_unless_another_account_has_it() {
    let jun = Signed::in_demo(json!({})).await;
    let taken = jun
        .refused(json!({ "firstName": "Junko", "email": "MARIA@example.com" }))
        .await;
    assert_eq!(
        taken,
        [("EmailAlreadyInUseError".to_owned(), String::new())]
    );
    jun.updated(json!({ "email": "Jun@Example.com" })).await;
    assert_eq!(
        jun.account().await["email"],
        "Jun@Example.com",
        "their own, in other letters"
    );
    jun.updated(json!({ "email": "junko@example.com" })).await;
    assert_eq!(
        jun.account().await["email"],
        "junko@example.com",
        "still signed in"
    );
    let old = jun.shop.login("jun@example.com", DEMO_PASSWORD).await;
    assert_eq!(old["data"], Value::Null);
    let new = jun.shop.login("junko@example.com", DEMO_PASSWORD).await;
    assert_eq!(new["errors"], Value::Null);
}

#[tokio::test]
async fn a_link_in_the_old_mailbox_counts_no_more_when_the_address_changes() {
    let jun = Signed::in_demo(json!({})).await;
    let asked = jun.shop.post("/login.php?action=passwordless_login");
    let asked = asked.json(&json!({ "email": "jun@example.com" }));
    asked.send().await.unwrap();
    let token = jun.shop.mail(1).await[0].parameter("t");
    jun.updated(json!({ "email": "JUN@example.com" })).await;
    let unused = "SELECT count(*) FROM one_time_tokens WHERE used_at IS NULL";
    let unused = |shop: &Shop| -> i64 {
        shop.database()
            .query_row(unused, [], |row| row.get(0))
            .unwrap()
    };
    assert_eq!(unused(&jun.shop), 1, "the mailbox is the same");
    jun.updated(json!({ "email": "junko@example.com" })).await;
    assert_eq!(unused(&jun.shop), 0);
    let fields = [("t", token.as_str())];
    let spent = jun
        .shop
        .submit("/login.php?action=passwordless", &fields)
        .await;
    assert!(spent.headers().get("set-cookie").is_none());
}

#[tokio::test]
async fn a_guest_changes_nothing() {
    let shop = Shop::demo().await;
    let answer = shop
        .ask(UPDATE, json!({ "input": { "firstName": "Eve" } }))
        .await;
    let result = &answer["data"]["customer"]["updateCustomer"];
    assert_eq!(
        result["errors"][0]["__typename"],
        "CustomerNotLoggedInError"
    );
    assert_eq!(result["customer"], Value::Null);
}

#[tokio::test]
async fn with_the_captcha_on_a_change_needs_a_token() {
    let jun = Signed::in_demo(json!({ "recaptcha": { "enabled": true } })).await;
    let refused = jun.refused(json!({ "firstName": "Junko" })).await;
    assert_eq!(refused[0].0, "UnexpectedUpdateCustomerError");
    let issued = jun.shop.post("/_captcha/token").json(&json!({}));
    let issued: Value = issued.send().await.unwrap().json().await.unwrap();
    let captcha = json!({ "token": issued["token"] });
    let variables = json!({ "input": { "firstName": "Junko" }, "captcha": captcha });
    let answer = jun.shop.ask_as(&jun.cookie, UPDATE, variables).await;
    assert_eq!(
        answer["data"]["customer"]["updateCustomer"]["errors"],
        json!([])
    );
}

#[tokio::test]
async fn attributes_and_the_group_are_the_customers_to_read() {
    const NOTED: &str = "{ customer { customerGroupId customerGroupName attributeCount attributes {
        tier: attribute(entityId: 1) { entityId name value }
        since: attribute(entityId: 2) { name value }
        other: attribute(entityId: 9) { entityId name value }
    } } }";
    let shop = Shop::demo().await;
    let noted = async |email: &str| {
        let cookie = shop.sign_in(email, DEMO_PASSWORD).await;
        let answer = shop.ask_as(&cookie, NOTED, json!({})).await;
        answer["data"]["customer"].clone()
    };
    let maria = noted("maria@example.com").await;
    assert_eq!(maria["customerGroupName"], "Tasting club");
    assert_ne!(maria["customerGroupId"], 0);
    assert_eq!(maria["attributeCount"], 2);
    let tier = json!({ "entityId": 1, "name": "Loyalty tier", "value": "Gold leaf" });
    assert_eq!(maria["attributes"]["tier"], tier);
    assert_eq!(maria["attributes"]["since"]["value"], "2019-05-01");
    let other = json!({ "entityId": 9, "name": "", "value": null });
    assert_eq!(maria["attributes"]["other"], other);
    let jun = noted("jun@example.com").await;
    assert_eq!(jun["attributeCount"], 0);
    assert_eq!(jun["attributes"]["tier"]["name"], "Loyalty tier");
    assert_eq!(jun["attributes"]["tier"]["value"], Value::Null);
}
