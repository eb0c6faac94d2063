//! Shows the specimens of the elements: for the specimen page, the browser tests and axe.

pub use super::consent::consent_view;
use super::mount::{ElementName, mount_element};
use super::view::MountedView;
use crate::api::{Api, Cancel, Script, Transport};
use crate::elements::shared::{AccountEvent, ElementConfig, Theme};
use crate::elements::specimen::consent::banner;
use crate::elements::specimen::{Specimen, Subject, WithAddressLookup, act};
use crate::i18n::I18n;
use crate::session::SessionHandle;
use crate::ui::Appearance;
use leptos::prelude::*;
use std::cell::Cell;
use std::rc::Rc;
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement};

/// What is shown, until it is dropped.
pub struct Shown {
    _view: Option<(MountedView, Option<SessionHandle>)>,
    banner: Option<Element>,
}

impl Drop for Shown {
    fn drop(&mut self) {
        if let Some(banner) = &self.banner {
            banner.remove();
        }
    }
}

impl Specimen {
    /// Shows the state in `stage` until what is returned is dropped; `None` where that cannot be.
    pub fn show(
        self,
        stage: &Element,
        appearance: Appearance,
        i18n: impl FnOnce() -> I18n + 'static,
    ) -> Option<Shown> {
        let name = match self.subject {
            Subject::Element(name) => ElementName::read(name)?,
            Subject::Banner(mode) => {
                let owner = Owner::new_root(None);
                let language = owner.with(|| i18n().language());
                owner.cleanup();
                let banner = banner(&language, mode)?;
                stage.append_child(&banner).ok()?;
                return Some(Shown {
                    _view: None,
                    banner: Some(banner),
                });
            }
            Subject::Consent(settings) => {
                let stage: HtmlElement = stage.clone().dyn_into().ok()?;
                let view = consent_view(stage, settings(), appearance, i18n, |_| ());
                return Some(Shown {
                    _view: Some((view, None)),
                    banner: None,
                });
            }
        };
        let script = Script::new((self.answers)());
        let is_begun = Cell::new(false);
        let listener = {
            let stage = stage.clone();
            move |event: AccountEvent| {
                if event == AccountEvent::Ready && !is_begun.replace(true) {
                    act(&stage, self.acts);
                }
            }
        };
        show(
            name,
            stage,
            script,
            appearance,
            (self.config)(),
            i18n,
            Rc::new(listener),
            Rc::new(WithAddressLookup(self.address_lookup)),
        )
    }
}

/// Shows an element against `script` until what is returned is dropped; `None` where `stage` is no HTML.
/// `listener` hears what happens.
#[allow(
    clippy::too_many_arguments,
    reason = "what an element works with, each once"
)]
pub fn show(
    name: ElementName,
    stage: &Element,
    script: Script,
    appearance: Appearance,
    config: ElementConfig,
    i18n: impl FnOnce() -> I18n + 'static,
    listener: Rc<dyn Fn(AccountEvent)>,
    theme: Rc<dyn Theme>,
) -> Option<Shown> {
    let session = SessionHandle::shared();
    let api = Api::new(Transport::Scripted(script), Cancel::default(), |_| {
        String::new()
    });
    let stage = stage.clone().dyn_into().ok()?;
    let view = mount_element(
        name,
        stage,
        &session,
        api,
        appearance,
        config,
        i18n,
        listener,
        theme,
        || (),
    );
    Some(Shown {
        _view: Some((view, Some(session))),
        banner: None,
    })
}
