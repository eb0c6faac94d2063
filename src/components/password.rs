//! `<account-password>`: changing it, choosing a new one by an e-mailed link, asking for that link.

use super::dom;
use super::element::{Element, effect, element, memo, styled};
use super::frame::{About, frame, link_button, title};
use super::plain_form::{Email, PlainView, plain_form_view, username};
use super::sign_in::{sign_in_again_view, sign_in_view};
use crate::api::{Captcha, ResetLink, SessionInfo};
use crate::i18n::Message;
use crate::state::{ElementContext, PasswordStep, SignIn, change_form, reset_form};
use crate::watched::Watched;
use reactive_graph::graph::untrack;
use std::rc::Rc;
use storefront_rules::PasswordRules;

/// The whole element.
pub fn password_element(scope: ElementContext) -> Element {
    let ask = |scope: ElementContext| async move {
        let door = scope.api.session_info().await?;
        Ok((door.customer.as_ref().map(|(id, _)| *id), door))
    };
    let within = scope.clone();
    // Kept here: a link that was used is used, whoever signs in or out meanwhile.
    let step = Watched::new(PasswordStep::Open);
    frame(
        &scope,
        "account-password",
        About::Customer,
        ask,
        move |_, door: SessionInfo| {
            match (&within.config.reset_link, door.customer) {
                // Who came by a link wants what it is for, whoever is signed in.
                (Some(link), _) => {
                    reset_view(&within, door.passwords, link.clone(), door.captcha, step)
                }
                (None, Some((id, email))) => {
                    let email: Email = Rc::new(move || email.clone());
                    change_view(&within, (id, email), door.passwords, door.captcha)
                }
                (None, None) => {
                    sign_in_view(&within, SignIn::forgotten(within.clone(), door.captcha))
                }
            }
        },
    )
}

/// The present password and a new one, for the customer of this id and e-mail address.
pub(super) fn change_view(
    scope: &ElementContext,
    (customer, email): (i32, Email),
    passwords: PasswordRules,
    captcha: Option<Captcha>,
) -> Element {
    let step = Watched::new(PasswordStep::Open);
    let interrupted = Watched::new(false);
    let again = sign_in_again_view(scope, email.clone(), captcha, move || {
        interrupted.get_untracked()
    });
    let scope = scope.clone();
    let form = element("div").content_with(move || {
        let is_changed = step.get() == PasswordStep::Changed;
        untrack(|| {
            // A form made anew forgets both passwords and lets managers see that they were taken.
            let done = is_changed.then(|| {
                let done = title("p", &scope.i18n.text(Message::PASSWORD_CHANGED));
                dom::focus_soon(done.node());
                done
            });
            let plain = change_form(&scope, passwords.clone(), step);
            effect(move || interrupted.set(plain.is_interrupted()));
            let mut view = PlainView::new(Message::PASSWORD_SUBMIT, Message::SAVING);
            view.customer = Some(customer);
            view.before = vec![username(email.clone())];
            let (form, _) = plain_form_view(&scope, plain, view);
            done.into_iter().chain([form]).collect()
        })
    });
    element("div").child(again).child(form)
}

/// A new password by an e-mailed link; another link where this one does not count.
fn reset_view(
    scope: &ElementContext,
    passwords: PasswordRules,
    link: ResetLink,
    captcha: Option<Captcha>,
    step: Watched<PasswordStep>,
) -> Element {
    let i18n = scope.i18n;
    let plain = reset_form(scope, passwords, link, step);
    let scope = scope.clone();
    let asks_again = Watched::new(false);
    let is_changed = memo(move || step.get() == PasswordStep::Changed);
    element("div").content_with(move || {
        if asks_again.get() {
            let sign_in = SignIn::forgotten(scope.clone(), captcha.clone());
            return vec![untrack(|| sign_in_view(&scope, sign_in))];
        }
        if is_changed.get() {
            let title = title("h2", &i18n.text(Message::PASSWORD_CHANGED));
            dom::focus_soon(title.node());
            return vec![
                title,
                element("p").text(&i18n.text(Message::PASSWORD_CHANGED_SIGN_IN)),
                link_button(&scope, Message::SIGN_IN, &scope.config.sign_in_url),
            ];
        }
        untrack(|| {
            let mut view = PlainView::new(Message::PASSWORD_SUBMIT, Message::SAVING);
            view.after = vec![
                styled("div", "account-ways")
                    .flag_with("hidden", move || step.get() != PasswordStep::LinkRefused)
                    .child(
                        styled("button", "account-button")
                            .attr("type", "button")
                            .text(&i18n.text(Message::NEW_LINK))
                            .on("click", move |_| asks_again.set(true)),
                    ),
            ];
            let (form, _) = plain_form_view(&scope, plain, view);
            vec![form]
        })
    })
}
