//! `<account-profile>` against a scripted store.

use crate::support::{Shown, document, script, settle};
use storefront_account::api::{ApiError, Script, Scripted};
use storefront_account::elements::shared::AccountEvent;
use storefront_account::elements::specimen::{
    FORM_OF_CUSTOMER, PROFILE_SAVED, SIGN_UP_FORM, SIGNED_IN, config, form_of_customer, put,
};
use storefront_account::embed::ElementName;
use storefront_account::i18n::Message;
use wasm_bindgen_test::wasm_bindgen_test;

const FIRST_NAME: &str = "account_firstname";
const EMAIL: &str = "FormField[1][1]";
const NICKNAME: &str = "FormField[1][26]";
const CUPS: &str = "FormField[1][28]";

fn body(text: &str) -> Scripted {
    Scripted::Body(text.to_owned())
}

fn customer() -> Scripted {
    body(&form_of_customer(FORM_OF_CUSTOMER))
}

/// The customer after `before` was changed into `after` elsewhere.
fn changed(before: &str, after: &str) -> Scripted {
    let changed = FORM_OF_CUSTOMER.replacen(before, after, 1);
    assert_ne!(changed, FORM_OF_CUSTOMER, "the fixture has no {before}");
    body(&form_of_customer(&changed))
}

/// The profile as it is shown at first.
async fn at_rest(answers: impl IntoIterator<Item = (&'static str, Scripted)>) -> Shown {
    Shown::element(ElementName::Profile, Script::new(answers), config()).await
}

/// Brings the form, unless it is there.
async fn edit(shown: &Shown) {
    if shown.all("form").is_empty() {
        shown.click(".sfa-actions > button").await;
    }
}

/// The profile with its form.
async fn with(answers: impl IntoIterator<Item = (&'static str, Scripted)>) -> Shown {
    let shown = at_rest(answers).await;
    edit(&shown).await;
    shown
}

/// What the profile says of the field with this label.
fn answer(shown: &Shown, label: &str) -> String {
    let mut facts = shown.all("dl > *").into_iter();
    let found = facts.find(|fact| fact.text_content().as_deref() == Some(label));
    found.unwrap_or_else(|| panic!("nothing is said of {label}"));
    facts.next().unwrap().text_content().unwrap()
}

async fn shown() -> Shown {
    with([
        ("Profile", customer()),
        ("UpdateCustomer", body(PROFILE_SAVED)),
    ])
    .await
}

fn last(shown: &Shown) -> Option<AccountEvent> {
    shown.events.borrow().last().cloned()
}

#[wasm_bindgen_test]
async fn every_kind_of_answer_stands_in_its_control() {
    let shown = shown().await;
    for (name, value) in [
        (FIRST_NAME, "Ada"),
        ("account_lastname", "King"),
        ("account_companyname", ""),
        ("account_phone", "+44 20 7946 0000"),
        (EMAIL, "ada@example.com"),
        (NICKNAME, "Ada"),
        ("FormField[1][27]", "Small.\nTwo kettles."),
        (CUPS, "4.5"),
        ("FormField[1][29]", "1985-12-10"),
        ("FormField[1][32]", "1"),
        ("FormField[1][33]", "4711"),
    ] {
        assert_eq!(shown.value(name), value, "{name}");
    }
    let checked = shown.all("input:checked");
    let checked: Vec<_> = checked
        .iter()
        .map(|box_| (box_.get_attribute("name"), box_.get_attribute("value")))
        .map(|(name, value)| (name.unwrap(), value.unwrap()))
        .collect();
    let ticked = |name: &str, value: &str| (name.to_owned(), value.to_owned());
    assert_eq!(
        checked,
        [
            ticked("FormField[1][30]", "0"),
            ticked("FormField[1][30]", "2"),
            ticked("FormField[1][31]", "2"),
        ]
    );
}

#[wasm_bindgen_test]
async fn at_first_every_answer_is_shown_and_none_is_asked_for() {
    let shown = at_rest([("Profile", customer())]).await;
    assert!(shown.all("form, input, select, textarea").is_empty());
    for (label, value) in [
        ("First name", "Ada"),
        ("Company name", Message::NO_ANSWER.english),
        ("Email address", "ada@example.com"),
        ("Cups of tea a day", "4.5"),
    ] {
        assert_eq!(answer(&shown, label), value, "{label}");
    }
    let words = shown.stage.text_content().unwrap();
    assert!(!words.contains("4711"), "a password is nobody's to see");
    let buttons = shown.all("button");
    assert_eq!(buttons.len(), 1);
    shown.click("button").await;
    let focused = document().active_element().unwrap();
    assert_eq!(focused.get_attribute("name").as_deref(), Some(FIRST_NAME));
}

#[wasm_bindgen_test]
async fn a_change_that_is_put_away_is_gone_and_nothing_is_unsaved() {
    let shown = shown().await;
    put(&shown.form(), FIRST_NAME, "Augusta");
    shown.click(".sfa-submit button[type=button]").await;
    assert_eq!(answer(&shown, "First name"), "Ada");
    let init = web_sys::EventInit::new();
    init.set_cancelable(true);
    let leave = web_sys::Event::new_with_event_init_dict("beforeunload", &init).unwrap();
    assert!(web_sys::window().unwrap().dispatch_event(&leave).unwrap());
    edit(&shown).await;
    assert_eq!(shown.value(FIRST_NAME), "Ada");
    assert!(shown.sent("UpdateCustomer").is_empty());
}

#[wasm_bindgen_test]
async fn a_custom_password_stands_in_no_attribute() {
    let shown = shown().await;
    let pin = shown.control("FormField[1][33]");
    assert_eq!(pin.get_attribute("value"), None);
    assert_eq!(pin.get_attribute("type").as_deref(), Some("password"));
}

#[wasm_bindgen_test]
async fn saving_sends_everything_again_and_says_so() {
    let shown = shown().await;
    put(&shown.form(), FIRST_NAME, "Augusta");
    shown.submit().await;
    let sent = shown.sent("UpdateCustomer").remove(0);
    for part in [
        r#""firstName":"Augusta""#,
        r#""company":"""#,
        r#""email":"ada@example.com""#,
        r#"{"fieldEntityId":26,"text":"Ada"}"#,
        r#"{"fieldEntityId":28,"number":4.5}"#,
        r#"{"fieldEntityId":29,"date":"1985-12-10T00:00:00Z"}"#,
        r#"{"fieldEntityId":30,"fieldValueEntityIds":[0,2]}"#,
        r#"{"fieldEntityId":33,"password":"4711"}"#,
    ] {
        assert!(sent.contains(part), "{part} is not in {sent}");
    }
    assert_eq!(shown.text(".sfa-status"), Message::SAVED.english);
    assert_eq!(
        last(&shown),
        Some(AccountEvent::ProfileSaved { customer_id: 7 })
    );
    assert_eq!(answer(&shown, "First name"), "Augusta");
    edit(&shown).await;
    assert_eq!(shown.text(".sfa-status"), "", "no longer true");
}

#[wasm_bindgen_test]
async fn what_the_store_keeps_in_another_form_is_saved_all_the_same() {
    for (name, typed) in [
        (CUPS, "2,50"),
        (CUPS, "٢"),
        (CUPS, "+3"),
        (FIRST_NAME, " Augusta\u{200b} "),
    ] {
        let shown = shown().await;
        put(&shown.form(), name, typed);
        shown.submit().await;
        assert_eq!(shown.sent("UpdateCustomer").len(), 1, "{typed}");
        assert_eq!(shown.text(".sfa-status"), Message::SAVED.english, "{typed}");
        assert!(shown.all("form").is_empty(), "{typed}: nothing is unsaved");
    }
}

#[wasm_bindgen_test]
async fn clearing_an_answer_sends_an_empty_one_or_none_and_zero_is_an_answer() {
    let shown = shown().await;
    for name in [
        NICKNAME,
        "FormField[1][27]",
        "FormField[1][32]",
        "FormField[1][33]",
    ] {
        put(&shown.form(), name, "");
    }
    put(&shown.form(), CUPS, "0");
    shown.click("[name='FormField[1][30]'][value='0']").await;
    shown.click("[name='FormField[1][30]'][value='2']").await;
    shown.submit().await;
    let sent = shown.sent("UpdateCustomer").remove(0);
    for part in [
        r#"{"fieldEntityId":26,"text":""}"#,
        r#"{"fieldEntityId":27,"multilineText":""}"#,
        r#"{"fieldEntityId":28,"number":0.0}"#,
        r#"{"fieldEntityId":30,"fieldValueEntityIds":[]}"#,
        r#"{"fieldEntityId":33,"password":""}"#,
    ] {
        assert!(sent.contains(part), "{part} is not in {sent}");
    }
    assert!(!sent.contains(r#""fieldEntityId":32"#), "no option: {sent}");
}

#[wasm_bindgen_test]
async fn a_required_field_added_later_is_named_before_anything_is_sent() {
    let without = FORM_OF_CUSTOMER.replace(r#""entityId":31"#, r#""entityId":931"#);
    let shown = with([("Profile", body(&form_of_customer(&without)))]).await;
    assert!(
        shown
            .text(".sfa-notice:not([hidden])")
            .contains("Which language should we write in?")
    );
    put(&shown.form(), FIRST_NAME, "Augusta");
    shown.submit().await;
    assert!(shown.sent("UpdateCustomer").is_empty());
    let words = shown.text(".sfa-summary");
    assert!(
        words.contains("Which language should we write in?"),
        "{words}"
    );
}

#[wasm_bindgen_test]
async fn a_taken_address_is_said_at_its_field_and_offers_no_sign_in() {
    let taken = r#"{"data":{"customer":{"updateCustomer":{"errors":[
        {"__typename":"EmailAlreadyInUseError","message":"Taken."}]}}}}"#;
    let shown = with([("Profile", customer()), ("UpdateCustomer", body(taken))]).await;
    put(&shown.form(), EMAIL, "maria@example.com");
    shown.submit().await;
    let email = shown.control(EMAIL);
    assert_eq!(email.get_attribute("aria-invalid").as_deref(), Some("true"));
    assert_eq!(shown.all(".sfa-summary a").len(), 1, "to the field");
}

#[wasm_bindgen_test]
async fn a_session_that_ended_keeps_every_value_and_carries_on_after_signing_in() {
    let shown = with([
        ("Profile", customer()),
        ("Profile", body(SIGN_UP_FORM)),
        ("Profile", customer()),
        ("Login", body(SIGNED_IN)),
        ("UpdateCustomer", body(PROFILE_SAVED)),
    ])
    .await;
    put(&shown.form(), FIRST_NAME, "Augusta");
    shown.submit().await;
    let notice = shown.find(".sfa-notice");
    let focused = document().active_element().unwrap();
    assert!(notice.contains(Some(&focused)), "the way on has the focus");
    assert_eq!(shown.value(FIRST_NAME), "Augusta");
    assert!(shown.sent("UpdateCustomer").is_empty());
    put(&notice, "login_email", "ada@example.com");
    put(&notice, "login_pass", "Difference-Engine-1");
    shown.click(".sfa-notice button[type=submit]").await;
    assert_eq!(shown.sent("UpdateCustomer").len(), 1);
    assert!(shown.sent("UpdateCustomer")[0].contains("Augusta"));
    assert!(shown.all(".sfa-notice form").is_empty());
}

#[wasm_bindgen_test]
async fn somebody_else_who_signs_in_gets_nothing_of_what_was_typed() {
    let other = FORM_OF_CUSTOMER.replacen(r#""entityId":7"#, r#""entityId":9"#, 1);
    let shown = with([
        ("Profile", customer()),
        ("Profile", body(SIGN_UP_FORM)),
        ("Profile", body(&form_of_customer(&other))),
        (
            "Login",
            body(r#"{"data":{"login":{"customer":{"entityId":9}}}}"#),
        ),
        ("UpdateCustomer", body(PROFILE_SAVED)),
    ])
    .await;
    put(&shown.form(), FIRST_NAME, "Augusta");
    shown.submit().await;
    put(&shown.find(".sfa-notice"), "login_email", "b@example.com");
    put(
        &shown.find(".sfa-notice"),
        "login_pass",
        "Difference-Engine-1",
    );
    shown.click(".sfa-notice button[type=submit]").await;
    assert!(shown.sent("UpdateCustomer").is_empty());
    assert_eq!(answer(&shown, "First name"), "Ada", "the other's own");
}

#[wasm_bindgen_test]
async fn what_was_changed_only_elsewhere_is_taken_over_and_saved_too() {
    let shown = with([
        ("Profile", customer()),
        (
            "Profile",
            changed(r#""lastName":"King""#, r#""lastName":"Lovelace""#),
        ),
        ("UpdateCustomer", body(PROFILE_SAVED)),
    ])
    .await;
    put(&shown.form(), FIRST_NAME, "Augusta");
    shown.submit().await;
    let sent = shown.sent("UpdateCustomer").remove(0);
    assert!(
        sent.contains(r#""firstName":"Augusta","lastName":"Lovelace""#),
        "{sent}"
    );
    assert_eq!(answer(&shown, "Last name"), "Lovelace");
}

#[wasm_bindgen_test]
async fn what_both_sides_changed_is_decided_by_the_shopper_field_by_field() {
    let elsewhere = FORM_OF_CUSTOMER
        .replacen(r#""firstName":"Ada""#, r#""firstName":"A.""#, 1)
        .replacen(r#""number":4.5"#, r#""number":7"#, 1);
    let shown = with([
        ("Profile", customer()),
        ("Profile", body(&form_of_customer(&elsewhere))),
        ("UpdateCustomer", body(PROFILE_SAVED)),
    ])
    .await;
    put(&shown.form(), FIRST_NAME, "Augusta");
    put(&shown.form(), CUPS, "5");
    shown.submit().await;
    assert!(shown.sent("UpdateCustomer").is_empty());
    let buttons: Vec<String> = shown
        .all(".sfa-conflicts button")
        .iter()
        .map(|button| button.text_content().unwrap())
        .collect();
    assert_eq!(
        buttons,
        [
            "Keep mine: Augusta",
            "Use the other: A.",
            "Keep mine: 5",
            "Use the other: 7"
        ]
    );
    shown.click(".sfa-conflicts button").await;
    shown.click(".sfa-conflicts button + button").await;
    let sent = shown.sent("UpdateCustomer").remove(0);
    assert!(sent.contains(r#""firstName":"Augusta""#), "{sent}");
    assert!(
        sent.contains(r#"{"fieldEntityId":28,"number":7.0}"#),
        "{sent}"
    );
    assert_eq!(answer(&shown, "Cups of tea a day"), "7");
    assert!(shown.all(".sfa-conflicts button").is_empty());
}

#[wasm_bindgen_test]
async fn a_question_that_came_up_meanwhile_is_asked_and_nothing_typed_is_lost() {
    let anew = form_of_customer(FORM_OF_CUSTOMER)
        .replacen(r#""isRequired": false"#, r#""isRequired": true"#, 60)
        .replace(r#""text":"Ada""#, r#""text":"""#);
    let shown = with([
        ("Profile", customer()),
        ("Profile", body(&anew)),
        ("UpdateCustomer", body(PROFILE_SAVED)),
    ])
    .await;
    put(&shown.form(), NICKNAME, "");
    put(&shown.form(), FIRST_NAME, "Augusta");
    shown.submit().await;
    assert!(shown.sent("UpdateCustomer").is_empty());
    assert!(
        shown
            .text(".sfa-notice:not([hidden]) h2")
            .contains(Message::PROFILE_INCOMPLETE.english)
    );
    let focused = document().active_element().unwrap();
    assert!(
        focused
            .text_content()
            .unwrap()
            .contains(Message::PROFILE_INCOMPLETE.english)
    );
    assert_eq!(shown.value(FIRST_NAME), "Augusta");
}

#[wasm_bindgen_test]
async fn the_group_and_the_attributes_of_the_theme_are_shown_and_not_asked() {
    let attribute = |name: &str, value: &str| {
        let attribute = format!(r#"{{"name":"{name}","value":"{value}"}}"#);
        let attributes = format!(r#"{{"attributes":{{"attribute":{attribute}}}}}"#);
        body(&format!(r#"{{"data":{{"customer":{attributes}}}}}"#))
    };
    let shown = at_rest([
        ("Profile", customer()),
        ("Attribute", attribute("Loyalty tier", "<b>Gold</b>")),
        (
            "Attribute",
            body(r#"{"data":null,"errors":[{"message":"No such attribute"}]}"#),
        ),
    ])
    .await;
    let words: Vec<String> = shown
        .all("dl:last-child > *")
        .iter()
        .map(|part| part.text_content().unwrap())
        .collect();
    assert_eq!(
        words,
        [
            "Customer group",
            "Tasting club",
            "Loyalty tier",
            "<b>Gold</b>"
        ]
    );
}

#[wasm_bindgen_test]
async fn leaving_with_something_unsaved_asks_first() {
    let shown = shown().await;
    let asks = || {
        let init = web_sys::EventInit::new();
        init.set_cancelable(true);
        let leave = web_sys::Event::new_with_event_init_dict("beforeunload", &init).unwrap();
        !web_sys::window().unwrap().dispatch_event(&leave).unwrap()
    };
    assert!(!asks());
    put(&shown.form(), FIRST_NAME, "Augusta");
    settle().await;
    assert!(asks());
    put(&shown.form(), FIRST_NAME, "Ada");
    settle().await;
    assert!(!asks(), "nothing is changed");
    put(&shown.form(), FIRST_NAME, "Augusta");
    shown.submit().await;
    assert!(!asks(), "everything is saved");
}

#[wasm_bindgen_test]
async fn a_failed_save_keeps_everything_and_can_be_tried_again() {
    let shown = with([
        ("Profile", customer()),
        ("UpdateCustomer", Scripted::Error(ApiError::TimedOut)),
        ("UpdateCustomer", body(PROFILE_SAVED)),
    ])
    .await;
    put(&shown.form(), FIRST_NAME, "Augusta");
    shown.submit().await;
    assert_eq!(shown.value(FIRST_NAME), "Augusta");
    shown.click(".sfa-summary button[type=submit]").await;
    assert_eq!(shown.text(".sfa-status"), Message::SAVED.english);
}

#[wasm_bindgen_test]
async fn two_submissions_make_one_request() {
    let shown = with([("Profile", customer()), ("UpdateCustomer", Scripted::Never)]).await;
    put(&shown.form(), FIRST_NAME, "Augusta");
    shown.submit().await;
    shown.submit().await;
    assert_eq!(shown.sent("UpdateCustomer").len(), 1);
    assert_eq!(
        shown.sent("Profile").len(),
        2,
        "one to show and one before saving"
    );
}

#[wasm_bindgen_test]
async fn a_guest_is_offered_to_sign_in_or_up_and_sees_no_error() {
    let answers = [("Profile", SIGN_UP_FORM)];
    let shown = Shown::element(ElementName::Profile, script(&answers), config()).await;
    let links: Vec<_> = shown
        .all("a")
        .iter()
        .map(|link| link.get_attribute("href").unwrap())
        .collect();
    assert_eq!(links, ["/login.php", "/login.php?action=create_account"]);
    assert!(shown.all("[role=alert], form").is_empty());
    assert_eq!(last(&shown), Some(AccountEvent::Ready));
}

#[wasm_bindgen_test]
async fn saving_while_a_conflict_is_undecided_brings_the_question_back() {
    let shown = with([
        ("Profile", customer()),
        (
            "Profile",
            changed(r#""firstName":"Ada""#, r#""firstName":"A.""#),
        ),
        ("UpdateCustomer", body(PROFILE_SAVED)),
    ])
    .await;
    put(&shown.form(), FIRST_NAME, "Augusta");
    shown.submit().await;
    shown.submit().await;
    assert!(shown.sent("UpdateCustomer").is_empty());
    let focused = document().active_element().unwrap();
    assert!(
        focused
            .text_content()
            .unwrap()
            .contains(Message::CONFLICTS.english)
    );
    shown.click(".sfa-conflicts button").await;
    assert_eq!(shown.sent("UpdateCustomer").len(), 1);
    let focused = document().active_element().unwrap();
    assert_eq!(
        focused.text_content().as_deref(),
        Some(Message::PROFILE_EDIT.english)
    );
}

#[wasm_bindgen_test]
async fn what_is_typed_while_a_save_is_under_way_is_still_unsaved() {
    let shown = with([
        ("Profile", customer()),
        ("Profile", customer()),
        (
            "Profile",
            changed(r#""firstName":"Ada""#, r#""firstName":"Augusta""#),
        ),
        ("UpdateCustomer", body(PROFILE_SAVED)),
    ])
    .await;
    put(&shown.form(), FIRST_NAME, "Augusta");
    shown.form().request_submit().unwrap();
    put(&shown.form(), "account_lastname", "Lovelace");
    settle().await;
    assert!(!shown.sent("UpdateCustomer")[0].contains("Lovelace"));
    assert_eq!(shown.value("account_lastname"), "Lovelace");
    assert_eq!(shown.text(".sfa-status"), "", "not everything is");
    shown.submit().await;
    assert!(shown.sent("UpdateCustomer")[1].contains("Lovelace"));
    assert_eq!(shown.text(".sfa-status"), Message::SAVED.english);
}

#[wasm_bindgen_test]
async fn what_is_typed_during_the_look_up_is_not_overwritten_by_what_came_from_elsewhere() {
    let shown = with([
        ("Profile", customer()),
        (
            "Profile",
            changed(r#""lastName":"King""#, r#""lastName":"Byron""#),
        ),
        ("UpdateCustomer", body(PROFILE_SAVED)),
    ])
    .await;
    put(&shown.form(), FIRST_NAME, "Augusta");
    shown.form().request_submit().unwrap();
    put(&shown.form(), "account_lastname", "Lovelace");
    settle().await;
    assert_eq!(shown.value("account_lastname"), "Lovelace");
    assert!(
        shown.text(".sfa-conflicts").contains("Byron"),
        "it is asked"
    );
}

#[wasm_bindgen_test]
async fn questions_in_new_words_are_shown_and_say_why_nothing_was_saved() {
    let renamed = form_of_customer(FORM_OF_CUSTOMER).replace("Cups of tea a day", "Cups");
    let shown = with([
        ("Profile", customer()),
        ("Profile", body(&renamed)),
        ("UpdateCustomer", body(PROFILE_SAVED)),
    ])
    .await;
    put(&shown.form(), FIRST_NAME, "Augusta");
    shown.submit().await;
    let focused = document().active_element().unwrap();
    let words = focused.text_content().unwrap();
    assert!(words.contains(Message::ASKED_ANEW.english), "{words}");
    assert_eq!(shown.value(FIRST_NAME), "Augusta");
    shown.submit().await;
    assert_eq!(shown.sent("UpdateCustomer").len(), 1);
}

#[wasm_bindgen_test]
async fn boxes_ticked_in_another_order_are_the_same_answer() {
    let other = FORM_OF_CUSTOMER.replace("[0,2]", "[2,0]");
    let shown = with([("Profile", body(&form_of_customer(&other)))]).await;
    put(&shown.form(), FIRST_NAME, "Augusta");
    put(&shown.form(), FIRST_NAME, "Ada");
    settle().await;
    let init = web_sys::EventInit::new();
    init.set_cancelable(true);
    let leave = web_sys::Event::new_with_event_init_dict("beforeunload", &init).unwrap();
    assert!(web_sys::window().unwrap().dispatch_event(&leave).unwrap());
}

#[wasm_bindgen_test]
async fn signing_out_anywhere_on_the_page_asks_before_it_takes_something_unsaved() {
    let profile = shown().await;
    let answers = [
        (
            "Session",
            storefront_account::elements::specimen::SESSION_OF_CUSTOMER,
        ),
        ("Logout", storefront_account::elements::specimen::LOGGED_OUT),
    ];
    let other = Shown::element(ElementName::SignIn, script(&answers), config()).await;
    put(&profile.form(), FIRST_NAME, "Augusta");
    settle().await;
    other.click(".sfa-sign-out").await;
    assert!(other.sent("Logout").is_empty());
    other.click("dialog[open] button").await;
    assert_eq!(profile.value(FIRST_NAME), "Augusta");
    put(&profile.form(), FIRST_NAME, "Ada");
    settle().await;
    other.click(".sfa-sign-out").await;
    assert_eq!(other.sent("Logout").len(), 1, "nothing is unsaved any more");
}

#[wasm_bindgen_test]
async fn elements_that_hear_of_two_customers_stop_asking_and_offer_to_try_again() {
    let other = FORM_OF_CUSTOMER.replacen(r#""entityId":7"#, r#""entityId":9"#, 1);
    let one = at_rest([("Profile", customer())]).await;
    let two = at_rest([("Profile", body(&form_of_customer(&other)))]).await;
    assert!(one.sent("Profile").len() + two.sent("Profile").len() < 16);
    let stopped = if one.all("form, dl").is_empty() {
        one
    } else {
        two
    };
    assert_eq!(stopped.text("[role=alert] button"), Message::RETRY.english);
}
