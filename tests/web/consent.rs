//! The settings of cookies.

use crate::support::{document, settle, stage};
use std::cell::RefCell;
use std::rc::Rc;
use storefront_account::elements::consent::{ConsentAct, ConsentSettings};
use storefront_account::embed::MountedView;
use storefront_account::embed::specimen::consent_view;
use storefront_account::i18n::{I18n, Message};
use storefront_account::ui::Appearance;
use storefront_rules::Category;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_test::wasm_bindgen_test;
use web_sys::{Element, HtmlElement, HtmlInputElement};

struct Open {
    stage: Element,
    acts: Rc<RefCell<Vec<ConsentAct>>>,
    mounted: Option<MountedView>,
}

impl Open {
    async fn new(settings: &ConsentSettings) -> Self {
        let (stage, acts) = (stage(), Rc::new(RefCell::new(Vec::new())));
        let heard = acts.clone();
        let i18n = || I18n::new("en".to_owned(), JsValue::UNDEFINED);
        let node = stage.clone().unchecked_into();
        let mounted = consent_view(
            node,
            settings.clone(),
            Appearance::default(),
            i18n,
            move |act| {
                heard.borrow_mut().push(act);
            },
        );
        settle().await;
        Self {
            stage,
            acts,
            mounted: Some(mounted),
        }
    }

    fn switch(&self, category: Category) -> HtmlInputElement {
        let found = self
            .stage
            .query_selector(&format!("[name={}]", category.name()));
        found.unwrap().unwrap().unchecked_into()
    }

    async fn press(&self, message: Message) {
        let buttons = self.stage.query_selector_all("button").unwrap();
        let buttons = (0..buttons.length()).filter_map(|index| buttons.get(index));
        let mut named =
            buttons.filter(|node| node.text_content().as_deref() == Some(message.english));
        named
            .next()
            .unwrap()
            .unchecked_into::<HtmlElement>()
            .click();
        settle().await;
    }
}

impl Drop for Open {
    fn drop(&mut self) {
        self.mounted = None;
        self.stage.remove();
    }
}

fn settings(granted: &[Category]) -> ConsentSettings {
    ConsentSettings {
        asked: Category::ASKED.to_vec(),
        granted: granted.to_vec(),
        ..ConsentSettings::default()
    }
}

#[wasm_bindgen_test]
async fn nothing_is_on_that_was_not_granted_and_the_essential_has_no_switch() {
    let open = Open::new(&settings(&[])).await;
    assert!(
        Category::ASKED
            .into_iter()
            .all(|of| !open.switch(of).checked())
    );
    assert_eq!(
        open.stage
            .query_selector_all("[role=switch]")
            .unwrap()
            .length(),
        3
    );
    assert!(
        open.stage
            .text_content()
            .unwrap()
            .contains(Message::CONSENT_ALWAYS_ON.english)
    );
    open.press(Message::CONSENT_SAVE).await;
    assert_eq!(*open.acts.borrow(), [ConsentAct::Decided(Vec::new())]);
}

#[wasm_bindgen_test]
async fn what_is_switched_is_decided_and_the_rest_stays() {
    let open = Open::new(&settings(&[Category::Functional, Category::Targeting])).await;
    assert!(open.switch(Category::Functional).checked());
    open.switch(Category::Functional).click();
    open.switch(Category::Analytics).click();
    settle().await;
    open.press(Message::CONSENT_SAVE).await;
    let wanted = vec![Category::Analytics, Category::Targeting];
    assert_eq!(*open.acts.borrow(), [ConsentAct::Decided(wanted)]);
}

#[wasm_bindgen_test]
async fn each_switch_tells_its_state_in_a_word_too() {
    let open = Open::new(&settings(&[Category::Analytics])).await;
    let label = |of| {
        open.switch(of)
            .closest("label")
            .unwrap()
            .unwrap()
            .text_content()
            .unwrap()
    };
    assert_eq!(
        (label(Category::Analytics), label(Category::Targeting)),
        ("AnalyticsOn".to_owned(), "AdvertisingOff".to_owned())
    );
    open.switch(Category::Analytics).click();
    settle().await;
    assert_eq!(label(Category::Analytics), "AnalyticsOff");
}

#[wasm_bindgen_test]
async fn all_and_nothing_are_one_click_whatever_the_switches_say() {
    for (message, wanted) in [
        (Message::CONSENT_ACCEPT, Category::ASKED.to_vec()),
        (Message::CONSENT_REJECT, Vec::new()),
    ] {
        let open = Open::new(&settings(&[Category::Analytics])).await;
        open.press(message).await;
        assert_eq!(
            *open.acts.borrow(),
            [ConsentAct::Decided(wanted)],
            "{}",
            message.key
        );
    }
}

#[wasm_bindgen_test]
async fn leaving_decides_nothing_and_is_reported_once() {
    let open = Open::new(&settings(&[])).await;
    open.switch(Category::Analytics).click();
    open.press(Message::CANCEL).await;
    settle().await;
    assert_eq!(*open.acts.borrow(), [ConsentAct::Closed]);
}

#[wasm_bindgen_test]
async fn only_what_is_asked_about_is_shown() {
    let mut open = Open::new(&ConsentSettings {
        asked: vec![Category::Analytics],
        ..settings(&[])
    })
    .await;
    assert_eq!(
        open.stage
            .query_selector_all("[role=switch]")
            .unwrap()
            .length(),
        1
    );
    open.press(Message::CONSENT_ACCEPT).await;
    assert_eq!(
        *open.acts.borrow(),
        [ConsentAct::Decided(vec![Category::Analytics])]
    );
    open.mounted = None;
    assert_eq!(open.stage.child_nodes().length(), 0, "nothing stays");
    assert!(document().query_selector("dialog[open]").unwrap().is_none());
}
