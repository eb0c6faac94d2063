//! `<account-center>`: every view of the account under one navigation, by the page's fragment.

use super::addresses::{addresses_view, news_view};
use super::dom;
use super::element::{Element, effect, element, memo, on_window, styled};
use super::frame::{About, frame, title};
use super::newsletter::newsletter_view;
use super::password::change_view;
use super::profile::profile_view;
use super::sign_in::{sign_in_view, sign_out_view, with_news};
use super::sign_up::sign_up_element;
use crate::api;
use crate::i18n::Message;
use crate::state::{ElementContext, Newsletter, Profile, Route, SignIn, View};
use crate::watched::Watched;
use reactive_graph::graph::untrack;
use std::rc::Rc;

/// The whole element.
pub fn center_element(scope: ElementContext) -> Element {
    let route = Route::new(dom::fragment());
    on_window("hashchange", move |_| route.go(dom::fragment()));
    let ask = |scope: ElementContext| async move {
        let profile = scope.api.profile().await?;
        Ok((profile.customer, profile))
    };
    // Who just signed in or out here is told where they are now.
    let (within, news) = with_news(&scope);
    frame(
        &scope,
        "account-center",
        About::Customer,
        ask,
        move |whose, profile| {
            let is_news = news.get_untracked();
            news.set(false);
            match whose {
                Some(customer) => customer_view(&within, route, customer, profile, is_news),
                None => guest_views(&within, route, &profile, is_news),
            }
        },
    )
}

fn guest_views(
    scope: &ElementContext,
    route: Route,
    profile: &api::Profile,
    is_news: bool,
) -> Element {
    let within = scope.clone();
    let captcha = profile.captcha.clone();
    let make = move |view| match view {
        View::SignUp => sign_up_element(within.clone()),
        View::SignIn | View::Profile | View::Addresses | View::Password | View::Newsletter => {
            sign_in_view(&within, SignIn::new(within.clone(), captcha.clone(), true))
        }
    };
    views(scope, route, &View::OF_GUEST, None, make, is_news)
}

fn customer_view(
    scope: &ElementContext,
    route: Route,
    customer: i32,
    found: api::Profile,
    is_news: bool,
) -> Element {
    let (passwords, captcha) = (found.passwords.clone(), found.captcha.clone());
    let newsletter = Newsletter::new(found.is_subscribed);
    let policy_url = found.policy_url.clone();
    let profile = Profile::new(scope.clone(), customer, found);
    let within = scope.clone();
    let book = Watched::new(None);
    let news = news_view(scope.i18n, book);
    let make = move |view| match view {
        View::Addresses => addresses_view(&within, book),
        View::Password => change_view(
            &within,
            (customer, Rc::new(move || profile.email())),
            passwords.clone(),
            captcha.clone(),
        ),
        View::Newsletter => newsletter_view(
            &within,
            newsletter,
            Some(Rc::new(move || profile.email())),
            policy_url.clone(),
        ),
        View::Profile | View::SignIn | View::SignUp => profile_view(&within, profile),
    };
    let aside = element("div")
        .children(cookies_button(scope))
        .child(sign_out_view(scope));
    let aside = Some(aside);
    let views = views(scope, route, &View::OF_CUSTOMER, aside, make, is_news);
    // A deletion can be undone from every view.
    element("div").child(views).child(news)
}

/// The way to the settings of cookies, where the page has `<account-consent>`: the loader opens them.
fn cookies_button(scope: &ElementContext) -> Option<Element> {
    dom::has_consent().then(|| {
        styled("button", "account-button account-button--quiet")
            .attr("type", "button")
            .attr("data-account-open", "consent")
            .text(&scope.i18n.text(Message::CONSENT_TITLE))
    })
}

/// The navigation and the view that the address names. A view is made when it is first shown and
/// then kept: what was typed into it is there when the shopper comes back.
fn views(
    scope: &ElementContext,
    route: Route,
    all: &'static [View],
    aside: Option<Element>,
    make: impl Fn(View) -> Element + 'static,
    is_news: bool,
) -> Element {
    let i18n = scope.i18n;
    let now = memo(move || route.view(all));
    let links = all.iter().map(|view| {
        let view = *view;
        let link = styled("a", "account-nav__link")
            .attr("href", view.fragment())
            .attr_with("aria-current", move || {
                (now.get() == view).then(|| "page".to_owned())
            })
            .on("click", move |event| {
                if dom::is_for_elsewhere(&event) {
                    return;
                }
                // The theme's router must not take the fragment for a page.
                event.prevent_default();
                dom::go_to_fragment(view.fragment());
                route.go(view.fragment().to_owned());
            });
        element("li").child(link.text(&i18n.text(name(view))))
    });
    let nav = styled("nav", "account-nav")
        .attr("aria-label", &i18n.text(Message::ACCOUNT))
        .child(styled("ul", "account-nav__list").children(links))
        .children(aside);
    let make = Rc::new(make);
    let moves = Watched::new(is_news);
    let sections = all.iter().map(|view| {
        let view = *view;
        let make = make.clone();
        let is_made = Watched::new(false);
        effect(move || {
            if now.get() == view && !is_made.get_untracked() {
                is_made.set(true);
            }
        });
        styled("section", "account-center__view")
            .flag_with("hidden", move || now.get() != view)
            .content_with(move || {
                if !is_made.get() {
                    return Vec::new();
                }
                untrack(|| {
                    let title = title("h2", &i18n.text(name(view)));
                    let heading = title.node();
                    effect(move || {
                        if now.get() == view {
                            if moves.get_untracked() {
                                dom::focus_soon(heading.clone());
                            }
                            moves.set(true);
                        }
                    });
                    vec![title, make(view)]
                })
            })
    });
    element("div")
        .child(nav)
        .child(element("div").children(sections))
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
