//! Which of the account's views is shown, by the page's address.

use leptos::prelude::*;

/// A view of the account.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum View {
    /// The customer's own details.
    #[default]
    Profile,
    /// The address book.
    Addresses,
    /// A new password.
    Password,
    /// The newsletter, and what else is mailed.
    Newsletter,
    /// A guest signs in.
    SignIn,
    /// A guest opens an account.
    SignUp,
}

impl View {
    /// What a customer may go to.
    pub(super) const OF_CUSTOMER: [Self; 4] = [
        Self::Profile,
        Self::Addresses,
        Self::Password,
        Self::Newsletter,
    ];

    /// What a guest may go to.
    pub(super) const OF_GUEST: [Self; 2] = [Self::SignIn, Self::SignUp];

    /// The fragment of the page's address that leads there.
    #[must_use]
    pub(super) const fn fragment(self) -> &'static str {
        match self {
            Self::Profile => "#account/profile",
            Self::Addresses => "#account/addresses",
            Self::Password => "#account/password",
            Self::Newsletter => "#account/newsletter",
            Self::SignIn => "#account/sign-in",
            Self::SignUp => "#account/sign-up",
        }
    }

    /// The view of `views` that `fragment` leads to.
    #[must_use]
    fn of_fragment(views: &[Self], fragment: &str) -> Option<Self> {
        let mut views = views.iter().copied();
        views.find(|view| view.fragment() == fragment)
    }

    /// The view of `views` that `fragment` leads to; the first of them when it leads to none.
    #[must_use]
    fn shown(views: &[Self], fragment: &str) -> Self {
        let found = Self::of_fragment(views, fragment);
        found.or_else(|| views.first().copied()).unwrap_or_default()
    }

    /// Whether `fragment` has to do with the account: it leads to a view, or there is none, which is the
    /// page as it was opened.
    fn is_route(fragment: &str) -> bool {
        fragment.is_empty()
            || Self::of_fragment(&Self::OF_CUSTOMER, fragment).is_some()
            || Self::of_fragment(&Self::OF_GUEST, fragment).is_some()
    }
}

/// The view that is shown. A fragment of the page that is none of the account's leaves it as it is.
#[derive(Clone, Copy)]
pub(super) struct Route {
    fragment: RwSignal<String>,
}

impl Route {
    /// As the page's address has it now, and from now on.
    #[must_use]
    pub(super) fn of_page() -> Self {
        let route = Self {
            fragment: RwSignal::new(fragment()),
        };
        let listener = window_event_listener(leptos::ev::hashchange, move |_| {
            route.follow(fragment());
        });
        on_cleanup(move || listener.remove());
        route
    }

    fn follow(self, fragment: String) {
        let is_other = self.fragment.try_get_untracked().as_ref() != Some(&fragment);
        if is_other && View::is_route(&fragment) {
            self.fragment.set(fragment);
        }
    }

    /// The shopper goes to a view; the way back leads to where they were before.
    pub(super) fn go(self, view: View) {
        if let Some(window) = web_sys::window() {
            // Fails only for an address that is none.
            let _ = window.location().set_hash(view.fragment());
        }
        self.follow(view.fragment().to_owned());
    }

    /// The view that is shown among `views`.
    #[must_use]
    pub(super) fn view(self, views: &[View]) -> View {
        let shown = self.fragment.try_with(|f| View::shown(views, f));
        shown.unwrap_or_default()
    }
}

/// The fragment of the page's address, `#` and all.
fn fragment() -> String {
    let location = web_sys::window().map(|window| window.location());
    let hash = location.and_then(|location| location.hash().ok());
    hash.unwrap_or_default()
}

#[cfg(all(test, not(target_arch = "wasm32")))]
mod tests {
    use super::View;

    #[test]
    fn an_address_leads_to_its_view_or_to_the_first() {
        let shown = |fragment| View::shown(&View::OF_CUSTOMER, fragment);
        assert_eq!(shown("#account/password"), View::Password);
        assert_eq!(shown(""), View::Profile);
        assert_eq!(shown("#account/sign-in"), View::Profile);
    }

    #[test]
    fn a_fragment_of_the_theme_is_none_of_the_accounts() {
        assert!(View::is_route("#account/sign-in"));
        assert!(View::is_route(""));
        assert!(!View::is_route("#reviews"));
    }
}
