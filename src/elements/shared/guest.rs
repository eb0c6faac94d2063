//! Ways on for who is in the wrong place.

use super::ElementContext;
use crate::i18n::Message;
use crate::ui::{Actions, Link, LinkVariant, Text};
use leptos::prelude::*;

/// What a guest is told where there is something for customers alone.
#[component]
pub fn GuestNotice(
    /// What they are told.
    text: Message,
) -> impl IntoView {
    let context = ElementContext::current();
    let (i18n, config) = (context.i18n, context.config());
    let (sign_in_url, sign_up_url) = (config.sign_in_url.clone(), config.sign_up_url.clone());
    view! {
        <div>
            <Text text=i18n.text(text) />
            <Actions>
                <Link
                    href=sign_in_url
                    text=i18n.text(Message::SIGN_IN)
                    variant=LinkVariant::Button
                />
                <Link href=sign_up_url text=i18n.text(Message::SIGN_UP_INSTEAD) />
            </Actions>
        </div>
    }
}

/// The way on to where the theme wants a shopper to be, if it does.
#[component]
pub fn ContinueLink() -> impl IntoView {
    let context = ElementContext::current();
    let href = context.config().return_to.clone()?;
    let text = context.i18n.text(Message::CONTINUE);
    Some(view! { <Link href=href text=text variant=LinkVariant::Button /> })
}
