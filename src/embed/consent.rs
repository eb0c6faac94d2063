//! The settings of cookies. The loader asks, keeps and obeys; what is here is the dialog alone.

use super::appearance;
use super::view::MountedView;
use crate::elements::consent::{Consent, ConsentAct, ConsentSettings};
use crate::i18n::I18n;
use crate::ui::{Appearance, Preset};
use js_sys::{Array, Reflect};
use leptos::prelude::*;
use storefront_rules::Category;
use wasm_bindgen::prelude::*;
use web_sys::HtmlElement;

#[wasm_bindgen]
extern "C" {
    /// The loader's side of the settings.
    pub type ConsentHost;

    /// The shopper grants the categories of these names and nothing else.
    #[wasm_bindgen(method)]
    fn decided(this: &ConsentHost, granted: &Array);

    /// The shopper leaves without a decision.
    #[wasm_bindgen(method)]
    fn closed(this: &ConsentHost);
}

/// The settings while they are open. `free()` closes them.
#[wasm_bindgen]
pub struct OpenConsent {
    _view: MountedView,
}

/// Opens the settings of cookies in `stage`.
///
/// `settings` is a plain object: `categories` and `granted`, arrays of names, `gpc`, whether the
/// browser sends Global Privacy Control, `services`, an object with words for each category, `policy`, a URL, `lang`, a BCP 47 tag, `appearance` and `classes` as
/// elements have them. `catalogue` is the
/// object of a locale file, or `undefined` for English.
#[wasm_bindgen(js_name = openConsent)]
#[must_use]
pub fn open_consent(
    host: ConsentHost,
    stage: HtmlElement,
    settings: &JsValue,
    catalogue: JsValue,
) -> OpenConsent {
    let language = text(settings, "lang").unwrap_or_else(|| "en".to_owned());
    let preset = text(settings, "appearance").and_then(|name| Preset::named(&name));
    let appearance = appearance::read(settings, preset.unwrap_or_default());
    let settings = ConsentSettings {
        asked: categories(settings, "categories"),
        granted: categories(settings, "granted"),
        has_gpc: property(settings, "gpc").is_truthy(),
        services: services(&property(settings, "services")),
        policy_url: text(settings, "policy"),
    };
    let i18n = move || I18n::new(language, catalogue);
    let view = consent_view(stage, settings, appearance, i18n, move |act| match act {
        ConsentAct::Decided(granted) => {
            let names = granted.iter().map(|category| category.name());
            host.decided(&names.map(JsValue::from).collect());
        }
        ConsentAct::Closed => host.closed(),
    });
    OpenConsent { _view: view }
}

/// The settings of cookies in `stage`, until what is returned is dropped; `on_act` hears what the shopper
/// does.
pub fn consent_view(
    stage: HtmlElement,
    settings: ConsentSettings,
    appearance: Appearance,
    i18n: impl FnOnce() -> I18n + 'static,
    on_act: impl Fn(ConsentAct) + 'static,
) -> MountedView {
    MountedView::new(stage, move || {
        provide_context(appearance);
        let on_act = UnsyncCallback::new(on_act);
        view! { <Consent i18n=i18n() settings=settings on_act=on_act /> }.into_any()
    })
}

fn property(object: &JsValue, name: &str) -> JsValue {
    Reflect::get(object, &name.into()).unwrap_or_default()
}

fn text(object: &JsValue, name: &str) -> Option<String> {
    property(object, name).as_string()
}

fn services(object: &JsValue) -> Vec<(Category, String)> {
    let all = Category::ASKED.into_iter();
    all.filter_map(|category| Some((category, text(object, category.name())?)))
        .collect()
}

fn categories(object: &JsValue, name: &str) -> Vec<Category> {
    let names = property(object, name);
    let names = names
        .dyn_ref::<Array>()
        .map(Array::to_vec)
        .unwrap_or_default();
    let names = names.iter().filter_map(JsValue::as_string);
    names.filter_map(|name| Category::asked(&name)).collect()
}
