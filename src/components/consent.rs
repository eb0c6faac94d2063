//! `<account-consent>`, opened: a dialog with a switch for each category of cookies. The question
//! before it is the theme's own markup, and the loader shows it.

use super::dialog::{dialog_button, dialog_view};
use super::element::{Element, Mounted, element, styled};
use crate::i18n::{I18n, Message};
use crate::state::{ConsentAct, ConsentSettings, instance, part_id};
use crate::watched::Watched;
use std::cell::Cell;
use std::rc::Rc;
use storefront_rules::Category;
use wasm_bindgen::JsCast;
use web_sys::{HtmlDialogElement, HtmlInputElement};

/// Opens the settings in `stage`, until what is returned is dropped; `heard` is told of one act.
pub fn open_consent(
    stage: &web_sys::Element,
    i18n: impl FnOnce() -> I18n,
    settings: &ConsentSettings,
    heard: impl Fn(ConsentAct) + 'static,
) -> Mounted {
    let mut dialog = None;
    let mounted = Mounted::new(stage, || {
        let (element, node) = consent_view(i18n(), settings, heard);
        dialog = Some(node);
        element
    });
    if let Some(dialog) = dialog {
        // Fails only where it is not in a document.
        let _ = dialog.show_modal();
    }
    mounted
}

fn consent_view(
    i18n: I18n,
    settings: &ConsentSettings,
    heard: impl Fn(ConsentAct) + 'static,
) -> (Element, HtmlDialogElement) {
    let (dialog, node) = dialog_view(move || i18n.text(Message::CONSENT_TITLE));
    let acted = Rc::new(Cell::new(false));
    let act: Rc<dyn Fn(ConsentAct)> = {
        let node = node.clone();
        Rc::new(move |act| {
            if !acted.replace(true) {
                node.close();
                heard(act);
            }
        })
    };
    let switches = settings.asked.iter().map(|category| Switch {
        category: *category,
        is_on: Watched::new(settings.granted.contains(category)),
    });
    let switches: Vec<Switch> = switches.collect();
    let decide = |words, choose: Rc<dyn Fn(Category) -> bool>| {
        let (act, asked) = (act.clone(), settings.asked.clone());
        dialog_button(i18n, words).on("click", move |_| {
            let granted = asked.iter().copied().filter(|category| choose(*category));
            act(ConsentAct::Decided(granted.collect()));
        })
    };
    let is_on: Rc<dyn Fn(Category) -> bool> = {
        let switches = switches.clone();
        Rc::new(move |category| {
            let mut own = switches.iter().filter(|of| of.category == category);
            own.any(|switch| switch.is_on.get_untracked())
        })
    };
    let buttons = styled("div", "account-consent__buttons")
        .child(decide(Message::CONSENT_REJECT, Rc::new(|_| false)))
        .child(decide(Message::CONSENT_ACCEPT, Rc::new(|_| true)))
        .child(decide(Message::CONSENT_SAVE, is_on));
    let paragraph = |words: Message| element("p").text(&i18n.text(words));
    let closed = act.clone();
    let cancelled = act.clone();
    let cancel =
        dialog_button(i18n, Message::CANCEL).on("click", move |_| cancelled(ConsentAct::Closed));
    let policy = settings.policy_url.as_deref().map(|url| {
        let link = element("a")
            .attr("href", url)
            .text(&i18n.text(Message::PRIVACY_POLICY));
        element("p").child(link)
    });
    let content = dialog
        // Escape.
        .on("close", move |_| closed(ConsentAct::Closed))
        .child(paragraph(Message::CONSENT_INTRO))
        .children(settings.has_gpc.then(|| paragraph(Message::CONSENT_GPC)))
        .child(described(i18n, Category::Essential, None))
        .children(
            switches
                .iter()
                .map(|switch| described(i18n, switch.category, Some(*switch))),
        )
        .children(policy)
        .child(buttons)
        .child(cancel);
    (content, node)
}

/// A category's switch.
#[derive(Clone, Copy)]
struct Switch {
    category: Category,
    is_on: Watched<bool>,
}

impl Switch {
    /// The control, and its state in a word.
    fn view(self, i18n: I18n, about_id: &str) -> [Element; 2] {
        let Self { category, is_on } = self;
        let control = styled("input", "account-switch__control")
            .attr("type", "checkbox")
            .attr("role", "switch")
            .attr("name", category.name())
            .attr("aria-describedby", about_id);
        let input: HtmlInputElement = control.node().unchecked_into();
        input.set_checked(is_on.get_untracked());
        let control = control.on("change", move |_| is_on.set(input.checked()));
        // A screen reader says of a switch whether it is on.
        let state = styled("span", "account-switch__state")
            .attr("aria-hidden", "true")
            .text_with(move || {
                i18n.text(if is_on.get() {
                    Message::CONSENT_ON
                } else {
                    Message::CONSENT_OFF
                })
            });
        [state, control]
    }
}

/// A category, what it is for, and its switch; the essential has none.
fn described(i18n: I18n, category: Category, switch: Option<Switch>) -> Element {
    use Message as M;
    let (name, about) = match category {
        Category::Essential => (M::CONSENT_ESSENTIAL, M::CONSENT_ESSENTIAL_ABOUT),
        Category::Functional => (M::CONSENT_FUNCTIONAL, M::CONSENT_FUNCTIONAL_ABOUT),
        Category::Analytics => (M::CONSENT_ANALYTICS, M::CONSENT_ANALYTICS_ABOUT),
        Category::Targeting => (M::CONSENT_TARGETING, M::CONSENT_TARGETING_ABOUT),
    };
    let about_id = part_id(instance(), "about");
    let about = element("p").attr("id", &about_id).text(&i18n.text(about));
    let name = i18n.text(name);
    let head = match switch {
        None => styled("p", "account-switch__label")
            .child(element("b").text(&name))
            .text(" ")
            .text(&i18n.text(M::CONSENT_ALWAYS_ON)),
        Some(switch) => styled("label", "account-switch__label")
            .child(element("b").text(&name))
            .children(switch.view(i18n, &about_id)),
    };
    styled("div", "account-switch").child(head).child(about)
}
