//! What a guest who means harm sends. The store answers each at once, says which limit was met, and goes on
//! serving others.

use crate::support::Shop;
use serde_json::{Value, json};

/// The only error of the answer, which has no data.
async fn refusal(shop: &Shop, document: &str) -> String {
    let answer = shop.ask(document, json!({})).await;
    assert!(answer.get("data").is_none_or(Value::is_null), "{answer}");
    let errors = answer["errors"].as_array().unwrap();
    assert_eq!(errors.len(), 1, "{answer}");
    errors[0]["message"].as_str().unwrap().to_owned()
}

/// Fragments of which each spreads the next one twice: what they select doubles with each.
fn doubling(levels: usize) -> String {
    let fragments: String = (0..levels)
        .map(|i| {
            let next = i + 1;
            format!("fragment F{i} on Query {{ ...F{next} ...F{next} }} ")
        })
        .collect();
    format!("{{ ...F0 }} {fragments} fragment F{levels} on Query {{ __typename }}")
}

#[tokio::test]
async fn fragments_that_double_are_counted_and_not_walked() {
    let shop = Shop::demo().await;
    // Walked, the first would take seconds, and the last would outlive whoever waits for it.
    for levels in [22, 27, 60, 99] {
        let message = refusal(&shop, &doubling(levels)).await;
        assert!(message.contains("too many fields"), "{levels}: {message}");
    }
    let message = refusal(&shop, &doubling(100)).await;
    assert!(message.contains("too many fragments"), "{message}");
    // Nobody spreads the first: it is walked all the same where fragments are validated.
    let unused = doubling(40).replacen("{ ...F0 }", "{ __typename }", 1);
    let message = refusal(&shop, &unused).await;
    assert!(message.contains("too many fields"), "{message}");
    let small = shop.ask(&doubling(5), json!({})).await;
    assert_eq!(small["data"]["__typename"], "Query", "{small}");
}

#[tokio::test]
async fn a_fragment_that_spreads_itself_is_refused() {
    let shop = Shop::demo().await;
    for document in [
        "{ ...A } fragment A on Query { ...A }",
        "{ ...A } fragment A on Query { ...B } fragment B on Query { site { settings { storeName } } ...A }",
        "mutation { ...A } fragment A on Mutation { ...A }",
    ] {
        let message = refusal(&shop, document).await;
        assert!(message.contains("spreads itself"), "{message}");
    }
}

#[tokio::test]
async fn brackets_are_counted_before_the_parser_calls_itself_for_each() {
    let shop = Shop::demo().await;
    for open in ["{a", "{a(b:[", "{a(b:{c:", "query($a:["] {
        let count = 60_000 / open.len();
        let message = refusal(&shop, &open.repeat(count)).await;
        assert!(message.contains("nested too deeply"), "{open}: {message}");
    }
    // In a string or a comment, a bracket opens nothing.
    let brackets = "{".repeat(500);
    let document = format!(
        "# {brackets}\n{{ geography {{ countries(filters: {{ name: \"{brackets}\\\"{brackets}\" }}) {{ name }} }} }}"
    );
    let answer = shop.ask(&document, json!({})).await;
    assert_eq!(
        answer["data"]["geography"]["countries"],
        json!([]),
        "{answer}"
    );
}

#[tokio::test]
async fn aliases_and_directives_have_limits_that_name_them() {
    let shop = Shop::demo().await;
    let aliases: String = (0..300).map(|i| format!("a{i}: __typename ")).collect();
    let message = refusal(&shop, &format!("{{ {aliases} }}")).await;
    assert!(message.contains("too many aliases"), "{message}");
    let directives = "@include(if: true) ".repeat(200);
    let message = refusal(&shop, &format!("{{ __typename {directives} }}")).await;
    assert!(message.contains("too many directives"), "{message}");
}

#[tokio::test]
async fn many_lists_in_one_document_are_too_complex() {
    let shop = Shop::demo().await;
    let lists: String = (0..200)
        .map(|i| {
            format!("g{i}: geography {{ countries {{ name statesOrProvinces {{ name }} }} }} ")
        })
        .collect();
    let message = refusal(&shop, &format!("{{ {lists} }}")).await;
    assert!(message.contains("complex"), "{message}");
    // All that a checkout asks for, at once.
    let whole = "{ geography { countries { entityId name code
        statesOrProvinces { entityId name abbreviation } } } }";
    let answer = shop.ask(whole, json!({})).await;
    let countries = answer["data"]["geography"]["countries"].as_array().unwrap();
    assert!(countries.len() > 200);
}

#[tokio::test]
async fn an_answer_that_grows_too_large_is_given_up() {
    let shop = Shop::demo().await;
    let cookie = shop.sign_in("maria@example.com", "Correct-horse-7").await;
    let text = "x".repeat(60_000);
    let sql = "INSERT OR REPLACE INTO customer_form_field_values (customer_id, field_id, value)
        SELECT id, 27, ?1 FROM customers WHERE email = 'maria@example.com'";
    let value = json!({ "type": "multiline_text", "value": text });
    shop.database().execute(sql, [value.to_string()]).unwrap();
    let ask = async |times: usize| -> Value {
        let fields: String = (0..times)
            .map(|i| {
                format!(
                    "f{i}: formFields {{ ... on MultilineTextFormFieldValue {{ multilineText }} }} "
                )
            })
            .collect();
        shop.ask_as(
            &cookie,
            &format!("{{ customer {{ {fields} }} }}"),
            json!({}),
        )
        .await
    };
    let once = ask(1).await;
    assert!(once.to_string().len() > 60_000, "{once}");
    let answer = ask(200).await;
    let errors = answer["errors"].as_array().unwrap();
    assert_eq!(errors.len(), 1);
    let message = errors[0]["message"].as_str().unwrap();
    assert!(message.contains("larger than"), "{message}");
    assert!(answer.get("data").is_none_or(Value::is_null));
}

#[tokio::test]
async fn an_error_makes_the_nearest_nullable_parent_null() {
    let shop = Shop::demo().await;
    let cookie = shop.sign_in("maria@example.com", "Correct-horse-7").await;
    let document = "{ site { settings { storeName } }
        customer { email addresses(first: -1) { pageInfo { hasNextPage } } } }";
    let answer = shop.ask_as(&cookie, document, json!({})).await;
    assert_eq!(answer["data"]["customer"], Value::Null, "{answer}");
    let data = answer["data"].as_object().unwrap();
    assert!(data.contains_key("customer"), "{answer}");
    assert_eq!(
        answer["data"]["site"]["settings"]["storeName"],
        "Fern & Kettle"
    );
    assert_eq!(
        answer["errors"][0]["path"],
        json!(["customer", "addresses"])
    );
}

#[tokio::test]
async fn an_object_of_which_nothing_is_selected_is_empty() {
    let shop = Shop::demo().await;
    let cookie = shop.sign_in("maria@example.com", "Correct-horse-7").await;
    let document = "{ customer { formFields { ... on NumberFormFieldValue { number } } } }";
    let answer = shop.ask_as(&cookie, document, json!({})).await;
    let values = answer["data"]["customer"]["formFields"].as_array().unwrap();
    assert!(!values.is_empty());
    assert!(values.iter().all(|value| *value == json!({})), "{answer}");
    let no = json!({ "no": false });
    for (document, data) in [
        (
            "query($no: Boolean!) { customer { firstName @include(if: $no) } }",
            json!({ "customer": {} }),
        ),
        (
            "query($no: Boolean!) { customer { ...F } } fragment F on Customer { email @include(if: $no) }",
            json!({ "customer": {} }),
        ),
        (
            "query($no: Boolean!) { site { settings { ... @include(if: $no) { storeName } } } }",
            json!({ "site": { "settings": {} } }),
        ),
        (
            "query($no: Boolean!) { customer @include(if: $no) { email } }",
            json!({}),
        ),
        (
            "query($no: Boolean!) { customer { ... { firstName } email @include(if: $no) } }",
            json!({ "customer": { "firstName": "María" } }),
        ),
    ] {
        let answer = shop.ask_as(&cookie, document, no.clone()).await;
        assert_eq!(answer, json!({ "data": data }), "{document}");
    }
    let document = "query($no: Boolean!) { customer { email @include(if: $no) } }";
    let guest = shop.ask(document, no).await;
    assert_eq!(guest, json!({ "data": { "customer": null } }));
}

#[tokio::test]
async fn an_empty_cursor_is_the_beginning() {
    let shop = Shop::demo().await;
    let cookie = shop.sign_in("maria@example.com", "Correct-horse-7").await;
    for arguments in [
        "first: 10, after: \"\"",
        "first: 10, before: \"\"",
        "first: 10, after: \"\", before: \"\"",
    ] {
        let document =
            format!("{{ customer {{ addresses({arguments}) {{ edges {{ cursor }} }} }} }}");
        let answer = shop.ask_as(&cookie, &document, json!({})).await;
        let edges = answer["data"]["customer"]["addresses"]["edges"].as_array();
        assert_eq!(edges.unwrap().len(), 10, "{answer}");
    }
}
