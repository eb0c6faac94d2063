//! `<account-center>`: every view of the account under one navigation, by the page's fragment.

pub mod messages;
mod route;

use super::addresses::{AddressBookState, AddressBookView, Announcements};
use super::newsletter::Subscriptions;
use super::password::ChangePassword;
use super::profile::{ProfileState, ProfileView};
use super::shared::{ElementContext, Resource, SignIn, SignInForm, SignOut, resource};
use super::sign_in::announcing;
use super::sign_up::SignUp;
use crate::api::{self, Api};
use crate::i18n::Message;
use crate::session::Audience;
use crate::ui::{Button, ButtonVariant, Navigation, NavigationLink, Part, Title, dom, remade};
use leptos::html;
use leptos::prelude::*;
use route::{Route, View};
use std::rc::Rc;
use wasm_bindgen::JsCast;

/// The whole element.
#[component]
pub fn Center() -> impl IntoView {
    let route = Route::of_page();
    // Who just signed in or out here is told where they are now.
    // It has several forms, and a slot is one place.
    let context = ElementContext::current().without_slots();
    let (context, announcement) = announcing(context);
    provide_context(context);
    let view = move |customer: Option<i32>, profile: api::Profile| {
        let focus = announcement.try_get_value().unwrap_or_default();
        announcement.set_value(false);
        match customer {
            Some(customer) => {
                view! { <CustomerViews route=route customer=customer profile=profile focus=focus /> }
                    .into_any()
            }
            None => view! { <GuestViews route=route profile=profile focus=focus /> }.into_any(),
        }
    };
    let ask = |api: Api| async move { api.profile().await };
    let loader = resource(context, ask, |profile| profile.customer, view);
    view! { <Resource part=Part::CENTER audience=Audience::Customer loader=loader /> }
}

#[component]
fn GuestViews(route: Route, profile: api::Profile, focus: bool) -> impl IntoView {
    let context = ElementContext::current();
    let captcha = profile.captcha;
    let make = ViewMaker::new(move |view| match view {
        View::SignUp => view! { <SignUp /> }.into_any(),
        View::SignIn | View::Profile | View::Addresses | View::Password | View::Newsletter => {
            let sign_in = SignIn::new(context, captcha.clone(), true);
            view! { <SignInForm sign_in=sign_in /> }.into_any()
        }
    });
    view! { <Views route=route views=&View::OF_GUEST aside=None make=make focus=focus /> }
}

#[component]
fn CustomerViews(route: Route, customer: i32, profile: api::Profile, focus: bool) -> impl IntoView {
    let context = ElementContext::current();
    let (passwords, captcha) = (profile.passwords.clone(), profile.captcha.clone());
    let (is_subscribed, policy_url) = (profile.is_subscribed, profile.policy_url.clone());
    let state = ProfileState::new(context, customer, profile);
    let email = Signal::derive(move || state.email());
    let head = view! { <Head state=state email=email /> };
    let book = RwSignal::new(None::<AddressBookState>);
    let make = ViewMaker::new(move |view| match view {
        View::Addresses => view! { <AddressBookView shown=book /> }.into_any(),
        View::Password => {
            let (passwords, captcha) = (passwords.clone(), captcha.clone());
            view! {
                <ChangePassword
                    customer=customer
                    email=email
                    passwords=passwords
                    captcha=captcha
                />
            }
            .into_any()
        }
        View::Newsletter => {
            let policy_url = policy_url.clone();
            view! {
                <Subscriptions
                    is_subscribed=is_subscribed
                    customer_email=Some(email)
                    policy_url=policy_url
                />
            }
            .into_any()
        }
        View::Profile | View::SignIn | View::SignUp => {
            view! { <ProfileView state=state /> }.into_any()
        }
    });
    let aside = view! {
        <div class=Part::NAVIGATION_END.class()>
            <CookieSettings />
            <SignOut />
        </div>
    };
    let aside = Some(aside.into_any());
    // A deletion can be undone from every view.
    view! {
        <div>
            {head}
            <Views route=route views=&View::OF_CUSTOMER aside=aside make=make focus=focus />
            <Announcements book=book />
        </div>
    }
}

/// Who is signed in: initials, name and email address.
#[component]
fn Head(state: ProfileState, email: Signal<String>) -> impl IntoView {
    let name = Signal::derive(move || state.name());
    let initials = move || {
        // An account of an earlier form may have no name.
        let mut known = [name.get(), email.get()].into_iter();
        let known = known.find(|text| !text.is_empty()).unwrap_or_default();
        let initials = known.split_whitespace();
        let initials = initials.filter_map(|word| word.chars().next());
        initials.take(2).collect::<String>()
    };
    view! {
        <div class=Part::CENTER_HEAD.class()>
            <span
                class=Part::CENTER_INITIALS.class()
                aria-hidden="true"
                prop:textContent=initials
            ></span>
            <p class=Part::CENTER_NAME.class()>
                <span class=Part::CENTER_FULL_NAME.class() prop:textContent=name></span>
                " "
                <span class=Part::CENTER_EMAIL.class() prop:textContent=email></span>
            </p>
        </div>
    }
}

/// The way to the settings of cookies, where the page has `<account-consent>`: the loader opens them.
#[component]
fn CookieSettings() -> impl IntoView {
    let text = ElementContext::current().i18n.text(Message::CONSENT_TITLE);
    has_consent().then(|| {
        view! {
            <Button
                text=text
                variant=ButtonVariant::Plain
                attr:data-account-open="consent"
            />
        }
    })
}

/// Whether the page asks about cookies.
fn has_consent() -> bool {
    let document = web_sys::window().and_then(|window| window.document());
    let consent = "account-consent, [data-account=consent]";
    let found = document.map(|document| document.query_selector(consent));
    matches!(found, Some(Ok(Some(_))))
}

/// Makes a view when it is first shown.
#[derive(Clone)]
struct ViewMaker(Rc<dyn Fn(View) -> AnyView>);

impl ViewMaker {
    fn new(make: impl Fn(View) -> AnyView + 'static) -> Self {
        Self(Rc::new(make))
    }
}

/// The navigation and the view that the address names. A view is made when it is first shown and then
/// stays: what was typed into it is there when the shopper comes back.
#[component]
fn Views(
    route: Route,
    views: &'static [View],
    aside: Option<AnyView>,
    make: ViewMaker,
    /// Whether the title of the first view takes the focus.
    focus: bool,
) -> impl IntoView {
    let i18n = ElementContext::current().i18n;
    let current = Memo::new(move |_| route.view(views));
    let links = views.iter().map(|view| {
        let view = *view;
        let go = move || route.go(view);
        view! {
            <NavigationLink
                href=view.fragment()
                text=i18n.text(name(view))
                current=Signal::derive(move || current.get() == view)
                on_go=go
            />
        }
    });
    let links = links.collect::<Vec<_>>();
    let moves_focus = StoredValue::new(focus);
    let make = StoredValue::new_local(make);
    let sections = views.iter().map(|view| {
        let view = *view;
        let is_shown = Memo::new(move |_| current.get() == view);
        // Once made it stays.
        let is_made = Memo::new(move |made| made == Some(&true) || is_shown.get());
        let content = remade(move || {
            if !is_made.get() {
                return None;
            }
            let ViewMaker(make) = make.try_get_value()?;
            let node_ref = NodeRef::<html::H2>::new();
            Effect::new(move |_| {
                if is_shown.get() {
                    let moves = moves_focus.try_get_value() == Some(true);
                    if moves && let Some(title) = node_ref.get_untracked() {
                        dom::focus_later(title.unchecked_into());
                    }
                    moves_focus.set_value(true);
                }
            });
            let title = i18n.text(name(view));
            let view = untrack(|| make(view));
            let view = view! {
                <Title text=title node_ref=node_ref />
                {view}
            };
            Some(view.into_any())
        });
        view! {
            <section class=Part::CENTER_VIEW.class() hidden=move || !is_shown.get()>
                {content}
            </section>
        }
    });
    let sections = sections.collect::<Vec<_>>();
    view! {
        <div class=Part::CENTER_BODY.class()>
            <Navigation label=i18n.text(Message::ACCOUNT) aside=aside>
                {links}
            </Navigation>
            <div class=Part::CENTER_VIEWS.class()>{sections}</div>
        </div>
    }
}

const fn name(view: View) -> Message {
    match view {
        View::Profile => Message::PROFILE,
        View::Addresses => Message::ADDRESSES,
        View::Password => Message::PASSWORD_VIEW,
        View::Newsletter => Message::NEWSLETTER_VIEW,
        View::SignIn => Message::SIGN_IN,
        View::SignUp => Message::SIGN_UP_SUBMIT,
    }
}
