//! `<account-sign-in>`, and the same form wherever a shopper must sign in to go on.

use super::dialog::{close_button, dialog_button, dialog_view};
use super::dom;
use super::element::{Element, effect, element, memo, styled};
use super::form::quiet_button;
use super::frame::{About, continue_link, frame, title};
use super::plain_form::{Email, PlainView, plain_form_view};
use crate::api::{ApiError, Captcha};
use crate::i18n::{I18n, Message};
use crate::state::{
    AccountEvent, AuthState, ElementContext, Mail, PlainForm, Problem, Section, SignIn, Step,
    Target,
};
use crate::watched::Watched;
use reactive_graph::graph::untrack;
use std::rc::Rc;
use storefront_rules::BuiltIn;
use wasm_bindgen::JsCast;
use wasm_bindgen_futures::spawn_local;
use web_sys::{Event, HtmlDialogElement};

/// The whole element.
pub fn sign_in_element(scope: ElementContext) -> Element {
    let ask = |scope: ElementContext| async move {
        let door = scope.api.session_info().await?;
        Ok((door.customer.as_ref().map(|(id, _)| *id), door))
    };
    let (within, news) = with_news(&scope);
    frame(
        &scope,
        "account-sign-in",
        About::Store,
        ask,
        move |whose, door| {
            let is_news = news.get_untracked();
            news.set(false);
            if whose.is_some() {
                return welcome_view(&within, is_news);
            }
            let view = sign_in_view(&within, SignIn::new(within.clone(), door.captcha, false));
            if is_news {
                dom::focus_first_soon(&view);
            }
            view
        },
    )
}

/// A scope that notes when the shopper signs in or out by it: what is shown next takes the focus.
/// What happens in another tab or element takes nobody's focus away.
pub(super) fn with_news(scope: &ElementContext) -> (ElementContext, Watched<bool>) {
    let news = Watched::new(false);
    let listener = scope.listener.clone();
    let scope = ElementContext {
        listener: Rc::new(move |event| {
            if matches!(
                event,
                AccountEvent::SignedIn { .. } | AccountEvent::SignedOut
            ) {
                news.set(true);
            }
            listener(event);
        }),
        ..scope.clone()
    };
    (scope, news)
}

/// A customer is signed in: the ways on.
fn welcome_view(scope: &ElementContext, is_news: bool) -> Element {
    let i18n = scope.i18n;
    let title = title("h2", &i18n.text(Message::SIGNED_IN));
    if is_news {
        dom::focus_soon(title.node());
    }
    element("div")
        .child(title)
        .children(continue_link(scope))
        .child(sign_out_view(scope))
}

/// A button that signs out; it asks before it takes away something unsaved of any form of the page.
pub(super) fn sign_out_view(scope: &ElementContext) -> Element {
    let i18n = scope.i18n;
    let problem: Watched<Option<ApiError>> = Watched::new(None);
    let is_sending = Watched::new(false);
    let within = scope.clone();
    let sign_out: Rc<dyn Fn()> = Rc::new(move || {
        if is_sending.get_untracked() {
            return;
        }
        is_sending.set(true);
        problem.set(None);
        let scope = within.clone();
        spawn_local(async move {
            scope.session.prepare_to_end().await;
            let ended = scope.api.logout().await;
            is_sending.set(false);
            match ended {
                Ok(()) => {
                    scope.session.end();
                    scope.notify(AccountEvent::SignedOut);
                }
                Err(ApiError::Cancelled) => {}
                Err(error) => {
                    scope.notify(AccountEvent::Failed(error.code()));
                    problem.set(Some(error));
                }
            }
        });
    });
    let words = move || {
        let problem = problem.get();
        problem.map_or_else(String::new, |error| i18n.api_error(&error))
    };
    let (dialog, node) = unsaved_dialog(i18n, sign_out.clone());
    let session = scope.session.clone();
    let click = move |_| {
        // Where it cannot be shown it is open already, or in no document.
        if !session.has_unsaved() || node.show_modal().is_err() {
            sign_out();
        }
    };
    element("div")
        .child(
            styled("button", "account-button account-sign-out")
                .attr("type", "button")
                .text(&i18n.text(Message::SIGN_OUT))
                .attr_with("aria-disabled", move || {
                    is_sending.get().then(|| "true".to_owned())
                })
                .on("click", click),
        )
        .child(
            styled("p", "account-field__error")
                .attr("role", "alert")
                .text_with(words),
        )
        .child(dialog)
}

/// Asks whether to sign out although something is unsaved.
fn unsaved_dialog(i18n: I18n, sign_out: Rc<dyn Fn()>) -> (Element, HtmlDialogElement) {
    let (dialog, node) = dialog_view(move || i18n.text(Message::UNSAVED));
    let leave = node.clone();
    let leave = dialog_button(i18n, Message::SIGN_OUT_ANYWAY).on("click", move |_| {
        leave.close();
        sign_out();
    });
    let stay = close_button(i18n, Message::STAY, &node);
    let dialog = dialog
        .child(element("p").text(&i18n.text(Message::UNSAVED_WORDS)))
        .child(styled("div", "account-ways").child(stay).child(leave));
    (dialog, node)
}

/// The step of `sign_in` that the shopper is at.
pub(super) fn sign_in_view(scope: &ElementContext, sign_in: SignIn) -> Element {
    let scope = scope.clone();
    let is_first = Watched::new(true);
    element("div").content_with(move || {
        let step = sign_in.step();
        untrack(|| {
            let (heading, content) = match step {
                Step::Credentials => (None, credentials_view(&scope, sign_in)),
                Step::Ask(mail) => {
                    let (heading, content) = mail_view(&scope, sign_in, mail);
                    (Some(heading), content)
                }
                Step::Sent(mail) => {
                    let (heading, content) = sent_view(&scope, sign_in, mail);
                    (Some(heading), content)
                }
            };
            // At first nobody asked to be here.
            if !is_first.get_untracked() {
                match &heading {
                    Some(heading) => dom::focus_soon(heading.node()),
                    None => dom::focus_first_soon(&content),
                }
            }
            is_first.set(false);
            heading.into_iter().chain([content]).collect()
        })
    })
}

/// E-mail address and password, and the ways on for those who lack one.
fn credentials_view(scope: &ElementContext, sign_in: SignIn) -> Element {
    let i18n = scope.i18n;
    let plain = sign_in.credentials_form(scope);
    let mut view = PlainView::new(Message::SIGN_IN, Message::SIGNING_IN);
    let email = sign_in.email();
    view.texts = Box::new(move |field| {
        let is_email = field.built_in() == Some(BuiltIn::EmailAddress);
        if is_email && !email.is_empty() {
            vec![email.clone()]
        } else {
            Vec::new()
        }
    });
    let (form, _) = plain_form_view(scope, plain, view);
    let node = form.node();
    forget_password_when_refused(plain, node.clone());
    let go = move |mail| {
        let node = node.clone();
        move |event: Event| {
            // The way to the store's own page is there for a new tab, and where no script runs.
            event.prevent_default();
            let name = Section::SignIn.control_name(BuiltIn::EmailAddress.id());
            sign_in.go(Step::Ask(mail), dom::text_in(&node, &name));
        }
    };
    let to = |words, href: &str| element("a").attr("href", href).text(&i18n.text(words));
    let forgotten = to(Message::PASSWORD_FORGOTTEN, &scope.config.reset_url);
    let forgotten = forgotten.on("click", go.clone()(Mail::Reset));
    let link = scope.config.is_passwordless.then(|| {
        quiet_button(plain.form, Message::SIGN_IN_LINK_WANTED).on("click", go(Mail::SignInLink))
    });
    let sign_up = sign_in
        .offers_sign_up()
        .then(|| to(Message::SIGN_UP_INSTEAD, &scope.config.sign_up_url));
    let ways = styled("div", "account-ways")
        .child(forgotten)
        .children(link)
        .children(sign_up);
    element("div").child(form).child(ways)
}

/// A password that did not count is typed anew (GOV.UK, password input).
fn forget_password_when_refused(plain: PlainForm, form: web_sys::Element) {
    effect(move || {
        let refused = Problem::Api(ApiError::InvalidCredentials);
        if plain.form.problem(Target::Form) == Some(refused) {
            let name = Section::SignIn.control_name(BuiltIn::CurrentPassword.id());
            dom::put_texts(form.unchecked_ref(), &name, &[]);
        }
    });
}

/// Where the mail goes to.
fn mail_view(scope: &ElementContext, sign_in: SignIn, mail: Mail) -> (Element, Element) {
    let i18n = scope.i18n;
    let (heading, words, submit) = match mail {
        Mail::Reset => (
            Message::RESET_TITLE,
            Message::RESET_WORDS,
            Message::RESET_SUBMIT,
        ),
        Mail::ForcedReset => (
            Message::FORCED_RESET_TITLE,
            Message::FORCED_RESET_WORDS,
            Message::RESET_SUBMIT,
        ),
        Mail::SignInLink => (
            Message::SIGN_IN_LINK_TITLE,
            Message::SIGN_IN_LINK_WORDS,
            Message::SIGN_IN_LINK_SUBMIT,
        ),
    };
    let plain = sign_in.mail_form(scope, mail);
    let mut view = PlainView::new(submit, Message::SENDING);
    let email = sign_in.email();
    view.texts = Box::new(move |_| vec![email.clone()]);
    view.before = vec![element("p").text(&i18n.text(words))];
    let (form, _) = plain_form_view(scope, plain, view);
    let back = quiet_button(plain.form, Message::BACK_TO_SIGN_IN).on("click", move |_| {
        sign_in.go(Step::Credentials, sign_in.email());
    });
    let content = element("div")
        .child(form)
        .child(styled("div", "account-ways").child(back));
    (title("h2", &i18n.text(heading)), content)
}

/// The mail is on its way, if the address has an account: more is not said to anybody.
fn sent_view(scope: &ElementContext, sign_in: SignIn, mail: Mail) -> (Element, Element) {
    let i18n = scope.i18n;
    let words = match mail {
        Mail::Reset | Mail::ForcedReset => Message::RESET_SENT,
        Mail::SignInLink => Message::SIGN_IN_LINK_SENT,
    };
    let email = sign_in.email();
    let button = |words: Message, step: Step| {
        styled("button", "account-button account-button--quiet")
            .attr("type", "button")
            .text(&i18n.text(words))
            .on("click", move |_| sign_in.go(step, sign_in.email()))
    };
    let content = element("div")
        .child(element("p").text(&i18n.format(words, &[("value", &email)])))
        .child(element("p").text(&i18n.text(Message::MAIL_MISSING)))
        .child(
            styled("div", "account-ways")
                .child(button(Message::SEND_AGAIN, Step::Ask(mail)))
                .child(button(Message::BACK_TO_SIGN_IN, Step::Credentials)),
        );
    (title("h2", &i18n.text(Message::MAIL_SENT)), content)
}

/// While the session of the customer with this e-mail address has ended under them: the way to go
/// on. It takes the focus when `is_interrupted`, which is when something was about to be sent.
pub(super) fn sign_in_again_view(
    scope: &ElementContext,
    email: Email,
    captcha: Option<Captcha>,
    is_interrupted: impl Fn() -> bool + 'static,
) -> Element {
    let session = scope.session.clone();
    let is_expired = memo(move || matches!(session.standing(), AuthState::Expired(_)));
    let was_expired = Watched::new(false);
    let scope = scope.clone();
    let view = element("div");
    let node = view.node();
    view.content_with(move || {
        if !is_expired.get() {
            if was_expired.get_untracked() {
                was_expired.set(false);
                dom::focus_next_soon(&node);
            }
            return Vec::new();
        }
        was_expired.set(true);
        untrack(|| {
            let i18n = scope.i18n;
            let title = title("h2", &i18n.text(Message::SESSION_ENDED));
            if is_interrupted() {
                dom::focus_soon(title.node());
            }
            let sign_in = SignIn::new(scope.clone(), captcha.clone(), true);
            sign_in.go(Step::Credentials, email());
            vec![
                styled("section", "account-notice")
                    .child(title)
                    .child(element("p").text(&i18n.text(Message::SESSION_ENDED_WORDS)))
                    .child(sign_in_view(&scope, sign_in)),
            ]
        })
    })
}
