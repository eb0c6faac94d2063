//! A password: shown on request, checked against the store's rules while it is typed.

use super::element::{Element, element, styled};
use super::field::{Asked, labelled};
use crate::i18n::{I18n, Message};
use crate::watched::Watched;
use storefront_rules::{BuiltIn, PasswordRules, Requirement};
use wasm_bindgen::JsCast;
use web_sys::HtmlInputElement;

/// A password field. The account's own one carries the checklist of the store's rules.
pub(super) fn password_view(asked: &Asked, rules: &PasswordRules) -> Element {
    let form = asked.form;
    let i18n = form.i18n;
    let is_shown = Watched::new(false);
    let was_toggled = Watched::new(false);
    let is_new = asked.field.built_in() == Some(BuiltIn::Password);
    let rules_id = is_new.then(|| form.id("rules"));
    let input = asked
        .control("input", rules_id.clone())
        .attr("class", "account-field__input account-password__input")
        // Nobody but the shopper shall see it once it is on its way.
        .attr_with("type", move || {
            let is_text = is_shown.get() && !form.is_sending();
            Some(if is_text { "text" } else { "password" }.to_owned())
        })
        .attr("autocapitalize", "none")
        .attr("spellcheck", "false");
    let input = match asked.autocomplete() {
        Some(_) => input,
        // Not the account's password: managers shall leave it alone.
        None => input.attr("autocomplete", "off"),
    };
    if let (Some(text), Some(control)) = (asked.text(), input.node().dyn_ref()) {
        // Not as an attribute: what is secret shall not stand in the page's markup.
        HtmlInputElement::set_value(control, text);
    }
    let words = move |shown, hidden| i18n.text(if is_shown.get() { shown } else { hidden });
    let toggle = styled("button", "account-button account-button--quiet")
        .attr("type", "button")
        .attr("aria-controls", &asked.id())
        .attr_with("aria-label", move || {
            Some(words(Message::HIDE_PASSWORD, Message::SHOW_PASSWORD))
        })
        .text_with(move || words(Message::HIDE, Message::SHOW))
        .on("click", move |_| {
            is_shown.update(|is_shown| *is_shown = !*is_shown);
            was_toggled.set(true);
        });
    let status = styled("span", "account-hidden")
        .attr("role", "status")
        .text_with(move || {
            if was_toggled.get() {
                words(Message::PASSWORD_SHOWN, Message::PASSWORD_HIDDEN)
            } else {
                String::new()
            }
        });
    let row = styled("div", "account-password");
    let Some(rules_id) = rules_id else {
        return labelled(asked, row.child(input).child(toggle).child(status));
    };
    let typed = Watched::new(String::new());
    let node = input.node();
    let read = move || {
        if let Some(input) = node.dyn_ref::<HtmlInputElement>() {
            typed.set(input.value());
        }
    };
    let (on_input, on_change) = (read.clone(), read);
    let input = input
        .on("input", move |_| on_input())
        .on("change", move |_| on_change());
    let checklist = checklist(i18n, &rules_id, rules.requirements(), typed);
    labelled(asked, row.child(input).child(toggle).child(status)).child(checklist)
}

/// The store's rules, each with whether `typed` fulfils it.
fn checklist(
    i18n: I18n,
    id: &str,
    requirements: Vec<Requirement>,
    typed: Watched<String>,
) -> Element {
    let items = requirements.into_iter().map(|requirement| {
        let is_met = move || typed.with(|typed| requirement.is_met(typed));
        let state = move || {
            i18n.text(if is_met() {
                Message::MET
            } else {
                Message::UNMET
            })
        };
        styled("li", "account-rules__rule")
            .class_with("account-rules__rule--met", is_met)
            .text(&i18n.requirement(requirement))
            .child(
                styled("span", "account-hidden")
                    .text(" – ")
                    .text_with(state),
            )
    });
    let title = i18n.text(Message::PASSWORD_RULES);
    styled("div", "account-rules")
        .attr("id", id)
        .child(element("p").text(&title))
        .child(styled("ul", "account-rules__list").children(items))
}
