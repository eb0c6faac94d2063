//! Changing an address book, and walking it.

use crate::support::{DEMO_PASSWORD, Shop};
use reqwest::Response;
use serde_json::{Value, json};
use storefront_store::{Config, FillError, Location, fill_address_book, open};

/// What is read of an address.
const ADDRESS: &str = "
    entityId firstName lastName company phone address1 address2 city countryCode stateOrProvince
    postalCode addressType
    formFields { entityId
        ... on CheckboxesFormFieldValue { valueEntityIds }
        ... on DateFormFieldValue { date { utc } }
        ... on MultilineTextFormFieldValue { multilineText }
        ... on MultipleChoiceFormFieldValue { valueEntityId }
        ... on NumberFormFieldValue { number }
        ... on PasswordFormFieldValue { password }
        ... on TextFormFieldValue { text }
    }";

/// A mutation of the address book by name: what it takes, what it answers with.
fn mutation(name: &str) -> String {
    let mut letters = name.chars();
    let first = letters.next().unwrap().to_uppercase();
    // What a union cannot be must not be spread in it.
    let (address, path) = match name {
        "deleteCustomerAddress" => (String::new(), ""),
        _ => (
            format!("address {{ {ADDRESS} }}"),
            "... on ValidationError { path }",
        ),
    };
    format!(
        "mutation M($input: {first}{}Input!, $captcha: ReCaptchaV2Input) {{ customer {{
            {name}(input: $input, reCaptchaV2: $captcha) {{
                {address} errors {{ __typename ... on Error {{ message }} {path} }}
            }}
        }} }}",
        letters.as_str()
    )
}

fn address() -> Value {
    json!({
        "firstName": "Jun", "lastName": "Watanabe", "address1": "1 Analytical Way",
        "city": "Sacramento", "countryCode": "US", "stateOrProvince": "California",
        "postalCode": "95814",
    })
}

/// An answer to every custom field of the demo shop's address form.
fn every_kind() -> Value {
    json!({
        "texts": [{ "fieldEntityId": 34, "text": "Watanabe" }],
        "multilineTexts": [{ "fieldEntityId": 35, "multilineText": "Ring twice\nand wait" }],
        "numbers": [{ "fieldEntityId": 36, "number": 0 }],
        "dates": [{ "fieldEntityId": 37, "date": "2024-02-29T00:00:00Z" }],
        "checkboxes": [{ "fieldEntityId": 38, "fieldValueEntityIds": [2, 0] }],
        "multipleChoices": [
            { "fieldEntityId": 39, "fieldValueEntityId": 0 },
            { "fieldEntityId": 40, "fieldValueEntityId": 3 },
        ],
        "passwords": [{ "fieldEntityId": 41, "password": " 4321 " }],
    })
}

/// What is read of [`every_kind`].
fn every_kind_read() -> Value {
    json!([
        { "entityId": 34, "text": "Watanabe" },
        { "entityId": 35, "multilineText": "Ring twice\nand wait" },
        { "entityId": 36, "number": 0.0 },
        { "entityId": 37, "date": { "utc": "2024-02-29T00:00:00Z" } },
        { "entityId": 38, "valueEntityIds": [0, 2] },
        { "entityId": 39, "valueEntityId": 0 },
        { "entityId": 40, "valueEntityId": 3 },
        { "entityId": 41, "password": " 4321 " },
    ])
}

/// `input` with what `change` has in the place of its own.
fn with(mut input: Value, change: &Value) -> Value {
    let changes = change.as_object().unwrap().clone();
    input.as_object_mut().unwrap().extend(changes);
    input
}

/// A customer of the demo shop, signed in.
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

    /// The result of a mutation of this name.
    async fn mutate(&self, name: &str, variables: Value) -> Value {
        let query = mutation(name);
        let answer = self.shop.ask_as(&self.cookie, &query, variables).await;
        let result = answer["data"]["customer"][name].clone();
        assert!(result.is_object(), "{answer}");
        result
    }

    async fn add(&self, input: Value) -> Value {
        self.mutate("addCustomerAddress", json!({ "input": input }))
            .await
    }

    async fn added(&self, input: Value) -> Value {
        let result = self.add(input).await;
        assert_eq!(result["errors"], json!([]));
        result["address"].clone()
    }

    async fn update(&self, id: &Value, data: Value) -> Value {
        let input = json!({ "addressEntityId": id, "data": data });
        self.mutate("updateCustomerAddress", json!({ "input": input }))
            .await
    }

    async fn updated(&self, id: &Value, data: Value) -> Value {
        let result = self.update(id, data).await;
        assert_eq!(result["errors"], json!([]));
        result["address"].clone()
    }

    async fn delete(&self, id: &Value) -> Value {
        let input = json!({ "addressEntityId": id });
        self.mutate("deleteCustomerAddress", json!({ "input": input }))
            .await["errors"]
            .clone()
    }

    /// A stretch of the address book; null when it is refused.
    async fn page(&self, arguments: &str) -> Value {
        let query = format!(
            "{{ customer {{ addresses({arguments}) {{
                pageInfo {{ hasNextPage hasPreviousPage startCursor endCursor }}
                collectionInfo {{ totalItems }} edges {{ cursor node {{ {ADDRESS} }} }}
            }} }} }}"
        );
        let answer = self.shop.ask_as(&self.cookie, &query, json!({})).await;
        answer["data"]["customer"]["addresses"].clone()
    }

    /// The addresses of the first page.
    async fn book(&self) -> Vec<Value> {
        let page = self.page("first: 50").await;
        let edges = page["edges"].as_array().unwrap().iter();
        edges.map(|edge| edge["node"].clone()).collect()
    }

    /// Paths of the refused answers, joined by dots. Nothing is changed by what was refused.
    async fn refused(&self, result: impl Future<Output = Value>) -> Vec<String> {
        let before = self.book().await;
        let result = result.await;
        assert_eq!(result["address"], Value::Null);
        assert_eq!(self.book().await, before, "nothing is changed");
        let errors = result["errors"].as_array().unwrap().iter();
        errors
            .map(|error| {
                assert_eq!(error["__typename"], "ValidationError");
                assert_ne!(error["message"], "");
                let path = error["path"].as_array().unwrap().iter();
                let path: Vec<&str> = path.map(|step| step.as_str().unwrap()).collect();
                path.join(".")
            })
            .collect()
    }

    /// A page of the theme, or where it leads instead.
    async fn show(&self, path: &str) -> String {
        let request = self.shop.get(path).header("cookie", &self.cookie);
        page_or_place(request.send().await.unwrap()).await
    }

    /// What a form of the theme is answered with: a page, or where it leads.
    async fn submit(&self, path: &str, fields: &[(&str, &str)]) -> String {
        let body = form_urlencoded::Serializer::new(String::new())
            .extend_pairs(fields)
            .finish();
        let request = self.shop.post(path).header("cookie", &self.cookie);
        let request = request
            .header("content-type", "application/x-www-form-urlencoded")
            .header("origin", &self.shop.origin);
        page_or_place(request.body(body).send().await.unwrap()).await
    }

    /// Fills this customer's book through a store of its own, beside the one that runs.
    async fn fill(&self, email: &str, count: usize) -> Result<(), FillError> {
        let store = open(Config {
            place: Location::Directory(self.shop.directory.path().to_owned()),
            demo: false,
            embed: self.shop.directory.path().join("embed"),
            themes: self.shop.directory.path().join("themes"),
            settings: None,
            https: false,
            origin: self.shop.origin.clone(),
        });
        fill_address_book(&store.await.unwrap(), email, count).await
    }
}

async fn page_or_place(response: Response) -> String {
    match response.headers().get("location") {
        Some(place) => place.to_str().unwrap().to_owned(),
        None => response.text().await.unwrap(),
    }
}

fn ids(page: &Value) -> Vec<i64> {
    let edges = page["edges"].as_array().unwrap().iter();
    edges
        .map(|edge| edge["node"]["entityId"].as_i64().unwrap())
        .collect()
}

fn cursor(page: &Value, which: &str) -> String {
    page["pageInfo"][which].as_str().unwrap().to_owned()
}

/// A required text field that the address form gets while the shop is open.
fn ask_for_more(shop: &Shop) {
    let definition = json!({
        "id": 60, "label": "Colour of the door", "sort_order": 60, "required": true,
        "is_built_in": false, "kind": "text", "default": null, "max_length": null,
    });
    let sql = "INSERT INTO form_fields (id, form, definition) VALUES (60, 'address', ?1)";
    let definition = definition.to_string();
    shop.database().execute(sql, [definition]).unwrap();
}

#[tokio::test]
async fn an_address_with_every_kind_of_custom_field_is_added_changed_and_deleted() {
    let jun = Signed::in_demo(json!({})).await;
    let before = jun.book().await;
    let sent = json!({
        "company": " Tea & Co ", "phone": "555 0100", "address2": "Flat 2",
        "stateOrProvince": "california", "formFields": every_kind(),
    });
    let address = jun.added(with(address(), &sent)).await;
    let expected = json!({
        "entityId": address["entityId"], "firstName": "Jun", "lastName": "Watanabe",
        "company": "Tea & Co", "phone": "555 0100", "address1": "1 Analytical Way",
        "address2": "Flat 2", "city": "Sacramento", "countryCode": "US",
        "stateOrProvince": "California", "postalCode": "95814", "addressType": "COMMERCIAL",
        "formFields": every_kind_read(),
    });
    assert_eq!(address, expected);
    assert_eq!(jun.book().await, [before.clone(), vec![expected]].concat());

    let id = &address["entityId"];
    let changed = jun.updated(id, json!({ "city": "Fresno" })).await;
    let expected = with(address.clone(), &json!({ "city": "Fresno" }));
    assert_eq!(changed, expected, "what is absent stays");
    assert_eq!(jun.updated(id, json!({})).await, expected);
    let abroad = json!({
        "countryCode": "gb", "city": "London", "postalCode": "ec1y8sy",
        "formFields": { "numbers": [{ "fieldEntityId": 36, "number": 7.5 }] },
    });
    let changed = jun.updated(id, abroad).await;
    let abroad = json!({
        "countryCode": "GB", "city": "London", "postalCode": "EC1Y 8SY", "stateOrProvince": null,
        "formFields": [{ "entityId": 36, "number": 7.5 }],
    });
    let expected = with(expected, &abroad);
    assert_eq!(changed, expected, "no state is asked for there");
    assert_eq!(jun.book().await.last(), Some(&expected));

    assert_eq!(jun.delete(id).await, json!([]));
    assert_eq!(jun.book().await, before);
    let orphans = "address_form_field_values WHERE address_id NOT IN (SELECT id FROM addresses)";
    assert_eq!(jun.shop.count(orphans), 0);
}

#[tokio::test]
async fn an_answer_is_cleared_by_an_empty_one_and_a_custom_one_by_leaving_it_out() {
    let jun = Signed::in_demo(json!({})).await;
    let whole = json!({
        "company": "Tea & Co", "phone": "1", "address2": "Flat 2", "formFields": every_kind(),
    });
    let address = jun.added(with(address(), &whole)).await;
    let id = &address["entityId"];
    for property in ["company", "phone", "address2"] {
        let changed = jun.updated(id, json!({ property: " " })).await;
        assert_eq!(changed[property], Value::Null, "{property}");
        assert_eq!(changed["formFields"], every_kind_read());
    }
    let fields = every_kind();
    for list in fields.as_object().unwrap().keys() {
        let mut fields = every_kind();
        let taken = fields.as_object_mut().unwrap().remove(list).unwrap();
        let taken: Vec<&Value> = taken.as_array().unwrap().iter().collect();
        let changed = jun.updated(id, json!({ "formFields": fields })).await;
        let kept = changed["formFields"].as_array().unwrap();
        assert_eq!(kept.len(), 8 - taken.len(), "{list}");
        for answer in taken {
            let is_it = |value: &&Value| value["entityId"] == answer["fieldEntityId"];
            assert!(!kept.iter().any(|value| is_it(&value)), "{list}");
        }
    }
    let empty = json!({
        "texts": [{ "fieldEntityId": 34, "text": "" }],
        "checkboxes": [{ "fieldEntityId": 38, "fieldValueEntityIds": [] }],
    });
    let changed = jun.updated(id, json!({ "formFields": empty })).await;
    assert_eq!(changed["formFields"], json!([]));
}

#[tokio::test]
async fn a_refused_answer_is_named_by_its_path_and_nothing_is_kept() {
    let jun = Signed::in_demo(json!({})).await;
    let known = jun.added(address()).await;
    let id = &known["entityId"];
    let number = |field: i32| json!({ "numbers": [{ "fieldEntityId": field, "number": 201 }] });
    for (change, path) in [
        (json!({ "firstName": "" }), "firstName"),
        (json!({ "lastName": "<b>" }), "lastName"),
        (json!({ "company": "x".repeat(256) }), "company"),
        (json!({ "phone": "x".repeat(51) }), "phone"),
        (json!({ "address1": " " }), "address1"),
        (json!({ "address2": "a\u{7}b" }), "address2"),
        (json!({ "city": "" }), "city"),
        (
            json!({ "countryCode": "QQ", "postalCode": "1" }),
            "countryCode",
        ),
        (json!({ "stateOrProvince": "Bavaria" }), "stateOrProvince"),
        (json!({ "stateOrProvince": "" }), "stateOrProvince"),
        (json!({ "postalCode": "9581" }), "postalCode"),
        (
            json!({ "countryCode": "CA", "stateOrProvince": "Ontario" }),
            "postalCode",
        ),
        (
            json!({ "countryCode": "DE", "postalCode": "8033" }),
            "postalCode",
        ),
        (
            json!({ "countryCode": "CA", "postalCode": "K1A 0B1" }),
            "stateOrProvince",
        ),
        (json!({ "formFields": number(36) }), "formFields.36"),
        (json!({ "formFields": number(34) }), "formFields.34"),
        (json!({ "formFields": number(28) }), "formFields.28"),
        (json!({ "formFields": number(10) }), "city"),
    ] {
        let sent = with(address(), &change);
        let refused = jun.refused(jun.add(sent)).await;
        assert_eq!(refused, [format!("input.{path}")], "{change}");
        // The rest of the change is sound, and is not kept either.
        let sent = with(json!({ "lastName": "Wada" }), &change);
        let refused = jun.refused(jun.update(id, sent)).await;
        assert_eq!(refused, [format!("input.data.{path}")], "{change}");
    }
    let several = json!({ "firstName": "", "city": "", "formFields": number(36) });
    let refused = jun.refused(jun.update(id, several)).await;
    let expected = ["firstName", "city", "formFields.36"].map(|path| format!("input.data.{path}"));
    assert_eq!(refused, expected, "in the order of the form");
}

#[tokio::test]
async fn a_required_field_that_was_added_later_is_asked_for_at_every_change() {
    let jun = Signed::in_demo(json!({})).await;
    let known = jun
        .added(with(address(), &json!({ "formFields": every_kind() })))
        .await;
    let id = &known["entityId"];
    ask_for_more(&jun.shop);
    let at = |steps: &str| [format!("input.{steps}formFields.60")];
    let sent = with(address(), &json!({ "city": "Fresno" }));
    assert_eq!(jun.refused(jun.add(sent)).await, at(""));
    for data in [
        json!({}),
        json!({ "city": "Fresno" }),
        json!({ "formFields": every_kind() }),
    ] {
        assert_eq!(jun.refused(jun.update(id, data)).await, at("data."));
    }
    let mut fields = every_kind();
    let door = json!({ "fieldEntityId": 60, "text": "Blue" });
    fields["texts"].as_array_mut().unwrap().push(door);
    jun.updated(id, json!({ "formFields": fields })).await;
    let changed = jun.updated(id, json!({ "city": "Fresno" })).await;
    let mut expected = every_kind_read();
    let door = json!({ "entityId": 60, "text": "Blue" });
    expected.as_array_mut().unwrap().push(door);
    assert_eq!(changed["formFields"], expected);
    assert_eq!(
        jun.delete(id).await,
        json!([]),
        "nothing is asked to delete one"
    );
}

#[tokio::test]
async fn an_address_that_is_in_the_book_already_is_not_added_again() {
    let jun = Signed::in_demo(json!({})).await;
    let whole = with(address(), &json!({ "formFields": every_kind() }));
    let known = jun.added(whole.clone()).await;
    let count = jun.shop.count("addresses");
    assert_eq!(jun.added(whole.clone()).await, known);
    let as_kept_alike = json!({
        "firstName": " Jun ", "countryCode": "us", "stateOrProvince": "CA", "company": "",
        "phone": null,
    });
    assert_eq!(jun.added(with(whole.clone(), &as_kept_alike)).await, known);
    assert_eq!(jun.shop.count("addresses"), count);

    let mut other_custom = whole.clone();
    other_custom["formFields"]["numbers"][0]["number"] = json!(1);
    for alike in [other_custom, address()] {
        let kept = jun.added(alike).await;
        assert_eq!(kept, known, "custom answers do not tell addresses apart");
    }
    assert_eq!(jun.shop.count("addresses"), count);

    let others = [
        with(whole.clone(), &json!({ "phone": "1" })),
        with(whole.clone(), &json!({ "firstName": "jun" })),
    ];
    for (number, other) in others.into_iter().enumerate() {
        let added = jun.added(other).await;
        assert_ne!(added["entityId"], known["entityId"]);
        assert_eq!(
            jun.shop.count("addresses"),
            count + 1 + i64::try_from(number).unwrap()
        );
    }
    let maria = Signed {
        cookie: jun.shop.sign_in("maria@example.com", DEMO_PASSWORD).await,
        shop: jun.shop,
    };
    let hers = maria.added(whole).await;
    assert_ne!(
        hers["entityId"], known["entityId"],
        "of another customer's book"
    );
}

#[tokio::test]
async fn a_change_that_would_make_two_addresses_equal_is_not_made() {
    let jun = Signed::in_demo(json!({})).await;
    let home = jun
        .added(with(address(), &json!({ "formFields": every_kind() })))
        .await;
    let work = with(
        address(),
        &json!({ "company": "Tea & Co", "formFields": every_kind() }),
    );
    let work = jun.added(work).await;
    let before = jun.book().await;
    let id = &work["entityId"];
    assert_eq!(jun.updated(id, json!({ "company": "" })).await, work);
    assert_eq!(jun.book().await, before);
    let bare = json!({ "company": "", "formFields": {} });
    assert_eq!(jun.updated(id, bare.clone()).await, work);
    let id = &home["entityId"];
    assert_eq!(jun.updated(id, json!({ "city": "Sacramento" })).await, home);
    let changed = jun.updated(id, bare).await;
    assert_eq!(
        changed["formFields"],
        json!([]),
        "its own answers do change"
    );
}

#[tokio::test]
async fn of_another_customers_addresses_nothing_is_read_changed_or_told() {
    let jun = Signed::in_demo(json!({})).await;
    let maria = jun.shop.sign_in("maria@example.com", DEMO_PASSWORD).await;
    let sql = "SELECT id FROM addresses WHERE customer_id =
        (SELECT id FROM customers WHERE email = 'maria@example.com')";
    let database = jun.shop.database();
    let mut statement = database.prepare(sql).unwrap();
    let hers = statement.query_map([], |row| row.get::<_, i64>(0));
    let hers: Vec<i64> = hers.unwrap().collect::<Result<_, _>>().unwrap();
    assert_eq!(hers.len(), 60);
    let of_maria = async || {
        let query = format!(
            "{{ customer {{ addresses(first: 50) {{ edges {{ node {{ {ADDRESS} }} }} }} }} }}"
        );
        jun.shop.ask_as(&maria, &query, json!({})).await
    };
    let (before, own) = (of_maria().await, ids(&jun.page("first: 50").await));

    // To the byte what is said of a number that no address has, and of an own one that is gone.
    let body = async |name: &str, input: Value| {
        let request = jun.shop.query(&mutation(name), json!({ "input": input }));
        let response = request.header("cookie", &jun.cookie).send().await.unwrap();
        (response.status(), response.text().await.unwrap())
    };
    let update = async |id: i64, data: &Value| {
        let input = json!({ "addressEntityId": id, "data": data });
        body("updateCustomerAddress", input).await
    };
    let delete =
        async |id: i64| body("deleteCustomerAddress", json!({ "addressEntityId": id })).await;
    let changes = [
        json!({}),
        json!({ "city": "Mine" }),
        json!({ "city": "" }),
        json!({ "formFields": { "numbers": [{ "fieldEntityId": 36, "number": 9999 }] } }),
    ];
    let gone = jun.added(address()).await["entityId"].clone();
    assert_eq!(jun.delete(&gone).await, json!([]));
    let nothing = 2_000_000_000;
    let not_deleted = delete(nothing).await;
    assert!(not_deleted.1.contains("CustomerAddressDeletionError"));
    for data in &changes {
        let not_updated = update(nothing, data).await;
        assert!(not_updated.1.contains("AddressDoesNotExistError"));
        for id in hers.iter().copied().chain([gone.as_i64().unwrap(), 0, -1]) {
            assert_eq!(update(id, data).await, not_updated, "{id}");
        }
    }
    for id in hers.iter().copied().chain([gone.as_i64().unwrap(), 0, -1]) {
        assert_eq!(delete(id).await, not_deleted, "{id}");
        let after = ids(&jun
            .page(&format!("first: 50, after: \"address-{id}\""))
            .await);
        let before = ids(&jun
            .page(&format!("last: 50, before: \"address-{id}\""))
            .await);
        assert!(
            after.iter().chain(&before).all(|id| own.contains(id)),
            "{id}"
        );
    }
    assert_eq!(of_maria().await, before);
    assert_eq!(ids(&jun.page("first: 50").await), own);
    assert_eq!(
        jun.page("first: 1").await["collectionInfo"]["totalItems"],
        3
    );
}

#[tokio::test]
async fn a_cursor_stays_where_it_was_while_addresses_come_and_go() {
    let jun = Signed::in_demo(json!({})).await;
    for number in 1..=6 {
        let street = json!({ "address1": format!("{number} Mill Lane") });
        jun.added(with(address(), &street)).await;
    }
    let all = ids(&jun.page("first: 50").await);
    assert_eq!(all.len(), 9);
    let first = jun.page("first: 3").await;
    let end = cursor(&first, "endCursor");
    for gone in [all[2], all[0], all[4]] {
        assert_eq!(jun.delete(&json!(gone)).await, json!([]));
    }
    let newest = jun.added(address()).await["entityId"].as_i64().unwrap();
    let next = jun.page(&format!("first: 3, after: \"{end}\"")).await;
    assert_eq!(
        ids(&next),
        [all[3], all[5], all[6]],
        "beyond a deleted address"
    );
    assert_eq!(next["pageInfo"]["hasPreviousPage"], true);
    let end = cursor(&next, "endCursor");
    let rest = jun.page(&format!("first: 3, after: \"{end}\"")).await;
    assert_eq!(ids(&rest), [all[7], all[8], newest]);
    assert_eq!(rest["pageInfo"]["hasNextPage"], false);

    let start = cursor(&rest, "startCursor");
    assert_eq!(jun.delete(&json!(all[7])).await, json!([]));
    let back = jun.page(&format!("last: 3, before: \"{start}\"")).await;
    assert_eq!(ids(&back), [all[3], all[5], all[6]]);
    assert_eq!(back["pageInfo"]["hasNextPage"], true);
    let start = cursor(&back, "startCursor");
    let back = jun.page(&format!("last: 3, before: \"{start}\"")).await;
    assert_eq!(ids(&back), [all[1]]);
    assert_eq!(back["pageInfo"]["hasPreviousPage"], false);

    let between = format!(
        "first: 9, after: \"address-{}\", before: \"address-{}\"",
        all[3], all[8]
    );
    assert_eq!(ids(&jun.page(&between).await), [all[5], all[6]]);
}

#[tokio::test]
async fn a_page_without_addresses_knows_what_lies_beside_it() {
    let jun = Signed::in_demo(json!({})).await;
    let all = ids(&jun.page("first: 50").await);
    let (first, last) = (all[0], all[2]);
    for (arguments, previous, next) in [
        ("first: 0".to_owned(), false, true),
        ("last: 0".to_owned(), true, false),
        (format!("first: 5, after: \"address-{last}\""), true, false),
        (format!("last: 5, before: \"address-{first}\""), false, true),
        (format!("first: 0, after: \"address-{first}\""), true, true),
    ] {
        let page = jun.page(&arguments).await;
        assert_eq!(page["edges"], json!([]), "{arguments}");
        let expected = json!({
            "hasPreviousPage": previous, "hasNextPage": next,
            "startCursor": null, "endCursor": null,
        });
        assert_eq!(page["pageInfo"], expected, "{arguments}");
    }
    for refused in [
        "first: 51",
        "last: 51",
        "first: -1",
        "last: -1",
        "first: 1, last: 1",
    ] {
        assert_eq!(jun.page(refused).await, Value::Null, "{refused}");
    }
}

#[tokio::test]
async fn ten_thousand_addresses_are_walked_whole_and_none_twice_in_both_directions() {
    let jun = Signed::in_demo(json!({})).await;
    jun.fill("JUN@example.com", 9_997).await.unwrap();
    let mut forward = Vec::new();
    let (mut countries, mut custom) = (std::collections::BTreeSet::new(), 0);
    let mut arguments = "first: 50".to_owned();
    for _ in 0..200 {
        let page = jun.page(&arguments).await;
        assert_eq!(page["collectionInfo"]["totalItems"], 10_000);
        for edge in page["edges"].as_array().unwrap() {
            countries.insert(edge["node"]["countryCode"].as_str().unwrap().to_owned());
            custom += edge["node"]["formFields"].as_array().unwrap().len();
        }
        forward.extend(ids(&page));
        assert_eq!(page["pageInfo"]["hasNextPage"], forward.len() < 10_000);
        arguments = format!("first: 50, after: \"{}\"", cursor(&page, "endCursor"));
    }
    assert_eq!(forward.len(), 10_000);
    assert!(forward.is_sorted_by(|a, b| a < b), "none twice");
    assert_eq!(countries.len(), 252);
    assert_eq!(custom, 2_500);
    let mut backward = Vec::new();
    let mut arguments = "last: 50".to_owned();
    for _ in 0..200 {
        let page = jun.page(&arguments).await;
        backward.extend(ids(&page).into_iter().rev());
        assert_eq!(page["pageInfo"]["hasPreviousPage"], backward.len() < 10_000);
        arguments = format!("last: 50, before: \"{}\"", cursor(&page, "startCursor"));
    }
    backward.reverse();
    assert_eq!(backward, forward);
}

#[tokio::test]
async fn a_book_is_filled_with_all_of_the_addresses_or_none() {
    let jun = Signed::in_demo(json!({})).await;
    let nobody = jun.fill("nobody@example.com", 3).await;
    assert!(matches!(nobody, Err(FillError::NoCustomer(_))));
    let before = jun.book().await;
    jun.fill("jun@example.com", 5).await.unwrap();
    let all = jun.book().await;
    assert_eq!(all.len(), 8);
    for (number, address) in all.iter().enumerate() {
        let others = all.iter().skip(number + 1);
        let same = |other: &&Value| other["address1"] == address["address1"];
        assert_eq!(others.filter(same).count(), 0, "every one differs");
    }
    ask_for_more(&jun.shop);
    let refused = jun.fill("jun@example.com", 5).await;
    assert!(matches!(refused, Err(FillError::Refused(_))));
    assert_eq!(jun.book().await[..3], before);
    assert_eq!(jun.book().await.len(), 8);
}

#[tokio::test]
async fn a_guest_changes_no_address_book() {
    let shop = Shop::demo().await;
    let count = shop.count("addresses");
    for (name, input) in [
        ("addCustomerAddress", address()),
        (
            "updateCustomerAddress",
            json!({ "addressEntityId": 1, "data": {} }),
        ),
        ("deleteCustomerAddress", json!({ "addressEntityId": 1 })),
    ] {
        let answer = shop.ask(&mutation(name), json!({ "input": input })).await;
        let errors = &answer["data"]["customer"][name]["errors"];
        assert_eq!(
            errors[0]["__typename"], "CustomerNotLoggedInError",
            "{name}"
        );
        assert_eq!(errors.as_array().unwrap().len(), 1);
    }
    assert_eq!(shop.count("addresses"), count);
}

#[tokio::test]
async fn with_the_captcha_on_every_change_needs_a_token_that_a_slip_does_not_spend() {
    let jun = Signed::in_demo(json!({ "recaptcha": { "enabled": true } })).await;
    let before = jun.book().await;
    let id = &before[0]["entityId"];
    let token = async || {
        let issued = jun.shop.post("/_captcha/token").json(&json!({}));
        let issued: Value = issued.send().await.unwrap().json().await.unwrap();
        json!({ "token": issued["token"] })
    };
    let update = json!({ "addressEntityId": id, "data": { "city": "Kyoto" } });
    let slip = json!({ "addressEntityId": id, "data": { "city": "" } });
    let delete = json!({ "addressEntityId": id });
    let not_there = json!({ "addressEntityId": 999_999 });
    for (name, slip, input, error) in [
        (
            "addCustomerAddress",
            with(address(), &json!({ "city": "" })),
            address(),
            "CustomerAddressCreationError",
        ),
        (
            "updateCustomerAddress",
            slip,
            update,
            "CustomerAddressUpdateError",
        ),
        (
            "deleteCustomerAddress",
            not_there,
            delete,
            "CustomerAddressDeletionError",
        ),
    ] {
        let refused = jun.mutate(name, json!({ "input": input })).await;
        assert_eq!(refused["errors"][0]["__typename"], error);
        let message = refused["errors"][0]["message"].as_str().unwrap();
        assert!(message.contains("not a robot"), "{message}");
        let captcha = token().await;
        let refused = jun
            .mutate(name, json!({ "input": slip, "captcha": captcha }))
            .await;
        assert_ne!(refused["errors"], json!([]));
        let variables = json!({ "input": input, "captcha": captcha });
        assert_eq!(
            jun.mutate(name, variables.clone()).await["errors"],
            json!([]),
            "{name}"
        );
        let again = jun.mutate(name, variables).await;
        assert_ne!(again["errors"], json!([]), "a token counts once");
    }
    assert_eq!(jun.book().await.len(), before.len());
}

#[tokio::test]
async fn of_two_who_write_at_once_neither_undoes_the_other() {
    let jun = Signed::in_demo(json!({})).await;
    let count = jun.shop.count("addresses");
    let mut added = Vec::new();
    for _ in 0..8 {
        let (one, other) = tokio::join!(jun.added(address()), jun.added(address()));
        added.extend([one["entityId"].clone(), other["entityId"].clone()]);
    }
    added.dedup();
    assert_eq!(added.len(), 1, "one address, however often it is sent");
    assert_eq!(jun.shop.count("addresses"), count + 1);
    let id = &added[0];
    for number in 0..8 {
        let (city, phone) = (format!("City {number}"), format!("555 {number}"));
        tokio::join!(
            jun.updated(id, json!({ "city": city })),
            jun.updated(id, json!({ "phone": phone })),
        );
        let kept = jun.book().await.pop().unwrap();
        assert_eq!(
            (&kept["city"], &kept["phone"]),
            (&json!(city), &json!(phone))
        );
    }
    let (one, other) = tokio::join!(jun.delete(id), jun.delete(id));
    let deleted = [one, other]
        .into_iter()
        .filter(|errors| *errors == json!([]));
    assert_eq!(deleted.count(), 1, "only one of them deletes it");
}

const BOOK: &str = "/account.php?action=address_book";
const FORM: &str = "/account.php?action=add_shipping_address";
const DELETE: &str = "/account.php?action=delete_shipping_address";

/// What the plain form sends in the demo shop, and after it `more`.
fn form<'a>(more: &[(&'a str, &'a str)]) -> Vec<(&'a str, &'a str)> {
    let whole = [
        ("FormField[2][4]", "Jun"),
        ("FormField[2][5]", "Watanabe"),
        ("FormField[2][6]", ""),
        ("FormField[2][7]", ""),
        ("FormField[2][8]", "1 Analytical Way"),
        ("FormField[2][9]", ""),
        ("FormField[2][10]", "Sacramento"),
        ("FormField[2][11]", "US"),
        ("FormField[2][12]", "CA"),
        ("FormField[2][13]", "95814"),
        ("FormField[2][34]", "Watanabe <b>"),
        ("FormField[2][38]", "0"),
        ("FormField[2][38]", "2"),
        ("FormField[2][40]", "3"),
    ];
    let is_same = |name: &str| more.iter().any(|(other, _)| *other == name);
    let whole = whole.into_iter().filter(|(name, _)| !is_same(name));
    whole.chain(more.iter().copied()).collect()
}

#[tokio::test]
async fn without_javascript_an_address_is_added_edited_and_deleted() {
    let jun = Signed::in_demo(json!({})).await;
    let account = jun.show("/account.php").await;
    assert!(account.contains("href=\"/account.php?action=address_book\""));
    let added = jun
        .submit(FORM, &form(&[("FormField[2][41]", "4321")]))
        .await;
    assert_eq!(added, format!("{BOOK}&notice=saved"));
    let list = jun.show(&added).await;
    assert!(list.contains("The address is saved."));
    assert!(list.contains("Watanabe &#60;b&#62;") && list.contains("Weekday mornings, Saturday"));
    let kept = jun.book().await.pop().unwrap();
    assert_eq!(kept["stateOrProvince"], "California");
    let id = kept["entityId"].to_string();
    let edit = format!("{FORM}&shipid={id}");
    assert!(
        list.contains(&edit.replace('&', "&amp;")),
        "a link to edit it"
    );

    let page = jun.show(&edit).await;
    for control in [
        &format!("name=\"shipid\" value=\"{id}\""),
        "name=\"FormField[2][10]\" type=\"text\" value=\"Sacramento\"",
        "name=\"FormField[2][12]\" type=\"text\" value=\"California\"",
        "<option value=\"US\" selected>",
        "name=\"FormField[2][38]\" type=\"checkbox\" value=\"2\" checked",
        "<option value=\"3\" selected>Farm",
    ] {
        assert!(page.contains(control), "{control}");
    }
    assert!(!page.contains("4321"), "a password is never sent back");
    let more = [
        ("shipid", id.as_str()),
        ("FormField[2][10]", "Fresno"),
        ("FormField[2][34]", ""),
    ];
    assert_eq!(jun.submit(FORM, &form(&more)).await, added);
    let changed = jun.book().await.pop().unwrap();
    let expected = json!([
        { "entityId": 38, "valueEntityIds": [0, 2] },
        { "entityId": 40, "valueEntityId": 3 },
        { "entityId": 41, "password": "4321" },
    ]);
    assert_eq!(changed["city"], "Fresno");
    assert_eq!(
        changed["formFields"], expected,
        "one is cleared, the password is kept"
    );

    let known = [
        ("FormField[2][10]", "Fresno"),
        ("FormField[2][34]", ""),
        ("FormField[2][41]", "4321"),
    ];
    let there = jun.submit(FORM, &form(&known)).await;
    assert!(
        jun.show(&there)
            .await
            .contains("in your address book already")
    );
    assert_eq!(jun.book().await.len(), 4);

    let delete = format!("{DELETE}&shipid={id}");
    assert!(jun.show(&delete).await.contains("Delete this address?"));
    assert_eq!(jun.book().await.len(), 4, "a link deletes nothing");
    let deleted = jun.submit(DELETE, &[("shipid", &id)]).await;
    assert!(jun.show(&deleted).await.contains("The address is deleted."));
    assert_eq!(jun.book().await.len(), 3);
}

#[tokio::test]
async fn the_plain_form_comes_back_with_what_was_typed_and_what_is_wrong() {
    let jun = Signed::in_demo(json!({})).await;
    let before = jun.book().await;
    let id = before[0]["entityId"].to_string();
    for shipid in ["", &id] {
        let wrong = [
            ("shipid", shipid),
            ("FormField[2][10]", ""),
            ("FormField[2][13]", "9581"),
        ];
        let page = jun.submit(FORM, &form(&wrong)).await;
        assert!(page.contains("<title>Error: "));
        assert!(page.contains("href=\"#fallback-10\">Fill in"));
        assert!(page.contains("id=\"fallback-13-error\">"));
        assert!(page.contains("value=\"9581\"") && page.contains("Watanabe &#60;b&#62;"));
        assert_eq!(page.contains("name=\"shipid\""), !shipid.is_empty());
    }
    assert_eq!(jun.book().await, before);
    let shop = Signed::in_demo(json!({ "recaptcha": { "enabled": true } })).await;
    for page in [
        shop.show(FORM).await,
        shop.submit(FORM, &form(&[])).await,
        shop.submit(DELETE, &[("shipid", &id)]).await,
    ] {
        assert!(page.contains("needs JavaScript"));
    }
    assert_eq!(shop.book().await, before);
}

#[tokio::test]
async fn the_plain_pages_show_and_change_ones_own_addresses_alone() {
    let jun = Signed::in_demo(json!({})).await;
    let sql = "SELECT id FROM addresses WHERE customer_id <>
        (SELECT id FROM customers WHERE email = 'jun@example.com') LIMIT 1";
    let hers: i64 = jun
        .shop
        .database()
        .query_row(sql, [], |row| row.get(0))
        .unwrap();
    let count = jun.shop.count("addresses");
    for id in [hers.to_string(), "999999".to_owned(), "x".to_owned()] {
        let shipid = [("shipid", id.as_str())];
        for place in [
            jun.show(&format!("{FORM}&shipid={id}")).await,
            jun.show(&format!("{DELETE}&shipid={id}")).await,
            jun.submit(FORM, &form(&shipid)).await,
            jun.submit(DELETE, &shipid).await,
        ] {
            assert_eq!(place, format!("{BOOK}&notice=gone"), "{id}");
        }
    }
    assert_eq!(jun.shop.count("addresses"), count);
    let guest = Signed {
        cookie: String::new(),
        shop: jun.shop,
    };
    let sign_in = "/login.php?redirect_to=/account.php?action=address_book";
    for place in [
        guest.show(BOOK).await,
        guest.show(FORM).await,
        guest.show(&format!("{DELETE}&shipid={hers}")).await,
        guest.submit(FORM, &form(&[])).await,
        guest.submit(DELETE, &[("shipid", &hers.to_string())]).await,
    ] {
        assert_eq!(place, sign_in);
    }
    assert_eq!(guest.shop.count("addresses"), count);
}
