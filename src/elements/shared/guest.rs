//! Ways on for who is in the wrong place.

use super::ElementContext;
use crate::i18n::Message;
use crate::ui::{Link, LinkVariant};
use leptos::prelude::*;

/// What a guest is told where there is something for customers alone.
#[component]
pub fn GuestNotice(
    /// What they are told.
    text: Message,
) -> impl IntoView {
    let context = ElementContext::current();
    let (i18n, config) = (context.i18n, context.config());
    view! {
        <div>
            <p>{i18n.text(text)}</p>
            <Link
                href=config.sign_in_url.clone()
                text=i18n.text(Message::SIGN_IN)
                variant=LinkVariant::Button
            />
            <p>
                <Link
                    href=config.sign_up_url.clone()
                    text=i18n.text(Message::SIGN_UP_INSTEAD)
                />
            </p>
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
