//! What an element shows of the store: loading, failed, or what was found for a guest or a customer.

use super::{AuthState, Session};
use crate::api::ApiError;
use crate::i18n::{I18n, Message};
use crate::ui::{LoadFailed, Part, Status, remade};
use leptos::prelude::*;
use leptos::task::spawn_local;
use std::future::Future;
use std::pin::Pin;
use std::rc::Rc;

/// For whom an answer of the store is.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Audience {
    /// For everybody: it stays good when somebody signs in or out.
    Everybody,
    /// For the customer it was given to: another one needs another answer. A customer whose session has
    /// ended is still the same one.
    Customer,
}

/// What the store answered.
#[derive(Clone)]
pub struct Loaded {
    /// The customer it is for; `None` for a guest.
    pub customer_id: Option<i32>,
    /// What is shown of it to this customer, or to a guest. Called anew when another one is there.
    pub view: Rc<dyn Fn(Option<i32>) -> AnyView>,
}

/// Asks the store. Boxed, so that one view serves every element.
pub type Loader = Rc<dyn Fn() -> Pin<Box<dyn Future<Output = Result<Loaded, ApiError>>>>>;

/// How many answers in a row may name another customer than the page knew. After one, every element asks
/// again. If the store keeps giving each of them a different customer, as a cache in between might,
/// they would ask forever.
const MAX_CONTRADICTIONS: u32 = 3;

fn contradicts(auth: AuthState, customer_id: Option<i32>) -> bool {
    let known = match auth {
        AuthState::SignedIn(known) => Some(known),
        AuthState::Unknown | AuthState::Guest | AuthState::Expired(_) => None,
    };
    known
        .zip(customer_id)
        .is_some_and(|(known, id)| known != id)
}

/// Shows the store's answer and follows the session. It is rebuilt only for another customer or another
/// answer, because rebuilding a form loses what was typed.
#[component]
pub fn ResourceView(
    /// Which part it is.
    part: Part,
    /// The words to put it in.
    i18n: I18n,
    /// Who is signed in.
    session: Session,
    /// For whom the answer is.
    audience: Audience,
    /// Asks the store.
    loader: StoredValue<Loader, LocalStorage>,
    /// The words of an error.
    describe: UnsyncCallback<ApiError, String>,
    /// Hears that there is something to use, or that there is not.
    on_loaded: UnsyncCallback<Result<(), ApiError>>,
) -> impl IntoView {
    let answer = RwSignal::new_local(None::<Result<Loaded, ApiError>>);
    let rounds = StoredValue::new(0_u32);
    let contradictions = StoredValue::new(0_u32);
    let load = UnsyncCallback::new(move |()| {
        let round = rounds.try_update_value(|round| {
            *round = round.wrapping_add(1);
            *round
        });
        if answer.try_with_untracked(Option::is_some) == Some(true) {
            answer.set(None);
        }
        spawn_local(async move {
            // An answer from before a sign-in or a sign-out does not tell who is signed in now.
            let found = loop {
                let Some(loader) = loader.try_get_value() else {
                    return;
                };
                let epoch = session.epoch();
                let found = loader().await;
                if found.is_err() || session.epoch() == epoch {
                    break found;
                }
            };
            // Another question was asked since, or the element is gone.
            if rounds.try_get_value() != round {
                return;
            }
            let found = found.and_then(|loaded| {
                let is_contradiction = contradicts(session.auth_untracked(), loaded.customer_id);
                let count = contradictions.try_update_value(|count| {
                    *count = if is_contradiction {
                        count.saturating_add(1)
                    } else {
                        0
                    };
                    *count
                });
                match count.is_some_and(|count| count > MAX_CONTRADICTIONS) {
                    true => Err(ApiError::Unreadable),
                    false => Ok(loaded),
                }
            });
            let outcome = match &found {
                Ok(loaded) => {
                    session.observe(loaded.customer_id);
                    Ok(())
                }
                Err(ApiError::Cancelled) => return,
                Err(error) => Err(error.clone()),
            };
            answer.set(Some(found));
            // Once the view is in the document.
            crate::ui::dom::defer(move || {
                on_loaded.try_run(outcome);
            });
        });
    });
    load.try_run(());
    let held = move || {
        answer.with(|answer| match answer {
            Some(Ok(loaded)) => loaded.customer_id,
            Some(Err(_)) | None => None,
        })
    };
    let customer = Memo::new(move |_| {
        let held = held();
        match session.auth() {
            AuthState::Expired(id) if audience == Audience::Customer && held == Some(id) => held,
            auth @ (AuthState::Unknown | AuthState::Guest | AuthState::SignedIn(_)) => {
                auth.customer_id()
            }
            AuthState::Expired(_) => None,
        }
    });
    let is_for_another = move |customer_id: Option<i32>, customer: Option<i32>| {
        audience == Audience::Customer && customer_id != customer
    };
    Effect::new(move |_| {
        let customer = customer.get();
        let is_stale = answer.with_untracked(|answer| match answer {
            Some(Ok(loaded)) => is_for_another(loaded.customer_id, customer),
            Some(Err(_)) | None => false,
        });
        if is_stale {
            load.try_run(());
        }
    });
    let loading = move || {
        let text = i18n.text(Message::LOADING);
        let view = view! {
            <Status text=text part=Part::ALT_TEXT />
            <div class=Part::SKELETON.class()></div>
        };
        view.into_any()
    };
    let content = remade(move || {
        let customer = customer.get();
        Some(match answer.get() {
            None => loading(),
            Some(Err(error)) => {
                let view = view! {
                    <LoadFailed
                        title=i18n.text(Message::LOAD_FAILED)
                        text=describe.try_run(error).unwrap_or_default()
                        retry=i18n.text(Message::RETRY)
                        on_retry=load
                    />
                };
                view.into_any()
            }
            Some(Ok(loaded)) if is_for_another(loaded.customer_id, customer) => loading(),
            // The same element for another customer is another one.
            Some(Ok(loaded)) => untrack(|| (loaded.view)(customer)),
        })
    });
    view! { <div class=part.class()>{content}</div> }
}
