//! `<account-password>` against a scripted store.

use crate::support::{Shown, document, script};
use storefront_account::api::{ResetLink, Script, Scripted};
use storefront_account::elements::shared::{AccountEvent, ElementConfig};
use storefront_account::elements::specimen::{
    PASSWORD_CHANGED, RESET_LINK_EXPIRED, SESSION_OF_CUSTOMER, SESSION_OF_GUEST, SIGNED_IN, config,
    put,
};
use storefront_account::embed::ElementName;
use storefront_account::i18n::Message;
use storefront_rules::Secret;
use wasm_bindgen_test::wasm_bindgen_test;

const CURRENT: &str = "FormField[1][24]";
const NEW: &str = "FormField[1][2]";

fn body(text: &str) -> Scripted {
    Scripted::Body(text.to_owned())
}

async fn changing(answer: &str) -> Shown {
    let answers = [
        ("Session", SESSION_OF_CUSTOMER),
        ("ChangePassword", answer),
        ("Login", SIGNED_IN),
    ];
    Shown::element(ElementName::Password, script(&answers), config()).await
}

async fn change(shown: &Shown) {
    put(&shown.form(), CURRENT, "Difference-Engine-1");
    put(&shown.form(), NEW, "Analytical-Engine-2");
    shown.submit().await;
}

async fn resetting(answer: &str) -> Shown {
    let link = ResetLink {
        customer: 7,
        token: Secret::new("one-time"),
    };
    let config = ElementConfig {
        reset_link: Some(link),
        ..config()
    };
    let answers = [("Session", SESSION_OF_GUEST), ("ResetPassword", answer)];
    Shown::element(ElementName::Password, script(&answers), config).await
}

#[wasm_bindgen_test]
async fn a_change_sends_both_passwords_and_forgets_them() {
    let shown = changing(PASSWORD_CHANGED).await;
    change(&shown).await;
    let sent = shown.sent("ChangePassword").remove(0);
    let input = r#"{"currentPassword":"Difference-Engine-1","newPassword":"Analytical-Engine-2"}"#;
    assert!(sent.contains(input), "{sent}");
    let last = shown.events.borrow().last().cloned();
    assert_eq!(last, Some(AccountEvent::PasswordChanged));
    assert_eq!((shown.value(CURRENT), shown.value(NEW)), Default::default());
    let focused = document().active_element().unwrap();
    let words = focused.text_content();
    assert_eq!(words.as_deref(), Some(Message::PASSWORD_CHANGED.english));
}

#[wasm_bindgen_test]
async fn a_weak_password_is_refused_before_it_is_sent() {
    let shown = changing(PASSWORD_CHANGED).await;
    put(&shown.form(), CURRENT, "Difference-Engine-1");
    put(&shown.form(), NEW, "short");
    shown.submit().await;
    assert!(shown.sent("ChangePassword").is_empty());
    let new = shown.control(NEW);
    assert_eq!(new.get_attribute("aria-invalid").as_deref(), Some("true"));
}

#[wasm_bindgen_test]
async fn a_wrong_present_password_is_said_at_its_own_field() {
    let wrong = r#"{"data":{"customer":{"changePassword":{"errors":[
        {"__typename":"CustomerPasswordError","message":"Not that one."}]}}}}"#;
    let shown = changing(wrong).await;
    change(&shown).await;
    let current = shown.control(CURRENT);
    let field = current.closest(".sfa-field").unwrap().unwrap();
    let words = field.text_content().unwrap();
    assert!(words.contains("Error: Not that one."), "{words}");
    assert_eq!(
        shown.value(NEW),
        "Analytical-Engine-2",
        "what was typed stays"
    );
}

#[wasm_bindgen_test]
async fn the_forms_tell_managers_whose_password_it_is() {
    let shown = changing(PASSWORD_CHANGED).await;
    assert_eq!(shown.value("username"), "ada@example.com");
    let token = |name| shown.control(name).get_attribute("autocomplete");
    assert_eq!(token(CURRENT).as_deref(), Some("current-password"));
    assert_eq!(token(NEW).as_deref(), Some("new-password"));
}

#[wasm_bindgen_test]
async fn a_session_that_ended_is_taken_up_again_and_the_change_is_sent() {
    let ended = r#"{"data":{"customer":{"changePassword":{"errors":[
        {"__typename":"CustomerNotLoggedInError","message":"Sign in."}]}}}}"#;
    let script = Script::new([
        ("Session", body(SESSION_OF_CUSTOMER)),
        ("ChangePassword", body(ended)),
        ("ChangePassword", body(PASSWORD_CHANGED)),
        ("Login", body(SIGNED_IN)),
    ]);
    let shown = Shown::element(ElementName::Password, script, config()).await;
    change(&shown).await;
    put(&shown.find(".sfa-notice"), "login_email", "ada@example.com");
    put(
        &shown.find(".sfa-notice"),
        "login_pass",
        "Difference-Engine-1",
    );
    shown.click(".sfa-notice button[type=submit]").await;
    assert_eq!(shown.sent("ChangePassword").len(), 2);
    assert!(shown.all(".sfa-notice").is_empty());
    let last = shown.events.borrow().last().cloned();
    assert_eq!(last, Some(AccountEvent::PasswordChanged));
}

#[wasm_bindgen_test]
async fn a_guest_with_a_link_chooses_a_new_password_and_is_sent_to_sign_in() {
    let done = r#"{"data":{"customer":{"resetPassword":{"errors":[]}}}}"#;
    let shown = resetting(done).await;
    put(&shown.form(), "password", "Analytical-Engine-2");
    shown.submit().await;
    let sent = shown.sent("ResetPassword").remove(0);
    let input = r#"{"customerEntityId":7,"token":"one-time","newPassword":"Analytical-Engine-2"}"#;
    assert!(sent.contains(input), "{sent}");
    assert_eq!(shown.all("a[href='/login.php']").len(), 1);
    let last = shown.events.borrow().last().cloned();
    assert_eq!(last, Some(AccountEvent::PasswordChanged));
}

#[wasm_bindgen_test]
async fn a_link_that_does_not_count_says_why_and_leads_to_a_new_one() {
    let shown = resetting(RESET_LINK_EXPIRED).await;
    put(&shown.form(), "password", "Analytical-Engine-2");
    shown.submit().await;
    assert!(shown.text(".sfa-summary").contains("This link has expired"));
    assert_eq!(shown.value("password"), "Analytical-Engine-2");
    shown.click(".sfa-actions button").await;
    assert_eq!(shown.all("[name=email]").len(), 1);
}

#[wasm_bindgen_test]
async fn a_guest_without_a_link_asks_for_one() {
    let answers = [("Session", SESSION_OF_GUEST)];
    let shown = Shown::element(ElementName::Password, script(&answers), config()).await;
    assert_eq!(shown.all("[name=email]").len(), 1);
}
