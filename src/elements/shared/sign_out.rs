//! Signing out.

use super::{AccountEvent, ElementContext};
use crate::api::ApiError;
use crate::forms::request_error;
use crate::i18n::Message;
use crate::ui::{Actions, Button, Dialog, DialogRef, Part, Status, Text};
use leptos::prelude::*;
use leptos::task::spawn_local;

/// A button that signs out; it asks before it takes away something unsaved of any form of the page.
#[component]
pub fn SignOut() -> impl IntoView {
    let context = ElementContext::current();
    let i18n = context.i18n;
    let error = RwSignal::new(None::<ApiError>);
    let is_sending = RwSignal::new(false);
    let sign_out = UnsyncCallback::new(move |()| {
        let Some(api) = context.api() else {
            return;
        };
        if is_sending.get_untracked() {
            return;
        }
        is_sending.set(true);
        error.set(None);
        spawn_local(async move {
            context.session.run_sign_out_tasks().await;
            let ended = api.logout().await;
            is_sending.set(false);
            match ended {
                Ok(()) => {
                    context.session.end();
                    context.emit(AccountEvent::SignedOut);
                }
                Err(ApiError::Cancelled) => {}
                Err(failed) => {
                    context.emit(AccountEvent::Failed(failed.clone()));
                    error.set(Some(failed));
                }
            }
        });
    });
    let dialog = DialogRef::default();
    let ask = move || {
        if !context.session.has_unsaved() || !dialog.open() {
            sign_out.try_run(());
        }
    };
    let leave = move || {
        dialog.close();
        sign_out.try_run(());
    };
    let words = Signal::derive(move || {
        let error = error.get();
        error.map_or_else(String::new, |error| request_error(i18n, &error))
    });
    view! {
        <div>
            <Button
                text=i18n.text(Message::SIGN_OUT)
                part=Part::SIGN_OUT
                busy=is_sending
                on_click=ask
            />
            <Status part=Part::ERROR alert=true text=words />
            <Dialog title=i18n.text(Message::UNSAVED) dialog=dialog>
                <Text text=i18n.text(Message::UNSAVED_WORDS) />
                <Actions>
                    <Button
                        text=i18n.text(Message::STAY)
                        on_click=move || dialog.close()
                        attr:autofocus=true
                    />
                    <Button text=i18n.text(Message::SIGN_OUT_ANYWAY) on_click=leave />
                </Actions>
            </Dialog>
        </div>
    }
}
