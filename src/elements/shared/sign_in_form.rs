//! The form that signs in, wherever a shopper must sign in to go on.

use super::{ElementContext, Email, SignIn, SignInStep};
use crate::api::{ApiError, Captcha};
use crate::forms::{ErrorTarget, FormError, FormFields, FormView, Section};
use crate::i18n::Message;
use crate::session::AuthState;
use crate::ui::{
    Actions, Button, ButtonVariant, FieldLink, Link, Notice, Text, Title, dom, remade,
};
use leptos::ev::MouseEvent;
use leptos::html;
use leptos::prelude::*;
use storefront_rules::BuiltIn;
use wasm_bindgen::JsCast;

/// The step of `sign_in` that the shopper has come to.
#[component]
pub fn SignInForm(
    /// Signing in under way.
    sign_in: SignIn,
    /// Whether its first control takes the focus.
    #[prop(optional)]
    focus: bool,
) -> impl IntoView {
    let node_ref = NodeRef::<html::Div>::new();
    let is_first = StoredValue::new(!focus);
    let content = remade(move || {
        let step = sign_in.step();
        // At first nobody asked to be here.
        let focus = is_first.try_get_value() == Some(false);
        is_first.set_value(false);
        Some(match step {
            SignInStep::Credentials => {
                if focus && let Some(node) = node_ref.try_get_untracked().flatten() {
                    dom::focus_first_later(node.unchecked_into());
                }
                view! { <Credentials sign_in=sign_in /> }.into_any()
            }
            SignInStep::Ask(email) => {
                view! { <AskForEmail sign_in=sign_in email=email focus=focus /> }.into_any()
            }
            SignInStep::Sent(email) => {
                view! { <EmailSent sign_in=sign_in email=email focus=focus /> }.into_any()
            }
        })
    });
    if focus {
        node_ref.on_load(|node| dom::focus_first_later(node.unchecked_into()));
    }
    view! { <div node_ref=node_ref>{content}</div> }
}

/// Email address and password, and the ways on for those who lack one.
#[component]
fn Credentials(sign_in: SignIn) -> impl IntoView {
    let context = ElementContext::current();
    let (i18n, config) = (context.i18n, context.config());
    let form = sign_in.credentials_form();
    // A password that did not count is typed anew (GOV.UK, password input).
    Effect::new(move |_| {
        let refused = FormError::Request(ApiError::InvalidCredentials);
        if form.error(ErrorTarget::Form) == Some(refused) {
            form.put(BuiltIn::CurrentPassword.id(), &Vec::new());
        }
    });
    let go = move |email: Email| {
        let typed = form.text_in(Section::SignIn, BuiltIn::EmailAddress);
        sign_in.go(SignInStep::Ask(email), typed);
    };
    let link = config.is_passwordless.then(|| {
        view! {
            <Button
                text=i18n.text(Message::SIGN_IN_LINK_WANTED)
                on_click=move || go(Email::SignInLink)
            />
        }
    });
    let sign_up_url = config.sign_up_url.clone();
    let forgotten = FieldLink {
        text: i18n.text(Message::PASSWORD_FORGOTTEN),
        // The way to the store's own page is there for a new tab, and where no script runs.
        href: config.reset_url.clone(),
        on_click: UnsyncCallback::from(move |event: MouseEvent| {
            event.prevent_default();
            go(Email::Reset);
        }),
    };
    let sign_up = sign_in.offers_sign_up().then(|| {
        let (offer, text) = (
            i18n.text(Message::NEW_CUSTOMER),
            i18n.text(Message::SIGN_UP_INSTEAD),
        );
        view! {
            <span>
                {offer}
                " "
                <Link href=sign_up_url text=text />
            </span>
        }
    });
    view! {
        <div>
            <FormView
                form=form
                submit=Message::SIGN_IN
                sending=Message::SIGNING_IN
                slots=sign_in.offers_sign_up()
            >
                <FormFields form=form password_link=forgotten />
            </FormView>
            <Actions>
                {link}
                {sign_up}
            </Actions>
        </div>
    }
}

/// Where the email goes to.
#[component]
fn AskForEmail(sign_in: SignIn, email: Email, focus: bool) -> impl IntoView {
    let i18n = ElementContext::current().i18n;
    let (heading, words, submit) = match email {
        Email::Reset => (
            Message::RESET_TITLE,
            Message::RESET_WORDS,
            Message::RESET_SUBMIT,
        ),
        Email::ForcedReset => (
            Message::FORCED_RESET_TITLE,
            Message::FORCED_RESET_WORDS,
            Message::RESET_SUBMIT,
        ),
        Email::SignInLink => (
            Message::SIGN_IN_LINK_TITLE,
            Message::SIGN_IN_LINK_WORDS,
            Message::SIGN_IN_LINK_SUBMIT,
        ),
    };
    let form = sign_in.email_form(email);
    view! {
        <Title text=i18n.text(heading) focus=focus />
        <div>
            <FormView form=form submit=submit sending=Message::SENDING>
                <Text text=i18n.text(words) />
                <FormFields form=form />
            </FormView>
            <Actions>
                <Button
                    text=i18n.text(Message::BACK_TO_SIGN_IN)
                    variant=ButtonVariant::Plain
                    on_click=move || sign_in.go(SignInStep::Credentials, sign_in.email())
                />
            </Actions>
        </div>
    }
}

/// The email is on its way, if the address has an account: more is not said to anybody.
#[component]
fn EmailSent(sign_in: SignIn, email: Email, focus: bool) -> impl IntoView {
    let i18n = ElementContext::current().i18n;
    let words = match email {
        Email::Reset | Email::ForcedReset => Message::RESET_SENT,
        Email::SignInLink => Message::SIGN_IN_LINK_SENT,
    };
    let words = i18n.format(words, &[("value", &sign_in.email())]);
    let button = move |text: Message, step: SignInStep| {
        view! {
            <Button
                text=i18n.text(text)
                variant=ButtonVariant::Plain
                on_click=move || sign_in.go(step, sign_in.email())
            />
        }
    };
    view! {
        <Title text=i18n.text(Message::MAIL_SENT) focus=focus />
        <div>
            <Text text=words />
            <Text text=i18n.text(Message::MAIL_MISSING) />
            <Actions>
                {button(Message::SEND_AGAIN, SignInStep::Ask(email))}
                {button(Message::BACK_TO_SIGN_IN, SignInStep::Credentials)}
            </Actions>
        </div>
    }
}

/// While the session of the customer with this email address has ended under them: the way to go on. It
/// takes the focus when `is_interrupted`, which is when something was about to be sent.
#[component]
pub fn SignInAgain(
    /// The email address that the customer signs in with.
    email: Signal<String>,
    /// The captcha that the store asks for.
    captcha: Option<Captcha>,
    /// Whether something waits to be sent.
    #[prop(into)]
    is_interrupted: Signal<bool>,
) -> impl IntoView {
    let context = ElementContext::current();
    let i18n = context.i18n;
    let is_expired = Memo::new(move |_| matches!(context.session.auth(), AuthState::Expired(_)));
    let was_expired = StoredValue::new(false);
    let captcha = StoredValue::new_local(captcha);
    let node_ref = NodeRef::<html::Div>::new();
    let content = remade(move || {
        if !is_expired.get() {
            if was_expired.try_get_value() == Some(true) {
                was_expired.set_value(false);
                if let Some(node) = node_ref.try_get_untracked().flatten() {
                    dom::focus_submit_later(node.unchecked_into());
                }
            }
            return None;
        }
        was_expired.set_value(true);
        let sign_in = SignIn::new(context, captcha.try_get_value().flatten(), true);
        sign_in.go(SignInStep::Credentials, email.get_untracked());
        let focus = is_interrupted.get_untracked();
        let notice = view! {
            <Notice>
                <Title text=i18n.text(Message::SESSION_ENDED) focus=focus />
                <Text text=i18n.text(Message::SESSION_ENDED_WORDS) />
                <SignInForm sign_in=sign_in />
            </Notice>
        };
        Some(notice.into_any())
    });
    view! { <div node_ref=node_ref>{content}</div> }
}
