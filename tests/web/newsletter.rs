//! `<account-newsletter>` against a scripted store.

use crate::support::{Shown, document, script, words};
use storefront_account::api::{ApiError, Script, Scripted};
use storefront_account::elements::shared::{
    AccountEvent, ElementConfig, Mailing, SubscriptionChange,
};
use storefront_account::elements::specimen::{
    NEWSLETTER_OF_CUSTOMER, NEWSLETTER_OF_GUEST, SUBSCRIBED, UNSUBSCRIBED, config, put,
};
use storefront_account::embed::ElementName;
use storefront_account::i18n::Message;
use wasm_bindgen_test::wasm_bindgen_test;

const EMAIL: &str = "nl_email";
const SUBSCRIPTIONS: &str = "api/storefront/subscriptions";

const ALREADY: &str = r#"{"data":{"newsletter":{"subscribe":{"errors":[
    {"__typename":"CreateSubscriberAlreadyExistsError"}]}}}}"#;

const INVALID: &str = r#"{"data":{"newsletter":{"subscribe":{"errors":[
    {"__typename":"CreateSubscriberEmailInvalidError","message":"Not there."}]}}}}"#;

async fn shown(who: &str, subscribing: &str) -> Shown {
    let answers = [
        ("Newsletter", who),
        ("Subscribe", subscribing),
        ("Unsubscribe", UNSUBSCRIBED),
        (SUBSCRIPTIONS, "{}"),
    ];
    Shown::element(ElementName::Newsletter, script(&answers), config()).await
}

fn last(shown: &Shown) -> Option<AccountEvent> {
    shown.events.borrow().last().cloned()
}

const fn changed(mailing: Mailing, is_wanted: bool) -> AccountEvent {
    AccountEvent::SubscriptionChanged(SubscriptionChange { mailing, is_wanted })
}

#[wasm_bindgen_test]
async fn a_guest_subscribes_with_an_address_and_one_click() {
    let shown = shown(NEWSLETTER_OF_GUEST, SUBSCRIBED).await;
    put(&shown.form(), EMAIL, "ada@example.com");
    shown.submit().await;
    let sent = shown.sent("Subscribe");
    assert_eq!(sent.len(), 1);
    assert!(
        sent[0].contains(r#"{"email":"ada@example.com"}"#),
        "{sent:?}"
    );
    assert_eq!(last(&shown), Some(changed(Mailing::Newsletter, true)));
    let focused = document().active_element().unwrap().text_content();
    assert!(focused.unwrap().contains("ada@example.com"));
    assert_eq!(
        shown.value(EMAIL),
        "ada@example.com",
        "nothing typed is lost"
    );
}

#[wasm_bindgen_test]
async fn whether_an_address_was_known_is_told_to_nobody() {
    let mut told = Vec::new();
    for answer in [SUBSCRIBED, ALREADY] {
        let shown = shown(NEWSLETTER_OF_GUEST, answer).await;
        put(&shown.form(), EMAIL, "ada@example.com");
        shown.submit().await;
        told.push((shown.stage.text_content(), last(&shown)));
    }
    assert_eq!(told[0], told[1]);
}

#[wasm_bindgen_test]
async fn a_guest_unsubscribes_with_one_click() {
    let shown = shown(NEWSLETTER_OF_GUEST, SUBSCRIBED).await;
    put(&shown.form(), EMAIL, "ada@example.com");
    shown.click(".sfa-actions > button").await;
    assert_eq!(shown.sent("Unsubscribe").len(), 1);
    assert_eq!(shown.sent("Subscribe").len(), 0);
    assert_eq!(last(&shown), Some(changed(Mailing::Newsletter, false)));
}

#[wasm_bindgen_test]
async fn reminders_of_a_cart_are_a_consent_of_their_own() {
    let shown = shown(NEWSLETTER_OF_GUEST, SUBSCRIBED).await;
    for (button, is_wanted) in [("first", true), ("last", false)] {
        put(&shown.form(), EMAIL, "ada@example.com");
        shown
            .click(&format!("[role=group] > button:{button}-child"))
            .await;
        let sent = shown.sent(SUBSCRIPTIONS);
        let body =
            format!(r#"{{"email":"ada@example.com","acceptsAbandonedCartEmails":{is_wanted}}}"#);
        assert_eq!(sent.last(), Some(&body));
        assert_eq!(
            last(&shown),
            Some(changed(Mailing::CartReminders, is_wanted))
        );
    }
    assert_eq!(shown.sent("Subscribe").len(), 0);
    assert_eq!(shown.sent("Unsubscribe").len(), 0);
}

const SWITCH: &str = "input[role=switch]";

fn is_on(shown: &Shown) -> bool {
    shown.find(SWITCH).matches(":checked").unwrap()
}

#[wasm_bindgen_test]
async fn a_customer_sees_the_state_and_turns_it_by_one_click_without_typing() {
    let address = [("value", "ada@example.com")];
    let shown = shown(NEWSLETTER_OF_CUSTOMER, SUBSCRIBED).await;
    assert_eq!(shown.all("input").len(), 1, "the switch");
    assert!(!is_on(&shown));
    shown.click(SWITCH).await;
    assert_eq!(shown.sent("Subscribe").len(), 1);
    assert!(is_on(&shown));
    let words_of = |message| words(message, &address);
    assert_eq!(shown.text(".sfa-status"), words_of(Message::SUBSCRIBED));
    shown.click(SWITCH).await;
    assert_eq!(shown.sent("Unsubscribe").len(), 1);
    assert!(!is_on(&shown));
    assert_eq!(shown.text(".sfa-status"), words_of(Message::UNSUBSCRIBED));
}

#[wasm_bindgen_test]
async fn a_switch_that_the_store_does_not_follow_goes_back() {
    let script = script(&[("Newsletter", NEWSLETTER_OF_CUSTOMER)]);
    script.push("Subscribe", Scripted::Error(ApiError::Offline));
    script.push("Subscribe", Scripted::Body(SUBSCRIBED.to_owned()));
    let shown = Shown::element(ElementName::Newsletter, script, config()).await;
    shown.click(SWITCH).await;
    assert!(!is_on(&shown));
    shown.click(".sfa-summary button").await;
    assert_eq!(shown.sent("Subscribe").len(), 2);
    assert!(is_on(&shown));
}

#[wasm_bindgen_test]
async fn a_switch_under_way_cannot_be_switched_again() {
    let script = script(&[("Newsletter", NEWSLETTER_OF_CUSTOMER)]);
    script.push("Subscribe", Scripted::Never);
    let shown = Shown::element(ElementName::Newsletter, script, config()).await;
    shown.click(SWITCH).await;
    shown.click(SWITCH).await;
    assert_eq!(shown.sent("Subscribe").len(), 1);
    assert_eq!(shown.sent("Unsubscribe").len(), 0);
    assert!(is_on(&shown));
}

#[wasm_bindgen_test]
async fn a_privacy_policy_that_is_no_web_page_is_not_linked() {
    for (href, links) in [
        ("/privacy/", 1),
        ("javascript:alert(1)", 0),
        ("//evil.example", 0),
    ] {
        let answer = NEWSLETTER_OF_GUEST.replace("/privacy/", href);
        assert!(answer.contains(href));
        let shown = shown(&answer, SUBSCRIBED).await;
        assert_eq!(shown.all("a").len(), links, "{href}");
    }
}

#[wasm_bindgen_test]
async fn an_invalid_address_is_named_and_not_sent() {
    let shown = shown(NEWSLETTER_OF_GUEST, SUBSCRIBED).await;
    put(&shown.form(), EMAIL, "ada");
    shown.submit().await;
    assert_eq!(shown.sent("Subscribe").len(), 0);
    assert_eq!(
        shown
            .control(EMAIL)
            .get_attribute("aria-invalid")
            .as_deref(),
        Some("true")
    );
}

#[wasm_bindgen_test]
async fn an_address_that_the_store_does_not_take_is_named_by_its_field() {
    let shown = shown(NEWSLETTER_OF_GUEST, INVALID).await;
    put(&shown.form(), EMAIL, "ada@example.com");
    shown.submit().await;
    assert!(shown.text(".sfa-summary").contains("Not there."));
    assert_eq!(
        shown
            .control(EMAIL)
            .get_attribute("aria-invalid")
            .as_deref(),
        Some("true")
    );

    let refused = ApiError::Unexpected { status: 422 };
    let script = script(&[("Newsletter", NEWSLETTER_OF_GUEST)]);
    script.push(SUBSCRIPTIONS, Scripted::Error(refused));
    let shown = Shown::element(ElementName::Newsletter, script, config()).await;
    put(&shown.form(), EMAIL, "ada@example.com");
    shown.click("[role=group] > button:first-child").await;
    assert_eq!(
        shown
            .control(EMAIL)
            .get_attribute("aria-invalid")
            .as_deref(),
        Some("true")
    );
}

#[wasm_bindgen_test]
async fn a_retry_is_of_what_failed_and_two_clicks_make_one_request() {
    let script: Script = script(&[
        ("Newsletter", NEWSLETTER_OF_GUEST),
        ("Subscribe", SUBSCRIBED),
    ]);
    script.push("Unsubscribe", Scripted::Error(ApiError::Offline));
    script.push("Unsubscribe", Scripted::Body(UNSUBSCRIBED.to_owned()));
    let shown = Shown::element(ElementName::Newsletter, script, config()).await;
    put(&shown.form(), EMAIL, "ada@example.com");
    shown.click(".sfa-actions > button").await;
    assert!(
        shown
            .text(".sfa-summary")
            .contains(Message::OFFLINE.english)
    );
    shown.click(".sfa-summary button").await;
    assert_eq!(shown.sent("Unsubscribe").len(), 2);
    assert_eq!(shown.sent("Subscribe").len(), 0);
    let form = shown.form();
    form.request_submit().unwrap();
    shown.submit().await;
    assert_eq!(
        shown.sent("Subscribe").len() + shown.sent("Unsubscribe").len(),
        3
    );
}

#[wasm_bindgen_test]
async fn a_theme_may_leave_the_reminders_out() {
    let config = ElementConfig {
        without_reminders: true,
        ..config()
    };
    let script = script(&[("Newsletter", NEWSLETTER_OF_GUEST)]);
    let shown = Shown::element(ElementName::Newsletter, script, config).await;
    assert_eq!(shown.all("[role=group] > button").len(), 0);
    assert!(!shown.stage.text_content().unwrap().contains("cart"));
}
