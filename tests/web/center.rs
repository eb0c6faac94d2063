//! `<account-center>` against a scripted store.

use crate::support::{Shown, document, script, settle};
use storefront_account::api::{Script, Scripted};
use storefront_account::elements::shared::AccountEvent;
use storefront_account::elements::specimen::{
    FORM_OF_CUSTOMER, LOGGED_OUT, PASSWORD_CHANGED, SIGN_UP_FORM, SIGNED_IN, config,
    form_of_customer, put,
};
use storefront_account::embed::ElementName;
use storefront_account::i18n::Message;
use wasm_bindgen_test::wasm_bindgen_test;

fn body(text: &str) -> Scripted {
    Scripted::Body(text.to_owned())
}

fn go(fragment: &str) {
    let location = web_sys::window().unwrap().location();
    location.set_hash(fragment).unwrap();
}

async fn shown() -> Shown {
    go("");
    let answers = [
        ("Profile", &*form_of_customer(FORM_OF_CUSTOMER)),
        ("ChangePassword", PASSWORD_CHANGED),
        ("Logout", LOGGED_OUT),
    ];
    Shown::element(ElementName::Center, script(&answers), config()).await
}

/// Brings the form of the profile.
async fn edit(shown: &Shown) {
    let button = ".sfa-center-view:not([hidden]) .sfa-actions > button";
    shown.click(button).await;
}

/// The title of the view on show.
fn title(shown: &Shown) -> String {
    shown.text(".sfa-center-view:not([hidden]) h2")
}

#[wasm_bindgen_test]
async fn one_request_shows_the_profile_and_takes_no_focus() {
    let shown = shown().await;
    assert_eq!(title(&shown), Message::PROFILE.english);
    assert_eq!(shown.script.sent().len(), 3, "the form and two attributes");
    let focused = document().active_element().unwrap();
    assert!(!shown.stage.contains(Some(&focused)));
}

#[wasm_bindgen_test]
async fn the_navigation_moves_the_focus_and_keeps_what_was_typed() {
    let shown = shown().await;
    edit(&shown).await;
    put(&shown.stage, "account_firstname", "Augusta");
    shown.click("a[href='#account/password']").await;
    assert_eq!(title(&shown), Message::PASSWORD_VIEW.english);
    let focused = document().active_element().unwrap();
    assert_eq!(
        focused.text_content().as_deref(),
        Some(Message::PASSWORD_VIEW.english)
    );
    let current = shown.find("[aria-current=page]");
    assert_eq!(
        current.text_content().as_deref(),
        Some(Message::PASSWORD_VIEW.english)
    );
    shown.click("a[href='#account/profile']").await;
    assert_eq!(title(&shown), Message::PROFILE.english);
    assert_eq!(shown.value("account_firstname"), "Augusta");
    go("");
}

#[wasm_bindgen_test]
async fn a_deep_link_shows_its_view() {
    go("#account/password");
    let answers = [("Profile", &*form_of_customer(FORM_OF_CUSTOMER))];
    let shown = Shown::element(ElementName::Center, script(&answers), config()).await;
    assert_eq!(title(&shown), Message::PASSWORD_VIEW.english);
    go("#elsewhere");
    settle().await;
    assert_eq!(
        title(&shown),
        Message::PASSWORD_VIEW.english,
        "no view of ours"
    );
    go("#account/profile");
    for _ in 0..20 {
        settle().await;
    }
    assert_eq!(title(&shown), Message::PROFILE.english);
    go("");
}

#[wasm_bindgen_test]
async fn a_guest_signs_in_where_they_are() {
    go("");
    let script = Script::new([
        ("Profile", body(SIGN_UP_FORM)),
        ("Profile", body(&form_of_customer(FORM_OF_CUSTOMER))),
        ("Login", body(SIGNED_IN)),
    ]);
    let shown = Shown::element(ElementName::Center, script, config()).await;
    put(&shown.stage, "login_email", "ada@example.com");
    put(&shown.stage, "login_pass", "Difference-Engine-1");
    shown.click("button[type=submit]").await;
    assert_eq!(title(&shown), Message::PROFILE.english);
    let happened = shown.events.borrow();
    assert!(happened.contains(&AccountEvent::SignedIn { stays: true }));
    let focused = document().active_element().unwrap();
    assert_eq!(
        focused.text_content().as_deref(),
        Some(Message::PROFILE.english)
    );
}

#[wasm_bindgen_test]
async fn a_guest_finds_the_sign_up_under_the_same_navigation() {
    go("");
    let answers = [("Profile", SIGN_UP_FORM), ("SignUpForm", SIGN_UP_FORM)];
    let shown = Shown::element(ElementName::Center, script(&answers), config()).await;
    assert_eq!(
        shown.sent("SignUpForm").len(),
        0,
        "the sign-up is fetched when it is wanted"
    );
    shown.click("a[href='#account/sign-up']").await;
    assert_eq!(shown.all("[name='FormField[2][8]']").len(), 1);
    go("");
}

#[wasm_bindgen_test]
async fn signing_out_leaves_nothing_of_the_customer_in_the_page() {
    go("");
    let script = Script::new([
        ("Profile", body(&form_of_customer(FORM_OF_CUSTOMER))),
        ("Profile", body(SIGN_UP_FORM)),
        ("Logout", body(LOGGED_OUT)),
    ]);
    let shown = Shown::element(ElementName::Center, script, config()).await;
    shown.click(".sfa-sign-out").await;
    assert_eq!(shown.sent("Logout").len(), 1);
    let text = shown.stage.text_content().unwrap();
    assert!(!text.contains("Tasting club"), "{text}");
    assert!(shown.all("[name=account_firstname]").is_empty());
    assert!(shown.events.borrow().contains(&AccountEvent::SignedOut));
}

#[wasm_bindgen_test]
async fn signing_out_with_something_unsaved_asks_first() {
    let shown = shown().await;
    edit(&shown).await;
    put(&shown.stage, "account_firstname", "Augusta");
    settle().await;
    shown.click(".sfa-sign-out").await;
    assert!(shown.sent("Logout").is_empty());
    shown.click("dialog[open] button").await;
    assert!(shown.all("dialog[open]").is_empty());
    assert_eq!(shown.value("account_firstname"), "Augusta");
    shown.click(".sfa-sign-out").await;
    shown.click("dialog[open] button + button").await;
    assert_eq!(shown.sent("Logout").len(), 1);
}
