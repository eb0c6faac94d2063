//! `<account-sign-in>` against a scripted store.

use crate::support::{Shown, counted, document, script, settle, sleep};
use storefront_account::api::{ApiError, Script, Scripted};
use storefront_account::elements::shared::AccountEvent;
use storefront_account::elements::specimen::{
    INVALID_CREDENTIALS, LOGGED_OUT, RESET_REQUIRED, SESSION_OF_CUSTOMER, SESSION_OF_GUEST,
    SIGNED_IN, THROTTLED, config, put,
};
use storefront_account::embed::ElementName;
use storefront_account::i18n::Message;
use wasm_bindgen_test::wasm_bindgen_test;

const REQUESTED: &str = r#"{"data":{"customer":{"requestResetPassword":{"errors":[]}}}}"#;

async fn shown(login: &str) -> Shown {
    let answers = [
        ("Session", SESSION_OF_GUEST),
        ("Login", login),
        ("Logout", LOGGED_OUT),
        ("RequestResetPassword", REQUESTED),
        ("login.php?action=passwordless_login", "{}"),
    ];
    Shown::element(ElementName::SignIn, script(&answers), config()).await
}

async fn sign_in(shown: &Shown) {
    put(&shown.form(), "login_email", "ada@example.com");
    put(&shown.form(), "login_pass", "Difference-Engine-1");
    shown.submit().await;
}

#[wasm_bindgen_test]
async fn a_sign_in_sends_the_pair_and_tells_the_theme() {
    let shown = shown(SIGNED_IN).await;
    sign_in(&shown).await;
    let sent = shown.sent("Login").remove(0);
    assert!(sent.contains(r#""email":"ada@example.com","password":"Difference-Engine-1""#));
    let happened = shown.events.borrow();
    assert_eq!(
        *happened,
        [AccountEvent::Ready, AccountEvent::SignedIn { stays: false }]
    );
    assert!(
        shown.all("form").is_empty(),
        "managers see that it was taken"
    );
    let focused = document().active_element().unwrap();
    assert_eq!(
        focused.text_content().as_deref(),
        Some(Message::SIGNED_IN.english)
    );
}

#[wasm_bindgen_test]
async fn a_wrong_pair_has_one_message_and_keeps_the_address_but_not_the_password() {
    let shown = shown(INVALID_CREDENTIALS).await;
    sign_in(&shown).await;
    let words = shown.text(".sfa-summary li");
    assert_eq!(words, Message::INVALID_CREDENTIALS.english);
    assert_eq!(shown.value("login_email"), "ada@example.com");
    assert_eq!(shown.value("login_pass"), "");
    let invalid = shown.all("[aria-invalid]");
    assert!(invalid.is_empty(), "which of the two is wrong stays unsaid");
}

#[wasm_bindgen_test]
async fn a_lock_out_shows_the_time_that_is_left() {
    let shown = shown(THROTTLED).await;
    sign_in(&shown).await;
    let words = shown.text(".sfa-summary li");
    assert!(words.contains(&counted(Message::THROTTLED, 90)), "{words}");
}

#[wasm_bindgen_test]
async fn the_message_says_when_the_waiting_time_is_over() {
    let soon = THROTTLED.replace(r#""retryAfterSeconds":90"#, r#""retryAfterSeconds":1"#);
    let shown = shown(&soon).await;
    sign_in(&shown).await;
    let retry = shown.find(".sfa-summary button");
    let over = Message::THROTTLED_NO_MORE.english;
    for _ in 0..500 {
        settle().await;
        if shown.text(".sfa-summary li").starts_with(over) {
            break;
        }
    }
    assert!(shown.text(".sfa-summary li").starts_with(over));
    let now = shown.find(".sfa-summary button");
    assert_eq!(now, retry, "counting down moves nothing");
}

#[wasm_bindgen_test]
async fn a_forced_reset_leads_straight_to_the_link_with_the_address_filled_in() {
    let shown = shown(RESET_REQUIRED).await;
    sign_in(&shown).await;
    assert_eq!(shown.text("h2"), Message::FORCED_RESET_TITLE.english);
    assert_eq!(document().active_element().unwrap(), shown.find("h2"));
    assert_eq!(shown.value("email"), "ada@example.com");
    shown.submit().await;
    let sent = shown.sent("RequestResetPassword").remove(0);
    assert!(
        sent.contains(r#"{"input":{"email":"ada@example.com"}}"#),
        "{sent}"
    );
    assert_eq!(shown.text("h2"), Message::MAIL_SENT.english);
}

#[wasm_bindgen_test]
async fn a_lost_password_takes_the_address_along_and_leads_back_again() {
    let shown = shown(SIGNED_IN).await;
    put(&shown.form(), "login_email", "ada@example.com");
    shown.click(".sfa-label-row a").await;
    assert_eq!(shown.value("email"), "ada@example.com");
    shown.click(".sfa-actions button").await;
    assert_eq!(shown.value("login_email"), "ada@example.com");
    let focused = document().active_element().unwrap();
    assert_eq!(focused, shown.control("login_email"));
}

#[wasm_bindgen_test]
async fn a_link_that_signs_in_is_offered_and_sent() {
    let shown = shown(SIGNED_IN).await;
    put(&shown.form(), "login_email", "ada@example.com");
    shown.click(".sfa-actions button").await;
    shown.submit().await;
    assert_eq!(shown.text("h2"), Message::MAIL_SENT.english);
    assert_eq!(shown.sent("login.php?action=passwordless_login").len(), 1);
}

#[wasm_bindgen_test]
async fn no_link_is_offered_where_the_store_sends_none() {
    let mut config = config();
    config.is_passwordless = false;
    let answers = [("Session", SESSION_OF_GUEST)];
    let shown = Shown::element(ElementName::SignIn, script(&answers), config).await;
    assert_eq!(shown.all(".sfa-actions button").len(), 0);
}

#[wasm_bindgen_test]
async fn controls_carry_the_tokens_password_managers_look_for() {
    let shown = shown(SIGNED_IN).await;
    let token = |name| shown.control(name).get_attribute("autocomplete");
    assert_eq!(token("login_email").as_deref(), Some("username"));
    assert_eq!(token("login_pass").as_deref(), Some("current-password"));
}

#[wasm_bindgen_test]
async fn a_failed_sign_in_keeps_everything_and_can_be_tried_again() {
    let script = Script::new([
        ("Session", Scripted::Body(SESSION_OF_GUEST.to_owned())),
        ("Login", Scripted::Error(ApiError::Offline)),
        ("Login", Scripted::Body(SIGNED_IN.to_owned())),
    ]);
    let shown = Shown::element(ElementName::SignIn, script, config()).await;
    sign_in(&shown).await;
    assert_eq!(shown.value("login_pass"), "Difference-Engine-1");
    shown.click(".sfa-summary button[type=submit]").await;
    assert_eq!(shown.text("h2"), Message::SIGNED_IN.english);
}

#[wasm_bindgen_test]
async fn signing_out_brings_the_form_back() {
    let answers = [("Session", SESSION_OF_CUSTOMER), ("Logout", LOGGED_OUT)];
    let shown = Shown::element(ElementName::SignIn, script(&answers), config()).await;
    shown.click(".sfa-sign-out").await;
    assert_eq!(shown.all("[name=login_pass]").len(), 1);
    let last = shown.events.borrow().last().cloned();
    assert_eq!(last, Some(AccountEvent::SignedOut));
}

#[wasm_bindgen_test]
async fn signing_in_and_out_in_one_element_changes_the_others_at_once() {
    let other = Shown::element(
        ElementName::SignIn,
        script(&[("Session", SESSION_OF_GUEST)]),
        config(),
    )
    .await;
    let shown = shown(SIGNED_IN).await;
    sign_in(&shown).await;
    assert_eq!(other.text("h2"), Message::SIGNED_IN.english);
    shown.click(".sfa-sign-out").await;
    assert_eq!(other.all("[name=login_pass]").len(), 1);
}

#[wasm_bindgen_test]
async fn signing_in_and_out_in_another_tab_changes_the_elements_here() {
    let shown = shown(SIGNED_IN).await;
    let tab = web_sys::BroadcastChannel::new("storefront-account").unwrap();
    let say = |words: &'static str| tab.post_message(&words.into()).unwrap();
    // Messages of another tab take their time.
    let until = async |selector: &str| {
        for _ in 0..100 {
            settle().await;
            if !shown.all(selector).is_empty() {
                return;
            }
        }
        panic!("no {selector}");
    };
    say("signed-in 7");
    until(".sfa-sign-out").await;
    say("signed-out");
    until("[name=login_pass]").await;
    for nonsense in ["signed-in ", "signed-in x", "", "constructor"] {
        say(nonsense);
    }
    settle().await;
    assert_eq!(shown.all("[name=login_pass]").len(), 1);
    tab.close();
}

#[wasm_bindgen_test]
async fn a_password_that_was_left_by_sending_is_not_blamed_when_it_is_taken_out() {
    let shown = shown(INVALID_CREDENTIALS).await;
    put(&shown.form(), "login_email", "ada@example.com");
    put(&shown.form(), "login_pass", "wrong");
    let options = web_sys::EventInit::new();
    options.set_bubbles(true);
    let left = web_sys::Event::new_with_event_init_dict("focusout", &options);
    let password = shown.control("login_pass");
    password.dispatch_event(&left.unwrap()).unwrap();
    shown.submit().await;
    sleep(400).await;
    assert_eq!(shown.value("login_pass"), "", "it is typed again");
    assert!(!password.has_attribute("aria-invalid"));
}
