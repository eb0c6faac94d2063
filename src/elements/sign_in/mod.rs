//! `<account-sign-in>`.

pub mod messages;

use super::shared::{
    AccountEvent, ContinueLink, ElementContext, Resource, SignIn as SignInState, SignInForm,
    SignOut, resource,
};
use crate::api::{Api, SessionInfo};
use crate::i18n::Message;
use crate::session::Audience;
use crate::ui::{Part, Title};
use leptos::prelude::*;

/// The whole element.
#[component]
pub fn SignIn() -> impl IntoView {
    let (context, announcement) = announcing(ElementContext::current());
    provide_context(context);
    let view = move |customer: Option<i32>, info: SessionInfo| {
        let focus = announcement.try_get_value().unwrap_or_default();
        announcement.set_value(false);
        if customer.is_some() {
            return view! { <Welcome focus=focus /> }.into_any();
        }
        let sign_in = SignInState::new(context, info.captcha, false);
        view! { <SignInForm sign_in=sign_in focus=focus /> }.into_any()
    };
    let ask = |api: Api| async move { api.session_info().await };
    let customer = |info: &SessionInfo| info.customer.as_ref().map(|(id, _)| *id);
    let loader = resource(context, ask, customer, view);
    view! { <Resource part=Part::SIGN_IN audience=Audience::Everybody loader=loader /> }
}

/// A context that notes when the shopper signs in or out by it: what is shown next takes the focus.
/// What happens in another tab or element takes nobody's focus away.
pub(super) fn announcing(context: ElementContext) -> (ElementContext, StoredValue<bool>) {
    let announcement = StoredValue::new(false);
    let announcing = context.with_listener(move |event| {
        if matches!(
            event,
            AccountEvent::SignedIn { .. } | AccountEvent::SignedOut
        ) {
            announcement.set_value(true);
        }
        context.emit(event);
    });
    (announcing, announcement)
}

/// A customer is signed in: the ways on.
#[component]
fn Welcome(focus: bool) -> impl IntoView {
    let i18n = ElementContext::current().i18n;
    view! {
        <div>
            <Title text=i18n.text(Message::SIGNED_IN) focus=focus />
            <ContinueLink />
            <SignOut />
        </div>
    }
}
