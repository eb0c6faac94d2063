//! `<account-consent>`, opened: a dialog with a switch for each category of cookies. The question
//! before it is the theme's own markup, and the loader shows it.

pub mod messages;
mod state;

pub use state::{ConsentAct, ConsentSettings};

use super::shared::PrivacyPolicy;
use crate::i18n::{I18n, Message};
use crate::ui::{Button, Dialog, DialogRef, Part, Switch, Text};
use leptos::prelude::*;
use storefront_rules::Category;

/// The settings of cookies, open. `on_act` is told of one act.
#[component]
pub fn Consent(
    /// The words to put it in.
    i18n: I18n,
    /// What they begin with.
    settings: ConsentSettings,
    /// Hears what the shopper does.
    on_act: UnsyncCallback<ConsentAct>,
) -> impl IntoView {
    let dialog = DialogRef::default();
    dialog.open_when_ready();
    let has_acted = StoredValue::new(false);
    let act = UnsyncCallback::new(move |act: ConsentAct| {
        if has_acted.try_get_value() == Some(false) {
            has_acted.set_value(true);
            dialog.close();
            on_act.try_run(act);
        }
    });
    let switches = settings.asked.iter();
    let switches = switches.map(|category| {
        let is_on = settings.granted.contains(category);
        (*category, RwSignal::new(is_on))
    });
    let switches: Vec<(Category, RwSignal<bool>)> = switches.collect();
    let rows = switches.iter().map(|(category, is_on)| {
        let services = settings.services.iter().find(|(of, _)| of == category);
        let services = services.map(|(_, services)| services.clone());
        view! { <CategoryRow i18n=i18n category=*category is_on=Some(*is_on) services=services /> }
    });
    let rows = rows.collect::<Vec<_>>();
    let switches = StoredValue::new(switches);
    let decide = move |choose: fn(RwSignal<bool>) -> bool| {
        let granted = switches.try_with_value(|switches| {
            let granted = switches.iter().filter(|(_, is_on)| choose(*is_on));
            granted.map(|(category, _)| *category).collect()
        });
        act.try_run(ConsentAct::Decided(granted.unwrap_or_default()));
    };
    let close = UnsyncCallback::new(move |()| {
        act.try_run(ConsentAct::Closed);
    });
    let gpc = settings
        .has_gpc
        .then(|| view! { <Text text=i18n.text(Message::CONSENT_GPC) /> });
    view! {
        <Dialog
            title=i18n.text(Message::CONSENT_TITLE)
            dialog=dialog
            close=i18n.text(Message::CANCEL)
            on_close=close
        >
            <Text text=i18n.text(Message::CONSENT_INTRO) />
            {gpc}
            <CategoryRow i18n=i18n category=Category::Essential is_on=None services=None />
            {rows}
            <PrivacyPolicy i18n=i18n href=settings.policy_url />
            <div class=Part::CONSENT_BUTTONS.class()>
                <Button
                    text=i18n.text(Message::CONSENT_REJECT)
                    on_click=move || decide(|_| false)
                />
                <Button
                    text=i18n.text(Message::CONSENT_ACCEPT)
                    on_click=move || decide(|_| true)
                />
                <Button
                    text=i18n.text(Message::CONSENT_SAVE)
                    on_click=move || decide(|is_on| is_on.get_untracked())
                />
            </div>
        </Dialog>
    }
}

/// A category, what it is for, what of the page needs it, and its switch; the essential has none.
#[component]
fn CategoryRow(
    i18n: I18n,
    category: Category,
    is_on: Option<RwSignal<bool>>,
    services: Option<String>,
) -> impl IntoView {
    use Message as M;
    let (name, about) = match category {
        Category::Essential => (M::CONSENT_ESSENTIAL, M::CONSENT_ESSENTIAL_ABOUT),
        Category::Functional => (M::CONSENT_FUNCTIONAL, M::CONSENT_FUNCTIONAL_ABOUT),
        Category::Analytics => (M::CONSENT_ANALYTICS, M::CONSENT_ANALYTICS_ABOUT),
        Category::Targeting => (M::CONSENT_TARGETING, M::CONSENT_TARGETING_ABOUT),
    };
    let mut about = i18n.text(about);
    if let Some(services) = services {
        about.push(' ');
        about.push_str(&i18n.format(M::CONSENT_SERVICES, &[("value", &services)]));
    }
    view! {
        <Switch
            name=category.name()
            label=i18n.text(name)
            about=about
            is_on=is_on
            on=i18n.text(M::SWITCH_ON)
            off=i18n.text(M::SWITCH_OFF)
            always_on=i18n.text(M::CONSENT_ALWAYS_ON)
        />
    }
}
