//! `<account-newsletter>`: the newsletter and reminders of a left cart, each on and off with one
//! click, for a customer or by email address.

pub mod messages;
mod state;

use super::shared::{ElementContext, Mailing, Resource, SubscriptionChange, resource};
use crate::api::{Api, Mailings};
use crate::forms::{Form, FormFields, FormView};
use crate::i18n::Message;
use crate::session::Audience;
use crate::ui::{Actions, Button, Link, Part, Text, Title, TitleTag, remade};
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
    let policy = policy_url.map(|url| {
        let text = i18n.text(Message::PRIVACY_POLICY);
        view! {
            <p class=Part::TEXT.class()>
                <Link href=url text=text />
            </p>
        }
    });
    let content = remade(move || {
        let done = state.done().map(|change| {
            let text = i18n.format(done_message(change), &[("value", &state.email())]);
            view! { <Title text=text tag=TitleTag::P focus=true /> }
        });
        let view = view! {
            {done}
            <SubscriptionForm state=state />
        };
        Some(view.into_any())
    });
    view! {
        <div>
            <div>{content}</div>
            {policy}
        </div>
    }
}

const fn done_message(change: SubscriptionChange) -> Message {
    match (change.mailing, change.is_wanted) {
        (Mailing::Newsletter, true) => Message::SUBSCRIBED,
        (Mailing::Newsletter, false) => Message::UNSUBSCRIBED,
        (Mailing::CartReminders, true) => Message::CART_REMINDERS_ARE_ON,
        (Mailing::CartReminders, false) => Message::CART_REMINDERS_ARE_OFF,
    }
}

#[component]
fn SubscriptionForm(state: NewsletterState) -> impl IntoView {
    let context = ElementContext::current();
    let i18n = context.i18n;
    let change = |mailing, is_wanted| SubscriptionChange { mailing, is_wanted };
    let customer = state.customer_email();
    // A guest's state is nobody's to tell: both ways stand open.
    let leads_out = customer.is_some() && state.is_subscribed();
    let first = change(Mailing::Newsletter, !leads_out);
    let form = state.form(first);
    let submit = if leads_out {
        Message::UNSUBSCRIBE
    } else {
        Message::SUBSCRIBE
    };
    let present = customer.map(|_| {
        let message = if leads_out {
            Message::NEWSLETTER_IS_ON
        } else {
            Message::NEWSLETTER_IS_OFF
        };
        view! { <Text text=i18n.format(message, &[("value", &state.email())]) /> }
    });
    let unsubscribe = customer.is_none().then(|| {
        view! {
            <Actions>
                <ChangeButton
                    state=state
                    form=form
                    text=Message::UNSUBSCRIBE
                    change=change(Mailing::Newsletter, false)
                />
            </Actions>
        }
    });
    let reminders = (!context.config().without_reminders).then(|| {
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
    });
    let after = view! {
        {unsubscribe}
        {reminders}
    };
    view! {
        <FormView
            form=form
            submit=submit
            sending=Message::SAVING
            // A retry is of what failed; the form's own button means what it says.
            on_submit_click=move || state.want(first)
            after=after.into_any()
        >
            {present}
            <FormFields form=form />
        </FormView>
    }
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
