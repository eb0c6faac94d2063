//! What an element asks the store for first, and what it shows of the answer.

use super::{AccountEvent, ElementContext};
use crate::api::{Api, ApiError};
use crate::forms::request_error;
use crate::session::{Audience, Loaded, Loader, ResourceView};
use crate::ui::{Building, Part};
use leptos::prelude::*;
use leptos::task::spawn_local;
use std::future::Future;
use std::rc::Rc;

/// Asks by `ask`, and shows what `view` makes of the answer to the customer whose it is, or to a guest.
pub fn resource<T, F>(
    context: ElementContext,
    ask: impl Fn(Api) -> F + 'static,
    customer_id: impl Fn(&T) -> Option<i32> + 'static,
    view: impl Fn(Option<i32>, T) -> AnyView + 'static,
) -> StoredValue<Loader, LocalStorage>
where
    T: Clone + 'static,
    F: Future<Output = Result<T, ApiError>> + 'static,
{
    let (customer_id, view) = (Rc::new(customer_id), Rc::new(view));
    let loader: Loader = Rc::new(move || {
        let asked = context.api().map(&ask);
        let (customer_id, view) = (customer_id.clone(), view.clone());
        Box::pin(async move {
            let found = asked.ok_or(ApiError::Cancelled)?.await?;
            if let Some(api) = context.api().filter(Api::take_is_from_page) {
                spawn_local(ask_who_is_there(context, api));
            }
            Ok(Loaded {
                customer_id: customer_id(&found),
                view: Rc::new(move |customer| view(customer, found.clone())),
            })
        })
    });
    StoredValue::new_local(loader)
}

/// Asks who is signed in, where the answer that is shown came with the page: a page may come from a cache.
async fn ask_who_is_there(context: ElementContext, api: Api) {
    let epoch = context.session.epoch();
    match api.session_info().await {
        Ok(info) if context.session.epoch() == epoch => {
            context.session.observe(info.customer.map(|(id, _)| id));
        }
        Ok(_) | Err(ApiError::Cancelled) => {}
        // The theme hears of it; the shopper can go on, and what they send tells them.
        Err(error) => {
            let is_of_no_use = matches!(error, ApiError::TokenRefused | ApiError::Forbidden);
            context.emit(AccountEvent::Failed(error));
            if is_of_no_use {
                context.emit(AccountEvent::UseStoreForm);
            }
        }
    }
}

/// The view of what [`resource`] asks for.
#[component]
pub fn Resource(
    /// Which part it is.
    part: Part,
    /// For whom the answer is.
    audience: Audience,
    /// What is asked for.
    loader: StoredValue<Loader, LocalStorage>,
) -> impl IntoView {
    let context = ElementContext::current();
    let i18n = context.i18n;
    let describe = UnsyncCallback::new(move |error: ApiError| request_error(i18n, &error));
    let building = Building::current();
    let on_loaded = UnsyncCallback::new(move |outcome: Result<(), ApiError>| match outcome {
        Ok(()) => building.when_done(move || context.emit(AccountEvent::Ready)),
        Err(error) => context.emit(AccountEvent::Failed(error)),
    });
    view! {
        <ResourceView
            part=part
            i18n=i18n
            session=context.session
            audience=audience
            loader=loader
            describe=describe
            on_loaded=on_loaded
        />
    }
}
