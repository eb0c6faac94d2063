//! The captcha a store may ask for: loaded, or named with the reason why it is not.

use super::{ErrorTarget, Form};
use crate::i18n::Message;
use crate::ui::{Button, ButtonVariant, ErrorMessage, Part, Status, classes, remade};
use leptos::html;
use leptos::prelude::*;
use leptos::task::spawn_local;
use std::rc::Rc;
use wasm_bindgen::closure::Closure;
use wasm_bindgen::prelude::wasm_bindgen;
use wasm_bindgen::{JsCast, JsValue};

/// Where Google serves reCAPTCHA from.
const GOOGLE: &str = "https://www.google.com/recaptcha/api.js";

#[wasm_bindgen(module = "/src/forms/captcha.js")]
extern "C" {
    #[wasm_bindgen(catch)]
    async fn render(
        container: &web_sys::Element,
        site_key: &str,
        src: &str,
        language: &str,
        on_token: &JsValue,
    ) -> Result<JsValue, JsValue>;
    fn host(src: &str) -> String;
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Loading {
    Pending,
    Ready,
    Failed,
}

/// The widget of reCAPTCHA in its container.
#[derive(Clone, Copy)]
struct Widget {
    form: Form,
    container: NodeRef<html::Div>,
    status: RwSignal<Loading>,
    /// What reCAPTCHA gives a token to, or nothing when that has expired.
    on_token: StoredValue<Rc<OnToken>, LocalStorage>,
    /// Has it ask anew.
    reset: StoredValue<Option<js_sys::Function>, LocalStorage>,
}

type OnToken = Closure<dyn Fn(Option<String>)>;

impl Widget {
    fn new(form: Form) -> Self {
        let on_token = OnToken::new(move |token: Option<String>| {
            form.set_captcha_token(token.filter(|token| !token.is_empty()));
        });
        Self {
            form,
            container: NodeRef::new(),
            status: RwSignal::new(Loading::Pending),
            on_token: StoredValue::new_local(Rc::new(on_token)),
            reset: StoredValue::new_local(None),
        }
    }

    /// Loads the script `src` and renders the widget of `site_key`.
    fn load(self, src: String, site_key: String) {
        self.status.set(Loading::Pending);
        let Some(container) = self.container.get_untracked() else {
            return;
        };
        let language = self.form.i18n.language();
        spawn_local(async move {
            let Some(on_token) = self.on_token.try_get_value() else {
                return;
            };
            let on_token = on_token.as_ref().as_ref();
            match render(&container, &site_key, &src, &language, on_token).await {
                Ok(function) => {
                    self.reset.set_value(function.dyn_into().ok());
                    self.status.set(Loading::Ready);
                }
                Err(_) => self.status.set(Loading::Failed),
            }
        });
    }

    fn reset(self) {
        if let Some(reset) = self.reset.try_get_value().flatten() {
            // The captcha's own failure shows in its own frame.
            let _ = reset.call0(&JsValue::UNDEFINED);
        }
    }
}

/// The captcha of a form, where the store asks for one. Where it cannot be loaded there are two ways on:
/// try again, or the theme's own form (WCAG 3.3.8).
#[component]
pub fn CaptchaField(
    /// The form.
    form: Form,
) -> impl IntoView {
    let captcha = form.with_definition(|definition| definition.captcha.clone())?;
    let i18n = form.i18n;
    let src = form.events().and_then(|events| events.captcha_src);
    let src = src.unwrap_or_else(|| GOOGLE.to_owned());
    let failed = i18n.format(Message::CAPTCHA_FAILED, &[("value", &host(&src))]);
    let widget = Widget::new(form);
    let load = UnsyncCallback::new(move |()| widget.load(src.clone(), captcha.site_key.clone()));
    widget.container.on_load(move |_| {
        load.try_run(());
    });
    // A token counts once; after it was sent the store wants a new one.
    Effect::new(move |_| {
        if form.captcha_token().is_none() {
            widget.reset();
        }
    });
    let content = remade(move || match widget.status.get() {
        Loading::Ready => None,
        Loading::Pending => {
            let loading = i18n.text(Message::CAPTCHA_LOADING);
            Some(view! { <Status text=loading /> }.into_any())
        }
        Loading::Failed => {
            let failed = failed.clone();
            let view = view! {
                <Status text=failed part=Part::ERROR alert=true />
                <Button
                    text=i18n.text(Message::RETRY)
                    variant=ButtonVariant::Plain
                    on_click=load
                />
                <Button
                    text=i18n.text(Message::USE_STORE_FORM)
                    variant=ButtonVariant::Plain
                    on_click=move || form.use_store_form()
                />
            };
            Some(view.into_any())
        }
    });
    let error = Signal::derive(move || {
        let error = form.error(ErrorTarget::Captcha)?;
        Some(form.message(&error, None))
    });
    let title_id = form.id("captcha-title");
    let view = view! {
        <div
            class=classes(&[Part::FIELD, Part::CAPTCHA])
            id=form.id("captcha")
            role="group"
            tabindex="-1"
            aria-labelledby=form.id("captcha-title")
        >
            <p class=Part::LABEL.class() id=title_id>
                {i18n.text(Message::CAPTCHA)}
            </p>
            <ErrorMessage
                id=form.id("captcha-error")
                prefix=i18n.text(Message::ERROR_PREFIX)
                error=error
            />
            <div node_ref=widget.container></div>
            <div>{content}</div>
        </div>
    };
    Some(view)
}
