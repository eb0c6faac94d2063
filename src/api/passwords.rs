//! Changing a password, and choosing a new one when the old is lost.

use super::documents::{self, change_password, request_reset_password, reset_password};
use super::endpoint::Endpoint;
use super::mutation::{MutationError, settle};
use super::{Api, ApiError, body};
use serde::Serialize;
use storefront_rules::Secret;
use web_sys::Url;

/// The store's own page that sends a link which signs in.
const PASSWORDLESS: Endpoint = Endpoint::Path("login.php?action=passwordless_login");

/// The body of a request to [`PASSWORDLESS`].
#[derive(Serialize)]
struct SignInLink<'a> {
    email: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    redirect_url: Option<String>,
}

/// What an emailed link to choose a new password carries.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ResetLink {
    /// The id of the customer who chooses the password.
    pub customer: i32,
    /// The one-time token.
    pub token: Secret,
}

impl Api {
    /// Puts `new` in the place of the present password; the customer's other sessions end.
    ///
    /// # Errors
    /// [`MutationError`]; a wrong present password is the errors' `password`.
    pub async fn change_password(
        &self,
        current: &Secret,
        new: &Secret,
    ) -> Result<(), MutationError> {
        let variables = change_password::Variables {
            input: change_password::ChangePasswordInput {
                current_password: current.expose().to_owned(),
                new_password: new.expose().to_owned(),
            },
        };
        let data = self.run::<documents::ChangePassword>("ChangePassword", variables);
        settle(data.await?.customer.change_password.errors)
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
        use request_reset_password as wire;
        let variables = wire::Variables {
            input: wire::RequestResetPasswordInput {
                email: email.to_owned(),
                path: None,
            },
            captcha: captcha.map(|token| wire::ReCaptchaV2Input {
                token: token.to_owned(),
            }),
        };
        let data = self.run::<documents::RequestResetPassword>("RequestResetPassword", variables);
        settle(data.await?.customer.request_reset_password.errors)
    }

    /// Chooses a new password by an emailed link; every session of the customer ends.
    ///
    /// # Errors
    /// [`MutationError`]; a link that does not count is the errors' `password`.
    pub async fn reset_password(
        &self,
        link: &ResetLink,
        new: &Secret,
    ) -> Result<(), MutationError> {
        let variables = reset_password::Variables {
            input: reset_password::ResetPasswordInput {
                customer_entity_id: i64::from(link.customer),
                token: link.token.expose().to_owned(),
                new_password: new.expose().to_owned(),
            },
        };
        let data = self.run::<documents::ResetPassword>("ResetPassword", variables);
        settle(data.await?.customer.reset_password.errors)
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
        let body = body(&SignInLink {
            email,
            redirect_url: path.map(|url| url.pathname() + &url.search()),
        })?;
        self.post(PASSWORDLESS, body).await.map(drop)
    }
}
