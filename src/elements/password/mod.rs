//! `<account-password>`: changing it, choosing a new one by an emailed link, asking for that link.

pub mod messages;
mod state;

use super::shared::{
    ElementContext, Resource, SignIn, SignInAgain, SignInForm, resource, resume_after_sign_in,
};
use crate::api::{Api, Captcha, ResetLink, SessionInfo};
use crate::forms::{FormFields, FormView};
use crate::i18n::Message;
use crate::session::Audience;
use crate::ui::{
    Actions, Button, HiddenUsername, Link, LinkVariant, Part, Text, Title, TitleTag, remade,
};
use leptos::prelude::*;
use state::PasswordStep;
use storefront_rules::PasswordRules;

/// The whole element.
#[component]
pub fn Password() -> impl IntoView {
    let context = ElementContext::current();
    // Held here: a link that was used is used, whoever signs in or out meanwhile.
    let step = RwSignal::new(PasswordStep::Open);
    let view = move |_: Option<i32>, info: SessionInfo| {
        let SessionInfo {
            customer,
            passwords,
            captcha,
        } = info;
        match (context.config().reset_link.clone(), customer) {
            // Who came by a link wants what it is for, whoever is signed in.
            (Some(link), _) => {
                view! { <Reset passwords=passwords link=link captcha=captcha step=step /> }
                    .into_any()
            }
            (None, Some((customer, email))) => view! {
                <ChangePassword
                    customer=customer
                    email=email
                    passwords=passwords
                    captcha=captcha
                />
            }
            .into_any(),
            (None, None) => {
                let sign_in = SignIn::forgotten(context, captcha);
                view! { <SignInForm sign_in=sign_in /> }.into_any()
            }
        }
    };
    let ask = |api: Api| async move { api.session_info().await };
    let customer = |info: &SessionInfo| info.customer.as_ref().map(|(id, _)| *id);
    let loader = resource(context, ask, customer, view);
    view! { <Resource part=Part::PASSWORD_ELEMENT audience=Audience::Customer loader=loader /> }
}

/// The present password and a new one.
#[component]
pub fn ChangePassword(
    /// The customer's id.
    customer: i32,
    /// The email address that the customer signs in with.
    #[prop(into)]
    email: Signal<String>,
    /// The store's rules for passwords.
    passwords: PasswordRules,
    /// The captcha that the store asks for.
    captcha: Option<Captcha>,
) -> impl IntoView {
    let context = ElementContext::current();
    let i18n = context.i18n;
    let step = RwSignal::new(PasswordStep::Open);
    let is_interrupted = RwSignal::new(false);
    let content = remade(move || {
        let is_changed = step.get() == PasswordStep::Changed;
        // A form made anew forgets both passwords and lets managers see that they were taken.
        let done = is_changed.then(|| {
            let text = i18n.text(Message::PASSWORD_CHANGED);
            view! { <Title text=text tag=TitleTag::P focus=true /> }
        });
        let form = state::change_form(context, passwords.clone(), step);
        Effect::new(move |_| is_interrupted.set(form.is_interrupted()));
        resume_after_sign_in(context, form, customer);
        let view = view! {
            {done}
            <FormView
                form=form
                submit=Message::PASSWORD_SUBMIT
                sending=Message::SAVING
                slots=true
            >
                <HiddenUsername value=email />
                <FormFields form=form />
            </FormView>
        };
        Some(view.into_any())
    });
    view! {
        <div>
            <SignInAgain email=email captcha=captcha is_interrupted=is_interrupted />
            <div>{content}</div>
        </div>
    }
}

/// A new password by an emailed link; another link where this one does not count.
#[component]
fn Reset(
    passwords: PasswordRules,
    link: ResetLink,
    captcha: Option<Captcha>,
    step: RwSignal<PasswordStep>,
) -> impl IntoView {
    let context = ElementContext::current();
    let i18n = context.i18n;
    let asks_again = RwSignal::new(false);
    let is_changed = Memo::new(move |_| step.get() == PasswordStep::Changed);
    let captcha = StoredValue::new_local(captcha);
    let given = StoredValue::new_local((passwords, link));
    let content = remade(move || {
        if asks_again.get() {
            let sign_in = SignIn::forgotten(context, captcha.try_get_value().flatten());
            return Some(view! { <SignInForm sign_in=sign_in /> }.into_any());
        }
        if is_changed.get() {
            let href = context.config().sign_in_url.clone();
            let view = view! {
                <Title text=i18n.text(Message::PASSWORD_CHANGED) focus=true />
                <Text text=i18n.text(Message::PASSWORD_CHANGED_SIGN_IN) />
                <Link
                    href=href
                    text=i18n.text(Message::SIGN_IN)
                    variant=LinkVariant::Button
                />
            };
            return Some(view.into_any());
        }
        let (passwords, link) = given.try_get_value()?;
        let form = state::reset_form(context, passwords, link, step);
        let is_link_good = Signal::derive(move || step.get() != PasswordStep::LinkRefused);
        let new_link = view! {
            <Actions hidden=is_link_good>
                <Button
                    text=i18n.text(Message::NEW_LINK)
                    on_click=move || asks_again.set(true)
                />
            </Actions>
        };
        let view = view! {
            <FormView
                form=form
                submit=Message::PASSWORD_SUBMIT
                sending=Message::SAVING
                after=new_link.into_any()
                slots=true
            >
                <FormFields form=form />
            </FormView>
        };
        Some(view.into_any())
    });
    view! { <div>{content}</div> }
}
