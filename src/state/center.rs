//! `<account-center>`: which of its views is shown, by the page's address.

use crate::watched::Watched;

/// A view of the account center.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum View {
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
    pub const OF_CUSTOMER: [Self; 4] = [
        Self::Profile,
        Self::Addresses,
        Self::Password,
        Self::Newsletter,
    ];

    /// What a guest may go to.
    pub const OF_GUEST: [Self; 2] = [Self::SignIn, Self::SignUp];

    /// The fragment of the page's address that leads there.
    #[must_use]
    pub const fn fragment(self) -> &'static str {
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
    pub fn of_fragment(views: &[Self], fragment: &str) -> Option<Self> {
        views
            .iter()
            .copied()
            .find(|view| view.fragment() == fragment)
    }
}

/// The view on show. A fragment of the page that is none of the center's leaves it as it is.
#[derive(Clone, Copy)]
pub struct Route {
    fragment: Watched<String>,
}

impl Route {
    /// As the page's address has it now.
    #[must_use]
    pub fn new(fragment: String) -> Self {
        Self {
            fragment: Watched::new(fragment),
        }
    }

    /// The page's address changed.
    pub fn go(self, fragment: String) {
        let is_ours = View::of_fragment(&View::OF_CUSTOMER, &fragment)
            .or_else(|| View::of_fragment(&View::OF_GUEST, &fragment))
            .is_some();
        // Without a fragment it is the page as it was opened.
        if (is_ours || fragment.is_empty()) && self.fragment.get_untracked() != fragment {
            self.fragment.set(fragment);
        }
    }

    /// The view on show among `views`; the first of them when the address leads to none.
    #[must_use]
    pub fn view(self, views: &[View]) -> View {
        let found = self.fragment.with(|f| View::of_fragment(views, f));
        found.or_else(|| views.first().copied()).unwrap_or_default()
    }
}
