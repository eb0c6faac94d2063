//! Who is signed in; signing in and out.

use super::documents::{self, login, logout, session};
use super::settings::{captcha, password_rules};
use super::{Api, ApiError, Captcha, id};
use storefront_rules::{PasswordRules, Secret};

/// Who is signed in, and what the store asks of one who signs in or chooses a password.
#[derive(Clone, Debug, Default)]
pub struct SessionInfo {
    /// The customer who is signed in and their email address; `None` for a guest.
    pub customer: Option<(i32, String)>,
    /// The store's rules for passwords.
    pub passwords: PasswordRules,
    /// The captcha to solve before a link is sent, when the store asks for one.
    pub captcha: Option<Captcha>,
}

impl Api {
    /// Who is signed in, and what the store asks of one who signs in (`session.graphql`).
    ///
    /// # Errors
    /// Any [`ApiError`]; [`ApiError::Unreadable`] when the store tells no settings.
    pub async fn session_info(&self) -> Result<SessionInfo, ApiError> {
        let data = self.run_first::<documents::Session>("Session", session::Variables {});
        let data = data.await?;
        let settings = data.site.settings.ok_or(ApiError::Unreadable)?;
        let customer = data.customer;
        Ok(SessionInfo {
            customer: customer.map(|customer| (id(customer.entity_id), customer.email)),
            passwords: password_rules(settings.customers),
            captcha: captcha(settings.re_captcha),
        })
    }

    /// Signs in; the store sets an httpOnly session cookie. Gives the customer's id.
    ///
    /// # Errors
    /// [`ApiError::InvalidCredentials`] when the store does not know the pair,
    /// [`ApiError::ResetRequired`] when it wants a new password first, [`ApiError::Throttled`] when
    /// there were too many attempts.
    pub async fn login(&self, email: &str, password: &Secret) -> Result<i32, ApiError> {
        let variables = login::Variables {
            email: email.to_owned(),
            password: password.expose().to_owned(),
        };
        let data = self.run::<documents::Login>("Login", variables).await?;
        let customer = data.login.customer.ok_or(ApiError::Unreadable)?;
        Ok(id(customer.entity_id))
    }

    /// Signs out; the store ends the session.
    ///
    /// # Errors
    /// Any [`ApiError`].
    pub async fn logout(&self) -> Result<(), ApiError> {
        let data = self.run::<documents::Logout>("Logout", logout::Variables {});
        data.await.map(drop)
    }
}
