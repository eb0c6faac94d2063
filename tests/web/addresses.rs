//! `<account-addresses>` against a scripted store.

use crate::support::{Clock, Shown, counted, document, script, settle, sleep};
use js_sys::Reflect;
use storefront_account::api::{ApiError, Script, Scripted};
use storefront_account::elements::shared::{AccountEvent, ElementConfig};
use storefront_account::elements::specimen::{
    ADDRESSES, NO_SUCH_ADDRESS, POSTAL_CODE_REFUSED, SIGNED_IN, book, book_and, config, first_page,
    kept, not_kept, numbered, page, put,
};
use storefront_account::embed::ElementName;
use storefront_account::i18n::Message;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_test::wasm_bindgen_test;
use web_sys::{Event, EventInit, HtmlElement};

const FIRST_NAME: &str = "FormField[2][4]";
const ZIP: &str = "FormField[2][13]";
const DELETED: &str = r#"{"data":{"customer":{"deleteCustomerAddress":{"errors":[]}}}}"#;

fn body(text: &str) -> Scripted {
    Scripted::Body(text.to_owned())
}

async fn with(answers: &[(&'static str, Scripted)]) -> Shown {
    configured(answers, config()).await
}

async fn configured(answers: &[(&'static str, Scripted)], config: ElementConfig) -> Shown {
    let script = Script::new(book_and(answers));
    Shown::element(ElementName::Addresses, script, config).await
}

/// A book of so many addresses, all of them known.
async fn of(count: usize) -> Shown {
    let addresses: Vec<String> = (1..=count).map(numbered).collect();
    let addresses: Vec<&str> = addresses.iter().map(String::as_str).collect();
    let page = page(&addresses, count, false);
    let script = script(&[("AddressBook", &book(&addresses)), ("Addresses", &page)]);
    Shown::element(ElementName::Addresses, script, config()).await
}

/// What the lines of each address in the document say.
fn lines(shown: &Shown) -> Vec<String> {
    let addresses = shown.all(".sfa-address .sfa-address-lines");
    let words = |lines: &web_sys::Element| {
        let children = lines.children_texts();
        children.join(" / ")
    };
    addresses.iter().map(words).collect()
}

trait TextContents {
    fn children_texts(&self) -> Vec<String>;
}

impl TextContents for web_sys::Element {
    fn children_texts(&self) -> Vec<String> {
        let found = self.query_selector_all(".sfa-address-line").unwrap();
        (0..found.length())
            .map(|index| found.get(index).unwrap().text_content().unwrap())
            .collect()
    }
}

/// Presses the button that begins with `message`, in the `nth` address.
async fn press(shown: &Shown, nth: usize, message: Message) {
    let address = shown.all(".sfa-address").into_iter().nth(nth);
    let buttons = address.unwrap().query_selector_all("button").unwrap();
    let button = (0..buttons.length())
        .map(|index| buttons.get(index).unwrap())
        .find(|button| button.text_content().unwrap().starts_with(message.english));
    let button = button.unwrap_or_else(|| panic!("no button {}", message.key));
    button.unchecked_into::<HtmlElement>().click();
    settle().await;
}

/// Presses a button of the element by what is on it.
async fn press_any(shown: &Shown, message: Message) {
    press_named(shown, message.english).await;
}

async fn press_named(shown: &Shown, words: &str) {
    let button = shown
        .all("button")
        .into_iter()
        .find(|button| button.text_content().unwrap() == words);
    let button = button.unwrap_or_else(|| panic!("no button {words}"));
    button.unchecked_into::<HtmlElement>().click();
    settle().await;
}

async fn rename(shown: &Shown) {
    press(shown, 0, Message::EDIT).await;
    put(&shown.form(), FIRST_NAME, "Augusta");
    shown.submit().await;
}

fn renamed() -> String {
    ADDRESSES[0].replace(r#""firstName":"Ada""#, r#""firstName":"Augusta""#)
}

fn announcement(shown: &Shown) -> String {
    shown.text(".sfa-toast-text")
}

fn focused() -> Option<web_sys::Element> {
    document().active_element()
}

#[wasm_bindgen_test]
async fn each_address_is_written_in_its_countrys_lines_and_markup_in_it_is_text() {
    let shown = with(&[]).await;
    assert_eq!(
        lines(&shown),
        [
            "Ada King / 1 Main Street / Flat 2 / Springfield, California 94103 / United States Home",
            "Jürgen Groß / Kessel & Söhne / Straße des 17. Juni 135 / 10623 Berlin / Germany Business",
            "太郎 山田 / 世田谷1-2-3 / 世田谷区, Tokyo / Japan Home",
        ]
    );
    assert!(shown.text(".sfa-address dl").contains("King & Co <b>"));
    assert!(shown.text(".sfa-address dl").contains("••••"), "no secret");
    assert_eq!(shown.text(".sfa-addresses-count p"), "3 addresses");
}

#[wasm_bindgen_test]
async fn an_address_that_lacks_what_the_store_asks_for_is_marked_and_can_be_found() {
    let shown = with(&[]).await;
    assert_eq!(
        shown.text(".sfa-address:nth-child(3) .sfa-error"),
        "Incomplete. The store now asks for: Zip/Postcode"
    );
    press_any(&shown, Message::SHOW_INCOMPLETE).await;
    assert_eq!(shown.all(".sfa-address").len(), 1);
    press(&shown, 0, Message::COMPLETE).await;
    assert_eq!(shown.value(FIRST_NAME), "太郎");
}

#[wasm_bindgen_test]
async fn a_change_stands_in_the_list_at_once_and_the_store_has_it_soon() {
    let shown = with(&[("UpdateCustomerAddress", Scripted::Never)]).await;
    rename(&shown).await;
    assert!(lines(&shown)[0].starts_with("Augusta King"), "at once");
    assert_eq!(shown.all(".sfa-address[aria-busy]").len(), 1);
    assert_eq!(shown.all("form:not([hidden])").len(), 0);

    let answer = body(&kept("updateCustomerAddress", &renamed()));
    let shown = with(&[("UpdateCustomerAddress", answer)]).await;
    rename(&shown).await;
    assert_eq!(shown.all(".sfa-address[aria-busy]").len(), 0);
    assert_eq!(announcement(&shown), Message::ADDRESS_SAVED.english);
    assert_eq!(focused(), Some(shown.find(".sfa-address")));
    let sent = shown.sent("UpdateCustomerAddress").remove(0);
    for part in [
        r#""addressEntityId":1"#,
        r#""firstName":"Augusta""#,
        r#""company":"""#,
        r#""stateOrProvince":"California""#,
        r#"{"fieldEntityId":34,"text":"King & Co <b>"}"#,
        r#"{"fieldEntityId":38,"fieldValueEntityIds":[0,1]}"#,
        r#"{"fieldEntityId":41,"password":"4711"}"#,
        r#"{"fieldEntityId":35,"multilineText":""}"#,
    ] {
        assert!(sent.contains(part), "{part} is not in {sent}");
    }
    let told = shown.events.borrow().last().cloned();
    assert_eq!(told, Some(AccountEvent::AddressUpdated { address_id: 1 }));
}

#[wasm_bindgen_test]
async fn a_refused_change_comes_back_into_the_form_with_all_that_was_typed() {
    let refused = body(&not_kept("updateCustomerAddress", POSTAL_CODE_REFUSED));
    let shown = with(&[("UpdateCustomerAddress", refused)]).await;
    rename(&shown).await;
    assert_eq!(shown.value(FIRST_NAME), "Augusta");
    let zip = shown.control(ZIP);
    assert_eq!(zip.get_attribute("aria-invalid").as_deref(), Some("true"));
    assert!(
        shown
            .text(".sfa-summary")
            .contains("There is no such ZIP code.")
    );
    press_any(&shown, Message::CANCEL).await;
    assert!(
        shown
            .text(".sfa-address")
            .contains(Message::ADDRESS_NOT_SAVED.english),
        "and is not forgotten"
    );
    press(&shown, 0, Message::DISCARD).await;
    assert!(lines(&shown)[0].starts_with("Ada King"));
}

#[wasm_bindgen_test]
async fn a_change_that_did_not_arrive_is_kept_and_can_be_tried_again() {
    let kept = body(&kept("updateCustomerAddress", &renamed()));
    let offline = Scripted::Error(ApiError::Offline);
    let shown = with(&[
        ("UpdateCustomerAddress", offline),
        ("UpdateCustomerAddress", kept),
    ])
    .await;
    rename(&shown).await;
    assert!(
        shown
            .text(".sfa-address")
            .contains(Message::OFFLINE.english)
    );
    assert!(lines(&shown)[0].starts_with("Augusta King"));
    press(&shown, 0, Message::RETRY).await;
    assert_eq!(announcement(&shown), Message::ADDRESS_SAVED.english);
    assert_eq!(shown.sent("UpdateCustomerAddress").len(), 2);
}

#[wasm_bindgen_test]
async fn what_the_store_has_already_is_not_sent_again() {
    let now = page(&[&renamed()], 3, false);
    let shown = with(&[("Addresses", body(&now))]).await;
    rename(&shown).await;
    assert_eq!(shown.sent("UpdateCustomerAddress").len(), 0);
    assert_eq!(announcement(&shown), Message::ADDRESS_SAVED.english);
}

#[wasm_bindgen_test]
async fn an_address_changed_here_and_elsewhere_is_shown_in_both_versions() {
    let theirs = ADDRESSES[0].replace("1 Main Street", "2 Main Street");
    let look = ("Addresses", body(&page(&[&theirs], 3, false)));
    let kept = body(&kept("updateCustomerAddress", &renamed()));
    for keeps_mine in [true, false] {
        let shown = with(&[look.clone(), ("UpdateCustomerAddress", kept.clone())]).await;
        rename(&shown).await;
        assert_eq!(shown.sent("UpdateCustomerAddress").len(), 0);
        let versions = shown.text(".sfa-address-versions");
        assert!(versions.contains("Augusta King1 Main Street"), "{versions}");
        assert!(versions.contains("Ada King2 Main Street"), "{versions}");
        if keeps_mine {
            press(&shown, 0, Message::KEEP_YOURS).await;
            assert_eq!(shown.sent("UpdateCustomerAddress").len(), 1);
        } else {
            press(&shown, 0, Message::KEEP_THEIRS).await;
            assert!(lines(&shown)[0].contains("2 Main Street"));
            assert_eq!(shown.sent("UpdateCustomerAddress").len(), 0);
        }
    }
}

#[wasm_bindgen_test]
async fn an_address_deleted_elsewhere_keeps_what_was_typed_and_can_be_added_anew() {
    let gone = body(&not_kept("updateCustomerAddress", NO_SUCH_ADDRESS));
    let added = renamed().replace(r#""entityId":1,"#, r#""entityId":9,"#);
    let added = body(&kept("addCustomerAddress", &added));
    let shown = with(&[
        ("UpdateCustomerAddress", gone),
        ("AddCustomerAddress", added),
    ])
    .await;
    rename(&shown).await;
    assert!(
        shown
            .text(".sfa-address")
            .contains(Message::ADDRESS_GONE.english)
    );
    press(&shown, 0, Message::ADD_ANEW).await;
    assert_eq!(announcement(&shown), Message::ADDRESS_ADDED.english);
    assert!(shown.sent("AddCustomerAddress")[0].contains(r#""firstName":"Augusta""#));
    let told = shown.events.borrow().last().cloned();
    assert_eq!(told, Some(AccountEvent::AddressAdded { address_id: 9 }));
}

/// Fills in the form of a new address with what the first has.
async fn add_the_first(shown: &Shown) {
    press_any(shown, Message::ADD_ADDRESS).await;
    for (name, value) in [
        (FIRST_NAME, "Ada"),
        ("FormField[2][5]", "King"),
        ("FormField[2][8]", "1 Main Street"),
        ("FormField[2][10]", "Springfield"),
        ("FormField[2][12]", "California"),
        (ZIP, "94103"),
    ] {
        put(&shown.form(), name, value);
    }
    shown.submit().await;
}

#[wasm_bindgen_test]
async fn adding_an_address_that_is_already_there_says_so_and_shows_it() {
    let known = body(&kept("addCustomerAddress", ADDRESSES[0]));
    let shown = with(&[("AddCustomerAddress", known)]).await;
    add_the_first(&shown).await;
    assert_eq!(announcement(&shown), Message::ADDRESS_KNOWN.english);
    assert_eq!(shown.all(".sfa-address").len(), 3, "none more");
    assert_eq!(shown.text(".sfa-addresses-count p"), "3 addresses");
    assert_eq!(focused(), Some(shown.find(".sfa-address")));
    assert!(
        !shown
            .events
            .borrow()
            .iter()
            .any(|told| matches!(told, AccountEvent::AddressAdded { .. }))
    );
}

#[wasm_bindgen_test]
async fn an_address_that_would_become_equal_to_another_stays_and_the_other_is_shown() {
    let unchanged = body(&kept("updateCustomerAddress", ADDRESSES[0]));
    let shown = with(&[("UpdateCustomerAddress", unchanged)]).await;
    rename(&shown).await;
    assert_eq!(announcement(&shown), Message::ADDRESS_KNOWN.english);
    assert!(lines(&shown)[0].starts_with("Ada King"));
}

#[wasm_bindgen_test]
async fn a_new_address_stands_first_and_is_counted() {
    let added = ADDRESSES[0].replace(r#""entityId":1,"#, r#""entityId":9,"#);
    let shown = with(&[(
        "AddCustomerAddress",
        body(&kept("addCustomerAddress", &added)),
    )])
    .await;
    add_the_first(&shown).await;
    assert_eq!(announcement(&shown), Message::ADDRESS_ADDED.english);
    assert_eq!(shown.text(".sfa-addresses-count p"), "4 addresses");
    assert_eq!(
        shown
            .find(".sfa-address")
            .get_attribute("data-key")
            .as_deref(),
        Some("3")
    );
}

#[wasm_bindgen_test]
async fn a_deleted_address_comes_back_with_undo_and_nothing_was_sent() {
    let shown = with(&[("DeleteCustomerAddress", body(DELETED))]).await;
    press(&shown, 1, Message::DELETE).await;
    assert_eq!(shown.all(".sfa-address").len(), 2);
    assert_eq!(shown.text(".sfa-addresses-count p"), "2 addresses");
    assert_eq!(announcement(&shown), counted(Message::ADDRESS_DELETED, 1));
    let next = shown.all(".sfa-address").remove(1);
    assert_eq!(focused(), Some(next), "the one behind it");
    press_any(&shown, Message::UNDO).await;
    assert_eq!(shown.all(".sfa-address").len(), 3);
    assert_eq!(focused(), Some(shown.all(".sfa-address").remove(1)));
    assert_eq!(shown.sent("DeleteCustomerAddress").len(), 0);
}

#[wasm_bindgen_test]
async fn a_second_deletion_is_undone_with_the_first_and_removal_of_the_element_ends_all() {
    let mut shown = with(&[("DeleteCustomerAddress", body(DELETED))]).await;
    press(&shown, 0, Message::DELETE).await;
    press(&shown, 0, Message::DELETE).await;
    assert_eq!(announcement(&shown), counted(Message::ADDRESS_DELETED, 2));
    assert_eq!(shown.sent("DeleteCustomerAddress").len(), 0);
    shown.remove().await;
    let sent = shown.sent("DeleteCustomerAddress");
    assert_eq!(sent.len(), 2, "nothing that was deleted comes back");
    assert!(sent[0].contains(r#""addressEntityId":1"#));
    assert!(sent[1].contains(r#""addressEntityId":2"#));
}

#[wasm_bindgen_test]
async fn an_address_added_again_while_it_can_be_brought_back_is_brought_back() {
    let known = body(&kept("addCustomerAddress", ADDRESSES[0]));
    let shown = with(&[("AddCustomerAddress", known)]).await;
    let clock = Clock::stop();
    press(&shown, 0, Message::DELETE).await;
    add_the_first(&shown).await;
    assert_eq!(announcement(&shown), Message::ADDRESS_KNOWN.english);
    assert_eq!(shown.all(".sfa-address").len(), 3);
    assert_eq!(shown.text(".sfa-addresses-count p"), "3 addresses");
    clock.pass(10).await;
    assert_eq!(shown.sent("DeleteCustomerAddress").len(), 0);
}

#[wasm_bindgen_test]
async fn what_the_search_leaves_out_is_shown_once_it_is_added() {
    let added = ADDRESSES[0].replace(r#""entityId":1,"#, r#""entityId":9,"#);
    let shown = with(&[(
        "AddCustomerAddress",
        body(&kept("addCustomerAddress", &added)),
    )])
    .await;
    let search = shown.find("input[type=search]");
    search.set_attribute("name", "search").unwrap();
    put(&shown.stage, "search", "berlin");
    settle().await;
    add_the_first(&shown).await;
    assert_eq!(shown.all(".sfa-address").len(), 4);
    assert_eq!(shown.value("search"), "");
    assert_eq!(focused(), Some(shown.find(".sfa-address")));
}

#[wasm_bindgen_test]
async fn a_failure_is_said_and_so_is_the_same_news_twice() {
    let offline = Scripted::Error(ApiError::Offline);
    let shown = with(&[("UpdateCustomerAddress", offline)]).await;
    rename(&shown).await;
    assert_eq!(announcement(&shown), Message::ADDRESS_NOT_SAVED.english);
    let words = || shown.find(".sfa-toast-text").text_content().unwrap();
    let before = words();
    press(&shown, 0, Message::RETRY).await;
    assert_eq!(announcement(&shown), Message::ADDRESS_NOT_SAVED.english);
    assert_ne!(words(), before, "or nobody hears it");
}

#[wasm_bindgen_test]
async fn what_is_done_is_said_for_a_while_and_a_failure_until_something_else_is() {
    let kept = body(&kept("updateCustomerAddress", &renamed()));
    let shown = with(&[("UpdateCustomerAddress", kept)]).await;
    let clock = Clock::stop();
    rename(&shown).await;
    assert_eq!(announcement(&shown), Message::ADDRESS_SAVED.english);
    clock.pass(10).await;
    assert_eq!(announcement(&shown), "");
    drop(clock);

    let offline = Scripted::Error(ApiError::Offline);
    let shown = with(&[("UpdateCustomerAddress", offline)]).await;
    let clock = Clock::stop();
    rename(&shown).await;
    clock.pass(20).await;
    assert_eq!(announcement(&shown), Message::ADDRESS_NOT_SAVED.english);
}

#[wasm_bindgen_test]
async fn the_time_to_undo_ends_by_itself_but_not_while_the_shopper_is_at_the_button() {
    let shown = with(&[("DeleteCustomerAddress", body(DELETED))]).await;
    let clock = Clock::stop();
    press(&shown, 0, Message::DELETE).await;
    let bar = shown.find(".sfa-toast");
    let init = EventInit::new();
    let event = |name| Event::new_with_event_init_dict(name, &init).unwrap();
    bar.dispatch_event(&event("mouseenter")).unwrap();
    clock.pass(10).await;
    assert_eq!(shown.sent("DeleteCustomerAddress").len(), 0);
    bar.dispatch_event(&event("mouseleave")).unwrap();
    clock.pass(10).await;
    assert_eq!(shown.sent("DeleteCustomerAddress").len(), 1);
    assert_eq!(shown.all(".sfa-toast-undo").len(), 0);
    let told = shown.events.borrow().last().cloned();
    assert_eq!(told, Some(AccountEvent::AddressDeleted { address_id: 1 }));
}

#[wasm_bindgen_test]
async fn where_the_theme_wants_it_there_is_a_question_before() {
    let confirms = || ElementConfig {
        confirms_deletion: true,
        ..config()
    };
    let shown = configured(&[("DeleteCustomerAddress", body(DELETED))], confirms()).await;
    press(&shown, 0, Message::DELETE).await;
    let dialog = shown.find("dialog");
    assert!(dialog.has_attribute("open"));
    assert!(shown.text("dialog").contains("Ada King"));
    press_any(&shown, Message::CANCEL).await;
    assert_eq!(shown.sent("DeleteCustomerAddress").len(), 0);
    assert_eq!(shown.all(".sfa-address").len(), 3);
    press(&shown, 0, Message::DELETE).await;
    press_any(&shown, Message::DELETE).await;
    assert_eq!(shown.sent("DeleteCustomerAddress").len(), 1);
    assert_eq!(shown.all(".sfa-address").len(), 2);
}

#[wasm_bindgen_test]
async fn a_deletion_that_fails_brings_the_address_back_with_the_reason() {
    let offline = Scripted::Error(ApiError::Offline);
    let confirms = ElementConfig {
        confirms_deletion: true,
        ..config()
    };
    let answers = [
        ("DeleteCustomerAddress", offline),
        ("DeleteCustomerAddress", body(DELETED)),
    ];
    let shown = configured(&answers, confirms).await;
    press(&shown, 0, Message::DELETE).await;
    press_any(&shown, Message::DELETE).await;
    assert_eq!(shown.all(".sfa-address").len(), 3);
    assert!(
        shown
            .text(".sfa-address")
            .contains(Message::ADDRESS_NOT_DELETED.english)
    );
    press(&shown, 0, Message::RETRY).await;
    assert_eq!(shown.all(".sfa-address").len(), 2);
}

#[wasm_bindgen_test]
async fn an_address_changed_elsewhere_is_not_deleted_but_shown_as_it_is_now() {
    let theirs = ADDRESSES[0].replace("1 Main Street", "2 Main Street");
    let confirms = ElementConfig {
        confirms_deletion: true,
        ..config()
    };
    let shown = configured(
        &[("Addresses", body(&page(&[&theirs], 3, false)))],
        confirms,
    )
    .await;
    press(&shown, 0, Message::DELETE).await;
    press_any(&shown, Message::DELETE).await;
    assert_eq!(shown.sent("DeleteCustomerAddress").len(), 0);
    assert!(lines(&shown)[0].contains("2 Main Street"));
    assert!(
        shown
            .text(".sfa-address")
            .contains(Message::NOT_DELETED_AS_CHANGED.english)
    );
}

#[wasm_bindgen_test]
async fn several_are_selected_and_deleted_at_once() {
    let shown = with(&[("DeleteCustomerAddress", body(DELETED))]).await;
    shown.click(".sfa-addresses-count button:last-child").await;
    shown.click(".sfa-address:nth-child(1) input").await;
    shown.click(".sfa-address:nth-child(3) input").await;
    press_named(&shown, &counted(Message::DELETE_SELECTED, 2)).await;
    assert_eq!(shown.all(".sfa-address").len(), 1);
    assert_eq!(announcement(&shown), counted(Message::ADDRESS_DELETED, 2));
    press_any(&shown, Message::UNDO).await;
    assert_eq!(shown.all(".sfa-address").len(), 3);
}

#[wasm_bindgen_test]
async fn a_search_minds_neither_case_nor_accents_nor_the_blanks_of_a_postal_code() {
    let shown = with(&[]).await;
    let search = shown.find("input[type=search]");
    search.set_attribute("name", "search").unwrap();
    for (words, count) in [
        ("GROSS", 1),
        ("jurgen strasse", 1),
        ("sohne 10623", 1),
        ("flat 2", 1),
        ("山田", 1),
        ("berlin springfield", 0),
        ("", 3),
    ] {
        put(&shown.stage, "search", words);
        settle().await;
        assert_eq!(shown.all(".sfa-address").len(), count, "{words}");
    }
    put(&shown.stage, "search", "berlin");
    settle().await;
    assert_eq!(shown.text(".sfa-addresses-count p"), "1 address of 3");
    press_any(&shown, Message::SHOW_ALL).await;
    assert_eq!(shown.all(".sfa-address").len(), 3);
}

#[wasm_bindgen_test]
async fn the_list_is_chosen_and_sorted() {
    let shown = with(&[]).await;
    let choose = |part: &str, value: &str| {
        let select = shown.find(&format!("select[id$={part}]"));
        select.set_attribute("name", part).unwrap();
        put(&shown.stage, part, value);
    };
    for (part, value, first, count) in [
        ("country", "DE", "Jürgen", 1),
        ("country", "", "Ada", 3),
        ("kind", "commercial", "Jürgen", 1),
        ("kind", "", "Ada", 3),
        ("sort", "city", "Jürgen", 3),
        ("sort", "newest", "太郎", 3),
    ] {
        choose(part, value);
        settle().await;
        let lines = lines(&shown);
        assert!(lines[0].contains(first), "{part} {value}: {lines:?}");
        assert_eq!(lines.len(), count, "{part} {value}");
    }
}

#[wasm_bindgen_test]
async fn a_theme_shows_one_slice_of_the_book() {
    let companies = ElementConfig {
        companies: vec!["Kessel & Söhne".to_owned(), "Other".to_owned()],
        ..config()
    };
    let shown = configured(&[], companies).await;
    assert_eq!(shown.all(".sfa-address").len(), 1);
    assert_eq!(shown.text(".sfa-addresses-count p"), "1 address");
    let names = ElementConfig {
        names: vec!["Ada King".to_owned()],
        ..config()
    };
    let shown = configured(&[], names).await;
    assert!(lines(&shown)[0].starts_with("Ada King"));
    assert_eq!(shown.all(".sfa-address").len(), 1);
}

#[wasm_bindgen_test]
async fn of_ten_thousand_only_what_is_near_is_in_the_document_and_each_knows_its_place() {
    let shown = of(10_000).await;
    // Where the test before left the page.
    document().document_element().unwrap().set_scroll_top(0);
    sleep(100).await;
    let drawn = shown.all(".sfa-address");
    assert!(drawn.len() < 100, "{} are drawn", drawn.len());
    assert_eq!(
        drawn[0].get_attribute("aria-posinset").as_deref(),
        Some("1")
    );
    assert_eq!(
        drawn[0].get_attribute("aria-setsize").as_deref(),
        Some("10000")
    );
    let feed: HtmlElement = shown.find("[role=feed]").unchecked_into();
    assert!(feed.offset_height() > 50 * 10_000, "there is room for all");
    // What the shopper does to go on.
    let last = drawn
        .last()
        .unwrap()
        .get_attribute("aria-posinset")
        .unwrap();
    press_any(&shown, Message::ROWS_AFTER).await;
    let place = focused().unwrap().get_attribute("aria-posinset").unwrap();
    assert_eq!(
        place.parse::<u32>().unwrap(),
        last.parse::<u32>().unwrap() + 1
    );
}

#[wasm_bindgen_test]
async fn page_down_leads_from_one_address_to_the_next_and_page_up_back() {
    let shown = of(300).await;
    let first: HtmlElement = shown.find(".sfa-address").unchecked_into();
    first.focus().unwrap();
    let press = |key: &str| {
        let init = EventInit::new();
        init.set_bubbles(true);
        let event = Event::new_with_event_init_dict("keydown", &init).unwrap();
        Reflect::set(&event, &"key".into(), &JsValue::from(key)).unwrap();
        focused().unwrap().dispatch_event(&event).unwrap();
    };
    for step in 2..=40 {
        press("PageDown");
        settle().await;
        let place = focused().unwrap().get_attribute("aria-posinset").unwrap();
        assert_eq!(place, step.to_string());
    }
    press("PageUp");
    settle().await;
    let place = focused().unwrap().get_attribute("aria-posinset").unwrap();
    assert_eq!(place, "39");
}

#[wasm_bindgen_test]
async fn a_book_of_several_pages_is_asked_for_as_far_as_it_is_needed() {
    let text = |ids: std::ops::RangeInclusive<usize>| ids.map(numbered).collect::<Vec<_>>();
    let pages = [text(1..=50), text(51..=100), text(101..=120)];
    let pages: Vec<Vec<&str>> = pages
        .iter()
        .map(|page| page.iter().map(String::as_str).collect())
        .collect();
    let script = Script::new([
        ("AddressBook", body(&first_page(&pages[0], 120))),
        ("Addresses", body(&page(&pages[1], 120, true))),
        ("Addresses", body(&page(&pages[2], 120, false))),
    ]);
    let shown = Shown::element(ElementName::Addresses, script, config()).await;
    assert_eq!(shown.text(".sfa-addresses-count p"), "120 addresses");
    assert_eq!(shown.sent("Addresses").len(), 0, "no more than is seen");
    let search = shown.find("input[type=search]");
    search.set_attribute("name", "search").unwrap();
    put(&shown.stage, "search", "00117");
    settle().await;
    assert_eq!(shown.sent("Addresses").len(), 2, "a search needs all");
    assert!(shown.sent("Addresses")[0].contains(r#""after":"c50""#));
    assert!(shown.sent("Addresses")[1].contains(r#""after":"c100""#));
    assert_eq!(shown.text(".sfa-addresses-count p"), "1 address of 120");
}

#[wasm_bindgen_test]
async fn a_page_that_does_not_come_is_said_and_asked_for_again() {
    let first: Vec<String> = (1..=50).map(numbered).collect();
    let first: Vec<&str> = first.iter().map(String::as_str).collect();
    let last = numbered(51);
    let script = Script::new([
        ("AddressBook", body(&first_page(&first, 51))),
        ("Addresses", Scripted::Error(ApiError::TimedOut)),
        ("Addresses", body(&page(&[&last], 51, false))),
    ]);
    let shown = Shown::element(ElementName::Addresses, script, config()).await;
    let search = shown.find("input[type=search]");
    search.set_attribute("name", "search").unwrap();
    put(&shown.stage, "search", "00051");
    settle().await;
    assert!(
        shown
            .text(".sfa-addresses-more")
            .contains(Message::TIMED_OUT.english)
    );
    press_any(&shown, Message::RETRY).await;
    assert_eq!(shown.all(".sfa-address").len(), 1);
}

#[wasm_bindgen_test]
async fn what_waits_for_a_sign_in_is_sent_once_the_customer_is_back() {
    let nobody = body(r#"{"data":{"customer":null}}"#);
    let kept = body(&kept("updateCustomerAddress", &renamed()));
    let shown = with(&[
        ("Addresses", nobody),
        ("Addresses", body(&page(&[ADDRESSES[0]], 3, false))),
        ("Login", body(SIGNED_IN)),
        ("UpdateCustomerAddress", kept),
    ])
    .await;
    rename(&shown).await;
    assert!(
        shown
            .text(".sfa-address")
            .contains(Message::ADDRESS_SIGN_IN.english)
    );
    put(&shown.find(".sfa-notice form"), "login_pass", "secret");
    let form = shown.find(".sfa-notice form");
    form.unchecked_into::<web_sys::HtmlFormElement>()
        .request_submit()
        .unwrap();
    settle().await;
    settle().await;
    assert_eq!(announcement(&shown), Message::ADDRESS_SAVED.english);
    assert_eq!(shown.sent("UpdateCustomerAddress").len(), 1);
}

#[wasm_bindgen_test]
async fn the_second_line_is_folded_away_until_it_is_wanted_or_filled_in() {
    let shown = with(&[]).await;
    press_any(&shown, Message::ADD_ADDRESS).await;
    let fold = |shown: &Shown| {
        let line = shown.control("FormField[2][9]");
        line.closest(".sfa-hidden").unwrap().is_some()
    };
    assert!(fold(&shown));
    put(&shown.form(), "FormField[2][9]", "Flat 7");
    settle().await;
    assert!(!fold(&shown), "what the browser fills in is seen");
    press_any(&shown, Message::CANCEL).await;
    press(&shown, 0, Message::EDIT).await;
    assert_eq!(shown.value("FormField[2][9]"), "Flat 2");
    assert!(!fold(&shown), "what is there is seen");
    press_any(&shown, Message::CANCEL).await;
    press_any(&shown, Message::ADD_ADDRESS).await;
    press_any(&shown, Message::LINE2_WANTED).await;
    assert!(!fold(&shown));
    assert_eq!(focused(), Some(shown.control("FormField[2][9]")));
}

#[wasm_bindgen_test]
async fn three_books_on_a_page_have_ids_of_their_own() {
    let books = [with(&[]).await, with(&[]).await, with(&[]).await];
    for book in &books {
        press_any(book, Message::ADD_ADDRESS).await;
    }
    let mut ids: Vec<String> = books
        .iter()
        .flat_map(|book| book.all("[id]"))
        .map(|element| element.id())
        .collect();
    let count = ids.len();
    ids.sort();
    ids.dedup();
    assert!(count > 60);
    assert_eq!(ids.len(), count);
}
