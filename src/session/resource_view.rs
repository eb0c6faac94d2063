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

/// What an element shows of the store, and how it is asked for.
#[derive(Clone, Copy)]
struct Resource {
    session: Session,
    audience: Audience,
    loader: StoredValue<Loader, LocalStorage>,
    /// The store's answer; `None` while it is on its way.
    answer: RwSignal<Option<Result<Loaded, ApiError>>, LocalStorage>,
    /// Goes up each time the store is asked.
    round: StoredValue<u32>,
    /// How many answers in a row named another customer than the page knew.
    contradictions: StoredValue<u32>,
    /// Hears that there is something to use, or that there is not.
    on_loaded: UnsyncCallback<Result<(), ApiError>>,
}

impl Resource {
    /// Asks the store, and drops the answer that was there.
    fn load(self) {
        let round = self.round.try_update_value(|round| {
            *round = round.wrapping_add(1);
            *round
        });
        if self.answer.try_with_untracked(Option::is_some) == Some(true) {
            self.answer.set(None);
        }
        spawn_local(async move {
            // An answer from before a sign-in or a sign-out does not tell who is signed in now.
            let found = loop {
                let Some(loader) = self.loader.try_get_value() else {
                    return;
                };
                let epoch = self.session.epoch();
                let found = loader().await;
                if found.is_err() || self.session.epoch() == epoch {
                    break found;
                }
            };
            // Another question was asked since, or the element is gone.
            if self.round.try_get_value() == round {
                self.take(found);
            }
        });
    }

    fn take(self, found: Result<Loaded, ApiError>) {
        let found = found.and_then(|loaded| match self.is_contradicted(loaded.customer_id) {
            true => Err(ApiError::Unreadable),
            false => Ok(loaded),
        });
        let outcome = match &found {
            Ok(loaded) => {
                self.session.observe(loaded.customer_id);
                Ok(())
            }
            Err(ApiError::Cancelled) => return,
            Err(error) => Err(error.clone()),
        };
        self.answer.set(Some(found));
        // Once the view is in the document.
        crate::ui::dom::defer(move || {
            self.on_loaded.try_run(outcome);
        });
    }

    /// Counts an answer for this customer; whether too many in a row named another than the page knew.
    fn is_contradicted(self, customer_id: Option<i32>) -> bool {
        let is_contradiction = contradicts(self.session.auth_untracked(), customer_id);
        let count = self.contradictions.try_update_value(|count| {
            *count = if is_contradiction {
                count.saturating_add(1)
            } else {
                0
            };
            *count
        });
        count.is_some_and(|count| count > MAX_CONTRADICTIONS)
    }

    /// The customer whose element is shown. One whose session has ended is still shown what is theirs.
    fn customer(self) -> Option<i32> {
        let held = self.answer.with(|answer| match answer {
            Some(Ok(loaded)) => loaded.customer_id,
            Some(Err(_)) | None => None,
        });
        match self.session.auth() {
            AuthState::Expired(id) if self.audience == Audience::Customer && held == Some(id) => {
                held
            }
            auth @ (AuthState::Unknown | AuthState::Guest | AuthState::SignedIn(_)) => {
                auth.customer_id()
            }
            AuthState::Expired(_) => None,
        }
    }

    fn is_for_another(self, loaded: &Loaded, customer: Option<i32>) -> bool {
        self.audience == Audience::Customer && loaded.customer_id != customer
    }

    /// Whether the answer is not for this customer.
    fn is_stale(self, customer: Option<i32>) -> bool {
        self.answer.with_untracked(|answer| match answer {
            Some(Ok(loaded)) => self.is_for_another(loaded, customer),
            Some(Err(_)) | None => false,
        })
    }
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
    let resource = Resource {
        session,
        audience,
        loader,
        answer: RwSignal::new_local(None),
        round: StoredValue::new(0),
        contradictions: StoredValue::new(0),
        on_loaded,
    };
    let load = UnsyncCallback::new(move |()| resource.load());
    resource.load();
    let customer = Memo::new(move |_| resource.customer());
    Effect::new(move |_| {
        if resource.is_stale(customer.get()) {
            resource.load();
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
        Some(match resource.answer.get() {
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
            Some(Ok(loaded)) if resource.is_for_another(&loaded, customer) => loading(),
            // The same element for another customer is another one.
            Some(Ok(loaded)) => untrack(|| (loaded.view)(customer)),
        })
    });
    view! { <div class=part.class()>{content}</div> }
}
