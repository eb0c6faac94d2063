//! `<account-sign-up>` against a scripted store.

use crate::support::{Shown, counted, document, script, settle, sleep};
use js_sys::JsString;
use storefront_account::api::{ApiError, Script, Scripted};
use storefront_account::elements::shared::{AccountEvent, ElementConfig};
use storefront_account::elements::specimen::{
    EMAIL_IN_USE, REGISTERED, SIGN_UP_FORM, SIGNED_IN, config, fill, put,
};
use storefront_account::embed::ElementName;
use storefront_account::i18n::Message;
use wasm_bindgen::JsCast;
use wasm_bindgen_test::wasm_bindgen_test;
use web_sys::Element;

const WORKS: [(&str, &str); 3] = [
    ("SignUpForm", SIGN_UP_FORM),
    ("RegisterCustomer", REGISTERED),
    ("Login", SIGNED_IN),
];

fn body(text: &str) -> Scripted {
    Scripted::Body(text.to_owned())
}

#[wasm_bindgen_test]
async fn a_removed_element_leaves_nothing_in_the_page() {
    let mut shown = Shown::new(&WORKS).await;
    assert!(shown.stage.child_element_count() > 0);
    shown.remove().await;
    assert_eq!(shown.stage.child_nodes().length(), 0);
}

#[wasm_bindgen_test]
async fn an_answer_that_comes_after_the_element_is_gone_breaks_nothing() {
    let mut shown = Shown::new(&WORKS).await;
    fill(&shown.form());
    shown.form().request_submit().unwrap();
    shown.remove().await;
    assert_eq!(shown.stage.child_nodes().length(), 0);
}

#[wasm_bindgen_test]
async fn a_refused_form_moves_the_focus_to_a_summary_in_the_words_of_the_fields() {
    let shown = Shown::new(&WORKS).await;
    shown.submit().await;
    let focused = document().active_element().unwrap();
    assert_eq!(focused.class_name(), "sfa-summary");
    let links = shown.all(".sfa-summary a");
    assert_eq!(
        links.len(),
        10,
        "one link for each field that must be answered"
    );
    for link in links {
        let id = link.get_attribute("href").unwrap().replacen('#', "", 1);
        let control = document().get_element_by_id(&id).unwrap();
        let field = control.closest(".sfa-field").unwrap().unwrap();
        let error = field.query_selector(".sfa-error").unwrap().unwrap();
        let words = error.text_content().unwrap().replacen("Error: ", "", 1);
        assert_eq!(words, link.text_content().unwrap());
    }
    assert!(shown.sent("RegisterCustomer").is_empty());
}

#[wasm_bindgen_test]
async fn an_invalid_control_is_tied_to_its_error() {
    let shown = Shown::new(&WORKS).await;
    let email = shown.control("FormField[1][1]");
    assert_eq!(email.get_attribute("aria-invalid"), None);
    shown.submit().await;
    assert_eq!(email.get_attribute("aria-invalid").as_deref(), Some("true"));
    let described_by = email.get_attribute("aria-describedby").unwrap();
    assert!(document().get_element_by_id(&described_by).is_some());
}

#[wasm_bindgen_test]
async fn only_a_field_that_failed_is_validated_while_it_is_edited() {
    let shown = Shown::new(&WORKS).await;
    shown.submit().await;
    put(&shown.form(), "FormField[1][1]", "ada@example.com");
    settle().await;
    let email = shown.control("FormField[1][1]");
    assert_eq!(email.get_attribute("aria-invalid"), None);
    // A number that was valid when the form was sent is not validated until it is sent again.
    put(&shown.form(), "FormField[1][28]", "many");
    settle().await;
    let cups = shown.control("FormField[1][28]");
    assert_eq!(cups.get_attribute("aria-invalid"), None);
    shown.submit().await;
    assert_eq!(cups.get_attribute("aria-invalid").as_deref(), Some("true"));
}

#[wasm_bindgen_test]
async fn two_submissions_make_one_request() {
    let script = Script::new([
        ("SignUpForm", body(SIGN_UP_FORM)),
        ("RegisterCustomer", Scripted::Never),
    ]);
    let shown = Shown::with(script).await;
    fill(&shown.form());
    shown.submit().await;
    shown.submit().await;
    assert_eq!(shown.sent("RegisterCustomer").len(), 1);
}

#[wasm_bindgen_test]
async fn a_sign_up_registers_signs_in_and_says_so() {
    let shown = Shown::new(&WORKS).await;
    fill(&shown.form());
    shown.submit().await;
    assert_eq!(shown.text("h2"), Message::SIGN_UP_DONE.english);
    let signed_up = AccountEvent::SignedUp {
        customer_id: Some(7),
        is_signed_in: true,
    };
    let happened = shown.events.borrow();
    let signed_in = AccountEvent::SignedIn { stays: true };
    assert_eq!(*happened, [AccountEvent::Ready, signed_in, signed_up]);
}

#[wasm_bindgen_test]
async fn every_kind_of_value_goes_into_the_list_of_its_type() {
    let shown = Shown::new(&WORKS).await;
    let form = shown.form();
    fill(&form);
    put(&form, "FormField[1][26]", " Countess ");
    put(&form, "FormField[1][27]", "two\nlines");
    put(&form, "FormField[1][28]", "3");
    put(&form, "FormField[1][32]", "2");
    put(&form, "FormField[1][33]", "1815");
    shown
        .click("[name=\"FormField[1][30]\"][value=\"0\"]")
        .await;
    shown
        .click("[name=\"FormField[1][30]\"][value=\"3\"]")
        .await;
    shown.submit().await;
    let sent = shown.sent("RegisterCustomer").remove(0);
    for part in [
        r#""texts":[{"fieldEntityId":26,"text":"Countess"}]"#,
        r#""multilineTexts":[{"fieldEntityId":27,"multilineText":"two\nlines"}]"#,
        r#""numbers":[{"fieldEntityId":28,"number":3.0}]"#,
        r#""dates":[{"fieldEntityId":29,"date":"1985-12-10T00:00:00Z"}]"#,
        r#""checkboxes":[{"fieldEntityId":30,"fieldValueEntityIds":[0,3]}]"#,
        r#"{"fieldEntityId":32,"fieldValueEntityId":2}"#,
        r#""passwords":[{"fieldEntityId":33,"password":"1815"}]"#,
        r#""stateOrProvince":"Illinois""#,
    ] {
        assert!(sent.contains(part), "{part} is not in {sent}");
    }
}

#[wasm_bindgen_test]
async fn values_written_without_any_event_count() {
    let shown = Shown::new(&WORKS).await;
    let form = shown.form();
    fill(&form);
    // As password managers do it.
    let email = shown.control("FormField[1][1]");
    js_sys::Reflect::set(&email, &"value".into(), &"grace@example.com".into()).unwrap();
    shown.submit().await;
    let sent = shown.sent("RegisterCustomer").remove(0);
    assert!(sent.contains("grace@example.com"), "{sent}");
}

#[wasm_bindgen_test]
async fn a_taken_e_mail_address_offers_to_sign_in() {
    let shown = Shown::new(&[
        ("SignUpForm", SIGN_UP_FORM),
        ("RegisterCustomer", EMAIL_IN_USE),
    ])
    .await;
    fill(&shown.form());
    shown.submit().await;
    assert_eq!(
        shown.text(".sfa-summary a[href='/login.php']"),
        Message::SIGN_IN_INSTEAD.english
    );
    let email = shown.control("FormField[1][1]");
    assert_eq!(email.get_attribute("aria-invalid").as_deref(), Some("true"));
    assert_eq!(
        shown.value("FormField[2][4]"),
        "Ada",
        "what was typed stays"
    );
}

#[wasm_bindgen_test]
async fn a_refusal_of_the_store_stands_at_the_field_its_path_names() {
    let refused = r#"{"data":{"customer":{"registerCustomer":{"customer":null,"errors":[
        {"__typename":"ValidationError","message":"Not there.","path":["input","address","city"]},
        {"__typename":"ValidationError","message":"Too tall.","path":["input","formFields","28"]},
        {"__typename":"CustomerRegistrationError","message":"Not today."}]}}}}"#;
    let shown = Shown::new(&[("SignUpForm", SIGN_UP_FORM), ("RegisterCustomer", refused)]).await;
    fill(&shown.form());
    shown.submit().await;
    for (name, words) in [
        ("FormField[2][10]", "Not there."),
        ("FormField[1][28]", "Too tall."),
    ] {
        let field = shown.control(name).closest(".sfa-field").unwrap().unwrap();
        let error = field.query_selector(".sfa-error").unwrap().unwrap();
        assert_eq!(error.text_content().unwrap(), format!("Error: {words}"));
    }
    assert!(shown.text(".sfa-summary").contains("Not today."));
}

#[wasm_bindgen_test]
async fn an_attempt_whose_answer_was_lost_is_not_called_a_taken_address() {
    let script = Script::new([
        ("SignUpForm", body(SIGN_UP_FORM)),
        ("RegisterCustomer", Scripted::Error(ApiError::TimedOut)),
        ("RegisterCustomer", body(EMAIL_IN_USE)),
        ("Login", body(SIGNED_IN)),
    ]);
    let shown = Shown::with(script).await;
    fill(&shown.form());
    shown.submit().await;
    assert!(
        shown
            .text(".sfa-summary")
            .contains(Message::TIMED_OUT.english)
    );
    shown.click(".sfa-summary button[type=submit]").await;
    assert_eq!(shown.text("h2"), Message::SIGN_UP_DONE.english);
}

#[wasm_bindgen_test]
async fn a_lost_attempt_says_nothing_of_another_e_mail_address() {
    let script = Script::new([
        ("SignUpForm", body(SIGN_UP_FORM)),
        ("RegisterCustomer", Scripted::Error(ApiError::Offline)),
        ("RegisterCustomer", body(EMAIL_IN_USE)),
        ("Login", body(SIGNED_IN)),
    ]);
    let shown = Shown::with(script).await;
    fill(&shown.form());
    shown.submit().await;
    put(&shown.form(), "FormField[1][1]", "grace@example.com");
    shown.submit().await;
    assert!(shown.sent("Login").is_empty());
    let offer = shown.text(".sfa-summary a[href='/login.php']");
    assert_eq!(offer, Message::SIGN_IN_INSTEAD.english);
}

#[wasm_bindgen_test]
async fn an_account_that_could_not_be_signed_into_sends_the_shopper_to_sign_in() {
    let refused = r#"{"data":null,"errors":[{"message":"Invalid credentials"}]}"#;
    let shown = Shown::new(&[
        ("SignUpForm", SIGN_UP_FORM),
        ("RegisterCustomer", REGISTERED),
        ("Login", refused),
    ])
    .await;
    fill(&shown.form());
    shown.submit().await;
    assert_eq!(shown.text("h2"), Message::SIGN_UP_DONE.english);
    assert_eq!(
        shown.find("a").get_attribute("href").as_deref(),
        Some("/login.php")
    );
}

#[wasm_bindgen_test]
async fn an_expired_token_offers_the_stores_own_form() {
    let script = Script::new([
        ("SignUpForm", body(SIGN_UP_FORM)),
        ("RegisterCustomer", Scripted::Error(ApiError::Expired)),
    ]);
    let shown = Shown::with(script).await;
    fill(&shown.form());
    shown.submit().await;
    shown.click(".sfa-summary button").await;
    assert_eq!(
        shown.events.borrow().last(),
        Some(&AccountEvent::UseStoreForm)
    );
}

#[wasm_bindgen_test]
async fn a_form_that_failed_to_load_can_be_tried_again() {
    let script = Script::new([
        (
            "SignUpForm",
            Scripted::Error(ApiError::Throttled { seconds: 9 }),
        ),
        ("SignUpForm", body(SIGN_UP_FORM)),
    ]);
    let shown = Shown::with(script).await;
    assert!(
        shown
            .text("[role=alert]")
            .contains(&counted(Message::THROTTLED, 9))
    );
    shown.click("[role=alert] button").await;
    assert_eq!(shown.all("form").len(), 1);
}

fn states_of(states: &[&str]) -> String {
    let states: Vec<String> = states
        .iter()
        .map(|name| format!(r#"{{"name":"{name}","abbreviation":""}}"#))
        .collect();
    let states = states.join(",");
    format!(
        r#"{{"data":{{"geography":{{"countries":[{{"code":"CA","statesOrProvinces":[{states}]}}]}}}}}}"#
    )
}

#[wasm_bindgen_test]
async fn a_state_that_the_new_country_does_not_have_is_removed_with_a_notice() {
    let shown = Shown::new(&[
        ("SignUpForm", SIGN_UP_FORM),
        ("States", &states_of(&["Quebec"])),
    ])
    .await;
    put(&shown.form(), "FormField[2][12]", "California");
    put(&shown.form(), "FormField[2][11]", "CA");
    settle().await;
    assert_eq!(shown.value("FormField[2][12]"), "");
    assert!(shown.text(".sfa-hint").contains("California"));
    assert_eq!(shown.all("[name=\"FormField[2][12]\"] option").len(), 2);
}

#[wasm_bindgen_test]
async fn a_state_that_the_new_country_has_too_is_kept() {
    let states = states_of(&["Ontario", "california"]);
    let shown = Shown::new(&[("SignUpForm", SIGN_UP_FORM), ("States", &states)]).await;
    put(&shown.form(), "FormField[2][12]", "California");
    put(&shown.form(), "FormField[2][11]", "CA");
    settle().await;
    assert_eq!(shown.value("FormField[2][12]"), "california");
    assert_eq!(shown.text(".sfa-hint"), "");
}

#[wasm_bindgen_test]
async fn a_country_without_postal_codes_asks_for_none_and_says_what_went() {
    let shown = Shown::new(&[("SignUpForm", SIGN_UP_FORM), ("States", &states_of(&[]))]).await;
    put(&shown.form(), "FormField[2][13]", "90210");
    put(&shown.form(), "FormField[2][11]", "HK");
    settle().await;
    assert_eq!(shown.value("FormField[2][13]"), "");
    assert!(
        shown
            .control("FormField[2][13]")
            .closest("[hidden]")
            .unwrap()
            .is_some()
    );
    assert!(shown.text(".sfa-hint").contains("90210"));
}

#[wasm_bindgen_test]
async fn the_parts_of_an_address_stand_in_the_order_of_the_country() {
    let shown = Shown::new(&[("SignUpForm", SIGN_UP_FORM), ("States", &states_of(&[]))]).await;
    let order = |shown: &Shown| -> Vec<String> {
        let parts = shown.all("[data-account-part]:not([hidden])");
        parts
            .iter()
            .filter_map(|p| p.get_attribute("data-account-part"))
            .collect()
    };
    assert_eq!(order(&shown), ["8", "9", "10", "12", "13"]);
    put(&shown.form(), "FormField[2][8]", "Hauptstraße 1");
    put(&shown.form(), "FormField[2][11]", "DE");
    settle().await;
    assert_eq!(
        order(&shown),
        ["8", "9", "13", "10"],
        "postal code before the city, no state"
    );
    assert_eq!(
        shown.value("FormField[2][8]"),
        "Hauptstraße 1",
        "what was typed stays"
    );
    assert_eq!(
        shown.text("[data-account-part='13'] label"),
        "Postal code (optional)".replace(" (optional)", "") + " (optional)"
    );
}

#[wasm_bindgen_test]
async fn ids_are_unique_over_three_elements() {
    let shown = [
        Shown::new(&WORKS).await,
        Shown::new(&WORKS).await,
        Shown::new(&WORKS).await,
    ];
    let mut ids: Vec<String> = shown
        .iter()
        .flat_map(|shown| shown.all("[id]"))
        .map(|element| element.id())
        .collect();
    let count = ids.len();
    ids.sort();
    ids.dedup();
    assert_eq!(ids.len(), count);
}

#[wasm_bindgen_test]
async fn labels_and_options_of_the_store_are_text_and_nothing_else() {
    let hostile = SIGN_UP_FORM.replace(
        "How did you hear of us?",
        "<img src=x onerror=alert(1)><script>alert(2)</script>",
    );
    let shown = Shown::new(&[("SignUpForm", &hostile)]).await;
    assert!(shown.all("img, script").is_empty());
    assert!(shown.stage.text_content().unwrap().contains("<img src=x"));
    assert!(shown.stage.text_content().unwrap().contains("<b>bold</b>"));
}

#[wasm_bindgen_test]
async fn a_link_of_the_store_that_is_no_web_page_is_not_shown() {
    let hostile = SIGN_UP_FORM.replace(
        "\"privacyPolicyUrl\": \"/privacy\"",
        "\"privacyPolicyUrl\": \"javascript:alert(1)\"",
    );
    let shown = Shown::new(&[("SignUpForm", &hostile)]).await;
    let links = shown.all("form a");
    let hrefs = links.iter().filter_map(|a| a.get_attribute("href"));
    assert!(
        hrefs
            .into_iter()
            .all(|href| !href.starts_with("javascript:"))
    );
}

#[wasm_bindgen_test]
async fn controls_carry_the_tokens_browsers_fill_in_by() {
    let shown = Shown::new(&WORKS).await;
    for (name, token) in [
        ("FormField[1][1]", "email"),
        ("FormField[1][2]", "new-password"),
        ("FormField[1][33]", "off"),
        ("FormField[2][4]", "given-name"),
        ("FormField[2][5]", "family-name"),
        ("FormField[2][6]", "organization"),
        ("FormField[2][7]", "tel"),
        ("FormField[2][8]", "address-line1"),
        ("FormField[2][9]", "address-line2"),
        ("FormField[2][10]", "address-level2"),
        ("FormField[2][11]", "country"),
        ("FormField[2][12]", "address-level1"),
        ("FormField[2][13]", "postal-code"),
    ] {
        let tokens = shown.control(name).get_attribute("autocomplete").unwrap();
        assert_eq!(tokens.rsplit(' ').next(), Some(token), "{name}");
        let has_section = tokens.starts_with("section-account-");
        assert_eq!(
            has_section,
            name.starts_with("FormField[2]"),
            "{name}: {tokens}"
        );
    }
}

#[wasm_bindgen_test]
async fn the_checklist_follows_the_password_and_sending_hides_it_again() {
    let script = Script::new([
        ("SignUpForm", body(SIGN_UP_FORM)),
        ("RegisterCustomer", Scripted::Never),
    ]);
    let shown = Shown::with(script).await;
    let met = |shown: &Shown| shown.all(".sfa-checklist-item-met").len();
    assert_eq!(met(&shown), 0);
    put(&shown.form(), "FormField[1][2]", "abcdefgh");
    settle().await;
    assert_eq!(met(&shown), 2, "long enough and a lower-case letter");
    fill(&shown.form());
    let password = shown.control("FormField[1][2]");
    shown.click(".sfa-password button").await;
    assert_eq!(password.get_attribute("type").as_deref(), Some("text"));
    shown.submit().await;
    assert_eq!(shown.sent("RegisterCustomer").len(), 1);
    assert_eq!(password.get_attribute("type").as_deref(), Some("password"));
}

#[wasm_bindgen_test]
async fn the_newsletter_is_ticked_only_where_the_store_says_so() {
    let is_ticked = |shown: &Shown| {
        let checkbox: Element = shown.control("FormField[1][25]");
        checkbox
            .unchecked_into::<web_sys::HtmlInputElement>()
            .checked()
    };
    assert!(!is_ticked(&Shown::new(&WORKS).await));
    let ticked = SIGN_UP_FORM.replace(
        "\"newsletterCheckedByDefault\": false",
        "\"newsletterCheckedByDefault\": true",
    );
    assert_ne!(ticked, SIGN_UP_FORM, "the fixture says otherwise");
    assert!(is_ticked(&Shown::new(&[("SignUpForm", &ticked)]).await));
}

#[wasm_bindgen_test]
async fn a_date_field_keeps_the_bounds_of_the_store() {
    let shown = Shown::new(&WORKS).await;
    let birth = shown.control("FormField[1][29]");
    assert_eq!(birth.get_attribute("type").as_deref(), Some("date"));
    let text: Option<JsString> = birth.get_attribute("max").map(Into::into);
    assert!(text.is_none_or(|max| max.length() == 10));
}

#[wasm_bindgen_test]
async fn what_was_typed_wrong_is_told_when_the_field_is_left_and_what_is_empty_is_not() {
    let shown = Shown::new(&WORKS).await;
    let leave = |name: &str| {
        let control = shown.control(name);
        let options = web_sys::EventInit::new();
        options.set_bubbles(true);
        let left = web_sys::Event::new_with_event_init_dict("focusout", &options);
        control.dispatch_event(&left.unwrap()).unwrap();
    };
    let is_invalid = |name: &str| shown.control(name).has_attribute("aria-invalid");
    leave("FormField[2][4]");
    put(&shown.form(), "FormField[1][1]", "nobody");
    leave("FormField[1][1]");
    sleep(400).await;
    assert!(is_invalid("FormField[1][1]"));
    assert!(!is_invalid("FormField[2][4]"), "nothing was typed");
    assert_eq!(
        shown.all(".sfa-summary:not([hidden])").len(),
        0,
        "nothing was sent"
    );
    put(&shown.form(), "FormField[1][1]", "nobody@example.com");
    settle().await;
    assert!(!is_invalid("FormField[1][1]"), "mended");
}

async fn in_steps(answers: &[(&str, &str)]) -> Shown {
    let config = ElementConfig {
        has_steps: true,
        ..config()
    };
    Shown::element(ElementName::SignUp, script(answers), config).await
}

/// The title of the step on show.
fn step(shown: &Shown) -> String {
    shown.text("section:not([hidden]) h2")
}

#[wasm_bindgen_test]
async fn a_form_in_steps_asks_for_the_account_first_and_for_little() {
    let shown = in_steps(&WORKS).await;
    assert_eq!(step(&shown), Message::SECTION_ACCOUNT.english);
    let controls = shown.all("section:not([hidden]) :is(input, select, textarea)");
    assert!(controls.len() <= 8, "{}", controls.len());
    assert_eq!(
        shown.text("button[type=submit]"),
        Message::CONTINUE_STEP.english
    );
    let focused = document().active_element().unwrap();
    assert!(!shown.stage.contains(Some(&focused)), "no focus is taken");
}

#[wasm_bindgen_test]
async fn a_step_that_does_not_pass_is_not_left_and_names_only_its_own_fields() {
    let shown = in_steps(&WORKS).await;
    shown.submit().await;
    assert_eq!(step(&shown), Message::SECTION_ACCOUNT.english);
    assert_eq!(
        shown.all(".sfa-summary a").len(),
        2,
        "email address and password"
    );
}

#[wasm_bindgen_test]
async fn going_on_and_back_keeps_what_was_typed_and_moves_the_focus_to_the_title() {
    let shown = in_steps(&WORKS).await;
    fill(&shown.form());
    shown.submit().await;
    assert_eq!(step(&shown), Message::SECTION_ADDRESS.english);
    let focused = document().active_element().unwrap();
    assert_eq!(
        focused.text_content().as_deref(),
        Some(Message::SECTION_ADDRESS.english)
    );
    shown.submit().await;
    assert_eq!(step(&shown), Message::SECTION_MORE.english);
    assert_eq!(
        shown.text("button[type=submit]"),
        Message::SIGN_UP_SUBMIT.english
    );
    shown.click(".sfa-submit button[type=button]").await;
    shown.click(".sfa-submit button[type=button]").await;
    assert_eq!(step(&shown), Message::SECTION_ACCOUNT.english);
    assert_eq!(shown.value("FormField[1][1]"), "ada@example.com");
    for _ in 0..3 {
        shown.submit().await;
    }
    assert_eq!(shown.sent("RegisterCustomer").len(), 1);
}

#[wasm_bindgen_test]
async fn what_the_store_refuses_is_shown_with_its_step() {
    let answers = [
        ("SignUpForm", SIGN_UP_FORM),
        ("RegisterCustomer", EMAIL_IN_USE),
    ];
    let shown = in_steps(&answers).await;
    fill(&shown.form());
    for _ in 0..3 {
        shown.submit().await;
    }
    assert_eq!(step(&shown), Message::SECTION_ACCOUNT.english);
    let email = shown.control("FormField[1][1]");
    assert_eq!(email.get_attribute("aria-invalid").as_deref(), Some("true"));
}
