//! The specimen page: the state that the address names, with links to all the others.
//!
//! `?element=profile&state=errors&lang=ar&dir=rtl&scheme=dark&appearance=bootstrap`

use std::cell::RefCell;
use storefront_account::elements::specimen::{LOCALES, Specimen};
use storefront_account::embed::specimen::Shown;
use storefront_account::i18n::I18n;
use storefront_account::ui::{Appearance, Preset};
use wasm_bindgen::JsValue;
use web_sys::{Document, Element, UrlSearchParams};

thread_local! {
    /// What is shown, for as long as the page is open.
    static SHOWN: RefCell<Option<Shown>> = const { RefCell::new(None) };
}

fn main() {
    // Without a page there is nothing to show, and nobody to tell.
    let _ = show();
}

fn show() -> Option<()> {
    let window = web_sys::window()?;
    let document = window.document()?;
    let address = UrlSearchParams::new_with_str(&window.location().search().ok()?).ok()?;
    let language = address.get("lang").unwrap_or_else(|| "en".to_owned());
    let root = document.document_element()?;
    root.set_attribute("lang", &language).ok()?;
    let direction = address.get("dir").unwrap_or_else(|| "ltr".to_owned());
    root.set_attribute("dir", &direction).ok()?;
    root.set_attribute("data-scheme", &address.get("scheme").unwrap_or_default())
        .ok()?;
    let named = |specimen: &Specimen| {
        address.get("state").as_deref() == Some(specimen.name)
            && address
                .get("element")
                .unwrap_or_else(|| "sign-up".to_owned())
                == specimen.element()
    };
    let first = |specimen: &Specimen| specimen.name == "empty";
    let specimen = Specimen::all()
        .find(named)
        .or_else(|| Specimen::all().find(first))?;
    // By which a test knows that the state has come about.
    root.set_attribute("data-sign", specimen.sign).ok()?;
    let title = document.get_element_by_id("title")?;
    title.set_text_content(Some(&format!("account-{}", specimen.element())));
    link_states(&document, &address, specimen)?;
    let catalogue = LOCALES
        .iter()
        .find(|(locale, _)| *locale == language)
        .and_then(|(_, text)| js_sys::JSON::parse(text).ok())
        .unwrap_or(JsValue::UNDEFINED);
    let preset = address
        .get("appearance")
        .and_then(|name| Preset::named(&name));
    let appearance = Appearance::new(preset.unwrap_or_default(), Vec::new());
    let stage: Element = document.get_element_by_id("stage")?;
    let shown = specimen.show(&stage, appearance, move || I18n::new(language, catalogue))?;
    SHOWN.set(Some(shown));
    Some(())
}

/// A link to each state of each element, the one that is shown marked.
fn link_states(document: &Document, address: &UrlSearchParams, now: Specimen) -> Option<()> {
    let list = document.get_element_by_id("states")?;
    for specimen in Specimen::all() {
        address.set("element", specimen.element());
        address.set("state", specimen.name);
        let link = document.create_element("a").ok()?;
        link.set_attribute("href", &format!("?{}", address.to_string().as_string()?))
            .ok()?;
        let name = format!("{}: {}", specimen.element(), specimen.name);
        link.set_text_content(Some(&name));
        if (specimen.element(), specimen.name) == (now.element(), now.name) {
            link.set_attribute("aria-current", "page").ok()?;
        }
        let item = document.create_element("li").ok()?;
        item.append_child(&link).ok()?;
        list.append_child(&item).ok()?;
    }
    Some(())
}
