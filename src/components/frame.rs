//! What stands around every element: it asks the store, shows one of four faces (loading, failed,
//! and what is there for a guest or for a customer), and follows the session.

use super::dom;
use super::element::{Element, effect, element, memo, styled};
use crate::api::ApiError;
use crate::i18n::{I18n, Message};
use crate::state::Session;
use crate::state::{AccountEvent, AuthState, ElementContext};
use crate::watched::Watched;
use reactive_graph::graph::untrack;
use std::rc::Rc;
use wasm_bindgen_futures::spawn_local;

/// Whose data an answer of the store holds: a customer's by id, or a guest's.
pub(super) type Whose = Option<i32>;

/// What an answer of the store is about.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum About {
    /// The store alone: it stays good when somebody signs in or out.
    Store,
    /// The customer it is for: another one needs another answer. A customer whose session has ended
    /// is still the same one.
    Customer,
}

/// An element of the class `class` that shows what `view` makes of the answer to `ask` and of who
/// is signed in; made anew when either is another.
pub(super) fn frame<T, F>(
    scope: &ElementContext,
    class: &str,
    about: About,
    ask: impl Fn(ElementContext) -> F + 'static,
    view: impl Fn(Whose, T) -> Element + 'static,
) -> Element
where
    T: Clone + Default + 'static,
    F: Future<Output = Result<(Whose, T), ApiError>> + 'static,
{
    let answer: Watched<Option<Result<(Whose, T), ApiError>>> = Watched::new(None);
    let rounds = Watched::new(0_u32);
    let load = Rc::new({
        let scope = scope.clone();
        let ask = Rc::new(ask);
        move || {
            rounds.update(|round| *round = round.wrapping_add(1));
            let round = rounds.get_untracked();
            if answer.with_untracked(Option::is_some) {
                answer.set(None);
            }
            let scope = scope.clone();
            let ask = ask.clone();
            spawn_local(async move {
                // An answer from before a sign-in or a sign-out does not tell who is signed in now.
                let found = loop {
                    let epoch = scope.session.epoch();
                    let found = ask(scope.clone()).await;
                    if found.is_err() || scope.session.epoch() == epoch {
                        break found;
                    }
                };
                // Another question was asked since.
                if rounds.get_untracked() != round {
                    return;
                }
                let event = match &found {
                    Ok((whose, _)) => {
                        scope.session.observe(*whose);
                        AccountEvent::Ready
                    }
                    Err(ApiError::Cancelled) => return,
                    Err(error) => AccountEvent::Failed(error.code()),
                };
                answer.set(Some(found));
                // Once the view is in the document.
                dom::soon(move || scope.notify(event));
            });
        }
    });
    load();
    let shown = {
        let session = scope.session.clone();
        memo(move || {
            let held = answer.with(|answer| match answer {
                Some(Ok((whose, _))) => *whose,
                Some(Err(_)) | None => None,
            });
            match session.standing() {
                AuthState::Expired(id) if about != About::Store && held == Some(id) => held,
                standing @ (AuthState::Unknown | AuthState::Guest | AuthState::SignedIn(_)) => {
                    standing.customer()
                }
                AuthState::Expired(_) => None,
            }
        })
    };
    let retry = load.clone();
    effect(move || {
        let wanted = shown.get();
        let is_for_another = answer
            .with_untracked(|answer| matches!(answer, Some(Ok((whose, _))) if *whose != wanted));
        if about != About::Store && is_for_another {
            load();
        }
    });
    let i18n = scope.i18n;
    styled("div", class).content_with(move || {
        let whose = shown.get();
        let retry = retry.clone();
        vec![match answer.get() {
            None => loading_view(&i18n.text(Message::LOADING)),
            Some(Err(error)) => failed_view(i18n, &error, move || retry()),
            Some(Ok((held, _))) if about != About::Store && held != whose => {
                loading_view(&i18n.text(Message::LOADING))
            }
            // Only another customer or another answer makes this anew: a form made anew would lose
            // what was typed.
            Some(Ok((_, found))) => untrack(|| view(whose, found)),
        }]
    })
}

/// Calls `happens` when another customer than the first, or none, is there.
pub(crate) fn when_somebody_else(session: &Session, happens: impl Fn() + 'static) {
    let session = session.clone();
    let first: Watched<Option<Whose>> = Watched::new(None);
    effect(move || {
        let now = match session.standing() {
            AuthState::Unknown => return,
            standing @ (AuthState::Guest | AuthState::SignedIn(_) | AuthState::Expired(_)) => {
                standing.customer()
            }
        };
        match first.get_untracked() {
            None => first.set(Some(now)),
            Some(first) if first != now => happens(),
            Some(_) => {}
        }
    });
}

fn loading_view(words: &str) -> Element {
    element("p").attr("role", "status").text(words)
}

fn failed_view(i18n: I18n, error: &ApiError, retry: impl Fn() + 'static) -> Element {
    element("div")
        .attr("role", "alert")
        .child(element("p").text(&i18n.text(Message::LOAD_FAILED)))
        .child(element("p").text(&i18n.api_error(error)))
        .child(
            styled("button", "account-button")
                .attr("type", "button")
                .text(&i18n.text(Message::RETRY))
                .on("click", move |_| retry()),
        )
}

/// A title that can take the focus, so that one hears where one is now.
pub(super) fn title(tag: &str, words: &str) -> Element {
    styled(tag, "account-title")
        .attr("tabindex", "-1")
        .text(words)
}

/// A link that looks like the button it stands in for.
pub(super) fn link_button(scope: &ElementContext, words: Message, href: &str) -> Element {
    styled("a", "account-button account-button--primary")
        .attr("href", href)
        .text(&scope.i18n.text(words))
}

/// The way on to where the theme wants a shopper to be, if it does.
pub(super) fn continue_link(scope: &ElementContext) -> Option<Element> {
    let href = scope.config.return_to.as_deref()?;
    Some(link_button(scope, Message::CONTINUE, href))
}

/// What a guest is told where there is something for customers alone.
pub(super) fn guest_view(scope: &ElementContext, words: Message) -> Element {
    let i18n = scope.i18n;
    let link = |words, href: &str| {
        element("p").child(element("a").attr("href", href).text(&i18n.text(words)))
    };
    element("div")
        .child(element("p").text(&i18n.text(words)))
        .child(link_button(
            scope,
            Message::SIGN_IN,
            &scope.config.sign_in_url,
        ))
        .child(link(Message::SIGN_UP_INSTEAD, &scope.config.sign_up_url))
}

/// What a customer is told where there is something for guests alone.
pub(super) fn signed_in_view(scope: &ElementContext) -> Element {
    element("div")
        .child(element("p").text(&scope.i18n.text(Message::ALREADY_SIGNED_IN)))
        .children(continue_link(scope))
}
