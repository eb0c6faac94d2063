//! `<account-newsletter>`: the newsletter and reminders of a left cart, each on and off with one
//! click, for a customer or by email address.

pub mod messages;
mod state;

use super::shared::{
    ElementContext, Mailing, PrivacyPolicy, Resource, SubscriptionChange, resource,
};
use crate::api::{Api, Mailings};
use crate::forms::{Form, FormFields, FormView};
use crate::i18n::{I18n, Message};
use crate::session::Audience;
use crate::ui::{Actions, Button, Part, Status, Switch, Text, Title, TitleTag, remade};
use leptos::prelude::*;
use state::NewsletterState;

/// The whole element.
#[component]
pub fn Newsletter() -> impl IntoView {
    let context = ElementContext::current();
    let view = |_: Option<i32>, mailings: Mailings| {
        let email = mailings.customer.map(|(_, email)| Signal::stored(email));
        view! {
            <Subscriptions
                is_subscribed=mailings.is_subscribed
                customer_email=email
                policy_url=mailings.policy_url
            />
        }
        .into_any()
    };
    let ask = |api: Api| async move { api.mailings().await };
    let customer = |mailings: &Mailings| mailings.customer.as_ref().map(|(id, _)| *id);
    let loader = resource(context, ask, customer, view);
    view! { <Resource part=Part::NEWSLETTER audience=Audience::Customer loader=loader /> }
}

/// The choices of a customer, or of a guest, who is asked for an email address.
#[component]
pub fn Subscriptions(
    /// Whether the customer has the newsletter, as far as is known.
    is_subscribed: bool,
    /// The email address of the customer; none of a guest.
    customer_email: Option<Signal<String>>,
    /// Where the privacy policy stands.
    policy_url: Option<String>,
) -> impl IntoView {
    let context = ElementContext::current();
    let i18n = context.i18n;
    let state = NewsletterState::new(context, is_subscribed, customer_email);
    let form = if state.customer_email().is_some() {
        view! { <SubscriptionSwitches state=state /> }.into_any()
    } else {
        let form = remade(move || {
            let done = state.done().map(|change| {
                let text = done_text(i18n, state, change);
                view! { <Title text=text tag=TitleTag::P focus=true /> }
            });
            let view = view! {
                {done}
                <SubscriptionForm state=state />
            };
            Some(view.into_any())
        });
        view! { <div>{form}</div> }.into_any()
    };
    view! {
        <div>
            {form}
            <PrivacyPolicy i18n=i18n href=policy_url />
        </div>
    }
}

fn done_text(i18n: I18n, state: NewsletterState, change: SubscriptionChange) -> String {
    let message = match (change.mailing, change.is_wanted) {
        (Mailing::Newsletter, true) => Message::SUBSCRIBED,
        (Mailing::Newsletter, false) => Message::UNSUBSCRIBED,
        (Mailing::CartReminders, true) => Message::CART_REMINDERS_ARE_ON,
        (Mailing::CartReminders, false) => Message::CART_REMINDERS_ARE_OFF,
    };
    i18n.format(message, &[("value", &state.email())])
}

const fn change(mailing: Mailing, is_wanted: bool) -> SubscriptionChange {
    SubscriptionChange { mailing, is_wanted }
}

/// What a customer is mailed: a switch for the newsletter. The store does not tell whether they get reminders, so
/// for these there is a button for each way.
#[component]
fn SubscriptionSwitches(state: NewsletterState) -> impl IntoView {
    let i18n = ElementContext::current().i18n;
    let form = state.form(change(Mailing::Newsletter, true));
    let turn = move |is_wanted: bool| {
        state.want(change(Mailing::Newsletter, is_wanted));
        form.submit();
    };
    let done = Signal::derive(move || {
        let done = state
            .done()
            .filter(|_| !form.is_sending() && !form.has_errors());
        done.map(|change| done_text(i18n, state, change))
            .unwrap_or_default()
    });
    view! {
        <FormView form=form sending=Message::SAVING>
            <Switch
                name="newsletter"
                label=i18n.text(Message::NEWSLETTER_VIEW)
                about=i18n.format(Message::NEWSLETTER_WORDS, &[("value", &state.email())])
                is_on=Some(state.is_subscribed())
                on=i18n.text(Message::SWITCH_ON)
                off=i18n.text(Message::SWITCH_OFF)
                busy=Signal::derive(move || form.is_sending())
                on_change=turn
            />
            <Reminders state=state form=form />
            <Status part=Part::STATUS text=done />
        </FormView>
    }
}

/// What a guest is mailed at the address that they give. Their state is nobody's to tell: both ways stand open.
#[component]
fn SubscriptionForm(state: NewsletterState) -> impl IntoView {
    let subscribe = change(Mailing::Newsletter, true);
    let form = state.form(subscribe);
    let after = view! {
        <Actions>
            <ChangeButton
                state=state
                form=form
                text=Message::UNSUBSCRIBE
                change=change(Mailing::Newsletter, false)
            />
        </Actions>
        <Reminders state=state form=form />
    };
    view! {
        <FormView
            form=form
            submit=Message::SUBSCRIBE
            sending=Message::SAVING
            // A retry is of what failed; the form's own button means what it says.
            on_submit_click=move || state.want(subscribe)
            after=after.into_any()
            slots=true
        >
            <FormFields form=form />
        </FormView>
    }
}

/// Reminders of a left cart, unless the theme leaves them out.
#[component]
fn Reminders(state: NewsletterState, form: Form) -> impl IntoView {
    let context = ElementContext::current();
    let i18n = context.i18n;
    (!context.config().without_reminders).then(|| {
        let label = i18n.text(Message::CART_REMINDERS);
        view! {
            <Text text=i18n.text(Message::CART_REMINDERS_WORDS) />
            <Actions label=label>
                <ChangeButton
                    state=state
                    form=form
                    text=Message::CART_REMINDERS_ON
                    change=change(Mailing::CartReminders, true)
                />
                <ChangeButton
                    state=state
                    form=form
                    text=Message::CART_REMINDERS_OFF
                    change=change(Mailing::CartReminders, false)
                />
            </Actions>
        }
    })
}

/// A button that sends the form for another change than its own.
#[component]
fn ChangeButton(
    state: NewsletterState,
    form: Form,
    text: Message,
    change: SubscriptionChange,
) -> impl IntoView {
    let send = move || {
        state.want(change);
        form.submit();
    };
    view! { <Button text=form.i18n.text(text) on_click=send /> }
}
