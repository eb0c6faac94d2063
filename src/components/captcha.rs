//! The captcha a store may ask for: loaded, or named with the reason why it is not.

use super::element::{Element, effect, element, styled};
use super::field::error_view;
use super::form::{captcha_id, quiet_button};
use crate::api::Captcha;
use crate::i18n::Message;
use crate::state::{ElementConfig, FormState, Target};
use crate::watched::Watched;
use std::rc::Rc;
use wasm_bindgen::JsCast;
use wasm_bindgen::closure::Closure;
use wasm_bindgen::prelude::wasm_bindgen;
use wasm_bindgen_futures::spawn_local;

/// Where Google serves reCAPTCHA from.
const GOOGLE: &str = "https://www.google.com/recaptcha/api.js";

#[wasm_bindgen(module = "/src/components/captcha.js")]
extern "C" {
    #[wasm_bindgen(catch)]
    async fn render(
        container: &web_sys::Element,
        site_key: &str,
        src: &str,
        language: &str,
        on_token: &wasm_bindgen::JsValue,
    ) -> Result<wasm_bindgen::JsValue, wasm_bindgen::JsValue>;
    fn host(src: &str) -> String;
}

#[derive(Clone, Copy, Default)]
enum Face {
    #[default]
    Loading,
    Ready,
    Failed,
}

/// The captcha of a form. Where it cannot be loaded there are two ways on: try again, or the theme's
/// own form (WCAG 3.3.8).
pub(super) fn captcha_view(
    form: FormState,
    captcha: &Captcha,
    config: &ElementConfig,
    fall_back: Rc<dyn Fn()>,
) -> Element {
    let i18n = form.i18n;
    let frame = element("div");
    let container = frame.node();
    let face = Watched::new(Face::Loading);
    let src = config.captcha_src.clone();
    let src = src.unwrap_or_else(|| GOOGLE.to_owned());
    let host = host(&src);
    let site_key = captcha.site_key.clone();
    let on_token = Closure::<dyn Fn(Option<String>)>::new(move |token: Option<String>| {
        form.set_captcha_token(token.filter(|token| !token.is_empty()));
    });
    let on_token = Watched::new(Some(Rc::new(on_token)));
    let reset = Watched::new(None::<js_sys::Function>);
    let load = Rc::new(move || {
        let (container, src, site_key) = (container.clone(), src.clone(), site_key.clone());
        face.set(Face::Loading);
        spawn_local(async move {
            let Some(on_token) = on_token.get_untracked() else {
                return;
            };
            let language = i18n.language();
            let outcome = render(
                &container,
                &site_key,
                &src,
                &language,
                on_token.as_ref().as_ref(),
            )
            .await;
            face.set(match outcome {
                Ok(function) => {
                    reset.set(function.dyn_into().ok());
                    Face::Ready
                }
                Err(_) => Face::Failed,
            });
        });
    });
    load();
    // An answer counts once; after it was sent the store wants a new one.
    effect(move || {
        if form.captcha_token().is_none() {
            reset.with_untracked(|reset| {
                if let Some(reset) = reset {
                    // The captcha's own failure shows in its own frame.
                    let _ = reset.call0(&wasm_bindgen::JsValue::UNDEFINED);
                }
            });
        }
    });
    let state = element("div").content_with(move || match face.get() {
        Face::Ready => Vec::new(),
        Face::Loading => vec![element("p").text(&i18n.text(Message::CAPTCHA_LOADING))],
        Face::Failed => {
            let words = i18n.format(Message::CAPTCHA_FAILED, &[("value", &host)]);
            let (load, fall_back) = (load.clone(), fall_back.clone());
            let error = styled("p", "account-field__error").attr("role", "alert");
            vec![
                error.text(&words),
                quiet_button(form, Message::RETRY).on("click", move |_| load()),
                quiet_button(form, Message::USE_STORE_FORM).on("click", move |_| fall_back()),
            ]
        }
    });
    let title_id = form.id("captcha-title");
    let problem = move || {
        let problem = form.problem(Target::Captcha);
        problem.map(|problem| form.words(&problem, ""))
    };
    styled("div", "account-field account-captcha")
        .attr("id", &captcha_id(form))
        .attr("role", "group")
        .attr("tabindex", "-1")
        .attr("aria-labelledby", &title_id)
        .child(
            styled("p", "account-field__label")
                .attr("id", &title_id)
                .text(&i18n.text(Message::CAPTCHA)),
        )
        .child(error_view(form, &form.id("captcha-error"), problem))
        .child(frame)
        .child(state)
}
