//! Changing a password, and choosing a new one when the old is lost.

use super::json::Json;
use super::mutation::{Mutation, MutationError};
use super::transport::Endpoint;
use super::{Api, ApiError, Document};
use storefront_rules::Secret;
use web_sys::Url;

/// The store's own page that sends a link which signs in.
const PASSWORDLESS: Endpoint = Endpoint::Path("login.php?action=passwordless_login");

const CHANGE_PASSWORD: Mutation = Mutation {
    document: Document {
        operation: "ChangePassword",
        text: include_str!("change_password.graphql"),
    },
    result: "changePassword",
};

const REQUEST_RESET_PASSWORD: Mutation = Mutation {
    document: Document {
        operation: "RequestResetPassword",
        text: include_str!("request_reset_password.graphql"),
    },
    result: "requestResetPassword",
};

const RESET_PASSWORD: Mutation = Mutation {
    document: Document {
        operation: "ResetPassword",
        text: include_str!("reset_password.graphql"),
    },
    result: "resetPassword",
};

/// What an e-mailed link to choose a new password carries.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ResetLink {
    /// Whose password it is.
    pub customer: i32,
    /// The one-time token.
    pub token: Secret,
}

impl Api {
    /// Puts `new` in the place of the present password; the customer's other sessions end.
    ///
    /// # Errors
    /// [`MutationError`]; a wrong present password is the rejection's `password`.
    pub async fn change_password(
        &self,
        current: &Secret,
        new: &Secret,
    ) -> Result<(), MutationError> {
        let input = Json::object(&[
            ("currentPassword", Some(current.expose().into())),
            ("newPassword", Some(new.expose().into())),
        ]);
        self.change(&CHANGE_PASSWORD, input, None).await.map(drop)
    }

    /// Has a link to choose a new password sent to `email`. The store answers the same whether or
    /// not it knows the address.
    ///
    /// # Errors
    /// [`MutationError`].
    pub async fn request_reset_password(
        &self,
        email: &str,
        captcha: Option<&str>,
    ) -> Result<(), MutationError> {
        let input = Json::object(&[("email", Some(email.into()))]);
        let requested = self.change(&REQUEST_RESET_PASSWORD, input, captcha).await;
        requested.map(drop)
    }

    /// Chooses a new password by an e-mailed link; every session of the customer ends.
    ///
    /// # Errors
    /// [`MutationError`]; a link that does not count is the rejection's `password`.
    pub async fn reset_password(
        &self,
        link: &ResetLink,
        new: &Secret,
    ) -> Result<(), MutationError> {
        let input = Json::object(&[
            ("customerEntityId", Some(link.customer.into())),
            ("token", Some(link.token.expose().into())),
            ("newPassword", Some(new.expose().into())),
        ]);
        self.change(&RESET_PASSWORD, input, None).await.map(drop)
    }

    /// Has a link that signs in sent to `email`, by the store's own page. It leads on to the path of
    /// `return_to`, a URL of the page's own origin.
    ///
    /// # Errors
    /// Any [`ApiError`].
    pub async fn send_sign_in_link(
        &self,
        email: &str,
        return_to: Option<&str>,
    ) -> Result<(), ApiError> {
        let path = return_to.and_then(|url| Url::new(url).ok());
        let path = path.map(|url| url.pathname() + &url.search());
        let body = Json::object(&[
            ("email", Some(email.into())),
            ("redirect_url", path.as_deref().map(Json::from)),
        ]);
        let sent = self
            .transport
            .send(PASSWORDLESS, body.to_text(), &self.cancel, false);
        sent.await.map(drop)
    }
}
