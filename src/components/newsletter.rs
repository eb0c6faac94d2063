//! `<account-newsletter>`: the newsletter and reminders of a left cart, each on and off with one
//! click, for a customer or by e-mail address.

use super::dom;
use super::element::{Element, element, styled};
use super::frame::{About, frame, title};
use super::plain_form::{Email, PlainView, plain_form_view};
use crate::api::Mailings;
use crate::i18n::Message;
use crate::state::{ElementContext, Mailing, Newsletter, SubscriptionChange};
use reactive_graph::graph::untrack;
use std::rc::Rc;
use wasm_bindgen::JsCast;
use web_sys::{Event, HtmlFormElement};

/// The whole element.
pub fn newsletter_element(scope: ElementContext) -> Element {
    let ask = |scope: ElementContext| async move {
        let mailings = scope.api.mailings().await?;
        Ok((mailings.customer.as_ref().map(|(id, _)| *id), mailings))
    };
    let within = scope.clone();
    frame(
        &scope,
        "account-newsletter",
        About::Customer,
        ask,
        move |_, mailings: Mailings| {
            let customer = mailings.customer;
            let customer = customer.map(|(_, email)| -> Email { Rc::new(move || email.clone()) });
            let newsletter = Newsletter::new(mailings.is_subscribed);
            newsletter_view(&within, newsletter, customer, mailings.policy_url)
        },
    )
}

/// The choices of the customer whose e-mail address `customer` tells, or of a guest.
pub(super) fn newsletter_view(
    scope: &ElementContext,
    newsletter: Newsletter,
    customer: Option<Email>,
    policy_url: Option<String>,
) -> Element {
    let scope = scope.clone();
    let policy = policy_url.map(|url| {
        let words = scope.i18n.text(Message::PRIVACY_POLICY);
        let link = element("a").attr("href", &url).text(&words);
        element("p").child(link)
    });
    let form = element("div").content_with(move || {
        let done = newsletter.done();
        untrack(|| {
            let done = done.map(|wish| {
                let email = newsletter.email();
                let words = scope.i18n.format(told(wish), &[("value", &email)]);
                let done = title("p", &words);
                dom::focus_soon(done.node());
                done
            });
            // Made anew, it says and offers what holds now.
            let form = form_view(&scope, newsletter, customer.clone());
            done.into_iter().chain([form]).collect()
        })
    });
    element("div").child(form).children(policy)
}

fn form_view(scope: &ElementContext, newsletter: Newsletter, customer: Option<Email>) -> Element {
    let i18n = scope.i18n;
    let wish = |mailing, is_wanted| SubscriptionChange { mailing, is_wanted };
    // A guest's state is nobody's to tell: both ways stand open.
    let leads_out = customer.is_some() && newsletter.is_subscribed();
    let first = wish(Mailing::Newsletter, !leads_out);
    newsletter.want(first);
    let plain = newsletter.form(scope, customer.clone());
    let submit = if leads_out {
        Message::UNSUBSCRIBE
    } else {
        Message::SUBSCRIBE
    };
    let mut view = PlainView::new(submit, Message::SAVING);
    let email = newsletter.email();
    view.texts = Box::new(move |_| vec![email.clone()]);
    if let Some(email) = &customer {
        let words = if leads_out {
            Message::NEWSLETTER_IS_ON
        } else {
            Message::NEWSLETTER_IS_OFF
        };
        let words = i18n.format(words, &[("value", &email())]);
        view.before = vec![element("p").text(&words)];
    }
    let button = |words: Message, wish: SubscriptionChange| {
        styled("button", "account-button")
            .attr("type", "button")
            .text(&i18n.text(words))
            .on("click", move |event| {
                newsletter.want(wish);
                send(&event);
            })
    };
    if customer.is_none() {
        view.after.push(styled("div", "account-ways").child(button(
            Message::UNSUBSCRIBE,
            wish(Mailing::Newsletter, false),
        )));
    }
    if !scope.config.without_reminders {
        view.after
            .push(element("p").text(&i18n.text(Message::CART_REMINDERS_WORDS)));
        view.after.push(
            styled("div", "account-ways")
                .attr("role", "group")
                .attr("aria-label", &i18n.text(Message::CART_REMINDERS))
                .child(button(
                    Message::CART_REMINDERS_ON,
                    wish(Mailing::CartReminders, true),
                ))
                .child(button(
                    Message::CART_REMINDERS_OFF,
                    wish(Mailing::CartReminders, false),
                )),
        );
    }
    let (form, _) = plain_form_view(scope, plain, view);
    // A retry is of what failed; the form's own button means what it says.
    form.on("click", move |event| {
        if target(&event).is_some_and(|on| on.matches(".account-form__submit *").unwrap_or(false)) {
            newsletter.want(first);
        }
    })
}

fn target(event: &Event) -> Option<web_sys::Element> {
    event.target()?.dyn_into().ok()
}

/// Sends the form that an event comes from.
fn send(event: &Event) {
    let form = target(event).and_then(|button| button.closest("form").ok().flatten());
    if let Some(form) = form
        .as_ref()
        .and_then(|form| form.dyn_ref::<HtmlFormElement>())
    {
        // Fails only for a button of another form.
        let _ = form.request_submit();
    }
}

const fn told(wish: SubscriptionChange) -> Message {
    match (wish.mailing, wish.is_wanted) {
        (Mailing::Newsletter, true) => Message::SUBSCRIBED,
        (Mailing::Newsletter, false) => Message::UNSUBSCRIBED,
        (Mailing::CartReminders, true) => Message::CART_REMINDERS_ARE_ON,
        (Mailing::CartReminders, false) => Message::CART_REMINDERS_ARE_OFF,
    }
}
